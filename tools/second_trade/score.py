"""Holds findings and chains of a case against a key of the second generator.

A finding meets a planted case when its subject bears one of the case's names, or when most of the rows that it shows are the case's
rows; for single bad lines, when one of the shown rows is the line. Firms planted under another pattern, the receivers of planted
rows, firms of planted chains and firms for which the pattern is simply true ("natural") count neither for nor against.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

# pattern -> indicators of the tool that answer it
INDICATORS: dict[str, tuple[str, ...]] = {
    "new_importer": ("new_importer",),
    "old_customer": ("old_customer",),
    "sudden_rise": ("sudden_rise",),
    "intermediary_consignee": ("intermediary_consignee",),
    "many_small_shipments": ("many_small_shipments",),
    "pays_over_price": ("price_outlier", "unit_value_outlier"),
    "unit_value_outlier": ("unit_value_outlier", "price_outlier"),
    "unit_slip": ("record_error",),
    "close_to_listed": ("close_to_listed", "listed_party", "listed_later"),
    "listed_then": ("listed_party", "close_to_listed"),
    "listed_later": ("listed_later", "close_to_listed"),
    "contact_of_listed": ("contact_of_listed",),
    "shared_contact": ("shared_address",),
    "rerouted": ("rerouted",),
    "rare_route": ("rare_route",),
    "declared_elsewhere": ("declared_elsewhere",),
    "business_misfit": ("business_misfit",),
    "dormant_reactivated": ("dormant_reactivated",),
    "controlled_destination": ("controlled_goods",),
    "designator_in_text": ("designator_in_text",),
    "code_contradicts_text": ("code_contradicts_text",),
    "supplier_replaced": ("supplier_replaced",),
    "tactical_parcels": ("tactical_parcels",),
    "trade_stops": ("trade_stops", "trade_stops_party", "trade_pauses_party"),
    "owned_by_listed": ("owned_by_listed",),
}
SINGLE_LINES = ("unit_slip", "unit_value_outlier")
CONCERN = ("RU", "BY", "IR")
Place = tuple[str, int]


def norm(name: str) -> str:
    """A name without case, quotes and runs of space."""
    return " ".join(name.upper().replace('"', " ").replace("«", " ").replace("»", " ").split())


def meets(finding: dict[str, Any], shown: set[Place], case: dict[str, Any]) -> bool:
    """Whether the finding is about the planted case."""
    if case["pattern"] in SINGLE_LINES:
        named = norm(finding["subject"] or "") in case["names"] and finding["rows"] > len(shown)
        return bool(shown & case["places"]) or (named and case["positive"])
    return norm(finding["subject"] or "") in case["names"] or 2 * len(shown & case["places"]) > len(shown)


@dataclass(frozen=True, slots=True)
class Counted:
    """One pattern of one key: cases planted and found, look-alikes that fired, background firms that fired."""

    pattern: str
    planted: int
    found: int
    fired: int
    background: int
    missed: tuple[str, ...]


def count_findings(findings: list[dict[str, Any]], key: dict[str, Any]) -> list[Counted]:
    """Counts per pattern; each finding has indicator, subject, country, rows, and `evidence` as (file name, row number)."""
    places = _places(key)
    same = _spellings(key)
    planted: set[str] = set()
    for case in key["patterns"]:
        case["places"] = {(f, n) for f, n in case["rows"]}
        case["names"] = {m for s in case["subjects"] for m in same.get(norm(s), {norm(s)})}
        planted |= case["names"]
    planted |= {m for s in key.get("involved", []) for m in same.get(norm(s), {norm(s)})}
    return [_count(pattern, ids, findings, key, places, same, planted) for pattern, ids in INDICATORS.items()]


def _count(
    pattern: str,
    ids: tuple[str, ...],
    findings: list[dict[str, Any]],
    key: dict[str, Any],
    places: set[Place],
    same: dict[str, set[str]],
    planted: set[str],
) -> Counted:
    mine = [
        f
        for f in findings
        if f["indicator"] in ids and (pattern != "controlled_destination" or f["country"] in CONCERN)
    ]
    shown = {id(f): set(f["evidence"]) for f in mine}
    cases = [c for c in key["patterns"] if c["pattern"] == pattern]
    natural = {m for s in key["natural"].get(pattern, []) for m in same.get(norm(s), {norm(s)})}
    hit = {i: [f for f in mine if meets(f, shown[id(f)], c)] for i, c in enumerate(cases)}
    good = [i for i, c in enumerate(cases) if c["positive"]]
    met = {id(f) for fs in hit.values() for f in fs}
    others = {norm(f["subject"] or "") for f in mine if id(f) not in met} - planted - natural
    of_cases = {norm(f["subject"] or "") for f in mine if 2 * len(shown[id(f)] & places) > len(shown[id(f)])}
    return Counted(
        pattern,
        len(good),
        sum(bool(hit[i]) for i in good),
        sum(bool(hit[i]) for i, c in enumerate(cases) if not c["positive"]),
        len(others - of_cases),
        tuple(f"{cases[i]['subjects'][0]} ({cases[i]['note']})" for i in good if not hit[i]),
    )


def count_legs(chains: list[list[set[Place]]], key: dict[str, Any]) -> tuple[int, int, int]:
    """Rows of the legs of chains: said and right, said, planted."""
    said = {place for chain in chains for leg in chain for place in leg}
    truth = {(f, n) for c in key["chains"] if c["positive"] for leg in c["legs"] for f, n in leg}
    return len(said & truth), len(said), len(truth)


def _places(key: dict[str, Any]) -> set[Place]:
    of_patterns = {(f, n) for c in key["patterns"] for f, n in c["rows"]}
    return of_patterns | {(f, n) for c in key["chains"] for leg in c["legs"] for f, n in leg}


def _spellings(key: dict[str, Any]) -> dict[str, set[str]]:
    """Every name to all names of the firms that bear it."""
    found: dict[str, set[str]] = defaultdict(set)
    for names in key["alts"].values():
        group = {norm(name) for name in names}
        for name in group:
            found[name] |= group
    return dict(found)
