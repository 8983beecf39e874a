"""`entrepot flows` over the European figures of the bundled case (real)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from entrepot.casework.case import Case
from entrepot.cli.app import app
from entrepot.demo.files import data_folder
from entrepot.errors import UsageError


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Case.init(tmp_path_factory.mktemp("flows") / "case")
    made.add(data_folder() / "eurostat_eu_exports_monthly_am_kg.csv.gz")
    made.build()
    return made.folder


def _run(case: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["flows", str(case), *arguments])


def _json(case: Path, *arguments: str) -> dict[str, object]:
    result = _run(case, *arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_what_is_loaded_is_listed(case: Path) -> None:
    rows = json.loads(_run(case, "--json").stdout)
    germany = next(row for row in rows if row["reporter"] == "DE")
    assert (germany["direction"], germany["frequency"], germany["currency"]) == ("export", "month", "EUR")


def test_german_exports_to_kyrgyzstan_change_in_the_middle_of_2022(case: Path) -> None:
    found = _json(case, "breaks", "--reporter", "Germany", "--partner", "Кыргызстан")
    assert found["testable"]
    largest = max(found["breaks"], key=lambda each: each["log_change"])  # type: ignore[attr-defined]
    assert largest["period"][:7] in ("2022-05", "2022-06", "2022-07")
    assert all(row["row"] > 1 for row in found["evidence"])  # type: ignore[attr-defined]
    assert found["limits"]


def test_a_chart_is_drawn(case: Path, tmp_path: Path) -> None:
    picture = tmp_path / "series.svg"
    result = _run(case, "series", "--reporter", "DE", "--partner", "KG", "--chart", str(picture))
    assert result.exit_code == 0, result.output
    assert picture.read_text("utf-8").startswith("<svg")


def test_other_countries_are_the_yardstick_of_a_surge(case: Path) -> None:
    found = _json(case, "surge", "--through", "KG", "--since", "2022-03-01")
    assert found["testable"]
    assert float(str(found["rise"])) > 0.5
    assert found["design"] == "hubs"


def test_one_side_alone_is_told_as_such(case: Path) -> None:
    found = _json(case, "mirror", "--reporter", "DE", "--partner", "KG")
    assert not found["testable"]
    assert "no loaded file has imports that KG reports from DE" in str(found["statement"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rumours"], "no such statistic"),
        (["series"], "a country is missing"),
        (["series", "--reporter", "Atlantis"], "not a country"),
        (["series", "--reporter", "DE", "--hs", "85x"], "not a commodity code"),
        (["breaks", "--reporter", "DE", "--since", "soon"], "not a day"),
        (["dependence", "--reporter", "DE", "--chart", "x.svg"], "no chart of this"),
    ],
)
def test_a_wrong_question_says_what_to_type(case: Path, arguments: list[str], said: str) -> None:
    result = _run(case, *arguments)
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)
    assert result.exception.remedy
