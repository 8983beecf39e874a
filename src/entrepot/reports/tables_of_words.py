"""Reads the data files of this room."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a TSV file under `reports/data`; lines that begin with `#` are comments."""
    text = files("entrepot.reports").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def words(name: str, group: str) -> frozenset[str]:
    """The words of one group in a TSV file with columns `group` and `word`."""
    return frozenset(row["word"] for row in rows(name) if row["group"] == group)
