"""Controlled goods that come a long way round, and ways that only look long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from entrepot.model.places import country_distances, country_point, distance_km
from tests.findings.test_indicators import Case, Row, on, ship, subjects

DAY = dt.date(2022, 9, 1)
DISTANCES: list[Row] = [
    {"from_country": a, "to_country": b, "km": km} for a, b, km in zip(*country_distances(), strict=True)
]


def lines(dispatch: str, n: int = 4, **columns: object) -> Iterator[dict[str, object]]:
    """Shipments of one buyer in Kyrgyzstan, among forty of others that come from China at once."""
    kyrgyz = {"destination_country": "KG", "consignee_country": "KG"}
    for k in range(40):
        yield ship(100 + k, on(k, DAY), consignee_name=f"Buyer {k}", controlled=k % 2 == 0, **kyrgyz)
    for k in range(n):
        yield ship(2 + k, on(9 * k, DAY), dispatch_country=dispatch, **(kyrgyz | columns))


def fires(rows: Iterator[dict[str, object]], **given: list[Row]) -> list[dict[str, object]]:
    return Case(rows, country_distances=DISTANCES, **given).fires("detour")


def test_goods_that_come_by_a_country_far_off_the_way() -> None:
    (found,) = fires(lines("TR"))
    assert (found["subject"], found["origin"], found["dispatch"], found["country"]) == (
        "Primer Trade",
        "CN",
        "TR",
        "KG",
    )
    assert (found["rows"], found["others"], found["others_this_way"]) == (4, 40, 0)
    points = [country_point(code) for code in ("CN", "TR", "KG")]
    assert None not in points
    china, turkey, kyrgyzstan = (point for point in points if point)
    assert abs(int(str(found["way_km"])) - distance_km(china, turkey) - distance_km(turkey, kyrgyzstan)) <= 2
    assert abs(int(str(found["direct_km"])) - distance_km(china, kyrgyzstan)) <= 1


def test_a_country_on_the_way_is_no_detour() -> None:
    assert fires(lines("KZ")) == []


def test_a_way_that_others_take_too_is_usual() -> None:
    many = [ship(300 + k, on(k, DAY), consignee_name=f"Other {k}", dispatch_country="TR", destination_country="KG",
                 consignee_country="KG", controlled=False) for k in range(6)]  # fmt: skip
    assert fires(iter([*lines("TR"), *many])) == []


def test_few_shipments_other_goods_and_earlier_ones_do_not_count() -> None:
    assert fires(lines("TR", 2)) == []
    assert fires(lines("TR", controlled=False)) == []
    assert fires(lines("TR", date=on(-400, DAY))) == []


def test_a_doubted_code_is_not_counted() -> None:
    doubts: list[Row] = [{"source_id": "s", "row_number": row} for row in (2, 3)]
    assert subjects(fires(lines("TR"))) == {"Primer Trade"}
    assert fires(lines("TR"), code_doubts=doubts) == []


def test_a_destination_in_the_coalition_is_left_out() -> None:
    rows = [line | {"destination_country": "PL", "consignee_country": "PL"} for line in lines("VN")]
    assert fires(iter(rows)) == []
