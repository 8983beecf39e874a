"""Loads the header words, the rules that compose them, and the codes of published formats."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from entrepot.readers.layout.folding import fold

_LETTERS_OR_DIGITS = re.compile(r"[^\d]+|\d+")
"""Headers are cut between letters and digits (`K2 form`), and so are the words of the lexicon."""

_GROUPS = {"SENDER": ("SHIPPER", "EXPORTER", "SUPPLIER"), "RECEIVER": ("CONSIGNEE", "IMPORTER", "BUYER")}
"""The two sides of a shipment, as the rules name them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase of the lexicon.

    Attributes:
        words: folded words; one that ends with `*` stands for every word that begins so.
        concept, language: what it means, and in which language.
        shy: counts only where other headers of the table speak the same language.
    """

    words: tuple[str, ...]
    concept: str
    language: str
    shy: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """How concepts compose into a canonical column (data/rules.tsv)."""

    canonical: str
    needs: tuple[frozenset[str], ...]
    may: frozenset[str]
    forbids: frozenset[str]
    score: float


@cache
def entries() -> tuple[Entry, ...]:
    """The lexicon (data/lexicon.tsv)."""
    found = []
    for concept, language, phrases in table("lexicon"):
        for phrase in phrases.split("|"):
            shy = phrase.endswith("!")
            words = tuple(
                word + "*" * star
                for word, star in (
                    (fold(piece.strip("*!")), piece.endswith("*"))
                    for part in phrase.split()
                    for piece in _LETTERS_OR_DIGITS.findall(part)
                )
                if word
            )
            if words:
                found.append(Entry(words, concept, language, shy))
    return tuple(found)


@cache
def rules() -> tuple[Rule, ...]:
    """The grammar (data/rules.tsv)."""
    found = []
    for canonical, needs, may, forbids, score in table("rules"):
        groups = tuple(frozenset(_expand(group.split("/"))) for group in needs.split())
        allowed = frozenset(_expand(may.split())).union(*groups)
        found.append(Rule(canonical, groups, allowed, frozenset(forbids.split()), float(score)))
    return tuple(found)


@cache
def formats() -> dict[str, dict[str, tuple[str, ...]]]:
    """Header code, folded and run together, to the concepts that it has in each published format (data/formats.tsv)."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, code, concepts in table("formats"):
        found.setdefault(code, {})[name] = tuple(concepts.split())
    return found


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a data file of this package, comments left out."""
    text = files("entrepot.readers.layout").joinpath("data").joinpath(f"{name}.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("# ") and line != "#")
    return tuple(tuple(row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def word_set(name: str) -> frozenset[str]:
    """The first column of a data file, folded."""
    return frozenset(fold(row[0]) for row in table(name))


def _expand(names: list[str]) -> Iterator[str]:
    for name in names:
        yield from _GROUPS.get(name, (name,))
