"""Listed parties under other spellings, parties listed later, and namesakes."""

from __future__ import annotations

from entrepot.demo import names
from entrepot.demo.companies import Company, forms
from entrepot.demo.dice import Dice
from entrepot.demo.records import DAYS, EVENT_DAY
from entrepot.demo.stage import HUBS, Stage
from entrepot.demo.vocabulary import countries, products


def plant(stage: Stage) -> None:
    for _ in stage.times(14):
        listed_respelled(stage)
    for _ in stage.times(8):
        listed_later(stage)
    for _ in stage.times(10):
        namesake(stage)


def listed_respelled(stage: Stage) -> None:
    """Listed first; ships afterwards under a spelling that the list does not have."""
    dice = stage.dice
    wares = stage.controlled() if dice.chance(0.6) else stage.free()
    as_shipper = dice.chance(0.3)
    if as_shipper:
        party = stage.new(dice.pick(("CN", "CN", "HK", "TR")), wares.sector, guard=True)
        other = stage.new(dice.pick(("RU", "KZ", "TR") if party.country != "TR" else ("RU", "KZ")), wares.sector)
    else:
        party = stage.new(dice.pick(("RU", "RU", "KZ", "TR", "AE", "AM")), wares.sector, guard=True)
        other = stage.supplier(stage.origin(wares), wares)
    way, spelling = another_spelling(party, dice)
    listed = dice.between(120, DAYS - 500)
    stage.list_company(party, listed, with_tax_id=dice.chance(0.4))
    days = stage.days(dice.between(3, 12), listed + 20, listed + dice.between(150, 480))
    if as_shipper:
        lines = [stage.ship(party, other, wares, day, shipper_as=spelling, with_tax_id=True) for day in days]
    else:
        lines = [stage.ship(other, party, wares, day, consignee_as=spelling, with_tax_id=False) for day in days]
    stage.plant("listed-respelled", party, lines, way, spelling=spelling, role="shipper" if as_shipper else "consignee")


def another_spelling(party: Company, dice: Dice) -> tuple[str, str]:
    """How the name is changed, and the changed name; never exactly as on the list."""
    family = countries()[party.country].family
    ways = ["legal-form", "typo", "typo", "token-order"]
    if family in ("slavic", "turkic", "han"):
        ways += ["other-script", "other-script"]
    if family == "slavic":
        ways += ["other-romanisation", "other-romanisation"]
    way = dice.pick(ways)
    english = names.english(party)
    if way == "other-script":
        changed = names.national(party, dice.between(0, 3))
        return way, names.respell(changed, dice) if dice.chance(0.3) and family != "han" else changed
    if way == "other-romanisation":
        own = forms(party.country)[party.form][0]
        literal = own[1 % len(own)]
        return way, f"{names.romanise(party.stem[1], dice)} {names.romanise(party.trade.words['ru'], dice)} {literal}"
    if way == "legal-form":
        return way, " ".join(english.split()[:-1])
    if way == "token-order":
        words = english.split()
        return way, " ".join([*words[1:-1], words[0], words[-1]])
    return way, names.respell(english, dice)


def listed_later(stage: Stage) -> None:
    """Ships for a year or two, then is listed; nothing afterwards."""
    dice = stage.dice
    wares = stage.controlled() if dice.chance(0.7) else stage.free()
    party = stage.new(dice.pick(("RU", *HUBS)), wares.sector, guard=True)
    supplier = stage.supplier(stage.origin(wares), wares)
    listed = stage.after_event(200, 900)
    days = [*stage.days(dice.between(6, 20), 60, listed - 15), *stage.days(2, 0, EVENT_DAY - 60)]
    lines = [stage.ship(supplier, party, wares, day) for day in days]
    day = stage.list_company(party, listed, with_tax_id=dice.chance(0.5))
    stage.plant("listed-later", party, lines, listed=day.isoformat())


def namesake(stage: Stage) -> None:
    """Shares its words with a listed party, and is another company: other tax number, other country."""
    dice = stage.dice
    wares = stage.free() if dice.chance(0.5) else stage.controlled()
    listed = stage.new(dice.pick(("RU", "KZ", "TR")), wares.sector, guard=True)
    stage.list_company(listed, dice.between(100, DAYS - 600))
    source = stage.supplier(stage.origin(wares), wares)
    country = dice.pick([c for c in ("TR", "KZ", "RU", "UZ", "KG", "AM") if c != listed.country])
    distinct = dice.chance(0.5)
    business = dice.pick([b for b in ("automotive", "food", "construction", "medical") if b != listed.business])
    other = stage.registry.company(
        country,
        (wares.sector,) if not distinct else ("automotive",),
        business=business if distinct else listed.business,
        stem=listed.stem,
    )
    sold = wares if not distinct else next(g for g in products().values() if other.trade.fits(g.sector))
    days = [*stage.days(dice.between(6, 18), 0, DAYS - 1), *stage.days(2, 0, EVENT_DAY - 60)]
    lines = [stage.ship(source, other, sold, day, with_tax_id=True) for day in days]
    why = (
        "The coined word is the same; the tax number, the country"
        + (" and the trade" if distinct else "")
        + " are not."
    )
    stage.decoy("namesake", ("listed-respelled", "listed-later"), other, lines, why, related=(listed,))
