"""Loads the data files of this package: line patterns and words that betray a language."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class LinePattern:
    """One rule of `line_patterns.tsv`.

    Attributes:
        rule: its id.
        kind: the paragraph kind that it gives.
        scope: `line` for this line; `next` for this line and the one paragraph after it; `rest` for all that follows.
        pattern: matched against the whole line, case ignored.
    """

    rule: str
    kind: str
    scope: str
    pattern: re.Pattern[str]


@cache
def line_patterns() -> tuple[LinePattern, ...]:
    """The rules that mark lines, in order."""
    return tuple(
        LinePattern(row["rule"], row["kind"], row["scope"], re.compile(rf"(?:{row['pattern']})\Z", re.IGNORECASE))
        for row in _rows("line_patterns.tsv")
    )


@cache
def language_words() -> dict[str, frozenset[str]]:
    """Function words by ISO 639-1 language code."""
    return {row["language"]: frozenset(row["words"].split()) for row in _rows("language_words.tsv")}


def _rows(name: str) -> list[dict[str, str]]:
    text = files("entrepot.readers.documents").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
