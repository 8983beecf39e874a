"""Cells in which parts come in and their finished form goes out, by the texts of the Harmonized System."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from entrepot.routes.chains.cells import Cells, gather
from entrepot.routes.chains.coding import Coded, Floats, Longs

DATA = Path(__file__).parents[1] / "data" / "parts_of.tsv"


def parts_to_finished(coded: Coded, left_kg: Floats, least_kg: float = 0.0) -> Cells:
    """Cells of a party that receives parts and sends the goods they go into, and receives no such finished goods.

    Args:
        coded: the shipments.
        left_kg: weight of each inbound row that has not gone on as the same goods; rows with no more than `least_kg` are
            left out.
    """
    finished = _finished(coded.goods)
    rows = np.flatnonzero(coded.usable)
    width = len(coded.goods) + 1
    is_part = np.zeros(width, np.bool_)
    is_part[list(finished)] = True
    is_finished = np.zeros(width, np.bool_)
    for codes in finished.values():
        is_finished[codes] = True
    ins = rows[is_part[coded.hs[rows]] & (left_kg[rows] > least_kg)]
    outs = rows[is_finished[coded.hs[rows]]]
    both = np.intersect1d(coded.consignee[ins], coded.shipper[outs])
    ins = ins[np.isin(coded.consignee[ins], both)]
    outs = outs[np.isin(coded.shipper[outs], both)]
    outs = outs[~np.isin(_key(coded.shipper, coded, outs, width), _received(coded, rows, both, width))]
    keys, items, outward = [], [], []
    for part, codes in finished.items():
        came = ins[coded.hs[ins] == part]
        if not len(came):
            continue
        went = outs[np.isin(coded.hs[outs], codes)]
        parties = np.intersect1d(coded.consignee[came], coded.shipper[went])
        came = came[np.isin(coded.consignee[came], parties)]
        went = went[np.isin(coded.shipper[went], parties)]
        keys += [coded.consignee[came].astype(np.int64) * width + part, coded.shipper[went].astype(np.int64) * width + part]  # fmt: skip
        items += [came, went]
        outward += [np.zeros(len(came), np.bool_), np.ones(len(went), np.bool_)]
    if not keys:
        nothing = np.zeros(0, np.int64)
        return gather(nothing, nothing, np.zeros(0, np.bool_), coded.start, width, parts=True)
    return gather(np.concatenate(keys), np.concatenate(items), np.concatenate(outward), coded.start, width, parts=True)


def _key(party: np.ndarray, coded: Coded, rows: Longs, width: int) -> Longs:
    keys: Longs = party[rows].astype(np.int64) * width + coded.hs[rows]
    return keys


def _received(coded: Coded, rows: Longs, parties: np.ndarray, width: int) -> Longs:
    """Party and goods of everything that these parties receive."""
    own = rows[np.isin(coded.consignee[rows], parties)]
    return np.unique(_key(coded.consignee, coded, own, width))


def _finished(goods: list[str]) -> dict[int, list[int]]:
    """Code of each part to the codes of what it goes into, among the goods of the records."""
    found: dict[int, list[int]] = {}
    for part, first, last in parts_of():
        parts = [at for at, hs6 in enumerate(goods) if hs6.startswith(part)]
        whole = [at for at, hs6 in enumerate(goods) if first <= hs6[: len(first)] <= last and not hs6.startswith(part)]
        for at in parts:
            if whole:
                found[at] = sorted({*found.get(at, []), *whole})
    return found


@cache
def parts_of() -> tuple[tuple[str, str, str], ...]:
    """Prefix of the parts, first and last prefix of the finished goods."""
    rows = []
    for line in DATA.read_text(encoding="utf-8").splitlines()[2:]:
        parts, finished, _ = line.split("\t")
        first, _, last = finished.partition("-")
        rows.append((parts, first, last or first))
    return tuple(rows)
