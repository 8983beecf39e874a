"""Columns of one kind beside each other: texts of the code, lists of taxes, weights computed from weights, both sides in one."""

from __future__ import annotations

from entrepot.readers.layout import Layout, recognise
from entrepot.readers.values import infer_number_style, parse_number


def table(header: str, *rows: str) -> Layout:
    return recognise([(n, [c.strip() or None for c in line.split("|")]) for n, line in enumerate([header, *rows], 1)])


def sources(layout: Layout) -> dict[str, str]:
    return {canonical: mapped.source for canonical, mapped in layout.columns.items()}


CODES = ("690721", "851713", "847130", "610910")


def test_a_text_that_its_code_settles_gives_way_to_one_that_differs_under_it() -> None:
    header = "IMPORTER|SUPPLIER|HS_CODE|COMMODITY_DESCRIPTION|ITEM DESCRIPTION"
    rows = [
        f"A{n % 5} LTD|B CO|{CODES[n % 4]}|GOODS OF KIND {CODES[n % 4]}|LOT {n} OF THINGS FOR SALE" for n in range(16)
    ]
    assert sources(table(header, *rows))["goods_text"] == "ITEM DESCRIPTION"
    turned = [
        f"A{n % 5} LTD|B CO|{CODES[n % 4]}|LOT {n} OF THINGS FOR SALE|GOODS OF KIND {CODES[n % 4]}" for n in range(16)
    ]
    assert sources(table(header, *turned))["goods_text"] == "COMMODITY_DESCRIPTION"


def test_where_every_text_is_of_the_code_the_words_decide() -> None:
    header = "IMPORTER|SUPPLIER|HS_CODE|COMMODITY_DESCRIPTION|ITEM DESCRIPTION"
    rows = [f"A LTD|B CO|{CODES[n % 4]}|GOODS OF KIND {CODES[n % 4]}|THINGS {CODES[n % 4]}" for n in range(16)]
    assert sources(table(header, *rows))["goods_text"] == "COMMODITY_DESCRIPTION"


def test_amounts_that_codes_tell_apart_are_taxes_even_where_one_code_is_a_currency() -> None:
    header = "IMPORTER|SUPPLIER|HS_CODE|VPP Amount|VOP Amount|COP Amount|Customs Value (KHR)"
    rows = [f"A LTD|B CO|690721|{n * 7}|{n * 11}|{n * 13}|{n * 4100}" for n in range(1, 12)]
    layout = table(header, *rows)
    assert sources(layout)["value"] == "Customs Value (KHR)"
    assert layout.fixed["currency"] == "KHR"
    assert any("a tax" in note for note in layout.notes)
    alone = table("IMPORTER|SUPPLIER|HS_CODE|COP Amount", *["A LTD|B CO|690721|900.5"] * 3)
    assert sources(alone)["value"] == "COP Amount"


def test_tonnes_computed_from_the_net_weight_are_no_gross_weight() -> None:
    header = "IMPORTER|SUPPLIER|HS_CODE|PESO NETO|PESO TON"
    rows = [f"A LTD|B CO|690721|{n * 1234.5:.1f}|{n * 1.2345:.4f}" for n in range(1, 9)]
    assert "gross_kg" not in sources(table(header, *rows))
    heavier = [f"A LTD|B CO|690721|{n * 1234.5:.1f}|{n * (1.3 + n / 50):.4f}" for n in range(1, 9)]
    assert sources(table(header, *heavier))["gross_kg"] == "PESO TON"


def test_a_column_that_names_both_sides_of_a_trade_is_asked_about() -> None:
    rows = [f"B{n % 3} GMBH|690721|2024-03-{n:02d}|5" for n in range(1, 9)]
    layout = table("Alıcı / Gönderici Unvan|GTİP|İthalat Tarihi|Miktar", *rows)
    assert layout.direction == "import"
    assert not {"shipper_name", "consignee_name", "shipper_address", "consignee_address"} & set(layout.columns)
    assert any("names both sides" in question for question in layout.unclear)
    declares = table("IMPORTER/EXPORTER|HS_CODE|IMPORT DATE|QTY", *rows)
    assert sources(declares)["consignee_name"] == "IMPORTER/EXPORTER"


def test_a_vague_header_over_the_word_export_gives_the_direction() -> None:
    header = "TYPE|COMPANY|HS_CODE|ProductDesc|USD_VALUE"
    rows = [f"EXPORT|A{n} LTD|690721|tiles {n}|{n * 5}" for n in range(1, 9)]
    layout = table(header, *rows)
    assert layout.direction == "export"
    assert sources(layout)["shipper_name"] == "COMPANY"
    mixed = table(header, *rows, "IMPORT|C LTD|690721|tiles|4")
    assert mixed.direction == "unknown"


def test_a_tax_number_between_letters_is_no_number() -> None:
    pins = ["P051234567X", "P059876543Z", "P057551399X", "P050000123X"]
    style = infer_number_style(pins)
    assert [parse_number(pin, style) for pin in pins] == [None] * 4
    assert parse_number("P 12.50", infer_number_style(["P 12.50", "P 3.10", "P 4.00"])) == 12.5
    rows = [f"{pins[n % 4]}|A{n % 4} LTD|B CO|690721" for n in range(12)]
    assert sources(table("TRADER_PIN|IMPORTER|SUPPLIER|HS_CODE", *rows))["consignee_id"] == "TRADER_PIN"


def test_importing_and_exporting_companies_by_short_words() -> None:
    layout = table("IMP_COMPANY|EXP_COMPANY|HS_8|QTY", *[f"A{n} LTD|B{n} CO|69072100|{n}" for n in range(1, 6)])
    assert sources(layout)["consignee_name"] == "IMP_COMPANY"
    assert sources(layout)["shipper_name"] == "EXP_COMPANY"


def test_the_invoice_value_of_the_goods_beside_the_total_of_the_invoice() -> None:
    header = (
        "IMPORTER|SUPPLIER|HS_CODE|CURRENCY OF CONTRACT|TOTAL INVOICE VALUE|INVOICE VALUE OF GOODS|CUSTOMS VALUE (KZT)"
    )
    rows = [f"A LTD|B CO|690721|EUR|{9000 + n // 3}|{n * 7.5}|{n * 3900}" for n in range(1, 13)]
    layout = table(header, *rows)
    assert sources(layout)["value"] == "INVOICE VALUE OF GOODS"
    assert sources(layout)["currency"] == "CURRENCY OF CONTRACT"


def test_dollars_by_the_word_statistical_alone() -> None:
    layout = table(
        "ALICI|GÖNDERİCİ|GTİP|İSTATİSTİKİ USD|KUR", *[f"A LTD|B CO|690721|{n * 7.5}|32.1" for n in range(1, 7)]
    )
    assert sources(layout)["value_usd"] == "İSTATİSTİKİ USD"


def test_headers_that_changed_places_are_asked_about() -> None:
    header = "DATE|SUPPLIER NAME|HS CODE|BUYER|QTY"
    rows = [f"2024-03-{n:02d}|{CODES[n % 4]}0000|ORBEL LTD|PRIMER LLC|{n}" for n in range(1, 15)]
    layout = table(header, *rows)
    assert "'SUPPLIER NAME' holds commodity codes: does its header belong to another column?" in layout.unclear
    numbers = [f"2024-03-{n:02d}|77224{n % 3}76458|690721|PRIMER LLC|{n}" for n in range(1, 15)]
    assert not any("commodity codes" in question for question in table(header, *numbers).unclear)
