"""Patterns in the goods: disguises, designators, prices far from their group, parcels; and what only sounds like it."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.demo.companies import Company
from entrepot.demo.records import DAYS, EVENT_DAY, Line
from entrepot.demo.stage import HUBS, Stage
from entrepot.demo.vocabulary import Product, lanes, products

_DISGUISES = (
    ("rifle", "rifle-disguise", "hunting", ("CN", "TR"), (12, 90)),
    ("armour", "armour-disguise", "apparel", ("CN", "TR"), (20, 260)),
    ("drone_camera", "drone-camera-disguise", "toys", ("CN",), (6, 120)),
)
_OPEN_ORIGINS = ("CN", "TR", "VN", "MY")
"""Countries whose trade goes on with everybody after the date."""
_GROUP = 36
"""Lines in a comparison group before a price is planted in it; the literature asks for 30."""


def plant(stage: Stage) -> None:
    for kind, pattern, sector, makers, pieces in _DISGUISES:
        for _ in stage.times(6):
            disguise(stage, kind, pattern, sector, makers, pieces)
    for _ in stage.times(5):
        ordinary(stage, "rifle", "shop", "hunting", "Hunting guns for a hunting shop at the usual price.")
        ordinary(stage, "rifle", "airsoft", "sports", "Air guns and toys that copy the looks of a rifle.")
        ordinary(stage, "armour", "ordinary", "apparel", "Protective clothing for work and sport.")
        ordinary(stage, "drone_camera", "ordinary", "toys", "Toys at the price of toys for a toy shop.")
    for _ in stage.times(8):
        designator(stage)
        ordinary(stage, "designator", "ordinary", "", "A measure, a title or a model number that only looks alike.")
    groups = _large_groups(stage.ordinary)
    for _ in stage.times(8):
        overpays(stage, groups)
    for _ in stage.times(5):
        unit_error(stage, groups)
    for _ in stage.times(6):
        parcels_out(stage)
        parcels_ordinary(stage)


def disguise(
    stage: Stage, kind: str, pattern: str, sector: str, makers: tuple[str, ...], pieces: tuple[int, int]
) -> None:
    dice = stage.dice
    shipper = stage.new(dice.pick(makers), sector)
    buyer = stage.new(dice.pick(("RU", "RU", "RU", "KZ", "AM")), sector)
    texts = dice.sample(stage.texts(kind, "planted"), dice.between(1, 3))
    first = stage.after_event(40, 700)
    lines = []
    for day in stage.days(dice.between(2, 8), first, first + 200):
        goods, text = dice.pick(texts)
        lines.append(stage.ship(shipper, buyer, goods, day, pieces=dice.between(*pieces), text=text, maker=False))
    if dice.chance(0.6):
        plain = stage.free(sector)
        for day in stage.days(dice.between(3, 9), 0, DAYS - 1):
            stage.ship(stage.supplier("CN", plain), buyer, plain, day)
    stage.plant(pattern, buyer, lines, related=(shipper,), pieces=sum(line.quantity for line in lines))


_RESEMBLES = {
    "rifle": ("rifle-disguise", "designator"),
    "armour": ("armour-disguise", "designator"),
    "drone_camera": ("drone-camera-disguise",),
    "designator": ("designator",),
}


def ordinary(stage: Stage, kind: str, part: str, sector: str, why: str) -> None:
    """Innocent goods whose words come near."""
    dice = stage.dice
    texts = stage.texts(kind, part)
    picked = dice.sample(texts, 3) if sector else dice.sample(texts, 1)
    buyer = stage.new(dice.pick(("RU", "RU", *HUBS)), picked[0][0].sector)
    closing = {lane.origin for lane in lanes() if lane.stops}
    origins = [country for country in picked[0][0].origins if country not in closing]
    supplier = stage.supplier(dice.pick(origins), picked[0][0])
    lines = []
    for day in stage.days(dice.between(6, 22), 0, DAYS - 1):
        goods, text = dice.pick(picked)
        lines.append(stage.ship(supplier, buyer, goods, day, text=text))
    stage.decoy(f"{kind.replace('_', '-')}-{part}", _RESEMBLES[kind], buyer, lines, why)


def designator(stage: Stage) -> None:
    dice = stage.dice
    goods, text = dice.pick(stage.texts("designator", "planted"))
    buyer = stage.new(dice.pick(("RU", "KZ", "TR", "AM", "AE")), goods.sector)
    supplier = stage.supplier("CN", goods)
    first = dice.between(200, 1500)
    days = stage.days(dice.between(2, 9), first, first + 250)
    lines = [stage.ship(supplier, buyer, goods, day, text=text, maker=False) for day in days]
    plain = stage.free(goods.sector, "components")
    for day in stage.days(dice.between(2, 10), 0, DAYS - 1):
        stage.ship(stage.supplier("CN", plain), buyer, plain, day)
    stage.plant("designator", buyer, lines, related=(supplier,), text=text)


def overpays(stage: Stage, groups: Sequence[tuple[str, int, Product]]) -> None:
    """A buyer pays several times what everybody else pays for the same code and origin in the same year."""
    dice = stage.dice
    origin, year, wares = dice.pick(groups)
    strength = stage.strength()
    factor = {"weak": dice.uniform(6, 8), "medium": dice.uniform(8, 14), "strong": dice.uniform(14, 30)}[strength]
    buyer = stage.new(dice.pick((*HUBS, "RU")), wares.sector)
    supplier = stage.supplier(origin, wares)
    start = max(0, (year - 2020) * 365 + dice.between(20, 200))
    days = stage.days(dice.between(2, 6), start, start + 120)
    lines = [stage.ship(supplier, buyer, wares, day, price=factor, origin=origin) for day in days]
    for day in stage.days(dice.between(2, 5), 0, start - 1 if start > 60 else 400):
        stage.ship(supplier, buyer, wares, day, origin=origin)
    stage.plant("overpays", buyer, lines, strength, related=(supplier,), factor=round(factor, 1))


def unit_error(stage: Stage, groups: Sequence[tuple[str, int, Product]]) -> None:
    """The weight in grams, or a thousands separator read as a decimal point; the price per piece is ordinary."""
    dice = stage.dice
    origin, year, wares = dice.pick([group for group in groups if group[2].unit != "KG"])
    buyer = stage.new(dice.pick((*HUBS, "RU", "DE", "IN")), wares.sector)
    supplier = stage.supplier(origin, wares)
    start = (year - 2020) * 365
    for day in [*stage.days(14, 0, DAYS - 1), *stage.days(2, 0, EVENT_DAY - 60)]:
        stage.ship(supplier, buyer, wares, day, origin=origin)
    factor, what = dice.pick(((1000.0, "grams written as kilograms"), (0.001, "a thousands separator lost")))
    days = stage.days(dice.between(1, 3), start + 10, start + 350)
    lines = [stage.ship(supplier, buyer, wares, day, origin=origin, weight_factor=factor) for day in days]
    why = f"Weight is wrong by a thousand ({what}); price per piece is ordinary."
    stage.decoy("unit-error", ("overpays",), buyer, lines, why)


def parcels_out(stage: Stage) -> None:
    """Private persons post tactical gear abroad."""
    dice = stage.dice
    sender = stage.registry.person("RU")
    receivers = [stage.registry.person("CN") for _ in range(dice.between(1, 3))]
    texts = stage.texts("parcel", "planted")
    first = dice.between(300, 1500)
    lines = []
    for day in stage.days(dice.between(2, 7), first, first + 240):
        goods, text = dice.pick(texts)
        lines.append(_parcel(stage, sender, dice.pick(receivers), goods, text, day))
    stage.plant("parcels-out", sender, lines, related=receivers)


def parcels_ordinary(stage: Stage) -> None:
    dice = stage.dice
    sender = stage.registry.person("RU")
    receiver = stage.registry.person(dice.pick(("CN", "DE", "KZ")))
    texts = stage.texts("parcel", "ordinary")
    lines = []
    for day in stage.days(dice.between(3, 9), 0, DAYS - 1):
        goods, text = dice.pick(texts)
        lines.append(_parcel(stage, sender, receiver, goods, text, day))
    stage.decoy("parcels-ordinary", ("parcels-out",), sender, lines, "Gifts and outdoor clothing by post.")


def _parcel(stage: Stage, sender: Company, receiver: Company, goods: Product, text: str, day: int) -> Line:
    return stage.ship(
        sender,
        receiver,
        goods,
        day,
        pieces=stage.dice.between(1, 3),
        text=text,
        mode="post",
        direction="EXPORT",
        maker=False,
    )


def _large_groups(lines: Sequence[Line]) -> list[tuple[str, int, Product]]:
    """Origin, year and goods of the comparison groups that are large enough."""
    counts: dict[tuple[str, int, str], int] = {}
    for line in lines:
        if line.origin not in _OPEN_ORIGINS:
            continue
        key = (line.origin, line.date.year, line.goods.name)
        counts[key] = counts.get(key, 0) + 1
    # 12,000 rows hold few groups of that size: there the ten largest serve.
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    large = [key for key in ranked if counts[key] >= _GROUP] or ranked[:10]
    return [(origin, year, products()[name]) for origin, year, name in large]
