"""Dates on which a series of trade changed its level: unknown ones (sup-F) and known ones (Chow), with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from scipy.special import fdtrc

from entrepot.routes.statistics import supf
from entrepot.routes.statistics.evidence import Caveat, caveats
from entrepot.routes.statistics.supf import LEAST_SEGMENT, Vector
from entrepot.routes.statistics.time_series import Point, Series

LEAST_PERIODS = 12
"""Fewer periods with a value are not tested."""

WANTED_BEFORE = 24
"""Months before a break that the literature wants (METHODS: at least 24); fewer are said."""

SEASONAL_FROM = 36
"""Months from which the months of the year are taken out: each then occurs three times."""

TRICKLE = 0.01
"""Share of the average month below which trade counts as none."""

SEASON_LEVEL = 0.05
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
        log_change: difference of the average logs after and before; `ratio` the same as a factor, None where nothing was
            traded before.
        f, p: sup-F of one change within the stretch in which it was found, and the simulated p-value of the test that found it.
        rows: flows of the periods in the interval: where a reader looks first.
    """

    period: date
    earliest: date
    latest: date
    before: float
    after: float
    log_change: float
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
        floor: what periods with less trade were set to before taking logs; None where there are none.
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
    below_floor: int = 0
    missing: int = 0
    floor: float | None = None
    caveats: tuple[Caveat, ...] = ()

    @property
    def rise(self) -> Break | None:
        """The largest rise, by the difference in logs."""
        return max((b for b in self.breaks if b.log_change > 0), key=lambda b: b.log_change, default=None)

    @property
    def fall(self) -> Break | None:
        """The largest fall, by the difference in logs."""
        return min((b for b in self.breaks if b.log_change < 0), key=lambda b: b.log_change, default=None)

    @property
    def statement(self) -> str:
        """What was found, in a sentence."""
        if not self.testable:
            return f"{self.series.title}: not testable, {self.reason}."
        if not self.breaks:
            return f"{self.series.title}: no change of level that chance would not explain (sup-F p = {self.p:.3f})."
        form = "%Y" if self.series.frequency == "year" else "%Y-%m"
        text = f"{self.series.title}: the level changes in {', '.join(f'{b.period:{form}}' for b in self.breaks)}"
        money = self.series.currency or "units of the source"
        for name, found in (("rise", self.rise), ("fall", self.fall)):
            if found is not None:
                text += (
                    f"; the largest {name} is in {found.period:{form}} (95 percent interval {found.earliest:{form}} to "
                    f"{found.latest:{form}}, p = {found.p:.3f}), from {found.before:,.0f} to {found.after:,.0f} {money} "
                    f"a {self.series.frequency} on average"
                )
        return text + "."


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

    Logs of the values (see `logs` for zeros), months of the year taken out from 36 months on where they matter. One break
    after the other (Bai 1997), or two at once where a rise is later undone (as in the UDmax test of Bai and Perron 1998): each
    stretch is tested at `level`, then each date is estimated again between its neighbours.
    """
    known = series.known
    reason = _untestable(known)
    if reason:
        return Breaks(series, False, reason, caveats=caveats("missing"), periods=len(known))
    values = np.array([point.value for point in known], dtype=float)
    y, floor = logs(values)
    months = np.array([point.period.month for point in known], dtype=np.int64)
    z = _constant(series, y, months)
    seasonal = z.shape[1] > 1
    whole = supf.sup_f(y, z, draws=draws, seed=seed)
    if whole is None:
        return Breaks(series, False, "its value never changes", caveats=caveats("missing"), periods=len(known))
    trend = supf.sup_f(y, np.hstack((z, np.arange(len(y))[:, None] / len(y))), draws=draws, seed=seed)
    dates = _dates(y, months if seasonal else None, level, draws, seed)
    level_y = _without_season(y, months, dates) if seasonal else y
    found = tuple(_break(known, values, level_y, dates, i) for i in range(len(dates)))
    zeros = int((values < floor).sum())
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
    z = _constant(series, y, np.array([p.period.month for p in known], dtype=np.int64))
    tested = supf.chow(y, z, at)
    if tested is None:
        return Chow(series, on, False, "its value never changes", caveats=caveats("missing"))
    f, left = tested
    p = float(fdtrc(1, left, max(f, 0.0)))
    before, after = float(values[:at].mean()), float(values[at:].mean())
    return Chow(series, on, True, "", f, p, before, after, caveats("season", "trend", "serial"))


def logs(values: Vector) -> tuple[Vector, float]:
    """Natural logs with everything below a floor (zeros, negative corrections, trickles) set to it; and the floor.

    The floor is half of the smallest positive value, at least TRICKLE of the average: from 2 thousand to 20 thousand is the
    same step in logs as from 2 million to 20 million, and would otherwise decide the date.
    """
    positive = values[values > 0]
    if not len(positive):
        return np.zeros_like(values), 1.0
    floor = max(float(positive.min()) / 2, TRICKLE * float(positive.mean()))
    return np.log(np.maximum(values, floor)), floor


def _constant(series: Series, y: Vector, months: np.typing.NDArray[np.int64]) -> Vector:
    """The regressors that do not change: a constant, and the months of the year where the series is long enough and they
    matter around its best three levels (F at SEASON_LEVEL): eleven effects estimated from noise would hide breaks."""
    one = np.ones((len(y), 1))
    if series.frequency != "month" or len(y) < SEASONAL_FROM:
        return one
    season = supf.seasons(months)
    around = supf.around_two_breaks(y)
    fitted, *_ = np.linalg.lstsq(np.hstack((one, season)), around, rcond=None)
    left = around - np.hstack((one, season)) @ fitted
    free = len(y) - season.shape[1] - 3
    unexplained = float(left @ left)
    if unexplained <= 0:
        return np.hstack((one, season))
    f = (float(around @ around) - unexplained) / season.shape[1] / (unexplained / free)
    return np.hstack((one, season)) if float(fdtrc(season.shape[1], free, max(f, 0.0))) <= SEASON_LEVEL else one


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
            dates = [first + at for at in tested.dates]
            found.update(dict.fromkeys(dates, (tested.f, tested.p)))
            queue += list(pairwise((first, *dates, last)))
    return _again(y, months, found)


def _again(
    y: Vector, months: np.typing.NDArray[np.int64] | None, found: dict[int, tuple[float, float]]
) -> list[tuple[int, float, float]]:
    """Each date estimated once more between its neighbours, which the first pass did not know."""
    dates = [(at, *found[at]) for at in sorted(found)]
    clean = y if months is None else _without_season(y, months, dates)
    moved: list[tuple[int, float, float]] = []
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
    log_change = float(y[at:last].mean() - y[first:at].mean())
    rows = tuple(row for point in known[low : high + 1] for row in point.rows)
    return Break(
        known[at].period,
        known[low].period,
        known[high].period,
        float(before.mean()),
        float(after.mean()),
        log_change,
        float(np.exp(log_change)) if (before > 0).any() else None,
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
