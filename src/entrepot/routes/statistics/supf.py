"""The numbers behind tests for a change of level at an unknown date: sup-F, its simulated distribution, best partitions.

Sources: Andrews (1993, corrected 2003), Econometrica 61: sup-F; Bai (1997), Econometric Theory 13: several breaks one after
the other, each date estimated again between its neighbours; Yao (1987), Annals of Statistics 15: distribution of the date.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]

TRIM = 0.15
"""Share of the series on each side in which no break is sought: Andrews (1993) recommends 15 percent."""

LEAST_SEGMENT = 4
"""Fewest periods on each side of a break: a level and its spread cannot be told from fewer."""

YAO_95 = 11.03
"""95 percent quantile of |argmax| of W(s) - |s| / 2 (Yao 1987): half the interval of the date, in units of variance over
squared jump."""

_STEADY = 0.97
"""Autocorrelation above this is cut: beyond it the series has no level that could break."""


@dataclass(frozen=True, slots=True)
class SupF:
    """The largest F over all dates.

    Attributes:
        at: index of the first period of the new level.
        f: the statistic; `p` its simulated probability without a break.
        rho: first-order autocorrelation of the residuals around the two levels.
    """

    at: int
    f: float
    p: float
    rho: float


def sup_f(y: Vector, z: Vector, *, draws: int, seed: int) -> SupF | None:
    """Test of one change of level in `y` with the regressors `z` (constant included) that do not change.

    The null distribution is simulated for this length and these regressors, with normal errors of the autocorrelation
    that the residuals around the two levels have: for uncorrelated errors it is exact (F does not depend on their size).

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
    around = residual - steps[:, best] * float(steps[:, best] @ residual) / sizes[best]
    rho = autocorrelation(around)
    random = np.random.default_rng(seed)
    noise = _off(basis, _noise(random, n, draws, max(rho, 0.0)))
    null = _f(noise, steps, sizes, left).max(axis=0)
    p = (1 + int((null >= values[best]).sum())) / (draws + 1)
    return SupF(int(dates[best]), float(values[best]), p, rho)


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


def autocorrelation(residual: Vector) -> float:
    """First-order autocorrelation, cut to [-.97, .97], with the small-sample bias (1 + 3 rho) / n of Kendall taken off."""
    size = float(residual @ residual)
    if size <= 0:
        return 0.0
    rho = float(residual[1:] @ residual[:-1]) / size
    rho += (1 + 3 * rho) / len(residual)
    return float(np.clip(rho, -_STEADY, _STEADY))


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


def _noise(random: np.random.Generator, n: int, draws: int, rho: float) -> Vector:
    """Stationary first-order autoregressive errors, one series a column."""
    shocks = random.standard_normal((n, draws))
    noise = np.empty_like(shocks)
    noise[0] = shocks[0] / np.sqrt(1 - rho**2)
    for at in range(1, n):
        noise[at] = rho * noise[at - 1] + shocks[at]
    return noise
