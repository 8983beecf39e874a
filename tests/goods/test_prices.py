"""Unit values, groups and outliers on small tables."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa
import pytest

from entrepot.goods.prices import STEPS, parameters, price_ranges, statement
from entrepot.model.tables import TABLES
from entrepot.model.tables.shipments import SHIPMENTS


def shipment(row: int, **columns: object) -> dict[str, object]:
    values: dict[str, object] = {
        "shipment_id": f"s:{row}",
        "source_id": "s",
        "row_number": row,
        "date": dt.date(2023, 1 + row % 12, 3),
        "hs6": "610910",
        "origin_country": "BD",
        "net_kg": 100.0,
        "value_usd": 1_000.0 + row % 7 * 50,
        "quantity": 500.0,
        "quantity_unit": "PCE",
        "original": json.dumps({}),
    }
    return values | columns


def run(rows: Iterable[Mapping[str, object]], **changed: object) -> dict[str, list[dict[str, object]]]:
    connection = duckdb.connect()
    connection.register("shipments", SHIPMENTS.from_rows(rows))
    connection.register("price_ranges", price_ranges())
    values = parameters(dt.date(2026, 1, 1), **changed)  # type: ignore[arg-type]  # tests pass plain objects
    made: dict[str, list[dict[str, object]]] = {}
    for step in STEPS:
        table: pa.Table = connection.sql(statement(step).render(values)).to_arrow_table()
        connection.register(step, table)
        assert set(table.column_names) == set(TABLES[step].column_names)
        made[step] = table.to_pylist()
    return made


def test_an_ordinary_group_has_no_outliers() -> None:
    made = run(shipment(i) for i in range(60))
    assert {g["n"] for g in made["price_groups"]} == {60}
    assert made["price_outliers"] == []


def test_a_price_far_above_its_group_shows_group_and_quartiles() -> None:
    made = run([*(shipment(i) for i in range(60)), shipment(60, value_usd=9_000.0)])
    found = [o for o in made["price_outliers"] if o["measure"] == "value_per_kg"]
    assert len(found) == 1
    assert found[0]["shipment_id"] == "s:60"
    assert found[0]["rule"] == "robust_z"
    assert found[0]["side"] == "above"
    assert found[0]["likely_error"] is False
    assert found[0]["n"] == 61
    assert found[0]["quartile_1"] < found[0]["median"] < found[0]["quartile_3"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"net_kg": 100_000.0}, "weight"), ({"value_usd": 1_100_000.0}, "value"), ({"quantity": 0.5}, "quantity")],
)
def test_a_factor_of_a_thousand_is_an_error_and_names_its_field(change: dict[str, object], field: str) -> None:
    made = run([*(shipment(i) for i in range(60)), shipment(60, **change)])
    found = [o for o in made["price_outliers"] if o["shipment_id"] == "s:60"]
    assert found
    assert all(o["likely_error"] for o in found)
    assert {o["error_kind"] for o in found} == {"factor 1000"}
    assert {o["error_field"] for o in found} == {field}


def test_a_kilogram_of_integrated_circuits_for_twelve_dollars_is_an_error_without_any_group() -> None:
    made = run([shipment(1, hs6="854231", net_kg=1.0, value_usd=12.0, quantity=None, quantity_unit=None)])
    assert [(o["rule"], o["likely_error"], o["n"]) for o in made["price_outliers"]] == [
        ("impossible_value", True, None)
    ]


def test_twenty_nine_rows_are_no_group() -> None:
    made = run([*(shipment(i) for i in range(28)), shipment(28, value_usd=9_000.0)])
    assert made["price_groups"] == []
    assert made["price_outliers"] == []


def test_small_origins_fall_back_to_every_origin() -> None:
    made = run([*(shipment(i) for i in range(60)), shipment(60, origin_country="TM", value_usd=9_000.0)])
    found = [o for o in made["price_outliers"] if o["measure"] == "value_per_kg"]
    assert "|*|" in str(found[0]["group_id"])


def test_zero_negative_missing_and_a_century_off_give_no_unit_value() -> None:
    made = run(
        [
            shipment(1, net_kg=0.0, gross_kg=None, quantity=0.0),
            shipment(2, value_usd=-5.0, quantity=None),
            shipment(3, date=dt.date(2123, 1, 1)),
            shipment(4, date=None),
            shipment(5, hs6=None),
            shipment(6, net_kg=None, gross_kg=None, quantity=-1.0),
            shipment(7, date=dt.date(1923, 1, 1)),
        ]
    )
    assert made["unit_values"] == []


def test_other_currencies_are_compared_among_themselves() -> None:
    rows = [shipment(i) for i in range(40)]
    rows += [shipment(100 + i, value_usd=None, value=70_000.0 + i, currency="KGS") for i in range(40)]
    made = run(rows)
    assert {g["currency"] for g in made["price_groups"] if g["measure"] == "value_per_kg"} == {"USD", "KGS"}
    assert made["price_outliers"] == []


def test_twelve_months_are_counted_back_from_the_latest() -> None:
    rows = [shipment(i, date=dt.date(2022 + i // 30, 1 + i % 6, 1)) for i in range(60)]
    assert {v["period_from"] for v in run(rows)["unit_values"]} == {dt.date(2022, 7, 1), dt.date(2021, 7, 1)}


@pytest.mark.parametrize("step", STEPS)
def test_statements_translate_to_spark(step: str) -> None:
    translated = statement(step).render(parameters(dt.date(2026, 1, 1)), "spark")
    assert "SELECT" in translated
    assert "VARCHAR" not in translated
