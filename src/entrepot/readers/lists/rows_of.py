"""The header and the data rows of a list that is a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from entrepot.errors import InputError
from entrepot.readers.files import Part, Row, rows

HEAD = 60
"""Rows looked at to recognise a table."""


def head_of(part: Part) -> list[Row]:
    """The first rows that hold anything."""
    return [row for row in rows(part, HEAD) if not row.empty]


def header_of(head: Sequence[Row]) -> tuple[str, ...]:
    """The cells of the first row, lower case and trimmed; () where there is none."""
    return tuple((cell or "").strip().lower() for cell in head[0].cells) if head else ()


def data_rows(part: Part, required: Sequence[str] = ()) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Header and the rows after it, empty ones left out.

    Raises:
        InputError: the part is empty, or a required column is missing or there twice.
    """
    source = (row for row in rows(part) if not row.empty)
    first = next(source, None)
    if first is None:
        raise InputError("the file has no rows", file=part.label, remedy="a header and at least one row")
    header = tuple((cell or "").strip().lower() for cell in first.cells)
    for name in required:
        if header.count(name) != 1:
            problem = "a column that the list needs is missing" if name not in header else "a column is there twice"
            raise InputError(
                problem,
                file=part.label,
                row=first.number,
                column=name,
                remedy=f"the header has: {', '.join(filter(None, header))}",
            )
    return header, source


class Cells:
    """Cells of a row by the name of their column."""

    __slots__ = ("_index",)

    def __init__(self, header: tuple[str, ...]) -> None:
        self._index = {name: at for at, name in reversed(list(enumerate(header)))}

    def __call__(self, row: Row, name: str) -> str | None:
        """The trimmed text of the cell under `name`, None where it is empty or there is no such column."""
        at = self._index.get(name)
        cell = row.cells[at] if at is not None and at < len(row.cells) else None
        return cell.strip() or None if cell else None
