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
        ("The guild cut its exports of hides by 12%.", [(12, "percent", "change", "its exports of hides")]),
        ("Exports of hides were cut by 12%.", [(12, "percent", "change", "Exports of hides")]),
        ("Hides make up 12% of its exports.", [(12, "percent", "share", "its exports")]),
        ("Its share of the salt trade slipped below 12%.", [(12, "percent", "share", "salt trade")]),
        ("The price of salt rose by $35 to $410.", [(35, "USD", "change", "price of salt"), (410, "USD", "money", "price of salt")]),
        ("The mill sold 90 pots, almost double the number of 1911.", [(90, "pots", "count", "pots"), (2, "times", "ratio", "number")]),
        ("The mill doubled the number of pots.", [(2, "times", "ratio", "mill")]),
        ("Its output has grown twelvefold.", [(12, "times", "ratio", "Its output")]),
        ("The price of salt has fallen by half in a year.", [(50, "percent", "change", "price of salt")]),
        ("A third barge of the guild sank.", []),
        ("A third of the barges sank.", [(33.3333, "percent", "share", "barges")]),
        ("The mill sold a fifth more than last year.", [(20, "percent", "change", "mill")]),
        ("Guards opened only eight of 20 crates.", [(8, "", "count", "20 crates"), (20, "crates", "count", "crates")]),
        ("The guild bought 9 tugboats for 4 million pesos.", [(9, "tugboats", "count", "tugboats"), (4e6, "peso", "money", None)]),
        ("The mill used 90,000 cubic metres of oak.", [(90000, "cubic metres", "count", "oak")]),
        ("The judge gave the mill €11.4m plus interest.", [(11.4e6, "EUR", "money", None)]),
        ("The import of hides has grown on 12 percents.", [(12, "percent", "change", "import of hides")]),
    ],
)  # fmt: skip
def test_a_figure_in_its_sentence(text: str, expected: list[tuple[float, str, str, str | None]]) -> None:
    assert [(q.value, q.unit, q.kind, q.of) for q in quantities(text)] == expected
