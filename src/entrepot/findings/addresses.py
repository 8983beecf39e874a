"""Reads postal addresses, so that one place written in two scripts, orders or shortenings is one: numbers, town, and the words of the street."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

import pyarrow as pa

from entrepot.model import places
from entrepot.model.tables.business import ADDRESS_KEYS
from entrepot.parties.romanise import romanised
from entrepot.parties.sounds import sound
from entrepot.parties.text import fold

POSTCODE_DIGITS = 5
"""Numbers of so many digits are postcodes (Universal Postal Union: four to ten; of houses and offices there are none so long) and
stand in one spelling of an address but not in another."""

LEAST_WORD = 3
"""Letters of a word that names a street; shorter ones are initials and shortenings."""

_PIECES = re.compile(r"[,;/|\n]+")
_TOKENS = re.compile(r"\d+[^\W\d_]?(?![^\W_])|\d+|[^\W\d_]+(?:-[^\W\d_]{1,2}(?![^\W\d_]))?")
_TELEPHONE = re.compile(
    r"\b(?:tel|tlf|phone|fax|mob|gsm|тел|телефон|факс)\b[^a-zа-я]*\d{3}.*$", re.IGNORECASE | re.DOTALL
)
_BOX = re.compile(r"\bp[. ]*o[. ]*box\b|\bа/я\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """What tells one address from another.

    Attributes:
        country: ISO 3166-1 alpha-2, where known. town: UN/LOCODE or name of the town, where the gazetteer has it.
        numbers: house, office and box as written, in the order of their text. words: how the other words sound, in that order.
    """

    country: str | None
    town: str | None
    numbers: tuple[str, ...]
    words: tuple[str, ...]

    def key(self) -> str:
        """One text for every spelling of the address."""
        return " ".join((self.country or "?", self.town or "?", *self.words, *self.numbers))


def address_keys(addresses: Iterable[tuple[str, str, str | None]]) -> pa.Table:
    """The table `address_keys`.

    Args:
        addresses: the text by which the address is looked up, the address as written, the country given beside it.
    """
    found: dict[str, str] = {}
    for contact, written, country in sorted(addresses, key=lambda each: (each[0], each[1], each[2] or "")):
        read = read_address(written, country)
        if read is not None:
            found.setdefault(contact, read.key())
    return ADDRESS_KEYS.from_rows([{"contact": contact, "place_key": key} for contact, key in found.items()])


def read_address(text: str, country: str | None = None) -> Address | None:
    """An address that is told by a number and a street or box; None of a bare town, a country, or a street without a number.

    Args:
        text: as written, in any script. country: ISO 3166-1 alpha-2 given beside it; one in the text comes before it.
    """
    text = _TELEPHONE.sub("", text)
    boxed = _BOX.search(text) is not None
    pieces = [piece.strip(" .") for piece in _PIECES.split(_BOX.sub(" ", text)) if piece.strip(" .")]
    stated = places.country_in_address(text) or country
    numbers: list[str] = []
    named: list[list[str]] = []
    for at, piece in enumerate(reversed(pieces)):
        tokens = _TOKENS.findall(fold(piece))
        if at == 0:
            tokens = tokens[: len(tokens) - _country_words(tokens, stated)]
        if places.country(piece, numeric=False) is not None or any(_kinds().get(token) == "region" for token in tokens):
            continue
        numbers += [_number(t) for t in tokens if t[0].isdigit() and (boxed or len(t) < POSTCODE_DIGITS)]
        named.append([t for t in tokens if not t[0].isdigit() and t not in _dropped()])
    town, rest = _parted(named, stated)
    words = {heard for token in rest if (heard := _heard(token)) is not None} | ({"box"} if boxed else set())
    if not numbers or not words:
        return None
    within = stated or (town[:2] if town is not None and town.isupper() else None)
    return Address(within, town, tuple(sorted(numbers)), tuple(sorted(words)))


def _parted(named: list[list[str]], country: str | None) -> tuple[str | None, list[str]]:
    """The town, and the other words: the largest town that is a piece between commas, else one that begins or ends a piece."""
    left = [words for words in named if words]
    towns = [_town(" ".join(words), country) for words in left]
    largest = max((town for town in towns if town is not None), key=lambda town: town[1], default=None)
    if largest is not None:
        others = [words for words, town in zip(left, towns, strict=True) if town != largest]
        return largest[0], [word for each in others for word in each]
    for at, words in enumerate(left):
        for cut in (1, 2):
            for inside, outside in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
                if outside and (town := _town(" ".join(inside), country)) is not None:
                    others = [*left[:at], outside, *left[at + 1 :]]
                    return town[0], [word for each in others for word in each]
    return None, [word for each in left for word in each]


def _country_words(tokens: list[str], country: str | None) -> int:
    """How many words at the end are the name of a country; a town before it is not part of it."""
    for count in range(min(4, len(tokens)), 0, -1):
        if count > 1 and _town(tokens[-count], country) is not None:
            continue
        if places.country(" ".join(tokens[-count:]), numeric=False) is not None:
            return count
    return 0


def words_text() -> str:
    """The data file, as the fingerprint of a step needs it."""
    return files("entrepot.findings").joinpath("data", "address_words.tsv").read_text(encoding="utf-8")


def _number(token: str) -> str:
    return token[:-1] + (romanised(token[-1])[0] if not token[-1].isdigit() else token[-1])


@lru_cache(maxsize=1 << 16)
def _heard(token: str) -> str | None:
    if len(token) < LEAST_WORD:
        return None
    return sound(romanised(token.replace("-", ""))[0]).replace("ia", "a").replace("iu", "u").replace("ie", "e")


@lru_cache(maxsize=1 << 16)
def _town(name: str, country: str | None) -> tuple[str, int] | None:
    """UN/LOCODE, or the name where there is none, and the thousands of people who live there."""
    found = places.place(name, country)
    return None if found is None else (found.locode or found.name, found.thousands or 0)


@cache
def _kinds() -> Mapping[str, str]:
    """Word, folded, to its kind."""
    lines = (line for line in words_text().splitlines() if not line.startswith("#"))
    read = {
        fold(word): row["kind"]
        for row in csv.DictReader(lines, delimiter="\t")
        for word in row["words"].split()
        if word
    }
    return MappingProxyType(read)


@cache
def _dropped() -> frozenset[str]:
    return frozenset(_kinds())
