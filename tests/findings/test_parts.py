"""What both statements of an indicator begin with is written once and put before each."""

from __future__ import annotations

from pathlib import Path

import pytest

from entrepot.engine.duck import DuckDB
from entrepot.errors import InputError
from entrepot.findings.catalogue import read
from entrepot.findings.parts import FOLDER

HEADER = """-- id: late
-- title: Late
-- subject: party
-- meaning: It was late.
-- source: none
-- statement: {subject} was late
-- innocent: Clocks differ.
-- reads: trade
"""
COMMON = """-- common
-- A row: one number.
numbers AS (
  SELECT 1 AS n
),
doubled AS (
  SELECT numbers.n * 2 AS n FROM numbers
)
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "late.sql"
    path.write_text(text)
    return path


def test_the_common_part_stands_before_both_statements_as_shown_and_run(tmp_path: Path) -> None:
    own = "-- query\nWITH more AS (\n  SELECT doubled.n + 1 AS n FROM doubled\n)\nSELECT more.n AS n FROM more\n"
    found = read(
        written(tmp_path, f"{HEADER}{COMMON}{own}-- evidence\nSELECT doubled.n AS n FROM doubled ORDER BY n\n")
    )
    assert found.query.text.startswith("WITH numbers AS (\n  SELECT 1 AS n\n),\ndoubled AS (")
    assert found.evidence.text.endswith(")\nSELECT doubled.n AS n FROM doubled ORDER BY n")
    engine = DuckDB(tmp_path)
    try:
        assert engine.rows(found.query, {}).to_pylist() == [{"n": 3}]
        assert engine.rows(found.evidence, {}).to_pylist() == [{"n": 2}]
    finally:
        engine.close()
    assert found.title == "Late"


def test_a_file_without_a_common_part_is_read_as_it_stands(tmp_path: Path) -> None:
    found = read(written(tmp_path, f"{HEADER}SELECT 1 AS n\n-- evidence\nSELECT 2 AS n\n"))
    assert (found.query.text, found.evidence.text) == ("SELECT 1 AS n", "SELECT 2 AS n")


def test_shipped_parts_can_be_included_before_the_own_ones(tmp_path: Path) -> None:
    text = f"{HEADER}-- include: same_party\n{COMMON}-- query\nSELECT 1 AS n\n-- evidence\nSELECT 2 AS n\n"
    found = read(written(tmp_path, text))
    for statement in (found.query.text, found.evidence.text):
        assert statement.startswith("WITH same_party AS (")
        assert statement.index("same_party AS") < statement.index("numbers AS")


def test_a_part_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such part: .same_partie.(?s:.*)same_party"):
        read(written(tmp_path, f"{HEADER}-- include: same_partie\nSELECT 1 AS n\n-- evidence\nSELECT 2 AS n\n"))


@pytest.mark.parametrize(
    "middle",
    ["-- common\na AS (SELECT 1)\nSELECT 1 AS n\n", "-- query\nSELECT 1 AS n\n", f"{COMMON}{COMMON}-- query\nSELECT 1"],
)
def test_a_common_part_without_its_lines_is_refused(tmp_path: Path, middle: str) -> None:
    with pytest.raises(InputError, match="one line `-- common` and one line `-- query`"):
        read(written(tmp_path, f"{HEADER}{middle}\n-- evidence\nSELECT 2 AS n\n"))


def test_every_shipped_part_says_what_its_rows_are() -> None:
    parts = sorted(FOLDER.glob("*.sql"))
    assert parts
    for part in parts:
        assert part.read_text("utf-8").startswith("-- A row: ")
