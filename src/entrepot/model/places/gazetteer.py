"""The places of UN/LOCODE with their names, read country by country as they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pycountry

from entrepot.model.places.bundled import lines, records
from entrepot.model.places.fold import fold, key


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `lat`, `lon` in degrees, to about a kilometre; None where UN/LOCODE gives none.

    `locode` is None for the few border crossings that UN/LOCODE does not have; country and name tell these apart.
    `functions` are UN/LOCODE's digits: 1 port, 2 rail, 3 road, 4 airport, 5 post, 6 inland depot, 7 pipeline or
    platform, B border crossing. `thousands` is the number of inhabitants of its city in thousands, 0 where unknown.
    """

    locode: str | None
    name: str
    country: str
    lat: float | None
    lon: float | None
    functions: str = ""
    subdivision: str = ""
    thousands: int = 0


_PLACES, _NAMES = "unlocode.tsv.xz", "unlocode_names.tsv.xz"

Index = dict[str, tuple[Place, ...]]
"""Folded name to the places that have it."""


@cache
def places_in(alpha2: str) -> dict[str, Place]:
    """The places of a country by UN/LOCODE."""
    found = {}
    for code, name, functions, subdivision, lat, lon, thousands in _rows(_PLACES, alpha2):
        correction = _corrections().get(code)
        point: tuple[float | None, float | None] = (float(lat), float(lon)) if lat else (None, None)
        if correction:
            name, point = correction.name or name, (correction.lat or point[0], correction.lon or point[1])
        found[code] = Place(code, name, alpha2, *point, functions, subdivision, int(thousands or 0))
    return found


@cache
def own_names(alpha2: str) -> Index:
    """Names as UN/LOCODE writes them, and their parts."""
    index: Index = {}
    for found in places_in(alpha2).values():
        for folded in _variants(found.name):
            index[folded] = (*index.get(folded, ()), found)
    return index


@cache
def other_names(alpha2: str) -> Index:
    """Names of the same cities in other languages, from GeoNames."""
    index: Index = {}
    places = places_in(alpha2)
    for code, keys in _rows(_NAMES, alpha2):
        for folded in keys.split("|"):
            index[folded] = (*index.get(folded, ()), places[code])
    return index


def named(folded: str, within: str | None) -> Iterator[tuple[Place, ...]]:
    """The places of a folded name in a country, or (None) anywhere: by names as UN/LOCODE writes them, then by those of GeoNames."""
    if within:
        yield own_names(within).get(folded, ())
        yield other_names(within).get(folded, ())
    else:
        for codes in (_own_codes, _other_codes):
            yield tuple(places_in(code[:2])[code] for code in codes().get(folded, "").split("|") if code)


def chosen(within: str | None, folded: str) -> Place | None:
    """The place that a name given by hand stands for, in a country or (None) anywhere."""
    found = _chosen().get((within, folded))
    return places_in(found[:2])[found] if isinstance(found, str) else found


@cache
def subdivisions(alpha2: str) -> dict[str, str]:
    """States and provinces of a country by folded code and name (ISO 3166-2, from pycountry)."""
    found = {}
    for subdivision in pycountry.subdivisions.get(country_code=alpha2) or ():
        code = subdivision.code.split("-", 1)[1]
        found[code.lower()] = code
        found[key(subdivision.name)] = code
    return found


@cache
def dressing() -> frozenset[str]:
    """Words that only say what kind of place it is, folded."""
    return frozenset(fold(word) for word, _, _ in records("place_words.tsv"))


@cache
def han_suffixes() -> re.Pattern[str]:
    """The Chinese and Japanese ones among them, at the end of a name."""
    words = [word for word, _, _ in records("place_words.tsv") if "\u3400" <= word[0] <= "\u9fff"]
    return re.compile(f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})+$")


@cache
def _chosen() -> dict[tuple[str | None, str], str | Place]:
    found: dict[tuple[str | None, str], str | Place] = {}
    for code, alpha2, name, lat, lon, names, _ in records("place_names.tsv"):
        target = code or Place(None, name, alpha2, float(lat), float(lon), "3B")
        for spelling in names.split("|"):
            folded = key(spelling)
            found[code[:2] or alpha2, folded] = target
            found.setdefault((None, folded), target)
    return found


@cache
def _lines(file: str) -> dict[str, list[str]]:
    """The lines of a file by country; each begins with the code of a place."""
    found: dict[str, list[str]] = {}
    for line in lines(file):
        found.setdefault(line[:2], []).append(line)
    return found


def _rows(file: str, alpha2: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(file).get(alpha2, ()))


@cache
def _own_codes() -> dict[str, str]:
    """Folded name to the codes of every country that have it, joined by `|`: no place is made before one is asked for."""
    corrections = _corrections()
    found: dict[str, str] = {}
    for of_country in _lines(_PLACES).values():
        for line in of_country:
            code, name, _ = line.split("\t", 2)
            correction = corrections.get(code)
            for folded in _variants((correction and correction.name) or name):
                found[folded] = f"{found[folded]}|{code}" if folded in found else code
    return found


@cache
def _other_codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for of_country in _lines(_NAMES).values():
        for line in of_country:
            code, keys = line.split("\t")
            for folded in keys.split("|"):
                found[folded] = f"{found[folded]}|{code}" if folded in found else code
    return found


@dataclass(frozen=True, slots=True)
class _Correction:
    name: str
    lat: float | None
    lon: float | None


@cache
def _corrections() -> dict[str, _Correction]:
    return {
        code: _Correction(name, float(lat) if lat else None, float(lon) if lon else None)
        for code, _, name, lat, lon, _, _ in records("place_names.tsv")
        if code and (name or lat)
    }


def _variants(name: str) -> set[str]:
    """The folded names in `Chennai (ex Madras)`, `Tubarao Pt / Vitoria`, `Fukue, Nagasaki`."""
    if name.isalpha() or not any(sign in name for sign in "(/=,"):
        return {key(name)}
    pieces = re.split(r"[(/)=]", name) if "," not in name else [name.split(",")[0]]
    return {key(name), *(key(piece.strip().removeprefix("ex ")) for piece in pieces if len(piece.strip()) > 2)}
