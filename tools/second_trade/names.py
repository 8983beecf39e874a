"""Fictional firms: name grammars per country, and every way in which one firm is written."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import numpy as np

CYR = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True))
CYR |= {
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ь": "",
    "ъ": "",
}
CYR_ALT = CYR | {"х": "h", "ц": "c", "ю": "iu", "я": "ia", "й": "j", "щ": "sch", "ж": "j", "ы": "i"}
LAT = {
    "sh": "ш",
    "ch": "ч",
    "zh": "ж",
    "kh": "х",
    "ya": "я",
    "yu": "ю",
    "ts": "ц",
    "gh": "г",
    "th": "т",
    "ph": "ф",
    "ee": "и",
    "oo": "у",
}
LAT |= dict(zip("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстуввкиз", strict=True))
TURKISH = str.maketrans(
    "çğıöşüÇĞİÖŞÜäßéčšžćđåøęłńśźżóñáíýůúěřňťďŚÁÍÝÄŁŻ", "cgiosuCGIOSUasecszcdaoelnszzonaiyuuerntdSAIYALZ"
)

with (Path(__file__).parent / "names.toml").open("rb") as _handle:
    _WORDS = tomllib.load(_handle)
TRADES: dict[str, list[str]] = _WORDS["trades"]  # English, Russian, Turkish, Chinese, English of the Chinese
COUNTRY: dict[str, list[str]] = _WORDS["country"]  # English, Russian, Turkish, Chinese
FORMS: dict[str, list[list[str]]] = _WORDS["forms"]  # full, short, Latin
CITIES: dict[str, tuple[str, str]] = {c: (t, _WORDS["streets"][c]) for c, t in _WORDS["cities"].items()}
WORDS: dict[str, tuple[list[str], list[str]]] = {
    c: (t.split(), _WORDS["second"][c].split()) for c, t in _WORDS["first"].items()
}
HAN, HAN_PLACE = _WORDS["han"]["signs"].split(), _WORDS["han"]["places"].split()
DIAL: dict[str, str] = _WORDS["dial"]
ARABIC = {
    "a": "ا",
    "b": "ب",
    "d": "د",
    "f": "ف",
    "h": "ه",
    "i": "ي",
    "j": "ج",
    "k": "ك",
    "l": "ل",
    "m": "م",
    "n": "ن",
    "o": "و",
    "q": "ق",
    "r": "ر",
    "s": "س",
    "t": "ت",
    "u": "و",
    "w": "و",
    "y": "ي",
    "z": "ز",
    "g": "ك",
    "p": "پ",
    "v": "و",
    "e": "",
    "'": "",
}

CYRILLIC = {"RU", "BY", "KZ", "KG", "AM"}


def to_latin(text: str, table: dict[str, str] = CYR) -> str:
    """Romanise Cyrillic; other signs stay."""
    return "".join(table.get(c.lower(), c).upper() if c.isupper() else table.get(c, c) for c in text)


def to_cyrillic(text: str) -> str:
    """Spell a Latin name with Cyrillic letters, as a declarant would by ear."""
    out, low, i = "", text.translate(TURKISH).lower(), 0
    while i < len(low):
        two = low[i : i + 2]
        step = 2 if two in LAT else 1
        out += LAT.get(low[i : i + step], low[i : i + step])
        i += step
    return out.upper()


@dataclasses.dataclass(eq=False)
class Firm:
    """One fictional company with its contacts and every spelling; `written` collects those that reach a file."""

    country: str
    trade: str
    core: str
    spell: dict[str, list[str]]
    city: str
    street: str
    house: str
    phone: str
    tax: str
    written: set[str] = dataclasses.field(default_factory=set)

    def name(self, style: str, rng: np.random.Generator) -> str:
        """One spelling in the style of a file: ru, tr, zh or en; mostly its first, sometimes another."""
        options = self.spell.get(style) or self.spell["en"]
        text = options[0] if rng.random() < 0.8 else options[int(rng.integers(len(options)))]
        self.written.add(text)
        return text

    def address(self, style: str, *, phone: bool = True) -> str:
        """Postal address with telephone, in Cyrillic where the style and the country have it."""
        side = 1 if style == "ru" and "/" in self.city else 0
        city, street = self.city.split("/")[side], self.street.split("/")[side if "/" in self.street else 0]
        land = COUNTRY[self.country][{"ru": 1, "tr": 2}.get(style, 0)]
        if style == "ru":
            return f"{land}, Г. {city.upper()}, УЛ. {street.upper()}, Д. {self.house}" + (
                f", ТЕЛ. {self.phone}" if phone else ""
            )
        text = f"{street} No:{self.house}, {city}/{land}" if style == "tr" else f"{self.house} {street}, {city}, {land}"
        return text + ((" TEL " if style == "tr" else ", Tel: ") + self.phone if phone else "")


def spellings(country: str, trade: str, core: str, han: str, form: list[str]) -> dict[str, list[str]]:
    """Every way in which files write a firm: per style, the usual one first."""
    en, ru, tr, zh, zh_en = TRADES[trade]
    if country in ("CN", "HK"):
        place_han, place = ("香港", "Hong Kong") if country == "HK" else (core.split(" ")[0], core.split(" ")[1])
        brand = core.split(" ")[-1]
        tail = "有限公司"
        latin = [
            f"{place} {brand} {zh_en} Co., Ltd.".upper(),
            f"{place} {brand} {zh_en} CO LTD".upper(),
            f"{brand} {zh_en} Co., Limited".upper(),
        ]
        return {
            "zh": [
                f"{place_han}{han}{zh}{tail}",
                f"{place_han}市{han}{zh}{tail}" if country == "CN" else f"{han}{zh}({place_han}){tail}",
            ],
            "en": latin,
        }
    if country in CYRILLIC:
        cyr = core + ("" if trade == "general" else f" {ru}")
        low = to_latin(cyr)
        alt = to_latin(cyr, CYR_ALT)
        spell = {
            "ru": [
                f'{form[1]} "{cyr.upper()}"',
                f'{form[0]} "{cyr.upper()}"',
                f'"{cyr.upper()}" {form[1]}',
                f"{form[1]} {cyr.upper()}",
            ],
            "en": [f"{form[2]} {low}".upper(), f"{low} {form[2]}".upper(), f'{form[2]} "{alt}"'.upper()],
        }
        if trade in ("bank", "post", "logistics", "restaurant"):
            spell["en"].append(f"{to_latin(core)} {en}".upper())
        return spell
    local = tr if country == "TR" else en
    base = f"{core} {local}" if local not in core else core
    if country == "AE":
        base = f"Al {base}"
    plain = base.translate(TURKISH)
    spell = {
        "en": [f"{plain} {form[2]}".upper(), f"{plain} {form[1].translate(TURKISH)}".upper(), plain.upper()],
        "ru": [f"{plain} {form[2]}".upper()],
    }
    if country == "TR":
        upper = base.replace("i", "İ").replace("ı", "I").upper()
        full = form[0].replace("i", "İ").replace("ı", "I").upper()
        spell["tr"] = [f"{upper} {full}", f"{upper} {form[1].replace('i', 'İ').upper()}", f"{upper}"]
        spell["en"] = [
            f"{plain} {form[0].translate(TURKISH)}".upper(),
            f"{plain} {form[2]}".upper(),
            f"{core.translate(TURKISH)} {en} {form[2]}".upper(),
        ]
    if country in ("TR", "UZ", "GE", "RS", "IN", "AE"):
        spell["ru"].append(f"{to_cyrillic(base)} {form[1].upper()}")
    if country in ("AE", "IR"):
        arabic = " ".join("".join(ARABIC.get(c, c) for c in w.lower()) for w in core.split())
        spell["native"] = [("شركة " if country == "AE" else "شرکت ") + arabic]
    return spell


class Registry:
    """Makes firms whose cores do not repeat, unless a namesake is asked for."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.firms: list[Firm] = []
        self.cores: set[str] = set()

    def pick(self, items: list[str]) -> str:
        """One item, evenly."""
        return items[int(self.rng.integers(len(items)))]

    def core(self, country: str) -> tuple[str, str]:
        """A fresh core name and, for Chinese firms, its Han brand."""
        for attempt in range(400):
            han = ""
            if country in ("CN", "HK"):
                signs = [self.pick(HAN) for _ in range(2 + int(self.rng.random() < 0.55))]
                han = "".join(s[0] for s in signs)
                place = self.pick(HAN_PLACE)
                text = f"{place[:2]} {place[2:]} {''.join(s[1:] for s in signs).title()}"
            else:
                first, second = WORDS[country]
                a, b, kind = self.pick(first), self.pick(second), self.rng.random()
                if country in CYRILLIC and kind < 0.45:
                    text = a + b.lower()
                else:
                    text = f"{a}-{b}" if kind < 0.6 else f"{a} {b}"
                if attempt > 12 or self.rng.random() < 0.18:
                    text += f" {self.pick(first)}" if self.rng.random() < 0.7 else f" {int(self.rng.integers(2, 99))}"
            key = han or "".join(c for c in text.lower() if c.isalnum())
            if key not in self.cores:
                self.cores.add(key)
                return text, han
        raise ValueError(f"no free name is left for {country}: add words to its grammar")

    def firm(self, country: str, trade: str, core: tuple[str, str] | None = None) -> Firm:
        """A new firm; `core` makes a namesake."""
        name, han = core or self.core(country)
        forms = FORMS.get(country, [["Limited", "Ltd.", "LTD"]])
        form = forms[int(self.rng.integers(len(forms)))]
        cities, streets = CITIES[country]
        city = name.split(" ")[1] if country == "CN" else self.pick(cities.split(","))
        digits = "".join(str(d) for d in self.rng.integers(0, 10, 9))
        firm = Firm(
            country,
            trade,
            name,
            spellings(country, trade, name, han, form),
            city,
            self.pick(streets.split(",")),
            f"{int(self.rng.integers(1, 190))}"
            + (f"-{int(self.rng.integers(1, 700))}" if self.rng.random() < 0.6 else ""),
            f"+{DIAL[country]} {digits[:3]} {digits[3:5]} {digits[5:7]} {digits[7:]}",
            "".join(str(d) for d in self.rng.integers(1, 10, 10)),
        )
        self.firms.append(firm)
        return firm
