"""Reading the curated lists that ship with this room (`data/*.tsv`)."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/{name}.tsv` without its header, split at tabs; empty lines and `#` lines are skipped."""
    text = resources.files("entrepot.parties").joinpath("data", f"{name}.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:] if line and not line.startswith("#"))


NATIVE_WORDS = (
    "native_words",
    "native_words_more",
    "native_words_wide",
    "native_words_signs",
    "native_words_firms",
    "native_words_cyrillic",
    "native_words_emblems",
)
"""Data files of translated words: `script, term, english, kind, source`."""
