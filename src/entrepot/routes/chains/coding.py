"""Turns the table `trade` into arrays of whole numbers: parties, goods, countries, days, weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from entrepot.errors import InputError

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

STATED, BY_QUANTITY, BY_VALUE = 0, 1, 2
"""Where a weight comes from."""

COLUMNS = (
    "source_id", "row_number", "date", "date_precision", "shipper_key", "shipper_name", "consignee_key", "consignee_name",
    "hs6", "dispatch_country", "destination_country", "quantity", "quantity_unit", "net_kg", "value_usd",
)  # fmt: skip

LEAST_FOR_RATIO = 5
"""Shipments of the same goods that must state weight and quantity before a missing weight is estimated from them."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Shipments as arrays, one value per row of the table.

    Attributes:
        shipper, consignee: party codes (linked keys share one), -1 where unknown.
        parties: key or party id of each code.
        hs: code of the goods, -1 where unknown; `goods` the HS6 of each code.
        start, end: first and last day on which it can have happened, days since 1970; equal where the day is known.
        kg: weight; NaN where unknown. `kg_from` says where it comes from.
        dispatch, destination: country codes, -1 where unknown; `countries` their alpha-2.
        usable: rows that can be part of a chain.
        left_out: why and how many others cannot.
    """

    shipper: Ints
    consignee: Ints
    parties: list[str]
    hs: Ints
    goods: list[str]
    start: Ints
    end: Ints
    kg: Floats
    kg_from: Bytes
    dispatch: Ints
    destination: Ints
    countries: list[str]
    usable: Flags
    left_out: Mapping[str, int] = field(default_factory=dict)


def code(trade: pa.Table, links: Mapping[str, str] | None = None) -> Coded:
    """Code the table.

    Args:
        trade: rows as the table `trade` is declared; only `COLUMNS` are read.
        links: party id of a name key; keys with one id act as one party.

    Raises:
        InputError: a column is missing.
    """
    for name in COLUMNS:
        if name not in trade.column_names:
            raise InputError("chains read the table `trade`, and it has no such column", column=name, remedy="build the case again")  # fmt: skip
    shipper, consignee, parties = _parties(trade, links or {})
    dispatch, destination, countries = _together(trade.column("dispatch_country"), trade.column("destination_country"))
    hs, goods = _codes(trade.column("hs6"))
    for at, each in enumerate(goods):
        if len(each) != 6 or not each.isdigit():
            hs[hs == at] = -1
    start, end, dated = _days(trade)
    kg, kg_from = _weights(trade, hs)
    reasons = {
        "no shipper": shipper < 0,
        "no consignee": consignee < 0,
        "shipper and consignee are one party": (shipper >= 0) & (shipper == consignee),
        "no HS subheading of six digits": hs < 0,
        "no date": ~dated,
        "no weight above zero, and none to be estimated": ~(kg > 0),
        "dispatch and destination are one country": (dispatch >= 0) & (dispatch == destination),
    }
    usable = np.ones(trade.num_rows, np.bool_)
    left_out: dict[str, int] = {}
    for reason, hit in reasons.items():
        count = int(np.count_nonzero(hit & usable))
        usable &= ~hit
        if count:
            left_out[reason] = count
    return Coded(
        shipper, consignee, parties, hs, goods, start, end, kg, kg_from, dispatch, destination, countries, usable, left_out,
    )  # fmt: skip


def _codes(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """Codes in the order of the sorted texts, so that the order of the rows does not matter; -1 for NULL and empty."""
    encoded = (
        column.combine_chunks().dictionary_encode() if column.num_chunks != 1 else column.chunk(0).dictionary_encode()
    )
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts: list[str] = encoded.dictionary.to_pylist()
    order = sorted(range(len(texts)), key=texts.__getitem__)
    place = np.empty(len(texts) + 1, np.int32)
    place[order] = np.arange(len(texts), dtype=np.int32)
    place[-1] = -1
    if texts and texts[order[0]] == "":
        place[order[0]] = -1
    indices = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return place[indices], [texts[at] for at in order]


def _together(first: pa.ChunkedArray, second: pa.ChunkedArray) -> tuple[Ints, Ints, list[str]]:
    both, texts = _codes(pa.chunked_array([*first.chunks, *second.chunks], type=pa.string()))
    return both[: len(first)], both[len(first) :], texts


def _parties(trade: pa.Table, links: Mapping[str, str]) -> tuple[Ints, Ints, list[str]]:
    shipper, consignee, keys = _together(trade.column("shipper_key"), trade.column("consignee_key"))
    if not links:
        return shipper, consignee, keys
    names = [links.get(key, key) for key in keys]
    distinct = sorted(set(names))
    place = {name: at for at, name in enumerate(distinct)}
    moved = np.array([*(place[name] for name in names), -1], np.int32)
    return moved[shipper], moved[consignee], distinct


def _days(trade: pa.Table) -> tuple[Ints, Ints, Flags]:
    """First and last possible day; a month or a year where the precision says so."""
    dates = trade.column("date").combine_chunks()
    dated = dates.is_valid().to_numpy(zero_copy_only=False)
    start = pc.fill_null(dates.cast(pa.int32()), 0).to_numpy(zero_copy_only=False).astype(np.int32)
    end = start.copy()
    precision = trade.column("date_precision")
    for name, unit, one in (("month", "M", np.timedelta64(1, "M")), ("year", "Y", np.timedelta64(1, "Y"))):
        wide = pc.fill_null(pc.equal(precision, name), False).to_numpy()
        if wide.any():
            period = start[wide].astype("datetime64[D]").astype(f"datetime64[{unit}]")
            start[wide] = period.astype("datetime64[D]").astype(np.int32)
            end[wide] = (period + one).astype("datetime64[D]").astype(np.int32) - 1
    return start, end, dated


def _weights(trade: pa.Table, hs: Ints) -> tuple[Floats, Bytes]:
    """Weights as stated; where none above zero is, by the median weight per piece, then per dollar, of the same goods."""
    kg = _numbers(trade, "net_kg")
    kg_from = np.full(len(kg), STATED, np.int8)
    missing = np.isnan(kg) & (hs >= 0)
    if not missing.any():
        return kg, kg_from
    unit, _ = _codes(trade.column("quantity_unit"))
    for amounts, group, mark in (
        (_numbers(trade, "quantity"), hs.astype(np.int64) * (int(unit.max(initial=0)) + 2) + unit, BY_QUANTITY),
        (_numbers(trade, "value_usd"), hs.astype(np.int64), BY_VALUE),
    ):
        missing = np.isnan(kg) & (hs >= 0) & (amounts > 0)
        if not missing.any():
            continue
        known = ~np.isnan(kg) & (kg_from == STATED) & (amounts > 0) & np.isin(group, np.unique(group[missing]))
        ratio = _medians(group[known], kg[known] / amounts[known], group[missing])
        kg[missing] = ratio * amounts[missing]
        kg_from[missing] = mark
    return kg, kg_from


def _numbers(trade: pa.Table, name: str) -> Floats:
    """A column as numbers, NaN where it is NULL, not finite, zero or negative."""
    values: Floats = trade.column(name).cast(pa.float64()).to_numpy().astype(np.float64, copy=True)
    values[~(np.isfinite(values) & (values > 0))] = np.nan
    return values


def _medians(group: Longs, value: Floats, wanted: Longs) -> Floats:
    """Median of `value` in each wanted group; NaN where it has fewer than `LEAST_FOR_RATIO`."""
    if not len(group):
        return np.full(len(wanted), np.nan)
    order = np.lexsort((value, group))
    ids, first, count = np.unique(group[order], return_index=True, return_counts=True)
    sorted_values = value[order]
    median = 0.5 * (sorted_values[first + (count - 1) // 2] + sorted_values[first + count // 2])
    median[count < LEAST_FOR_RATIO] = np.nan
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    found: Floats = np.where(ids[at] == wanted, median[at], np.nan)
    return found
