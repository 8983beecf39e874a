"""Loads a tabular part as one Arrow table of text, rows numbered, damaged rows set apart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from entrepot.readers.files import Part, Row, extracted, open_text, read_bytes, rows

_HEAD = 4_096
_LIST = re.compile(r'"(?:data|dataset|results|records|items)"\s*:\s*\[', re.IGNORECASE)
"""How an answer of an API names its list."""

_CHUNK = 100_000
"""Rows held as Python objects at a time: some 100 MB at 30 columns."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of a part.

    Attributes:
        table: `row_number` (int64) and `c0`, `c1`, ... (text).
        rejects, problems: rows as `entrepot.model.tables.sources` declares them, without `source_id`.
        rows_in: data rows found, empty ones not counted.
    """

    table: pa.Table
    rejects: tuple[dict[str, object], ...]
    problems: tuple[dict[str, object], ...]
    rows_in: int


def text_table(part: Part, header_row: int, names: Sequence[str]) -> TextTable:
    """The rows below `header_row`, each with as many cells as `names`."""
    if part.format == "parquet":
        return _parquet(part, len(names))
    width = len(names)
    schema = pa.schema([("row_number", pa.int64()), *((f"c{i}", pa.string()) for i in range(width))])
    tables: list[pa.Table] = []
    chunk: list[tuple[object, ...]] = []
    rejects: list[dict[str, object]] = []
    problems: list[dict[str, object]] = []
    rows_in = 0
    for row in records(part):
        if row.number <= header_row or row.empty:
            continue
        rows_in += 1
        reason = _damage(part, row, width)
        if reason:
            code, message = reason
            original = json.dumps(list(row.cells), ensure_ascii=False)
            rejects.append({"row_number": row.number, "reason": code, "message": message, "original": original})
            continue
        for problem in row.problems:
            at = problem.cell
            name = names[at] if at is not None and at < width else ""
            problems.append(
                {
                    "row_number": row.number,
                    "column_name": name,
                    "problem": problem.code,
                    "value": problem.value,
                    "message": problem.message,
                    "occurrences": 1,
                }
            )
        chunk.append((row.number, *row.cells[:width], *(None,) * (width - len(row.cells))))
        if len(chunk) == _CHUNK:
            tables.append(_arrow(chunk, schema))
            chunk = []
    tables.append(_arrow(chunk, schema))
    return TextTable(pa.concat_tables(tables), tuple(rejects), tuple(problems), rows_in)


def records(part: Part) -> Iterator[Row]:
    """The rows of a part; those of the list of objects inside where it is one JSON object, as the APIs of Comtrade and others
    answer (`{"count": 2, "data": [{...}, {...}]}`)."""
    listed = _inside(part)
    if listed is None:
        yield from rows(part)
        return
    names = tuple(dict.fromkeys(name for item in listed for name in item))
    yield Row(1, names)
    for number, item in enumerate(listed, 2):
        yield Row(number, tuple(_text(item.get(name)) for name in names))


def _inside(part: Part) -> list[dict[str, object]] | None:
    if part.format not in {"json", "jsonl"}:
        return None
    with open_text(part) as text:
        head = text.read(_HEAD)
    if not head.lstrip("\ufeff \t\r\n").startswith("{") or not _LIST.search(head):
        return None
    try:
        whole = json.loads(read_bytes(part))
    except ValueError:
        return None
    if not isinstance(whole, dict):
        return None
    for value in whole.values():
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            return value
    return None


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


def _damage(part: Part, row: Row, width: int) -> tuple[str, str] | None:
    for problem in row.problems:
        if problem.reject:
            return problem.code, problem.message
    have = len(row.cells)
    if have < width and part.format == "csv":
        return "too_few_cells", f"the row has {have} cells where the header has {width}; give every column a cell"
    if have > width and any(cell and cell.strip() for cell in row.cells[width:]):
        return "too_many_cells", f"the row has {have} cells where the header has {width}; quote cells with separators"
    return None


def _arrow(chunk: list[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    if not chunk:
        return schema.empty_table()
    columns = zip(*chunk, strict=True)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _parquet(part: Part, width: int) -> TextTable:
    """Row n of the file is number n + 1, as if the column names were row 1."""
    with extracted(part) as path, duckdb.connect() as con:
        source = "read_parquet(?, file_row_number = TRUE)"
        described = con.execute(f"DESCRIBE SELECT * FROM {source}", [str(path)]).fetchall()
        names = [str(row[0]).replace('"', '""') for row in described][:width]
        cells = ", ".join(f'CAST("{name}" AS VARCHAR) AS c{i}' for i, name in enumerate(names))
        query = (
            f"SELECT CAST(file_row_number AS BIGINT) + 2 AS row_number, {cells} FROM {source} ORDER BY file_row_number"
        )
        table = con.sql(query, params=[str(path)]).to_arrow_table()
    return TextTable(table, (), (), table.num_rows)
