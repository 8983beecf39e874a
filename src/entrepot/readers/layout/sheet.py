"""Finds the header of a sheet: its row, the group labels above it, the titles before it, the totals after the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from entrepot.readers.layout.crosstab import years_in_turn
from entrepot.readers.layout.folding import fold
from entrepot.readers.layout.header import Heading, heading, languages
from entrepot.readers.layout.lexicon import word_set
from entrepot.readers.values import clean, currency, kilograms_per, quantity_unit

SAMPLE = 2000
"""Rows looked at. A file is sorted by company more often than not; 2,000 rows hold enough of them to tell columns."""

_HEADER_WITHIN = 60
"""A header stands within the first rows; the deepest seen in vendors' files is row 9, in statistics forms about 20."""

_SURE, _FURTHER = 0.5, 6
"""Once a row reads like a header for half of its cells, only so many rows more are compared with it."""

_LONGEST_HEADER = 160
"""Characters of the longest header seen in the wild (a box of the Russian declaration, spelled out): 140."""

_VALUE = re.compile(r"[-+]?[\d\s.,:/\-]+%?|\d{1,2}[-. ]\w{3,9}[-. ]\d{2,4}")

Row = tuple[int, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet taken apart.

    Attributes:
        header_row: number of the header row, from 1, empty rows included; None where there is none.
        data_row: number of the first row of data; None where there is none.
        headers: text of each header, "" where the cell is empty.
        groups: the label that a first header row of merged cells puts over each column, "" for none.
        titles: texts above the header.
        rows: cells of the data rows, each as wide as the header.
        notes: sentences about what was found.
        questions: what a person must answer.
        units: what a row of units under the header gives for each column, "" for none; empty where there is no such row.
    """

    header_row: int | None
    data_row: int | None
    headers: tuple[str, ...]
    groups: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def worded(self) -> tuple[str, ...]:
        """The headers with the units that a row below gives them."""
        units = self.units or ("",) * len(self.headers)
        return tuple(f"{header} ({unit})" if unit else header for header, unit in zip(self.headers, units, strict=True))


def take_apart(rows: Iterable[Row], sample: int = SAMPLE) -> Sheet:
    """The header and the data of a sheet, from its first `sample` rows."""
    grid = [(number, [_text(cell) for cell in cells]) for number, cells in islice(rows, sample)]
    filled = [(number, cells) for number, cells in grid if any(cells)]
    if not filled:
        return Sheet(None, None, (), (), (), (), ("the sheet is empty",))
    place = _header_place(filled)
    notes: list[str] = []
    if place is None:
        width = max(len(cells) for _, cells in filled)
        headers = tuple(f"column {index}" for index in range(1, width + 1))
        notes.append("no header row was recognised: the columns are named by their position")
        data = filled
        return Sheet(None, data[0][0], headers, ("",) * width, (), _even(data, width), tuple(notes))
    place += _goes_on(filled, place)
    header_row, cells = filled[place]
    width = max(_last(cells), _usual_width([_last(row) for _, row in filled[place + 1 : place + 51]]))
    headers = tuple(_pad(cells, width))
    groups = _groups(filled, place, width)
    if any(groups):
        headers = tuple(header or group for header, group in zip(headers, groups, strict=True))
        notes.append(
            f"the header has two rows: row {filled[place - 1][0]} groups the columns named in row {header_row}"
        )
    data = filled[place + 1 :]
    while data and (_numbering(data[0][1]) or _second_header(data[0][1], headers)):
        notes.append(
            f"row {data[0][0]} repeats the header (another language, units or column numbers) and holds no data"
        )
        data = data[1:]
    again = {number for number, row in data if row[: len(cells)] == cells}
    if again:
        notes.append(f"rows that repeat the header within the data: {', '.join(map(str, sorted(again)[:10]))}")
        data = [(number, row) for number, row in data if number not in again]
    units = ("",) * width
    if data and _names_units(data[0][1], headers):
        units = tuple(_pad(data[0][1], width))
        notes.append(f"row {data[0][0]} gives units, not data")
        data = data[1:]
    data, questions = _first_table(data)
    data, more = _without_totals(data, len([header for header in headers if header]))
    above = filled[: place - 1] if any(groups) else filled[:place]
    titles = tuple(cell for _, row in above for cell in row if cell)
    first = data[0][0] if data else None
    table = _even(data, width)
    return Sheet(header_row, first, headers, groups, titles, table, (*notes, *more), questions, units)


def _text(cell: str | None) -> str:
    return "" if cell is None else " ".join(cell.split())


def _last(cells: Sequence[str]) -> int:
    return max((index + 1 for index, cell in enumerate(cells) if cell), default=0)


def _usual_width(widths: Sequence[int]) -> int:
    """The width that a fifth of the rows reach: one row with a cell too many makes no column."""
    return sorted(widths, reverse=True)[len(widths) // 5] if widths else 0


def _pad(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _even(rows: Sequence[tuple[int, list[str]]], width: int) -> tuple[tuple[str | None, ...], ...]:
    return tuple(tuple(cell or None for cell in _pad(cells, width)) for _, cells in rows)


def _header_place(filled: Sequence[tuple[int, list[str]]]) -> int | None:
    """Position of the row that reads most like a header, None where none does."""
    widest = max(_last(cells) for _, cells in filled[: _HEADER_WITHIN * 2])
    best, place = 0.0, None
    for position, (_, cells) in enumerate(filled[:_HEADER_WITHIN]):
        there = [cell for cell in cells if cell]
        if len(there) < min(2, widest):
            continue
        score = _likeness(there)
        # a header names nearly every column; titles and group labels name few
        score *= 0.4 + 0.6 * len(there) / widest
        if score > best * 1.15:
            best, place = score, position
        elif place is not None and best > _SURE and position >= place + _FURTHER:
            break
    return place if best >= 0.3 else _header_by_shape(filled)


def _header_by_shape(filled: Sequence[tuple[int, list[str]]]) -> int | None:
    """The first row, where it holds no value and the rows below do: a header in words that are not known."""
    widest = max(_last(cells) for _, cells in filled[:_HEADER_WITHIN])
    for place, (_, cells) in enumerate(filled[:10]):
        there = [cell for cell in cells if cell]
        if len(there) < max(3, 0.8 * widest):
            continue
        plain = all(not _VALUE.fullmatch(cell) and len(cell) <= 60 for cell in there)
        below = [cell for _, row in filled[place + 1 : place + 20] for cell in row if cell]
        values = sum(bool(_VALUE.fullmatch(cell)) for cell in below)
        named = len({fold(cell) for cell in there}) == len(there)
        return place if plain and named and below and values > 0.15 * len(below) else None
    return None


def _likeness(cells: Sequence[str]) -> float:
    """How much a row reads like a header: the share of cells whose words are header words, less those that are values."""
    years = years_in_turn(cells)
    values = sum(bool(_VALUE.fullmatch(cell)) or len(cell) > _LONGEST_HEADER for cell in cells) - years
    if values > 0.4 * len(cells):
        return 0.0
    spoken = languages(cells)
    known = sum(_understood(heading(cell, spoken)) for cell in cells if len(cell) <= _LONGEST_HEADER) + 0.5 * years
    repeated = len(cells) - len({fold(cell) for cell in cells})
    return max(0.0, (known - 1.5 * values - 0.5 * repeated) / len(cells))


def _understood(head: Heading) -> float:
    meant = head.concepts - {"NOISE"} - {concept for concept in head.concepts if concept[1:].isdigit()}
    return head.known if meant else 0.0


def _goes_on(filled: Sequence[tuple[int, list[str]]], place: int) -> bool:
    """Whether the row below names what one above only groups, while other names span both rows (`Weight` over `Net`, `Gross`)."""
    if place + 1 >= len(filled) or filled[place + 1][0] != filled[place][0] + 1:
        return False
    above = filled[place][1]
    below = [
        "" if cell == over else cell for cell, over in zip(_pad(filled[place + 1][1], len(above)), above, strict=True)
    ]
    if any(filled[place + 1][1][len(above) :]):
        return False
    named = [at for at, cell in enumerate(below) if cell]
    divided = [at for at in named if not above[at]]
    grouped = all(not above[at] or (at + 1 < len(above) and not above[at + 1] and below[at + 1]) for at in named)
    spans = sum(bool(cell) and not below[at] for at, cell in enumerate(above))
    return bool(divided) and grouped and spans > 0 and _likeness([below[at] for at in named]) > _SURE


def _groups(filled: Sequence[tuple[int, list[str]]], place: int, width: int) -> tuple[str, ...]:
    none = ("",) * width
    if place == 0 or filled[place - 1][0] != filled[place][0] - 1:
        return none
    above = _pad(filled[place - 1][1], width)
    there = [cell for cell in above if cell]
    header = filled[place][1]
    under = [index for index, cell in enumerate(above) if not cell and index < len(header) and header[index]]
    if len(there) < 2 or not under or _likeness(there) < 0.4:
        return none
    label, spread = "", []
    for cell in above:
        label = cell or label
        spread.append(label)
    return tuple(spread)


def _numbering(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 …"""
    there = [cell for cell in cells if cell]
    numbers = [float(cell) for cell in there if re.fullmatch(r"\d+(?:\.0)?", cell)]
    return len(there) >= 3 and len(numbers) == len(there) and numbers == [numbers[0] + i for i in range(len(numbers))]


def _names_units(cells: Sequence[str], headers: Sequence[str]) -> bool:
    """Whether a row holds units and currencies alone, for a part of the columns that have a name."""
    there = [cell.strip("()[] ") for cell in cells if cell]
    named = sum(bool(header) for header in headers)
    return 2 <= len(there) <= 0.6 * named and all(
        quantity_unit(cell) or kilograms_per(cell) or currency(cell) or cell == "%" for cell in there
    )


def _second_header(cells: Sequence[str], headers: Sequence[str]) -> bool:
    there = [cell for cell in cells if cell]
    if len(there) < max(3, 0.5 * len([header for header in headers if header])):
        return False
    same = sum(bool(header) and fold(cell) == fold(header) for cell, header in zip(cells, headers, strict=False))
    return same >= 0.6 * len(there) or (_likeness(there) > 0.8 and not any(clean(cell) is None for cell in there))


def _first_table(data: list[tuple[int, list[str]]]) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    """The rows up to a second table: an empty row, then a row that reads like a header."""
    for place in range(1, len(data)):
        number, cells = data[place]
        there = [cell for cell in cells if cell]
        if number - data[place - 1][0] > 1 and len(there) >= _NARROWEST and _likeness(there) > _SURE:
            return data[:place], (
                f"another table begins in row {number} after an empty row: is it of the same kind? "
                "its rows would be read with the header of the first",
            )
    return data, ()


_NARROWEST = 3
"""Headers of a second table: a remark with two words that could be headers is none."""


def _without_totals(
    data: list[tuple[int, list[str]]], width: int
) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    marks = word_set("totals")
    totals = [number for number, cells in data if _is_total(cells, marks)]
    feet = []
    kept = [(number, cells) for number, cells in data if number not in set(totals)]
    while width > 4 and len(kept) > 1 and sum(bool(cell) for cell in kept[-1][1]) == 1:
        feet.append(kept.pop()[0])
    notes = []
    if totals:
        notes.append(f"rows that hold totals, not shipments: {', '.join(map(str, totals[:10]))}")
    if feet:
        notes.append(f"rows below the data that hold a remark: {', '.join(map(str, sorted(feet)[:10]))}")
    return kept, tuple(notes)


def _is_total(cells: Sequence[str], marks: frozenset[str]) -> bool:
    there = [cell for cell in cells if cell]
    first = fold(there[0]).strip(" :.") if there else ""
    sparse = len(there) <= max(1, len(cells) * 0.6)
    return bool(there) and sparse and (first in marks or (first.split(" ")[0].rstrip(":") in marks and len(first) < 30))
