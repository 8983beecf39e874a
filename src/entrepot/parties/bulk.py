"""Screens and matches files of names: CSV in, rows out in the same order."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from entrepot.errors import InputError, UsageError
from entrepot.model.places import country
from entrepot.parties.compare import MATCH, compare, compare_pairs
from entrepot.parties.evidence import Facts
from entrepot.parties.matching import by_kind, listed_names
from entrepot.parties.screen import Query, Result, build_index, screen

SCREEN_COLUMNS = ("row", "name", "list", "entry_id", "entry_name", "matched_name", "score", "decision", "explanation", "listed_on_date")  # fmt: skip

Done = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Tells nobody."""


def read_csv(path: Path, columns: Sequence[str | None]) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of a CSV file in UTF-8.

    Raises:
        InputError: the file cannot be read, or a named column is not in its header.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as handle:
            reader = csv.DictReader(handle)
            rows = list(reader)
            header = list(reader.fieldnames or ())
    except FileNotFoundError as error:
        raise InputError("there is no such file", file=path, remedy="check the path") from error
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8", file=path, remedy="save it as UTF-8") from error
    except csv.Error as error:
        raise InputError(f"not a CSV file: {error}", file=path, remedy="a CSV file with a header") from error
    for column in columns:
        if column is not None and column not in header:
            raise InputError(
                "there is no such column", file=path, row=1, column=column, remedy=f"one of {', '.join(header)}"
            )
    return header, rows


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
    _, rows = read_csv(path, (name, country_column, id_column, date_column))
    listed = [entry for tables in lists for entry in listed_names(*tables)]
    queries = []
    for number, row in enumerate(rows, 2):
        found = country(row[country_column]) if country_column and row[country_column] else None
        identifier = (row[id_column] or "").strip() if id_column else ""
        facts = Facts(by_kind([("tax", identifier)] if identifier else []), frozenset([found] if found else []))
        queries.append(Query(number, row[name] or "", day=_day(path, number, date_column, row), facts=facts))
    for result in screen(queries, listed, build_index(listed), threshold=threshold):
        done(result.row - 1, len(rows))
        yield result


def match_file(
    path: Path, left: str, right: str, schema: str | None = None, *, explain: bool = True, done: Done = silent
) -> Iterator[dict[str, str]]:
    """The rows of a file of pairs with `score`, `match` and `explanation`, in the same order; `done` is told how many of how many."""
    _, rows = read_csv(path, (left, right, schema))
    schemas = [row[schema] or None for row in rows] if schema else None
    lefts, rights = [row[left] or "" for row in rows], [row[right] or "" for row in rows]
    if not explain:
        scores = compare_pairs(lefts, rights, schemas)
        for row, score in zip(rows, scores, strict=True):
            yield {**row, "score": f"{score:.4f}", "match": "true" if score >= MATCH else "false", "explanation": ""}
        return
    for at, row in enumerate(rows):
        done(at + 1, len(rows))
        compared = compare(lefts[at], rights[at], schemas[at] if schemas else None)
        yield {
            **row,
            "score": f"{compared.score:.4f}",
            "match": "true" if compared.match else "false",
            "explanation": compared.explanation,
        }


def _day(path: Path, number: int, column: str | None, row: dict[str, str]) -> dt.date | None:
    text = (row[column] or "").strip() if column else ""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError as error:
        raise UsageError(
            "not a day", file=path, row=number, column=column, value=text, remedy="a day as YYYY-MM-DD"
        ) from error
