"""Every distinct word of the analysed names, once, as arrays: letters, sounds, stem, class, weight, meaning, readings."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from entrepot.parties.datafile import rows
from entrepot.parties.letter_costs import letter_sets
from entrepot.parties.native import (
    composed,
    cyrillic_initials,
    fillers,
    kind_of,
    meanings,
    of_dictionary,
    parts_of_compound,
    place_stem,
)
from entrepot.parties.person_names import names_of
from entrepot.parties.romanise import romanised
from entrepot.parties.sounds import sound, stem
from entrepot.parties.spelled import spelled_letters
from entrepot.parties.text import fold, token_script, tokens
from entrepot.parties.translit import SCRIPTS, letters

T = TypeVar("T", bound=np.generic)

STOP, PARTICLE, TITLE, GENERIC, BUSINESS, PLACE, NUMBER, INITIAL, OTHER = range(9)
"""Classes of words, in rising order of how much they tell."""

_CLASS = {"stop": STOP, "particle": PARTICLE, "title": TITLE, "generic": GENERIC, "business": BUSINESS}
_NATIVE_CLASS = {"place": PLACE, "business": BUSINESS, "brand": OTHER, "": BUSINESS}
# Weights of a class in company, and in person names; OTHER by rarity. Set on OFAC alias pairs against nearest other entries.
_ORG_WEIGHT = {
    STOP: 0.03,
    PARTICLE: 0.15,
    TITLE: 0.2,
    GENERIC: 0.18,
    BUSINESS: 0.4,
    PLACE: 0.4,
    NUMBER: 0.5,
    INITIAL: 0.5,
}
_PERSON_WEIGHT = {
    STOP: 0.1,
    PARTICLE: 0.1,
    TITLE: 0.05,
    GENERIC: 0.8,
    BUSINESS: 0.9,
    PLACE: 0.9,
    NUMBER: 0.2,
    INITIAL: 0.35,
}
_LEAST, _PER_DOUBLING = 0.55, 0.06
"""A word weighs 1 where no name in the frequency file has it, and 0.06 less for each doubling of the names that have it."""

_MAX_LETTERS = 32


(TEXT_LENGTH, SOUND_LENGTH, STEM_LENGTH, SCRIPT, KIND, CONCEPT, PLACE_NUMBER, VALUE,
 NATIVE, NATIVE_END, LATIN, LATIN_END, MEANS, MEANS_END, SYMBOLS, SYMBOLS_END, NICKS, NICKS_END, FIRSTS, COMPOUND) = range(20)  # fmt: skip
"""Columns of `Words.facts`. VALUE is the number stated, -1 none; CONCEPT and PLACE_NUMBER are 0 where there is none.
NATIVE to NICKS_END are ranges of `Words.pool`: code points of words in other scripts; their Latin spellings as word
numbers; English translations as word numbers; names that are forms of one name (Wikidata, in data/person_names.txt.xz); names that
a short form stands for. FIRSTS: bits of the letters that it stands for in an acronym: a to z from 0 by its spelling and its
translations, and Cyrillic а to я from `FIRST_CYRILLIC` by the words that it translates. COMPOUND: of a compound in Cyrillic how many of its
translations are of the first part, times 64, and of the last part; 0 for other words."""

FIRST_CYRILLIC = 26

TEXT, SOUND, STEM = range(3)
"""Rows of `Words.letters`."""


class Words(NamedTuple):
    """The vocabulary as arrays for compiled code; row i is word i.

    letters: `(words, 3, 32)` codes of the Latin spelling, its sounds and the sounds of its stem: 1-26 letters, 27-29 the
    sounds S C J, 30-39 digits. facts: `(words, 20)`. pool: see the columns. sets: `(words, 2, 2)` of the spelling and of the
    sounds, as `letter_costs.letter_sets` gives them. weight: `(words, 2)` in company and in personal names.
    """

    letters: NDArray[np.uint8]
    facts: NDArray[np.int64]
    pool: NDArray[np.int32]
    sets: NDArray[np.uint64]
    weight: NDArray[np.float32]


_LETTERS = b"abcdefghijklmnopqrstuvwxyzSCJ0123456789"
_CODES = bytes.maketrans(_LETTERS, bytes([*range(1, 27), 27, 28, 29, *range(30, 40)]))
_NO_LETTERS = bytes(set(range(256)).difference(_LETTERS))
"""Left out of words: the tables of letters have no row for them."""


class Vocabulary:
    """Words by number, growing as names are analysed; not thread-safe."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.words: list[str] = []
        self._text: list[bytes] = []
        self._sound: list[bytes] = []
        self._stem: list[bytes] = []
        self._native: list[list[int]] = []
        self._latin: list[list[int]] = []
        self._means: list[list[int]] = []
        self._symbols: list[list[int]] = []
        self._nicks: list[list[int]] = []
        self._script: list[int] = []
        self.kinds: list[int] = []
        self._concept: list[int] = []
        self._firsts: list[int] = []
        self._compound: list[int] = []
        self._place: list[int] = []
        self.values: list[int] = []
        self._org: list[float] = []
        self._person: list[float] = []
        self._symbol_numbers: dict[str, int] = {}
        self._letters = _Room((3, _MAX_LETTERS), np.uint8)
        self._facts = _Room((20,), np.int64)
        self._pool = _Room((), np.int32)
        self._sets = _Room((2, 2), np.uint64)
        self._weight = _Room((2,), np.float32)
        self.number("")

    def __len__(self) -> int:
        return len(self.words)

    def number(self, word: str) -> int:
        """The number of a folded word; new words are added."""
        found = self._numbers.get(word)
        return found if found is not None else self._add(word)

    def _add(self, word: str) -> int:
        number = len(self.words)
        self._numbers[word] = number
        self.words.append(word)
        script = "Latn" if word.isascii() else token_script(word)
        code = SCRIPTS.index("Kana" if script == "Jpan" else script) + 1 if script in (*SCRIPTS, "Jpan") else 0
        spellings = romanised(word) if word else ("",)
        text = spellings[0][:_MAX_LETTERS].encode("ascii", "ignore").lower()
        kind, concept, place, value = _classify(word, spellings[0])
        self._text.append(text.translate(_CODES, _NO_LETTERS))
        self._sound.append(sound(text.decode()).encode()[:_MAX_LETTERS].translate(_CODES, _NO_LETTERS))
        self._stem.append(sound(stem(text.decode())).encode()[:_MAX_LETTERS].translate(_CODES, _NO_LETTERS))
        foreign = bool(word) and not word.isascii()
        self._native.append([ord(c) for c in letters(word, script)[:48]] if foreign and code else [])
        self._script.append(code if code else (len(SCRIPTS) + 1 if foreign else 0))
        self.kinds.append(kind)
        self._concept.append(concept)
        self._firsts.append(_firsts(word, spellings))
        first, last = parts_of_compound(word, script)
        self._compound.append(64 * len(first) + len(last))
        self._place.append(place)
        self.values.append(value)
        weight = _rarity(spellings[0]) if not foreign else 1.0
        self._org.append(_ORG_WEIGHT.get(kind, weight))
        self._person.append(_PERSON_WEIGHT.get(kind, weight) * (weight if kind in (BUSINESS, PLACE) else 1.0))
        names, nicks = self._symbols_of(word)
        self._symbols.append(names)
        self._nicks.append(nicks)
        self._latin.append([])
        self._means.append([])
        if foreign:
            self._latin[number] = [self.number(s[:_MAX_LETTERS]) for s in (*spellings[:3], *_place_meant(word, script))]
            translated = meanings(word, script) or _of_parts(word, script) or _initials(word, script)
            self._means[number] = [self.number(s) for s in translated]
            for english in translated:
                self._firsts[number] |= _first_bits(english, "a", 26)
        return number

    def _symbols_of(self, word: str) -> tuple[list[int], list[int]]:
        nicks = {f"nick:{name}" for name in _nicknames().get(word, ())}
        names: set[str] = set()
        if len(word) >= (3 if word.isascii() else 2) and word.isalpha():
            names = {str(number) for number in names_of(word)}
        return self._symbol_numbers_of(names), self._symbol_numbers_of(nicks)

    def _symbol_numbers_of(self, names: set[str]) -> list[int]:
        return sorted(
            self._symbol_numbers.setdefault(name, len(self._symbol_numbers) + 1) for name in sorted(names)[:64]
        )

    def arrays(self) -> Words:
        """The vocabulary as arrays; words added since the last call are written behind the others."""
        done, count = len(self._facts.rows), len(self.words)
        if done == count:
            return self._held()
        spelled = b"".join(
            x.ljust(_MAX_LETTERS, b"\0")
            for row in zip(self._text[done:], self._sound[done:], self._stem[done:], strict=True)
            for x in row
        )
        letters = np.frombuffer(spelled, np.uint8).reshape(count - done, 3, _MAX_LETTERS)
        facts = np.empty((count - done, 20), np.int64)
        for column, values in ((TEXT_LENGTH, self._text), (SOUND_LENGTH, self._sound), (STEM_LENGTH, self._stem)):
            facts[:, column] = [len(v) for v in values[done:]]
        for column, numbers in ((SCRIPT, self._script), (KIND, self.kinds), (CONCEPT, self._concept),
                                (PLACE_NUMBER, self._place), (VALUE, self.values), (FIRSTS, self._firsts),
                                (COMPOUND, self._compound)):  # fmt: skip
            facts[:, column] = numbers[done:]
        pool: list[int] = []
        for column, runs in ((NATIVE, self._native), (LATIN, self._latin), (MEANS, self._means),
                             (SYMBOLS, self._symbols), (NICKS, self._nicks)):  # fmt: skip
            sizes = [len(run) for run in runs[done:]]
            facts[:, column + 1] = np.cumsum(sizes) + len(pool) + len(self._pool.rows)
            facts[:, column] = facts[:, column + 1] - sizes
            pool.extend(x for run in runs[done:] for x in run)
        weight = np.array([self._org[done:], self._person[done:]], np.float32).T
        sets = np.stack([letter_sets(letters[:, TEXT]), letter_sets(letters[:, SOUND])], axis=1)
        self._letters.add(letters)
        self._facts.add(facts)
        self._pool.add(np.array(pool, np.int32))
        self._sets.add(sets)
        self._weight.add(weight)
        return self._held()

    def _held(self) -> Words:
        return Words(self._letters.rows, self._facts.rows, self._pool.rows, self._sets.rows, self._weight.rows)


class _Room(Generic[T]):
    """An array with room behind its rows, so that adding a few does not copy all."""

    def __init__(self, shape: tuple[int, ...], kind: type[T]) -> None:
        self._held = np.zeros((1024, *shape), kind)
        self._used = 0

    @property
    def rows(self) -> NDArray[T]:
        """The rows so far; they never change, so what was given out before stays as it was."""
        return self._held[: self._used]

    def add(self, rows: NDArray[T]) -> None:
        """Write rows behind the others."""
        used = self._used + len(rows)
        if used > len(self._held):
            held = np.zeros((2 * used, *self._held.shape[1:]), self._held.dtype)
            held[: self._used] = self._held[: self._used]
            self._held = held
        self._held[self._used : used] = rows
        self._used = used


def _place_meant(word: str, script: str) -> tuple[str, ...]:
    """The Latin name of the place that a Russian adjective may be made from: `сколковский`, `Skolkovo`."""
    stem = place_stem(word) if script == "Cyrl" else ""
    return (romanised(stem)[0] + "o",) if len(stem) >= _PLACE_STEM and stem.endswith(("ов", "ев", "ин")) else ()


_PLACE_STEM = 5
"""Letters of the shortest stem of an adjective that is read as a place on no list."""


def _of_parts(word: str, script: str) -> tuple[str, ...]:
    """What a word that is no term means as a word of a dictionary, and by its parts."""
    return tuple(dict.fromkeys((*of_dictionary(word, script), *composed(word, script))))


def _firsts(word: str, spellings: tuple[str, ...]) -> int:
    """The letters that begin a word: of its Latin spellings, and in Cyrillic of what it translates and of its reading."""
    bits = 0
    for spelling in spellings:
        bits |= _first_bits(spelling, "a", 26)
    if word.isascii() and word.isalpha():
        for letter in cyrillic_initials(word):
            bits |= _first_bits(letter, "а", 32) << FIRST_CYRILLIC
    return bits


def _first_bits(word: str, first: str, count: int) -> int:
    at = ord(word[0]) - ord(first) if word else -1
    return 1 << at if 0 <= at < count else 0


def _initials(word: str, script: str) -> tuple[str, ...]:
    """The initials that a word spells by the names of letters; `T&S` is written as `TNS` too."""
    found = spelled_letters(word, "Kana" if script == "Jpan" else script)
    if not found:
        return ()
    return (found, found[0] + found[1:-1].replace("n", "", 1) + found[-1]) if "n" in found[1:-1] else (found,)


def _rarity(word: str) -> float:
    names = _frequency().get(word, 0)
    return max(_LEAST, 1.0 - _PER_DOUBLING * math.log2(1 + names)) if names else 1.0


@cache
def _frequency() -> dict[str, int]:
    return {row[0]: int(row[1]) for row in rows("token_frequency")}


@cache
def _classes() -> dict[str, int]:
    found: dict[str, int] = {}
    for word, kind, *_ in rows("word_classes"):
        found.setdefault("".join(tokens(fold(word))), _CLASS[kind])
    for alias, _, kind, *_ in rows("words"):
        words = tokens(fold(alias))
        if len(words) == 1 and len(words[0]) > 2:
            found.setdefault(words[0], GENERIC if kind == "common" else BUSINESS)
    return found


@cache
def _concepts() -> dict[str, int]:
    numbers: dict[str, int] = {}
    found: dict[str, int] = {}
    for alias, concept, *_ in rows("words"):
        key = "".join(tokens(fold(alias)))
        if len(key) > 1:
            found.setdefault(key, numbers.setdefault(concept, len(numbers) + 1))
    return found


@cache
def _places() -> dict[str, tuple[int, str]]:
    numbers: dict[str, int] = {}
    found: dict[str, tuple[int, str]] = {}
    for name, place, kind, *_ in rows("places"):
        found.setdefault("".join(tokens(fold(name))), (numbers.setdefault(place, len(numbers) + 1), kind))
    return found


@cache
def _numbers() -> dict[str, int]:
    return {word: int(number) for word, number, *_ in rows("numbers")}


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for name, stands_for, *_ in rows("nicknames"):
        found.setdefault(name, set()).add(stands_for)
        found.setdefault(stands_for, set()).add(stands_for)
    return {name: tuple(sorted(names)) for name, names in found.items()}


_ORDINAL = re.compile(r"(\d{1,9})(?:st|nd|rd|th)")


def _stated(word: str) -> int:
    """The number that a word states, by digits or by name (`54`, `54th`, `fifty`), -1 where it states none."""
    if not word.isascii() or not word[:1].isdigit():
        return _numbers().get(word, -1)
    ordinal = _ORDINAL.fullmatch(word)
    digits = ordinal.group(1) if ordinal is not None else word
    return int(digits) if digits.isdigit() and len(digits) < 18 else -1


def _classify(word: str, spelling: str) -> tuple[int, int, int, int]:
    """Class, concept, place and stated number of a word; foreign words by their meaning or Latin spelling."""
    value = _stated(word)
    concept = _concepts().get(word) or 0
    place, _ = _places().get(word, (0, ""))
    if value >= 0:
        return NUMBER, 0, 0, value
    if len(word) == 1 and word.isalpha() and (word.isascii() or token_script(word) in ("Cyrl", "Grek", "Armn", "Geor")):
        return INITIAL, 0, 0, -1
    if place:
        return PLACE, concept, place, -1
    kind = _classes().get(word)
    if kind is None and word and not word.isascii():
        if word in fillers():
            return STOP, 0, 0, -1
        english = list(meanings(word, token_script(word)))
        if english:
            kinds = [_classify(e, e) for e in english]
            best = max(kinds, key=lambda k: k[0] if k[0] != OTHER else -1)
            if kinds[0][0] == NUMBER:
                return kinds[0]  # 六 is 6
            if best[0] < GENERIC or best[0] == OTHER:
                best = _NATIVE_CLASS[kind_of(word)], best[1], best[2], -1
            return best[0], best[1], best[2], -1
        if token_script(word) in ("Cyrl", "Grek"):
            kind = _classes().get(spelling)
            concept = concept or _concepts().get(spelling, 0)
    if kind is None and concept:
        kind = BUSINESS
    return (OTHER if kind is None else kind), concept, 0, -1
