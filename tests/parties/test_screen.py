"""Screening against a small list: candidates, decisions, dates, weak aliases, several names of one entry."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.parties.evidence import Facts
from entrepot.parties.index import NameIndex
from entrepot.parties.screen import ListName, Query, on_date, screen

LIST = [
    ListName("demo", "1", "KVARTSPRIBOR LLC", "KVARTSPRIBOR LLC", "Company", listed=date(2022, 6, 1)),
    ListName("demo", "1", "KVARTSPRIBOR LLC", "ООО Кварцприбор", "Company", "native", listed=date(2022, 6, 1)),
    ListName(
        "demo", "2", "BEKMURZIN, Ardalion Petrovich", "BEKMURZIN, Ardalion Petrovich", "Person", listed=date(2023, 1, 1)
    ),
    ListName("demo", "3", "SHENZHEN LANWAN TRADING CO LTD", "SHENZHEN LANWAN TRADING CO LTD", "Company"),
    ListName("demo", "3", "SHENZHEN LANWAN TRADING CO LTD", "LW", "Company", "weak"),
    ListName(
        "demo", "4", "SOLVEI, Maren", "SOLVEI, Maren", "Person", "primary", facts=Facts({"passport": frozenset(["X1"])})
    ),
    ListName("demo", "4", "SOLVEI, Maren", "BEAR", "Person", "weak"),
    ListName("demo", "5", "N/A", "N/A", "Company"),
]


def test_spellings_and_scripts_find_the_entry() -> None:
    queries = [
        Query(1, "Kvartzpribor", "Company"), Query(2, "Ардалион Бекмурзин", "Person"), Query(3, "深圳市蓝湾贸易有限公司", "Company"),
        Query(4, "TO ORDER", "Company"), Query(5, "Unrelated Bakery Ltd", "Company"),
    ]  # fmt: skip
    results = list(screen(queries, LIST))
    assert [(r.row, r.entry_id, r.decision) for r in results] == [
        (1, "1", "match"),
        (2, "2", "match"),
        (3, "3", "match"),
    ]
    assert all(r.explanation and 0.8 <= r.score <= 1 for r in results)


def test_one_row_for_an_entry_by_its_best_name() -> None:
    results = list(screen([Query(7, "ООО «Кварцприбор»", "Company")], LIST))
    assert len(results) == 1
    assert results[0].matched_name == "ООО Кварцприбор"


def test_a_weak_alias_is_at_most_possible() -> None:
    results = list(screen([Query(1, "Bear", "Person")], LIST))
    assert [r.decision for r in results] == ["possible"]
    assert "weak alias" in results[0].explanation


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 5, 31), "listed 1 days later"),
        (date(2022, 6, 1), "on the list"),
        (date(2024, 1, 11), "delisted 10 days before"),
        (None, ""),
    ],
)
def test_the_list_on_the_day(day: date | None, said: str) -> None:
    assert on_date(day, date(2022, 6, 1), date(2024, 1, 1)) == said


def test_adding_an_alias_never_lowers_a_match() -> None:
    query = [Query(1, "Ardalion Bekmurzin", "Person")]
    before = {r.entry_id: r.score for r in screen(query, LIST)}
    more = [
        *LIST,
        ListName("demo", "2", "BEKMURZIN, Ardalion Petrovich", "Unlike Altogether", "Person", "alias"),
        ListName("demo", "1", "KVARTSPRIBOR LLC", "Lanwan", "Company", "alias"),
    ]
    after = {r.entry_id: r.score for r in screen(query, more)}
    assert all(after.get(entry, 0) >= score for entry, score in before.items())


def test_an_index_of_nothing_and_queries_of_nothing() -> None:
    assert list(screen([Query(1, "Kvartspribor")], [])) == []
    assert list(screen([], LIST)) == []
    assert list(screen([Query(1, ""), Query(2, "..."), Query(3, "x")], LIST)) == []


def test_candidates_come_once_and_include_equal_names() -> None:
    index = NameIndex.build(["Meridian Lintel Ltd", "Meridian Lintel Ltd", "Other Firm"], "Company")
    left, right = index.candidates(["MERIDIAN LINTEL LIMITED"])
    assert sorted(right.tolist()) == [0, 1]
    assert set(left.tolist()) == {0}
