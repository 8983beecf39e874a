"""Allocates what came in to what went out within one party and one kind of goods, and again under permuted dates.

A cell is one middle party with one kind of goods. Its items are inbound and outbound shipments; its slots are their dates.
Outbound shipments are taken in order of time; each draws on the most recent inbound weight that is left, within the
window, from compatible countries. With the lag as cost this is the greedy minimum-cost flow: no inbound weight is spent
twice, none is spent before it came, and no outbound shipment receives more than its weight (tests/routes hold it to
that). An outbound shipment of which the inbound covers less than `LEAST_COVERED` is not taken for a continuation.

The null permutes dates over the shipments of the cell. Where stock is traded all year, permuted dates fit as well as the
real ones; where lots arrive and leave again within weeks, they do not. One or two lots cannot be ordered in enough ways
for that. Their null takes its dates from the whole records instead: how often would shipments on any days fit as well?
Nor does order tell anything of a season of trade in which most of what came went on: all its dates lie near each other. Its
null keeps both seasons as they are and lets the outbound one begin on any day of the records (a random shift, as Lotwick and
Silverman, Journal of the Royal Statistical Society B 44 (1982), 406-413, for two point patterns that each have an order of
their own).

A date of which only the month is known can be any of its days: nearness is then the mean over them, and such a shipment
belongs to the consignment of the same parties that moved in that month, whose day it takes.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from entrepot.routes.chains.radix import order_of

LEAST_COVERED = 0.5
"""An onward shipment must be covered for at least half: below it, most of the goods came from elsewhere."""

MOST_STEPS = 64
"""Inbound shipments that one outbound shipment looks back over: bounds the work where a million pass between two parties."""

ENOUGH_EXCEEDING = 20
"""Permutations stop after this many fit as well: p is then known to be far above .05 (Besag and Clifford, Biometrika 78 (1991), 301-304)."""

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

SEASON_DAYS = 366
"""Longest time from the first to the last day of trade that is moved as a whole against the records: what returns every year has more
than one season in it."""

POINTS = 4
"""Days of a span on which nearness is taken: a week apart in a month, and nearness falls by an eighth in a week."""


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _next(state: np.ndarray) -> np.uint64:
    """The next number of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: np.uint64 = z ^ (z >> np.uint64(31))
    return mixed


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _order(days: np.ndarray) -> np.ndarray:
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


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _fits(item_in: int, item_out: int, far: np.ndarray, near: np.ndarray, other: np.ndarray) -> bool:
    """Whether countries advance and do not return: in from A to B, out from B to C, with A, B and C different."""
    if other[item_in] == other[item_out]:
        return False
    if far[item_in] >= 0 and far[item_in] == far[item_out]:
        return False
    return not (near[item_in] >= 0 and near[item_out] >= 0 and near[item_in] != near[item_out])


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
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


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _allocate(
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


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _consignments(
    start: np.ndarray,
    end: np.ndarray,
    outward: np.ndarray,
    kg: np.ndarray,
    far: np.ndarray,
    near: np.ndarray,
    other: np.ndarray,
    c_start: np.ndarray,
    c_end: np.ndarray,
    c_outward: np.ndarray,
    c_kg: np.ndarray,
    c_far: np.ndarray,
    c_near: np.ndarray,
    c_other: np.ndarray,
    c_exact: np.ndarray,
    days: int,
) -> int:
    """Write the consignments of one cell; returns their number.

    Shipments of one direction, between the same parties and countries, each at most `days` after the one before, are one
    consignment: the lines and trucks of one lot do not move independently, and a null that scatters them would be no null
    of trade. A stream that never pauses is one consignment, and its dates tell nothing. A shipment whose day is not known
    belongs to a consignment that may have moved in its month, and a consignment that holds known days has these: otherwise
    one lot would count as two, of which one fits any date. Records by month alone keep a consignment for each month.
    """
    count = 0
    for at in range(len(start)):
        into = -1
        exact = start[at] == end[at]
        cursor = count - 1
        steps = 0
        while cursor >= 0 and steps < MOST_STEPS:
            if (
                c_outward[cursor] == outward[at]
                and c_other[cursor] == other[at]
                and c_far[cursor] == far[at]
                and c_near[cursor] == near[at]
                and (
                    start[at] - c_end[cursor] <= days
                    if exact and c_exact[cursor]
                    else start[at] <= c_end[cursor] and end[at] >= c_start[cursor]
                )
            ):
                into = cursor
                break
            cursor -= 1
            steps += 1
        if into >= 0:
            c_kg[into] += kg[at]
            if exact and c_exact[into]:
                c_end[into] = max(c_end[into], end[at])
            elif exact:
                c_start[into], c_end[into], c_exact[into] = start[at], end[at], True
        else:
            c_start[count] = start[at]
            c_end[count] = end[at]
            c_exact[count] = exact
            c_outward[count] = outward[at]
            c_kg[count] = kg[at]
            c_far[count] = far[at]
            c_near[count] = near[at]
            c_other[count] = other[at]
            count += 1
    return count


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
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


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _season(outward: np.ndarray, start: np.ndarray, end: np.ndarray, kg: np.ndarray, moved: float) -> bool:
    """Whether trade is confined to a season in which most of what came in went on, and most of what went out had come in."""
    if end.max() - start.min() > SEASON_DAYS:
        return False
    went = 0.0
    came = 0.0
    for at in range(len(outward)):
        if outward[at]:
            went += kg[at]
        else:
            came += kg[at]
    return moved >= LEAST_COVERED * max(went, came)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
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
    p_value: np.ndarray,
    tried: np.ndarray,
    lift: np.ndarray,
    borrowed: np.ndarray,
    flow_in: np.ndarray,
    flow_out: np.ndarray,
    flow_kg: np.ndarray,
    flow_lag: np.ndarray,
    flow_count: np.ndarray,
) -> None:
    """Allocate and test the cells `first` to `last` (excluded).

    Items of cell c are `offsets[c]` to `offsets[c + 1]` of the item arrays, sorted by `start`. `days` are days of the whole
    records, each as often as it occurs, which cells of few consignments and those of a season borrow. Results are written to
    `p_value`, `tried` and `borrowed` (one per cell), and to the flow arrays, where cell c uses its own items' slice, `flow_count[c]`
    of it; `flow_in` and `flow_out` are positions in the item arrays.
    """
    state = np.zeros(1, np.uint64)
    largest = 0
    for cell in range(first, last):
        largest = max(largest, offsets[cell + 1] - offsets[cell])
    c_start, c_end = np.empty(largest, np.int32), np.empty(largest, np.int32)
    c_outward, c_kg = np.empty(largest, np.bool_), np.empty(largest)
    c_far, c_near, c_other = np.empty(largest, np.int32), np.empty(largest, np.int32), np.empty(largest, np.int32)
    c_exact = np.empty(largest, np.bool_)
    d_start, d_end = np.empty(largest, np.int32), np.empty(largest, np.int32)
    for cell in range(first, last):
        a, b = offsets[cell], offsets[cell + 1]
        n = b - a
        perm = np.arange(n).astype(np.int32)
        by_start = np.arange(n).astype(np.int32)
        by_end = _order(end[a:b])
        left = np.zeros(n)
        below = np.full(n, -1)
        observed, flows = _allocate(
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
        m = _consignments(start[a:b], end[a:b], outward[a:b], kg[a:b], far[a:b], near[a:b], other[a:b], c_start, c_end, c_outward, c_kg, c_far, c_near, c_other, c_exact, consignment_days)  # fmt: skip
        perm, by_start = np.arange(m).astype(np.int32), _order(c_start[:m])
        by_end = _order(c_end[:m])
        observed, _ = _allocate(
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
        season = not few and _season(c_outward[:m], c_start[:m], c_end[:m], c_kg[:m], moved)
        borrowed[cell] = few or season
        first_out = 0
        if season:
            first_out = c_start[:m][c_outward[:m]].min()
        while runs < wanted and exceeding < ENOUGH_EXCEEDING:
            if borrowed[cell]:
                shift = days[int(_next(state) % np.uint64(len(days)))] - first_out
                for at in range(m):
                    if few:
                        d_start[at] = days[int(_next(state) % np.uint64(len(days)))]
                    else:
                        d_start[at] = c_start[at] + (shift if c_outward[at] else 0)
                    d_end[at] = d_start[at] + (c_end[at] - c_start[at])
                drawn, _ = _allocate(
                    perm, _order(d_start[:m]), _order(d_end[:m]), d_start, d_end, c_outward, c_kg, c_far, c_near, c_other,
                    left, below, window, slack, scale, False, flow_in[a:b], flow_out[a:b], flow_kg[a:b], flow_lag[a:b],
                )  # fmt: skip
            else:
                for at in range(m - 1, 0, -1):
                    swap = int(_next(state) % np.uint64(at + 1))
                    held = perm[at]
                    perm[at] = perm[swap]
                    perm[swap] = held
                drawn, _ = _allocate(
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
