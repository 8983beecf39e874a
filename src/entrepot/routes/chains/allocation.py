"""Runs the allocation and its null over all cells on all processors, and keeps the flows that matter."""

from __future__ import annotations

import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from entrepot.routes.chains.cells import Cells
from entrepot.routes.chains.coding import Coded, Flags, Floats, Ints, Longs
from entrepot.routes.chains.null import allocate_cells

TRIVIAL = 0.05
"""A flow of less than this share of both its shipments is a remainder, not a continuation, and is not shown."""

NEARNESS = 1 / 2
"""Share of the window over which closeness falls to 1/e: goods that are passed on rather than sold from stock leave within
a month or two. In clean records any share from .08 to 1.5 tells the generated chains and wholesalers apart alike; where a
fifth of the dates give the month alone, shares below a third find half as many (docs/routes.md)."""

LEAST_LIFT = 1.25
"""The null that is tested: real dates fit at most a quarter better than permuted ones. With many shipments a difference
too small to mean anything becomes significant; a least effect keeps large wholesalers out (Murphy and Myors, Journal of
Applied Psychology 84 (1999), 234-248). A quarter is the authors' choice."""

CONSIGNMENT_DAYS = 7
"""Shipments of one direction between the same parties with no more than a week between them are one consignment."""


QUANTILES = 4_096
"""Days that stand for the dates of the whole records: two a day for five years."""


LEAST_SIZES = 30
"""Years of parties in one kind of goods from which their spread is known; below it a season keeps its own weights."""

MOST_FOR_SIZES = 100_000
"""Rows from which the spread is taken, all those of every so many parties: more would cost time and change nothing."""


@dataclass(frozen=True, slots=True)
class Flows:
    """What of which inbound item goes into which outbound item.

    Attributes:
        cells: the cells; items are positions in their arrays.
        item_in, item_out, kg, lag_days, cell: one value per flow.
        p_value, tried: one value per cell; `tried` is the number of permutations.
        borrowed: per cell, whether its null takes the dates of the whole records, since its own are too few to permute.
        consignment: number of each item's consignment, -1 where the cell was not tested.
    """

    cells: Cells
    item_in: Longs
    item_out: Longs
    kg: Floats
    lag_days: Floats
    cell: Longs
    p_value: Floats
    tried: Ints
    lift: Floats
    borrowed: Flags
    consignment: Longs


def allocate(
    coded: Coded, cells: Cells, left_kg: Floats, *, window_days: int, slack: float, permutations: int, seed: int
) -> Flows:
    """Allocate every cell and test it against permuted dates.

    Args:
        left_kg: weight that each inbound row of the table can still give.
        seed: of the permutations; a cell's draws depend on the seed, its party and its goods alone; those of few
            consignments or of a season on the dates and weights of all rows too.
    """
    rows, outward = cells.row, cells.outward
    count, n = len(cells.offsets) - 1, len(rows)
    far = np.where(outward, coded.destination[rows], coded.dispatch[rows]).astype(np.int32)
    near = np.where(outward, coded.dispatch[rows], coded.destination[rows]).astype(np.int32)
    other = np.where(outward, coded.consignee[rows], coded.shipper[rows]).astype(np.int32)
    start, end = coded.start[rows], coded.end[rows]
    weight = np.where(outward, coded.kg[rows], left_kg[rows])
    p_value, tried = np.ones(count), np.zeros(count, np.int32)
    item_in, item_out = np.empty(n, np.int32), np.empty(n, np.int32)
    flow_kg, lag = np.empty(n), np.empty(n)
    flow_count = np.zeros(count, np.int32)
    lift, borrowed = np.ones(count), np.zeros(count, np.bool_)
    consignment = np.full(n, -1)
    days = _days(coded)
    sizes = _sizes(coded)
    seeds = _seeds(coded, cells, seed)

    def run(bounds: tuple[int, int]) -> None:
        allocate_cells(
            bounds[0], bounds[1], cells.offsets, seeds, start, end, outward, weight, far, near, other, window_days, slack, max(window_days * NEARNESS, 1.0), LEAST_LIFT, CONSIGNMENT_DAYS,
            permutations, days, sizes, p_value, tried, lift, borrowed, consignment, item_in, item_out, flow_kg, lag, flow_count,
        )  # fmt: skip

    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(run, _shares(cells.offsets, 8 * workers)))
    cell_of = np.repeat(np.arange(count), np.diff(cells.offsets))
    kept = (np.arange(n) - cells.offsets[cell_of]) < flow_count[cell_of] if n else np.zeros(0, np.bool_)
    return Flows(
        cells, item_in[kept].astype(np.int64), item_out[kept].astype(np.int64), flow_kg[kept], lag[kept], cell_of[kept], p_value, tried, lift, borrowed, consignment,
    )  # fmt: skip


def without_remainders(flows: Flows, weight: Floats) -> Flows:
    """The flows that are more than a remainder of either shipment; `weight` is that of each item."""
    kept = flows.kg >= TRIVIAL * np.minimum(weight[flows.item_in], weight[flows.item_out])
    return Flows(
        flows.cells, flows.item_in[kept], flows.item_out[kept], flows.kg[kept], flows.lag_days[kept], flows.cell[kept],
        flows.p_value, flows.tried, flows.lift, flows.borrowed, flows.consignment,
    )  # fmt: skip


def _days(coded: Coded) -> Ints:
    """Days of the whole records, evenly spread over its shipments, whatever the order of the rows."""
    starts = coded.start[coded.usable]
    if not len(starts):
        return np.zeros(1, np.int32)
    low = int(starts.min())
    until = np.cumsum(np.bincount(starts - low))
    wanted = (np.arange(QUANTILES) + 0.5) / QUANTILES * until[-1]
    days: Ints = (np.searchsorted(until, wanted, side="right") + low).astype(np.int32)
    return days


def _sizes(coded: Coded) -> Floats:
    """How much more one party receives in a year of some goods than others do of the same, as ratios evenly spread around 1.

    Two unrelated trades differ by twice this variance. Half is left to the firm: who buys much sells much. Authors' choice,
    on the side of a larger p.
    """
    of_parties = len(coded.usable) // MOST_FOR_SIZES + 1
    rows = np.flatnonzero(coded.usable & (coded.consignee % of_parties == 0))
    if not len(rows):
        return np.ones(1)
    year = coded.start[rows].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    year -= year.min()
    width, years = len(coded.goods) + 1, int(year.max()) + 1
    key = (coded.consignee[rows].astype(np.int64) * width + coded.hs[rows]) * years + year
    ids, place = np.unique(key, return_inverse=True)
    weight = np.log(np.bincount(place, coded.kg[rows], len(ids)))
    goods = ids // years % width
    count = np.bincount(goods, minlength=width)
    mean = np.bincount(goods, weight, width) / np.maximum(count, 1)
    apart = (weight - mean[goods]) * np.sqrt(count[goods] / np.maximum(count[goods] - 1, 1))
    apart = apart[count[goods] > 1]
    if len(apart) < LEAST_SIZES:
        return np.ones(1)
    both = np.concatenate([apart, -apart])
    ratios: Floats = np.exp(np.quantile(both, (np.arange(QUANTILES) + 0.5) / QUANTILES))
    return ratios


def _shares(offsets: Longs, shares: int) -> list[tuple[int, int]]:
    """Runs of cells with about equally many items."""
    wanted = np.linspace(0, offsets[-1], shares + 1)
    bounds = np.unique(np.searchsorted(offsets, wanted))
    bounds[-1:] = len(offsets) - 1
    return [(int(a), int(b)) for a, b in pairwise(bounds) if b > a]


def _seeds(coded: Coded, cells: Cells, seed: int) -> npt.NDArray[np.uint64]:
    """One seed per cell from the texts of its party and goods, so that other rows do not change its draws."""
    party = np.zeros(len(coded.parties) + 1, np.uint64)
    for at in np.unique(cells.party).tolist():
        party[at] = zlib.crc32(coded.parties[at].encode())
    goods = np.array([zlib.crc32(hs6.encode()) for hs6 in coded.goods] + [0], np.uint64)
    mixed = (party[cells.party] << np.uint64(32)) ^ (goods[cells.goods] << np.uint64(8))
    seeds: npt.NDArray[np.uint64] = mixed ^ np.uint64(seed & 0xFFFFFFFF) ^ np.uint64(cells.parts)
    return seeds
