"""The cheapest edits between two spellings (compiled)."""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrepot.engine.compiled import compiled
from entrepot.parties.letter_costs import (
    DOUBLED,
    FIRST_LETTER,
    FIRST_LETTER_ALIKE,
    INSERT,
    SUBSTITUTE,
    SWAPPED,
    UNIT,
)

LONGEST = 40
"""Letters of one word, or of two or three joined, that are compared."""

_NEVER = np.int32(1 << 20)
_NO_LETTER = np.uint8(255)


@compiled
def spelling(x: NDArray[np.uint8], y: NDArray[np.uint8], rows: NDArray[np.float32], least: float) -> float:
    """Likeness of two spellings: 1 minus the cheapest edits (letters of like sound cost less, neighbours may swap) over
    the mean length; 0, or anything below it, where it is below `least`. `rows` is scratch, two rows of at least 50."""
    m, n = min(x.shape[0], LONGEST), min(y.shape[0], LONGEST)
    if m == 0 or n == 0:
        return 0.0
    if m == n:
        same = True
        for k in range(m):
            if x[k] != y[k]:
                same = False
                break
        if same:
            return 1.0
    if abs(m - n) * 0.3 > 0.42 * 0.5 * (m + n) or abs(m - n) > 8:
        return 0.0
    first = np.int32(0)
    if x[0] != y[0]:
        first = FIRST_LETTER if SUBSTITUTE[x[0], y[0]] >= UNIT else FIRST_LETTER_ALIKE
    most = (1.0 - least) * UNIT * 0.5 * (m + n) - first + 0.01
    # one row is kept, and the one before it for swaps; no branch depends on the letters, which costs half the time
    row, before = rows[0].view(np.int32), rows[1].view(np.int32)
    row[0] = 0
    for j in range(n):
        row[j + 1] = row[j] + INSERT[y[j]]
    last = _NO_LETTER
    for i in range(m):
        a = x[i]
        drop = DOUBLED if a == last else INSERT[a]
        corner, swap_corner = row[0], _NEVER
        left = corner + drop
        row[0] = left
        swap_next = before[0]
        before[0] = corner
        lowest = left
        last_y = _NO_LETTER
        for j in range(n):
            b = y[j]
            above = row[j + 1]
            best = corner + SUBSTITUTE[a, b]
            other = above + drop
            best = other if other < best else best
            other = left + (DOUBLED if b == last_y else INSERT[b])
            best = other if other < best else best
            other = swap_corner + SWAPPED if (a == last_y) & (b == last) else _NEVER
            best = other if other < best else best
            swap_corner, swap_next = swap_next, before[j + 1]
            before[j + 1] = above
            corner = above
            row[j + 1] = left = best
            lowest = best if best < lowest else lowest
            last_y = b
        last = a
        if lowest > most:
            return 0.0
    return max(0.0, 1.0 - int(row[n] + first) / (UNIT * 0.5 * (m + n)))
