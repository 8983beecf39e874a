"""Loads the word lists that stand beside the readers of values."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/NAME.tsv` after its header; lines that begin with `#` are comments.

    Every row has as many cells as the header; the last column is the source.
    """
    text = resources.files("entrepot.readers.values").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    width = len(lines[0])
    for line in lines:
        if len(line) != width:
            raise ValueError(f"data/{name}.tsv: {len(line)} cells in place of {width}: {line}")
    return tuple(tuple(line) for line in lines[1:])
