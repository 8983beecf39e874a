"""Reads lists of controlled goods: HS codes with tiers, designators, part numbers, text rules."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import islice

import duckdb
import pyarrow as pa

from entrepot.data import CHPL, bundled
from entrepot.errors import InputError
from entrepot.model.hs import digits, edition_named, edition_on
from entrepot.model.tables.lists import CONTROLS, HS_CONTROL_CODES
from entrepot.model.tables.sources import READING_PROBLEMS, REJECTS
from entrepot.readers.files import Part, Row, rows
from entrepot.readers.reading import Reading
from entrepot.readers.values import clean, parse_date

CHPL_LIST = "chpl"
CHPL_EDITION = "HS2022"
"""The list has codes that only HS 2022 has (852589, 854149, 854151, 854159, 854800, 880730)."""

CHPL_DATE = date(2024, 2, 23)
"""Date of the bundled version of the list."""

SQL = "hs_control_codes.sql"
"""The statement beside this module that makes `hs_control_codes`."""

_WIDEST = 16
"""A table with more columns is a customs record or a catalogue and not a list of controls."""

_KINDS = ("hs", "designator", "part_number", "text")
_DESCRIPTION = re.compile(r"descri|hs\s*-?\d{4}", re.IGNORECASE)
_IN_HEADER = re.compile(r"hs\s*-?(\d{4})", re.IGNORECASE)
_SOUGHT = 20
_CONTROL_WORD = re.compile(r"tier|control|designat|part.?number|rule|marking|list", re.IGNORECASE)


def bundled_chpl() -> pa.Table:
    """The Common High Priority List of 2024-02-23 as `controls`, 50 codes written in HS 2022."""
    with bundled(CHPL).open(encoding="utf-8", newline="") as file:
        return CONTROLS.from_rows(
            {
                "control_id": f"{CHPL_LIST}:hs:{row['hs6']}",
                "source_id": f"bundled:{CHPL}",
                "row_number": number,
                "control_list": CHPL_LIST,
                "kind": "hs",
                "value": row["hs6"],
                "hs_edition": CHPL_EDITION,
                "tier": row["tier"],
                "description": row["hs2022_description"],
                "valid_from": CHPL_DATE,
            }
            for number, row in enumerate(csv.DictReader(file), 2)
        )


def control_codes(controls: pa.Table, hs_codes: pa.Table, hs_concordance: pa.Table) -> pa.Table:
    """`hs_control_codes` of these controls; the statement is hs_control_codes.sql beside this module."""
    with duckdb.connect() as con:
        for name, table in (("controls", controls), ("hs_codes", hs_codes), ("hs_concordance", hs_concordance)):
            con.register(name, table)
        return con.sql(control_codes_sql()).to_arrow_table().cast(HS_CONTROL_CODES.arrow)


def control_codes_sql() -> str:
    """The statement, in DuckDB's dialect."""
    return files(__package__).joinpath(SQL).read_text(encoding="utf-8")


def recognise(part: Part) -> str | None:
    """`controls-csv` where a tabular part has a column of HS codes, designators, part numbers or rules and a word that says
    that it is a list of controls (tier, list, designator, part number, rule); None otherwise."""
    return "controls-csv" if part.tabular and _header(part) is not None else None


def read(
    part: Part,
    *,
    source_id: str,
    control_list: str | None = None,
    edition: str | None = None,
    valid_from: date | None = None,
) -> Reading:
    """A list of controls as `controls`.

    Args:
        control_list: name of the list, where no column says it; the default is `list-` and the source.
        edition: HS edition of its codes, where neither a column nor a header (`hs2022_description`) says it; without any,
            the edition in force on `valid_from`, and none where that is unknown.
        valid_from: from when the list applies, where no column says it.

    Raises:
        InputError: no column of codes, designators, part numbers or rules.
    """
    head = _header(part)
    if head is None:
        raise InputError(
            "not recognised as a list of controls",
            file=part.label,
            remedy="a table with a column hs6, designator, part_number or rule, and tier or description",
        )
    header, at = head
    edition = edition or _stated_edition(header)
    kept: list[dict[str, object]] = []
    rejects: list[dict[str, object]] = []
    seen: set[str] = set()
    rows_in = 0
    for row in rows(part):
        if row.number <= header.number or row.empty:
            continue
        rows_in += 1
        record, reason = _record(row, at, control_list or f"list-{source_id}", edition, valid_from)
        if record is not None and str(record["control_id"]) in seen:
            record, reason = None, ("duplicate_control", "the control stands in the file already")
        if record is None:
            original = json.dumps(list(row.cells), ensure_ascii=False)
            rejects.append({"row_number": row.number, "reason": reason[0], "message": reason[1], "original": original})
            continue
        seen.add(str(record["control_id"]))
        kept.append({**record, "source_id": source_id, "row_number": row.number})
    problems: list[dict[str, object]] = []
    without = sum(1 for r in kept if r["kind"] == "hs" and r["hs_edition"] is None)
    if without:
        problems.append(
            {
                "source_id": source_id,
                "column_name": header.cells[at["hs"]] or "",
                "field": "hs_edition",
                "problem": "unknown_hs_edition",
                "message": "nothing says in which HS edition the codes are written: give `edition`; they match no declaration yet",
                "occurrences": without,
            }
        )
    return Reading(
        {"controls": CONTROLS.from_rows(kept)},
        rows_in,
        len(kept),
        REJECTS.from_rows({**reject, "source_id": source_id} for reject in rejects),
        READING_PROBLEMS.from_rows(problems),
    )


def _header(part: Part) -> tuple[Row, dict[str, int]] | None:
    try:
        seen = list(islice(rows(part), _SOUGHT))
    except json.JSONDecodeError:  # one JSON document of another kind, not lines of objects
        return None
    for row in seen:
        at: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            role = _roles().get(re.sub(r"[\W_]+", "", (cell or "").lower()))
            if role is not None:
                at.setdefault(role, index)
            if "description" not in at and _DESCRIPTION.search(cell or ""):
                at["description"] = index
        told = any(_CONTROL_WORD.search(cell or "") for cell in row.cells)
        if told and any(kind in at for kind in _KINDS) and len(row.cells) <= _WIDEST:
            return row, at
    return None


@cache
def _roles() -> dict[str, str]:
    text = files(__package__).joinpath("data", "control_columns.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {header: role for role, header, _ in lines[1:]}


def _stated_edition(header: Row) -> str | None:
    """`hs2022_description` or `HS 2017` in a header."""
    found = {e for cell in header.cells if (m := _IN_HEADER.search(cell or "")) and (e := edition_named(m[1]))}
    return found.pop() if len(found) == 1 else None


def _record(
    row: Row, at: Mapping[str, int], control_list: str, edition: str | None, valid_from: date | None
) -> tuple[dict[str, object] | None, tuple[str, str]]:
    if row.rejected:
        problem = next(p for p in row.problems if p.reject)
        return None, (problem.code, problem.message)

    def cell(role: str) -> str | None:
        index = at.get(role)
        return clean(row.cells[index]) if index is not None and index < len(row.cells) else None

    kind = next((k for k in _KINDS if cell(k)), None)
    if kind is None:
        return None, ("no_control", "the row has no HS code, designator, part number or rule")
    value = cell(kind) or ""
    dated = parse_date(cell("from")) if cell("from") else None
    since = dated[0] if dated else valid_from
    listed = cell("list") or control_list
    written = None
    if kind == "hs":
        code = digits(value)
        if code is None or len(code) % 2:
            return None, ("bad_hs_code", f"not an HS code: {value!r}; write 2, 4, 6 or more digits, an even number")
        value = code
        stated = cell("edition")
        written = (edition_named(stated) if stated else None) or edition or (edition_on(since) if since else None)
    return {
        "control_id": f"{listed}:{kind}:{value}",
        "control_list": listed,
        "kind": kind,
        "value": value,
        "hs_edition": written,
        "tier": cell("tier"),
        "description": cell("description"),
        "valid_from": since,
    }, ("", "")
