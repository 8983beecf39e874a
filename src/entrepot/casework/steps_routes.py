"""Steps of routes: contacts of each source; chains over all of them, once parties are linked."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from entrepot.engine.sql import Statement, Value
from entrepot.engine.steps import Desk, Reads, Step
from entrepot.routes import chains
from entrepot.routes.addresses import contacts_statement
from entrepot.routes.chains.coding import COLUMNS

LEAST_ALIKE = 0.97
"""Score from which two parties that may be the same act as one in chains: a letter or two apart, as slips of the pen are. A
chain names the link, and its own test decides whether the goods fit."""

_MEMBERS = Statement(
    "party_ids",
    "SELECT party_members.name_key AS name_key, MIN(party_members.party_id) AS party_id FROM party_members "
    "GROUP BY party_members.name_key HAVING COUNT(DISTINCT party_members.party_id) = 1",
)
_ALIKE = Statement(
    "alike_names",
    "SELECT party_pairs.left_party AS left_party, party_pairs.right_party AS right_party, party_pairs.left_name AS left_name, "
    "party_pairs.right_name AS right_name FROM party_pairs WHERE party_pairs.score >= $least_alike",
)


def contact_steps(sources: list[str]) -> list[Step]:
    """`contacts` of each source of shipments."""
    return [_contacts(identifier) for identifier in sources]


def chain_steps(parameters: Mapping[str, Value]) -> list[Step]:
    """`chains`, `legs`, `chain_legs`, `chain_shipments`; after the parties.

    Args:
        parameters: of the case; `chain_window_days` and `chain_slack` are used.
    """
    window = int(str(parameters.get("chain_window_days", chains.WINDOW_DAYS)))
    slack = float(str(parameters.get("chain_slack", chains.SLACK)))

    def run(desk: Desk) -> None:
        columns = ", ".join(f"trade.{name}" for name in COLUMNS)
        trade = desk.engine.rows(Statement("trade", f"SELECT {columns} FROM trade"), {})
        contacts = desk.engine.rows(Statement("contacts", "SELECT * FROM contacts"), {})
        links = _links(desk, contacts)
        found = chains.find_chains(trade, window_days=window, slack=slack, links=links.party, reasons=links.reasons)
        desk.put("chains", found.chains)
        desk.put("legs", found.legs)
        desk.put("chain_legs", found.chain_legs)
        desk.put("chain_shipments", found.chain_shipments)
        desk.notes["left_out"] = dict(found.left_out)
        desk.notes["not_listed"] = found.not_listed

    return [
        Step(
            "chains",
            "chains of shipments",
            run,
            ("chains", "legs", "chain_legs", "chain_shipments"),
            (Reads("trade"), Reads("contacts"), Reads("party_members"), Reads("party_pairs")),
            inputs={
                "window_days": window,
                "slack": slack,
                "least_alike": LEAST_ALIKE,
                "sql": [_MEMBERS.text, _ALIKE.text],
            },
            code=("entrepot.routes.chains",),
        )
    ]


def _links(desk: Desk, contacts: pa.Table) -> chains.Links:
    """Names that act as one: by a contact, by the linking of parties, or alike but for a slip of the pen."""
    members = desk.engine.rows(_MEMBERS, {}).to_pydict()
    parties = dict(zip(members["name_key"], members["party_id"], strict=True))
    first: dict[str, str] = {}
    for key, party in sorted(parties.items()):
        first.setdefault(party, key)
    alike = [
        (
            first[row["left_party"]],
            first[row["right_party"]],
            f'alike names "{row["left_name"]}" and "{row["right_name"]}"',
        )
        for row in desk.engine.rows(_ALIKE, {"least_alike": LEAST_ALIKE}).to_pylist()
        if row["left_party"] in first and row["right_party"] in first
    ]
    return chains.party_links(contacts, parties, alike)


def _contacts(identifier: str) -> Step:
    statement = contacts_statement()

    def run(desk: Desk) -> None:
        desk.query("contacts", statement, {})

    return Step(
        f"contacts:{identifier}",
        "identifiers, telephones and addresses beside names",
        run,
        ("contacts",),
        (Reads("shipments", (f"read:{identifier}",)), Reads("name_keys", (f"names:{identifier}",))),
        inputs={"sql": statement.text},
    )
