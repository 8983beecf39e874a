"""Statements give no day where only the month is known, and no sum of some rows as that of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from entrepot.engine.duck import DuckDB
from entrepot.findings.catalogue import fill
from entrepot.findings.exactness import Exactness, exactness, reasons
from entrepot.model.tables import TABLES

AUGUST, MARCH = dt.date(2023, 8, 1), dt.date(2023, 3, 4)
TEMPLATE = "received {rows:int} shipments from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg})"


@pytest.fixture
def trade(tmp_path: Path) -> Callable[..., DuckDB]:
    """Makes an engine with a table `trade`; lines have the numbers 2, 3, ..."""

    def made(*lines: Mapping[str, object]) -> DuckDB:
        engine = DuckDB(tmp_path)
        rows = [{"source_id": "s", "row_number": n, **line} for n, line in enumerate(lines, 2)]
        engine.lend("trade", TABLES["trade"].from_rows(rows))
        return engine

    return made


def proof(rows: int, why: str = "to a firm on 2023-08-01") -> pa.Table:
    listed = [{"subject_key": "firm", "source_id": "s", "row_number": n, "why": why} for n in range(2, 2 + rows)]
    return pa.Table.from_pylist(listed)


def test_a_month_is_printed_as_a_month(trade: Callable[..., DuckDB]) -> None:
    engine = trade({"date": MARCH, "date_precision": "day"}, {"date": AUGUST, "date_precision": "month"})
    found = exactness(engine, proof(2))["firm"].told({"date_from": MARCH, "date_to": AUGUST, "last_day": "2023-08-01"})
    assert (found["date_from"], found["date_to"], found["last_day"]) == (MARCH, "2023-08", "2023-08")
    assert reasons(engine, proof(2)).to_pylist() == ["to a firm on 2023-08-01", "to a firm in 2023-08"]


def test_a_day_that_one_row_gives_is_a_day(trade: Callable[..., DuckDB]) -> None:
    engine = trade({"date": AUGUST, "date_precision": "month", "value_usd": 1.0, "net_kg": 1.0},
                   {"date": AUGUST, "date_precision": "day", "value_usd": 1.0, "net_kg": 1.0})  # fmt: skip
    assert exactness(engine, proof(2)) == {}


def test_a_sum_says_how_many_rows_it_adds(trade: Callable[..., DuckDB]) -> None:
    engine = trade({"date": MARCH, "date_precision": "day", "value_usd": 900.0, "net_kg": 2.0},
                   {"date": MARCH, "date_precision": "day", "net_kg": 3.0})  # fmt: skip
    row = {"rows": 2, "date_from": MARCH, "date_to": MARCH, "value_usd": 900.0, "net_kg": 5.0}
    told = fill(TEMPLATE, exactness(engine, proof(2))["firm"].told(row))
    assert told.endswith("(USD 900 for the 1 of 2 that state a value in USD, 5 kg)")
    assert fill(TEMPLATE, Exactness(rows=3, valued=1).told(row)).endswith("(USD 900, 5 kg)"), (
        "other rows than the finding's"
    )


def test_what_no_row_states_is_named() -> None:
    assert fill(TEMPLATE, {"rows": 1, "date_from": MARCH, "date_to": MARCH, "value_usd": None, "net_kg": None}) == (
        "received 1 shipment from 2023-03-04 to 2023-03-04 (an unknown value in USD, an unknown weight)"
    )


def test_rows_that_a_second_file_repeats_are_said(trade: Callable[..., DuckDB]) -> None:
    line = {
        "date": MARCH,
        "date_precision": "day",
        "direction": "import",
        "value_usd": 9.0,
        "net_kg": 2.0,
        "hs6": "854231",
    }
    once, twice = {**line, "shipper_key": "lotus"}, {**line, "shipper_key": "bamboo"}
    engine = trade(once, twice, twice, {**twice, "source_id": "t"}, {**once, "source_id": "t", "direction": "export"})
    cited = [{"subject_key": "firm", "source_id": s, "row_number": n} for n, s in enumerate("ssstt", 2)]
    found = exactness(engine, pa.Table.from_pylist(cited))["firm"]
    assert found.again == 1, "the same line twice in one file, and the other side's declaration, are no second issue"
    assert found.worded("received 5 shipments").endswith("may be counted twice: 1")
    assert exactness(engine, pa.Table.from_pylist(cited[:3])) == {}


def test_a_month_is_something_in_which_a_thing_happens() -> None:
    known = Exactness({"2023-08-01": "2023-08"})
    assert known.worded("first appears on 2023-08 and received 2") == "first appears in 2023-08 and received 2"
