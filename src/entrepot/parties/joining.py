"""Words that stand for several of the other name: written together, or by their initials (compiled)."""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrepot.engine.compiled import compiled, plain
from entrepot.parties.blends import SPELLED, beside_latin, blend
from entrepot.parties.edits import LONGEST, spelling
from entrepot.parties.letter_bounds import joined_within
from entrepot.parties.likeness import borne_out, letters_of, reading
from entrepot.parties.translit import SCRIPTS, Costs
from entrepot.parties.vocabulary import (
    FIRST_CYRILLIC,
    FIRSTS,
    GENERIC,
    INITIAL,
    KIND,
    LATIN,
    LATIN_END,
    MEANS,
    MEANS_END,
    NATIVE,
    NATIVE_END,
    NUMBER,
    OTHER,
    PLACE,
    SCRIPT,
    STOP,
    TEXT,
    TEXT_LENGTH,
    VALUE,
    Words,
)

FREE, LEFT, INITIALS = -2, -1, -3
"""In the assignment: repeats a matched word or is part of a translation; has no partner; stands for another's initial."""

JOINED_LEAST = 0.84
"""Likeness from which words written together are one word of the other name."""

LONGEST_INITIALS, LONGEST_INITIALS_OF_PERSONS = 6, 3
"""Letters of a word that is read as initials run together."""

_IN_ORDER = plain(0)
_EAST_ASIAN = SCRIPTS.index("Hani") + 1, SCRIPTS.index("Hang") + 1
_KANA, _KANA_ROOM = SCRIPTS.index("Kana") + 1, 0.9
"""Kana spells each consonant of a foreign word as a syllable, so that its letters are up to twice as many: `sofutomakkusu`, `softmax`."""

_KNOWN_LEAST = 0.92
"""A place, or a word that says what firms do, is a part of another word only as it is usually read, as `likeness` asks of a place alone:
深圳达鑫 is no `Shengchuangxun`, 威洱斯泰 no `Power Sources`."""


@compiled
def join(
    w: Words, costs: Costs, a: NDArray[np.int32], b: NDArray[np.int32], of_a: NDArray[np.int16], of_b: NDArray[np.int16],
    level: NDArray[np.float32], level_b: NDArray[np.float32], grid: NDArray[np.float32], person: bool, rows: NDArray[np.float32],
) -> None:  # fmt: skip
    """Two or three words of one side that are one word of the other (`fridrichbuchenberg`, `plat ono vich`)."""
    own_a, own_b = _partnered(grid)
    for side in range(2):
        many, one = (a, b) if side == 0 else (b, a)
        of_many, of_one = (of_a, of_b) if side == 0 else (of_b, of_a)
        own_many, own_one = (own_a, own_b) if side == 0 else (own_b, own_a)
        ready = np.int64(0)  # bits of the words that may be joined
        for k in range(many.shape[0]):
            if of_many[k] == LEFT and w.facts[many[k], VALUE] < 0:
                ready |= np.int64(1) << k
        left = ready
        ready &= ~own_many
        for j in range(one.shape[0]):
            whole = one[j]
            # the two or three words of a person's name in Han or Hangul, one of which may be near it by itself (`Xiaohong`, 马晓红)
            east = person and w.facts[whole, SCRIPT] in _EAST_ASIAN
            free = left if east else ready
            if free & (free >> 1) == 0:
                continue
            length = w.facts[whole, TEXT_LENGTH]
            if ((own_one >> j) & 1 and not east) or length < 4 or of_one[j] != LEFT or w.facts[whole, VALUE] >= 0:
                continue
            reach = 0.0
            for i in range(many.shape[0]):
                reach = max(reach, grid[i, j] if side == 0 else grid[j, i])
            means = w.facts[whole, MEANS_END] > w.facts[whole, MEANS]
            best, start, count = 0.0, 0, 0
            for size in range(2, 4):
                whole_run = (np.int64(1) << size) - 1
                for i in range(many.shape[0] - size + 1):
                    if (free >> i) & whole_run != whole_run:
                        continue
                    total, mixed = 0, False
                    for k in range(i, i + size):
                        total += w.facts[many[k], TEXT_LENGTH]
                        if w.facts[many[k], SCRIPT] != w.facts[many[i], SCRIPT]:
                            mixed = True
                    native = w.facts[whole, SCRIPT] != 0 or w.facts[many[i], SCRIPT] != 0
                    if mixed and not person and size == 2 and w.facts[whole, SCRIPT] == 0:
                        found = beside_latin(w, costs, many[i], many[i + 1], whole, rows)
                        if found >= JOINED_LEAST and found > max(reach + 0.05, best):
                            best, start, count = found, i, size
                        continue
                    if mixed or total > LONGEST or (native and w.facts[many[i], KIND] == STOP):
                        continue
                    room = _KANA_ROOM if w.facts[many[i], SCRIPT] == _KANA else 0.5
                    if not means and abs(total - length) > (1 + room * length if native else 0.2 * length + 1):
                        # a blend says less than its words are long: 维雅卫星, `Viasat`
                        if size == 2 and not person and w.facts[many[i], SCRIPT] != 0 and w.facts[whole, SCRIPT] == 0:
                            found = blend(w, costs, many[i], many[i + 1], letters_of(w, whole, TEXT), rows)
                            if found >= JOINED_LEAST and found > max(reach + 0.05, best):
                                best, start, count = found, i, size
                        continue
                    if not native and not joined_within(w, many, i, size, whole, JOINED_LEAST):
                        continue
                    found = _joined(w, costs, many, i, size, whole, person, rows)
                    if found >= JOINED_LEAST and found > max(reach - 0.05 if east else reach + 0.05, best):
                        best, start, count = found, i, size
            if count > 0:
                taken = ((np.int64(1) << count) - 1) << start
                ready &= ~taken
                left &= ~taken
                for k in range(start, start + count):
                    of_many[k] = j
                    if side == 0:
                        level[k] = best
                    else:
                        level_b[k] = best
                of_one[j] = start
                if side == 0:
                    level_b[j] = best
                else:
                    level[j] = best


@compiled
def _partnered(grid: NDArray[np.float32]) -> tuple[np.int64, np.int64]:
    """Bits of the words of each side that have a partner of their own."""
    own_a, own_b = np.int64(0), np.int64(0)
    for i in range(grid.shape[0]):
        for j in range(grid.shape[1]):
            if grid[i, j] >= 0.93:
                own_a |= np.int64(1) << i
                own_b |= np.int64(1) << j
    return own_a, own_b


@compiled
def _spell_out(w: Words, many: NDArray[np.int32], start: int, size: int, turn: int, text: NDArray[np.uint8]) -> int:
    """The letters of neighbouring words in a row, beginning with the word `turn` places on."""
    length = 0
    for k in range(size):
        for letter in letters_of(w, many[start + (k + turn) % size], TEXT):
            if length < LONGEST:
                text[length] = letter
                length += 1
    return length


@compiled
def _known_least(w: Words, many: NDArray[np.int32], start: int, size: int, person: bool) -> float:
    """The least likeness of neighbouring words, read as one, and a word in another script."""
    for k in range(start, start + size):
        if not person and GENERIC <= w.facts[many[k], KIND] <= PLACE:
            return _KNOWN_LEAST
    return 0.0


@compiled
def _joined(
    w: Words, costs: Costs, many: NDArray[np.int32], start: int, size: int, whole: int, person: bool, rows: NDArray[np.float32]
) -> float:  # fmt: skip
    if w.facts[many[start], SCRIPT] == 0 or w.facts[many[start], SCRIPT] == w.facts[whole, SCRIPT]:
        text = np.empty(LONGEST, np.uint8)
        length = _spell_out(w, many, start, size, _IN_ORDER, text)
        if w.facts[whole, SCRIPT] == 0 or w.facts[many[start], SCRIPT] == w.facts[whole, SCRIPT]:
            return 0.99 * spelling(text[:length], letters_of(w, whole, TEXT), rows, JOINED_LEAST)
        if w.facts[whole, NATIVE_END] == w.facts[whole, NATIVE]:
            return 0.0
        if w.facts[whole, MEANS_END] > w.facts[whole, MEANS]:
            for k in range(w.facts[whole, MEANS], w.facts[whole, MEANS_END]):
                if spelling(text[:length], letters_of(w, w.pool[k], TEXT), rows, SPELLED) >= SPELLED:
                    return 0.97
            for k in range(w.facts[whole, LATIN], w.facts[whole, LATIN_END]):
                if spelling(text[:length], letters_of(w, w.pool[k], TEXT), rows, SPELLED) >= SPELLED:
                    return 0.95
            if w.facts[whole, KIND] != OTHER:
                return 0.0
        script = w.facts[whole, SCRIPT]
        least = _known_least(w, many, start, size, person)
        letters = w.pool[w.facts[whole, NATIVE] : w.facts[whole, NATIVE_END]]
        best = reading(costs, letters, text[:length], script, person, rows)
        best = borne_out(best, letters_of(w, whole, TEXT), text[:length], script, person, rows)
        for k in range(w.facts[whole, LATIN], w.facts[whole, LATIN_END]):
            p = w.pool[k]
            best = max(best, 0.95 * spelling(text[:length], letters_of(w, p, TEXT), rows, JOINED_LEAST))
        if best < 0.9 and script in (4, 5):
            # East Asian names put the family name first, their Latin spelling often last
            length = _spell_out(w, many, start, size, size - 1, text)
            best = max(best, reading(costs, letters, text[:length], script, person, rows))
        return best if best >= least else 0.0
    if w.facts[whole, SCRIPT] != 0:
        return 0.0
    native = np.empty(48, np.int32)
    length = 0
    for k in range(start, start + size):
        for at in range(w.facts[many[k], NATIVE], w.facts[many[k], NATIVE_END]):
            if length < 48:
                native[length] = w.pool[at]
                length += 1
    if length == 0:
        return 0.0
    latin = letters_of(w, whole, TEXT)
    script = w.facts[many[start], SCRIPT]
    if size == 2 and not person:
        best = blend(w, costs, many[start], many[start + 1], latin, rows)
        if best >= JOINED_LEAST:
            return best
    best = reading(costs, native[:length], latin, script, person, rows)
    text = np.empty(LONGEST, np.uint8)
    best = borne_out(best, text[: _spell_out(w, many, start, size, _IN_ORDER, text)], latin, script, person, rows)
    return best if best >= _known_least(w, many, start, size, person) else 0.0


@compiled
def _first(w: Words, word: int) -> int:
    return w.letters[word, TEXT, 0] if w.facts[word, TEXT_LENGTH] > 0 else 0


_CYRILLIC = SCRIPTS.index("Cyrl") + 1


@compiled
def _wanted(w: Words, word: int, at: int, foreign: bool) -> int:
    """The bit of `FIRSTS` that a word must have to stand behind letter `at` of an acronym; 63, which none has, for a sign."""
    if foreign:
        letter = int(w.pool[w.facts[word, NATIVE] + at]) - 0x430
        return letter + FIRST_CYRILLIC if 0 <= letter < 32 else 63
    letter = int(w.letters[word, TEXT, at]) - 1
    return letter if 0 <= letter < 26 else 63


@compiled
def initials(
    w: Words, a: NDArray[np.int32], b: NDArray[np.int32], of_a: NDArray[np.int16], of_b: NDArray[np.int16], person: bool
) -> None:
    """An initial (of persons), or letters run together (`jc`; `agd` for a company), for words without partner."""
    for side in range(2):
        short, full = (a, b) if side == 0 else (b, a)
        of_short, of_full = (of_a, of_b) if side == 0 else (of_b, of_a)
        for i in range(short.shape[0]):
            word = short[i]
            length = w.facts[word, TEXT_LENGTH]
            if of_short[i] != LEFT or w.facts[word, VALUE] >= 0:
                continue
            if w.facts[word, KIND] == INITIAL:
                if not person:
                    continue
                for j in range(full.shape[0]):
                    if (
                        of_full[j] == LEFT
                        and w.facts[full[j], KIND] != NUMBER
                        and _first(w, full[j]) == _first(w, word)
                    ):
                        of_short[i] = INITIALS
                        of_full[j] = INITIALS if w.facts[full[j], KIND] != INITIAL else FREE
                        break
            elif (2 if person or w.facts[word, SCRIPT] == _CYRILLIC else 3) <= length <= (
                LONGEST_INITIALS_OF_PERSONS if person else LONGEST_INITIALS
            ) and (w.facts[word, SCRIPT] == 0 or (not person and w.facts[word, SCRIPT] == _CYRILLIC)):
                foreign = w.facts[word, SCRIPT] != 0
                if foreign:
                    if w.facts[word, KIND] != OTHER:
                        continue
                    length = w.facts[word, NATIVE_END] - w.facts[word, NATIVE]
                found, there = 0, np.int64(0)  # bits of the words whose initials they are
                for j in range(full.shape[0]):
                    if found == length or full.shape[0] - j < length - found:
                        break
                    if (
                        of_full[j] == LEFT
                        and w.facts[full[j], KIND] != NUMBER
                        and (w.facts[full[j], FIRSTS] >> _wanted(w, word, found, foreign)) & 1
                    ):
                        there |= np.int64(1) << j
                        found += 1
                if found == length:
                    of_short[i] = INITIALS
                    for j in range(full.shape[0]):
                        if (there >> j) & 1:
                            of_full[j] = INITIALS
