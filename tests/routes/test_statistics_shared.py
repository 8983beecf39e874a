"""Statistics on the real files: months and magnitudes that can be checked in the files themselves."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from entrepot.readers import flows
from entrepot.readers.files import parts
from entrepot.routes import statistics

pytestmark = pytest.mark.shared

# European Central Bank, average euro reference rates of the year, US dollars for one euro
RATES = {
    ("EUR", year): rate
    for year, rate in zip(
        range(2010, 2024),
        (
            1.3257,
            1.3920,
            1.2848,
            1.3281,
            1.3285,
            1.1095,
            1.1069,
            1.1297,
            1.1810,
            1.1195,
            1.1422,
            1.1827,
            1.0530,
            1.0813,
        ),
        strict=True,
    )
}
SINCE = date(2022, 1, 1)


def _load(files: Iterator[Path]) -> pa.Table:
    readings = [
        flows.read(part, source_id=f"{number}-{part.number}", named=str(file))
        for number, file in enumerate(sorted(files))
        for part in parts(file)
        if flows.recognise(part)
    ]
    return pa.concat_tables([reading.tables["flows"] for reading in readings])


@pytest.fixture(scope="module")
def union(shared_data: Path) -> pa.Table:
    """Yearly exports of the EU to the world, and Kyrgyz imports."""
    folder = shared_data / "trade/eu_to_caucasus"
    return _load(iter([*folder.glob("eu_year_export/*.csv"), *folder.glob("kyrgyzstan_data/4.03.00.20*")]))


def test_armenian_smartphones_to_russia_break_in_june_2022(shared_data: Path):
    table = _load((shared_data / "trade/armenia").glob("mobile*.csv"))
    series = statistics.series(table, reporter="AM", partner="RU", direction="export", hs="851713")
    assert series.points[0].state == "zero", "the file lists other partners in January 2022 and not Russia"
    found = statistics.breaks(series)
    assert [b.period for b in found.breaks] == [date(2022, 6, 1)]
    only = found.breaks[0]
    assert (only.earliest, only.latest) == (date(2022, 5, 1), date(2022, 7, 1))
    assert only.after == pytest.approx(38.7e6, rel=0.01)
    assert only.p <= 0.001
    assert only.rows
    assert "short" in {c.id for c in found.caveats}


def test_armenian_vehicles_to_russia_break_in_the_middle_of_2022(shared_data: Path):
    table = _load((shared_data / "trade/armenia").glob("vehicle*.csv"))
    series = statistics.series(table, reporter="AM", partner="RU", direction="export", hs="8703")
    found = statistics.breaks(series)
    assert found.rise is not None
    assert found.rise.period == date(2022, 7, 1)
    assert found.fall is not None
    assert found.fall.period == date(2023, 8, 1)
    assert found.trend_p is not None
    assert found.trend_p < 0.05


def test_eu_exports_to_kyrgyzstan_break_in_june_2022(shared_data: Path):
    table = _load((shared_data / "trade/eu_to_caucasus/kyrgyz_export_eurostat").glob("*.csv"))
    series = statistics.series(table, reporter="EU27", partner="KG", direction="export")
    assert len(series.known) == 68
    assert series.between(date(2021, 1, 1), date(2021, 12, 1)).points[0].value == pytest.approx(19e6, rel=0.5)
    found = statistics.breaks(series)
    assert found.rise is not None
    assert found.rise.period == date(2022, 6, 1)


def test_what_left_the_eu_is_not_in_kyrgyz_records(union: pa.Table):
    found = statistics.mirror(union, exporter="EU27", importer="KG", since=SINCE, rates=RATES)
    assert [gap.period.year for gap in found.gaps] == list(range(2010, 2024))
    assert [gap.period.year for gap in found.unusual] == [2022, 2023]
    last = found.gaps[-1]
    assert 2.0e9 < last.missing_low < last.missing_high < 2.2e9
    assert all(gap.z is None or abs(gap.z) < 2 for gap in found.gaps if gap.period < SINCE)
    assert found.usual is not None
    assert 0 < found.usual[0] < 0.3, "before 2022 both sides agree within freight"


def test_no_other_country_shows_as_much_as_kyrgyzstan(union: pa.Table):
    neighbours = ("RU", "BY", "UA", "KG", "AM", "KZ", "GE", "UZ")
    found = statistics.surge(
        union, hubs=("KG",), since=SINCE, reporters=("EU27",), exclude=neighbours, frequency="year"
    )
    assert found.design == "hubs"
    assert found.rise is not None
    assert found.rise > 3
    assert len(found.placebo_hubs) > 150
    assert found.hub_rank == pytest.approx(1 / (1 + len(found.placebo_hubs)))
    turkey = statistics.surge(
        union, hubs=("TR",), since=SINCE, reporters=("EU27",), exclude=neighbours, frequency="year"
    )
    assert turkey.hub_rank is not None
    assert turkey.hub_rank > 0.2, "a large partner that did not stand out"


def test_the_rise_through_kyrgyzstan_is_a_small_part_of_the_fall(union: pa.Table):
    found = statistics.substitution(union, exporter="EU27", hub="KG", destination="RU", since=SINCE, periods=2)
    assert found.share is not None
    assert 0.03 < found.share < 0.06


@pytest.mark.slow
def test_dependence_tables_of_comtrade(shared_data: Path):
    table = _load((shared_data / "trade/comtrade_hs2").glob("*.parquet"))
    shares = statistics.import_shares(table)
    fuel = statistics.dependence_of(statistics.dependences(shares), "GE", "AZ", "27", 2019)
    assert fuel is not None
    assert fuel.dependence == pytest.approx(0.343, abs=0.002)
    assert fuel.partner_dependence == pytest.approx(0.0022, abs=0.0002)
    israel = statistics.concentration_of(statistics.concentrations(shares), "IL", "27", 2019)
    assert israel is not None
    assert "unspecified" in {c.id for c in israel.caveats}, "most of its fuel has no partner in the file"
