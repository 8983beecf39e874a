"""Make one synthetic trade world: `python -m second_trade.generate --seed 1 OUT [--noise]`."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from . import chains, customers, listed, priced, rhythm, texts, ways
from .background import background
from .files import write_files
from .names import Firm
from .records import Row
from .world import CONCERN, END, T0, World

PLANTERS = (
    priced.prices,
    rhythm.stops,
    customers.new_importer,
    customers.old_customer,
    customers.sudden_rise,
    customers.intermediary,
    customers.many_small,
    listed.names_and_lists,
    listed.contacts,
    ways.rerouted,
    ways.routes,
    rhythm.business,
    ways.concern,
    listed.replaced,
    listed.owners,
    texts.designators,
    texts.contradictions,
    texts.parcels,
    chains.plant_chains,
    chains.wholesalers,
)


def make(seed: int) -> World:
    """The whole world of one seed."""
    world = World(seed)
    background(world)
    for planter in PLANTERS:
        planter(world)
    world.rows = [r for r in world.rows if r.date <= END]
    return world


def stopped(days: list[dt.date]) -> bool:
    """A regular trade of a dozen shipments or more with a silence that its own rate does not explain (p below .0001)."""
    days = sorted(days)
    if len(days) < 12:
        return False
    points = [*days, END]
    for i in range(6, len(points)):
        gap = (points[i] - points[i - 1]).days
        rate = i / max(60, (points[i - 1] - points[0]).days)
        if gap >= 45 and math.exp(-rate * gap) < 1e-4:
            return True
    return False


def naturals(world: World) -> dict[str, list[Firm]]:
    """Ordinary firms for which a pattern is simply true: they count neither for nor against a tool."""
    days: dict[Firm, list[dt.date]] = defaultdict(list)
    lines: dict[Firm, list[tuple[dt.date, bool]]] = defaultdict(list)
    concern: dict[Firm, None] = {}
    for r in world.rows:
        if not r.file:
            continue
        days[r.shipper].append(r.date)
        days[r.consignee].append(r.date)
        lines[r.consignee].append((r.date, r.good.ctrl and r.date > T0))
        if r.good.ctrl and r.consignee.country in CONCERN:
            concern[r.consignee] = None
    back = [f for f, rows in lines.items() for a, b in pairwise(sorted(rows)) if (b[0] - a[0]).days > 500 and b[1]]
    return {
        "dormant_reactivated": back,
        "trade_stops": [f for f, d in days.items() if stopped(d)],
        "controlled_destination": list(concern),
    }


def answer_key(world: World) -> dict[str, object]:
    """The key as JSON: cases, chains, all spellings."""

    def places(rows: list[Row]) -> list[list[object]]:
        return [[r.file, r.line] for r in sorted(rows, key=lambda r: (r.file, r.line)) if r.file]

    cases = []
    for c in world.cases:
        rows = places(c.rows)
        if rows:
            names = sorted({n for s in c.subjects for n in (s.written if isinstance(s, Firm) else {s})})
            cases.append(
                {"pattern": c.pattern, "positive": c.positive, "subjects": names, "rows": rows, "note": c.note}
            )
    routes = [
        {
            "positive": c.positive,
            "kind": c.kind,
            "legs": [places(leg) for leg in c.legs],
            "links": [[[a.file, a.line], [b.file, b.line]] for a, b in c.links if a.file and b.file],
        }
        for c in world.chains
    ]
    receivers = dict.fromkeys(r.consignee for c in world.cases for r in c.rows) | dict.fromkeys(
        f for c in world.chains for leg in c.legs for r in leg for f in (r.shipper, r.consignee)
    )
    firms = [f for f in world.names.firms if f.written]
    natural = {p: sorted(n for f in fs for n in f.written) for p, fs in naturals(world).items()}
    return {
        "about": "Synthetic: companies, persons and shipments are invented.",
        "companies": len(firms),
        "rows": sum(1 for r in world.rows if r.file),
        "patterns": cases,
        "chains": routes,
        "natural": natural,
        "involved": sorted({n for f in receivers for n in f.written}),
        "alts": {f"{sorted(f.written)[0]} [{i}]": sorted(f.written) for i, f in enumerate(firms)},
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--noise", action="store_true")
    args = parser.parse_args()
    world = make(args.seed)
    write_files(world, args.out, noise=args.noise)
    key = answer_key(world)
    (args.out / "key.json").write_text(json.dumps(key, ensure_ascii=False, indent=1), encoding="utf-8")
    print(
        f"{args.out}: {key['rows']} rows, {key['companies']} companies, {len(world.cases)} cases, {len(world.chains)} chains"
    )


if __name__ == "__main__":
    main()
