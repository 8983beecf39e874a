"""The command `classify`: goods texts of a CSV file to likely HS codes, controls and contradictions; no case needed."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from entrepot.cli.output import err, print_json
from entrepot.errors import InputError, UsageError
from entrepot.goods.classify import Classifier
from entrepot.goods.controls import find_controls_in
from entrepot.goods.disguise import contradictions
from entrepot.model.hs import digits
from entrepot.readers.files import parts, rows

COLUMNS = ("row", "rank", "hs6", "score", "words", "controls", "contradiction", "abstained")
"""Columns of the output; a text that was not classified has one row of rank 0 that says why."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that a spreadsheet would take for a formula (OWASP, CSV injection)."""

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
    numbers, texts, codes = _read(file, column, declared_column)
    records = _classified(numbers, texts, codes, top)
    if output is not None:
        try:
            with output.open("w", encoding="utf-8", newline="") as handle:
                handle.write(_csv(records))
        except OSError as error:
            raise UsageError("the file cannot be written", file=output, remedy="choose another place") from error
        err.print(f"{len(texts):,} texts, {len(records):,} rows in {output}", markup=False)
    if as_json:
        print_json(records)
    elif output is None:
        sys.stdout.write(_csv(records))


def _read(file: Path, column: str, declared: str | None) -> tuple[list[int], list[str], list[str | None]]:
    """Row numbers, texts and declared codes; the first row that holds the column's name is the header."""
    if not file.is_file():
        raise InputError("there is no such file", file=file, remedy="check the path")
    place: dict[str, int] | None = None
    numbers, texts, codes = list[int](), list[str](), list[str | None]()
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
        code = cells[place[declared]] if declared is not None and place[declared] < len(cells) else ""
        numbers.append(row.number)
        texts.append(cell)
        codes.append(_code(code, file, row.number, declared))
    if place is None:
        raise InputError("the file has no rows", file=file, remedy="a header and one text per row")
    return numbers, texts, codes


def _code(cell: str, file: Path, row: int, column: str | None) -> str | None:
    if not cell:
        return None
    code = digits(cell)
    if code is None or len(code) < 4:
        raise InputError(
            "not an HS code", file=file, row=row, column=column, value=cell,
            remedy="4 to 14 digits, for example 854231 or 8542.31; leave the cell empty where it is unknown",
        )  # fmt: skip
    return code


def _classified(numbers: Sequence[int], texts: Sequence[str], codes: Sequence[str | None], top: int) -> list[Record]:
    classifier = Classifier.default()
    pairs = list(zip(texts, codes, strict=True))
    found = zip(
        numbers,
        classifier.classify(texts, top),
        find_controls_in(pairs),
        contradictions(pairs, classifier),
        strict=True,
    )
    records: list[Record] = []
    for number, result, hits, against in found:
        shared: Record = {
            "controls": "; ".join(f"{hit.control_id} ({', '.join(hit.why)})" for hit in hits) or None,
            "contradiction": against.title if against is not None else None,
        }
        if not result.candidates:
            records.append(
                {
                    "row": number,
                    "rank": 0,
                    "hs6": None,
                    "score": None,
                    "words": None,
                    **shared,
                    "abstained": result.abstained,
                }
            )
        records += [
            {
                "row": number,
                "rank": rank,
                "hs6": candidate.hs6,
                "score": round(candidate.score, 4),
                "words": "; ".join(candidate.words),
                **shared,
                "abstained": None,
            }
            for rank, candidate in enumerate(result.candidates, 1)
        ]
    return records


def _csv(records: Sequence[Record]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([_safe(record[name]) for name in COLUMNS])
    return out.getvalue()


def _safe(value: str | int | float | None) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
