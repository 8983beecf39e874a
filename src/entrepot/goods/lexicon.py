"""Reads the curated data files of goods, once each."""

from __future__ import annotations

import csv
import gzip
import itertools
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from entrepot.data import HS2022, bundled
from entrepot.errors import InputError


@cache
def descriptions() -> Mapping[str, str]:
    """HS 2022 code of 2, 4 or 6 digits to its description."""
    with gzip.open(bundled(HS2022), "rt", encoding="utf-8", newline="") as handle:
        return MappingProxyType({row["hs_code"]: row["description"] for row in csv.DictReader(handle)})


@cache
def everyday_terms() -> tuple[tuple[str, str, str], ...]:
    """(code of 2, 4 or 6 digits, everyday description, source), curated first."""
    found: list[tuple[str, str, str]] = []
    for name in ("everyday_terms.tsv", "foreign_terms.tsv", "uk_everyday.tsv"):
        for row in rows(name):
            found += [(row["code"], term.strip(), row["source"]) for term in row["terms"].split(";") if term.strip()]
    for row in rows("garment_grid.tsv"):
        parts = [row[name].split("|") for name in ("wearer", "fabric", "material", "garment")]
        found += [(row["code"], " ".join(filter(None, words)), row["source"]) for words in itertools.product(*parts)]
    return tuple(found)


@cache
def synonyms() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Everyday word or phrase to the nomenclature's words with their weights."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in rows("synonyms.tsv"):
        for word in row["words"].split(";"):
            found.setdefault(word.strip(), []).append((row["means"], float(row["weight"])))
    return MappingProxyType({word: tuple(means) for word, means in found.items()})


@cache
def segment_cues() -> Mapping[str, float]:
    """Words that open a part of the text, to the weight of what follows."""
    return MappingProxyType({row["cue"]: float(row["weight"]) for row in rows("segment_cues.tsv")})


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about goods."""
    return frozenset(word for row in rows("stop_words.tsv") for word in row["words"].split())


@cache
def boilerplate() -> tuple[str, ...]:
    """Phrases of forms and couriers, lower case, longest first."""
    return tuple(sorted((row["phrase"] for row in rows("boilerplate.tsv")), key=len, reverse=True))


@cache
def vague_terms() -> frozenset[str]:
    """Whole descriptions that say too little, lower case."""
    return frozenset(row["term"] for name in ("uk_vague.tsv", "vague_terms.tsv") for row in rows(name))


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated file in `goods/data`; lines that start with `#` are comments.

    Raises:
        InputError: a row has more or fewer columns than the header.
    """
    text = files("entrepot.goods").joinpath("data", name).read_text(encoding="utf-8")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    header = lines[0][1].split("\t")
    for number, line in lines[1:]:
        values = line.split("\t")
        if len(values) != len(header):
            raise InputError(
                f"{len(values)} columns where the header has {len(header)}", file=name, row=number, value=line
            )
        yield dict(zip(header, values, strict=True))
