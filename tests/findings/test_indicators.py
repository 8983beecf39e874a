"""Every indicator of goods, parties and prices on small tables: one that it is meant for, and one that only looks alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from scipy.special import gammaln

from entrepot.engine.duck import fetched
from entrepot.engine.sql import Value
from entrepot.findings.business import trade_of
from entrepot.findings.catalogue import Indicator, catalogue, fill
from entrepot.goods import prices
from entrepot.model.tables import TABLES
from entrepot.model.tables.findings import LOG_FACTORIALS

CATALOGUE = {indicator.id: indicator for indicator in catalogue()}
Row = Mapping[str, object]
FORBIDDEN = ("evader", "evasion", "guilty", "criminal", "smuggl", "illegal")


def on(days: int, start: dt.date = dt.date(2020, 1, 1)) -> dt.date:
    return start + dt.timedelta(days=days)


def ship(number: int, day: dt.date, **columns: object) -> dict[str, object]:
    """One line as `trade` and `shipments` have it; the party keys are the names in lower case."""
    values: dict[str, object] = {
        "row_number": number, "date": day, "shipper_name": "Lotus Works", "consignee_name": "Primer Trade", "hs6": "854231",
        "hs_edition": "HS2022" if day >= dt.date(2022, 1, 1) else "HS2017", "hs_code": None, "goods_text": None,
        "origin_country": "CN", "dispatch_country": "CN", "destination_country": "RU", "consignee_country": "RU",
        "transit_countries": None, "net_kg": 10.0, "value_usd": 1000.0, "controlled": True, "consignee_id": None,
    }  # fmt: skip
    return values | columns


def party_key(lines: Sequence[Row], name: str) -> str:
    """The first of the names that share a number with this one."""
    numbers = {line["consignee_id"] for line in lines if line["consignee_name"] == name} - {None}
    return min(
        {name.lower()} | {str(line["consignee_name"]).lower() for line in lines if line["consignee_id"] in numbers}
    )


class Case:
    """The tables that indicators read, from lines of shipments."""

    def __init__(self, lines: Iterable[Row], **given: Iterable[Row]) -> None:
        self.connection = duckdb.connect()
        listed = list(lines)
        names = {str(line[c]): str(line[c]).lower() for line in listed for c in ("shipper_name", "consignee_name")}
        trade = [
            {
                "source_id": "s", "direction": "import", "shipper_key": str(line["shipper_name"]).lower(),
                "consignee_key": str(line["consignee_name"]).lower(), "tier": "1" if line["controlled"] else None,
                "control_id": "chpl:hs:854231" if line["controlled"] else None, "consignee_id": line["consignee_id"],
                **{k: line[k] for k in ("row_number", "date", "shipper_name", "consignee_name", "hs6", "hs_edition",
                                        "origin_country", "dispatch_country", "destination_country", "net_kg", "value_usd")},
            }
            for line in listed
        ]  # fmt: skip
        shipments = [
            {
                "shipment_id": f"s:{line['row_number']}", "source_id": "s", "original": "{}",
                **{k: line[k] for k in ("row_number", "date", "consignee_country", "dispatch_country", "origin_country",
                                        "transit_countries", "destination_country", "hs6", "hs_code", "goods_text", "net_kg", "value_usd")},
            }
            for line in listed
        ]  # fmt: skip
        mentions = {
            (str(line["consignee_name"]), str(line["consignee_id"])): line for line in listed if line["consignee_id"]
        }
        numbers = np.arange(400)
        tables: dict[str, Iterable[Row]] = {
            "trade": trade,
            "shipments": shipments,
            "sources": [{"source_id": "s", "sha256": "0", "path": "s.csv", "kind": "shipments", "synthetic": "test"}],
            "parties": [
                {"party_id": key, "party_key": party_key(listed, name), "name_key": key, "name": name, "names": 1, "rows": 1, "roles": "consignee;shipper", "possible_namesakes": False}
                for name, key in names.items()
            ],
            "name_keys": [{"source_id": "s", "name": name, "name_key": key} for name, key in names.items()],
            "party_members": [
                {"party_id": key, "party_key": party_key(listed, name), "name_key": key, "identifier": identifier, "country": "", "name": name,
                 "names": 1, "rows": 1, "source_id": "s", "row_number": 2}
                for name, key in names.items()
                for identifier in sorted({"", *(str(line["consignee_id"] or "") for line in listed if line["consignee_name"] == name)})
            ],
            "mentions": [
                {"mention_id": f"{n}{i}", "name": n, "role": "consignee", "identifier": i, "source_id": "s", "rows": 1, "first_row": 2}
                for n, i in mentions
            ],
            **given,
        }  # fmt: skip
        for name in TABLES:
            rows = [dict(row) for row in tables.get(name, ())]
            self.connection.register(name, _table(name, rows))
        self.connection.register(
            "log_factorials",
            pa.table([pa.array(numbers, pa.int32()), pa.array(gammaln(numbers + 1.0))], schema=LOG_FACTORIALS.arrow),
        )

    def fires(self, name: str, **changed: Value) -> list[dict[str, object]]:
        """Findings of an indicator; each has evidence, a strength within bounds and a statement without gaps."""
        indicator = CATALOGUE[name]
        values = {**indicator.defaults, **changed}
        found = fetched(self.connection, indicator.query.text, _used(indicator.query.parameters, values))
        self.connection.register("found", found)
        proof = fetched(self.connection, indicator.evidence.text, _used(indicator.evidence.parameters, values))
        proven = {row["subject_key"] for row in proof.to_pylist()}
        rows: list[dict[str, object]] = found.to_pylist()
        for row in rows:
            assert row["subject_key"] in proven
            assert 0.0 <= float(str(row["strength"])) <= 1.0
            assert int(str(row["compared"])) >= 1
            assert not re.search(r"\{\w", fill(indicator.statement, row))
        return rows


def _used(names: tuple[str, ...], values: Mapping[str, Value]) -> dict[str, Value] | None:
    return {name: values[name] for name in names} or None


def _table(name: str, rows: list[dict[str, object]]) -> pa.Table:
    return TABLES[name].from_rows(rows) if rows else TABLES[name].empty()


def subjects(rows: Iterable[Row]) -> set[str]:
    return {str(row["subject"]) for row in rows}


BEFORE = [ship(2, on(0), consignee_name="Old Buyer", controlled=False), ship(3, on(30), consignee_name="Old Buyer", controlled=False),
          ship(4, on(60), consignee_name="Old Buyer", controlled=False)]  # fmt: skip
AFTER = dt.date(2022, 9, 1)


def test_new_importer_is_new_and_outside_the_coalition() -> None:
    lines = [*BEFORE, *(ship(10 + n, on(n, AFTER)) for n in range(3))]
    assert subjects(Case(lines).fires("new_importer")) == {"Primer Trade"}


def test_new_importer_leaves_out_coalition_countries_and_renamed_firms() -> None:
    abroad = [*BEFORE, *(ship(10 + n, on(n, AFTER), destination_country="DE") for n in range(3))]
    assert Case(abroad).fires("new_importer") == []
    renamed = [
        *BEFORE,
        ship(5, on(90), consignee_name="Primer Trading House", consignee_id="tax:77", controlled=False),
        *(ship(10 + n, on(n, AFTER), consignee_id="tax:77") for n in range(3)),
    ]
    assert Case(renamed).fires("new_importer") == []


def test_old_customer_had_other_goods_before() -> None:
    lines = [*BEFORE, *(ship(10 + n, on(n, AFTER), consignee_name="Old Buyer") for n in range(3))]
    assert subjects(Case(lines).fires("old_customer")) == {"Old Buyer"}


def test_old_customer_is_none_with_controlled_goods_before_under_another_spelling() -> None:
    before = [{**line, "consignee_id": "tax:5"} for line in BEFORE]
    earlier = [ship(7, on(70), consignee_name="Oldbuyer JSC", consignee_id="tax:5")]
    after = [ship(10 + n, on(n, AFTER), consignee_name="Old Buyer", consignee_id="tax:5") for n in range(3)]
    assert Case([*before, *earlier, *after]).fires("old_customer") == []
    abroad = [
        *BEFORE,
        *(ship(10 + n, on(n, AFTER), consignee_name="Old Buyer", destination_country="JP") for n in range(3)),
    ]
    assert Case(abroad).fires("old_customer") == []


def concordance(*pairs: tuple[str, str, str]) -> list[Row]:
    return [
        {"from_edition": "HS2017", "from_code": a, "to_edition": "HS2022", "to_code": b, "relation": relation, "unchanged": a == b, "source_id": "hs"}
        for a, b, relation in pairs
    ]  # fmt: skip


SAME = ("854231", "854231", "1:1")


def test_sudden_rise_of_lasting_trade() -> None:
    few = [ship(2 + n, on(180 * n)) for n in range(4)]
    many = [ship(20 + n, on(15 * n, dt.date(2022, 4, 1))) for n in range(40)]
    assert subjects(Case([*few, *many], hs_concordance=concordance(SAME)).fires("sudden_rise")) == {"Primer Trade"}


def test_sudden_rise_is_none_where_the_code_moved_or_one_month_was_busy() -> None:
    old = [ship(2 + n, on(20 * n), hs6="880330") for n in range(36)]
    new = [ship(100 + n, on(20 * n, dt.date(2022, 3, 1)), hs6="880730") for n in range(36)]
    moved = concordance(("880330", "880730", "1:1"))
    assert Case([*old, *new], hs_concordance=moved).fires("sudden_rise", least_before=0) == []
    few = [ship(2 + n, on(180 * n)) for n in range(4)]
    busy = [ship(20 + n, on(n, dt.date(2022, 6, 1))) for n in range(25)]
    last = [ship(60, dt.date(2023, 12, 1), consignee_name="Somebody Else")]
    assert Case([*few, *busy, *last], hs_concordance=concordance(SAME)).fires("sudden_rise") == []


def test_sudden_rise_counts_the_months_in_which_a_firm_trades() -> None:
    """One shipment a fortnight since late 2021 is no rise, whatever the records before; a rise of one year is one after it has ended."""
    spans = [ship(2, dt.date(2019, 1, 2), consignee_name="Somebody Else"), ship(3, dt.date(2024, 12, 1), consignee_name="Somebody Else")]  # fmt: skip
    young = [ship(10 + n, on(14 * n, dt.date(2021, 11, 15))) for n in range(70)]
    assert Case([*spans, *young], hs_concordance=concordance(SAME)).fires("sudden_rise") == []
    steady = [ship(10 + n, on(45 * n, dt.date(2019, 1, 10))) for n in range(25)]
    year = [ship(50 + n, on(9 * n, dt.date(2022, 3, 1))) for n in range(40)]
    found = Case([*spans, *steady, *year], hs_concordance=concordance(SAME)).fires("sudden_rise")
    assert subjects(found) == {"Primer Trade"}
    assert float(str(found[0]["months_after"])) < 13
    same_pace = [ship(50 + n, on(30 * n, dt.date(2022, 3, 1))) for n in range(9)]
    assert Case([*spans, *steady, *same_pace], hs_concordance=concordance(SAME)).fires("sudden_rise") == []


def test_sudden_rise_that_comes_later_than_the_date_and_deliveries_of_many_lines() -> None:
    spans = [ship(2, dt.date(2019, 1, 2), consignee_name="Somebody Else"), ship(3, dt.date(2024, 12, 1), consignee_name="Somebody Else")]  # fmt: skip
    steady = [ship(10 + n, on(50 * n, dt.date(2019, 1, 10))) for n in range(32)]
    late = [ship(100 + n, on(11 * n, dt.date(2023, 6, 1))) for n in range(30)]
    (found,) = Case([*spans, *steady, *late], hs_concordance=concordance(SAME)).fires("sudden_rise")
    assert (found["subject"], found["after_date"]) == ("Primer Trade", dt.date(2023, 5, 24))
    started = [line for line in steady if dt.date.fromisoformat(str(line["date"])) > dt.date(2023, 3, 1)]
    assert Case([*spans, *started, *late], hs_concordance=concordance(SAME)).fires("sudden_rise") == []
    goes_on = [ship(100 + n, on(50 * n, dt.date(2023, 6, 1))) for n in range(10)]
    one_delivery = [ship(200 + n, dt.date(2023, 6, 20)) for n in range(40)]
    assert Case([*spans, *steady, *goes_on, *one_delivery], hs_concordance=concordance(SAME)).fires("sudden_rise") == []


def control(
    text: str, key: str, confidence: float, code: str | None = None, kind: str = "designator", tier: str = "body armour"
) -> Row:
    return {"goods_text": text, "hs_code": code, "control_id": key, "kind": kind, "title": key, "tier": tier, "why": text[:9],
            "span_from": 0, "span_to": 3, "confidence": confidence}  # fmt: skip


def test_designator_in_text() -> None:
    line = ship(2, AFTER, goods_text="Tactical vest 6SH117", controlled=False)
    made = Case([line], goods_controls=[control("Tactical vest 6SH117", "designator:6Sh117", 0.9)])
    assert subjects(made.fires("designator_in_text")) == {"Primer Trade"}


def test_designator_needs_a_word_beside_a_bare_name_and_part_numbers_another_destination() -> None:
    game = ship(2, AFTER, goods_text="Board game Ratnik and dragon", controlled=False)
    made = Case([game], goods_controls=[control("Board game Ratnik and dragon", "designator:Ratnik", 0.8)])
    assert made.fires("designator_in_text") == []
    nut = ship(2, AFTER, goods_text="Nut M16 DIN 934", controlled=False)
    assert (
        Case([nut], goods_controls=[control("Nut M16 DIN 934", "designator:M16", 0.2)]).fires("designator_in_text")
        == []
    )
    chip = ship(2, AFTER, goods_text="TMS320F28335", destination_country="DE")
    part = control("TMS320F28335", "marking:TMS320F28335", 0.9, kind="marking")
    assert Case([chip], goods_controls=[part]).fires("designator_in_text") == []


def contradiction(text: str, code: str, rule: str, words: str) -> Row:
    return {"goods_text": text, "hs_code": code, "rule": rule, "title": "Described as a military firearm", "expected_headings": "9301",
            "words": words, "probability": 0.01}  # fmt: skip


def test_code_contradicts_text() -> None:
    text = "Hunting guns, M16 type, bayonet lug"
    line = ship(2, AFTER, goods_text=text, hs_code="9303201000", hs6="930320")
    made = Case(
        [line], goods_contradictions=[contradiction(text, "9303201000", "military_rifle_as_sporting", "M16; bayonet")]
    )
    assert subjects(made.fires("code_contradicts_text")) == {"Primer Trade"}
    vest = ship(3, AFTER, goods_text="Vest 6B45", hs_code="6211330000", hs6="621133")
    made = Case([vest], goods_controls=[control("Vest 6B45", "designator:6B45", 0.9, "6211330000")])
    assert subjects(made.fires("code_contradicts_text")) == {"Primer Trade"}


def test_code_agrees_with_model_numbers_and_honest_codes() -> None:
    pads = ship(2, AFTER, goods_text="Brake pads NVG-5078", hs_code="8708309000", hs6="870830")
    made = Case(
        [pads],
        goods_contradictions=[contradiction("Brake pads NVG-5078", "8708309000", "night_vision_as_other", "NVG")],
    )
    assert made.fires("code_contradicts_text") == []
    helmet = ship(3, AFTER, goods_text="Vest 6B45", hs_code="8710000000", hs6="871000")
    made = Case([helmet], goods_controls=[control("Vest 6B45", "designator:6B45", 0.9, "8710000000")])
    assert made.fires("code_contradicts_text") == []


def outlier(row: int, measure: str, ratio: float, z: float, **columns: object) -> Row:
    values: dict[str, object] = {
        "shipment_id": f"s:{row}", "measure": measure, "unit_value": 100.0 * ratio, "rule": "robust_z", "side": "above",
        "likely_error": False, "robust_z": z, "group_id": "g", "n": 60, "quartile_1": 80.0, "median": 100.0, "quartile_3": 120.0,
    }  # fmt: skip
    return values | columns


def test_price_outlier_pays_again_and_again() -> None:
    lines = [ship(n, on(n, AFTER)) for n in (2, 3, 4)]
    dear = [outlier(n, "value_per_kg", 8.0, 6.0) for n in (2, 3, 4)]
    found = Case(lines, price_outliers=dear).fires("price_outlier")
    assert subjects(found) == {"Primer Trade"}
    assert found[0]["ratio"] == pytest.approx(8.0)


def test_price_outlier_leaves_out_single_orders_wrong_weights_and_likely_errors() -> None:
    lines = [ship(n, on(n, AFTER)) for n in (2, 3, 4)]
    assert Case(lines, price_outliers=[outlier(2, "value_per_kg", 8.0, 6.0)]).fires("price_outlier") == []
    weights = [outlier(n, "value_per_kg", 8.0, 6.0) for n in (2, 3)] + [
        outlier(n, "kg_per_unit", 0.1, -6.0, side="below") for n in (2, 3)
    ]
    assert Case(lines, price_outliers=weights).fires("price_outlier") == []
    errors = [
        outlier(n, "value_per_kg", 1000.0, 9.0, likely_error=True, error_kind="factor 1000", error_field="weight")
        for n in (2, 3)
    ]
    made = Case(lines, price_outliers=errors)
    assert made.fires("price_outlier") == []
    notes = made.fires("record_error")
    assert [(n["error_kind"], n["error_field"], n["rows"], n["strength"]) for n in notes] == [
        ("factor 1000", "weight", 2, 0.0)
    ]


def priced(lines: Sequence[Row]) -> dict[str, list[Row]]:
    """Unit values, their groups and what stands out, as the price check works them out from the lines."""
    rows = [
        {"shipment_id": f"s:{line['row_number']}", "source_id": "s", "original": "{}", "row_number": line["row_number"],
         **{name: line[name] for name in ("date", "hs6", "origin_country", "net_kg", "value_usd")}}
        for line in lines
    ]  # fmt: skip
    given = prices.parameters(dt.date(2030, 1, 1))
    with duckdb.connect() as connection:
        connection.register("shipments", _table("shipments", [dict(row) for row in rows]))
        connection.register("price_ranges", prices.price_ranges())
        made = {}
        for name in prices.STEPS:
            made[name] = fetched(connection, prices.statement(name).render(given))
            connection.register(name, made[name])
    return {name: table.to_pylist() for name, table in made.items()}


def test_price_outlier_compares_a_large_buyer_with_the_others_alone() -> None:
    """Twelve of forty records are the party's own: with them the upper quartile is what it pays itself."""
    day = dt.date(2023, 3, 1)
    own = [ship(n, on(n, day), value_usd=5000.0 + n) for n in range(2, 14)]
    others = [ship(20 + n, on(n, day), consignee_name=f"Other {n}", value_usd=900.0 + 7 * n) for n in range(28)]
    made = priced([*own, *others])
    assert min(float(str(row["quartile_3"])) for row in made["price_groups"]) > 400.0
    (found,) = Case([*own, *others], **made).fires("price_outlier")
    assert (found["subject"], found["rows"]) == ("Primer Trade", 12)
    assert found["quartile_3"] == pytest.approx(104.175)  # of the 28 others
    few = [*own, *others[:19]]
    assert Case(few, **priced(few)).fires("price_outlier") == []  # 19 others are too few to say so
    usual = [{**line, "value_usd": 3500.0} for line in own]
    assert Case([*usual, *others], **priced([*usual, *others])).fires("price_outlier") == []


def test_a_weight_that_is_a_little_off_does_not_explain_a_price() -> None:
    lines = [ship(n, on(n, AFTER)) for n in (2, 3, 4)]
    dear = [outlier(n, "value_per_kg", 8.0, 6.0) for n in (2, 3)]
    light = [outlier(n, "kg_per_unit", 0.89, -4.0, side="below") for n in (2, 3)]
    assert subjects(Case(lines, price_outliers=[*dear, *light]).fires("price_outlier")) == {"Primer Trade"}


def test_record_error_is_no_word_about_ordinary_prices() -> None:
    assert Case([ship(2, AFTER)], price_outliers=[outlier(2, "value_per_kg", 8.0, 6.0)]).fires("record_error") == []
    assert CATALOGUE["record_error"].subject == "goods"


def test_unit_value_outlier_of_one_record_on_either_side() -> None:
    lines = [ship(n, on(n, AFTER)) for n in (2, 3, 4)]
    dear = Case(lines, price_outliers=[outlier(2, "value_per_kg", 9.0, 8.0)], **measured(2, "value_per_kg"))
    assert [(row["side"], row["rows"]) for row in dear.fires("unit_value_outlier")] == [("above", 1)]
    cheap = outlier(3, "value_per_kg", 0.1, -9.0, side="below")
    found = Case(lines, price_outliers=[cheap], **measured(3, "value_per_kg")).fires("unit_value_outlier")
    assert [(row["side"], row["ratio"]) for row in found] == [("below", pytest.approx(0.1))]


@pytest.mark.parametrize(
    ("what", "outliers", "measures"),
    [
        ("within what kinds of goods differ by", [(9.0 / 2, 4.0, {})], ("value_per_kg",)),
        ("the price of a piece is usual", [(9.0, 8.0, {})], ("value_per_kg", "value_per_unit")),
        ("an error explains it", [(1000.0, 9.0, {"likely_error": True, "error_kind": "factor 1000"})], ("value_per_kg",)),
    ],
)  # fmt: skip
def test_unit_values_that_are_no_outliers(
    what: str, outliers: Sequence[tuple[float, float, Row]], measures: Sequence[str]
) -> None:
    rows = [outlier(2, "value_per_kg", ratio, z, **more) for ratio, z, more in outliers]
    made = Case([ship(2, AFTER)], price_outliers=rows, **measured(2, *measures))
    assert made.fires("unit_value_outlier") == [], what


def measured(row: int, *measures: str) -> dict[str, list[Row]]:
    """Unit values of one shipment and the groups of every origin that they are compared with."""
    shared: dict[str, object] = {"hs6": "854231", "currency": "USD", "period_from": dt.date(2022, 1, 1)}
    return {
        "unit_values": [{"shipment_id": f"s:{row}", "measure": m, "unit_value": 1.0, "log_value": 0.0, **shared} for m in measures],
        "price_groups": [
            {"group_id": m, "measure": m, "n": 60, "quartile_1": 80.0, "median": 100.0, "quartile_3": 120.0, "log_quartile_1": 4.4,
             "log_median": 4.6, "log_quartile_3": 4.8, "log_mad": 0.1, **shared}
            for m in measures
        ],
    }  # fmt: skip


def test_business_misfit() -> None:
    named = [{"source_id": "s", "name": "Primer Bakery", "trade": "bakery", "word": "bakery", "fits": ";19;8417;"}]
    lines = [ship(n, on(n, AFTER), consignee_name="Primer Bakery") for n in (2, 3)]
    assert subjects(Case(lines, name_trades=named).fires("business_misfit")) == {"Primer Bakery"}
    ovens = [ship(n, on(n, AFTER), consignee_name="Primer Bakery", hs6="841720") for n in (2, 3)]
    assert Case(ovens, name_trades=named).fires("business_misfit") == []
    other = [*lines, ship(4, on(4, AFTER), consignee_name="Primer Bakery", hs6="851762")]
    assert [row["codes"] for row in Case(other, name_trades=named).fires("business_misfit")] == [
        "codes 851762 and 854231"
    ]


@pytest.mark.parametrize(
    ("name", "trade"),
    [("Flowers of Vera LLC", "flowers"), ("ООО ПЕКАРНЯ ЛОТОС", "bakery"), ("Kartal Çiçekçilik", "flowers"), ("上海鲜花有限公司", "flowers"),
     ("Haymer Mebel TOO", "furniture"), ("Kvant dairy plant", "food"), ("Vita Dental Clinic", "dental or medical practice"),
     ("Food Equipment Factory", None), ("Les Trois SA", None), ("Radio zavod", None), ("Bakery Electronics", None), ("Primer Trading LLC", None), ("Vera Flowerdew", None),
     ("Örnek Kozmetik Sanayi ve Ticaret Limited Şirketi", "beauty"), ("Örnek Makina Sanayi ve Ticaret A.Ş.", None)],
)  # fmt: skip
def test_trade_of_a_name(name: str, trade: str | None) -> None:
    found = trade_of(name)
    assert (found[0].name if found else None) == trade


LISTED = {
    "matches": [{"name": "Lotus Works", "name_key": "lotus works", "list_id": "L", "entry_id": "1", "entry_name": "Lotus",
                 "matched_name": "Lotus", "score": 1.0, "decision": "match", "explanation": "same"}],
    "list_presence": [{"list_id": "L", "entry_id": "1", "name": "Lotus", "schema": "Company", "listed": dt.date(2023, 1, 10),
                       "source_id": "l", "row_number": 2}],
}  # fmt: skip


def test_supplier_replaced_within_weeks_of_the_listing() -> None:
    old = [ship(2 + n, on(40 * n, dt.date(2022, 4, 1))) for n in range(7)]
    new = [ship(20 + n, on(20 * n, dt.date(2023, 2, 1)), shipper_name="Bamboo Works") for n in range(4)]
    found = Case([*old, *new], **LISTED).fires("supplier_replaced")
    assert [row["new_supplier"] for row in found] == ["Bamboo Works"]


def test_supplier_not_replaced_by_a_second_source_or_without_a_listing() -> None:
    old = [ship(2 + n, on(40 * n, dt.date(2022, 4, 1))) for n in range(7)]
    second = [ship(20 + n, on(40 * n, dt.date(2022, 4, 1)), shipper_name="Bamboo Works") for n in range(12)]
    assert Case([*old, *second], **LISTED).fires("supplier_replaced") == []
    new = [ship(20 + n, on(20 * n, dt.date(2023, 2, 1)), shipper_name="Bamboo Works") for n in range(4)]
    assert Case([*old, *new]).fires("supplier_replaced") == []


def test_declared_elsewhere() -> None:
    lines = [ship(n, on(n, AFTER), destination_country="KZ", transit_countries="RU") for n in (2, 3)]
    assert [row["declared"] for row in Case(lines).fires("declared_elsewhere")] == ["KZ"]
    train = [
        ship(n, on(n, AFTER), destination_country="DE", consignee_country="DE", transit_countries="KZ;RU;BY")
        for n in (2, 3)
    ]
    assert Case(train).fires("declared_elsewhere") == []
    branch = [ship(n, on(n, AFTER), destination_country="KZ", consignee_country="DE") for n in (2, 3)]
    assert Case(branch).fires("declared_elsewhere") == []


def test_trade_of_a_party_stops() -> None:
    steady = [ship(2 + n, on(12 * n)) for n in range(80)]
    others = [ship(200 + n, on(30 * n), consignee_name="Other Buyer", shipper_name="Other Works") for n in range(50)]
    found = Case([*steady, *others]).fires("trade_stops_party")
    assert subjects(found) == {"Primer Trade", "Lotus Works"}


def test_trade_of_a_party_pauses_or_is_rare() -> None:
    others = [ship(200 + n, on(30 * n), consignee_name="Other Buyer", shipper_name="Other Works") for n in range(50)]
    paused = [ship(2 + n, on(12 * n + (100 if n > 50 else 0))) for n in range(110)]
    assert Case([*paused, *others]).fires("trade_stops_party") == []
    assert Case([*paused, *others]).fires("trade_pauses_party") == []
    yearly = [ship(2 + n, on(365 * (n // 4) + n % 4)) for n in range(12)]
    assert Case([*yearly, *others]).fires("trade_stops_party") == []


def test_dormant_firm_comes_back_with_other_goods() -> None:
    """Nine deliveries in two and a half years and two years of silence: enough only with goods of another kind after it."""
    slow = [ship(2 + n, on(100 * n), controlled=False) for n in range(9)]
    again = [ship(30 + n, on(30 * n, dt.date(2024, 3, 1))) for n in range(5)]
    assert subjects(Case([*slow, *again]).fires("dormant_reactivated")) == {"Primer Trade"}
    same = [line | {"controlled": True} for line in slow]
    assert Case([*same, *again]).fires("dormant_reactivated") == []


def test_trade_of_a_party_pauses_for_months() -> None:
    others = [ship(200 + n, on(30 * n), consignee_name="Other Buyer", shipper_name="Other Works") for n in range(50)]
    paused = [ship(2 + n, on(12 * n + (200 if n > 50 else 0))) for n in range(100)]
    found = Case([*paused, *others]).fires("trade_pauses_party")
    assert subjects(found) == {"Primer Trade", "Lotus Works"}
    assert {(row["last_day"], row["again"], row["silent"]) for row in found} == {("2021-08-23", "2022-03-23", 212)}
    assert Case([*paused, *others]).fires("trade_stops_party") == []
    rests = [on(7 * week) for week in range(200) if not 4 <= on(7 * week).month < 8]
    assert Case([*others, *(ship(2 + n, day) for n, day in enumerate(rests))]).fires("trade_pauses_party") == []
    nothing_recorded = [line for line in others if not on(600) < dt.date.fromisoformat(str(line["date"])) < on(800)]
    assert Case([*paused, *nothing_recorded]).fires("trade_pauses_party") == []


def test_months_without_a_shipment_where_a_file_gives_months_only() -> None:
    def month(number: int) -> dt.date:
        return dt.date(2020 + number // 12, number % 12 + 1, 1)

    others = [ship(200 + n, month(n), consignee_name="Other Buyer", shipper_name="Other Works") for n in range(48)]
    paused = [ship(2 + n, month(n)) for n in range(48) if not 20 <= n < 26]
    assert subjects(Case([*paused, *others]).fires("trade_pauses_party")) == {"Primer Trade", "Lotus Works"}
    short = [ship(2 + n, month(n)) for n in range(48) if not 20 <= n < 22]
    assert Case([*short, *others]).fires("trade_pauses_party") == []


def test_trade_of_a_country_stops_unless_it_had_faded() -> None:
    others = [ship(200 + n, on(30 * n), consignee_name="Other Buyer", shipper_name="Other Works") for n in range(50)]
    finnish = [ship(2 + n, on(12 * n), origin_country="FI") for n in range(60)]
    found = Case([*finnish, *others]).fires("trade_stops")
    assert [(row["subject"], row["file"], row["elsewhere"]) for row in found] == [("FI", "s.csv", 0)]
    faded = [*finnish[:30], ship(90, on(500), origin_country="FI"), ship(91, on(720), origin_country="FI")]
    assert Case([*faded, *others]).fires("trade_stops") == []


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=lambda indicator: indicator.id)
def test_indicator_carries_to_spark_and_words_are_no_verdicts(indicator: Indicator) -> None:
    for statement in (indicator.query, indicator.evidence):
        assert "$" not in re.sub(r"'[^']*'", "", statement.render(indicator.defaults, "spark"))
        assert "ORDER BY" in indicator.evidence.text
    for text in (indicator.title, indicator.meaning, indicator.statement, indicator.innocent, indicator.source):
        assert text
        assert not any(word in text.lower() for word in FORBIDDEN)
    assert set(indicator.query.parameters) | set(indicator.evidence.parameters) == set(indicator.defaults)
    assert all(indicator.meanings.values())
    assert set(indicator.reads) <= set(TABLES)
