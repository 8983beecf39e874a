"""Sorts shipments into cells, one middle party with one kind of goods, and lists candidate legs by a sorted merge."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from entrepot.engine.compiled import compiled
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


def same_goods(coded: Coded, threads: int = 2) -> Cells:
    """Cells in which the subheading stays the same and which have both sides.

    Each thread takes the middle parties of one range of codes, so that the cells stand in one order whatever their number.
    """
    width = len(coded.goods) + 1
    bounds = _ranges(coded, threads)

    def part(at: int) -> Cells:
        keys, items, outward = _both_sides(
            coded.consignee, coded.shipper, coded.hs, coded.usable, bounds[at], bounds[at + 1], width
        )
        return gather(keys, items, outward, coded.start, width, parts=False)

    with ThreadPoolExecutor(threads) as pool:
        return _joined(list(pool.map(part, range(threads))))


def _ranges(coded: Coded, threads: int) -> list[int]:
    """Codes of parties that divide the rows in as many runs of about equal length: quantiles of every thousandth row."""
    sample = np.concatenate([coded.consignee[::1000], coded.shipper[::1000]])
    inner = (
        np.quantile(sample, np.arange(1, threads) / threads).astype(int).tolist()
        if len(sample)
        else [0] * (threads - 1)
    )
    return [0, *inner, len(coded.parties) + 1]


def _joined(parts: Sequence[Cells]) -> Cells:
    ends = np.cumsum([0, *(len(part.row) for part in parts)])
    offsets = np.concatenate([ends[:1], *(part.offsets[1:] + end for part, end in zip(parts, ends, strict=False))])
    party, goods, row, outward = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("party", "goods", "row", "outward")
    )
    return Cells(offsets, party, goods, row, outward, parts[0].parts)


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
    count = len(cells.offsets) - 1
    middle = int(np.searchsorted(cells.offsets, cells.offsets[-1] // 2)) if count else 0

    def part(bounds: tuple[int, int]) -> Longs:
        offsets = cells.offsets[bounds[0] : bounds[1] + 1]
        own = slice(offsets[0], offsets[-1])
        row = cells.row[own]
        given = (offsets - offsets[0], cells.outward[own], start[row], end[row], kg[row], window_days, slack, row)
        found = np.empty((_pairs(*given, np.zeros((0, 2), np.int64)), 2), np.int64)
        _pairs(*given, found)
        return found

    with ThreadPoolExecutor(2) as pool:
        found = np.concatenate(list(pool.map(part, [(0, middle), (middle, count)])))
    return found[:, 0], found[:, 1]


@compiled
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


@compiled
def _both_sides(
    consignee: np.ndarray, shipper: np.ndarray, hs: np.ndarray, usable: np.ndarray, low: int, high: int, width: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Keys, rows and direction of what parties with codes from `low` to below `high` received or sent.

    A filter of hashed keys leaves out most parties and goods with one side only; what it cannot tell stays.
    """
    seen = np.zeros(_BUCKETS, np.uint8)
    mask = np.int64(_BUCKETS - 1)
    factor = np.int64(0x9E3779B1)
    room = 0
    for at in range(len(consignee)):
        if usable[at]:
            party = np.int64(consignee[at])
            if low <= party < high:
                seen[(((party * width + hs[at]) * factor) >> 13) & mask] |= 1
                room += 1
            party = np.int64(shipper[at])
            if low <= party < high:
                seen[(((party * width + hs[at]) * factor) >> 13) & mask] |= 2
                room += 1
    keys, items, outward = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.bool_)
    count = 0
    for side in range(2):
        parties = consignee if side == 0 else shipper
        for at in range(len(parties)):
            party = np.int64(parties[at])
            if not usable[at] or party < low or party >= high:
                continue
            key = party * width + hs[at]
            if seen[((key * factor) >> 13) & mask] == 3:
                keys[count], items[count], outward[count] = key, at, side == 1
                count += 1
    return keys[:count].copy(), items[:count].copy(), outward[:count].copy()


@compiled
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
