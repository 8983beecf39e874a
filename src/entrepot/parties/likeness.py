"""How alike two words are, 0 to 1: spelling, sound, stem, meaning, nickname, and reading across scripts (compiled)."""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrepot.engine.compiled import compiled
from entrepot.parties.edits import spelling
from entrepot.parties.letter_bounds import bits, least_cost, within
from entrepot.parties.letter_costs import UNIT
from entrepot.parties.translit import SCRIPTS, Costs, likeness, reading_cost
from entrepot.parties.vocabulary import (
    BUSINESS,
    COMPOUND,
    CONCEPT,
    GENERIC,
    KIND,
    LATIN,
    LATIN_END,
    MEANS,
    MEANS_END,
    NATIVE,
    NATIVE_END,
    NICKS,
    NICKS_END,
    NUMBER,
    OTHER,
    PLACE,
    PLACE_NUMBER,
    SCRIPT,
    SOUND,
    SOUND_LENGTH,
    STEM,
    STEM_LENGTH,
    SYMBOLS,
    SYMBOLS_END,
    TEXT,
    TEXT_LENGTH,
    VALUE,
    Words,
)

LEAST = 0.62
"""Words less alike than this do not belong together: the 99th percentile of the best partner among words of other names."""

_KNOWN_LEAST = 0.55
"""The same for two words that are forms of one personal name (Wikidata)."""


@compiled
def _shared(values: NDArray[np.int32], a: int, a_end: int, b: int, b_end: int) -> bool:
    """Whether two sorted runs have a number in common."""
    while a < a_end and b < b_end:
        if values[a] == values[b]:
            return True
        if values[a] < values[b]:
            a += 1
        else:
            b += 1
    return False


@compiled
def cross(level: float) -> float:
    """The likeness of a reading across scripts on the scale of spellings: an even chance (0.5) counts as 0.87."""
    return 0.55 + 0.45 * level**0.5


_ARABIC, _CYRILLIC, _HAN = (SCRIPTS.index(script) + 1 for script in ("Arab", "Cyrl", "Hani"))
_SYLLABLE_MIDDLE, _SYLLABLE_WIDTH = -3.2, 0.5
"""Each character of a short Chinese trade name is a syllable of its own: one that is read quite otherwise (恒逸, `Hengli`) costs 8,
one of a rarer reading 2 or 3."""


_ALIF, _LAM, _WITH_ARTICLE = ord("ا"), ord("ل"), 5
_PLACE_LEAST, _SHORT_LEAST, _TOWN_LEAST = 0.92, 0.86, 0.87
"""A place is read as it is usually spelled. In Arabic script many a small town is called by a common word with the article (النعمة, `Nema`),
which a firm writes as it likes (`Nimah`)."""
_MEANING_LEAST, _SHORT_MEANING_LEAST = 0.84, 0.93
"""Likeness of a word to the translation of another: its plural or another spelling; of short ones more, since `hung` is not the
`hong` of 香港."""


@compiled
def reading(
    costs: Costs,
    native: NDArray[np.int32],
    latin: NDArray[np.uint8],
    script: int,
    person: bool,
    rows: NDArray[np.float32],
) -> float:
    """Likeness of a Latin spelling and the letters of a word in another script, as a reading of it."""
    cost = reading_cost(native, latin, costs.keys, costs.values, rows)
    sure = likeness(cost, costs.middle[script], costs.width[script])
    count = native.shape[0]
    if not person and script == _HAN and count <= 3:
        sure = min(sure, likeness(cost * latin.shape[0] / count, _SYLLABLE_MIDDLE, _SYLLABLE_WIDTH))
    return cross(sure)


_LONG, _BEGINNING, _LIKELY, _SURE, _SPELLED, _HALF = 7, 4, 0.88, 0.93, 0.8, 0.5
"""Cyrillic is written out letter by letter: in 719 pairs of names the readings below 0.93 that are right number ten. What else is
read so shares a part, which the mean over many letters hides (океанприбор, `kurganpribor`), or its consonants (ртк, `rostec`). Such a
reading must be alike as it is usually romanised, or begin alike where it is long (солюшенс, `solutions`). A sure one must be half alike:
a letter may be read as three, but no name is won by its beginning alone (плаз, `planar`)."""


@compiled
def borne_out(
    level: float, own: NDArray[np.uint8], latin: NDArray[np.uint8], script: int, person: bool, rows: NDArray[np.float32]
) -> float:
    """The likeness of a reading, 0 where it is of Cyrillic and only a part agrees; `own` is the word romanised."""
    if person or script != _CYRILLIC or own.shape[0] == 0:
        return level
    if level >= _SURE:
        return level if spelling(own, latin, rows, _HALF) >= _HALF else 0.0
    short = min(own.shape[0], latin.shape[0])
    alike = 0
    while alike < short and own[alike] == latin[alike]:
        alike += 1
    if alike >= 1 if level >= _LIKELY and short >= _LONG else alike >= _BEGINNING and short < _LONG:
        return level
    return level if spelling(own, latin, rows, _SPELLED) >= _SPELLED else 0.0


@compiled
def native_likeness(w: Words, costs: Costs, i: int, j: int, rows: NDArray[np.float32], person: bool) -> float:
    """Likeness of a word in another script (i) and a Latin one (j)."""
    best = 0.0
    for k in range(w.facts[i, MEANS], w.facts[i, MEANS_END]):
        meaning = w.pool[k]
        if meaning == j:
            return 0.97
        if w.facts[meaning, CONCEPT] != 0 and w.facts[meaning, CONCEPT] == w.facts[j, CONCEPT]:
            best = max(best, 0.94)
        elif (w.facts[meaning, PLACE_NUMBER] != 0 and w.facts[meaning, PLACE_NUMBER] == w.facts[j, PLACE_NUMBER]) or (
            w.facts[j, TEXT_LENGTH] >= 4
            and spelling(letters_of(w, meaning, TEXT), letters_of(w, j, TEXT), rows, _MEANING_LEAST)
            >= (_MEANING_LEAST if w.facts[j, TEXT_LENGTH] >= 6 else _SHORT_MEANING_LEAST)
        ):
            best = max(best, 0.95)
        elif _inflected(w, meaning, j):
            best = max(best, 0.94)
    if w.facts[i, CONCEPT] != 0 and w.facts[i, CONCEPT] == w.facts[j, CONCEPT]:
        best = max(best, 0.93)
    if best > 0:
        return best
    script = w.facts[i, SCRIPT]
    latin = letters_of(w, j, TEXT)
    if w.facts[i, NATIVE_END] > w.facts[i, NATIVE] and latin.shape[0] > 0 and script < costs.middle.shape[0]:
        letters = w.pool[w.facts[i, NATIVE] : w.facts[i, NATIVE_END]]
        best = reading(costs, letters, latin, script, person, rows)
        article = script == _ARABIC and letters.shape[0] >= _WITH_ARTICLE and letters[0] == _ALIF and letters[1] == _LAM
        if best < _SURE and article and not person:  # Latin letters write the article as a word of its own
            best = max(best, reading(costs, letters[2:], latin, script, person, rows))
        best = borne_out(best, letters_of(w, i, TEXT), latin, script, person, rows)
        if (
            best < 0.87
            and (script != _ARABIC or w.facts[i, KIND] == GENERIC)
            and w.facts[i, KIND] != OTHER
            and w.facts[i, MEANS_END] > w.facts[i, MEANS]
        ):
            best = 0.0  # a word that is translated is rarely spelled out as well
        place = w.facts[j, KIND] == PLACE or (w.facts[i, KIND] == PLACE and not (article and best >= _TOWN_LEAST))
        if best < _PLACE_LEAST and not person and place:
            best = 0.0  # nor a place read as another name (желкосил is no `Belarusian`)
        if best < _SURE and not person and w.facts[i, COMPOUND] != 0:
            best = 0.0  # a compound shares its last part with others (авиаавтоматика, `radioavtomatika`)
        if best < _SHORT_LEAST and not person and latin.shape[0] <= 3:
            best = 0.0
    for k in range(w.facts[i, LATIN], w.facts[i, LATIN_END]):
        other = w.pool[k]
        alike = 0.95 * spelling(letters_of(w, other, TEXT), latin, rows, 0.8)
        if alike > 0.8:
            best = max(best, alike)
        alike = 0.93 * spelling(letters_of(w, other, SOUND), letters_of(w, j, SOUND), rows, 0.8)
        if alike > 0.8:
            best = max(best, alike)
    if w.facts[i, STEM_LENGTH] >= 4 and _equal(letters_of(w, i, STEM), letters_of(w, j, STEM)):
        best = max(best, 0.94)
    if best < 0.9 and _shared(
        w.pool, w.facts[i, SYMBOLS], w.facts[i, SYMBOLS_END], w.facts[j, SYMBOLS], w.facts[j, SYMBOLS_END]
    ):
        best = 0.9 + 0.05 * best
    return best


_STEM_LEAST, _CUT_LEAST = 3, 6
"""Sounds of a stem by which a word is another form of a translation (`echoes`); letters of a word that is a translation without its
beginning (`vironment`, as trade names cut `environment`)."""


@compiled
def _inflected(w: Words, meaning: int, j: int) -> bool:
    """Whether a Latin word is another form of a translation: of the same stem, or its ending where little was cut off."""
    size, length = w.facts[meaning, TEXT_LENGTH], w.facts[j, TEXT_LENGTH]
    if w.facts[j, KIND] <= PLACE and w.facts[j, KIND] != BUSINESS:
        return False
    if (
        min(size, length) >= 4
        and w.facts[meaning, STEM_LENGTH] >= _STEM_LEAST
        and w.letters[meaning, TEXT, 0] == w.letters[j, TEXT, 0]
        and _equal(letters_of(w, meaning, STEM), letters_of(w, j, STEM))
    ):
        return True
    if length < _CUT_LEAST or not length < size <= length + 2:
        return False
    return _equal(w.letters[meaning, TEXT, size - length : size], letters_of(w, j, TEXT))


@compiled
def _equal(x: NDArray[np.uint8], y: NDArray[np.uint8]) -> bool:
    if x.shape[0] != y.shape[0]:
        return False
    for k in range(x.shape[0]):  # noqa: SIM110  generators do not compile
        if x[k] != y[k]:
            return False
    return True


@compiled
def letters_of(w: Words, word: int, which: int) -> NDArray[np.uint8]:
    """The codes of a word's spelling (TEXT), sounds (SOUND) or stem (STEM)."""
    return w.letters[word, which, : w.facts[word, which]]


_SOUND_TRUST, _SHORT_SOUND_TRUST = 0.97, 0.9
"""What equal sounds count; less in company names of up to seven letters."""

_BUSINESS_LEAST = 0.8
"""Below this a native word does not stand for a word that says what companies do: 栎铂翌 is no transliteration of `international`,
which Chinese names translate."""


@compiled
def alike(w: Words, costs: Costs, i: int, j: int, person: bool, rows: NDArray[np.float32]) -> float:
    """Likeness of words i and j of the vocabulary.

    Numbers are equal or not. Two known places, or two business words of different meaning, are not alike however they are
    spelled. Words of up to three letters in company names must be equal.
    """
    if i == j:
        return 1.0
    facts, sets = w.facts, w.sets  # each taken once: taking an array counts its owners
    if facts[i, VALUE] >= 0 or facts[j, VALUE] >= 0:
        return 1.0 if facts[i, VALUE] == facts[j, VALUE] else 0.0
    if (facts[i, SCRIPT] == 0) != (facts[j, SCRIPT] == 0):
        native, latin = (i, j) if facts[i, SCRIPT] != 0 else (j, i)
        level = native_likeness(w, costs, native, latin, rows, person)
        if not person and GENERIC <= facts[latin, KIND] <= BUSINESS:
            if level < _BUSINESS_LEAST:
                return 0.0
            short = (
                facts[latin, TEXT_LENGTH] < _LONG
            )  # `steel` is not штиль; longer English words are written as they sound
            if short and facts[native, SCRIPT] == _CYRILLIC and facts[native, KIND] == OTHER:
                own = letters_of(w, native, TEXT)
                return level if spelling(own, letters_of(w, latin, TEXT), rows, _SPELLED) >= _SPELLED else 0.0
        return level
    m, n = facts[i, TEXT_LENGTH], facts[j, TEXT_LENGTH]
    if not person:
        if facts[i, PLACE_NUMBER] != 0 and facts[j, PLACE_NUMBER] != 0:
            return 0.95 if facts[i, PLACE_NUMBER] == facts[j, PLACE_NUMBER] else 0.0
        if facts[i, CONCEPT] != 0 and facts[i, CONCEPT] == facts[j, CONCEPT]:
            return 0.93
    if facts[i, SCRIPT] != 0:
        if facts[i, SCRIPT] == facts[j, SCRIPT]:
            return _same_script(w, i, j, rows)
        best = 0.0
        for a in range(facts[i, LATIN], facts[i, LATIN_END]):
            for b in range(facts[j, LATIN], facts[j, LATIN_END]):
                p, q = w.pool[a], w.pool[b]
                best = max(best, 0.93 * spelling(letters_of(w, p, SOUND), letters_of(w, q, SOUND), rows, LEAST))
        for a in range(facts[i, MEANS], facts[i, MEANS_END]):
            for b in range(facts[j, MEANS], facts[j, MEANS_END]):
                if w.pool[a] == w.pool[b]:
                    best = max(best, 0.94)
        if best < 0.9 and _shared(
            w.pool, facts[i, SYMBOLS], facts[i, SYMBOLS_END], facts[j, SYMBOLS], facts[j, SYMBOLS_END]
        ):
            best = 0.9
        return best
    if not person and (min(m, n) <= 3):
        return 0.0
    if person and _shared(w.pool, facts[i, NICKS], facts[i, NICKS_END], facts[j, NICKS], facts[j, NICKS_END]):
        return 0.86
    if bits(sets[i, TEXT, 0] ^ sets[j, TEXT, 0]) > 3 + 0.45 * (m + n):
        return 0.0
    known = person and facts[i, SYMBOLS_END] > facts[i, SYMBOLS] and facts[j, SYMBOLS_END] > facts[j, SYMBOLS]
    least = _KNOWN_LEAST if known else LEAST
    best = 0.0
    if within(facts, sets, i, j, TEXT, least):
        best = spelling(letters_of(w, i, TEXT), letters_of(w, j, TEXT), rows, least)
    if best < 0.95 and not (_sounds_as_written(w, i) and _sounds_as_written(w, j)):
        # sound alone says little of short company names: `Caddock` is not `Kadek`
        trust = _SOUND_TRUST if person or min(m, n) > 7 else _SHORT_SOUND_TRUST
        needed = max(least, best) / trust
        if within(facts, sets, i, j, SOUND, needed):
            best = max(best, trust * spelling(letters_of(w, i, SOUND), letters_of(w, j, SOUND), rows, needed))
    if best < 0.94 and facts[i, STEM_LENGTH] >= 4 and _equal(letters_of(w, i, STEM), letters_of(w, j, STEM)):
        best = 0.94
    if (known and _KNOWN_LEAST <= best < 0.88) and _shared(
        w.pool, facts[i, SYMBOLS], facts[i, SYMBOLS_END], facts[j, SYMBOLS], facts[j, SYMBOLS_END]
    ):
        best = 0.86 + 0.02 * best
    if not person:
        if min(m, n) <= 4 and best < 0.9:
            return 0.0
        if facts[i, CONCEPT] != 0 and facts[j, CONCEPT] != 0 and best < 0.9:
            return 0.0
        if (
            facts[i, KIND] >= GENERIC
            and facts[j, KIND] >= GENERIC
            and facts[i, KIND] <= BUSINESS
            and facts[j, KIND] <= BUSINESS
            and best < 0.86
        ):
            return 0.0
        if facts[i, KIND] == NUMBER or facts[j, KIND] == NUMBER:
            return 0.0
    return best


@compiled
def most_alike(w: Words, i: int, j: int, person: bool) -> float:
    """The most that `alike` can give two different Latin words, told without comparing letter by letter; 0 below `LEAST`."""
    facts, sets, letters = w.facts, w.sets, w.letters
    if facts[i, VALUE] >= 0 or facts[j, VALUE] >= 0:
        return 1.0 if facts[i, VALUE] == facts[j, VALUE] else 0.0
    m, n = facts[i, TEXT_LENGTH], facts[j, TEXT_LENGTH]
    if not person:
        if facts[i, PLACE_NUMBER] != 0 and facts[j, PLACE_NUMBER] != 0:
            return 1.0 if facts[i, PLACE_NUMBER] == facts[j, PLACE_NUMBER] else 0.0
        if facts[i, CONCEPT] != 0 and facts[i, CONCEPT] == facts[j, CONCEPT]:
            return 1.0
        if min(m, n) <= 3:
            return 0.0
    elif _shared(w.pool, facts[i, NICKS], facts[i, NICKS_END], facts[j, NICKS], facts[j, NICKS_END]):
        return 1.0
    own, other = sets[i, TEXT, 0], sets[j, TEXT, 0]
    if bits(own ^ other) > 3 + 0.45 * (m + n):
        return 0.0
    known = person and facts[i, SYMBOLS_END] > facts[i, SYMBOLS] and facts[j, SYMBOLS_END] > facts[j, SYMBOLS]
    cost = max(least_cost(own & ~other, sets[j, TEXT, 1]), least_cost(other & ~own, sets[i, TEXT, 1]))
    best = 1.0 - cost / (UNIT * 0.5 * (m + n))
    own, other = sets[i, SOUND, 0], sets[j, SOUND, 0]
    cost = max(least_cost(own & ~other, sets[j, SOUND, 1]), least_cost(other & ~own, sets[i, SOUND, 1]))
    trust = _SOUND_TRUST if person or min(m, n) > 7 else _SHORT_SOUND_TRUST
    best = max(best, trust * (1.0 - cost / (UNIT * 0.5 * (facts[i, SOUND_LENGTH] + facts[j, SOUND_LENGTH])))) + 0.001
    if known and best >= _KNOWN_LEAST:
        best = max(best, 0.88)
    size = facts[i, STEM_LENGTH]
    if best < 0.94 and size >= 4 and facts[j, STEM_LENGTH] == size:
        same = True
        for k in range(size):
            if letters[i, STEM, k] != letters[j, STEM, k]:
                same = False
                break
        if same:
            return 0.94
    return best if best >= LEAST else 0.0


@compiled
def _sounds_as_written(w: Words, word: int) -> bool:
    """Whether the sounds of a word are its letters, so that comparing them says nothing more."""
    facts, letters = w.facts, w.letters
    if facts[word, TEXT_LENGTH] != facts[word, SOUND_LENGTH]:
        return False
    for k in range(facts[word, TEXT_LENGTH]):  # noqa: SIM110  generators do not compile
        if letters[word, TEXT, k] != letters[word, SOUND, k]:
            return False
    return True


@compiled
def _same_script(w: Words, i: int, j: int, rows: NDArray[np.float32]) -> float:
    """Two words of one script that is not Latin: by letters, and by sound with less trust."""
    a, b = w.pool[w.facts[i, NATIVE] : w.facts[i, NATIVE_END]], w.pool[w.facts[j, NATIVE] : w.facts[j, NATIVE_END]]
    m, n = a.shape[0], b.shape[0]
    heard = 0.93 * spelling(letters_of(w, i, TEXT), letters_of(w, j, TEXT), rows, LEAST)
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
    if w.facts[i, STEM_LENGTH] >= 4 and _equal(letters_of(w, i, STEM), letters_of(w, j, STEM)):
        written = max(written, 0.94)
    return max(written, heard)
