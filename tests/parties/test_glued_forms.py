"""Legal forms that are written on to the word before them, and the customary field of business of Turkish names."""

from __future__ import annotations

import pytest

from entrepot.parties.compare import MATCH, compare
from entrepot.parties.forms import unglued
from entrepot.parties.normal import normal_form
from entrepot.parties.text import fold, tokens


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["zelkova", "tradingllc"], ["zelkova", "trading", "llc"]),
        (["zelkova", "logisticsltd"], ["zelkova", "logistics", "ltd"]),
        (["zelkovallc"], ["zelkovallc"]),
        (["visa"], ["visa"]),
    ],
)
def test_only_a_company_word_is_taken_from_a_form(words: list[str], expected: list[str]) -> None:
    assert unglued(words) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ZELKOVAKANSU HAVACILIK SANAYİ VE TİCARET LİMİTED ŞİRKETİ", "ZELKOVAKANSU HAVACILIK LTD. ŞTİ."),
        ("ZELKOVAKANSU HAVACILIK SAN. VE TİC. A.Ş.", "ZELKOVAKANSU HAVACILIK ANONİM ŞİRKETİ"),
        ("ZELKOVAKANSU TRADINGLLC", "ZELKOVAKANSU TRADING LLC"),
    ],
)
def test_how_a_form_is_written_is_no_difference(one: str, other: str) -> None:
    assert compare(one, other).score >= MATCH


def test_another_field_of_business_still_differs() -> None:
    assert compare("ZELKOVA HAVACILIK SAN. VE TİC. A.Ş.", "ZELKOVA GIDA SAN. VE TİC. A.Ş.").score < MATCH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('ООО"ЗЕЛЬКОВА МИКРОЭЛЕКТРОНИКА"', "ЗЕЛЬКОВА МИКРОЭЛЕКТРОНИКА ООО"),
        ('АККЦИОНЕРНОЕ ОБЩЕСТВО "ЗЕЛЬКОВА ОПТИКА"', 'АО "ЗЕЛЬКОВА ОПТИКА"'),
        ('ОБЩЕСВТО С ОГРАНИЧЕНОЙ ОТВЕТСТВЕННОСТЬЮ "ЗЕЛЬКОВА"', 'ООО "ЗЕЛЬКОВА"'),
        ("ZELKOVA OPTICS COMPANY LIMIETD", "ZELKOVA OPTICS CO., LTD"),
        ('LLP "ZELKOVA OPTIKA"', "ТОО «ZELKOVA OPTIKA»"),
    ],
)
def test_a_slip_in_a_form_gives_the_same_key(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


def test_quotation_marks_inside_words_stay_what_they_were() -> None:
    assert tokens(fold('Об"єднання Зелькова')) == ["обєднання", "зелькова"]
    assert tokens(fold('זלקובה בע"מ')) == ["זלקובה", "בעמ"]
    assert tokens(fold("Zel”kova")) == ["zelkova"]


def test_a_word_that_is_no_form_keeps_its_spelling() -> None:
    assert normal_form("Corporatin Street Bakery") != normal_form("Corporation Street Bakery").split("|")[0]
    assert normal_form("Zelkova Limiter Works") == "limiter works zelkova"
