"""The same statement gives the same rows on DuckDB and on Spark."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from entrepot.casework.plan import PARTIES_SQL
from entrepot.engine.duck import DuckDB
from entrepot.engine.relational import Engine, Stored
from entrepot.engine.sql import Statement, load, parse
from entrepot.errors import QueryError
from entrepot.model.tables import TABLES

SHIPMENTS = [
    {
        "shipment_id": f"s:{i}", "source_id": "s", "row_number": i, "direction": "import", "date": dt.date(2021, 12, 20) + dt.timedelta(days=5 * i),
        "date_precision": "day", "shipper_name": f"Example Works {i % 3}", "consignee_name": None if i == 4 else f"Sample Trading {i % 2}",
        "consignee_id": "inn:7707083893", "origin_country": "CN", "hs_code": "854231", "hs6": "854231",
        "hs_edition": "HS2017" if i < 3 else "HS2022", "net_kg": 1.5 * i, "value_usd": 100.0 * i, "original": "{}",
    }
    for i in range(1, 9)
]  # fmt: skip
ENTRIES = [
    {
        "list_id": "synthetic",
        "list_date": date,
        "entry_id": "1",
        "source_id": source,
        "row_number": 2,
        "schema": "Company",
        "name": name,
    }
    for source, date, name in (("a", dt.date(2021, 1, 1), "Old Sample"), ("b", dt.date(2023, 1, 1), "Sample"))
]


def tables() -> dict[str, pa.Table]:
    return {
        "shipments": TABLES["shipments"].from_rows(SHIPMENTS),
        "name_keys": TABLES["name_keys"].from_rows(
            {"source_id": "s", "name": name, "name_key": name.lower()} for name in ("Example Works 0", "Example Works 1", "Sample Trading 0", "Sample Trading 1")
        ),
        "controls": TABLES["controls"].from_rows(
            [{"control_id": "chpl:854231", "source_id": "bundled:chpl", "row_number": 2, "control_list": "chpl", "kind": "hs", "value": "854231", "hs_edition": "HS2022", "tier": "1"}]
        ),
        "hs_control_codes": TABLES["hs_control_codes"].from_rows(
            {"control_id": "chpl:854231", "hs_edition": edition, "hs6": "854231", "exact": True, "relation": "same", "note": edition} for edition in ("HS2017", "HS2022")
        ),
        "list_entries": TABLES["list_entries"].from_rows(ENTRIES),
        "list_names": TABLES["list_names"].from_rows(
            {"list_id": e["list_id"], "entry_id": e["entry_id"], "source_id": e["source_id"], "row_number": 2, "name": e["name"], "kind": "primary"} for e in ENTRIES
        ),
    }  # fmt: skip


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stored]:
    folder = tmp_path_factory.mktemp("tables")
    made = {}
    for name, table in tables().items():
        pq.write_table(table, folder / f"{name}.parquet")
        made[name] = Stored(folder / f"{name}.parquet", table.num_rows)
    return made


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    if shutil.which("java") is None:
        pytest.skip("needs Java 17 or later")
    pytest.importorskip("pyspark", reason="needs the extra entrepot[spark]")
    from entrepot.engine.spark import Spark

    engine = Spark("local[1]")
    yield engine
    engine.close()


def run(
    engine: Engine, statement: Statement, table: str, stored: dict[str, Stored], target: Path
) -> list[dict[str, object]]:
    for name, file in stored.items():
        engine.show(name, [file])
    rows = engine.write(statement, {"reporter": "RU"}, table, target)
    written = pq.read_table(target)
    assert written.num_rows == rows
    TABLES[table].validate(written.cast(TABLES[table].arrow))
    listed: list[dict[str, object]] = written.to_pylist()
    return listed


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "table"), [("trade", "trade"), ("mentions", "mentions"), ("list_presence", "list_presence")]
)
def test_a_step_gives_the_same_rows_on_both_engines(
    name: str, table: str, stored: dict[str, Stored], spark: Engine, tmp_path: Path
) -> None:
    statement = load(PARTIES_SQL / f"{name}.sql")
    duck = DuckDB(tmp_path)
    ours = run(duck, statement, table, stored, tmp_path / "duck.parquet")
    theirs = run(spark, statement, table, stored, tmp_path / "spark.parquet")
    duck.close()
    assert ours
    assert ours == theirs


def test_a_statement_that_fails_carries_the_statement(tmp_path: Path) -> None:
    duck = DuckDB(tmp_path)
    with pytest.raises(QueryError, match=r"(?s)no_such_table.*SELECT"):
        duck.rows(parse("broken", "SELECT no_such_table.x AS x FROM no_such_table WHERE 1 = $one"), {"one": 1})
    with pytest.raises(QueryError, match="needs the parameter 'one'"):
        duck.rows(parse("broken", "SELECT $one AS x"), {})
    duck.close()


def test_rows_left_out_of_a_file_come_back_with_their_numbers_and_their_text(tmp_path: Path) -> None:
    cells = ['1\x1fСталь "a"', "2\x1f'; DROP TABLE x; --"]
    table = (
        TABLES["shipments"]
        .from_rows({**SHIPMENTS[0], "row_number": n} for n in (1, 2))
        .drop_columns(["shipment_id", "row_number", "original"])
    )
    pq.write_table(table.append_column("cells", pa.array(cells)), tmp_path / "s.parquet")
    duck = DuckDB(tmp_path)
    duck.show("shipments", [Stored(tmp_path / "s.parquet", 2, 7, ("NO", "GOODS's"))])
    rows = duck.rows(parse("all", "SELECT shipment_id, row_number, original FROM shipments"), {}).to_pylist()
    duck.close()
    assert [row["row_number"] for row in rows] == [7, 8]
    assert rows[0]["shipment_id"] == "s:7"
    assert rows[0]["original"] == '{"NO":"1","GOODS\'s":"Сталь \\"a\\""}'
    assert "DROP TABLE" in rows[1]["original"]


def test_both_engines_put_back_a_text_that_a_canonical_column_holds(tmp_path: Path, spark: Engine) -> None:
    table = (
        TABLES["shipments"]
        .from_rows({**SHIPMENTS[0], "row_number": n, "goods_text": text} for n, text in ((1, 'Сталь "a"'), (2, None)))
        .drop_columns(["shipment_id", "row_number", "original"])
    )
    pq.write_table(table.append_column("cells", pa.array(["1\x1f", "\x1f-"])), tmp_path / "s.parquet")
    stored = [Stored(tmp_path / "s.parquet", 2, 7, ("NO", "GOODS"), ("", "goods_text"))]
    duck = DuckDB(tmp_path)
    told = {}
    engines: list[Engine] = [duck, spark]
    for engine in engines:
        engine.show("shipments", stored)
        rows = engine.rows(parse("all", "SELECT original FROM shipments ORDER BY row_number"), {}).to_pylist()
        told[engine.name] = [json.loads(row["original"]) for row in rows]
    duck.close()
    assert told[duck.name] == told[spark.name] == [{"NO": "1", "GOODS": 'Сталь "a"'}, {"NO": "", "GOODS": "-"}]
