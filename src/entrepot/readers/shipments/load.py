"""Loads a customs file into canonical shipments: one pass of DuckDB where the file allows, row by row where not."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from entrepot.engine.duck import CELL_SEPARATOR
from entrepot.engine.sql import identifier, quote
from entrepot.errors import InputError
from entrepot.model.tables.shipments import SHIPMENTS
from entrepot.model.tables.sources import READING_PROBLEMS, REJECTS
from entrepot.readers.files import Order, Part, Row, duckdb_csv_options, order_of, rows
from entrepot.readers.shipments import addresses
from entrepot.readers.shipments.columns import Columns
from entrepot.readers.shipments.expressions import SIDES, Selection, lookup_for, recognised, select
from entrepot.readers.shipments.leftovers import REPEATED, problem_of, problems_of, unusable_rows, usable
from entrepot.readers.values import null_sql
from entrepot.readers.values.nulls import SPACES

SAMPLE_ROWS = 5_000
"""Rows from which the styles of columns and the first lookups are taken."""

LOOKUP_ROWS = 100_000
"""Rows whose countries, ports, units and modes are recognised before the load."""

_BATCH_ROWS = 50_000
_WRITTEN = "FORMAT parquet, STRING_DICTIONARY_PAGE_SIZE_LIMIT 100000, DICTIONARY_SIZE_LIMIT 1000, ROW_GROUP_SIZE 61440"
"""How the canonical file is written. Texts that repeat little are not worth a dictionary (a fifth of the time of loading, for
files a seventh larger), and half of DuckDB's usual rows a group, given up after a thousand texts, take a twelfth less time for
files of the same size."""
IMPLICIT = ("shipment_id", "row_number", "original")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was written, and what was not.

    Attributes:
        row_base: number of the first row where the file keeps no `row_number`, else None.
        repeats: for each cell of a row the canonical column that holds its text where `cells` has none.
        rejects, problems: as declared in `entrepot.model.tables.sources`.
    """

    rows_in: int
    rows_kept: int
    row_base: int | None
    repeats: tuple[str, ...]
    rejects: pa.Table
    problems: pa.Table
    notes: tuple[str, ...]


_FEW_TEXTS = 40
"""Up to so many texts are looked up one by one inside DuckDB, on all cores, in less time than Arrow's hash table takes with the
interpreter's lock: .10 s against .25 s a million rows at 27 texts."""


@dataclass(slots=True)
class _Raw:
    """Text columns `c0`... of a file as something DuckDB can select from."""

    relation: str
    numbered: bool
    padded: bool = True
    """Whether a cell may begin or end with white space."""
    rejects: list[dict[str, object]] = field(default_factory=list)
    problems: list[dict[str, object]] = field(default_factory=list)


def load(part: Part, columns: Columns, source_id: str, target: Path, scratch: Path) -> Loaded:
    """Write the canonical shipments of `part` to the Parquet file `target`.

    The file keeps the row as read in `cells` and, where every row of the source became a shipment, no row numbers: see
    `entrepot.engine.relational.Stored`.

    Raises:
        InputError: the file has no rows after its header, or no mapped column.
    """
    if not columns.mapped:
        raise InputError("no column is mapped", file=part.label, remedy="map columns in case.toml, see docs/layouts.md")
    sample = _sample(part, columns)
    options = duckdb_csv_options(part, columns.header_row)
    if options is not None:
        raw = _fast(part, options, padded=any(cell != cell.strip(SPACES) for row in sample for cell in row if cell))
        order, loaded = _at_once(part, columns, source_id, sample, target, scratch, raw)
        if order is Order.PADDED and not raw.padded:
            raw = _fast(part, options, padded=True)
            _, loaded = _at_once(part, columns, source_id, sample, target, scratch, raw)
        if loaded is not None:
            return loaded
    with _connection(scratch) as connection:
        raw = _careful(part, columns, scratch)
        return _load(connection, part, columns, source_id, sample, target, scratch, raw)


def _connection(scratch: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"temp_directory": str(scratch)})
    connection.execute("SET enable_progress_bar = false")
    # DuckDB 2.0 makes a join of a list of constants, and a join loses the order of the rows, which numbers them.
    connection.execute("SET disabled_optimizers = 'in_clause'")
    return connection


def _at_once(
    part: Part,
    columns: Columns,
    source_id: str,
    sample: list[tuple[str | None, ...]],
    target: Path,
    scratch: Path,
    raw: _Raw,
) -> tuple[Order, Loaded | None]:
    """DuckDB reads the whole file while its bytes are checked beside it; nothing where it must be read row by row, which says which
    row and why, or where a cell is padded though `raw` says that none is."""
    accepted = (Order.GOOD, Order.PADDED) if raw.padded else (Order.GOOD,)
    with _connection(scratch) as connection, ThreadPoolExecutor(1) as beside:
        checked = beside.submit(order_of, part, padded=raw.padded)
        checked.add_done_callback(
            lambda done: None if done.exception() or done.result() in accepted else connection.interrupt()
        )
        try:
            loaded = _load(connection, part, columns, source_id, sample, target, scratch, raw)
        except (duckdb.Error, InputError) as error:
            if "No space left" in str(error):
                raise
            return checked.result(), None
        return checked.result(), loaded if checked.result() in accepted else None


def _sample(part: Part, columns: Columns) -> list[tuple[str | None, ...]]:
    sample = [row.cells for row in rows(part, columns.header_row + SAMPLE_ROWS) if row.number > columns.header_row]
    if not any(any(cell and cell.strip() for cell in row) for row in sample):
        raise InputError(
            "the file has a header and no rows",
            file=part.label,
            row=columns.header_row,
            remedy="add a file with data rows below the header",
        )
    return sample


def _fast(part: Part, options: dict[str, object], *, padded: bool) -> _Raw:
    arguments = ", ".join(f"{key} = {_literal(value)}" for key, value in options.items())
    return _Raw(f"read_csv({quote(str(part.path))}, {arguments})", numbered=False, padded=padded)


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "chr(0)" if value == "\0" else quote(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quote(str(k))}: {_literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(v) for v in value) + "]"
    return str(value)


def _careful(part: Part, columns: Columns, scratch: Path) -> _Raw:
    """Read row by row, setting aside the rows that cannot be used."""
    raw = _Raw("", numbered=True)
    width = len(columns.header)
    path = scratch / "careful.parquet"
    names = ["row_number", *[f"c{at}" for at in range(width)]]
    schema = pa.schema([pa.field("row_number", pa.int64()), *[pa.field(name, pa.string()) for name in names[1:]]])
    with pq.ParquetWriter(path, schema) as writer:
        batch: list[tuple[object, ...]] = []
        for row in rows(part):
            if row.number <= columns.header_row or row.empty:
                continue
            if _set_aside(row, columns, raw):
                continue
            cells = [(cell or "").replace(CELL_SEPARATOR, " ") for cell in row.cells[:width]]
            batch.append((row.number, *cells, *[""] * (width - len(cells))))
            if len(batch) == _BATCH_ROWS:
                writer.write_table(_table(batch, schema))
                batch = []
        writer.write_table(_table(batch, schema))
    raw.relation = f"read_parquet({quote(str(path))})"
    return raw


def _table(batch: list[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*batch, strict=True)) if batch else [()] * len(schema)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _set_aside(row: Row, columns: Columns, raw: _Raw) -> bool:
    """Whether a row becomes a reject; peculiarities of rows that are kept become problems."""
    width = len(columns.header)
    extra = [cell for cell in row.cells[width:] if cell and cell.strip()]
    reason = message = value = None
    column = None
    if row.rejected:
        problem = next(p for p in row.problems if p.reject)
        reason, message, value = problem.code, problem.message, problem.value
        if problem.cell is not None and problem.cell < width:
            column = columns.header[problem.cell]
    elif extra:
        reason, value = "too_many_cells", extra[0]
        message = (
            f"the row has {len(row.cells)} cells where the header has {width}: quote cells that hold the delimiter"
        )
    elif [" ".join((cell or "").split()) for cell in row.cells[:width]] == list(columns.header)[: len(row.cells)]:
        reason, message = "repeated_header", REPEATED
    if reason is not None:
        original = {n: c for n, c in zip(columns.header, row.cells, strict=False) if c is not None}
        if row.cells[width:]:
            original["beyond the header"] = CELL_SEPARATOR.join(c or "" for c in row.cells[width:])
        raw.rejects.append(
            {
                "row_number": row.number, "reason": reason, "message": message, "column_name": column, "value": value,
                "original": json.dumps(original, ensure_ascii=False),
            }
        )  # fmt: skip
        return True
    if len(row.cells) < width:
        raw.problems.append(
            problem_of(
                columns.header[len(row.cells)], None, "too_few_cells", None,
                f"the row has {len(row.cells)} cells where the header has {width}: the missing ones are NULL", 1, row.number,
            )
        )  # fmt: skip
    for problem in row.problems:
        name = columns.header[problem.cell] if problem.cell is not None and problem.cell < width else "(row)"
        raw.problems.append(problem_of(name, None, problem.code, problem.value, problem.message, 1, row.number))
    return False


def _load(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    columns: Columns,
    source_id: str,
    sample: list[tuple[str | None, ...]],
    target: Path,
    scratch: Path,
    raw: _Raw,
) -> Loaded:
    first = scratch / "first.parquet"
    chosen = select(columns, sample, _lookups(connection, columns, raw), padded=raw.padded)
    total = _copy(connection, columns, source_id, chosen, raw, first)
    problems, more = problems_of(connection, columns, chosen, first)
    if more:
        _look_up_again(connection, chosen, more, first, scratch / "again.parquet")
        problems, _ = problems_of(connection, columns, chosen, first)
    unusable = unusable_rows(connection, columns, chosen, raw.numbered, first)
    base = None if raw.numbered or unusable else columns.header_row + 1
    if unusable:
        number = "row_number" if raw.numbered else f"file_row_number + {columns.header_row + 1}"
        connection.execute(
            f"COPY (SELECT {number} AS row_number, * EXCLUDE ({'row_number' if raw.numbered else 'file_row_number'}) "
            f"FROM read_parquet({quote(str(first))}, file_row_number = true) WHERE {usable(chosen)}) "
            f"TO {quote(str(target))} (FORMAT parquet)"
        )
        first.unlink()
    else:
        first.replace(target)
    empty = len(unusable)
    unusable = [row for row in unusable if row.pop("filled")]
    empty -= len(unusable)
    rejects = sorted([*raw.rejects, *unusable], key=lambda r: r["row_number"])  # type: ignore[arg-type,return-value]
    kept = total - empty - len(unusable)
    if kept == 0 and not rejects:
        raise InputError("the file has no data rows", file=part.label, remedy="add a file with rows below the header")
    return Loaded(
        rows_in=kept + len(rejects),
        rows_kept=kept,
        row_base=base,
        repeats=chosen.repeats(len(columns.header)),
        rejects=REJECTS.from_rows({"source_id": source_id, **row} for row in rejects),
        problems=READING_PROBLEMS.from_rows({"source_id": source_id, **row} for row in [*raw.problems, *problems]),
        notes=tuple(dict.fromkeys(chosen.notes)),
    )


def _lookups(connection: duckdb.DuckDBPyConnection, columns: Columns, raw: _Raw) -> dict[str, dict[str, str]]:
    """Texts that lookups recognise among the first rows; what comes later in the file is looked up again afterwards."""
    looked = {c: lookup for c in columns.mapped if (lookup := lookup_for(c)) is not None}
    if not looked:
        return {}
    texts = ", ".join(f"list(DISTINCT c{columns.mapped[c].index})" for c in looked)
    row = connection.execute(f"SELECT {texts} FROM (SELECT * FROM {raw.relation} LIMIT {LOOKUP_ROWS})").fetchall()[0]
    return {c: recognised(lookup, found or ()) for (c, lookup), found in zip(looked.items(), row, strict=True)}


def _look_up_again(
    connection: duckdb.DuckDBPyConnection, chosen: Selection, more: dict[str, dict[str, str]], path: Path, fresh: Path
) -> None:
    """Fill lookup columns with texts that the first rows did not have; the order of rows stays."""
    replaced = []
    for canonical, found in more.items():
        index, how, already = chosen.lookups[canonical]
        already.update(found)
        _function(connection, f"again_{canonical}", found)
        now = identifier(canonical)
        late = (
            f"again_{canonical}({now if how.keep else f'split_part(cells, chr({ord(CELL_SEPARATOR)}), {index + 1})'})"
        )
        replaced.append(f"{f'COALESCE({late}, {now})' if how.keep else f'COALESCE({now}, {late})'} AS {now}")
    connection.execute(
        f"COPY (SELECT * REPLACE ({', '.join(replaced)}) FROM read_parquet({quote(str(path))})) "
        f"TO {quote(str(fresh))} (FORMAT parquet)"
    )
    fresh.replace(path)


def _function(connection: duckdb.DuckDBPyConnection, name: str, found: dict[str, str]) -> None:
    """A scalar function from text to value. A join would do the same and lose the order of the rows, which numbers them."""
    if 0 < len(found) <= _FEW_TEXTS:
        pairs = ", ".join(f"{quote(text)}: {quote(value)}" for text, value in found.items())
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {identifier(name)}(cell) AS (MAP {{{pairs}}})[cell]")
        return
    texts, values = pa.array(list(found), pa.string()), pa.array(list(found.values()), pa.string())

    def look_up(cells: pa.ChunkedArray) -> pa.ChunkedArray:
        return pc.take(values, pc.index_in(cells, value_set=texts))

    connection.create_function(  # type: ignore[call-overload]  # the stubs know no functions over Arrow
        name, look_up, ["VARCHAR"], "VARCHAR", type="arrow", null_handling="special"
    )


def _copy(
    connection: duckdb.DuckDBPyConnection, columns: Columns, source_id: str, chosen: Selection, raw: _Raw, path: Path
) -> int:
    """Write canonical columns and `cells` in file order; returns the number of rows."""
    made = [f"{expression} AS {identifier(name)}" for name, expression in chosen.expressions.items()]
    if raw.numbered:
        made.append("raw.row_number AS row_number")
    given = []
    for column in SHIPMENTS.columns:
        if column.name == "source_id":
            given.append(f"{quote(source_id)} AS source_id")
        elif column.name in chosen.expressions or (column.name == "row_number" and raw.numbered):
            given.append(identifier(column.name))
        elif column.name in chosen.derived:
            given.append(f"{chosen.derived[column.name]} AS {identifier(column.name)}")
        elif column.name not in IMPLICIT:
            given.append(f"CAST(NULL AS {column.type.value}) AS {identifier(column.name)}")
    for canonical, (_, _, found) in chosen.lookups.items():
        _function(connection, f"lookup_{canonical}", found)
    if any(f"{side}_country" in chosen.derived for side in SIDES):
        addresses.register(connection)
    width = len(columns.header)
    made += [f"raw.c{at} AS c{at}" for at in range(width)]
    between = f", chr({ord(CELL_SEPARATOR)}), "
    # a text that a canonical column holds is not written twice
    kept = (f"nullif(c{at}, {identifier(name)})" if name else f"c{at}" for at, name in enumerate(chosen.repeats(width)))
    header = " AND ".join(f"c{at} = {quote(name)}" for at, name in enumerate(columns.header))
    sql = (
        f"SELECT {', '.join(given)}, concat({between.join(kept)}) AS cells, {_unread(chosen)} AS unread, CAST({header} AS INTEGER) AS repeated_header "
        f"FROM (SELECT {', '.join(made)} FROM {raw.relation} AS raw)"
    )
    done = connection.execute(f"COPY ({sql}) TO {quote(str(path))} ({_WRITTEN})").fetchone()
    return int(done[0]) if done else 0


def _unread(chosen: Selection) -> str:
    """A bit for each of the checks: the cell holds something and the canonical column nothing.

    Added as BIGINT, the bits take a fifteenth of the time that `|` over INTEGER takes.
    """
    bits = [
        f"CASE WHEN {identifier(canonical)} IS NULL AND c{index} <> '' AND ({null_sql(f'c{index}')}) IS NOT NULL "
        f"THEN {1 << bit}::BIGINT ELSE 0::BIGINT END"
        for bit, (canonical, index, _) in enumerate(chosen.checks())
    ]
    return " + ".join(bits) or "0::BIGINT"
