"""The shipments that a dossier is about, and the footnotes that its statements collect."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from entrepot.casework.case import Case
from entrepot.casework.judgements import current
from entrepot.dossier.document import Cell, CitedRow, Row
from entrepot.dossier.subject import Subject

CITED_MOST = 5
"""Footnotes behind one statement; further rows are counted, and listed in the workbook and the evidence pack."""

SHOWN_COLUMNS = ("date", "shipper_name", "consignee_name", "dispatch_country", "destination_country", "hs_code", "goods_text", "net_kg", "value_usd")  # fmt: skip
"""Canonical columns that a cited row shows; the pack has the whole row as read."""

_MOVES = """\
CREATE TEMP TABLE moves AS
SELECT
  t.source_id, t.row_number, t.date, t.date_precision, t.shipper_name, t.consignee_name, t.hs6, t.origin_country,
  t.dispatch_country, t.destination_country, t.quantity, t.quantity_unit, t.net_kg, t.value_usd, t.control_id,
  t.control_list, t.tier, t.control_note, own.side, CASE own.side WHEN 'sent' THEN t.consignee_name ELSE t.shipper_name END AS other_name
FROM trade AS t
INNER JOIN ({own}) AS own
  ON own.source_id = t.source_id AND own.row_number = t.row_number
ORDER BY t.date, t.source_id, t.row_number, own.side
"""

_OWN = {
    "party": """
      SELECT t.source_id, t.row_number, 'sent' AS side FROM trade AS t INNER JOIN party_members AS m
        ON m.name_key = t.shipper_key AND m.identifier = COALESCE(t.shipper_id, '') AND m.country = COALESCE(t.shipper_country, '')
      WHERE m.party_id = $key
      UNION ALL
      SELECT t.source_id, t.row_number, 'received' AS side FROM trade AS t INNER JOIN party_members AS m
        ON m.name_key = t.consignee_key AND m.identifier = COALESCE(t.consignee_id, '') AND m.country = COALESCE(t.consignee_country, '')
      WHERE m.party_id = $key""",
    "finding": "SELECT DISTINCT source_id, row_number, 'all' AS side FROM evidence WHERE finding_id = $key",
    "pinned": "SELECT DISTINCT source_id, row_number, 'all' AS side FROM evidence WHERE list_contains(string_split($key, ','), finding_id)",
    "chain": """
      SELECT DISTINCT s.source_id, s.row_number, 'all' AS side FROM chain_legs AS c INNER JOIN chain_shipments AS s
        ON s.leg_id = c.leg_id WHERE c.chain_id = $key""",
    "goods": "SELECT source_id, row_number, 'all' AS side FROM trade WHERE starts_with(hs6, $key)",
    "claim": "SELECT source_id, row_number, 'all' AS side FROM trade WHERE $key IS NULL",
}


@dataclass(slots=True)
class Scope:
    """A case, a subject, a connection with the table `moves` of its shipments, and the rows cited so far."""

    case: Case
    subject: Subject
    connection: duckdb.DuckDBPyConnection
    numbers: dict[Row, int] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)
    pinned: tuple[str, ...] = ()

    @classmethod
    def of(cls, case: Case, connection: duckdb.DuckDBPyConnection, subject: Subject, pinned: tuple[str, ...] = ()) -> Scope:  # fmt: skip
        """Gather the subject's shipments; `pinned` findings come first in it."""
        connection.execute(_MOVES.format(own=_OWN[subject.kind]), {"key": subject.key})
        return cls(case, subject, connection, pinned=pinned)

    def rows(self, sql: str, values: Mapping[str, object] | Sequence[object] = ()) -> list[dict[str, object]]:
        """Rows of a statement as mappings; only the parameters that it names are given to it."""
        given = {k: v for k, v in values.items() if f"${k}" in sql} if isinstance(values, Mapping) else list(values)
        found = self.connection.execute(sql, given)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def cite(self, rows: Iterable[Row], most: int = CITED_MOST) -> tuple[tuple[Row, ...], int]:
        """Footnotes for a statement: the rows that it shows, and how many more it rests on."""
        distinct = list(dict.fromkeys(rows))
        for row in distinct[:most]:
            self.numbers.setdefault(row, len(self.numbers) + 1)
        return tuple(distinct[:most]), max(0, len(distinct) - most)

    def cited(self) -> tuple[CitedRow, ...]:
        """Every cited row with what it says, in the order of its number; rows of lists and other files too."""
        self.connection.execute("CREATE OR REPLACE TEMP TABLE footnotes (number INTEGER, source_id VARCHAR, row_number BIGINT)")  # fmt: skip
        if self.numbers:
            self.connection.execute(
                "INSERT INTO footnotes SELECT unnest(?), unnest(?), unnest(?)",
                [list(self.numbers.values()), [r.source_id for r in self.numbers], [r.row_number for r in self.numbers]],
            )  # fmt: skip
        columns = ", ".join(f"s.{name}" for name in SHOWN_COLUMNS)
        found = self.rows(
            f"SELECT n.number, n.source_id, n.row_number, src.path, src.part, src.sha256, src.synthetic, s.shipment_id, l.name AS listed, {columns} "
            "FROM footnotes AS n INNER JOIN sources AS src ON src.source_id = n.source_id "
            "LEFT JOIN shipments AS s ON s.source_id = n.source_id AND s.row_number = n.row_number "
            "LEFT JOIN (SELECT source_id, row_number, min(name) AS name FROM list_entries GROUP BY ALL) AS l ON l.source_id = n.source_id AND l.row_number = n.row_number "
            "ORDER BY n.number"
        )
        originals = self._originals()
        return tuple(
            CitedRow(
                int(str(r["number"])), row_of(r), file_name(r["path"]), optional(r["part"]), str(r["sha256"]), optional(r["synthetic"]),
                {name: cell(r[name]) for name in SHOWN_COLUMNS} | ({"list entry": str(r["listed"])} if r["listed"] else {}),
                originals.get(row_of(r), ""),
            )
            for r in found
        )  # fmt: skip

    def _originals(self) -> dict[Row, str]:
        """Rows as read, asked a file at a time: the filter on numbers spares building every other row's text."""
        wanted: dict[str, list[int]] = {}
        for row in self.numbers:
            wanted.setdefault(row.source_id, []).append(row.row_number)
        found: dict[Row, str] = {}
        for source, numbers in sorted(wanted.items()):
            rows = self.rows(
                "SELECT source_id, row_number, original FROM shipments WHERE source_id = $source AND list_contains($numbers, row_number)",
                {"source": source, "numbers": sorted(numbers)},
            )
            found |= {row_of(r): str(r["original"]) for r in rows}
        return found

    def state(self) -> str:
        """Fingerprint of the build and of what a person judged and pinned: 16 hex digits."""
        told = [[key, commit.fingerprint] for key, commit in sorted(self.case.built().items())]
        judged = [judgement.as_dict() for judgement in current(self.case)]
        said = [told, judged, *([list(self.pinned)] if self.pinned else [])]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def row_of(found: Mapping[str, object]) -> Row:
    """The source row that a result row names."""
    return Row(str(found["source_id"]), int(str(found["row_number"])))


def rows_of(found: object) -> list[Row]:
    """Rows from a list of `source:row` texts, as `list(source_id || ':' || row_number)` gives them."""
    assert isinstance(found, list)
    return [Row(*_split(str(text))) for text in found]


def file_name(path: object) -> str:
    """The name of a file without the folders of the machine on which it was added."""
    return str(path).replace("\\", "/").rsplit("/", 1)[-1]


def cell(value: object) -> Cell:
    """A value of a result as it stands in a table."""
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def optional(value: object) -> str | None:
    """A text or nothing."""
    return None if value is None else str(value)


def _split(text: str) -> tuple[str, int]:
    source, _, row = text.rpartition(":")
    return source, int(row)
