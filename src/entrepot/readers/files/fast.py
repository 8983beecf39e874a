"""Decides whether DuckDB may read a CSV file by itself."""

from __future__ import annotations

from entrepot.readers.files.part import Part


def duckdb_csv_options(part: Part, header_row: int = 1) -> dict[str, object] | None:
    """Options of DuckDB's `read_csv` under which it gives the rows after `header_row` exactly as `rows` would.

    Returns:
        None where the file needs the careful path: another format or encoding, NUL bytes, broken quotes, empty lines
        between rows, mixed line ends. Otherwise a dict of keyword arguments for
        `duckdb.read_csv(path, **options)`: every column text (`c0`, `c1`, ...), no header, lines up to and including
        the header skipped. Ragged rows are left to DuckDB's own `store_rejects`.
    """
    del part, header_row
    return None
