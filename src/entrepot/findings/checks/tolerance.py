"""Decides which figures count as agreement with a figure as a report words it."""

from __future__ import annotations

import math
from dataclasses import dataclass

APPROX = 0.05
"""Room given to `about`, `around`, `nearly`, as a share of the figure: the project's default."""

NEAR = 2.0
"""A figure within this many times the tolerance is in part agreement."""

MOST_ROUNDED = 0.05
"""Rounding of words is never taken for more than this share of the figure: 10 million is not 5 to 15 million."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The range that counts as agreement, None where open, and why it is so wide."""

    low: float | None
    high: float | None
    why: str

    def holds(self, found: float) -> bool:
        """Whether a figure found agrees."""
        return (self.low is None or found >= self.low - 1e-9) and (self.high is None or found <= self.high + 1e-9)

    def nearly(self, found: float) -> bool:
        """Whether a figure is out of the range by less than the range is wide, or 5% of a bound where it is open."""
        if self.low is not None and self.high is not None:
            room = (self.high - self.low) / 2 * (NEAR - 1)
        else:
            room = APPROX * abs(self.low if self.low is not None else self.high or 0.0)
        low = None if self.low is None else self.low - room
        high = None if self.high is None else self.high + room
        return (low is None or found >= low) and (high is None or found <= high)


def accepted(
    value: float | None, low: float | None, high: float | None, *, approx: bool, whole: bool = False
) -> Accepted | None:
    """The range for one figure of a claim; None where the words give no number at all.

    Args:
        value, low, high: as `claim_quantities` has them.
        approx: the report says about, around, nearly.
        whole: things are counted: a bare figure below a hundred is exact.
    """
    if low is None and high is None:
        return None
    if low is not None and high is None:
        return Accepted(low, None, "`more than` and its like are open above")
    if low is None and high is not None:
        return Accepted(None, high, "`less than` and its like are open below")
    assert low is not None
    assert high is not None
    if approx and value is not None:
        room = abs(value) * APPROX
        if high <= value:
            return Accepted(min(low, value - room), value, "`almost` stays below the figure")
        return Accepted(value - room, value + room, "`about` is given 5% on either side")
    if low != high:
        return Accepted(low, high, "the range as stated")
    if whole and abs(low) < 100 and float(low).is_integer():
        return Accepted(low, high, "a small count is exact")
    room = min(_rounding(low), abs(low) * MOST_ROUNDED)
    return Accepted(low - room, low + room, "rounding of the figure as printed")


def _rounding(value: float) -> float:
    """Half of the last digit that is not zero."""
    if value == 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(value))) + 1)
    while step > abs(value) * 1e-9 and abs(value / step - round(value / step)) > 1e-7:
        step /= 10
    return step / 2
