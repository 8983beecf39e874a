"""Ordinary trade: companies of very different size that buy the same goods from the same suppliers for years."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import accumulate

from entrepot.demo.companies import Company, Registry
from entrepot.demo.dice import Dice
from entrepot.demo.records import DAYS, EVENT_DAY, START, Desk, Line, Order
from entrepot.demo.vocabulary import Lane, Product, countries, lanes, products

_SEASONS = {
    "flat": (1,) * 12,
    "q4": (0.7, 0.6, 0.7, 0.7, 0.7, 0.8, 0.8, 1.0, 1.5, 1.9, 1.9, 1.4),
    "summer": (0.6, 0.7, 1.1, 1.4, 1.6, 1.6, 1.4, 1.1, 0.8, 0.6, 0.5, 0.5),
    "autumn": (0.6, 0.6, 0.7, 0.8, 0.8, 0.9, 1.2, 1.6, 1.8, 1.4, 0.9, 0.7),
    "winter": (1.7, 1.6, 1.3, 0.8, 0.4, 0.3, 0.3, 0.3, 0.5, 1.0, 1.6, 1.8),
    "spring": (1.0, 1.9, 1.9, 1.3, 1.3, 0.8, 0.5, 0.6, 0.9, 0.7, 0.6, 0.8),
}
"""Weight of each month by season, January first: authors' choice."""

_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Relation:
    """One supplier, one buyer and the goods between them."""

    shipper: Company
    consignee: Company
    goods: tuple[Product, ...]
    weight: float
    lane: Lane
    first: int
    last: int
    """First and last day on which they trade."""


def background(registry: Registry, desk: Desk, seed: int, rows: int, companies: int) -> list[Line]:
    """`rows` lines of ordinary trade among about `companies` companies."""
    dice = Dice(seed, "background")
    suppliers, buyers = _population(registry, dice, companies)
    relations = _relations(suppliers, buyers, dice)
    lines = []
    for relation, n in zip(relations, _allocate([r.weight for r in relations], rows), strict=True):
        lines += _trade(relation, n, desk, dice)
    return _settle_controlled(lines, dice)


def _population(registry: Registry, dice: Dice, n: int) -> tuple[dict[str, list[Company]], list[Company]]:
    outgoing: dict[str, float] = {}
    incoming: dict[str, float] = {}
    for lane in lanes():
        outgoing[lane.origin] = outgoing.get(lane.origin, 0) + lane.share
        incoming[lane.destination] = incoming.get(lane.destination, 0) + lane.share
    suppliers: dict[str, list[Company]] = {}
    buyers: list[Company] = []
    total = sum(outgoing.values())
    for country, share in outgoing.items():
        sectors = _sectors(country)
        for _ in range(max(2, round(0.4 * n * share / total))):
            own = _few_sectors(sectors, dice)
            suppliers.setdefault(country, []).append(registry.company(country, own, size=dice.pareto(1.1, 60)))
    for country, share in incoming.items():
        sectors = _sectors("")
        for _ in range(max(2, round(0.6 * n * share / total))):
            buyer = registry.company(country, _few_sectors(sectors, dice), size=dice.pareto(1.05, 80))
            buyers.append(buyer)
            if countries()[country].role == "hub" and dice.chance(0.12):
                suppliers[country].append(buyer)
    return suppliers, buyers


def _sectors(country: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for goods in products().values():
        if not country or country in goods.origins or countries()[country].role == "hub":
            weights[goods.sector] = weights.get(goods.sector, 0) + goods.share
    return weights


def _few_sectors(weights: dict[str, float], dice: Dice) -> tuple[str, ...]:
    names = list(weights)
    first = dice.weighted(names, list(weights.values()))
    return (first,) if dice.chance(0.75) else (first, dice.weighted(names, list(weights.values())))


def _relations(suppliers: dict[str, list[Company]], buyers: list[Company], dice: Dice) -> list[Relation]:
    relations = []
    sellers: dict[tuple[str, str], list[Company]] = {}
    for country, pool in suppliers.items():
        for seller in pool:
            for sector in dict.fromkeys(seller.sectors):
                sellers.setdefault((country, sector), []).append(seller)
    for buyer in buyers:
        wanted = [g for g in products().values() if g.sector in buyer.sectors]
        range_kept = dice.sample(wanted, dice.between(1, 6))
        into = [lane for lane in lanes() if lane.destination == buyer.country]
        first = dice.between(0, DAYS - 400) if dice.chance(0.15) and not any(g.tier for g in range_kept) else 0
        for _ in range(1 + int(dice.pareto(1.3, 5))):
            lane = dice.weighted(into, [each.share for each in into])
            relation = _relation(sellers, buyer, range_kept, lane, first, dice)
            if relation is not None:
                relations.append(relation)
    return relations


def _relation(
    sellers: dict[tuple[str, str], list[Company]],
    buyer: Company,
    wanted: list[Product],
    lane: Lane,
    first: int,
    dice: Dice,
) -> Relation | None:
    role = countries()[lane.origin].role
    sold = [g for g in wanted if lane.origin in g.origins or role == "hub"]
    sectors = dict.fromkeys(g.sector for g in sold)
    pool = [s for sector in sectors for s in sellers.get((lane.origin, sector), ()) if s.key != buyer.key]
    if not pool:
        return None
    supplier = dice.weighted(pool, [s.size for s in pool])
    goods = [g for g in sold if g.sector in supplier.sectors]
    last = DAYS - 1
    if countries()[lane.origin].coalition and lane.destination == "RU":
        free = [g for g in goods if not g.tier]
        if free:
            goods = free
        else:
            last = EVENT_DAY + dice.between(0, 35)
    if lane.stops:
        last = min(last, day_of_month(lane.stops) - 1)
    weight = math.sqrt(buyer.size * supplier.size) * dice.lognormal(1.0, 0.6) * lane.share**0.3
    return Relation(supplier, buyer, tuple(dice.sample(goods, 4)), weight, lane, min(first, last - 200), last)


def _allocate(weights: list[float], rows: int) -> list[int]:
    """`rows` shared out in proportion to the weights, at least one each where there are enough, none above 1%."""
    total = sum(weights)
    ceiling = max(4, rows // 100)
    shares = [min(ceiling, max(1.0, rows * w / total)) for w in weights]
    scale = rows / sum(shares)
    exact = [share * scale for share in shares]
    counts = [math.floor(x) for x in exact]
    order = sorted(range(len(exact)), key=lambda at: (counts[at] - exact[at], at))
    for at in order[: rows - sum(counts)]:
        counts[at] += 1
    return counts


def _trade(relation: Relation, n: int, desk: Desk, dice: Dice) -> list[Line]:
    calendar = _calendar(relation)
    lines: list[Line] = []
    main = [2.0**-at for at in range(len(relation.goods))]
    batch, day = 0, 0
    for at in range(n):
        if at == 0 or not dice.chance(0.22):
            day = _draw_day(relation, calendar, dice)
            batch = desk.next_batch()
        goods = dice.weighted(relation.goods, main)
        lines.append(desk.line(Order(relation.shipper, relation.consignee, goods, day, batch=batch)))
    return lines


def _calendar(relation: Relation) -> list[float]:
    """Cumulated weight of each month of the file for this pair: its season, and its country's trend after the date."""
    season = _SEASONS[relation.goods[0].season]
    ramp = 1.0
    if relation.lane.destination == "RU":
        ramp = 0.75 if countries()[relation.lane.origin].coalition else 1.3
    elif countries()[relation.lane.destination].role == "hub":
        ramp = 1.25
    trends = [1 + (ramp - 1) * min(max((month - 25) / 6, 0), 1) for month in range(_MONTHS)]
    return list(accumulate(season[month % 12] * trends[month] for month in range(_MONTHS)))


def _draw_day(relation: Relation, calendar: list[float], dice: Dice) -> int:
    starts = _month_starts()
    for _ in range(200):
        month = bisect_right(calendar, dice.unit() * calendar[-1])
        day = dice.between(starts[month], starts[month + 1] - 1)
        # Sundays have a tenth of the declarations of other days.
        if relation.first <= day <= relation.last and ((day + START.weekday()) % 7 < 6 or dice.chance(0.1)):
            return day
    return dice.between(relation.first, relation.last)


@cache
def _month_starts() -> tuple[int, ...]:
    return tuple(day_of_month(f"{2020 + month // 12}-{month % 12 + 1:02d}") for month in range(_MONTHS + 1))


def _settle_controlled(lines: list[Line], dice: Dice) -> list[Line]:
    """Give every buyer of controlled goods outside the coalition an early controlled line: background has no newcomers."""
    early: set[str] = set()
    late: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.controlled and not line.consignee.home.coalition:
            if line.day < EVENT_DAY - 30:
                early.add(line.consignee.key)
            else:
                late.setdefault(line.consignee.key, []).append(at)
    for key, places in late.items():
        if key not in early:
            at = dice.pick(places)
            day = dice.between(20, EVENT_DAY - 60)
            goods = lines[at].goods
            moved = goods.hs((START + timedelta(days=day)).year) + lines[at].hs[6:]
            lines[at] = replace(lines[at], day=day, hs=moved, batch=-lines[at].uid)
    return lines


def day_of_month(month: str) -> int:
    """Day number of the first day of `YYYY-MM`, counted from the start of the file."""
    year, number = month.split("-")
    return (START.replace(year=int(year), month=int(number)) - START).days
