"""Ownership files: recognised by their header, each row a statement, a reject or a problem, and nothing guessed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from entrepot.casework.recognise import recognise
from entrepot.model.tables import TABLES
from entrepot.readers import ownership
from entrepot.readers.files import parts
from entrepot.readers.reading import Reading


def read(folder: Path, text: str) -> Reading:
    path = folder / "stakes.csv"
    path.write_text(text, encoding="utf-8")
    (part,) = parts(path)
    assert ownership.recognise(part) == "ownership-csv"
    reading = ownership.read(part, source_id="s")
    for name, table in reading.tables.items():
        TABLES[name].validate(table)
    return reading


def test_statements_with_days_sources_and_what_cannot_be_read(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "owner,owned,percentage,as-of date,relation,source\n"
        "Kvartspribor LLC,Zheldagost,55%,2023-05-01,,Registry of Examples\n"
        'Ivan Petrov,Zheldagost,"12,5",01.06.2023,,\n'
        "Ivan Petrov,Savuseloz,,,controls,\n"
        "Ivan Petrov,Lotus,more than 75%,2023-05-01,,\n"
        "Ivan Petrov,Primer,25-50%,never,,\n"
        "Ivan Petrov,Kegeyi,140,,,\n"
        ",Kegeyi,10,,,\n",
    )
    rows = reading.tables["ownership"].to_pylist()
    assert [(r["owned_name"], r["share"], r["relation"]) for r in rows] == [
        ("Zheldagost", 55.0, "owns"), ("Zheldagost", 12.5, "owns"), ("Savuseloz", None, "controls"), ("Lotus", 75.0, "owns"),
        ("Primer", 25.0, "owns"), ("Kegeyi", None, "owns"),
    ]  # fmt: skip
    assert (rows[0]["as_of"], rows[0]["stated_by"], rows[0]["row_number"]) == (
        dt.date(2023, 5, 1),
        "Registry of Examples",
        2,
    )
    assert (reading.rows_in, reading.rows_kept) == (7, 6)
    assert [r["row_number"] for r in reading.rejects.to_pylist()] == [8]
    told = {(p["problem"], p["row_number"]) for p in reading.problems.to_pylist()}
    assert {("share_range", 5), ("share_range", 6), ("bad_date", 6), ("bad_share", 7)} <= told


def test_fractions_of_one_are_told_by_the_whole_column(tmp_path: Path) -> None:
    reading = read(tmp_path, "Shareholder,Company,Stake\nA Example,B Example,0.5\nC Example,B Example,1\n")
    assert reading.tables["ownership"].column("share").to_pylist() == [50.0, 100.0]
    assert reading.notes
    ones = read(tmp_path, "Shareholder,Company,Stake\nA Example,B Example,1\n")
    assert ones.tables["ownership"].column("share").to_pylist() == [1.0]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("owner,owned,percentage,as_of", "ownership"),
        ("Parent Company,Subsidiary,Relationship", "ownership"),
        ("DECLARATION_NO,DATE,SHIPPER_NAME,CONSIGNEE_NAME,ORIGIN_COUNTRY,DESTINATION_COUNTRY,HS_CODE,GOODS_DESCRIPTION,NET_WEIGHT_KG,VALUE_USD", "shipments"),
    ],
)  # fmt: skip
def test_files_are_told_apart(tmp_path: Path, header: str, kind: str) -> None:
    path = tmp_path / "file.csv"
    cells = {
        "ownership": "A Example Ltd,B Example Ltd,subsidiary" + ",2023-01-01" * (header.count(",") - 2),
        "shipments": "D1,2023-01-11,Example Works Co Ltd,Sample Trading LLC,CHINA,ARMENIA,854231,integrated circuits,5,500",
    }
    path.write_text(header + "\n" + "\n".join([cells[kind]] * 20) + "\n", encoding="utf-8")
    assert [part.config.kind for part in recognise(str(path))] == [kind]
