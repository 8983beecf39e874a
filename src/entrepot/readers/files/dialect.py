"""Tells delimiter and quote of delimited text by the consistency of its rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

DELIMITERS = ("\t", "|", ";", ",")
"""In order of preference where two split the rows alike: a comma is also a decimal sign, a tab is never text."""
_ROWS = 300
_ALIKE = 0.9
"""Share of rows of one width from which a delimiter is believed without comparing."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Delimiter, quote, and the number of cells that most rows have. `consistency` is the share of rows that have it."""

    delimiter: str
    quote: str
    width: int
    consistency: float


def sniff_dialect(sample: str, delimiter: str | None = None) -> Dialect:
    """The dialect of a sample of complete lines; width 1 where no delimiter splits the rows alike.

    Args:
        sample: the text.
        delimiter: what the user says, in place of what is found.
    """
    quote = _quote(sample)
    found = [_split_by(sample, sign, quote) for sign in ((delimiter,) if delimiter else DELIMITERS) if sign in sample]
    candidates = [dialect for dialect, _ in found if dialect.width > 1]
    if delimiter is None:
        candidates = [dialect for dialect in candidates if not _is_text(sample, dialect.delimiter)]
    if not candidates:
        return Dialect(delimiter or ",", quote, 1, 1.0)
    alike = [d for d, headed in found if d in candidates and d.consistency >= _ALIKE and headed]
    if alike:
        # Text may hold one comma in every row; a file of records is split into more cells by its own delimiter.
        widest = max(dialect.width for dialect in alike)
        return next(dialect for dialect in alike if 2 * dialect.width >= widest)
    return max(candidates, key=lambda dialect: dialect.consistency * (1 - 1 / dialect.width))


def _is_text(sample: str, delimiter: str) -> bool:
    """Whether a sign belongs to the text of a single column: the first line, which should name the columns, has none, and
    the others have a blank after it (`ZARYA CO., LTD`)."""
    lines = [line for line in sample.splitlines() if line.strip()]
    signs = sum(line.count(delimiter) for line in lines)
    blanks = sum(line.count(delimiter + " ") for line in lines)
    return delimiter not in lines[0] and blanks >= _ALIKE * signs


def _split_by(sample: str, delimiter: str, quote: str) -> tuple[Dialect, bool]:
    """The dialect with this delimiter, and whether a row of the usual width is words, as a header is."""
    reader = csv.reader(
        io.StringIO(sample, newline=""),
        delimiter=delimiter,
        quotechar=quote,
    )
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) >= _ROWS:
                break
    except csv.Error:
        # A cell beyond the module's limit: a quote that is not closed. Lines give the same answer.
        rows = [line.split(delimiter) for line in sample.splitlines()[:_ROWS] if line]
    counted = Counter(len(row) for row in rows if len(row) > 1)
    if not counted:
        return Dialect(delimiter, quote, 1, 1.0), False
    width, count = max(counted.items(), key=lambda item: (item[1], item[0]))
    headed = any(len(row) == width and not any(re.search("[0-9]", cell) for cell in row) for row in rows[:20])
    return Dialect(delimiter, quote, width, count / len(rows)), headed


def _quote(sample: str) -> str:
    """The quote: `\'` where cells stand in it and `"` does not occur, else `"` (also where the sample has none: rows that
    need it may come later)."""
    if '"' in sample:
        return '"'
    single = len(re.findall(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|\r\n]|$)", sample, re.MULTILINE))
    return "'" if single > 1 and single >= sample.count("\n") else '"'
