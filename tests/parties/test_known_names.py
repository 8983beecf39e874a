"""Organisations whose English name is known, and how their names are taken from dictionaries."""

from __future__ import annotations

import lzma
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

from entrepot.parties.analyse import variants
from entrepot.parties.compare import compare
from entrepot.parties.datafile import KNOWN_NAMES
from entrepot.parties.index import NameIndex
from entrepot.parties.known_names import in_english, key_of
from tests.modules import load_module

NOTICE = Path(__file__).resolve().parents[2] / "NOTICE"
TOOL = Path(__file__).resolve().parents[2] / "tools" / "bundle_known_names.py"


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("宜家贸易有限公司", "IKEA Trading Co., Ltd."),  # CC-CEDICT
        ("丰田通商株式会社", "Toyota Tsusho Corporation"),
        ("エーザイ株式会社", "Eisai Co., Ltd."),
        ("連邦捜査局", "Federal Bureau of Investigation"),  # JMnedict
        ("日本精工株式会社", "NSK Ltd."),  # EDINET
        ("우리은행", "Woori Bank"),  # name-suggestion-index
        ("مصر للبترول", "Misr Petroleum"),
    ],
)
def test_an_organisation_is_known_by_its_english_name(native: str, latin: str) -> None:
    comparison = compare(native, latin, "Company")
    assert comparison.match, comparison.explanation
    assert comparison.score == compare(latin, native, "Company").score


def test_what_stands_around_a_known_organisation_still_counts() -> None:
    assert in_english("北京宜家贸易有限公司") == ["北京 IKEA 贸易有限公司"]
    assert not compare("宜家贸易有限公司", "Cadbury Trading Co., Ltd.", "Company").match
    assert not compare("日本精工株式会社", "NTN Corporation", "Company").match


def test_names_that_are_not_known_have_no_english_name() -> None:
    assert in_english("桂林欧赛橡塑科技有限公司") == []
    assert in_english("IKEA Trading") == []
    assert variants("桂林欧赛橡塑科技有限公司") == ["桂林欧赛橡塑科技有限公司"]


def test_places_and_business_words_alone_are_no_organisation() -> None:
    for name in ("北京有限公司", "银行", "株式会社"):
        assert in_english(name) == [], name


def test_legal_forms_and_traditional_characters_do_not_hide_a_name() -> None:
    assert key_of("愛立信股份有限公司") == key_of("爱立信")
    assert key_of("日本精工株式会社") == key_of("株式会社日本精工") == "日本精工"


def test_the_explanation_says_that_a_name_is_known() -> None:
    assert "known in English, IKEA" in compare("宜家贸易有限公司", "IKEA Trading Co., Ltd.", "Company").explanation
    entry = compare("Brelando Ltd (formerly 宜家贸易有限公司)", "IKEA Trading Co., Ltd.", "Company")
    assert "left: known in English, IKEA" in entry.explanation
    assert "known in English" not in compare("宜家贸易有限公司", "Yijia Trading Co., Ltd.", "Company").explanation


def test_a_known_organisation_is_found_when_screening() -> None:
    listed = ["Federal Bureau of Investigation", "NSK Ltd.", *(f"Brelando Works {n}" for n in range(200))]
    hit = NameIndex.build(listed, "Company").search(["連邦捜査局", "日本精工株式会社"], "Company", least=0.8)
    assert list(zip(hit.query.tolist(), hit.name.tolist(), strict=True)) == [(0, 0), (1, 1)]


@pytest.mark.parametrize("file", KNOWN_NAMES)
def test_each_file_states_its_licence_and_has_keys_as_the_code_makes_them(file: str) -> None:
    data = files("entrepot.parties").joinpath("data", f"{file}.tsv.xz").read_bytes()
    header, *lines = lzma.decompress(data).decode("utf-8").splitlines()
    assert header.startswith("# ")
    assert any(licence in header for licence in ("CC BY-SA 4.0", "PDL", "BSD-3-Clause"))
    assert f"{file}.tsv.xz" in NOTICE.read_text("utf-8")
    keys = [line.split("\t")[0] for line in lines]
    assert keys == sorted(set(keys))
    other = [key for key in keys[::20] if key_of(key) != key]
    assert not other


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load_module(TOOL)


@pytest.mark.parametrize(
    ("gloss", "names"),
    [
        ("Delano Air Lines, Inc., airline headquartered in Norwich", ["Delano Air Lines, Inc"]),
        ("Northland Liberation Organization (NLO)", ["Northland Liberation Organization", "NLO"]),
        ("(abbr) Institute of Tides", ["Institute of Tides"]),
        ("Brelando (US film company)", ["Brelando"]),
        ("abbr. for 北方水利大學|北方水利大学[Bei3 fang1] Northern Water University", ["Northern Water University"]),
        ("China Lamp and Wire Corporation, Sinolamp", ["China Lamp and Wire Corporation", "Sinolamp"]),
        ("to sell goods on a market", []),
    ],
)
def test_glosses_of_dictionaries_are_shortened_to_names(tool: ModuleType, gloss: str, names: list[str]) -> None:
    assert tool.names_in(gloss) == names


def test_a_trade_name_follows_where_it_stands_first_on_both_sides(tool: ModuleType) -> None:
    vocabulary = tool.Vocabulary()
    assert tool.trade_name("東京蓉岡電機株式会社", "Tokyo Hasuoka Electric", vocabulary) == ("蓉冈", "Hasuoka")
    assert tool.trade_name("電機蓉岡株式会社", "Electric Hasuoka", vocabulary) is None
    assert tool.trade_name("蓉岡電機株式会社", "Electric Works", vocabulary) is None


def test_the_lists_are_not_read_for_names_in_latin_letters() -> None:
    code = (
        "from entrepot.parties.analyse import variants; from entrepot.parties import known_names, native;"
        "variants('Brelando Ltd'); variants('Société Générale');"
        "print(known_names._names.cache_info().currsize, native._dictionary.cache_info().currsize)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["0", "0"]
