"""Reads the UK sanctions list as five tables: subjects, names, identifiers, countries, dates of birth."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from entrepot.model.intervals import Interval
from entrepot.readers.files import Part, Row
from entrepot.readers.lists.dates import first_day, read_date
from entrepot.readers.lists.entries import Entries
from entrepot.readers.lists.identifiers import kind_of_label, numbers
from entrepot.readers.lists.rows_of import Cells, data_rows

AUTHORITY = "UK, Foreign, Commonwealth and Development Office"
SCHEMAS = {
    "individual": "Person",
    "entity": "LegalEntity",
    "ship": "Vessel",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}

_PLACES = {"address": "address", "birth": "birth", "nationality": "nationality"}

HEADERS: dict[str, tuple[str, ...]] = {
    "uk-sanctions-subjects": ("unique_id", "subject_type", "date_designated"),
    "uk-sanctions-names": ("unique_id", "name_type", "full_name"),
    "uk-sanctions-identifiers": ("unique_id", "raw_value", "identifier_type"),
    "uk-sanctions-countries": ("unique_id", "raw_value", "country_type"),
    "uk-sanctions-birth-dates": ("unique_id", "year", "month", "day"),
}
"""The columns by which each table is recognised and that it must have."""

_Read = Callable[[Entries, Cells, Row, str], None]


def read(part: Part, entries: Entries, table: str) -> datetime.date | None:
    """One of the five tables; rows are tied together by `unique_id`.

    Returns:
        The latest change among the subjects: the list is of that day or a later one. None for the other tables.
    """
    header, data = data_rows(part, HEADERS[table])
    cell = Cells(header)
    read_row = _READERS[table]
    latest: datetime.date | None = None
    for row in data:
        if not entries.usable(row, header):
            continue
        unique_id = cell(row, "unique_id")
        if unique_id is None:
            entries.reject(row.number, "no_identifier", "a row needs a unique_id", row.cells, column="unique_id")
            continue
        read_row(entries, cell, row, unique_id)
        changed = first_day(cell(row, "last_updated"))
        latest = max(filter(None, (latest, changed)), default=None)
    if table == "uk-sanctions-subjects":
        entries.notes.append(
            "this table has no names: add subject_names.csv of the same list too; until then an entry is called by its "
            "reference"
        )
    return latest


def _subject(entries: Entries, cell: Cells, row: Row, unique_id: str) -> None:
    kind = (cell(row, "subject_type") or "").lower()
    if kind not in SCHEMAS:
        message = f"one of {', '.join(SCHEMAS)}; read as an entity"
        entries.problem("subject_type", "unknown_type", kind, message, row.number)
    stated = cell(row, "date_designated")
    listed = first_day(stated)
    if stated and listed is None:
        entries.problem("date_designated", "bad_date", stated, "a day as dd/mm/yyyy", row.number)
    references = {
        "UN reference": cell(row, "un_reference_number"),
        "OFSI group": cell(row, "ofsi_group_id"),
        "last updated": cell(row, "last_updated"),
    }
    entries.entry(
        unique_id,
        row.number,
        name=unique_id,
        schema=SCHEMAS.get(kind, "LegalEntity"),
        # the reference begins with the regime: RUS0251, AFG0001
        program=[unique_id.rstrip("0123456789")],
        listed=listed,
        remarks="; ".join(f"{name} {value}" for name, value in references.items() if value),
        named=False,
    )


def _name(entries: Entries, cell: Cells, row: Row, unique_id: str) -> None:
    name = cell(row, "full_name")
    if name is None:
        entries.reject(row.number, "no_name", "a row needs a full_name", row.cells, column="full_name")
        return
    strength = (cell(row, "alias_strength") or "").lower()
    kind = (cell(row, "name_type") or "").lower()
    kinds = {"primary": "primary", "primary_variation": "alias", "alias": "alias"}
    if kind not in kinds:
        entries.problem("name_type", "unknown_type", kind, f"one of {', '.join(kinds)}; read as alias", row.number)
    native = cell(row, "name_non_latin_script")
    entries.name(unique_id, row.number, name, "weak" if "low" in strength else kinds.get(kind, "alias"), "full_name")
    entries.name(unique_id, row.number, native, "native", "name_non_latin_script")


def _identifier(entries: Entries, cell: Cells, row: Row, unique_id: str) -> None:
    raw = cell(row, "raw_value")
    if raw is None:
        entries.reject(row.number, "no_value", "a row needs a raw_value", row.cells, column="raw_value")
        return
    label = cell(row, "identifier_type") or ""
    kind = kind_of_label(label)
    if kind is None:
        entries.problem("identifier_type", "unknown_type", label, "read as `other`", row.number)
    info = cell(row, "additional_info")
    original = f"{raw} ({info})" if info else raw
    found = numbers(raw) if kind == "registration" else []
    for exact, number, stated in found or [(kind or "other", raw, None)]:
        country = entries.country(stated, row.number, "raw_value") if stated else None
        entries.identifier(unique_id, row.number, exact, number, country=country, original=original)


def _country(entries: Entries, cell: Cells, row: Row, unique_id: str) -> None:
    raw = cell(row, "raw_value")
    if raw is None:
        entries.reject(row.number, "no_value", "a row needs a raw_value", row.cells, column="raw_value")
        return
    kind = _PLACES.get((cell(row, "country_type") or "").lower(), "country")
    # the table's own code helps where its wording is not known; it is never asked against the wording
    entries.nation(unique_id, row.number, kind, raw, "raw_value", cell(row, "iso"))


def _birth_date(entries: Entries, cell: Cells, row: Row, unique_id: str) -> None:
    stated = [cell(row, name) for name in ("year", "month", "day")]
    text = "-".join(part.zfill(2) for part in stated if part)
    if not text:
        entries.reject(row.number, "no_value", "a row needs at least a year", row.cells, column="year")
        return
    when: Interval | None = read_date(text)
    entries.born(unique_id, row.number, text, when)


_READERS: dict[str, _Read] = {
    "uk-sanctions-subjects": _subject,
    "uk-sanctions-names": _name,
    "uk-sanctions-identifiers": _identifier,
    "uk-sanctions-countries": _country,
    "uk-sanctions-birth-dates": _birth_date,
}
