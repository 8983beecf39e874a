"""Which amount is the value, which is in US dollars, and whether the currency column belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.readers.layout.amount import Amount, read_amount
from entrepot.readers.layout.candidates import Candidate
from entrepot.readers.layout.header import Heading
from entrepot.readers.layout.pairing import SURE_ENOUGH, pair
from entrepot.readers.layout.profile import Profile


@dataclass(frozen=True, slots=True)
class Money:
    """The chosen columns.

    Attributes:
        value, value_usd, currency: candidate and confidence; None where none is sure enough.
        fixed_currency: the currency of `value` where its header names it.
        notes: sentences about what was chosen among several, and what was left out.
        unclear: reasons to ask a person.
    """

    value: tuple[Amount, float] | None
    value_usd: tuple[Amount, float] | None
    currency: Candidate | None
    fixed_currency: str | None
    notes: tuple[str, ...]
    unclear: tuple[str, ...]


def choose(
    heads: Sequence[Heading],
    profiles: Sequence[Profile],
    found: Sequence[Candidate],
    direction: str,
    spanish: bool,
) -> Money:
    """The value, its currency, and the value in dollars.

    Args:
        heads, profiles: the headers and values of the table.
        found: candidates of the table; those of `amount` and `currency` are used.
        direction: CIF counts for imports, FOB for exports (UN, IMTS 2010, 4.4 to 4.6).
        spanish: whether the headers are in Spanish or Portuguese, where `$` is mostly the peso or the real.
    """
    amounts = [read_amount(c, heads[c.index], profiles[c.index]) for c in found if c.canonical == "amount"]
    currencies = sorted((c for c in found if c.canonical == "currency" and c.score >= SURE_ENOUGH), key=_best_first)
    declared = _repeated(found, profiles, [amount.index for amount in amounts])
    notes: list[str] = []
    unclear: list[str] = []
    dollars = [a for a in amounts if a.currency == "USD"]
    if not dollars and not spanish:
        dollars = [a for a in amounts if a.dollar_sign]
    value_usd = _pick(dollars, direction, declared, {}, profiles)
    others = [a for a in amounts if a not in dollars]
    stated = value_usd[0] if value_usd and value_usd[0].currency == "USD" else None
    pairs: dict[int, tuple[Candidate, float]] = {}
    for amount in others:
        beside = [a for a in amounts if a is not amount]
        paired = pair(amount, currencies, heads, profiles, found, stated, beside)
        if paired:
            pairs[amount.index] = paired
    value = _pick(others, direction, declared, pairs, profiles)
    if value and value_usd and value[0].index in declared and value_usd[0].index not in declared:
        left = heads[value[0].index].text
        notes.append(f"{left!r} is left out: it is the declaration's total, and the line's value is there in dollars")
        value = None
    if value and value_usd and _of_the_whole(value[0], value_usd[0]):
        left = heads[value[0].index].text
        notes.append(
            f"{left!r} is left out: it is a total, and {heads[value_usd[0].index].text!r} is the same of the line"
        )
        value = None
    currency = fixed = None
    if value:
        amount = value[0]
        if amount.currency not in {None, "own", "foreign"}:
            fixed = amount.currency
        elif amount.index in pairs:
            held, trust = pairs[amount.index]
            currency = Candidate(held.canonical, held.index, round(min(held.score, trust), 4), held.concepts)
        if fixed is None and currency is None:
            notes.append(
                f"{heads[amount.index].text!r} does not say its currency: it is kept as value, never as dollars"
            )
    for unpaired in currencies:
        if currency is None or unpaired.index != currency.index:
            whose = heads[value[0].index].text if value else None
            notes.append(
                f"{heads[unpaired.index].text!r} is left out: "
                + (f"nothing shows that it is the currency of {whose!r}" if whose else "its amount is not in the file")
            )
    for name, choice in (("value", value), ("value_usd", value_usd)):
        if choice is None:
            continue
        amount, score = choice
        if amount.index in declared:
            notes.append(
                f"{heads[amount.index].text!r} repeats on every line of a declaration: it is the declaration's total"
            )
        rivals = [a for a in (dollars if name == "value_usd" else others) if a is not amount and a.useful > 0]
        if rivals:
            shown = ", ".join(repr(heads[a.index].text) for a in rivals[:6])
            notes.append(f"{heads[amount.index].text!r} is taken as {name}; also there: {shown}")
        zeros = [a for a in (dollars if name == "value_usd" else others) if a.level == "line" and a.useful == 0]
        if zeros and amount.level != "line":
            shown = ", ".join(repr(heads[a.index].text) for a in zeros)
            notes.append(
                f"{shown} would be the line's amount but has none: {heads[amount.index].text!r} may be a total"
            )
        if score < 0.6:
            unclear.append(f"is {heads[amount.index].text!r} the {name} of the line?")
    return Money(value, value_usd, currency, fixed, tuple(notes), tuple(unclear))


def _of_the_whole(value: Amount, line: Amount) -> bool:
    """Whether an amount is the total (`CIF TOTAL`, no currency) of another that says the same of the line (`US$ CIF`)."""
    return (
        value.level == "total" and value.currency is None and line.level is None and value.kind == line.kind is not None
    )


_KINDS = {
    "import": {"customs": 0.01, "statistical": 0.03, "invoice": 0.0, "cif": 0.02, "cfr": 0.0, "fob": -0.01, None: 0.03},
    "export": {
        "customs": 0.0,
        "statistical": 0.03,
        "invoice": 0.0,
        "cif": -0.03,
        "cfr": -0.02,
        "fob": 0.03,
        None: 0.03,
    },
}
"""What the basis of an amount adds where it is in dollars."""

_KINDS_VALUE = {
    "customs": -0.05,
    "statistical": -0.1,
    "invoice": 0.05,
    "fob": 0.0,
    "cif": 0.0,
    "cfr": -0.01,
    None: 0.02,
}
"""The same for the amount in the currency of the trade: what was agreed comes before what customs assessed."""


_NOTHING_THERE = 0.45
"""What an amount loses that is empty or zero throughout beside one that is filled, and in proportion one that mostly is."""

_NO_LINE = 0.2
"""What `INVOICE_VALUE` loses beside `ITEM_CUSTOMS_VALUE`: where a table names the amounts of items, one without the word is
that of the whole document. More than an invoice with its currency is ahead of what customs assessed (.18)."""

_BASIS = {"import": "cif", "export": "fob"}


def _pick(
    amounts: Sequence[Amount],
    direction: str,
    declared: frozenset[int],
    pairs: dict[int, tuple[Candidate, float]],
    profiles: Sequence[Profile],
) -> tuple[Amount, float] | None:
    if not amounts:
        return None
    most = max(amount.useful for amount in amounts)
    lines = any(a.level == "line" and a.useful > 0.5 * most and a.index not in declared for a in amounts)
    whole = any(a.level == "total" for a in amounts)
    if whole:  # beside a total, the value of the goods is the line's
        lines = lines or any(
            a.level is None and "GOODS" in a.candidate.concepts and a.useful > 0.5 * most for a in amounts
        )
    dollars = all(a.currency == "USD" or a.dollar_sign for a in amounts)
    ranked = []
    for amount in amounts:
        score = amount.candidate.score
        if most > 0:
            score -= _NOTHING_THERE * (1.0 if amount.useful == 0 else profiles[amount.index].emptier(most))
        score += 0.06 * (amount.level == "line")
        score -= 0.25 * (amount.level == "declaration") + 0.08 * (amount.level == "total" and lines)
        goods = whole and amount.level is None and "GOODS" in amount.candidate.concepts
        score -= _NO_LINE * (lines and amount.level in {None, "total"} and amount.kind == "invoice" and not goods)
        score -= 0.25 * (amount.index in declared and len(amounts) > 1)
        score -= 0.3 * profiles[amount.index].constant * (len(profiles[amount.index].values) > 20)
        if dollars:
            score += _KINDS.get(direction, _KINDS["import"])[amount.kind] - 0.2 * (amount.dollar_sign)
        else:
            score += _KINDS_VALUE[amount.kind] + 0.01 * (amount.kind == _BASIS.get(direction))
            if amount.index in pairs:
                score += 0.08
            elif amount.currency == "EUR":
                score -= 0.04
            elif amount.currency not in {None, "foreign"}:
                score += 0.03
        ranked.append((score, -amount.index, amount))
    score, _, best = max(ranked, key=lambda item: item[:2])
    confidence = min(0.98, round(score, 4))
    return (best, confidence) if confidence >= SURE_ENOUGH else None


def _repeated(found: Sequence[Candidate], profiles: Sequence[Profile], indices: Sequence[int]) -> frozenset[int]:
    """Columns that hold one and the same amount on all lines of a declaration, while another column differs by line."""
    keys = _declarations(found, profiles)
    same: dict[int, float] = {}
    for index in indices:
        groups: dict[str, set[float]] = defaultdict(set)
        lines: dict[str, int] = defaultdict(int)
        for key, number in zip(keys, profiles[index].numbers, strict=False):
            if key is not None and number is not None:
                groups[key].add(number)
                lines[key] += 1
        several = [key for key, count in lines.items() if count > 1]
        if len(several) >= 3:
            same[index] = sum(len(groups[key]) == 1 for key in several) / len(several)
    if not same or min(same.values()) > 0.6:
        return frozenset()
    return frozenset(index for index, share in same.items() if share > 0.95 and profiles[index].distinct > 1)


def _declarations(found: Sequence[Candidate], profiles: Sequence[Profile]) -> Sequence[str | None]:
    """For each row, what tells its declaration from others: its number; else its day and parties; None where not known."""
    best: dict[str, Candidate] = {}
    for candidate in found:
        if candidate.score > max(SURE_ENOUGH, best[candidate.canonical].score if candidate.canonical in best else 0):
            best[candidate.canonical] = candidate
    if "declaration_no" in best:
        return profiles[best["declaration_no"].index].values
    parties = [best[name].index for name in ("consignee_name", "shipper_name") if name in best]
    if "date" not in best or not parties:
        return ()
    columns = (profiles[index].values for index in (best["date"].index, *parties))
    return [None if None in cells else "\n".join(map(str, cells)) for cells in zip(*columns, strict=True)]


def _best_first(candidate: Candidate) -> tuple[float, int]:
    return (-candidate.score, candidate.index)
