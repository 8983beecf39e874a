"""Indicators over published flows: one case that each is meant for, and ones that only look alike."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from tests.findings.test_indicators import Case, Row

PARTNERS = ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "TJ", "TM", "UZ")


def figure(
    number: int, reporter: str, partner: str, direction: str, day: dt.date, value: float, **other: object
) -> dict[str, object]:
    """One published figure of all goods in dollars."""
    return {
        "flow_id": f"s:{number}:{direction}", "source_id": "s", "row_number": number, "reporter": reporter, "partner": partner,
        "direction": direction, "hs_code": "TOTAL", "period_from": day, "period_to": day, "period_precision": "month",
        "value": value, "currency": "USD", "value_usd": value, "valuation": "FOB" if direction == "export" else "CIF",
        "aggregate": 1, "original": "{}",
    } | other  # fmt: skip


def months(count: int, start: int = 2020) -> Iterator[tuple[int, dt.date]]:
    for n in range(count):
        yield n, dt.date(start + n // 12, n % 12 + 1, 1)


def fires(name: str, flows: Sequence[Row]) -> list[dict[str, object]]:
    return Case([], flows=flows).fires(name)


def _both(arrives: float, after: float) -> list[Row]:
    """48 months of exports of DE to KG and what KG says that it received, as shares of it before and after 2022-03."""
    flows: list[Row] = []
    for n, day in months(48):
        sent = 2_000_000 * (1 + 0.2 * math.sin(n))
        share = after if day >= dt.date(2022, 3, 1) else arrives
        flows.append(figure(2 * n + 2, "DE", "KG", "export", day, sent))
        flows.append(figure(2 * n + 3, "KG", "DE", "import", day, sent * share * (1 + 0.05 * math.cos(3 * n))))
    return flows


def test_a_gap_that_opens_is_found() -> None:
    (row,) = fires("mirror_gap", _both(1.1, 0.2))
    assert row["subject"] == "DE to KG, all goods"
    assert float(str(row["gap_after"])) > float(str(row["gap_before"])) + 1


def test_a_gap_that_was_always_there_is_none() -> None:
    assert fires("mirror_gap", _both(0.2, 0.2)) == []


def test_one_side_alone_makes_no_gap() -> None:
    assert fires("mirror_gap", [row for row in _both(1.1, 0.2) if row["direction"] == "export"]) == []


def _exports(rises: dict[str, float], general: float = 1.0) -> list[Row]:
    flows: list[Row] = []
    for at, partner in enumerate(PARTNERS):
        for n, day in months(24, 2021):
            factor = rises.get(partner, general) if day >= dt.date(2022, 3, 1) else 1.0
            value = 300_000 * (1 + at / 5) * factor * (1 + 0.1 * math.sin(n + at))
            flows.append(figure(100 * at + n + 2, "DE", partner, "export", day, value))
    return flows


def test_a_surge_to_one_partner_is_found() -> None:
    (row,) = fires("hub_surge", _exports({"KG": 9.0}))
    assert row["country"] == "KG"
    assert row["as_large"] == 1
    assert row["compared"] == len(PARTNERS)


def test_growth_everywhere_is_no_surge() -> None:
    assert fires("hub_surge", _exports({}, general=9.0)) == []


def test_a_fall_is_no_surge() -> None:
    assert fires("hub_surge", _exports({"KG": 0.1})) == []


def _imports(shares: dict[int, float], total: float = 50_000_000) -> list[Row]:
    flows: list[Row] = []
    for year, share in shares.items():
        for at, (partner, part) in enumerate((("CN", share), ("DE", (1 - share) * 0.6), ("JP", (1 - share) * 0.4))):
            flows.append(
                figure(10 * (year - 2000) + at, "RU", partner, "import", dt.date(year, 1, 1), total * part,
                       hs_code="854231", period_precision="year", aggregate=0)
            )  # fmt: skip
    return flows


def test_a_share_that_grew_large_is_found_with_the_other_way_unknown() -> None:
    (row,) = fires("dependence", _imports({2019: 0.25, 2021: 0.3, 2023: 0.9}))
    assert row["subject"] == "RU from CN, HS 854231"
    assert row["first_year"] == 2021
    assert row["back_text"] == "not loaded"


def test_a_share_that_was_always_large_or_a_small_product_is_none() -> None:
    assert fires("dependence", _imports({2021: 0.9, 2023: 0.92})) == []
    assert fires("dependence", _imports({2021: 0.3, 2023: 0.9}, total=90_000)) == []
