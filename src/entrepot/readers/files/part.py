"""What a readable part of a file and a row of it are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TABULAR = frozenset({"csv", "xlsx", "xls", "jsonl", "json", "parquet"})
"""Formats that are tables. `rows` also reads `text`, one cell a line."""


@dataclass(frozen=True, slots=True)
class Part:
    """One readable part of one file: the file itself, a sheet of a workbook, a member of an archive.

    Attributes:
        path: the file on disk.
        number: 0-based position among the parts of the file.
        name: sheet or archive member (`member` or `member/sheet`), None where the file is one part. It comes from the
            file: use it for display only, through `errors.show`.
        format: `csv`, `xlsx`, `xls`, `jsonl`, `json`, `parquet`, `xml`, `html`, `pdf`, `docx`, `eml`, `text`.
        encoding: Python codec of text formats; None for binary ones.
        delimiter, quote: of `csv`; the delimiter is NUL where the file has one column.
        width: of `csv`: the number of cells that most rows have.
        compression: `gzip`, `zip` or None.
        member: index of the member in the zip's directory.
        sheet: name of the sheet in its workbook.
        hidden: True for a sheet that the workbook hides.
        notes: sentences about how the part will be read, for the person who adds it.
    """

    path: Path
    number: int
    name: str | None
    format: str
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    width: int = 0
    compression: str | None = None
    member: int | None = None
    sheet: str | None = None
    hidden: bool = False
    notes: tuple[str, ...] = ()

    @property
    def tabular(self) -> bool:
        """Whether it is a table."""
        return self.format in TABULAR

    @property
    def label(self) -> str:
        """The file, and the part where there are several, for messages."""
        return str(self.path) if self.name is None else f"{self.path} [{self.name}]"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row, or with one cell of it.

    Attributes:
        code: stable: `broken_quotes`, `stray_quote`, `nul_byte`, `bad_encoding`, `bad_json`, `not_an_object`,
            `row_too_long`, `cell_error`.
        message: one sentence, with what would be accepted.
        reject: True where the row cannot be used: its cells are what could be recovered and must go to `rejects`;
            False where the row is good and the problem belongs in `reading_problems`.
        cell: 0-based index of the cell, where one is to blame.
        value: the offending text.
    """

    code: str
    message: str
    reject: bool
    cell: int | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One record.

    Attributes:
        number: 1-based position among the records of the part, header and empty rows included.
        cells: text of each cell; None where the cell is empty. As many as the row has: too few or too many for the
            header is for the caller to judge.
        problems: see RowProblem; empty for nearly every row.
    """

    number: int
    cells: tuple[str | None, ...]
    problems: tuple[RowProblem, ...] = ()

    @property
    def rejected(self) -> bool:
        """Whether the row must go to `rejects`."""
        return any(problem.reject for problem in self.problems)

    @property
    def empty(self) -> bool:
        """Whether no cell holds anything but white space. An empty row is no data row, but it keeps its number."""
        return not self.problems and all(cell is None or not cell.strip() for cell in self.cells)
