"""Commands about names: screen, match."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TextIO

import duckdb
import pyarrow as pa
import typer
from rich.text import Text

from entrepot.casework.steps_parties import PARTIES_SQL
from entrepot.cli.casebook import day
from entrepot.cli.output import err, moving, out, print_json_lines, safe, say_first_use
from entrepot.engine.sql import load
from entrepot.engine.store import disk_errors
from entrepot.errors import InputError, UsageError
from entrepot.model.tables import TABLES
from entrepot.parties import bulk
from entrepot.parties.compare import MATCH, compare
from entrepot.readers import lists
from entrepot.readers.files import parts

Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="CSV file to write; stdout by default.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("screen")(screen)
    app.command("match")(match)


def screen(
    names: Annotated[
        Path, typer.Argument(metavar="NAMES.csv", help="A table with a header: CSV in any encoding, XLSX, ...")
    ],
    list_files: Annotated[list[Path], typer.Option("--list", "-l", help="A list file; give it once per file.")],
    column: Annotated[str, typer.Option(help="Column of the names.")] = "name",
    country_column: Annotated[str | None, typer.Option(help="Column of the country.")] = None,
    id_column: Annotated[str | None, typer.Option(help="Column of the tax or registration number.")] = None,
    date_column: Annotated[str | None, typer.Option(help="Column of the day on which listing is asked.")] = None,
    list_date: Annotated[
        str | None, typer.Option(help="Date of the lists, YYYY-MM-DD, where the files do not say.")
    ] = None,
    threshold: Annotated[float, typer.Option(help="Score from which a candidate is a match.")] = MATCH,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Screen every name of a file against lists; no case needed."""
    if not 0 < threshold <= 1:
        raise UsageError(
            "a threshold is above 0 and at most 1", column="--threshold", value=threshold, remedy=f"for example {MATCH}"
        )
    tables = _lists(list_files, day(list_date, "--list-date"))
    say_first_use()
    with moving("names screened", shown=output is not None or not sys.stdout.isatty()) as done:
        results = bulk.screen_file(
            names,
            [tables],
            name=column,
            country_column=country_column,
            id_column=id_column,
            date_column=date_column,
            threshold=threshold,
            done=done,
        )
        _write((asdict(result) for result in results), bulk.SCREEN_COLUMNS, output, as_json)


def match(
    left_or_file: Annotated[str, typer.Argument(metavar="A|PAIRS.csv", help="A name, or a table of pairs.")],
    right_name: Annotated[str | None, typer.Argument(metavar="B", help="The other name.")] = None,
    left: Annotated[str, typer.Option(help="Column of one name.")] = "name1",
    right: Annotated[str, typer.Option(help="Column of the other.")] = "name2",
    schema_column: Annotated[
        str | None, typer.Option(help="Column of what both are: Person, Company, Vessel, ...")
    ] = None,
    schema: Annotated[str | None, typer.Option(help="What both are, for one pair.")] = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Compare two names and explain the score, or the pairs of a file."""
    say_first_use()
    if right_name is not None:
        compared = compare(left_or_file, right_name, schema)
        if as_json:
            print_json_lines([{"left": left_or_file, "right": right_name, **asdict(compared)}])
            return
        out.print(Text(f"{compared.score:.2f}  {compared.decision}", style="bold"))
        out.print(Text(safe(compared.explanation)))
        return
    path = Path(left_or_file)
    header = bulk.read_table(path, (left, right, schema_column)).header
    with moving("pairs compared", shown=output is not None or not sys.stdout.isatty()) as done:
        rows = bulk.match_file(path, left, right, schema_column, done=done)
        _write(rows, (*header, "score", "match", "explanation"), output, as_json)


def _lists(files: Sequence[Path], list_date: dt.date | None) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    """Presence, names, identifiers and places of the list files together."""
    read: dict[str, list[pa.Table]] = {
        name: [] for name in ("list_entries", "list_names", "list_identifiers", "list_places")
    }
    for file in files:
        known = False
        for number, part in enumerate(parts(file)):
            form = lists.recognise(part, said=True)
            if form is None:
                continue
            known = True
            reading = lists.read(part, source_id=f"{file.name}-{number}", format=form, list_date=list_date)
            for table, found in read.items():
                found.append(reading.tables.get(table, TABLES[table].empty()))
            for note in reading.notes:
                err.print(Text(f"{safe(file)}: {safe(note)}"))
        if not known:
            raise InputError(
                "not recognised as a list: no column of names was found in it",
                file=file,
                remedy="call the column of names `name`; docs/lists.md has the formats that are read",
            )
    tables = {name: pa.concat_tables(found) for name, found in read.items()}
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        for name, table in tables.items():
            connection.register(name, table)
        presence = connection.sql(load(PARTIES_SQL / "list_presence.sql").text).to_arrow_table()
    return presence, tables["list_names"], tables["list_identifiers"], tables["list_places"]


def _write(
    rows: Iterable[Mapping[str, object]],
    columns: Sequence[str],
    output: Path | None,
    as_json: bool,
) -> None:
    """Rows as CSV or JSON lines, each flushed in batches so that an interruption loses nothing already written."""
    if as_json:
        print_json_lines(rows)
        return
    with _opened(output) as handle:
        writer = csv.DictWriter(handle, fieldnames=list(columns), extrasaction="ignore")
        writer.writeheader()
        for at, row in enumerate(rows):
            writer.writerow(_neutral(row))
            if at % 1000 == 0:
                handle.flush()


def _neutral(row: Mapping[str, object]) -> dict[str, object]:
    """Texts that a spreadsheet would take for a formula get an apostrophe before them."""
    return {k: f"'{v}" if isinstance(v, str) and v[:1] in "=+-@\t\r" and v else v for k, v in row.items()}


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with disk_errors(output), output.open("w", newline="", encoding="utf-8") as handle:
        yield handle
