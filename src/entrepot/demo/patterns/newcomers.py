"""New importers of controlled goods after the date, old customers whose goods change, and innocent changes."""

from __future__ import annotations

from dataclasses import replace

from entrepot.demo.records import DAYS, EVENT_DAY
from entrepot.demo.stage import HUBS, Stage
from entrepot.demo.vocabulary import products

_LINES = {"weak": (4, 6), "medium": (7, 14), "strong": (15, 32)}


def plant(stage: Stage) -> None:
    for _ in stage.times(10):
        new_importer(stage)
    for _ in stage.times(8):
        old_customer(stage)
    for _ in stage.times(8):
        new_importer_of_free_goods(stage)
        old_contract(stage)
    for _ in stage.times(5):
        new_importer_in_coalition(stage)
        renamed(stage)
        broadened(stage)
    for _ in stage.times(4):
        revised_code(stage)


def new_importer(stage: Stage) -> None:
    """No shipment before the date; controlled goods from a few suppliers after it."""
    dice = stage.dice
    strength = stage.strength()
    wares = [stage.controlled(*(("1", "2") if dice.chance(0.5) else ()))]
    wares += [g for g in products().values() if g.sector == wares[0].sector and g.tier][: dice.between(0, 2)]
    buyer = stage.new(dice.pick((*HUBS, "RU", "RU")), wares[0].sector)
    first = stage.after_event(25, 520)
    suppliers = [stage.supplier(stage.origin(wares[0]), wares[0]) for _ in range(dice.between(1, 3))]
    days = stage.days(dice.between(*_LINES[strength]), first, first + dice.between(120, 480))
    lines = [stage.ship(dice.pick(suppliers), buyer, dice.pick(wares), day) for day in days]
    if dice.chance(0.3):
        other = stage.free(wares[0].sector, "household")
        for day in stage.days(3, first + 60, DAYS - 1):
            stage.ship(stage.supplier("CN", other), buyer, other, day)
    stage.maybe_listed_later(buyer, first)
    stage.plant("new-importer", buyer, lines, strength)


def old_customer(stage: Stage) -> None:
    """Years of other goods, controlled goods only after the date."""
    dice = stage.dice
    strength = stage.strength()
    usual, later = stage.free(), stage.controlled()
    buyer = stage.new(dice.pick((*HUBS, "RU", "RU")), usual.sector, "general")
    supplier = stage.supplier(stage.origin(usual, allowed=("CN", "TR", "KR")), usual)
    for day in stage.days(dice.between(14, 45), 0, DAYS - 1):
        stage.ship(supplier, buyer, usual, day)
    for day in stage.days(4, 0, EVENT_DAY - 200):
        stage.ship(supplier, buyer, usual, day)
    first = stage.after_event(30, 420)
    source = stage.supplier(stage.origin(later), later)
    days = stage.days(dice.between(*_LINES[strength]), first, first + dice.between(120, 420))
    lines = [stage.ship(source, buyer, later, day) for day in days]
    stage.maybe_listed_later(buyer, first)
    stage.plant("old-customer", buyer, lines, strength)


def new_importer_of_free_goods(stage: Stage) -> None:
    wares = stage.free("components", "computers", "telecom", "machinery", "appliances")
    buyer = stage.new(stage.dice.pick((*HUBS, "RU")), wares.sector)
    first = stage.after_event(20, 400)
    supplier = stage.supplier(stage.origin(wares), wares)
    days = stage.days(stage.dice.between(8, 30), first, first + 500)
    lines = [stage.ship(supplier, buyer, wares, day) for day in days]
    stage.decoy("new-importer-of-free-goods", ("new-importer",), buyer, lines, "The goods are on no control list.")


def new_importer_in_coalition(stage: Stage) -> None:
    wares = stage.controlled()
    buyer = stage.new(stage.dice.pick(("DE", "PL", "US")), wares.sector)
    first = stage.after_event(20, 400)
    supplier = stage.supplier("CN" if "CN" in wares.origins else wares.origins[0], wares)
    days = stage.days(stage.dice.between(8, 25), first, first + 500)
    lines = [stage.ship(supplier, buyer, wares, day) for day in days]
    why = "The buyer sits in a country of the export-control coalition, to which the alert does not apply."
    stage.decoy("new-importer-in-coalition", ("new-importer",), buyer, lines, why)


def renamed(stage: Stage) -> None:
    """An old importer under a new name: the tax number, address and telephone go on."""
    dice = stage.dice
    wares = stage.controlled()
    old = stage.new(dice.pick(("TR", "KZ", "RU", "UZ")), wares.sector)
    new = stage.registry.company(
        old.country,
        old.sectors,
        business=old.business,
        address=old.address,
        city=old.city,
        phone=old.phone,
        tax_id=old.tax_id,
    )
    supplier = stage.supplier(stage.origin(wares), wares)
    change = stage.after_event(30, 300)
    before = stage.days(dice.between(12, 24), 0, change - 1)
    after = stage.days(dice.between(8, 20), change, DAYS - 1)
    lines = [stage.ship(supplier, old, wares, day, with_tax_id=True) for day in before]
    lines += [stage.ship(supplier, new, wares, day, with_tax_id=True) for day in after]
    why = "The firm was renamed: the same tax number bought the same goods before the date."
    stage.decoy("renamed", ("new-importer", "trade-stops"), new, lines, why, related=(old,))


def old_contract(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    buyer = stage.new(dice.pick(("RU", "RU", *HUBS)), wares.sector)
    supplier = stage.supplier(stage.origin(wares), wares)
    days = stage.days(dice.between(18, 50), 0, DAYS - 1)
    lines = [stage.ship(supplier, buyer, wares, day) for day in days]
    lines += [stage.ship(supplier, buyer, wares, day) for day in stage.days(3, 0, EVENT_DAY - 100)]
    why = "The same goods came from the same supplier, at the same pace, before the date."
    stage.decoy("old-contract", ("new-importer", "old-customer", "jump"), buyer, lines, why)


def broadened(stage: Stage) -> None:
    dice = stage.dice
    usual, later = stage.free(), stage.free()
    buyer = stage.new(dice.pick((*HUBS, "RU")), usual.sector, "general")
    supplier = stage.supplier(stage.origin(usual, allowed=("CN", "TR")), usual)
    lines = [stage.ship(supplier, buyer, usual, day) for day in stage.days(dice.between(20, 40), 0, DAYS - 1)]
    first = stage.after_event(30, 300)
    source = stage.supplier(stage.origin(later, allowed=("CN", "TR")), later)
    lines += [stage.ship(source, buyer, later, day) for day in stage.days(dice.between(6, 15), first, DAYS - 1)]
    stage.decoy("broadened-range", ("old-customer",), buyer, lines, "The new goods are on no control list.")


def revised_code(stage: Stage) -> None:
    """The same controlled goods for years, whose code changed with HS 2022."""
    dice = stage.dice
    revised = [g for g in products().values() if g.tier and g.hs2017 != g.hs2022]
    wares = replace(dice.pick(revised))
    buyer = stage.new(dice.pick(("KZ", "UZ", "AE", "TR")), wares.sector)
    supplier = stage.supplier(stage.origin(wares), wares)
    lines = [stage.ship(supplier, buyer, wares, day) for day in stage.days(dice.between(20, 40), 0, DAYS - 1)]
    lines += [stage.ship(supplier, buyer, wares, day) for day in stage.days(4, 0, 700)]
    why = "The goods are the same as before; only their code changed with the 2022 edition of the HS."
    stage.decoy("revised-code", ("new-importer", "old-customer"), buyer, lines, why)
