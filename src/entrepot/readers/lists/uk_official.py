"""Reads the UK sanctions list, and OFSI's former consolidated list, as the publisher's one table: a row a name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import cache

from entrepot.errors import InputError
from entrepot.readers.files import Part, Row, rows
from entrepot.readers.lists.dates import first_day, read_date
from entrepot.readers.lists.entries import Entries, clean
from entrepot.readers.lists.identifiers import numbers
from entrepot.readers.lists.rows_of import head_of
from entrepot.readers.lists.tables import records
from entrepot.readers.lists.uk import SCHEMAS

_HEADER_SOUGHT = 5
"""The publisher puts the date of the report in a row before the header."""

_NEEDED = ("id", "name_6", "name_type")
_KINDS = {
    "primary name": "primary",
    "primary name variation": "alias",
    "aka": "alias",
    "alias": "alias",
    "fka": "former",
}
_FIRST_NAMES = ("name_1", "name_2", "name_3", "name_4", "name_5")
_ADDRESS = ("address_1", "address_2", "address_3", "address_4", "address_5", "address_6", "postcode", "address_country")
_NUMBERED = re.compile(r"\s*\(\d{1,2}\)\s*")


def is_official(head: Sequence[Row]) -> bool:
    """Whether the first rows hold the publisher's header."""
    return _find_header(head) is not None


def read(part: Part, entries: Entries) -> datetime.date | None:
    """All rows of one reference become one entry; returns the date of the report.

    Raises:
        InputError: the header is not there.
    """
    found = _find_header(head_of(part))
    if found is None:
        raise InputError(
            "the header of the UK list is not there",
            file=part.label,
            remedy="a row with Unique ID (or Group ID), Name 6 and Name type (or Alias Type)",
        )
    at, columns, stated = found
    width = max(columns.values()) + 1
    groups: dict[str, list[tuple[Row, dict[str, str]]]] = {}
    for row in rows(part):
        if row.number <= at or row.empty:
            continue
        entries.rows_in += 1
        values = {f: text for f, i in columns.items() if i < len(row.cells) and (text := clean(row.cells[i]))}
        reference = values.get("id")
        if row.rejected or len(row.cells) < width or reference is None or not (_name(values) or values.get("native")):
            message = "a row needs as many cells as the header, a reference and a name"
            entries.reject(row.number, "no_name", message, row.cells)
            continue
        groups.setdefault(reference, []).append((row, values))
    for reference, group in groups.items():
        _entry(entries, reference, group)
    return stated


def _entry(entries: Entries, reference: str, group: list[tuple[Row, dict[str, str]]]) -> None:
    named = [(row, values) for row, values in group if _name(values)]
    primary = [(row, values) for row, values in named if _kind(values) == "primary"]
    row, first = (primary or named or group)[0]
    kind = (first.get("type") or "").lower()
    schema = SCHEMAS.get(kind)
    if schema is None:
        entries.problem("type", "unknown_type", kind, "Individual, Entity or Ship; read as an entity", row.number)
    remarks = [first[key] for key in ("position", "reasons", "other") if key in first]
    entry = entries.entry(
        reference,
        row.number,
        name=_name(first) or first["native"],
        schema=schema or "LegalEntity",
        program=[first.get("regime", "")],
        listed=first_day(first.get("designated")) or first_day(first.get("listed")),
        remarks="; ".join(remarks),
    )
    for line, values in group:
        number = line.number
        entries.name(entry, number, _name(values), _kind(values), "Name 6")
        entries.name(entry, number, values.get("native"), "native", "Name non-latin script")
        address = ", ".join(values[key] for key in _ADDRESS if key in values)
        country = entries.country(values.get("address_country"), number, "Address Country")
        entries.place(entry, number, "address", address, country)
        for text in _many(values.get("nationality")):
            entries.nation(entry, number, "nationality", text, "Nationality")
        for text in _many(values.get("flag")):
            entries.nation(entry, number, "flag", text, "Current believed flag of ship")
        for text in _many(values.get("birth_date")):
            entries.born(entry, number, text, read_date(text))
        birth = ", ".join(filter(None, (values.get("birth_town"), values.get("birth_country"))))
        for text in _many(values.get("birth_country")):
            entries.place(entry, number, "birth", birth, entries.country(text, number, "Country of birth"))
        for exact, value, _ in numbers(values.get("registration") or ""):
            entries.identifier(entry, number, exact, value, original=values["registration"])
        for key in ("passport", "national", "imo", "phone", "email", "website"):
            for text in _many(values.get(key)):
                entries.identifier(entry, number, key, text, original=text)
        _owners(entries, entry, number, values)


def _owners(entries: Entries, entry: str, number: int, values: dict[str, str]) -> None:
    owned = entries.names_of(entry) or entry
    for text in _many(values.get("parent")):
        entries.owns(
            number, owner=text, owned=owned, owned_entry=entry, relation="subsidiary", original="Parent company"
        )
    for text in _many(values.get("subsidiaries")):
        entries.owns(number, owner=owned, owned=text, owner_entry=entry, relation="subsidiary", original="Subsidiaries")
    for text in _many(values.get("owner")):
        entries.owns(number, owner=text, owned=owned, owned_entry=entry, relation="controls", original="Owner/operator")


def _name(values: dict[str, str]) -> str | None:
    """Given names, then the family name or the name of the entity, as the publisher orders them for reading."""
    return clean(" ".join(values[key] for key in (*_FIRST_NAMES, "name_6") if key in values))


def _kind(values: dict[str, str]) -> str:
    if "low" in values.get("strength", "").lower():
        return "weak"
    return _KINDS.get(values.get("name_type", "").lower(), "alias")


def _many(text: str | None) -> Iterator[str]:
    """`(1) Russia (2) Cyprus` is two; one value has no number."""
    for piece in _NUMBERED.split(text or ""):
        if piece.strip(" .;"):
            yield piece.strip(" ;")


def _find_header(head: Sequence[Row]) -> tuple[int, dict[str, int], datetime.date | None] | None:
    """Number of the header row, field to index of the cell, and the date in a row before it."""
    stated: datetime.date | None = None
    for row in head[:_HEADER_SOUGHT]:
        columns: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            if field := _fields().get(re.sub(r"[\W_]+", " ", (cell or "").lower()).strip()):
                columns.setdefault(field, index)
        if all(field in columns for field in _NEEDED):
            return row.number, columns, stated
        words = " ".join(filter(None, row.cells))
        if match := re.search(r"\d{4}-\d{2}-\d{2}|\d{1,2}[-/. ]\w{2,9}[-/. ]\d{4}", words):
            stated = first_day(match[0].replace("-", " ") if re.search(r"[A-Za-z]", match[0]) else match[0])
    return None


@cache
def _fields() -> dict[str, str]:
    return {word: field for field, words, _ in records("uk_columns.tsv") for word in words.split("|")}
