"""Reads the words, goods, countries and lanes from which synthetic trade is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Product:
    """One kind of goods. `tier` is its tier on the Common High Priority List, or empty."""

    name: str
    hs2017: str
    hs2022: str
    tier: str
    sector: str
    unit: str
    piece_kg: float
    usd_per_kg: float
    sigma: float
    share: float
    season: str
    origins: tuple[str, ...]
    texts: Mapping[str, tuple[str, ...]]

    def hs(self, year: int) -> str:
        """The HS6 code in force in that year (HS 2022 from 1 January 2022)."""
        return self.hs2022 if year >= 2022 else self.hs2017


@dataclass(frozen=True, slots=True)
class Country:
    """A country, how its companies are named and who lodges the records of its trade."""

    code: str
    name: str
    role: str
    coalition: bool
    reports: str
    family: str
    language: str
    tax: str
    cities: tuple[tuple[str, str], ...]
    port: str
    phone: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Ordinary trade from one country to another."""

    origin: str
    destination: str
    share: float
    modes: tuple[tuple[str, float], ...]
    transit: tuple[str, ...]
    stops: str
    """First month without trade, `YYYY-MM`, or empty."""


@dataclass(frozen=True, slots=True)
class Business:
    """A word for what a company does, in four languages, with the sectors whose goods fit it."""

    name: str
    sectors: tuple[str, ...]
    kind: str
    words: Mapping[str, str]

    def fits(self, sector: str) -> bool:
        return "*" in self.sectors or sector in self.sectors


def table(name: str) -> list[dict[str, str]]:
    """The rows of `words/{name}.tsv`; lines that start with `#` are notes on the source."""
    text = (files("entrepot.demo") / "words" / f"{name}.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [dict(zip(lines[0], cells, strict=True)) for cells in lines[1:]]


@cache
def products() -> Mapping[str, Product]:
    """All goods by name."""
    return {
        row["product"]: Product(
            row["product"],
            row["hs2017"],
            row["hs2022"],
            row["tier"],
            row["sector"],
            row["unit"],
            float(row["piece_kg"]),
            float(row["usd_per_kg"]),
            float(row["sigma"]),
            float(row["share"]),
            row["season"],
            tuple(row["origins"].split()),
            {language: tuple(row[language].split("|")) for language in ("en", "ru", "tr", "zh")},
        )
        for row in table("products")
    }


@cache
def countries() -> Mapping[str, Country]:
    """All countries by ISO code."""
    result = {}
    for row in table("countries"):
        cities = []
        for city in row["cities"].split(";"):
            latin, _, native = city.partition("/")
            cities.append((latin, native or latin))
        result[row["country"]] = Country(
            row["country"],
            row["name"],
            row["role"],
            row["coalition"] == "1",
            row["reports"],
            row["names"],
            row["language"],
            row["tax"],
            tuple(cities),
            row["port"],
            row["phone"],
        )
    return result


@cache
def lanes() -> tuple[Lane, ...]:
    """All lanes of ordinary trade."""
    return tuple(
        Lane(
            row["from"],
            row["to"],
            float(row["share"]),
            tuple((mode.split(":")[0], float(mode.split(":")[1])) for mode in row["modes"].split()),
            tuple(row["transit"].split(";")) if row["transit"] else (),
            row["stops"],
        )
        for row in table("lanes")
    )


@cache
def businesses() -> Mapping[str, Business]:
    """All business words by name."""
    return {
        row["business"]: Business(
            row["business"],
            tuple(row["sectors"].split()),
            row["kind"],
            {language: row[language] for language in ("en", "ru", "tr", "zh")},
        )
        for row in table("business")
    }
