"""Which words of two names belong together, what is left over, and the score that follows (compiled)."""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrepot.engine.compiled import compiled, plain
from entrepot.parties.analyse import KINDS, ORGANISATION, PERSON, UNKNOWN, VESSEL
from entrepot.parties.bounding import UNDECIDED, otherwise, pair_key, sketch, slot, within_reach
from entrepot.parties.joining import FREE, INITIALS, LEFT, initials, join
from entrepot.parties.likeness import LEAST, alike
from entrepot.parties.translit import SCRIPTS, Costs
from entrepot.parties.vocabulary import (
    BUSINESS,
    COMPOUND,
    GENERIC,
    INITIAL,
    KIND,
    PARTICLE,
    PLACE,
    SCRIPT,
    STOP,
    TEXT,
    Words,
)
from entrepot.parties.weighing import (
    acronym_letters,
    against,
    beside_unread,
    evidence,
    leaves,
    read_at_length,
    romanised,
    says_more,
    tells_apart,
    translated_from_cyrillic,
    untranslated,
    weight_left,
    whole_compound,
)

_NONE, _NOT_YET = plain(0), plain(False)
_SEEN = 4096
"""Pairs of words remembered while many names are scored: 48 kB, which stay in the processor's cache."""

OTHER_KIND = 0.85
"""A person's name against a company's or a vessel's, where both sides say what they are."""

_FORM_CONFLICT = 0.78
_ONE_WORD = 0.9  # a single distinctive word that differs by a consonant (`Petrogas`, `Petrogat`) is not enough
_ONE_WORD_LEAST = 0.9
_ONE_READING_LEAST = 0.92  # across scripts, where the business is another as well (山本光学 and `Yamaha Motor`)
_LONE_READING_LEAST = 0.86  # and of a name that is nothing else: 赛尼克斯 is near ten of 225 firms' English names
_FORM_MISSING = 0.99
_SOE = 4
_JV = 1 << KINDS.index("JV")

_GIVEN_ONLY = 0.8  # `Emily S` and `Emily Scheel`: the only full word is a given name

_FREE_TRANSLATION, _FREE_TRANSLATION_BESIDE_NAME = 0.74, 0.66
"""Power of a company's score against a name in Arabic, Han, Hangul or Kana: translation is free there, so that pairs of one
company reach 0.74 where others reach 0.80, and 0.71 where a trade name agrees (development half: recall 0.72, 0.75, 0.79, as
many false matches; with 0.62 other firms of one group match)."""

_READING_ALONE, _READING_IN_CONTEXT, _READING_IN_CLEAR_CONTEXT = 0.10, 0.14, 0.18
_READ_AT_ALL, _READ_WELL, _READ_IN_KANA, _READ_SURELY = 0.64, 0.69, 0.75, 0.9
"""What a reading across scripts counts more in a company's name, where no, one or two translated words agree beside it: the
likeness of a reading is set for the best of 300 wrong ones, while from 0.70 on one wrong one in 300 is as alike, from 0.66 one in
100 (1,523 pairs of Chinese firms, each trade name with eight others). In Han below 0.69 two words must agree (恒朗化工 is not `Hengli Chemical`)."""

_BOUNDED, _ROUNDED = 0.4, 1e-3
"""Names of which only fillers agree score at most 0.4, so lower scores are always reckoned; room for rounding of a bound."""

_BITS_TO_ASK, _BITS_TO_MATCH, _ASKS_UNREAD, _MATCHES_UNREAD = 5.0, 9.0, 0.7, 0.82
"""Half of the Chinese trade names are no reading of the English ones, so that one that is none speaks little against a pair: where place
and rare business words agree by nine bits and nothing else is open the pair matches, from five bits on it asks for a look."""

_POSSIBLE_ACRONYM, _BY_SHORT_ACRONYM, _BY_ACRONYM = 4, 0.7, 0.82
"""A Cyrillic acronym is all that one name has, and each word of the other begins with one of its letters, in order, by its Russian
words: four letters ask for a look, five and more match (`НИИПА`: Scientific Research Institute of Applied Acoustics)."""

_TRANSLATED = tuple(SCRIPTS.index(script) + 1 for script in ("Arab", "Hani", "Hang", "Kana"))
_READ = _TRANSLATED[1:]
_HAN, _KANA = _TRANSLATED[1], _TRANSLATED[3]


@compiled
def score_pair(
    w: Words,
    costs: Costs,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    form_a: int,
    form_b: int,
    kind: int,
    of_a: NDArray[np.int16],
    of_b: NDArray[np.int16],
    level: NDArray[np.float32],
    rows: NDArray[np.float32],
    seen: NDArray[np.uint64],
    seen_level: NDArray[np.float32],
    least: float,
) -> float:
    """Score of two names, 0 to 1; the same when they change places.

    Args:
        a, b: word numbers. form_a, form_b: bits of the kinds of legal form. kind: PERSON, ORGANISATION or VESSEL.
        of_a, of_b: out: for each word its partner, or FREE, LEFT, INITIALS.
        level: out: likeness with the partner, for the words of a. rows: scratch, `(96, 64)`.
        seen, seen_level: pairs of words weighed before and their likeness, a power of two of them; zeros at first.
        least: a score below it may be given as 0.
    """
    turned = _turned(w, a, b)
    first, second, form_first, form_second, of_first, of_second = a, b, form_a, form_b, of_a, of_b
    if turned:  # one call for both orders: each is compiled in full
        first, second, form_first, form_second, of_first, of_second = b, a, form_b, form_a, of_b, of_a
    score = _score(
        w,
        costs,
        first,
        second,
        form_first,
        form_second,
        kind,
        of_first,
        of_second,
        level,
        rows,
        seen,
        seen_level,
        least,
    )
    if turned:
        level[: a.shape[0]] = rows[4, : a.shape[0]]
    return score


@compiled
def _turned(w: Words, a: NDArray[np.int32], b: NDArray[np.int32]) -> bool:
    """Whether b is to be read first: the one with more words, then the later in the alphabet."""
    if a.shape[0] != b.shape[0]:
        return a.shape[0] < b.shape[0]
    for k in range(a.shape[0]):
        for at in range(32):
            x, y = w.letters[a[k], TEXT, at], w.letters[b[k], TEXT, at]
            if x != y:
                return x < y
        if w.facts[a[k], SCRIPT] != w.facts[b[k], SCRIPT]:
            return w.facts[a[k], SCRIPT] < w.facts[b[k], SCRIPT]
    return False


@compiled
def _score(
    w: Words,
    costs: Costs,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    form_a: int,
    form_b: int,
    kind: int,
    of_a: NDArray[np.int16],
    of_b: NDArray[np.int16],
    level: NDArray[np.float32],
    rows: NDArray[np.float32],
    seen: NDArray[np.uint64],
    seen_level: NDArray[np.float32],
    least: float,
) -> float:
    m, n = a.shape[0], b.shape[0]
    if m == 0 or n == 0:
        rows[4] = 0
        return 0.0
    person = kind == PERSON
    of_a[:m] = LEFT
    of_b[:n] = LEFT
    level[:m] = 0
    grid = rows[8 : 8 + m, :n]
    loose = person or kind == VESSEL
    bounded = sketch(w, a, b, grid, loose, seen, seen_level) and least > _BOUNDED
    conflict = kind == ORGANISATION and _forms_differ(form_a, form_b)
    least = (least - _ROUNDED) / (_FORM_CONFLICT if conflict else 1.0)
    open_a, open_b, known = np.int64(0), np.int64(0), False
    for i in range(m + 1):
        if bounded and not within_reach(w, a, b, grid, kind, least, open_a, open_b):
            if not known:
                open_a, open_b = otherwise(w, a, b, grid, person)
                known = True
            if open_a | open_b == 0 or not within_reach(w, a, b, grid, kind, least, open_a, open_b):
                return 0.0
        for j in range(n if i < m else 0):
            if grid[i, j] >= UNDECIDED:
                level_ij = np.float32(alike(w, costs, a[i], b[j], loose, rows))
                key = pair_key(a[i], b[j], loose)
                at = slot(key, seen.shape[0])
                seen[at] = key
                seen_level[at] = grid[i, j] = level_ij
    level_b = rows[4]
    level_b[:n] = 0
    join(w, costs, a, b, of_a, of_b, level, level_b, grid, person, rows)
    _assign(grid, of_a, of_b, level, level_b)
    weight = w.weight[:, 1] if person else w.weight[:, 0]
    initials(w, a, b, of_a, of_b, person)
    _free(grid, a, b, of_a, of_b)
    if kind == ORGANISATION:
        for i in range(m):
            if of_a[i] >= 0:
                x, y = a[i], b[of_a[i]]
                if w.facts[x, COMPOUND] + w.facts[y, COMPOUND] == 0:
                    continue
                said = whole_compound(w, whole_compound(w, level[i], x, y, b, rows), y, x, a, rows)
                if said < level[i]:
                    level[i] = level_b[of_a[i]] = said
    lift = _lift(w, a, b, of_a, level) if kind == ORGANISATION else 0.0
    gained, matched, words, distinct, weakest = 0.0, 0.0, _NONE, _NONE, 1.0
    for i in range(m):
        if of_a[i] >= 0:
            share = 0.5 * weight[a[i]] + 0.5 * weight[b[of_a[i]]]
            seems = level[i]
            least_read = _READ_AT_ALL if lift > _READING_IN_CONTEXT else _least_read(w, a[i], b[of_a[i]])
            if (
                lift > 0.0
                and least_read <= seems < _READ_SURELY
                and (w.facts[a[i], SCRIPT] != 0) != (w.facts[b[of_a[i]], SCRIPT] != 0)
            ):
                seems = min(_READ_SURELY, seems + lift)
            gained += share * evidence(seems)
            matched += share
            if w.facts[a[i], KIND] != PARTICLE and w.facts[a[i], KIND] != STOP and w.facts[a[i], KIND] != INITIAL:
                words += 1
            if tells_apart(w, a[i], b[of_a[i]]):
                distinct += 1
                weakest = min(weakest, level[i])
        elif of_a[i] == INITIALS:
            gained += 0.9 * 0.35
            matched += 0.35
    for j in range(n):
        # words of b that were joined to one word of a, or read from its initials, count on their own side only once
        if of_b[j] == INITIALS:
            matched += 0.05
    if words == 0:
        letters = acronym_letters(w, a, of_a) + acronym_letters(w, b, of_b) if kind == ORGANISATION else _NONE
        if letters >= _POSSIBLE_ACRONYM and not (says_more(w, a, of_a) or says_more(w, b, of_b)):
            return _BY_ACRONYM if letters > _POSSIBLE_ACRONYM else _BY_SHORT_ACRONYM
        return 0.4 * gained / max(matched, 0.5) if matched > 0 else 0.0
    across = _NOT_YET
    for i in range(m):
        if of_a[i] >= 0 and (w.facts[a[i], SCRIPT] != 0) != (w.facts[b[of_a[i]], SCRIPT] != 0):
            across = True
    unsure = distinct == 0 or weakest < _ONE_READING_LEAST
    elsewhere = across and unsure and leaves(w, a, of_a, PLACE) and leaves(w, b, of_b, PLACE)
    terms_a = untranslated(w, a, of_a) if across and distinct > 0 else 0
    terms_b = untranslated(w, b, of_b) if across and distinct > 0 else 0
    translates = across and not romanised(w, a, b, of_a, of_b, rows)
    conflicts = translates and distinct > 0 and leaves(w, a, of_a, BUSINESS) and leaves(w, b, of_b, BUSINESS)
    conflicts = conflicts and not read_at_length(w, a, b, of_a, level)
    left_a = weight_left(w, a, of_a, weight, kind, distinct, translates, elsewhere, terms_b, conflicts)
    left_b = weight_left(w, b, of_b, weight, kind, distinct, translates, elsewhere, terms_a, conflicts)
    low = min(left_a, left_b)
    score = gained / (matched + against(left_a, left_b, words, person))
    if person and words == 1 and (_given_only(of_a, m) or _given_only(of_b, n)):
        score *= _GIVEN_ONLY
    if kind == ORGANISATION:
        if distinct == 1 and weakest < _least_of_one(across, words, low):
            score *= _ONE_WORD
        if _forms_differ(form_a, form_b):
            score *= _FORM_CONFLICT
        elif distinct == 0 and (form_a ^ form_b) & _JV != 0:
            score *= _FORM_CONFLICT  # of common words only: `International Chemical Joint Venture` is another company
        elif (form_a == 0) != (form_b == 0):
            score *= _FORM_MISSING
        if across and (_in_translated(w, a) or _in_translated(w, b) or translated_from_cyrillic(w, a, b, of_a)):
            score = score ** (_FREE_TRANSLATION_BESIDE_NAME if distinct > 0 else _FREE_TRANSLATION)
        if across and score < _MATCHES_UNREAD and not _forms_differ(form_a, form_b):
            agreed = beside_unread(w, a, b, of_a, of_b)
            if agreed >= _BITS_TO_ASK:
                score = max(score, _MATCHES_UNREAD if agreed >= _BITS_TO_MATCH else _ASKS_UNREAD)
    return min(1.0, score)


@compiled
def _lift(
    w: Words, a: NDArray[np.int32], b: NDArray[np.int32], of_a: NDArray[np.int16], level: NDArray[np.float32]
) -> float:
    """What weak readings count more, by the translated words that agree beside them; 0 for names without Han, Kana or Hangul."""
    agree, read = 0, False  # translated words with a partner; whether a word is read
    for i in range(a.shape[0]):
        if of_a[i] >= 0:
            x, y = a[i], b[of_a[i]]
            if w.facts[x, SCRIPT] in _READ or w.facts[y, SCRIPT] in _READ:
                read = True
                if level[i] >= _READ_SURELY and GENERIC < w.facts[x, KIND] <= PLACE:
                    agree += 1
    if not read:
        return 0.0
    return _READING_ALONE if agree == 0 else _READING_IN_CONTEXT if agree == 1 else _READING_IN_CLEAR_CONTEXT


@compiled
def _least_of_one(across: bool, words: int, low: float) -> float:
    """The least likeness of the one distinctive word that agrees, where `words` agree in all and `low` is open on both sides."""
    if not across:
        return _ONE_WORD_LEAST
    if words > 1:
        return 0.0
    return _ONE_READING_LEAST if low > 0 else _LONE_READING_LEAST


@compiled
def _least_read(w: Words, x: int, y: int) -> float:
    """The least likeness of a reading that counts more: in Han each character is a syllable that may be read quite otherwise, Kana spells
    foreign words out (カーン is no `Yichang`)."""
    if w.facts[x, SCRIPT] == _KANA or w.facts[y, SCRIPT] == _KANA:
        return _READ_IN_KANA
    return _READ_WELL if w.facts[x, SCRIPT] == _HAN or w.facts[y, SCRIPT] == _HAN else 0.0


@compiled
def _forms_differ(form_a: int, form_b: int) -> bool:
    """Whether both names state legal forms, of no common kind."""
    return form_a != 0 and form_b != 0 and form_a & form_b == 0 and (form_a | form_b) & _SOE == 0


@compiled
def _in_translated(w: Words, words: NDArray[np.int32]) -> bool:
    """Whether a word is in a script whose company names are translated."""
    for word in words:  # noqa: SIM110  generators do not compile
        if w.facts[word, SCRIPT] in _TRANSLATED:
            return True
    return False


@compiled
def _given_only(partner: NDArray[np.int16], size: int) -> bool:
    """Two words, of which the second is read from its initial."""
    return size == 2 and partner[0] >= 0 and partner[1] == INITIALS


@compiled
def _assign(
    grid: NDArray[np.float32],
    of_a: NDArray[np.int16],
    of_b: NDArray[np.int16],
    level: NDArray[np.float32],
    level_b: NDArray[np.float32],
) -> None:
    """The most alike pairs first."""
    m, n = grid.shape
    while True:
        best, p, q = LEAST, -1, -1
        for i in range(m):
            if of_a[i] != LEFT:
                continue
            for j in range(n):
                # of equally alike partners the one in the same place
                if of_b[j] == LEFT and grid[i, j] > best + (1e-6 if abs(i - j) >= abs(p - q) else -1e-6):
                    best, p, q = grid[i, j], i, j
        if p < 0:
            return
        of_a[p], of_b[q] = q, p
        level[p] = level_b[q] = best


@compiled
def _free(
    grid: NDArray[np.float32],
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    of_a: NDArray[np.int16],
    of_b: NDArray[np.int16],
) -> None:
    """Words that repeat a matched word, or are a further word of a translation, are no evidence against."""
    for i in range(a.shape[0]):
        if of_a[i] == LEFT:
            for j in range(b.shape[0]):
                if of_b[j] >= 0 and grid[i, j] >= 0.9:
                    of_a[i] = FREE
    for j in range(b.shape[0]):
        if of_b[j] == LEFT:
            for i in range(a.shape[0]):
                if of_a[i] >= 0 and grid[i, j] >= 0.9:
                    of_b[j] = FREE


@compiled
def pair_kind(schema_a: int, schema_b: int, looks_a: int, looks_b: int) -> int:
    """The rule for a pair: what the caller said, else what the words look like, else persons'."""
    if schema_a != UNKNOWN:
        return schema_a
    if schema_b != UNKNOWN:
        return schema_b
    return ORGANISATION if looks_a == ORGANISATION or looks_b == ORGANISATION else PERSON


@compiled
def score_pairs(
    w: Words, costs: Costs,
    words_a: NDArray[np.int32], at_a: NDArray[np.int64], forms_a: NDArray[np.int32], looks_a: NDArray[np.uint8], schema_a: NDArray[np.uint8],
    words_b: NDArray[np.int32], at_b: NDArray[np.int64], forms_b: NDArray[np.int32], looks_b: NDArray[np.uint8], schema_b: NDArray[np.uint8],
    left: NDArray[np.int64], right: NDArray[np.int64], scores: NDArray[np.float32], least: float,
) -> None:  # fmt: skip
    """Scores of the pairs (left[k], right[k]); those below `least` may be 0."""
    of_a, of_b, level = np.empty(64, np.int16), np.empty(64, np.int16), np.empty(64, np.float32)
    rows = np.empty((96, 64), np.float32)
    seen, seen_level = np.zeros(_SEEN, np.uint64), np.zeros(_SEEN, np.float32)
    for k in range(left.shape[0]):
        i, j = left[k], right[k]
        kind = pair_kind(schema_a[i], schema_b[j], looks_a[i], looks_b[j])
        factor = OTHER_KIND if schema_a[i] != UNKNOWN and schema_b[j] != UNKNOWN and schema_a[i] != schema_b[j] else 1.0
        scores[k] = factor * score_pair(
            w, costs, words_a[at_a[i] : at_a[i + 1]], words_b[at_b[j] : at_b[j + 1]], forms_a[i], forms_b[j], kind, of_a, of_b, level, rows,
            seen, seen_level, least,
        )  # fmt: skip
