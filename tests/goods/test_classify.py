"""The classifier on texts whose code a person can check against the nomenclature."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.goods.classify import Classifier
from entrepot.goods.lexicon import descriptions, everyday_terms
from entrepot.goods.words import MAX_CHARACTERS, plain, weighted_words


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.default()


@pytest.mark.parametrize(
    ("text", "hs6"),
    [
        ("women's knitted pullover, 60% cotton 40% polyester", "611020"),
        ("men's knitted pullover, 30% cotton 70% polyester", "611030"),
        ("laptop computer 15 inch", "847130"),
        ("smartphone 128GB black", "851713"),
        ("What is the HTS US Code for ceramic coffee mugs made of stoneware?", "691200"),
        ("lithium-ion battery pack 36V", "850760"),
        ("hex bolts M16 x 60 zinc plated steel", "731815"),
        ("frozen shrimps peeled", "030617"),
    ],
)
def test_plain_goods_come_first(classifier: Classifier, text: str, hs6: str) -> None:
    assert classifier.classify([text])[0].candidates[0].hs6 == hs6


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("интегральные микросхемы", "8542"),
        ("ноутбук портативный компьютер", "8471"),
        ("entegre devre", "8542"),
        ("erkek pamuklu tişört", "6109"),
        ("teléfono inteligente", "8517"),
        ("集成电路", "8542"),
        ("无人机", "8806"),
        ("керамическая плитка для пола", "6907"),
    ],
)
def test_other_languages_find_the_heading(classifier: Classifier, text: str, heading: str) -> None:
    assert classifier.classify([text])[0].headings[0][0] == heading


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "parts",
        "SPARE PARTS",
        "запчасти",
        "yedek parça",
        "样品",
        "12345",
        "\x00\x07",
        "?!",
        "general cargo",
        "10 pcs parts",
    ],
)
def test_vague_text_is_not_classified(classifier: Classifier, text: str) -> None:
    result = classifier.classify([text])[0]
    assert result.candidates == ()
    assert result.abstained


def test_the_words_that_decided_are_words_of_the_text(classifier: Classifier) -> None:
    candidate = classifier.classify(["Ceramic tiles for floors, glazed"])[0].candidates[0]
    assert candidate.heading == "6907"
    assert candidate.words
    assert all(part in "ceramic tiles for floors, glazed" for word in candidate.words for part in word.split())


def test_order_repetition_and_company_change_nothing(classifier: Classifier) -> None:
    alone = classifier.classify(["laptop computer"])[0]
    together = classifier.classify(["wooden table", "laptop computer", "wooden table", "parts", "laptop computer"])
    assert [r.text for r in together] == ["wooden table", "laptop computer", "wooden table", "parts", "laptop computer"]
    assert together[1].candidates[0].hs6 == together[4].candidates[0].hs6 == alone.candidates[0].hs6
    assert together[1].candidates[0].score == pytest.approx(alone.candidates[0].score, rel=1e-4)


def test_scores_are_probabilities(classifier: Classifier) -> None:
    result = classifier.classify(["steel pipe fittings"], k=8)[0]
    assert len(result.candidates) == 8
    scores = [candidate.score for candidate in result.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= c.score <= c.heading_score <= c.chapter_score + 1e-6 <= 1 + 2e-6 for c in result.candidates)


def test_a_text_of_a_hundred_kilobytes_is_cut(classifier: Classifier) -> None:
    assert len(plain("laptop computer " * 7_000)) <= MAX_CHARACTERS
    assert classifier.classify(["laptop computer " * 7_000])[0].candidates[0].hs6 == "847130"


def test_k_below_one_is_refused(classifier: Classifier) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        classifier.classify(["tea"], k=0)


def test_every_term_has_a_code_of_the_nomenclature() -> None:
    known = descriptions()
    assert [t for t in everyday_terms() if not t[2].startswith("hmrc") and t[0] not in known] == []


def test_the_lesser_share_of_a_material_counts_less() -> None:
    weights = {word.stem: word.weight for word in weighted_words("pullover of 80% cotton 20% wool")}
    assert weights["cotton"] > 2 * weights["wool"] * 0.9


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer(classifier: Classifier, text: str) -> None:
    result = classifier.classify([text])[0]
    assert (result.abstained is None) == bool(result.candidates)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Ceramic", "mug", "DDF-1237", "12ab", "AB12", "(", ",", ".", "60%", "qwxz's", "for", "pcs", "60pcs",
                         "&amp;amp;", "3D", "printer", "box", "Zyxwv", "кружка", "XYZ.", "陶瓷", "M16x1.5", "sample", "of", "cotton"]),
        max_size=14,
    )
)  # fmt: skip
def test_a_text_is_weighed_as_without_its_stand_ins(classifier: Classifier, pieces: list[str]) -> None:
    """A stand-in changes no vector: the words of the text itself, weighed, give the same numbers."""
    text = plain(" ".join(pieces))
    evidence = classifier._evidence
    of_form, words_of_form = evidence.vectors([evidence.form(text)])
    of_text, words_of_text = evidence.vectors([text])
    assert abs(of_form - of_text).sum() == 0
    assert words_of_form == words_of_text


def test_texts_that_differ_in_model_numbers_are_weighed_once(classifier: Classifier) -> None:
    weighed, places = classifier.weigh([f"Brake pads NGD-{number}" for number in range(500)])
    assert len(weighed) == 1
    assert places == [0] * 500


def test_a_vague_text_is_named_whole(classifier: Classifier) -> None:
    found = classifier.classify(["2 box (60pcs)", "5 box (12pcs)"])
    assert [result.abstained for result in found] == [
        "too vague: '2 box (60pcs)' fits many headings",
        "too vague: '5 box (12pcs)' fits many headings",
    ]
