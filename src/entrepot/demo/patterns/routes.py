"""Suppliers replaced at a listing, goods re-routed after a closure, goods declared for elsewhere."""

from __future__ import annotations

from entrepot.demo.records import DAYS, EVENT_DAY
from entrepot.demo.stage import Stage
from entrepot.demo.vocabulary import products


def plant(stage: Stage) -> None:
    for _ in stage.times(6):
        supplier_replaced(stage)
        rerouted(stage)
        declared_elsewhere(stage)
    for _ in stage.times(5):
        ordinary_change(stage)
        second_source(stage)
        new_market(stage)
    for _ in stage.times(4):
        rail_transit(stage)


def supplier_replaced(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    buyer = stage.new(dice.pick(("RU", "RU", "KZ", "TR")), wares.sector)
    country = stage.origin(wares)
    old = stage.new(country, wares.sector, guard=True)
    new = stage.new(dice.pick((country, "HK", country)), wares.sector)
    listed = stage.after_event(150, 800)
    rate = dice.uniform(14, 30)
    before = _every(stage, dice.between(200, 500), listed + dice.between(0, 6), rate)
    after = _every(stage, listed + dice.between(12, 42), min(DAYS - 1, listed + 420), rate * dice.uniform(0.8, 1.2))
    first = [stage.ship(old, buyer, wares, day) for day in before]
    second = [stage.ship(new, buyer, wares, day) for day in after]
    date = stage.list_company(old, listed, with_tax_id=dice.chance(0.5))
    gap = (second[0].day - first[-1].day) if second else None
    lines = [*first, *second]
    stage.plant("supplier-replaced", buyer, lines, related=(old, new), listed=date.isoformat(), gap_days=gap)


def ordinary_change(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    buyer = stage.new(dice.pick(("RU", "KZ", "TR")), wares.sector)
    country = stage.origin(wares)
    old, new = stage.new(country, wares.sector), stage.new(country, wares.sector)
    change = stage.after_event(150, 800)
    lines = [stage.ship(old, buyer, wares, day) for day in _every(stage, 200, change, 20)]
    lines += [stage.ship(new, buyer, wares, day) for day in _every(stage, change + 20, DAYS - 1, 20)]
    why = "A supplier was changed, and none of the two is on a list."
    stage.decoy("ordinary-change", ("supplier-replaced",), buyer, lines, why, related=(old, new))


def second_source(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    buyer = stage.new(dice.pick(("RU", "KZ", "TR")), wares.sector)
    country = stage.origin(wares)
    old, other = stage.new(country, wares.sector, guard=True), stage.new(country, wares.sector)
    listed = stage.after_event(150, 800)
    lines = [stage.ship(old, buyer, wares, day) for day in _every(stage, 200, listed, 14)]
    lines += [stage.ship(other, buyer, wares, day) for day in _every(stage, 150, DAYS - 1, 20)]
    stage.list_company(old, listed)
    why = "The other supplier had delivered all along, at the same pace, long before the listing."
    stage.decoy("second-source", ("supplier-replaced",), buyer, lines, why, related=(old, other))


def rerouted(stage: Stage) -> None:
    """A coalition shipper's goods for Russia end at the date; the same goods go to a linked buyer in a third country."""
    dice = stage.dice
    wares = stage.controlled() if dice.chance(0.75) else stage.free("machinery", "automotive")
    shipper = stage.new(dice.pick(("DE", "IT", "PL", "CZ")), wares.sector)
    buyer = stage.new("RU", wares.sector)
    same_word = dice.chance(0.5)
    linked = stage.registry.company(
        dice.pick(("KZ", "TR", "AM", "KG", "AE")),
        (wares.sector,),
        business=buyer.business if same_word else None,
        stem=buyer.stem if same_word else None,
        phone=None if same_word and dice.chance(0.5) else buyer.phone,
    )
    stop = stage.after_event(-10, 35)
    rate = dice.uniform(9, 24)
    first = [stage.ship(shipper, buyer, wares, day) for day in _every(stage, 0, stop, rate)]
    start = stop + dice.between(30, 150)
    second = [stage.ship(shipper, linked, wares, day) for day in _every(stage, start, start + 700, rate)]
    link = "same word in the name" if same_word else "same telephone"
    if linked.phone == buyer.phone and same_word:
        link = "same word in the name, same telephone"
    stage.maybe_listed_later(linked, start)
    stage.plant("rerouted", linked, [*first, *second], related=(shipper, buyer), link=link)


def new_market(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled() if dice.chance(0.5) else stage.free("machinery", "automotive")
    shipper = stage.new(dice.pick(("DE", "IT", "PL", "CZ")), wares.sector)
    buyer = stage.new("RU", wares.sector)
    other = stage.new(dice.pick(("KZ", "TR", "AM", "AE")), wares.sector)
    elsewhere = stage.supplier(stage.origin(wares), wares)
    lines = [stage.ship(shipper, buyer, wares, day) for day in _every(stage, 0, stage.after_event(-10, 35), 14)]
    lines += [stage.ship(elsewhere, other, wares, day) for day in _every(stage, 0, DAYS - 1, 10)]
    start = stage.after_event(120, 400)
    lines += [stage.ship(shipper, other, wares, day) for day in _every(stage, start, DAYS - 1, 10)]
    why = "The new buyer is an old importer of such goods with nothing in common with the buyer in Russia."
    stage.decoy("new-market", ("rerouted", "trade-stops"), other, lines, why, related=(shipper, buyer))


def declared_elsewhere(stage: Stage) -> None:
    """The declared destination is one country; the consignee and its address are in another."""
    dice = stage.dice
    wares = stage.controlled()
    buyer = stage.new("RU", wares.sector)
    declared, transit = dice.pick((("KZ", ("RU",)), ("KG", ("KZ", "RU")), ("UZ", ("KZ", "RU"))))
    source = dice.pick(("CN", "TR", "DE", "PL"))
    shipper = stage.supplier(source, wares)
    first = stage.after_event(20, 600)
    lines = [
        stage.ship(shipper, buyer, wares, day, destination=declared, transit=transit, mode="road")
        for day in stage.days(dice.between(4, 14), first, first + 360)
    ]
    for day in stage.days(3, 0, EVENT_DAY - 60):
        stage.ship(stage.supplier("CN", wares), buyer, wares, day)
    stage.plant("declared-elsewhere", buyer, lines, declared=declared)


def rail_transit(stage: Stage) -> None:
    """Ordinary block trains through several countries."""
    dice = stage.dice
    wares = products()[dice.pick(("furniture", "auto_part", "laptop", "valve"))]
    buyer = stage.new(dice.pick(("DE", "PL")), wares.sector)
    shipper = stage.supplier("CN", wares)
    lines = [
        stage.ship(
            shipper,
            buyer,
            wares,
            day,
            mode="rail",
            transit=("KZ", "RU", "BY", "PL")[: 4 if buyer.country == "DE" else 3],
        )
        for day in stage.days(dice.between(15, 30), 0, DAYS - 1)
    ]
    why = "Block trains from China to Europe pass through these countries; consignee and destination agree."
    stage.decoy("rail-transit", ("declared-elsewhere",), buyer, lines, why)


def _every(stage: Stage, first: int, last: int, per_year: float) -> list[int]:
    n = max(2, round((last - first + 1) / 365 * per_year))
    step = (last - first + 1) / n
    return [min(last, first + int(step * (at + stage.dice.uniform(0.1, 0.9)))) for at in range(n)]
