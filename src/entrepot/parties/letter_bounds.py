"""What two words cost to turn into each other at least, told from which letters they have (compiled)."""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrepot.engine.compiled import compiled
from entrepot.parties.letter_costs import UNIT
from entrepot.parties.vocabulary import TEXT, TEXT_LENGTH, Words

_VOWELS = np.uint64(sum(1 << code for code in (1, 5, 9, 15, 21, 25)))
_H = np.uint64(1 << 8)
_CHEAPEST = 6
"""The cheapest reading of one letter for another, 0.3, in the unit of `letter_costs`."""


@compiled
def within(facts: NDArray[np.int64], sets: NDArray[np.uint64], i: int, j: int, which: int, least: float) -> bool:
    """Whether the letters alone allow a likeness of `least`; each letter that only one has costs something."""
    most = (1.0 - least) * UNIT * 0.5 * (facts[i, which] + facts[j, which]) + 0.01
    own, other = sets[i, which, 0], sets[j, which, 0]
    return least_cost(own & ~other, sets[j, which, 1]) <= most and least_cost(other & ~own, sets[i, which, 1]) <= most


@compiled
def joined_within(w: Words, many: NDArray[np.int32], start: int, size: int, j: int, least: float) -> bool:
    """The same for `size` neighbouring words of `many`, written together, and word j."""
    own, near, length = np.uint64(0), np.uint64(0), 0
    for k in range(start, start + size):
        own |= w.sets[many[k], TEXT, 0]
        near |= w.sets[many[k], TEXT, 1]
        length += w.facts[many[k], TEXT_LENGTH]
    most = (1.0 - least) * UNIT * 0.5 * (length + w.facts[j, TEXT_LENGTH]) + 0.01
    other = w.sets[j, TEXT, 0]
    return least_cost(own & ~other, w.sets[j, TEXT, 1]) <= most and least_cost(other & ~own, near) <= most


@compiled
def least_cost(only: np.uint64, near: np.uint64) -> int:
    """What letters that the other word does not have cost at least, where `near` can be read for its letters."""
    hard = only & ~near
    return (
        UNIT * bits(hard & ~(_VOWELS | _H)) + 13 * bits(hard & _VOWELS) + 11 * bits(hard & _H) + _CHEAPEST * bits(only & near)
    )  # fmt: skip


@compiled
def bits(value: np.uint64) -> int:
    value = value - ((value >> np.uint64(1)) & np.uint64(0x5555555555555555))
    value = (value & np.uint64(0x3333333333333333)) + ((value >> np.uint64(2)) & np.uint64(0x3333333333333333))
    value = (value + (value >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((value * np.uint64(0x0101010101010101)) >> np.uint64(56))  # type: ignore[return-value]  # compiled: one integer type
