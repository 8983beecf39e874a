"""Fictional companies: who they are, where they sit, and the identifiers they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import Levenshtein

from entrepot.demo.dice import Dice
from entrepot.demo.vocabulary import Business, Country, businesses, countries, table


@dataclass(frozen=True, slots=True)
class Company:
    """One fictional company, or a fictional person where `person` is set.

    `key` is the identity that the answer key speaks of; nothing in the shipment file shows it. `stem` is the coined
    part of the name in Latin and in native letters. `address` is without the telephone number.
    """

    key: str
    country: str
    stem: tuple[str, str]
    business: str
    form: str
    city: tuple[str, str]
    address: tuple[str, str]
    phone: str
    tax_id: str
    sectors: tuple[str, ...]
    size: float
    habit: float
    """Between 0 and 1: which spelling of its own name this company mostly uses."""
    person: bool = False

    @property
    def trade(self) -> Business:
        return businesses()[self.business]

    @property
    def home(self) -> Country:
        return countries()[self.country]


class Registry:
    """Makes companies whose coined names keep their distance from one another.

    Args:
        dice: where the draws come from.
    """

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._stems: dict[str, str] = {}
        self._guarded: list[str] = []
        self._phones: set[str] = set()
        self.companies: list[Company] = []

    def company(
        self,
        country: str,
        sectors: tuple[str, ...],
        *,
        business: str | None = None,
        stem: tuple[str, str] | None = None,
        address: tuple[str, str] | None = None,
        city: tuple[str, str] | None = None,
        phone: str | None = None,
        tax_id: str | None = None,
        size: float = 1.0,
        guard: bool = False,
    ) -> Company:
        """A new company; what is not given is drawn. `guard` keeps later names at least three letters away."""
        dice = self._dice
        home = countries()[country]
        place = city or dice.pick(home.cities)
        if stem and home.family != "slavic":
            stem = (stem[0], stem[0])
        made = Company(
            key=f"P{len(self.companies) + 1:05d}",
            country=country,
            stem=stem or self._stem(home.family, guard),
            business=business or self._business(sectors),
            form=dice.pick(sorted(forms(country))),
            city=place,
            address=address or self._address(home, place),
            phone=phone or self._phone(home),
            tax_id=tax_id if tax_id is not None else tax_number(home.tax, dice),
            sectors=sectors,
            size=size,
            habit=dice.unit(),
        )
        self.companies.append(made)
        return made

    def person(self, country: str) -> Company:
        """A fictional private person who sends or receives parcels: a coined surname and an initial."""
        latin, native = self._stem(countries()[country].family, False)
        initial, own = self._dice.pick((("A", "А"), ("D", "Д"), ("M", "М"), ("S", "С"), ("T", "Т")))
        if countries()[country].family != "slavic":
            own = initial
        made = replace(
            self.company(country, (), business="trading", stem=(f"{latin} {initial}.", f"{native} {own}."), tax_id=""),
            form="person",
            person=True,
        )
        self.companies[-1] = made
        return made

    def _stem(self, family: str, guard: bool) -> tuple[str, str]:
        for attempt in range(3000):
            latin, native = coin(family, self._dice)
            if latin in self._stems:
                continue
            near = self._stems if guard else self._guarded
            # Three letters apart where names of the family are left; two where it has grown crowded.
            limit = 2 if attempt < 300 else 1
            if any(Levenshtein.distance(latin, other, score_cutoff=limit) <= limit for other in near):
                continue
            self._stems[latin] = native
            if guard:
                self._guarded.append(latin)
            return latin, native
        raise RuntimeError(f"no free coined names left in family {family}: add syllables to words/syllables.tsv")

    def _business(self, sectors: tuple[str, ...]) -> str:
        dice = self._dice
        if len(sectors) != 1 or dice.chance(0.2):
            return dice.pick(("trading", "general"))
        fitting = [b.name for b in businesses().values() if b.kind == "trade" and sectors and b.fits(sectors[0])]
        return dice.pick(fitting) if fitting else "trading"

    def _address(self, home: Country, city: tuple[str, str]) -> tuple[str, str]:
        dice = self._dice
        latin, native = dice.pick(streets()[home.family])
        number, office = dice.between(1, 240), dice.between(1, 480)
        if home.family == "slavic":
            return f"{city[0]}, {latin}, {number}, OF. {office}", f"{city[1]}, {native}, Д. {number}, ОФ. {office}"
        if home.family == "turkic":
            return (f"{latin} NO: {number}/{office} {city[0]}",) * 2
        if home.family == "han":
            return f"ROOM {office}, NO. {number} {latin}, {city[0]}", f"{city[1]}{native}{number}号{office}室"
        return (f"{number} {latin}, UNIT {office}, {city[0]}",) * 2

    def _phone(self, home: Country) -> str:
        while True:
            dice = self._dice
            phone = f"{home.phone} {dice.between(200, 999)} {dice.between(10, 99)} {dice.between(10, 99)}"
            if phone not in self._phones:
                self._phones.add(phone)
                return phone


@cache
def streets() -> Mapping[str, list[tuple[str, str]]]:
    """Coined streets by name family; pinyin families share the Latin ones of `han`."""
    result: dict[str, list[tuple[str, str]]] = {}
    for row in table("streets"):
        result.setdefault(row["family"], []).append((row["latin"], row["native"]))
    result["pinyin"] = [(latin, latin) for latin, _ in result["han"]]
    return result


@cache
def forms(country: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Legal forms of a country: kind to (English variants, native variants, before or after the name)."""
    return {
        row["kind"]: (
            tuple(row["en"].split(";")),
            tuple(v for v in row["native"].split(";") if v),
            row["place"],
        )
        for row in table("forms")
        if row["country"] == country
    }


@cache
def _syllables() -> Mapping[tuple[str, str], list[tuple[str, str]]]:
    result: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in table("syllables"):
        result.setdefault((row["family"], row["place"]), []).append((row["latin"], row["native"]))
    return result


def coin(family: str, dice: Dice) -> tuple[str, str]:
    """A coined name in Latin and native letters; three or four syllables, or three Chinese characters."""
    if family in ("han", "pinyin"):
        drawn = dice.sample(_syllables()[("han", "0")], 3)
    else:
        places = "123" if dice.chance(0.4) else "1223"
        drawn = [dice.pick(_syllables()[(family, place)]) for place in places]
    latin = "".join(part[0] for part in drawn)
    return latin, latin if family == "pinyin" else "".join(part[1] for part in drawn)


def tax_number(kind: str, dice: Dice) -> str:
    """A number in the form that the country's tax office uses; empty where records carry none.

    Where a part of the number names an office or district, one that is not in use is taken, so that the number is
    nobody's: Russian INN of office 9800, Chinese codes of district 990000. Check digits are right.
    """
    digits = [dice.between(0, 9) for _ in range(15)]
    if kind == "inn":
        body = [9, 8, 0, 0, *digits[:5]]
        check = sum(w * d for w, d in zip((2, 4, 10, 3, 5, 9, 4, 6, 8), body, strict=True)) % 11 % 10
        return "".join(map(str, [*body, check]))
    if kind == "uscc":
        body_text = "91990000" + "".join(map(str, digits[:9]))
        alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        total = sum(pow(3, at, 31) * alphabet.index(c) for at, c in enumerate(body_text))
        return body_text + alphabet[(31 - total % 31) % 31]
    if kind == "vkn":
        body = [dice.between(1, 9), *digits[:8]]
        total = 0
        for at, digit in enumerate(body):
            v = (digit + 9 - at) % 10
            total += 9 if v == 9 else v * 2 ** (9 - at) % 9
        return "".join(map(str, [*body, (10 - total % 10) % 10]))
    lengths = {"bin": 12, "kg": 14, "uz": 9, "am": 8, "ge": 9, "trn": 15}
    if kind not in lengths:
        return ""
    prefix = {"bin": "000940", "trn": "100"}.get(kind, str(dice.between(1, 9)))
    return (prefix + "".join(map(str, digits)))[: lengths[kind]]
