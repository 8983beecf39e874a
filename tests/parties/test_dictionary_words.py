"""Trade names that are words of a dictionary, and Japanese names as they are read; all companies are made up."""

from __future__ import annotations

import lzma
from importlib.resources import files

import pytest

from entrepot.parties.compare import compare
from entrepot.parties.datafile import DICTIONARY_WORDS, rows
from entrepot.parties.han import company_parts
from entrepot.parties.native import meanings, of_dictionary


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("龙虾重工有限公司", "Lobster Heavy Industries Co., Ltd."),
        ("株式会社ハムスターシェルフ", "Hamster Shelf Inc."),
        ("株式会社アノラック", "Anorak Inc."),
        ("株式会社アミューズロード", "Amuseroad Inc."),
        ("ネイチャーブレランド株式会社", "Nature Brelando Co., Ltd."),
        ("グレイズ電機株式会社", "Graze Electric Co., Ltd."),
        ("㈱ブレランド", "Brelando Co., Ltd."),
        ("ソフトパイナップル株式会社", "Softpineapple Inc."),
        ("鶴弥工業株式会社", "Tsuruya Industries Co., Ltd."),
        ("霞ヶ丘電機株式会社", "Kasumigaoka Electric Co., Ltd."),
        ("梅の沢商事株式会社", "Umenosawa Shoji Co., Ltd."),
    ],
)
def test_a_trade_name_is_known_by_a_dictionary_or_its_reading(native: str, latin: str) -> None:
    comparison = compare(native, latin, "Company")
    assert comparison.match, comparison.explanation


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("龙虾重工有限公司", "Dolphin Heavy Industries Co., Ltd."),
        ("株式会社ハムスターシェルフ", "Hamster Bridge Inc."),
        ("鶴弥工業株式会社", "Kameda Industries Co., Ltd."),
        ("世界卫生组织", "World Trade Organization"),
    ],
)
def test_another_word_is_another_name(native: str, latin: str) -> None:
    comparison = compare(native, latin, "Company")
    assert not comparison.match, comparison.explanation


def test_kana_between_han_characters_belongs_to_the_trade_name() -> None:
    assert company_parts("梅の沢商事株式会社")[0] == ("梅の泽", "商事")
    assert company_parts("霞ヶ丘電機株式会社")[0][0] == "霞ヶ丘"
    assert company_parts("沢ブレランド株式会社")[0] == ("泽", "ブレランド")


def test_a_dictionary_is_asked_only_for_words_that_no_list_of_terms_has() -> None:
    assert meanings("龙虾", "Hani") == ()
    assert "lobster" in of_dictionary("龙虾", "Hani")
    assert of_dictionary("lobster", "Latn") == ()


@pytest.mark.parametrize("file", DICTIONARY_WORDS)
def test_each_dictionary_states_its_licence(file: str) -> None:
    data = files("entrepot.parties").joinpath("data", f"{file}.tsv.xz").read_bytes()
    header, *lines = lzma.decompress(data).decode("utf-8").splitlines()
    assert "CC BY-SA 4.0" in header
    assert len(lines) > 10_000
    assert all(line.count("\t") == 1 for line in lines)


@pytest.mark.parametrize("file", ["han_readings_names", "translit_kana"])
def test_what_is_learned_from_dictionaries_states_its_licence_too(file: str) -> None:
    text = files("entrepot.parties").joinpath("data", f"{file}.tsv").read_text("utf-8")
    assert "CC BY-SA 4.0" in " ".join(line for line in text.splitlines() if line.startswith("#"))


def test_readings_of_japanese_names_are_those_that_character_dictionaries_lack() -> None:
    known = {(row[0], row[1]) for name in ("han_readings", "han_readings_unihan") for row in rows(name)}
    learned = {(character, latin) for character, latin, *_ in rows("han_readings_names")}
    assert ("越", "koshi") in learned
    assert not learned & known


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("国際相撲連盟", "International Sumo Federation"),
        ("全米溶接協会", "American Welding Society"),
        ("沢浦女子短期大学", "Sawaura Women's Junior College"),
        ("한솔빛고등학교", "Hansolbit High School"),
        ("Зимогорский педагогический лицей", "Zimogorsky Pedagogical Lyceum"),
        ("مدارس البرلند العالمية", "Al Berland International Schools"),
    ],
)
def test_schools_and_societies_are_known_by_their_words(native: str, latin: str) -> None:
    comparison = compare(native, latin, "Company")
    assert comparison.match, comparison.explanation
    assert not compare(native, "International Chess Foundation of Normandy", "Company").match
