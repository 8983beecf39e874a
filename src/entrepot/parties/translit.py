"""How well a Latin spelling reads a word in another script: learned costs of letter groups, summed over the best cut.

The costs are `0.5 * (log P(latin group | letter) + log P(letter | latin group))`, estimated by expectation maximisation
over pairs of name tokens (`tools/train_translit.py`) and kept in `data/translit.tsv`. Letters that the pairs do not have
get their cost from the romanisation tables.
"""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, pinyin

from entrepot.engine.compiled import compiled
from entrepot.parties.datafile import NATIVE_WORDS, rows
from entrepot.parties.romanise import table, wade_giles

LEARNED = 4
"""Latin letters of the longest learned group (`tsch`, `shch` are the longest usual of one letter)."""

LONGEST = 6
"""Latin letters of the longest group: Pinyin syllables such as `zhuang`."""

UNSEEN = -6.0
UNSEEN_PER_LETTER = -2.0
"""Cost of a group that was never seen: below the rarest learned one (-5.9), and more where lengths differ."""

_FROM_TABLE = -0.5
_FROM_TABLE_SECOND = -1.2
_FROM_PINYIN = -1.2
_FROM_WADE = -2.0
_FROM_READING = -1.6
_FROM_UNIHAN = -2.0
_FROM_NAMES = -1.6
_FROM_TRADE, _FROM_MEANING = -1.4, -1.4
_FROM_SYLLABLE = -2.2
"""Costs of spellings taken from a table: the median learned cost of a letter's first (-0.5) and second spelling (-1.2);
a Han character is read by Pinyin with more doubt, by Japanese, Sino-Korean and Cantonese readings with
yet more (those learned from Japanese names as much), and those of rarer characters (Unihan) as much as by Wade-Giles. A character of a trade name that is spelled to look English, or
translated (芯 `chip`), costs about as much as a rarer reading; a spelling that firms give another character of the same syllable a bit
more than any that is its own."""

_FOREIGN_VOWELS = {"a": ("u", "er", "or", "ar"), "i": ("y", "e", "ee", "ea"), "u": ("oo", "o", "w", "ew"), "e": ("a", "ai", "ea"),
                   "o": ("a", "au", "aw", "oa", "ou")}  # fmt: skip
"""English spellings of the five vowels of Japanese in foreign words, beside the vowel itself."""

_NOMINATIVE = "ი"
"""The ending of Georgian nouns, foreign ones too."""

SCRIPTS = ("Cyrl", "Arab", "Hebr", "Hani", "Hang", "Kana", "Grek", "Armn", "Geor", "Khmr")
"""Scripts with costs, in the order of their number from 1."""

_SIZE = 1 << 18
_MULTIPLIER = 0x9E3779B97F4A7C15


class Costs(NamedTuple):
    """A hash table of costs: keys (0 where empty) and values, open addressing, `_SIZE` slots; for each script (`SCRIPTS`,
    from 1) the cost at which a reading is as likely wrong as right, and how fast that changes."""

    keys: NDArray[np.int64]
    values: NDArray[np.float32]
    middle: NDArray[np.float32]
    width: NDArray[np.float32]


def letters(token: str, script: str) -> str:
    """The letters that costs are kept for: Hangul as jamo, Han simplified, Kana as Katakana, others as they are."""
    if script == "Hang":
        return "".join(_jamo(c) for c in token)
    if script in ("Hani", "Jpan", "Kana"):
        return "".join(chr(ord(c) + 96) if "ぁ" <= c <= "ゖ" else c for c in token.translate(simplified()))
    return token


@cache
def simplified() -> dict[int, str]:
    """Traditional and Japanese characters to simplified ones, for `str.translate` (`data/han_simplified.tsv`)."""
    return {ord(character): to for character, to, *_ in rows("han_simplified")}


def _jamo(character: str) -> str:
    code = ord(character) - 0xAC00
    if not 0 <= code < 11172:
        return character
    tail = chr(0x11A7 + code % 28) if code % 28 else ""
    return chr(0x1100 + code // 588) + chr(0x1161 + code % 588 // 28) + tail


@cache
def costs() -> Costs:
    """The learned costs together with those of the tables, and each script's scale."""
    found: dict[tuple[str, str], float] = {}
    middle = np.full(len(SCRIPTS) + 1, -1.6, np.float32)
    width = np.full(len(SCRIPTS) + 1, 0.32, np.float32)
    for script, letter, latin, value, *_ in rows("translit"):
        if letter == "*":
            (middle if latin == "middle" else width)[SCRIPTS.index(script) + 1] = float(value)
        else:
            found[letter, "" if latin == "-" else latin] = float(value)
    known = {letter for letter, _ in found}
    for name in ("cyrillic", "arabic", "hebrew", "kana", "greek", "armenian", "georgian", "khmer"):
        for letter, spellings in table(name).items():
            if len(letter) > 1 or (letter in known and name in ("cyrillic", "arabic", "hebrew")):
                continue
            _add_table(found, letter, spellings, name)
    for _, letter, latin, value, *_ in rows("translit_kana"):
        spelled = letter, "" if latin == "-" else latin
        found[spelled] = max(found.get(spelled, -9.0), float(value))
    for code in range(0x4E00, 0x9FA6):
        _add_pinyin(found, chr(code))
    for character, latin, *_ in rows("han_readings"):
        found[character, latin] = max(found.get((character, latin), -9.0), _FROM_READING)
    for character, latin, *_ in rows("han_readings_unihan"):
        found[character, latin] = max(found.get((character, latin), -9.0), _FROM_UNIHAN)
    for character, latin, *_ in rows("han_readings_korean"):
        found[character, latin] = max(found.get((character, latin), -9.0), _FROM_UNIHAN)
    for character, latin, *_ in rows("han_readings_names"):
        found[character, latin] = max(found.get((character, latin), -9.0), _FROM_NAMES)
    for character, latin, *_ in rows("han_readings_trade"):
        found[character, latin] = max(found.get((character, latin), -9.0), _FROM_TRADE)
    for character, latin in _spelled_alike():
        found[character, latin] = max(found.get((character, latin), -9.0), _FROM_SYLLABLE)
    for character, latin in _meanings():
        found[character, latin] = max(found.get((character, latin), -9.0), _FROM_MEANING)
    keys, values = np.zeros(_SIZE, np.int64), np.zeros(_SIZE, np.float32)
    for (letter, latin), cost in found.items():
        key = _key(ord(letter), latin)
        slot = _slot(key)
        while keys[slot] != 0:
            slot = (slot + 1) % _SIZE
        keys[slot], values[slot] = key, cost
    return Costs(keys, values, middle, width)


def _spelled_alike() -> Iterator[tuple[str, str]]:
    """Every character with the spellings that firms give another of the same Pinyin syllable: 购 is `goo` as 固 is `goo`."""
    spelled: dict[str, set[str]] = {}
    for character, latin, *_ in rows("han_readings_trade"):
        for syllable in _syllables(character):
            if latin[0] in _FIRST_SOUNDS.get(syllable[0], syllable[0]):
                spelled.setdefault(syllable, set()).add(latin)
    for code in range(0x4E00, 0x9FA6):
        for syllable in _syllables(chr(code))[:1]:
            for latin in spelled.get(syllable, ()):
                yield chr(code), latin


_FIRST_SOUNDS = {"x": "xsh", "q": "qckt", "j": "jgkc", "z": "zjc", "c": "ctk", "b": "bp", "p": "pf", "d": "dt", "t": "td", "g": "gck",
                 "k": "kcq", "w": "wvuoh", "y": "yieuaj", "h": "hwf", "r": "rjly", "l": "lr", "e": "eao", "a": "aeiu", "f": "fph", "s": "sxz"}  # fmt: skip
"""Latin letters that may begin a spelling of a syllable: other rows translate a character."""


@cache
def _syllables(character: str) -> tuple[str, ...]:
    """The Pinyin syllables of a Han character, the usual one first, without tones."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(syllable.replace("v", "u") for syllable in found[0] if syllable.isascii()) if found else ()


def _meanings() -> Iterator[tuple[str, str]]:
    """Han characters that are words, and English words for them that are short enough to be a group of letters."""
    for name in NATIVE_WORDS:
        for script, term, english, *_ in rows(name):
            if script == "Hani" and len(term) == 1:
                for word in english.split():
                    if 1 < len(word) <= LONGEST and word.isalpha() and word.isascii():
                        yield term.translate(simplified()), word


def _add_table(found: dict[tuple[str, str], float], letter: str, spellings: tuple[str, ...], name: str) -> None:
    for at, latin in enumerate(spellings):
        found.setdefault((letter, latin[:LONGEST]), _FROM_TABLE if at == 0 else _FROM_TABLE_SECOND)
    first = spellings[0]
    if name == "kana" and len(first) >= 2:
        # a Kana stands for a foreign consonant with or without its vowel; l for r, v for b, th for s
        for spelled in (first[:-1], first.replace("r", "l"), first[:-1].replace("r", "l"), first.replace("b", "v"),
                        first[:-1].replace("b", "v"), first.replace("s", "th"), first.replace("k", "c"), first[:-1].replace("k", "c")):  # fmt: skip
            found.setdefault((letter, spelled), _FROM_TABLE_SECOND - 0.2)
    if name == "kana" and first[-1:] in _FOREIGN_VOWELS:
        # English spells what Kana hears as one of five vowels in several ways: `o-lym-pus`, `coun-ter`
        for vowel in _FOREIGN_VOWELS[first[-1]]:
            for consonant in dict.fromkeys(
                (first[:-1], first[:-1].replace("r", "l"), first[:-1].replace("k", "c"), first[:-1].replace("b", "v"))
            ):
                found.setdefault((letter, (consonant + vowel)[:LONGEST]), _FROM_TABLE_SECOND - 0.8)
    if name == "kana":
        found.setdefault(("ン", "m"), _FROM_TABLE_SECOND)
        found.setdefault(("ー", ""), -0.3)
        found.setdefault(("ー", "r"), -1.0)
        found.setdefault(("ッ", ""), -0.3)
    if name == "georgian":
        found[_NOMINATIVE, ""] = _FROM_TABLE_SECOND  # კარფური: Carrefour
    if name in ("arabic", "khmer") and len(first) <= 2:
        for vowel in "aeiou":
            found.setdefault((letter, first + vowel), _FROM_TABLE_SECOND - 0.5)
        found.setdefault((letter, ""), -3.0)


def _add_pinyin(found: dict[tuple[str, str], float], character: str) -> None:
    for reading in pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore"):
        for at, syllable in enumerate(reading[:2]):
            latin = syllable.replace("v", "u").replace("ü", "u")
            if latin.isascii() and latin.isalpha() and len(latin) <= LONGEST:
                for spelled, cost in ((latin, _FROM_PINYIN), (wade_giles(latin)[:LONGEST], _FROM_WADE)):
                    found[character, spelled] = max(found.get((character, spelled), -9.0), cost - 0.5 * at)


def _key(letter: int, latin: str) -> int:
    code = 0
    for character in latin:
        code = code << 5 | (ord(character) - 96)
    return letter << 33 | len(latin) << 30 | code


def _slot(key: int) -> int:
    return ((key * _MULTIPLIER) & 0xFFFFFFFFFFFFFFFF) >> 46


@compiled
def _find(keys: NDArray[np.int64], values: NDArray[np.float32], key: int) -> float:
    slot = np.int64((np.uint64(key) * np.uint64(_MULTIPLIER)) >> np.uint64(46))
    while True:
        at = keys[slot]
        if at == key:
            return values[slot]
        if at == 0:
            return 1.0
        slot = (slot + 1) & (_SIZE - 1)


@compiled
def reading_cost(
    native: NDArray[np.int32],
    latin: NDArray[np.uint8],
    keys: NDArray[np.int64],
    values: NDArray[np.float32],
    rows: NDArray[np.float32],
) -> float:
    """Cost of the best cut of `latin` (codes 1 to 26) into one group for each letter of `native` (code points), per Latin
    letter; 0 is perfect. At most 48 Latin letters are read; `rows` is scratch."""
    size = min(latin.shape[0], 48)
    now, then = rows[0], rows[1]
    now[: size + 1] = -1e9
    now[0] = 0.0
    for at in range(native.shape[0]):
        then[: size + 1] = -1e9
        letter = np.int64(native[at]) << 33
        for j in range(size + 1):
            here = now[j]
            if here < -1e8:
                continue
            code = np.int64(0)
            for length in range(min(LONGEST, size - j) + 1):
                if length > 0:
                    code = code << 5 | np.int64(latin[j + length - 1])
                cost = _find(keys, values, letter | np.int64(length) << 30 | code)  # type: ignore[arg-type]  # compiled: one integer type
                if cost > 0.5:
                    cost = UNSEEN + UNSEEN_PER_LETTER * abs(length - 1)
                if here + cost > then[j + length]:
                    then[j + length] = here + cost
        now, then = then, now
    return now[size] / max(size, 1)


@compiled
def likeness(cost: float, middle: float, width: float) -> float:
    """A cost per letter as a likeness from 0 to 1: 0.5 where right and nearest wrong readings are equally frequent."""
    return 1.0 / (1.0 + np.exp(-(cost - middle) / width))
