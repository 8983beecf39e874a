"""Recognises a table of trade statistics whose columns each hold one thing, by its header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from entrepot.readers.flows.lists import table

PUBLISHERS = ("comtrade", "eurostat", "wits", "baci", "national")
"""Whose shapes are known. `national` stands for any statistical office."""

_NOT_LETTER = re.compile(r"[\W_]+")
_BACI = frozenset("tijkvq")
_MUST_NOT = re.compile(r"consignee|shipper|exportername|importername|company|vessel|declarationn|hawb|bill", re.I)
"""Headers of customs records, which are shipments and not statistics."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of figures, with what its header says of them; None where a column or the title says it.

    Attributes:
        column: 0-based index.
        suffix: tells the figures of one row apart, part of the flow's identifier.
        period: first day, last day, precision.
        factor: what a figure is multiplied by to be in units of the currency.
    """

    column: int
    suffix: str = ""
    direction: str | None = None
    partner_role: str | None = None
    period: tuple[date, date, str] | None = None
    currency: str | None = None
    factor: float | None = None
    valuation: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a part is to be read.

    Attributes:
        publisher: one of PUBLISHERS.
        header_row: number of the last row of the header, counted from 1; data begin below.
        names: header of each column, made distinct.
        roles: role (see data/columns.tsv) to the columns that have it, best first.
        measures: the columns of figures.
        reporter: who reports, where no column says so; `reporter_from` says how this is known.
        currency, factor: of all figures, where no column says so.
        notes: sentences for the person who adds the file.
    """

    publisher: str
    header_row: int
    names: tuple[str, ...]
    roles: Mapping[str, tuple[int, ...]]
    measures: tuple[Measure, ...]
    reporter: str | None = None
    reporter_from: str | None = None
    currency: str | None = None
    factor: float = 1.0
    notes: tuple[str, ...] = field(default=())


def tidy(rows: Sequence[tuple[int, Sequence[str | None]]]) -> Layout | None:
    """The layout of a table with one header row, sought among `rows` (number, cells); None where there is none."""
    for number, cells in rows:
        if found := _header(number, cells):
            return found
    return None


def folded(header: str | None) -> str:
    """A header without case, spaces and punctuation."""
    return _NOT_LETTER.sub("", (header or "").lower())


def distinct_names(cells: Sequence[str | None]) -> tuple[str, ...]:
    """Headers for display and for the original row: empty ones get a number, repeated ones a suffix."""
    names: dict[str, None] = {}
    for at, cell in enumerate(cells, 1):
        name = " ".join((cell or f"column {at}").split())
        unique, again = name, 2
        while unique in names:
            unique, again = f"{name} ({again})", again + 1
        names[unique] = None
    return tuple(names)


@cache
def _known() -> tuple[tuple[str, str, str], ...]:
    return tuple((role, header, publisher) for role, header, publisher in table("columns"))


def _header(number: int, cells: Sequence[str | None]) -> Layout | None:
    at: dict[str, int] = {}
    for index, cell in enumerate(cells):
        at.setdefault(folded(cell), index)
    at.pop("", None)
    if len(at) < 3 or any(_MUST_NOT.search(name) for name in at):
        return None
    if set(at) == _BACI:
        return _baci(number, cells, at)
    roles: dict[str, tuple[int, ...]] = {}
    publishers: dict[str, int] = {}
    for role, header, publisher in _known():
        if header in at:
            roles[role] = (*roles.get(role, ()), at[header])
            publishers[publisher] = publishers.get(publisher, 0) + 1
    roles = _settled(roles)
    measures = _measures(roles)
    dated = "period" in roles or "year" in roles
    directed = "direction" in roles or any(measure.direction for measure in measures)
    if not ("partner" in roles and measures and dated and directed):
        return None
    publisher = max(PUBLISHERS, key=lambda p: publishers.get(p, 0)) if publishers else "national"
    if "reporter" not in roles:
        publisher = "national"
    money = folded(cells[measures[0].column])
    currency = "EUR" if "eur" in money else "USD" if "us" in money or publisher in {"comtrade", "wits"} else None
    factor = 1000.0 if "1000" in money else 1.0
    return Layout(publisher, number, distinct_names(cells), roles, measures, currency=currency, factor=factor)


def _settled(roles: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """One header may have two roles (`TIME_PERIOD` is a month beside a year, and a period alone)."""
    settled = dict(roles)
    if "year" in roles and "month" in roles:
        settled["period"] = tuple(i for i in roles.get("period", ()) if i not in roles["month"])
    else:
        settled.pop("month", None)
    if not settled.get("period"):
        settled.pop("period", None)
    if "indicator" not in roles and "value" in roles:
        settled["value"] = roles["value"][:1]
    return settled


def _measures(roles: Mapping[str, tuple[int, ...]]) -> tuple[Measure, ...]:
    if "value" in roles and "direction" in roles:
        return (Measure(roles["value"][0]),)
    found = []
    if "direction" not in roles:
        for role, direction, partner_role in (
            ("export", "export", "destination"),
            ("import", "import", None),
            ("import_origin", "import", "origin"),
            ("import_consignment", "import", "consignment"),
            ("reexport", "re-export", "destination"),
        ):
            if role in roles:
                suffix = direction if partner_role in (None, "destination") else f"{direction}-{partner_role}"
                found.append(Measure(roles[role][0], suffix, direction, partner_role))
    return tuple(found)


def _baci(number: int, cells: Sequence[str | None], at: Mapping[str, int]) -> Layout:
    """CEPII BACI: t year, i exporter, j importer, k HS6, v thousand current USD, q metric tons."""
    roles = {"reporter": (at["i"],), "partner": (at["j"],), "period": (at["t"],), "product": (at["k"],)}
    roles["net_tonnes"] = (at["q"],)
    return Layout(
        "baci",
        number,
        distinct_names(cells),
        roles,
        (Measure(at["v"], direction="export", valuation="FOB"),),
        currency="USD",
        factor=1000.0,
        notes=("BACI reconciles exporter and importer: its flows must not be compared with their own mirror",),
    )
