"""Finds markings and part numbers of components that were found in weapons."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from entrepot.goods.lexicon import rows
from entrepot.goods.matching import Folded

_TOKEN = re.compile(r"[a-z0-9]+(?:[-./+ ]{1,2}[a-z0-9]+){0,5}")
_PIECE = re.compile(r"[a-z0-9]+")
_PACKAGE = re.compile(r"(.*\d)[A-Z]{1,5}\d{0,3}[A-Z]{0,3}")
_VERSION = re.compile(r"(?:-\d{1,2})+$")
"""Figures of hardware and firmware versions behind a module's name: `NEO-M8N-0-10` is sold as `NEO-M8N`."""
_LONG = 8
_SURE = 7
_SHORTEST_BASE = 6
_SHORTEST = 5
_BEGINNING = 4
"""Characters by which a piece of text is passed over: fewer than the shortest marking that is looked for has."""
_MOST_PIECES = 5

CONFIDENCE = {"exact": 0.95, "other suffix": 0.85, "short": 0.45, "short with context": 0.75}
"""Exact: the same marking. Other suffix: the same part in another package or grade. Short: five or six characters, which
other makers' parts may carry too; with context where the text names the maker or speaks of electronics."""


@dataclass(frozen=True, slots=True)
class Marking:
    """A marking of GUR's list."""

    marking: str
    maker: str
    weapons: int
    weapon: str
    component: str


@dataclass(frozen=True, slots=True)
class MarkingMatch:
    """A marking found in a text: where (folded positions), how, how surely."""

    marking: Marking
    how: str
    confidence: float
    start: int
    end: int


def find_markings(folded: Folded, *, electronic: bool) -> list[MarkingMatch]:
    """Markings in a folded text; `electronic` says that the text or its code speaks of electronics.

    `TMS320F28335`, `tms-320 f28335`, `TMS320F28335PGFA` and `TMS320F28335-Q1` are all the same part.
    """
    exact, bases, stops = _markings()
    found: list[MarkingMatch] = []
    taken = 0
    for start, end, joined in _candidates(folded.text):
        if start < taken or joined in stops:
            continue
        entry = exact.get(joined)
        how = "exact"
        if entry is None:
            base = _base(joined)
            entry = bases.get(base) or (exact.get(base) if len(base) >= _SURE else None)
            how = "other suffix"
        if entry is None:
            continue
        if len(joined) < _SURE or joined[0].isdigit():
            named = entry.maker and entry.maker.split()[0].casefold() in folded.text
            how = "short with context" if electronic or named else "short"
        found.append(MarkingMatch(entry, how, CONFIDENCE[how], start, end))
        taken = end
    return found


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, letters and digits joined) of runs that may be a known part number, longest first at each place."""
    beginnings, units = _beginnings(), _units()
    for run in _TOKEN.finditer(text):
        pieces = [(run.start() + m.start(), run.start() + m.end()) for m in _PIECE.finditer(run.group())]
        for first in range(len(pieces)):
            reached = min(len(pieces), first + _MOST_PIECES)
            whole = "".join(text[a:b] for a, b in pieces[first:reached]).upper()
            if whole[:_BEGINNING] not in beginnings:
                continue
            for last in range(reached - 1, first - 1, -1):
                start, end = pieces[first][0], pieces[last][1]
                joined = "".join(text[a:b] for a, b in pieces[first : last + 1]).upper()
                spaced = " " in text[start:end]
                if len(joined) < (_LONG if spaced else _SHORTEST) or len(joined) > 30:
                    continue
                if (
                    spaced
                    and first < last
                    and text[pieces[last][0] : end] in units
                    and text[pieces[last - 1][1] - 1].isdigit()
                    and text[pieces[last - 1][1]] == " "
                ):
                    continue  # `TMS 320 MG` is a strength
                if any(c.isdigit() for c in joined) and any(c.isalpha() for c in joined):
                    yield start, end, joined


@cache
def _beginnings() -> frozenset[str]:
    """First characters of every known marking: most words of a text begin none."""
    exact, bases, _ = _markings()
    return frozenset(key[:_BEGINNING] for key in (*exact, *bases))


@cache
def _units() -> frozenset[str]:
    """Units of measure, as they stand behind a number in a goods text."""
    return frozenset(row["unit"] for row in rows("units_of_measure.tsv"))


def _base(plain: str) -> str:
    """The part number without package and grade: `STM32F405RGT6` gives `STM32F405`; itself where that would be short."""
    match = _PACKAGE.fullmatch(plain)
    if match is None:
        return plain
    base = match.group(1)
    enough = len(base) >= _SHORTEST_BASE and sum(c.isdigit() for c in base) >= 3 and sum(c.isalpha() for c in base) >= 2
    return base if enough else plain


@cache
def _markings() -> tuple[dict[str, Marking], dict[str, Marking], frozenset[str]]:
    stops = frozenset(_plain(row["marking"]) for row in rows("marking_stops.tsv"))
    merged: dict[str, list[Marking]] = defaultdict(list)
    for row in rows("gur_markings.tsv"):
        entry = Marking(row["marking"], row["maker"], int(row["weapons"]), row["weapon"], row["component"])
        merged[_plain(entry.marking)].append(entry)
    exact = {key: max(entries, key=lambda e: (e.weapons, e.component)) for key, entries in merged.items()}
    bases: dict[str, Marking] = {}
    for key in sorted(exact, key=lambda k: (-exact[k].weapons, k)):
        if key not in stops and len(key) >= _SHORTEST_BASE and key[0].isalpha():
            bases.setdefault(_base(key), exact[key])
            family = _plain(re.split(r"[-/+ ]", exact[key].marking)[0])
            if len(family) >= _SURE and family[0].isalpha() and sum(c.isdigit() for c in family) >= 3:
                bases.setdefault(family, exact[key])
            module = _plain(_VERSION.sub("", exact[key].marking))
            if (
                len(module) >= _SHORTEST_BASE
                and sum(c.isalpha() for c in module) >= 3
                and any(map(str.isdigit, module))
            ):
                bases.setdefault(module, exact[key])
    return exact, bases, stops


def _plain(marking: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", marking).upper())
