"""Reads periods of time in languages without a parser, by a table of words (`period_words.tsv`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from entrepot.reports.figures import Period, calendar
from entrepot.reports.figures.calendar import OPEN, Interval
from entrepot.reports.tables_of_words import rows

_NO_CHINA = "(?![国方俄美欧东亚日韩外])"
"""Behind 中 these make a name and no middle of a year: 2023年中国 is China in 2023, 2023年中俄 China and Russia."""


def find_periods(text: str, language: str, published: date | None = None) -> list[Period]:
    """Periods in reading order, none overlapping; relative ones are open without the document's day."""
    out: list[Period] = []
    for start, end, interval in _intervals(text, language, published):
        if not any(p.start < end and start < p.end for p in out):
            out.append(Period(start, end, text[start:end], interval.start, interval.end, interval.precision))
    return sorted(out, key=lambda p: p.start)


def _intervals(text: str, language: str, published: date | None) -> Iterator[tuple[int, int, Interval]]:
    """Stretches that name a time, longest forms first."""
    for pattern in _period_patterns(language):
        for match in pattern.finditer(text):
            named = {name: value for name, value in match.groupdict().items() if value}
            found = _interval(named, language, published)
            if found is not None:
                yield match.start(), match.end(), found


def _interval(named: dict[str, str], language: str, published: date | None) -> Interval | None:
    number = _year_of(named, language, published)
    if number is None:
        return OPEN if "last" in named else None
    portion = _value_of(language, "portion", named.get("portion", ""))
    for role, prefix in (("quarter", "q"), ("half", "half")):
        if role in named:
            return calendar.year(number, f"{prefix}{_value_of(language, role, named[role])}")
    if "month" not in named:
        first = calendar.year(number, portion)
        return first if "year2" not in named else calendar.span(first, calendar.year(int(named["year2"])))
    month = int(_value_of(language, "month", named["month"]) or 0)
    try:
        if "day" in named:
            day = date(number, month, int(named["day"]))
            return Interval(day, day, "day")
        first = calendar.month(number, month, portion)
        if "month2" in named:
            second = int(_value_of(language, "month", named["month2"]) or 0)
            return calendar.span(calendar.month(int(named.get("year1", number)), month), calendar.month(number, second))
    except ValueError:
        return None
    return first


def _year_of(named: dict[str, str], language: str, published: date | None) -> int | None:
    if "last" in named:
        return None if published is None else published.year + int(_value_of(language, "last", named["last"]))
    return int(named["year"]) if "year" in named else None


def _value_of(language: str, role: str, word: str) -> str:
    if role == "month" and word.isdigit():
        return word
    for row in rows("period_words.tsv"):
        if (
            row["language"] == language
            and row["role"] == role
            and re.fullmatch(any_of(row["word"]), word, re.IGNORECASE)
        ):
            return row["value"]
    return ""


@cache
def _period_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Forms of a period, longest first."""

    def role(name: str) -> str:
        found = [r["word"] for r in rows("period_words.tsv") if r["language"] == language and r["role"] == name]
        return any_of("|".join(found))

    def group(name: str, own: str = "") -> str:
        return f"(?P<{own or name}>{role(name)})"

    year, year2 = r"(?P<year>(?:19|20)\d\d)", r"(?P<year2>(?:19|20)\d\d)"
    if language == "zh":
        month, month2, day = (
            r"(?P<month>1[0-2]|[1-9])月(?:份)?",
            r"(?P<month2>1[0-2]|[1-9])月(?:份)?",
            r"(?P<day>\d{1,2})[日号]",
        )
        link = role("link")
        first = rf"(?:{year}年|{group('last')})"
        forms = [
            rf"(?P<year1>(?:19|20)\d\d)年{month}(?:{link}){year}年{month2}",
            rf"{first}{month}(?:{link}){month2}",
            rf"{first}{month}{day}",
            rf"{first}{month}(?:{group('portion')}{_NO_CHINA})?",
            rf"{first}(?:{group('quarter')}|{group('half')})",
            rf"{year}(?:年)?(?:{link}){year2}年",
            rf"{first}(?:{group('portion')}{_NO_CHINA})?",
        ]
        return tuple(re.compile(form) for form in forms)
    tail = rf"(?: (?:{role('year')}))?(?!\w)" if language == "ru" else r"(?!\w)"
    link, month = rf" ?(?:{role('link')}) ?", group("month")
    when = rf"(?:{year}{tail}|{group('last')})"
    forms = [
        rf"{month} (?P<year1>(?:19|20)\d\d)(?: {role('year')})?{link}(?P<month2>{role('month')}) {year}{tail}",
        rf"{month}{link}(?P<month2>{role('month')}) {when}",
        rf"(?P<day>\d{{1,2}})\.? {month} {when}",
        rf"(?:{group('portion')} )?{month} {when}",
        rf"(?:{group('quarter')}|{group('half')}) {when}",
        rf"{year}(?: ?[-–—] ?){year2}{tail}",
        rf"(?:{group('portion')} )?{when}",
    ]
    return tuple(re.compile(rf"\b{form}", re.IGNORECASE) for form in forms)


def any_of(words: str) -> str:
    """A pattern for the words of a cell: `|` between them, `*` for any ending, longest first."""
    listed = sorted((w.strip() for w in words.split("|") if w.strip()), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace(r"\*", r"\w*") for w in listed) + ")"
