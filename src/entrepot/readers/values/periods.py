"""Periods of statistics: months, quarters, half-years, years, days."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from entrepot.readers.values.dates import DateStyle, read_date
from entrepot.readers.values.nulls import clean

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_QUARTER = re.compile(
    r"([12][0-9]{3})[ -]?(?:Q|q|T|кв[.]?)[ ]?([1-4])"
    r"|(?:Q|q|T)([1-4])[ /-]?([12][0-9]{3})"
    r"|([1-4]|I{1,3}|IV)(?:st|nd|rd|th|-й)?[ ]*(?:quarter|кв[.]?|квартал)[ ]*([12][0-9]{3}).*"
)
_HALF = re.compile(r"([12][0-9]{3})[ -]?[HhSs]([12])")

_DEFAULT = DateStyle()


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a period; `precision` is `month`, `quarter`, `year`, or `other` (a day, half a year)."""

    first: datetime.date
    last: datetime.date
    precision: str


def parse_period(text: str | None, style: DateStyle = _DEFAULT) -> Period | None:
    """The period that a text states (`2024`, `2024Q1`, `Apr 2025`, `202504`, `2024-S1`, a day), or None."""
    cleaned = clean(text)
    if cleaned is None:
        return None
    if match := _QUARTER.fullmatch(cleaned):
        year, quarter = (g for g in (match[1] or match[4] or match[6], match[2] or match[3] or match[5]))
        return _months(int(year), 3 * (_ROMAN.get(quarter) or int(quarter)) - 2, 3, "quarter")
    if match := _HALF.fullmatch(cleaned):
        return _months(int(match[1]), 6 * int(match[2]) - 5, 6, "other")
    value = read_date(cleaned, style)
    if value.date is None:
        return None
    if value.precision == "day":
        return Period(value.date, value.date, "other")
    return _months(value.date.year, value.date.month, 1 if value.precision == "month" else 12, value.precision or "")


def _months(year: int, month: int, count: int, precision: str) -> Period:
    last = month + count - 1
    day = calendar.monthrange(year, last)[1]
    return Period(datetime.date(year, month, 1), datetime.date(year, last, day), precision)
