"""A model that the user configured reads the reports of a case as well; the rules' answer stays."""

from __future__ import annotations

import json
from pathlib import Path

from entrepot.casework.case import Case
from entrepot.casework.views_reports import claims_about
from tests.reports.test_second_reader import answer, server

TEXT = "The port authority of Orvania said that 40 pumps were sold to Belmara in May 2021.\n"


def test_disagreements_are_kept_beside_the_rules(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Pumps leave Orvania\n\n" + TEXT)
    case = Case.init(tmp_path / "case")
    case.add(tmp_path / "report.txt", kind="report")
    claims = [
        {"quote": "40 pumps were sold to Belmara in May 2021", "stance": "denies", "source": None, "figures": [400]},
        {"quote": "words that nobody wrote", "stance": "asserts", "source": None, "figures": []},
    ]
    with server(lambda _: (200, answer(claims))) as (url, asked):
        toml = tmp_path / "case" / "case.toml"
        toml.write_text(toml.read_text() + f'\n[model]\nurl = "{url}"\nname = "second"\n')
        Case(case.folder).build()
    assert asked, "the endpoint was asked"
    sent = json.dumps(asked[0])
    assert "40 pumps" in sent
    found = claims_about(Case(case.folder))
    assert any("40 pumps" in str(row["quote"]) for row in found["claims"])
    outcomes = {str(row["outcome"]) for row in found["second_reader"]}
    assert {"disagrees", "rejected"} <= outcomes
    assert any(row["field"] == "figures" and row["model_value"] == "400" for row in found["second_reader"])
