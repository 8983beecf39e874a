"""Screens and matches files of names: a table in, rows out in the same order."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from entrepot.errors import InputError, UsageError
from entrepot.model.places import country
from entrepot.parties.compare import MATCH, compare, compare_pairs
from entrepot.parties.evidence import Facts
from entrepot.parties.matching import by_kind, listed_names
from entrepot.parties.screen import Query, Result, build_index, screen
from entrepot.readers.files import Part, Row, parts, rows

SCREEN_COLUMNS = ("row", "name", "list", "entry_id", "entry_name", "matched_name", "score", "decision", "explanation", "listed_on_date")  # fmt: skip

Done = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Tells nobody."""


class Table(NamedTuple):
    """Header, and rows by column name with '' for empty cells; `numbers` are those of the rows as a person counts them."""

    header: list[str]
    rows: list[dict[str, str]]
    numbers: list[int]


def read_table(path: Path, columns: Sequence[str | None]) -> Table:
    """The table of a file that has the named columns in its first row: any format, encoding and delimiter that `readers.files` reads.

    Args:
        columns: None stands for a column that is not wanted. Of a workbook the first sheet that has all of them is read.

    Raises:
        InputError: the file cannot be read, has no table with the columns, or a row of it is damaged.
    """
    if not path.exists():
        raise InputError("there is no such file", file=path, remedy="check the path")
    wanted = [column for column in columns if column is not None]
    first: list[str] | None = None
    # a file of one column may look like text, or its commas like delimiters: then it is read as the CSV that it says it is
    for delimiter in (None, ","):
        for part in parts(path, delimiter=delimiter):
            if not (part.tabular or part.format == "text"):
                continue
            records = (row for row in rows(part) if not row.empty)
            top = next(records, None)
            header = [] if top is None else [(cell or "").strip() for cell in top.cells]
            if header and set(wanted) <= set(header):
                return _table(part, header, records)
            first = header if first is None else first
    for column in wanted:
        if column not in (first or ()):
            raise InputError(
                "there is no such column", file=path, row=1, column=column, remedy=f"one of {', '.join(first or ())}"
            )
    raise InputError(
        "no table of the file has all the columns named", file=path, remedy=f"one with {', '.join(wanted)}"
    )


def _table(part: Part, header: list[str], records: Iterable[Row]) -> Table:
    found = Table(header, [], [])
    for row in records:
        for problem in row.problems:
            if problem.reject:
                raise InputError(
                    problem.message, file=part.label, row=row.number, value=problem.value, remedy="mend the row"
                )
        cells = [cell or "" for cell in row.cells[: len(header)]]
        found.rows.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)))
        found.numbers.append(row.number)
    return found


def screen_file(
    path: Path,
    lists: Sequence[tuple[pa.Table, pa.Table, pa.Table, pa.Table]],
    *,
    name: str,
    country_column: str | None = None,
    id_column: str | None = None,
    date_column: str | None = None,
    threshold: float = MATCH,
    done: Done = silent,
) -> Iterator[Result]:
    """One result per candidate, in the order of the file; `row` counts from 1, the header is row 1.

    Args:
        lists: presence, names, identifiers and places of each list, as the tables of a case.
        done: is told how many of how many names are screened.
    """
    table = read_table(path, (name, country_column, id_column, date_column))
    listed = [entry for tables in lists for entry in listed_names(*tables)]
    queries = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        found = country(row[country_column]) if country_column and row[country_column] else None
        identifier = row[id_column].strip() if id_column else ""
        facts = Facts(by_kind([("tax", identifier)] if identifier else []), frozenset([found] if found else []))
        queries.append(Query(number, row[name], day=_day(path, number, date_column, row), facts=facts))
    for result in screen(queries, listed, build_index(listed), threshold=threshold):
        done(bisect_right(table.numbers, result.row), len(table.rows))
        yield result


def match_file(
    path: Path, left: str, right: str, schema: str | None = None, *, explain: bool = True, done: Done = silent
) -> Iterator[dict[str, str]]:
    """The rows of a file of pairs with `score`, `match` and `explanation`, in the same order; `done` is told how many of how many."""
    table = read_table(path, (left, right, schema)).rows
    schemas = [row[schema] or None for row in table] if schema else None
    lefts, rights = [row[left] for row in table], [row[right] for row in table]
    if not explain:
        scores = compare_pairs(lefts, rights, schemas)
        for row, score in zip(table, scores, strict=True):
            yield {**row, "score": f"{score:.4f}", "match": "true" if score >= MATCH else "false", "explanation": ""}
        return
    for at, row in enumerate(table):
        done(at + 1, len(table))
        compared = compare(lefts[at], rights[at], schemas[at] if schemas else None)
        yield {
            **row,
            "score": f"{compared.score:.4f}",
            "match": "true" if compared.match else "false",
            "explanation": compared.explanation,
        }


def _day(path: Path, number: int, column: str | None, row: dict[str, str]) -> dt.date | None:
    text = row[column].strip() if column else ""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError as error:
        raise UsageError(
            "not a day", file=path, row=number, column=column, value=text, remedy="a day as YYYY-MM-DD"
        ) from error
