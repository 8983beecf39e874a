"""One place in several spellings has one key; another house, office or town has another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.findings.addresses import address_keys, read_address

SAME = (
    ("РОССИЯ, Г. КАЗАНЬ, УЛ. ЛЕСНАЯ, Д. 48, ТЕЛ. +7 000 668 02 48", "48 Lesnaya, Kazan, Russia"),
    ("420000, Респ. Татарстан, г. Казань, ул. Лесная, д.48", "Lesnaia st. 48, Kazan, RUSSIA"),
    ("Санкт-Петербург, пр-кт Садовый, д. 70, оф. 670", "70-670 Sadovyy Prospekt, Saint Petersburg"),
    ("г. Москва ул. Академика Королёва 12А", "Ul. Akademika Koroleva, d. 12a, Moscow 129515"),
    (
        "Московская область, г. Химки, ул. Ленинградская, вл. 39, стр. 5",
        "Khimki, Leningradskaya ul., 39/5, Moscow Region",
    ),
    ("Barbaros Bulvarı No:172-364, İzmir/TÜRKİYE", "172-364 Barbaros Blv., Izmir, Turkey, Tel: +90 000 02 67 45"),
    ("PO BOX 17870 DUBAI UNITED ARAB EMIRATES", "P.O. Box 17870, Dubai, UAE"),
    ("АЛМАТЫ, УЛ. МЕЛЬНИЧНАЯ ДУБРАВА, 45, ОФ. 163", "45-163 Melnichnaya Dubrava str., Almaty, Kazakhstan"),
)
OTHER = (
    ("48 Lesnaya, Kazan, Russia", "49 Lesnaya, Kazan, Russia"),
    ("48 Lesnaya, Kazan, Russia", "48 Lesnaya, Samara, Russia"),
    ("48-12 Lesnaya, Kazan, Russia", "48-13 Lesnaya, Kazan, Russia"),
    ("48 Lesnaya, Kazan, Russia", "48 Polevaya, Kazan, Russia"),
)
NONE = ("Moscow", "12 Moscow", "Lenina street, Moscow, Russia", "123456, Russia", "", "OFFICE 12", "-")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_place_in_two_spellings(one: str, other: str) -> None:
    keys = {each.key() for text in (one, other) if (each := read_address(text)) is not None}
    assert len(keys) == 1
    assert read_address(one) is not None


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_house_office_street_or_town(one: str, other: str) -> None:
    left, right = read_address(one), read_address(other)
    assert left is not None
    assert right is not None
    assert left.key() != right.key()


@pytest.mark.parametrize("text", NONE)
def test_what_tells_no_place(text: str) -> None:
    assert read_address(text, "RU") is None


def test_a_country_beside_the_address_stands_in_for_one_in_it() -> None:
    bare, stated = read_address("10 Rustaveli, Tbilisi", "GE"), read_address("10 Rustaveli Ave, Tbilisi, Georgia")
    assert bare == stated
    assert read_address("10 Rustaveli, Tbilisi") == stated


@settings(max_examples=40, deadline=None)
@given(st.permutations(["Lesnaya 48", "office 12", "Kazan"]), st.sampled_from([str.upper, str.lower, str.title]))
def test_order_and_case_of_the_pieces_say_nothing(pieces: list[str], written: object) -> None:
    text = ", ".join(pieces)
    changed = written(text) if callable(written) else text
    assert read_address(changed, "RU") == read_address("48-12 Lesnaya, Kazan, Russia")


def test_table_has_each_address_once_and_leaves_out_what_tells_no_place() -> None:
    table = address_keys(
        [
            ("48LESNAYAKAZAN", "48 LESNAYA, KAZAN", "RU"),
            ("48LESNAYAKAZAN", "48 LESNAYA KAZAN", "RU"),
            ("KAZAN", "KAZAN", "RU"),
        ]
    )
    assert table.to_pylist() == [{"contact": "48LESNAYAKAZAN", "place_key": "RU RUKZN lesnaa 48"}]
