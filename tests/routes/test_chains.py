"""Chains of legs on small made-up trade: what is found, what is not, and that no weight is spent twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.errors import InputError, UsageError
from entrepot.model.tables import routes as declared
from entrepot.model.tables.parties import TRADE
from entrepot.routes.chains import ChainTables, chains_json, coding, find_chains
from entrepot.routes.chains.allocation import allocate
from entrepot.routes.chains.cells import candidate_legs, same_goods
from entrepot.routes.chains.parts import parts_of

DAY = dt.date(2022, 1, 1)
Row = tuple[str, str, str, str, int, float | None]
"""Shipper, consignee, from, to, day, kilograms."""


def trade(rows: Sequence[Row], hs6: str | Sequence[str] = "854231", **more: Sequence[object]) -> pa.Table:
    """Made-up trade; `more` gives further columns."""
    codes = [hs6] * len(rows) if isinstance(hs6, str) else hs6
    return TRADE.from_rows(
        {
            "source_id": "s",
            "row_number": at + 2,
            "date": DAY + dt.timedelta(days=day),
            "date_precision": "day",
            "shipper_key": shipper,
            "shipper_name": shipper.upper(),
            "consignee_key": consignee,
            "consignee_name": consignee.upper(),
            "hs6": codes[at],
            "dispatch_country": origin or None,
            "destination_country": destination or None,
            "net_kg": kg,
            **{name: values[at] for name, values in more.items()},
        }
        for at, (shipper, consignee, origin, destination, day, kg) in enumerate(rows)
    )


def passed_on(lots: int = 7, *, first: int = 0, middle: str = "middle", out: str = "middle") -> list[Row]:
    """Lots of different weight that arrive, and leave twenty days later in two parts, every ninety days."""
    rows: list[Row] = []
    for at in range(lots):
        kg, day = 100.0 + 37 * ((at * 5) % 7), first + 90 * at
        rows.append(("maker", middle, "CN", "KZ", day, kg))
        rows.append((out, "buyer", "KZ", "RU", day + 20, kg * 0.6))
        rows.append((out, "buyer", "KZ", "RU", day + 23, kg * 0.38))
    return rows


def rows_of(chain: dict[str, object]) -> list[list[int]]:
    legs = chain["legs"]
    assert isinstance(legs, list)
    return [[shipment["row"] for shipment in leg["shipments"]] for leg in legs]


def test_lots_that_are_passed_on_are_chains_lot_by_lot() -> None:
    tables = find_chains(trade(passed_on()))
    chains = chains_json(tables)
    assert len(chains) == 7
    assert all(c["grade"] == "chain" and float(str(c["p_value"])) < 0.05 for c in chains)
    assert sorted(rows_of(c) for c in chains) == [[[2 + 3 * at], [3 + 3 * at, 4 + 3 * at]] for at in range(7)]
    first = chains[0]
    assert first["countries"] == ["CN", "KZ", "RU"]
    assert set(first) >= {"score", "p_value", "hs6", "countries", "legs", "quantity_carried", "links"}
    legs = first["legs"]
    assert isinstance(legs, list)
    assert set(legs[0]) == {"shipments", "shipper", "consignee", "from", "to", "first_date", "last_date", "kg", "value_usd"}  # fmt: skip
    assert first["links"] == ["MIDDLE receives and sends under one name"]


def test_tables_are_as_declared() -> None:
    tables = find_chains(trade(passed_on()))
    for declaration, table in (
        (declared.CHAINS, tables.chains), (declared.LEGS, tables.legs), (declared.CHAIN_LEGS, tables.chain_legs),
        (declared.CHAIN_SHIPMENTS, tables.chain_shipments),
    ):  # fmt: skip
        declaration.validate(table)
        for name in declaration.key:
            assert table.column(name).null_count == 0
    assert len(set(tables.chains.column("chain_id").to_pylist())) == tables.chains.num_rows


def test_three_legs_are_one_chain() -> None:
    rows = passed_on()
    rows += [("buyer", "last", "RU", "BY", day + 15, kg * 0.95) for s, c, _, _, day, kg in rows if c == "buyer" and kg]
    chains = [c for c in chains_json(find_chains(trade(rows))) if c["grade"] == "chain"]
    assert {tuple(map(str, c["countries"])) for c in chains} == {("CN", "KZ", "RU", "BY")}  # type: ignore[call-overload]
    assert all(len(rows_of(c)) == 3 for c in chains)


def test_wholesaler_of_common_goods_is_no_chain() -> None:
    draw = np.random.default_rng(3)
    rows: list[Row] = []
    for _ in range(50):
        rows.append(("maker", "middle", "CN", "KZ", int(draw.integers(0, 1800)), float(draw.lognormal(6, 0.7))))
        rows.append(("middle", "buyer", "KZ", "RU", int(draw.integers(0, 1800)), float(draw.lognormal(6, 0.7))))
    chains = chains_json(find_chains(trade(rows)))
    assert chains
    assert all(c["grade"] == "weaker" for c in chains)
    assert any(c["competing"]["shipments"] > 0 for c in chains)  # type: ignore[index]


def test_linked_names_are_followed_and_the_link_is_named() -> None:
    table = trade(passed_on(out="sister"))
    assert find_chains(table).chains.num_rows == 0
    links = {"middle": "group", "sister": "group"}
    chains = chains_json(find_chains(table, links=links, reasons={"sister": "same telephone 77000"}))
    assert len(chains) == 7
    assert chains[0]["links"] == ["MIDDLE receives, SISTER sends; linked: same telephone 77000"]


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("goods that return to their sender", [("a", "b", "CN", "KZ", 90 * n, 100.0) for n in range(7)] + [("b", "a", "KZ", "CN", 90 * n + 9, 90.0) for n in range(7)]),
        ("goods that return to the country", [("a", "b", "CN", "KZ", 90 * n, 100.0) for n in range(7)] + [("b", "c", "KZ", "CN", 90 * n + 9, 90.0) for n in range(7)]),
        ("out before in", [("a", "b", "CN", "KZ", 200 * n + 9, 100.0) for n in range(7)] + [("b", "c", "KZ", "RU", 200 * n, 90.0) for n in range(7)]),
        ("far more out than in", [("a", "b", "CN", "KZ", 90 * n, 5.0) for n in range(7)] + [("b", "c", "KZ", "RU", 90 * n + 9, 900.0) for n in range(7)]),
        ("one company only", [("a", "a", "CN", "KZ", 90 * n, 100.0) for n in range(7)]),
        ("another country of dispatch", [("a", "b", "CN", "KZ", 90 * n, 100.0) for n in range(7)] + [("b", "c", "TR", "RU", 90 * n + 9, 90.0) for n in range(7)]),
        ("nothing", []),
    ],
)  # fmt: skip
def test_no_chain(what: str, rows: list[Row]) -> None:
    assert find_chains(trade(rows)).chains.num_rows == 0, what


def test_circle_is_left_where_it_would_close() -> None:
    rows: list[Row] = []
    for at in range(7):
        day, kg = 120 * at, 100.0 + 31 * ((at * 3) % 7)
        rows += [
            ("a", "b", "CN", "KZ", day, kg),
            ("b", "c", "KZ", "RU", day + 12, kg),
            ("c", "a", "RU", "CN", day + 24, kg),
        ]
    chains = [c for c in chains_json(find_chains(trade(rows))) if c["grade"] == "chain"]
    assert chains
    for chain in chains:
        countries = chain["countries"]
        assert isinstance(countries, list)
        assert len(set(countries)) == len(countries)


def test_parts_go_out_in_their_finished_form() -> None:
    rows = passed_on()
    codes = ["852990" if row[1] == "middle" else "852872" for row in rows]
    chains = chains_json(find_chains(trade(rows, codes)))
    assert len(chains) == 7
    assert chains[0]["goods_relation"] == "parts"
    assert (chains[0]["hs6"], chains[0]["hs6_last"]) == ("852990", "852872")
    assert "what comes in are parts of what goes out, by the texts of the Harmonized System" in chains[0]["notes"]  # type: ignore[operator]


def test_table_of_parts_is_well_formed() -> None:
    assert all(part.isdigit() and first.isdigit() and len(first) == len(last) and first <= last for part, first, last in parts_of())  # fmt: skip


def test_missing_weight_is_estimated_and_said() -> None:
    rows = [(*row[:5], None if at == 4 else row[5]) for at, row in enumerate(passed_on())]
    pieces = [row[5] * 10 if row[5] else None for row in passed_on()]
    tables = find_chains(trade(rows, quantity=pieces, quantity_unit=["PCS"] * len(rows)))
    assert sum("1 of 3 weights are estimated" in str(c["notes"]) for c in chains_json(tables)) == 1
    assert tables.chain_shipments.column("kg_from").to_pylist().count("quantity") == 1


def test_unusable_rows_are_counted() -> None:
    rows: list[Row] = [("a", "b", "CN", "KZ", 0, -5.0), ("a", "b", "CN", "KZ", 0, 0.0), ("a", "b", "KZ", "KZ", 0, 5.0), ("a", "b", "CN", "KZ", 0, 5.0), ("a", "b", "CN", "KZ", 0, float("nan"))]  # fmt: skip
    tables = find_chains(trade(rows, ["854231", "854231", "854231", "8542", "854231"]))
    assert tables.left_out == {
        "no HS subheading of six digits": 1,
        "no weight above zero, and none to be estimated": 3,
        "dispatch and destination are one country": 1,
    }


def test_month_only_dates_widen_the_window_and_say_so() -> None:
    rows = passed_on()
    months = ["month" if row[1] == "buyer" else "day" for row in rows]
    chains = chains_json(find_chains(trade(rows, date_precision=months)))
    assert any("dates state no day" in str(c["notes"]) for c in chains)


def test_lots_stay_whole_where_some_lines_state_the_month_alone() -> None:
    """One line of each lot has no day: it belongs to the consignment of the same parties in that month."""
    rows = passed_on(6)
    rows += [("maker", "middle", "CN", "KZ", row[4] + 2, 60.0) for row in rows if row[0] == "maker"]
    months = ["month" if at % 3 == 2 or at >= 18 else "day" for at in range(len(rows))]
    chains = chains_json(find_chains(trade(rows, date_precision=months)))
    assert {str(c["grade"]) for c in chains} == {"chain"}
    assert {row for c in chains for leg in rows_of(c) for row in leg} >= set(range(2, 20))


def test_permuted_dates_keep_their_level_where_days_are_missing() -> None:
    """Unrelated trade in both directions: no more than one party in twenty falls below .05, whatever the dates state."""
    draw = np.random.default_rng(5)
    rows: list[Row] = []
    for at in range(120):
        for _ in range(8):
            rows.append((f"maker{at}", f"middle{at}", "CN", "KZ", int(draw.integers(0, 1400)), float(draw.lognormal(6, 0.7))))  # fmt: skip
            rows.append((f"middle{at}", f"buyer{at}", "KZ", "RU", int(draw.integers(0, 1400)), float(draw.lognormal(6, 0.7))))  # fmt: skip
    months = ["month" if draw.random() < 0.4 else "day" for _ in rows]
    coded = coding.code(trade(rows, date_precision=months))
    flows = allocate(coded, same_goods(coded), coded.kg, window_days=120, slack=0.1, permutations=200, seed=7)
    assert np.mean(flows.p_value < 0.05) <= 0.05


def elsewhere(days: int = 1800) -> list[Row]:
    """Trade of others all through the records, a shipment a week."""
    return [(f"far{at % 9}", f"near{at % 7}", "CN", "KZ", at, 50.0) for at in range(0, days, 7)]


@pytest.mark.parametrize(
    ("what", "lot"),
    [
        ("one lot", [("maker", "middle", "CN", "KZ", 900, 100.0), ("middle", "buyer", "KZ", "RU", 921, 97.0)]),
        ("one lot, split", [("maker", "middle", "CN", "KZ", 900, 100.0), ("middle", "buyer", "KZ", "RU", 915, 60.0), ("middle", "buyer", "KZ", "RU", 917, 37.0)]),
        ("two lots into one", [("maker", "middle", "CN", "KZ", 900, 40.0), ("other", "middle", "CN", "KZ", 903, 60.0), ("middle", "buyer", "KZ", "RU", 920, 97.0)]),
        ("three legs", [("maker", "one", "CN", "AE", 900, 100.0), ("one", "middle", "AE", "KZ", 914, 99.0), ("middle", "buyer", "KZ", "RU", 930, 97.0)]),
    ],
)  # fmt: skip
def test_few_lots_borrow_the_dates_of_the_records(what: str, lot: list[Row]) -> None:
    """Two dates cannot be permuted; that both fall into three weeks of five years tells something all the same."""
    chains = [c for c in chains_json(find_chains(trade([*elsewhere(), *lot]))) if c["grade"] == "chain"]
    assert {row for c in chains for leg in rows_of(c) for row in leg} == set(range(len(elsewhere()) + 2, len(elsewhere()) + len(lot) + 2)), what  # fmt: skip
    assert any("drawn from the whole records" in str(note) for note in chains[0]["notes"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("records of two months", [*elsewhere(60), ("maker", "middle", "CN", "KZ", 20, 100.0), ("middle", "buyer", "KZ", "RU", 41, 97.0)]),
        ("months between", [*elsewhere(), ("maker", "middle", "CN", "KZ", 900, 100.0), ("middle", "buyer", "KZ", "RU", 1018, 97.0)]),
        ("two streams for years", [*elsewhere(), *[("maker", "middle", "CN", "KZ", 600 + 19 * at, 80.0) for at in range(40)], *[("middle", "buyer", "KZ", "RU", 609 + 23 * at, 70.0) for at in range(33)]]),
        ("a season mostly sold at home", [*elsewhere(), *[("maker", "middle", "CN", "KZ", 900 + 15 * at, 80.0) for at in range(10)], *[("middle", "buyer", "KZ", "RU", 909 + 15 * at, 20.0) for at in range(10)]]),
        ("a season in records no longer", [*[("maker", "middle", "CN", "KZ", 900 + 15 * at, 80.0) for at in range(10)], *[("middle", "buyer", "KZ", "RU", 909 + 15 * at, 75.0) for at in range(10)]]),
    ],
)  # fmt: skip
def test_few_dates_that_tell_nothing(what: str, rows: list[Row]) -> None:
    assert all(c["grade"] == "weaker" for c in chains_json(find_chains(trade(rows)))), what


def test_a_season_of_trade_that_goes_on_is_moved_as_a_whole() -> None:
    """Order tells nothing within a season; that the goods left in the season in which they came, of five years, does."""
    season = [(("maker", "middle", "CN", "KZ") if at % 2 else ("middle", "buyer", "KZ", "RU")) + (900 + 9 * at + at % 5, 80.0 + at) for at in range(1, 21)]  # fmt: skip
    chains = [c for c in chains_json(find_chains(trade([*elsewhere(), *season]))) if c["grade"] == "chain"]
    rows = {row for c in chains for leg in rows_of(c) for row in leg}
    assert len(rows & set(range(len(elsewhere()) + 2, len(elsewhere()) + 22))) >= 18
    assert any("moved as a whole" in str(note) for note in chains[0]["notes"])  # type: ignore[attr-defined]


def test_seasons_keep_their_level() -> None:
    """Unrelated seasons in both directions: no more than one party in twenty falls below .05."""
    draw = np.random.default_rng(8)
    rows: list[Row] = []
    for at in range(300):
        came, went = draw.integers(0, 1100, 2)
        for n in range(7):
            rows.append((f"maker{at}", f"middle{at}", "CN", "KZ", int(came + 16 * n + draw.integers(0, 9)), float(draw.lognormal(4, 0.3))))  # fmt: skip
            rows.append((f"middle{at}", f"buyer{at}", "KZ", "RU", int(went + 16 * n + draw.integers(0, 9)), float(draw.lognormal(4, 0.3))))  # fmt: skip
    coded = coding.code(trade(rows))
    flows = allocate(coded, same_goods(coded), coded.kg, window_days=120, slack=0.1, permutations=200, seed=7)
    assert 0 < np.mean(flows.p_value < 0.05) <= 0.05


@pytest.mark.parametrize("lots", [7, 14])
def test_seasons_of_every_size_keep_their_level(lots: int) -> None:
    """Parties that trade ten times as much as others, some for more than a year: what leaves by chance still is no chain."""
    draw = np.random.default_rng(9)
    rows: list[Row] = []
    for at in range(300):
        came, went = draw.integers(0, 1100, 2)
        size, own = draw.normal(4, 1), draw.normal(0, 1)
        for n in range(lots):
            rows.append((f"maker{at}", f"middle{at}", "CN", "KZ", int(came + 28 * n + draw.integers(0, 9)), float(np.exp(size + draw.normal(0, 0.4)))))  # fmt: skip
            rows.append((f"middle{at}", f"buyer{at}", "KZ", "RU", int(went + 28 * n + draw.integers(0, 9)), float(np.exp(size + own + draw.normal(0, 0.4)))))  # fmt: skip
    coded = coding.code(trade(rows))
    flows = allocate(coded, same_goods(coded), coded.kg, window_days=120, slack=0.1, permutations=200, seed=7)
    assert flows.borrowed[flows.cell].any()
    assert np.mean(flows.p_value < 0.05) <= 0.05


def test_that_as_much_leaves_as_came_tells_something() -> None:
    """Lots that leave a month or two later, of a firm that trades for a year and more: the weight tells what the dates alone do not."""
    draw = np.random.default_rng(4)
    others = [(f"far{at}", f"near{at}", "CN", "KZ", at, float(draw.lognormal(5, 1))) for at in range(0, 1800, 7)]
    season = [row for at, kg in enumerate([80.0, 30.0, 120.0, 60.0, 45.0, 90.0, 70.0, 30.0]) for row in (("maker", "middle", "CN", "KZ", 800 + 47 * at, kg), ("middle", "buyer", "KZ", "RU", 850 + 44 * at, 0.9 * kg))]  # fmt: skip
    chains = [c for c in chains_json(find_chains(trade([*others, *season]))) if c["grade"] == "chain"]
    assert len({row for c in chains for leg in rows_of(c) for row in leg}) >= 14
    half = [row if row[1] == "middle" else (*row[:5], 0.55 * row[5]) for row in season]
    assert all(c["grade"] == "weaker" for c in chains_json(find_chains(trade([*others, *half]))))


@pytest.mark.parametrize(("went", "lines"), [(180.0, 3), (90.0, 1)])
def test_lines_of_a_lot_stand_together_where_most_of_it_went_on(went: float, lines: int) -> None:
    """Which of three lines of one lot left, weights cannot tell; where most of the lot did not leave, its other lines are no part."""
    lot = [
        *[("maker", "middle", "CN", "KZ", 900 + at, 100.0) for at in range(3)],
        ("middle", "buyer", "KZ", "RU", 915, went),
    ]
    [chain] = [c for c in chains_json(find_chains(trade([*elsewhere(), *lot]))) if c["grade"] == "chain"]
    assert [len(leg) for leg in rows_of(chain)] == [lines, 1]


def test_borrowed_dates_keep_their_level() -> None:
    """Few unrelated shipments in both directions: no more than one party in twenty falls below .05."""
    draw = np.random.default_rng(6)
    rows: list[Row] = []
    for at in range(400):
        for _ in range(1 + at % 2):
            rows.append((f"maker{at}", f"middle{at}", "CN", "KZ", int(draw.integers(0, 1400)), float(draw.lognormal(6, 0.7))))  # fmt: skip
            rows.append((f"middle{at}", f"buyer{at}", "KZ", "RU", int(draw.integers(0, 1400)), float(draw.lognormal(6, 0.7))))  # fmt: skip
    coded = coding.code(trade(rows))
    flows = allocate(coded, same_goods(coded), coded.kg, window_days=120, slack=0.1, permutations=200, seed=7)
    assert flows.borrowed[flows.cell].all()
    assert np.mean(flows.p_value < 0.05) <= 0.05


def test_answer_does_not_depend_on_other_companies_or_on_order() -> None:
    rows = passed_on()
    alone = {str(c["id"]): c for c in chains_json(find_chains(trade(rows)))}
    more = [*rows, ("x", "y", "CN", "TR", 5, 10.0), ("y", "z", "TR", "RU", 9, 9.0)]
    with_more = {str(c["id"]): c for c in chains_json(find_chains(trade(more)))}
    assert all(with_more[key] == chain for key, chain in alone.items())
    shuffled = trade(rows).take(pa.array(np.random.default_rng(1).permutation(len(rows))))
    assert {str(c["id"]): c for c in chains_json(find_chains(shuffled))} == alone


def test_two_hundred_thousand_between_two_parties() -> None:
    draw = np.random.default_rng(5)
    n = 100_000
    day = np.sort(draw.integers(0, 1500, 2 * n)).astype(np.int32)
    outward = draw.random(2 * n) < 0.5
    code = np.where(outward, 1, 0).astype(np.int32)
    coded = coding.Coded(
        code, code + 1, ["a", "b", "c"], np.zeros(2 * n, np.int32), ["854231"], day, day, draw.lognormal(3, 1, 2 * n),
        np.zeros(2 * n, np.int8), code, code + 1, ["CN", "KZ", "RU"], np.ones(2 * n, np.bool_),
    )  # fmt: skip
    flows = allocate(coded, same_goods(coded), coded.kg, window_days=120, slack=0.1, permutations=50, seed=1)
    assert len(flows.p_value) == 1
    assert flows.p_value[0] > 0.05


def test_bad_parameter_and_missing_column() -> None:
    with pytest.raises(UsageError, match="out of range"):
        find_chains(trade([]), window_days=-1)
    with pytest.raises(InputError, match="no such column"):
        find_chains(trade([]).drop_columns(["hs6"]))


SHIPMENT = st.tuples(
    st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from(["CN", "KZ", "RU", "TR", ""]),
    st.sampled_from(["CN", "KZ", "RU", "TR", ""]), st.integers(0, 300), st.one_of(st.none(), st.floats(0.1, 1000.0)),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(SHIPMENT, max_size=60), st.lists(st.sampled_from(["day", "month"]), min_size=60, max_size=60))
def test_allocation_is_feasible(rows: list[Row], precision: list[str]) -> None:
    """No inbound weight is spent twice, none before it came or after the window, no outbound receives more than it weighs."""
    coded = coding.code(trade(rows, date_precision=precision[: len(rows)]))
    cells = same_goods(coded)
    flows = allocate(coded, cells, coded.kg, window_days=60, slack=0.1, permutations=5, seed=1)
    came, went = cells.row[flows.item_in], cells.row[flows.item_out]
    assert (coded.consignee[came] == coded.shipper[went]).all()
    assert (coded.end[went] >= coded.start[came]).all()
    assert (coded.start[went] - coded.end[came] <= 60).all()
    spent = np.bincount(came, flows.kg, len(rows)) if len(came) else np.zeros(len(rows))
    received = np.bincount(went, flows.kg, len(rows)) if len(went) else np.zeros(len(rows))
    kg = np.nan_to_num(coded.kg, nan=0.0)
    assert (spent <= kg * 1.1 * (1 + 1e-9)).all()
    assert (received <= kg * (1 + 1e-9)).all()
    for a, b in zip(came.tolist(), went.tolist(), strict=True):
        assert coded.dispatch[a] < 0 or coded.dispatch[a] != coded.destination[b]


@settings(max_examples=40, deadline=None)
@given(st.lists(SHIPMENT, max_size=80), st.integers(0, 90))
def test_candidate_legs_are_those_of_duckdb(rows: list[Row], window: int) -> None:
    coded = coding.code(trade(rows))
    came, went = candidate_legs(same_goods(coded), coded.start, coded.end, coded.kg, window, 0.1)
    mine = sorted(zip(came.tolist(), went.tolist(), strict=True))
    use = np.flatnonzero(coded.usable)
    table = pa.table({"place": use, "shipper": coded.shipper[use], "consignee": coded.consignee[use], "hs": coded.hs[use], "first": coded.start[use], "last": coded.end[use], "kg": coded.kg[use]})  # fmt: skip
    with duckdb.connect() as connection:
        connection.register("shipments", table)
        oracle = connection.execute(
            """SELECT came.place AS came, went.place AS went
            FROM shipments AS came
            INNER JOIN shipments AS went
              ON went.shipper = came.consignee
              AND went.hs = came.hs
              AND went.last >= came.first
              AND went.first - came.last <= $window
              AND went.kg <= came.kg * (1.0 + 0.1::DOUBLE)
            ORDER BY 1, 2""",
            {"window": window},
        ).fetchall()
    assert mine == oracle


def test_public_names() -> None:
    from entrepot.routes import chains

    assert set(chains.__all__) == {"PERMUTATIONS", "SEED", "SLACK", "WINDOW_DAYS", "ChainTables", "Links", "chains_json", "find_chains", "party_links"}  # fmt: skip
    assert ChainTables is chains.ChainTables
