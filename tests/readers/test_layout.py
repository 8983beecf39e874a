"""Recognising customs layouts: the known answers, and the traps one by one."""

from __future__ import annotations

import datetime
import random
import tomllib
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from entrepot.model.tables.shipments import SHIPMENTS
from entrepot.readers.layout import Layout, header_of, layout_of, recognise
from entrepot.readers.layout.layout import CONTACTS, MAPPABLE
from entrepot.readers.shipments.columns import unique_header
from entrepot.readers.values.dates import parse_date
from tests.modules import load_module

HERE = Path(__file__).parent / "layouts"


synthetic = load_module(HERE / "synthetic.py")
SETS = (
    "dev",
    "heldout",
    "heldout2",
    "real_a",
    "real_b",
    "real_c",
    "real_d",
    "real_e",
    "world_a",
    "world_b",
    "world_c",
    "world_d",
    "world_e",
    "world_f",
    "world_g",
    "world_h",
    "world_i",
    "world_j",
    "world_k",
    "world_l",
    "world_m",
    "real_f",
    "real_g",
    "real_h",
)
ALL = [case for name in SETS for case in synthetic.cases(HERE / f"{name}.toml")]


@cache
def read(case: object) -> Layout:
    """The layout of a synthetic file, recognised once for all tests."""
    return recognise(case.rows(24))  # type: ignore[attr-defined]


def table(header: str, *rows: str) -> Layout:
    """Recognise a small table written with `|` between cells."""
    lines = [header, *rows]
    rows = [(number, [c.strip() or None for c in line.split("|")]) for number, line in enumerate(lines, 1)]
    layout = recognise(rows)
    assert header_of(rows) == (layout.header_row, layout.header)
    return layout


def sources(layout: Layout) -> dict[str, str]:
    return {canonical: mapped.source for canonical, mapped in layout.columns.items()}


def wrong(layout: Layout, case: object) -> list[str]:
    """Columns that are mapped to a source which the answer does not allow."""
    allowed: dict[str, set[str]] = {}
    names = unique_header([column.header for column in case.columns])  # type: ignore[attr-defined]
    for name, column in zip(names, case.columns, strict=True):  # type: ignore[attr-defined]
        allowed.setdefault(column.canonical.rstrip("~?"), set()).add(name)
    return [
        f"{canonical} <- {mapped.source}"
        for canonical, mapped in layout.columns.items()
        if mapped.source not in allowed.get(canonical, ())
    ]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_known_layouts_have_no_wrong_mapping(case) -> None:
    layout = read(case)
    assert layout.header_row == case.header_row
    assert wrong(layout, case) == []
    assert set(layout.columns) <= set(MAPPABLE)


def test_known_layouts_meet_the_bar_on_every_column() -> None:
    right: dict[str, int] = {}
    total: dict[str, int] = {}
    for case in ALL:
        layout = read(case)
        for canonical in {c.canonical.rstrip("~") for c in case.columns if c.canonical[-1] not in "-?"}:
            total[canonical] = total.get(canonical, 0) + 1
            right[canonical] = right.get(canonical, 0) + (canonical in layout.columns)
    recall = {canonical: right[canonical] / total[canonical] for canonical in total}
    assert {canonical: share for canonical, share in recall.items() if share < 0.95} == {}


@pytest.mark.parametrize("case", ALL[::12], ids=lambda case: case.name)
def test_the_order_of_columns_does_not_matter(case) -> None:
    if case.header2 or any(c.canonical.endswith("~") for c in case.columns):
        pytest.skip("groups span columns, or several sources are equally right")
    headers = [column.header for column in case.columns]
    turned = synthetic.restyled(case, "shuffled")
    one, other = read(case), recognise(turned.rows(24))
    assert set(one.columns) == set(other.columns)
    assert one.header == tuple(headers)


@pytest.mark.parametrize("style", ["camel", "title", "lower"])
def test_the_style_of_headers_does_not_matter(style: str) -> None:
    for case in ALL[:40:5]:
        turned = synthetic.restyled(case, style)
        assert wrong(recognise(turned.rows(24)), turned) == []


def test_single_headers() -> None:
    """Each header of headers.tsv alone gives the canonical column it names, in a file of its direction."""
    from entrepot.readers.layout.candidates import Candidate, _read
    from entrepot.readers.layout.header import heading
    from entrepot.readers.layout.resolve import _meant

    spoken = frozenset({"ru", "uk", "tr", "es", "pt", "fr", "vi", "zh"})
    differ = []
    for line in (HERE / "headers.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        direction, header, expected = line.split("\t")
        found = []
        for reading in _read(heading(header, spoken), ""):
            side, _, what = reading.canonical.partition(".")
            name = reading.canonical
            if side in {"local", "foreign"}:
                name = _meant(side, what, direction, Candidate(name, 0, reading.score, frozenset())) or "-"
            if side not in {"part", "beside"} and name not in CONTACTS and reading.score >= 0.5:
                found.append(name)
        first = found[0] if found else "-"
        allowed = {expected.rstrip("?"), "-"} if expected.endswith("?") else {expected}
        if first not in allowed:
            differ.append(f"{header}: {first}, not {expected}")
    assert differ == []


# The traps, one by one.


def test_a_total_of_unknown_currency_is_never_dollars() -> None:
    layout = table(
        "IMPORTER_NAME|SUPPLIER_NAME|HS_CODE|TOTALVALUE", "A LTD|B CO|690721|120.5", "C LTD|B CO|690721|88.1"
    )
    assert sources(layout)["value"] == "TOTALVALUE"
    assert "value_usd" not in layout.columns
    assert "currency" not in layout.fixed


def test_the_header_names_the_currency() -> None:
    layout = table(
        "IMPORTER|SUPPLIER|HS CODE|TOTAL VALUE_INR|TOTAL VALUE_USD", "A LTD|B CO|690721|8300|100", "C|B|690721|830|10"
    )
    assert (sources(layout)["value"], sources(layout)["value_usd"]) == ("TOTAL VALUE_INR", "TOTAL VALUE_USD")
    assert layout.fixed["currency"] == "INR"
    assert layout.columns["value"].currency == "INR"


def test_a_bare_dollar_sign_is_the_peso_in_a_spanish_table() -> None:
    rows = [f"A LTDA|B CO|690721|{8300 * n}|{n}" for n in range(1, 9)]
    spanish = table("Importador|Proveedor|Partida arancelaria|Valor CIF $|Cantidad", *rows)
    assert sources(spanish)["value"] == "Valor CIF $"
    assert "value_usd" not in spanish.columns
    english = table("Importer|Supplier|HS code|CIF value $|Quantity", *rows)
    assert sources(english)["value_usd"] == "CIF value $"


def test_rates_tell_whose_currency_a_column_holds() -> None:
    rates = {"USD": 1.0, "CNY": 0.14}
    rows = []
    for n in range(1, 13):
        code, line = ("USD" if n % 2 else "CNY"), 1000.0 + 37 * n
        rows.append(f"D{n}|A LTD|B CO|690721|99000|{line}|{code}|{line * rates[code] * 2500:.2f}")
    header = "DECLARATION_NO|IMPORTER|SUPPLIER|HS_CODE|TOTAL_INVOICE_VALUE|ITEM_FOB_VALUE|INVOICE_CURRENCY|ITEM_FOB_VALUE_TZS"
    layout = table(header, *rows)
    assert (sources(layout)["value"], sources(layout)["currency"]) == ("ITEM_FOB_VALUE", "INVOICE_CURRENCY")


def test_customs_offices_are_not_brokers() -> None:
    header = "IMPORTER|SUPPLIER|HS_CODE|QTY|CUSTOMS_AGENCY"
    office = table(header, "A LTD|B CO|690721|5|PORT OF FICTION", "A LTD|B CO|690721|6|NORTH AIRPORT")
    agent = table(header, "A LTD|B CO|690721|5|DESPACHOS DEL NORTE SAC", "A LTD|B CO|690721|6|AGENCIA FICTICIA SA")
    assert "broker_name" not in office.columns
    assert sources(agent)["broker_name"] == "CUSTOMS_AGENCY"


def test_a_currency_beside_another_amount_is_not_taken() -> None:
    rows = [f"A LTD|B CO|690721|{8300 * n}|{'USD' if n % 2 else 'EUR'}|{100 * n}" for n in range(1, 9)]
    layout = table("IMPORTER|SUPPLIER|HS CODE|CUSTOMS_VALUE|CURRENCY|INVOICE_VALUE_USD", *rows)
    assert sources(layout)["value"] == "CUSTOMS_VALUE"
    assert "currency" not in layout.columns
    assert any("'CURRENCY' is left out" in note for note in layout.notes)


def test_a_currency_that_names_another_amount_is_not_taken() -> None:
    rows = [f"A LTD|B CO|690721|9000|USD|{n * 41000}" for n in range(1, 9)]
    layout = table("IMPORTER|SUPPLIER|HS_CODE|INVOICE TOTAL|INVOICE TOTAL CURRENCY|ITEM VALUE", *rows)
    assert sources(layout)["value"] == "ITEM VALUE"
    assert "currency" not in layout.columns


def test_chapters_headings_and_counts_are_not_codes() -> None:
    rows = [f"A LTD|B CO|69|6907|{n}|6907210010" for n in range(3, 9)]
    layout = table("IMPORTER|SUPPLIER|HS_CODE_2|HS_CODE_4|COUNTOFHS_CODE|TARIFF", *rows)
    assert sources(layout)["hs_code"] == "TARIFF"
    assert {"HS_CODE_2", "HS_CODE_4", "COUNTOFHS_CODE"} <= set(layout.unmapped)


def test_only_a_chapter_is_no_code() -> None:
    assert "hs_code" not in table("IMPORTER|SUPPLIER|HS_CODE|QTY", "A LTD|B CO|69|1", "A LTD|B CO|85|2").columns


def test_percentages_are_not_values() -> None:
    rows = [f"A LTD|B CO|690721|{n * 1000.5}|{n * 1000.5 / 4e8!r}" for n in range(1, 12)]
    named = table("IMPORTER|SUPPLIER|HS_CODE|TOTALVALUEUSD|%GTTOTALUSD", *rows)
    assert sources(named)["value_usd"] == "TOTALVALUEUSD"
    unnamed = table("IMPORTER|SUPPLIER|HS_CODE|TOTAL_USD_A|TOTAL_USD", *rows)
    assert sources(unnamed)["value_usd"] == "TOTAL_USD_A"


def test_row_numbers_are_not_tax_numbers() -> None:
    rows = [f"{100000 + n}|{n}|{'A LTD' if n % 2 else 'C LTD'}|B CO|690721|5" for n in range(1, 30)]
    layout = table("IMPORTER_ID|ID|IMPORTER|SUPPLIER|HS_CODE|QTY", *rows)
    assert "consignee_id" not in layout.columns
    scattered = [
        f"{(n * 7919) % 900001 + 100000:09d}|{'A LTD' if n % 2 else 'C LTD'}|B CO|690721|5" for n in range(1, 30)
    ]
    assert "consignee_id" not in table("IMPORTER_ID|IMPORTER|SUPPLIER|HS_CODE|QTY", *scattered).columns


def test_tax_numbers_are_tax_numbers() -> None:
    rows = [
        f"{'7722476458' if n % 2 else '5009099998'}|{'A LTD' if n % 2 else 'C LTD'}|B CO|690721|5" for n in range(1, 30)
    ]
    assert sources(table("IMPORTER_CODE|IMPORTER|SUPPLIER|HS_CODE|QTY", *rows))["consignee_id"] == "IMPORTER_CODE"


@pytest.mark.parametrize(
    ("header", "shipper", "consignee", "direction"),
    [
        ("IMPORTER|SUPPLIER|HS_CODE|QTY", "SUPPLIER", "IMPORTER", "import"),
        ("BUYER|EXPORTER|HS_CODE|QTY", "EXPORTER", "BUYER", "export"),
        ("FOREIGN_IMPORTER|LOCAL_EXPORTER|HS_CODE|QTY", "LOCAL_EXPORTER", "FOREIGN_IMPORTER", "export"),
        ("Получатель|Отправитель|Код ТН ВЭД|Количество", "Отправитель", "Получатель", "unknown"),
        ("İthalatçı|Gönderici|GTİP|Miktar", "Gönderici", "İthalatçı", "import"),
        ("采购商|供应商|HS编码|数量", "供应商", "采购商", "unknown"),
        ("Destinataire|Expéditeur|Code SH|Quantité", "Expéditeur", "Destinataire", "unknown"),
    ],
)
def test_who_sends_and_who_receives(header: str, shipper: str, consignee: str, direction: str) -> None:
    layout = table(header, "A LTD|B CO LTD|69072100|1", "A LTD|C GMBH|69072100|2.5")
    assert (sources(layout)["shipper_name"], sources(layout)["consignee_name"]) == (shipper, consignee)
    assert layout.direction == direction


def test_a_company_is_on_the_side_that_the_direction_says() -> None:
    header = "IEC|COMPANY NAME|FOREIGN COMPANY|HS_CODE|{}_DATE|INDIAN PORT|FOREIGN PORT"
    row = "0312070624|A LTD|B CO|69072100|2025-03-01|MUNDRA SEA|SHEKOU"
    imported, exported = (
        sources(table(header.format("IMPORT"), row, row)),
        sources(table(header.format("EXPORT"), row, row)),
    )
    assert (imported["consignee_name"], imported["shipper_name"], imported["consignee_id"]) == (
        "COMPANY NAME",
        "FOREIGN COMPANY",
        "IEC",
    )
    assert (exported["shipper_name"], exported["consignee_name"], exported["shipper_id"]) == (
        "COMPANY NAME",
        "FOREIGN COMPANY",
        "IEC",
    )
    assert (imported["port_of_discharge"], exported["port_of_discharge"]) == ("INDIAN PORT", "FOREIGN PORT")


@pytest.mark.parametrize(
    ("header", "direction", "company"),
    [("EXPORTER", "import", "consignee_name"), ("NAME OF IMPORTER", "export", "shipper_name")],
)
def test_a_company_stands_opposite_the_only_party_named(header: str, direction: str, company: str) -> None:
    row = "A LTD|9001234567|B CO LTD|690721|5"
    layout = table(f"COMPANY NAME|COMPANY TIN|{header}|HS CODE|QTY", row, row)
    assert (layout.direction, sources(layout)[company]) == (direction, "COMPANY NAME")


def test_arrival_over_days_is_a_date() -> None:
    row = "A LTD|B CO LTD|690721|5|2024-03-{:02d}"
    layout = table("IMPORTER|SUPPLIER|HS CODE|QTY|ARRIVAL", *(row.format(day) for day in range(1, 9)))
    assert sources(layout)["date"] == "ARRIVAL"


def test_where_the_direction_is_not_known_a_person_is_asked() -> None:
    layout = table("COMPANY NAME|FOREIGN COMPANY|HS_CODE|QTY", "A LTD|B CO|69072100|1", "A LTD|C CO|69072100|2")
    assert layout.direction == "unknown"
    assert not {"shipper_name", "consignee_name"} & set(layout.columns)
    assert layout.unclear


def test_columns_that_are_as_full_but_for_chance_keep_their_order() -> None:
    """Nearly half of the cells left out at random: the original stays before its translation, the line before the total.

    Held for nearly all: of the 324 files of the sets C to L three still swap near-equal columns (docs/layouts.md).
    """
    for case in [case for case in ALL if not case.name.startswith(("rf_", "rg_", "rh_"))][-128::5]:
        chance = random.Random(case.name)
        rows = [
            (number, cells if number <= case.header_row else [None if chance.random() < 0.45 else c for c in cells])
            for number, cells in case.rows(30)
        ]
        assert wrong(recognise(rows), case) == []


def test_the_line_before_the_declaration() -> None:
    rows = [f"D{n // 3:05d}|A LTD|B CO|690721|{9000 + n // 3}|{n * 10.5}" for n in range(30)]
    layout = table("DECLARATION_NO|IMPORTER|SUPPLIER|HS_CODE|VALUE_USD|FOB_USD", *rows)
    assert sources(layout)["value_usd"] == "FOB_USD"
    named = table("DECLARATION_NO|IMPORTER|SUPPLIER|HS_CODE|TOTAL_VALUE_USD|ITEM_VALUE_USD", *rows[1:3])
    assert sources(named)["value_usd"] == "ITEM_VALUE_USD"


def test_the_line_before_the_document_where_no_number_tells_documents() -> None:
    rows = [f"2024-03-{1 + n // 3:02d}|A LTD|B CO|690721|{9000 + n // 3}|{n * 10.5 + 1}" for n in range(30)]
    layout = table("DATE|IMPORTER|SUPPLIER|HS_CODE|VALUE_USD|FOB_USD", *rows)
    assert sources(layout)["value_usd"] == "FOB_USD"
    header = "IMPORTER|SUPPLIER|HS_CODE|INVOICE VALUE|INVOICE CURRENCY|ITEM CUSTOMS VALUE (TZS)"
    named = table(header, "A LTD|B CO|690721|9000|USD|250000", "A LTD|B CO|690722|9000|USD|11000")
    assert sources(named)["value"] == "ITEM CUSTOMS VALUE (TZS)"
    assert "currency" not in named.columns


def test_a_filled_column_before_one_of_zeros() -> None:
    rows = [f"A LTD|B CO|690721|0.0|{n * 53.2}|0|{n}" for n in range(1, 6)]
    layout = table("IMPORTER|SUPPLIER|HS_CODE|ITEM_VALUE_USD|TOTAL_VALUE_USD|QUANTITY|STD_QUANTITY", *rows)
    assert sources(layout)["value_usd"] == "TOTAL_VALUE_USD"
    assert sources(layout)["quantity"] == "STD_QUANTITY"


def test_an_empty_description_of_goods_gives_way_to_that_of_the_code() -> None:
    layout = table(
        "IMPORTER|SUPPLIER|HS_CODE|HS_DESCRIPTION|GOODS_DESCRIPTION",
        "A LTD|B CO|690721|OTHER TILES|NULL",
        "A|B|690721|TILES|-",
    )
    assert sources(layout)["goods_text"] == "HS_DESCRIPTION"
    both = table(
        "IMPORTER|SUPPLIER|HS_CODE|HS_DESCRIPTION|GOODS_DESCRIPTION",
        "A LTD|B CO|690721|OTHER|TILES 60X60",
        "A|B|690721|OTHER|TILES",
    )
    assert sources(both)["goods_text"] == "GOODS_DESCRIPTION"


def test_the_original_before_its_translation_and_the_fuller_before_the_emptier() -> None:
    header = "IMPORTER|SUPPLIER_NAME_EN|SUPPLIER_NAME|HS_CODE|QTY"
    assert (
        sources(table(header, "A LTD|FIRM B|ФИРМА Б|690721|1", "A LTD|FIRM C|ФИРМА В|690721|2"))["shipper_name"]
        == "SUPPLIER_NAME"
    )
    assert (
        sources(table(header, "A LTD|FIRM B||690721|1", "A LTD|FIRM C||690721|2"))["shipper_name"] == "SUPPLIER_NAME_EN"
    )


def test_the_day_before_the_month_and_unit_price_freight_duty_are_no_values() -> None:
    layout = table(
        "IMPORTER|SUPPLIER|HS_CODE|MONTHYEAR|IMP_DATE|UNIT_PRICE_USD|FREIGHT_USD|DUTY_PAID_USD|VALUE_USD",
        "A LTD|B CO|690721|Apr 2025|2025-04-03|1.5|20|8|300", "A LTD|B CO|690721|May 2025|2025-05-09|1.4|30|9|280",
    )  # fmt: skip
    assert sources(layout)["date"] == "IMP_DATE"
    assert sources(layout)["value_usd"] == "VALUE_USD"
    assert "value" not in layout.columns


def test_weights_state_their_unit() -> None:
    layout = table(
        "Shipper|Consignee|Product|Metric Tons|Net Weight (lb)", "A LTD|B CO|TILES|1.2|2645", "A LTD|B CO|TILES|2|4409"
    )
    assert layout.columns["gross_kg"].unit == "t"
    assert layout.columns["net_kg"].unit == "lb"


def test_thousands_are_scaled() -> None:
    layout = table(
        "Получатель|Отправитель|Код ТН ВЭД|Стат. стоимость (тыс. долл.)", "А|Б|6907210010|1.2", "А|Б|6907210010|2.4"
    )
    assert layout.columns["value_usd"].scale == 1000


def test_address_lines_belong_together() -> None:
    layout = table(
        "IMPORTER|IMPORTER_ADDRESS1|IMPORTER_ADDRESS2|IMPORTER_CITY|SUPPLIER|HS_CODE|QTY",
        "A LTD|12 HIGH STREET|PHASE 2|MUMBAI|B CO|690721|1", "A LTD|14 LOW ROAD|PHASE 3|PUNE|B CO|690721|2",
    )  # fmt: skip
    assert layout.columns["consignee_address"].more == (("IMPORTER_ADDRESS2", 2), ("IMPORTER_CITY", 3))


def test_names_that_hold_a_tax_number_are_noted() -> None:
    layout = table(
        "IMPORTER_NAME|SUPPLIER|HS_CODE|QTY", "7722476458 772201001 OOO ROMASHKA|B CO|690721|1", "A LTD|B CO|690721|2"
    )
    assert layout.columns["consignee_name"].holds_id


def test_an_item_price_is_an_amount_or_a_price_by_the_quantities_beside_it() -> None:
    header = "IMPORTER|SUPPLIER|HS_CODE|QUANTITY|ITEM_PRICE_FC|CURRENCY|CUSTOMS_VALUE_KES"
    quantities = [5, 700, 12, 90, 3, 44, 1000, 8]
    totals = [f"A LTD|B CO|690721|{q}|{q * (3 + n)}|USD|{q * (3 + n) * 130}" for n, q in enumerate(quantities)]
    prices = [f"A LTD|B CO|690721|{q}|{3 + n}|USD|{q * (3 + n) * 130}" for n, q in enumerate(quantities)]
    assert sources(table(header, *totals))["value"] == "ITEM_PRICE_FC"
    assert sources(table(header, *totals))["currency"] == "CURRENCY"
    assert sources(table(header, *prices))["value"] == "CUSTOMS_VALUE_KES"
    assert "currency" not in table(header, *prices).columns


def test_a_column_that_gives_the_value_times_the_quantity_is_no_value() -> None:
    quantities = [5, 700, 12, 90, 3, 44, 1000, 8]
    rows = [f"A LTD|B CO|690721|{q}|{3 + n}|{q * (3 + n)}" for n, q in enumerate(quantities)]
    layout = table("IMPORTER|SUPPLIER|HS_CODE|QUANTITY|VALUE_USD|FOB_USD", *rows)
    assert sources(layout)["value_usd"] == "FOB_USD"
    assert any("times the quantity" in note for note in layout.notes)


def test_numbers_that_differ_for_one_name_are_not_tax_numbers() -> None:
    rows = [f"{(n // 2 * 7919) % 900001 + 100000}|{'AC'[n % 4 // 2]} LTD|B CO|690721|5" for n in range(40)]
    assert "consignee_id" not in table("IMPORTER_ID|IMPORTER|SUPPLIER|HS_CODE|QTY", *rows).columns


def test_a_number_that_stands_on_many_days_beside_one_name_is_no_declaration() -> None:
    parties = ["7718560636|A LTD", "5024048000|B LTD", "7701098765|C LTD"]
    rows = [f"2024-03-{1 + n:02d}|{parties[n % 3]}|X CO|690721|5" for n in range(18)]
    layout = table("DATE|REGISTRATION NO|IMPORTER|SUPPLIER|HS_CODE|QTY", *rows)
    assert "declaration_no" not in layout.columns
    assert any("several days" in note for note in layout.notes)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_few_rows_are_enough(rows: int) -> None:
    told_by_many = {"c_mn_import_ru_en"}  # a number of the importer, which only several days of one name show
    for case in (case for case in ALL[-30::6] if case.name not in told_by_many):
        assert wrong(recognise(case.rows(rows)), case) == []


@pytest.mark.parametrize(
    ("header", "currency"), [("VALOR CIF RD$", None), ("VALOR FOB R$", None), ("FOB US$", "USD"), ("VALUE (£)", None)]
)
def test_a_dollar_of_another_country_is_no_us_dollar(header: str, currency: str | None) -> None:
    layout = table(f"IMPORTADOR|PROVEEDOR|HS_CODE|{header}", "A SA|B CO|690721|10", "A SA|B CO|690721|20")
    assert ("value_usd" in layout.columns) == (currency == "USD")
    assert ("value" in layout.columns) == (currency is None)


def test_a_word_and_a_tax_run_together_are_no_value() -> None:
    row = "COMERCIAL EJEMPLO SA|B CO|69072100|1900|10000"
    layout = table("IMPORTADOR|PROVEEDOR|PARTIDA ARANCELARIA|VALORIVA|VALORCIFPESOS", row, row)
    assert sources(layout)["value"] == "VALORCIFPESOS"


def test_the_code_of_a_customs_office_is_no_commodity_code() -> None:
    rows = ["A LTD|B CO|040300|TILES|5", "A LTD|B CO|050100|PUMPS|6", "A LTD|B CO|040900|LAMPS|7"]
    assert "hs_code" not in table("IMPORTER|SUPPLIER|CUSTOMS_OFFICE_CODE|GOODS|QTY", *rows).columns


def test_values_in_lakhs_are_left_out() -> None:
    row = "A LTD|B CO LTD|690721|12.5|1250000"
    layout = table("EXPORTER|BUYER|HS CODE|TOTAL_VALUE_IN_INR_IN_LACS|FOB_INR", row, row)
    assert sources(layout)["value"] == "FOB_INR"
    assert "value" not in table("EXPORTER|BUYER|HS CODE|QTY|VALUE_INR_LACS", row, row).columns


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    row = "虛構貿易有限公司|樣本公司|8542310000|5|900"
    assert sources(table("出口商名稱|買方名稱|稅則號別|數量|離岸價格(美元)", row, row)) == {
        "shipper_name": "出口商名稱",
        "consignee_name": "買方名稱",
        "hs_code": "稅則號別",
        "quantity": "數量",
        "value_usd": "離岸價格(美元)",
    }


@pytest.mark.parametrize(
    ("header", "value", "direction"),
    [
        ("Regime", "4000", "import"),
        ("Rejim Kodu", "1000", "export"),
        ("Type", "IM 4", "import"),
        ("Тип декларації", "ЕК 10 ДР", "export"),
        ("Type", "40", "unknown"),
    ],
)
def test_the_customs_procedure_says_the_direction(header: str, value: str, direction: str) -> None:
    rows = [f"A LTD|B CO|690721|{n}|{value}" for n in range(1, 12)]
    assert table(f"SHIPPER|CONSIGNEE|HS_CODE|QTY|{header}", *rows).direction == direction


@pytest.mark.parametrize("months", [("1", "12", "7"), ("January", "March", "December")])
def test_a_month_whose_year_stands_beside_it(months: tuple[str, ...]) -> None:
    rows = [f"2024|{month}|A LTD|B CO|690721|5" for month in months * 2]
    date = table("Year|Month|IMPORTER|SUPPLIER|HS_CODE|QTY", *rows).columns["date"]
    assert (date.source, date.more) == ("Month", (("Year", 0),))
    assert parse_date(f"{months[0]}, 2024") == (datetime.date(2024, 1, 1), "month")


def test_group_labels_are_no_titles() -> None:
    rows = [
        (1, ["Declaration", None, "Exporter", None, "Importer", None, "Goods", None]),
        (2, ["Number", "Date", "TIN", "Name", "Name", "Country", "HS Code", "Quantity"]),
        *(
            (n, [f"E {n}00", "2024-03-04", "7722476458", "A LTD", "B CO", ("CHINA", "INDIA", "ITALY")[n % 3], "690721", "5"])
            for n in range(3, 16)
        ),
    ]  # fmt: skip
    layout = recognise(rows)
    assert layout.direction == "export"
    assert (layout.columns["shipper_name"].index, layout.columns["consignee_name"].index) == (3, 4)


def test_titles_empty_rows_groups_numbering_and_totals() -> None:
    rows = [
        (1, []), (2, [None, None, "IMPORT DATA"]), (3, []),
        (4, ["Importer", None, "Goods", None]), (5, ["Name", "TIN", "HS Code", "Quantity"]), (6, ["1", "2", "3", "4"]),
        (7, ["A LTD", "7722476458", "690721", "5"]), (8, ["C LTD", "5009099998", "690721", "6"]), (9, ["Total", None, None, "11"]),
    ]  # fmt: skip
    layout = recognise(rows)
    assert layout.header_row == 5
    assert layout.data_row == 7
    assert layout.direction == "import"
    assert sources(layout) == {
        "consignee_name": "Name",
        "consignee_id": "TIN",
        "hs_code": "HS Code",
        "quantity": "Quantity",
    }
    assert any("totals" in note for note in layout.notes)


def test_no_header() -> None:
    layout = recognise([(n, ["A LTD", "B CO", "6907210010", f"2024-05-0{n}"]) for n in range(1, 9)])
    assert layout.header_row is None
    assert layout.unclear
    assert sources(layout).get("date") == "column 4"


def test_an_empty_sheet_and_a_header_alone() -> None:
    assert recognise([]).kind == "unknown"
    alone = recognise([(1, ["IMPORTER", "SUPPLIER", "HS_CODE", "VALUE_USD"])])
    assert alone.header_row == 1
    assert sources(alone)["value_usd"] == "VALUE_USD"


def test_two_headers_alike_and_rows_of_other_widths() -> None:
    layout = recognise(
        [
            (1, ["IMPORTER", "SUPPLIER", "NAME", "NAME", "HS_CODE"]),
            (2, ["A LTD", "B CO"]),
            (3, ["A", "B", "x", "y", "690721", "?"]),
        ]
    )
    assert layout.header[:5] == ("IMPORTER", "SUPPLIER", "NAME", "NAME (2)", "HS_CODE")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("reporter|partner|commodity_code|trade_value_usd|netweight_kg", "flows"),
        ("name|program|type|aliases|listed on", "list"),
        ("recipe|spoon|taste", "unknown"),
    ],
)
def test_tables_that_are_no_shipments(header: str, kind: str) -> None:
    rows = {"flows": ("Armenia|China|851713|100|3", "Armenia|India|851713|50|2")}.get(kind, ("a|b|c|d|e", "f|g|h|i|j"))
    assert table(header, *rows).kind == kind


@pytest.mark.parametrize(
    ("columns", "what"),
    [("Jan 2024|Feb 2024|Mar 2024", "month"), ("2021|2022|2023", "year"), ("China|Germany|Italy", "country")],
)
def test_a_crosstab_is_asked_about(columns: str, what: str) -> None:
    layout = table(f"Importer|HS Code|{columns}|Total", *[f"A{n} LTD|690721|{n}|{n * 7}|5|99" for n in range(2, 9)])
    assert layout.header_row == 1
    assert any(f"one {what} each" in question for question in layout.unclear)
    assert not {"value", "quantity"} & set(layout.columns)


def test_a_second_table_and_repeated_headers() -> None:
    header = ["IMPORTER", "SUPPLIER", "HS_CODE", "QTY"]
    row = ["A LTD", "B CO", "690721", "5"]
    pages = recognise(list(enumerate([header, row, row, header, row], 1)))
    assert any("repeat the header" in note and "4" in note for note in pages.notes)
    assert not pages.unclear
    tables = recognise(list(enumerate([header, row, row, [], ["EXPORTER", "BUYER", "HS CODE", "FOB USD"], row], 1)))
    assert any("another table begins in row 5" in question for question in tables.unclear)


def test_sheets_without_a_table_are_named_and_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Read me"
    cover.append(["Source: an example"])
    book.create_sheet("Empty")
    data = book.create_sheet("Export 2024")
    for line in (["COMPANY", "FOREIGN COMPANY", "HS_CODE", "QTY"], ["A LTD", "B CO LTD", "690721", 5]):
        data.append(line)
    book.save(tmp_path / "book.xlsx")
    found = layout_of(tmp_path / "book.xlsx")
    assert [(layout.name, layout.direction) for layout in found] == [("Export 2024", "export")]
    assert any("'Read me', 'Empty'" in note for note in found[0].notes)


def test_the_json_form() -> None:
    made = table("IMPORTER|SUPPLIER|HS_CODE|QTY|REMARK", "A LTD|B CO|690721|1|x", "A LTD|C CO|690721|2|y").as_dict()
    assert list(made) == ["kind", "header_row", "columns", "contacts", "unmapped", "direction", "notes"]
    assert made["unmapped"] == ["REMARK"]
    assert set(made["columns"]["hs_code"]) == {"source", "confidence"}  # type: ignore[index]


def test_every_mappable_column_is_declared() -> None:
    assert set(MAPPABLE) <= {column.name for column in SHIPMENTS.columns}


@pytest.mark.shared
@pytest.mark.parametrize(
    "entry", tomllib.loads((HERE / "vendor_layouts.toml").read_text("utf-8"))["layout"], ids=lambda e: e["file"]
)
def test_real_files(entry: dict[str, str], shared_data: Path) -> None:
    layout = layout_of(shared_data / "trade" / entry["file"])[0]
    expected: dict[str, set[str]] = {}
    required = set()
    for line in entry["columns"].strip().splitlines():
        header, answer = (part.strip() for part in line.rsplit("|", 1))
        if answer != "-":
            expected.setdefault(answer.rstrip("~?"), set()).add(header)
            required |= {answer.rstrip("~")} - {answer.rstrip("?") + "?"}
    assert layout.kind == "shipments"
    assert layout.direction == entry["direction"]
    assert {c: m.source for c, m in layout.columns.items() if m.source not in expected.get(c, ())} == {}
    assert required <= set(layout.columns)
    assert layout.header_row == entry["header_row"]


@pytest.mark.parametrize(
    ("cif", "fob"),
    [
        ("CIF_VALUE_USD", "FOB_VALUE_USD"),
        ("CIF VALUE (USD)", "FOB (USD)"),
        ("CIF US$", "FOB VALUE US$"),
        ("TOTAL CIF USD", "TOTAL FOB VALUE USD"),
        ("VALOR CIF DOLARES", "VALOR FOB DOLARES"),
        ("U$S CIF", "U$S FOB TOTAL"),
    ],
)
def test_imports_count_cif_and_exports_fob_however_the_two_are_written(cif: str, fob: str) -> None:
    rows = ("A LTD|B CO|690721|120.5|111.2", "C LTD|B CO|850710|88.1|79.9", "D LTD|E CO|847130|310.4|288.0")
    for parties, expected in (("IMPORTER_NAME|SUPPLIER_NAME", cif), ("EXPORTER_NAME|BUYER_NAME", fob)):
        assert sources(table(f"{parties}|HS_CODE|{cif}|{fob}", *rows))["value_usd"] == expected


def reached(*lines: str) -> dict[str, tuple[str, ...]]:
    """The columns of each side's telephone and mail."""
    found = table(*lines).contacts
    return {name: (mapped.source, *(source for source, _ in mapped.more)) for name, mapped in found.items()}


def test_telephone_and_mail_stand_apart_from_the_other_columns() -> None:
    """Numbers of a party are read in every language of the lexicon, joined where there are several, and never in `columns`."""
    lines = ("SHIPPER NAME|CONSIGNEE NAME|CONSIGNEE PHONE|CONSIGNEE EMAIL|CONSIGNEE CONTACT|HS CODE|GOODS|DATE",
             "A Ltd|B LLC|+971 697 5852358|probe@example.com|Mr Probny|847130|laptops|2020-01-01")  # fmt: skip
    assert reached(*lines) == {"consignee_contact": ("CONSIGNEE PHONE", "CONSIGNEE EMAIL")}
    made = table(*lines)
    assert not [name for name in made.columns if name.endswith("_contact")]
    assert made.unmapped == ("CONSIGNEE CONTACT",)
    assert made.as_dict()["contacts"] == {
        "consignee_contact": {"source": "CONSIGNEE PHONE", "confidence": 0.97, "more": ["CONSIGNEE EMAIL"]}
    }
    assert Layout.from_mapping(made.to_mapping(), made.header).contacts.keys() == made.contacts.keys()
    chinese = ("发货人|发货人电话|收货人|收货人电话|HS编码|商品名称|日期", "甲 Ltd|0755-88881234|B LLC|+7 495 123 45 67|847130|laptop|2020-01-01")  # fmt: skip
    assert reached(*chinese) == {"shipper_contact": ("发货人电话",), "consignee_contact": ("收货人电话",)}
    turkish = ("Gönderici|Alıcı|Alıcı Telefon|GTİP|Eşya tanımı|Tarih", "A Ltd|B LLC|0312 123 45 67|847130|laptop|2020-01-01")  # fmt: skip
    assert reached(*turkish) == {"consignee_contact": ("Alıcı Telefon",)}


def test_a_telephone_without_a_party_belongs_to_the_party_before_it() -> None:
    lines = ("Отправитель|Тел.|Получатель|Адрес получателя|Телефон|Эл. почта|Код ТН ВЭД|Описание товара|Дата",
             "A Ltd|86-755-8888123|ООО Пробный|Москва, ул. Пробная 1|8 (495) 123-45-67|i@example.com|8471300000|ноутбуки|01.02.2020")  # fmt: skip
    assert reached(*lines) == {"shipper_contact": ("Тел.",), "consignee_contact": ("Телефон", "Эл. почта")}
    at_home = ("HS CODE|PHONE|IMPORTER|SUPPLIER|DATE", "847130|9810012345.0|A Ltd|B LLC|2020-01-01")
    assert reached(*at_home) == {"consignee_contact": ("PHONE",)}
    nobody = ("HS CODE|PHONE|SHIPPER|CONSIGNEE|DATE", "847130|9810012345.0|A Ltd|B LLC|2020-01-01")
    assert reached(*nobody) == {}


def test_where_goods_of_a_customs_service_leave() -> None:
    """By the country that reports, or by a word that one country's customs alone writes."""
    hub = table("REPORTING COUNTRY|EXPORTER|FOREIGN BUYER|DESTINATION|HS CODE|DATE|FOB VALUE USD", "India|A Ltd|B LLC|Iran|847130|2020-01-01|5")  # fmt: skip
    assert (hub.direction, hub.columns["dispatch_country"].source) == ("export", "REPORTING COUNTRY")
    turkish = table("İHRACATÇI UNVANI|ALICI UNVANI|VARIŞ ÜLKESİ|GTİP|TİCARİ TANIM|NET KG", "A Ltd Sti|B LLC|İRAN|847130000000|laptop|5")  # fmt: skip
    assert (turkish.direction, turkish.fixed["dispatch_country"]) == ("export", "TR")
