"""Random draws that are the same on every machine and with every version of numpy."""

from __future__ import annotations

import math
from collections.abc import MutableSequence, Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T")

_BLOCK = 4096
_TO_UNIT = 2.0**-53
_NORMAL = NormalDist()


class Dice:
    """Draws from PCG64.

    Only the raw 64-bit stream is taken from numpy, because numpy promises to keep that stream and does not promise
    it for the distributions (NEP 19); every distribution here is derived from it by arithmetic.

    Args:
        seed: any non-negative integer; two dice with the same seed and `stream` draw alike.
        stream: a label that makes independent dice of one seed.
    """

    __slots__ = ("_at", "_bits", "_block")

    def __init__(self, seed: int, stream: str = "") -> None:
        self._bits = np.random.PCG64([seed, *stream.encode("utf-8")])
        self._block: list[float] = []
        self._at = 0

    def unit(self) -> float:
        """A number in [0, 1)."""
        if self._at == len(self._block):
            self._block = self.units(_BLOCK).tolist()
            self._at = 0
        self._at += 1
        return self._block[self._at - 1]

    def units(self, n: int) -> npt.NDArray[np.float64]:
        """`n` numbers in [0, 1)."""
        raw = np.asarray(self._bits.random_raw(n), dtype=np.uint64)
        return (raw >> np.uint64(11)).astype(np.float64) * _TO_UNIT

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + math.floor(self.unit() * (high - low + 1))

    def uniform(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return low + self.unit() * (high - low)

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.unit() < probability

    def normal(self) -> float:
        """A standard normal number."""
        return _NORMAL.inv_cdf(min(max(self.unit(), 1e-12), 1 - 1e-12))

    def lognormal(self, median: float, sigma: float) -> float:
        """A log-normal number with this median and this standard deviation of its logarithm."""
        return median * math.exp(sigma * self.normal())

    def pareto(self, shape: float, cap: float) -> float:
        """A Pareto number from 1 to `cap`: a few large, many small."""
        return min(cap, math.pow(1 - self.unit(), -1 / shape))

    def pick(self, items: Sequence[T]) -> T:
        """One item."""
        return items[math.floor(self.unit() * len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """One item, in proportion to its weight."""
        at = self.unit() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            at -= weight
            if at < 0:
                return item
        return items[-1]

    def sample(self, items: Sequence[T], n: int) -> list[T]:
        """`n` different items (all of them, where there are fewer), in random order."""
        pool = list(items)
        self.shuffle(pool)
        return pool[:n]

    def shuffle(self, items: MutableSequence[T]) -> None:
        """Into random order, in place."""
        for at in range(len(items) - 1, 0, -1):
            other = math.floor(self.unit() * (at + 1))
            items[at], items[other] = items[other], items[at]
