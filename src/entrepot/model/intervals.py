"""Dates with precision, and spans of days with open ends, as one kind of interval."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from entrepot.errors import InputError

Precision = Literal["day", "month", "year"]
PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, order=False)
class Interval:
    """Days from `start` to `end`, both included; None is open: unknown or without end.

    It stands for a date of some precision (`2025-04` is a day somewhere in April) as well as for a span (on a list
    from one day to another). Comparisons are therefore three-valued: True or False where it holds whichever days are
    meant, None where it depends.

    Raises:
        InputError: the end lies before the start.
    """

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise InputError(
                "an interval ends before it starts",
                value=f"{self.start} to {self.end}",
                remedy="the two dates exchanged, or one of them corrected",
            )

    @classmethod
    def of(cls, first: date, precision: Precision = "day") -> Self:
        """The day, month or year that `first` lies in, as `date` and `date_precision` columns give it."""
        if precision == "day":
            return cls(first, first)
        if precision == "month":
            return cls.month(first.year, first.month)
        return cls.year(first.year)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def since(cls, start: date) -> Self:
        """From a day on, without a known end."""
        return cls(start, None)

    @classmethod
    def until(cls, end: date) -> Self:
        """To a day, without a known start."""
        return cls(None, end)

    @classmethod
    def parse(cls, text: str) -> Self:
        """`2022`, `2022-05`, `2022-05-17`, or two of these with `/` or `..` between; `..` at an end leaves it open.

        This is level 0 of ISO 8601-2 (EDTF), and what `str` writes.

        Raises:
            InputError: anything else, or a day that the calendar does not have.
        """
        text = text.strip()
        sign = "/" if "/" in text else ".."
        if sign in text:
            left, right = (part.strip() for part in text.split(sign, 1))
            start = None if left in ("", "..") else cls._one(left, text).start
            end = None if right in ("", "..") else cls._one(right, text).end
            return cls(start, end)
        return cls._one(text, text)

    @classmethod
    def _one(cls, text: str, whole: str) -> Self:
        match = _ISO.fullmatch(text)
        try:
            if match is None:
                raise ValueError(text)
            year, month, day = (int(x) if x else None for x in match.groups())
            assert year is not None
            if month is None:
                return cls.year(year)
            return cls.month(year, month) if day is None else cls.of(date(year, month, day))
        except ValueError as error:
            raise InputError(
                "not a date or interval", value=whole, remedy="2022, 2022-05, 2022-05-17 or 2022-05-17/2023-01"
            ) from error

    @property
    def precision(self) -> Precision | None:
        """`day`, `month` or `year` where the interval is exactly one of these, else None."""
        if self.start is None or self.end is None:
            return None
        for precision in PRECISIONS:
            if Interval.of(self.start, precision) == Interval(self.start, self.end):
                return precision
        return None

    @property
    def days(self) -> int | None:
        """How many days it has, None where an end is open."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    def contains(self, other: Interval | date) -> bool:
        """Whether every day of `other` lies inside. An open end of `other` lies only inside an open end."""
        other = _interval(other)
        starts = self.start is None or (other.start is not None and self.start <= other.start)
        ends = self.end is None or (other.end is not None and other.end <= self.end)
        return starts and ends

    def overlaps(self, other: Interval | date) -> bool:
        """Whether some day lies in both."""
        other = _interval(other)
        apart_left = self.end is not None and other.start is not None and self.end < other.start
        apart_right = other.end is not None and self.start is not None and other.end < self.start
        return not apart_left and not apart_right

    def holds_on(self, day: Interval | date) -> bool | None:
        """Whether a date of some precision fell into this span: True surely, False surely not, None it may have."""
        if self.contains(day):
            return True
        return None if self.overlaps(day) else False

    def before(self, other: Interval | date) -> bool | None:
        """Whether a day of this one comes before a day of `other`: True for all pairs, False for none, else None."""
        other = _interval(other)
        if self.end is not None and other.start is not None and self.end < other.start:
            return True
        if self.start is not None and other.end is not None and self.start >= other.end:
            return False
        return None

    def after(self, other: Interval | date) -> bool | None:
        """As `before`, the other way round."""
        return _interval(other).before(self)

    def intersection(self, other: Interval | date) -> Interval | None:
        """The days in both, None where there is none."""
        other = _interval(other)
        if not self.overlaps(other):
            return None
        starts = [x for x in (self.start, other.start) if x is not None]
        ends = [x for x in (self.end, other.end) if x is not None]
        return Interval(max(starts, default=None), min(ends, default=None))

    def hull(self, other: Interval | date) -> Interval:
        """The shortest interval that holds both."""
        other = _interval(other)
        start = None if self.start is None or other.start is None else min(self.start, other.start)
        end = None if self.end is None or other.end is None else max(self.end, other.end)
        return Interval(start, end)

    def widened(self, days: int) -> Interval:
        """With `days` more at each closed end."""
        step = timedelta(days=days)
        return Interval(
            None if self.start is None else self.start - step, None if self.end is None else self.end + step
        )

    def show(self) -> str:
        """For a reader: `17 May 2022`, `May 2022`, `2022`, `since 17 May 2022`, `17 May 2022 to 3 Jan 2023`."""
        if self.start is None and self.end is None:
            return "at an unknown time"
        if self.end is None:
            return f"since {_day(self.start)}"
        if self.start is None:
            return f"until {_day(self.end)}"
        if self.precision == "day":
            return _day(self.start)
        if self.precision == "month":
            return f"{_MONTHS[self.start.month - 1]} {self.start.year}"
        if self.precision == "year":
            return str(self.start.year)
        return f"{_day(self.start)} to {_day(self.end)}"

    def __str__(self) -> str:
        """ISO 8601: `2022-05-17`, `2022-05`, `2022`, `2022-05-17/2023-01-03`, `2022-05-17/..`."""
        if self.start is not None and self.precision is not None:
            return self.start.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]
        return f"{self.start or '..'}/{self.end or '..'}"


def _interval(value: Interval | date) -> Interval:
    return value if isinstance(value, Interval) else Interval(value, value)


def _day(day: date | None) -> str:
    assert day is not None
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
