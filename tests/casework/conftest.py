"""A small case of synthetic files that a person can open."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from entrepot.casework.case import Case

HEADER = ("DECLARATION_NO", "DATE", "SHIPPER_NAME", "CONSIGNEE_NAME", "ORIGIN_COUNTRY", "DESTINATION_COUNTRY", "HS_CODE", "GOODS_DESCRIPTION", "NET_WEIGHT_KG", "VALUE_USD")  # fmt: skip


def shipment_rows(n: int, start: int = 0) -> list[tuple[str, ...]]:
    """Synthetic shipments: fictional companies, every third line a controlled code."""
    rows = []
    for i in range(start, start + n):
        day = dt.date(2020, 1, 1) + dt.timedelta(days=(i * 7) % 1500)
        rows.append(
            (
                f"D{i:06d}", day.isoformat(), f"Lotus Example Works {i % 5} Co Ltd", f"Primer Trading {i % 7} LLC",
                "CHINA", ("KAZAKHSTAN", "RUSSIAN FEDERATION", "ARMENIA")[i % 3], ("854231", "940360", "847130")[i % 3],
                ("integrated circuits", "wooden furniture", "laptops")[i % 3], str(10 + i % 90), str(1000 + 13 * i),
            )
        )  # fmt: skip
    return rows


def write_csv(path: Path, rows: list[tuple[str, ...]], header: tuple[str, ...] = HEADER) -> Path:
    """A CSV file with a header."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(header)
        writer.writerows(rows)
    return path


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A case with one synthetic file of shipments and one synthetic list, not built yet."""
    made = Case.init(tmp_path / "case")
    made.add(write_csv(tmp_path / "synthetic.csv", shipment_rows(300)), confirm=lambda path, part: True)
    listed = tmp_path / "synthetic_list.csv"
    listed.write_text(
        "ENTRY_ID,NAME,TYPE,COUNTRY,PROGRAM,LISTED\n"
        "S-1,OOO Primer Trading 3,Company,RUSSIAN FEDERATION,SYNTHETIC,2021-06-01\n"
        "S-2,Quite Another Example GmbH,Company,GERMANY,SYNTHETIC,2019-01-01\n",
        encoding="utf-8",
    )
    made.add(listed, kind="list")
    return made
