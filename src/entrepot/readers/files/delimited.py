"""Reads delimited text to rows, recovering from broken quotes."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from entrepot.readers.files.content import open_text
from entrepot.readers.files.part import Part, Row


def read_delimited(part: Part) -> Iterator[Row]:
    """The records of a `csv` part."""
    with open_text(part) as text:
        reader = csv.reader((line.replace("\0", "") for line in text), delimiter=part.delimiter or ",")
        for number, cells in enumerate(reader, 1):
            yield Row(number, tuple(cell or None for cell in cells))
