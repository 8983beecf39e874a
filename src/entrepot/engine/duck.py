"""DuckDB as the embedded engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from entrepot.engine.relational import Stored
from entrepot.engine.sql import Statement, Value, identifier, quote
from entrepot.errors import QueryError
from entrepot.model.schema import Table
from entrepot.model.tables import TABLES

CELL_SEPARATOR = "\x1f"
"""Between the cells of `cells`: U+001F, unit separator; sources with this character are read cell by cell instead."""


class DuckDB:
    """One connection in memory, with a view per table over the case's Parquet files.

    Args:
        scratch: folder for what does not fit in memory.
        threads, memory: limits; DuckDB's own defaults where None.
    """

    name = "DuckDB"
    dialect = "duckdb"

    def __init__(self, scratch: Path, *, threads: int | None = None, memory: str | None = None) -> None:
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": str(scratch),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if threads is not None:
            config["threads"] = threads
        if memory is not None:
            config["memory_limit"] = memory
        self.connection = duckdb.connect(config=config)
        self.connection.execute("SET enable_progress_bar = false")

    def show(self, table: str, files: Sequence[Stored]) -> None:
        self.connection.execute(f"CREATE OR REPLACE VIEW {identifier(table)} AS {scan(table, files)}")

    def lend(self, name: str, rows: pa.Table) -> None:
        self.connection.register(name, rows)

    def rows(self, statement: Statement, parameters: Mapping[str, Value]) -> pa.Table:
        try:
            return fetched(self.connection, statement.text, _used(statement, parameters))
        except duckdb.Error as error:
            raise _failed(statement, parameters, error) from error

    def write(self, statement: Statement, parameters: Mapping[str, Value], table: str, path: Path) -> int:
        declared = TABLES[table]
        columns = ", ".join(
            f"CAST(result.{identifier(c.name)} AS {c.type.value}) AS {identifier(c.name)}" for c in declared.columns
        )
        sql = f"COPY (SELECT {columns} FROM (\n{statement.text}\n) AS result) TO {quote(str(path))} (FORMAT parquet)"
        try:
            done = self.connection.execute(sql, _used(statement, parameters)).fetchone()
        except duckdb.Error as error:
            raise _failed(statement, parameters, error) from error
        return int(done[0]) if done else 0

    def close(self) -> None:
        self.connection.close()


def fetched(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Value] | Sequence[object] | None = None
) -> pa.Table:
    """All rows of a statement."""
    rows: pa.Table = connection.sql(sql, params=parameters or None).to_arrow_table()
    return rows


def scan(table: str, files: Sequence[Stored]) -> str:
    """A SELECT of all rows of a table in the order of its files; an empty relation where there are none."""
    declared = TABLES[table]
    if not files:
        columns = ", ".join(f"CAST(NULL AS {c.type.value}) AS {identifier(c.name)}" for c in declared.columns)
        return f"SELECT {columns} WHERE false"
    if all(file.row_base is None and file.header is None for file in files):
        names = ", ".join(identifier(name) for name in declared.column_names)
        listed = ", ".join(quote(str(file.path)) for file in files)
        return f"SELECT {names} FROM read_parquet([{listed}])"
    return "\nUNION ALL\n".join(_scan_implicit(declared, file) for file in files)


def _scan_implicit(table: Table, file: Stored) -> str:
    """One file with its implicit columns: row numbers from the position, the row as read from its cells."""
    row = "row_number" if file.row_base is None else f"file_row_number + {file.row_base}"
    special = {"row_number": row, "shipment_id": f"source_id || ':' || CAST({row} AS VARCHAR)"}
    if file.header is not None:
        keys = "[" + ", ".join(quote(name) for name in file.header) + "]"
        special["original"] = f"CAST(to_json(map({keys}, {cells_as_read(file)})) AS VARCHAR)"
    columns = ", ".join(
        f"{special[name]} AS {identifier(name)}" if name in special else identifier(name) for name in table.column_names
    )
    return f"SELECT {columns} FROM read_parquet({quote(str(file.path))}, file_row_number = true)"


def cells_as_read(file: Stored) -> str:
    """SQL for the list of a row's cells as read, over a file that has a header."""
    parts = "string_split(cells, chr(31))"
    if not any(file.repeats):
        return parts
    listed = (
        f"coalesce(nullif({parts}[{at}], ''), {identifier(name)}, '')" if name else f"{parts}[{at}]"
        for at, name in enumerate(file.repeats, 1)
    )
    return f"[{', '.join(listed)}]"


def _used(statement: Statement, parameters: Mapping[str, Value]) -> dict[str, Value]:
    missing = [name for name in statement.parameters if name not in parameters]
    if missing:
        raise QueryError(f"statement {statement.name!r} needs the parameter {missing[0]!r}")
    return {name: parameters[name] for name in statement.parameters}


def _failed(statement: Statement, parameters: Mapping[str, Value], error: duckdb.Error) -> QueryError:
    return QueryError(f"statement {statement.name!r} failed on DuckDB: {error}\n\n{statement.render(parameters)}")
