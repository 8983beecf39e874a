"""Prints a dossier as a workbook: what it says, the subject's shipments, the cited rows, sources; no cell is a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from entrepot.dossier.document import Code, Dossier, Drawing, Grid, Heading, Row, Section, Sentence
from entrepot.dossier.plain import clean, spreadsheet

CELL_CHARACTERS = 32_767
"""Characters of a cell (Excel's specification)."""

_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

_MADE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""Written as the day of creation, so that one state of a case gives the same bytes."""

_TONES = ("plain", "strong", "warn", "blank", "heading", "section")


def write_workbook(dossier: Dossier, path: Path) -> None:
    """Write the workbook: `dossier` (sentences and tables in order), `shipments`, `cited rows`, `queries`."""
    with xlsxwriter.Workbook(str(path), _SAFE) as book:
        book.set_properties({"title": spreadsheet(clean(dossier.title, 200)), "created": _MADE, "comments": f"entrepot {dossier.program}, state {dossier.state}"})  # fmt: skip
        sheets = _Sheets(book, dossier)
        sheets.statements()
        sheets.table("shipments", dossier.tables.get("shipments", ()))
        sheets.table(
            "cited rows",
            [
                {"no.": c.number, "file": c.path, "part": c.part, "row": c.row.row_number, "sha256": c.sha256, "synthetic": c.synthetic, **c.shown, "original": c.original}
                for c in dossier.cited
            ],
        )  # fmt: skip
        sheets.table("queries", [{"name": name, "query": text} for name, text in dossier.queries.items()])


class _Sheets:
    """The sheets of one workbook with their formats."""

    def __init__(self, book: xlsxwriter.Workbook, dossier: Dossier) -> None:
        self.book = book
        self.dossier = dossier
        self.numbers = dossier.number_of()
        top: dict[str, object] = {"valign": "top"}
        wrapped: dict[str, object] = {**top, "text_wrap": True}
        self.plain = book.add_format(top)
        self.head = book.add_format({**top, "bold": True, "bottom": 1})
        self.day = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})
        self.amount = book.add_format({**top, "num_format": "#,##0.##"})
        looks: tuple[dict[str, object], ...] = ({}, {"bold": True}, {"font_color": "#8a4a00", "bg_color": "#fff4e2"}, {"font_color": "#7a1f1f", "bg_color": "#fdeeee"}, {"bold": True, "italic": True}, {"bold": True, "font_size": 14})  # fmt: skip
        self.tones = {
            tone: book.add_format({**wrapped, **look, "num_format": "@"})
            for tone, look in zip(_TONES, looks, strict=True)
        }

    def statements(self) -> None:
        """Every section in one sheet: a sentence a line with its footnotes, tables below each other."""
        sheet = self._sheet("dossier")
        sheet.set_column(0, 0, 100)
        sheet.set_column(1, 12, 18)
        sheet.write_string(0, 0, spreadsheet(clean(self.dossier.title, 300)), self.tones["section"])
        line = 2
        for section in self.dossier.sections:
            line = self._section(sheet, section, line)

    def _section(self, sheet: Worksheet, section: Section, line: int) -> int:
        write = sheet.write_string
        write(line, 0, section.title, self.tones["section"])
        line += 1
        for block in section.blocks:
            if isinstance(block, Sentence):
                write(line, 0, _text(block.text), self.tones[block.tone])
                if notes := self._notes(block.rows, block.more):
                    write(line, 1, notes, self.plain)
                line += 1
            elif isinstance(block, Heading):
                write(line, 0, _text(block.text), self.tones["heading"])
                line += 1
            elif isinstance(block, Drawing | Code):
                write(line, 0, _text(" ".join((block.caption, *(block.words if isinstance(block, Drawing) else (block.text,))))), self.tones["plain"])  # fmt: skip
                line += 1
            else:
                line = self._grid(sheet, block, line)
        return line + 1

    def _grid(self, sheet: Worksheet, grid: Grid, line: int) -> int:
        for at, name in enumerate((*grid.columns, "rows") if grid.cites else grid.columns):
            sheet.write_string(line, at, name, self.head)
        for number, row in enumerate(grid.rows):
            line += 1
            for at, value in enumerate(row):
                self._write(sheet, line, at, value, self.tones["plain"] if at == 0 else self.plain)
            if grid.cites and (notes := self._notes(grid.cites[number])):
                sheet.write_string(line, len(row), notes, self.plain)
        beyond = f" {grid.beyond:,} further lines are in the case." if grid.beyond else ""
        if grid.caption or beyond:
            line += 1
            sheet.write_string(line, 0, _text(grid.caption + beyond), self.tones["plain"])
        return line + 2

    def table(self, name: str, rows: Sequence[Mapping[str, object]]) -> None:
        """One sheet of rows with a frozen header and a filter."""
        sheet = self._sheet(name)
        if not rows:
            sheet.write_string(0, 0, "none", self.plain)
            return
        columns = list(dict.fromkeys(key for row in rows for key in row))
        for at, column in enumerate(columns):
            sheet.write_string(0, at, spreadsheet(column), self.head)
            sheet.set_column(at, at, 60 if column in ("original", "query", "goods_text") else 16)
        for line, row in enumerate(rows, 1):
            for at, column in enumerate(columns):
                self._write(sheet, line, at, row.get(column), self.plain)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        mark = "SYNTHETIC: rows are generated and not real" if self.dossier.synthetic else "indicators, not verdicts"
        sheet.set_header(f"&L{mark}&Rstate {self.dossier.state}")
        sheet.set_footer("&C&P / &N")
        return sheet

    def _write(self, sheet: Worksheet, line: int, at: int, value: object, form: object) -> None:
        """A value by its type; text always as text."""
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(line, at, value, form)
        elif isinstance(value, int | float):
            sheet.write_number(line, at, value, self.amount)
        elif isinstance(value, dt.date):
            sheet.write_datetime(line, at, dt.datetime(value.year, value.month, value.day), self.day)
        else:
            sheet.write_string(line, at, _text(str(value)), form)

    def _notes(self, rows: tuple[Row, ...], more: int = 0) -> str:
        shown = ", ".join(str(self.numbers[row]) for row in rows if row in self.numbers)
        return f"[{shown}{f', and {more:,} more' if more else ''}]" if shown else ""


def _text(value: str) -> str:
    """Text for a cell: no formula, no control characters, within a cell's length."""
    return spreadsheet(clean(value, CELL_CHARACTERS - 1))
