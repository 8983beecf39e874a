"""Which currency column belongs to an amount: by rates against another amount, by the unit price, else by words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median, quantiles

from entrepot.readers.layout.amount import Amount
from entrepot.readers.layout.candidates import Candidate
from entrepot.readers.layout.header import Heading
from entrepot.readers.layout.profile import Profile
from entrepot.readers.values import currency

SURE_ENOUGH = 0.5
"""A mapping below this is left to the person."""

_SAME_MONEY = (0.6, 1.7)
"""Ratio of an amount to its value in dollars, on rows whose currency is the dollar: CIF over FOB is 1.05 to 1.2 (UN,
IMTS 2010), and no currency but those near parity falls between. The yuan (0.14) and euro rows are not looked at."""


_BASES = frozenset({"INVOICE", "FOB", "CIF", "CUSTOMSVALUE", "STATISTICAL", "TOTAL"})
"""Words by which a currency says whose it is: `Invoice Total Currency` is not that of `Item Value`."""


def pair(
    amount: Amount,
    currencies: Sequence[Candidate],
    heads: Sequence[Heading],
    profiles: Sequence[Profile],
    found: Sequence[Candidate],
    dollars: Amount | None,
    others: Sequence[Amount],
) -> tuple[Candidate, float] | None:
    """The currency column of an amount, with how sure that is; None where it is another amount's.

    Args:
        amount: the amount.
        currencies: the columns of currencies.
        heads, profiles, found: the headers, values and candidates of the table.
        dollars: the amount in dollars, by a header that says so.
        others: the other amounts of the table.
    """
    if amount.currency not in {None, "foreign"}:
        return None
    ranked = []
    for held in currencies:
        said = held.concepts
        # the amount beside an `invoice currency` is the invoice's; a unit price has its own
        fit = held.score - 0.1 * ("PRICE" in said or "UNIT" in said) - 0.01 * abs(held.index - amount.index)
        fit += 0.1 * bool(said & {"INVOICE", "FOB", "CIF", "CUSTOMSVALUE", "LINE"} & heads[amount.index].concepts)
        told = _by_dollars(held.index, amount, dollars, profiles)
        if told is None:
            told = _by_rate(held.index, amount, others, profiles)
        if told is None:
            told = _by_price(held, amount, heads, profiles, found)
        if told is None and _has_own_twin(amount, others, heads):
            told = True
        if told is None and amount.kind in {"customs", "statistical"} and amount.currency is None:
            told = bool(said & {"CUSTOMSVALUE", "STATISTICAL", "CUSTOMS"})
        if told is None and "INVOICE" in said and amount.kind == "cif" and amount.currency is None:
            told = False  # the invoice is in its currency; CIF is what customs computes
        if told is None and "PRICE" in said:
            told = False
        basis = said & _BASES
        if (
            told is None
            and basis
            and amount.currency is None
            and not heads[amount.index].concepts & (basis | {"PRICE"})
        ):
            told = False if any(basis <= heads[other.index].concepts for other in others) else None
        if told is not False:
            ranked.append((fit, held, 0.95 if told else 0.85))
    if not ranked:
        return None
    _, best, trust = max(ranked, key=lambda item: item[0])
    return best, trust


def _has_own_twin(amount: Amount, others: Sequence[Amount], heads: Sequence[Heading]) -> bool:
    """Whether the same amount stands there in the national currency too: `ITEM_VALUE` beside `ITEM_VALUE_TZS`."""
    said = heads[amount.index].concepts
    return any(
        heads[other.index].concepts - said == heads[other.index].concepts & _NATIONAL
        and said < heads[other.index].concepts
        for other in others
    )


_NATIONAL = frozenset({"MONEY", "OWNMONEY", "LOCAL"})


def _by_dollars(held: int, amount: Amount, dollars: Amount | None, profiles: Sequence[Profile]) -> bool | None:
    """Whether, on rows in dollars, the amount is about its value in dollars; None where no row can tell."""
    if dollars is None:
        return None
    ratios = [ratio for code, ratio in _ratios(held, amount, dollars, profiles) if code == "USD"]
    if not ratios:
        return None
    return _SAME_MONEY[0] <= median(ratios) <= _SAME_MONEY[1]


def _by_rate(held: int, amount: Amount, others: Sequence[Amount], profiles: Sequence[Profile]) -> bool | None:
    """Whether the amount is to another, of one known currency, as the currency of the row is to that one.

    True where that rate is about the same on all rows of a currency and differs between currencies; else None: currencies
    near each other do not tell.
    """
    for other in others:
        if other.currency in {None, "foreign"}:
            continue
        rates: dict[str, list[float]] = defaultdict(list)
        for code, ratio in _ratios(held, amount, other, profiles):
            if code:
                rates[code].append(ratio)
        several = [sorted(found) for found in rates.values() if len(found) >= _ENOUGH_ROWS]
        if len(several) < 2:
            continue
        spans = [quantiles(found, n=4) for found in several]
        if any(upper > _DRIFT * lower for lower, _, upper in spans):
            continue
        middles = [middle for _, middle, _ in spans]
        if max(middles) > _DRIFT * min(middles):
            return True
    return None


_ENOUGH_ROWS = 4
"""Rows of a currency from which its rate is seen."""

_DRIFT = 1.25
"""How far a rate moves within a file and is still one: CIF over FOB alone spreads it by 1.2 (as above)."""


def _ratios(held: int, amount: Amount, other: Amount, profiles: Sequence[Profile]) -> list[tuple[str | None, float]]:
    """The currency of each row, and what the amount is to the other, both in whole units."""
    codes = {text: currency(text) for text in set(profiles[held].values)}
    return [
        (codes[code], value * float(amount.scale) / (beside * float(other.scale)))
        for code, value, beside in zip(
            profiles[held].values, profiles[amount.index].numbers, profiles[other.index].numbers, strict=True
        )
        if code and value and beside and value > 0 and beside > 0
    ]


def _by_price(
    held: Candidate, amount: Amount, heads: Sequence[Heading], profiles: Sequence[Profile], found: Sequence[Candidate]
) -> bool | None:
    """Whether quantity times the unit price that stands in this currency gives the amount; None where there is none."""
    quantities = [c.index for c in found if c.canonical == "quantity" and c.score > SURE_ENOUGH]
    prices = [
        index
        for index, head in enumerate(heads)
        if "PRICE" in head.concepts
        and index != amount.index
        and not head.concepts & {"USD", "OWNMONEY", "MONEY", "CURRENCY", "AVERAGE", "CUSTOMSVALUE"}
        and profiles[index].numeric > 0.8
        and abs(index - held.index) <= 3
    ]
    # what customs assessed has its own unit price, in the money of customs
    assessed = amount.kind in {"customs", "statistical"} and amount.currency is None
    for price in prices:
        for quantity in quantities:
            near = total = 0
            for q, p, value in zip(
                profiles[quantity].numbers, profiles[price].numbers, profiles[amount.index].numbers, strict=True
            ):
                if q and p and value:
                    total += 1
                    near += abs(q * p / value - 1) < 0.02
            if total:
                if near >= 0.6 * total and not (assessed and not heads[price].concepts & {"FC", "INVOICE"}):
                    return True
                if heads[price].concepts & {"FC", "INVOICE"} or "PRICE" in heads[held.index].concepts:
                    return False
    return None
