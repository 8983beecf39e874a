"""Import, export or transit: from the words of the header and titles, the parties named, and where countries are constant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entrepot.readers.layout.candidates import Candidate
from entrepot.readers.layout.folding import tokens
from entrepot.readers.layout.header import Heading
from entrepot.readers.layout.lexicon import table
from entrepot.readers.layout.profile import Profile
from entrepot.readers.layout.words import read_words

ENOUGH = 0.75
"""Weight by which one direction must lead: one plain word of a declaration, or two lesser signs."""


@dataclass(frozen=True, slots=True)
class Sense:
    """The direction of a table: `import`, `export`, `transit` or `unknown`, and the signs that say so."""

    direction: str
    reasons: tuple[str, ...]
    margin: float


def sense(
    heads: Sequence[Heading],
    titles: Sequence[str],
    candidates: Sequence[Candidate],
    profiles: Sequence[Profile],
) -> Sense:
    """The direction in which the goods of a table move, as seen from the country that publishes it."""
    weights: dict[str, float] = defaultdict(float)
    reasons: list[tuple[float, str]] = []

    def add(direction: str, weight: float, reason: str) -> None:
        weights[direction] += weight
        reasons.append((weight, f"{direction}: {reason}"))

    for column in (c for c in candidates if c.canonical == "direction" and _says_direction(c, profiles[c.index])):
        found = _said_by_values(profiles[column.index])
        if found:
            add(found, 6, f"every row of {heads[column.index].text!r} says so")
        elif profiles[column.index].directions > 0.6:
            return Sense("unknown", (f"{heads[column.index].text!r} says it row by row",), 0)
    for title in titles:
        for direction, weight in _said_by_title(title).items():
            add(direction, weight, f"the title says {title[:60]!r}")
    for head in heads:
        for direction, weight, reason in _said_by_header(head):
            add(direction, weight, reason)
    for direction, weight, reason in (
        *_said_by_procedures(heads, profiles),
        *_said_by_money(heads, profiles),
        *_said_by_parties(heads, profiles, *_companies(heads, candidates)),
        *_said_by_countries(candidates, profiles),
    ):
        add(direction, weight, reason)
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    if not ranked:
        return Sense("unknown", (), 0)
    first = ranked[0]
    lead = first[1] - (ranked[1][1] if len(ranked) > 1 else 0)
    told = tuple(reason for weight, reason in sorted(reasons, key=lambda item: -abs(item[0]))[:4])
    return Sense(first[0] if lead >= ENOUGH else "unknown", told, lead)


def _says_direction(column: Candidate, values: Profile) -> bool:
    """Whether a column is taken for the direction: by its header, or where it says a vague word (`TYPE`) and every row `EXPORT`."""
    return column.score > 0.5 or (values.directions == 1 and values.length > _LONGEST_CODE)


_LONGEST_CODE = 4
"""Codes such as `EX 1` and `IM` stand for regimes and kinds of documents too."""


def _said_by_values(values: Profile) -> str | None:
    """The direction that every row states, None where rows differ."""
    found = set()
    for text, _ in values.counts:
        meant = {c for word in read_words(tokens(text), frozenset()) for c in word.concepts}
        letter = text.strip().upper()[:2]
        if "TRANSIT" in meant:
            found.add("transit")
        elif "IMPORT" in meant or letter in {"ИМ", "ІМ", "IM", "I"}:
            found.add("import")
        elif "EXPORT" in meant or letter in {"ЭК", "ЕК", "EK", "E", "EX"}:
            found.add("export")
        else:
            found.add("?")
    return found.pop() if len(found) == 1 and found != {"?"} else None


def _said_by_title(title: str) -> Mapping[str, float]:
    if len(title) > 200:
        return {}
    words = read_words(tokens(title), frozenset())
    meant = {c for word in words if not word.concepts & {"IMPORTER", "EXPORTER"} for c in word.concepts}
    said = {name.lower(): 2.5 for name in ("IMPORT", "EXPORT", "TRANSIT") if name in meant}
    return said if len(said) == 1 else {}


def _said_by_header(head: Heading) -> list[tuple[str, float, str]]:
    found = []
    text = " ".join(tokens(head.text))
    for words, direction, weight in table("direction_words"):
        if f" {words} " in f" {text} " and float(weight):
            found.append((direction, float(weight), f"the header {head.text!r}"))
    concepts = head.concepts
    # `Exporting country` and `Import port` stand in files of both directions
    if not concepts & {"COUNTRY", "PORT", "DIRECTION", "PLACE"} and (
        "DATE" in concepts or not concepts & {"DISPATCH", "DESTINATION"}
    ):
        parties = {"IMPORTER", "EXPORTER"}
        for name, other in (("IMPORT", "EXPORT"), ("EXPORT", "IMPORT")):
            if name in concepts and other not in concepts and not concepts & parties:
                found.append((name.lower(), 2.0, f"the header {head.text!r}"))
    if "PORT" in concepts and len(concepts & {"LOCAL", "FOREIGN"}) == len(concepts & {"DISPATCH", "DESTINATION"}) == 1:
        leaves = ("LOCAL" in concepts) == ("DISPATCH" in concepts)
        found.append(("export" if leaves else "import", 1.0, f"the header {head.text!r}"))
    if "TRANSIT" in concepts and concepts & {"DATE", "DECLARATION", "NUMBER"} and not concepts & {"PORT", "COUNTRY"}:
        found.append(("transit", 3.0, f"the header {head.text!r}"))
    return found


def _said_by_procedures(heads: Sequence[Heading], profiles: Sequence[Profile]) -> list[tuple[str, float, str]]:
    """The customs procedure of every row: `4000`, `IM 40`."""
    found = []
    ways = {row[0]: row[1] for row in table("regimes")}
    for head, values in zip(heads, profiles, strict=True):
        if values.empty or not head.concepts & {"REGIME", "LICENCE", "TYPE", "DIRECTION", "DECLARATION"}:
            continue
        said = _said_by_values(values) if values.directions > 0.95 and values.length >= _SHORTEST_TYPE else None
        if said is None and "REGIME" in head.concepts and values.share(_PROCEDURE) > 0.95:
            codes = {ways.get(text[0]) for text, _ in values.counts}
            said = codes.pop() if len(codes) == 1 else None
        if said:
            found.append((said, 2.0, f"the customs procedure in {head.text!r}"))
    return found[:1]


_PROCEDURE = re.compile(r"[1-8]\d(?:\d\d(?:[ -]?\w{3})?)?")
"""Two digits, or four of requested and previous procedure, with a national code of three."""

_SHORTEST_TYPE = 2
"""A single letter (`I`, `E`) means other things too."""


def _said_by_money(heads: Sequence[Heading], profiles: Sequence[Profile]) -> list[tuple[str, float, str]]:
    """Duties are paid on imports; the value of imports is CIF, that of exports FOB (UN, IMTS 2010, 4.4 to 4.6)."""
    found = []
    duties = [
        h.text
        for h, v in zip(heads, profiles, strict=True)
        if "DUTY" in h.concepts and v.numeric > 0.8 and v.zeros < 0.5
    ]
    if duties:
        found.append(("import", 0.6, f"duties in {duties[0]!r}"))
    cif = [head.text for head in heads if head.concepts & {"CIF", "CFR"}]
    fob = [head.text for head in heads if "FOB" in head.concepts]
    if cif:
        found.append(("import", 0.3 if fob else 0.5, f"the value is CIF in {cif[0]!r}"))
    elif fob:
        found.append(("export", 0.2, f"the value is FOB in {fob[0]!r}"))
    return found


def _companies(heads: Sequence[Heading], candidates: Sequence[Candidate]) -> tuple[list[str], set[str]]:
    """Headers that name a company without saying its side, and the sides that others name."""
    sure = [c for c in candidates if c.score >= 0.5]
    companies = [
        heads[c.index].text
        for c in sure
        if c.canonical == "local.name" and not heads[c.index].concepts & (_SENDERS | _RECEIVERS)
    ]
    return companies, {c.canonical for c in sure if c.canonical in {"shipper_name", "consignee_name"}}


def _said_by_parties(
    heads: Sequence[Heading], profiles: Sequence[Profile], companies: Sequence[str], parties: set[str]
) -> list[tuple[str, float, str]]:
    found = []
    named: dict[str, str] = {}
    identified: dict[str, str] = {}
    registered: dict[str, str] = {}
    for head, values in zip(heads, profiles, strict=True):
        concepts = head.concepts
        sides = {
            "shipper": concepts & {"SHIPPER", "EXPORTER", "SUPPLIER"},
            "consignee": concepts & {"CONSIGNEE", "IMPORTER", "BUYER"},
        }
        if all(sides.values()) or concepts & {
            "NOTIFY",
            "FORWARDER",
            "CARRIER",
            "BROKER",
            "CURRENCY",
            "CONTACT",
            "PHONE",
            "MAIL",
        }:
            continue
        for side, roles in sides.items():
            if not roles:
                continue
            if "FOREIGN" in concepts:
                found.append(("import" if side == "shipper" else "export", 1.5, f"{head.text!r} is abroad"))
            elif "LOCAL" in concepts:
                found.append(("export" if side == "shipper" else "import", 1.5, f"{head.text!r} is at home"))
            if concepts & {"ID", "IDWORD", "REGNUM"} and not values.empty and values.filled > 0.3 and not values.rising:
                identified[side] = head.text
                if "ID" in concepts:
                    registered[side] = head.text
            for role in roles:
                named.setdefault(role, head.text)
    if not identified:
        found += _said_by_neighbours(heads, profiles)
    if "SUPPLIER" in named and named.keys() & {"IMPORTER", "CONSIGNEE"} and "EXPORTER" not in named:
        found.append(("import", 2.0, f"importer and supplier: {named['SUPPLIER']!r}"))
    if "BUYER" in named and "EXPORTER" in named and "IMPORTER" not in named:
        found.append(("export", 2.0, f"exporter and buyer: {named['BUYER']!r}"))
    elif "BUYER" in named and "SHIPPER" in named and "IMPORTER" not in named:
        found.append(("export", 0.8, f"shipper and buyer: {named['BUYER']!r}"))
    if companies and len(parties) == 1:
        moved = "import" if "shipper_name" in parties else "export"
        found.append((moved, 2.0, f"{companies[0]!r} is at home, the party abroad is named beside it"))
    elif "SUPPLIER" in named and not named.keys() & {"EXPORTER", "BUYER", "IMPORTER", "CONSIGNEE", "SHIPPER"}:
        found.append(("import", 1.0, f"only a supplier is named: {named['SUPPLIER']!r}"))
    if "EXPORTER" in named and "CONSIGNEE" in named and "IMPORTER" not in named:
        found.append(("export", 0.8, f"exporter and consignee: {named['EXPORTER']!r}"))
    if "IMPORTER" in named and "SHIPPER" in named and "EXPORTER" not in named:
        found.append(("import", 0.8, f"importer and shipper: {named['IMPORTER']!r}"))
    if "IMPORTER" in named and not companies and not named.keys() & {"EXPORTER", "SHIPPER", "BUYER"}:
        found.append(("import", 1.0, f"only the importer is named: {named['IMPORTER']!r}"))
    if "EXPORTER" in named and not companies and not named.keys() & {"IMPORTER", "CONSIGNEE", "SUPPLIER"}:
        found.append(("export", 1.0, f"only the exporter is named: {named['EXPORTER']!r}"))
    numbered = registered if len(registered) == 1 else identified
    if len(numbered) == 1:
        side, text = next(iter(numbered.items()))
        found.append(("export" if side == "shipper" else "import", 1.5, f"only {text!r} has tax numbers"))
    return found


_SENDERS = frozenset({"SHIPPER", "EXPORTER", "SUPPLIER"})
_RECEIVERS = frozenset({"CONSIGNEE", "IMPORTER", "BUYER"})
_SIDES = {"shipper": _SENDERS, "consignee": _RECEIVERS}


def _said_by_neighbours(heads: Sequence[Heading], profiles: Sequence[Profile]) -> list[tuple[str, float, str]]:
    """A bare tax number stands beside the party at home: `RUC`, `Consignatario`."""
    found = []
    for index, head in enumerate(heads):
        if "ID" not in head.concepts or head.concepts & (
            _SIDES["shipper"] | _SIDES["consignee"] | {"BROKER", "OTHERPARTY"}
        ):
            continue
        beside = [
            side
            for at in (index - 1, index + 1)
            if 0 <= at < len(heads)
            for side, roles in _SIDES.items()
            if heads[at].concepts & roles and not heads[at].concepts & {"COUNTRY", "CURRENCY"}
        ]
        if len(set(beside)) == 1 and not profiles[index].rising:
            moved = "export" if beside[0] == "shipper" else "import"
            found.append((moved, 1.0, f"{head.text!r} stands beside the party at home"))
    return found[:1]


def _said_by_countries(candidates: Sequence[Candidate], profiles: Sequence[Profile]) -> list[tuple[str, float, str]]:
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.score > best.get(candidate.canonical, _NO_CANDIDATE).score:
            best[candidate.canonical] = candidate
    spread = {}
    for canonical in (*_COMING, "destination_country", "consignee_country"):
        held = best.get(canonical)
        if (
            held
            and len(profiles[held.index].values) >= _ENOUGH_ROWS
            and held.score > 0.5
            and profiles[held.index].named_countries
        ):
            spread[canonical] = profiles[held.index].named_countries
    found: list[tuple[str, float, str]] = []
    there = {name for name, held in best.items() if held.score > 0.5}
    if "destination_country" in there and not there & set(_COMING):
        found.append(("export", 1.0, "a country of destination is given, and none where the goods come from"))
    elif there & set(_COMING) and not there & {"destination_country", "consignee_country"}:
        found.append(("import", 0.5, "countries are given where the goods come from, and none where they go"))

    def top(*names: str) -> float | None:
        """Share of the most frequent country in the first of these columns that is there."""
        return next((spread[name][0][1] for name in names if name in spread), None)

    coming = top("dispatch_country", "shipper_country", "origin_country")
    going = top("destination_country", "consignee_country")
    if going is not None and coming is not None:
        if going > _ONE and coming < _MANY:
            found.append(("import", 2.0, "the goods go to one country and come from many"))
        elif going < _MANY < coming:
            found.append(("export", 1.5, "the goods go to many countries and come mostly from one"))
    elif coming is not None and coming < _MANY and "destination_country" not in there:
        found.append(("import", 0.7, "the goods come from many countries"))
    elif going is not None and going < _MANY and not there & set(_COMING):
        found.append(("export", 0.7, "the goods go to many countries"))
    return found


_COMING = ("dispatch_country", "shipper_country", "origin_country")
_ENOUGH_ROWS = 10
"""Fewer rows say nothing about how many countries a column names."""

_ONE, _MANY = 0.9, 0.6
"""Share of the most frequent country in a column: above the first the column names one country, below the second many.
Origins in export files: the home country has 0.7 and more; in import files the first origin has 0.1 to 0.55 (vendor files)."""

_NO_CANDIDATE = Candidate("", -1, 0.0, frozenset())
