"""Reads lists that are tables in FollowTheMoney's words: the EU's annexes, and OpenSanctions' simple CSV."""

from __future__ import annotations

import datetime
import re

from entrepot.readers.files import Part
from entrepot.readers.lists.dates import first_day
from entrepot.readers.lists.entries import Entries, clean
from entrepot.readers.lists.ftm_properties import PARTY_SCHEMAS, add_properties
from entrepot.readers.lists.rows_of import Cells, data_rows

EU_AUTHORITY = "Council of the European Union"
EU_HEADER = ("celex", "recordid", "annex", "schema", "name")
SIMPLE_HEADER = ("id", "schema", "name", "aliases", "countries", "dataset")

_OWN = frozenset({"celex", "recordid", "programkey", "annex", "schema", "name", "measure", "reason", "startdate"})
"""Columns of the EU's table that are read by themselves; the others go by their FollowTheMoney names."""

_MANY = re.compile(r";\s*")
_SINGLE = frozenset({"address"})


def read_eu(part: Part, entries: Entries) -> datetime.date | None:
    """Annexes of a regulation. An entry is known by annex and record, or annex and name where the annex has no numbers.

    Returns:
        The latest start date: the version is of that day or a later one.
    """
    header, data = data_rows(part, EU_HEADER)
    cell = Cells(header)
    latest: datetime.date | None = None
    for row in data:
        if not entries.usable(row, header):
            continue
        name, annex, record = cell(row, "name"), cell(row, "annex") or "", cell(row, "recordid")
        if name is None:
            entries.reject(row.number, "no_name", "a row needs a name", row.cells, column="name")
            continue
        stated = cell(row, "startdate")
        listed = first_day(stated)
        if stated and listed is None:
            entries.problem("startDate", "bad_date", stated, "a day", row.number)
        latest = max(filter(None, (latest, listed)), default=None)
        described = (cell(row, key) for key in ("measure", "reason", "position", "notes"))
        entry = entries.entry(
            f"{annex}:{record or clean(name)}",
            row.number,
            name=name,
            schema=_schema(entries, cell(row, "schema"), row.number),
            program=[f"{cell(row, 'programkey') or ''} {annex}"],
            listed=listed,
            remarks="; ".join(filter(None, described)),
        )
        properties = {
            column: [text] if column in _SINGLE else _MANY.split(text)
            for column in header
            if column not in _OWN and (text := cell(row, column))
        }
        add_properties(entries, entry, row.number, properties)
    return latest


def eu_list_id(part: Part) -> str | None:
    """`eu-833` from the regulation's number in the CELEX column (`32014R0833`)."""
    header, data = data_rows(part, EU_HEADER)
    first = next(data, None)
    celex = Cells(header)(first, "celex") if first else None
    match = re.fullmatch(r"\d{5}[A-Z](\d{4})", celex or "")
    return f"eu-{int(match[1])}" if match else None


def read_simple(part: Part, entries: Entries) -> datetime.date | None:
    """OpenSanctions' `targets.simple.csv`: several values of a cell with `;` between; returns the latest `last_seen`."""
    header, data = data_rows(part, SIMPLE_HEADER)
    cell = Cells(header)
    latest: datetime.date | None = None
    for row in data:
        if not entries.usable(row, header):
            continue
        entity_id, name = cell(row, "id"), cell(row, "name")
        if entity_id is None or name is None:
            entries.reject(row.number, "no_name", "a row needs an id and a name", row.cells)
            continue
        latest = max(filter(None, (latest, first_day(cell(row, "last_seen")))), default=None)
        entry = entries.entry(
            entity_id,
            row.number,
            name=name,
            schema=_schema(entries, cell(row, "schema"), row.number),
            program=_MANY.split(cell(row, "sanctions") or ""),
            authority=cell(row, "dataset"),
        )
        columns = {
            "alias": "aliases",
            "country": "countries",
            "address": "addresses",
            "birthDate": "birth_date",
            "phone": "phones",
            "email": "emails",
        }
        properties = {p: _MANY.split(text) for p, column in columns.items() if (text := cell(row, column))}
        add_properties(entries, entry, row.number, properties)
        for value in _MANY.split(cell(row, "identifiers") or ""):
            entries.identifier(entry, row.number, "other", value)
    return latest


def _schema(entries: Entries, stated: str | None, row: int) -> str:
    schema = PARTY_SCHEMAS.get(stated or "")
    if schema is None:
        entries.problem(
            "schema", "unknown_type", stated, f"one of {', '.join(PARTY_SCHEMAS)}; read as LegalEntity", row
        )
    return schema or "LegalEntity"
