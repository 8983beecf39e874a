"""Dates, months and years as customs files write them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache

from entrepot.readers.values.lists import table
from entrepot.readers.values.nulls import SPACES, is_null, lower

_NAMES = {name: (int(month), frozenset(languages.split())) for name, month, languages, _ in table("months")}

EARLIEST, LATEST = datetime.date(1980, 1, 1), datetime.date(2079, 12, 31)
"""Default bounds of a shipment's date: a century off is a problem, whatever the century of the reader."""

SERIAL_EPOCH = datetime.date(1899, 12, 30)
"""Day 0 of spreadsheet serial numbers after February 1900 (ECMA-376 part 1, 18.17.4.1, 1900 date system)."""

PIVOT = 70
"""Two-digit years from here on are of the 20th century (POSIX strptime has 69; nothing is declared so early)."""


def month_names(languages: tuple[str, ...] = ()) -> dict[str, int]:
    """Names of months in English and the given languages of data/months.tsv; in all where none is given."""
    wanted = {"en", *languages}
    return {name: month for name, (month, used) in _NAMES.items() if not languages or used & wanted}


def month_languages(name: str) -> frozenset[str]:
    """The languages (ISO 639-1) that use a name of a month; none where it is no such name."""
    return _NAMES[name][1] if name in _NAMES else frozenset()


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a column writes its dates.

    Attributes:
        order: of numbers with one order that the text does not show (`03/04/2025`, `030425`): `dmy`, `mdy` or `ymd`.
        form: the most frequent form of the column, which is tried first; a key of `FORMS`.
        forms: the forms that are tried: those seen in the column and the common ones; empty for every form.
        strptime: the usual form as DuckDB's own parser takes it, which is faster; empty where it has none.
        languages: of the names of months that are tried beside English; empty for all.
        digits: how eight, six, five and four digits without a sign are read: any of `ymd8`, `dmy8`, `mdy8`, `ym6`,
            `dmy6`, `mdy6`, `serial`, `y4`.
        ambiguous: True where nothing in the column tells `dmy` from `mdy`.
        utc_shift: minutes added to times in UTC before the day is taken, where the column holds local midnights that
            were written in UTC (`2025-03-28T18:30:00Z` is the 29th in India); 0 elsewhere.
        precisions: those seen in the column.
        earliest, latest: dates outside are problems.
        nulls: texts for no value that the column has, so that SQL passes over them quickly.
        notes: sentences for the person who adds the file.
    """

    order: str = "dmy"
    form: str = "ymd"
    strptime: str = ""
    forms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    digits: tuple[str, ...] = ("ymd8", "ym6", "y4")
    ambiguous: bool = False
    utc_shift: int = 0
    precisions: tuple[str, ...] = ("day", "month", "year")
    earliest: datetime.date = EARLIEST
    latest: datetime.date = LATEST
    nulls: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateValue:
    """First day of what was stated and its precision (`day`, `month`, `year`), or why there is none: `problem` is None
    (also for no value), `bad_date`, `impossible_date` (31 February) or `date_out_of_range` (a century off)."""

    date: datetime.date | None
    precision: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a date: a pattern of whole cells, and the numbers of its groups (0 where it has none).

    `order` is `dmy`, `mdy` or `ymd` where the form is only read under that order of the style; `digits` names the entry
    of `DateStyle.digits` that it needs; `short_year` says that the year has two digits.
    """

    pattern: str
    year: int
    month: int = 0
    day: int = 0
    order: str = ""
    digits: str = ""
    short_year: bool = False

    @property
    def precision(self) -> str:
        return "day" if self.day else "month" if self.month else "year"


_N, _Y, _YY = "([0-9]{1,2})", "0?([12][0-9]{3})", "([0-9]{2})"
_S = r"[-/. \\]"
_TIME = f"(?:[T,{SPACES}]+(?:[0-9]{{1,2}}:.*)?)?"
NAME_OF_MONTH, _GAP = "([A-Za-z\u0080-\U0010ffff]+)", "[ ,.'/-]*"
_DE = "[ ]*(?:de|del|of|,)[ ]+"
_MARK = "[ ]*(?:г(?:од(?:а|у)?)?|р(?:оку|ік)?)[.]?"

FORMS: dict[str, Form] = {
    "ymd": Form(f"{_Y}{_S}{_N}{_S}{_N}{_TIME}", 1, 2, 3),
    "dmy": Form(f"{_N}{_S}{_N}{_S}{_Y}{_TIME}", 3, 2, 1, order="dmy"),
    "mdy": Form(f"{_N}{_S}{_N}{_S}{_Y}{_TIME}", 3, 1, 2, order="mdy"),
    "dmy_marked": Form(f"{_N}{_S}{_N}{_S}{_Y}{_MARK}", 3, 2, 1, order="dmy"),
    "dmy2": Form(f"{_N}{_S}{_N}{_S}{_YY}{_TIME}", 3, 2, 1, order="dmy", short_year=True),
    "mdy2": Form(f"{_N}{_S}{_N}{_S}{_YY}{_TIME}", 3, 1, 2, order="mdy", short_year=True),
    "ymd2": Form(f"{_YY}{_S}{_N}{_S}{_N}{_TIME}", 1, 2, 3, order="ymd", short_year=True),
    "ym": Form(f"{_Y}(?:[/.]|-?M|-){_N}", 1, 2),
    "my": Form(f"{_N}(?:[-/.]|, ?){_Y}", 2, 1),
    "cjk_ymd": Form(f"{_Y}[ ]?[年년][ ]?{_N}[ ]?[月월][ ]?{_N}[ ]?[日号일]{_TIME}", 1, 2, 3),
    "cjk_ym": Form(f"{_Y}[ ]?[年년][ ]?{_N}[ ]?[月월]份?", 1, 2),
    "cjk_y": Form(f"{_Y}[ ]?[年년]度?", 1),
    "thang": Form(f"(?:[Tt]h[áÁaA]ng|[Tt]hg)[ .]*{_N}(?:[ ,/-]+|[ ]+năm[ ]+){_Y}", 2, 1),
    "quarter": Form(f"{_Y}[ -]?(?:Q|q|кв|T)[.]?[1-4]", 1),
    "quarter_first": Form(f"[QqT][1-4][ /-]?{_Y}", 1),
    "quarter_words": Form(f"[1-4IV]+(?:st|nd|rd|th|-й)?[ ]*(?:кв|quarter|квартал)[.]?[ ]*{_Y}(?:{_MARK})?", 1),
    "ymd8": Form("([12][0-9]{3})([01][0-9])([0-3][0-9])", 1, 2, 3, digits="ymd8"),
    "dmy8": Form("([0-3][0-9])([01][0-9])([12][0-9]{3})", 3, 2, 1, digits="dmy8"),
    "mdy8": Form("([01][0-9])([0-3][0-9])([12][0-9]{3})", 3, 1, 2, digits="mdy8"),
    "ym6": Form("([12][0-9]{3})([01][0-9])", 1, 2, digits="ym6"),
    "dmy6": Form("([0-3][0-9])([01][0-9])([0-9]{2})", 3, 2, 1, digits="dmy6", short_year=True),
    "mdy6": Form("([01][0-9])([0-3][0-9])([0-9]{2})", 3, 1, 2, digits="mdy6", short_year=True),
    "y4": Form("([12][0-9]{3})", 1, digits="y4"),
    "y_marked": Form(f"{_Y}{_MARK}", 1),
    "mon_y": Form(f"{NAME_OF_MONTH}{_GAP}{_Y}", 2, 1),
    "mon_y_marked": Form(f"{NAME_OF_MONTH}{_GAP}{_Y}{_MARK}", 2, 1),
    "mon_de_y": Form(f"{NAME_OF_MONTH}{_DE}{_Y}", 2, 1),
    "mon_yy": Form(f"{NAME_OF_MONTH}{_GAP}{_YY}", 2, 1, short_year=True),
    "d_mon_y": Form(f"{_N}{_GAP}{NAME_OF_MONTH}{_GAP}{_Y}{_TIME}", 3, 2, 1),
    "d_mon_y_marked": Form(f"{_N}{_GAP}{NAME_OF_MONTH}{_GAP}{_Y}{_MARK}", 3, 2, 1),
    "d_mon_yy": Form(f"{_N}{_GAP}{NAME_OF_MONTH}{_GAP}{_YY}{_TIME}", 3, 2, 1, short_year=True),
    "d_de_mon_y": Form(f"{_N}{_DE}{NAME_OF_MONTH}(?:{_DE}|[ ]+){_Y}{_TIME}", 3, 2, 1),
    "dth_mon_y": Form(f"{_N}(?:st|nd|rd|th)[ ]+(?:of[ ]+)?{NAME_OF_MONTH}{_GAP}{_Y}", 3, 2, 1),
    "mon_d_y": Form(f"{NAME_OF_MONTH}[ .-]+{_N}(?:st|nd|rd|th)?,?[ -]+{_Y}{_TIME}", 3, 1, 2),
    "y_mon_d": Form(f"{_Y}[ .,/-]+{NAME_OF_MONTH}[ .,/-]+{_N}{_TIME}", 1, 2, 3),
    "y_mon": Form(f"{_Y}[ .,/-]*{NAME_OF_MONTH}", 1, 2),
    # year, month and day in columns of their own, as the reader joins them: the month or the year first, the day last
    "apart_ym": Form(f"{_Y}, {_N}", 1, 2),
    "apart_ymd": Form(f"{_Y}, {_N}, {_N}", 1, 2, 3),
    "apart_myd": Form(f"{_N}, {_Y}, {_N}", 2, 1, 3),
    "apart_mon_y_d": Form(f"{NAME_OF_MONTH}, {_Y}, {_N}", 2, 1, 3),
}
"""Tried in this order, after the usual form of the column; the first that fits is the reading. Most patterns leave no choice at any character, because RE2 then finds the groups in one pass, ten times faster."""

UTC_TIME = f"{_Y}{_S}{_N}{_S}{_N}[T ]+([01][0-9]|2[0-3]):([0-5][0-9])(?::[0-9.]+)?[ ]?(?:Z|UTC|[+]00:?00)"
ENDS_WITH_TIME = _TIME
"""How a pattern ends that takes white space at its end by itself."""
SERIAL = "([2-7][0-9]{4})(?:[.][0-9]+)?"
"""Days from 1954 to 2119."""


def parse_date(text: str | None, style: DateStyle = DateStyle()) -> tuple[datetime.date, str] | None:
    """The date and its precision, or None where there is none or it cannot be read."""
    value = read_date(text, style)
    return None if value.date is None or value.precision is None else (value.date, value.precision)


def read_date(text: str | None, style: DateStyle = DateStyle()) -> DateValue:
    """The date of a text, or why there is none. A quarter is read as its year; see `parse_period`."""
    if text is None or is_null(text):
        return DateValue(None)
    trimmed = text.strip(SPACES)
    try:
        found = _found(trimmed, style)
    except ValueError:
        return DateValue(None, None, "impossible_date")
    if found is None:
        return DateValue(None, None, "bad_date")
    date, precision = found
    if not style.earliest <= date <= style.latest:
        return DateValue(None, None, "date_out_of_range")
    return DateValue(date, precision)


def form_of(text: str, style: DateStyle) -> tuple[str, re.Match[str]] | None:
    """The first form that fits a trimmed text, with its match."""
    for name in forms_of(style):
        if match := _compiled(FORMS[name].pattern).fullmatch(text):
            return name, match
    return None


def forms_of(style: DateStyle) -> tuple[str, ...]:
    """The forms that a style reads: its usual one first, then in the order of FORMS."""
    return _forms_of(style.form, style.forms, style.order, style.digits)


@cache
def _forms_of(form: str, forms: tuple[str, ...], order: str, digits: tuple[str, ...]) -> tuple[str, ...]:
    allowed = [
        name
        for name, rule in FORMS.items()
        if rule.order in ("", order) and (not rule.digits or rule.digits in digits) and (not forms or name in forms)
    ]
    return tuple(sorted(allowed, key=lambda name: name != form))


def _found(text: str, style: DateStyle) -> tuple[datetime.date, str] | None:
    """Raises ValueError for a day that no calendar has."""
    if style.utc_shift and (match := _compiled(UTC_TIME).fullmatch(text)):
        year, month, day, hour, minute = map(int, match.groups())
        local = datetime.datetime(year, month, day, hour, minute) + datetime.timedelta(minutes=style.utc_shift)
        return local.date(), "day"
    if "serial" in style.digits and (match := _compiled(SERIAL).fullmatch(text)):
        return SERIAL_EPOCH + datetime.timedelta(days=int(match[1])), "day"
    fit = form_of(text, style)
    if fit is None:
        return None
    form, match = FORMS[fit[0]], fit[1]
    month = 1
    if form.month:
        written = match[form.month]
        known = int(written) if written.isdigit() else _months(style.languages).get(lower(written))
        if known is None:
            return None
        month = known
    return datetime.date(_year(match[form.year]), month, int(match[form.day]) if form.day else 1), form.precision


def _year(digits: str) -> int:
    if len(digits) > 2:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= PIVOT else 2000)


_months = cache(month_names)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
