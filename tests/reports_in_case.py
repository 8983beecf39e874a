"""Builds only the steps of a case that checks read: no matching, no classification, no indicators."""

from __future__ import annotations

from entrepot.casework.case import Case
from entrepot.casework.plan import plan
from entrepot.engine.duck import DuckDB
from entrepot.engine.steps import run

NEEDED = (
    "reference",
    "control_codes",
    "read:",
    "names:",
    "trade:",
    "list_keys",
    "list_presence",
    "claims:",
    "roots",
    "checks",
)


def build_for_checks(case: Case) -> list[str]:
    """Run those steps; returns the keys of the steps that ran."""
    ran: list[str] = []
    steps = [step for step in plan(case.config, case.folder) if step.key.startswith(NEEDED)]
    case.store.scratch.parent.mkdir(parents=True, exist_ok=True)
    engine = DuckDB(case.store.scratch)
    try:
        run(steps, case.store, engine, lambda event: ran.append(event.step.key) if event.kind == "begin" else None)
    finally:
        engine.close()
    return ran
