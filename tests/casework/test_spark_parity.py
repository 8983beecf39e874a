"""Every step of a build gives the same rows on Spark as on DuckDB."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from entrepot.casework.case import Case
from entrepot.model.tables import TABLES

HEADER = (
    "DECLARATION_NO,DATE,SHIPPER_NAME,CONSIGNEE_NAME,CONSIGNEE_TAX_ID,CONSIGNEE_PHONE,ORIGIN_COUNTRY,DISPATCH_COUNTRY,DESTINATION_COUNTRY,"
    "HS_CODE,GOODS_DESCRIPTION,NET_WEIGHT_KG,VALUE_USD\n"
)
GOODS = (("85423100", "integrated circuits TMS320F28335"), ("88072000", "drone motor"), ("62013000", "cotton jackets"))


def _synthetic(path: Path) -> Path:
    """Invented trade of 300 lines: seven suppliers, eleven buyers, three goods, five years."""
    lines = [
        f"D{i},{2020 + i % 5}-0{1 + i % 9}-11,Example Works {i % 7} Co Ltd,Sample Trading {i % 11} LLC,77{i % 11:08d},+374 10 1{i % 9:05d},CHINA,"
        f"{('CHINA', 'TURKEY')[i % 2]},{('ARMENIA', 'RUSSIA', 'KYRGYZSTAN')[i % 3]},{GOODS[i % 3][0]},{GOODS[i % 3][1]},{i + 1},{100 * (i + 1)}\n"
        for i in range(300)
    ]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


@pytest.mark.spark
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_build_on_spark_fills_every_table_alike(tmp_path: Path) -> None:
    if not os.environ.get("ENTREPOT_SPARK"):
        pytest.skip("takes minutes: make test-spark")
    pytest.importorskip("pyspark", reason="needs the extra entrepot[spark]")
    if shutil.which("java") is None:
        pytest.skip("needs Java 17 or later")
    from entrepot.engine.spark import Spark

    one, other = Case.init(tmp_path / "duckdb"), Case.init(tmp_path / "spark")
    for case in (one, other):
        case.add(_synthetic(tmp_path / "synthetic.csv"), confirm=lambda _path, _part: True)
    one.build()
    engine = Spark("local[2]")
    try:
        other.build(engine=engine)
    finally:
        engine.close()
    differing = [name for name in TABLES if not one.table(name).equals(other.table(name))]
    assert differing == []
    assert one.table("findings").num_rows > 0
