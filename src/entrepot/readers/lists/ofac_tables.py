"""Reads OFAC's SDN list as tables: the publisher's three files without a header, and a tidy CSV or JSON of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence

from entrepot.errors import InputError
from entrepot.readers.files import Part, Row, read_bytes, rows
from entrepot.readers.lists.dates import first_day
from entrepot.readers.lists.entries import Entries
from entrepot.readers.lists.ofac_remarks import read_remarks
from entrepot.readers.lists.rows_of import Cells, data_rows

AUTHORITY = "US Department of the Treasury, OFAC"
NULL = "-0-"
"""What OFAC writes for an empty field."""

SCHEMAS = {"individual": "Person", "entity": "LegalEntity", "vessel": "Vessel", "aircraft": "Airplane"}
"""OFAC's types. An entity is a company, an organisation or an agency: OFAC does not say which."""

_KINDS = {"aka": "alias", "fka": "former", "nka": "alias"}
_END_MARK = "\x1a"
"""Ctrl-Z: OFAC's files end in the end-of-file mark of DOS."""


def shape(head: Sequence[Row]) -> str | None:
    """Which of OFAC's three files a table is, by the width of its rows and `-0-`: they have no header.

    `sdn.csv` has 12 columns, `add.csv` 6, `alt.csv` 5 (OFAC, data specification of the delimited lists).
    """
    seen = [tuple((cell or "").strip() for cell in row.cells) for row in head]
    if not seen:
        return None
    if not seen[0][0].isdigit():
        # copies that people keep often gained a header
        seen = seen[1:]
    seen = [cells for cells in seen if cells[0] != _END_MARK]
    if not seen or not all(cells[0].isdigit() for cells in seen):
        return None
    marked = sum(NULL in cells for cells in seen) >= len(seen) * 0.9
    width = len(seen[0])
    if any(len(cells) != width for cells in seen) or not marked:
        return None
    if width == 12 and any(cells[2] == NULL or cells[2] in SCHEMAS for cells in seen):
        return "ofac-sdn-raw"
    if width == 6 and all(cells[1].isdigit() for cells in seen):
        return "ofac-sdn-addresses"
    if width == 5 and all(cells[2] in _KINDS for cells in seen):
        return "ofac-sdn-aliases"
    return None


def read_raw(part: Part, entries: Entries) -> None:
    """`sdn.csv`: entries with programs, vessel details and remarks."""
    for row, cells in _raw_rows(part, entries, 12):
        uid, name, kind, program, title, call_sign, vessel_type, _, _, flag, owner, remarks = cells
        if uid is None or name is None:
            entries.reject(row.number, "no_name", "a row needs OFAC's number and a name", row.cells)
            continue
        schema = SCHEMAS.get((kind or "entity").lower(), "LegalEntity")
        described = "; ".join(x for x in (title, vessel_type, remarks) if x)
        entry = entries.entry(uid, row.number, name=name, schema=schema, program=_programs(program), remarks=described)
        entries.nation(entry, row.number, "flag", flag, "Vess_flag")
        entries.identifier(entry, row.number, "other", call_sign, original=f"Call sign {call_sign}")
        if owner:
            entries.owns(
                row.number,
                owner=owner,
                owned=name,
                owned_entry=entry,
                relation="owns",
                original=f"Vessel owner {owner}",
            )
        read_remarks(entries, entry, row.number, name, remarks)
    entries.resolve_owners()


def read_addresses(part: Part, entries: Entries) -> None:
    """`add.csv`: addresses by OFAC's number; the entries stand in `sdn.csv`."""
    for row, cells in _raw_rows(part, entries, 6):
        uid, _, street, city, country, _ = cells
        if uid is None:
            entries.reject(row.number, "no_identifier", "an address needs OFAC's number of its entry", row.cells)
            continue
        # OFAC writes areas that are no countries as `Region: Gaza`, and `undetermined` for unknown
        stated = None if country == "undetermined" else (country or "").removeprefix("Region: ")
        known = entries.country(stated, row.number, "Country")
        text = ", ".join(x for x in (street, city, country) if x)
        entries.place(uid, row.number, "address", text, country=known)


def read_aliases(part: Part, entries: Entries) -> None:
    """`alt.csv`: other names by OFAC's number; the entries stand in `sdn.csv`."""
    for row, cells in _raw_rows(part, entries, 5):
        uid, _, kind, name, remarks = cells
        if uid is None or name is None:
            entries.reject(row.number, "no_name", "an alias needs OFAC's number of its entry and a name", row.cells)
            continue
        weak = remarks is not None and "weak" in remarks.lower()
        entries.name(uid, row.number, name, "weak" if weak else _KINDS.get((kind or "aka").lower(), "alias"))


def read_csv(part: Part, entries: Entries) -> None:
    """A table with uid, name, type, programs and alternate_names, several values with `; ` between."""
    header, data = data_rows(part, ("uid", "name", "type", "programs", "alternate_names"))
    cell = Cells(header)
    for row in data:
        if not entries.usable(row, header):
            continue
        uid, name = cell(row, "uid"), cell(row, "name")
        if uid is None or name is None:
            entries.reject(row.number, "no_name", "a row needs a uid and a name", row.cells)
            continue
        programs = (cell(row, "programs") or "").split("; ")
        aliases = (cell(row, "alternate_names") or "").split("; ")
        _tidy(entries, row.number, uid, name, cell(row, "type"), programs, aliases)


def read_json(part: Part, entries: Entries) -> datetime.date | None:
    """The same as JSON: an object with `published` and `entries`; returns the day of publication."""
    try:
        document = json.loads(read_bytes(part))
        listed = document["entries"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("not the JSON of OFAC's list", file=part.label, remedy="an object with `entries`") from error
    for number, item in enumerate(listed, 1):
        entries.rows_in += 1
        if not isinstance(item, dict) or not item.get("uid") or not item.get("name"):
            entries.reject(number, "no_name", "an element needs a uid and a name", item)
            continue
        _tidy(
            entries,
            number,
            str(item["uid"]),
            str(item["name"]),
            item.get("type"),
            item.get("programs") or [],
            item.get("alternateNames") or [],
        )
    return first_day(document.get("published"))


def _tidy(
    entries: Entries, row: int, uid: str, name: str, kind: str | None, programs: list[str], aliases: list[str]
) -> None:
    schema = SCHEMAS.get((kind or "").lower())
    if schema is None:
        entries.problem("type", "unknown_type", kind, f"one of {', '.join(SCHEMAS)}; read as an entity", row)
    entry = entries.entry(uid, row, name=name, schema=schema or "LegalEntity", program=programs)
    for alias in aliases:
        entries.name(entry, row, alias, "alias", "alternate_names")


def _raw_rows(part: Part, entries: Entries, width: int) -> Iterator[tuple[Row, list[str | None]]]:
    """Rows of one of OFAC's files with `-0-` as None. A header that someone added is no data row."""
    names = tuple(str(n) for n in range(1, width + 1))
    first = True
    for row in rows(part):
        if row.empty:
            continue
        if first and not (row.cells[0] or "").strip().isdigit():
            first = False
            continue
        first = False
        if (row.cells[0] or "").strip() == _END_MARK:
            entries.rows_in += 1
            entries.reject(row.number, "end_mark", "the mark that ends the file (Ctrl-Z), no entry", row.cells)
        elif entries.usable(row, names):
            yield row, [_value(cell) for cell in row.cells]


def _value(cell: str | None) -> str | None:
    text = (cell or "").strip()
    return None if text in ("", NULL) else text


def _programs(text: str | None) -> list[str]:
    """`SDGT] [IFSR` is two programs: OFAC leaves the outer brackets away."""
    return [program.strip(" []") for program in (text or "").split("] [")]
