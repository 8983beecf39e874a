"""Reads the tab-separated data files of this package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def records(name: str) -> Iterator[list[str]]:
    """The rows of data file `name` after its header, each a list of cells; lines that start with `#` are comments."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    lines = (line for line in text.split("\n") if line and not line.startswith("#"))
    next(lines)
    for line in lines:
        yield line.split("\t")
