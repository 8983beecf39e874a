"""What words of other scripts mean in English: translated terms, with their articles and endings, and by their parts."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from entrepot.parties.datafile import DICTIONARY_WORDS, NATIVE_WORDS, rows, together
from entrepot.parties.romanise import romanised
from entrepot.parties.text import fold, token_script, tokens
from entrepot.parties.translit import simplified


@cache
def _native() -> dict[tuple[str, str], tuple[tuple[str, ...], str]]:
    """English words and kind of each translated term of another script, those of all data files together."""
    found: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {}
    for script, term, english, kind, *_ in (
        *(row for name in NATIVE_WORDS for row in rows(name)),
        *rows("native_places"),
    ):
        key = script, fold(term).translate(simplified()) if script == "Hani" else fold(term)
        before, first_kind = found.get(key, ((), kind))
        if english != "-" and (not found.get(key) or before):
            found[key] = tuple(dict.fromkeys((*before, *english.split()))), first_kind
        else:
            found.setdefault(key, ((), kind))
    return found


@cache
def _cyrillic_of() -> dict[str, str]:
    """First Cyrillic letters of the words that each English word translates."""
    found: dict[str, set[str]] = {}
    for (script, term), (english, _) in _native().items():
        if script == "Cyrl":
            for word in english:
                found.setdefault(word, set()).add(term[0])
    return {word: "".join(sorted(initials)) for word, initials in found.items()}


_READ_AS = {"a": "а", "b": "б", "c": "кцч", "d": "д", "e": "еэ", "f": "ф", "g": "гж", "h": "хг", "i": "и", "j": "ж", "k": "кх", "l": "л",
            "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "сшщз", "t": "тц", "u": "ую", "v": "в", "w": "в", "x": "к",
            "y": "юяеы", "z": "зжц"}  # fmt: skip


def cyrillic_initials(word: str) -> str:
    """Cyrillic letters that a Latin word may stand for in a Russian acronym: its own letter, and its Russian words'."""
    return _cyrillic_of().get(word, "") + _READ_AS.get(word[:1], "")


@cache
def fillers() -> frozenset[str]:
    """Words of other scripts that no English word stands for, such as conjunctions."""
    return frozenset(term for (_, term), (english, _) in _native().items() if not english)


@cache
def native_terms(script: str) -> dict[str, str]:
    """Terms of a script that are translated, and whether each is a `place` or a `business` word."""
    return {term: kind for (of, term), (_, kind) in _native().items() if of == script}


def meanings(word: str, script: str) -> tuple[str, ...]:
    """English words for a word in another script: its own, and those of what is left without article, preposition or ending."""
    script = "Hani" if script == "Jpan" else script
    found = list(_english(word, script))
    prefixes, endings = _affixes(script)
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= _STEM:
            found += _english(word[len(prefix) :], script)
            if script == "Arab":
                found += _english("ال" + word[len(prefix) :], script)
    if not found and endings:
        for prefix in ("", *prefixes):
            if word.startswith(prefix):
                found = list(_stems().get((script, _stemmed(word[len(prefix) :], endings)), ()))
                if found:
                    break
    if not found and script == "Arab" and word[:1] == "ب" and kind_of(word[1:]) == "place":
        found = list(_english(word[1:], script))  # `in`, before a place only: other words may begin with it
    if not found and script == "Cyrl":
        first, last = _compound(word)
        found = [*first, *last, *(first[0] + other for other in last)] if last else list(_place_of(word))
    if script == "Hani":
        found += [a + b for a, b in pairwise(found[:3])]  # 红星 is `Red Star` and `Redstar`
    return tuple(dict.fromkeys(found))


_STEM = 3
"""Letters that stay of a word without its ending: the root of an Arabic word."""

_COMPOSED = 4
"""Characters of the longest trade name that is translated by its parts: 红星 is `redstar`."""


def parts_of_compound(word: str, script: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the first and the last part of a word mean that is known by its parts alone; its `meanings` begin with these."""
    if script != "Cyrl" or not (parts := _compound(word))[1]:
        return (), ()
    first, last = parts
    known = meanings(word, script)[: len(first) + len(last)]
    return parts if known == (*first, *last) else ((), ())


def _compound(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the parts of a compound such as `приборостроительный` mean: the first (`native_compounds.tsv`) and the rest."""
    for first, english in _first_parts().items():
        rest = word[len(first) :]
        if word.startswith(first) and len(rest) > _STEM:
            rest = rest.removeprefix("о") if first[-1] not in "оае" else rest
            found = _english(rest, "Cyrl") or _stems().get(("Cyrl", _stemmed(rest, _affixes("Cyrl")[1])), ())
            if found:
                return english, tuple(other for other in found if other not in english)
    return (), ()


@cache
def _first_parts() -> dict[str, tuple[str, ...]]:
    """First parts of Russian compounds, long ones first, with their English words."""
    found = sorted((row for row in rows("native_compounds")), key=lambda row: -len(row[1]))
    return {first: tuple(english.split()) for _, first, english, *_ in found}


def _place_of(word: str) -> tuple[str, ...]:
    """The place that a Russian, Ukrainian or Belarusian adjective is made from: `тульский`, `Tula`."""
    stem = place_stem(word)
    for short in (stem, stem[:-2]) if stem[-2:] in _JOINTS else (stem,):
        if len(short) >= _PLACE_STEM:
            latin = romanised(short)[0]
            for ending in _PLACE_ENDINGS:
                if latin + ending in _places():
                    return (latin + ending,)
    return ()


def place_stem(word: str) -> str:
    """A Cyrillic adjective without `-ский` and its endings; nothing for other words."""
    match = _ADJECTIVE.fullmatch(word)
    return match.group(1) if match else ""


_ADJECTIVE = re.compile(r"(.{2,}?)[сз]?ь?[сц][кь]к?(?:ий|ая|ое|ие|ого|ой|ому|ом|их|им|ими|ую|ій|а|е|і|ага|ае|ія)")
_JOINTS = ("ин", "ов", "ев", "ен", "ан", "ян")
_PLACE_STEM = 2
_PLACE_ENDINGS = ("", "sk", "a", "y", "o", "i", "e", "iya", "ia", "ye")


@cache
def _places() -> frozenset[str]:
    """Places and their adjectives in Latin letters, of one word."""
    return frozenset("".join(tokens(fold(name))) for name, *_ in rows("places"))


@cache
def _affixes(script: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Articles and prepositions written on to words of a script, and endings, long ones first (`data/native_affixes.tsv`)."""
    found = sorted((row for row in rows("native_affixes") if row[0] == script), key=lambda row: -len(row[2]))
    return tuple(row[2] for row in found if row[1] == "prefix"), tuple(row[2] for row in found if row[1] == "ending")


def _stemmed(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


@cache
def _stems() -> dict[tuple[str, str], tuple[str, ...]]:
    """English words by the stem of a translated word, in scripts whose words have endings."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (script, term), (english, _) in _native().items():
        endings = _affixes(script)[1]
        if endings and english:
            key = script, _stemmed(term, endings)
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *english)))
    return found


def composed(word: str, script: str) -> list[str]:
    """What the parts of a Han or Kana trade name mean, written together: at most two meanings of each of two parts."""
    script = "Kana" if script == "Jpan" else script
    least = 1 if script == "Hani" and len(word) <= _COMPOSED else _LOAN if script == "Kana" else len(word)
    for cut in range(least, len(word) - least + 1):
        first, second = _part(word[:cut], script), _part(word[cut:], script)
        if first and second:
            return [a + b for a in first[:2] for b in second[:2]]
    return []


_LOAN = 3
"""Kana of the shortest foreign word that a trade name is composed of."""


def _part(word: str, script: str) -> tuple[str, ...]:
    return _english(word, script) or of_dictionary(word, script)


def of_dictionary(word: str, script: str) -> tuple[str, ...]:
    """English words for a word that general dictionaries have: trade names are often such words, but say less by them."""
    return tuple(dict.fromkeys(_dictionary().get(word, "").split())) if script in ("Hani", "Kana") else ()


@cache
def _dictionary() -> dict[str, str]:
    """English words of each word of the dictionaries, parted by spaces."""
    return together(DICTIONARY_WORDS, " ")


def kind_of(word: str) -> str:
    """`place`, `business` or `brand` (a group of companies) for a translated word, else nothing."""
    script = token_script(word)
    return _native().get(("Hani" if script == "Jpan" else script, word), ((), ""))[1]


def _english(word: str, script: str) -> tuple[str, ...]:
    return _native().get((script, word), ((), ""))[0]
