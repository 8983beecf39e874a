"""Patterns in who trades: intermediaries as consignees, shared addresses, business that does not fit its goods."""

from __future__ import annotations

from entrepot.demo.companies import Company
from entrepot.demo.names import ascii_turkish
from entrepot.demo.records import DAYS, EVENT_DAY
from entrepot.demo.stage import HUBS, Stage
from entrepot.demo.vocabulary import products

_MISFITS = ("flowers", "bakery", "beauty", "veterinary", "apparel", "furniture")
_FITTING = {
    "bakery": "bakery_machine",
    "apparel": "sewing",
    "beauty": "cosmetics",
    "flowers": "rose",
    "furniture": "hand_tool",
}


def plant(stage: Stage) -> None:
    for _ in stage.times(8):
        forwarder_consignee(stage)
    for _ in stage.times(6):
        shared_address(stage)
        misfit(stage)
        forwarder_notified(stage)
        business_centre(stage)
    for _ in stage.times(4):
        bank_equipment(stage)
        logistics_word(stage)
    for _ in stage.times(5):
        fitting_business(stage)


def forwarder_consignee(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    business = dice.weighted(("forwarding", "cargo", "customs_broker", "bank", "parcel"), (3, 3, 1, 1.5, 1.5))
    subject = stage.new(dice.pick(("RU", "RU", "KZ", "KG", "TR", "AM", "UZ")), wares.sector, business)
    supplier = stage.supplier(stage.origin(wares), wares)
    first = stage.after_event(10, 500)
    days = stage.days(dice.between(4, 20), first, first + dice.between(90, 400))
    lines = [stage.ship(supplier, subject, wares, day) for day in days]
    for day in stage.days(2, 0, EVENT_DAY - 30):
        stage.ship(supplier, subject, wares, day)
    stage.plant("forwarder-consignee", subject, lines, business=business)


def forwarder_notified(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    forwarder = stage.new(dice.pick(("RU", "KZ", "TR")), wares.sector, dice.pick(("forwarding", "cargo")))
    buyer = stage.new(forwarder.country, wares.sector)
    supplier = stage.supplier(stage.origin(wares), wares)
    lines = [
        stage.ship(supplier, buyer, wares, day, notify=forwarder, forwarder=forwarder)
        for day in stage.days(dice.between(12, 30), 0, DAYS - 1)
    ]
    lines.append(stage.ship(supplier, buyer, wares, dice.between(10, 600), notify=forwarder))
    why = "The forwarder is only notified; the consignee is a company of the trade."
    stage.decoy("forwarder-notified", ("forwarder-consignee",), buyer, lines, why, related=(forwarder,))


def bank_equipment(stage: Stage) -> None:
    dice = stage.dice
    wares = products()["office_machine"]
    bank = stage.new(dice.pick(("RU", "KZ", "UZ", "AM")), wares.sector, "bank")
    supplier = stage.supplier("CN", wares)
    lines = [stage.ship(supplier, bank, wares, day) for day in stage.days(dice.between(6, 14), 0, DAYS - 1)]
    why = "The bank buys machines for counting banknotes, which it uses itself and which are on no list."
    stage.decoy("bank-equipment", ("forwarder-consignee", "misfit"), bank, lines, why)


def logistics_word(stage: Stage) -> None:
    dice = stage.dice
    wares = products()[dice.pick(("steel_structure", "ball_bearing", "gear", "panel"))]
    maker = stage.new(dice.pick(("TR", "RU", "KZ")), "machinery", "racking")
    supplier = stage.supplier("CN", wares)
    lines = [stage.ship(supplier, maker, wares, day) for day in stage.days(dice.between(10, 25), 0, DAYS - 1)]
    lines.append(stage.ship(supplier, maker, wares, dice.between(10, 600)))
    why = "The name speaks of logistics, but the firm builds shelving and moves nobody's goods."
    stage.decoy("logistics-word", ("forwarder-consignee",), maker, lines, why)


def shared_address(stage: Stage) -> None:
    """Three to five firms behind one door and one telephone, all buying controlled goods."""
    dice = stage.dice
    wares = stage.controlled()
    first = stage.new(dice.pick(("TR", "KZ", "KG", "RU", "AM")), wares.sector)
    group = [first] + [
        stage.registry.company(first.country, first.sectors, address=first.address, city=first.city, phone=first.phone)
        for _ in range(dice.between(2, 4))
    ]
    lines = []
    start = dice.between(400, 1100)
    for firm in group:
        supplier = stage.supplier(stage.origin(wares), wares)
        days = stage.days(dice.between(3, 8), start, start + dice.between(200, 600))
        lines += [stage.ship(supplier, firm, wares, day, consignee_address_as=_address(stage, firm)) for day in days]
    if dice.chance(0.5):
        stage.maybe_listed_later(first, min(line.day for line in lines), 0.8)
    stage.plant("shared-address", first, lines, related=group[1:])


def _address(stage: Stage, firm: Company) -> str:
    """The same address as different clerks write it."""
    dice = stage.dice
    text = firm.address[1] if dice.chance(0.7) else ascii_turkish(firm.address[0])
    for short, full in (("УЛ. ", "УЛИЦА "), ("ОФ. ", "ОФИС "), ("Д. ", "ДОМ "), ("OF. ", "OFFICE "), ("NO: ", "NO ")):
        if dice.chance(0.4):
            text = text.replace(short, full)
    return f"{text}, TEL {firm.phone.replace(' ', '-') if dice.chance(0.3) else firm.phone}"


def business_centre(stage: Stage) -> None:
    """Unrelated firms in one building, each with its own office, telephone and trade."""
    dice = stage.dice
    country = dice.pick(("TR", "KZ", "RU", "AE"))
    first = stage.new(country, stage.free().sector)
    house = tuple(part.rsplit(" ", 1)[0] for part in first.address) if country in ("KZ", "RU") else ()
    group = [first]
    for _ in range(dice.between(4, 7)):
        wares = stage.free() if dice.chance(0.8) else stage.controlled()
        office = dice.between(1, 900)
        address = (f"{house[0]} {office}", f"{house[1]} {office}") if house else _other_office(first, office)
        group.append(stage.registry.company(country, (wares.sector,), address=address, city=first.city))
    lines = []
    for firm in group:
        pool = [g for g in products().values() if g.sector in firm.sectors and not (g.tier and firm is first)]
        wares = dice.pick(pool)
        supplier = stage.supplier(stage.origin(wares, allowed=("CN", "TR", "IT")), wares)
        days = [*stage.days(dice.between(5, 18), 0, DAYS - 1), dice.between(0, 600)]
        lines += [stage.ship(supplier, firm, wares, day) for day in days]
    why = "A business centre: different offices, telephones and trades under one roof."
    stage.decoy("business-centre", ("shared-address",), first, lines, why, related=group[1:])


def _other_office(first: Company, office: int) -> tuple[str, str]:
    if first.country == "TR":
        head, _, city = first.address[0].rpartition(" ")
        street, _, _ = head.rpartition("/")
        return (f"{street}/{office} {city}",) * 2
    street, _, rest = first.address[0].partition(", UNIT ")
    return (f"{street}, UNIT {office}, {rest.split(', ', 1)[1]}",) * 2


def misfit(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled("1", "2", "3.A", "4.A")
    shop = stage.new(dice.pick((*HUBS, "RU")), wares.sector, dice.pick(_MISFITS))
    supplier = stage.supplier(stage.origin(wares), wares)
    first = dice.between(300, 1200)
    lines = [stage.ship(supplier, shop, wares, day) for day in stage.days(dice.between(4, 16), first, first + 500)]
    stage.plant("misfit", shop, lines, business=shop.business)


def fitting_business(stage: Stage) -> None:
    dice = stage.dice
    business = dice.pick(list(_FITTING))
    wares = products()[_FITTING[business]]
    shop = stage.new(dice.pick((*HUBS, "RU")), wares.sector, business)
    supplier = stage.supplier(wares.origins[0], wares)
    lines = [stage.ship(supplier, shop, wares, day) for day in stage.days(dice.between(6, 16), 0, DAYS - 1)]
    why = "The goods are what such a business works with."
    stage.decoy("fitting-business", ("misfit",), shop, lines, why)
