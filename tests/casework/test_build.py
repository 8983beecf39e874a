"""A build commits whole steps, computes only what changed, and survives being killed."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from entrepot.casework.case import Case
from entrepot.engine.steps import Event
from entrepot.errors import CaseError, CaseLocked, CaseTooNew
from entrepot.model.tables import TABLES

from .conftest import shipment_rows, write_csv


def contents(case: Case) -> dict[str, str]:
    """A hash of every table's rows in their order."""
    with case.connect() as connection:
        return {
            name: hashlib.sha256(
                json.dumps(connection.execute(f'SELECT * FROM "{name}"').fetchall(), default=str).encode()
            ).hexdigest()
            for name in TABLES
        }


def ran(case: Case) -> list[str]:
    """Keys of the steps that a build runs."""
    keys: list[str] = []

    def note(event: Event) -> None:
        if event.kind == "end":
            keys.append(event.step.key)

    case.build(note)
    return keys


def test_a_second_build_runs_nothing_and_a_fresh_one_gives_the_same_rows(case: Case, tmp_path: Path) -> None:
    assert ran(case)
    first = contents(case)
    assert ran(case) == []
    again = Case.init(tmp_path / "again")
    (again.folder / "case.toml").write_text((case.folder / "case.toml").read_text())
    for kept in (case.folder / "sources").iterdir():
        (again.folder / "sources" / kept.name).write_bytes(kept.read_bytes())
    again.build()
    assert contents(again) == first


def test_a_new_file_leaves_the_steps_of_others_alone(case: Case, tmp_path: Path) -> None:
    case.build()
    case.add(write_csv(tmp_path / "more.csv", shipment_rows(10, start=300)), confirm=lambda path, part: True)
    keys = ran(case)
    new = [key for key in keys if key.startswith("read:")]
    assert len(new) == 1
    assert "reference" not in keys
    assert "list_presence" not in keys
    assert case.query("SELECT count(*) AS n FROM shipments").to_pylist() == [{"n": 310}]


def test_a_parameter_runs_only_the_indicators_that_have_it(case: Case) -> None:
    case.build()
    path = case.folder / "case.toml"
    path.write_text(path.read_text().replace("after_date = 2022-02-24", "after_date = 2021-02-24"))
    keys = ran(case)
    assert "indicator:new_importer" in keys
    assert all(key.startswith("indicator:") for key in keys)
    assert "indicator:controlled_goods" not in keys


def test_a_removed_source_leaves_no_rows_and_no_files(case: Case) -> None:
    case.build()
    path = case.folder / "case.toml"
    text = path.read_text()
    path.write_text(text[: text.index("[[source]]")])
    case.build()
    assert case.query("SELECT count(*) AS n FROM shipments").to_pylist() == [{"n": 0}]
    assert not list((case.folder / "tables" / "shipments").glob("*.parquet"))


def build_in_a_process(folder: str) -> None:
    """What a process does that is killed."""
    Case(folder).build()


@pytest.mark.slow
def test_killed_at_random_moments_the_next_build_ends_as_an_undisturbed_one(case: Case) -> None:
    case.build()
    expected = contents(case)
    seed = 20261122
    dice = random.Random(seed)
    # processes fork from one that has imported everything, so that the moments fall into the build and not into imports
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["entrepot.casework.plan", __name__])

    def build() -> BaseProcess:
        running = processes.Process(target=build_in_a_process, args=(str(case.folder),))
        running.start()
        return running

    (case.folder / "tables" / "manifest.json").unlink()
    started = time.monotonic()
    running = build()
    running.join()
    assert running.exitcode == 0
    whole = time.monotonic() - started
    kills, tries = 0, 0
    while kills < 6 and tries < 30:
        tries += 1
        for file in (case.folder / "tables").rglob("*"):
            if file.is_file() and dice.random() < 0.7:
                file.unlink()
        started = time.monotonic()
        running = build()
        running.join(dice.uniform(0.05, 0.95) * whole)
        running.kill()
        running.join()
        if running.exitcode == -signal.SIGKILL:
            kills += 1
        else:  # this one was faster than the first, which the moments are drawn from
            whole = min(whole, time.monotonic() - started)
    assert kills == 6, f"only {kills} of {tries} builds were still running when killed (seed {seed})"
    running = build()
    running.join()
    assert running.exitcode == 0
    assert contents(case) == expected
    assert not (case.folder / "tables" / ".scratch").exists()


def test_a_second_process_says_so_and_stops(case: Case) -> None:
    case.build()
    with case.store.building(), pytest.raises(CaseLocked, match="another process"):
        Case(case.folder).build()


def test_a_case_of_a_later_version_is_refused(case: Case) -> None:
    case.build()
    manifest = case.folder / "tables" / "manifest.json"
    document = json.loads(manifest.read_text())
    document["format"] = 999
    manifest.write_text(json.dumps(document))
    with pytest.raises(CaseTooNew, match="later version"):
        case.build()
    with pytest.raises(CaseTooNew, match="later version"):
        case.table("shipments")


def test_a_damaged_manifest_is_told(case: Case) -> None:
    case.build()
    (case.folder / "tables" / "manifest.json").write_text("{ not json")
    with pytest.raises(CaseError, match="damaged"):
        case.build()


def test_a_case_that_was_not_built_says_what_to_type(case: Case) -> None:
    with pytest.raises(CaseError, match="entrepot build"):
        case.table("shipments")


def test_a_folder_that_is_no_case_says_so(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"no case\.toml"):
        Case(tmp_path).build()


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="needs Linux")
def test_a_full_disk_is_told_and_the_next_build_goes_on(case: Case, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", str(small)], capture_output=True
        ).returncode
    ):
        pytest.skip("needs the right to mount a small file system")
    try:
        full = Case(small / "case")
        subprocess.run(["cp", "-r", str(case.folder), str(full.folder)], check=True)
        with pytest.raises(CaseError, match="disk is full"):
            full.build()
        subprocess.run(["mount", "-o", "remount,size=100m", str(small)], check=True, capture_output=True)
        full.build()
        case.build()
        assert contents(full) == contents(case)
    finally:
        subprocess.run(["umount", str(small)], capture_output=True)


def test_no_permission_to_write_is_told(case: Case) -> None:
    if os.geteuid() == 0:
        done = subprocess.run(
            ["setpriv", "--reuid=65534", "--clear-groups", sys.executable, "-c",
             f"from entrepot.engine.store import Store\nfrom pathlib import Path\nwith Store(Path({str(case.folder / 'tables')!r})).building(): pass"],
            capture_output=True, text=True,
        )  # fmt: skip
        if "No module" in done.stderr or done.returncode == 127 or "can't open" in done.stderr:
            pytest.skip("another user cannot run this Python")
        assert "CaseError" in done.stderr or "Permission" in done.stderr
        return
    case.folder.chmod(0o555)
    try:
        with pytest.raises(CaseError, match="permission"):
            case.build()
    finally:
        case.folder.chmod(0o755)


def test_a_case_whose_tables_have_other_columns_asks_to_be_built(case: Case) -> None:
    case.build()
    manifest = case.folder / "tables" / "manifest.json"
    document = json.loads(manifest.read_text())
    step = next(step for step in document["steps"].values() if "shipments" in step["shapes"])
    step["shapes"]["shipments"] = step["fingerprint"] = "of other columns"  # the shape is part of the fingerprint
    manifest.write_text(json.dumps(document))
    with pytest.raises(CaseError, match=r"(?s)other columns.*shipments.*entrepot build"):
        case.connect()
    case.build()
    case.connect().close()
