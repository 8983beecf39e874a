"""Goods, shipment lines, planted cases and chains as the second generator holds them."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
from pathlib import Path

from .names import Firm


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Good:
    """One kind of goods: codes, price and weight distributions (USD a kilogram, kilograms a line), texts."""

    hs22: str
    hs17: str
    trade: str
    ctrl: bool
    usdkg: float
    sigma: float
    kg: float
    unit: str
    origins: tuple[str, ...]
    brands: tuple[str, ...]
    models: tuple[str, ...]
    text: dict[str, str]


@dataclasses.dataclass(eq=False)
class Row:
    """One shipment line before it is written; `file` and `line` are set by the writer."""

    date: dt.date
    shipper: Firm
    consignee: Firm
    good: Good
    kg: float | None
    usd: float
    origin: str
    dispatch: str
    dest: str
    hs: str
    brand: str
    model: str
    text: str = ""
    notify: str = ""
    port_to: str = ""
    mode: str = ""
    incoterm: str = "FCA"
    only: str = ""
    shipper_as: str = ""
    consignee_as: str = ""
    address_as: str = ""
    shipper_address_as: str = ""
    gross: float = 0.0
    file: str = ""
    line: int = 0


@dataclasses.dataclass(eq=False)
class Case:
    """One planted pattern or look-alike."""

    pattern: str
    positive: bool
    subjects: list[Firm | str]
    rows: list[Row]
    note: str


@dataclasses.dataclass(eq=False)
class Chain:
    """One planted chain or wholesaler: rows of each leg, and which rows continue in which."""

    positive: bool
    kind: str
    legs: list[list[Row]]
    links: list[tuple[Row, Row]]


def load_goods() -> dict[str, Good]:
    """The catalogue, by HS 2022 code."""
    goods: dict[str, Good] = {}
    with (Path(__file__).parent / "goods.psv").open(encoding="utf-8") as handle:
        for r in csv.DictReader(handle, delimiter="|"):
            goods[r["hs22"]] = Good(
                r["hs22"],
                r["hs17"],
                r["trade"],
                r["ctrl"] == "1",
                float(r["usdkg"]),
                float(r["sigma"]),
                float(r["kg"]),
                r["unit"],
                tuple(r["origins"].split(",")),
                tuple(r["brands"].split(",")),
                tuple(r["models"].split(",")),
                {k: r[k] for k in ("en", "ru", "tr", "zh")},
            )
    return goods
