"""Names that are one party are linked whatever the order of rows and files; numbers and judgements keep parties apart."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.model.tables import TABLES
from entrepot.parties.linking import Judged, Linked, Nodes, canonical, link, rare_names
from entrepot.parties.normal import normal_form
from entrepot.parties.suspects import party_pairs
from entrepot.parties.vocabulary import Vocabulary

SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("name_key", "identifier", "country", "name")]
    + [(name, pa.int64()) for name in ("age", "rows")]
)

Row = tuple[str, str, str]
"""Name, identifier, country."""

NO_CONTACTS = TABLES["contacts"].empty()
NO_MATCHES = TABLES["screened"].empty()


def nodes(rows: Sequence[Row], shuffled: int | None = None) -> Nodes:
    """Nodes of names as the build makes them; the first row is the oldest."""
    found: dict[tuple[str, str, str], dict[str, object]] = {}
    for age, (name, identifier, country) in enumerate(rows):
        key = (normal_form(name), identifier, country)
        node = found.setdefault(key, {"name": name, "age": age, "rows": 0})
        node["rows"] = int(str(node["rows"])) + 1
    listed = [{"name_key": k, "identifier": i, "country": c, **values} for (k, i, c), values in found.items()]
    if shuffled is not None:
        random.Random(shuffled).shuffle(listed)
    return Nodes.of(pa.Table.from_pylist(listed, SCHEMA))


def clusters(of: Nodes, linked: Linked) -> set[frozenset[Row]]:
    groups: dict[int, set[Row]] = {}
    for node, party in enumerate(linked.party):
        groups.setdefault(party, set()).add((of.keys[node], of.identifiers[node], of.countries[node]))
    return {frozenset(group) for group in groups.values()}


def ids(linked: Linked) -> Mapping[Row, str]:
    return {(r["name_key"], r["identifier"], r["country"]): r["party_id"] for r in linked.table.to_pylist()}


def parties(rows: Sequence[Row], judged: Sequence[Judged] = ()) -> list[set[str]]:
    """The names of each party, largest first."""
    of = nodes(rows)
    linked = link(of, NO_CONTACTS, judged)
    found: dict[int, set[str]] = {}
    for node, party in enumerate(linked.party):
        found.setdefault(party, set()).add(of.names[node])
    return sorted(found.values(), key=lambda names: (-len(names), sorted(names)))


INN = "inn:7707083893"
EIGHT = [
    ("ООО «Кварцприбор»", INN, "RU"), ("KVARTSPRIBOR LLC", INN, "RU"), ("Kvartspribor Limited Liability Company", INN, "KG"),
    ("QUARTZPRIBOR OOO", "7707083893", "RU"), ("Кварцприбор", "tax:7707083893", "RU"), ("KVARZPRIBOR", INN, ""),
    ("Kvarts Pribor LLC", INN, "RU"), ("KVARTSPRIBOR", "", "RU"),
]  # fmt: skip


def test_one_company_written_in_eight_ways_is_one_party() -> None:
    assert len(parties(EIGHT)) == 1


def test_one_name_with_two_numbers_is_two_parties_and_rows_without_go_by_country() -> None:
    rows = [
        ("Bolvabitsev Instrument LLC", "9800277985", "RU"), ("Bolvabitsev Instrument LLC", "30592771235111", "KG"),
        ("BOLVABITSEV INSTRUMENT, LLC", "", "KG"), ("Bolvabitsev Instrument LLC", "", "DE"),
    ]  # fmt: skip
    of = nodes(rows)
    linked = link(of, NO_CONTACTS)
    by_country = {of.countries[n]: linked.party[n] for n in range(4) if not of.identifiers[n]}
    numbered = {of.countries[n]: linked.party[n] for n in range(4) if of.identifiers[n]}
    assert numbered["RU"] != numbered["KG"]
    assert by_country["KG"] == numbered["KG"]
    assert by_country["DE"] not in numbered.values()
    assert len(set(linked.table.column("label").to_pylist())) == len(set(linked.party))


def test_common_names_are_one_party_in_each_country_only() -> None:
    common = [("Global Trading LLC", "", "AE"), ("GLOBAL TRADING LLC", "", "AM"), ("Global Trading LLC", "", "AE")]
    assert len(parties(common)) == 2
    rare = [("Kvartspribor LLC", "", "AE"), ("Kvartspribor LLC", "", "AM")]
    assert len(parties(rare)) == 1


def test_a_missing_legal_form_is_filled_only_where_one_form_is_there() -> None:
    assert len(parties([("Kvartspribor", "", "RU"), ("Kvartspribor LLC", "", "RU")])) == 1
    assert len(parties([("Kvartspribor", "", "RU"), ("Kvartspribor LLC", "", "KG")])) == 2
    assert (
        len(parties([("Kvartspribor", "", "RU"), ("Kvartspribor LLC", "", "RU"), ("Kvartspribor JSC", "", "RU")])) == 3
    )


def test_fillers_and_agents_numbers_join_nobody() -> None:
    assert canonical("inn", "0000000000") is None
    assert canonical("", "1234567890") is None
    other = ["Lotus", "Primer", "Zhelda", "Kegeyi", "Bolgoy", "Savuse", "Ugrare", "Yelead", "Karuen", "Dremuz"]
    assert len(parties([(f"{word} Works", "inn:7707083893", "RU") for word in other])) == len(other)
    spelled = [(f"Kvartspribor Instrument{'s' * n} LLC", "inn:7707083893", "RU") for n in range(10)]
    assert len(parties(spelled)) == 1


def test_names_alike_at_one_telephone_are_one_party_and_sister_firms_are_not() -> None:
    of = nodes(
        [("KVARTSPRIBOR LLC", "", "RU"), ("KVARTSPRIBUR LLC", "", "RU"), ("KVARTSPRIBOR LOGISTICS LLC", "", "RU")]
    )
    contacts = TABLES["contacts"].from_rows(
        {"name_key": key, "name": key, "role": "consignee", "country": "RU", "kind": "telephone", "contact": "74951234567", "source_id": "s", "row_number": 2, "rows": 1}
        for key in of.keys
    )  # fmt: skip
    linked = link(of, contacts)
    party = dict(zip(of.names, linked.party, strict=True))
    assert party["KVARTSPRIBOR LLC"] == party["KVARTSPRIBUR LLC"]
    assert party["KVARTSPRIBOR LLC"] != party["KVARTSPRIBOR LOGISTICS LLC"]


def test_a_number_without_a_name_belongs_to_the_party_that_gives_it() -> None:
    keys = ["id:inn:7707083893", "kvartspribor|llc"]
    of = Nodes(
        keys, ["inn:7707083893", "7707083893"], ["RU", "KG"], ["inn:7707083893", "Kvartspribor LLC"], [2, 1], [3, 3]
    )
    linked = link(of, NO_CONTACTS)
    assert set(linked.table.column("party_key").to_pylist()) == {"kvartspribor|llc"}


def judged(left: str, right: str, same: bool, left_number: str | None = None) -> Judged:
    return Judged(normal_form(left), left_number, normal_form(right), None, same, "judged by ana")


def test_a_judgement_joins_over_different_numbers_and_splits_under_one_number() -> None:
    rows = [("Kvartspribor LLC", "inn:7707083893", "RU"), ("Lotus Works LLC", "inn:7707083894", "RU")]
    assert len(parties(rows)) == 2
    assert len(parties(rows, [judged("Kvartspribor LLC", "Lotus Works LLC", same=True)])) == 1
    assert len(parties(EIGHT, [judged("QUARTZPRIBOR OOO", "KVARTSPRIBOR LLC", same=False)])) == 2


def test_identifiers_of_parties_outlive_new_files_and_merges_keep_the_older() -> None:
    first = [("Kvartspribor LLC", "", "RU"), ("Lotus Works LLC", "", "CN"), ("Lotus Works LLC", "inn:7707083894", "RU")]
    of = nodes(first)
    before = ids(link(of, NO_CONTACTS))
    more = [*first, ("Zheldagost JSC", "", "RU"), ("Lotos Vorks LLC", "inn:7707083894", "RU"), ("Lotus Works LLC", "inn:9800000001", "KG")]  # fmt: skip
    after = ids(link(nodes(more), NO_CONTACTS))
    assert set(before.values()) <= set(after.values())  # a party that new rows split keeps its identifier on one side
    assert after[normal_form("Kvartspribor LLC"), "", "RU"] == before[normal_form("Kvartspribor LLC"), "", "RU"]
    merged = ids(link(nodes(more), NO_CONTACTS, [judged("Zheldagost JSC", "Kvartspribor LLC", same=True)]))
    assert merged[normal_form("Zheldagost JSC"), "", "RU"] == before[normal_form("Kvartspribor LLC"), "", "RU"]


NAMES = ["Kvartspribor LLC", "KVARTSPRIBOR", "Кварцприбор ООО", "Kvartspribor JSC", "Lotus Works", "Lotus Works LLC", "Global Trading", "OOO Global Trading"]  # fmt: skip
NUMBERS = ["", "inn:7707083893", "7707083893", "inn:7707083894", "ogrn:1027700132195", "uscc:91990000182567849Q"]
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NUMBERS), st.sampled_from(["RU", "KG", ""])), max_size=14
)
JUDGED = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans()), max_size=4)


@given(ROWS, JUDGED, st.integers(0, 1000))
@settings(max_examples=80, deadline=None)
def test_the_order_of_rows_and_files_does_not_change_the_parties(
    rows: list[Row], pairs: list[tuple[str, str, bool]], seed: int
) -> None:
    decided = [judged(a, b, same=same) for a, b, same in pairs if normal_form(a) != normal_form(b)]
    of, turned = nodes(rows), list(rows)
    random.Random(seed).shuffle(turned)
    other = nodes(turned, shuffled=seed)
    assert clusters(of, link(of, NO_CONTACTS, decided)) == clusters(other, link(other, NO_CONTACTS, decided))


@given(ROWS)
@settings(max_examples=80, deadline=None)
def test_no_party_holds_two_numbers_of_one_kind_unless_a_person_said_so(rows: list[Row]) -> None:
    of = nodes(rows)
    linked = link(of, NO_CONTACTS)
    for node in range(len(of.keys)):
        assert all(len(values) == 1 for values in linked.groups.numbers(node).values())


@given(ROWS, JUDGED)
@settings(max_examples=80, deadline=None)
def test_names_judged_different_are_never_one_party(rows: list[Row], pairs: list[tuple[str, str, bool]]) -> None:
    decided = [judged(a, b, same=same) for a, b, same in pairs if normal_form(a) != normal_form(b)]
    of = nodes(rows)
    linked = link(of, NO_CONTACTS, decided)
    behind: dict[str, set[int]] = {}
    for node, party in enumerate(linked.party):
        behind.setdefault(of.keys[node], set()).add(party)
    for one in decided:
        if not one.same:
            assert behind.get(str(one.left_key), set()).isdisjoint(behind.get(str(one.right_key), set()))


def test_rare_words_are_not_trades_places_or_common_words() -> None:
    keys = ["global trading|llc", "kvartspribor|llc", "moscow electronics", "12345"]
    assert rare_names(keys) == {"kvartspribor|llc"}


def test_what_may_be_the_same_is_asked_and_what_cannot_be_is_not() -> None:
    rows = [
        ("KVARTSPRIBOR INSTRUMENT LLC", INN, "RU"), ("KVARTSPRIBUR INSTRUMENT LLC", "", "KG"), ("KVARTSPRIBOR INSTRUMENTS CO LLC", "inn:7707083894", "RU"),
        ("Zheldagost Marine JSC", "", "RU"),
    ]  # fmt: skip
    of = nodes(rows)
    linked = link(of, NO_CONTACTS)
    found = party_pairs(of, linked, NO_MATCHES).to_pylist()
    TABLES["party_pairs"].validate(party_pairs(of, linked, NO_MATCHES))
    pairs = {frozenset((row["left_name"], row["right_name"])) for row in found}
    assert frozenset(("KVARTSPRIBOR INSTRUMENT LLC", "KVARTSPRIBUR INSTRUMENT LLC")) in pairs
    assert frozenset(("KVARTSPRIBOR INSTRUMENT LLC", "KVARTSPRIBOR INSTRUMENTS CO LLC")) not in pairs
    apart = link(of, NO_CONTACTS, [judged("KVARTSPRIBOR INSTRUMENT LLC", "KVARTSPRIBUR INSTRUMENT LLC", same=False)])
    asked = party_pairs(of, apart, NO_MATCHES).to_pylist()
    assert frozenset(("KVARTSPRIBOR INSTRUMENT LLC", "KVARTSPRIBUR INSTRUMENT LLC")) not in {frozenset((r["left_name"], r["right_name"])) for r in asked}  # fmt: skip


def test_scripts_without_spelled_sounds_meet_their_english_names() -> None:
    rows = [("SHENZHEN LANWAN ELECTRONICS CO LTD", "", "CN"), ("深圳市蓝湾电子有限公司", "", "CN")]
    of = nodes(rows)
    found = party_pairs(of, link(of, NO_CONTACTS), NO_MATCHES).to_pylist()
    assert [{r["left_name"], r["right_name"]} for r in found] == [{name for name, _, _ in rows}]


@pytest.mark.parametrize("rows", [[], [("Kvartspribor LLC", "", "")]])
def test_empty_and_single_cases(rows: list[Row]) -> None:
    of = nodes(rows)
    linked = link(of, NO_CONTACTS)
    assert party_pairs(of, linked, NO_MATCHES).num_rows == 0
    assert linked.table.num_rows == len(rows)


def at_telephone(names: Sequence[str]) -> tuple[Nodes, Linked]:
    """Names (rows as often as they stand there) behind one telephone in India, linked."""
    of = nodes([(name, "", "IN") for name in names])
    contacts = TABLES["contacts"].from_rows(
        {"name_key": normal_form(name), "name": name, "role": "consignee", "country": "IN", "kind": "telephone", "contact": "910002216053", "source_id": "s", "row_number": at, "rows": 1}
        for at, name in enumerate(dict.fromkeys(names), 2)
    )  # fmt: skip
    return of, link(of, contacts)


def test_many_misspellings_of_one_firm_at_one_telephone_are_one_party() -> None:
    spelled = ["THAFUFUTROM", "THAFFUFUTROM", "THAFUFURTOM", "THAFUFUTROOM", "THAFUFUUTROM", "THFUFUTROM", "THHAFUFUTROM",
               "THAFUFUTRON", "THAFUFUTRM", "THAFUUTROM"]  # fmt: skip
    names = [f"{word} TRADING PVT LTD" for word in ("THAFUFUTROM", "THAFUFUTROM", *spelled)]
    of, linked = at_telephone(names)
    assert len(clusters(of, linked)) == 1


def test_many_firms_at_one_telephone_stay_apart() -> None:
    words = [
        "ZELKOVA",
        "BRUNTAL",
        "KOSTERNA",
        "MIRADOUX",
        "PALVENTE",
        "ORSKIND",
        "TREVANGO",
        "HULLMARE",
        "DESPRINO",
        "VALKUREN",
    ]
    of, linked = at_telephone([f"{word} TRADING PVT LTD" for word in words])
    assert len(clusters(of, linked)) == len(words)


def test_an_identifier_without_a_name_in_several_countries_is_linked() -> None:
    listed = [
        {"name_key": key, "identifier": "84721011", "country": country, "name": None, "age": age, "rows": 1}
        for age, (key, country) in enumerate([("id:84721011", "KR"), ("id:84721011", "JP"), ("kvartspribor|", "KR")])
    ]
    found = link(Nodes.of(pa.Table.from_pylist(listed, SCHEMA)), NO_CONTACTS)
    assert len(set(found.party)) == 1
    assert rare_names(["id:84721011"]) == frozenset()


def test_signs_in_a_word_take_no_place_among_its_letters() -> None:
    words = Vocabulary()
    odd, plain = words.number("nord:licht~{*'"), words.number("nordlicht")
    held = words.arrays()
    assert held.letters[odd, 0].tobytes() == held.letters[plain, 0].tobytes()
    assert held.sets[odd].tolist() == held.sets[plain].tolist()
