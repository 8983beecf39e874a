"""Builds a case for tests of what is shown once a run, without the step that takes most of a small build."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from entrepot.casework.case import Case
from entrepot.casework.plan import plan
from entrepot.engine.duck import DuckDB
from entrepot.engine.steps import run

LEFT_OUT = "goods_classes:"
"""Classifying goods texts loads a model for some seconds, and no test of a page or a document needs it."""


def built_once(factory: pytest.TempPathFactory, name: str, write: Callable[[Path], Case]) -> Case:
    """A copy of its own of a case that one worker of the run writes and builds for all.

    Args:
        name: of the case. write: makes the folder `case` beside its files in a folder; it is not built yet.
    """
    base = factory.getbasetemp()
    # the workers of pytest-xdist have a folder each, in the folder of the run
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"built-{name}"
    shared.mkdir(exist_ok=True)
    files, done = shared / "files", shared / "done"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            files.mkdir(exist_ok=True)
            _build(write(files))
            done.touch()
    own = factory.mktemp(name) / "files"
    shutil.copytree(files, own)
    return Case(own / "case")


def _build(case: Case) -> None:
    steps = [step for step in plan(case.config, case.folder) if not step.key.startswith(LEFT_OUT)]
    case.store.scratch.parent.mkdir(parents=True, exist_ok=True)
    engine = DuckDB(case.store.scratch)
    try:
        run(steps, case.store, engine)
    finally:
        engine.close()
