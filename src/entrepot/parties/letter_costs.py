"""What it costs to read one letter for another, and sets of letters that rule likeness out before it is reckoned."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ALIKE = (
    ("aeiouy", 0.5), ("ck", 0.3), ("kq", 0.3), ("cq", 0.4), ("sz", 0.4), ("vw", 0.3), ("iyj", 0.3), ("dt", 0.6), ("bp", 0.7),
    ("gk", 0.6), ("gj", 0.6), ("mn", 0.7), ("lr", 0.7), ("fv", 0.6), ("fp", 0.7), ("bv", 0.6), ("xk", 0.6), ("xs", 0.6),
    ("xh", 0.6), ("gh", 0.7), ("kh", 0.7), ("cs", 0.6), ("uw", 0.4), ("uv", 0.6), ("ou", 0.4), ("ei", 0.4),
)  # fmt: skip
"""Cost of reading one letter for another where they stand for like sounds in some language; 1 otherwise."""


UNIT = 20
"""Costs are whole numbers of this part of a letter in the compiled loop: every cost above is a multiple of 1/20."""


def _substitutions() -> NDArray[np.int32]:
    costs = np.ones((42, 42), np.float64)
    for letters, cost in _ALIKE:
        for a in letters:
            for b in letters:
                i, j = ord(a) - 96, ord(b) - 96
                costs[i, j] = min(costs[i, j], cost)
    for i, j, cost in ((27, 19, 0.4), (28, 3, 0.5), (28, 27, 0.5), (29, 26, 0.5), (29, 27, 0.6), (29, 9, 0.5), (29, 7, 0.5),
                       (28, 11, 0.6), (28, 26, 0.6), (28, 29, 0.6), (27, 24, 0.3)):  # fmt: skip
        costs[i, j] = costs[j, i] = cost
    np.fill_diagonal(costs, 0)
    return np.rint(costs * UNIT).astype(np.int32)


SUBSTITUTE = _substitutions()
INSERT = np.full(42, UNIT, np.int32)
INSERT[[1, 5, 9, 15, 21, 25]] = 13  # 0.65: vowels come and go between spellings
INSERT[8] = 11  # 0.55: h
DOUBLED = np.int32(6)
SWAPPED = np.int32(14)
FIRST_LETTER, FIRST_LETTER_ALIKE = np.int32(5), np.int32(2)


def _replaceable() -> NDArray[np.uint64]:
    bits = [sum(1 << code for code in range(42) if SUBSTITUTE[letter, code] < UNIT) for letter in range(42)]
    return np.array(bits, np.uint64)


_REPLACEABLE = _replaceable()


def letter_sets(letters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Sets of letters as bits.

    Args:
        letters: `(words, 32)` codes, 0 after the last.

    Returns:
        `(words, 2)`: the letters that occur; those and all that cost less than a whole letter to read for one of them.
    """
    own, near = np.zeros((2, len(letters)), np.uint64)
    for column in letters.T:
        there = column > 0
        own |= np.where(there, np.uint64(1) << column.astype(np.uint64), np.uint64(0))
        near |= np.where(there, _REPLACEABLE[column], np.uint64(0))
    return np.stack([own, near], axis=1)
