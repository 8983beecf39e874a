"""Steps of routes: contacts of each source, chains over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from entrepot.engine.sql import Statement, Value, load
from entrepot.engine.steps import Desk, Reads, Step
from entrepot.routes import chains
from entrepot.routes.chains.coding import COLUMNS

CONTACTS_SQL = Path(chains.__file__).parent.parent / "sql" / "contacts.sql"


def route_steps(sources: list[str], parameters: Mapping[str, Value]) -> list[Step]:
    """`contacts` per source of shipments, then `chains`, `legs`, `chain_legs`, `chain_shipments`.

    Args:
        sources: identifiers of the sources of shipments.
        parameters: of the case; `chain_window_days` and `chain_slack` are used.
    """
    steps = [_contacts(identifier) for identifier in sources]
    window = int(str(parameters.get("chain_window_days", chains.WINDOW_DAYS)))
    slack = float(str(parameters.get("chain_slack", chains.SLACK)))

    def run(desk: Desk) -> None:
        columns = ", ".join(f"trade.{name}" for name in COLUMNS)
        trade = desk.engine.rows(Statement("trade", f"SELECT {columns} FROM trade"), {})
        contacts = desk.engine.rows(Statement("contacts", "SELECT * FROM contacts"), {})
        links = chains.party_links(contacts)
        found = chains.find_chains(trade, window_days=window, slack=slack, links=links.party, reasons=links.reasons)
        desk.put("chains", found.chains)
        desk.put("legs", found.legs)
        desk.put("chain_legs", found.chain_legs)
        desk.put("chain_shipments", found.chain_shipments)
        desk.notes["left_out"] = dict(found.left_out)
        desk.notes["not_listed"] = found.not_listed

    steps.append(
        Step(
            "chains",
            "chains of shipments",
            run,
            ("chains", "legs", "chain_legs", "chain_shipments"),
            (Reads("trade"), Reads("contacts")),
            inputs={"window_days": window, "slack": slack},
            code=("entrepot.routes.chains",),
        )
    )
    return steps


def _contacts(identifier: str) -> Step:
    statement = load(CONTACTS_SQL)

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
