"""Reads sheets of workbooks (XLSX, XLS) to rows of text."""

from __future__ import annotations

import datetime
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import python_calamine

from entrepot.errors import InputError, show
from entrepot.readers.files.content import read_bytes
from entrepot.readers.files.part import Part, Row, RowProblem
from entrepot.readers.files.workbook_xml import inspect

EXACT_DIGITS = 15
"""Digits of a number that a spreadsheet keeps (Microsoft, Excel specifications: number precision)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, whether the workbook hides it, and notes about how it is read."""

    name: str
    hidden: bool
    notes: tuple[str, ...] = ()


def sheets(part: Part) -> list[Sheet]:
    """The work sheets of a workbook, in its order (charts and macros left out).

    Raises:
        InputError: damaged, cut off, protected with a password, without a sheet, or with a sheet of absurd extent.
    """
    notes = inspect(part) if part.format == "xlsx" else {}
    workbook = _open(part)
    found = [
        Sheet(sheet.name, sheet.visible != python_calamine.SheetVisibleEnum.Visible, notes.get(sheet.name, ()))
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if not found:
        raise InputError("the workbook has no work sheet", file=part.label, remedy="a workbook with a table in a sheet")
    return found


def read_sheet(part: Part) -> Iterator[Row]:
    """The rows of one sheet, from row 1 and column A of the sheet, empty rows included.

    A value that is merged over several rows stands in each of them. Formulas give the result that the workbook keeps.
    """
    with _damage_told(part):
        sheet = _open(part).get_sheet_by_name(part.sheet or "")
    if sheet.start is None:
        return
    # calamine gives the rows from the first of the sheet, but the columns from the first that is used.
    left: list[str | None] = [None] * sheet.start[1]
    merged = _merged_downwards(sheet.merged_cell_ranges or ())
    lasting: dict[int, tuple[int, str | None]] = {}
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = left + [cell_text(cell) for cell in cells]
        if lasting:
            _repeat(number, texts, lasting)
        for column, last in merged.get(number, ()):
            lasting[column] = (last, texts[column] if column < len(texts) else None)
        yield Row(number, tuple(texts), _rounded(cells, len(left)))


def cell_text(cell: object) -> str | None:
    """A cell as text: ISO dates, `123` for 123.0, None for empty."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, datetime.timedelta):
        return f"{cell.total_seconds() / 3600:g} h"
    return str(cell)


Position = tuple[int, int]


def _merged_downwards(ranges: Sequence[tuple[Position, Position]]) -> dict[int, list[tuple[int, int]]]:
    """Row number to the columns (0-based) whose value is merged from there down to a last row number. Ranges over one row
    are titles or headers over columns: their value stays in the first."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (top, left), (bottom, _) in ranges:
        if bottom > top:
            found[top + 1].append((left, bottom + 1))
    return found


def _repeat(number: int, texts: list[str | None], lasting: dict[int, tuple[int, str | None]]) -> None:
    """Write merged values into a row below the first, and forget those that have ended."""
    for column, (last, value) in list(lasting.items()):
        if number > last:
            del lasting[column]
        elif column < len(texts) and texts[column] is None:
            texts[column] = value


def _rounded(cells: Sequence[object], left: int) -> tuple[RowProblem, ...]:
    """Numbers that the spreadsheet rounded: declaration and card numbers that were typed as numbers."""
    problems = [
        RowProblem(
            "digits_lost",
            f"a number of more than {EXACT_DIGITS} digits: the spreadsheet has rounded it; format such columns as text",
            reject=False,
            cell=left + at,
            value=cell_text(cell),
        )
        for at, cell in enumerate(cells)
        if isinstance(cell, float) and abs(cell) >= 10**EXACT_DIGITS
    ]
    return tuple(problems)


def _open(part: Part) -> python_calamine.CalamineWorkbook:
    source: Path | io.BytesIO = part.path if part.compression is None else io.BytesIO(read_bytes(part))
    with _damage_told(part):
        return python_calamine.load_workbook(source)


@contextmanager
def _damage_told(part: Part) -> Iterator[None]:
    """What calamine raises about a file becomes an InputError."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise InputError(
            "the workbook is protected with a password", file=part.label, remedy="save a copy without a password"
        ) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(part, error) from error
    except BaseException as error:
        # A damaged XLS can make the Rust code panic; that exception has a name, but no importable class.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(part, error) from error


def _damaged(part: Part, error: BaseException) -> InputError:
    return InputError(
        f"the workbook is damaged or cut off ({show(str(error))})",
        file=part.label,
        remedy="copy or download the file again",
    )
