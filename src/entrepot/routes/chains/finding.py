"""Finds chains in the table `trade`: legs in which goods plausibly continue, tested against permuted dates."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from entrepot.errors import UsageError
from entrepot.model.tables import routes as declared
from entrepot.routes.chains import allocation, cells, coding, lots, parts, paths
from entrepot.routes.chains.assembly import ChainTables, assemble

WINDOW_DAYS = 120
"""Most days between arrival and dispatch: a season. A finding about older stock would rest on chance."""

SLACK = 0.1
"""What goes out may weigh a tenth more than what came in: packing, rounding, gross for net."""

PERMUTATIONS = 200
"""Enough to tell p = .05 from p = .02; p is never given below 1 / 201."""

SEED = 20220224


def find_chains(
    trade: pa.Table,
    *,
    window_days: int = WINDOW_DAYS,
    slack: float = SLACK,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    links: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    most_weaker: int = 2_000,
) -> ChainTables:
    """Chains of two and more legs.

    Args:
        trade: the table `trade`.
        window_days: most days between the arrival of goods and their dispatch.
        slack: onward weight is at most `1 + slack` times the inbound weight.
        permutations: of the dates within each party and goods; 0 to 100,000.
        seed: of the permutations.
        links: party of a name key, where several keys are one party or linked with one another.
        reasons: for such a key, why it belongs to its party; shown in `links`.
        most_weaker: how many of the weaker candidates are listed; the others are counted in `not_listed`.

    Raises:
        UsageError: a parameter is out of its range.
        InputError: `trade` lacks a column.
    """
    for name, value, low, high in (
        ("window_days", window_days, 0, 3_660), ("slack", slack, 0, 10), ("permutations", permutations, 0, 100_000),
        ("most_weaker", most_weaker, 0, 10_000_000),
    ):  # fmt: skip
        if not low <= value <= high:
            raise UsageError("parameter of chains is out of range", column=name, value=value, remedy=f"from {low} to {high}")  # fmt: skip
    coded = coding.code(trade, links)
    found, flows, beyond = found_lots(coded, window_days=window_days, slack=slack, permutations=permutations, seed=seed, most_weaker=most_weaker)  # fmt: skip
    joined = paths.paths(found)
    rows = assemble(coded, flows, joined, trade, reasons or {}, window_days=window_days)
    return ChainTables(
        declared.CHAINS.from_rows(rows[0]),
        declared.LEGS.from_rows(rows[1]),
        declared.CHAIN_LEGS.from_rows(rows[2]),
        declared.CHAIN_SHIPMENTS.from_rows(rows[3]),
        coded.left_out,
        beyond,
    )


def found_lots(
    coded: coding.Coded, *, window_days: int, slack: float, permutations: int, seed: int, most_weaker: int
) -> tuple[list[lots.Lot], dict[bool, allocation.Flows], int]:
    """Lots of the same goods, then, from what is left of the inbound, lots of parts that go out in their finished form."""
    left = coded.kg
    flows: dict[bool, allocation.Flows] = {}
    found: list[lots.Lot] = []
    beyond = 0
    for is_parts in (False, True):
        group = parts.parts_to_finished(coded, left) if is_parts else cells.same_goods(coded)
        moved = allocation.allocate(
            coded, group, left, window_days=window_days, slack=slack, permutations=permutations, seed=seed
        )
        left = _remaining(coded, moved, slack)
        flows[is_parts] = allocation.without_remainders(moved, coded.kg[group.row])
        own, weaker = lots.lots(coded, flows[is_parts], window_days=window_days, most_weaker=most_weaker)
        found += own
        beyond += weaker - sum(lot.p_value >= lots.LEAST_P for lot in own)
    return found, flows, beyond


def _remaining(coded: coding.Coded, moved: allocation.Flows, slack: float) -> coding.Floats:
    """Weight of each row that has not gone on."""
    rows = moved.cells.row[moved.item_in]
    used = np.bincount(rows, moved.kg, len(coded.kg)) / (1.0 + slack)
    left: coding.Floats = np.where(used > (1.0 - 1e-6) * coded.kg, 0.0, coded.kg - used)
    return left


def chains_json(tables: ChainTables) -> list[dict[str, object]]:
    """Chains as JSON objects, strongest first: `score`, `p_value`, `hs6`, `countries`, `legs`, `quantity_carried`, `links`.

    Beside these, `id`, `grade` (`chain` or `weaker`), `goods_relation`, `hs6_last`, `competing` (other inbound shipments
    that could have supplied the onward legs) and `notes` (what is uncertain).
    """
    legs = {leg["leg_id"]: leg for leg in tables.legs.to_pylist()}
    members: dict[str, list[dict[str, object]]] = {}
    for row in tables.chain_shipments.to_pylist():
        members.setdefault(row["leg_id"], []).append({"source": row["source_id"], "row": row["row_number"]})
    order: dict[str, list[str]] = {}
    for row in tables.chain_legs.to_pylist():
        order.setdefault(row["chain_id"], []).append(row["leg_id"])
    return [
        {
            "id": chain["chain_id"],
            "grade": chain["grade"],
            "score": chain["score"],
            "p_value": chain["p_value"],
            "hs6": chain["hs6"],
            "hs6_last": chain["hs6_last"],
            "goods_relation": chain["goods_relation"],
            "countries": [None if each == "?" else each for each in chain["countries"].split(">")],
            "legs": [
                {
                    "shipments": members[leg_id],
                    "shipper": legs[leg_id]["shipper"],
                    "consignee": legs[leg_id]["consignee"],
                    "from": legs[leg_id]["from_country"],
                    "to": legs[leg_id]["to_country"],
                    "first_date": legs[leg_id]["first_date"].isoformat(),
                    "last_date": legs[leg_id]["last_date"].isoformat(),
                    "kg": legs[leg_id]["kg"],
                    "value_usd": legs[leg_id]["value_usd"],
                }
                for leg_id in order[chain["chain_id"]]
            ],
            "quantity_carried": chain["quantity_carried"],
            "links": json.loads(chain["links"]),
            "competing": {
                "shipments": chain["other_inbound_rows"],
                "kg": chain["other_inbound_kg"],
                "shippers": chain["other_inbound_shippers"],
            },
            "notes": json.loads(chain["notes"]),
        }
        for chain in tables.chains.to_pylist()
    ]
