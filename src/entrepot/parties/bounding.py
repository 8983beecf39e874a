"""Whether two names can reach a score at all, told from letters before their words are compared one by one (compiled)."""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrepot.engine.compiled import compiled
from entrepot.parties.analyse import PERSON
from entrepot.parties.edits import LONGEST
from entrepot.parties.joining import JOINED_LEAST, LONGEST_INITIALS, LONGEST_INITIALS_OF_PERSONS
from entrepot.parties.letter_bounds import joined_within
from entrepot.parties.likeness import LEAST, most_alike
from entrepot.parties.vocabulary import INITIAL, KIND, PARTICLE, SCRIPT, STOP, TEXT, TEXT_LENGTH, VALUE, Words
from entrepot.parties.weighing import against, evidence, least_left

UNDECIDED = np.float32(2.0)
"""Added to the most that two words can be alike, in the grid, until they have been compared."""


@compiled
def sketch(
    w: Words, a: NDArray[np.int32], b: NDArray[np.int32], grid: NDArray[np.float32], loose: bool, seen: NDArray[np.uint64],
    seen_level: NDArray[np.float32],
) -> bool:  # fmt: skip
    """Fill the grid of words of a and words of b: their likeness where it is known or 0, else `UNDECIDED` and more.

    Args:
        loose: words are compared by the rule of persons and vessels. seen, seen_level: as `pairing.score_pair` has them.

    Returns:
        Whether all words are Latin. Only then letters decide anything.
    """
    facts, latin = w.facts, True
    for i in range(a.shape[0]):
        latin &= facts[a[i], SCRIPT] == 0
    for j in range(b.shape[0]):
        latin &= facts[b[j], SCRIPT] == 0
    for i in range(a.shape[0]):
        for j in range(b.shape[0]):
            if a[i] == b[j]:
                grid[i, j] = 1.0
                continue
            key = pair_key(a[i], b[j], loose)
            at = slot(key, seen.shape[0])
            if seen[at] != key:
                seen[at] = key
                level = np.float32(1.0)
                if latin:
                    level = np.float32(most_alike(w, a[i], b[j], loose))
                seen_level[at] = level + UNDECIDED if level > 0 else np.float32(0.0)
            grid[i, j] = seen_level[at]
    return latin


@compiled
def slot(key: np.uint64, size: int) -> np.int64:
    """Where a pair of words is remembered among `size`, a power of two."""
    return np.int64(((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & np.uint64(size - 1))


@compiled
def pair_key(i: int, j: int, loose: bool) -> np.uint64:
    """The number of a pair of words, never 0."""
    return (np.uint64(i + 1) << np.uint64(33)) | (np.uint64(j) << np.uint64(1)) | np.uint64(1 if loose else 0)


@compiled
def otherwise(
    w: Words, a: NDArray[np.int32], b: NDArray[np.int32], grid: NDArray[np.float32], person: bool
) -> tuple[np.int64, np.int64]:
    """Bits of the Latin words of each side that may stand for several of the other, or be part of one, or be initials."""
    own_a, own_b = np.int64(0), np.int64(0)
    for i in range(a.shape[0]):
        for j in range(b.shape[0]):
            if grid[i, j] == 1.0:
                own_a |= np.int64(1) << i
                own_b |= np.int64(1) << j
    many_a, one_b = _may_join(w, a, b, own_a, own_b)
    many_b, one_a = _may_join(w, b, a, own_b, own_a)
    short_a, full_b = _may_abbreviate(w, a, b, person)
    short_b, full_a = _may_abbreviate(w, b, a, person)
    return many_a | one_a | short_a | full_a, many_b | one_b | short_b | full_b


@compiled
def _may_join(
    w: Words, many: NDArray[np.int32], one: NDArray[np.int32], own_many: np.int64, own_one: np.int64
) -> tuple[np.int64, np.int64]:
    """Bits of neighbours of `many` that together have the letters of a word of `one`, and of those words."""
    facts, runs, wholes = w.facts, np.int64(0), np.int64(0)
    for i in range(many.shape[0] - 1):
        total = np.int64(0)
        for size in range(1, min(3, many.shape[0] - i) + 1):
            word = many[i + size - 1]
            if (own_many >> (i + size - 1)) & 1 or facts[word, VALUE] >= 0:
                break
            total += facts[word, TEXT_LENGTH]
            if size == 1:
                continue
            for j in range(one.shape[0]):
                length = facts[one[j], TEXT_LENGTH]
                if (
                    length >= 4
                    and abs(total - length) <= 0.2 * length + 1
                    and total <= LONGEST
                    and not (own_one >> j) & 1
                    and joined_within(w, many, i, size, one[j], JOINED_LEAST)
                ):
                    runs |= ((np.int64(1) << size) - 1) << i
                    wholes |= np.int64(1) << j
    return runs, wholes


@compiled
def _may_abbreviate(
    w: Words, short: NDArray[np.int32], full: NDArray[np.int32], person: bool
) -> tuple[np.int64, np.int64]:
    """Bits of words of `short` that may be initials of words of `full`, and of those words."""
    facts, letters, shorts, fulls = w.facts, w.letters, np.int64(0), np.int64(0)
    for i in range(short.shape[0]):
        word = short[i]
        length = facts[word, TEXT_LENGTH]
        if facts[word, KIND] == INITIAL:
            length = np.int64(1) if person else np.int64(0)
        elif not (2 if person else 3) <= length <= (LONGEST_INITIALS_OF_PERSONS if person else LONGEST_INITIALS):
            continue
        if length == 0 or length > full.shape[0]:
            continue
        found, there = 0, np.int64(0)
        for j in range(full.shape[0]):
            for k in range(length):
                if facts[full[j], TEXT_LENGTH] > 0 and letters[full[j], TEXT, 0] == letters[word, TEXT, k]:
                    there |= np.int64(1) << j
                    found += 1 if k == found else 0
        if found >= length:
            shorts |= np.int64(1) << i
            fulls |= there
    return shorts, fulls


@compiled
def within_reach(
    w: Words, a: NDArray[np.int32], b: NDArray[np.int32], grid: NDArray[np.float32], kind: int, least: float, open_a: np.int64,
    open_b: np.int64,
) -> bool:  # fmt: skip
    """Whether the score can be `least`, if each word had its best partner: words without any count against the names.

    A pair scores `least` where what its words bring beyond `least` of their weight makes up for `least` of what speaks against.
    Words among the bits `open_a` and `open_b` may have another kind of partner (`otherwise`) and are taken to be matched in full.
    """
    facts, weight = w.facts, w.weight
    person = kind == PERSON
    column = 1 if person else 0
    gain, left_a, left_b, words = 0.0, 0.0, 0.0, 0
    for i in range(a.shape[0]):
        best = -1.0 if not (open_a >> i) & 1 else 1.0 - least
        for j in range(b.shape[0]):
            if grid[i, j] >= LEAST:
                share = 0.5 * (weight[a[i], column] + weight[b[j], column])
                best = max(
                    best,
                    share * (evidence(grid[i, j] if grid[i, j] < UNDECIDED else grid[i, j] - UNDECIDED) - least),
                    0.0,
                )
        if best < 0.0:
            left_a += least_left(facts, weight, a[i], kind)
        else:
            gain += best
            of_word = facts[a[i], KIND]
            if of_word != PARTICLE and of_word != STOP and of_word != INITIAL:
                words += 1
    if words == 0:
        return False
    for j in range(b.shape[0]):
        alone = not (open_b >> j) & 1
        for i in range(a.shape[0]):
            if grid[i, j] >= LEAST:
                alone = False
        if alone:
            left_b += least_left(facts, weight, b[j], kind)
    return gain >= least * against(left_a, left_b, words, person)
