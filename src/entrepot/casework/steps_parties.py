"""Steps about parties: names against lists, which names are one party, and what a person judged of both."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from entrepot.casework import judgements as jd
from entrepot.engine.sql import Statement, load
from entrepot.engine.steps import Desk, Reads, Step
from entrepot.model.tables import TABLES
from entrepot.parties import keys, linking, matching, ownership_tables, suspects, verdicts
from entrepot.parties.normal import normal_form

PARTIES_SQL = Path(keys.__file__).parent / "sql"

_LIST_TABLES = ("list_presence", "list_names", "list_identifiers", "list_places")


def party_steps(sources: list[str], judgements: list[jd.Judgement]) -> list[Step]:
    """`screened` for each source of shipments, then `parties`, `party_members`, `party_pairs`, then `matches` and `owned_parties`.

    Args:
        sources: identifiers of the sources of shipments, in the order in which they were added.
        judgements: those in force.
    """
    return [
        *(_screening(source) for source in sources),
        _linking(sources, judgements),
        _matches(judgements),
        _ownership(),
    ]


def _screening(source: str) -> Step:
    """Names of one source against all lists."""
    mentioned = Statement(
        "distinct_mentions",
        "SELECT mentions.name AS name, name_keys.name_key AS name_key, mentions.identifier AS identifier, "
        "mentions.country AS country FROM mentions INNER JOIN name_keys ON name_keys.name = mentions.name "
        "GROUP BY mentions.name, name_keys.name_key, mentions.identifier, mentions.country",
    )

    def run(desk: Desk) -> None:
        desk.put("screened", matching.matches(desk.engine.rows(mentioned, {}), *(_rows(desk, t) for t in _LIST_TABLES)))

    named = (f"names:{source}",)
    return Step(
        f"screening:{source}",
        "names against lists",
        run,
        ("screened",),
        (Reads("mentions", named), Reads("name_keys", named), *(Reads(table) for table in _LIST_TABLES)),
        code=("entrepot.parties",),
    )


def _linking(sources: list[str], judgements: list[jd.Judgement]) -> Step:
    statements = {name: load(PARTIES_SQL / f"{name}.sql") for name in ("party_mentions", "party_nodes", "parties", "party_members")}  # fmt: skip
    judged = [judgement for judgement in judgements if judgement.kind == "party-party"]

    def run(desk: Desk) -> None:
        engine = desk.engine
        order = pa.table(
            {"source_id": pa.array(sources, pa.string()), "position": pa.array(range(len(sources)), pa.int64())}
        )
        engine.lend("source_order", order)
        engine.lend("party_mentions", engine.rows(statements["party_mentions"], {}))
        nodes = linking.Nodes.of(engine.rows(statements["party_nodes"], {}))
        linked = linking.link(nodes, _rows(desk, "contacts"), [_told(j) for j in judged if j.decision != "unsure"])
        engine.lend("linked", linked.table)
        desk.query("parties", statements["parties"], {})
        desk.query("party_members", statements["party_members"], {})
        desk.put("party_pairs", suspects.party_pairs(nodes, linked, _rows(desk, "screened")))

    return Step(
        "parties",
        "which names are one party",
        run,
        ("parties", "party_members", "party_pairs"),
        tuple(Reads(table) for table in ("mentions", "name_keys", "trade", "contacts", "screened")),
        inputs={
            "sources": sources,
            "judgements": [judgement.as_dict() for judgement in judged],
            "sql": {name: statement.text for name, statement in statements.items()},
        },
        code=("entrepot.parties",),
    )


def _matches(judgements: list[jd.Judgement]) -> Step:
    judged = [judgement for judgement in judgements if judgement.kind == "party-entry"]

    def run(desk: Desk) -> None:
        screened = _rows(desk, "screened")
        if not judged:
            nothing = pa.nulls(screened.num_rows, pa.string())
            desk.put("matches", screened.append_column("judgement", nothing).append_column("judgement_id", nothing).cast(TABLES["matches"].arrow))  # fmt: skip
            return
        found = [
            verdicts.Verdict(
                normal_form(j.left.name) if j.left.name else None, j.left.identifier, j.right.list_id, j.right.entry_id,
                j.decision, j.id, said(j),
            )
            for j in judged
            if isinstance(j.right, jd.Entry)
        ]  # fmt: skip
        desk.put("matches", verdicts.judged(screened, _rows(desk, "party_members"), _rows(desk, "name_keys"), _rows(desk, "list_presence"), found))  # fmt: skip

    return Step(
        "matches",
        "what a person judged of names on lists",
        run,
        ("matches",),
        tuple(Reads(t) for t in ("screened", *(("party_members", "name_keys", "list_presence") if judged else ()))),
        inputs={"judgements": [judgement.as_dict() for judgement in judged]},
        code=("entrepot.parties.verdicts", "entrepot.parties.normal"),
    )


def _ownership() -> Step:
    """The ownership rules of the regimes over every statement in the case."""
    statement = load(PARTIES_SQL / "ownership_statements.sql")

    def run(desk: Desk) -> None:
        tables = ownership_tables.Statements(
            desk.engine.rows(statement, {}),
            *(_rows(desk, table) for table in ("list_presence", "list_keys", "party_members")),
        )
        owned, steps = ownership_tables.owned_parties(tables)
        desk.put("owned_parties", owned)
        desk.put("ownership_steps", steps)

    return Step(
        "ownership",
        "who is owned by listed parties",
        run,
        ("owned_parties", "ownership_steps"),
        tuple(Reads(t) for t in ("ownership", "list_entries", "list_presence", "list_keys", "party_members")),
        inputs={"sql": statement.text},
        code=("entrepot.parties",),
    )


def said(judgement: jd.Judgement) -> str:
    """A judgement in words."""
    reason = f": {judgement.reason}" if judgement.reason else ""
    return f"judged {judgement.decision} by {judgement.author} on {judgement.when:%Y-%m-%d}{reason}"


def _told(judgement: jd.Judgement) -> linking.Judged:
    left, right = judgement.left, judgement.right
    assert isinstance(right, jd.Party)
    return linking.Judged(
        normal_form(left.name) if left.name else None, left.identifier,
        normal_form(right.name) if right.name else None, right.identifier,
        judgement.decision == "same", said(judgement),
    )  # fmt: skip


def _rows(desk: Desk, table: str) -> pa.Table:
    columns = ", ".join(f'"{name}"' for name in TABLES[table].column_names)
    return desk.engine.rows(Statement(table, f"SELECT {columns} FROM {table}"), {})
