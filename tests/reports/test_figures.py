"""Quantities with unit, bounds and scope; periods as intervals; what looks like either and is neither."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.reports import Quantity, find_periods, find_quantities
from entrepot.reports.language import EnglishParser
from entrepot.reports.wording import even

HERE = Path(__file__).parent
EXPRESSIONS = [json.loads(line) for line in (HERE / "expressions.jsonl").read_text(encoding="utf-8").splitlines()]


def quantities(text: str) -> list[Quantity]:
    doc = next(iter(EnglishParser().parse([even(text)])))
    return find_quantities(doc, tuple((p.start, p.end) for p in find_periods(even(text))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The port received more than 30 tons of resin worth around $4 million.",
            [(30, 30, None, "t", "mass", "resin"), (4e6, 3.6e6, 4.4e6, "USD", "money", "resin")],
        ),
        ("The firm bought 14 shipments of pump parts.", [(14, 14, 14, "shipments", "count", "pump parts")]),
        ("Exports of pumps to Orvania almost doubled.", [(2, 1.8, 2, "times", "ratio", "Exports of pumps to Orvania")]),
        (
            "Exports of pumps to Orvania increased by 9.4%.",
            [(9.4, 9.4, 9.4, "percent", "change", "Exports of pumps to Orvania")],
        ),
        (
            "It bought 70% of the valves in Orvanian ships.",
            [(70, 70, 70, "percent", "share", "valves in Orvanian ships")],
        ),
        ("A third of the valves came from Belmara.", [(33.3333, 33.3333, 33.3333, "percent", "share", "valves")]),
        ("It paid $1.2bn.", [(1.2e9, 1.2e9, 1.2e9, "USD", "money", None)]),
        ("It bought 2.5mn tonnes of coal.", [(2.5e6, 2.5e6, 2.5e6, "t", "mass", "coal")]),
        ("Dozens of ships left the port.", [(None, 24, None, "ships", "count", "ships")]),
        ("A dozen ships left the port.", [(12, 12, 12, "ships", "count", "ships")]),
        ("Between 40 and 60 ships left the port.", [(None, 40, 60, "ships", "count", "ships")]),
        ("Up to 60 ships left the port.", [(60, None, 60, "ships", "count", "ships")]),
        ("At least twenty-five ships left the port.", [(25, 25, None, "ships", "count", "ships")]),
        ("The 8-page memo was leaked.", [(8, 8, 8, "page", "count", "memo")]),
        (
            "Imports of pumps dropped from $52 million in 2021 to $38 million in 2022.",
            [
                (5.2e7, 5.2e7, 5.2e7, "USD", "money", "Imports of pumps"),
                (3.8e7, 3.8e7, 3.8e7, "USD", "money", "Imports of pumps"),
            ],
        ),
        ("The firm paid 4 million yen for the pumps.", [(4e6, 4e6, 4e6, "JPY", "money", "pumps")]),
        ("The firm paid 4 million yen for a year.", [(4e6, 4e6, 4e6, "JPY", "money", None)]),
        ("The two crates were lost.", [(2, 2, 2, "crates", "count", "crates")]),
        ("One in ten crates is opened.", [(10, 10, 10, "percent", "share", "crates")]),
        ("Two in 2015 crates were lost.", [(2, 2, 2, "", "count", None)]),
        (
            "It bought 70% of the gas that Orvania burned in 2022.",
            [(70, 70, 70, "percent", "share", "gas that Orvania burned")],
        ),
        ("It sold 90% less steel to Orvania.", [(90, 90, 90, "percent", "change", "steel to Orvania")]),
        ("It bought twice as many pumps from Belmara as before.", [(2, 2, 2, "times", "ratio", "pumps from Belmara")]),
        ("The fine was 17 billion kroner.", [(1.7e10, 1.7e10, 1.7e10, "kroner", "money", None)]),
        ("It sold 5-7 million barrels of oil.", [(None, 5e6, 7e6, "barrels", "count", "oil")]),
    ],
)
def test_quantities(
    text: str, expected: list[tuple[float | None, float | None, float | None, str, str, str | None]]
) -> None:
    found = [(q.value, q.low, q.high, q.unit, q.kind, q.of) for q in quantities(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 6B45 vests and the M16 rifles were found.",
        "The ship left in 2021.",
        "Boeing 747 and Airbus A320 jets were grounded.",
        "The man, 47, was a captain.",
        "The 21st shipment was the last.",
        "It arrived at 4:15 pm.",
        "Article 5 of the treaty applies.",
        "He waited for three hours.",
        "One of the ships was late.",
        "The two countries closed their ports.",
    ],
)
def test_look_alikes_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "published", "first", "last"),
    [
        ("drafted in late 2023 or early 2024", None, "2023-09-01", "2024-04-30"),
        ("between June and December 2022", None, "2022-06-01", "2022-12-31"),
        ("in November and December 2022", None, "2022-11-01", "2022-12-31"),
        ("in December last year", "2023-03-16", "2022-12-01", "2022-12-31"),
        ("in December last year", None, None, None),
        ("by the end of 2022", None, None, "2022-12-31"),
        ("since 2021", "2023-03-16", "2021-01-01", "2023-03-16"),
        ("since 2021", None, "2021-01-01", None),
        ("in the first half of 2022", None, "2022-01-01", "2022-06-30"),
        ("in Q3 2023", None, "2023-07-01", "2023-09-30"),
        ("on 24 February 2022", None, "2022-02-24", "2022-02-24"),
        ("in the winter of 2022", None, "2022-12-01", "2023-02-28"),
        ("from 2019 to 2021", None, "2019-01-01", "2021-12-31"),
        ("in 2019-21", None, "2019-01-01", "2021-12-31"),
        ("from 1 January to 15 March 2022", None, "2022-01-01", "2022-03-15"),
        ("from March 2022", None, "2022-03-01", None),
        ("in the first nine months of 2018", None, "2018-01-01", "2018-09-30"),
        ("in the last two months of 2018", None, "2018-11-01", "2018-12-31"),
        ("in the 12 months to June 2022", None, "2021-07-01", "2022-06-30"),
        ("in the year ended March 2021", None, "2020-04-01", "2021-03-31"),
        ("until March 2023", None, None, "2023-03-31"),
        ("before May 2023", None, None, "2023-04-30"),
        ("last week", "2023-03-16", "2023-03-06", "2023-03-12"),
        ("in early 1990s", None, "1990-01-01", "1993-12-31"),
    ],
)
def test_periods(text: str, published: str | None, first: str | None, last: str | None) -> None:
    day = None if published is None else date.fromisoformat(published)
    found = find_periods(text, day)
    assert len(found) == 1
    assert (found[0].first, found[0].last) == tuple(None if d is None else date.fromisoformat(d) for d in (first, last))
    assert text[found[0].start : found[0].end] == found[0].text


@pytest.mark.parametrize(
    "text",
    ["They may march on.", "It cost 2,022 crowns.", "The 2022.5 tons", "Flight 1999x left.", "a second-hand pump"],
)
def test_look_alikes_are_no_periods(text: str) -> None:
    assert find_periods(text) == []


def test_collected_expressions_reach_the_bar() -> None:
    from tools.eval_reports import expression_right

    right = sum(expression_right(case) for case in EXPRESSIONS)
    assert len(EXPRESSIONS) >= 150
    assert right / len(EXPRESSIONS) >= 0.90


@given(st.text(max_size=200), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_periods_lie_in_the_text_and_do_not_overlap(text: str, published: date) -> None:
    evened = even(text)
    assert len(evened) == len(text)
    last = 0
    for period in find_periods(evened, published):
        assert last <= period.start < period.end <= len(text)
        assert period.first is None or period.last is None or period.first <= period.last
        last = period.end


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "more than",
                "up to",
                "about",
                "$",
                "2,000",
                "3.5",
                "%",
                "million",
                "tons",
                "of",
                "dozens",
                "between",
                "and",
                "-",
                "half",
                "the",
                "ships",
                "bn",
                "5",
            ]
        ),
        max_size=12,
    )
)
def test_bounds_are_in_order(parts: list[str]) -> None:
    for q in quantities(" ".join(parts)):
        assert q.low is None or q.high is None or q.low <= q.high
        assert q.kind in ("count", "mass", "money", "share", "ratio", "change")
