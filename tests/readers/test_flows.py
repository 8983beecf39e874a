"""Shapes of trade statistics. The small files here are synthetic; their headers are those of the publishers."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from entrepot.errors import InputError, LayoutUnclear
from entrepot.model.tables.shipments import FLOWS
from entrepot.readers import flows
from entrepot.readers.files import parts
from entrepot.readers.reading import Reading


def _read(tmp_path: Path, text: str, name: str = "synthetic.csv", **options: object) -> Reading:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return flows.read(parts(file)[0], source_id="s", **options)  # type: ignore[arg-type]


def _flows(reading: Reading) -> list[dict[str, object]]:
    FLOWS.validate(reading.tables["flows"])
    return reading.tables["flows"].to_pylist()


COMTRADE = (
    "freqCode,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,"
    "partnerDesc,partner2Code,partner2ISO,classificationCode,cmdCode,cmdDesc,customsCode,motCode,motDesc,qtyUnitAbbr,qty,"
    "netWgt,cifvalue,fobvalue,primaryValue\n"
)


def test_comtrade_of_today(tmp_path: Path):
    reading = _read(
        tmp_path,
        COMTRADE
        + "M,2023,6,202306,51,ARM,Armenia,X,Export,643,RUS,Russian Federation,0,W00,H6,851713,Smartphones,C00,0,TOTAL MOT,u,2,1.5,,100.5,100.5\n"
        + "M,2023,6,202306,51,ARM,Armenia,M,Import,156,CHN,China,0,W00,H6,851713,Smartphones,C00,0,TOTAL MOT,u,5,0,90,80,90\n"
        + "M,2023,6,202306,51,ARM,Armenia,M,Import,0,W00,World,0,W00,H6,851713,Smartphones,C00,0,TOTAL MOT,u,5,3,90,80,90\n"
        + "M,2023,6,202306,51,ARM,Armenia,DX,Domestic Export,643,RUS,Russian Federation,0,W00,H6,851713,Phones,C00,0,TOTAL MOT,u,1,1,,50,50\n",
    )
    export, imported, world = _flows(reading)
    assert (export["reporter"], export["partner"], export["direction"]) == ("AM", "RU", "export")
    assert (export["valuation"], export["partner_role"], export["hs_edition"]) == ("FOB", "destination", "HS2022")
    assert (export["period_from"], export["period_to"], export["period_precision"]) == (
        date(2023, 6, 1),
        date(2023, 6, 30),
        "month",
    )
    assert (export["value"], export["currency"], export["value_usd"]) == (100.5, "USD", 100.5)
    assert (export["net_kg"], export["quantity"], export["quantity_unit"]) == (1.5, 2.0, "u")
    assert export["transport_mode"] is None
    assert export["partner_text"] == "Russian Federation"
    assert json.loads(str(export["original"]))["flowDesc"] == "Export"
    assert (imported["valuation"], imported["net_kg"], imported["aggregate"]) == ("CIF", None, 0)
    assert (world["partner"], world["aggregate"]) == ("W00", 1)
    assert reading.rejects.column("reason").to_pylist() == ["part_of_flow"]
    assert [(p["problem"], p["occurrences"]) for p in reading.problems.to_pylist()] == [("zero_for_unknown", 1)]
    assert (reading.rows_in, reading.rows_kept) == (4, 3)


def test_comtrade_json(tmp_path: Path):
    data = [
        {
            "refYear": 2022,
            "refMonth": 52,
            "period": "2022",
            "reporterCode": 417,
            "flowCode": "M",
            "partnerCode": 276,
            "classificationCode": "H6",
            "cmdCode": "TOTAL",
            "motCode": 0,
            "netWgt": None,
            "cifvalue": 12.5,
            "fobvalue": None,
            "primaryValue": 12.5,
        }
    ]
    lines = _read(tmp_path, "\n".join(json.dumps(row) for row in data) + "\n", "lines.jsonl")
    array = _read(tmp_path, json.dumps(data), "array.json")
    answer = {"elapsedTime": "0.5 secs", "count": 1, "data": data, "error": ""}
    flat = _read(tmp_path, json.dumps(answer), "answer.json")
    pretty = _read(tmp_path, json.dumps(answer, indent=2), "pretty.json")
    for reading in (lines, array, flat, pretty):
        (row,) = _flows(reading)
        assert (row["reporter"], row["partner"], row["hs_code"], row["hs_edition"]) == ("KG", "DE", "TOTAL", None)
        assert (row["period_from"], row["period_precision"], row["valuation"]) == (date(2022, 1, 1), "year", "CIF")


def test_comtrade_of_the_old_clients_with_modes_and_headings(tmp_path: Path):
    head = "year,month,period,trade_code,reporter,partner_code,partner_iso,partner,commodity_code,mot_code,mot_desc,QtyUnitAbbr,Qty,netweight_kg,trade_value_us,cifvalue,fobvalue\n"
    reading = _read(
        tmp_path,
        head
        + "2019,1,2019-01-01,M,Armenia,276,DEU,Germany,8703,3200,Road,u,2,4842,170,170,NA\n"
        + "2019,1,2019-01-01,M,Armenia,276,DEU,Germany,870323,3200,Road,u,2,4842,170,170,NA\n"
        + "2019,1,2019-01-01,M,Armenia,276,DEU,Germany,870323,9300,Self propelled goods,u,2,4842,30,30,NA\n"
        + '2019,1,2019-01-01,M,Armenia,_X,_X,"Areas, nes",870324,3200,Road,u,1,1,5,5,NA\n'
        + "2019,1,2019-01-01,M,Armenia,999,ATL,Atlantis,870324,3200,Road,N/A,1,1,5,5,NA\n",
    )
    rows = _flows(reading)
    assert [(r["hs_code"], r["transport_mode"], r["aggregate"]) for r in rows] == [
        ("8703", "road", 1),
        ("870323", "road", 0),
        ("870323", "own propulsion", 0),
        ("870324", "road", 0),
        ("870324", "road", 0),
    ]
    assert rows[0]["hs_edition"] == "HS2017"
    assert [rows[3]["partner"], rows[4]["partner"]] == [None, None]
    problems = [(p["problem"], p["value"], p["occurrences"]) for p in reading.problems.to_pylist()]
    assert problems == [("unknown_partner", "Atlantis", 1)], (
        "areas not specified are no problem, unknown ones are counted"
    )
    assert rows[4]["quantity_unit"] is None


@pytest.mark.parametrize(
    ("product", "flow", "procedure", "period", "first", "precision"),
    [
        ("Total", "EXPORT", "Total", "Aug. 2024", date(2024, 8, 1), "month"),
        ("TOTAL-Total", "2-EXPORT", "T-Total", "202152-Jan.-Dec. 2021", date(2021, 1, 1), "year"),
        ("Total", "EXPORTATION", "Total", "Jan.-Dec. 2010", date(2010, 1, 1), "year"),
        ("Total", "EXPORT", "Total", "202403-Mar. 2024", date(2024, 3, 1), "month"),
    ],
)
def test_eurostat_spellings(
    tmp_path: Path, product: str, flow: str, procedure: str, period: str, first: date, precision: str
):
    reading = _read(
        tmp_path,
        "REPORTER,PARTNER,PRODUCT,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUR\n"
        f'"European Union - 27 countries (AT, BE, BG)","Korea, Republic of (South Korea)","{product}","{flow}","{procedure}","{period}",10\n'
        f'"Germany","Kyrgyzstan","{product}","{flow}","{procedure}","{period}",7\n',
    )
    union, member = _flows(reading)
    assert (union["reporter"], union["partner"], union["hs_code"], union["direction"]) == (
        "EU27",
        "KR",
        "TOTAL",
        "export",
    )
    assert (union["period_from"], union["period_precision"]) == (first, precision)
    assert (union["currency"], union["value_usd"], union["valuation"]) == ("EUR", None, "FOB")
    assert (union["aggregate"], member["aggregate"]) == (1, 0), "the union sums reporters that stand beside it"


def test_comext_bulk(tmp_path: Path):
    reading = _read(
        tmp_path,
        "DECLARANT,DECLARANT_ISO,PARTNER,PARTNER_ISO,TRADE_TYPE,PRODUCT_NC,FLOW,STAT_REGIME,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_KG,SUP_QUANTITY\n"
        "004,DE,0083,KG,E,85423190,2,1,202304,1000,12.5,3\n"
        "004,DE,0083,KG,E,TOTAL,2,1,202304,5000,100,0\n"
        "009,GR,0083,KG,E,85XXXXXX,2,1,202304,5,1,0\n",
    )
    chip, total = _flows(reading)
    assert (chip["reporter"], chip["partner"], chip["hs_code"], chip["hs_edition"]) == (
        "DE",
        "KG",
        "85423190",
        "HS2022",
    )
    assert (chip["value"], chip["net_kg"], chip["quantity"], chip["aggregate"]) == (1000.0, 12.5, 3.0, 0)
    assert (total["hs_code"], total["aggregate"], total["quantity"]) == ("TOTAL", 1, None)
    assert reading.rejects.column("reason").to_pylist() == ["not_hs"]
    assert json.loads(reading.rejects.column("original")[0].as_py())["PRODUCT_NC"] == "85XXXXXX"


def test_eurostat_sdmx_with_indicators(tmp_path: Path):
    head = "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
    start = "ESTAT:DS-045409(1.0),01/02/24 11:00:00,M,DE,KG,8542,2"
    reading = _read(
        tmp_path,
        head
        + f"{start},VALUE_IN_EUROS,2023-04,1000,\n{start},QUANTITY_IN_100KG,2023-04,2.5,\n{start},SUPPLEMENTARY_QUANTITY,2023-04,7,\n",
    )
    value, weight = _flows(reading)
    assert (value["value"], value["net_kg"]) == (1000.0, None)
    assert (weight["value"], weight["net_kg"]) == (None, 250.0)
    assert value["period_from"] == date(2023, 4, 1)


def test_wits_in_thousands(tmp_path: Path):
    reading = _read(
        tmp_path,
        "Nomenclature,ReporterISO3,ProductCode,ReporterName,PartnerISO3,PartnerName,Year,TradeFlowName,TradeFlowCode,TradeValue in 1000 USD\n"
        "H4,KAZ,010121,Kazakhstan,RUS,Russian Federation,2015,Import,5,12.5\n",
    )
    (row,) = _flows(reading)
    assert (row["value"], row["hs_edition"], row["direction"], row["period_precision"]) == (
        12500.0,
        "HS2012",
        "import",
        "year",
    )


def test_baci(tmp_path: Path):
    reading = _read(tmp_path, "t,i,j,k,v,q\n2022,276,417,10121,1.5,0.25\n2022,276,417,854231,2,NA\n")
    horse, chip = _flows(reading)
    assert (horse["reporter"], horse["partner"], horse["direction"], horse["hs_code"]) == (
        "DE",
        "KG",
        "export",
        "010121",
    )
    assert (horse["value"], horse["net_kg"], horse["valuation"]) == (1500.0, 250.0, "FOB")
    assert chip["net_kg"] is None


def test_parquet_of_names_keeps_row_numbers(tmp_path: Path):
    file = tmp_path / "synthetic.parquet"
    table = pa.table(
        {
            "year": [2001, 2001, 2021],
            "flow": ["Export", "Re-Export", "Sideways"],
            "reporter": ["Oman", "Oman", "Oman"],
            "partner": ["Fmr USSR", "World", "India"],
            "cmd": ["99", "03", "03"],
            "trade_value_usd": [1040.0, 2.0, 3.0],
        }
    )
    pq.write_table(table, file)
    reading = flows.read(parts(file)[0], source_id="s")
    first, second = _flows(reading)
    assert (first["row_number"], first["partner"], first["hs_edition"], first["aggregate"]) == (2, "SUHH", "HS1996", 1)
    assert (second["direction"], second["partner"]) == ("re-export", "W00")
    assert reading.rejects.to_pylist()[0]["row_number"] == 4
    assert reading.rejects.to_pylist()[0]["reason"] == "unknown_direction"


def test_a_national_table_gives_several_flows_a_row(tmp_path: Path):
    partners = ["Russia", "Georgia", "Iran", "China", "Germany"]
    text = "country,year,month,export,import_origin,import_consignment\n" + "".join(
        f"{partner},2023,{month},{month}.5,0,-\n" for partner in partners for month in (1, 2)
    )
    reading = _read(tmp_path, text, "armenia_synthetic.csv", currency="USD", factor=1000)
    rows = _flows(reading)
    assert len(rows) == 20
    assert [(r["flow_id"], r["direction"], r["partner_role"], r["value"]) for r in rows[:2]] == [
        ("s:2:export", "export", "destination", 1500.0),
        ("s:2:import-origin", "import", "origin", 0.0),
    ]
    assert rows[0]["reporter"] == "AM"
    assert "reporter AM is taken from the file name" in reading.notes[0]
    assert rows[0]["valuation"] is None


def test_an_annual_sum_beside_its_months_is_an_aggregate(tmp_path: Path):
    text = "country,year,timeperiod,export\nIran,2023,1,5\nIran,2023,2,6\nIran,2023,Year,11\n"
    rows = _flows(_read(tmp_path, text, reporter="AM", currency="USD"))
    assert [(r["period_precision"], r["aggregate"]) for r in rows] == [("month", 0), ("month", 0), ("year", 1)]


def test_a_national_table_without_currency_has_none(tmp_path: Path):
    reading = _read(tmp_path, "country,year,month,export\nIran,2023,1,5\n", reporter="Armenia")
    (row,) = _flows(reading)
    assert (row["value"], row["currency"], row["value_usd"]) == (5.0, None, None)
    assert "unknown_currency" in reading.problems.column("problem").to_pylist()


def test_nobody_reports(tmp_path: Path):
    with pytest.raises(LayoutUnclear, match="which country reports"):
        _read(tmp_path, "country,year,month,export\nIran,2023,1,5\n")


def test_an_unknown_reporter_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="the reporter is no country"):
        _read(tmp_path, "country,year,month,export\nIran,2023,1,5\n", reporter="Atlantis")


def _workbook(path: Path, rows: list[list[object]]) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_cyrillic_table_of_exports_and_imports(tmp_path: Path):
    names = ["Армения", "Беларусь", "Кыргызстан", "Россия", "Китай", "Германия"]
    rows: list[list[object]] = [
        [" Основные показатели внешней торговли Республики Казахстан"],
        ["за январь-декабрь 2021 года"],
        [],
        [None, None, None, None, "тыс. долларов США"],
        ["Наименование области", "Товарооборот", None, "экспорт", None, "импорт", None],
        [None, "Всего", "удельный вес страны, %", "Всего", "удельный вес, %", "Всего", "удельный вес, %"],
        ["Всего", 30, 100, 20, 100, 10, 100],
        ["Страны ЕАЭС", 30, 100, 20, 100, 10, 100],
        *[[name, 3 + i, 9.5, 2 + i, 1.5, 1.25, 2.5] for i, name in enumerate(names)],
        ["Литва", 1, 1, None, None, 1, 1],
        ["1) По данным таможни"],
    ]
    part = parts(_workbook(tmp_path / "synthetic.xlsx", rows))[0]
    assert flows.recognise(part) == "flows-national"
    reading = flows.read(part, source_id="s")
    found = _flows(reading)
    assert {r["reporter"] for r in found} == {"KZ"}
    russia = [r for r in found if r["partner"] == "RU"]
    assert [(r["direction"], r["value"], r["currency"]) for r in russia] == [
        ("export", 5000.0, "USD"),
        ("import", 1250.0, "USD"),
    ]
    assert (russia[0]["period_from"], russia[0]["period_precision"]) == (date(2021, 1, 1), "year")
    assert {r["partner"] for r in found if r["aggregate"]} == {"W00", "EAEU"}
    assert [r["direction"] for r in found if r["partner"] == "LT"] == ["import"]
    assert reading.rejects.column("reason").to_pylist() == ["no_figures"]
    assert reading.rows_in == 10


def test_a_table_of_years_in_three_languages(tmp_path: Path):
    names = [
        ("Австрия", "Austria"),
        ("Беларусь", "Belarus"),
        ("Болгария", "Bulgaria"),
        ("Россия", "Russia"),
        ("Китай", "China"),
    ]
    rows: list[list[object]] = [
        [
            "4.03.00.18: Товарларды экспорту",
            "4.03.00.18: Географическое распределение экспорта",
            "Geographic distribution of exports",
        ],
        ["(миң АКШ доллары)", "(тыс. долларов США)", "(thousand US dollars)"],
        [],
        [None, None, None, 2021, 2022, 2023],
        ["Бардыгы", "Всего", "Total", 10.5, 20, 30],
        *[[name, name, english, "-", 1.5, f"{i},5"] for i, (name, english) in enumerate(names)],
        ["Неопределенная страна", "Неопределенная страна", "Undefined country", 1, 1, 1],
    ]
    part = parts(_workbook(tmp_path / "synthetic.xlsx", rows))[0]
    with pytest.raises(LayoutUnclear):
        flows.read(part, source_id="s")
    reading = flows.read(part, source_id="s", named="/data/kyrgyzstan_data/4.03.00.18.xlsx")
    found = _flows(reading)
    assert {(r["reporter"], r["direction"], r["currency"]) for r in found} == {("KG", "export", "USD")}
    russia = [r for r in found if r["partner"] == "RU"]
    assert [(r["flow_id"], r["period_from"], r["value"]) for r in russia] == [
        ("s:9:export:2022", date(2022, 1, 1), 1500.0),
        ("s:9:export:2023", date(2023, 1, 1), 3500.0),
    ]
    assert reading.problems.num_rows == 0


def test_a_table_by_goods_is_not_taken_for_countries(tmp_path: Path):
    rows: list[list[object]] = [
        ["Экспорт основных видов товаров"],
        ["(тыс.долларов США)"],
        [None, 2021, 2022],
        *[
            [goods, 1.5, 2.5]
            for goods in ("Крупный рогатый скот", "Молоко", "Овощи", "Фрукты", "Табак", "Хлопок", "Золото")
        ],
    ]
    part = parts(_workbook(tmp_path / "synthetic.xlsx", rows))[0]
    assert flows.recognise(part) is None
    with pytest.raises(InputError, match="not recognised as trade statistics"):
        flows.read(part, source_id="s")


@pytest.mark.parametrize(
    "text",
    [
        "Date,Consignee,Country,Import value,HS Code,Flow\n2023-01-01,X LLC,Russia,5,854231,Import\n",
        "country,population\nIran,5\n",
        "a,b,c\n1,2,3\n",
    ],
)
def test_other_tables_are_not_taken(tmp_path: Path, text: str):
    file = tmp_path / "x.csv"
    file.write_text(text)
    assert flows.recognise(parts(file)[0]) is None


def test_bad_rows_are_counted_and_none_is_lost(tmp_path: Path):
    reading = _read(
        tmp_path,
        "reporter,partner,flow,period,cmdCode,value\n"
        "Armenia,Russia,X,202306,8542,1 234.5\n"
        "Armenia,Russia,X,202313,8542,5\n"
        "Atlantis,Russia,X,202306,8542,5\n"
        "Armenia,Russia,X,202306,85A2,5\n"
        "Armenia,Russia,X,202306,8542,\n"
        "Armenia,Russia,X,202306,8542,many\n"
        "Armenia,Russia,X,202306\n"
        "\n"
        "Armenia,Russia,X,202306,8542,7,more\n",
        currency="USD",
    )
    rows = _flows(reading)
    assert [r["value"] for r in rows] == [1234.5, 5.0]
    assert rows[1]["period_precision"] == "year", "month 13 is a year in Comext"
    reasons = dict(
        zip(reading.rejects.column("row_number").to_pylist(), reading.rejects.column("reason").to_pylist(), strict=True)
    )
    assert reasons == {
        4: "unknown_reporter",
        5: "not_hs",
        6: "no_figures",
        7: "no_figures",
        8: "too_few_cells",
        10: "too_many_cells",
    }
    assert reading.rows_in == 8


def test_a_decimal_comma_is_read_by_the_column(tmp_path: Path):
    reading = _read(
        tmp_path,
        "reporter;partner;flow;period;cmdCode;value\nArmenia;Russia;X;202306;8542;1.234,56\nArmenia;Russia;X;202307;8542;7.000,00\n",
        currency="USD",
    )
    assert [r["value"] for r in _flows(reading)] == [1234.56, 7000.0]


def test_reading_twice_gives_the_same(tmp_path: Path):
    text = COMTRADE + "".join(
        f"M,2023,{m},2023{m:02d},51,ARM,Armenia,X,Export,643,RUS,Russian Federation,0,W00,H6,85{n:02d},x,C00,0,TOTAL MOT,u,2,1.5,,{n}.5,{n}.5\n"
        for m in range(1, 13)
        for n in range(1, 40)
    )
    assert _read(tmp_path, text).tables["flows"].equals(_read(tmp_path, text).tables["flows"])
