"""What held on the day of the shipment: on the list, listed later, delisted, owned; over two versions of a list, in one build."""

from __future__ import annotations

import datetime as dt

import pytest

from entrepot.casework import views
from entrepot.casework.case import About, Case

from .conftest import HEADER, write_csv

DAYS = [dt.date(2021, 6, 1), dt.date(2022, 6, 1), dt.date(2023, 6, 1)]
BUYERS = (
    "Kvartspribor Instrument LLC",
    "Zheldagost Marine JSC",
    "Savuseloz Bearings LLC",
    "Dremuzhabrok Optics LLC",
    "Ordinary Buyer LLC",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Synthetic: each buyer ships in June of three years.

    The first version of the list (1 January 2022) has Zheldagost and Dremuzhabrok, the second (1 January 2023) Kvartspribor,
    of no stated day, and Dremuzhabrok. Dremuzhabrok was listed on 1 March 2022 and owns 60 percent of Savuseloz.
    """
    folder = tmp_path_factory.mktemp("as_of")
    rows = [
        (f"D{at}{n}", day.isoformat(), "Lotus Example Works Co Ltd", buyer, "CHINA", "RUSSIAN FEDERATION", "940360", "wooden furniture", "10", "1000")
        for at, buyer in enumerate(BUYERS)
        for n, day in enumerate(DAYS)
    ]  # fmt: skip
    case = Case.init(folder / "case")
    case.add(write_csv(folder / "synthetic.csv", rows, HEADER), confirm=lambda path, part: True)
    last = "S-4,Dremuzhabrok Optics LLC,Company,RUSSIAN FEDERATION,SYNTHETIC,2022-03-01\n"
    for day, entries in (
        (dt.date(2022, 1, 1), "S-2,Zheldagost Marine JSC,Company,RUSSIAN FEDERATION,SYNTHETIC,2020-05-01\n"),
        (dt.date(2023, 1, 1), "S-1,Kvartspribor Instrument LLC,Company,RUSSIAN FEDERATION,SYNTHETIC,\n"),
    ):
        path = folder / f"list_{day.year}.csv"
        path.write_text("ENTRY_ID,NAME,TYPE,COUNTRY,PROGRAM,LISTED\n" + entries + last, encoding="utf-8")
        case.add(path, kind="list", about=About(list_id="synthetic-list", list_date=day))
    stakes = folder / "stakes.csv"
    stakes.write_text(
        "owner,owned,percentage,as_of,source\nDREMUZHABROK OPTICS LLC,Savuseloz Bearings LLC,60,2022-05-01,made up\n", encoding="utf-8"
    )  # fmt: skip
    assert [part.config.kind for part in case.add(stakes).parts] == ["ownership"]
    case.build()
    return case


def found(case: Case, indicator: str) -> dict[str, dict[str, object]]:
    return {str(row["subject"]): row for row in views.findings(case, indicator=indicator, limit=0)}


def test_on_the_list_on_the_day_of_the_shipment(built: Case) -> None:
    listed = found(built, "listed_party")
    assert set(listed) == {BUYERS[0], BUYERS[1], BUYERS[3]}
    assert (listed[BUYERS[0]]["rows"], listed[BUYERS[0]]["date_from"]) == (1, DAYS[2])
    assert "between 2022-01-01 and 2023-01-01" in str(listed[BUYERS[0]]["statement"])
    assert (listed[BUYERS[3]]["rows"], listed[BUYERS[3]]["date_from"]) == (2, DAYS[1])


def test_delisted_between_two_versions_counts_only_while_it_was_surely_there(built: Case) -> None:
    zheldagost = found(built, "listed_party")[BUYERS[1]]
    assert (zheldagost["rows"], zheldagost["date_to"]) == (1, DAYS[0])
    assert "off the list between 2022-01-01 and 2023-01-01" in str(zheldagost["statement"])


def test_listed_later_with_the_days_between(built: Case) -> None:
    later = found(built, "listed_later")
    assert set(later) == {BUYERS[0], BUYERS[3]}
    assert (later[BUYERS[3]]["rows"], later[BUYERS[3]]["components"]["days_before"]) == (1, 273)  # type: ignore[index]  # JSON
    assert later[BUYERS[0]]["rows"] == 1  # June 2022 lies between the versions: nobody knows
    assert "273 days before" in str(later[BUYERS[3]]["statement"])


def test_matches_hold_whatever_the_day_and_presence_has_the_days(built: Case) -> None:
    matches = built.query("SELECT DISTINCT name, decision FROM matches WHERE decision = 'match'").to_pylist()
    assert {row["name"] for row in matches} == {BUYERS[0], BUYERS[1], BUYERS[3]}
    presence = {row["entry_id"]: row for row in built.query("SELECT * FROM list_presence").to_pylist()}
    assert (presence["S-1"]["absent_before"], presence["S-1"]["first_seen"]) == (
        dt.date(2022, 1, 1),
        dt.date(2023, 1, 1),
    )
    assert (presence["S-2"]["last_seen"], presence["S-2"]["absent_after"]) == (dt.date(2022, 1, 1), dt.date(2023, 1, 1))


def test_owned_by_a_listed_party_since_it_was_listed(built: Case) -> None:
    owned = found(built, "owned_by_listed")
    assert set(owned) == {BUYERS[2]}
    savuseloz = owned[BUYERS[2]]
    assert (savuseloz["rows"], savuseloz["date_from"]) == (2, DAYS[1])
    evidence = savuseloz["evidence"]
    assert isinstance(evidence, list)
    assert evidence[0]["path"].endswith("stakes.csv")
    assert "60" in evidence[0]["why"]
    assert {row["rule"] for row in built.query("SELECT rule FROM owned_parties").to_pylist()} == {
        "ofac-50",
        "eu-2018",
        "eu-2024",
        "uk-50",
    }
