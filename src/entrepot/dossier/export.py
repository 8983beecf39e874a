"""Writes a case for other tools: its tables as Parquet, CSV, XLSX; entities, graph and routes as FtM, GEXF, GeoJSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import xlsxwriter

from entrepot.casework.case import Case
from entrepot.dossier.ftm import write_ftm
from entrepot.dossier.graphs import write_geojson, write_gexf
from entrepot.dossier.plain import FORMULA_STARTS as FORMULA_STARTS
from entrepot.engine.sql import identifier, quote
from entrepot.engine.store import disk_errors
from entrepot.errors import UsageError
from entrepot.model.tables import TABLES

WHOLE: Mapping[str, Callable[[duckdb.DuckDBPyConnection, Path], None]] = {
    "ftm": write_ftm,
    "gexf": write_gexf,
    "geojson": write_geojson,
}
"""Formats that hold the case as one file, not tables."""

FORMATS = ("parquet", "csv", "xlsx", *WHOLE)

SHEET_ROWS = 1_048_575
"""Rows of a sheet below its header (Excel's specification: 1,048,576 rows)."""

CELL_CHARACTERS = 32_767
"""Characters of a cell (Excel's specification)."""

SMALL = (
    "sources",
    "rejects",
    "reading_problems",
    "findings",
    "evidence",
    "matches",
    "indicators",
    "parties",
    "shipments",
)
"""Tables of a workbook where none are named."""


def export(case: Case, form: str, output: Path, tables: list[str] | None = None) -> list[Path]:
    """Write tables to a folder (Parquet, CSV) or one workbook (XLSX), or the whole case to one file; returns the files.

    Raises:
        UsageError: the format or a table is unknown.
        CaseError: the case was not built, or the place cannot be written.
    """
    if form not in FORMATS:
        raise UsageError("unknown format", column="--format", value=form, remedy=f"one of {', '.join(FORMATS)}")
    if tables and form in WHOLE:
        raise UsageError(f"{form} holds the whole case", column="--table", value=tables[0], remedy="leave --table out")
    for table in tables or ():
        if table not in TABLES:
            raise UsageError("no such table", column="--table", value=table, remedy=f"one of {', '.join(TABLES)}")
    with case.connect() as guarded, disk_errors(output):
        del guarded
        with _open(case) as connection:
            if form in WHOLE:
                output.parent.mkdir(parents=True, exist_ok=True)
                WHOLE[form](connection, output)
                return [output]
            if form == "xlsx":
                output.parent.mkdir(parents=True, exist_ok=True)
                _workbook(connection, output, tables or [t for t in SMALL if t in TABLES])
                return [output]
            output.mkdir(parents=True, exist_ok=True)
            return [_file(connection, table, form, output) for table in tables or TABLES]


def _open(case: Case) -> duckdb.DuckDBPyConnection:
    """A connection that may write files, unlike the one that serves questions."""
    from entrepot.engine.duck import scan
    from entrepot.engine.store import files_of

    commits = case.built()
    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(f"CREATE VIEW {identifier(table)} AS {scan(table, files_of(table, commits))}")
    return connection


def _file(connection: duckdb.DuckDBPyConnection, table: str, form: str, folder: Path) -> Path:
    path = folder / f"{table}.{form}"
    if form == "parquet":
        connection.execute(f"COPY (SELECT * FROM {identifier(table)}) TO {quote(str(path))} (FORMAT parquet)")
        return path
    columns = ", ".join(
        f"CASE WHEN regexp_matches({identifier(c.name)}, '^[=+@\\t\\r\\n-]') THEN '''' || {identifier(c.name)} ELSE {identifier(c.name)} END AS {identifier(c.name)}"
        if c.type.value == "VARCHAR"
        else identifier(c.name)
        for c in TABLES[table].columns
    )
    connection.execute(f"COPY (SELECT {columns} FROM {identifier(table)}) TO {quote(str(path))} (FORMAT csv, HEADER)")
    return path


def _workbook(connection: duckdb.DuckDBPyConnection, path: Path, tables: list[str]) -> None:
    """One sheet a table; text is written as text, so that no cell is a formula or a link."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            sheet = book.add_worksheet(table[:31])
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(TABLES[table].columns):
                sheet.write_string(0, at, column.name, bold)
            cursor = connection.execute(f"SELECT * FROM {identifier(table)} LIMIT {SHEET_ROWS}")
            number = 0
            while rows := cursor.fetchmany(10_000):
                for row in rows:
                    number += 1
                    for at, value in enumerate(row):
                        if value is None:
                            continue
                        if isinstance(value, bool):
                            sheet.write_boolean(number, at, value)
                        elif isinstance(value, int | float):
                            sheet.write_number(number, at, value)
                        elif isinstance(value, str):
                            text = f"'{value}" if value.startswith(FORMULA_STARTS) else value
                            sheet.write_string(number, at, text[:CELL_CHARACTERS])
                        else:
                            sheet.write_datetime(number, at, value, day)
