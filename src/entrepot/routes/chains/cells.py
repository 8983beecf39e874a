"""Sorts shipments into cells, one middle party with one kind of goods, and lists candidate legs by a sorted merge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from entrepot.routes.chains.coding import Coded, Flags, Floats, Ints, Longs
from entrepot.routes.chains.radix import order_of

_BUCKETS = 1 << 24
"""Places of the filter that drops parties and goods with one side only; a clash costs time and changes nothing."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Items sorted by cell and first day, inbound before outbound on one day.

    Attributes:
        offsets: cell c has the items `offsets[c]` to `offsets[c + 1]`.
        party: code of each cell's middle party; `goods` the code of what comes in.
        row: row of the table behind each item; `outward` whether it leaves the middle party.
        parts: True where the goods are parts of what goes out.
    """

    offsets: Longs
    party: Ints
    goods: Ints
    row: Longs
    outward: Flags
    parts: bool


def same_goods(coded: Coded) -> Cells:
    """Cells in which the subheading stays the same and which have both sides."""
    rows = np.flatnonzero(coded.usable)
    width = len(coded.goods) + 1
    came = coded.consignee[rows].astype(np.int64) * width + coded.hs[rows]
    went = coded.shipper[rows].astype(np.int64) * width + coded.hs[rows]
    keep_in, keep_out = _both_sides(came, went)
    keys = np.concatenate([came[keep_in], went[keep_out]])
    items = np.concatenate([rows[keep_in], rows[keep_out]])
    outward = np.zeros(len(items), np.bool_)
    outward[int(np.count_nonzero(keep_in)) :] = True
    return gather(keys, items, outward, coded.start, width, parts=False)


def gather(keys: Longs, items: Longs, outward: Flags, start: Ints, width: int, *, parts: bool) -> Cells:
    """Sort items into cells; a key is party code times `width` plus goods code. Cells with one side only are dropped."""
    if not len(keys):
        none = np.zeros(0, np.int32)
        return Cells(np.zeros(1, np.int64), none, none, np.zeros(0, np.int64), np.zeros(0, np.bool_), parts)
    days = start[items]
    low = int(days.min())
    bits = max(1, int(days.max() - low).bit_length())
    packed = (keys << (bits + 1)) | ((days - low).astype(np.int64) << 1) | outward
    order = order_of(packed)
    offsets, kept = _runs(keys[order], outward[order])
    order = order[kept]
    first = keys[order[offsets[:-1]]]
    return Cells(offsets, (first // width).astype(np.int32), (first % width).astype(np.int32), items[order], outward[order], parts)  # fmt: skip


def candidate_legs(
    cells: Cells, start: Ints, end: Ints, kg: Floats, window_days: int, slack: float
) -> tuple[Longs, Longs]:
    """Pairs of rows in which one shipment could supply the other by party, goods, time and weight, taken alone.

    Args:
        cells: as `same_goods` gives them.
        start, end, kg: of the rows of the table.
        window_days: most days from the end of the inbound to the start of the outbound.
        slack: the outbound weight is at most `1 + slack` times the inbound.

    Returns:
        Rows of the inbound and of the outbound shipments, by cell. Splits and merges are the allocation's work: this is
        the plain join that DuckDB gives for the same conditions (tests/routes hold it to that).
    """
    first, last, weight = start[cells.row], end[cells.row], kg[cells.row]
    limit = _pairs(cells.offsets, cells.outward, first, last, weight, window_days, slack, cells.row, np.zeros((0, 2), np.int64))  # fmt: skip
    found = np.empty((limit, 2), np.int64)
    _pairs(cells.offsets, cells.outward, first, last, weight, window_days, slack, cells.row, found)
    return found[:, 0], found[:, 1]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _pairs(
    offsets: np.ndarray,
    outward: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    kg: np.ndarray,
    window: int,
    slack: float,
    row: np.ndarray,
    found: np.ndarray,
) -> int:
    """Count the pairs, or write them where `found` has room."""
    count = 0
    write = len(found) > 0
    for cell in range(len(offsets) - 1):
        a, b = offsets[cell], offsets[cell + 1]
        widest = 0
        for at in range(a, b):
            widest = max(widest, end[at] - start[at])
        low = a
        for at in range(a, b):
            if outward[at]:
                continue
            while low < b and start[low] < start[at] - widest:
                low += 1
            most = kg[at] * (1.0 + slack)
            until = end[at] + window
            for other in range(low, b):
                if start[other] > until:
                    break
                if outward[other] and end[other] >= start[at] and kg[other] <= most:
                    if write:
                        found[count, 0] = row[at]
                        found[count, 1] = row[other]
                    count += 1
    return count


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _both_sides(came: np.ndarray, went: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which inbound and outbound rows may have a counterpart, by a filter of hashed keys."""
    seen = np.zeros(_BUCKETS, np.uint8)
    mask = np.int64(_BUCKETS - 1)
    factor = np.int64(0x9E3779B1)
    for at in range(len(came)):
        seen[((came[at] * factor) >> 13) & mask] |= 1
        seen[((went[at] * factor) >> 13) & mask] |= 2
    keep_in = np.empty(len(came), np.bool_)
    keep_out = np.empty(len(went), np.bool_)
    for at in range(len(came)):
        keep_in[at] = seen[((came[at] * factor) >> 13) & mask] == 3
        keep_out[at] = seen[((went[at] * factor) >> 13) & mask] == 3
    return keep_in, keep_out


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _runs(keys: np.ndarray, outward: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Offsets of the runs of one key that have both sides, and which items stay."""
    n = len(keys)
    kept = np.zeros(n, np.bool_)
    offsets = np.zeros(n + 1, np.int64)
    runs = 0
    a = 0
    while a < n:
        b = a
        came = went = False
        while b < n and keys[b] == keys[a]:
            if outward[b]:
                went = True
            else:
                came = True
            b += 1
        if came and went:
            kept[a:b] = True
            offsets[runs + 1] = offsets[runs] + b - a
            runs += 1
        a = b
    return offsets[: runs + 1].copy(), kept
