"""The answer key: what was planted, what only looks like it, and what happened to fit by chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from entrepot.demo.companies import Company
from entrepot.demo.records import Line
from entrepot.demo.vocabulary import table


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of planted pattern and the indicator expected to find it."""

    name: str
    indicators: tuple[str, ...]
    subject: str
    """`party` or `country`."""
    title: str


@dataclass(frozen=True, slots=True)
class PlantedChain:
    """One movement of goods through others' hands: for each leg its lines."""

    legs: tuple[tuple[int, ...], ...]
    """Line uids, first leg first."""
    link: str
    """How the buyer of one leg is the seller of the next: same party, or same address and telephone."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One planted pattern. `uids` are the lines that prove it."""

    pattern: str
    subject: Company
    uids: tuple[int, ...]
    strength: str
    related: tuple[Company, ...] = ()
    chains: tuple[PlantedChain, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decoy:
    """Something innocent that looks like the patterns in `resembles`, and why it is not."""

    kind: str
    resembles: tuple[str, ...]
    subject: Company
    uids: tuple[int, ...]
    why: str
    related: tuple[Company, ...] = ()


@dataclass(frozen=True, slots=True)
class Incidental:
    """A background party that meets a pattern's definition by chance: neither asked for nor held against a detector."""

    pattern: str
    subject: Company
    uids: tuple[int, ...]


@cache
def patterns() -> Mapping[str, Pattern]:
    """All patterns by name."""
    return {
        row["pattern"]: Pattern(row["pattern"], tuple(row["indicator"].split()), row["subject"], row["title"])
        for row in table("patterns")
    }


def answer_key(
    *,
    instances: Sequence[Instance],
    decoys: Sequence[Decoy],
    incidental: Sequence[Incidental],
    rows: Mapping[int, int],
    lines: Mapping[int, Line],
    written: Mapping[str, set[str]],
    listings: Mapping[str, date],
    settings: Mapping[str, object],
    companies: int,
) -> dict[str, object]:
    """The key as a JSON object.

    Args:
        rows: line uid to row number in the file (the header is row 1); lines that noise removed are absent.
        written: company key to every spelling of its name in the file.
        listings: company key to the day on which the synthetic list names it.
        settings: seed, rows and noise that made the file.
        companies: how many different companies the file holds.
    """
    kept = [at for at in instances if any(uid in rows for uid in at.uids)]
    count = {name: sum(1 for at in kept if at.pattern == name) for name in patterns()}

    def about(company: Company) -> dict[str, object]:
        listed = listings.get(company.key)
        return {
            "party": company.key,
            "names": sorted(written.get(company.key, set())),
            "country": company.country,
            "tax_id": company.tax_id or None,
            "listed": listed.isoformat() if listed else None,
        }

    def found(uids: Iterable[int]) -> dict[str, object]:
        ordered = sorted((uid for uid in uids if uid in rows), key=lambda uid: rows[uid])
        present = [(rows[uid], lines[uid]) for uid in ordered]
        return {"rows": [row for row, _ in present], **totals([line for _, line in present])}

    numbered: dict[str, int] = {}

    def name(prefix: str) -> str:
        numbered[prefix] = numbered.get(prefix, 0) + 1
        return f"{prefix}-{numbered[prefix]:02d}"

    return {
        "synthetic": "Generated data. Companies, persons, identifiers and shipments are invented.",
        "settings": dict(settings),
        "companies": companies,
        "patterns": [
            {
                "pattern": p.name,
                "indicator": p.indicators[0],
                "subject": p.subject,
                "title": p.title,
                "instances": count[p.name],
            }
            for p in patterns().values()
        ],
        "instances": [
            {
                "id": name(at.pattern),
                "pattern": at.pattern,
                "indicator": patterns()[at.pattern].indicators[0],
                "strength": at.strength,
                "subject": about(at.subject),
                "related": [about(company) for company in at.related],
                **found(at.uids),
                "chains": [
                    {
                        "link": chain.link,
                        "legs": [
                            {"rows": sorted(rows[uid] for uid in leg if uid in rows), **_leg(leg, rows, lines)}
                            for leg in chain.legs
                        ],
                    }
                    for chain in at.chains
                ],
                "facts": dict(at.facts),
            }
            for at in kept
        ],
        "decoys": [
            {
                "id": name(f"decoy-{at.kind}"),
                "kind": at.kind,
                "resembles": list(at.resembles),
                "why": at.why,
                "subject": about(at.subject),
                "related": [about(company) for company in at.related],
                **found(at.uids),
            }
            for at in decoys
            if any(uid in rows for uid in at.uids)
        ],
        "totals": _overall([lines[uid] for uid in rows]),
        "incidental": [
            {
                "pattern": at.pattern,
                "subject": about(at.subject),
                "rows": sorted(rows[uid] for uid in at.uids if uid in rows),
            }
            for at in incidental
        ],
    }


def totals(lines: Sequence[Line]) -> dict[str, object]:
    """What a report could retell of some lines: dates, weight, value, months, routes, codes."""
    months: dict[str, dict[str, float]] = {}
    routes: dict[str, dict[str, float]] = {}
    for line in lines:
        for groups, at in ((months, f"{line.date:%Y-%m}"), (routes, f"{line.dispatch}-{line.destination}")):
            group = groups.setdefault(at, {"rows": 0, "net_kg": 0.0, "value_usd": 0.0})
            group["rows"] += 1
            group["net_kg"] = round(group["net_kg"] + line.net_kg, 3)
            group["value_usd"] = round(group["value_usd"] + line.value_usd, 2)
    return {
        "first_date": min((line.date.isoformat() for line in lines), default=None),
        "last_date": max((line.date.isoformat() for line in lines), default=None),
        "net_kg": round(sum(line.net_kg for line in lines), 3),
        "value_usd": round(sum(line.value_usd for line in lines), 2),
        "quantity": round(sum(line.quantity for line in lines), 3),
        "hs6": sorted({line.hs[:6] for line in lines}),
        "months": months,
        "routes": routes,
    }


def _overall(lines: Sequence[Line]) -> dict[str, object]:
    """What the whole file holds, and its controlled goods by destination and code."""
    by_destination: dict[str, list[Line]] = {}
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        if line.controlled:
            by_destination.setdefault(line.destination, []).append(line)
            by_code.setdefault(line.hs[:6], []).append(line)

    def brief(group: Sequence[Line]) -> dict[str, object]:
        figures = totals(group)
        return {name: figures[name] for name in ("net_kg", "value_usd", "first_date", "last_date")} | {
            "rows": len(group)
        }

    return {
        "all": brief(lines),
        "controlled": brief([line for line in lines if line.controlled]),
        "controlled_by_destination": {at: brief(group) for at, group in sorted(by_destination.items())},
        "controlled_by_hs6": {at: brief(group) for at, group in sorted(by_code.items())},
        "controlled_to_russia": totals(by_destination.get("RU", [])),
    }


def _leg(leg: Sequence[int], rows: Mapping[int, int], lines: Mapping[int, Line]) -> dict[str, object]:
    present = [lines[uid] for uid in leg if uid in rows]
    return {
        "shipper": present[0].shipper.key if present else None,
        "consignee": present[0].consignee.key if present else None,
        "from": present[0].dispatch if present else None,
        "to": present[0].destination if present else None,
        "net_kg": round(sum(line.net_kg for line in present), 3),
    }
