"""Reads the curated words by which claims about trade are understood, once each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from entrepot.goods.lexicon import everyday_terms

_LONGEST_WORD = 3
"""Shortest length at which a final `s` is taken for a plural."""


@dataclass(frozen=True, slots=True)
class GoodsTerm:
    """Goods as a claim names them: the words, HS prefixes, and words that records use for them."""

    text: str
    prefixes: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListWords:
    """Words that name a list's authority, the list's id prefix, and its name."""

    match: re.Pattern[str]
    prefix: str
    name: str


@cache
def pattern(role: str) -> re.Pattern[str]:
    """The expression of one role in words.tsv."""
    return re.compile(_words()[role], re.IGNORECASE)


@cache
def _words() -> Mapping[str, str]:
    return MappingProxyType({row["role"]: row["match"] for row in _rows("words.tsv")})


@cache
def demonyms() -> Mapping[str, str]:
    """Adjective of nationality, lower case, to country or area."""
    return MappingProxyType({row["word"].lower(): row["country"] for row in _rows("demonyms.tsv")})


@cache
def list_words() -> tuple[ListWords, ...]:
    """Authorities whose lists claims speak of."""
    return tuple(ListWords(re.compile(r["match"], re.IGNORECASE), r["prefix"], r["name"]) for r in _rows("lists.tsv"))


def goods_term(text: str) -> GoodsTerm:
    """What a claim's goods are in HS and in the records' words; without prefixes where no term is known.

    The project's terms come first, then the everyday terms of the goods craft; the longest end of the phrase counts:
    `cheap mobile phones` is `mobile phones`.
    """
    words = [singular(w) for w in re.findall(r"[\w-]+", text.lower())]
    own, everyday = _terms()
    for start in range(len(words)):
        phrase = " ".join(words[start:])
        if phrase in own:
            return GoodsTerm(text, *own[phrase])
        if phrase in everyday:
            return GoodsTerm(text, everyday[phrase], (phrase,))
    return GoodsTerm(text, (), (" ".join(words),) if words else ())


@cache
def _terms() -> tuple[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]], Mapping[str, tuple[str, ...]]]:
    own = {r["term"]: (_split(r["hs"]), _split(r["words"])) for r in _rows("goods.tsv")}
    everyday: dict[str, set[str]] = {}
    for code, term, _ in everyday_terms():
        phrase = " ".join(singular(w) for w in re.findall(r"[\w-]+", term.lower()))
        everyday.setdefault(phrase, set()).add(code)
    return MappingProxyType(own), MappingProxyType({k: tuple(sorted(v)) for k, v in everyday.items()})


def singular(word: str) -> str:
    """A word without its plural ending, for comparing: `batteries` is `battery`."""
    if word.endswith("ies") and len(word) > _LONGEST_WORD + 1:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) and len(word) > _LONGEST_WORD:
        return word[:-1]
    return word


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (files("entrepot.findings.checks") / "data" / name).open(encoding="utf-8") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
