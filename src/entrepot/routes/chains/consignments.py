"""Joins the shipments of one lot to a consignment: what moves as one."""

from __future__ import annotations

import numpy as np

from entrepot.engine.compiled import compiled
from entrepot.routes.chains.flow import MOST_STEPS


@compiled
def consignments(
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
    of: np.ndarray,
    days: int,
) -> int:
    """Write the consignments of one cell, and into `of` the number of each shipment's; returns how many there are.

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
        of[at] = into if into >= 0 else count
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
