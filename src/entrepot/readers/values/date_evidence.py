"""How a column writes its dates, by the evidence of its texts."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from entrepot.readers.values.dates import (
    EARLIEST,
    FORMS,
    LATEST,
    SERIAL,
    UTC_TIME,
    DateStyle,
    form_of,
    month_languages,
    read_date,
)
from entrepot.readers.values.nulls import clean, lower, null_texts

_COMMON = ("ymd", "dmy", "mdy", "dmy2", "mdy2", "ym", "ymd8", "mon_y", "d_mon_y", "d_mon_yy", "cjk_ymd")
"""Forms that are read in any column, seen in the sample or not. Every form more costs SQL 3 milliseconds a query."""
_SPAN_YEARS = 60
"""How far a date may be from the column's median: more than the age of any customs record, less than a century."""


def infer_date_style(
    samples: Iterable[str | None],
    *,
    hint: DateStyle | None = None,
    earliest: datetime.date = EARLIEST,
    latest: datetime.date = LATEST,
) -> DateStyle:
    """How the dates of a column are written, by the evidence of its texts, given in file order.

    Args:
        samples: cells of the column, empty ones included; some hundreds are enough.
        hint: the style of another date column of the file, used where this one is ambiguous.
        earliest, latest: dates outside are problems whatever the column says (birth dates need an earlier day).
    """
    listed = list(samples)
    texts = [text for sample in listed if (text := clean(sample)) is not None]
    style = DateStyle(digits=_digits(texts), earliest=earliest, latest=latest, nulls=null_texts(listed))
    style = _with_order(style, texts, hint)
    style = _with_shift(style, texts)
    forms = Counter(fit[0] for text in texts if (fit := form_of(text, style)))
    if forms:
        form = forms.most_common(1)[0][0]
        style = replace(style, form=form, strptime=_strptime(form, texts, style))
        style = replace(style, forms=tuple(name for name in FORMS if name in forms or name in _COMMON))
    style = replace(style, languages=_languages(texts))
    dates = sorted(value.date for text in texts if (value := read_date(text, style)).date)
    if dates:
        median = dates[len(dates) // 2].year
        style = replace(
            style,
            earliest=max(earliest, datetime.date(max(median - _SPAN_YEARS, 1), 1, 1)),
            latest=min(latest, datetime.date(min(median + _SPAN_YEARS, 9999), 12, 31)),
        )
    values = [read_date(text, style) for text in texts]
    precisions = Counter(value.precision for value in values if value.precision)
    return replace(style, precisions=tuple(name for name, _ in precisions.most_common()) or style.precisions)


def _digits(texts: Sequence[str]) -> tuple[str, ...]:
    """How digits without a sign are read: by which reading gives dates most often."""
    chosen = []
    for length, candidates in ((8, ("ymd8", "dmy8", "mdy8")), (6, ("ym6", "dmy6", "mdy6"))):
        seen = [text for text in texts if len(text) == length and text.isdigit()]
        counts = [sum(_dated(text, name) for text in seen) for name in candidates]
        # The first stands where none is better: year first is what databases write.
        chosen.append(candidates[counts.index(max(counts))])
    serial = [text for text in texts if re.fullmatch(SERIAL, text)]
    # Serial numbers are believed where they are most of a column; a lone one may be any number.
    if len(serial) >= 3 and 2 * len(serial) > len(texts):
        chosen.append("serial")
    return (*chosen, "y4")


def _dated(text: str, digits: str) -> bool:
    return read_date(text, DateStyle(digits=(digits,))).date is not None


def _with_order(style: DateStyle, texts: Sequence[str], hint: DateStyle | None) -> DateStyle:
    """Day first or month first, by days above 12, then by the order of the rows, then by what repeats, then by the
    other columns, then by the sign: no country writes the month first before full stops."""
    triples = [
        match.groups()
        for text in texts
        if (match := re.fullmatch(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?:[ ,T].*)?", text))
    ]
    if not triples:
        return replace(style, order=hint.order) if hint else style
    first, second = [int(t[0]) for t in triples], [int(t[2]) for t in triples]
    last = [t[3] for t in triples]
    day_first, month_first = sum(n > 12 for n in first), sum(n > 12 for n in second)
    if all(len(y) == 2 for y in last) and any(n > 31 for n in first):
        return replace(style, order="ymd")
    if day_first or month_first:
        order = "dmy" if day_first >= month_first else "mdy"
        if day_first and month_first:
            note = (
                f"{day_first} dates have the day first and {month_first} the month first; they are read as "
                f"{'day' if order == 'dmy' else 'month'} first and the others are problems"
            )
            return replace(style, order=order, notes=(*style.notes, note))
        return replace(style, order=order)
    if shown := _by_sequence(first, second, last) or _by_repetition(first, second):
        return replace(style, order=shown)
    if hint is not None and not hint.ambiguous:
        return replace(style, order=hint.order)
    if all(t[1] == "." for t in triples):
        return replace(style, order="dmy")
    example = next(text for text in texts if re.match(r"[0-9]{1,2}[-/. ]", text))
    note = f"nothing in the column says whether the day or the month comes first ({example}); read as day first"
    return replace(style, order="dmy", ambiguous=True, notes=(*style.notes, note))


def _by_sequence(first: Sequence[int], second: Sequence[int], last: Sequence[str]) -> str | None:
    """Files are often sorted by date: the reading under which they are, where under the other they are not."""
    day_first = list(zip(last, second, first, strict=True))
    month_first = list(zip(last, first, second, strict=True))
    if len(set(day_first)) < 4:
        return None
    is_sorted = [dates in (sorted(dates), sorted(dates, reverse=True)) for dates in (day_first, month_first)]
    return None if is_sorted[0] == is_sorted[1] else "dmy" if is_sorted[0] else "mdy"


def _by_repetition(first: Sequence[int], second: Sequence[int]) -> str | None:
    """Monthly data has the first of each month: a number that is always 1 is the day where the other varies."""
    if set(first) == {1} and len(set(second)) > 2:
        return "dmy"
    if set(second) == {1} and len(set(first)) > 2:
        return "mdy"
    return None


def _with_shift(style: DateStyle, texts: Sequence[str]) -> DateStyle:
    """Local midnights written in UTC: one time of day for all rows (two where clocks change), late in the UTC day."""
    minutes = {
        60 * int(match[4]) + int(match[5]) for text in texts if (match := re.fullmatch(UTC_TIME, text)) is not None
    }
    stamped = sum(1 for text in texts if re.fullmatch(UTC_TIME, text))
    if not minutes or stamped < 3 or min(minutes) < 12 * 60 or max(minutes) - min(minutes) > 60 or len(minutes) > 2:
        return style
    shift = 24 * 60 - min(minutes)
    note = (
        f"all times are {min(minutes) // 60:02}:{min(minutes) % 60:02} UTC, which is midnight {shift // 60}:{shift % 60:02} "
        "hours east of Greenwich: the day is taken there, one later than the text shows"
    )
    return replace(style, utc_shift=shift, notes=(*style.notes, note))


def _languages(texts: Sequence[str]) -> tuple[str, ...]:
    """Languages that together use every name of a month in the column, English first."""
    words = {word for text in texts for word in re.findall(r"[^\W\d_]+", lower(text)) if month_languages(word)}
    chosen = ["en"]
    while left := [word for word in sorted(words) if not month_languages(word) & set(chosen)]:
        counted = Counter(language for word in left for language in sorted(month_languages(word)))
        chosen.append(counted.most_common(1)[0][0])
    return tuple(chosen)


def _strptime(form: str, texts: Sequence[str], style: DateStyle) -> str:
    """The format of DuckDB's parser for the usual form: with the usual sign between, and only English months."""
    if form not in _FORMATS:
        return ""
    signs: Counter[str] = Counter()
    for text in texts:
        fit = form_of(text, style)
        if fit is None or fit[0] != form:
            continue
        month = fit[1][FORMS[form].month].lower()
        if not month.isdigit() and month not in _ENGLISH:
            return ""
        signs[text[fit[1].end(1) : fit[1].start(2)]] += 1
    return _FORMATS[form].format(signs.most_common(1)[0][0])


_ENGLISH = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
_FORMATS = {
    "dmy": "%d{0}%m{0}%Y",
    "mdy": "%m{0}%d{0}%Y",
    "dmy2": "%d{0}%m{0}%y",
    "mdy2": "%m{0}%d{0}%y",
    "mon_y": "%b{0}%Y",
    "mon_yy": "%b{0}%y",
    "d_mon_y": "%d{0}%b{0}%Y",
    "d_mon_yy": "%d{0}%b{0}%y",
    "ymd8": "%Y%m%d",
}
