"""Groups flows into lots: what one shipper sent through one middle party to one consignee, joined by shared goods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from entrepot.routes.chains.allocation import NEARNESS, Flows
from entrepot.routes.chains.coding import Coded, Longs
from entrepot.routes.chains.flow import LEAST_COVERED

LEAST_P = 0.05
"""Below it a chain is called one (issue 4, and the usual level of a test)."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Goods that came in and went on.

    Attributes:
        route: codes of shipper, its country, middle party, its country, consignee, its country, goods in.
        came, went: rows of the table, in order of time.
        carried_kg: weight allocated from `came` to `went`.
        coverage, closeness: 0 to 1.
        p_value, tried: of the cell, with the number of permutations.
        borrowed: the dates of the null are those of the whole records.
        cell: number of the cell; `parts` where parts went in and the finished form came out.
    """

    route: tuple[int, ...]
    came: tuple[int, ...]
    went: tuple[int, ...]
    carried_kg: float
    coverage: float
    closeness: float
    p_value: float
    tried: int
    borrowed: bool
    cell: int
    parts: bool

    @property
    def strength(self) -> float:
        """Orders the weaker ones."""
        return self.coverage * self.closeness * (1.0 - self.p_value)


def lots(coded: Coded, flows: Flows, *, window_days: int, most_weaker: int) -> tuple[list[Lot], int]:
    """All lots with p below .05 and the `most_weaker` strongest others; and how many others there are."""
    if not len(flows.kg):
        return [], 0
    rows = flows.cells.row
    came, went = rows[flows.item_in], rows[flows.item_out]
    route = _ids(
        flows.cell, coded.shipper[came], coded.dispatch[came], coded.destination[came], coded.dispatch[went],
        coded.consignee[went], coded.destination[went],
    )  # fmt: skip
    lot = _components(route, flows.item_in, flows.item_out)
    count = int(lot.max()) + 1
    carried = np.bincount(lot, flows.kg, count)
    near = np.bincount(lot, flows.kg * np.exp(-flows.lag_days / max(window_days * NEARNESS, 1.0)), count) / carried
    came_lot, came_item = _with_mates(coded, flows, lot, flows.item_in)
    out_lot, out_item = _with_mates(coded, flows, lot, flows.item_out)
    needed = np.bincount(out_lot, coded.kg[rows[out_item]], count)
    coverage = np.minimum(carried / needed, 1.0)
    cell = np.zeros(count, np.int64)
    cell[lot] = flows.cell
    p_value = flows.p_value[cell]
    strong = p_value < LEAST_P
    strength = coverage * near * (1.0 - p_value)
    weaker = np.flatnonzero(~strong)
    chosen = np.concatenate(
        [np.flatnonzero(strong), weaker[np.argsort(-strength[weaker], kind="stable")][:most_weaker]]
    )
    wanted = np.zeros(count, np.bool_)
    wanted[chosen] = True
    members = _members(((came_lot, rows[came_item]), (out_lot, rows[out_item])), coded, wanted)
    first = np.zeros(count, np.int64)
    first[lot[::-1]] = np.arange(len(lot))[::-1]
    found = []
    for at in chosen.tolist():
        a, b = int(came[first[at]]), int(went[first[at]])
        near_country = int(coded.destination[a]) if coded.destination[a] >= 0 else int(coded.dispatch[b])
        found.append(
            Lot(
                (
                    int(coded.shipper[a]), int(coded.dispatch[a]), int(coded.consignee[a]), near_country,
                    int(coded.consignee[b]), int(coded.destination[b]), int(coded.hs[a]),
                ),
                *members[at],
                float(carried[at]), float(coverage[at]), float(near[at]), float(p_value[at]), int(flows.tried[cell[at]]),
                bool(flows.borrowed[cell[at]]),
                int(cell[at]), flows.cells.parts,
            )
        )  # fmt: skip
    return found, int(np.count_nonzero(~strong))


def _ids(*columns: np.ndarray) -> Longs:
    """A dense number for each distinct row of the columns."""
    ids = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        _, codes = np.unique(column, return_inverse=True)
        _, ids = np.unique(ids * (int(codes.max()) + 1) + codes, return_inverse=True)
    return ids


def _components(route: Longs, item_in: Longs, item_out: Longs) -> Longs:
    """Flows of one route that share a shipment, directly or through others, have one number."""
    items = int(max(item_in.max(), item_out.max())) + 1
    _, nodes = np.unique(np.concatenate([route * items + item_in, route * items + item_out]), return_inverse=True)
    a, b = nodes[: len(route)], nodes[len(route) :]
    size = int(nodes.max()) + 1
    _, labels = connected_components(coo_matrix((np.ones(len(a), np.int8), (a, b)), (size, size)), directed=False)
    numbers: Longs = labels[a].astype(np.int64)
    return numbers


def _distinct(lot: Longs, item: Longs) -> tuple[Longs, Longs]:
    size = int(item.max()) + 1
    both = np.unique(lot * size + item)
    return both // size, both % size


def _with_mates(coded: Coded, flows: Flows, lot: Longs, item: Longs) -> tuple[Longs, Longs]:
    """Lot and item of what flows on one side, and of the other lines of a consignment of which flows cover `LEAST_COVERED`.

    What arrives or leaves between the same parties within a week is one lot: which of its lines the goods were, weights cannot
    tell. A line of a consignment that several lots share is counted with the one that has most of it.
    """
    lots_of, items = _distinct(lot, item)
    whole, weight = flows.consignment, coded.kg[flows.cells.row]
    known = whole >= 0
    size = len(whole)
    of_side = flows.cells.outward == flows.cells.outward[item[0]]
    moved = np.bincount(whole[item][known[item]], flows.kg[known[item]], size)
    total = np.bincount(whole[known & of_side], weight[known & of_side], size)
    free = known & of_side
    free[items] = False
    free[free] = moved[whole[free]] >= LEAST_COVERED * total[whole[free]]
    mates = np.flatnonzero(free)
    if not len(mates):
        return lots_of, items
    order = np.lexsort((lot, -flows.kg, whole[item]))
    ids, first = np.unique(whole[item][order], return_index=True)
    main = lot[order][first][np.searchsorted(ids, whole[mates])]
    return np.concatenate([lots_of, main]), np.concatenate([items, mates])


def _members(
    sides_of: tuple[tuple[Longs, Longs], tuple[Longs, Longs]], coded: Coded, wanted: np.ndarray
) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Rows in and out of each wanted lot, in order of time; given as lot and row of each side."""
    sides: list[dict[int, tuple[int, ...]]] = []
    for lot, rows in sides_of:
        lot_of, row = lot[wanted[lot]], rows[wanted[lot]]
        order = np.lexsort((row, coded.start[row], lot_of))
        lot_of, row = lot_of[order], row[order]
        ids, first = np.unique(lot_of, return_index=True)
        sides.append(
            {int(at): tuple(part.tolist()) for at, part in zip(ids, np.split(row, first[1:]), strict=True)}
            if len(ids)
            else {}
        )
    return {at: (sides[0][at], sides[1][at]) for at in sides[0]}
