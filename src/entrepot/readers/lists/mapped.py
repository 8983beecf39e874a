"""Reads any table of parties as a list, with columns that are given or inferred from the words of the header."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import cache

from entrepot.errors import InputError
from entrepot.model.places import country, country_in_address
from entrepot.readers.files import Part, Row
from entrepot.readers.lists.dates import first_day, read_date
from entrepot.readers.lists.entries import Entries, clean
from entrepot.readers.lists.identifiers import kind_of_label
from entrepot.readers.lists.rows_of import Cells, data_rows, head_of, header_of
from entrepot.readers.lists.tables import records

Mapping_ = Mapping[str, str | Sequence[str]]

FIELDS = (
    "name",
    "id",
    "alias",
    "former",
    "native",
    "schema",
    "country",
    "nationality",
    "address",
    "program",
    "authority",
    "listed",
    "delisted",
    "birth_date",
    "remarks",
    "identifier",
)
"""What a column can be mapped to. `identifier:KIND` (`identifier:inn`) maps a column to one kind of identifier."""

_MANY = re.compile(r"\s*[;|\n]\s*")


def infer(part: Part) -> dict[str, list[str]]:
    """Field to columns, from the words of the header; a column whose words are not known stays out.

    Where no header is known to hold names, the first that has a word for names among others (`Наименование лица`) does. Other
    names are taken for the names only where no column is left that could hold them.
    """
    return _inferred(header_of(head_of(part)))


def _inferred(header: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for column in header:
        if column and (fields := _field(column)):
            found.setdefault(fields, []).append(column)
    if "name" not in found:
        left = [column for column in header if column and not _field(column)]
        if named := next((column for column in left if _says_name(column)), None):
            found["name"] = [named]
        elif not left and not found.get("id") and "alias" in found:
            found["name"] = [found["alias"].pop(0)]
    return {field: columns for field, columns in found.items() if columns}


def is_list(header: Sequence[str], *, said: bool = False) -> bool:
    """Whether the header names parties and what only a list says of them, and no goods; parties alone where the user says that it is one."""
    mapping = _inferred(header)
    if said:
        return "name" in mapping
    goods = any(word in column.replace("_", " ").split() for column in header for word in _words_of("goods"))
    return "name" in mapping and any(_plain(column) in _words_of("marks") for column in header) and not goods


def read(part: Part, entries: Entries, mapping: Mapping_ | None = None) -> None:
    """One entry a row. Without an id column an entry is known by its name. Several aliases stand with `;`, `|` or line
    breaks between.

    Args:
        mapping: field of FIELDS to the header of a column or several; None infers it and says so in the notes.

    Raises:
        InputError: no column holds names, or a mapped column is not there.
    """
    chosen = _resolved(part, mapping if mapping is not None else infer(part))
    if mapping is None:
        pairs = "; ".join(f"{field} = {', '.join(columns)}" for field, columns in chosen.items())
        entries.notes.append(f"columns were told by their headers: {pairs}")
    header, data = data_rows(part, [column for columns in chosen.values() for column in columns])
    unmapped = [column for column in header if column and not any(column in columns for columns in chosen.values())]
    if unmapped:
        entries.notes.append(f"columns that are not read: {', '.join(unmapped)}")
    cell = Cells(header)
    for row in data:
        if entries.usable(row, header):
            _row(entries, cell, row, chosen)


def _row(entries: Entries, cell: Cells, row: Row, columns: Mapping[str, Sequence[str]]) -> None:
    def values(field: str) -> list[str]:
        return [text for column in columns.get(field, ()) if (text := cell(row, column))]

    names = values("name")
    name = clean(" ".join(names))
    if name is None:
        column = columns["name"][0]
        entries.reject(row.number, "no_name", "a row needs a name", row.cells, column=column)
        return
    dates = {field: _day(entries, row.number, columns, field, values(field)) for field in ("listed", "delisted")}
    entry = entries.entry(
        (values("id") or [name])[0],
        row.number,
        name=name,
        schema=_schema(entries, row.number, values("schema")),
        program=[program for text in values("program") for program in _MANY.split(text)],
        listed=dates["listed"],
        delisted=dates["delisted"],
        authority=next(iter(values("authority")), None),
        remarks="; ".join(values("remarks")),
    )
    for field in ("alias", "former", "native"):
        for text in values(field):
            for alias in _MANY.split(text):
                entries.name(entry, row.number, alias, field, columns[field][0])
    stated = {code for text in values("country") if (code := country(text, numeric=False))}
    alpha2 = stated.pop() if len(stated) == 1 else None
    for field in ("country", "nationality"):
        for text in values(field):
            for part_of in _MANY.split(text):
                entries.nation(entry, row.number, field, part_of, columns[field][0])
    for text in values("address"):
        entries.place(entry, row.number, "address", text, country=country_in_address(text))
    for text in values("birth_date"):
        entries.born(entry, row.number, text, read_date(text))
    for field in columns:
        if field.startswith("identifier"):
            _, _, kind = field.partition(":")
            for text in values(field):
                for value in _MANY.split(text):
                    entries.identifier(entry, row.number, kind or "other", value, country=alpha2)


def _resolved(part: Part, mapping: Mapping_) -> dict[str, list[str]]:
    chosen = {
        field: [columns.strip().lower()] if isinstance(columns, str) else [c.strip().lower() for c in columns]
        for field, columns in mapping.items()
    }
    if unknown := [field for field in chosen if field.split(":")[0] not in FIELDS]:
        raise InputError(
            "the mapping names a field that lists do not have",
            file=part.label,
            value=unknown[0],
            remedy=f"one of {', '.join(FIELDS)}",
        )
    if not chosen.get("name"):
        header = ", ".join(filter(None, header_of(head_of(part))))
        raise InputError(
            "no column could be told to hold the names", file=part.label, remedy=f"map `name` to one of: {header}"
        )
    return chosen


def _day(
    entries: Entries, row: int, columns: Mapping[str, Sequence[str]], field: str, texts: list[str]
) -> datetime.date | None:
    if not texts:
        return None
    found = first_day(texts[0])
    if found is None:
        entries.problem(columns[field][0], "bad_date", texts[0], "a day, as 2024-12-31 or 31.12.2024", row)
    return found


def _schema(entries: Entries, row: int, texts: list[str]) -> str:
    if not texts:
        return "LegalEntity"
    found = _types().get(texts[0].lower())
    if found is None:
        entries.problem("schema", "unknown_type", texts[0], "read as LegalEntity", row)
    return found or "LegalEntity"


def _field(column: str) -> str | None:
    words = _plain(column)
    if found := _words().get(words):
        return found
    if kind := kind_of_label(words):
        return f"identifier:{kind}"
    return _words().get(re.sub(r" \d+$", "", words))


def _says_name(column: str) -> bool:
    words = _plain(column).split()
    return any(word in _words_of("name") for word in words) and not any(word in _words_of("goods") for word in words)


def _plain(column: str) -> str:
    return " ".join(re.sub(r"[^\w№#]|_", " ", column).split())


@cache
def _words() -> dict[str, str]:
    return {
        word: field
        for field, words, *_ in records("header_words.tsv")
        if field not in ("goods", "marks")
        for word in words.split("|")
    }


@cache
def _words_of(field: str) -> frozenset[str]:
    return frozenset(
        word for name, words, _ in records("header_words.tsv") if name == field for word in words.split("|")
    )


@cache
def _types() -> dict[str, str]:
    return {word: schema for schema, words, *_ in records("schema_words.tsv") for word in words.split("|")}
