"""The numbers behind tests for a change of level at an unknown date: sup-F, its simulated distribution, best partitions.

Sources: Andrews (1993, corrected 2003), Econometrica 61: sup-F; Bai (1997), Econometric Theory 13: several breaks one after
the other, each date estimated again between its neighbours; Yao (1987), Annals of Statistics 15: distribution of the date.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]

TRIM = 0.15
"""Share of the series on each side in which no break is sought: Andrews (1993) recommends 15 percent."""

LEAST_SEGMENT = 3
"""Fewest periods on each side of a break: a level and its spread cannot be told from fewer."""

YAO_95 = 11.03
"""95 percent quantile of |argmax| of W(s) - |s| / 2 (Yao 1987): half the interval of the date, in units of variance over
squared jump."""

_STEADY = 0.97
"""Autocorrelation above this is cut: beyond it the series has no level that could break."""


@dataclass(frozen=True, slots=True)
class SupF:
    """The largest F over all dates, for one change and for two.

    Attributes:
        at: index of the first period of the new level; `at_two` of both new levels where two are supposed (empty where the
            series is too short for three levels).
        f: the statistic for one change; `p_one` and `p_two` the simulated probabilities without any change.
        rho: first-order autocorrelation of the errors, around levels that may change twice.
    """

    at: int
    at_two: tuple[int, ...]
    f: float
    p_one: float
    p_two: float
    rho: float

    @property
    def p(self) -> float:
        """Of the better of both tests, doubled because there are two."""
        return min(1.0, 2 * min(self.p_one, self.p_two)) if self.at_two else self.p_one

    @property
    def dates(self) -> tuple[int, ...]:
        """The dates of the better test; one where both are as good."""
        return self.at_two if self.p_two < self.p_one else (self.at,)


def sup_f(y: Vector, z: Vector, *, draws: int, seed: int) -> SupF | None:
    """Test of one change of level, or of two that may undo one another, in `y`; the regressors `z` (constant included) do not
    change.

    The null distribution is simulated for this length and these regressors, with normal errors of the autocorrelation of
    this series around levels that may change twice (a rise that later ends must not be taken for autocorrelation): for
    uncorrelated errors it is exact, since F does not depend on their size.

    Returns:
        None where the series is too short or does not vary.
    """
    n = len(y)
    edge = max(LEAST_SEGMENT, int(np.ceil(TRIM * n)))
    dates = np.arange(edge, n - edge + 1)
    basis = _basis(z)
    residual = _off(basis, y[:, None])[:, 0]
    left = n - basis.shape[1] - 1
    if len(dates) == 0 or left < LEAST_SEGMENT or float(residual @ residual) <= 1e-12 * max(1.0, float(y @ y)):
        return None
    steps = _off(basis, (np.arange(n)[:, None] >= dates[None, :]).astype(float))
    sizes = (steps * steps).sum(axis=0)
    usable = sizes > 1e-9
    steps, sizes, dates = steps[:, usable], sizes[usable], dates[usable]
    if len(dates) == 0:
        return None
    values = _f(residual[:, None], steps, sizes, left)[:, 0]
    best = int(np.argmax(values))
    rho = autocorrelation(residual)
    random = np.random.default_rng(seed)
    noise = _off(basis, _noise(random, n, draws, rho))
    null = _f(noise, steps, sizes, left).max(axis=0)
    p_one = (1 + int((null >= values[best]).sum())) / (draws + 1)
    if left < 2 or n < 3 * LEAST_SEGMENT:
        return SupF(int(dates[best]), (), float(values[best]), p_one, 1.0, rho)
    two, cuts = _f_two(residual[:, None], left - 1)
    null_two, _ = _f_two(noise, left - 1)
    p_two = (1 + int((null_two >= two[0]).sum())) / (draws + 1)
    return SupF(int(dates[best]), cuts, float(values[best]), p_one, p_two, rho)


def chow(y: Vector, z: Vector, at: int) -> tuple[float, int] | None:
    """F of a change of level at a known index, and its second degrees of freedom (the first is 1); None where it cannot be
    tested."""
    n = len(y)
    basis = _basis(z)
    left = n - basis.shape[1] - 1
    stepped = _off(basis, (np.arange(n) >= at).astype(float)[:, None])
    size = float((stepped * stepped).sum())
    residual = _off(basis, y[:, None])
    if left < 1 or size <= 1e-9 or float((residual * residual).sum()) <= 0:
        return None
    return float(_f(residual, stepped, np.array([size]), left)[0, 0]), left


def around_two_breaks(y: Vector) -> Vector:
    """What the best partition into three levels leaves of `y`; into one where it is too short for three."""
    n = len(y)
    if n < 3 * LEAST_SEGMENT:
        return np.asarray(y - y.mean())
    _, cuts = _f_two(np.asarray(y - y.mean())[:, None], 1)
    levels = np.empty(n)
    for low, high in pairwise((0, *cuts, n)):
        levels[low:high] = y[low:high].mean()
    return np.asarray(y - levels)


def best_split(y: Vector) -> int:
    """Index that splits `y` into two levels with the least squares, at least LEAST_SEGMENT on each side."""
    n = len(y)
    sums = np.concatenate(([0.0], np.cumsum(y)))
    at = np.arange(LEAST_SEGMENT, n - LEAST_SEGMENT + 1)
    explained = sums[at] ** 2 / at + (sums[n] - sums[at]) ** 2 / (n - at)
    return int(at[np.argmax(explained)])


def half_interval(y: Vector, at: int) -> int:
    """Half of the 95 percent interval of a break date, in periods: Yao's quantile times long-run variance over squared jump.

    The interval is [at - half, at + half], at least one period on each side (Bai 1997).
    """
    before, after = y[:at], y[at:]
    jump = float(after.mean() - before.mean())
    residual = np.concatenate((before - before.mean(), after - after.mean()))
    if jump == 0:
        return len(y)
    return min(len(y), int(YAO_95 * long_run_variance(residual) / jump**2) + 1)


def autocorrelation(y: Vector) -> float:
    """First-order autocorrelation of the errors of `y` around levels that may change twice, 0 to .97.

    Fitting three levels hides part of it: data/autocorrelation.tsv says how much, and what was hidden is put back.
    """
    left = raw_autocorrelation(around_two_breaks(y))
    lengths, true, medians = _hidden()
    at = np.interp(len(y), lengths, np.arange(len(lengths)))
    low, high = int(np.floor(at)), int(np.ceil(at))
    expected = medians[low] + (at - low) * (medians[high] - medians[low])
    return float(np.clip(np.interp(left, np.maximum.accumulate(expected), true), 0.0, _STEADY))


def raw_autocorrelation(residual: Vector) -> float:
    """Sum of products of neighbours over the sum of squares."""
    size = float(residual @ residual)
    return float(residual[1:] @ residual[:-1]) / size if size > 0 else 0.0


@cache
def _hidden() -> tuple[Vector, Vector, Vector]:
    """Lengths, true autocorrelations, and the medians left for each."""
    text = files(__package__).joinpath("data", "autocorrelation.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    numbers = np.array([[float(x) for x in row] for row in rows[1:]])
    return numbers[:, 0], np.array([float(x) for x in rows[0][1:]]), numbers[:, 1:]


def long_run_variance(residual: Vector) -> float:
    """Newey and West (1994) with Bartlett weights and 4 (n / 100)^(2/9) lags."""
    n = len(residual)
    lags = min(n - 1, int(4 * (n / 100) ** (2 / 9)))
    total = float(residual @ residual) / n
    for lag in range(1, lags + 1):
        total += 2 * (1 - lag / (lags + 1)) * float(residual[lag:] @ residual[:-lag]) / n
    return max(total, float(residual @ residual) / n * 0.1)


def seasons(months: npt.NDArray[np.int64]) -> Vector:
    """Indicator columns of the months of the year, one left out."""
    return np.asarray((months[:, None] == np.arange(2, 13)[None, :]).astype(float))


def _basis(z: Vector) -> Vector:
    """An orthonormal basis of the columns of `z`."""
    u, s, _ = np.linalg.svd(z, full_matrices=False)
    return np.asarray(u[:, s > 1e-9 * s[0]])


def _off(basis: Vector, columns: Vector) -> Vector:
    """What the regressors leave of each column."""
    return np.asarray(columns - basis @ (basis.T @ columns))


def _f(residuals: Vector, steps: Vector, sizes: Vector, left: int) -> Vector:
    """F of each step (rows) for each column of residuals."""
    explained = (steps.T @ residuals) ** 2 / sizes[:, None]
    total = (residuals * residuals).sum(axis=0)[None, :]
    return np.asarray(explained / (np.maximum(total - explained, 1e-300) / left))


def _f_two(columns: Vector, left: int) -> tuple[Vector, tuple[int, ...]]:
    """Largest F of three levels for each column, and the two dates of the first column."""
    n = len(columns)
    sums = np.concatenate((np.zeros((1, columns.shape[1])), np.cumsum(columns, axis=0)))
    total = (columns * columns).sum(axis=0)
    mean = sums[n] ** 2 / n
    best = np.full(columns.shape[1], -np.inf)
    cuts: tuple[int, ...] = ()
    for first in range(LEAST_SEGMENT, n - 2 * LEAST_SEGMENT + 1):
        second = np.arange(first + LEAST_SEGMENT, n - LEAST_SEGMENT + 1)
        explained = (sums[second] - sums[first]) ** 2 / (second - first)[:, None]
        explained += (sums[n] - sums[second]) ** 2 / (n - second)[:, None]
        explained += sums[first] ** 2 / first - mean
        top = explained.max(axis=0)
        if top[0] > best[0]:
            cuts = (first, int(second[explained[:, 0].argmax()]))
        best = np.maximum(best, top)
    return np.asarray(best / 2 / (np.maximum(total - mean - best, 1e-300) / left)), cuts


def _noise(random: np.random.Generator, n: int, draws: int, rho: float) -> Vector:
    """Stationary first-order autoregressive errors, one series a column."""
    shocks = random.standard_normal((n, draws))
    noise = np.empty_like(shocks)
    noise[0] = shocks[0] / np.sqrt(1 - rho**2)
    for at in range(1, n):
        noise[at] = rho * noise[at - 1] + shocks[at]
    return noise
