"""What stands around a table in real files: titles, groups, notes, sheets, encodings, delimiters, archives."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from entrepot.readers.layout import Layout, layout_of

CANONICAL = (
    "declaration_no", "date", "consignee_name", "shipper_name", "hs_code", "goods_text", "quantity", "quantity_unit",
    "net_kg", "gross_kg", "value_usd", "origin_country",
)  # fmt: skip
ENGLISH = (
    "DECLARATION_NO", "DATE", "IMPORTER_NAME", "SUPPLIER_NAME", "HS_CODE", "GOODS_DESCRIPTION", "QUANTITY", "UNIT",
    "NET_WEIGHT_KG", "GROSS_WEIGHT_KG", "CIF_VALUE_USD", "ORIGIN_COUNTRY",
)  # fmt: skip
RUSSIAN = (
    "Номер декларации", "Дата", "Получатель", "Отправитель", "Код ТН ВЭД", "Описание товара", "Количество", "Ед. изм.",
    "Вес нетто, кг", "Вес брутто, кг", "Статистическая стоимость, USD", "Страна происхождения",
)  # fmt: skip
TURKISH = (
    "Beyanname No", "Tescil Tarihi", "İthalatçı Ünvanı", "Gönderici Ünvanı", "GTİP", "Eşya Tanımı", "Miktar", "Ölçü Birimi",
    "Net Ağırlık (kg)", "Brüt Ağırlık (kg)", "İstatistiki Kıymet USD", "Menşe Ülke",
)  # fmt: skip
CHINESE = (
    "报关单号",
    "日期",
    "进口商",
    "供应商",
    "海关编码",
    "商品描述",
    "数量",
    "单位",
    "净重",
    "毛重",
    "美元金额",
    "原产国",
)

SHIPPERS = (
    "SHENZHEN SAMPLE ELECTRONICS CO LTD",
    "EXAMPLE MASCHINEN GMBH",
    "FICTION CERAMICHE S P A",
    "NOVA IMAGINARIA SL",
)
NAMES: dict[tuple[str, ...], tuple[str, ...]] = {
    ENGLISH: ("LAKESIDE TRADING LTD", "NORTH GATE SUPPLIES LIMITED", "BLUE HERON IMPEX"),
    RUSSIAN: ("ООО СЕВЕРНЫЙ КЕДР", "ООО ВЫМЫСЕЛ ТРЕЙД", "АО ГОРИЗОНТ ПЛЮС"),
    TURKISH: ("ÖRNEK DIŞ TİCARET LTD. ŞTİ.", "YILDIZKAYA MAKİNA SAN. VE TİC. A.Ş.", "HAYALİ TEKSTİL SANAYİ A.Ş."),
    CHINESE: ("虚构贸易有限公司", "示例电子科技有限公司", "江南想象进出口有限公司"),
}
CODES = ("6907210010", "8542319000", "8413604100", "6109100010", "8482101000", "9405210000")
GOODS = (
    "CERAMIC TILES 60X60",
    "INTEGRATED CIRCUITS",
    "HYDRAULIC PUMP",
    "COTTON T-SHIRTS",
    "BALL BEARINGS 6204",
    "LED LAMPS",
)
COUNTRIES = ("CHINA", "GERMANY", "ITALY", "SPAIN", "INDIA")

Row = list[object]


def table(
    headers: Sequence[str] = ENGLISH, day: Callable[[date], object] = lambda d: d.strftime("%d/%m/%Y")
) -> list[Row]:
    """Thirty lines of imports; the same every time."""
    names = NAMES.get(tuple(headers), NAMES[ENGLISH])
    rows: list[Row] = []
    for at in range(30):
        quantity, net = 10 + 7 * at, round(3.7 * (at + 1) * (1 + at % 3), 2)
        rows.append([
            f"2024{1_000_003 * (at // 2 + 1) % 10**8:08d}", day(date(2024, 1, 1) + timedelta(days=9 * (at // 2))),
            names[at // 2 % len(names)], SHIPPERS[at // 2 % len(SHIPPERS)], CODES[at % 6], f"{GOODS[at % 6]} {at}", quantity,
            "KGS", net, round(1.07 * net, 2), round(net * (4 + at % 5), 2), COUNTRIES[at % len(COUNTRIES)],
        ])  # fmt: skip
    return rows


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> Path:
    """A workbook; `merged` are ranges of its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    book.save(path)
    return path


def delimited(rows: Sequence[Sequence[object]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Delimited text."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def only(path: Path) -> Layout:
    """The layout of a file that holds one table."""
    (layout,) = layout_of(path)
    return layout


def sources(layout: Layout) -> dict[str, str]:
    """Canonical column to its header, white space made single."""
    return {name: " ".join(mapped.source.split()) for name, mapped in layout.columns.items()}


SHEETS: dict[str, tuple[int, dict[str, Sequence[Sequence[object]]], Sequence[str]]] = {
    "titles with company names, header in row 8": (
        8,
        {"Report": [["GLOBAL SAMPLE DATA PRIVATE LIMITED"], ["Importer report for LAKESIDE TRADING LTD, 12 Fiction Road"], [],
                    ["Period:", "01/01/2024", "to", "31/12/2024"], ["Product:", "CERAMIC TILES"],
                    ["HS code: 6907, country: all"], [], ENGLISH, *table()]},
        (),
    ),
    "filters of words that are headers too": (
        6,
        {"S": [["HS Code", ":", "8413"], ["Date", ":", "01/01/2024 - 31/12/2024"], ["Origin Country", ":", "ALL"],
               ["Importer", ":", "ALL"], [], ENGLISH, *table()]},
        (),
    ),
    "a second header row in another language": (1, {"S": [ENGLISH, RUSSIAN, *table()]}, ()),
    "numbers of the columns under the header": (1, {"S": [ENGLISH, [str(at) for at in range(1, 13)], *table()]}, ()),
    "a total and notes below": (
        1,
        {"S": [ENGLISH, *table(), ["TOTAL", *[None] * 9, 123456.7, None], [], ["Source: customs. Data may contain errors."]]},
        (),
    ),
    "a cover and a legend": (
        1,
        {"Cover": [["SAMPLE DATA SERVICES"], ["Customs records"]], "Import data": [ENGLISH, *table()],
         "Legend": [["Field", "Meaning"], ["HS_CODE", "tariff code"], ["DATE", "date of declaration"]]},
        (),
    ),
    "empty rows above and empty columns before and between": (
        3,
        {"S": [[], [], [None, None, *ENGLISH[:4], None, *ENGLISH[4:]],
               *([None, None, *row[:4], None, *row[4:]] for row in table())]},
        (),
    ),
    "the header again on every page": (
        2,
        {"S": [["Register of bills of entry"], ENGLISH, *table()[:12], ["Subtotal", *[None] * 9, 55.5, None], ENGLISH,
               *table()[12:20], ENGLISH, *table()[20:]]},
        (),
    ),
    "dates as serial numbers of a spreadsheet": (
        1, {"S": [ENGLISH, *table(day=lambda d: (d - date(1899, 12, 30)).days)]}, (),
    ),
    "dates as dates": (1, {"S": [ENGLISH, *table(day=lambda d: d)]}, ()),
}  # fmt: skip


@pytest.mark.parametrize("what", SHEETS)
def test_what_stands_around_a_table_in_a_workbook(what: str, tmp_path: Path) -> None:
    header_row, sheets, merged = SHEETS[what]
    layout = only(workbook(tmp_path / "file.xlsx", sheets, merged))
    assert (layout.kind, layout.direction, layout.header_row) == ("shipments", "import", header_row)
    assert sources(layout) == dict(zip(CANONICAL, ENGLISH, strict=True))


def test_groups_above_the_header(tmp_path: Path) -> None:
    groups = ["Declaration", None, "Parties", None, "Goods", None, None, None, "Weight (kg)", None, "Value", "Origin"]
    headers = [
        "Number", "Date", "Importer", "Exporter", "HS code", "Description", "Quantity", "Unit", "Net", "Gross", "CIF USD",
        "Country",
    ]  # fmt: skip
    merged = ("A2:B2", "C2:D2", "E2:H2", "I2:J2")
    layout = only(workbook(tmp_path / "file.xlsx", {"S": [["Imports 2024"], groups, headers, *table()]}, merged))
    assert (layout.kind, layout.direction, layout.header_row) == ("shipments", "import", 3)
    assert sources(layout) == dict(zip(CANONICAL, headers, strict=True))


def test_headers_in_two_languages_with_breaks_and_units_in_brackets(tmp_path: Path) -> None:
    english = (
        "Declaration No.", "Date", "Importer", "Supplier", "HS Code", "Description of goods", "Quantity (pcs)", "Unit",
        "Net weight [kg]", "Gross weight [kg]", "CIF value (US$)", "Country of origin",
    )  # fmt: skip
    headers = [f"{one}\n{other} " for one, other in zip(english, RUSSIAN, strict=True)]
    layout = only(workbook(tmp_path / "file.xlsx", {"S": [headers, *table()]}))
    assert sources(layout) == {name: " ".join(header.split()) for name, header in zip(CANONICAL, headers, strict=True)}


@pytest.mark.parametrize(
    ("headers", "delimiter", "encoding"),
    [
        (ENGLISH, ";", "utf-8-sig"),
        (ENGLISH, "\t", "utf-8"),
        (ENGLISH, "|", "utf-8"),
        (RUSSIAN, ";", "cp1251"),
        (TURKISH, ";", "cp1254"),
        (CHINESE, ",", "gb18030"),
        (RUSSIAN, "\t", "utf-16"),
    ],
)
def test_delimiters_and_encodings(headers: tuple[str, ...], delimiter: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(delimited([headers, *table(headers)], delimiter, csv.QUOTE_ALL).encode(encoding))
    layout = only(path)
    assert (layout.kind, layout.direction, layout.header_row) == ("shipments", "import", 1)
    assert sources(layout) == dict(zip(CANONICAL, headers, strict=True))


def test_archives_hold_the_same_table(tmp_path: Path) -> None:
    plain = delimited([ENGLISH, *table()]).encode()
    packed, zipped = tmp_path / "file.csv.gz", tmp_path / "file.zip"
    packed.write_bytes(gzip.compress(plain))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("README.txt", "Sample customs data.\n")
        archive.writestr("data/imports.csv", plain)
    for path in (packed, zipped):
        assert sources(only(path)) == dict(zip(CANONICAL, ENGLISH, strict=True))


def test_lines_of_json_and_a_line_that_names_the_delimiter(tmp_path: Path) -> None:
    lines, named = tmp_path / "file.jsonl", tmp_path / "file.csv"
    lines.write_text("\n".join(json.dumps(dict(zip(ENGLISH, row, strict=True))) for row in table()), "utf-8")
    named.write_text("sep=;\r\n" + delimited([ENGLISH, *table()], ";"), "utf-8")
    for path in (lines, named):
        assert sources(only(path)) == dict(zip(CANONICAL, ENGLISH, strict=True))


def test_two_sheets_of_opposite_directions(tmp_path: Path) -> None:
    picked = [[row[at] for at in (2, 4, 5, 6, 10, 11)] for row in table()]
    sheets: dict[str, Sequence[Sequence[object]]] = {
        "Import": [["IMPORTER", "HS", "DESCRIPTION", "QTY", "CIF USD", "ORIGIN"], *picked],
        "Export": [["EXPORTER", "HS", "DESCRIPTION", "QTY", "FOB USD", "DESTINATION"], *picked],
    }
    found = layout_of(workbook(tmp_path / "file.xlsx", sheets))
    assert [layout.direction for layout in found] == ["import", "export"]
    assert [sources(layout).get("consignee_name") for layout in found] == ["IMPORTER", None]


def test_names_that_span_both_rows_of_a_header(tmp_path: Path) -> None:
    above = [
        "Declaration No", "Date", "Exporter", "Buyer", "HS Code", "Description", "Quantity", None, "Weight, kg", None,
        "FOB USD", "Destination country",
    ]  # fmt: skip
    below = [*[None] * 6, "Number", "Unit", "Net", "Gross", None, None]
    merged = [f"{column}1:{column}2" for column in "ABCDEFKL"] + ["G1:H1", "I1:J1"]
    for cells in ((), merged):
        layout = only(workbook(tmp_path / "file.xlsx", {"S": [above, below, *table()]}, cells))
        assert (layout.direction, layout.header_row, layout.data_row) == ("export", 2, 3)
        found = sources(layout)
        assert (found["quantity"], found["quantity_unit"]) == ("Number", "Unit")
        assert (found["net_kg"], found["gross_kg"]) == ("Net", "Gross")


def test_a_row_of_units_under_the_header_says_the_currency(tmp_path: Path) -> None:
    headers = [header.removesuffix("_KG").removesuffix("_USD") for header in ENGLISH]
    units = [*[None] * 8, "kg", "lb", "USD", None]
    layout = only(workbook(tmp_path / "file.xlsx", {"S": [headers, units, *table()]}))
    assert (layout.header_row, layout.data_row) == (1, 3)
    assert sources(layout)["value_usd"] == "CIF_VALUE"
    assert (layout.columns["net_kg"].unit, layout.columns["gross_kg"].unit) == ("kg", "lb")
    assert any("row 2 gives units" in note for note in layout.notes)


def test_an_address_belongs_to_the_party_before_it(tmp_path: Path) -> None:
    headers = (
        "Fecha",
        "Importador",
        "RUC",
        "Dirección",
        "Proveedor",
        "Dirección",
        "Despachante",
        "Dirección",
        "U$S CIF",
    )
    streets = ("CALLE FICTICIA 12, CIUDAD EJEMPLO", "NO. 8 EXAMPLE STREET, SHENZHEN", "AV RELATO 9, ASUNCION")
    rows = [
        [row[1], row[2], f"80{at % 4:06d}-1", f"{streets[0]} {at % 4}", row[3], f"{streets[1]} {at % 4}", "SWIFT CLEARING",
         streets[2], row[10]]
        for at, row in enumerate(table())
    ]  # fmt: skip
    layout = only(workbook(tmp_path / "file.xlsx", {"S": [headers, *rows]}))
    found = {name: mapped.index for name, mapped in layout.columns.items()}
    assert (found["consignee_address"], found["shipper_address"]) == (3, 5)
    assert "Dirección (3)" in layout.unmapped


def test_day_month_and_year_apart_come_before_the_date_of_another_document(tmp_path: Path) -> None:
    headers = ("DIA", "MES", "AÑO", "IMPORTADOR", "PROVEEDOR", "PARTIDA", "FECHA DOC. TRANSPORTE", "US$ CFR", "US$ CIF")
    rows = [
        [1 + at % 28, 1 + at % 12, 2024, row[2], row[3], row[4], f"{1 + at % 28:02d}/01/2024", row[9], row[10]]
        for at, row in enumerate(table())
    ]
    layout = only(workbook(tmp_path / "file.xlsx", {"S": [headers, *rows]}))
    assert sources(layout)["date"] == "MES"
    assert [source for source, _ in layout.columns["date"].more] == ["AÑO", "DIA"]
    assert sources(layout)["value_usd"] == "US$ CIF"


def test_an_amount_whose_brackets_say_lakhs_is_left_out(tmp_path: Path) -> None:
    headers = ("DATE", "INDIAN EXPORTER", "FOREIGN IMPORTER", "HS CODE", "FOB (Rs. Lakh)")
    rows = [[row[1], row[2], row[3], row[4], row[10]] for row in table()]
    assert "value" not in only(workbook(tmp_path / "file.xlsx", {"S": [headers, *rows]})).columns


def test_the_country_named_like_a_party_is_that_partys(tmp_path: Path) -> None:
    headers = ("SB_NO", "DATE", "EXP_NAME", "IMP_NAME", "IMP_COUNTRY", "HSCODE", "COUNTRYDEST", "FOB USD")
    rows = [[row[0], row[1], row[2], row[3], row[11], row[4], row[11], row[10]] for row in table()]
    found = sources(only(workbook(tmp_path / "file.xlsx", {"S": [headers, *rows]})))
    assert (found["consignee_country"], found["destination_country"]) == ("IMP_COUNTRY", "COUNTRYDEST")
