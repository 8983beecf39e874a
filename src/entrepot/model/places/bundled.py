"""Reads the tab-separated data files of this package."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Iterator
from importlib.resources import files


def records(name: str) -> Iterator[list[str]]:
    """The rows of the data file `name` after its header, each a list of cells; lines that start with `#` are comments."""
    for line in lines(name):
        yield line.split("\t")


def lines(name: str) -> Iterator[str]:
    """The rows of the data file `name` as they stand, for files of which few are asked for."""
    raw = files(__package__).joinpath("data", name).read_bytes()
    unpacked = {".gz": gzip.decompress, ".xz": lzma.decompress}.get(name[-3:])
    text = (unpacked(raw) if unpacked else raw).decode("utf-8")
    rows = (line for line in text.split("\n") if line and not line.startswith("#"))
    next(rows)
    return rows
