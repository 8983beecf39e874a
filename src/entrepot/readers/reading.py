"""What every reader returns: canonical tables, rejects, problems, and a row count that reconciles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from entrepot.errors import EntrepotError
from entrepot.model.tables.sources import READING_PROBLEMS, REJECTS


@dataclass(frozen=True, slots=True)
class Reading:
    """Records of one source part.

    Attributes:
        tables: canonical table name to Arrow table, each valid by its declaration.
        rows_in, rows_kept: rows found and rows that became records; `rows_in == rows_kept + rejects.num_rows`.
        rejects, problems: as declared in `entrepot.model.tables.sources`.
        notes: sentences about the whole file for the person who adds it.
    """

    tables: Mapping[str, pa.Table]
    rows_in: int
    rows_kept: int
    rejects: pa.Table = field(default_factory=REJECTS.empty)
    problems: pa.Table = field(default_factory=READING_PROBLEMS.empty)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_kept + self.rejects.num_rows:
            raise EntrepotError(
                f"rows do not reconcile: {self.rows_in} in, {self.rows_kept} kept, {self.rejects.num_rows} rejected"
            )
