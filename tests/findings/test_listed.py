"""A name on a list, what speaks against it, and where such findings stand."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.findings.test_indicators import Case, Row, ship, subjects

NAME = "Primer Trade"
DAY = dt.date(2022, 5, 1)


def case(
    *,
    score: float = 0.97,
    places: tuple[str, ...] = ("RU",),
    country: str = "RU",
    matched: str = NAME,
    listed_names: tuple[tuple[str, str], ...] = ((NAME, "Latn"),),
    number: str = "",
    judgement: str | None = None,
    name: str = NAME,
    listed: dt.date = dt.date(2021, 1, 1),
    delisted: dt.date | None = None,
) -> Case:
    """One party with one shipment and one match; the list gives the entry the number 7701234567."""
    tables: dict[str, list[Row]] = {
        "matches": [
            {"name": name, "name_key": name.lower(), "list_id": "L", "entry_id": "1", "entry_name": listed_names[0][0],
             "matched_name": matched, "score": score, "decision": "match", "explanation": "words alike", "judgement": judgement}
        ],
        "list_presence": [{"list_id": "L", "entry_id": "1", "name": NAME, "schema": "Company", "listed": listed, "delisted": delisted, "source_id": "l", "row_number": 2}],
        "list_names": [
            {"list_id": "L", "entry_id": "1", "source_id": "l", "row_number": 2, "name": n, "kind": "primary", "script": s}
            for n, s in listed_names
        ],
        "list_places": [
            {"list_id": "L", "entry_id": "1", "source_id": "l", "row_number": 2, "kind": "address", "country": c, "text": c}
            for c in places
        ],
        "list_identifiers": [
            {"list_id": "L", "entry_id": "1", "source_id": "l", "row_number": 2, "kind": "inn", "value": "7701234567"}
        ],
        "party_members": [
            {"party_id": "p", "party_key": name.lower(), "name_key": name.lower(), "identifier": number, "country": country,
             "name": name, "names": 1, "rows": 1, "source_id": "s", "row_number": 2}
        ],
    }  # fmt: skip
    return Case([ship(2, DAY, consignee_name=name)], **tables)


def where(made: Case) -> list[str]:
    return [name for name in ("listed_party", "listed_later", "close_to_listed") if made.fires(name)]


def test_a_name_on_the_list_in_the_same_country() -> None:
    assert where(case()) == ["listed_party"]
    assert where(case(listed=dt.date(2023, 1, 1))) == ["listed_later"]


@pytest.mark.parametrize("country", ["", "HK"])
def test_unknown_countries_and_hong_kong_beside_china_speak_against_nothing(country: str) -> None:
    assert where(case(country=country, places=("CN",))) == ["listed_party"]
    assert where(case(places=())) == ["listed_party"]


def test_another_country_makes_it_a_close_name_that_says_so() -> None:
    made = case(country="KZ")
    assert where(made) == ["close_to_listed"]
    [found] = made.fires("close_to_listed")
    assert found["against"] == "the list puts it in RU, the records in KZ"
    assert float(str(found["strength"])) < 0.4


def test_the_same_number_or_a_judgement_outranks_another_country() -> None:
    assert where(case(country="KZ", number="inn:7701-234567")) == ["listed_party"]
    assert where(case(country="KZ", judgement="same")) == ["listed_party"]


def test_a_name_alike_in_sound_alone_though_the_list_writes_it_in_this_script() -> None:
    both = (("Ningbo Kuixuan Trading", "Latn"), ("宁波奎煊贸易", "Hani"))
    made = case(name="Ningbo Junxuan Trading", matched="宁波奎煊贸易", listed_names=both, score=0.86)
    assert where(made) == ["close_to_listed"]
    [found] = made.fires("close_to_listed")
    assert found["against"] == 'only by sound: the list also writes it "Ningbo Kuixuan Trading"'
    only_han = (("宁波奎煊贸易", "Hani"),)
    assert where(case(name="Ningbo Kuixuen Trading", matched="宁波奎煊贸易", listed_names=only_han, score=0.86)) == [
        "listed_party"
    ]
    assert where(case(name="Ningbo Kuixuan Trading Co", matched="宁波奎煊贸易", listed_names=both, score=0.86)) == [
        "listed_party"
    ]
    assert where(case(name="Ningbo Kuixuen Trading", matched="宁波奎煊贸易", listed_names=both, score=0.96)) == [
        "listed_party"
    ]


def test_the_subject_is_the_party_of_the_records() -> None:
    assert subjects(case().fires("listed_party")) == {NAME}


def test_a_close_name_says_when_the_entry_left_the_list_and_what_fell_into_it() -> None:
    made = case(country="KZ", delisted=dt.date(2022, 1, 1))
    [found] = made.fires("close_to_listed")
    assert (found["delisted_text"], int(str(found["while_listed"]))) == (
        ", delisted on 2022-01-01",
        int(dt.date(2022, 1, 1) > DAY),
    )
    [found] = case(country="KZ").fires("close_to_listed")
    assert (found["delisted_text"], int(str(found["while_listed"]))) == ("", 1)
