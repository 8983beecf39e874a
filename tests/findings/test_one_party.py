"""A firm in two spellings is one subject of an indicator; two firms of like names are two."""

from __future__ import annotations

import datetime as dt

from entrepot.model.tables import TABLES
from tests.findings.test_indicators import LISTED, Case, Row, control, on, ship, subjects
from tests.routes import test_chains_indicators as routes

AFTER = dt.date(2022, 6, 1)
NAMES = ("Alfa Imports", "Alfa Inports")


def spelled(count: int, number: str | None = "7701234567", **columns: object) -> list[dict[str, object]]:
    """Lines of a buyer written in two ways, with one number or, where None, with none."""
    return [
        ship(2 + n, on(9 * n, AFTER), consignee_name=NAMES[n % 2], consignee_id=number, **columns) for n in range(count)
    ]


def sizes(found: list[dict[str, object]]) -> list[object]:
    return sorted(row["rows"] for row in found)  # type: ignore[type-var]


def test_controlled_goods_of_one_buyer() -> None:
    assert sizes(Case(spelled(6)).fires("controlled_goods")) == [6]
    assert sizes(Case(spelled(6, None)).fires("controlled_goods")) == [3, 3]


def test_declared_elsewhere_for_one_buyer() -> None:
    columns: dict[str, object] = {"destination_country": "KZ", "transit_countries": "RU"}
    assert sizes(Case(spelled(2, **columns)).fires("declared_elsewhere")) == [2]
    assert Case(spelled(2, None, **columns)).fires("declared_elsewhere") == []


def test_designator_in_texts_of_one_buyer() -> None:
    text = "Tactical vest 6SH117"
    given = [control(text, "designator:6Sh117", 0.9)]
    assert sizes(Case(spelled(4, goods_text=text), goods_controls=given).fires("designator_in_text")) == [4]
    assert sizes(Case(spelled(4, None, goods_text=text), goods_controls=given).fires("designator_in_text")) == [2, 2]


def test_supplier_replaced_at_one_buyer_and_by_one_supplier() -> None:
    """Of the old supplier two spellings and of the buyer two: neither alone has enough shipments."""
    start = dt.date(2022, 9, 20)
    old = [ship(2 + n, on(30 * n, start), consignee_name=NAMES[n % 2], consignee_id="7701234567") for n in range(4)]
    new = [
        ship(20 + n, on(20 * n, dt.date(2023, 2, 1)), consignee_name=NAMES[n % 2], consignee_id="7701234567", shipper_name="Bamboo Works")
        for n in range(2)
    ]  # fmt: skip
    found = Case([*old, *new], **LISTED).fires("supplier_replaced")
    assert [(row["new_supplier"], row["rows"]) for row in found] == [("Bamboo Works", 2)]
    apart = [{**line, "consignee_id": None} for line in (*old, *new)]
    assert Case(apart, **LISTED).fires("supplier_replaced") == []


def test_a_listed_suppliers_other_spelling_is_no_new_supplier() -> None:
    """The same firm goes on under a name with a slip: `listed_party` tells that, and no one took its place."""
    old = [ship(2 + n, on(40 * n, dt.date(2022, 4, 1))) for n in range(7)]
    again = [ship(20 + n, on(20 * n, dt.date(2023, 2, 1)), shipper_name="Lotos Works") for n in range(4)]
    both: list[Row] = [
        {"party_id": "p", "party_key": "lotus works", "name_key": key, "identifier": "", "country": "", "name": key, "names": 1, "rows": 5,
         "source_id": "s", "row_number": 2}
        for key in ("lotus works", "lotos works")
    ]  # fmt: skip
    assert subjects(Case([*old, *again], **LISTED).fires("supplier_replaced")) == {"Primer Trade"}
    assert Case([*old, *again], **LISTED, party_members=both).fires("supplier_replaced") == []


def members(*keys: str) -> dict[str, object]:
    """`party_members` in which these names are one party."""
    rows = [
        {"party_id": "p", "party_key": keys[0], "name_key": key, "identifier": "", "country": "", "name": key, "names": 1, "rows": 5,
         "source_id": "s", "row_number": 2}
        for key in keys
    ]  # fmt: skip
    return {"party_members": TABLES["party_members"].from_rows(rows)}


def test_intermediary_by_most_of_its_names() -> None:
    names = ("alfa cargo logistics", "alfa kargo logistics")
    rows = [routes.shipment(routes.LATE, name) for name in names]
    assert not routes.fired("intermediary_consignee", rows)
    assert sizes(routes.fired("intermediary_consignee", rows, **members(*names))) == [2]  # type: ignore[arg-type]
    mostly = [*rows, *(routes.shipment(routes.LATE, "alfa tools") for _ in range(3))]
    assert not routes.fired("intermediary_consignee", mostly, **members(*names, "alfa tools"))  # type: ignore[arg-type]


def test_tactical_parcels_of_one_sender() -> None:
    text = "Vest 6SH117, used"
    rows = [
        routes.shipment(routes.LATE, shipper_key=key, transport_mode="post", net_kg=2.0, dispatch_country="RU", destination_country="DE")
        for key in ("ivanov", "ivanof")
    ]  # fmt: skip
    texts = TABLES["shipments"].from_rows(
        {"shipment_id": f"s:{n}", "source_id": "s", "row_number": n, "original": "{}", "goods_text": text}
        for n in (2, 3)
    )
    given = {
        "shipments": texts,
        "goods_controls": TABLES["goods_controls"].from_rows([dict(control(text, "designator:6Sh117", 0.9))]),
    }
    assert sizes(routes.fired("tactical_parcels", rows, **given)) == [1, 1]
    assert sizes(routes.fired("tactical_parcels", rows, **given, **members("ivanov", "ivanof"))) == [2]  # type: ignore[arg-type]
