"""Texts that stand for no value."""

from __future__ import annotations

from entrepot.readers.values.lists import table

NULL_TEXTS = frozenset(text for text, _ in table("nulls"))
"""Lower-case texts that mean NULL (data/nulls.tsv)."""

SPACES = " \t\n\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u2060\u3000\ufeff"
"""What is trimmed: Unicode white space, and the zero-width characters that copying from web pages leaves."""


def clean(text: str | None) -> str | None:
    """The text without white space around it; None where it stands for no value."""
    if text is None:
        return None
    trimmed = text.strip(SPACES)
    return None if not trimmed or trimmed.lower() in NULL_TEXTS else trimmed


def is_null(text: str | None) -> bool:
    """Whether a cell stands for no value."""
    return clean(text) is None


def null_sql(expression: str) -> str:
    """A DuckDB expression: the trimmed text of `expression`, NULL where `clean` gives None."""
    spaces = quoted(SPACES)
    longest = max(map(len, NULL_TEXTS))
    nulls = ", ".join(quoted(text) for text in sorted(NULL_TEXTS))
    trimmed = f"trim({expression}, {spaces})"
    return (
        f"CASE WHEN {trimmed} = '' THEN NULL "
        f"WHEN length({trimmed}) <= {longest} AND lower({trimmed}) IN ({nulls}) THEN NULL ELSE {trimmed} END"
    )


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
