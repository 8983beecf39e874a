"""What a table shows, as a file: CSV and XLSX that no spreadsheet takes for formulas, or Parquet."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import xlsxwriter
from starlette.responses import Response

from entrepot.dossier.export import CELL_CHARACTERS, FORMULA_STARTS, SHEET_ROWS
from entrepot.errors import UsageError

FORMULA = "^[=+@\\t\\r\\n-]"
"""What a spreadsheet takes for a formula (OWASP, CSV injection): the same characters as `FORMULA_STARTS`."""

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def file_of(rows: pa.Table, form: str, name: str) -> Response:
    """A response with the rows as a file called `name`.

    Raises:
        UsageError: the form is not one of `csv`, `xlsx`, `parquet`.
    """
    writers: dict[str, Callable[[pa.Table], bytes]] = {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet}
    if form not in writers:
        raise UsageError("unknown form of a file", column="get", value=form, remedy=f"one of {', '.join(writers)}")
    return Response(
        writers[form](rows),
        media_type=TYPES[form],
        headers={"content-disposition": f'attachment; filename="{name}.{form}"'},
    )


def _csv(rows: pa.Table) -> bytes:
    columns = [
        pc.if_else(pc.match_substring_regex(column, FORMULA), pc.binary_join_element_wise("'", column, ""), column)
        if pa.types.is_string(column.type)
        else column
        for column in rows.columns
    ]
    out = io.BytesIO()
    pacsv.write_csv(pa.table(columns, rows.column_names), out)
    return out.getvalue()


def _parquet(rows: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(rows, out)
    return out.getvalue()


def _xlsx(rows: pa.Table) -> bytes:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shown.xlsx"
        with xlsxwriter.Workbook(str(path), options) as book:
            bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
            sheet = book.add_worksheet("rows")
            sheet.freeze_panes(1, 0)
            for at, name in enumerate(rows.column_names):
                sheet.write_string(0, at, name, bold)
            for number, row in enumerate(_records(rows.slice(0, SHEET_ROWS)), 1):
                for at, value in enumerate(row):
                    if isinstance(value, bool):
                        sheet.write_boolean(number, at, value)
                    elif isinstance(value, int | float):
                        sheet.write_number(number, at, value)
                    elif isinstance(value, str):
                        text = f"'{value}" if value.startswith(FORMULA_STARTS) else value
                        sheet.write_string(number, at, text[:CELL_CHARACTERS])
                    elif value is not None:
                        sheet.write_datetime(number, at, value, day)
        return path.read_bytes()


def _records(rows: pa.Table) -> Iterator[tuple[object, ...]]:
    for batch in rows.to_batches(max_chunksize=10_000):
        columns = [column.to_pylist() for column in batch.columns]
        yield from zip(*columns, strict=True)
