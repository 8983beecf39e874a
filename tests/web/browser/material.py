"""Synthetic files for the case that the browser opens: a chain, names in four scripts, and text that tries to do harm."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

HEADER = (
    "DECLARATION_NO", "DATE", "SHIPPER_NAME", "SHIPPER_COUNTRY", "CONSIGNEE_NAME", "CONSIGNEE_COUNTRY", "ORIGIN_COUNTRY",
    "DISPATCH_COUNTRY", "DESTINATION_COUNTRY", "HS_CODE", "GOODS_DESCRIPTION", "NET_WEIGHT_KG", "VALUE_USD",
)  # fmt: skip

HOSTILE = (
    "<script>window.harmed = true</script> Trading LLC",
    "'; DROP TABLE parties; -- GmbH",
    "\u202eCLL gnidarT edirrevO",
    '"><img src=x onerror="window.harmed=true"> Export Ltd',
    "=HYPERLINK(1) Imports LLC",
    "{{ 7 * 7 }} Templates LLC",
)
"""Names of companies as a hostile file could have them."""

HAN = "深圳示例电子有限公司"
CYRILLIC = "ООО Пример Электроника"
ARABIC = "شركة المثال للتجارة"
HUB = "Sample Hub Logistics LLC"


def write_files(folder: Path) -> tuple[Path, Path, Path]:
    """Shipments, a list, a report: all synthetic."""
    shipments = folder / "synthetic_shipments.csv"
    with shipments.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADER)
        writer.writerows(_rows())
    listed = folder / "synthetic_list.csv"
    listed.write_text(
        "ENTRY_ID,NAME,TYPE,COUNTRY,PROGRAM,LISTED\n"
        f"S-1,{CYRILLIC},Company,RUSSIAN FEDERATION,SYNTHETIC,2023-02-01\n"
        "S-2,Sample Hub Logistic LLC,Company,KAZAKHSTAN,SYNTHETIC,2023-09-01\n"
        "S-3,Quite Another Example GmbH,Company,GERMANY,SYNTHETIC,2019-01-01\n",
        encoding="utf-8",
    )
    report = folder / "synthetic_report.txt"
    report.write_text(
        "Synthetic Gazette\n\nPublished 3 March 2024\n\nInvented report for tests. According to customs records reviewed by the "
        f"Synthetic Gazette, {HUB} of Kazakhstan shipped 40 integrated circuits to Russia in 2023. "
        "The Example Institute said that exports of laptops from China to Armenia doubled in 2023. "
        '<script>window.harmed = true</script> A spokesman for the company said: "We have done nothing wrong."\n',
        encoding="utf-8",
    )
    return shipments, listed, report


def _rows() -> list[tuple[str, ...]]:
    rows = []
    for i in range(60):
        day = dt.date(2022, 6, 1) + dt.timedelta(days=10 * i)
        kilograms, value = str(20 + i % 30), str(4000 + 130 * i)
        rows.append((f"A{i:04d}", day.isoformat(), HAN, "CHINA", HUB, "KAZAKHSTAN", "CHINA", "CHINA", "KAZAKHSTAN", "854231", "integrated circuits", kilograms, value))  # fmt: skip
        later = (day + dt.timedelta(days=6)).isoformat()
        rows.append((f"B{i:04d}", later, HUB, "KAZAKHSTAN", CYRILLIC, "RUSSIAN FEDERATION", "CHINA", "KAZAKHSTAN", "RUSSIAN FEDERATION", "854231", "integrated circuits", kilograms, value))  # fmt: skip
        rows.append((f"C{i:04d}", later, f"Lotus Example Works {i % 5} Co Ltd", "CHINA", f"Primer Trading {i % 7} LLC", "ARMENIA", "CHINA", "CHINA", "ARMENIA", ("940360", "847130")[i % 2], ("wooden furniture", "laptops")[i % 2], kilograms, value))  # fmt: skip
    for i, name in enumerate((*HOSTILE, ARABIC)):
        goods = "x" * 100_000 if i == 0 else f"<b>goods</b> {name}"
        rows.append((f"H{i:04d}", "2023-05-11", name, "UNITED ARAB EMIRATES", f"{name} 2", "RUSSIAN FEDERATION", "CHINA", "UNITED ARAB EMIRATES", "RUSSIAN FEDERATION", "854231", goods, "5", "500"))  # fmt: skip
    return rows
