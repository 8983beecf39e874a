"""Intervals of days: years and their parts, months, weeks, and arithmetic on them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
"""English names in order."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From a day to a day, both included; None where open. `precision` as in the table `claims`."""

    start: date | None
    end: date | None
    precision: str


OPEN = Interval(None, None, "open")
"""A time that the words alone do not fix."""

_THIRDS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
"""Months that "early", "mid" and "late" of a year may mean: a third each. Writers differ; the bounds are kept wide."""
_HALVES = {"half1": (1, 6), "half2": (7, 12)}
_QUARTERS = {"q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12)}
_EDGES = {"start": (1, 1), "end": (12, 12)}


def year(number: int, portion: str = "") -> Interval:
    """A year or its portion: `early`, `mid`, `late` (thirds), `start`, `end` (a month), halves, quarters."""
    for table, precision in ((_THIRDS, "month"), (_EDGES, "month"), (_HALVES, "half"), (_QUARTERS, "quarter")):
        if portion in table:
            first, last = table[portion]
            return Interval(date(number, first, 1), last_day(number, last), precision)
    return Interval(date(number, 1, 1), date(number, 12, 31), "year")


def month(year_number: int, number: int, portion: str = "") -> Interval:
    """A month, or ten days of it (`early`, `mid`, `late`; `start` and `end` likewise), its first to fourth or last seven days
    (`week1` to `week5`), its first or last day (`day1`, `day31`)."""
    end = last_day(year_number, number)
    first, last = {
        "early": (1, 10),
        "start": (1, 10),
        "mid": (11, 20),
        "late": (21, end.day),
        "end": (21, end.day),
        **{f"week{n}": (7 * n - 6, 7 * n) for n in range(1, 5)},
        "week5": (end.day - 6, end.day),
        "day1": (1, 1),
        "day31": (end.day, end.day),
    }.get(portion, (1, end.day))
    return Interval(date(year_number, number, first), date(year_number, number, last), "day" if portion else "month")


def decade(number: int, portion: str = "") -> Interval:
    """The 1990s, or its early (0 to 3), middle (4 to 6), late (7 to 9) years."""
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(portion, (0, 9))
    return Interval(date(number + first, 1, 1), date(number + last, 12, 31), "years" if portion else "decade")


def season(year_number: int, first_month: int) -> Interval:
    """Three months from the season's first; winter runs into the next year."""
    end_year, end_month = (year_number, first_month + 2) if first_month <= 10 else (year_number + 1, first_month - 10)
    return Interval(date(year_number, first_month, 1), last_day(end_year, end_month), "season")


def last_day(year_number: int, month_number: int) -> date:
    """The last day of a month."""
    return date(year_number, month_number, calendar.monthrange(year_number, month_number)[1])


def shifted(day: date, unit: str, count: int) -> date:
    """`day` moved by so many units; the day of the month is kept where the month has it."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    index = day.year * 12 + day.month - 1 + months
    target_year, target_month = divmod(index, 12)
    target_year = min(max(target_year, 1), 9999)
    return date(target_year, target_month + 1, min(day.day, calendar.monthrange(target_year, target_month + 1)[1]))


def around(day: date, unit: str) -> Interval:
    """The calendar unit that holds a day: its week (Monday to Sunday), month, quarter, year or decade."""
    if unit == "day":
        return Interval(day, day, "day")
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Interval(monday, monday + timedelta(days=6), "week")
    if unit == "month":
        return month(day.year, day.month)
    if unit == "quarter":
        return year(day.year, f"q{(day.month + 2) // 3}")
    if unit == "year":
        return year(day.year)
    return decade(day.year // 10 * 10)


def span(first: Interval, second: Interval) -> Interval:
    """From the beginning of one to the end of the other."""
    if first.start and second.end and first.start > second.end:
        first, second = second, first
    precision = (
        first.precision
        if first.precision == second.precision
        else "month"
        if "month" in (first.precision, second.precision)
        else second.precision
    )
    return Interval(first.start, second.end, "years" if precision == "year" else precision)
