"""What `classify` prints and says of codes that it cannot read."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from entrepot.cli.app import app


@pytest.fixture
def goods(tmp_path: Path) -> Path:
    path = tmp_path / "goods.csv"
    path.write_text(
        "text,hs\nwooden table,N/A\nrifle scope with night vision,9xyz\nparts,85\nlaptop computer,8471.30\n"
    )
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["classify", *arguments])


def test_a_code_that_cannot_be_read_is_told_and_stops_nothing(goods: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    done = run(str(goods), "--declared-column", "hs", "--top", "1", "-o", str(target))
    assert done.exit_code == 0, done.output
    assert "2 declared codes are no HS code" in done.stderr
    assert "row 3, column hs: '9xyz'" in done.stderr
    with target.open(newline="") as handle:
        written = list(csv.DictReader(handle))
    assert [row["row"] for row in written] == ["2", "3", "4", "5"]
    assert "night vision" in written[1]["controls"]
    assert "vague" in written[2]["abstained"]


def test_the_same_rows_as_json(goods: Path) -> None:
    done = run(str(goods), "--top", "2", "--json")
    assert done.exit_code == 0, done.output
    records = json.loads(done.stdout)
    assert {record["row"] for record in records} == {2, 3, 4, 5}
    assert all(record["rank"] in (0, 1, 2) for record in records)


def test_a_place_that_cannot_be_written_is_told(goods: Path, tmp_path: Path) -> None:
    done = run(str(goods), "-o", str(tmp_path / "no such folder" / "out.csv"))
    assert done.exit_code != 0
    assert "cannot be written" in str(done.exception) + done.output
