"""The real statistics files: row counts, directions, valuation, periods, editions, totals that can be checked by hand."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from entrepot.model.tables.shipments import FLOWS
from entrepot.readers import flows
from entrepot.readers.files import parts
from entrepot.readers.reading import Reading

pytestmark = pytest.mark.shared


def _read(file: Path, part: int = 0) -> Reading:
    reading = flows.read(parts(file)[part], source_id="s", named=str(file))
    FLOWS.validate(reading.tables["flows"])
    return reading


def _only(table: pa.Table, **equal: object) -> pa.Table:
    for name, value in equal.items():
        table = table.filter(pc.equal(table.column(name), pa.scalar(value)))
    return table


def test_smartphones_of_armenia(shared_data: Path):
    reading = _read(shared_data / "trade/armenia/mobile_phone_reexports.csv")
    assert (reading.rows_in, reading.rows_kept) == (286, 286)
    table = _only(reading.tables["flows"], partner="RU", direction="export")
    assert pc.min(table.column("period_from")).as_py() == date(2022, 5, 1)
    january = _only(table, period_from=date(2024, 1, 1)).to_pylist()[0]
    assert january["value_usd"] == pytest.approx(78.8e6, rel=0.001)
    assert (january["valuation"], january["hs_edition"], january["hs_code"]) == ("FOB", "HS2022", "851713")


def test_vehicles_of_armenia(shared_data: Path):
    reading = _read(shared_data / "trade/armenia/vehicle_trade_armenia.csv")
    table = reading.tables["flows"]
    assert table.num_rows == 10_405
    assert set(table.column("hs_edition").unique().to_pylist()) == {"HS2017", "HS2022"}
    month = _only(table, partner="RU", direction="export", period_from=date(2023, 6, 1))
    heading = pc.sum(_only(month, aggregate=1).column("value")).as_py()
    detail = pc.sum(_only(month, aggregate=0).column("value")).as_py()
    assert heading == pytest.approx(detail), "the heading is the sum of its subheadings and marked as such"


def test_national_statistics_of_armenia(shared_data: Path):
    reading = _read(shared_data / "trade/armenia/arm_trade_country.csv")
    table = reading.tables["flows"]
    assert (reading.rows_in, table.num_rows) == (28_367, 3 * 28_367)
    assert set(table.column("partner_role").unique().to_pylist()) == {"destination", "origin", "consignment"}
    assert table.column("reporter").unique().to_pylist() == ["AM"]
    assert table.column("currency").unique().to_pylist() == [None]


@pytest.mark.parametrize(("folder", "partner"), [("armenia_export_eurostat", "AM"), ("kyrgyz_export_eurostat", "KG")])
def test_eurostat_by_month(shared_data: Path, folder: str, partner: str):
    files = sorted((shared_data / "trade/eu_to_caucasus" / folder).glob("*.csv"))
    months = set()
    for file in files[::12]:
        table = _read(file).tables["flows"]
        assert table.column("partner").unique().to_pylist() == [partner]
        assert table.column("currency").unique().to_pylist() == ["EUR"]
        assert table.column("valuation").unique().to_pylist() == ["FOB"]
        assert set(_only(table, aggregate=1).column("reporter").to_pylist()) <= {"EU27", "EU", "EUROAREA", "EUROAREA20"}
        months |= set(table.column("period_from").to_pylist())
    assert len(months) == len(files[::12])


def test_eurostat_by_year(shared_data: Path):
    for file in sorted((shared_data / "trade/eu_to_caucasus/eu_year_export").glob("*.csv"))[::5]:
        reading = _read(file)
        assert reading.tables["flows"].column("reporter").unique().to_pylist() == ["EU27"]
        assert reading.tables["flows"].column("period_precision").unique().to_pylist() == ["year"]
        assert reading.rejects.num_rows == 0


def test_kazakh_and_kyrgyz_offices(shared_data: Path):
    folder = shared_data / "trade/eu_to_caucasus"
    kazakh = _read(next((folder / "kazakhstan_data").glob("*_2022.xls")))
    table = kazakh.tables["flows"]
    assert table.column("reporter").unique().to_pylist() == ["KZ"]
    total = _only(table, partner="W00", direction="export").to_pylist()[0]
    assert total["value"] == pytest.approx(84_593_070_081.31)
    kyrgyz = _read(next((folder / "kyrgyzstan_data").glob("4.03.00.20*.xlsx")))
    germany = _only(kyrgyz.tables["flows"], partner="DE", direction="import")
    assert germany.num_rows > 20
    assert germany.column("currency").unique().to_pylist() == ["USD"]
    for other in ("4.03.00.10*", "4.03.00.12*", "4.03.00.27*", "export_2023*", "4.02*"):
        assert flows.recognise(parts(next((folder / "kyrgyzstan_data").glob(other)))[0]) is None


@pytest.mark.slow
def test_two_million_rows_of_comtrade(shared_data: Path):
    reading = _read(shared_data / "trade/comtrade_hs2/comtrade_hs2_1990_2021.parquet")
    table = reading.tables["flows"]
    assert (reading.rows_in, table.num_rows) == (2_050_346, 2_050_346)
    assert pc.sum(pc.equal(table.column("partner"), "W00")).as_py() == 70_078
    assert table.column("flow_id")[0].as_py() == "s:2"


def test_customs_records_are_not_statistics(shared_data: Path):
    for file in (shared_data / "trade/vendor_layouts").glob("*.xlsx"):
        assert all(flows.recognise(part) is None for part in parts(file)), file.name
    for name in ("eia_company_imports/companylevelimports.parquet", "korea_declarations/df_syn_valid_eng.csv"):
        assert flows.recognise(parts(shared_data / "trade" / name)[0]) is None
