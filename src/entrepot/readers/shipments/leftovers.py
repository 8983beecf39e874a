"""What of a loaded file could not be read: values that stayed NULL, counted, and rows that name nothing to trace."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from entrepot.engine.duck import CELL_SEPARATOR, cells_as_read
from entrepot.engine.relational import Stored
from entrepot.engine.sql import identifier, quote
from entrepot.errors import show
from entrepot.readers.shipments.columns import Columns
from entrepot.readers.shipments.expressions import Selection, recognised

REPEATED = "the row repeats the header: nothing to read in it"

_EXAMPLES = 1_000
"""Distinct values of one problem that are listed; the rest is counted in one row."""

_USABLE = ("shipper_name", "consignee_name", "consignee_id", "shipper_id", "manufacturer_name", "notify_name", "goods_text", "hs_code", "hs6")  # fmt: skip


def problems_of(
    connection: duckdb.DuckDBPyConnection, columns: Columns, chosen: Selection, path: Path
) -> tuple[list[dict[str, object]], dict[str, dict[str, str]]]:
    """Values that stayed NULL though their cell holds something, counted; and lookups that the first rows had missed."""
    problems: list[dict[str, object]] = []
    table = f"read_parquet({quote(str(path))}, file_row_number = true)"
    more = _kept_late(connection, chosen, table)
    (seen,) = connection.execute(f"SELECT bit_or(unread) FROM {table}").fetchall()[0]
    for bit, (canonical, index, code) in enumerate(chosen.checks()):
        if not (seen or 0) >> bit & 1:
            continue
        cell = f"split_part(cells, chr({ord(CELL_SEPARATOR)}), {index + 1})"
        found = connection.execute(
            f"SELECT cell, count(*), min(row_number) FROM (SELECT {cell} AS cell, "
            f"{_row_number(connection, table, columns)} AS row_number FROM {table} "
            f"WHERE unread & {1 << bit} <> 0 AND {identifier(canonical)} IS NULL) "
            f"GROUP BY cell ORDER BY count(*) DESC, cell LIMIT {_EXAMPLES + 1}"
        ).fetchall()
        if canonical in chosen.lookups:
            _, how, already = chosen.lookups[canonical]
            new = recognised(how, [text for text, _, _ in found if text not in already])
            if new:
                more[canonical] = new
                continue
        name = columns.header[index]
        for text, count, row in found[:_EXAMPLES]:
            problem = "zero_for_unknown" if code == "bad_number" and _is_zero(text) else code
            message = _MESSAGES[problem]
            problems.append(problem_of(name, canonical, problem, text, message, count, row))
        if len(found) > _EXAMPLES:
            problems.append(
                problem_of(
                    name, canonical, code, None, f"more than {_EXAMPLES} different values could not be read", 1, None
                )
            )
    return problems, more


def _kept_late(connection: duckdb.DuckDBPyConnection, chosen: Selection, table: str) -> dict[str, dict[str, str]]:
    """Texts of lookups that keep what they do not recognise, which they would have recognised among the first rows."""
    more = {}
    for canonical, (_, how, already) in chosen.lookups.items():
        if how.keep:
            done = {*already.values()}
            texts = [
                t for (t,) in connection.execute(f"SELECT DISTINCT {identifier(canonical)} FROM {table}").fetchall()
            ]
            found = recognised(how, [text for text in texts if text not in done])
            if new := {text: value for text, value in found.items() if text != value}:
                more[canonical] = new
    return more


def _row_number(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns) -> str:
    names = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()]
    return "row_number" if "row_number" in names else f"file_row_number + {columns.header_row + 1}"


def _is_zero(text: str) -> bool:
    return bool(text.strip("0., ") == "" and "0" in text)


_MESSAGES = {
    "bad_date": "not a date that can be read; accepted: 2024-03-31, 31.03.2024, Mar 2024, 2024",
    "bad_hs_code": "not a commodity code; accepted: 2, 4, 6, 8 or 10 digits, with or without dots",
    "bad_number": "not a number above zero that can be read; accepted: 1234.56, 1.234,56, 1 234,56",
    "zero_for_unknown": "zero stands for unknown here: the value is NULL",
    "unknown_country": "not a country; accepted: a name or ISO code. An area such as the European Union is no country",
    "unknown_transport_mode": "not a mode of transport; accepted: sea, rail, road, air, post, pipeline and their codes",
    "unknown_currency": "not a currency; accepted: an ISO 4217 code or a usual name",
    "unknown_incoterm": "not an Incoterm; accepted: a code such as FOB, CIF, DAP",
    "unknown_direction": "not a direction; accepted: import, export, transit and their codes",
}


def problem_of(
    column: str, canonical: str | None, problem: str, value: str | None, message: str, count: int, row: int | None
) -> dict[str, object]:
    return {
        "column_name": column, "field": canonical, "problem": problem, "value": None if value is None else show(value, 200),
        "message": message, "occurrences": count, "row_number": row,
    }  # fmt: skip


def usable(chosen: Selection) -> str:
    """Whether a row names a party or goods and is not the header again."""
    present = [name for name in _USABLE if name in chosen.expressions]
    named = " OR ".join(f"{identifier(name)} IS NOT NULL" for name in present) or "true"
    return f"(({named}) AND repeated_header = 0)"


def unusable_rows(
    connection: duckdb.DuckDBPyConnection, columns: Columns, chosen: Selection, numbered: bool, path: Path
) -> list[dict[str, object]]:
    """Rows that name neither a party nor goods; `filled` is False where no cell holds anything."""
    table = f"read_parquet({quote(str(path))}, file_row_number = true)"
    number = "row_number" if numbered else f"file_row_number + {columns.header_row + 1}"
    stored = Stored(path, 0, None, columns.header, chosen.repeats(len(columns.header)))
    found = connection.execute(
        f"SELECT {number}, {cells_as_read(stored)}, repeated_header FROM {table} WHERE NOT {usable(chosen)} ORDER BY file_row_number"
    ).fetchall()
    return [
        {
            "row_number": row,
            "reason": "repeated_header" if again else "nothing_usable",
            "filled": any(cell.strip() for cell in cells),
            "message": REPEATED if again else "the row names neither a party nor goods, as a total or a note does",
            "column_name": None,
            "value": None,
            "original": json.dumps(dict(zip(columns.header, cells, strict=True)), ensure_ascii=False),
        }
        for row, cells, again in found
    ]
