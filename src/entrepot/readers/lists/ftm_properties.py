"""Where the properties of FollowTheMoney stand in the tables of lists; used for its JSON and for tables in its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from entrepot.model.places import country_in_address
from entrepot.readers.lists.dates import read_date
from entrepot.readers.lists.entries import Entries
from entrepot.readers.lists.identifiers import kind_of_label, labelled
from entrepot.readers.lists.tables import records

PARTY_SCHEMAS: Mapping[str, str] = {
    "Person": "Person",
    "Company": "Company",
    "Organization": "Organization",
    "PublicBody": "Organization",
    "LegalEntity": "LegalEntity",
    "Vessel": "Vessel",
    "Airplane": "Airplane",
    "Security": "Security",
    "Asset": "Thing",
    "CryptoWallet": "Thing",
    "Vehicle": "Thing",
    "RealEstate": "Thing",
    "Thing": "Thing",
}
"""FollowTheMoney's schemata that can stand on a list, and the schema of the entry."""


def add_properties(entries: Entries, entry: str, row: int, properties: Mapping[str, Sequence[str]]) -> None:
    """Names, identifiers, countries, addresses and dates among `properties`, whatever the case of their names; others add
    nothing."""
    for key, values in properties.items():
        what, kind = _placement(key)
        for value in values:
            if what == "name":
                entries.name(entry, row, value, kind, key)
            elif what == "identifier":
                _identifier(entries, entry, row, kind, key, value, properties)
            elif what == "place":
                entries.nation(entry, row, kind, value, key, _alpha2(value))
            elif what == "text":
                entries.place(entry, row, kind, value, country=country_in_address(value))
            elif what == "date":
                entries.born(entry, row, value, read_date(value), kind)


def is_placed(key: str) -> bool:
    """Whether a property has a place in the tables of lists."""
    return _placement(key) != ("", "")


def _identifier(
    entries: Entries,
    entry: str,
    row: int,
    kind: str,
    key: str,
    value: str,
    properties: Mapping[str, Sequence[str]],
) -> None:
    """An identifier; numbers that say themselves what they are (`7704730655 (Tax ID/INN)`) go by that."""
    if found := list(labelled(value)):
        for exact, number in found:
            entries.identifier(entry, row, exact, number, original=value)
        return
    country = None
    if kind in ("tax", "registration", "other", "national"):
        stated = [*properties.get("jurisdiction", ()), *properties.get("country", ())]
        codes = {code for text in stated if (code := entries.country(_alpha2(text), row, "country"))}
        country = codes.pop() if len(codes) == 1 else None
    entries.identifier(entry, row, kind, value, country=country, original=f"{key} {value}")


def _alpha2(text: str) -> str:
    """FollowTheMoney writes some territories as `ua-cri`: the country is the part before the dash."""
    return text[:2] if len(text) > 3 and text[2] == "-" else text


@cache
def _placement(key: str) -> tuple[str, str]:
    found = _table().get(key.lower())
    if found is None and (kind := kind_of_label(key)):
        return "identifier", kind
    return found or ("", "")


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {key.lower(): (what, kind) for key, what, kind, _ in records("ftm_properties.tsv")}
