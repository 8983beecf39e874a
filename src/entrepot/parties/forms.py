"""Legal forms: finds them in the words of a name and says which form and which kind (LLC, JSC, ...) they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from entrepot.parties.datafile import rows
from entrepot.parties.text import fold, tokens

_LONGEST = 8
"""Words in the longest form of the data files, after which no match is tried."""

_SHORT = 3
"""A form of up to three Latin letters (`as`, `sa`, `co`) counts only at the end of a name or, for forms that are
written in front (`ooo`, `pt`), at its beginning: in the middle such letters are words."""

_IN_FRONT = frozenset(
    ["ooo", "oao", "zao", "pao", "ao", "tov", "vat", "pat", "pt", "cv", "ip", "too", "ооо", "оао", "зао", "пао", "ао", "ип",
     "тоо", "тов", "пат", "гуп", "нао", "жшс", "llc", "llp", "jsc", "srl", "uab", "sia", "as", "ltd", "sa", "ано", "нп", "ano", "сс", "шпс", "შპს", "სს", "chp", "чп",
     "пп", "pp", "ab", "sc", "ets", "pje", "фкп", "фау", "фгу", "чуп"]
)  # fmt: skip

_ANYWHERE = frozenset(["ооо", "оао", "зао", "пао", "ао"])
"""Short forms that are no words, so that they are forms in the middle of a name too: `Филиал ПАО «Яковлев»`."""


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form: the short name it is compared by, and the kind that forms of many countries share ('' unknown)."""

    name: str
    kind: str


@cache
def _forms() -> dict[str, Form]:
    found: dict[str, Form] = {}
    for alias, form, kind, *_ in (*rows("legal_forms_more"), *rows("legal_forms")):
        key = "".join(tokens(fold(alias)))
        if key and (len(key) > 1):
            found.setdefault(key, Form(form, "" if kind == "-" else kind))
    return {key: form for key, form in found.items() if form.name != "-"}


def form_terms() -> tuple[str, ...]:
    """All forms of the data files, folded and without spaces."""
    return tuple(_forms())


def form_of(term: str) -> Form | None:
    """The form that a folded word is, or None."""
    return _forms().get(term)


@cache
def _starts() -> frozenset[str]:
    """First words of forms of several words, to skip the search at most words."""
    first = set()
    for alias, *_ in (*rows("legal_forms_more"), *rows("legal_forms")):
        words = tokens(fold(alias))
        if words:
            first.add(words[0])
            if len(words[0]) <= 4:
                first.add(words[0][0])
    return frozenset(first)


_LONG, _LONGER = 7, 9
"""Letters from which a word of a form is known with a letter left out, doubled or swapped, and with a letter changed: a
`limiter` is no `limited`."""


@cache
def _long_words() -> tuple[frozenset[str], dict[str, list[str]]]:
    """Long words of the forms, and each of them by what is left when one letter is taken out."""
    words = {
        word
        for alias, *_ in (*rows("legal_forms_more"), *rows("legal_forms"))
        for word in tokens(fold(alias))
        if len(word) >= _LONG
    }
    without: dict[str, list[str]] = {}
    for word in sorted(words):
        for key in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            without.setdefault(key, []).append(word)
    return frozenset(words), without


@lru_cache(maxsize=1 << 16)
def _mended(word: str) -> str:
    """The word of a form that `word` is but for one slip after its first letter (a letter left out, doubled, swapped or changed).

    Words that are known for themselves stay. Only names whose whole form is then known are changed by it.
    """
    words, without = _long_words()
    if word in words or word in _company_words():
        return word
    for key in (word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))):
        for one in without.get(key, ()):
            changed = len(one) == len(word) and sorted(one) != sorted(word)
            if one[0] == word[0] and not (changed and len(word) < _LONGER) and OSA.distance(one, word) <= 1:
                return one
    return word


_GLUED = (
    "limited",
    "gmbh",
    "corp",
    "llc",
    "ltd",
    "llp",
    "ooo",
    "inc",
    "plc",
    "fze",
    "jsc",
    "sarl",
    "srl",
    "bv",
    "sa",
    "ag",
)
"""Forms that clerks write on to the word before: `TRADINGLLC`."""


@cache
def _company_words() -> frozenset[str]:
    return frozenset(word for word, kind, *_ in rows("word_classes") if kind in ("business", "generic"))


def unglued(words: list[str]) -> list[str]:
    """The words of a name with a form split off a company word that it is written on to: `tradingllc`, never `ballltd`.

    Only a word that says what companies do (`data/word_classes.tsv`) is taken apart, so that no trade name is.
    """
    found: list[str] = []
    for word in words:
        if not word.endswith(_GLUED) or word in _company_words():
            found.append(word)
            continue
        form = next((f for f in _GLUED if word.endswith(f) and word[: -len(f)] in _company_words()), None)
        found += [word] if form is None else [word[: -len(form)], form]
    return found


def split_forms(words: list[str]) -> tuple[list[int], list[Form]]:
    """Which words are a legal form.

    Args:
        words: folded words of a name.

    Returns:
        For each word 0 (no form) or the number (from 1) of the form that it belongs to, and the forms. A name is never
        all form: where every word would be one, none is.
    """
    forms, starts = _forms(), _starts()
    words = [_mended(word) if len(word) >= _LONG else word for word in words]
    marks = [0] * len(words)
    if starts.isdisjoint(words) and forms.keys().isdisjoint(words):
        return marks, []
    found: list[Form] = []
    count = len(words)
    at = 0
    while at < count:
        word = words[at]
        if word not in starts and word not in forms:
            at += 1
            continue
        for size in range(min(_LONGEST, count - at), 0, -1):
            key = word if size == 1 else "".join(words[at : at + size])
            form = forms.get(key)
            if form is None or (len(key) <= _SHORT and not _at_edge(key, at, size, words, marks)):
                continue
            found.append(form)
            marks[at : at + size] = [len(found)] * size
            at += size - 1
            break
        at += 1
    if found and all(marks):
        return [0] * count, []
    return marks, found


def _at_edge(key: str, at: int, size: int, words: list[str], marks: list[int]) -> bool:
    forms = _forms()
    if key in _ANYWHERE:
        return True
    rest = words[at + size :]
    if at > 0 and (not rest or all(w in forms or len(w) == 1 for w in rest)):
        return True
    return (at == 0 or all(marks[:at])) and key in _IN_FRONT
