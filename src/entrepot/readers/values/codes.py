"""Words to codes: currencies, modes of transport, delivery conditions."""

from __future__ import annotations

import re
from functools import cache

from entrepot.readers.values.lists import table
from entrepot.readers.values.nulls import clean, lower

_LOOKALIKES = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")
"""Cyrillic capitals that are typed for Latin ones in codes (СРТ for CPT)."""


def currency(text: str | None) -> str | None:
    """The ISO 4217 code of a currency given by code, sign or name (data/currencies.tsv).

    None where it is no currency, or a sign that several share: `$` is the peso of Chile as well as the dollar of the US.
    """
    cleaned = clean(text)
    if cleaned is None:
        return None
    known = _words("currencies")
    whole = known.get(_key(cleaned))
    if whole is not None:
        return whole or None
    # A code with its name (`USD - US DOLLAR`, `840 доллар США`): what is known must agree.
    found = {known.get(piece) for piece in _pieces(cleaned)} - {None, ""}
    return found.pop() if len(found) == 1 else None


def is_currency_sign(text: str | None) -> bool:
    """Whether a text is a code, sign or name of a currency, also one that several share."""
    cleaned = clean(text)
    return cleaned is not None and _key(cleaned) in _words("currencies")


def transport_mode(text: str | None) -> str | None:
    """The mode of transport, in the words that `transport_mode` of shipments allows (data/transport.tsv), or None.

    Where a number and a word stand together (`7 - CARRETERO`) the word counts, because national numbers differ. A single
    digit alone is read by UN/ECE Recommendation 19.
    """
    cleaned = clean(text)
    if cleaned is None:
        return None
    known = _words("transport")
    number = re.fullmatch(r"0*([0-9]+)(?:\.0)?", cleaned)
    whole = known.get(number[1] if number else _key(cleaned))
    if whole is not None:
        return whole
    pieces = _pieces(cleaned)
    words = {known[piece] for piece in pieces if piece in known and not piece.isdigit()}
    return words.pop() if len(words) == 1 else None


def incoterm(text: str | None) -> str | None:
    """The three letters of a delivery condition (data/incoterms.tsv), with or without a place (`CIF MERSIN`), or None."""
    cleaned = clean(text)
    if cleaned is None:
        return None
    known = _words("incoterms")
    latin = cleaned.upper().translate(_LOOKALIKES)
    first = re.match(r"([A-Z]{3})(?![A-Z])", latin)
    return known.get(_key(cleaned)) or (known.get(first[1].lower()) if first else None)


def _key(text: str) -> str:
    return " ".join(lower(text).split())


def _pieces(text: str) -> tuple[str, ...]:
    """The text between brackets, dashes and other signs, and without a number before it."""
    pieces = [_key(piece) for piece in re.split(r"[()\[\]/;:,|]+|\s[-–—]\s|(?<=\d)[-–—]|[-–—](?=\d)", text)]
    bare = [re.sub(r"^[0-9]+[ .]+", "", piece) for piece in pieces]
    return tuple(piece for piece in dict.fromkeys((*pieces, *bare)) if piece)


@cache
def _words(name: str) -> dict[str, str]:
    return {text: code for text, code, _ in table(name)}
