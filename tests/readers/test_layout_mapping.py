"""The mapping that a person reads and corrects in case.toml, and hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.errors import InputError
from entrepot.readers.layout import Layout, recognise

HEADER = ("IMPORTER", "SUPPLIER", "HS_CODE", "NET_TONS", "TOTAL_INR", "CITY")


def layout() -> Layout:
    rows = [
        HEADER,
        ("A LTD", "B CO", "690721", "1.5", "8300", "PUNE"),
        ("C LTD", "B CO", "690722", "2.5", "9300", "DELHI"),
    ]
    return recognise(list(enumerate(rows, 1)))


def test_a_mapping_round_trips() -> None:
    found = layout()
    again = Layout.from_mapping(found.to_mapping(), found.header)
    assert again.to_mapping() == found.to_mapping()
    assert {c: m.index for c, m in again.columns.items()} == {c: m.index for c, m in found.columns.items()}
    assert again.direction == found.direction
    assert all(mapped.confidence == 1 for mapped in again.columns.values())


def test_a_person_may_say_unit_currency_scale_and_further_columns() -> None:
    mapping = {
        "header_row": 1,
        "direction": "import",
        "columns": {
            "consignee_name": "importer",
            "consignee_address": {"source": "CITY", "more": ["IMPORTER"]},
            "net_kg": {"source": "NET_TONS", "unit": "t"},
            "value": {"source": "TOTAL_INR", "currency": "INR", "scale": 1000},
        },
        "fixed": {"currency": "INR"},
    }
    found = Layout.from_mapping(mapping, HEADER)
    assert found.columns["consignee_name"].source == "importer"
    assert found.columns["consignee_name"].index == 0
    assert found.columns["net_kg"].unit == "t"
    assert (found.columns["value"].currency, found.columns["value"].scale) == ("INR", 1000)
    assert found.columns["consignee_address"].more == (("IMPORTER", 0),)
    assert found.unmapped == ("SUPPLIER", "HS_CODE")


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"columns": {"consigne": "IMPORTER"}}, "unknown column 'consigne': did you mean 'consignee_name'?"),
        ({"columns": {"hs_code": "HS_COD"}}, "the file has no column 'HS_COD': did you mean 'HS_CODE'?"),
        ({"columns": {"hs_code": 5}}, "mapped by the header of its source"),
        ({"columns": {"net_kg": {"source": "NET_TONS", "unit": "stone"}}}, "unknown unit"),
        ({"columns": {"value": {"source": "TOTAL_INR", "currency": "rupees"}}}, "not a currency"),
        ({"columns": {"value": {"source": "TOTAL_INR", "scale": -1}}}, "not a scale"),
        ({"columns": {"value": {"source": "TOTAL_INR", "units": "t"}}}, "unknown key 'units': did you mean 'unit'?"),
        ({"direction": "inward"}, "unknown direction"),
        ({"header_row": "six"}, "header_row is not a row number"),
        ({"colums": {}}, "unknown key 'colums': did you mean 'columns'?"),
        ({"columns": []}, "columns and fixed are tables"),
    ],
)
def test_a_wrong_mapping_says_what_was_meant(mapping: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as raised:
        Layout.from_mapping(mapping, HEADER, file="trade.csv")
    assert message in str(raised.value)
    assert "trade.csv" in str(raised.value)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=6), max_size=6))
def test_any_cells_are_read(rows: list[list[str | None]]) -> None:
    found = recognise(list(enumerate(rows, 1)))
    assert found.kind in {"shipments", "flows", "list", "unknown"}
    places = [mapped.index for mapped in found.columns.values()]
    assert len(places) == len(set(places))
    assert all(0 <= place < len(found.header) for place in places)
    assert all(0 < mapped.confidence <= 1 for mapped in found.columns.values())


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_columns_changes_no_mapping(random) -> None:
    header = [
        "IMPORTER_NAME",
        "SUPPLIER_NAME",
        "HS_CODE",
        "PRODUCT_DESCRIPTION",
        "ORIGIN_COUNTRY",
        "QUANTITY",
        "UNIT",
        "VALUE_USD",
        "IMP_DATE",
    ]
    row = ["A LTD", "B CO LTD", "69072100", "TILES 60X60", "ITALY", "3", "SQM", "120.5", "2025-03-04"]
    order = list(range(len(header)))
    random.shuffle(order)
    rows = [[header[i] for i in order], [row[i] for i in order], [row[i] for i in order]]
    found = recognise(list(enumerate(rows, 1)))
    assert {c: m.source for c, m in found.columns.items()} == {
        "consignee_name": "IMPORTER_NAME", "shipper_name": "SUPPLIER_NAME", "hs_code": "HS_CODE", "goods_text": "PRODUCT_DESCRIPTION",
        "origin_country": "ORIGIN_COUNTRY", "quantity": "QUANTITY", "quantity_unit": "UNIT", "value_usd": "VALUE_USD", "date": "IMP_DATE",
    }  # fmt: skip


def test_headers_from_outside_are_shown_safely() -> None:
    hostile = "IMPORTER_NAME\u202e\x1b[31m"
    found = recognise([(1, [hostile, "SUPPLIER", "HS_CODE", "=HYPERLINK(1)"]), (2, ["A LTD", "B CO", "690721", "0"])])
    assert not any("\x1b" in note or "\u202e" in note for note in (*found.notes, *found.unclear))
