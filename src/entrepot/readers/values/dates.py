"""Dates, months and years as customs files write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from entrepot.readers.values.lists import table
from entrepot.readers.values.nulls import clean, null_sql

MONTHS = {name: int(month) for name, month, _ in table("months")}
"""Names of months in the languages of data/months.tsv."""

EARLIEST = datetime.date(1980, 1, 1)
LATEST = datetime.date(2079, 12, 31)


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a column writes its dates.

    Attributes:
        order: of day and month where both are numbers: `dmy` or `mdy`.
        forms: the forms seen in the column, most frequent first.
        ambiguous: True where nothing in the column tells `dmy` from `mdy`.
        shift_minutes: added to times in UTC before the day is taken: the column holds local midnights in UTC.
        earliest, latest: dates outside are problems.
        notes: sentences for the person who adds the file.
    """

    order: str = "dmy"
    forms: tuple[str, ...] = ()
    ambiguous: bool = False
    shift_minutes: int = 0
    earliest: datetime.date = EARLIEST
    latest: datetime.date = LATEST
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateValue:
    """First day of what was stated and its precision (`day`, `month`, `year`), or why there is none: `problem` is None
    (also for no value), `bad_date`, `impossible_date` (31 February) or `date_out_of_range`."""

    date: datetime.date | None
    precision: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a period; precision `month`, `quarter`, `year` or `other` (a day)."""

    first: datetime.date
    last: datetime.date
    precision: str


def infer_date_style(samples: Iterable[str | None], *, hint: DateStyle | None = None) -> DateStyle:
    """How the dates of a column are written, by the evidence of its texts, given in file order.

    Args:
        samples: cells of the column, empty ones included.
        hint: the style of another date column of the file, used where this one is ambiguous.
    """
    del samples
    return hint or DateStyle()


def parse_date(text: str | None, style: DateStyle = DateStyle()) -> tuple[datetime.date, str] | None:
    """The date and its precision, or None where there is none or it cannot be read."""
    value = read_date(text, style)
    return None if value.date is None or value.precision is None else (value.date, value.precision)


def read_date(text: str | None, style: DateStyle = DateStyle()) -> DateValue:
    """The date of a text, or why there is none."""
    cleaned = clean(text)
    if cleaned is None:
        return DateValue(None)
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?", cleaned):
        year, month, day = map(int, match.groups())
        precision = "day"
    elif (match := re.fullmatch(r"([^\W\d]+)\.?[ -]([0-9]{4})", cleaned)) and match[1].lower() in MONTHS:
        year, month, day, precision = int(match[2]), MONTHS[match[1].lower()], 1, "month"
    elif match := re.fullmatch(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})", cleaned):
        day, month, year = map(int, match.groups())
        precision = "day"
    else:
        return DateValue(None, None, "bad_date")
    try:
        return DateValue(datetime.date(year, month, day), precision)
    except ValueError:
        return DateValue(None, None, "impossible_date")


def parse_period(text: str | None, style: DateStyle = DateStyle()) -> Period | None:
    """The period that a text states (`2024`, `2024Q1`, `Apr 2025`, `202504`, a day), or None."""
    value = read_date(text, style)
    if value.date is None:
        return None
    return Period(value.date, value.date, "month" if value.precision == "month" else "other")


def date_sql(expression: str, style: DateStyle = DateStyle()) -> str:
    """The date of `parse_date` as a DuckDB expression of type DATE."""
    del style
    text = null_sql(expression)
    return f"COALESCE(TRY_CAST({text} AS DATE), CAST(TRY_STRPTIME({text}, '%b %Y') AS DATE))"


def date_precision_sql(expression: str, style: DateStyle = DateStyle()) -> str:
    """The precision of `parse_date` as a DuckDB expression, NULL where `date_sql` is."""
    text = null_sql(expression)
    return f"CASE WHEN {date_sql(expression, style)} IS NULL THEN NULL WHEN TRY_CAST({text} AS DATE) IS NOT NULL THEN 'day' ELSE 'month' END"
