"""Recognises countries, and areas that are none, from names, codes and customs spellings in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from entrepot.model.places.bundled import records
from entrepot.model.places.fold import key, sorted_key

_CODE = re.compile(r"[A-Za-z]{2,3}")
_NUMBER = re.compile(r"\d{1,3}(?:\.0)?")
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_SEPARATOR = re.compile(
    r"\s*[/|;:,()\[\]（）【】]\s*|\s+[-–—]\s+|(?<=\d)\s*[-–—]\s*|(?<=\b[A-Z]{2})-(?=\w{3})|(?<=\w{3})-(?=[A-Z]{2,3}$)"
)
_REORDERED = frozenset({"iso-3166", "rigour", "cldr-en", "cldr-ru", "cldr-tr", "cldr-es", "cldr-fr", "cldr-pt"})
"""Sources whose names are looked up in any word order: the languages in which customs invert names."""

_SUGGESTION_SCORE = 0.88
"""Jaro-Winkler similarity above which a spelling is offered as a guess; it is never applied by itself."""


@dataclass(frozen=True, slots=True)
class Country:
    """One country. `lat`, `lon` in degrees: the geometric median of its UN/LOCODE places."""

    alpha2: str
    alpha3: str
    numeric: str
    name: str
    official_name: str
    lat: float
    lon: float


@lru_cache(maxsize=65536)
def country(text: str, *, numeric: bool = True) -> str | None:
    """The country that `text` names, as ISO 3166-1 alpha-2 (`XK` for Kosovo), or None.

    Understands alpha-2 and alpha-3 in any case; numeric codes of M49 and Comtrade, with or without leading zeros;
    names in some seventy languages; customs spellings (`KOREA, REPUBLIC OF`, `U.A.E.`, `РОССИЯ`); and compounds whose
    recognised parts agree (`RU - RUSSIA`, `156 中国`, `КИТАЙ (CHINA)`). Exact after folding of case, accents,
    punctuation and word order: no guessing (see `suggest`).

    Args:
        text: one cell.
        numeric: False where numbers are not M49: Turkish, Chinese and other customs number countries otherwise
            (M49 400 is Jordan, Turkey's 400 is the United States).

    Returns:
        None also for areas (`European Union`, `World`), for dissolved states (`USSR`), and for territories whose
        country the record should not decide (Abkhazia): `area` knows these.
    """
    text = text.strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return _codes().get(text.removesuffix(".0").zfill(3)) if numeric else None
    return _whole(text) or _compound(text)


def countries_of(texts: Iterable[str], *, numeric: bool = True) -> dict[str, str | None]:
    """Each distinct text with its country or None, for columns: callers count what is None."""
    return {text: country(text, numeric=numeric) for text in dict.fromkeys(texts)}


def area(text: str) -> str | None:
    """The code of the area that `text` names (`EU27_2020`, `WORLD`, `CIS`, `SU`, `ABKHAZIA`), or None."""
    text = text.strip()
    return _areas().get(text.zfill(3) if text.isdigit() else key(text))


def area_kind(code: str) -> str | None:
    """What an area is: union, region, world, former, territory, or none where no partner is stated."""
    return _area_kinds().get(code)


def country_name(alpha2: str) -> str | None:
    """The English short name of a country, or None for an unknown code."""
    found = countries().get(alpha2.upper())
    return None if found is None else found.name


def country_point(alpha2: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees that stand for a country on a great circle, or None for an unknown code."""
    found = countries().get(alpha2.upper())
    return None if found is None else (found.lat, found.lon)


def suggest(text: str, limit: int = 3) -> list[str]:
    """Countries whose name is written almost as `text`, most alike first, as alpha-2: for a person to choose from."""
    found = process.extract(
        key(text), _names().keys(), scorer=JaroWinkler.similarity, score_cutoff=_SUGGESTION_SCORE, limit=limit * 4
    )
    names = _names()
    return list(dict.fromkeys(code for match, _, _ in found if (code := names[match]) is not None))[:limit]


def country_in_address(text: str) -> str | None:
    """The country at the end of an address (`1 Leninsky pr., Moscow, 119991, Russia`), or None.

    Looks at the last two parts between commas, semicolons or line breaks, names of four letters or more: an address
    may end in `CA` or `DE` and mean a state of the USA. A Chinese address begins with its country.
    """
    if found := _leading_han(text):
        return found
    parts = [part.strip(" .") for part in re.split(r"[,;/\n]", text) if part.strip(" .")]
    for part in reversed(parts[-2:]):
        bare = re.sub(r"[\d\s-]+$|^[\d\s-]+", "", part)
        if len(bare) >= 4 and (found := _whole(bare)):
            return found
    words = text.replace(",", " ").split()
    for count in (3, 2, 1):
        tail = " ".join(words[-count:]).strip(" .")
        if len(words) > count and len(tail) >= 4 and not tail.isdigit() and (found := _names().get(key(tail))):
            return found
    return None


@cache
def countries() -> dict[str, Country]:
    """Every country by alpha-2."""
    return {
        alpha2: Country(alpha2, alpha3, numeric, name, official, float(lat), float(lon))
        for alpha2, alpha3, numeric, name, official, lat, lon in records("countries.tsv")
    }


def _leading_han(text: str) -> str | None:
    """The country that a Chinese or Japanese address begins with (`日本东京都中央区`): four to two characters."""
    text = text.strip()
    if not text or not "\u3400" <= text[0] <= "\u9fff":
        return None
    for length in (7, 6, 5, 4, 3, 2):
        if found := _names().get(key(text[:length])):
            return found
    return None


def _whole(text: str) -> str | None:
    is_code = _CODE.fullmatch(text) is not None
    # `NGA` is Nigeria's code, `Nga` the Vietnamese name of Russia
    if is_code and not text.istitle() and (found := _codes().get(text.upper())):
        return found
    folded = key(text)
    names = _names()
    if folded in names:
        return names[folded]
    return _codes().get(text.upper()) if is_code else _reordered().get(sorted_key(text))


def _compound(text: str) -> str | None:
    pieces = [piece for piece in _SEPARATOR.split(text) if piece]
    if len(pieces) == 1 and (match := re.fullmatch(r"(\d{1,3}|[A-Z]{2,3})[\s._-]+(.{2,})", text)):
        pieces = list(match.groups())  # `156 China`, `CN China`: an own numbering and a name
    if len(pieces) == 1:
        return None
    if any(area(piece) for piece in pieces if not piece.isdigit()):
        return None
    found = [_whole(piece) for piece in pieces if not piece.isdigit()]
    if found and None not in found and len(set(found)) == 1:
        return found[0]
    bare = _BRACKETS.sub(" ", text).strip()
    return _whole(bare) if bare and bare != text else None


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for alpha2, found in countries().items():
        codes.update({alpha2: alpha2, found.alpha3: alpha2})
        if found.numeric:
            codes[found.numeric] = alpha2
    return codes | {code: alpha2 for code, alpha2, _ in records("country_codes.tsv")}


@cache
def _names() -> dict[str, str | None]:
    """Folded name to alpha-2; None for the name of an area, so that no country answers to it."""
    names: dict[str, str | None] = {folded: alpha2 for alpha2, _, _, folded in records("country_names.tsv.gz")}
    names.update(dict.fromkeys(_areas()))
    for alpha2, aliases, _ in records("country_aliases.tsv"):
        for alias in aliases.split("|"):
            names[key(alias)] = alpha2
    return names


@cache
def _reordered() -> dict[str, str]:
    """Names of several words by their sorted words, where only one country has these words."""
    found: dict[str, set[str]] = {}
    for alpha2, name, source, _ in records("country_names.tsv.gz"):
        if source in _REORDERED and " " in name:
            found.setdefault(sorted_key(name), set()).add(alpha2)
    for alpha2, aliases, _ in records("country_aliases.tsv"):
        for alias in aliases.split("|"):
            if " " in alias:
                found[sorted_key(alias)] = {alpha2}
    return {words: codes.pop() for words, codes in found.items() if len(codes) == 1}


@cache
def _areas() -> dict[str, str]:
    found = {}
    for code, _, names, _ in records("areas.tsv"):
        for name in names.split("|"):
            found[name.zfill(3) if name.isdigit() else key(name)] = code
    return found


@cache
def _area_kinds() -> dict[str, str]:
    return {code: kind for code, kind, _, _ in records("areas.tsv")}
