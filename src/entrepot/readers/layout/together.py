"""What several columns say together: the unit of the chosen quantity, address lines, month and year, net under gross."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from entrepot.readers.layout.candidates import Candidate
from entrepot.readers.layout.header import Heading
from entrepot.readers.layout.layout import Mapped
from entrepot.readers.layout.profile import Profile

_VERSIONS = frozenset({"STANDARD", "SUPPLEMENTARY", "STATISTICAL", "SECOND", "PACKAGE"})
"""Words by which a table tells one quantity and its unit from another."""


def units(
    chosen: Mapping[str, Candidate], found: Sequence[Candidate], heads: Sequence[Heading]
) -> dict[str, Candidate]:
    """The unit that belongs to the quantity: of the same version (`STD QUANTITY`, `STD UNIT`), next to it."""
    settled = dict(chosen)
    quantity = settled.get("quantity")
    taken = {c.index for name, c in settled.items() if name != "quantity_unit"}
    options = [c for c in found if c.canonical == "quantity_unit" and c.score >= 0.5 and c.index not in taken]
    if quantity is None or len(options) < 2:
        return settled
    version = heads[quantity.index].concepts & _VERSIONS

    def fit(candidate: Candidate) -> float:
        same = (heads[candidate.index].concepts & _VERSIONS) == version
        return (
            candidate.score + 0.15 * same + 0.05 * (abs(candidate.index - quantity.index) == 1) - 1e-4 * candidate.index
        )

    settled["quantity_unit"] = max(options, key=fit)
    return settled


def heavier(chosen: Mapping[str, Candidate], profiles: Sequence[Profile]) -> dict[str, Candidate]:
    """Net and gross as they can be: a weight that says neither is not the gross weight where it is below the net weight, or is
    the net weight in another unit."""
    settled = dict(chosen)
    net, gross = settled.get("net_kg"), settled.get("gross_kg")
    if net is None or gross is None or "GROSS" in gross.concepts:
        return settled
    ratio = KILOGRAMS[unit_of(gross.concepts)] / KILOGRAMS[unit_of(net.concepts)]
    computed = ratio != 1 and _proportional(profiles[net.index], profiles[gross.index])
    if computed or above(profiles[net.index], profiles[gross.index], ratio) > 0.5:
        del settled["gross_kg"]
    return settled


def _proportional(left: Profile, right: Profile) -> bool:
    """Whether one column is the other times a constant, but for its rounding: numbers of four digits and more are looked at."""
    both = [(a, b) for a, b in zip(left.numbers, right.numbers, strict=True) if a and b and a > 1000]
    ratios = [b / a for a, b in both]
    return len({a for a, _ in both}) >= 3 and max(ratios) < 1.005 * min(ratios)


KILOGRAMS = {"kg": 1.0, "t": 1000.0, "lb": 0.45359237, "g": 0.001}
"""Kilograms in a unit of weight (BIPM; the pound by the agreement of 1959)."""


def unit_of(concepts: frozenset[str]) -> str:
    """The unit of weight that a header states, kilograms where it states none."""
    return "t" if "TONNE" in concepts else "lb" if "POUND" in concepts else "g" if "GRAM" in concepts else "kg"


def above(left: Profile, right: Profile, ratio: float = 1.0) -> float:
    """Share of rows, of those with both, where the left number is above the right times `ratio` by over a hundredth."""
    both = [(a, b) for a, b in zip(left.numbers, right.numbers, strict=True) if a and b]
    return sum(a > 1.01 * b * ratio for a, b in both) / len(both) if both else 0.0


def shares(found: Sequence[Candidate], profiles: Sequence[Profile]) -> dict[int, int]:
    """Columns that hold another column's share of its total, whatever their header says: share to whole."""
    measures = sorted({c.index for c in found if c.canonical in _MEASURES})
    parts: dict[int, int] = {}
    for part in measures:
        if not (0 < profiles[part].largest <= 1) or profiles[part].integers > 0.9:
            continue
        for whole in measures:
            ratios = [
                a / b
                for a, b in zip(profiles[part].numbers, profiles[whole].numbers, strict=True)
                if whole != part and a and b
            ]
            if len(ratios) >= 3 and max(ratios) < 1.001 * min(ratios) and len(set(profiles[part].numbers)) > 2:
                parts[part] = whole
    return parts


_MEASURES = frozenset({"amount", "quantity", "net_kg", "gross_kg"})


def over_days(chosen: Mapping[str, Candidate], profiles: Sequence[Profile]) -> dict[str, str]:
    """A number that stands on many days beside one name is that party's, not a declaration's, which has one day."""
    number, date = chosen.get("declaration_no"), chosen.get("date")
    names = [chosen[name].index for name in ("consignee_name", "shipper_name") if name in chosen]
    if number is None or date is None or not names:
        return {}
    for name in names:
        days: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        called: dict[str, set[str]] = defaultdict(set)
        rows: Counter[str] = Counter()
        for key, day, who in zip(
            profiles[number.index].values, profiles[date.index].values, profiles[name].values, strict=True
        ):
            if key and day and who:
                days[key].add(_same_day(day))
                called[key].add(who)
                rows[key] += 1
        several = [key for key, count in rows.items() if count > 1]
        one_name = len(several) >= 3 and all(len(called[key]) == 1 for key in several)
        if one_name and sum(len(days[key]) > 1 for key in several) > _OVER_DAYS * len(several):
            return {"declaration_no": "stands on several days beside one name: it is the number of a party"}
    return {}


def _same_day(text: str) -> tuple[str, ...]:
    """The day, month and year of a date in any order, without its time: `03/04/2024` and `2024-04-03` are one."""
    return tuple(sorted(part.lstrip("0") for part in re.findall(r"[^\W_]+", text)[:3]))


_OVER_DAYS = 0.7
"""Share of repeated numbers with several days: 0 for declarations, about 1 for parties; registers that begin again each year
or are kept by each office repeat some numbers."""


def by_row(chosen: Mapping[str, Candidate], profiles: Sequence[Profile]) -> dict[str, str]:
    """Identifiers that differ on every row while the names beside them repeat: they number rows, not parties."""
    reasons = {}
    for side in ("shipper", "consignee"):
        number, name = chosen.get(f"{side}_id"), chosen.get(f"{side}_name")
        if number is None or name is None:
            continue
        ids, names = profiles[number.index], profiles[name.index]
        rows = sum(value is not None for value in ids.values)
        if rows >= 10 and ids.distinct > 0.9 * rows and names.distinct < 0.6 * rows:
            reasons[f"{side}_id"] = "differs on every row while the names repeat: it numbers rows, not parties"
        elif rows >= 10 and names.distinct > 1 and ids.distinct > _NUMBERS_OF_A_PARTY * names.distinct:
            reasons[f"{side}_id"] = "differs where the name is the same: it numbers documents, not parties"
    return reasons


_NUMBERS_OF_A_PARTY = 2.5
"""Numbers for each name, above which they are not those of parties: a company with branches has two or three, and names are
written in several ways, which lowers the ratio (vendor files: 0.6 to 1.1)."""


def addresses(columns: Mapping[str, Mapped], found: Sequence[Candidate], direction: str) -> dict[str, tuple[int, ...]]:
    """Further columns of an address: its second line, city, state, postal code."""
    local = {"import": "consignee_address", "export": "shipper_address"}.get(direction)
    taken = {mapped.index for mapped in columns.values()}
    more: dict[str, list[int]] = {}
    for candidate in sorted(found, key=lambda c: c.index):
        whose = candidate.canonical.removeprefix("part.")
        if whose == "local_address":
            whose = local or ""
        near = candidate.canonical != "part.local_address" or (
            whose in columns and abs(columns[whose].index - candidate.index) <= 6
        )
        if whose in {"shipper_address", "consignee_address"} and whose in columns and near:
            line = candidate.canonical.startswith("part.") or candidate.score > 0.6
            if line and candidate.index not in taken:
                taken.add(candidate.index)
                more.setdefault(whose, []).append(candidate.index)
    return {whose: tuple(sorted(indices)) for whose, indices in more.items()}


def dates(
    columns: Mapping[str, Mapped], heads: Sequence[Heading], profiles: Sequence[Profile]
) -> dict[str, tuple[int, ...]]:
    """The year beside a month that does not say its year, and the day beside both."""
    date = columns.get("date")
    if date is None or profiles[date.index].days > 0.4 or profiles[date.index].months > 0.4:
        return {}
    wanted = "YEAR" if "MONTH" in heads[date.index].concepts else "MONTH"
    found = []
    for part in ({wanted}, {"DAY", "DATE"}):
        of_part = (
            index
            for index, head in enumerate(heads)
            if index != date.index
            and part & head.concepts
            and not head.concepts - part - {"NOISE", "FIRST", "NUMBER", "NAME"}
            and (wanted in part or profiles[index].of_month)
        )
        place = next(of_part, None)
        if place is None:
            break
        found.append(place)
    return {"date": tuple(found)} if found else {}
