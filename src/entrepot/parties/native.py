"""What words of other scripts mean in English: translated terms, with their articles and endings, and by their parts."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from entrepot.parties.datafile import rows
from entrepot.parties.text import fold, token_script
from entrepot.parties.translit import simplified


@cache
def _native() -> dict[tuple[str, str], tuple[tuple[str, ...], str]]:
    """English words and kind of each translated term of another script, those of all data files together."""
    found: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {}
    for script, term, english, kind, *_ in (
        *rows("native_words"),
        *rows("native_words_more"),
        *rows("native_words_wide"),
        *rows("native_words_signs"),
        *rows("native_words_firms"),
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
    if script == "Hani":
        found += [a + b for a, b in pairwise(found[:3])]  # 红星 is `Red Star` and `Redstar`
    return tuple(dict.fromkeys(found))


_STEM = 3
"""Letters that stay of a word without its ending: the root of an Arabic word."""

_COMPOSED = 4
"""Characters of the longest trade name that is translated by its parts: 红星 is `redstar`."""


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
    """What the parts of a Han trade name mean, written together: at most two meanings of each of two parts."""
    if script != "Hani" or len(word) > _COMPOSED:
        return []
    for cut in range(1, len(word)):
        first, second = _english(word[:cut], script), _english(word[cut:], script)
        if first and second:
            return [a + b for a in first[:2] for b in second[:2]]
    return []


def kind_of(word: str) -> str:
    """`place`, `business` or `brand` (a group of companies) for a translated word, else nothing."""
    script = token_script(word)
    return _native().get(("Hani" if script == "Jpan" else script, word), ((), ""))[1]


def _english(word: str, script: str) -> tuple[str, ...]:
    return _native().get((script, word), ((), ""))[0]
