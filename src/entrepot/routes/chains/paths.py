"""Joins lots end to end into chains of three and more legs, without closing a circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.routes.chains.lots import LEAST_P, Lot

MOST_LOTS = 5
"""Six legs: longer chains of one kind of goods have not been published, and each further leg multiplies the paths."""

MOST_PATHS = 200
"""Paths from one first lot; a wholesaler of wholesalers has no more of them listed."""


@dataclass(frozen=True, slots=True)
class Path:
    """Lots level by level: the outbound rows of one level are inbound rows of the next."""

    levels: tuple[tuple[Lot, ...], ...]


def paths(lots: Sequence[Lot]) -> list[Path]:
    """Chains of lots, as long as they go; a lot that is part of a longer chain is not listed on its own.

    Only lots with p below .05 are joined, so that a chain's p, the largest of its links, stays below it too. Lots of one
    route of parties that share a lot are one chain.
    """
    strong = [at for at, lot in enumerate(lots) if lot.p_value < LEAST_P]
    by_row: dict[int, list[int]] = {}
    for at in strong:
        for row in lots[at].came:
            by_row.setdefault(row, []).append(at)
    following = {at: sorted({b for row in lots[at].went for b in by_row.get(row, ()) if _advances([lots[at]], lots[b])}) for at in strong}  # fmt: skip
    continued = {b for after in following.values() for b in after}
    found: list[tuple[int, ...]] = []
    for at in strong:
        if at not in continued:
            found += _extend(lots, following, at)
    used = {at for path in found for at in path}
    # What only a circle leads to: its lots are listed from where the circle was left.
    for at in strong:
        if at not in used:
            extended = _extend(lots, following, at)
            found += extended
            used.update(b for path in extended for b in path)
    joined = _merged(lots, found)
    return [*joined, *(Path(((lot,),)) for lot in lots if lot.p_value >= LEAST_P)]


def _extend(lots: Sequence[Lot], following: dict[int, list[int]], first: int) -> list[tuple[int, ...]]:
    finished: list[tuple[int, ...]] = []
    open_paths: list[tuple[int, ...]] = [(first,)]
    while open_paths and len(finished) < MOST_PATHS:
        path = open_paths.pop()
        after = [b for b in following[path[-1]] if _advances([lots[at] for at in path], lots[b])]
        if not after or len(path) >= MOST_LOTS:
            finished.append(path)
        else:
            open_paths += [(*path, b) for b in reversed(after)]
    return finished


def _advances(before: Sequence[Lot], after: Lot) -> bool:
    """Whether the next leg goes to a party and a country that the chain has not been to."""
    parties = {lot.route[0] for lot in before} | {lot.route[2] for lot in before} | {before[-1].route[4]}
    countries = {lot.route[1] for lot in before} | {lot.route[3] for lot in before} | {before[-1].route[5]}
    return after.route[4] not in parties and (after.route[5] < 0 or after.route[5] not in countries)


def _merged(lots: Sequence[Lot], found: Sequence[tuple[int, ...]]) -> list[Path]:
    """One chain of the paths that share their parties, countries and goods, and a lot."""
    parent = list(range(len(found)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    holder: dict[tuple[object, int, int], int] = {}
    for at, path in enumerate(found):
        route = tuple(lots[lot].route for lot in path)
        for level, lot in enumerate(path):
            first = holder.setdefault((route, level, lot), at)
            parent[root(at)] = root(first)
    groups: dict[int, list[tuple[int, ...]]] = {}
    for at, path in enumerate(found):
        groups.setdefault(root(at), []).append(path)
    return [
        Path(
            tuple(tuple(lots[lot] for lot in sorted({path[level] for path in group})) for level in range(len(group[0])))
        )
        for group in groups.values()
    ]
