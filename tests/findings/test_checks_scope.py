"""Who sends and who receives in a claim, and what only looks like a declaration, a listing or a country."""

from __future__ import annotations

from dataclasses import replace

import pytest

from entrepot.findings.checks import claims
from entrepot.findings.checks.amounts import own_goods
from entrepot.findings.checks.scope import scope_of
from entrepot.findings.checks.vocabulary import goods_term


def claim(quote: str, *organisations: str) -> claims.TestedClaim:
    named = tuple((o, quote.index(o), quote.index(o) + len(o)) for o in organisations)
    return claims.TestedClaim(
        "c1", "d1", quote, "asserts", False, "", "", "", (), None, None, "", "open", None, organisations=named
    )


@pytest.mark.parametrize(
    ("quote", "parts"),
    [
        ("Chinese companies have sent Russian entities 1,000 rifles.", {"CN": "from", "RU": "to"}),
        ("Russian entities received 12 shipments from Chinese companies.", {"CN": "from", "RU": "to"}),
        ("The firm sent drone parts to a small Russian distributor.", {"RU": "to"}),
        ("The firm sold Russian oil to Turkey.", {"RU": "from", "TR": "to"}),
        ("Turkish exporters sold pumps to Georgia.", {"TR": "from", "GE": "to"}),
        ("The valves imported by Georgia came from Turkey.", {"GE": "to", "TR": "from"}),
        ("Pumps exported by Turkey reached Georgia.", {"TR": "from", "GE": "with"}),
    ],
)
def test_the_part_of_a_country(quote: str, parts: dict[str, str]) -> None:
    assert {p.code: p.part for p in scope_of(claim(quote), lambda _: {}).places} == parts


@pytest.mark.parametrize(
    ("quote", "codes"),
    [
        ("DJI sent drone parts to Kenya.", {"KE"}),
        ("The UAE sent drone parts to Kenya.", {"AE", "KE"}),
        ("Djibouti sent drone parts to Kenya.", {"DJ", "KE"}),
    ],
)
def test_three_capitals_are_a_company_unless_they_are_a_countrys_usual_name(quote: str, codes: set[str]) -> None:
    assert {p.code for p in scope_of(claim(quote), lambda _: {}).places} == codes


def test_vests_that_protect_are_no_undershirts_and_military_gear_is_no_gearbox() -> None:
    assert goods_term("tactical vests").prefixes == goods_term("body armor").prefixes
    assert goods_term("military gear").prefixes == ()
    assert goods_term("vests").prefixes != goods_term("tactical vests").prefixes


def test_what_goods_are_used_in_is_not_what_was_traded() -> None:
    tested = replace(
        claim("Georgia imported 40 tons of microchips, used in missiles and tanks."),
        goods=("microchips", "missiles", "tanks"),
    )
    assert [g.text for g in scope_of(tested, lambda _: {}).goods] == ["microchips"]


def figure(value: float, unit: str, kind: str, of: str) -> claims.Figure:
    return claims.Figure(1, value, value, value, unit, kind, of, False, 0, 1)


def test_a_figure_counts_its_own_goods_only() -> None:
    quote = "Kenya received 12 shipments of drone parts and more than 12 tons of body armor and 900 rifles from Turkey."
    scope = scope_of(replace(claim(quote), goods=("drone parts", "body armor", "rifles")), lambda _: {})
    goods = {
        "drone parts": own_goods(figure(12, "shipments", "count", "drone parts"), scope),
        "body armor": own_goods(figure(12, "t", "mass", "body armor"), scope),
        "rifles": own_goods(figure(900, "rifles", "count", ""), scope),
    }
    assert {name: [g.text for g in found.goods] for name, found in goods.items()} == {name: [name] for name in goods}
    everything = own_goods(figure(1e6, "USD", "money", ""), scope)
    assert [g.text for g in everything.goods] == ["drone parts", "body armor", "rifles"]
