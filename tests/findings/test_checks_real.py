"""Claims written for this test about real records, true and false ones, each read and checked end to end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from entrepot.casework.case import About, Case
from entrepot.casework.views_reports import checks_of
from entrepot.demo.files import data_files
from tests.reports_in_case import build_for_checks

CLAIMS = (
    ("The United States imported 10,854 thousand barrels of oil from Russia in April 2022.", "volume", "supported"),
    ("The United States imported 17.9 million barrels of oil from Russia in April 2022.", "volume", "contradicted"),
    ("In April 2022 ten companies imported Russian oil.", "count", "supported"),
    ("In February 2022 ten companies imported Russian oil.", "count", "contradicted"),
    ("More than 60% of the Russian oil imported in April 2022 went to Valero.", "share", "supported"),
    ("Nearly 90% of the Russian oil imported in April 2022 went to Valero.", "share", "contradicted"),
    ("The last Russian oil arrived in April 2022.", "last_date", "partly supported"),
    ("The first oil from Venezuela arrived in January 2023.", "first_date", "supported"),
    ("The United States imported 4 million barrels of oil from Venezuela in June 2022.", "volume", "no records"),
    ("Motiva Enterprises imported 1.2 million barrels of oil from Russia in April 2022.", "volume", "supported"),
    ("EU exports to Kyrgyzstan almost doubled between 2021 and 2023.", "growth", "contradicted"),
    ("Exports from the European Union to Armenia rose by 149% from 2021 to 2022.", "growth", "supported"),
    ("EU exports to Kyrgyzstan were worth 2.7 billion euros in 2023.", "money", "supported"),
    ("EU exports to Kyrgyzstan were worth 2.7 billion dollars in 2023.", "money", "not testable"),
    ("Rosneft was put on the OFAC list in 2014.", "listing", "partly supported"),
    ("Rosneft was sanctioned by the United Kingdom in 2022.", "listing", "not testable"),
    ("About 80% of critical electronic components in Russian drones were imported by sea.", "share", "not testable"),
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """EIA imports, yearly EU exports and OFAC's list as bundled, and one report of the claims above."""
    folder = tmp_path_factory.mktemp("checks")
    made = Case.init(folder / "case")
    for file in data_files():
        if file.path.name.startswith(("eia", "eurostat_eu_exports_yearly", "ofac")):
            made.add(file.path, kind="list" if file.kind == "list" else None, about=About(list_id=file.list_id, list_date=file.list_date), confirm=lambda _path, _part: True)  # fmt: skip
    made.add(_report(folder, [words for words, _, _ in CLAIMS]), kind="report")
    build_for_checks(made)
    return made


def _report(folder: Path, sentences: list[str]) -> Path:
    path = folder / "claims.txt"
    path.write_text(
        "Claims to be tested\nBy A. Tester, 12 May 2024\n\n" + "\n\n".join(sentences) + "\n", encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(("words", "kind", "verdict"), CLAIMS)
def test_claim(case: Case, words: str, kind: str, verdict: str) -> None:
    found = [row for row in checks_of(case) if str(row["quote"]).rstrip(".") in words and row["kind"] == kind]
    assert [row["verdict"] for row in found] == [verdict], [
        (row["verdict"], row["why"], row["reading"]) for row in found
    ]
    if verdict in ("supported", "contradicted"):
        assert found[0]["query"]
        assert found[0]["tolerance"]
    if verdict == "not testable":
        assert found[0]["needed"]


def test_a_near_miss_names_the_reading_that_would_agree(case: Case) -> None:
    (row,) = [r for r in checks_of(case) if "17.9 million" in str(r["quote"])]
    assert "month before" in str(row["near_miss"])


def test_queries_run_as_shown(case: Case) -> None:
    for row in checks_of(case):
        if row["query"] and row["kind"] not in ("growth", "share"):
            case.query(str(row["query"]))


def test_no_verdict_speaks_of_anybody(case: Case) -> None:
    said = " ".join(f"{row['why']} {row['reading']}".lower() for row in checks_of(case))
    assert not any(word in said for word in ("lied", "guilty", "criminal", "evad"))


PHONES = (
    ("Armenia exported mobile phones worth 78.8 million dollars to Russia in January 2024.", "money", "supported"),
    ("Armenia exported mobile phones worth 7.8 million dollars to Russia in January 2024.", "money", "contradicted"),
    ("Armenia's exports of mobile phones to Russia were worth 462 million dollars in 2023.", "money", "supported"),
    ("Armenia exported mobile phones worth 462 million dollars to Russia in 2022.", "money", "contradicted"),
    ("Armenia exported about 1.4 million mobile phones to Russia in 2023.", "count", "supported"),
    ("Armenia exported 339 tonnes of mobile phones to Russia in 2023.", "mass", "supported"),
    ("Armenia exported 3,390 tonnes of mobile phones to Russia in 2023.", "mass", "contradicted"),
    ("Armenia imported mobile phones worth 113 million dollars from China in 2023.", "money", "supported"),
    ("Armenia imported mobile phones worth 113 million euros from China in 2023.", "money", "not testable"),
    ("Kazakhstan exported mobile phones worth 40 million dollars to Russia in 2023.", "money", "not testable"),
)
LISTED = (
    ("Tanchon Commercial Bank was put on the UN Security Council sanctions list in April 2009.", "supported"),
    ("Tanchon Commercial Bank was put on the UN Security Council sanctions list in April 2013.", "contradicted"),
    ("Hong Kong Electronics has been under UN sanctions since 2009.", "supported"),
    ("Hong Kong Electronics has been under UN sanctions since 2012.", "contradicted"),
    ("The United Nations has sanctioned Koryo Bank for its deals.", "supported"),
    ("The United Nations has sanctioned numerous banks for their deals.", "not testable"),
    ("Seaview Valves was put on the UN Security Council sanctions list in April 2009.", "no records"),
    ("The European Union sanctioned Koryo Bank in 2017.", "not testable"),
)


@pytest.fixture(scope="module")
def shared_case(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Armenia's trade in phones and the list of the United Nations, and one report of claims about both."""
    folder = tmp_path_factory.mktemp("shared")
    made = Case.init(folder / "case")
    made.add(shared_data / "trade" / "armenia" / "mobile_phone_reexports.csv", kind="flows", about=About(retrieved=dt.date(2024, 6, 1)), confirm=lambda _path, _part: True)  # fmt: skip
    made.add(next((shared_data / "lists" / "un_2024").glob("*.xml")), kind="list", about=About(list_id="un-sc", list_date=dt.date(2024, 9, 1)), confirm=lambda _path, _part: True)  # fmt: skip
    made.add(_report(folder, [w for w, *_ in (*PHONES, *LISTED)]), kind="report")
    build_for_checks(made)
    return made


@pytest.mark.shared
@pytest.mark.parametrize(("words", "kind", "verdict"), [*PHONES, *((w, "listing", v) for w, v in LISTED)])
def test_claims_on_shared_records(shared_case: Case, words: str, kind: str, verdict: str) -> None:
    found = [row for row in checks_of(shared_case) if row["quote"] == words]
    assert [(row["kind"], row["verdict"]) for row in found] == [(kind, verdict)], [
        (row["why"], row["reading"]) for row in found
    ]
    assert (found[0]["needed"] is not None) == (verdict == "not testable")


@pytest.mark.shared
def test_a_wrong_year_names_the_right_one(shared_case: Case) -> None:
    near = {str(row["quote"]): str(row["near_miss"]) for row in checks_of(shared_case)}
    assert "year after" in near["Armenia exported mobile phones worth 462 million dollars to Russia in 2022."]
    assert "April 2009" in near[LISTED[1][0]]
