"""Writes millions of synthetic shipment rows fast, for benchmarks: same columns, no planted patterns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from entrepot.demo import names
from entrepot.demo.companies import Company, coin, tax_number
from entrepot.demo.dice import Dice
from entrepot.demo.records import DAYS, HEADER, START, model_code
from entrepot.demo.vocabulary import businesses, countries, lanes, products

_CHUNK = 250_000
_PARTIES_PER_ROW = 0.05
"""Distinct parties per row, as in customs files of a year or more."""
_ZIPF = 1.1
"""Exponent of party sizes; 1 is Zipf's law."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def generate_big(path: Path, rows: int, seed: int) -> Path:
    """Write `rows` synthetic shipments as CSV with the columns of the small file.

    Names, addresses and numbers repeat as in real files: parties about a twentieth of the rows, their sizes by Zipf's
    law. Buyers of one country also sell to others, so that legs can follow legs. Nothing is planted.

    Args:
        path: the file to write; overwritten.
        rows: how many rows, at least one.
        seed: any non-negative integer; the same arguments give the same file.
    """
    dice = Dice(seed, "big")
    population = _Population(dice, max(200, int(rows * _PARTIES_PER_ROW)))
    schema = pa.schema([pa.field(name, pa.string()) for name in HEADER])
    # Rows are quoted throughout: it is faster than deciding per cell, and vendors do so too.
    with pacsv.CSVWriter(path, schema, write_options=pacsv.WriteOptions(quoting_style="all_valid")) as writer:
        for first in range(0, rows, _CHUNK):
            writer.write_table(population.chunk(dice, first + 2, min(_CHUNK, rows - first), schema))
    return path


class _Population:
    """The parties by country as columns of text, and the goods and lanes as columns of numbers."""

    def __init__(self, dice: Dice, n: int) -> None:
        goods = list(products().values())
        self._goods = goods
        self._goods_share = _cumulated([g.share for g in goods])
        self._usd_per_kg = np.array([g.usd_per_kg for g in goods])
        self._piece_kg = np.array([g.piece_kg for g in goods])
        self._lanes = list(lanes())
        self._lane_share = _cumulated([lane.share for lane in self._lanes])
        shares: dict[str, float] = {}
        for lane in self._lanes:
            for country in (lane.origin, lane.destination):
                shares[country] = shares.get(country, 0.0) + lane.share
        total = sum(shares.values())
        self._first: dict[str, int] = {}
        self._count: dict[str, int] = {}
        columns: dict[str, list[str]] = {"name": [], "tax_id": [], "address": []}
        for country, share in shares.items():
            self._first[country] = len(columns["name"])
            self._count[country] = max(5, round(n * share / total))
            _parties(country, self._count[country], dice, columns)
        self._columns = {name: pa.array(values) for name, values in columns.items()}
        self._texts = {
            language: pa.array([g.texts[language][0].replace("{model}", "") for g in goods])
            for language in ("en", "ru", "tr", "zh")
        }
        self._models = pa.array([model_code(dice) for _ in range(5000)])

    def chunk(self, dice: Dice, first_row: int, n: int, schema: pa.Schema) -> pa.Table:
        """`n` rows of which the first is row `first_row` of the file."""
        lane = _drawn(self._lane_share, dice.units(n))
        goods = _drawn(self._goods_share, dice.units(n))
        shipper = self._party([each.origin for each in self._lanes], lane, dice.units(n))
        consignee = self._party([each.destination for each in self._lanes], lane, dice.units(n))
        day = np.sort((dice.units(n) * DAYS).astype(np.int64))
        dates = np.datetime64(START, "D") + day
        noise = _normal(dice.units(n), dice.units(n))
        pieces = np.maximum(
            1, np.round(9000 / self._usd_per_kg[goods] ** 0.8 * np.exp(0.9 * noise) / self._piece_kg[goods])
        )
        net = np.round(pieces * self._piece_kg[goods], 3)
        price = self._usd_per_kg[goods] * np.exp(0.3 * _normal(dice.units(n), dice.units(n)))
        record = _by_lane([each.destination for each in self._lanes], lane)
        numbers = pa.array(np.arange(first_row, first_row + n))
        codes = np.where(
            dates < np.datetime64("2022-01-01"),
            np.array([g.hs2017 for g in self._goods])[goods],
            np.array([g.hs2022 for g in self._goods])[goods],
        )
        text = pc.binary_join_element_wise(
            self._text(lane, goods), self._models.take(pa.array((dice.units(n) * 5000).astype(np.int64))), ""
        )
        known = countries()
        values: dict[str, pa.Array] = {
            "RECORD_ID": pc.binary_join_element_wise("SYN", pc.utf8_lpad(numbers.cast(pa.string()), 9, "0"), ""),
            "DECLARATION_NO": pc.binary_join_element_wise(record, numbers.cast(pa.string()), "/"),
            "ITEM_NO": _constant("1", n),
            "DIRECTION": _constant("IMPORT", n),
            "DECLARATION_DATE": pa.array(dates).cast(pa.string()),
            "SHIPPER_NAME": self._columns["name"].take(pa.array(shipper)),
            "SHIPPER_TAX_ID": _constant("", n),
            "SHIPPER_ADDRESS": self._columns["address"].take(pa.array(shipper)),
            "SHIPPER_COUNTRY": _by_lane([known[each.origin].name for each in self._lanes], lane),
            "CONSIGNEE_NAME": self._columns["name"].take(pa.array(consignee)),
            "CONSIGNEE_TAX_ID": self._columns["tax_id"].take(pa.array(consignee)),
            "CONSIGNEE_ADDRESS": self._columns["address"].take(pa.array(consignee)),
            "CONSIGNEE_COUNTRY": _by_lane([known[each.destination].name for each in self._lanes], lane),
            "NOTIFY_PARTY": _constant("", n),
            "FORWARDER_NAME": _constant("", n),
            "MANUFACTURER": _constant("", n),
            "BRAND": _constant("", n),
            "ORIGIN_COUNTRY": _by_lane([known[each.origin].name for each in self._lanes], lane),
            "DISPATCH_COUNTRY": _by_lane([known[each.origin].name for each in self._lanes], lane),
            "TRANSIT_COUNTRIES": _by_lane([";".join(each.transit) for each in self._lanes], lane),
            "DESTINATION_COUNTRY": _by_lane([known[each.destination].name for each in self._lanes], lane),
            "PORT_OF_LOADING": _by_lane([known[each.origin].port for each in self._lanes], lane),
            "PORT_OF_DISCHARGE": _by_lane([known[each.destination].port for each in self._lanes], lane),
            "TRANSPORT_MODE": _by_lane([each.modes[0][0].upper() for each in self._lanes], lane),
            "HS_CODE": pc.binary_join_element_wise(pa.array(codes), "0000", ""),
            "GOODS_DESCRIPTION": text,
            "QUANTITY": pa.array(pieces.astype(np.int64)).cast(pa.string()),
            "QUANTITY_UNIT": pa.array([g.unit for g in self._goods]).take(pa.array(goods)),
            "NET_WEIGHT_KG": pa.array(net).cast(pa.string()),
            "GROSS_WEIGHT_KG": pa.array(np.round(net * 1.08, 3)).cast(pa.string()),
            "VALUE_USD": pa.array(np.round(net * price, 2)).cast(pa.string()),
            "INCOTERMS": _constant("FOB", n),
        }
        return pa.table([values[name] for name in HEADER], schema=schema)

    def _party(self, where: Sequence[str], lane: Ints, units: Floats) -> Ints:
        """Places of parties of the lane's country; the k-th largest is drawn in proportion to k to the minus 1.1."""
        count = np.array([self._count[country] for country in where])[lane]
        first = np.array([self._first[country] for country in where])[lane]
        # Inverse of the cumulated power law on [1, count + 1), by parts continuous.
        top = (count + 1.0) ** (1 - _ZIPF)
        rank = (1 - units * (1 - top)) ** (1 / (1 - _ZIPF))
        return np.asarray(first + np.minimum(count - 1, rank.astype(np.int64) - 1))

    def _text(self, lane: Ints, goods: Ints) -> pa.Array:
        languages = np.array([countries()[each.destination].language for each in self._lanes])[lane]
        place = np.zeros(len(goods), dtype=np.int64)
        for at, language in enumerate(self._texts):
            place[languages == language] = at
        combined = pa.concat_arrays(list(self._texts.values()))
        return combined.take(pa.array(place * len(self._goods) + goods))


def _parties(country: str, n: int, dice: Dice, columns: dict[str, list[str]]) -> None:
    """Append `n` parties of a country: coined names with a number where the words run out."""
    home = countries()[country]
    trades = [b.name for b in businesses().values() if b.kind in ("trade", "broad")]
    seen: set[str] = set()
    for at in range(n):
        stem = coin(home.family, dice)
        if stem[0] in seen:
            stem = (f"{stem[0]} {at}", f"{stem[1]} {at}")
        seen.add(stem[0])
        city = dice.pick(home.cities)
        company = Company(
            key="",
            country=country,
            stem=stem,
            business=dice.pick(trades),
            form="llc",
            city=city,
            address=(city[0], city[1]),
            phone="",
            tax_id=tax_number(home.tax, dice),
            sectors=(),
            size=1.0,
            habit=0.0,
        )
        columns["name"].append(names.national(company))
        columns["tax_id"].append(company.tax_id)
        columns["address"].append(f"{dice.between(1, 240)} {city[0]} INDUSTRIAL ROAD {at}")


def _cumulated(weights: Sequence[float]) -> Floats:
    total = np.cumsum(np.array(weights))
    return np.asarray(total / total[-1])


def _drawn(cumulated: Floats, units: Floats) -> Ints:
    return np.minimum(np.searchsorted(cumulated, units, side="right"), len(cumulated) - 1).astype(np.int64)


def _normal(first: Floats, second: Floats) -> Floats:
    """Standard normal numbers by Box and Muller's method."""
    return np.asarray(np.sqrt(-2 * np.log(1 - first)) * np.cos(2 * np.pi * second))


def _by_lane(texts: Sequence[str], lane: Ints) -> pa.Array:
    return pa.array(texts).take(pa.array(lane))


def _constant(text: str, n: int) -> pa.Array:
    return pa.repeat(pa.scalar(text), n)
