"""Names as the field compares them, and the laws that every comparison obeys."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.parties.compare import MATCH, compare, compare_pairs
from entrepot.parties.evidence import Facts
from entrepot.parties.noparty import not_a_party
from entrepot.parties.normal import normal_form

SAME = [
    ("Person", "Ардалион Бекмурзин", "BEKMURZIN, Ardalion"),
    ("Person", "A. Bekmurzin", "Ardalion Bekmurzin"),
    ("Person", "ArdalionBekmurzin", "Ardalion Bekmurzin"),
    ("Person", "Mr. Ardalion Bekmurzin", "Ardalion Bekmurzin"),
    ("Person", "Bill Tarrance", "William Tarrance"),
    ("Person", "Ard4lion Bekmurz1n", "Ardalion Bekmurzin"),
    ("Company", "ООО «Кварцприбор»", "Limited Liability Company Kvartspribor"),
    ("Company", "Brelando A.Ş.", "Brelando Anonim Şirketi"),
    ("Company", "Good Harbor Company", "Goodharbor Company"),
    ("Company", "1st Meridian Bank", "First Meridian Bank"),
    ("Company", "深圳市蓝湾贸易有限公司", "Shenzhen Lanwan Trading Co., Ltd."),
    ("Company", "Brelando LLC formerly Vostrano Trading", "Vostrano Trading"),
    ("Vessel", "MV Northern Lintel", "Northern Lintel"),
]
OTHER = [
    ("Company", "Global Trading LLC", "Global Electronics Trading LLC"),
    ("Company", "Brelando Systems Ltd", "Brelando Ltd"),
    ("Company", "Brelando GmbH", "Brelando AG"),
    ("Company", "QXC Aviation", "QAU Aviation"),
    ("Company", "Government of Estonia", "Government of Ethiopia"),
    ("Person", "Ardalion Petrovich Bekmurzin", "Ardalion Ivanovich Bekmurzin"),
    ("Person", "Olga Barinova", "Oleg Baranov"),
    ("Person", "Frost, William G.", "William W Frost"),
    ("Vessel", "Lady Maren", "Lady Solvei"),
]


@pytest.mark.parametrize(("schema", "left", "right"), SAME)
def test_names_of_one_party_match(schema: str, left: str, right: str) -> None:
    comparison = compare(left, right, schema)
    assert comparison.match, comparison.explanation
    assert comparison.explanation


@pytest.mark.parametrize(("schema", "left", "right"), OTHER)
def test_names_of_two_parties_do_not(schema: str, left: str, right: str) -> None:
    comparison = compare(left, right, schema)
    assert not comparison.match, comparison.explanation


def test_an_extra_word_is_said() -> None:
    assert "only right: electronics" in compare("Global Trading LLC", "Global Electronics Trading LLC").explanation


def test_a_look_alike_letter_is_shown() -> None:
    comparison = compare("Brelаndo Ltd", "Brelando Ltd")  # the first has a Cyrillic а
    assert comparison.match
    assert "look-alike" in comparison.explanation


def test_bulk_and_single_scores_agree() -> None:
    pairs = SAME + OTHER
    bulk = compare_pairs([p[1] for p in pairs], [p[2] for p in pairs], [p[0] for p in pairs])
    for (schema, left, right), score in zip(pairs, bulk, strict=True):
        assert compare(left, right, schema).score == pytest.approx(float(score), abs=1e-6)


names = st.text(st.sampled_from("abcdeghiklmnoprstuvz АБВГДкмнор李明公司 محد .-'&/()12"), max_size=40)


@settings(max_examples=80, deadline=None)
@given(names, names, st.sampled_from([None, "Person", "Company", "Vessel"]))
def test_comparison_is_symmetric(left: str, right: str, schema: str | None) -> None:
    assert compare(left, right, schema).score == pytest.approx(compare(right, left, schema).score, abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["kvarts", "lintel", "ardalion", "bekmurzin", "solvei", "meridian"]),
        min_size=1,
        max_size=4,
        unique=True,
    ),
    st.randoms(),
)
def test_order_of_words_does_not_matter(words: list[str], rng: object) -> None:
    turned = sorted(words, reverse=True)
    assert compare(" ".join(words), " ".join(turned), "Person").score == pytest.approx(1.0)


@settings(max_examples=40, deadline=None)
@given(names)
def test_a_name_equals_itself(name: str) -> None:
    score = compare(name, name, "Company").score
    assert score == pytest.approx(1.0) or not any(c.isalnum() for c in name) or score >= 0


@pytest.mark.parametrize("schema", ["Person", "Company", None])
@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "a",
        "x" * 10_000,
        "...!!!",
        "😀😀",
        "\u202eabc\u202c",
        "\x00\x07",
        "ab " * 4000,
        "李" * 600,
        "ا" * 600,
        "\ud7ff\uffff",
    ],
)
def test_hostile_text_is_compared_without_error(hostile: str, schema: str | None) -> None:
    comparison = compare(hostile, "Ardalion Bekmurzin", schema)
    assert 0 <= comparison.score < MATCH
    assert normal_form(hostile) is not None


def test_identifiers_decide() -> None:
    one = Facts({"inn": frozenset(["7700000001"])})
    other = Facts({"inn": frozenset(["7700000002"])})
    assert not compare("Kvartspribor LLC", "Kvartspribor LLC", "Company", facts_a=one, facts_b=other).match
    assert compare("Kvartspribor LLC", "Kvarcpribor", "Company", facts_a=one, facts_b=one).match
    assert "different inn" in compare("Kvartspribor", "Kvartspribor", facts_a=one, facts_b=other).explanation


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([p[1:] for p in SAME + OTHER]))
def test_a_conflict_or_a_common_country_never_raises(pair: tuple[str, str]) -> None:
    left, right = pair
    plain = compare(left, right).score
    conflict = compare(
        left, right, facts_a=Facts({"inn": frozenset(["1"])}), facts_b=Facts({"inn": frozenset(["2"])})
    ).score
    country = compare(
        left, right, facts_a=Facts(countries=frozenset(["RU"])), facts_b=Facts(countries=frozenset(["RU"]))
    ).score
    assert conflict <= plain
    assert country == plain


@pytest.mark.parametrize(
    "entry", ["OTROS", "TO ORDER", "NOT AVAILABLE", "same as consignee", "N/A", "-", "12345", "не указан", "到付"[:0]]
)
def test_entries_that_name_no_party(entry: str) -> None:
    assert not_a_party(entry)
    assert compare(entry, "Kvartspribor").score == 0


@pytest.mark.parametrize("entry", ["Order of Malta", "Otros Amigos SA", "Ли", "To Order Foods Ltd"])
def test_names_that_only_contain_such_words(entry: str) -> None:
    assert not_a_party(entry) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ООО «Ромашка-Трейдинг»", "Romashka Treyding, LLC"),
        ("BEKMURZIN, Ardalion", "ardalion bekmurzin"),
        ("Brelando A.G.", "Brelando Aktiengesellschaft"),
        ("L.X.C Aviation", "LXC AVIATION"),
    ],
)
def test_normal_form_is_the_same_for_spellings_of_one_name(left: str, right: str) -> None:
    assert normal_form(left) == normal_form(right)


def test_normal_form_keeps_the_kind_of_legal_form() -> None:
    assert normal_form("Brelando GmbH") != normal_form("Brelando AG")


@pytest.mark.slow
def test_compiled_code_agrees_with_plain_python() -> None:
    """The same pairs in a second interpreter without the compiler."""
    code = "import json,sys\nfrom entrepot.parties.compare import compare_pairs\np=json.loads(sys.stdin.read())\nprint(json.dumps([float(x) for x in compare_pairs(*p)]))"
    import json

    pairs = (SAME + OTHER)[::3]
    given_pairs = [[p[1] for p in pairs], [p[2] for p in pairs], [p[0] for p in pairs]]
    plain = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], input=json.dumps(given_pairs), capture_output=True, text=True, check=True,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    ).stdout  # fmt: skip
    assert json.loads(plain) == pytest.approx(compare_pairs(*given_pairs).tolist(), abs=1e-4)


@pytest.mark.parametrize(
    ("native", "latin", "matches"),
    [("马晓红", "Ma Xiaohong", True), ("李明", "Li Ming", True)],
)
def test_a_chinese_name_in_one_piece_meets_both_words_of_its_spelling(native: str, latin: str, matches: bool) -> None:
    comparison = compare(native, latin, "Person")
    assert comparison.match is matches, comparison.explanation
