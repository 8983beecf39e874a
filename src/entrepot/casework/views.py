"""What the commands, the API and the workbench show of a case: sources, rejects, findings, explanations."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import TypedDict, cast

import duckdb
import pyarrow as pa

from entrepot.casework.case import Added, Case
from entrepot.engine.duck import fetched
from entrepot.errors import UsageError
from entrepot.readers.layout.layout import sources_of
from entrepot.routes.chains import ChainTables, chains_json

CHAIN_P = 0.05
"""Below it a candidate is called a chain."""


class Proof(TypedDict):
    """One row of a source behind a finding."""

    path: str
    source_id: str
    row_number: int
    why: str


class Explanation(TypedDict):
    """A finding with everything that stands behind it."""

    finding_id: str
    indicator: str
    title: str
    meaning: str
    source: str
    innocent: str
    subject: str
    statement: str
    strength: float
    rows: int
    synthetic: str | None
    components: Mapping[str, object]
    parameters: Mapping[str, object]
    base_rate: str
    query: str
    evidence: Sequence[Proof]


class Fact(TypedDict):
    """A statement over real records with rows that a reader can check in the file."""

    statement: str
    rows: Sequence[Mapping[str, object]]


def added(result: Added) -> dict[str, object]:
    """What `add` did, as JSON."""
    return {
        "path": result.path,
        "sha256": result.sha256,
        "already": result.already,
        "parts": [
            {
                "name": part.config.name,
                "kind": part.config.kind,
                "format": part.config.format,
                "header_row": part.config.header_row if part.layout else None,
                "direction": part.config.direction if part.layout else None,
                "columns": {} if part.layout is None else sources_of(part.layout.columns),
                "contacts": {} if part.layout is None else sources_of(part.layout.contacts),
                "unmapped": [] if part.layout is None else list(part.layout.unmapped),
                "notes": [*part.notes, *(f"unclear: {u}" for u in part.unclear)],
            }
            for part in result.parts
        ],
    }  # fmt: skip


def sources(case: Case) -> list[dict[str, object]]:
    """Per source part: path, hash, kind, rows, problems by kind."""
    with case.connect() as connection:
        listed = _rows(connection, "SELECT * FROM sources")
        counted = connection.execute(
            "SELECT source_id, problem, sum(occurrences)::BIGINT AS n FROM reading_problems GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()
        reasons = connection.execute(
            "SELECT source_id, reason, count(*) FROM rejects GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()
    problems: dict[str, dict[str, int]] = {}
    for source, problem, n in counted:
        problems.setdefault(source, {})[problem] = int(n)
    rejected: dict[str, dict[str, int]] = {}
    for source, reason, n in reasons:
        rejected.setdefault(source, {})[reason] = int(n)
    return [
        {
            **row,
            "problems": problems.get(str(row["source_id"]), {}),
            "reject_reasons": rejected.get(str(row["source_id"]), {}),
        }
        for row in listed
    ]


def rejects(case: Case, limit: int) -> list[dict[str, object]]:
    """Rejected rows with the file they come from."""
    rows: list[dict[str, object]] = case.query(
        "SELECT sources.path, sources.part, rejects.* FROM rejects JOIN sources USING (source_id) "
        f"ORDER BY sources.path, rejects.source_id, rejects.row_number {_limited(limit)}"
    ).to_pylist()
    return rows


def findings(
    case: Case,
    *,
    indicator: str | None = None,
    subject: str | None = None,
    country: str | None = None,
    hs: str | None = None,
    since: dt.date | None = None,
    limit: int = 30,
    one_per_indicator: int | None = None,
    proof: int = 5,
) -> list[dict[str, object]]:
    """Findings, strongest first, with components and the first rows that prove each.

    Args:
        one_per_indicator: at most this many of each indicator, for an overview.
    """
    where, values = ["true"], list[object]()
    for clause, value in (
        ("indicator = ?", indicator),
        ("contains(lower(subject), lower(?))", subject),
        ("country = upper(?)", country),
        ("starts_with(hs6, ?)", hs),
        ("date_to >= ?", since),
    ):
        if value is not None:
            where.append(clause)
            values.append(value)
    ranked = f"SELECT *, row_number() OVER (PARTITION BY indicator ORDER BY strength DESC, finding_id) AS place FROM findings WHERE {' AND '.join(where)}"
    few = f"WHERE place <= {int(one_per_indicator)}" if one_per_indicator else ""
    with case.connect() as connection:
        known = {row[0] for row in connection.execute("SELECT indicator FROM indicators").fetchall()}
        if indicator is not None and indicator not in known:
            raise UsageError("no such indicator", value=indicator, remedy=f"one of {', '.join(sorted(known))}")
        rows = _rows(
            connection,
            f"SELECT * EXCLUDE (place) FROM ({ranked}) {few} ORDER BY strength DESC, indicator, finding_id {_limited(limit)}",
            values,
        )
        proofs = _rows(
            connection,
            "SELECT evidence.finding_id, sources.path, evidence.source_id, evidence.row_number, evidence.why FROM evidence "
            "JOIN sources USING (source_id) WHERE list_contains(?, evidence.finding_id) AND position <= ? "
            "ORDER BY evidence.finding_id, position",
            [[str(row["finding_id"]) for row in rows], proof],
        )
    for row in rows:
        row["components"] = json.loads(str(row["components"]))
        row["evidence"] = [
            {k: v for k, v in p.items() if k != "finding_id"} for p in proofs if p["finding_id"] == row["finding_id"]
        ]
    return rows


def explain(case: Case, finding: str) -> Explanation:
    """One finding with everything that stands behind it.

    Raises:
        UsageError: there is no such finding.
    """
    with case.connect() as connection:
        return explained(connection, finding)


def explained(connection: duckdb.DuckDBPyConnection, finding: str) -> Explanation:
    """The same over an open connection, for who explains many.

    Raises:
        UsageError: there is no such finding.
    """
    rows = _rows(connection, "SELECT * FROM findings WHERE finding_id = ?", [finding])
    if not rows:
        raise UsageError("no such finding", value=finding, remedy="an identifier that `entrepot findings CASE` prints")
    told = rows[0]
    about = _rows(connection, "SELECT * FROM indicators WHERE indicator = ?", [told["indicator"]])[0]
    proof = _rows(
        connection,
        "SELECT sources.path, sources.sha256, sources.part, evidence.source_id, evidence.row_number, evidence.why FROM evidence "
        "JOIN sources USING (source_id) WHERE finding_id = ? ORDER BY position",
        [finding],
    )
    fires, compared = int(str(told["fires_on"])), int(str(told["compared"]))
    share = f"{fires / compared:.1%}" if compared else "an unknown share"
    whole = {
        **told,
        "components": json.loads(str(told["components"])),
        "title": about["title"],
        "meaning": about["meaning"],
        "source": about["source"],
        "innocent": about["innocent"],
        "parameters": json.loads(str(about["parameters"])),
        "query": about["query"],
        "base_rate": f"fires on {fires:,} of {compared:,} comparable subjects in this case ({share})",
        "evidence": proof,
    }
    return cast(Explanation, whole)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> list[dict[str, object]]:
    found: pa.Table = fetched(connection, sql, list(values))
    rows: list[dict[str, object]] = found.to_pylist()
    return rows


def chains(
    case: Case, *, hs: str | None = None, country: str | None = None, weaker: bool = False, limit: int = 30
) -> list[dict[str, object]]:
    """Chains, strongest first; see `entrepot.routes.chains.chains_json` for their form."""
    tables = ChainTables(*(case.table(name) for name in ("chains", "legs", "chain_legs", "chain_shipments")))
    rows = [
        row
        for row in chains_json(tables)
        if (weaker or float(str(row["p_value"])) < CHAIN_P)
        and (hs is None or str(row["hs6"]).startswith(hs))
        and (country is None or country.upper() in str(row["countries"]))
    ]
    rows.sort(key=lambda row: -float(str(row["score"])))
    return rows[:limit] if limit > 0 else rows


def real_facts(case: Case) -> list[Fact]:
    """What the real oil imports of the bundled case show: how Russian-origin imports end, and who was last."""
    facts: list[Fact] = []
    with case.connect() as connection:
        found = connection.execute(
            "SELECT s.source_id, src.path, src.sha256, strftime(s.date, '%Y-%m') AS month, count(*) AS n, count(DISTINCT s.consignee_name) AS companies "
            "FROM shipments AS s JOIN sources AS src USING (source_id) WHERE s.origin_country = 'RU' AND src.synthetic IS NULL "
            "GROUP BY ALL ORDER BY month DESC LIMIT 14"
        ).fetchall()
        for source, path, _, month, n, companies in found[:3]:
            rows = connection.execute(
                "SELECT row_number, consignee_name, goods_text, quantity, quantity_unit FROM shipments WHERE source_id = ? AND origin_country = 'RU' "
                "AND strftime(date, '%Y-%m') = ? ORDER BY row_number LIMIT 3",
                [source, month],
            ).fetchall()
            facts.append(
                {
                    "statement": f"{month}: {n} {'import' if n == 1 else 'imports'} of Russian origin by {companies} {'company' if companies == 1 else 'companies'}",
                    "rows": [
                        {
                            "file": path.rsplit("/", 1)[-1],
                            "row_number": r[0],
                            "shown": ", ".join(str(v) for v in r[1:] if v is not None),
                        }
                        for r in rows
                    ],
                }
            )
    return facts


def _limited(limit: int) -> str:
    return f"LIMIT {int(limit)}" if limit > 0 else ""
