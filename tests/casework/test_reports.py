"""The bundled synthetic reports in a case: claims, roots and checks against their answer key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from entrepot.casework.case import About, Case
from entrepot.casework.views_reports import checks_of, claims_about, roots_of
from entrepot.demo.files import data_files, data_folder
from entrepot.errors import UsageError
from tests.reports_in_case import build_for_checks


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The synthetic files of the bundled case."""
    made = Case.init(tmp_path_factory.mktemp("reports") / "case")
    for file in data_files():
        if file.synthetic:
            about = About(synthetic=file.synthetic, list_id=file.list_id, list_date=file.list_date)
            made.add(
                file.path,
                kind=None if file.kind == "shipments" else file.kind,
                about=about,
                confirm=lambda _path, _part: True,
            )
    build_for_checks(made)
    return made


def test_checks_agree_with_the_answer_key(case: Case) -> None:
    key = json.loads((data_folder() / "reports" / "answer_key.json").read_text("utf-8"))["checks"]
    rows = checks_of(case)
    for wanted in key:
        met = [
            r
            for r in rows
            if r["document"] == wanted["report"] and wanted["quote"] in str(r["quote"]) and r["kind"] == wanted["kind"]
        ]
        assert [r["verdict"] for r in met] == [wanted["verdict"]], (
            wanted,
            [(r["verdict"], r["why"], r["reading"]) for r in met],
        )
    assert all(row["synthetic"] for row in rows)


def test_near_misses_undo_the_distortions(case: Case) -> None:
    near = {str(r["quote"])[:40]: str(r["near_miss"]) for r in checks_of(case) if r["near_miss"]}
    assert any("year after" in text for text in near.values())
    assert any("thousand times smaller" in text for text in near.values())


def test_claims_name_their_roots_and_offsets_hold(case: Case) -> None:
    texts = {d["document_id"]: d["text"] for d in case.table("documents").to_pylist()}
    claims = case.table("claims").to_pylist()
    assert claims
    assert all(texts[c["document_id"]][c["start_char"] : c["end_char"]] == c["quote"] for c in claims)
    roots = {r["root_id"] for r in case.table("roots").to_pylist()}
    assert {c["root_id"] for c in claims if c["root_id"]} == roots


def test_outlets_and_roots_are_counted_side_by_side(case: Case) -> None:
    found = claims_about(case, "integrated circuits malaysia")
    assert found["documents"] == 2
    assert found["roots"] >= 1
    assert roots_of(case)["roots"]


def test_an_unknown_verdict_is_refused(case: Case) -> None:
    with pytest.raises(UsageError, match="no such verdict"):
        checks_of(case, "true")


def test_a_second_build_runs_nothing(case: Case) -> None:
    assert build_for_checks(case) == []


def test_a_case_without_reports_has_no_checks(tmp_path: Path) -> None:
    made = Case.init(tmp_path / "empty")
    build_for_checks(made)
    assert checks_of(made) == []
