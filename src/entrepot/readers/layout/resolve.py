"""Settles what depends on the direction: who is at home and who abroad, which port and country is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from entrepot.readers.layout.candidates import Candidate
from entrepot.readers.layout.profile import Profile

_SIDES = {
    "import": {"local": "consignee", "foreign": "shipper"},
    "export": {"local": "shipper", "foreign": "consignee"},
}
_PORTS = {
    "import": {"local": "port_of_discharge", "foreign": "port_of_loading"},
    "export": {"local": "port_of_loading", "foreign": "port_of_discharge"},
}
_FILL_WEIGHT = 0.25
"""What a column loses beside one that is filled where it is empty or zero: more than a translation costs (.02), less than
a plain header is ahead of a vague one (.3)."""

_NOTHING_THERE = 0.45
"""What a column that holds nothing, or zeros alone, loses beside one that is filled: even a description of the code (.62)
comes before an empty description of the goods (.96)."""

_LEAD = 0.2
"""A column keeps the readings within this of its best: `PRODUCT` over text is goods, whatever else it could be called."""


def resolve(found: Sequence[Candidate], direction: str, profiles: Sequence[Profile]) -> list[Candidate]:
    """Candidates with `local.*` and `foreign.*` turned into canonical columns, where the direction is known."""
    plain = [c for c in found if not c.canonical.startswith(("local.", "foreign."))]
    held = {c.canonical for c in plain if c.score >= 0.5}
    resolved = []
    for candidate in found:
        side, _, what = candidate.canonical.partition(".")
        if side not in {"local", "foreign"}:
            continue
        canonical = _meant(side, what, direction, candidate)
        if canonical is None or (what in _OF_A_PARTY and _either(candidate) and not held & _NAMES):
            resolved.append(candidate)  # kept for the question to the person; nothing is mapped to it
            continue
        score = candidate.score
        if canonical in held:
            score -= 0.2  # another header says so in full
        if what == "country" and held & {"origin_country", "dispatch_country", "destination_country"} & {canonical}:
            continue
        resolved.append(replace(candidate, canonical=canonical, score=round(score, 4)))
    turned = [_turn(c, direction, held, profiles) for c in plain]
    return [c for c in (*turned, *resolved) if c.score > 0]


def prefer_filled(found: Sequence[Candidate], profiles: Sequence[Profile]) -> list[Candidate]:
    """Candidates weighed against each other: a filled column before an empty one, its best reading before the others."""
    most: dict[str, float] = {}
    for c in found:
        if c.score >= 0.5:
            most[c.canonical] = max(most.get(c.canonical, 0.0), profiles[c.index].useful)
    weighed = []
    for c in found:
        best, there = most.get(c.canonical, 0.0), profiles[c.index].useful
        lost = 0.0 if best == 0 else _NOTHING_THERE if there == 0 else _FILL_WEIGHT * profiles[c.index].emptier(best)
        weighed.append(replace(c, score=round(c.score - lost, 4)))
    top: dict[int, float] = {}
    for c in found:
        if not c.canonical.startswith("part."):
            top[c.index] = max(top.get(c.index, 0.0), c.score)
    return [
        after
        for before, after in zip(found, weighed, strict=True)
        if before.canonical.startswith("part.") or before.score >= top[before.index] - _LEAD
    ]


_NAMES = frozenset({"shipper_name", "consignee_name"})
_OF_A_PARTY = frozenset({"name", "address", "id"})
_SENDS, _RECEIVES = frozenset({"SHIPPER", "SUPPLIER"}), frozenset({"CONSIGNEE", "BUYER"})


def _either(candidate: Candidate) -> bool:
    """Whether a column names the two sides of a trade at once (`Buyer / Sender`): `Importer / Exporter` is who declares."""
    said = candidate.concepts
    return bool(said & _SENDS and said & _RECEIVES)


def _meant(side: str, what: str, direction: str, candidate: Candidate) -> str | None:
    if direction not in _SIDES:
        return None
    if what == "port":
        return _PORTS[direction][side]
    if what == "country":
        if side == "local":
            return "dispatch_country" if direction == "export" else "destination_country"
        if direction == "export":
            return "destination_country"
        return "dispatch_country" if candidate.concepts & {"DISPATCH", "FOREIGN"} else "origin_country"
    return f"{_SIDES[direction][side]}_{what}"


def _turn(candidate: Candidate, direction: str, held: set[str], profiles: Sequence[Profile]) -> Candidate:
    """`Country of shipment` in an export file, over many countries abroad, is where the goods were shipped to."""
    if candidate.canonical != "dispatch_country" or direction != "export" or "destination_country" in held:
        return candidate
    named = profiles[candidate.index].named_countries
    if named and len(named) >= 4 and named[0][1] < 0.5 and "EXPORT" not in candidate.concepts:
        return replace(candidate, canonical="destination_country", score=round(candidate.score - 0.25, 4))
    return candidate
