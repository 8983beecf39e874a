"""Tells a unit price from an amount by the quantities beside them, whatever the header says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log
from statistics import quantiles

from entrepot.readers.layout.candidates import Candidate, RuledOut
from entrepot.readers.layout.profile import Profile

_ROWS = 6
"""Fewer rows with another quantity than one do not tell, unless the product is exact."""

_SURE = 0.9
"""What a header that may be a price (`ITEM_PRICE`) gains where its values are amounts: as much as a plain `VALUE`."""


def without_prices(
    found: Sequence[Candidate], profiles: Sequence[Profile]
) -> tuple[list[Candidate], tuple[RuledOut, ...]]:
    """Candidates without the amounts that are prices of one unit, and why those were left out.

    A column is a price where it times a quantity gives another amount of the row. A header such as `ITEM_PRICE`, which
    names either, is an amount where it moves with the other amounts, and a price where it moves with them only after it is
    multiplied by the quantity.
    """
    amounts = [c for c in found if c.canonical == "amount"]
    quantities = {c.index for c in found if c.canonical == "quantity" and c.score >= 0.5}
    kept: dict[int, Candidate] = {}
    out = []
    for amount in amounts:
        others = [c.index for c in amounts if c.index != amount.index and "PRICE" not in c.concepts]
        told = [_told(amount.index, quantity, other, profiles) for quantity in quantities for other in others]
        if "exact" in told or ("PRICE" in amount.concepts and "price" in told and "amount" not in told):
            out.append(RuledOut("value", amount.index, "is a price of one unit: times the quantity it gives an amount"))
        elif "PRICE" in amount.concepts and "amount" in told:
            kept[amount.index] = replace(amount, score=max(amount.score, _SURE))
        else:
            kept[amount.index] = amount
    return [kept.get(c.index, c) for c in found if c.canonical != "amount" or c.index in kept], tuple(out)


def _told(amount: int, quantity: int, other: int, profiles: Sequence[Profile]) -> str | None:
    """`exact` where amount times quantity is the other amount, else `price` or `amount` by which moves with the other."""
    rows = [
        (log(a), log(q), log(b))
        for a, q, b in zip(profiles[amount].numbers, profiles[quantity].numbers, profiles[other].numbers, strict=True)
        if a and q and b and a > 0 and q > 0 and b > 0 and q != 1
    ]
    if len(rows) > 1 and sum(abs(a + q - b) < 0.02 for a, q, b in rows) >= 0.8 * len(rows):
        return "exact"
    if len(rows) < _ROWS:
        return None
    alone, times = _spread([a - b for a, _, b in rows]), _spread([a + q - b for a, q, b in rows])
    return "amount" if alone < 0.5 * times else "price" if times < 0.5 * alone else None


def _spread(values: Sequence[float]) -> float:
    lower, _, upper = quantiles(values, n=4)
    return upper - lower
