"""One series of trade: a reporter, a partner, a product, through time, with what is stated, implied and missing."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from entrepot.errors import InputError
from entrepot.model.hs import TOTAL
from entrepot.routes.statistics.evidence import run

WORLD = "W00"
_PARTNERS_OF_A_FULL_LIST = 30
"""A file with as many partners in a period lists trade by country: who is not in it had none. The extracts for a few
partners seen here have at most 6, lists by country 60 and more."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Point:
    """One period.

    Attributes:
        period: its first day.
        value: in the currency of the series; None where nothing is known.
        state: `stated`; `zero` where a file lists the period for other partners but not for this one; `missing` where no
            file lists it, or lists it without a figure.
        rows: identifiers of the flows that make it up.
    """

    period: date
    value: float | None
    state: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Trade of one reporter with one partner in one product, period by period without gaps.

    Attributes:
        hs: the codes asked for, joined by `+`.
        frequency: `month`, `quarter` or `year`.
        currency: ISO 4217; `kg` where weights were asked for; None where the source does not say.
        valuation: CIF or FOB where all rows agree.
        sources: the source parts used; `others` those that state the same periods and were left out.
    """

    reporter: str
    partner: str
    direction: str
    hs: str
    frequency: str
    currency: str | None
    valuation: str | None
    points: tuple[Point, ...]
    sources: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[Point, ...]:
        """Points with a value."""
        return tuple(point for point in self.points if point.value is not None)

    @property
    def rows(self) -> tuple[str, ...]:
        """The flows behind the series."""
        return tuple(row for point in self.points for row in point.rows)

    @property
    def title(self) -> str:
        """What the series is, in words."""
        toward = "from" if self.direction in ("import", "re-import") else "to"
        goods = "all goods" if self.hs == TOTAL else f"HS {self.hs}"
        return f"{self.reporter} {self.direction}s of {goods} {toward} {self.partner}"

    def value(self, period: date) -> float | None:
        """Value of the period that begins on `period`."""
        return next((point.value for point in self.points if point.period == period), None)

    def between(self, first: date, last: date) -> Series:
        """The same series, only the periods that begin in [first, last]."""
        return replace(self, points=tuple(point for point in self.points if first <= point.period <= last))


def series(
    flows: pa.Table,
    *,
    reporter: str,
    partner: str,
    direction: str,
    hs: str | Sequence[str] = TOTAL,
    frequency: str | None = None,
    partner_role: str | None = None,
    measure: str = "value",
) -> Series:
    """The series that `flows` states.

    Args:
        partner: alpha-2 code, an area, or `W00` for the world (summed over partners where a file has no total).
        hs: one code, or several that follow one another (`851712` until 2021, `851713` after): they are added.
        frequency: `month`, `quarter` or `year`; the finest that the reporter publishes where None.
        partner_role: `origin`, `consignment` or `destination`; the default is origin for imports (what Comtrade means) and
            destination for exports.
        measure: `value`, or `kg` for net weights.

    Returns:
        A series without points where nothing is loaded.

    Raises:
        InputError: the periods are in different currencies, or a frequency or measure that does not exist.
    """
    if measure not in ("value", "kg"):
        raise InputError("no such measure", value=measure, remedy="value or kg")
    if frequency is not None and frequency not in _MONTHS:
        raise InputError("no such frequency", value=frequency, remedy=f"one of {', '.join(_MONTHS)}")
    codes = (hs,) if isinstance(hs, str) else tuple(hs)
    role = partner_role or ("origin" if direction in ("import", "re-import") else "destination")
    for precision in (frequency,) if frequency else tuple(_MONTHS):
        picked = []
        for code in codes:
            asked = {
                "reporter": reporter,
                "partner": partner,
                "direction": direction,
                "precision": precision,
                "role": role,
                "hs": code,
            }
            picked += run("selected_rows", asked, flows=flows).to_pylist()
        if picked:
            return _series(picked, reporter, partner, direction, "+".join(codes), precision, measure)
    return Series(reporter, partner, direction, "+".join(codes), frequency or "month", None, None, ())


def step(day: date, frequency: str, count: int = 1) -> date:
    """The first day `count` periods later."""
    months = day.year * 12 + day.month - 1 + count * _MONTHS[frequency]
    return date(months // 12, months % 12 + 1, min(day.day, calendar.monthrange(months // 12, months % 12 + 1)[1]))


def _series(
    picked: Sequence[Mapping[str, object]],
    reporter: str,
    partner: str,
    direction: str,
    hs: str,
    frequency: str,
    measure: str,
) -> Series:
    by_source: dict[str, dict[date, list[Mapping[str, object]]]] = defaultdict(lambda: defaultdict(list))
    for row in picked:
        by_source[str(row["source_id"])][_day(row["period_from"])].append(row)
    # a file with more periods is one vintage; single files of a month each follow, in the order of their identifier
    order = sorted(by_source, key=lambda source: (-len(by_source[source]), source))
    chosen: dict[date, str] = {}
    others: set[str] = set()
    for source in order:
        for period in by_source[source]:
            if period in chosen:
                others.add(source)
            else:
                chosen[period] = source
    used = {}
    for period, source in chosen.items():
        rows = [row for row in by_source[source][period] if row["chosen"]]
        if rows or _lists_all(by_source[source], period):
            used[period] = rows
    column, currency = _measure([row for rows in used.values() for row in rows], measure)
    points = []
    period, last = min(chosen), max(chosen)
    while period <= last:
        points.append(_point(period, used.get(period), column))
        period = step(period, frequency)
    kept = {chosen[period] for period in chosen}
    valuations = {row["valuation"] for rows in used.values() for row in rows}
    valuation = valuations.pop() if len(valuations) == 1 else None
    return Series(
        reporter,
        partner,
        direction,
        hs,
        frequency,
        currency,
        None if valuation is None else str(valuation),
        tuple(points),
        tuple(sorted(kept)),
        tuple(sorted(others - kept)),
    )


def _lists_all(periods: Mapping[date, Sequence[Mapping[str, object]]], period: date) -> bool:
    """Whether a file that does not state the partner in `period` would have, had there been trade: it states it in
    another period, or it lists trade by country."""
    elsewhere = any(row["chosen"] for rows in periods.values() for row in rows)
    return elsewhere or len({row["partner"] for row in periods[period]}) >= _PARTNERS_OF_A_FULL_LIST


def _point(period: date, rows: Sequence[Mapping[str, object]] | None, column: str) -> Point:
    if rows is None:
        return Point(period, None, "missing")
    if not rows:
        return Point(period, 0.0, "zero")
    values = [float(str(row[column])) for row in rows if row[column] is not None]
    names = tuple(str(row["flow_id"]) for row in rows)
    return Point(period, sum(values), "stated", names) if values else Point(period, None, "missing", names)


def _measure(rows: Sequence[Mapping[str, object]], measure: str) -> tuple[str, str | None]:
    if measure == "kg":
        return "net_kg", "kg"
    currencies = {row["currency"] for row in rows}
    if len(currencies) <= 1:
        only = currencies.pop() if currencies else None
        return "value", None if only is None else str(only)
    if all(row["value_usd"] is not None for row in rows if row["value"] is not None):
        return "value_usd", "USD"
    named = ", ".join(sorted(str(c) for c in currencies))
    raise InputError(
        f"the periods of this series are in different currencies ({named})",
        remedy="select one publisher's flows, or convert them with a rate table first",
    )


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise InputError("not a day", value=value)
    return value
