"""How exact the rows behind a finding are: days of which only the month is known, values and weights that some rows lack,
rows that a second file repeats.

A statement that gives the first of a month as a day, the sum of some rows as that of all, or counts a shipment twice without
saying so, would say more than its rows do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from entrepot.engine.relational import Engine
from entrepot.engine.sql import parse

_LENGTH = {"month": 7, "year": 4}
"""Characters of an ISO date that are known."""

_CITED = parse(
    "cited",
    """
SELECT
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  trade.date AS "date",
  trade.date_precision AS date_precision,
  trade.direction AS direction,
  trade.shipper_key AS shipper_key,
  trade.consignee_key AS consignee_key,
  trade.hs6 AS hs6,
  trade.net_kg AS net_kg,
  trade.quantity AS quantity,
  trade.value_usd AS value_usd
FROM trade
WHERE EXISTS (
  SELECT 1 FROM proof
  WHERE proof.source_id = trade.source_id
    AND proof.row_number = trade.row_number
)
""",
)
"""The rows behind the findings, read once: all else is asked of these."""

_DATES = parse(
    "dates",
    """
SELECT
  proof.subject_key AS subject_key,
  cited.date AS "date",
  MIN(cited.date_precision) AS "precision"
FROM proof
INNER JOIN cited
  ON cited.source_id = proof.source_id
  AND cited.row_number = proof.row_number
GROUP BY
  proof.subject_key,
  cited.date
HAVING MIN(cited.date_precision) <> 'day'
""",
)
"""Days that no row of a finding gives as a day ('day' comes first in the alphabet)."""

_ROWS = parse(
    "rows",
    """
SELECT
  cited.source_id AS source_id,
  cited.row_number AS row_number,
  cited.date AS "date",
  cited.date_precision AS "precision"
FROM cited
WHERE cited.date_precision <> 'day'
""",
)

_STATED = parse(
    "stated",
    """
WITH once AS (
  SELECT DISTINCT
    proof.subject_key AS subject_key,
    proof.source_id AS source_id,
    proof.row_number AS row_number
  FROM proof
)
SELECT
  once.subject_key AS subject_key,
  COUNT(*) AS "rows",
  COUNT(cited.value_usd) AS valued,
  COUNT(cited.net_kg) AS weighed
FROM once
INNER JOIN cited
  ON cited.source_id = once.source_id
  AND cited.row_number = once.row_number
GROUP BY
  once.subject_key
HAVING COUNT(cited.value_usd) < COUNT(*) OR COUNT(cited.net_kg) < COUNT(*)
""",
)


_REPEATED = parse(
    "repeated",
    """
WITH once AS (
  SELECT DISTINCT
    proof.subject_key AS subject_key,
    proof.source_id AS source_id,
    proof.row_number AS row_number
  FROM proof
),
alike AS (
  SELECT
    once.subject_key AS subject_key,
    once.source_id AS source_id,
    cited.direction AS direction,
    cited.date AS "date",
    cited.shipper_key AS shipper_key,
    cited.consignee_key AS consignee_key,
    cited.hs6 AS hs6,
    cited.net_kg AS net_kg,
    cited.quantity AS quantity,
    cited.value_usd AS value_usd,
    COUNT(*) AS "rows"
  FROM once
  INNER JOIN cited
    ON cited.source_id = once.source_id
    AND cited.row_number = once.row_number
  WHERE cited.date IS NOT NULL
    AND cited.date_precision = 'day'
    AND COALESCE(cited.net_kg, cited.quantity, cited.value_usd) IS NOT NULL
  GROUP BY
    once.subject_key,
    once.source_id,
    cited.direction,
    cited.date,
    cited.shipper_key,
    cited.consignee_key,
    cited.hs6,
    cited.net_kg,
    cited.quantity,
    cited.value_usd
),
files AS (
  SELECT
    alike.subject_key AS subject_key,
    SUM(alike."rows") - MAX(alike."rows") AS again
  FROM alike
  GROUP BY
    alike.subject_key,
    alike.direction,
    alike."date",
    alike.shipper_key,
    alike.consignee_key,
    alike.hs6,
    alike.net_kg,
    alike.quantity,
    alike.value_usd
  HAVING COUNT(*) > 1
)
SELECT
  files.subject_key AS subject_key,
  SUM(files.again) AS again
FROM files
GROUP BY
  files.subject_key
""",
)
"""Rows that another file has with the same day, parties, code, weight, quantity and value: a file and its corrected issue, or two
overlapping extracts. Of a row that stands in two files one is counted here."""


@dataclass(frozen=True, slots=True)
class Exactness:
    """Of one finding: ISO days to what is known of them; its rows of trade, and how many state a value in USD and a net weight;
    how many rows stand in another file too.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    valued: int = 0
    weighed: int = 0
    again: int = 0

    def told(self, row: Mapping[str, object]) -> dict[str, object]:
        """The columns of a finding as its statement may give them."""
        given = {key: self._date(value) for key, value in row.items()}
        if self.rows and self.rows == row.get("rows"):
            for name, unit, stated, what in (
                ("value_usd", "USD {:,.0f}", self.valued, "a value in USD"),
                ("net_kg", "{:,.0f} kg", self.weighed, "a net weight"),
            ):
                amount = given.get(name)
                if 0 < stated < self.rows and isinstance(amount, int | float):
                    given[name] = f"{unit.format(amount)} for the {stated:,} of {self.rows:,} that state {what}"
        return given

    def worded(self, statement: str) -> str:
        """A statement that was filled with what `told` gave."""
        for known in self.dates.values():
            statement = statement.replace(f" on {known} ", f" in {known} ")
        if self.again:
            statement += (
                f"; rows that equal a row of another file, so that one shipment may be counted twice: {self.again:,}"
            )
        return statement

    def _date(self, value: object) -> object:
        if isinstance(value, dt.date | str):
            return self.dates.get(str(value)[:10] if isinstance(value, dt.date) else value, value)
        return value


def exactness(engine: Engine, proof: pa.Table) -> dict[str, Exactness]:
    """Subject to what its rows leave open; subjects whose rows state all are left out.

    Args:
        proof: `subject_key`, `source_id`, `row_number` of every row behind the findings. The engine shows `trade`.
    """
    engine.lend("proof", proof.select(["subject_key", "source_id", "row_number"]))
    engine.lend("cited", engine.rows(_CITED, {}))
    dates: dict[str, dict[str, str]] = {}
    for row in engine.rows(_DATES, {}).to_pylist():
        dates.setdefault(str(row["subject_key"]), {})[str(row["date"])] = _known(row)
    stated = {str(row["subject_key"]): row for row in engine.rows(_STATED, {}).to_pylist()}
    again = {str(row["subject_key"]): int(row["again"]) for row in engine.rows(_REPEATED, {}).to_pylist()}
    none = {"rows": 0, "valued": 0, "weighed": 0}
    return {
        key: Exactness(
            dates.get(key, {}),
            rows=stated.get(key, none)["rows"],
            valued=stated.get(key, none)["valued"],
            weighed=stated.get(key, none)["weighed"],
            again=again.get(key, 0),
        )
        for key in {*dates, *stated, *again}
    }


def reasons(engine: Engine, proof: pa.Table) -> pa.Array:
    """The reasons (`why`) of rows, with what is known of each row's date in the place of a day; after `exactness`."""
    known = {(row["source_id"], row["row_number"]): row for row in engine.rows(_ROWS, {}).to_pylist()}
    why = proof.column("why").to_pylist()
    if not known:
        return pa.array(why, pa.string())
    places = zip(proof.column("source_id").to_pylist(), proof.column("row_number").to_pylist(), strict=True)
    found = [known.get(place) for place in places]
    return pa.array(
        [_reworded(str(text), row) if row else text for text, row in zip(why, found, strict=True)],
        pa.string(),
    )


def _reworded(text: str, row: Mapping[str, object]) -> str:
    return text.replace(f" on {row['date']}", f" in {_known(row)}").replace(str(row["date"]), _known(row))


def _known(row: Mapping[str, object]) -> str:
    return str(row["date"])[: _LENGTH.get(str(row["precision"]), 10)]
