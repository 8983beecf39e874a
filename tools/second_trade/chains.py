"""Plants chains of two to four legs, split and merged, beside wholesalers whose trade only looks like them."""

from __future__ import annotations

import datetime as dt

from .basics import D
from .names import CYRILLIC, Firm
from .records import Chain, Good, Row
from .world import CONCERN, END, MIDDLE, START, World

PLAN = (("two legs", 10), ("three legs", 8), ("four legs", 8), ("split", 8), ("merged", 8))


def sister(w: World, firm: Firm) -> Firm:
    """Another firm of the same people: like name where the script allows, the same telephone."""
    core = (firm.core + w.pick([" Экспорт", " Плюс"]), "") if firm.country in CYRILLIC else None
    other = w.names.firm(firm.country, firm.trade, core)
    other.phone = firm.phone
    return other


def carry(
    w: World,
    rows: list[Row],
    sender: Firm,
    buyers: list[Firm],
    good: Good,
    origin: str,
    parts: int,
    kept: float,
    delay: tuple[int, int],
    contacts: bool,
) -> list[Row]:
    """What came in on `rows` goes out in so many parts, some days to months later."""
    total, at = sum(r.kg or 0.0 for r in rows) * kept, max(r.date for r in rows)
    cuts = w.rng.dirichlet([4.0] * parts)
    return [
        w.ship(
            min(END, at + dt.timedelta(days=w.n(*delay))),
            sender,
            buyers[k % len(buyers)],
            good,
            kg=float(total * cut),
            price=w.between(1.05, 1.5),
            origin=origin,
            contacts=contacts,
        )
        for k, cut in enumerate(cuts)
    ]


def plant_chains(w: World) -> None:
    """Chains of controlled goods in lots: some strong with many lots, some marginal with two."""
    for kind, count in PLAN:
        for i in range(count):
            stops = {"three legs": 2, "four legs": 3}.get(kind, 1)
            good = w.controlled()
            lands = [w.pick([o for o in good.origins if o not in MIDDLE] or ["CN"])]
            while len(lands) <= stops:
                lands.append(w.pick([c for c in MIDDLE if c not in lands]))
            last = w.pick((*CONCERN, "RU"))
            linked = i % 4 == 3
            sources = [w.supplier(good, lands[0]) for _ in range(w.n(2, 3) if kind == "merged" else 1)]
            takers = [w.firm(c) for c in lands[1:]]
            senders = [sister(w, f) if linked else f for f in takers]
            buyers = [w.firm(last) for _ in range(w.n(2, 3) if kind == "split" else 1)]
            delay = w.pick([(3, 14), (6, 35), (20, 80)])
            legs: list[list[Row]] = [[] for _ in range(stops + 1)]
            links: list[tuple[Row, Row]] = []
            at = w.date(D(2022, 4, 1), D(2023, 4, 1))
            for _ in range(w.n(2, 7)):
                size = good.kg * w.between(0.5, 3.0)
                current = [
                    w.ship(
                        at + dt.timedelta(days=w.n(0, 6)),
                        s,
                        takers[0],
                        good,
                        kg=size * w.between(0.6, 1.4),
                        origin=lands[0],
                        contacts=linked,
                    )
                    for s in sources
                ]
                legs[0] += current
                for k in range(stops):
                    final = k == stops - 1
                    onward = buyers if final else [takers[k + 1]]
                    parts = (
                        len(onward)
                        if final and kind == "split"
                        else (1 if kind == "merged" or w.rng.random() < 0.75 else 2)
                    )
                    nxt = carry(
                        w, current, senders[k], onward, good, lands[0], parts, w.between(0.82, 1.0), delay, linked
                    )
                    legs[k + 1] += nxt
                    links += [(a, b) for a in current for b in nxt]
                    current = nxt
                at += dt.timedelta(days=w.n(20, 75))
            w.chains.append(Chain(True, kind, legs, links))


def wholesalers(w: World) -> None:
    """Distributors that buy and sell the same goods all the time; no lot follows another."""
    for i in range(10):
        good = w.common("it", "auto", "household", "building") if i % 3 else w.goods["848210"]
        house = w.firm(w.pick(MIDDLE), good.trade)
        sources = [w.supplier(good, *[o for o in good.origins if o != house.country]) for _ in range(w.n(2, 3))]
        buyers = [
            w.firm(c) for c in w.rng.permutation([c for c in (*MIDDLE, "RU", "BY") if c != house.country])[: w.n(3, 5)]
        ]
        came = [r for s in sources for r in w.trade(s, house, good, START, END, w.between(0.4, 0.8))]
        went = [r for b in buyers for r in w.trade(house, b, good, D(2019, 2, 1), END, w.between(0.2, 0.4))]
        w.chains.append(Chain(False, "wholesaler", [came, went], []))
