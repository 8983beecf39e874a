"""What a relational engine does for a step: show tables, run a statement, write its rows to Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from entrepot.engine.sql import Statement, Value


@dataclass(frozen=True, slots=True)
class Stored:
    """One Parquet file of a table.

    Attributes:
        path: the file.
        rows: number of rows.
        row_base: where the file leaves out `row_number`: the number of its first row, others follow in file order.
        header: where the file keeps the row as read in `cells`: the source's column names, in order.
        repeats: for each of them the canonical column that holds the same text wherever `cells` has none, '' where it has
            every text; empty where `cells` has all.
    """

    path: Path
    rows: int
    row_base: int | None = None
    header: tuple[str, ...] | None = None
    repeats: tuple[str, ...] = ()


class Engine(Protocol):
    """DuckDB in one process, or Spark."""

    name: str
    dialect: str

    def show(self, table: str, files: Sequence[Stored]) -> None:
        """Make `table` readable under its name, its rows in the order of `files`."""

    def lend(self, name: str, rows: pa.Table) -> None:
        """Make rows that are no table of the case readable under `name`."""

    def rows(self, statement: Statement, parameters: Mapping[str, Value]) -> pa.Table:
        """Run the statement and return its rows."""

    def write(self, statement: Statement, parameters: Mapping[str, Value], table: str, path: Path) -> int:
        """Run the statement, write its rows as `table` is declared to one Parquet file; returns the number of rows."""

    def close(self) -> None:
        """Let go of the engine's resources."""
