"""Subjects, objects and places of claims; each rule beside a look-alike that it leaves alone."""

from __future__ import annotations

import pytest

from entrepot.reports.language import EnglishParser
from tests.reports.test_claims_in_claims import said


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("no time as object", "Sales of hops doubled in 2014.", ("Sales of hops", "doubled", None)),
        ("no time as object", "Sales of hops rose to 40 tonnes.", ("Sales of hops", "rose to", "40 tonnes")),
        (
            "no time as object",
            "The pact was signed in 2014 by the tanners.",
            ("The pact", "was signed by", "the tanners"),
        ),
        (
            "subject behind a comma",
            "In connection with the end of the Long War, Anna Korva and Ilmo Tann were seen walking in the park.",
            ("Anna Korva and Ilmo Tann", "were seen walking in", "the park"),
        ),
        ("subject behind a comma", "In the port, to be safe, guards were posted.", ("guards", "were posted", None)),
        (
            "verb of the figure",
            "The yard is busy, with Orvania sending its ships to harbour tests in May and tightening checks on 40 barges in port.",
            ("Orvania", "tightening", "checks on 40 barges in port"),
        ),
        (
            "cut quotation",
            'The mill called the tannery a "dirty little rival" in May.',
            ("The mill", "called", "the tannery"),
        ),
    ],
)
def test_who_does_what_to_whom(rule: str, text: str, expected: tuple[str | None, str, str | None]) -> None:
    found = [(c.subject, c.relation, c.object) for c in said(text)]
    assert expected in found, (rule, found)


@pytest.mark.parametrize(
    ("rule", "text", "places"),
    [
        ("town behind a word of place", "The mill sent 40 pumps to a yard in Isfahan.", ("Isfahan",)),
        ("town behind a word of place", "The mill sold 40 pumps to Obama.", ()),
        ("region", "The mill sent 40 pumps to a yard in the Caucasus.", ("Caucasus",)),
        ("region", "The mill sent 40 pumps to a yard in the House.", ()),
        ("adjective", "The Ukrainian president opened the mill.", ()),
        ("adjective", "The president of Ukraine opened the mill.", ("Ukraine",)),
        ("seat of a source", "The Swiss embassy in Moscow said that the mill had burnt down.", ()),
        ("seat of a source", "The Swiss embassy in Moscow burnt down in May.", ("Moscow",)),
        ("what the source is about", "Moscow denied buying pumps from the mill.", ("Moscow",)),
    ],
)
def test_places(rule: str, text: str, places: tuple[str, ...]) -> None:
    assert said(text)[0].places == places, rule


def test_words_that_a_page_ran_together_are_parted() -> None:
    claim = said("Orvania sent a 12-point peace proposalfor the war in Ukraine.")[0]
    assert [(q.value, q.unit, q.of) for q in claim.quantities] == [
        (12, "point", "peace proposal for the war in Ukraine")
    ]
    texts = [
        "Old Riflesmodeled on it, the rifesmodeled.",
        "They inform us of a reform of the platform; therewith it ends.",
    ]
    first, second = EnglishParser().parse(texts)
    assert [t.text for t in first] == ["Old", "Rifles", "modeled", "on", "it", ",", "the", "rifesmodeled", "."]
    assert "inform" in [t.text for t in second]
    assert "therewith" in [t.text for t in second]
