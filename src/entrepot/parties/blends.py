"""Latin words that have a part of each of two words of another script: `L3Harris`, `Maritech`, `Viasat` (compiled)."""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrepot.engine.compiled import compiled
from entrepot.parties.edits import spelling
from entrepot.parties.likeness import borne_out, letters_of, reading
from entrepot.parties.translit import Costs
from entrepot.parties.vocabulary import (
    BUSINESS,
    KIND,
    MEANS,
    MEANS_END,
    NATIVE,
    NATIVE_END,
    OTHER,
    SCRIPT,
    TEXT,
    TEXT_LENGTH,
    Words,
)

SPELLED = 0.95
"""A word that is translated stands for several only by its translation or its usual spelling: 交通 is the `Jiao Tong` of a
university, 航空 is not read `hong kong`."""

_REST = 3
_LONG_ENDING, _READ_BEFORE = 6, 0.87
"""Letters of the shortest word that is read behind Latin letters, and of the shortest beginning that stands in a blend; of an ending
that stands in one; the likeness of a reading before one, an even chance."""


@compiled
def beside_latin(w: Words, costs: Costs, first: int, second: int, whole: int, rows: NDArray[np.float32]) -> float:
    """Likeness of a Latin word and Latin letters before a word in another script: `L3` and 哈里斯, `L3Harris`."""
    size, length = w.facts[first, TEXT_LENGTH], w.facts[whole, TEXT_LENGTH]
    if w.facts[first, SCRIPT] != 0 or w.facts[second, SCRIPT] == 0 or length - size < _REST:
        return 0.0
    for at in range(size):
        if w.letters[first, TEXT, at] != w.letters[whole, TEXT, at]:
            return 0.0
    rest = w.letters[whole, TEXT, size:length]
    for k in range(w.facts[second, MEANS], w.facts[second, MEANS_END]):
        if spelling(rest, letters_of(w, w.pool[k], TEXT), rows, SPELLED) >= SPELLED:
            return 0.97
    letters = w.pool[w.facts[second, NATIVE] : w.facts[second, NATIVE_END]]
    if letters.shape[0] == 0 or w.facts[second, KIND] != OTHER:
        return 0.0
    level = reading(costs, letters, rest, w.facts[second, SCRIPT], False, rows)
    return borne_out(level, letters_of(w, second, TEXT), rest, w.facts[second, SCRIPT], False, rows)


@compiled
def _is_both(w: Words, first: int, second: int, latin: NDArray[np.uint8]) -> bool:
    """Whether a Latin word is a translation of one word and one of the next, written together: ソフト and マックス, `Softmax`; or
    the beginnings of both: 海事 and 技术, `Maritech`."""
    length = latin.shape[0]
    for k in range(w.facts[first, MEANS], w.facts[first, MEANS_END]):
        begins = _shared_beginning(letters_of(w, w.pool[k], TEXT), latin)
        for other in range(w.facts[second, MEANS], w.facts[second, MEANS_END]):
            for at in range(min(_REST, w.facts[w.pool[k], TEXT_LENGTH]), begins + 1):
                rest = length - at
                if rest >= min(_REST, w.facts[w.pool[other], TEXT_LENGTH]) and _says(
                    letters_of(w, w.pool[other], TEXT), latin[at:]
                ):
                    return True
    return False


@compiled
def _says(meaning: NDArray[np.uint8], rest: NDArray[np.uint8]) -> bool:
    """Whether letters at the end of a trade name are a translation, its beginning, or from six letters on its ending (`copter`)."""
    size, length = meaning.shape[0], rest.shape[0]
    if _shared_beginning(meaning, rest) == length:
        return True
    return _LONG_ENDING <= length < size and _shared_beginning(meaning[size - length :], rest) == length


@compiled
def blend(
    w: Words, costs: Costs, first: int, second: int, latin: NDArray[np.uint8], rows: NDArray[np.float32]
) -> float:
    """Likeness of a Latin word and two words of another script of which it has a part each."""
    if _is_both(w, first, second, latin):
        return 0.97
    if w.facts[first, KIND] == OTHER and w.facts[second, KIND] == BUSINESS:
        return _read_and_said(w, costs, first, second, latin, rows)
    return 0.0


@compiled
def _read_and_said(
    w: Words, costs: Costs, first: int, second: int, latin: NDArray[np.uint8], rows: NDArray[np.float32]
) -> float:
    """Likeness of a Latin word that reads a trade name and ends in what the firm does: 维雅 and 卫星, `Viasat`."""
    letters = w.pool[w.facts[first, NATIVE] : w.facts[first, NATIVE_END]]
    best, length = 0.0, latin.shape[0]
    if letters.shape[0] < 2:
        return 0.0
    for at in range(_REST, length - _REST + 1):
        for k in range(w.facts[second, MEANS], w.facts[second, MEANS_END]):
            if _says(letters_of(w, w.pool[k], TEXT), latin[at:]):
                level = reading(costs, letters, latin[:at], w.facts[first, SCRIPT], False, rows)
                best = max(
                    best, borne_out(level, letters_of(w, first, TEXT), latin[:at], w.facts[first, SCRIPT], False, rows)
                )
                break
    return best if best >= _READ_BEFORE else 0.0


@compiled
def _shared_beginning(x: NDArray[np.uint8], y: NDArray[np.uint8]) -> int:
    """How many letters two words begin with in common."""
    count = min(x.shape[0], y.shape[0])
    for at in range(count):
        if x[at] != y[at]:
            return at
    return count
