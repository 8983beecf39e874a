"""Reads JSON lines, JSON and Parquet to rows, with the column names as row 1."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.errors import InputError
from entrepot.readers.files.content import extracted, read_bytes
from entrepot.readers.files.lines import read_lines
from entrepot.readers.files.part import Part, Row, RowProblem
from entrepot.readers.files.workbook import cell_text

_HEAD = 10_000
"""Records looked at for the column names."""

_DEPTH = 3
"""How deep inside a JSON object its records are looked for: `{"data": {"results": [...]}}`."""


def read_json_lines(part: Part) -> Iterator[Row]:
    """One object a line. Row 1 holds the names, line n is row n + 1; empty lines are empty rows."""
    names = _names(value for _, value, _ in islice(_parsed_lines(part), _HEAD))
    yield Row(1, tuple(names))
    for number, (text, value, problems) in enumerate(_parsed_lines(part), 2):
        if isinstance(value, dict):
            yield _record(number, value, names, problems)
        elif not text.strip() and not problems:
            yield Row(number, ())
        else:
            yield Row(number, (text,), problems or (_no_object(text),))


def read_json(part: Part) -> Iterator[Row]:
    """An array of objects, or the longest array of objects inside an object, or one object. The n-th is row n + 1."""
    try:
        value = json.loads(read_bytes(part).decode(part.encoding or "utf-8-sig"))
    except RecursionError as error:
        raise InputError("the JSON is nested too deeply", file=part.label) from error
    except ValueError as error:
        raise InputError(f"not valid JSON ({error})", file=part.label, remedy="download the file again") from error
    records = value if isinstance(value, list) else _longest_array(value, _DEPTH) or [value]
    names = _names(records)
    yield Row(1, tuple(names))
    for number, item in enumerate(records, 2):
        if isinstance(item, dict):
            yield _record(number, item, names, ())
        else:
            text = json.dumps(item, ensure_ascii=False)
            yield Row(number, (text,), (_no_object(text),))


def read_parquet(part: Part) -> Iterator[Row]:
    """The rows of a Parquet file. Row 1 holds the names, the n-th row of the file is row n + 1."""
    try:
        with extracted(part) as path, pq.ParquetFile(path) as file:
            yield Row(1, tuple(file.schema_arrow.names))
            number = 1
            for batch in file.iter_batches():
                columns = [_microseconds(column).to_pylist() for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield Row(number, tuple([_value_text(cell) for cell in cells]))
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"the Parquet file is damaged or cut off ({error})",
            file=part.label,
            remedy="copy or download the file again",
        ) from error


def _parsed_lines(part: Part) -> Iterator[tuple[str, object, tuple[RowProblem, ...]]]:
    """Text, value and problems of each line; the value is None where there are problems or the line is empty."""
    for block in read_lines(part):
        for at, text in enumerate(block.texts):
            damage = block.problems.get(at)
            if not text.strip():
                yield text, None, (damage,) if damage else ()
                continue
            try:
                yield text, json.loads(text), (damage,) if damage else ()
            except (ValueError, RecursionError) as error:
                problem = RowProblem("bad_json", f"the line is not valid JSON ({error})", reject=True, value=text[:200])
                yield text, None, (problem,)


def _record(number: int, value: dict[str, object], names: dict[str, None], problems: tuple[RowProblem, ...]) -> Row:
    unknown = [key for key in value if key not in names]
    if unknown:
        problems += (
            RowProblem(
                "unknown_key",
                f"the record has a key that the first {_HEAD:,} do not have; it is not read",
                reject=False,
                value=unknown[0],
            ),
        )
    return Row(number, tuple([_value_text(value.get(name)) for name in names]), problems)


def _names(records: Iterable[object]) -> dict[str, None]:
    names: dict[str, None] = {}
    for record in islice(records, _HEAD):
        if isinstance(record, dict):
            names.update(dict.fromkeys(record))
    return names


def _longest_array(value: object, depth: int) -> list[object] | None:
    """The longest array of objects inside a value."""
    best: list[object] | None = None
    if isinstance(value, dict) and depth:
        for inner in value.values():
            found = inner if isinstance(inner, list) else _longest_array(inner, depth - 1)
            if found and isinstance(found[0], dict) and len(found) > len(best or ()):
                best = found
    return best


def _no_object(text: str) -> RowProblem:
    return RowProblem("not_an_object", "the record is not a JSON object", reject=True, value=text[:200])


def _microseconds(column: pa.Array) -> pa.Array:
    """Times in nanoseconds have no Python value."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column


def _value_text(value: object) -> str | None:
    if isinstance(value, str):
        return value or None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return cell_text(value)
