"""What words with a partner bring to a score, and what words without one cost it (compiled)."""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrepot.engine.compiled import compiled, plain
from entrepot.parties.analyse import ORGANISATION, VESSEL
from entrepot.parties.edits import spelling
from entrepot.parties.joining import INITIALS, LEFT
from entrepot.parties.likeness import LEAST, letters_of
from entrepot.parties.translit import SCRIPTS
from entrepot.parties.vocabulary import (
    BUSINESS,
    COMPOUND,
    CONCEPT,
    GENERIC,
    INITIAL,
    KIND,
    MEANS,
    MEANS_END,
    NATIVE,
    NATIVE_END,
    NUMBER,
    OTHER,
    PARTICLE,
    PLACE,
    PLACE_NUMBER,
    SCRIPT,
    STOP,
    TEXT,
    Words,
)

_NONE = plain(0)
_CYRILLIC, _HAN = SCRIPTS.index("Cyrl") + 1, SCRIPTS.index("Hani") + 1

# Numbers of the person rule: a patronymic or middle name that only one side has costs little, names that differ on both
# sides cost more than a match brings.
_PERSON_CONFLICT, _PERSON_EXTRA, _PERSON_EXTRA_ALONE = 1.6, 0.23, 0.5
# Numbers of the company rule: each word without partner counts against, more where both sides have one.
_ORG_EXTRA, _ORG_CONFLICT, _PLACE_EXTRA = 0.9, 0.6, 0.45
_VESSEL_NUMBER = 0.3
_ACROSS_BUSINESS, _OTHER_BUSINESS, _ACROSS_PLACE = 0.25, 0.35, 0.2
"""Across scripts a company's own English name often drops or changes its business words and its city; where the trade name agrees they
count less. Where both sides have business words without partner (`conflict`) it may be another firm of the group: with 0.35 five of 30 matches
with other firms go and one true one of 190 (`tools/eval_names.py --crossed`), with 0.5 two more and public sets lose recall."""

_ACROSS_TRANSLATION = 0.4
"""A Latin word that may translate a business word without partner, where the trade name agrees."""

_ELSEWHERE = 0.6
"""Where common words are all that agrees, another place is another body: the export-import banks of two countries."""


@compiled
def evidence(level: float) -> float:
    """What a likeness is worth: spellings of one name are rarely below 0.8, those of two rarely above."""
    if level >= 0.92:
        return 0.95 + (level - 0.92) * 0.625
    if level >= 0.86:
        return 0.84 + (level - 0.86) * 1.8333
    if level >= 0.80:
        return 0.68 + (level - 0.80) * 2.6667
    if level >= 0.72:
        return 0.35 + (level - 0.72) * 4.125
    return max(0.0, (level - LEAST) * 3.5)


@compiled
def against(left_a: float, left_b: float, words: int, person: bool) -> float:
    """What the words without partner of both sides count against the names, of which `words` agree."""
    low, high = min(left_a, left_b), max(left_a, left_b)
    if person:
        extra = _PERSON_EXTRA if words >= 2 else _PERSON_EXTRA_ALONE
        return _PERSON_CONFLICT * low + extra * (high - low)
    return _ORG_EXTRA * (low + high) + _ORG_CONFLICT * low


@compiled
def tells_apart(w: Words, x: int, y: int) -> bool:
    """Whether two words that agree are a trade name: a Cyrillic word that says what firms do is none, however rare its English, nor is
    a word in another script that means such an English one (组织, `organization`)."""
    if w.facts[x, SCRIPT] == _CYRILLIC and w.facts[y, SCRIPT] == 0:
        return w.facts[x, KIND] == OTHER
    if w.facts[y, SCRIPT] == _CYRILLIC and w.facts[x, SCRIPT] == 0:
        return w.facts[y, KIND] == OTHER
    if (w.facts[x, SCRIPT] == 0) != (w.facts[y, SCRIPT] == 0):
        native, latin = (x, y) if w.facts[x, SCRIPT] != 0 else (y, x)
        if w.facts[native, MEANS_END] > w.facts[native, MEANS] and GENERIC <= w.facts[latin, KIND] <= BUSINESS:
            return False
    return w.facts[x, KIND] == OTHER or w.facts[y, KIND] == OTHER


@compiled
def weight_left(
    w: Words,
    words: NDArray[np.int32],
    partner: NDArray[np.int16],
    weight: NDArray[np.float32],
    kind: int,
    distinct: int,
    across: bool,
    elsewhere: bool,
    open_terms: int,
    conflict: bool,
) -> float:
    """The weight of words without partner; `elsewhere` where both names state another place and nothing else tells them apart.

    `open_terms` is the number of business words in another script that the other name has and no word translates: as many Latin
    words that are known for nothing may be their translation (`风机`: `fans`). `conflict`: both names have business words without partner.
    """
    total = 0.0
    for i in range(words.shape[0]):
        if partner[i] != LEFT:
            continue
        word = words[i]
        share = weight[word]
        if kind == VESSEL and w.facts[word, KIND] == NUMBER:
            share *= _VESSEL_NUMBER
        if kind == ORGANISATION:
            if w.facts[word, KIND] == PLACE and elsewhere:
                share = _ELSEWHERE
            elif w.facts[word, KIND] == PLACE and (distinct > 0 or across):
                share *= _ACROSS_PLACE if across else _PLACE_EXTRA
            elif across and (w.facts[word, KIND] == BUSINESS or w.facts[word, KIND] == GENERIC):
                if conflict and w.facts[word, KIND] == BUSINESS:
                    share *= _OTHER_BUSINESS
                else:
                    share *= _ACROSS_BUSINESS if distinct > 0 or w.facts[word, KIND] == GENERIC else 0.7
            elif open_terms > 0 and w.facts[word, KIND] == OTHER and w.facts[word, SCRIPT] == 0:
                open_terms -= 1
                share *= _ACROSS_TRANSLATION
            elif w.facts[word, KIND] == STOP or (across and (w.facts[word, KIND] == PARTICLE or _links(w, word))):
                share = 0.0
        total += share
    return total


_LINKS = (5, 9)
"""Codes of `e` and `i`, which link two words in Persian and Urdu names (`Jaish-e-Muhammad`) and are not written in Arabic letters."""


@compiled
def _links(w: Words, word: int) -> bool:
    """Whether a single Latin letter may be such a link."""
    return w.facts[word, SCRIPT] == 0 and w.facts[word, KIND] == INITIAL and w.letters[word, TEXT, 0] in _LINKS


@compiled
def least_left(facts: NDArray[np.int64], weight: NDArray[np.float32], word: int, kind: int) -> float:
    """The least that a Latin word without partner counts (see `weight_left`)."""
    of_word = facts[word, KIND]
    if kind == ORGANISATION:
        return 0.0 if of_word == STOP else weight[word, 0] * (_PLACE_EXTRA if of_word == PLACE else 1.0)
    if kind == VESSEL:
        return weight[word, 0] * (_VESSEL_NUMBER if of_word == NUMBER else 1.0)
    return weight[word, 1]


@compiled
def untranslated(w: Words, words: NDArray[np.int32], partner: NDArray[np.int16]) -> int:
    """How many business words in another script have no partner."""
    count = 0
    for i in range(words.shape[0]):
        word = words[i]
        if partner[i] == LEFT and w.facts[word, SCRIPT] != 0 and GENERIC <= w.facts[word, KIND] <= BUSINESS:
            count += 1
    return count


@compiled
def leaves(w: Words, words: NDArray[np.int32], partner: NDArray[np.int16], kind: int) -> bool:
    """Whether a word of this kind (`BUSINESS`, `PLACE`) has no partner."""
    for i in range(words.shape[0]):  # noqa: SIM110  generators do not compile
        if partner[i] == LEFT and w.facts[words[i], KIND] == kind:
            return True
    return False


@compiled
def acronym_letters(w: Words, words: NDArray[np.int32], partner: NDArray[np.int16]) -> int:
    """Letters of the longest Cyrillic acronym whose letters the other name's words explain, 0 without one."""
    longest = _NONE
    for i in range(words.shape[0]):
        word = words[i]
        if partner[i] == INITIALS and w.facts[word, SCRIPT] == _CYRILLIC:
            longest = max(longest, w.facts[word, NATIVE_END] - w.facts[word, NATIVE])
    return longest


@compiled
def says_more(w: Words, words: NDArray[np.int32], partner: NDArray[np.int16]) -> bool:
    """Whether a word that says something has no partner."""
    for i in range(words.shape[0]):
        if partner[i] == LEFT and w.facts[words[i], KIND] != STOP and w.facts[words[i], KIND] != PARTICLE:
            return True
    return False


@compiled
def translated_from_cyrillic(w: Words, a: NDArray[np.int32], b: NDArray[np.int32], of_a: NDArray[np.int16]) -> bool:
    """Whether a business word in Cyrillic found its translation: such names are translated, others only romanised."""
    for i in range(a.shape[0]):
        if of_a[i] >= 0:
            x, y = (a[i], b[of_a[i]]) if w.facts[a[i], SCRIPT] == _CYRILLIC else (b[of_a[i]], a[i])
            if (
                w.facts[x, SCRIPT] == _CYRILLIC
                and w.facts[y, SCRIPT] == 0
                and w.facts[x, MEANS_END] > w.facts[x, MEANS]
                and GENERIC <= w.facts[y, KIND] <= BUSINESS
            ):
                return True
    return False


_AS_WRITTEN = 0.8
"""Likeness of a Latin word and a Cyrillic one romanised from which it is that word in other letters, as in `likeness.borne_out`."""


@compiled
def romanised(
    w: Words,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    of_a: NDArray[np.int16],
    of_b: NDArray[np.int16],
    rows: NDArray[np.float32],
) -> bool:
    """Whether a name in Cyrillic was written in Latin letters and not translated, so that words without partner differ as they would
    within one script: a word that says what firms do stands there letter by letter (`elektronika`), or each side says another
    (`Озон-Ресурс`, `Ozon-Import`), and none stands there by its translation. `rows` is scratch."""
    read, cyrillic = False, False
    for i in range(a.shape[0]):
        if of_a[i] < 0:
            continue
        x, y = (a[i], b[of_a[i]]) if w.facts[a[i], SCRIPT] == _CYRILLIC else (b[of_a[i]], a[i])
        if w.facts[x, SCRIPT] != _CYRILLIC or w.facts[y, SCRIPT] != 0:
            continue
        cyrillic = True
        if GENERIC <= w.facts[x, KIND] <= BUSINESS:
            if spelling(letters_of(w, x, TEXT), letters_of(w, y, TEXT), rows, _AS_WRITTEN) < _AS_WRITTEN:
                return False
            read = read or not _means(w, x, y)
    return read or (cyrillic and leaves(w, a, of_a, BUSINESS) and leaves(w, b, of_b, BUSINESS))


@compiled
def _means(w: Words, native: int, latin: int) -> bool:
    """Whether a Latin word is a translation of another script's word, by the lists."""
    if w.facts[native, CONCEPT] != 0 and w.facts[native, CONCEPT] == w.facts[latin, CONCEPT]:
        return True
    for k in range(w.facts[native, MEANS], w.facts[native, MEANS_END]):  # noqa: SIM110  generators do not compile
        if w.pool[k] == latin:
            return True
    return False


_BY_A_PART, _PART_SPELLED = 0.74, 0.84
"""What a Russian compound counts of which the other name says one part only (промэлектроника and `Electronics`), on the scale of likeness;
likeness of a spelling to a translation, as in `likeness`."""


@compiled
def whole_compound(
    w: Words, level: float, x: int, y: int, others: NDArray[np.int32], rows: NDArray[np.float32]
) -> float:
    """The likeness of two words that agree; less where one is a compound in Cyrillic, the other translates one part of it, and none of the
    `others` beside that one the other part."""
    parts = w.facts[x, COMPOUND]
    if parts == 0 or w.facts[y, SCRIPT] != 0:
        return level
    start = w.facts[x, MEANS]
    middle = start + parts // 64
    end = middle + parts % 64
    for first in range(2):
        low, high = (start, middle) if first == 0 else (middle, end)
        if _says(w, low, high, y, rows):
            other_low, other_high = (middle, end) if first == 0 else (start, middle)
            for other in others:
                if other != y and _says(w, other_low, other_high, other, rows):
                    return level
            return min(level, _BY_A_PART)
    return level


@compiled
def _says(w: Words, low: int, high: int, latin: int, rows: NDArray[np.float32]) -> bool:
    """Whether a Latin word is one of some translations."""
    for k in range(low, high):
        meaning = w.pool[k]
        if (
            meaning == latin
            or (w.facts[meaning, CONCEPT] != 0 and w.facts[meaning, CONCEPT] == w.facts[latin, CONCEPT])
            or (w.facts[meaning, PLACE_NUMBER] != 0 and w.facts[meaning, PLACE_NUMBER] == w.facts[latin, PLACE_NUMBER])
            or spelling(letters_of(w, meaning, TEXT), letters_of(w, latin, TEXT), rows, _PART_SPELLED) >= _PART_SPELLED
        ):
            return True
    return False


_LONG_NAME, _READ_IN_FULL = 3, 0.93
"""Characters of a trade name in Han that few firms share, and the likeness of a reading that is sure: three syllables read so tell more
than what firms do, of two (恒达) each town has one."""


@compiled
def read_at_length(
    w: Words, a: NDArray[np.int32], b: NDArray[np.int32], of_a: NDArray[np.int16], level: NDArray[np.float32]
) -> bool:
    """Whether a trade name in Han of three characters or more is read in full."""
    for i in range(a.shape[0]):
        if of_a[i] >= 0 and level[i] >= _READ_IN_FULL:
            x = a[i] if w.facts[a[i], SCRIPT] == _HAN else b[of_a[i]]
            if (
                w.facts[x, SCRIPT] == _HAN
                and w.facts[x, KIND] == OTHER
                and w.facts[x, NATIVE_END] - w.facts[x, NATIVE] >= _LONG_NAME
            ):
                return True
    return False


_PER_DOUBLING = 0.054
"""What `weight` of a business word or place in a personal name loses with each doubling of the names that have it (0.9 x 0.06)."""
_RARE_BUSINESS, _RARE_PLACE, _MOST_OF_PLACE = 6.0, 8.0, 4.0
_LONGEST_NAME, _MOST_OF_TWO = 4, 8.0


@compiled
def beside_unread(
    w: Words, a: NDArray[np.int32], b: NDArray[np.int32], of_a: NDArray[np.int16], of_b: NDArray[np.int16]
) -> float:
    """How much agrees, in bits, where a Chinese trade name that is no reading stands against one or two other words and nothing else is
    open; 0 in other pairs. A word counts the more the fewer names have it (`laser`; `technology` counts nothing), a place up to 4; one word alone is not enough, and two give up to 8."""
    names, others = 0, 0
    for side in range(2):
        words, partner = (a, of_a) if side == 0 else (b, of_b)
        for i in range(words.shape[0]):
            word = words[i]
            kind = w.facts[word, KIND]
            if partner[i] != LEFT or kind <= PARTICLE or kind == GENERIC:
                continue
            if kind != OTHER:
                return 0.0
            if w.facts[word, SCRIPT] == _HAN:
                if (
                    w.facts[word, NATIVE_END] - w.facts[word, NATIVE] > _LONGEST_NAME
                    or w.facts[word, MEANS_END] > w.facts[word, MEANS]
                ):
                    return 0.0  # what can be translated and is not (蓝豚, `Red Dolphin`) is another name
                names += 1
            elif w.facts[word, SCRIPT] == 0:
                others += 1
            else:
                return 0.0
    if names != 1 or others < 1 or others > 2:
        return 0.0
    bits, agreed = 0.0, _NONE
    for i in range(a.shape[0]):
        if of_a[i] >= 0:
            x, y = (a[i], b[of_a[i]]) if w.facts[a[i], SCRIPT] != 0 else (b[of_a[i]], a[i])
            if w.facts[x, SCRIPT] == 0 or w.facts[y, SCRIPT] != 0:
                continue
            agreed += 1
            seen = (0.9 - w.weight[y, 1]) / _PER_DOUBLING
            if w.facts[y, KIND] == PLACE:
                bits += min(_MOST_OF_PLACE, max(0.0, _RARE_PLACE - seen))
            elif w.facts[y, KIND] == BUSINESS:
                bits += max(0.0, _RARE_BUSINESS - seen)
    return 0.0 if agreed < 2 else bits if agreed > 2 else min(bits, _MOST_OF_TWO)
