"""Goods that go through third countries in legs, and traders who only seem to pass goods on."""

from __future__ import annotations

from dataclasses import dataclass

from entrepot.demo.answer import PlantedChain
from entrepot.demo.companies import Company
from entrepot.demo.records import DAYS, EVENT_DAY, Line
from entrepot.demo.stage import Stage
from entrepot.demo.vocabulary import Product, products

_FINISHED = {"av_parts": "tv", "tool_parts": "cnc_lathe", "pcb": "adp_unit"}
"""Parts and the finished goods they go into."""

_ROUTES = (
    ("CN", "TR"),
    ("CN", "KZ"),
    ("CN", "KG"),
    ("CN", "AM"),
    ("CN", "UZ"),
    ("DE", "TR"),
    ("DE", "AM"),
    ("CN", "AE"),
)
_LONGER = (("CN", "AE", "AM"), ("CN", "TR", "KZ"), ("DE", "TR", "KG"), ("CN", "AE", "UZ"), ("CN", "KG", "KZ"))


@dataclass(frozen=True, slots=True)
class Hop:
    """One stop of a chain: who receives there, and who sends on (the same, or linked by address and telephone)."""

    buyer: Company
    seller: Company


def plant(stage: Stage) -> None:
    for at in stage.times(12):
        chain(stage, stage.dice.pick(_ROUTES), finished=at % 6 == 5)
    for _ in stage.times(5):
        chain(stage, stage.dice.pick(_LONGER))
    for _ in stage.times(8):
        wholesaler(stage)
    for _ in stage.times(5):
        distributor(stage)
    for _ in stage.times(4):
        out_before_in(stage)
        own_production(stage)
        returns(stage)


def chain(stage: Stage, route: tuple[str, ...], *, finished: bool = False) -> None:
    """Lots that arrive and leave again within weeks, several times, to a buyer in Russia."""
    dice = stage.dice
    wares = _wares(stage, route[0], finished)
    supplier = stage.supplier(route[0], wares)
    hops = [_hop(stage, country, wares) for country in route[1:]]
    buyer = stage.new("RU", wares.sector)
    strength = stage.strength()
    # Five lots can be ordered in 120 ways: with fewer, a permutation test could hardly reach its five per cent.
    cycles = {"weak": 5, "medium": dice.between(6, 7), "strong": dice.between(8, 11)}[strength]
    resold = dice.chance(0.4)
    day = dice.between(300, 700) if dice.chance(0.2) else stage.after_event(30, 250)
    planted: list[PlantedChain] = []
    lines: list[Line] = []
    link = "same party" if all(hop.buyer.key == hop.seller.key for hop in hops) else "same address and telephone"
    for _ in range(cycles):
        legs = _cycle(stage, supplier, hops, buyer, wares, day, finished=finished, resold=resold)
        planted.append(PlantedChain(tuple(tuple(line.uid for line in leg) for leg in legs), link))
        lines += [line for leg in legs for line in leg]
        day = max(line.day for line in lines) + dice.between(35, 95)
        if day > DAYS - 90:
            break
    for hop in hops:
        if dice.chance(0.5):
            _earlier_trade(stage, hop.buyer)
        stage.maybe_listed_later(hop.buyer, min(line.day for line in lines), 0.25)
    pattern = "chain-2" if len(route) == 2 else "chain-3"
    people = [supplier, *(c for hop in hops for c in (hop.buyer, hop.seller)), buyer]
    related = [c for at, c in enumerate(people) if c.key != hops[0].buyer.key and c not in people[:at]]
    stage.plant(
        pattern, hops[0].buyer, lines, strength, related=related, chains=planted, countries=[*route, "RU"], link=link
    )


def _wares(stage: Stage, country: str, finished: bool) -> Product:
    dice = stage.dice
    if finished:
        return products()[dice.pick(sorted(_FINISHED))]
    made = [
        g for g in products().values() if country in g.origins and (g.tier or g.sector in ("automotive", "apparel"))
    ]
    return dice.pick(made)


def _hop(stage: Stage, country: str, wares: Product) -> Hop:
    buyer = stage.new(country, wares.sector)
    if stage.dice.chance(0.7):
        return Hop(buyer, buyer)
    seller = stage.registry.company(country, buyer.sectors, address=buyer.address, city=buyer.city, phone=buyer.phone)
    return Hop(buyer, seller)


def _cycle(
    stage: Stage,
    supplier: Company,
    hops: list[Hop],
    buyer: Company,
    wares: Product,
    day: int,
    *,
    finished: bool,
    resold: bool,
) -> list[list[Line]]:
    """One lot from end to end: a list of legs, each a list of lines."""
    dice = stage.dice
    typical = max(9000 / wares.usd_per_kg**0.8, wares.piece_kg * 4)
    lot = dice.lognormal(typical, 0.7) * 2
    senders = [supplier, *(hop.seller for hop in hops)]
    receivers = [*(hop.buyer for hop in hops), buyer]
    legs: list[list[Line]] = []
    at = day
    for number, (sender, receiver) in enumerate(zip(senders, receivers, strict=True)):
        parts = dice.weighted((1, 2, 3), (5, 3, 2))
        sent = wares
        if finished and number == len(senders) - 1:
            sent = products()[_FINISHED[wares.name]]
        shares = [dice.uniform(0.6, 1.4) for _ in range(parts)]
        leg = [
            stage.ship(
                sender,
                receiver,
                sent,
                at + dice.between(0, 5),
                net_kg=max(lot * share / sum(shares), 0.001),
                price=1.0 + 0.35 * number,
                origin=supplier.country,
            )
            for share in shares
        ]
        legs.append(leg)
        at = max(line.day for line in leg) + dice.between(5, 32)
        lot *= dice.uniform(0.55, 0.85) if resold and number == 0 else dice.uniform(0.93, 1.0)
    return legs


def _earlier_trade(stage: Stage, company: Company) -> None:
    usual = stage.free("household", "apparel", "construction")
    supplier = stage.supplier(stage.origin(usual, allowed=("CN", "TR", "IT")), usual)
    for day in stage.days(stage.dice.between(6, 16), 0, EVENT_DAY):
        stage.ship(supplier, company, usual, day)


def wholesaler(stage: Stage) -> None:
    """In and out of the same common goods, with no link in time or quantity."""
    dice = stage.dice
    wares = stage.free("household", "apparel", "automotive", "construction", "components", "appliances")
    firm = stage.new(dice.pick(("TR", "KZ", "KG", "UZ", "AM")), wares.sector)
    suppliers = [stage.supplier("CN", wares) for _ in range(3)]
    buyers = [stage.new("RU", wares.sector) for _ in range(dice.between(2, 5))]
    lines = [
        stage.ship(dice.pick(suppliers), firm, wares, day) for day in stage.days(dice.between(30, 60), 0, DAYS - 1)
    ]
    lines += [stage.ship(firm, dice.pick(buyers), wares, day) for day in stage.days(dice.between(25, 50), 0, DAYS - 1)]
    why = "It buys and sells the same goods all year; what leaves follows nothing that came in."
    stage.decoy("wholesaler", ("chain-2", "chain-3"), firm, lines, why, related=buyers)


def distributor(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    firm = stage.new(dice.pick(("TR", "KZ", "UZ", "AE")), wares.sector)
    supplier = stage.supplier(stage.origin(wares), wares)
    days = [*stage.days(dice.between(30, 60), 0, DAYS - 1), *stage.days(3, 0, 500)]
    lines = [stage.ship(supplier, firm, wares, day) for day in days]
    other = stage.free("household", "food")
    buyers = [stage.new("RU", other.sector) for _ in range(2)]
    lines += [stage.ship(firm, dice.pick(buyers), other, day) for day in stage.days(dice.between(8, 16), 0, DAYS - 1)]
    why = "It sells the controlled goods at home; what it exports is something else."
    stage.decoy("distributor", ("chain-2", "jump"), firm, lines, why)


def out_before_in(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.free("automotive", "apparel", "household", "components")
    firm = stage.new(dice.pick(("TR", "KZ", "UZ")), wares.sector)
    supplier, buyer = stage.supplier("CN", wares), stage.new("RU", wares.sector)
    day, lines = dice.between(100, 400), []
    for _ in range(dice.between(5, 8)):
        lines.append(stage.ship(firm, buyer, wares, day))
        lines.append(stage.ship(supplier, firm, wares, day + dice.between(5, 30)))
        day += dice.between(170, 230)
        if day > DAYS - 60:
            break
    why = "The goods leave before others arrive: stock is replaced, not passed on."
    stage.decoy("out-before-in", ("chain-2",), firm, lines, why, related=(buyer,))


def own_production(stage: Stage) -> None:
    dice = stage.dice
    wares = products()[dice.pick(("oven", "tile", "tshirt", "auto_part", "window"))]
    firm = stage.new("TR", wares.sector)
    supplier, buyer = stage.supplier("CN", wares), stage.new("RU", wares.sector)
    lines = [stage.ship(supplier, firm, wares, day, net_kg=dice.uniform(20, 60)) for day in stage.days(8, 0, DAYS - 1)]
    days = stage.days(dice.between(25, 45), 0, DAYS - 1)
    lines += [stage.ship(firm, buyer, wares, day, net_kg=dice.uniform(2000, 9000), origin="TR") for day in days]
    why = "It exports many times what it imports, of its own country's origin: it is a maker that buys samples."
    stage.decoy("own-production", ("chain-2",), firm, lines, why, related=(buyer,))


def returns(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.free("machinery", "appliances", "tools")
    firm = stage.new(dice.pick(("TR", "AE", "IN")), wares.sector)
    supplier = stage.supplier("DE" if "DE" in wares.origins else "CN", wares)
    lines = []
    for day in stage.days(dice.between(6, 12), 0, DAYS - 60):
        came = stage.ship(supplier, firm, wares, day)
        lines.append(came)
        if dice.chance(0.6):
            lines.append(
                stage.ship(
                    firm, supplier, wares, day + dice.between(10, 40), net_kg=came.net_kg, origin=supplier.country
                )
            )
    why = "Goods go back to the supplier who sent them: returns and repairs."
    stage.decoy("returns", ("chain-2",), firm, lines, why, related=(supplier,))
