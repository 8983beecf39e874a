"""Patterns in time: jumps, many small shipments, dormant firms, trade that stops; and seasons, growth and pauses."""

from __future__ import annotations

from entrepot.demo.companies import Company
from entrepot.demo.records import DAYS, EVENT_DAY, Line
from entrepot.demo.stage import HUBS, Stage
from entrepot.demo.vocabulary import Product, products


def plant(stage: Stage) -> None:
    for _ in stage.times(8):
        jump(stage)
    for _ in stage.times(6):
        many_small(stage)
        dormant(stage)
        trade_stops(stage)
        seasonal(stage)
        growing(stage)
    for _ in stage.times(4):
        one_off_stock(stage)
        just_in_time(stage)
        yearly_order(stage)
        paused(stage)
        faded(stage)


def jump(stage: Stage) -> None:
    """A steady rate that becomes a multiple of itself in some month after the date and stays there."""
    dice = stage.dice
    strength = stage.strength()
    factor = {"weak": dice.uniform(3.5, 4.5), "medium": dice.uniform(4.5, 7), "strong": dice.uniform(7, 11)}[strength]
    wares = stage.controlled() if dice.chance(0.75) else stage.free("components", "machinery", "telecom")
    buyer = stage.new(dice.pick((*HUBS, "RU")), wares.sector)
    supplier = stage.supplier(stage.origin(wares), wares)
    change = stage.after_event(40, 400)
    yearly = dice.uniform(6, 14)
    for day in _steady(stage, 0, change - 1, yearly):
        stage.ship(supplier, buyer, wares, day)
    lines = [stage.ship(supplier, buyer, wares, day) for day in _steady(stage, change, DAYS - 1, yearly * factor)]
    stage.maybe_listed_later(buyer, change)
    stage.plant("jump", buyer, lines, strength, change_day=lines[0].date.isoformat(), factor=round(factor, 2))


def many_small(stage: Stage) -> None:
    """Several suppliers of one kind in one town send one user many small lots within weeks."""
    dice = stage.dice
    wares = stage.controlled("1", "2", "3.A")
    user = stage.new(dice.pick(("RU", "KZ", "KG", "RU")), wares.sector)
    first = stage.new(stage.origin(wares), wares.sector)
    suppliers = [first] + [
        stage.registry.company(first.country, first.sectors, business=first.business, city=first.city)
        for _ in range(dice.between(2, 4))
    ]
    for day in stage.days(dice.between(6, 12), 0, EVENT_DAY + 200):
        stage.ship(stage.supplier(first.country, wares), user, wares, day)
    start = stage.after_event(60, 800)
    days = stage.days(dice.between(26, 60), start, start + dice.between(55, 85))
    lines = [_small(stage, dice.pick(suppliers), user, wares, day) for day in days]
    stage.maybe_listed_later(user, start)
    stage.plant("many-small", user, lines, related=suppliers)


def just_in_time(stage: Stage) -> None:
    dice = stage.dice
    wares = products()[dice.pick(("ball_bearing", "cyl_bearing", "connector", "converter", "plug"))]
    user = stage.new(dice.pick(("TR", "RU", "KZ")), wares.sector, "industrial")
    supplier = stage.new(stage.origin(wares), wares.sector)
    days = stage.days(dice.between(110, 200), 0, DAYS - 1)
    lines = [_small(stage, supplier, user, wares, day) for day in days]
    why = "One supplier has sent small lots to one factory at the same pace for five years."
    stage.decoy("just-in-time", ("many-small", "jump"), user, lines, why)


def dormant(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    before = wares if dice.chance(0.6) else stage.free(wares.sector, "household")
    firm = stage.new(dice.pick((*HUBS, "RU")), wares.sector, "general")
    supplier = stage.supplier(stage.origin(wares), wares)
    for day in stage.days(dice.between(8, 16), 0, dice.between(250, 420)):
        stage.ship(supplier, firm, before, day)
    again = stage.after_event(90, 460)
    days = stage.days(dice.between(5, 18), again, again + dice.between(120, 300))
    lines = [stage.ship(supplier, firm, wares, day) for day in days]
    stage.maybe_listed_later(firm, again)
    stage.plant("dormant", firm, lines)


def yearly_order(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled() if dice.chance(0.5) else stage.free()
    firm = stage.new(dice.pick((*HUBS, "RU")), wares.sector)
    supplier = stage.supplier(stage.origin(wares), wares)
    day = dice.between(20, 340)
    days = [d for year in range(5) for d in stage.days(dice.between(2, 4), day + year * 365, day + year * 365 + 20)]
    lines = [stage.ship(supplier, firm, wares, d) for d in days if d < DAYS]
    stage.decoy("yearly-order", ("dormant",), firm, lines, "It orders once a year, every year, in the same weeks.")


def trade_stops(stage: Stage) -> None:
    """Two years or more of steady trade, then none."""
    dice = stage.dice
    wares = dice.pick(list(products().values()))
    buyer = stage.new(dice.pick((*HUBS, "RU", "IN")), wares.sector)
    supplier = stage.supplier(stage.origin(wares, allowed=("CN", "TR", "KR", "VN", "MY")), wares)
    stop = stage.after_event(5, 500)
    lines = [stage.ship(supplier, buyer, wares, day) for day in _steady(stage, 0, stop, dice.uniform(18, 40))]
    last = max(line.day for line in lines)
    month = max(line.date for line in lines).strftime("%Y-%m")
    stage.plant("trade-stops", buyer, lines, last_month=month, last_day_number=last)


def paused(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.free()
    buyer = stage.new(dice.pick((*HUBS, "RU")), wares.sector)
    supplier = stage.supplier(stage.origin(wares, allowed=("CN", "TR")), wares)
    pause = stage.after_event(0, 400)
    rate = dice.uniform(18, 36)
    days = [*_steady(stage, 0, pause, rate), *_steady(stage, pause + dice.between(70, 110), DAYS - 1, rate)]
    lines = [stage.ship(supplier, buyer, wares, day) for day in days]
    stage.decoy("paused", ("trade-stops", "dormant"), buyer, lines, "It paused for three months and went on as before.")


def faded(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.free()
    buyer = stage.new(dice.pick((*HUBS, "RU")), wares.sector)
    supplier = stage.supplier(stage.origin(wares, allowed=("CN", "TR")), wares)
    days = [
        d for year, rate in enumerate((40, 26, 17, 11, 8)) for d in _steady(stage, year * 365, year * 365 + 364, rate)
    ]
    lines = [stage.ship(supplier, buyer, wares, day) for day in days]
    stage.decoy("faded", ("trade-stops",), buyer, lines, "It shrank year by year and still trades at the end.")


def seasonal(stage: Stage) -> None:
    """Three quarters of the year's shipments in its last quarter, every year."""
    dice = stage.dice
    wares = stage.controlled() if dice.chance(0.5) else stage.free("toys", "appliances", "computers")
    buyer = stage.new(dice.pick((*HUBS, "RU")), wares.sector)
    supplier = stage.supplier(stage.origin(wares), wares)
    per_year = dice.between(14, 30)
    days = []
    for year in range(5):
        days += stage.days(round(per_year * 0.75), year * 365 + 274, year * 365 + 360)
        days += stage.days(round(per_year * 0.25), year * 365, year * 365 + 273)
    lines = [stage.ship(supplier, buyer, wares, day) for day in days]
    stage.decoy("seasonal", ("jump", "many-small"), buyer, lines, "The peak returns in the last quarter of every year.")


def growing(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    buyer = stage.new(dice.pick((*HUBS, "RU")), wares.sector)
    supplier = stage.supplier(stage.origin(wares), wares)
    rate = dice.uniform(14, 22)
    days = [d for year in range(5) for d in _steady(stage, year * 365, year * 365 + 364, rate * 1.2**year)]
    lines = [stage.ship(supplier, buyer, wares, day) for day in days]
    stage.decoy("growing", ("jump",), buyer, lines, "It grew by a fifth each year, before the date as after it.")


def one_off_stock(stage: Stage) -> None:
    dice = stage.dice
    wares = stage.controlled()
    buyer = stage.new(dice.pick((*HUBS, "RU")), wares.sector)
    supplier = stage.supplier(stage.origin(wares), wares)
    peak = stage.after_event(60, 500)
    days = [*_steady(stage, 0, DAYS - 1, dice.uniform(10, 18)), *stage.days(dice.between(7, 10), peak, peak + 30)]
    lines = [stage.ship(supplier, buyer, wares, day) for day in sorted(days)]
    stage.decoy("one-off-stock", ("jump",), buyer, lines, "One busy month; the rate afterwards is the rate before.")


def _steady(stage: Stage, first: int, last: int, per_year: float) -> list[int]:
    n = max(1, round((last - first + 1) / 365 * per_year * stage.dice.uniform(0.92, 1.08)))
    step = (last - first + 1) / n
    return [min(last, first + int(step * (at + stage.dice.uniform(0.1, 0.9)))) for at in range(n)]


def _small(stage: Stage, supplier: Company, user: Company, wares: Product, day: int) -> Line:
    """One lot worth a few hundred to a few thousand dollars."""
    return stage.ship(supplier, user, wares, day, net_kg=stage.dice.uniform(400, 4200) / wares.usd_per_kg)
