"""Texts that stand for no value."""

from __future__ import annotations

import re
from collections.abc import Iterable

from entrepot.readers.values.lists import table

NULL_TEXTS = frozenset(text for text, _ in table("nulls"))
"""Lower-case texts that mean NULL (data/nulls.tsv)."""

SPACES = "\t\n\r \u00a0\u2009\u200b\u202f\u3000\ufeff"
"""What is trimmed: the white space that customs files have at the ends of cells, no-break and ideographic space and the
zero-width characters that copying leaves among them. Short, because SQL looks for each in every cell."""


def clean(text: str | None) -> str | None:
    """The text without white space around it; None where it stands for no value."""
    if text is None:
        return None
    trimmed = text.strip(SPACES)
    return None if not trimmed or lower(trimmed) in NULL_TEXTS else trimmed


def is_null(text: str | None) -> bool:
    """Whether a cell stands for no value."""
    return clean(text) is None


def null_texts(samples: Iterable[str | None]) -> tuple[str, ...]:
    """The texts for no value that samples of a column hold, as written, sorted."""
    return tuple(sorted({text for text in samples if text is not None and is_null(text)}))


def null_sql(expression: str, *, padded: bool = True) -> str:
    """A DuckDB expression: `clean` of `expression`, which should be a column.

    Written for millions of rows. Measured on a million names, seconds of one core: comparing a column with a constant or a
    range of texts 0.01, `ascii` 0.02, its last character 0.05 to 0.1, a list of 56 texts 0.1, `trim` 0.2, a regular expression
    0.25. Therefore: the empty cell first; the list only where the number of bytes and the first character allow it (for each
    number of bytes a bit mask over the code point's last six bits); ends compared with the ranges in which white space lies
    before they are looked at; the regular expression only where an end is white space.

    Args:
        padded: False where no cell of the file begins or ends with white space.
    """
    first = f"(({_MASKS}[strlen({expression}) + 1] >> (ascii({expression}) & 63)::UBIGINT) & 1) = 1"
    null = f"strlen({expression}) <= {_LONGEST} AND {first} AND {one_of(f'lower({expression})', _NULLS)}"
    trimmed = f"WHEN {_padded(expression)} THEN NULLIF(regexp_replace({expression}, {quoted(_TRIM)}, '', 'g'), '') "
    return (
        f"CASE WHEN {expression} = '' THEN NULL WHEN {null} THEN NULL {trimmed if padded else ''}ELSE {expression} END"
    )


def _padded(expression: str) -> str:
    """Whether a text that is not empty begins or ends with white space."""
    last = f"{expression}[-1]"
    return f"{_space(expression, f'left({expression}, 1)')} OR {_space(last, last)}"


def _space(text: str, character: str) -> str:
    """Whether the first character of a text is one of `SPACES`: texts compare as their UTF-8 bytes do, that is by code point."""
    ranges = " OR ".join(f"({text} >= chr({a}) AND {text} < chr({b}))" for a, b in _RANGES)
    return f"{text} < '!' OR ({text} >= chr({_RANGES[0][0]}) AND ({ranges}) AND {character} IN ({_WIDE_SPACES}))"


def one_of(expression: str, texts: Iterable[str]) -> str:
    """A DuckDB expression: whether `expression` is one of the texts; NULL where it is NULL."""
    return f"{expression} IN ({', '.join(map(quoted, texts))})"


def lower(text: str) -> str:
    """Lower case as DuckDB has it: the Turkish capital I with a dot becomes i and nothing else."""
    return text.replace("\u0130", "i").lower()


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def re2(pattern: str) -> str:
    """A regular expression of Python as RE2 reads it and a person can see it: invisible characters escaped."""
    return "".join(c if c == " " or c.isprintable() else f"\\x{{{ord(c):x}}}" for c in pattern)


_NULLS = tuple(sorted(NULL_TEXTS))


_CAPITALS = {"i": "\u0130", "k": "\u212a"}
"""Letters that `lower` makes shorter: the Turkish capital I with a dot and the Kelvin sign."""


def _masks() -> list[int]:
    """For each number of bytes of a text that `lower` makes one of `NULL_TEXTS`: a bit for the last six bits of the code point of
    each first character."""
    masks: dict[int, int] = {}
    for text in NULL_TEXTS:
        shortest = len(text.encode())
        more = sum(len(_CAPITALS[c].encode()) - 1 for c in text if c in _CAPITALS)
        for length in range(shortest, shortest + more + 1):
            for first in (text[0], text[0].upper(), _CAPITALS.get(text[0], text[0])):
                masks[length] = masks.get(length, 0) | 1 << (ord(first) & 63)
    return [masks.get(length, 0) for length in range(max(masks) + 1)]


_LONGEST = len(_masks()) - 1
_MASKS = "[" + ", ".join(f"{mask}::UBIGINT" for mask in _masks()) + "]"
_RANGES = ((0xA0, 0xA1), (0x2009, 0x3001), (0xFEFF, 0xFF00))
"""Code points among which the white space beyond ASCII lies: [from, to)."""
_WIDE_SPACES = ", ".join(f"chr({ord(c)})" for c in SPACES if ord(c) >= 160)
_WHITE = re2(SPACES)
_WORDS = "|".join(re.escape(text).replace("i", "[i\u0130]") for text in sorted(NULL_TEXTS))
_TRIM = f"^[{_WHITE}]*(?i:{_WORDS})[{_WHITE}]*$|^[{_WHITE}]+|[{_WHITE}]+$"
