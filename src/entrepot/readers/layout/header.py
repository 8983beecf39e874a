"""Reads a header: its words, the concepts that they can stand for, and what could not be understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from entrepot.readers.layout.folding import fold, tokens
from entrepot.readers.layout.lexicon import formats
from entrepot.readers.layout.words import Meaning, Word, read_words

_BOX = re.compile(r"^\W*(?:g|г|box|case|casilla|campo|граф[аи]|гр\.?|feld|cadre)\s*\.?\s*(\d{1,4}[a-dа-г]?\d{0,2}(?:_\d{1,2})?)(?![^\W_])", re.I)
"""A box of the declaration before its words: `G31_1 (…)`, `Графа 33`, `Box 15a`."""

_BARE_BOX = re.compile(r"^\s*(0?\d{1,4}[A-Z]?(?:_\d{1,2})?)\s+(?=[А-Яа-яЁё])")
"""The same without a word before it, as Russian vendors write it: `022 Наименование отправителя`, `31_1 Описание`."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A header as read.

    Attributes:
        text: as it stands in the file, white space made single.
        words: what it is made of, in order.
        format: the published format whose field name it is, where it is one.
    """

    text: str
    words: tuple[Word, ...]
    format: str | None = None

    @property
    def concepts(self) -> frozenset[str]:
        """Everything that its words can stand for."""
        return frozenset(concept for word in self.words for concept in word.concepts)

    @property
    def known(self) -> float:
        """Share of its words that mean something."""
        return sum(bool(word.concepts) for word in self.words) / len(self.words) if self.words else 0.0

    @property
    def currency(self) -> str | None:
        """The currency that the header names by its code: `INR` in `VALUE_INR`, `USD` in `FOB (US$)`."""
        for word in self.words:
            if "USD" in word.concepts:
                return "USD"
            if "EUR" in word.concepts:
                return "EUR"
            if "MONEY" in word.concepts:
                return word.text.upper().replace("RMB", "CNY")
        return None


def headings(texts: Sequence[str | None]) -> tuple[Heading, ...]:
    """The headers of a table, read together: a short word of a language counts where others speak it too."""
    spoken = languages(texts)
    return tuple(heading(text or "", spoken) for text in texts)


@lru_cache(maxsize=4096)
def heading(text: str, spoken: frozenset[str] = frozenset()) -> Heading:
    """One header, in a table whose headers speak the languages `spoken`."""
    shown = " ".join(text.split())
    known = formats().get("".join(tokens(shown)))
    if known:
        name, concepts = known
        return Heading(shown, _as_words(shown, concepts), name)
    boxed = _BOX.match(shown) or _BARE_BOX.match(shown)
    if boxed:
        code = "g" + fold(boxed[1]).replace("_", "").replace("а", "a").replace("б", "b")
        box = formats().get(code) or formats().get(code.replace("g0", "g", 1)) or formats().get("g0" + code[1:])
        words = read_words(tokens(shown[boxed.end() :]), spoken)
        if box:
            said = {concept for word in words for concept in word.concepts}
            silent = tuple(concept for concept in box[1] if concept not in said)
            return Heading(shown, (*_as_words(boxed[0], silent), *words), "sad")
    return Heading(shown, read_words(tokens(shown), spoken))


@lru_cache(maxsize=256)
def _languages(texts: tuple[str, ...]) -> frozenset[str]:
    heard: Counter[str] = Counter()
    for text in texts:
        found = {
            language
            for word in read_words(tokens(text), frozenset())
            for _, language in word.meanings
            if len(word.text) > 3 and not word.cost
        }
        if "en" not in found:  # `total`, `importer` and the like belong to many languages
            heard.update(found)
    return frozenset(language for language, count in heard.items() if count >= 2)


def languages(texts: Sequence[str | None]) -> frozenset[str]:
    """The languages, other than English, that at least two of the headers speak."""
    return _languages(tuple(text or "" for text in texts))


def _as_words(text: str, concepts: Sequence[str]) -> tuple[Word, ...]:
    return tuple(Word(fold(text), frozenset({Meaning(concept, "")})) for concept in concepts)
