"""Tests the allocation of each cell against dates that are permuted, or borrowed from the whole records.

The null permutes dates over the consignments of the cell. Where stock is traded all year, permuted dates fit as well as the
real ones; where lots arrive and leave again within weeks, they do not. One or two lots cannot be ordered in enough ways
for that. Their null takes its dates from the whole records instead: how often would shipments on any days fit as well?
Nor does order tell anything of a season of trade in which most of what came went on: all its dates lie near each other. Its
null keeps both seasons as they are and lets the outbound one begin on any day of the records (a random shift, as Lotwick and
Silverman, Journal of the Royal Statistical Society B 44 (1982), 406-413, for two point patterns that each have an order of
their own), and weigh as much more or less than the inbound one as one party's year of some goods does than another's: that as
much leaves as came is no less a coincidence than that it leaves when it came.

A shipment of which only the month is known belongs to the consignment of the same parties that moved in that month, whose
day it takes.
"""

from __future__ import annotations

import numpy as np

from entrepot.engine.compiled import compiled
from entrepot.routes.chains.consignments import consignments
from entrepot.routes.chains.flow import LEAST_COVERED, allocate, order

ENOUGH_EXCEEDING = 10
"""Permutations stop after this many fit as well (Besag and Clifford, Biometrika 78 (1991), 301-304): of 200, p can then no longer
fall below .05."""

MANY_CONSIGNMENTS = 50
"""From so many consignments on the whole least lift is asked for, below them in proportion: in a small cell only a large
effect can be significant, in a large one any can. Authors' choice."""

MOST_WORK = 8_000_000
"""Items times permutations of one cell; larger cells have fewer permutations, never fewer than `LEAST_PERMUTATIONS`."""

LEAST_PERMUTATIONS = 40
"""Of forty permutations none as good gives p = 1/41 = .024, so that a large cell can still fall below .05."""

LEAST_ARRANGEMENTS = 40
"""Ways to order arrivals and dispatches, below which permuted dates cannot tell anything: one in twenty is the level of the test,
and the real order with its like is among them."""

FEW_CONSIGNMENTS = 8
"""Most consignments for which dates are borrowed. With more, a short season of trade would look like lots passed on, since the
records as a whole are longer. Four lots, the fewest that can be ordered in enough ways, are eight."""

LONGEST_CONSIGNMENT = 31
"""Most days from the first to the last line of a consignment that borrows dates: one of which only the month is known has as many,
and a longer one is a stream whose dates tell nothing."""

SEASON_DAYS = 549
"""Longest time from the first to the last day of trade that is moved as a whole against the records: a year and a half. Longer trade
is no season."""

YEAR_DAYS = 366
"""Longest season that may pause for longer than the window: what returns every year has more than one season in it."""

ROOM = 3
"""Records are so many times as long as a season of more than a year that is moved: in shorter ones the order of its dates tells more."""


@compiled
def allocate_cells(
    first: int,
    last: int,
    offsets: np.ndarray,
    seeds: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    outward: np.ndarray,
    kg: np.ndarray,
    far: np.ndarray,
    near: np.ndarray,
    other: np.ndarray,
    window: int,
    slack: float,
    scale: float,
    least_lift: float,
    consignment_days: int,
    permutations: int,
    days: np.ndarray,
    sizes: np.ndarray,
    p_value: np.ndarray,
    tried: np.ndarray,
    lift: np.ndarray,
    borrowed: np.ndarray,
    consignment: np.ndarray,
    flow_in: np.ndarray,
    flow_out: np.ndarray,
    flow_kg: np.ndarray,
    flow_lag: np.ndarray,
    flow_count: np.ndarray,
) -> None:
    """Allocate and test the cells `first` to `last` (excluded).

    Items of cell c are `offsets[c]` to `offsets[c + 1]` of the item arrays, sorted by `start`. `days` are days of the whole
    records, each as often as it occurs, which cells of few consignments and those of a season borrow; `sizes` how much more
    one party's year of some goods weighs than another's, which a season borrows. Results are written to
    `p_value`, `tried` and `borrowed` (one per cell), to `consignment` (one per item, -1 where nothing was tested), and to the flow arrays, where cell c uses its own items' slice, `flow_count[c]`
    of it; `flow_in` and `flow_out` are positions in the item arrays.
    """
    state = np.zeros(1, np.uint64)
    largest = 0
    for cell in range(first, last):
        largest = max(largest, offsets[cell + 1] - offsets[cell])
    c_start, c_end = np.empty(largest, np.int32), np.empty(largest, np.int32)
    c_outward, c_kg = np.empty(largest, np.bool_), np.empty(largest)
    c_far, c_near, c_other = np.empty(largest, np.int32), np.empty(largest, np.int32), np.empty(largest, np.int32)
    d_kg = np.empty(largest)
    c_exact = np.empty(largest, np.bool_)
    d_start, d_end = np.empty(largest, np.int32), np.empty(largest, np.int32)
    for cell in range(first, last):
        a, b = offsets[cell], offsets[cell + 1]
        n = b - a
        perm = np.arange(n).astype(np.int32)
        by_start = np.arange(n).astype(np.int32)
        by_end = order(end[a:b])
        left = np.zeros(n)
        below = np.full(n, -1)
        observed, flows = allocate(
            perm, by_start, by_end, start[a:b], end[a:b], outward[a:b], kg[a:b], far[a:b], near[a:b], other[a:b],
            left, below, window, slack, scale, True, flow_in[a:b], flow_out[a:b], flow_kg[a:b], flow_lag[a:b],
        )  # fmt: skip
        flow_count[cell] = flows
        moved = 0.0
        for at in range(a, a + flows):
            moved += flow_kg[at]
            flow_in[at] += a
            flow_out[at] += a
        p_value[cell] = 1.0
        lift[cell] = 1.0
        tried[cell] = 0
        if flows == 0 or permutations == 0:
            continue
        m = consignments(start[a:b], end[a:b], outward[a:b], kg[a:b], far[a:b], near[a:b], other[a:b], c_start, c_end, c_outward, c_kg, c_far, c_near, c_other, c_exact, consignment[a:b], consignment_days)  # fmt: skip
        consignment[a:b] += a
        perm, by_start = np.arange(m).astype(np.int32), order(c_start[:m])
        by_end = order(c_end[:m])
        observed, _ = allocate(
            perm, by_start, by_end, c_start, c_end, c_outward, c_kg, c_far, c_near, c_other,
            left, below, window, slack, scale, False, flow_in[a:b], flow_out[a:b], flow_kg[a:b], flow_lag[a:b],
        )  # fmt: skip
        state[0] = seeds[cell]
        raised = 1.0 + (least_lift - 1.0) * min(1.0, m / MANY_CONSIGNMENTS)
        wanted = max(min(permutations, MOST_WORK // m), min(permutations, LEAST_PERMUTATIONS))
        exceeding = 0
        runs = 0
        sum_drawn = 0.0
        few = _few(c_outward[:m], c_start[:m], c_end[:m])
        season = not few and _season(c_outward[:m], c_start[:m], c_end[:m], c_kg[:m], moved, window, days[-1] - days[0])
        borrowed[cell] = few or season
        first_out = 0
        if season:
            first_out = c_start[:m][c_outward[:m]].min()
        alike = _alike(c_outward[:m], c_kg[:m])
        while runs < wanted and exceeding < ENOUGH_EXCEEDING:
            if borrowed[cell]:
                shift = days[int(_next(state) % np.uint64(len(days)))] - first_out
                size = 1.0
                if season:
                    size = alike * sizes[int(_next(state) % np.uint64(len(sizes)))]
                for at in range(m):
                    d_kg[at] = c_kg[at] * (size if c_outward[at] else 1.0)
                    if few:
                        d_start[at] = days[int(_next(state) % np.uint64(len(days)))]
                    else:
                        d_start[at] = c_start[at] + (shift if c_outward[at] else 0)
                    d_end[at] = d_start[at] + (c_end[at] - c_start[at])
                drawn, _ = allocate(
                    perm, order(d_start[:m]), order(d_end[:m]), d_start, d_end, c_outward, d_kg, c_far, c_near, c_other,
                    left, below, window, slack, scale, False, flow_in[a:b], flow_out[a:b], flow_kg[a:b], flow_lag[a:b],
                )  # fmt: skip
            else:
                for at in range(m - 1, 0, -1):
                    swap = int(_next(state) % np.uint64(at + 1))
                    held = perm[at]
                    perm[at] = perm[swap]
                    perm[swap] = held
                drawn, _ = allocate(
                    perm, by_start, by_end, c_start, c_end, c_outward, c_kg, c_far, c_near, c_other,
                    left, below, window, slack, scale, False, flow_in[a:b], flow_out[a:b], flow_kg[a:b], flow_lag[a:b],
                )  # fmt: skip
            runs += 1
            sum_drawn += drawn
            if drawn * raised >= observed * (1.0 - 1e-12):
                exceeding += 1
        tried[cell] = runs
        lift[cell] = observed * runs / sum_drawn if sum_drawn > 0.0 else np.inf
        p_value[cell] = exceeding / runs if exceeding >= ENOUGH_EXCEEDING else (exceeding + 1) / (runs + 1)


@compiled
def _next(state: np.ndarray) -> np.uint64:
    """The next number of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: np.uint64 = z ^ (z >> np.uint64(31))
    return mixed


@compiled
def _few(outward: np.ndarray, start: np.ndarray, end: np.ndarray) -> bool:
    """Whether these are lots, and can be ordered in fewer ways than a permutation test needs."""
    n = len(outward)
    if n > FEW_CONSIGNMENTS:
        return False
    went = 0
    for at in range(n):
        if end[at] - start[at] > LONGEST_CONSIGNMENT:
            return False
        went += outward[at]
    ways = 1
    for at in range(went):
        ways = ways * (n - at) // (at + 1)
    return ways < LEAST_ARRANGEMENTS


@compiled
def _season(
    outward: np.ndarray, start: np.ndarray, end: np.ndarray, kg: np.ndarray, moved: float, window: int, records: int
) -> bool:
    """Whether trade is confined to a season in which most of what came in went on, and most of what went out had come in."""
    days = end.max() - start.min()
    if days > SEASON_DAYS:
        return False
    if days > YEAR_DAYS and (records < ROOM * days or _pause(start, end) > window):
        return False
    went = 0.0
    came = 0.0
    for at in range(len(outward)):
        if outward[at]:
            went += kg[at]
        else:
            came += kg[at]
    return moved >= LEAST_COVERED * max(went, came)


@compiled
def _pause(start: np.ndarray, end: np.ndarray) -> int:
    """Most days without trade between the first and the last; consignments in order of their first day."""
    longest = 0
    until = end[0]
    for at in order(start):
        longest = max(longest, start[at] - until)
        until = max(until, end[at])
    return longest


@compiled
def _alike(outward: np.ndarray, kg: np.ndarray) -> float:
    """What the outbound weights are multiplied by to weigh as much as the inbound."""
    went = 0.0
    came = 0.0
    for at in range(len(outward)):
        if outward[at]:
            went += kg[at]
        else:
            came += kg[at]
    return came / went
