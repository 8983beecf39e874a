"""Slips of codes and spellings in the records that indicators must not take for more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from entrepot.engine.duck import DuckDB
from entrepot.goods import doubts
from entrepot.model.tables import TABLES
from tests.findings.test_indicators import Case, Row, on, ship, subjects

BEFORE, AFTER = dt.date(2020, 3, 1), dt.date(2022, 6, 1)


def doubted(*numbers: int) -> list[Row]:
    return [{"source_id": "s", "row_number": n, "likelier_heading": "6109", "heading_score": 0.9} for n in numbers]


def doubted_rows(folder: Path, classes: list[Row], goods: list[tuple[str | None, str | None]]) -> list[int]:
    shipments = [
        {"shipment_id": f"s:{n}", "source_id": "s", "row_number": n, "original": "{}", "goods_text": text, "hs6": hs6}
        for n, (text, hs6) in enumerate(goods, 2)
    ]
    engine = DuckDB(folder)
    try:
        engine.lend("goods_classes", TABLES["goods_classes"].from_rows(dict(row) for row in classes))
        engine.lend("shipments", TABLES["shipments"].from_rows(shipments))
        return [int(row["row_number"]) for row in engine.rows(doubts.STATEMENT, doubts.PARAMETERS).to_pylist()]
    finally:
        engine.close()


def a_class(text: str, score: float) -> Row:
    return {"goods_text": text, "rank": 1, "hs6": "610910", "score": score, "heading": "6109", "heading_score": score, "chapter": "61",
            "chapter_score": score, "words": "cotton"}  # fmt: skip


def test_a_code_that_the_text_does_not_bear_out_is_doubted(tmp_path: Path) -> None:
    classes = [a_class("cotton t-shirts", 0.9), a_class("goods", 0.1)]
    goods = [
        ("cotton t-shirts", "610910"),
        ("cotton t-shirts", "854231"),
        ("goods", "854231"),
        (None, "854231"),
        ("cotton t-shirts", None),
    ]
    assert doubted_rows(tmp_path, classes, goods) == [3]


def test_what_declarants_customarily_call_such_goods_is_not_doubted(tmp_path: Path) -> None:
    classes = [a_class(f"cotton thing {n}", 0.9) for n in range(12)]
    goods = [(f"cotton thing {n}", "630790" if n < 4 else "610910") for n in range(12)]
    assert doubted_rows(tmp_path, classes, list(goods)) == []
    slip = [(text, "854231" if n == 0 else "610910") for n, (text, _) in enumerate(goods)]
    assert doubted_rows(tmp_path, classes, list(slip)) == [2]


def test_doubted_codes_are_not_counted_as_controlled() -> None:
    lines = [ship(2 + n, on(20 * n), controlled=False) for n in range(12)]
    lines += [ship(20 + n, on(10 * n, AFTER)) for n in range(4)]
    assert subjects(Case(lines).fires("old_customer")) == {"Primer Trade"}
    assert Case(lines, code_doubts=doubted(20, 21, 22)).fires("old_customer") == []
    slip = ship(30, on(100))  # one doubted row before the date does not make it a customer of controlled goods
    assert subjects(Case([*lines, slip], code_doubts=doubted(30)).fires("old_customer")) == {"Primer Trade"}


def test_two_controlled_rows_of_a_party_that_mostly_trades_after_the_date_are_chance() -> None:
    lines = [ship(2 + n, on(20 * n), controlled=False) for n in range(4)]
    lines += [ship(20 + n, on(10 * n, AFTER), controlled=n < 2) for n in range(20)]
    assert Case(lines).fires("old_customer") == []


def test_a_new_name_with_an_old_number_is_no_new_importer() -> None:
    old = [ship(2 + n, on(30 * n), consignee_name="Alfa Imports", consignee_id="7701234567") for n in range(5)]
    new = [ship(40 + n, on(20 * n, AFTER), consignee_name="Beta Stock") for n in range(8)]
    members = [
        {"party_id": name, "party_key": name, "name_key": name, "identifier": "7701234567", "country": "", "name": name, "names": 1,
         "rows": 5, "source_id": "s", "row_number": 2, "first_date": first}
        for name, first in (("alfa imports", BEFORE), ("beta stock", AFTER))
    ]  # fmt: skip
    assert subjects(Case([*old, *new]).fires("new_importer")) == {"Beta Stock"}
    assert Case([*old, *new], party_members=members).fires("new_importer") == []


def test_a_new_name_that_may_be_an_old_party_is_no_new_importer() -> None:
    old = [ship(2 + n, on(30 * n), consignee_name="Alfa Imports") for n in range(5)]
    new = [ship(40 + n, on(20 * n, AFTER), consignee_name="Alpha Imports") for n in range(8)]
    members = [
        {"party_id": name, "party_key": name, "name_key": name, "identifier": "", "country": "", "name": name, "names": 1,
         "rows": 5, "source_id": "s", "row_number": 2, "first_date": first}
        for name, first in (("alfa imports", BEFORE), ("alpha imports", AFTER))
    ]  # fmt: skip
    pair = {
        "pair_id": "q", "left_party": "alfa imports", "right_party": "alpha imports", "left_name": "Alfa Imports", "right_name": "Alpha Imports",
        "score": 0.95, "explanation": "alike", "rows": 8, "list_entries": 0,
    }  # fmt: skip
    made = Case([*old, *new], party_members=members, party_pairs=[pair])
    assert made.fires("new_importer") == []
    assert subjects(made.fires("new_importer", least_alike=0.99)) == {"Alpha Imports"}


def contradicting(number: int, text: str = "integrated circuit", code: str = "610910") -> dict[str, object]:
    return ship(number, on(number), goods_text=text, hs_code=code, hs6=code)


def contradiction(text: str = "integrated circuit", code: str = "610910", expected: str = "8542") -> Row:
    return {"goods_text": text, "hs_code": code, "rule": "microelectronics_as_other", "title": "Described as circuits", "expected_headings": expected,
            "words": text, "probability": 0.0}  # fmt: skip


def test_one_wrong_code_among_goods_of_every_day_is_a_slip() -> None:
    every_day = [ship(100 + n, on(n), consignee_name="Other Buyer") for n in range(40)]
    one = [*every_day, contradicting(2)]
    assert Case(one, goods_contradictions=[contradiction()]).fires("code_contradicts_text") == []
    again = [*one, contradicting(3)]
    assert subjects(Case(again, goods_contradictions=[contradiction()]).fires("code_contradicts_text")) == {
        "Primer Trade"
    }
    elsewhere = [*one, contradicting(3, code="732690")]
    both = [contradiction(), contradiction(code="732690")]
    assert Case(elsewhere, goods_contradictions=both).fires("code_contradicts_text") == []
    rightly = [*again, *(ship(200 + n, on(n)) for n in range(20))]
    assert Case(rightly, goods_contradictions=[contradiction()]).fires("code_contradicts_text") == []


def test_one_wrong_code_of_goods_that_nobody_declares_counts() -> None:
    case = Case([contradicting(2)], goods_contradictions=[contradiction(expected="9301")])
    assert subjects(case.fires("code_contradicts_text")) == {"Primer Trade"}


def test_misspelt_names_are_one_firm_behind_a_telephone_unless_their_numbers_differ() -> None:
    names = ("Alfa Imports", "Alfa Inports", "Alfa Imprts")

    def at_one_telephone(numbers: dict[str, str]) -> Case:
        lines = [ship(2 + n, on(20 * n, AFTER), consignee_name=names[n % 3]) for n in range(9)]
        contacts = [
            {"name_key": n.lower(), "name": n, "role": "consignee", "country": "RU", "kind": "telephone", "contact": "74950000001",
             "source_id": "s", "row_number": 2, "rows": 3}
            for n in names
        ]  # fmt: skip
        members = [
            {"party_id": n, "party_key": n.lower(), "name_key": n.lower(), "identifier": numbers[n], "country": "", "name": n, "names": 1,
             "rows": 3, "source_id": "s", "row_number": 2}
            for n in names
        ]  # fmt: skip
        return Case(lines, contacts=contacts, party_members=members)

    assert at_one_telephone(dict.fromkeys(names, "")).fires("shared_address") == []
    assert at_one_telephone({n: str(7701234560 + at) for at, n in enumerate(names)}).fires("shared_address")
    assert at_one_telephone(dict.fromkeys(names, "7701234567")).fires("shared_address") == []


def test_one_user_under_two_spellings_is_counted_as_one() -> None:
    lines = [
        ship(2 + n, on(2 * n, AFTER), consignee_name=("Alfa Imports", "Alfa Inports")[n % 2], consignee_id="7701234567",
             shipper_name=f"Works {n % 3}", value_usd=900.0)
        for n in range(24)
    ]  # fmt: skip
    early = [ship(100, BEFORE, consignee_name="Other Buyer")]  # the records reach back two years
    [found] = Case([*early, *lines]).fires("many_small_shipments")
    assert found["rows"] == 24
    assert found["shippers"] == 3


def test_codes_that_scatter_are_slips_and_codes_that_come_again_are_goods() -> None:
    """Among forty shipments of clothing: two controlled codes once each, and one controlled code twice."""
    usual = [
        ship(2 + n, on(9 * n, AFTER), consignee_name="Alfa Bakery", hs6="190590", controlled=False) for n in range(38)
    ]
    trades = [{"source_id": "s", "name": "Alfa Bakery", "trade": "bakery", "word": "bakery", "fits": ";19;"}]  # fmt: skip

    def fires(indicator: str, codes: tuple[str, ...], lines: list[dict[str, object]]) -> list[dict[str, object]]:
        odd = [ship(60 + n, on(90 + n, AFTER), consignee_name="Alfa Bakery", hs6=code) for n, code in enumerate(codes)]
        early = [ship(100, BEFORE, consignee_name="Other Buyer")]
        return Case([*lines, *odd, *early], name_trades=trades).fires(indicator)

    for indicator in ("business_misfit", "new_importer"):
        assert fires(indicator, ("854231", "901380"), usual) == []
        assert len(fires(indicator, ("854231", "854232"), usual)) == 1
        assert len(fires(indicator, ("854231", "901380"), usual[:4])) == 1
    old = [{**line, "date": on(9 * n, BEFORE)} for n, line in enumerate(usual[:14])]
    more = [{**line, "row_number": 110 + n} for n, line in enumerate(usual[:14])]
    assert fires("old_customer", ("854231", "901380", "847130", "880730"), [*old, *more]) == []
    assert len(fires("old_customer", ("854231",) * 4, [*old, *more])) == 1
