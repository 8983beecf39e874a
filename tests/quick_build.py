"""Builds a case for tests of what is shown, without the step that takes most of a small build."""

from __future__ import annotations

from entrepot.casework.case import Case
from entrepot.casework.plan import plan
from entrepot.engine.duck import DuckDB
from entrepot.engine.steps import run

LEFT_OUT = "goods_classes:"
"""Classifying goods texts loads a model for some seconds, and no test of a page or a document needs it."""


def built_without_classes(case: Case) -> Case:
    """The case, built but for the classes of its goods texts."""
    steps = [step for step in plan(case.config, case.folder) if not step.key.startswith(LEFT_OUT)]
    case.store.scratch.parent.mkdir(parents=True, exist_ok=True)
    engine = DuckDB(case.store.scratch)
    try:
        run(steps, case.store, engine)
    finally:
        engine.close()
    return case
