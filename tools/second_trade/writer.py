"""Cells of one row in each manner of writing, and what bad copies of files show."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .names import Firm
from .records import Row
from .world import World

NAMES = {
    "ru": "synthetic_gtd_import_rf.csv",
    "tr": "synthetic_ihracat_beyanname.csv",
    "bol": "synthetic_bill_of_lading.csv",
    "cn": "synthetic_chukou_baoguan.xlsx",
    "ca": "synthetic_central_asia_caucasus_imports.csv",
    "hub": "synthetic_hub_reexports.tsv",
}


PIECE = {
    "850440": 1.1,
    "853690": 0.02,
    "853669": 0.12,
    "853400": 0.06,
    "electronics": 0.004,
    "telecom": 0.7,
    "it": 2.5,
    "instruments": 4.0,
    "bearings": 0.4,
    "machine": 900.0,
    "aviation": 2.0,
    "auto": 2.2,
    "textile": 0.5,
    "furniture": 18.0,
    "flowers": 0.05,
    "cosmetics": 0.09,
    "pharma": 0.06,
    "toys": 0.4,
    "building": 1.4,
    "agri": 6.0,
    "food": 0.6,
    "household": 22.0,
    "sport": 3.0,
    "bank": 40.0,
    "logistics": 3200.0,
}


PORTS = {
    "RU": "St Petersburg",
    "TR": "Mersin",
    "AE": "Jebel Ali",
    "IN": "Nhava Sheva",
    "MY": "Port Klang",
    "HK": "Hong Kong",
    "GE": "Poti",
    "IR": "Bandar Abbas",
    "RS": "Bar",
    "CN": "Shenzhen",
    "DE": "Hamburg",
    "IT": "Genova",
    "KR": "Busan",
    "JP": "Osaka",
    "TW": "Kaohsiung",
    "US": "Newark",
    "NL": "Rotterdam",
    "PL": "Gdansk",
    "FI": "Kotka",
    "KZ": "Aktau",
    "BY": "Klaipeda",
    "AM": "Poti",
    "UZ": "Bandar Abbas",
    "KG": "Qingdao",
    "CZ": "Hamburg",
}


POSTS = (
    "10129060 МОСКОВСКИЙ ОБЛАСТНОЙ",
    "10216170 БАЛТИЙСКИЙ",
    "10702070 ВЛАДИВОСТОКСКИЙ",
    "10317120 НОВОРОССИЙСКИЙ",
    "10005030 ШЕРЕМЕТЬЕВО",
)


VAGUE = ("SPARE PARTS AS PER INVOICE", "GENERAL CARGO", "CONSOLIDATED CARGO STC PARTS")


class Writer:
    """Cells of one row in each vendor's manner; `noise` adds what bad copies of such files show."""

    def __init__(self, world: World, noise: bool) -> None:
        self.world, self.noise, self.rng = world, noise, np.random.default_rng([int(world.rng.integers(1 << 30)), 7])
        self.whole = {id(r) for c in world.cases if c.pattern.startswith(("unit", "pays", "many")) for r in c.rows}
        self.heading = [g.hs22 for g in world.goods.values()]

    def chance(self, p: float) -> bool:
        """True with this probability."""
        return bool(self.rng.random() < p)

    def who(self, firm: Firm, style: str, fixed: str = "") -> str:
        """A firm's name in the file's style, sometimes misspelt under noise."""
        text = fixed or firm.name(style, self.rng)
        if self.noise and self.chance(0.15) and len(text) > 8:
            i = int(self.rng.integers(2, len(text) - 2))
            text = text[:i] + (text[i + 1 :] if self.chance(0.5) else text[i] + text[i:])
        firm.written.add(text)
        return text

    def hs(self, row: Row, digits: int) -> str:
        """The declared code with national digits; one in twenty wrong under noise."""
        code = row.hs
        if self.noise and self.chance(0.05):
            code = self.heading[int(self.rng.integers(len(self.heading)))]
        return code + "0000000000"[: digits - 6] if len(code) < digits else code

    def maybe(self, text: str, missing: float) -> str:
        """The cell, or nothing."""
        return "" if self.chance(missing) else text

    def kg(self, row: Row, value: float | None, number: Callable[[float], str], missing: float = 0.015) -> str:
        """A weight, missing now and then, and often under noise."""
        if value is None or (id(row) not in self.whole and self.chance(missing)) or (self.noise and self.chance(0.15)):
            return ""
        return number(round(value, 6 if value < 1 else 3))

    def pieces(self, row: Row) -> int:
        """Number of pieces that this weight means."""
        return max(1, round((row.kg or 1.0) / PIECE.get(row.good.hs22, PIECE.get(row.good.trade, 1.0))))

    def text(self, row: Row, lang: str) -> str:
        """The goods as a declarant of that language writes them."""
        if row.text:
            return row.text
        base = row.good.text[lang].format(m=row.model, b=row.brand).strip()
        brand = "" if row.brand == "-" else row.brand
        if lang == "ru":
            tail = f"; ИЗГОТОВИТЕЛЬ: {brand or 'НЕ УСТАНОВЛЕН'}; ТОВАРНЫЙ ЗНАК: {brand or 'ОТСУТСТВУЕТ'}"
            return (
                base[0].upper()
                + base[1:]
                + (tail if self.chance(0.6) else "")
                + (f"; КОЛ-ВО: {self.pieces(row)} ШТ" if self.chance(0.4) else "")
            ).upper()
        if lang == "tr":
            return (base + (f" {brand}" if self.chance(0.4) else "")).replace("i", "İ").upper()
        if lang == "zh":
            return f"{base}|{row.model}" + (f"|{brand}牌" if brand else "|无品牌")
        return base + (f" {brand} brand" if brand and self.chance(0.3) else "")


def comma(value: float) -> str:
    """1234.5 as 1234,5."""
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def turkish(value: float) -> str:
    """1234.5 as 1.234,500."""
    return f"{value:,.3f}".translate(str.maketrans(",.", ".,"))


def plain(value: float) -> str:
    """1234.5 as itself."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


Table = tuple[list[list[str]], list[str], Callable[[Row], list[str]]]
