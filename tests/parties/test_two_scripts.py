"""Company names in Han, Kana, Hangul and Arabic script against their English form; all companies are made up."""

from __future__ import annotations

import pytest

from entrepot.parties.compare import compare
from entrepot.parties.han import company_parts
from entrepot.parties.vocabulary import meanings

SAME = [
    ("桂林欧赛橡塑科技有限公司", "Guilin Ousai Rubber & Plastics Technology Co., Ltd."),
    ("香港鴻泰昌貿易有限公司", "Hung Tai Cheong Trading Limited"),
    ("西沢電機工業株式会社", "Nishizawa Electric Industries Co., Ltd."),
    ("ブレランド・エレクトロニクス株式会社", "Brelando Electronics Corporation"),
    ("대한모빈중공업 주식회사", "Daehan Mobin Heavy Industries Co., Ltd."),
    ("시스템즈소란 주식회사", "Soran Systems Co Ltd"),
    ("شركة زهران لصناعة الزجاج", "Zahran Glass Industry Company"),
    ("شرکت بازرگانی آروین دریا", "Arvin Darya Trading Company"),
]
OTHER = [
    ("桂林欧赛橡塑科技有限公司", "Guilin Mingda Rubber & Plastics Technology Co., Ltd."),
    ("西沢電機工業株式会社", "Kumagaya Electric Industries Co., Ltd."),
    ("대한모빈중공업 주식회사", "Daehan Sarok Heavy Industries Co., Ltd."),
    ("شركة زهران لصناعة الزجاج", "Barakat Glass Industry Company"),
]


@pytest.mark.parametrize(("native", "latin"), SAME)
def test_one_company_in_two_scripts_matches(native: str, latin: str) -> None:
    comparison = compare(native, latin, "Company")
    assert comparison.match, comparison.explanation
    assert comparison.score == compare(latin, native, "Company").score


@pytest.mark.parametrize(("native", "latin"), OTHER)
def test_another_trade_name_with_the_same_business_does_not(native: str, latin: str) -> None:
    comparison = compare(native, latin, "Company")
    assert not comparison.match, comparison.explanation


def test_the_cut_with_the_fewest_unknown_characters_is_taken() -> None:
    assert company_parts("大和重工株式会社") == (("大和", "重工"), ("株式会社",))
    assert company_parts("深圳市欧赛贸易有限公司") == (("深圳", "欧赛", "贸易"), ("有限公司",))
    assert company_parts("第五十四研究所") == (("54", "研究所"), ())


def test_arabic_words_are_translated_with_their_article_and_endings() -> None:
    assert "egyptian" in meanings("المصريه", "Arab")
    assert "industry" in meanings("لصناعه", "Arab") or "industries" in meanings("لصناعه", "Arab")
    assert meanings("زهران", "Arab") == ()


def test_a_joint_venture_of_common_words_is_another_company() -> None:
    assert not compare("Intl Chemical Co", "International Chemical Joint Venture Corporation", "Company").match
    assert compare("Brelando Chemical Co", "Brelando Chemical Joint Venture Co", "Company").match
