"""Texts that stand for no value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

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


def null_sql(expression: str) -> str:
    """A DuckDB expression: `clean` of `expression`, which should be a column.

    Written for millions of rows. Measured on 7 columns of a million rows, seconds of one core: comparing a column with a
    constant 0.0, `ascii` 0.4, its last character 0.3, `trim` 1.5, a first version of this 1.5, this 0.7. Therefore: the
    empty cell first; the long comparison only where length and first character allow it (a bit mask over the code point's
    last six bits); ends compared with the characters around which white space lies before they are looked at; the regular
    expression only where an end is white space.
    """
    start, end = f"ascii({expression})", f"{expression}[-1]"
    blank = f"{expression} < '!' OR ({expression} >= chr(160) AND {start} IN ({_SPACE_CODES}))"
    blank += f" OR {end} < '!' OR ({end} >= chr(160) AND {end} IN ({_WIDE_SPACES}))"
    first = f"((({_FIRSTS}::UBIGINT >> ({start} & 63)::UBIGINT) & 1) = 1)"
    return (
        f"CASE WHEN {expression} = '' THEN NULL "
        f"WHEN strlen({expression}) <= {_LONGEST} AND {first} AND {one_of(f'lower({expression})', _NULLS)} THEN NULL "
        f"WHEN {blank} THEN NULLIF(regexp_replace({expression}, {quoted(_TRIM)}, '', 'g'), '') "
        f"ELSE {expression} END"
    )


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


_LONGEST = max(len(text.encode()) for text in NULL_TEXTS)
_NULLS = tuple(sorted(NULL_TEXTS))
_FIRSTS = 1 | reduce(or_, (1 << (ord(c) & 63) for text in NULL_TEXTS for c in (text[0], text[0].upper())))
"""One bit for the last six bits of the code point of each first character; bit 0 for '', whose `ascii` is 0."""
_SPACE_CODES = ", ".join(str(ord(c)) for c in SPACES)
_WIDE_SPACES = ", ".join(f"chr({ord(c)})" for c in SPACES if ord(c) >= 160)
_WHITE = re2(SPACES)
_WORDS = "|".join(re.escape(text).replace("i", "[i\u0130]") for text in sorted(NULL_TEXTS))
_TRIM = f"^[{_WHITE}]*(?i:{_WORDS})[{_WHITE}]*$|^[{_WHITE}]+|[{_WHITE}]+$"
