"""Reads sheets of XLSX and XLS workbooks to rows of text."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from pathlib import Path

import python_calamine

from entrepot.errors import InputError
from entrepot.readers.files.content import read_bytes
from entrepot.readers.files.part import Part, Row


def sheets(part: Part) -> list[tuple[str, bool]]:
    """Name and whether it is hidden, of each sheet that holds cells."""
    workbook = _open(part)
    return [
        (sheet.name, sheet.visible != python_calamine.SheetVisibleEnum.Visible)
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]


def read_sheet(part: Part) -> Iterator[Row]:
    """The rows of one sheet, from row 1 of the sheet, empty rows included."""
    sheet = _open(part).get_sheet_by_name(part.sheet or "")
    if sheet.start is None:
        return
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield Row(number, tuple(cell_text(cell) for cell in cells))


def cell_text(cell: object) -> str | None:
    """A cell as text: ISO dates, `123` for 123.0, None for empty."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def _open(part: Part) -> python_calamine.CalamineWorkbook:
    source: Path | io.BytesIO = part.path if part.compression is None else io.BytesIO(read_bytes(part))
    try:
        return python_calamine.load_workbook(source)
    except python_calamine.PasswordError as error:
        raise InputError(
            "the workbook is protected with a password", file=part.label, remedy="save a copy without a password"
        ) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(
            f"the workbook is damaged or cut off ({error})", file=part.label, remedy="copy or download the file again"
        ) from error
