"""Company names in Cyrillic against their English form; all companies are made up, the abbreviations are the usual ones."""

from __future__ import annotations

import pytest

from entrepot.parties.abbreviations import own_names, without_honour, written_out
from entrepot.parties.compare import compare
from entrepot.parties.native import cyrillic_initials, meanings, place_stem

SAME = [
    ("АО «НПО «Заречье»", "Zarechye Scientific and Production Association JSC"),
    ("АО «НПП «Горислав»", "NPP Gorislav, JSC"),
    (
        "Акционерное общество «Тамбовский завод электромеханических приборов»",
        "Tambov Electromechanical Instruments Plant JSC",
    ),
    ("ПАО «Саратовский судоремонтный завод «Волгарь»", "Saratov Ship Repair Plant Volgar PJSC"),
    ("АО «Завод «Гелиор» имени А. Б. Петрова»", "Gelior Plant JSC"),
    ("Омский завод «Орбион» — филиал АО «Техмашсервис»", "Omsk Plant Orbion"),
    ("АО «НИИ ТГМ»", "Scientific Research Institute of Heavy Hydraulic Machinery JSC"),
    ("АО «НИИЛСП»", "Scientific Research Institute of Laser Systems and Instruments"),
    ("ООО «Дендрит Полупроводники»", "Dendrit Semiconductors LLC"),
]
OTHER = [
    ("АО «НПО «Заречье»", "Radonezh Scientific and Production Association JSC"),
    (
        "Акционерное общество «Тамбовский завод электромеханических приборов»",
        "Penza Electromechanical Instruments Plant JSC",
    ),
    ("АО «НИИЛСП»", "Research Institute of Marine Diesel Engines"),
    ("ПАО «Саратовский судоремонтный завод «Волгарь»", "Saratov Bearing Plant PJSC"),
]


@pytest.mark.parametrize(("native", "latin"), SAME)
def test_a_russian_company_matches_its_english_name(native: str, latin: str) -> None:
    comparison = compare(native, latin, "Company")
    assert comparison.match, comparison.explanation
    assert comparison.score == compare(latin, native, "Company").score


@pytest.mark.parametrize(("native", "latin"), OTHER)
def test_another_company_of_the_same_trade_does_not(native: str, latin: str) -> None:
    comparison = compare(native, latin, "Company")
    assert not comparison.match, comparison.explanation


def test_a_short_acronym_alone_is_no_match() -> None:
    assert compare("АО «ТПЗ»", "Tula Cartridge Works JSC", "Company").decision == "no"
    assert compare("ПАО «РОМЗ»", "Rostov Optical and Mechanical Plant, PJSC", "Company").decision == "possible"


def test_abbreviations_are_written_out_only_beside_a_name() -> None:
    assert written_out(["нии", "лазера"]) == ["научно", "исследовательский", "институт", "лазера"]
    assert written_out(["нии"]) == ["нии"]


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("тульский", "tula"),
        ("новосибирского", "novosibirsk"),
        ("казанская", "kazan"),
        ("приборостроительный", "instrument"),
        ("теплоизоляционный", ""),
    ],
)
def test_adjectives_of_places_and_compounds_are_understood(word: str, english: str) -> None:
    found = meanings(word, "Cyrl")
    assert (english in found) if english else not found


def test_words_that_only_look_like_adjectives_of_places_have_no_stem() -> None:
    assert place_stem("тульский") == "тул"
    assert place_stem("завод") == ""


def test_whose_name_a_works_bears_and_whose_branch_it_is() -> None:
    assert without_honour("АО «НПО «Заречье» имени А. Б. Петрова»")[-1].startswith("АО «НПО «Заречье")
    assert own_names("Филиал ПАО «Техмашсервис» — Омский завод «Орбион»") == ["Омский завод «Орбион»"]
    assert own_names("Radonezh Group Corporation, Joint Stock Company Orbion") == ["Joint Stock Company Orbion"]


def test_letters_of_an_acronym_are_those_of_the_russian_words() -> None:
    assert "з" in cyrillic_initials("plant")
    assert "т" in cyrillic_initials("tula")
