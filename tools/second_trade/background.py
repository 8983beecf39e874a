"""The ordinary trade of every country, without a planted pattern."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np

from .records import Good
from .world import COALITION, CONSIGNEES, END, HUBS, SEASON, START, SUPPLIERS, World


def life(world: World, controlled: bool, coalition: bool) -> tuple[dt.date, dt.date]:
    """When a firm appears and leaves. Newcomers after the date in controlled goods are only in coalition countries."""
    u = world.rng.random()
    start = START if u < 0.62 else world.date(dt.date(2019, 2, 1), dt.date(2021, 5, 1))
    if u > 0.84 and (not controlled or coalition):
        start = world.date(dt.date(2021, 6, 1), dt.date(2024, 3, 1))
    end = (
        END if world.rng.random() < 0.86 else world.date(max(start, dt.date(2020, 3, 1)) + dt.timedelta(days=200), END)
    )
    return start, max(end, start + dt.timedelta(days=60))


def background(world: World) -> None:
    """The ordinary trade of every country, without a planted pattern."""
    by_trade: dict[str, list[Good]] = {}
    for g in world.goods.values():
        by_trade.setdefault(g.trade, []).append(g)
    main = [t for t in by_trade if t not in ("aviation", "bank", "logistics")]
    for country, count in SUPPLIERS.items():
        for _ in range(count):
            fit = [t for t in main if any(country in g.origins for g in by_trade[t])] or [
                "electronics",
                "it",
                "household",
            ]
            trade = world.pick(fit)
            world.suppliers.setdefault(trade, []).append(
                world.names.firm(country, trade if world.rng.random() < 0.8 else "general")
            )
    for country, count in CONSIGNEES.items():
        for _ in range(count):
            trade = world.pick(main)
            buyer = world.names.firm(country, trade if world.rng.random() < 0.7 else "general")
            weights = 1 / np.arange(1, len(by_trade[trade]) + 1)
            goods = [
                by_trade[trade][int(k)]
                for k in world.rng.choice(len(weights), world.n(1, 2), p=weights / weights.sum())
            ]
            start, end = life(world, any(g.ctrl for g in goods), country in COALITION)
            for good in dict.fromkeys(goods):
                sellers = [
                    f
                    for f in world.suppliers[trade]
                    if f.country != country
                    and (f.country in good.origins or f.country in HUBS or f.country == "TR")
                    and not (country == "IR" and f.country in COALITION)
                ]
                for seller in (
                    dict.fromkeys(world.pick(sellers) for _ in range(1 + int(world.rng.random() < 0.25)))
                    if sellers
                    else ()
                ):
                    stop = end
                    if good.ctrl and country in ("RU", "BY") and seller.country in COALITION:
                        stop = min(end, world.date(dt.date(2022, 2, 20), dt.date(2022, 6, 15)))
                    rate = min(2.0, max(0.08, math.exp(world.rng.normal(-1.75, 0.75))))
                    world.trade(
                        seller,
                        buyer,
                        good,
                        start,
                        stop,
                        max(rate, 0.22 if good.ctrl else 0.0),
                        growth=float(world.rng.normal(0.04, 0.1)),
                        season=SEASON.get(trade),
                    )
