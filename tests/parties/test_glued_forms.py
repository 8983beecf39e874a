"""Legal forms that are written on to the word before them, and the customary field of business of Turkish names."""

from __future__ import annotations

import pytest

from entrepot.parties.compare import MATCH, compare
from entrepot.parties.forms import unglued


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
