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

_BOX = re.compile(
    r"^\W*(?:g|г|box|case|casilla|campo|граф[аи]|гр\.?|feld|cadre)[\s._]*(\d{1,4}[a-dа-г]?\d{0,2}(?:_\d{1,2})?)(?![^\W_])",
    re.I,
)
"""A box of the declaration before its words: `G31_1 (…)`, `Графа 33`, `Box 15a`."""

_BARE_BOX = re.compile(r"^\s*(0?\d{1,4}[A-Z]?(?:_\d{1,2})?)\s+(?=[А-Яа-яЁё])")
"""The same without a word before it, as Russian vendors write it: `022 Наименование отправителя`, `31_1 Описание`."""

_LAST_BOX = re.compile(r"\s*[(\[]\s*(?:box|case|casilla|campo|граф[аи]|гр\.?)[\s._]*(\d{1,2}[a-dа-г]?)\s*[)\]]$", re.I)
"""The same in brackets after its words: `Вес нетто (гр. 38)`."""


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
        for word in sorted(
            self.words, key=lambda word: "VALUE" in word.concepts
        ):  # a currency that is written comes first
            if "USD" in word.concepts:
                return "USD"
            if "EUR" in word.concepts:
                return "EUR"
            if "MONEY" in word.concepts:
                return word.text.rsplit(" ", 1)[-1].upper().replace("RMB", "CNY")
        return None


def headings(texts: Sequence[str | None]) -> tuple[Heading, ...]:
    """The headers of a table, read together: a short word of a language counts where others speak it too, a code is that of
    the format to which most codes belong, and a word with which nearly all begin (`SAD_`) says nothing."""
    spoken = languages(texts)
    codes = Counter(form for text in texts for form in formats().get("".join(tokens(text or "")), ()))
    form = codes.most_common(1)[0][0] if codes and codes.most_common(1)[0][1] > 1 else ""
    prefix = _shared_prefix(texts)
    translated = {words[:-1] for text in texts if (words := tokens(text or "")) and words[-1] in _ENGLISH}
    return tuple(
        heading(text or "", spoken, form, prefix, original=tokens(text or "")[:-1] in translated) for text in texts
    )


_ENGLISH = frozenset({"en", "eng", "english"})
_LONGEST_TONGUE = 3
"""`EXPORTER_NAME_TH` beside `EXPORTER_NAME_EN` is the original; names of languages and countries are written with two or three
letters."""


@lru_cache(maxsize=4096)
def heading(
    text: str, spoken: frozenset[str] = frozenset(), form: str = "", prefix: str = "", *, original: bool = False
) -> Heading:
    """One header.

    Args:
        text: the header.
        spoken: languages of the headers of its table.
        form: the published format to which most field names of the table belong. A name of another format that is plain English
            (`LINE_NUM`) is read by its words.
        prefix: a word with which nearly all headers of the table begin.
        original: whether another header of the table differs only in its last word, which says that it is English.
    """
    shown = " ".join(text.split())
    words = tokens(shown)
    known = formats().get("".join(words))
    if known and (form in known or not _in_words(words, spoken)):
        name = form if form in known else next(iter(known))
        return Heading(shown, _as_words(shown, known[name]), name)
    boxed = _BOX.match(shown) or _BARE_BOX.match(shown) or _LAST_BOX.search(shown)
    if boxed:
        code = "g" + fold(boxed[1]).replace("_", "").replace("а", "a").replace("б", "b")
        box = formats().get(code) or formats().get(code.replace("g0", "g", 1)) or formats().get("g0" + code[1:]) or {}
        rest = read_words(tokens(shown[: boxed.start()] + shown[boxed.end() :]), spoken)
        if "sad" in box:
            said = {concept for word in rest for concept in word.concepts}
            silent = tuple(concept for concept in box["sad"] if concept not in said)
            return Heading(shown, (*_as_words(boxed[0], silent), *rest), "sad")
    if prefix and len(words) > 1 and words[0] == prefix:
        words = words[1:]
    if original and len(words) > 1 and len(words[-1]) <= _LONGEST_TONGUE and words[-1] not in _ENGLISH:
        words = words[:-1]
    return Heading(shown, read_words(words, spoken))


def _in_words(words: Sequence[str], spoken: frozenset[str]) -> bool:
    """Whether a name is plain English, or several words of one language that the table speaks (`PESO BRUTO TOTAL`)."""
    read = read_words(words, spoken)
    tongues = [{meaning.language for meaning in word.meanings} for word in read]
    return all("en" in tongue for tongue in tongues) or (
        len(read) > 1 and bool(frozenset.intersection(spoken, *map(frozenset, tongues)))
    )


def _shared_prefix(texts: Sequence[str | None]) -> str:
    first = Counter(words[0] for text in texts if text and len(words := tokens(text)) > 1)
    if not first:
        return ""
    word, count = first.most_common(1)[0]
    return word if count >= 4 and count >= 0.7 * sum(bool(text) for text in texts) else ""


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
