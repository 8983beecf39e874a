"""An indicator that a user puts into the case's own folder: it runs as a step of the build, and its mistakes are told as sentences."""

from __future__ import annotations

import pytest

from entrepot.casework.case import Case
from entrepot.errors import EntrepotError

from .conftest import shipment_rows, write_csv

HEADER = """-- id: many_lines
-- title: Many lines
-- subject: party
-- meaning: A consignee of many shipments.
-- source: none, a test
-- statement: {subject} received {rows:int} shipments
-- innocent: Large firms receive many.
-- reads: trade
-- parameter.least_rows: 40 | least number of shipments
"""
QUERY = """SELECT
  trade.consignee_key AS subject_key, MIN(trade.consignee_name) AS subject, 0.5 AS strength, COUNT(*) AS "rows",
  7 AS compared
FROM trade
GROUP BY trade.consignee_key
HAVING COUNT(*) >= $least_rows
"""
EVIDENCE = """SELECT found.subject_key AS subject_key, trade.source_id AS source_id, trade.row_number AS row_number, 'its row' AS why
FROM found
INNER JOIN trade ON trade.consignee_key = found.subject_key
ORDER BY subject_key, source_id, row_number
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """One case for all: a changed indicator runs alone."""
    folder = tmp_path_factory.mktemp("own")
    made = Case.init(folder / "case")
    made.add(write_csv(folder / "synthetic.csv", shipment_rows(300)), confirm=lambda path, part: True)
    return made


def built(case: Case, query: str = QUERY, evidence: str = EVIDENCE, header: str = HEADER) -> Case:
    """The case after a build with this indicator in its own folder."""
    (case.folder / "indicators" / "many_lines.sql").write_text(f"{header}{query}-- evidence\n{evidence}")
    case.build()
    return case


def test_it_is_a_step_of_the_build_with_rows_that_prove_each_finding(case: Case) -> None:
    built(case)
    found = case.query(
        "SELECT f.subject AS subject, f.statement AS statement, f.rows AS rows, COUNT(e.row_number) AS proven "
        "FROM findings f JOIN evidence e ON e.finding_id = f.finding_id WHERE f.indicator = 'many_lines' "
        "GROUP BY ALL ORDER BY subject"
    ).to_pylist()
    assert found
    assert all(row["rows"] == row["proven"] >= 40 for row in found)
    assert found[0]["statement"] == f"{found[0]['subject']} received {found[0]['rows']} shipments"


def told(case: Case, query: str = QUERY, evidence: str = EVIDENCE, header: str = HEADER) -> str:
    """What the build says of this indicator."""
    with pytest.raises(EntrepotError) as caught:
        built(case, query, evidence, header)
    return str(caught.value)


@pytest.mark.parametrize(
    ("query", "evidence", "words"),
    [
        (QUERY.replace("0.5 AS strength, ", ""), EVIDENCE, "no column 'strength'"),
        (QUERY.replace("0.5 AS strength", "NULL AS strength"), EVIDENCE, "strength"),
        (QUERY.replace("0.5 AS strength", "'high' AS strength"), EVIDENCE, "strength"),
        (QUERY.replace("7 AS compared", "NULL AS compared"), EVIDENCE, "compared"),
        (QUERY.replace("7 AS compared", "7 AS compared, 'much' AS net_kg"), EVIDENCE, "net_kg"),
        (QUERY.replace("7 AS compared", "7 AS compared, 'May' AS date_from"), EVIDENCE, "date_from"),
        (QUERY.replace("trade.consignee_key AS subject_key", "'one' AS subject_key"), EVIDENCE, "more than once"),
        (QUERY.replace("trade.consignee_key AS subject_key", "NULL AS subject_key"), EVIDENCE, "subject_key"),
        (QUERY.replace("consignee_name", "consignees_name"), EVIDENCE, "consignees_name"),
        (QUERY.replace("GROUP BY", "GROUP BUY"), EVIDENCE, "many_lines"),
        (QUERY, EVIDENCE.replace(", 'its row' AS why", ""), "no column 'why'"),
        (QUERY, EVIDENCE.replace("found.subject_key AS", "NULL AS"), "subject_key"),
        (QUERY, EVIDENCE.replace("found.subject_key AS", "'other' AS"), "does not give"),
        (QUERY, EVIDENCE.replace("trade.row_number AS", "NULL AS"), "row_number"),
    ],
)  # fmt: skip
def test_a_mistake_in_it_is_told_with_its_name(case: Case, query: str, evidence: str, words: str) -> None:
    message = told(case, query, evidence)
    assert words in message
    assert "many_lines" in message


def test_a_table_that_does_not_exist_is_told(case: Case) -> None:
    assert "trades" in told(case, header=HEADER.replace("reads: trade", "reads: trades"))
