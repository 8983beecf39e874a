"""What a dossier is made of, whatever it is printed as: sections of sentences, tables, drawings and queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

Cell = str | int | float | None
"""What stands in a table: text as read, a number, or nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a source: what every statement rests on."""

    source_id: str
    row_number: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement with the rows that prove it.

    Attributes:
        rows: those that are cited; `more` counts further ones that the statement rests on.
        tone: `plain`; `strong` for what is stated; `warn` for what a reader must not miss; `blank` for a field to fill.
    """

    text: str
    rows: tuple[Row, ...] = ()
    more: int = 0
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `rows` and `cites` have equal length where cites are given; `beyond` counts rows that are not shown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    cites: tuple[tuple[Row, ...], ...] = ()
    caption: str = ""
    beyond: int = 0

    def filled(self) -> Grid:
        """The same without columns that no row fills."""
        kept = [at for at in range(len(self.columns)) if any(row[at] not in (None, "") for row in self.rows)]
        return replace(
            self,
            columns=tuple(self.columns[at] for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in self.rows),
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as SVG for light paper, with its caption and what it shows in words."""

    svg: str
    caption: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A query as it was run."""

    text: str
    caption: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str


Block = Sentence | Grid | Drawing | Code | Heading


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a dossier; `name` is its stable anchor."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A row that is cited, with its footnote number, its canonical values and the row as read."""

    number: int
    row: Row
    path: str
    part: str | None
    sha256: str
    synthetic: str | None
    shown: Mapping[str, Cell]
    original: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One subject's evidence.

    Attributes:
        state: fingerprint of the build that it shows: two dossiers with one state say the same.
        synthetic: non-NULL where rows that it rests on are generated and not real; stands on every page.
        cited: every cited row, in the order of its first citation.
        tables: further rows for workbooks and packs, by name.
    """

    title: str
    subject_kind: str
    subject: str
    case_name: str
    program: str
    state: str
    synthetic: str | None
    sections: tuple[Section, ...]
    cited: tuple[CitedRow, ...]
    queries: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)

    def number_of(self) -> dict[Row, int]:
        """Footnote number of each cited row."""
        return {cited.row: cited.number for cited in self.cited}
