"""Dates on which a series of trade changed its level: unknown ones (sup-F) and known ones (Chow), with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
from scipy import stats

from entrepot.routes.statistics import supf
from entrepot.routes.statistics.evidence import Caveat, caveats
from entrepot.routes.statistics.series import Point, Series
from entrepot.routes.statistics.supf import LEAST_SEGMENT, Vector

LEAST_PERIODS = 12
"""Fewer periods with a value are not tested."""

WANTED_BEFORE = 24
"""Months before a break that the literature wants (METHODS: at least 24); fewer are said."""

SEASONAL_FROM = 36
"""Months from which the months of the year are taken out: each then occurs three times."""

LEVEL = 0.05
MOST_BREAKS = 5
DRAWS = 1999
"""Simulated series per test: the p-value is then exact to about .005 at .05."""

SEED = 20220224


@dataclass(frozen=True, slots=True)
class Break:
    """One change of level.

    Attributes:
        period: first day of the first period of the new level.
        earliest, latest: 95 percent interval of it.
        before, after: average value of a period between this break and its neighbours, in the currency of the series.
        ratio: after over before as the logs have it (geometric); None where nothing was traded before.
        f, p: sup-F within the stretch between its neighbours, and its simulated p-value.
        rows: flows of the periods in the interval: where a reader looks first.
    """

    period: date
    earliest: date
    latest: date
    before: float
    after: float
    ratio: float | None
    f: float
    p: float
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Breaks:
    """What the series shows.

    Attributes:
        testable: False where the series is too short or does not vary; `reason` says why.
        breaks: in order of time; empty where no break is significant.
        f, p: sup-F of the whole series and its p-value; `critical_05` the asymptotic value of Andrews for 5 percent.
        trend_p: p-value of the same test with a steady growth allowed for.
        floor: what periods without trade were set to before taking logs.
    """

    series: Series
    testable: bool
    reason: str
    breaks: tuple[Break, ...] = ()
    f: float | None = None
    p: float | None = None
    critical_05: float | None = None
    trend_p: float | None = None
    periods: int = 0
    zeros: int = 0
    missing: int = 0
    floor: float | None = None
    caveats: tuple[Caveat, ...] = ()

    @property
    def largest(self) -> Break | None:
        """The break that moved most trade, by the difference of the averages."""
        return max(self.breaks, key=lambda b: abs(b.after - b.before), default=None)

    @property
    def statement(self) -> str:
        """One sentence."""
        found = self.largest
        if not self.testable:
            return f"{self.series.title}: not testable, {self.reason}."
        if found is None:
            return f"{self.series.title}: no change of level that chance would not explain (sup-F p = {self.p:.3f})."
        form = "%Y" if self.series.frequency == "year" else "%Y-%m"
        money = self.series.currency or "units of the source"
        return (
            f"{self.series.title}: the level changes in {found.period:{form}} "
            f"(95 percent interval {found.earliest:{form}} to {found.latest:{form}}), from {found.before:,.0f} to "
            f"{found.after:,.0f} {money} a {self.series.frequency} on average (sup-F p = {found.p:.3f})."
        )


@dataclass(frozen=True, slots=True)
class Chow:
    """Test of a change of level at a date that was named beforehand."""

    series: Series
    on: date
    testable: bool
    reason: str
    f: float | None = None
    p: float | None = None
    before: float | None = None
    after: float | None = None
    caveats: tuple[Caveat, ...] = ()


def breaks(series: Series, *, level: float = LEVEL, draws: int = DRAWS, seed: int = SEED) -> Breaks:
    """Finds the dates on which the level of `series` changed, without being told where to look.

    Logs of the values (zeros as half the smallest positive value), months of the year taken out from 36 months on. One break
    after the other (Bai 1997): each stretch is tested at `level`, then each date is estimated again between its neighbours.
    """
    known = series.known
    reason = _untestable(known)
    if reason:
        return Breaks(series, False, reason, caveats=caveats("missing"), periods=len(known))
    values = np.array([point.value for point in known], dtype=float)
    y, floor = logs(values)
    months = np.array([point.period.month for point in known], dtype=np.int64)
    seasonal = series.frequency == "month" and len(y) >= SEASONAL_FROM
    z = np.ones((len(y), 1))
    if seasonal:
        z = np.hstack((z, supf.seasons(months)))
    whole = supf.sup_f(y, z, draws=draws, seed=seed)
    if whole is None:
        return Breaks(series, False, "its value never changes", caveats=caveats("missing"), periods=len(known))
    trend = supf.sup_f(y, np.hstack((z, np.arange(len(y))[:, None] / len(y))), draws=draws, seed=seed)
    dates = _dates(y, months if seasonal else None, level, draws, seed)
    level_y = _without_season(y, months, dates) if seasonal else y
    found = tuple(_break(known, values, level_y, dates, i) for i in range(len(dates)))
    zeros = sum(1 for point in known if point.value == 0)
    missing = len(series.points) - len(known)
    notes = ["season", "prices"]
    if trend is None or trend.p > level:
        notes.append("trend")
    if found and min(d[0] for d in dates) < WANTED_BEFORE and series.frequency == "month":
        notes.append("short")
    if any(b.period.year in (2020, 2021) for b in found):
        notes.append("pandemic")
    notes += [name for name, true in (("zeros", zeros), ("missing", missing), ("serial", whole.rho > 0)) if true]
    if any(point.state == "zero" for point in series.points):
        notes.append("implied_zero")
    return Breaks(
        series,
        True,
        "",
        found,
        whole.f,
        whole.p,
        _critical()[1],
        None if trend is None else trend.p,
        len(known),
        zeros,
        missing,
        floor if zeros else None,
        caveats(*notes),
    )


def chow(series: Series, on: date) -> Chow:
    """Whether the level changed at `on`, a date named beforehand (a sanction, a decree)."""
    known = series.known
    at = sum(1 for point in known if point.period < on)
    reason = _untestable(known)
    if not reason and not LEAST_SEGMENT <= at <= len(known) - LEAST_SEGMENT:
        reason = f"fewer than {LEAST_SEGMENT} periods lie before or after {on}"
    if reason:
        return Chow(series, on, False, reason, caveats=caveats("missing"))
    values = np.array([point.value for point in known], dtype=float)
    y, _ = logs(values)
    z = np.ones((len(y), 1))
    if series.frequency == "month" and len(y) >= SEASONAL_FROM:
        z = np.hstack((z, supf.seasons(np.array([p.period.month for p in known], dtype=np.int64))))
    tested = supf.chow(y, z, at)
    if tested is None:
        return Chow(series, on, False, "its value never changes", caveats=caveats("missing"))
    f, left = tested
    p = float(stats.f.sf(f, 1, left))
    before, after = float(values[:at].mean()), float(values[at:].mean())
    return Chow(series, on, True, "", f, p, before, after, caveats("season", "trend", "serial"))


def logs(values: Vector) -> tuple[Vector, float]:
    """Natural logs with zeros (and negative corrections) as half of the smallest positive value; that value.

    Values below a billionth of the largest count as zero: no statistic is kept that finely.
    """
    positive = values[values > 1e-9 * values.max(initial=0)]
    floor = float(positive.min()) / 2 if len(positive) else 0.5
    return np.log(np.maximum(values, floor)), floor


def _untestable(known: Sequence[Point]) -> str:
    if len(known) < LEAST_PERIODS:
        return f"only {len(known)} periods have a value, {LEAST_PERIODS} are needed"
    positive = sum(1 for point in known if point.value is not None and point.value > 0)
    if positive < LEAST_SEGMENT:
        return f"only {positive} periods have any trade"
    return ""


def _dates(
    y: Vector, months: np.typing.NDArray[np.int64] | None, level: float, draws: int, seed: int
) -> list[tuple[int, float, float]]:
    """Index, F and p of each break, in order of time."""
    found: dict[int, tuple[float, float]] = {}
    queue = [(0, len(y))]
    while queue and len(found) < MOST_BREAKS:
        first, last = queue.pop(0)
        if last - first < 2 * LEAST_SEGMENT + 1:
            continue
        stretch = y if months is None else _without_season(y, months, [(at, 0.0, 0.0) for at in sorted(found)])
        tested = supf.sup_f(stretch[first:last], np.ones((last - first, 1)), draws=draws, seed=seed)
        if tested is not None and tested.p <= level:
            at = first + tested.at
            found[at] = (tested.f, tested.p)
            queue += [(first, at), (at, last)]
    return _again(y, months, found)


def _again(
    y: Vector, months: np.typing.NDArray[np.int64] | None, found: dict[int, tuple[float, float]]
) -> list[tuple[int, float, float]]:
    """Each date estimated once more between its neighbours, which the first pass did not know."""
    dates = [(at, *found[at]) for at in sorted(found)]
    clean = y if months is None else _without_season(y, months, dates)
    moved = []
    for i, (at, f, p) in enumerate(dates):
        first = moved[-1][0] if moved else 0
        last = dates[i + 1][0] if i + 1 < len(dates) else len(y)
        if last - first >= 2 * LEAST_SEGMENT:
            at = first + supf.best_split(clean[first:last])
        moved.append((at, f, p))
    return moved


def _without_season(
    y: Vector, months: np.typing.NDArray[np.int64], dates: Sequence[tuple[int, float, float]]
) -> Vector:
    """`y` less the effects of the months of the year, estimated together with the levels between the breaks."""
    steps = [(np.arange(len(y)) >= at).astype(float)[:, None] for at, _, _ in dates]
    season = supf.seasons(months)
    season = season - season.mean(axis=0)
    z = np.hstack((np.ones((len(y), 1)), *steps, season))
    fitted, *_ = np.linalg.lstsq(z, y, rcond=None)
    return np.asarray(y - season @ fitted[-season.shape[1] :])


def _break(
    known: Sequence[Point], values: Vector, y: Vector, dates: Sequence[tuple[int, float, float]], i: int
) -> Break:
    at, f, p = dates[i]
    first = dates[i - 1][0] if i else 0
    last = dates[i + 1][0] if i + 1 < len(dates) else len(known)
    half = supf.half_interval(y[first:last], at - first)
    low, high = max(first, at - half), min(last - 1, at + half)
    before, after = values[first:at], values[at:last]
    ratio = float(np.exp(y[at:last].mean() - y[first:at].mean())) if (before > 0).any() else None
    rows = tuple(row for point in known[low : high + 1] for row in point.rows)
    return Break(
        known[at].period,
        known[low].period,
        known[high].period,
        float(before.mean()),
        float(after.mean()),
        ratio,
        f,
        p,
        rows,
    )


@cache
def _critical() -> tuple[float, float, float]:
    """Andrews' asymptotic values for one breaking parameter at 10, 5 and 1 percent."""
    text = files(__package__).joinpath("data", "supf.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    ten, five, one = (float(x) for x in lines[1][1:])
    return ten, five, one
