"""The ownership rules as the regimes state them: sums, chains, cycles, missing and stale stakes, and days."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.model.tables import TABLES
from entrepot.parties.ownership import Owned, Rule, Stake, apply, rules
from entrepot.parties.ownership_tables import Statements, owned_parties

RULES = {rule.id: rule for rule in rules()}
OFAC, EU_OLD, EU_NEW, UK = (RULES[name] for name in ("ofac-50", "eu-2018", "eu-2024", "uk-50"))
LISTED: Mapping[str, dt.date | None] = {"X": None, "Y": None}


def stake(owner: str, owned: str, share: float | None, relation: str = "owns", **more: object) -> Stake:
    return Stake(owner, owned, share, relation, "s", 2, **more)  # type: ignore[arg-type]  # days by name


def owned(rule: Rule, stakes: Iterable[Stake], listed: Mapping[str, dt.date | None] = LISTED) -> dict[str, Owned]:
    return {result.node: result for result in apply(rule, stakes, listed)}


def names(rule: Rule, *stakes: Stake) -> set[str]:
    return {node for node, result in owned(rule, stakes).items() if result.status != "unknown"}


@pytest.mark.parametrize(
    ("stakes", "blocked"),
    [
        ((stake("X", "A", 50), stake("A", "B", 50)), {"A", "B"}),
        ((stake("X", "A", 50), stake("X", "B", 10), stake("A", "B", 40)), {"A", "B"}),
        ((stake("X", "A", 50), stake("X", "B", 25), stake("A", "B", 25)), {"A", "B"}),
        ((stake("X", "A", 25), stake("X", "B", 25), stake("A", "C", 50), stake("B", "C", 50)), set()),
        ((stake("X", "A", 50), stake("X", "B", 25), stake("A", "C", 25), stake("B", "C", 25)), {"A"}),
        ((stake("X", "A", 25), stake("Y", "A", 25)), {"A"}),
        ((stake("X", "A", 49.99),), set()),
    ],
)
def test_the_examples_of_the_faq(stakes: tuple[Stake, ...], blocked: set[str]) -> None:
    """OFAC, FAQ 401: indirect ownership counts through entities that are themselves owned 50 percent or more."""
    assert names(OFAC, *stakes) == blocked


def test_regimes_differ_on_half_on_sums_and_on_control() -> None:
    half = stake("X", "A", 50)
    assert [names(rule, half) for rule in (OFAC, EU_OLD, EU_NEW, UK)] == [{"A"}, set(), {"A"}, set()]
    together = (stake("X", "A", 30), stake("Y", "A", 25))
    assert [names(rule, *together) for rule in (OFAC, EU_OLD, EU_NEW, UK)] == [{"A"}, {"A"}, {"A"}, set()]
    control = stake("X", "A", None, "controls")
    assert [names(rule, control) for rule in (OFAC, EU_OLD, EU_NEW, UK)] == [set(), {"A"}, {"A"}, {"A"}]
    assert owned(UK, [control])["A"].status == "controlled"


def test_stakes_are_summed_and_never_multiplied() -> None:
    chain = [stake("X", "A", 60), stake("A", "B", 60), stake("B", "C", 60)]
    found = owned(OFAC, chain)
    assert [found[node].share for node in "ABC"] == [60, 60, 60]
    assert [step.stake.owned for step in found["C"].steps] == ["A", "B", "C"]
    thirds = [stake("X", "A", 16.67), stake("Y", "A", 16.67), stake("B", "A", 16.66), stake("X", "B", 50)]
    assert owned(OFAC, thirds)["A"].status == "owned"


def test_cycles_end_and_own_nothing_by_themselves() -> None:
    assert names(OFAC, stake("A", "B", 100), stake("B", "A", 100)) == set()
    fed = [stake("A", "B", 60), stake("B", "A", 30), stake("X", "A", 50), stake("A", "A", 20)]
    found = owned(OFAC, fed)
    assert set(found) == {"A", "B"}
    assert found["A"].share == 80
    assert any("cycle" in note for note in found["A"].notes)


def test_missing_percentages_are_shown_as_such() -> None:
    found = owned(OFAC, [stake("X", "A", None), stake("Y", "A", 30), stake("Y", "B", 20)])
    assert set(found) == {"A"}
    assert (found["A"].status, found["A"].share) == ("unknown", 30)
    assert "the percentage of 1 stake is not stated" in found["A"].notes
    assert owned(UK, [stake("X", "A", None, "subsidiary")])["A"].status == "controlled"
    assert owned(OFAC, [stake("X", "A", None, "subsidiary")])["A"].status == "unknown"


def test_the_newest_statement_counts_and_old_ones_are_called_stale() -> None:
    sold = [stake("X", "A", 60, as_of=dt.date(2019, 1, 1)), stake("X", "A", 10, as_of=dt.date(2024, 1, 1))]
    assert names(OFAC, *sold) == set()
    old = [stake("X", "A", 60, as_of=dt.date(2019, 1, 1)), stake("Y", "B", 10, as_of=dt.date(2024, 1, 1))]
    found = owned(OFAC, old)
    assert found["A"].steps[0].stale
    assert "1 stake is stale: stated for 2019-01-01 or later" in found["A"].notes
    assert (
        names(OFAC, stake("X", "A", 60, until=dt.date(2020, 1, 1)), stake("Y", "B", 9, as_of=dt.date(2024, 1, 1)))
        == set()
    )


def test_a_party_is_owned_from_the_day_on_which_the_last_needed_stake_counts() -> None:
    listed = {"X": dt.date(2022, 3, 1), "Y": dt.date(2023, 5, 1)}
    stakes = [
        stake("X", "A", 30, since=dt.date(2021, 1, 1)),
        stake("Y", "A", 25),
        stake("A", "B", 50, since=dt.date(2024, 2, 2)),
    ]
    found = owned(OFAC, stakes, listed)
    assert (found["A"].from_date, found["B"].from_date) == (dt.date(2023, 5, 1), dt.date(2024, 2, 2))
    assert owned(OFAC, [stake("X", "A", 50)])["A"].from_date is None


def test_stakes_over_a_hundred_percent_are_said() -> None:
    assert any("sum to 120" in note for note in owned(OFAC, [stake("X", "A", 60), stake("N", "A", 60)])["A"].notes)


STAKES = st.lists(
    st.tuples(st.sampled_from("XYABCDE"), st.sampled_from("ABCDE"), st.sampled_from([10, 25, 30, 50, 60, 100])),
    max_size=12,
)


@given(STAKES, st.integers(0, 999), st.sampled_from(list(RULES)))
@settings(max_examples=150, deadline=None)
def test_the_result_is_the_fixed_point_whatever_the_order(
    given_stakes: list[tuple[str, str, int]], seed: int, rule_id: str
) -> None:
    rule = RULES[rule_id]
    one_each = {(a, b): share for a, b, share in given_stakes if a != b}
    stakes = [stake(a, b, share) for (a, b), share in one_each.items()]
    blocked = set(LISTED)
    while True:  # the definition, step by step
        held = {node: [s for (a, b), s in one_each.items() if b == node and a in blocked] for node in "ABCDE"}
        more = {
            n for n, parts in held.items() if parts and rule.met(sum(parts) if rule.together else max(parts))
        } - blocked
        if not more:
            break
        blocked |= more
    assert names(rule, *stakes) == blocked - set(LISTED)
    turned = list(stakes)
    random.Random(seed).shuffle(turned)
    assert apply(rule, turned, LISTED) == apply(rule, stakes, LISTED)


@given(STAKES, st.tuples(st.sampled_from("XYABCDE"), st.sampled_from("ABCDE"), st.sampled_from([10, 50])))
@settings(max_examples=80, deadline=None)
def test_a_further_stake_never_frees_anyone(
    given_stakes: list[tuple[str, str, int]], extra: tuple[str, str, int]
) -> None:
    one_each = {(a, b): share for a, b, share in given_stakes if a != b and (a, b) != extra[:2]}
    stakes = [stake(a, b, share) for (a, b), share in one_each.items()]
    assert names(OFAC, *stakes) <= names(OFAC, *stakes, stake(*extra))


def tables(statements: list[dict[str, object]], entries: list[tuple[str, str, str]], records: list[str]) -> Statements:
    """The tables of a case with these statements, entries (list, entry, name) and names in the records."""
    columns = {
        "relation": "owns", "source_id": "own", "owner_list_id": None, "owner_entry_id": None, "owned_list_id": None, "owned_entry_id": None,
        "since": None, "until": None, "as_of": None, "stated_by": None, "list_date": None, "share": None,
    }  # fmt: skip
    listed = [{**columns, "row_number": at, **row} for at, row in enumerate(statements, 2)]
    return Statements(
        pa.Table.from_pylist(listed),
        TABLES["list_presence"].from_rows(
            {"list_id": l, "entry_id": e, "name": n, "schema": "Company", "source_id": "list", "row_number": 2, "listed": dt.date(2022, 3, 1)} for l, e, n in entries  # noqa: E741
        ),
        TABLES["list_keys"].from_rows({"list_id": l, "entry_id": e, "name": n, "kind": "primary", "name_key": n.lower()} for l, e, n in entries),  # noqa: E741
        TABLES["party_members"].from_rows(
            {"party_id": f"p-{n}", "party_key": n.lower(), "name_key": n.lower(), "identifier": "", "country": "", "name": n, "names": 1, "rows": 1, "source_id": "s", "row_number": 2}
            for n in records
        ),
    )  # fmt: skip


def test_rules_read_the_lists_of_their_regime_and_owners_by_name() -> None:
    statements: list[dict[str, object]] = [
        {"owner_name": "Kvartspribor", "owned_name": "Zheldagost", "share": 60.0},
        {"owner_name": "ZHELDAGOST", "owned_name": "Savuseloz", "share": 51.0},
    ]
    entries = [("ofac-sdn", "1", "Kvartspribor"), ("own-list", "7", "Other")]
    found, steps = owned_parties(tables(statements, entries, ["Savuseloz"]))
    TABLES["owned_parties"].validate(found)
    TABLES["ownership_steps"].validate(steps)
    rows = found.to_pylist()
    assert {row["rule"] for row in rows} == {"ofac-50"}
    last = next(row for row in rows if row["name"] == "Savuseloz")
    assert (last["party_id"], last["from_date"]) == ("p-Savuseloz", dt.date(2022, 3, 1))
    assert last["owners"] == "Kvartspribor (ofac-sdn, entry 1)"
    assert "Kvartspribor (listed) owns 60 % of ZHELDAGOST" in last["steps"]
    assert [row["position"] for row in steps.to_pylist() if row["owned_id"] == last["owned_id"]] == [1, 2]
    own, _ = owned_parties(tables(statements, [("own-list", "1", "Kvartspribor")], []))
    assert {row["rule"] for row in own.to_pylist()} == set(RULES)


def test_a_name_that_two_entries_bear_is_nobodys() -> None:
    statements: list[dict[str, object]] = [{"owner_name": "Ivan Petrov", "owned_name": "Zheldagost", "share": 60.0}]
    found, _ = owned_parties(
        tables(statements, [("ofac-sdn", "1", "Ivan Petrov"), ("ofac-sdn", "2", "Ivan Petrov")], [])
    )
    assert found.num_rows == 0
