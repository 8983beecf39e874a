"""A telephone, an address or an owner in common with a listed party, and what only looks alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tests.findings.test_indicators import Case, Row, on, ship, subjects

DAY = dt.date(2022, 6, 1)
LISTED_DAY = dt.date(2022, 8, 1)
LINES = [
    *(ship(2 + n, on(9 * n, DAY), consignee_name="Primer Trade") for n in range(4)),
    *(ship(20 + n, on(9 * n, DAY), consignee_name="Kvartspribor") for n in range(2)),
]
MATCH = {
    "name": "Kvartspribor", "name_key": "kvartspribor", "list_id": "L", "entry_id": "1", "entry_name": "Kvartspribor",
    "matched_name": "Kvartspribor", "score": 1.0, "decision": "match", "explanation": "same",
}  # fmt: skip
ENTRY = {"list_id": "L", "entry_id": "1", "name": "Kvartspribor", "schema": "Company", "listed": LISTED_DAY, "source_id": "l", "row_number": 2}  # fmt: skip


def contact(name: str, kind: str = "telephone", value: str = "74950000001", row: int = 2) -> Row:
    return {"name_key": name.lower(), "name": name, "role": "consignee", "country": "RU", "kind": kind, "contact": value, "source_id": "s",
            "row_number": row, "rows": 2}  # fmt: skip


def sharing(contacts: Iterable[Row], **given: Iterable[Row]) -> Case:
    return Case(LINES, **{"matches": [MATCH], "list_presence": [ENTRY], "contacts": contacts, **given})


def test_a_telephone_or_an_address_of_a_listed_party() -> None:
    (found,) = sharing([contact("Primer Trade"), contact("Kvartspribor", row=20)]).fires("contact_of_listed")
    assert (found["subject"], found["other"], found["rows"], found["firms"]) == ("Primer Trade", "Kvartspribor", 4, 2)
    office = "МОСКВАУЛПРОБНАЯД9ОФ31"
    both = [contact("Primer Trade", "address", office), contact("Kvartspribor", "address", office)]
    assert subjects(sharing(both).fires("contact_of_listed")) == {"Primer Trade"}


def test_the_address_that_the_list_publishes() -> None:
    place = {"list_id": "L", "entry_id": "1", "source_id": "l", "row_number": 2, "kind": "address", "country": "RU", "text": "Moskva, ul. Probnaya, d. 9, of. 31"}  # fmt: skip
    own = [contact("Primer Trade", "address", "MOSKVAULPROBNAYAD9OF31")]
    assert subjects(sharing(own, list_places=[place]).fires("contact_of_listed")) == {"Primer Trade"}
    assert sharing(own, list_places=[{**place, "text": "Moskva"}]).fires("contact_of_listed") == []
    assert sharing(own, list_places=[{**place, "text": "Moskva, ul. Probnaya, d. 9, of. 32"}]).fires("contact_of_listed") == []  # fmt: skip


def test_an_address_in_another_script_and_a_telephone_that_the_list_publishes() -> None:
    place = {"list_id": "L", "entry_id": "1", "source_id": "l", "row_number": 2, "kind": "address", "country": "RU", "text": "9-31 Probnaya, Moscow, Tel: +7 495 000 00 01"}  # fmt: skip
    keys = [
        {"contact": "МОСКВАУЛПРОБНАЯД9ОФ31", "place_key": "RU RUMOW probnaa 31 9"},
        {"contact": str(place["text"]), "place_key": "RU RUMOW probnaa 31 9"},
    ]
    own = [
        contact("Primer Trade", "address", "МОСКВАУЛПРОБНАЯД9ОФ31") | {"written": "МОСКВА, УЛ. ПРОБНАЯ, Д. 9, ОФ. 31"}
    ]
    (found,) = sharing(own, list_places=[place], address_keys=keys).fires("contact_of_listed")
    assert (found["subject"], found["contact"]) == ("Primer Trade", "МОСКВА, УЛ. ПРОБНАЯ, Д. 9, ОФ. 31")
    assert sharing(own, list_places=[place]).fires("contact_of_listed") == []
    (found,) = sharing([contact("Primer Trade")], list_places=[place]).fires("contact_of_listed")
    assert (found["subject"], found["kind"]) == ("Primer Trade", "telephone")
    alike = {**MATCH, "name": "Primer Trade", "name_key": "primer trade", "entry_id": "2", "score": 0.82}
    other = {**ENTRY, "entry_id": "2", "name": "Premier Trade"}
    given = sharing([contact("Primer Trade")], list_places=[place], matches=[alike], list_presence=[ENTRY, other])
    assert subjects(given.fires("contact_of_listed")) == {"Primer Trade"}


def test_contacts_that_tell_nothing() -> None:
    both = [contact("Primer Trade"), contact("Kvartspribor")]
    centre = [*both, *(contact(f"Tenant {n}") for n in range(6))]
    assert sharing(centre).fires("contact_of_listed") == []
    assert sharing([contact("Primer Trade", value="74950000002"), both[1]]).fires("contact_of_listed") == []
    unsure = {**MATCH, "score": 0.6}
    assert sharing(both, matches=[unsure]).fires("contact_of_listed") == []
    gone = {**ENTRY, "listed": dt.date(2019, 1, 1), "delisted": dt.date(2021, 1, 1)}
    assert sharing(both, list_presence=[gone]).fires("contact_of_listed") == []


def stake(row: int, owned: str, *, share: float | None = 60.0, relation: str = "owns", **more: object) -> Row:
    return {"source_id": "s", "row_number": row, "owner_name": "Ivan Probny", "owned_name": owned, "share": share, "relation": relation, **more}  # fmt: skip


OF_LISTED = stake(31, "Kvartspribor", owned_list_id="L", owned_entry_id="1")


def owned(*stakes: Row, **given: Iterable[Row]) -> list[dict[str, object]]:
    return Case(LINES, **{"ownership": stakes, "list_presence": [ENTRY], **given}).fires("shared_owner")


def test_one_owner_with_a_listed_party() -> None:
    (found,) = owned(OF_LISTED, stake(32, "PRIMER TRADE"))
    assert (found["subject"], found["owner"], found["rows"]) == ("Primer Trade", "Ivan Probny", 4)
    assert found["stake"] == "owns 60.0% of"
    assert subjects(owned(OF_LISTED, stake(32, "Primer Trade", share=None, relation="controls"))) == {"Primer Trade"}


def test_owners_that_tell_nothing() -> None:
    assert owned(OF_LISTED, stake(32, "Primer Trade", share=10.0)) == []
    assert owned(OF_LISTED, stake(32, "Primer Trade", share=None)) == []
    assert owned(OF_LISTED, stake(32, "Primer Trade", until=dt.date(2021, 1, 1))) == []
    assert owned(OF_LISTED, stake(32, "Primer Trade", owner_name="Petr Drugoy")) == []
    fund = [stake(40 + n, f"Holding {n}") for n in range(21)]
    assert owned(OF_LISTED, stake(32, "Primer Trade"), *fund) == []
    delisted = {**ENTRY, "delisted": dt.date(2022, 1, 1)}
    assert owned(OF_LISTED, stake(32, "Primer Trade"), list_presence=[delisted]) == []
    listed_owner = {**ENTRY, "entry_id": "2", "name": "Ivan Probny"}
    assert owned(OF_LISTED, stake(32, "Primer Trade"), list_presence=[ENTRY, listed_owner]) == []
