"""Writes chains as the tables `chains`, `legs`, `chain_legs` and `chain_shipments`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pyarrow as pa

from entrepot.model.schema import Table
from entrepot.model.tables import routes as declared
from entrepot.routes.chains.allocation import Flows
from entrepot.routes.chains.cells import Cells
from entrepot.routes.chains.coding import BY_QUANTITY, BY_VALUE, Coded, Longs
from entrepot.routes.chains.lots import LEAST_P, Lot
from entrepot.routes.chains.paths import Path

_EPOCH = date(1970, 1, 1)
_KG_FROM = ("stated", "quantity", "value")
MOST_COMPARED = 5_000
"""Inbound shipments of a cell that are looked through for competing explanations, those nearest in time first."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is written as text: columns of `trade` for the rows of the chains, and reasons of links by name key."""

    rows: Mapping[int, Mapping[str, object]]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """What is written as numbers of one row of the chains, as `Coded` has it."""

    start: int
    end: int
    kg: float
    kg_from: int
    unplaced: bool


@dataclass(frozen=True, slots=True)
class ChainTables:
    """Chains as Arrow tables, as declared in `model.tables.routes`.

    Attributes:
        left_out: why and how many shipments could not be part of any chain.
        not_listed: number of weaker lots beyond those listed.
    """

    chains: pa.Table
    legs: pa.Table
    chain_legs: pa.Table
    chain_shipments: pa.Table
    left_out: Mapping[str, int] = field(default_factory=dict)
    not_listed: int = 0


def assemble(
    coded: Coded, flows: Mapping[bool, Flows], paths: Sequence[Path], trade: pa.Table, reasons: Mapping[str, str],
    *, window_days: int,
) -> tuple[list[dict[str, object]], ...]:  # fmt: skip
    """Rows of the four tables, strongest chain first."""
    wanted = sorted({row for path in paths for lots in path.levels for lot in lots for row in (*lot.came, *lot.went)})
    columns = trade.select(["source_id", "row_number", "shipper_key", "shipper_name", "consignee_key", "consignee_name", "value_usd", "quantity_unit"])  # fmt: skip
    names = Names(dict(zip(wanted, columns.take(pa.array(wanted, pa.int64())).to_pylist(), strict=True)), reasons)
    facts = _facts(coded, np.array(wanted, np.int64))
    chains: list[dict[str, object]] = []
    legs: dict[str, dict[str, object]] = {}
    orders: list[dict[str, object]] = []
    shipments: list[dict[str, object]] = []
    for path in paths:
        chain, own_legs = _chain(coded, flows, path, names, facts, window_days)
        chains.append(chain)
        for position, (leg, members) in enumerate(own_legs, 1):
            leg_id = str(leg["leg_id"])
            orders.append({"chain_id": chain["chain_id"], "position": position, "leg_id": leg_id})
            if leg_id not in legs:
                legs[leg_id] = leg
                shipments += members
    chains.sort(key=lambda c: (c["grade"] != "chain", -float(str(c["score"])), str(c["chain_id"])))
    orders.sort(key=lambda o: (str(o["chain_id"]), int(str(o["position"]))))
    return chains, list(legs.values()), orders, shipments


def _facts(coded: Coded, rows: Longs) -> dict[int, Fact]:
    """Facts of each row; read at once, since numbers taken one by one from arrays are slow."""
    unplaced = (coded.dispatch[rows] < 0) | (coded.destination[rows] < 0)
    columns = (coded.start[rows], coded.end[rows], coded.kg[rows], coded.kg_from[rows], unplaced)
    each = zip(*(column.tolist() for column in columns), strict=True)
    return {row: Fact(*numbers) for row, numbers in zip(rows.tolist(), each, strict=True)}


def table(declaration: Table, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Rows as the table is declared."""
    return declaration.from_rows(rows)


def _chain(
    coded: Coded, flows: Mapping[bool, Flows], path: Path, names: Names, facts: Mapping[int, Fact], window_days: int
) -> tuple[dict[str, object], list[tuple[dict[str, object], list[dict[str, object]]]]]:
    levels = path.levels
    routes = [lots[0].route for lots in levels]
    sides = [_ordered(facts, (lot.came for lot in levels[0]))] + [
        _ordered(facts, (lot.went for lot in lots)) for lots in levels
    ]
    stops = [routes[0][1], *(route[3] for route in routes), routes[-1][5]]
    parties = [routes[0][0], *(route[2] for route in routes), routes[-1][4]]
    legs = [_leg(coded, names, facts, rows) for rows in sides]
    lots = [lot for each in levels for lot in each]
    p_value = max(lot.p_value for lot in lots)
    coverage = min(_weighted([(lot.coverage, lot.carried_kg) for lot in each]) for each in levels)
    closeness = min(_weighted([(lot.closeness, lot.carried_kg) for lot in each]) for each in levels)
    rivals, rival_kg, rival_shippers = _competing(coded, flows, facts, lots, window_days)
    ids = [str(leg["leg_id"]) for leg, _ in legs]
    values = [names.rows[row]["value_usd"] for row in sides[-1]]
    chain: dict[str, object] = {
        "chain_id": "c-" + hashlib.sha256("\0".join(ids).encode()).hexdigest()[:12],
        "grade": declared.CHAIN_GRADES[0] if p_value < LEAST_P else declared.CHAIN_GRADES[1],
        "score": round(coverage * closeness * (1.0 - p_value), 6),
        "p_value": round(p_value, 6),
        "hs6": coded.goods[routes[0][6]],
        "hs6_last": coded.goods[int(coded.hs[sides[-1][0]])],
        "goods_relation": "parts" if any(lot.parts for lot in lots) else "same",
        "countries": ">".join(coded.countries[at] if at >= 0 else "?" for at in stops),
        "legs": len(legs),
        "first_shipper": legs[0][0]["shipper"],
        "last_consignee": legs[-1][0]["consignee"],
        "middle_keys": ";".join(coded.parties[at] for at in parties[1:-1]),
        "first_date": legs[0][0]["first_date"],
        "last_date": legs[-1][0]["last_date"],
        "quantity_carried": round(min(sum(lot.carried_kg for lot in each) for each in levels), 3),
        "value_usd": _sum(values),
        "coverage": round(coverage, 6),
        "closeness": round(closeness, 6),
        "other_inbound_rows": rivals,
        "other_inbound_kg": round(rival_kg, 3),
        "other_inbound_shippers": rival_shippers,
        "links": json.dumps([_link(names, a, b) for a, b in pairwise(sides)], ensure_ascii=False),
        "notes": json.dumps(_notes(facts, sides, lots), ensure_ascii=False),
    }  # fmt: skip
    return chain, legs


def _leg(
    coded: Coded, names: Names, facts: Mapping[int, Fact], rows: Sequence[int]
) -> tuple[dict[str, object], list[dict[str, object]]]:
    read = [names.rows[row] for row in rows]
    places = [f"{row['source_id']}:{row['row_number']}" for row in read]
    leg_id = "l-" + hashlib.sha256("\0".join(places).encode()).hexdigest()[:12]
    own = [facts[row] for row in rows]
    start, end = min(fact.start for fact in own), max(fact.end for fact in own)
    dispatch, destination = int(coded.dispatch[rows[0]]), int(coded.destination[rows[0]])
    leg: dict[str, object] = {
        "leg_id": leg_id,
        "shipper_key": read[0]["shipper_key"],
        "shipper": _usual([row["shipper_name"] or row["shipper_key"] for row in read]),
        "consignee_key": read[0]["consignee_key"],
        "consignee": _usual([row["consignee_name"] or row["consignee_key"] for row in read]),
        "from_country": coded.countries[dispatch] if dispatch >= 0 else None,
        "to_country": coded.countries[destination] if destination >= 0 else None,
        "hs6": coded.goods[int(coded.hs[rows[0]])],
        "first_date": _EPOCH + timedelta(days=start),
        "last_date": _EPOCH + timedelta(days=end),
        "rows": len(rows),
        "kg": round(sum(fact.kg for fact in own), 3),
        "value_usd": _sum([row["value_usd"] for row in read]),
    }
    members: list[dict[str, object]] = [
        {
            "leg_id": leg_id,
            "position": at,
            "source_id": row["source_id"],
            "row_number": row["row_number"],
            "kg": fact.kg,
            "kg_from": _KG_FROM[fact.kg_from],
        }
        for at, (fact, row) in enumerate(zip(own, read, strict=True), 1)
    ]
    return leg, members


def _competing(
    coded: Coded, flows: Mapping[bool, Flows], facts: Mapping[int, Fact], lots: Sequence[Lot], window_days: int
) -> tuple[int, float, int]:
    """Other inbound shipments that could have supplied the onward rows: their number, weight and shippers."""
    found: set[int] = set()
    for lot in lots:
        cells: Cells = flows[lot.parts].cells
        a, b = int(cells.offsets[lot.cell]), int(cells.offsets[lot.cell + 1])
        first = min(facts[row].start for row in lot.went)
        last = max(facts[row].end for row in lot.went)
        days = coded.start[cells.row[a:b]]
        low, high = np.searchsorted(days, first - window_days), np.searchsorted(days, last, side="right")
        rows = cells.row[a + max(int(low), int(high) - MOST_COMPARED) : a + int(high)]
        came = ~cells.outward[a + max(int(low), int(high) - MOST_COMPARED) : a + int(high)]
        rows = rows[came]
        rows = rows[(coded.shipper[rows] != lot.route[4]) & ((coded.dispatch[rows] < 0) | (coded.dispatch[rows] != lot.route[5]))]  # fmt: skip
        found.update(set(rows.tolist()) - set(lot.came))
    found -= {row for lot in lots for row in lot.came}
    rivals = sorted(found)
    return len(rivals), float(sum(coded.kg[row] for row in rivals)), len({int(coded.shipper[row]) for row in rivals})


def _link(names: Names, came: Sequence[int], went: Sequence[int]) -> str:
    """How the consignee of one leg is the shipper of the next, one sentence."""
    received = sorted({str(names.rows[row]["consignee_key"]) for row in came})
    sent = sorted({str(names.rows[row]["shipper_key"]) for row in went})
    receiver = _usual([names.rows[row]["consignee_name"] for row in came])
    sender = _usual([names.rows[row]["shipper_name"] for row in went])
    if received == sent:
        return f"{receiver} receives and sends under one name"
    why = sorted({names.reasons[key] for key in (*received, *sent) if key in names.reasons})
    if receiver == sender:
        return f"{receiver} receives and sends, in several spellings" + (f": {'; '.join(why)}" if why else "")
    return f"{receiver} receives, {sender} sends; linked: {'; '.join(why) if why else 'taken for one party'}"


def _notes(facts: Mapping[int, Fact], sides: Sequence[Sequence[int]], lots: Sequence[Lot]) -> list[str]:
    rows = [facts[row] for side in sides for row in side]
    notes = []
    if wide := sum(row.end > row.start for row in rows):
        notes.append(f"{wide} of {len(rows)} dates state no day: the window is widened to their whole period")
    if guessed := sum(row.kg_from == BY_QUANTITY for row in rows):
        notes.append(f"{guessed} of {len(rows)} weights are estimated from quantities of the same goods")
    if guessed := sum(row.kg_from == BY_VALUE for row in rows):
        notes.append(f"{guessed} of {len(rows)} weights are estimated from values of the same goods")
    if any(lot.parts for lot in lots):
        notes.append("what comes in are parts of what goes out, by the texts of the Harmonized System")
    if any(lot.borrowed for lot in lots):
        notes.append("too few lots, or a single season, to permute their own dates: p is the chance that days drawn from the whole records, or the season moved as a whole within them with the weight of another, fit as well")  # fmt: skip
    if unknown := sum(row.unplaced for row in rows):
        notes.append(f"{unknown} of {len(rows)} shipments state no country of dispatch or destination")
    return notes


def _ordered(facts: Mapping[int, Fact], groups: object) -> list[int]:
    rows = {row for group in groups for row in group}  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: (facts[row].start, row))


def _usual(names: Sequence[object]) -> str:
    """The most frequent spelling, the first of the alphabet where several are."""
    counts: dict[str, int] = {}
    for name in names:
        counts[str(name)] = counts.get(str(name), 0) + 1
    return min(counts, key=lambda name: (-counts[name], name))


def _weighted(pairs: Sequence[tuple[float, float]]) -> float:
    return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)


def _sum(values: Sequence[object]) -> float | None:
    known = [float(str(value)) for value in values if value is not None]
    return round(sum(known), 2) if known else None
