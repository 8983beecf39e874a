"""How alike two words are, 0 to 1: spelling, sound, stem, meaning, nickname, and reading across scripts (compiled)."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from entrepot.parties.translit import Costs, likeness, reading_cost
from entrepot.parties.vocabulary import BUSINESS, GENERIC, NUMBER, Words

LONGEST = 40
"""Letters of one word, or of two or three joined, that are compared."""

_ALIKE = (
    ("aeiouy", 0.5), ("ck", 0.3), ("kq", 0.3), ("cq", 0.4), ("sz", 0.4), ("vw", 0.3), ("iyj", 0.3), ("dt", 0.6), ("bp", 0.7),
    ("gk", 0.6), ("gj", 0.6), ("mn", 0.7), ("lr", 0.7), ("fv", 0.6), ("fp", 0.7), ("bv", 0.6), ("xk", 0.6), ("xs", 0.6),
    ("xh", 0.6), ("gh", 0.7), ("kh", 0.7), ("cs", 0.6), ("uw", 0.4), ("uv", 0.6), ("ou", 0.4), ("ei", 0.4),
)  # fmt: skip
"""Cost of reading one letter for another where they stand for like sounds in some language; 1 otherwise."""


def _substitutions() -> NDArray[np.float32]:
    costs = np.ones((42, 42), np.float32)
    for letters, cost in _ALIKE:
        for a in letters:
            for b in letters:
                i, j = ord(a) - 96, ord(b) - 96
                costs[i, j] = min(costs[i, j], cost)
    for a, b, cost in ((27, 19, 0.4), (28, 3, 0.5), (28, 27, 0.5), (29, 26, 0.5), (29, 27, 0.6), (29, 9, 0.5), (29, 7, 0.5),
                       (28, 11, 0.6), (28, 26, 0.6), (28, 29, 0.6), (27, 24, 0.3)):  # fmt: skip
        costs[a, b] = costs[b, a] = cost
    np.fill_diagonal(costs, 0)
    return costs


_SUBSTITUTE = _substitutions()
_INSERT = np.ones(42, np.float32)
_INSERT[[1, 5, 9, 15, 21, 25]] = 0.65  # vowels come and go between spellings
_INSERT[8] = 0.55  # h
_DOUBLED = np.float32(0.3)
_SWAPPED = np.float32(0.7)
_FIRST_LETTER = np.float32(0.25)


@njit(cache=True, nogil=True)
def spelling(x: NDArray[np.uint8], y: NDArray[np.uint8]) -> float:
    """Likeness of two spellings: 1 minus the cheapest edits (letters of like sound cost less, neighbours may swap) over
    the mean length; 0 where the lengths alone rule likeness out."""
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
    before = np.empty(LONGEST + 1, np.float32)
    now = np.empty(LONGEST + 1, np.float32)
    then = np.empty(LONGEST + 1, np.float32)
    now[0] = 0.0
    for j in range(1, n + 1):
        now[j] = now[j - 1] + _INSERT[y[j - 1]]
    for i in range(1, m + 1):
        a = x[i - 1]
        drop = _INSERT[a]
        if i > 1 and x[i - 2] == a:
            drop = _DOUBLED
        then[0] = now[0] + drop
        for j in range(1, n + 1):
            b = y[j - 1]
            best = now[j - 1] + _SUBSTITUTE[a, b]
            if now[j] + drop < best:
                best = now[j] + drop
            add = _INSERT[b]
            if j > 1 and y[j - 2] == b:
                add = _DOUBLED
            if then[j - 1] + add < best:
                best = then[j - 1] + add
            if i > 1 and j > 1 and a == y[j - 2] and x[i - 2] == b and before[j - 2] + _SWAPPED < best:
                best = before[j - 2] + _SWAPPED
            then[j] = best
        before, now, then = now, then, before
    cost = now[n]
    if x[0] != y[0]:
        cost += _FIRST_LETTER * (1.0 if _SUBSTITUTE[x[0], y[0]] >= 1.0 else 0.4)
    return max(0.0, 1.0 - cost / (0.5 * (m + n)))


@njit(cache=True, nogil=True)
def _bits(value: np.uint64) -> int:
    count = 0
    while value:
        value &= value - np.uint64(1)
        count += 1
    return count


@njit(cache=True, nogil=True)
def _shared(values: NDArray[np.int32], a: int, a_end: int, b: int, b_end: int) -> int:
    """The first number in two sorted runs; even numbers (nicknames) come before odd ones; 0 where none is shared."""
    found = 0
    while a < a_end and b < b_end:
        if values[a] == values[b]:
            if values[a] % 2 == 0:
                return values[a]
            found = values[a]
            a += 1
        elif values[a] < values[b]:
            a += 1
        else:
            b += 1
    return found


@njit(cache=True, nogil=True)
def cross(level: float) -> float:
    """The likeness of a reading across scripts on the scale of spellings: an even chance (0.5) counts as 0.85."""
    return 0.55 + 0.45 * level**0.6


@njit(cache=True, nogil=True)
def native_likeness(w: Words, costs: Costs, i: int, j: int) -> float:
    """Likeness of a word in another script (i) and a Latin one (j)."""
    best = 0.0
    for k in range(w.means_at[i], w.means_at[i + 1]):
        meaning = w.means[k]
        if meaning == j:
            return 0.97
        if w.concept[meaning] != 0 and w.concept[meaning] == w.concept[j]:
            best = max(best, 0.94)
        elif w.place[meaning] != 0 and w.place[meaning] == w.place[j]:
            best = max(best, 0.95)
    if w.concept[i] != 0 and w.concept[i] == w.concept[j]:
        best = max(best, 0.93)
    if best > 0:
        return best
    script = w.script[i]
    latin = w.text[w.text_at[j] : w.text_at[j + 1]]
    if w.native_at[i + 1] > w.native_at[i] and latin.shape[0] > 0 and script < costs.middle.shape[0]:
        cost = reading_cost(w.native[w.native_at[i] : w.native_at[i + 1]], latin, costs.keys, costs.values)
        best = cross(likeness(cost, costs.middle[script], costs.width[script]))
    for k in range(w.latin_at[i], w.latin_at[i + 1]):
        other = w.latin[k]
        alike = 0.95 * spelling(w.text[w.text_at[other] : w.text_at[other + 1]], latin)
        if alike > 0.8:
            best = max(best, alike)
        alike = 0.93 * spelling(w.sound[w.sound_at[other] : w.sound_at[other + 1]], w.sound[w.sound_at[j] : w.sound_at[j + 1]])
        if alike > 0.8:
            best = max(best, alike)
    if w.stem_at[i + 1] - w.stem_at[i] >= 4 and _equal(w.stem, w.stem_at[i], w.stem_at[i + 1], w.stem, w.stem_at[j], w.stem_at[j + 1]):
        best = max(best, 0.94)
    if best < 0.9 and _shared(w.symbols, w.symbols_at[i], w.symbols_at[i + 1], w.symbols_at[j], w.symbols_at[j + 1]) != 0:
        best = 0.9 + 0.05 * best
    return best


@njit(cache=True, nogil=True)
def _equal(x: NDArray[np.uint8], a: int, a_end: int, y: NDArray[np.uint8], b: int, b_end: int) -> bool:
    if a_end - a != b_end - b:
        return False
    for k in range(a_end - a):
        if x[a + k] != y[b + k]:
            return False
    return True


@njit(cache=True, nogil=True)
def alike(w: Words, costs: Costs, i: int, j: int, person: bool) -> float:
    """Likeness of words i and j of the vocabulary.

    Numbers are equal or not. Two known places, or two business words of different meaning, are not alike however they are
    spelled. Words of up to three letters in company names must be equal.
    """
    if i == j:
        return 1.0
    if w.value[i] >= 0 or w.value[j] >= 0:
        return 1.0 if w.value[i] == w.value[j] else 0.0
    if (w.script[i] == 0) != (w.script[j] == 0):
        return native_likeness(w, costs, i, j) if w.script[i] != 0 else native_likeness(w, costs, j, i)
    m, n = w.text_at[i + 1] - w.text_at[i], w.text_at[j + 1] - w.text_at[j]
    if not person:
        if w.place[i] != 0 and w.place[j] != 0:
            return 0.95 if w.place[i] == w.place[j] else 0.0
        if w.concept[i] != 0 and w.concept[i] == w.concept[j]:
            return 0.93
    if w.script[i] != 0:
        if w.script[i] == w.script[j]:
            return _same_script(w, i, j)
        best = 0.0
        for a in range(w.latin_at[i], w.latin_at[i + 1]):
            for b in range(w.latin_at[j], w.latin_at[j + 1]):
                p, q = w.latin[a], w.latin[b]
                best = max(best, 0.93 * spelling(w.sound[w.sound_at[p] : w.sound_at[p + 1]], w.sound[w.sound_at[q] : w.sound_at[q + 1]]))
        for a in range(w.means_at[i], w.means_at[i + 1]):
            for b in range(w.means_at[j], w.means_at[j + 1]):
                if w.means[a] == w.means[b]:
                    best = max(best, 0.94)
        if best < 0.9 and _shared(w.symbols, w.symbols_at[i], w.symbols_at[i + 1], w.symbols_at[j], w.symbols_at[j + 1]) != 0:
            best = 0.9
        return best
    if not person and (min(m, n) <= 3):
        return 0.0
    shared = 0
    if person:
        shared = _shared(w.symbols, w.symbols_at[i], w.symbols_at[i + 1], w.symbols_at[j], w.symbols_at[j + 1])
    if shared != 0 and shared % 2 == 0:
        return 0.9
    difference = _bits(w.mask[i] ^ w.mask[j])
    if difference > 3 + 0.45 * (m + n) and shared == 0:
        return 0.0
    best = spelling(w.text[w.text_at[i] : w.text_at[i + 1]], w.text[w.text_at[j] : w.text_at[j + 1]])
    if best < 0.95:
        heard = spelling(w.sound[w.sound_at[i] : w.sound_at[i + 1]], w.sound[w.sound_at[j] : w.sound_at[j + 1]])
        best = max(best, 0.97 * heard)
    if best < 0.94 and w.stem_at[i + 1] - w.stem_at[i] >= 4:
        if _equal(w.stem, w.stem_at[i], w.stem_at[i + 1], w.stem, w.stem_at[j], w.stem_at[j + 1]):
            best = 0.94
    if shared != 0 and best >= 0.55 and best < 0.88:
        best = 0.86 + 0.02 * best
    if not person:
        if min(m, n) <= 4 and best < 0.9:
            return 0.0
        if w.concept[i] != 0 and w.concept[j] != 0 and best < 0.9:
            return 0.0
        if w.kind[i] >= GENERIC and w.kind[j] >= GENERIC and w.kind[i] <= BUSINESS and w.kind[j] <= BUSINESS and best < 0.86:
            return 0.0
        if w.kind[i] == NUMBER or w.kind[j] == NUMBER:
            return 0.0
    return best


@njit(cache=True, nogil=True)
def _same_script(w: Words, i: int, j: int) -> float:
    """Two words of one script that is not Latin: by letters, and by sound with less trust."""
    a, b = w.native[w.native_at[i] : w.native_at[i + 1]], w.native[w.native_at[j] : w.native_at[j + 1]]
    m, n = a.shape[0], b.shape[0]
    heard = 0.93 * spelling(w.text[w.text_at[i] : w.text_at[i + 1]], w.text[w.text_at[j] : w.text_at[j + 1]])
    if m == 0 or n == 0:
        return heard
    row = np.arange(n + 1).astype(np.float32)
    for p in range(1, m + 1):
        corner = row[0]
        row[0] = p
        for q in range(1, n + 1):
            above = row[q]
            row[q] = min(above + 1, row[q - 1] + 1, corner + (0 if a[p - 1] == b[q - 1] else 1))
            corner = above
    written = 1.0 - row[n] / max(m, n)
    if w.stem_at[i + 1] - w.stem_at[i] >= 4 and _equal(w.stem, w.stem_at[i], w.stem_at[i + 1], w.stem, w.stem_at[j], w.stem_at[j + 1]):
        written = max(written, 0.94)
    return max(written, heard)
