"""Tells delimiter and quote of delimited text by the consistency of its rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
_ROWS = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """Delimiter, quote, and the number of cells that most rows have. `consistency` is the share of rows that have it."""

    delimiter: str
    quote: str | None
    width: int
    consistency: float


def sniff_dialect(sample: str) -> Dialect:
    """The dialect of a sample of complete lines. One column (width 1) where no delimiter splits the rows alike."""
    best = Dialect(",", '"' if '"' in sample else None, 1, 1.0)
    best_score = 0.0
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        widths = []
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            for row in reader:
                if row:
                    widths.append(len(row))
                if len(widths) >= _ROWS:
                    break
        except csv.Error:
            continue
        if not widths:
            continue
        width, count = max(Counter(widths).items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        if width < 2:
            continue
        consistency = count / len(widths)
        score = consistency * (1 - 1 / width)
        if score > best_score:
            best, best_score = Dialect(delimiter, '"' if '"' in sample else None, width, consistency), score
    return best
