"""Figures that take their unit or scope from the words around them; each rule beside a look-alike that it leaves alone."""

from __future__ import annotations

import pytest

from tests.reports.test_figures import quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a unit that was left out
        (
            "Sales of hops were worth 41 million kroner in 2017 and 36 million in 2018.",
            [(41e6, "kroner", "money", "Sales of hops"), (36e6, "kroner", "money", "Sales of hops")],
        ),
        ("The yard seized 30 crates of cables and 9 in June.", [(30, "crates", "count", "cables"), (9, "crates", "count", "cables")]),
        ("The yard seized 30 crates on 9 barges.", [(30, "crates", "count", "crates on 9 barges"), (9, "barges", "count", "barges")]),
        ("Its stocks shrank from 50,000 to 20,000 tonnes.", [(50000, "t", "mass", "Its stocks"), (20000, "t", "mass", "Its stocks")]),
        # a change that says where it began and ended
        ("The tax on salt was raised from 4% to 7%.", [(4, "percent", "share", "tax on salt"), (7, "percent", "share", "tax on salt")]),
        ("The tax on salt was raised by 3%.", [(3, "percent", "change", "tax on salt")]),
        ("The dairy sold 44 percent of its cheese, up from 31 percent.",
         [(44, "percent", "share", "its cheese"), (31, "percent", "share", "its cheese")]),
        # a time behind a figure is no scope
        ("Output of cement fell by a quarter last year.", [(25, "percent", "change", "Output of cement")]),
        ("A quarter of last year's cement was sold abroad.", [(25, "percent", "share", "last year's cement")]),
        # goods behind their weight, and in what holds them
        ("The van carried 12 kg silver.", [(12, "kg", "mass", "silver")]),
        ("The van carried 12 kg last night.", [(12, "kg", "mass", None)]),
        ("Guards opened 22 crates containing lenses.", [(22, "crates", "count", "lenses")]),
        ("Guards opened 22 doors with crowbars.", [(22, "doors", "count", "doors")]),
        # what a sum or a number of times is of
        ("The strike cost the port 9 million dollars in unpaid fees.", [(9e6, "USD", "money", "unpaid fees")]),
        ("The strike cost the port 9 million dollars in May.", [(9e6, "USD", "money", "strike")]),
        ("The tannery lost 3 million euros in 2011.", [(3e6, "EUR", "money", None)]),
        ("Hides from Peru worth 3 million euros were burnt.", [(3e6, "EUR", "money", "Hides from Peru")]),
        ("The mill used four times the water of its rival.", [(4, "times", "ratio", "water of its rival")]),
        ("Output of the mill grew four times.", [(4, "times", "ratio", "Output of the mill")]),
        ("The import of hides has grown on 12 percents.", [(12, "percent", "change", "import of hides")]),
    ],
)  # fmt: skip
def test_a_figure_in_its_sentence(text: str, expected: list[tuple[float, str, str, str | None]]) -> None:
    assert [(q.value, q.unit, q.kind, q.of) for q in quantities(text)] == expected
