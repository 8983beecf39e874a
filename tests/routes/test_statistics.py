"""Statistics over small synthetic flows, whose answers can be worked out by hand or are planted."""

import calendar
import math
from collections.abc import Iterable
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.errors import InputError
from entrepot.model.tables.shipments import FLOWS
from entrepot.routes import statistics
from entrepot.routes.statistics import evidence, supf


def flow(
    reporter: str,
    partner: str | None,
    direction: str,
    period: str,
    value: float | None,
    *,
    hs: str = "TOTAL",
    source: str = "s1",
    **more: object,
) -> dict[str, object]:
    """One synthetic row of `flows`; `period` is `2022` or `2022-06`."""
    year, month = (int(period[:4]), int(period[5:]) if len(period) > 4 else 0)
    last = date(year, month, calendar.monthrange(year, month)[1]) if month else date(year, 12, 31)
    number = abs(hash((reporter, partner, direction, period, hs, source, str(more)))) % 10**12
    row: dict[str, object] = {
        "flow_id": f"{source}:{reporter}:{partner}:{direction}:{period}:{hs}:{more.get('transport_mode')}:{more.get('partner_role')}",
        "source_id": source,
        "row_number": number,
        "reporter": reporter,
        "partner": partner,
        "direction": direction,
        "hs_code": hs,
        "period_from": date(year, month or 1, 1),
        "period_to": last,
        "period_precision": "month" if month else "year",
        "value": value,
        "currency": "USD",
        "value_usd": value,
        "aggregate": 1 if partner and len(partner) != 2 else 0,
        "original": "{}",
    }
    row.update(more)
    if row["currency"] != "USD":
        row["value_usd"] = None
    return row


def table(rows: Iterable[dict[str, object]]) -> pa.Table:
    return FLOWS.from_rows(rows)


def months(first: str, count: int) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    return [f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}" for i in range(count)]


def a_series(values: list[float | None], first: str = "2019-01") -> statistics.Series:
    rows = [flow("AM", "RU", "export", m, v) for m, v in zip(months(first, len(values)), values, strict=True)]
    return statistics.series(table(rows), reporter="AM", partner="RU", direction="export")


# --- series ---------------------------------------------------------------------------------------------------------------


def test_a_month_that_the_file_lists_for_others_is_no_trade_and_one_that_it_does_not_list_is_missing():
    rows = [flow("AM", "CZ", "export", m, 1.0) for m in ("2022-01", "2022-02", "2022-04")]
    rows += [flow("AM", "RU", "export", "2022-04", 9.0)]
    found = statistics.series(table(rows), reporter="AM", partner="RU", direction="export")
    assert [(p.period.month, p.value, p.state) for p in found.points] == [
        (1, 0.0, "zero"),
        (2, 0.0, "zero"),
        (3, None, "missing"),
        (4, 9.0, "stated"),
    ]
    assert found.rows == ("s1:AM:RU:export:2022-04:TOTAL:None:None",)


def test_a_file_about_another_partner_says_nothing():
    rows = [flow("AM", "CZ", "export", "2022-01", 1.0)]
    found = statistics.series(table(rows), reporter="AM", partner="RU", direction="export")
    assert not found.known


def test_a_listed_month_without_a_figure_is_missing():
    assert a_series([1.0, None, 2.0]).points[1].state == "missing"


def test_the_code_itself_counts_where_it_is_stated_and_its_parts_where_it_is_not():
    rows = [
        flow("AM", "RU", "export", "2022-01", 10.0, hs="8703", aggregate=1),
        flow("AM", "RU", "export", "2022-01", 6.0, hs="870323"),
        flow("AM", "RU", "export", "2022-01", 4.0, hs="870324"),
    ]
    for code, value in (("8703", 10.0), ("87", 10.0), ("870323", 6.0), ("TOTAL", 10.0)):
        found = statistics.series(table(rows), reporter="AM", partner="RU", direction="export", hs=code)
        assert found.value(date(2022, 1, 1)) == value, code


def test_modes_are_added_unless_their_sum_is_stated():
    parts = [flow("AM", "RU", "export", "2022-01", v, transport_mode=m) for m, v in (("road", 6.0), ("rail", 4.0))]
    assert statistics.series(table(parts), reporter="AM", partner="RU", direction="export").points[0].value == 10.0
    both = [*parts, flow("AM", "RU", "export", "2022-01", 11.0, aggregate=1)]
    assert statistics.series(table(both), reporter="AM", partner="RU", direction="export").points[0].value == 11.0


def test_one_figure_in_two_files_counts_once():
    rows = [flow("AM", "RU", "export", m, 5.0, source="long") for m in ("2022-01", "2022-02", "2022-03")]
    rows += [flow("AM", "RU", "export", "2022-02", 7.0, source="short")]
    found = statistics.series(table(rows), reporter="AM", partner="RU", direction="export")
    assert [p.value for p in found.points] == [5.0, 5.0, 5.0]
    assert (found.sources, found.others) == (("long",), ("short",))


def test_the_world_is_added_up_where_no_total_is_stated():
    rows = [flow("AM", p, "export", "2022", v) for p, v in (("RU", 6.0), ("GE", 4.0), (None, 1.0), ("EU27", 3.0))]
    assert statistics.series(table(rows), reporter="AM", partner="W00", direction="export").points[0].value == 11.0
    rows.append(flow("AM", "W00", "export", "2022", 12.0))
    assert statistics.series(table(rows), reporter="AM", partner="W00", direction="export").points[0].value == 12.0


def test_codes_that_follow_one_another_are_one_series():
    rows = [
        flow("AM", "RU", "export", "2021-12", 1.0, hs="851712"),
        flow("AM", "RU", "export", "2022-01", 2.0, hs="851713"),
    ]
    found = statistics.series(table(rows), reporter="AM", partner="RU", direction="export", hs=("851712", "851713"))
    assert [p.value for p in found.points] == [1.0, 2.0]
    assert "HS 851712+851713" in found.title


def test_origin_and_consignment_are_not_added():
    rows = [flow("AM", "RU", "import", "2022", v, partner_role=r) for r, v in (("origin", 5.0), ("consignment", 8.0))]
    for role, value in ((None, 5.0), ("consignment", 8.0)):
        found = statistics.series(table(rows), reporter="AM", partner="RU", direction="import", partner_role=role)
        assert found.points[0].value == value


def test_currencies_are_not_added():
    rows = [flow("AM", "RU", "export", "2021", 1.0, currency="EUR"), flow("AM", "RU", "export", "2022", 1.0)]
    with pytest.raises(InputError, match="different currencies"):
        statistics.series(table(rows), reporter="AM", partner="RU", direction="export")


def test_weights():
    found = statistics.series(
        table([flow("AM", "RU", "export", "2022", 1.0, net_kg=250.0)]),
        reporter="AM",
        partner="RU",
        direction="export",
        measure="kg",
    )
    assert (found.points[0].value, found.currency) == (250.0, "kg")


def test_nothing_loaded_gives_an_empty_series_and_wrong_words_are_refused():
    assert not statistics.series(FLOWS.empty(), reporter="AM", partner="RU", direction="export").points
    with pytest.raises(InputError, match="measure"):
        statistics.series(FLOWS.empty(), reporter="AM", partner="RU", direction="export", measure="price")
    with pytest.raises(InputError, match="frequency"):
        statistics.series(FLOWS.empty(), reporter="AM", partner="RU", direction="export", frequency="week")


# --- breaks ---------------------------------------------------------------------------------------------------------------


def _noisy(count: int, at: int, ratio: float, *, season: float = 0.0, seed: int = 1) -> list[float | None]:
    random = np.random.default_rng(seed)
    waves = season * np.sin(2 * np.pi * np.arange(count) / 12)
    level = np.where(np.arange(count) >= at, math.log(ratio), 0.0)
    return [float(x) for x in 1e6 * np.exp(level + waves + 0.3 * random.standard_normal(count))]


@pytest.mark.parametrize(("at", "ratio"), [(30, 6.0), (42, 0.2), (20, 4.0)])
def test_a_planted_break_is_found_in_its_month(at: int, ratio: float):
    series = a_series(_noisy(60, at, ratio, season=0.4))
    found = statistics.breaks(series)
    assert [b.period for b in found.breaks] == [series.points[at].period]
    only = found.breaks[0]
    assert only.earliest <= only.period <= only.latest
    assert only.ratio == pytest.approx(ratio, rel=0.35)
    assert only.p <= 0.01
    assert only.rows
    assert f"{only.period:%Y-%m}" in found.statement
    assert (found.rise if ratio > 1 else found.fall) == only


def test_two_breaks_are_found_one_after_the_other():
    values = _noisy(36, 36, 1.0) + [8 * v for v in _noisy(18, 18, 1.0, seed=2) if v] + _noisy(18, 18, 1.0, seed=3)
    found = statistics.breaks(a_series(values))
    assert [b.period for b in found.breaks] == [date(2022, 1, 1), date(2023, 7, 1)]


def test_a_season_is_no_break():
    assert statistics.breaks(a_series(_noisy(60, 60, 1.0, season=1.0))).breaks == ()


def test_chance_is_called_a_break_about_as_often_as_it_says():
    called = 0
    for seed in range(40):
        found = statistics.breaks(a_series(_noisy(24, 24, 1.0, seed=100 + seed)), draws=199)
        called += bool(found.breaks)
    assert called <= 6, "5 percent of 40 is 2; more than 6 has probability .003"


def test_steady_growth_is_said_to_explain_a_break_of_level():
    values = [1000.0 * 1.05**i * (1 + 0.1 * math.sin(i * 7)) for i in range(48)]
    found = statistics.breaks(a_series(values))
    assert found.trend_p is not None
    assert found.trend_p > 0.05
    assert "trend" in {c.id for c in found.caveats}


def test_trade_that_begins_from_nothing():
    series = a_series([0.0] * 10 + [5e6 * (1 + i % 3) for i in range(14)])
    found = statistics.breaks(series)
    assert found.rise is not None
    assert found.rise.period == series.points[10].period
    assert found.rise.ratio is None, "nothing was traded before"
    assert found.below_floor == 10
    assert {"zeros", "short"} <= {c.id for c in found.caveats}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([1.0] * 5, "only 5 periods have a value"),
        ([0.0] * 30, "only 0 periods have any trade"),
        ([0.0] * 28 + [5.0] * 2, "only 2 periods have any trade"),
        ([7.0] * 30, "its value never changes"),
    ],
)
def test_what_cannot_be_tested_says_why(values: list[float | None], reason: str):
    found = statistics.breaks(a_series(values))
    assert not found.testable
    assert reason in found.reason
    assert "not testable" in found.statement


def test_missing_months_are_left_out_and_said():
    values = _noisy(60, 30, 6.0)
    values[10] = values[40] = None
    found = statistics.breaks(a_series(values))
    assert [b.period for b in found.breaks] == [date(2021, 7, 1)]
    assert found.missing == 2
    assert "missing" in {c.id for c in found.caveats}


def test_a_date_named_beforehand():
    series = a_series(_noisy(48, 24, 3.0))
    tested = statistics.chow(series, date(2021, 1, 1))
    assert tested.testable
    assert tested.p is not None
    assert tested.p < 1e-6
    assert not statistics.chow(series, date(2030, 1, 1)).testable
    quiet = statistics.chow(a_series(_noisy(48, 48, 1.0)), date(2021, 1, 1))
    assert quiet.p is not None
    assert quiet.p > 0.01


def test_simulated_critical_value_meets_andrews_table():
    # with many observations the simulated 5 percent point of sup-F comes near the asymptotic 8.68
    random = np.random.default_rng(7)
    called = 0
    for _ in range(40):
        y = random.standard_normal(150)
        found = supf.sup_f(y, np.ones((150, 1)), draws=99, seed=3)
        assert found is not None
        called += (found.p_one <= 0.05) != (found.f > 8.68)
    assert called <= 4


@given(st.lists(st.floats(0, 1e9), min_size=12, max_size=40), st.floats(1e-3, 1e3))
@settings(max_examples=15, deadline=None)
def test_a_change_of_unit_changes_no_date(values: list[float], unit: float):
    values = [round(v, 2) for v in values]
    one = statistics.breaks(a_series(list(values)), draws=99)
    two = statistics.breaks(a_series([v * unit for v in values]), draws=99)
    assert one.testable == two.testable
    assert all(b.earliest <= b.period <= b.latest for b in one.breaks)
    if one.f is not None and two.f is not None and one.f < 1e6:
        assert two.f == pytest.approx(one.f, rel=1e-3)
        assert [b.period for b in one.breaks] == [b.period for b in two.breaks]


# --- mirror ---------------------------------------------------------------------------------------------------------------


def _mirrored(factor: float = 1.0, **back: object) -> pa.Table:
    """Exports of 110 a year from DE to KG whose mirror is 121 (10 percent freight); from 2022 `factor` more leaves."""
    wobble = (0.97, 1.02, 1.0, 1.03, 0.98, 1.01, 1.0, 1.0)
    rows = []
    for i, year in enumerate(range(2016, 2024)):
        rows.append(
            flow("DE", "KG", "export", str(year), 110 * wobble[i] * (factor if year >= 2022 else 1), valuation="FOB")
        )
        rows.append(flow("KG", "DE", "import", str(year), 121.0, valuation="CIF", **back))
    return table(rows)


def test_an_ordinary_gap_is_explained_by_freight_and_its_own_history():
    found = statistics.mirror(_mirrored(), exporter="DE", importer="KG", since=date(2022, 1, 1))
    assert found.testable
    assert not found.unusual
    gap = found.gaps[2]
    assert gap.gap_low is not None
    assert gap.gap_high is not None
    assert gap.gap_low < 0 < gap.gap_high, "zero lies within the margins"
    assert gap.gap_low == pytest.approx(math.log(110) - math.log(121 / 1.05))
    assert gap.missing_high == pytest.approx(110 - 121 / 1.2)
    assert {"cif", "attribution", "reexport"} <= {c.id for c in found.caveats}


def test_goods_that_left_and_did_not_arrive():
    found = statistics.mirror(_mirrored(4.0), exporter="DE", importer="KG", since=date(2022, 1, 1))
    assert [g.period.year for g in found.unusual] == [2022, 2023]
    assert found.unusual[0].z is not None
    assert found.unusual[0].z > 3.5
    assert len(found.unusual[0].rows) == 2
    assert "2 of 2 periods" in found.statement
    assert "left and are not in the importer's records" in found.statement


def test_the_margin_does_not_decide_what_is_unusual():
    one = statistics.mirror(_mirrored(2.0), exporter="DE", importer="KG", since=date(2022, 1, 1), margins=(0.05,))
    two = statistics.mirror(_mirrored(2.0), exporter="DE", importer="KG", since=date(2022, 1, 1), margins=(0.2,))
    assert [g.z for g in one.gaps] == pytest.approx([g.z for g in two.gaps])


def test_an_importer_that_reports_fob_needs_no_margin():
    rows = [flow("DE", "KG", "export", "2020", 100.0), flow("KG", "DE", "import", "2020", 100.0, valuation="FOB")]
    found = statistics.mirror(table(rows), exporter="DE", importer="KG", since=date(2020, 1, 1))
    assert (found.gaps[0].gap_low, found.gaps[0].gap_high) == (0.0, 0.0)


def test_different_currencies_need_rates():
    flows = _mirrored(currency="EUR")
    without = statistics.mirror(flows, exporter="DE", importer="KG", since=date(2022, 1, 1))
    assert not without.testable
    assert "no rate to US dollars is given for EUR" in without.reason
    rates = {("EUR", year): 1.25 for year in range(2016, 2023)}
    found = statistics.mirror(flows, exporter="DE", importer="KG", since=date(2022, 1, 1), rates=rates)
    assert found.gaps[0].imports == 151.25
    assert [g.period.year for g in found.gaps][-1] == 2022, "no rate for 2023: the year is not compared"
    assert "rates" in {c.id for c in found.caveats}


def test_one_side_only_is_not_a_gap():
    rows = [flow("DE", "KG", "export", "2020", 100.0)]
    found = statistics.mirror(table(rows), exporter="DE", importer="KG", since=date(2022, 1, 1))
    assert not found.testable
    assert "KG reports from DE" in found.reason
    zero = [*rows, flow("KG", "DE", "import", "2020", 0.0)]
    gap = statistics.mirror(table(zero), exporter="DE", importer="KG", since=date(2020, 1, 1)).gaps[0]
    assert (gap.gap_low, gap.missing_low, gap.z, gap.unusual) == (None, 100.0, None, False)


def test_a_margin_must_make_sense():
    with pytest.raises(InputError, match="CIF margin"):
        statistics.mirror(FLOWS.empty(), exporter="DE", importer="KG", since=date(2022, 1, 1), margins=(5.0,))


# --- surge ----------------------------------------------------------------------------------------------------------------

GOODS = ("8471", "8517", "8525", "8542", "0803", "0901", "2204", "6109", "6403", "9403", "3004", "4011")
CONTROLLED = ("84", "85")


def _world(rise: float, *, hubs: tuple[str, ...] = ("KG", "AM"), trend: float = 0.0, seed: int = 5) -> pa.Table:
    """Exports of Germany to 14 countries in 12 products over 48 months; controlled goods to the hubs rise in 2022."""
    random = np.random.default_rng(seed)
    partners = ("KG", "AM", "KZ", "GE", "UZ", "TJ", "MD", "RS", "AL", "MK", "EG", "MA", "JO", "TN")
    rows = []
    for p in partners:
        for g in GOODS:
            base = math.exp(random.normal(12, 1))
            for at, m in enumerate(months("2019-07", 48)):
                season = 0.3 * math.sin(2 * math.pi * at / 12)
                treated = p in hubs and g.startswith(CONTROLLED)
                effect = math.log1p(rise) if treated and at >= 33 else 0.0
                slope = trend * at if treated else 0.0
                value = base * math.exp(season + effect + slope + 0.25 * random.standard_normal())
                rows.append(flow("DE", p, "export", m, value, hs=g))
    return table(rows)


def test_a_planted_surge_is_measured():
    found = statistics.surge(_world(0.5), hubs=("KG", "AM"), since=date(2022, 4, 1), goods=CONTROLLED)
    assert found.testable
    assert found.design == "goods and hubs"
    assert found.rise == pytest.approx(0.5, abs=0.15)
    assert found.effect is not None
    assert found.effect.p is not None
    assert found.effect.p < 0.001
    assert found.effect.clusters == 14 * 12
    assert found.trend is not None
    assert found.trend.p is not None
    assert found.trend.p > 0.05
    assert found.false_date is not None
    assert found.false_date.p is not None
    assert found.false_date.p > 0.05
    assert found.hub_rank == pytest.approx(1 / 13)
    assert found.goods_rank is not None
    assert found.goods_rank < 0.05
    assert found.figures == 8 * 48
    assert found.after is not None
    assert found.before is not None
    assert "other goods and other countries" in found.statement


def test_no_surge_is_not_found():
    found = statistics.surge(_world(0.0), hubs=("KG", "AM"), since=date(2022, 4, 1), goods=CONTROLLED)
    assert found.effect is not None
    assert found.effect.p is not None
    assert found.effect.p > 0.05
    assert found.hub_rank is not None
    assert found.hub_rank > 0.1


def test_growth_that_was_under_way_fails_the_test_before_the_date():
    found = statistics.surge(_world(0.0, trend=0.03), hubs=("KG", "AM"), since=date(2022, 4, 1), goods=CONTROLLED)
    assert found.trend is not None
    assert found.trend.p is not None
    assert found.trend.p < 0.01


def test_only_countries_to_compare_with():
    rows = [r for r in _world(2.0, hubs=("KG",)).to_pylist() if r["hs_code"] == "8542"]
    found = statistics.surge(table(rows), hubs=("KG",), since=date(2022, 4, 1))
    assert found.design == "hubs"
    assert found.rise == pytest.approx(2.0, rel=0.3)
    assert found.effect is not None
    assert found.effect.p is None, "one treated country has no clustered error"
    assert found.hub_rank == pytest.approx(1 / (1 + len(found.placebo_hubs)))
    assert len(found.placebo_hubs) >= 10, "those with a tenth of the trade at least"
    assert "comparable countries, this one counted in, show as much" in found.statement


def test_only_goods_to_compare_with():
    rows = [r for r in _world(1.0, hubs=("KG",)).to_pylist() if r["partner"] == "KG"]
    found = statistics.surge(table(rows), hubs=("KG",), since=date(2022, 4, 1), goods=CONTROLLED)
    assert found.design == "goods"
    assert found.rise == pytest.approx(1.0, rel=0.3)
    assert found.placebo_hubs == ()
    assert found.goods_rank is not None


@pytest.mark.parametrize(
    ("keep", "reason"),
    [
        (lambda r: r["partner"] == "KG" and r["hs_code"] == "8542", "no other countries and no other goods"),
        (lambda r: r["partner"] != "KG", "no loaded file has trade of the hub"),
        (lambda r: r["period_from"] >= date(2022, 3, 1), "1 periods with trade before the date"),
        (lambda r: r["period_from"] < date(2022, 4, 1), "no trade in these goods after"),
        (lambda r: False, "no loaded file has such flows"),
    ],
)
def test_what_cannot_be_compared_says_why(keep: object, reason: str):
    rows = [r for r in _world(1.0, hubs=("KG",)).to_pylist() if keep(r)]  # type: ignore[operator]
    goods = CONTROLLED if reason.startswith("no other") is False else ()
    found = statistics.surge(table(rows), hubs=("KG",), since=date(2022, 4, 1), goods=goods)
    assert not found.testable
    assert reason in found.reason


def test_a_surge_needs_a_hub():
    with pytest.raises(InputError, match="no hub"):
        statistics.surge(FLOWS.empty(), hubs=(), since=date(2022, 4, 1))
    with pytest.raises(InputError, match="no such direction"):
        statistics.surge(FLOWS.empty(), hubs=("KG",), since=date(2022, 4, 1), direction="sideways")


# --- substitution ---------------------------------------------------------------------------------------------------------


def _rerouted() -> list[dict[str, object]]:
    rows = []
    for year, direct, hub, onward in (
        (2020, 100.0, 5.0, 1.0),
        (2021, 100.0, 5.0, 1.0),
        (2022, 40.0, 15.0, 4.0),
        (2023, 20.0, 25.0, 6.0),
    ):
        rows += [flow("DE", "RU", "export", str(year), direct), flow("DE", "KG", "export", str(year), hub)]
        rows += [flow("KG", "RU", "export", str(year), onward)]
    return rows


def test_the_rise_through_a_hub_over_the_fall_in_direct_trade():
    found = statistics.substitution(
        table(_rerouted()), exporter="DE", hub="KG", destination="RU", since=date(2022, 1, 1)
    )
    assert found.direct is not None
    assert found.hub is not None
    assert (found.direct.difference, found.hub.difference) == (-140.0, 30.0)
    assert found.share == pytest.approx(30 / 140)
    assert found.capped == pytest.approx(8 / 140), "no more than what the hub sent on"
    assert len(found.direct.rows) == 4
    assert "21.4% of the fall" in found.statement


def test_no_fall_is_no_substitution():
    rows = [r for r in _rerouted() if r["partner"] == "KG"] + [
        flow("DE", "RU", "export", str(y), 100.0 + y) for y in range(2020, 2024)
    ]
    found = statistics.substitution(table(rows), exporter="DE", hub="KG", destination="RU", since=date(2022, 1, 1))
    assert found.testable
    assert found.share is None
    assert "no substitution to measure" in found.statement


def test_absent_records_are_said():
    rows = [r for r in _rerouted() if r["partner"] == "KG"]
    found = statistics.substitution(table(rows), exporter="DE", hub="KG", destination="RU", since=date(2022, 1, 1))
    assert not found.testable
    assert "DE to RU" in found.reason
    late = statistics.substitution(
        table(_rerouted()), exporter="DE", hub="KG", destination="RU", since=date(2030, 1, 1)
    )
    assert not late.testable
    with pytest.raises(InputError, match="must differ"):
        statistics.substitution(table(_rerouted()), exporter="DE", hub="DE", destination="RU", since=date(2022, 1, 1))


# --- concentration --------------------------------------------------------------------------------------------------------


def _imports() -> pa.Table:
    rows = []
    for year in ("2019", "2020", "2021"):
        rows += [flow("AM", "RU", "import", year, 80.0, hs="27"), flow("AM", "GE", "import", year, 20.0, hs="27")]
        rows += [flow("RU", "AM", "import", year, 1.0, hs="27"), flow("RU", "KZ", "import", year, 99.0, hs="27")]
        rows += [flow("AM", "W00", "import", year, 100.0, hs="27"), flow("AM", None, "import", year, 25.0, hs="27")]
    return table(rows)


def test_concentration_and_dependence():
    shares = statistics.import_shares(_imports())
    found = statistics.concentration_of(statistics.concentrations(shares), "AM", "27", 2021)
    assert found is not None
    assert found.hhi == pytest.approx(0.68)
    assert (found.largest_partner, found.partners, found.concentrated) == ("RU", 2, True)
    assert (found.total, found.unspecified) == (100.0, 25.0)
    assert {"unspecified", "chapter"} <= {c.id for c in found.caveats}
    table_ = statistics.dependences(shares)
    both = statistics.dependence_of(table_, "AM", "RU", "27", 2021)
    assert both is not None
    assert (both.dependence, both.partner_dependence) == (0.8, 0.01)
    assert both.asymmetry == pytest.approx(0.79)
    one = statistics.dependence_of(table_, "AM", "GE", "27", 2021)
    assert one is not None
    assert (one.partner_dependence, one.asymmetry) == (None, None), "Georgia's imports are not loaded"
    assert statistics.dependence_of(table_, "AM", "FR", "27", 2021) is None


def test_concentration_of_one_year_is_not_yet_lasting():
    first = statistics.concentration_of(
        statistics.concentrations(statistics.import_shares(_imports())), "AM", "27", 2019
    )
    assert first is not None
    assert not first.concentrated, "two of three years are needed"


def test_all_goods_together_and_months_of_a_year():
    rows = [flow("AM", "RU", "import", m, 1.0, hs="27") for m in months("2021-01", 12)]
    rows += [flow("AM", "DE", "import", m, 2.0, hs="84") for m in months("2021-01", 12)]
    shares = statistics.import_shares(table(rows), digits=0).to_pylist()
    assert [(r["hs_code"], r["partner"], r["value"]) for r in shares] == [("TOTAL", "DE", 24.0), ("TOTAL", "RU", 12.0)]
    annual = [*rows, flow("AM", "RU", "import", "2021", 15.0, hs="27", source="s2")]
    by_code = statistics.import_shares(table(annual)).to_pylist()
    assert [(r["hs_code"], r["value"]) for r in by_code] == [("27", 15.0), ("84", 24.0)], "annual figures come first"


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["DE", "FR", "IT", "RU", "CN"]), st.sampled_from(["27", "85"])),
        st.floats(0.01, 1e12),
        min_size=1,
    )
)
@settings(max_examples=8, deadline=None)
def test_shares_sum_to_one_and_the_index_lies_between_its_bounds(values: dict[tuple[str, str], float]):
    rows = [flow("AM", partner, "import", "2021", value, hs=code) for (partner, code), value in values.items()]
    shares = statistics.import_shares(table(rows))
    for row in statistics.concentrations(shares).to_pylist():
        own = [r["share"] for r in shares.to_pylist() if r["hs_code"] == row["hs_code"]]
        assert sum(own) == pytest.approx(1.0)
        assert 1 / row["partners"] - 1e-9 <= row["hhi"] <= 1 + 1e-9


def test_unknown_words_are_refused():
    with pytest.raises(InputError, match="partner role"):
        statistics.import_shares(FLOWS.empty(), role="sender")
    with pytest.raises(InputError, match="between 0 and 1"):
        statistics.concentrations(statistics.import_shares(FLOWS.empty()), threshold=4)


# --- wording --------------------------------------------------------------------------------------------------------------


def test_caveats_have_a_text_and_a_source_and_judge_nobody():
    for caveat in evidence.caveats(*evidence._caveats()):
        assert caveat.text.endswith(".")
        assert caveat.source
        assert not {"evader", "guilty", "criminal", "evasion"} & set(caveat.text.lower().split())


@pytest.mark.parametrize("name", ["selected_rows", "import_shares", "concentration", "dependence", "panel"])
def test_statements_are_carried_to_spark(name: str):
    statement = evidence.statement(name)
    values = {"hs": "85", "digits": 2, "threshold": 0.4}
    rendered = statement.render({p: values.get(p, "x") for p in statement.parameters}, "spark")
    assert "SELECT" in rendered
    assert statement.header["row"]
