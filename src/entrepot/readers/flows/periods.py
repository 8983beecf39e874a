"""Reads the periods of trade statistics: codes, months, quarters, years, and words in titles."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache

from entrepot.readers.values import parse_period
from entrepot.readers.values.dates import month_names

Period = tuple[date, date, str]
"""First day, last day, precision."""

_FIRST_YEAR, _LAST_YEAR = 1960, 2079
_TITLE_LANGUAGES = ("en", "ru", "es", "fr", "tr", "de", "pt")
"""Languages of the titles seen; in others, names of months are everyday words."""

_YEAR = re.compile(r"(?:19[6-9]\d|20[0-7]\d)")
_WHOLE_YEAR = (52, 13, 0)
"""Month numbers that stand for a year: Comtrade and Eurostat 52, others 0 or 13."""


def period_of(text: str | None, year: str | None = None, month: str | None = None) -> Period | None:
    """The period that the cells of a row state; `text` is a column of periods, the others columns of their own.

    Understands `2022`, `202206`, `202252` (year, Comtrade and Eurostat), `2022Q3`, `2022-06`, `2022M06`, `2022-06-01`
    (month: statistics have no days), `Aug. 2024`, `Jan.-Dec. 2010`, `202252-Jan.-Dec. 2022`.
    """
    if year:
        first = _year(year)
        if first is None:
            return None
        number = _month(month) if month else 0
        return None if number is None else of_month(first, number)
    if not text:
        return None
    clean = text.strip()
    if match := re.fullmatch(r"((?:19|20)\d\d)(?:\.0)?", clean):
        return of_month(int(match[1]), 0)
    if match := re.match(r"((?:19|20)\d\d)[-/M ]?(\d\d)(?:\.0)?(?![\d])(?:-(?!\d).*|-\d\d(?:[T ].*)?)?$", clean):
        return of_month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"((?:19|20)\d\d)[- ]?Q([1-4])|Q([1-4])[- ]?((?:19|20)\d\d)", clean, re.IGNORECASE):
        return _quarter(int(match[1] or match[4]), int(match[2] or match[3]))
    if found := in_title(clean):
        return found
    parsed = parse_period(clean)
    if parsed is None:
        return None
    return of_month(parsed.first.year, parsed.first.month) if parsed.precision in ("month", "other") else None


def in_title(text: str) -> Period | None:
    """The one period that a title or header names: `за январь-декабрь 2019 года`, `за 2022 год`, `Jan.-Dec. 2010`."""
    years = _YEAR.findall(text)
    if len(set(years)) != 1:
        return None
    months = [number for word in re.findall(r"[^\W\d_]+", text.lower()) if (number := _months().get(word))]
    year = int(years[0])
    if not months:
        return of_month(year, 0)
    first, last = min(months), max(months)
    if first == last:
        return of_month(year, first)
    if (first, last) == (1, 12):
        return of_month(year, 0)
    precision = "quarter" if last - first == 2 and first in (1, 4, 7, 10) else "other"
    return date(year, first, 1), _last_day(year, last), precision


def of_month(year: int, month: int) -> Period | None:
    """A month, or the year where `month` stands for all of it; None where there is no such month."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if month in _WHOLE_YEAR:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if not 1 <= month <= 12:
        return None
    return date(year, month, 1), _last_day(year, month), "month"


@cache
def _months() -> dict[str, int]:
    return month_names(_TITLE_LANGUAGES)


def _quarter(year: int, quarter: int) -> Period:
    return date(year, 3 * quarter - 2, 1), _last_day(year, 3 * quarter), "quarter"


def _year(text: str) -> int | None:
    match = re.fullmatch(r"\s*((?:19|20)\d\d)(?:\.0)?\s*", text)
    return int(match[1]) if match else None


def _month(text: str) -> int | None:
    clean = text.strip().lower()
    if match := re.fullmatch(r"(\d{1,2})(?:\.0)?", clean):
        return int(match[1])
    if clean in {"year", "annual", "total", "год", "всего"}:
        return 0
    return _months().get(clean.rstrip("."))


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
