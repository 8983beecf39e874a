"""Recognises ports, stations, airports, border crossings and cities as UN/LOCODE places."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from entrepot.model.places.countries import countries
from entrepot.model.places.countries import country as country_of
from entrepot.model.places.fold import key, words
from entrepot.model.places.gazetteer import (
    Place,
    chosen,
    dressing,
    han_suffixes,
    named,
    places_in,
    subdivisions,
)

EARTH_KM = 6371.0
"""Mean radius of the Earth (IUGG: 6,371.009 km)."""

_SAME_KM = 75.0
"""Two codes of one name in one country within this distance are one place to a customs declaration: the town, its port,
its airport (Kansai, Incheon and Domodedovo lie 40 to 60 km from their cities)."""

_DOMINANCE = 10
"""A name that several places have means the one with ten times the inhabitants of the next, or none."""

_KNOWN_THOUSANDS = 50
"""A name that was found only after words were dropped, without a country, must belong to a city of this size: `Port
Qasim` is not the village of Qasim."""

_CODE = re.compile(r"([A-Z]{2})[ -]?([A-Z2-9]{3})[0-9]?")
_CODE_INSIDE = re.compile(r"(?:[(\[]|^)\s*([A-Z]{2} ?[A-Z2-9]{3})\d?\s*(?:[)\]]|\s+[-–:]\s|$)")
_SPLIT = re.compile(r"\s*[,;/()\[\]]\s*|\s+[-–—]\s+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_STATE_NATIONS = ("US", "CA")
"""Countries whose states stand after a place without the country: `Houston, TX`."""

_US_TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "UM", "VI"})
"""Places that US files write as states (`PONCE, PR`) and ISO 3166-1 as countries."""


@lru_cache(maxsize=65536)
def place(text: str, country: str | None = None) -> Place | None:
    """The place that `text` names, or None where no place or more than one would do.

    Understands UN/LOCODE (`RUVVO`, `IN NSA`, Indian `INNSA1`), names in Latin, Cyrillic, Chinese and other scripts,
    a country or state after it (`Houston, TX`; `Владивосток, Россия`), and words that customs add (`CHENNAI AIR
    CARGO`, `порт Восточный`, `上海港`). Exact after folding.

    Args:
        text: one cell.
        country: ISO 3166-1 alpha-2 of the country in which the place lies, where that is known: only its places count.
            Without it a name counts where one country has it, or where one bearer is far larger than the others.
    """
    text = text.strip()
    if len(text) < 2:
        return None
    within = country.upper() if country else None
    return _named(text, within) or _coded(text, within) or _in_pieces(text, within) or _undressed(text, within)


def places_of(texts: Iterable[str], country: str | None = None) -> dict[str, Place | None]:
    """Each distinct text with its place or None, for columns: callers count what is None."""
    return {text: place(text, country) for text in dict.fromkeys(texts)}


def locode(code: str) -> Place | None:
    """The place with this UN/LOCODE, or None."""
    return places_in(code[:2]).get(code)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two points of latitude and longitude in degrees (haversine)."""
    lat_a, lon_a, lat_b, lon_b = (math.radians(x) for x in (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def country_distances() -> tuple[list[str], list[str], npt.NDArray[np.int32]]:
    """Every ordered pair of countries, with the kilometres between the points that stand for them: as `distance_km`, all at once."""
    codes = list(countries())
    lat, lon = np.radians([(found.lat, found.lon) for found in countries().values()]).T
    h = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    km = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    return [a for a in codes for _ in codes], codes * len(codes), np.rint(km).astype(np.int32).ravel()


def _named(text: str, within: str | None, subdivision: str | None = None) -> Place | None:
    """By name: the choice made by hand, else UN/LOCODE's own names, else names in other languages."""
    folded = key(text)
    if subdivision is None and (by_hand := chosen(within, folded)):
        return by_hand
    for candidates in named(folded, within):
        if subdivision:
            candidates = tuple(c for c in candidates if c.subdivision == subdivision)
        if candidates:
            return _one_of(candidates, folded)
    return None


def _one_of(candidates: Iterable[Place], folded: str) -> Place | None:
    """The place that all candidates are, or that dwarfs the others."""

    def weight(found: Place) -> tuple[int, bool, int, bool, list[int]]:
        modes = sum(mode in "1245B" for mode in found.functions)
        exact = key(found.name) == folded
        # the last element only makes the choice stable: first in the alphabet
        return found.thousands, exact, modes, "1" in found.functions, [-ord(c) for c in found.locode or found.name]

    best = max(candidates, key=weight)
    others = [c for c in candidates if not _near(best, c)]
    if not others:
        return best
    rival = max(other.thousands for other in others)
    return best if best.thousands >= _DOMINANCE * max(rival, 10) else None


def _near(a: Place, b: Place) -> bool:
    if a.country != b.country:
        return False
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return a.subdivision == b.subdivision
    return distance_km((a.lat, a.lon), (b.lat, b.lon)) <= _SAME_KM


def _coded(text: str, within: str | None) -> Place | None:
    """A code, alone or in brackets, or the three letters of one where the country is known."""
    if match := _CODE.fullmatch(text):
        found = locode("".join(match.groups()))
    elif match := _CODE_INSIDE.search(text):
        found = locode(match[1].replace(" ", ""))
    elif within and re.fullmatch(r"[A-Z]{3}", text):
        found = locode(within + text)
    else:
        return None
    return found if found and within in (None, found.country) else None


def _in_pieces(text: str, within: str | None) -> Place | None:
    """`Houston, TX`, `Vladivostok, Russia`, `St. Petersburg (Baltiyskaya customs)`: the first piece that is a place,
    inside the country or state that another piece names."""
    pieces = [piece for piece in _SPLIT.split(text) if piece]
    if len(pieces) < 2:
        return None
    first, *rest = pieces
    nations = (within,) if within else _STATE_NATIONS
    for nation in nations:
        for piece in rest:
            state = subdivisions(nation).get(key(piece))
            if state and (found := _named(first, nation, state)):
                return found
    stated = [alpha2 for piece in rest if (alpha2 := country_of(piece, numeric=False))]
    if stated and (within is None or (within == "US" and stated[-1] in _US_TERRITORIES)):
        within = stated[-1]
    for piece in pieces:
        if found := _named(piece, within) or _undressed(piece, within):
            return found
    return None


def _undressed(text: str, within: str | None) -> Place | None:
    """Without the words that only say what kind of place it is, from the end, then from the start."""
    if _HAN.search(text):
        bare = han_suffixes().sub("", text)
        return _named(bare, within) if bare and bare != text else None
    left = words(text)
    dressed = len(left)
    while len(left) > 1 and left[-1] in dressing():
        left = left[:-1]
    names = [" ".join(left)]
    while len(left) > 1 and left[0] in dressing():
        left = left[1:]
        names.append(" ".join(left))
    for name in names:
        if len(name.split()) < dressed and (found := _named(name, within)):
            known = found.thousands >= _KNOWN_THOUSANDS or chosen(None, key(name)) is not None
            return found if within or known else None
    if within and len(left) > 1 and (state := subdivisions(within).get(left[-1])):
        return _named(" ".join(left[:-1]), within, state)
    return None
