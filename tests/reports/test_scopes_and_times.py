"""Where a figure's scope ends, figures that go on with the one before, and times; each rule beside a look-alike."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.reports.figures import find_periods
from tests.reports.test_claims_in_claims import said
from tests.reports.test_figures import quantities


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (
            "way of trade",
            "Wool made up 12 percent of exports to Kazakhstan in 2014.",
            [(12, "percent", "share", "exports to Kazakhstan")],
        ),
        ("way of trade", "The mill cut 12 percent of exports in May.", [(12, "percent", "share", "exports")]),
        ("party", "The yard got 12 crates of pumps from local firms.", [(12, "crates", "count", "pumps")]),
        (
            "party",
            "The yard got 12 crates of pumps for local firms.",
            [(12, "crates", "count", "pumps for local firms")],
        ),
        ("in a country", "Rent is put at 12 euros in Norway.", [(12, "EUR", "money", None)]),
        ("in a country", "The delay cost the mill 12 euros in fees.", [(12, "EUR", "money", "fees")]),
        (
            "adjective behind its noun",
            "He sold 70 percent of Sudan's gum arabic.",
            [(70, "percent", "share", "Sudan's gum arabic")],
        ),
        ("guise", "Guards found 3 tonnes of carbon fibre hidden under onions.", [(3, "t", "mass", "carbon fibre")]),
        (
            "guise",
            "Guards found 3 tonnes of carbon fibre made in Norway.",
            [(3, "t", "mass", "carbon fibre made in Norway")],
        ),
        (
            "price of each",
            "The yard got 36 guns costing $90 apiece.",
            [(36, "guns", "count", "guns"), (90, "USD", "money", "guns")],
        ),
        ("rate", "Loadings averaged 1.3 million b/d in May.", [(1.3e6, "barrels", "count", "Loadings")]),
        ("one in", "One in five of the firms was fined.", [(20, "percent", "share", "firms")]),
        ("one in", "Nine out of ten machine tools were sold.", [(90, "percent", "share", "machine tools")]),
        (
            "one in",
            "Guards shot five in two separate raids.",
            [(5, "", "count", None), (2, "raids", "count", "separate raids")],
        ),
        (
            "scale of the second",
            "Output fell from 8.2 to 4.1 million tonnes.",
            [(8.2e6, "t", "mass", "Output"), (4.1e6, "t", "mass", "Output")],
        ),
        (
            "of which",
            "The port took 40 tonnes of salt, of which 12 tonnes were lost.",
            [(40, "t", "mass", "salt"), (12, "t", "mass", "salt")],
        ),
        (
            "of which",
            "The port took 40 tonnes of salt, and 12 tonnes were lost.",
            [(40, "t", "mass", "salt"), (12, "t", "mass", None)],
        ),
        (
            "compared with the figure before",
            "The port took 40 tonnes of salt, a tenth more than in May.",
            [(40, "t", "mass", "salt"), (10, "percent", "change", "salt")],
        ),
        (
            "compared with the figure before",
            "The port took 40 tonnes of salt, and prices rose a tenth.",
            [(40, "t", "mass", "salt"), (10, "percent", "change", "prices")],
        ),
    ],
)
def test_scopes(rule: str, text: str, expected: list[tuple[float, str, str, str | None]]) -> None:
    assert [(q.value, q.unit, q.kind, q.of) for q in quantities(text)] == expected, rule


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("in the second week of March 2022", date(2022, 3, 8), date(2022, 3, 14)),
        ("in the last week of February 2024", date(2024, 2, 23), date(2024, 2, 29)),
        ("on the last day of February 2024", date(2024, 2, 29), date(2024, 2, 29)),
        ("in the second half of 2022", date(2022, 7, 1), date(2022, 12, 31)),
        ("until its sale in 2020", None, date(2020, 12, 31)),
        ("since the great flood in 2020", date(2020, 1, 1), None),
        ("at its sale in 2020", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_times(text: str, first: date | None, last: date | None) -> None:
    found = find_periods(f"The mill was run {text}.")
    assert [(p.first, p.last) for p in found] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Sales of hops stood at 40 tonnes, 15% less than in 2020.", None),
        ("Sales of hops made up 63% of the whole, up 17 percentage points on 2022.", None),
        ("Sales of hops stood at 40 tonnes in 2021, less than half of what they were in 2020.", "in 2021"),
        ("More than 40 tonnes of hops were sold in 2020.", "in 2020"),
        ("Sales of hops rose 17% on 2 May 2022.", "on 2 May 2022"),
    ],
)
def test_a_time_that_is_only_compared_with_is_not_the_claims(text: str, time: str | None) -> None:
    period = said(text)[0].period
    assert (period and period.text) == time
