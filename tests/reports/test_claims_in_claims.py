"""Claims inside a sentence: joined verbs, participles, concessions, asides; and which time is a claim's own."""

from __future__ import annotations

import pytest

from entrepot.reports import Claim
from tests.reports.test_claims import read


def said(text: str) -> list[Claim]:
    return [claim for claim in read(text).claims if claim.quote in text]


def lines(text: str) -> list[tuple[str, str | None, list[float | None], str | None]]:
    return [
        (c.quote, c.subject, [q.value for q in c.quantities], None if c.period is None else c.period.text)
        for c in said(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a verb that shares its subject and has its own figure and time
            "Sales of hops trebled in 2014 but dropped 9 percent a year later.",
            [([3], "in 2014"), ([9], "a year later")],
        ),
        ("The tannery bought and sold 40 hides in 2014.", [([40], "in 2014")]),
        ("The tannery bought 40 hides and sold 12 coats in June 2014.", [([40], "in June 2014"), ([12], "in June 2014")]),
        (  # a figure for each time
            "The dairy made 41 cheeses in 2014 and 36 in 2015.",
            [([41], "in 2014"), ([36], "in 2015")],
        ),
        ("The dairy made 41 cheeses and 36 cakes in 2015.", [([41, 36], "in 2015")]),
        ("The dairy made 41 cheeses, up from 36 in 2015.", [([41], None), ([36], "in 2015")]),
        (  # a concession
            "The tannery sold no hides in 2014, whereas its rivals sold 40 tonnes.",
            [([], "in 2014"), ([40], None)],
        ),
        ("The tannery sold no hides in 2014, whereas its rivals did.", [([], "in 2014")]),
        (  # an aside that is a sentence
            "The trade has grown old—in one case a 31-year-old nurse sold hides—and it is quite legal there.",
            [([], None), ([31], None), ([], None)],
        ),
        ("The trade in hides—of goats, cows and sheep—is old and legal.", [([], None)]),
        (  # a participle with its own time
            "The pact signed in 2011 by the tanners was ended by their sons in 2019.",
            [([], "in 2019"), ([], "in 2011")],
        ),
        (  # the parser takes the participle for the verb
            "The pact between both towns, solemnly declared to the people on May 24, 1959, marks the start of an age.",
            [([], "on May 24, 1959"), ([], None)],
        ),
    ],
)  # fmt: skip
def test_figures_and_times_of_each_claim(text: str, expected: list[tuple[list[float], str | None]]) -> None:
    assert [(values, time) for _, _, values, time in lines(text)] == expected


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The mayor said on Tuesday that the tannery had been sold.", None),
        ("The mayor said that the tannery had been sold on Tuesday.", "on Tuesday"),
        ("The mayor told reporters last week that the tannery would be sold.", None),
        ("On Tuesday the mayor said that the tannery had been sold.", None),
        ("In 2014 the mayor sold the tannery, records show.", "In 2014"),
        ("The tannery has been closed since Sunday night.", "since Sunday night"),
        ("Guards stopped 14 vans between 3 and 9 May 2014.", "between 3 and 9 May 2014"),
        ("The tannery sold fewer hides than in the year before.", "in the year before"),
        ("The tannery has been closed since the winter.", "since the winter"),
        ("The tannery sold 40 hides, according to a study published in March.", None),
        ("The tannery sold 40 hides, according to figures for March.", "March"),
        ("The Sunday Herald praised the tannery and its hides.", None),
    ],
)
def test_the_time_of_a_claim_is_not_when_it_was_told(text: str, time: str | None) -> None:
    period = said(text)[0].period
    assert (None if period is None else period.text) == time


def test_what_is_told_of_two_things_is_two_claims_with_their_own_subjects() -> None:
    found = said("Sales of hops rose in May and there were no strikes in the breweries of the town, he says.")
    assert [(c.subject, c.negated) for c in found] == [("Sales of hops", False), (None, True)]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (
            "gapped",
            "Wool made up 40 percent of exports in 2014, vehicles 12 percent and chemicals 3 percent.",
            [
                ("Wool", 40, "exports", "in 2014"),
                ("vehicles", 12, "exports", "in 2014"),
                ("chemicals", 3, "exports", "in 2014"),
            ],
        ),
        (
            "gapped",
            "Wool made up 40 percent of exports in 2014, up from 12 percent.",
            [("Wool", 40, "exports", "in 2014"), ("Wool", 12, "exports", "in 2014")],
        ),
        (
            "of which",
            "In May 2014 the port took 40 tonnes of salt, of which 12 tonnes came from Denmark.",
            [("the port", 40, "salt", "In May 2014"), ("12 tonnes", 12, "salt", "In May 2014")],
        ),
        (
            "of which",
            "In May 2014 the port took 40 tonnes of salt, which came from Denmark in 2013.",
            [("the port", 40, "salt", "In May 2014")],
        ),
    ],
)
def test_claims_that_leave_out_what_the_one_before_said(
    rule: str, text: str, expected: list[tuple[str, float, str, str]]
) -> None:
    found = [(c.subject, q.value, q.of, c.period and c.period.text) for c in said(text) for q in c.quantities]
    assert [f for f in found if f in expected] == expected, (rule, found)


def test_two_figures_with_a_place_each_are_two_claims() -> None:
    apart = said("Rent is put at 11 dollars in Norway and at 44 dollars in Peru.")
    assert [([q.value for q in c.quantities], c.places) for c in apart] == [([11], ("Norway",)), ([44], ("Peru",))]
    together = said("Rent is put at 11 dollars or 44 dollars in Peru.")
    assert [c.places for c in together] == [("Peru",)]


def test_who_confirms_a_thing_says_it_and_records_show_it() -> None:
    assert said("A spokeswoman confirmed that the mill had sold 40 pumps.")[0].stance == "asserts"
    assert said("Customs records confirm that the mill had sold 40 pumps.")[0].stance == "shows"
