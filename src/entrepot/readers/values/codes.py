"""Words to codes: currencies, modes of transport, incoterms."""

from __future__ import annotations

from functools import cache

from entrepot.readers.values.lists import table
from entrepot.readers.values.nulls import clean


def currency(text: str | None) -> str | None:
    """The ISO 4217 code of a currency given by code, sign or name (data/currencies.tsv), or None."""
    return _look_up("currencies", text)


def transport_mode(text: str | None) -> str | None:
    """The mode of transport, as `transport_mode` of shipments allows it (data/transport.tsv), or None."""
    return _look_up("transport", text)


def incoterm(text: str | None) -> str | None:
    """The three-letter incoterm at the beginning of a delivery condition (data/incoterms.tsv), or None."""
    return _look_up("incoterms", text)


def _look_up(name: str, text: str | None) -> str | None:
    cleaned = clean(text)
    return None if cleaned is None else _words(name).get(" ".join(cleaned.lower().split()))


@cache
def _words(name: str) -> dict[str, str]:
    return {text: code for text, code, _ in table(name)}
