"""How a company's name is written: spellings it uses itself, and the ways others misspell it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from entrepot.demo.companies import Company, forms
from entrepot.demo.dice import Dice
from entrepot.demo.vocabulary import countries, table


def english(company: Company, form: int = 0) -> str:
    """The name as foreign papers write it, in capital Latin letters. `form` picks the spelling of the legal form."""
    if company.person:
        return company.stem[0]
    stem = ascii_turkish(company.stem[0])
    word = company.trade.words["en"]
    variants = forms(company.country)[company.form][0]
    chosen = variants[form % len(variants)]
    if company.country == "CN":
        return f"{company.city[0]} {stem} {word} {chosen}"
    return f"{stem} {word} {chosen}"


def national(company: Company, form: int = 0) -> str:
    """The name as its own country's records write it, in native letters where there are any."""
    variants = forms(company.country).get(company.form, ((), (), ""))[1]
    if company.person:
        return company.stem[1]
    if not variants:
        return english(company, form)
    chosen = variants[form % len(variants)]
    language = {"CN": "zh", "TR": "tr"}.get(company.country, "ru")
    word = company.trade.words[language]
    if company.country == "CN":
        return f"{company.city[1]}{company.stem[1]}{word}{chosen}"
    if company.country == "TR":
        return f"{company.stem[1]} {word} {chosen}"
    return f'{chosen} "{company.stem[1]} {word}"'


def romanised(company: Company, form: int = 0) -> str:
    """The national name letter by letter in Latin; the English name where it is Latin already."""
    if company.home.family != "slavic" or company.person:
        return english(company, form)
    variants = forms(company.country)[company.form][0]
    chosen = variants[(form + 1) % len(variants)]
    return f"{company.stem[0]} {romanise(company.trade.words['ru'])} {chosen}"


def as_written(company: Company, record_country: str, dice: Dice) -> str:
    """The name in one row of a record lodged in `record_country`: mostly the company's habit, sometimes another."""
    usual = dice.chance(0.85)
    form = int(company.habit * 3) if usual else dice.between(0, 3)
    if company.country == record_country:
        if company.country == "CN":
            return national(company, form) if company.habit < 0.4 else english(company, form)
        return national(company, form)
    if company.home.family == "slavic":
        literal = company.habit < 0.5 if usual else dice.chance(0.5)
        return romanised(company, form) if literal else english(company, form)
    return english(company, form)


def respell(name: str, dice: Dice) -> str:
    """The name with one slip of the kind that clerks make; at least one character differs."""
    for _ in range(20):
        other = dice.pick((_swap, _drop, _double, _other_romanisation, _lookalike, _squeeze))(name, dice)
        if other != name:
            return other
    return name + "."


def romanise(text: str, dice: Dice | None = None) -> str:
    """Capital Cyrillic in Latin letters; with dice, each letter may take a spelling that is less usual."""
    out = []
    for letter in text:
        latin, other = _letters().get(letter, (letter, ""))
        out.append(other if other and dice is not None and dice.chance(0.5) else latin)
    return "".join(out)


def ascii_turkish(text: str) -> str:
    """Turkish capitals without their marks."""
    return text.translate(str.maketrans("ÇĞİÖŞÜ", "CGIOSU"))


def native_country(company: Company) -> bool:
    """Whether the company's own records use letters other than plain Latin ones."""
    return countries()[company.country].family in ("slavic", "turkic", "han")


@cache
def _letters() -> Mapping[str, tuple[str, str]]:
    return {row["cyrillic"]: (row["latin"], row["other"]) for row in table("translit")}


@cache
def _lookalikes() -> Mapping[str, str]:
    pairs = {row["latin"]: row["cyrillic"] for row in table("lookalikes")}
    return pairs | {cyrillic: latin for latin, cyrillic in pairs.items()}


def _inner(name: str, dice: Dice) -> int:
    """A position inside the longest word, not its first letter."""
    words = name.replace('"', " ").split()
    longest = max(words, key=len)
    return name.index(longest) + dice.between(1, max(1, len(longest) - 2))


def _swap(name: str, dice: Dice) -> str:
    at = _inner(name, dice)
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


def _drop(name: str, dice: Dice) -> str:
    at = _inner(name, dice)
    return name[:at] + name[at + 1 :]


def _double(name: str, dice: Dice) -> str:
    at = _inner(name, dice)
    return name[:at] + name[at] + name[at:]


def _other_romanisation(name: str, dice: Dice) -> str:
    pairs = [(latin, other) for latin, other in _letters().values() if other and latin in name]
    if not pairs:
        return name
    latin, other = dice.pick(pairs)
    return name.replace(latin, other, 1)


def _lookalike(name: str, dice: Dice) -> str:
    places = [at for at, letter in enumerate(name) if letter in _lookalikes()]
    if not places:
        return name
    at = dice.pick(places)
    return name[:at] + _lookalikes()[name[at]] + name[at + 1 :]


def _squeeze(name: str, dice: Dice) -> str:
    words = name.split(" ")
    if len(words) < 3:
        return name
    at = dice.between(0, len(words) - 2)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])
