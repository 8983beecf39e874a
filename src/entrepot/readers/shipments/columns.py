"""Which source column feeds which canonical column, and with what unit or currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """One source column that feeds a canonical one.

    Attributes:
        index: 0-based position in the row.
        unit: for weights, the unit that the header states; None for kilograms.
        currency: for money, the currency that the header states, ISO 4217.
        scale: what numbers are multiplied by, 1000 for a header in thousands.
        more: positions of further columns that belong to the same value, joined to it by a comma.
    """

    index: int
    unit: str | None = None
    currency: str | None = None
    scale: float = 1.0
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """How a customs file is read.

    Attributes:
        header_row: number of the header row in the sheet, counted from 1.
        header: its cells, one per column, none empty and no two alike.
        mapped: canonical column to source column.
        direction: `import`, `export`, `transit`, or None where the file does not say.
        fixed: canonical columns that have one value in every row.
    """

    header_row: int
    header: tuple[str, ...]
    mapped: Mapping[str, SourceColumn] = field(default_factory=dict)
    direction: str | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)


def unique_header(cells: tuple[str | None, ...]) -> tuple[str, ...]:
    """Header cells as names: empty ones become `column 7`, a repeated one gets ` (2)`."""
    seen: dict[str, int] = {}
    names = []
    for at, cell in enumerate(cells, 1):
        name = " ".join((cell or "").split()) or f"column {at}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
