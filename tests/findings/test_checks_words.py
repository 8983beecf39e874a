"""A claim with a word that the records do not know is not contradicted by what they hold of everything; names without a legal form."""

from __future__ import annotations

import pytest

from entrepot.casework.case import Case
from entrepot.casework.views_reports import checks_of
from tests.reports_in_case import build_for_checks

CLAIMS = (
    ("Georgia imported 3 tonnes of marmalade from Vietnam in 2022.", "not testable"),
    ("Georgia imported 900 tonnes of marmalade from Vietnam in 2022.", "contradicted"),
    ("Imports of marmalade from Vietnam to Georgia doubled in 2023.", "not testable"),
    ("Primer Kvartspribor was put on a sanctions list in March 2023.", "supported"),
    ("Primer Kvartspribor Holding was put on a sanctions list in March 2023.", "no records"),
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("words")
    made = Case.init(folder / "case")
    lines = [
        f"D{month}{year},{year}-{month:02}-15,Lotus Works,VN,Primer Trade LLC,GE,090240,black tea,{1000 * (year - 2021)},5000"
        for year in (2022, 2023)
        for month in range(1, 13)
    ]
    header = "declaration no,date,shipper,origin country,consignee,destination country,hs code,goods description,net weight kg,value usd"
    files = {
        "shipments.csv": "\n".join([header, *lines]),
        "own.csv": "Name,Date listed\nPrimer Kvartspribor LLC,2023-03-15\n",
        "claims.txt": "Claims\nBy A. Tester, 12 May 2024\n\n" + "\n\n".join(words for words, _ in CLAIMS) + "\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        made.add(folder / name, kind="report" if name.endswith("txt") else None, confirm=lambda _path, _part: True)
    build_for_checks(made)
    return made


@pytest.mark.parametrize(("words", "verdict"), CLAIMS)
def test_claim(case: Case, words: str, verdict: str) -> None:
    found = [row for row in checks_of(case) if str(row["quote"]).rstrip(".") in words]
    assert [row["verdict"] for row in found] == [verdict], [(row["why"], row["reading"]) for row in found]
    assert verdict != "not testable" or "`marmalade`" in str(found[0]["why"])
