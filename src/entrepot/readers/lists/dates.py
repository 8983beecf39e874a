"""Reads the dates that lists write: exact, of a month or year, circa, from one year to another."""

from __future__ import annotations

import datetime
import re
from functools import cache, lru_cache

from entrepot.errors import InputError
from entrepot.model.intervals import Interval
from entrepot.readers.lists.tables import records

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ].*|Z|[+-]\d{2}:\d{2})?)?")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -]+)?([^\W\d_]+)\.?,?[ -]+(\d{4})")
_NAMED_US = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_CIRCA = re.compile(r"^(?:circa|approximately|approx\.?|about|c\.|ca\.?|between)\s+", re.IGNORECASE)
_RANGE = re.compile(r"\s+(?:to|and|until|-|–)\s+|(?<=\d{4})\s*[-–]\s*(?=\d{4}$)", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def read_date(text: str | None, *, month_first: bool = False) -> Interval | None:
    """The days that `text` may mean, or None where it is no date.

    Reads `1968`, `2001-02-23`, `23/02/2001`, `17.12.2024`, `24 May 2026`, `Dec 1956`, `May 24, 2026`, `2026年2月24日`,
    `circa 1951` (the year, plus nothing: how near is not said), `1956 to 1958`, placeholders such as `dd/mm/1968`.

    Args:
        text: the date as published.
        month_first: whether `02/03/2001` is 3 February: OFAC's XML writes month first, all other lists day first.
    """
    if text is None:
        return None
    text = _CIRCA.sub("", text.strip().rstrip(".")).strip()
    halves = _RANGE.split(text)
    try:
        if len(halves) == 2 and all(halves):
            first, last = (_one(half, month_first) for half in halves)
            return first.hull(last) if first and last and not last.before(first) else None
        return _one(text, month_first)
    except (ValueError, InputError):
        return None


def first_day(text: str | None, *, month_first: bool = False) -> datetime.date | None:
    """The day of a date that is exact to the day, else None: a listing in "June 2022" has no day to compare with."""
    found = read_date(text, month_first=month_first)
    return found.start if found and found.precision == "day" else None


def _one(text: str, month_first: bool) -> Interval | None:
    if re.fullmatch(r"\d{4}", text):
        return _year(text)
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        return _of(year, month, day)
    if match := re.fullmatch(r"(?:dd|00)[./-](mm|00|\d{1,2})[./-](\d{4})", text, re.IGNORECASE):
        return _of(match[2], match[1] if match[1].isdigit() and int(match[1]) else None, None)
    if match := _NUMERIC.fullmatch(text):
        first, second, year = match.groups()
        return _of(year, first, second) if month_first else _of(year, second, first)
    if (match := _NAMED.fullmatch(text)) and (number := _months().get(match[2].lower())):
        return _of(match[3], number, match[1])
    if (match := _NAMED_US.fullmatch(text)) and (number := _months().get(match[1].lower())):
        return _of(match[3], number, match[2])
    if match := _CHINESE.fullmatch(text):
        return _of(*match.groups())
    return None


def _of(year: str, month: str | None, day: str | None) -> Interval | None:
    if month is None:
        return _year(year)
    if day is None or int(day) == 0:
        return Interval.month(int(year), int(month))
    return Interval.of(datetime.date(int(year), int(month), int(day)))


def _year(text: str) -> Interval | None:
    # nothing on a list was born, founded or listed outside these years; 0000 and 9999 stand for unknown
    return Interval.year(int(text)) if 1800 <= int(text) <= 2199 else None


@cache
def _months() -> dict[str, str]:
    return {name: month for name, month, _ in records("months.tsv")}
