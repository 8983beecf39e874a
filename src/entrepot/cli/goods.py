"""The command `classify`: goods texts of a CSV file to likely HS codes, controls and contradictions; no case needed."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.text import Text

from entrepot.cli.output import err, moving, print_json, safe
from entrepot.engine.store import disk_errors
from entrepot.errors import InputError, UsageError
from entrepot.goods.classify import Classifier
from entrepot.goods.controls import find_controls_in
from entrepot.goods.disguise import contradictions
from entrepot.model.hs import digits
from entrepot.readers.files import parts, rows
from entrepot.readers.values import clean

COLUMNS = ("row", "rank", "hs6", "score", "words", "controls", "contradiction", "abstained")
"""Columns of the output; a text that was not classified has one row of rank 0 that says why."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that a spreadsheet would take for a formula (OWASP, CSV injection)."""

_AT_ONCE = 2_000
"""Texts classified together; equal ones among them are looked at once."""

_FEWEST_DIGITS = 4
"""A chapter alone says too little to hold against a text."""

Record = dict[str, str | int | float | None]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("classify")(classify)


def classify(
    file: Annotated[Path, typer.Argument(metavar="GOODS.csv", help="A table with a column of goods texts.")],
    column: Annotated[str, typer.Option("--column", help="Header of the goods texts.")] = "text",
    declared_column: Annotated[
        str | None, typer.Option("--declared-column", help="Header of the declared HS codes.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="CSV file to write.")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=50, help="Codes per text.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Likely HS codes of goods texts with the words that decided, controls, and texts that contradict a declared code."""
    numbers, texts, codes, unread = _read(file, column, declared_column)
    if unread:
        row, cell = unread[0]
        count = "1 declared code is" if len(unread) == 1 else f"{len(unread):,} declared codes are"
        err.print(
            Text(
                f"{safe(file)}: {count} no HS code and not compared with the text, the first in row {row}, column "
                f"{safe(declared_column)}: {safe(cell[:80])!r}. Accepted: 4 to 14 digits, for example 854231 or 8542.31"
            )
        )
    with moving("texts classified", shown=output is not None or not sys.stdout.isatty()) as done:
        records = _classified(numbers, texts, codes, top, done)
        if output is None and not as_json:
            _write(records, sys.stdout)
            return
        found = list(records)
    if output is not None:
        try:
            with disk_errors(output), output.open("w", encoding="utf-8", newline="") as handle:
                _write(found, handle)
        except OSError as error:
            raise UsageError("the file cannot be written", file=output, remedy="choose another place") from error
        err.print(f"{len(texts):,} texts, {len(found):,} rows in {output}", markup=False)
    if as_json:
        print_json(found)


def _read(
    file: Path, column: str, declared: str | None
) -> tuple[list[int], list[str], list[str | None], list[tuple[int, str]]]:
    """Row numbers, texts, declared codes, and rows with what stands in place of a code; the first row that holds the column's name is
    the header."""
    if not file.is_file():
        raise InputError("there is no such file", file=file, remedy="check the path")
    place: dict[str, int] | None = None
    numbers, texts, codes, unread = list[int](), list[str](), list[str | None](), list[tuple[int, str]]()
    for row in rows(parts(file)[0]):
        cells = ["" if cell is None else str(cell).strip() for cell in row.cells]
        if place is None:
            place = {name: at for at, name in enumerate(cells)}
            for wanted in (column, declared):
                if wanted is not None and wanted not in place:
                    raise InputError(
                        "there is no such column", file=file, row=row.number, column=wanted,
                        remedy=f"one of {', '.join(cells[:20])}",
                    )  # fmt: skip
            continue
        cell = cells[place[column]] if place[column] < len(cells) else ""
        stated = clean(cells[place[declared]]) if declared is not None and place[declared] < len(cells) else None
        code = digits(stated) if stated is not None else None
        if stated is not None and (code is None or len(code) < _FEWEST_DIGITS):
            code = None
            unread.append((row.number, stated))
        numbers.append(row.number)
        texts.append(cell)
        codes.append(code)
    if place is None:
        raise InputError("the file has no rows", file=file, remedy="a header and one text per row")
    return numbers, texts, codes, unread


def _classified(
    numbers: Sequence[int],
    texts: Sequence[str],
    codes: Sequence[str | None],
    top: int,
    done: Callable[[int, int], None],
) -> Iterator[Record]:
    classifier = Classifier.default()
    for start in range(0, len(texts), _AT_ONCE):
        here = slice(start, start + _AT_ONCE)
        pairs = list(zip(texts[here], codes[here], strict=True))
        found = zip(
            numbers[here],
            classifier.classify(texts[here], top),
            find_controls_in(pairs),
            contradictions(pairs, classifier),
            strict=True,
        )
        for number, result, hits, against in found:
            shared: Record = {
                "controls": "; ".join(f"{hit.control_id} ({', '.join(hit.why)})" for hit in hits) or None,
                "contradiction": against.title if against is not None else None,
            }
            if not result.candidates:
                none: Record = {"row": number, "rank": 0, "hs6": None, "score": None, "words": None}
                yield {**none, **shared, "abstained": result.abstained}
            for rank, candidate in enumerate(result.candidates, 1):
                one: Record = {"row": number, "rank": rank, "hs6": candidate.hs6, "score": round(candidate.score, 4)}
                yield {**one, "words": "; ".join(candidate.words), **shared, "abstained": None}
        done(min(start + _AT_ONCE, len(texts)), len(texts))


def _write(records: Iterable[Record], handle: TextIO) -> None:
    writer = csv.writer(handle, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([_safe(record[name]) for name in COLUMNS])


def _safe(value: str | int | float | None) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
