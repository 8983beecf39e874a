"""Allocates what came in to what went out within one party and one kind of goods.

A cell is one middle party with one kind of goods. Its items are inbound and outbound shipments; its slots are their dates.
Outbound shipments are taken in order of time; each draws on the most recent inbound weight that is left, within the
window, from compatible countries. With the lag as cost this is the greedy minimum-cost flow: no inbound weight is spent
twice, none is spent before it came, and no outbound shipment receives more than its weight (tests/routes hold it to
that). An outbound shipment of which the inbound covers less than `LEAST_COVERED` is not taken for a continuation.

A date of which only the month is known can be any of its days: nearness is then the mean over them.
"""

from __future__ import annotations

import numpy as np

from entrepot.engine.compiled import compiled
from entrepot.routes.chains.radix import order_of

LEAST_COVERED = 0.5
"""An onward shipment must be covered for at least half: below it, most of the goods came from elsewhere."""

MOST_STEPS = 64
"""Inbound shipments that one outbound shipment looks back over: bounds the work where a million pass between two parties."""

POINTS = 4
"""Days of a span on which nearness is taken: a week apart in a month, and nearness falls by an eighth in a week."""


@compiled
def allocate(
    perm: np.ndarray,
    by_start: np.ndarray,
    by_end: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    outward: np.ndarray,
    kg: np.ndarray,
    far: np.ndarray,
    near: np.ndarray,
    other: np.ndarray,
    left: np.ndarray,
    below: np.ndarray,
    window: int,
    slack: float,
    scale: float,
    keep: bool,
    flow_in: np.ndarray,
    flow_out: np.ndarray,
    flow_kg: np.ndarray,
    flow_lag: np.ndarray,
) -> tuple[float, int]:
    """One allocation; `perm[slot]` is the item at a date. Returns the statistic and the number of flows.

    The statistic is the sum over flows of nearness (`_nearness`) times the share of the outbound shipment that the flow covers
    plus the share of the inbound that it uses up. With the second share lots that leave whole count for more than small
    shipments out of a large stock, which any date would cover: it tells lots apart where rows are missing.
    """
    n = len(perm)
    top = -1
    pushed = 0
    flows = 0
    total = 0.0
    for at in range(n):
        slot = by_end[at]
        out = perm[slot]
        if not outward[out]:
            continue
        while pushed < n and start[by_start[pushed]] <= end[slot]:
            candidate = by_start[pushed]
            item = perm[candidate]
            if not outward[item]:
                left[candidate] = kg[item] * (1.0 + slack)
                below[candidate] = top
                top = candidate
            pushed += 1
        wanted = kg[out]
        found = 0.0
        steps = 0
        cursor = top
        while cursor >= 0 and steps < MOST_STEPS and found < wanted:
            lag = start[slot] - end[cursor]
            if start[slot] - start[cursor] > window + 366:
                break
            if lag <= window and _fits(perm[cursor], out, far, near, other):
                found += left[cursor]
            cursor = below[cursor]
            steps += 1
        if found < LEAST_COVERED * wanted:
            continue
        remaining = wanted
        gained = 0.0
        steps = 0
        cursor = top
        above = -1
        while cursor >= 0 and steps < MOST_STEPS and remaining > 0.0:
            lag = start[slot] - end[cursor]
            if start[slot] - start[cursor] > window + 366:
                break
            following = below[cursor]
            if lag <= window and _fits(perm[cursor], out, far, near, other):
                taken = min(left[cursor], remaining)
                left[cursor] -= taken
                remaining -= taken
                days = max(0.0, 0.5 * (start[slot] + end[slot] - start[cursor] - end[cursor]))
                gained += (
                    taken
                    * (1.0 / wanted + 1.0 / kg[perm[cursor]])
                    * _nearness(start[cursor], end[cursor], start[slot], end[slot], scale)
                )
                if keep:
                    flow_in[flows] = perm[cursor]
                    flow_out[flows] = out
                    flow_kg[flows] = taken
                    flow_lag[flows] = days
                    flows += 1
                if left[cursor] <= 1e-9 * kg[perm[cursor]]:
                    if above < 0:
                        top = following
                    else:
                        below[above] = following
                else:
                    above = cursor
            else:
                above = cursor
            cursor = following
            steps += 1
        total += gained
    return total, flows


@compiled
def order(days: np.ndarray) -> np.ndarray:
    """Stable order of days that are nearly sorted."""
    n = len(days)
    if n > 64:
        keys = np.empty(n, np.int64)
        low = days.min()
        for at in range(n):
            keys[at] = days[at] - low
        sorted_order: np.ndarray = order_of(keys)
        return sorted_order
    order = np.empty(n, np.int32)
    for at in range(n):
        to = at
        while to > 0 and days[order[to - 1]] > days[at]:
            order[to] = order[to - 1]
            to -= 1
        order[to] = at
    return order


@compiled
def _fits(item_in: int, item_out: int, far: np.ndarray, near: np.ndarray, other: np.ndarray) -> bool:
    """Whether countries advance and do not return: in from A to B, out from B to C, with A, B and C different."""
    if other[item_in] == other[item_out]:
        return False
    if far[item_in] >= 0 and far[item_in] == far[item_out]:
        return False
    return not (near[item_in] >= 0 and near[item_out] >= 0 and near[item_in] != near[item_out])


@compiled
def _nearness(came_from: int, came_to: int, went_from: int, went_to: int, scale: float) -> float:
    """Mean of exp(-lag / scale) over the days on which both can have been, 0 where the goods would leave before they came.

    A span of days is looked at on `POINTS` of them, evenly spread.
    """
    if came_from == came_to and went_from == went_to:
        known: float = np.exp(-max(went_from - came_from, 0) / scale)
        return known
    came_points = 1 if came_from == came_to else POINTS
    went_points = 1 if went_from == went_to else POINTS
    total = 0.0
    for i in range(came_points):
        came = came_from + (came_to - came_from) * (i + 0.5) / came_points
        for j in range(went_points):
            went = went_from + (went_to - went_from) * (j + 0.5) / went_points
            if went >= came:
                total += np.exp(-(went - came) / scale)
    return total / (came_points * went_points)
