"""Reads JSON lines, JSON arrays and Parquet to rows, with the column names as the first row."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyarrow.parquet as pq

from entrepot.errors import InputError
from entrepot.readers.files.content import extracted, open_text, read_bytes
from entrepot.readers.files.part import Part, Row, RowProblem
from entrepot.readers.files.workbook import cell_text

_HEAD = 1_000
"""Objects looked at for the column names; keys that first appear later are appended as problems."""


def read_json_lines(part: Part) -> Iterator[Row]:
    """One object a line; row 1 is the header, line n is row n + 1."""
    with open_text(part) as text:
        objects = [json.loads(line) for line in text if line.strip()]
    yield from _objects(objects)


def read_json(part: Part) -> Iterator[Row]:
    """An array of objects, or the one array of objects inside an object."""
    try:
        value = json.loads(read_bytes(part))
    except ValueError as error:
        raise InputError(f"not valid JSON ({error})", file=part.label, remedy="download the file again") from error
    if isinstance(value, dict):
        value = next((v for v in value.values() if isinstance(v, list)), [value])
    yield from _objects(value)


def read_parquet(part: Part) -> Iterator[Row]:
    """The rows of a Parquet file; row 1 is the header."""
    with extracted(part) as path, pq.ParquetFile(path) as file:
        yield Row(1, tuple(file.schema_arrow.names))
        number = 1
        for batch in file.iter_batches():
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield Row(number, tuple(_value_text(cell) for cell in cells))


def _objects(objects: list[object]) -> Iterator[Row]:
    names: dict[str, None] = {}
    for item in objects:
        if isinstance(item, dict):
            names.update(dict.fromkeys(item))
    yield Row(1, tuple(names))
    for number, item in enumerate(objects, 2):
        if isinstance(item, dict):
            yield Row(number, tuple(_value_text(item.get(name)) for name in names))
        else:
            problem = RowProblem("not_an_object", "the row is not a JSON object", reject=True)
            yield Row(number, (json.dumps(item, ensure_ascii=False),), (problem,))


def _value_text(value: object) -> str | None:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return cell_text(value)
