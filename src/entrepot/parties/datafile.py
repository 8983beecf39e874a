"""Reading the curated lists that ship with this room (`data/*.tsv`)."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/{name}.tsv` without its header, split at tabs; empty lines and `#` lines are skipped."""
    text = resources.files("entrepot.parties").joinpath("data", f"{name}.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:] if line and not line.startswith("#"))


def together(names: Iterable[str], sign: str) -> dict[str, str]:
    """What files of two columns say of each first cell: the second cells in their order, parted by `sign`."""
    found: dict[str, str] = {}
    for name in names:
        for first, second in pairs(name):
            found[first] = f"{found[first]}{sign}{second}" if first in found else second
    return found


def pairs(name: str) -> Iterator[tuple[str, str]]:
    """The two columns of `data/{name}.tsv.xz`; `#` lines are skipped. What is made of them is kept, they are not."""
    data = resources.files("entrepot.parties").joinpath("data", f"{name}.tsv.xz").read_bytes()
    lines = lzma.decompress(data).decode("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            first, _, second = line.partition("\t")
            yield first, second


NATIVE_WORDS = (
    "native_words",
    "native_words_more",
    "native_words_wide",
    "native_words_signs",
    "native_words_firms",
    "native_words_cyrillic",
    "native_words_emblems",
    "native_words_bodies",
    "native_words_regions",
)
"""Data files of translated words: `script, term, english, kind, source`."""

DICTIONARY_WORDS = ("dictionary_words_cedict", "dictionary_words_jmdict", "dictionary_words_loan")
"""Data files of words of general dictionaries, with their English words."""

KNOWN_NAMES = ("known_names_cedict", "known_names_jmnedict", "known_names_edinet", "known_names_brands")
"""Data files of organisations by their name, with their English names parted by `|`. Where several have a name, the English names of
the first stand first."""
