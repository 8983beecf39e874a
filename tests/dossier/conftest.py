"""A built case of synthetic shipments with texts that mean harm, shared by the tests of this room."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from entrepot.casework.case import About, Case
from tests.quick_build import built_once

HEADER = ("NO", "DATE", "SHIPPER", "CONSIGNEE", "FROM", "TO", "HS", "GOODS", "KG", "USD")

MAPPING = {
    "declaration_no": "NO", "date": "DATE", "shipper_name": "SHIPPER", "consignee_name": "CONSIGNEE", "dispatch_country": "FROM",
    "destination_country": "TO", "hs_code": "HS", "goods_text": "GOODS", "net_kg": "KG", "value_usd": "USD",
}  # fmt: skip

HOSTILE = (
    '=HYPERLINK("http://example.invalid";"x") Trading LLC',
    "<script>alert(1)</script> Handels GmbH",
    '#panic("boom") $x^2 @ref *b* _i_ `c` ] Works',
    "Abc \u202etxt.exe\u202c Trading Co",
    "'; DROP TABLE findings; -- Trading Ltd",
    "上海示例国际贸易有限公司",
    "شركة المثال للتجارة",
    "ООО «Пример Импорт»",
)
"""Names of shippers, all invented."""

BUYER = "Primer Trading 3 LLC"


def _rows() -> list[tuple[str, ...]]:
    rows = []
    for n in range(64):
        day = dt.date(2021, 1, 4) + dt.timedelta(days=17 * n)
        goods = "integrated circuits " + ("x" * 100_000 if n == 9 else HOSTILE[n % len(HOSTILE)])
        code = ("854231", "940360")[n % 2]
        rows.append((f"D{n}", day.isoformat(), HOSTILE[n % len(HOSTILE)], BUYER if n % 4 else "Primer Trading 4 LLC", "CN", "KZ", code, goods, str(10 + n), str(900 + 31 * n)))  # fmt: skip
    return rows


REPORT = f"""Example trade named in shipping papers

Example Gazette, 3 March 2024

{BUYER} imported 12 tonnes of integrated circuits in 2023, according to customs records obtained by the Example Gazette.
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The case, built once a run; tests do not change it."""
    return built_once(tmp_path_factory, "dossier", _written)


def _written(folder: Path) -> Case:
    case = Case.init(folder / "case", "Synthetic case")
    shipments = folder / "synthetic.csv"
    with shipments.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows([HEADER, *_rows()])
    case.add(shipments, kind="shipments", mapping=MAPPING, about=About(synthetic="made for tests", direction="import", reporter="KZ"), confirm=lambda *_: True)  # fmt: skip
    listed = folder / "synthetic_list.csv"
    listed.write_text("ENTRY_ID,NAME,TYPE,COUNTRY,PROGRAM,LISTED\nS-1,OOO Primer Trading 3,Company,KAZAKHSTAN,SYNTHETIC,2022-06-01\n", encoding="utf-8")  # fmt: skip
    case.add(listed, kind="list", about=About(synthetic="made for tests", list_id="synthetic", list_date=dt.date(2023, 1, 1)))  # fmt: skip
    report = folder / "synthetic_report.txt"
    report.write_text(REPORT, encoding="utf-8")
    case.add(report, kind="report", about=About(synthetic="made for tests"))
    return case


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for documents."""
    return tmp_path_factory.mktemp("documents")
