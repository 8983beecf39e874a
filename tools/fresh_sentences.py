"""Measures the reader on invented sentences of news that were written, with all that a reader should find, before they were
read for the first time."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import NotRequired, TypedDict

from entrepot.readers.documents import read_bytes_as_document
from entrepot.reports import read_report
from entrepot.reports.claim import Claim
from entrepot.reports.figures import Quantity

FILE = Path(__file__).resolve().parent.parent / "tests" / "reports" / "fresh.jsonl"
_TITLE = "A report that was written for this measurement\n\n"
_ALIKE = 1e-4
"""Relative difference up to which two values are one: thirds are printed with four digits."""


class Expected(TypedDict):
    """One claim that a reader should find. Where words may be cut in several ways, `|` parts what is right.

    `on`: words that its quote holds. `figures`: value, low, high, unit, kind, of. `period`: from and to, `open` for a time
    that the words do not fix, null for none. `sources`: names, the outlet's end first.
    """

    on: str
    figures: list[tuple[float | None, float | None, float | None, str, str, str | None]]
    period: list[str | None] | str | None
    sources: list[str]
    stance: str
    negated: bool
    subject: NotRequired[str]
    places: NotRequired[list[str]]
    roles: NotRequired[list[str]]


def fresh(_data: Path) -> Mapping[str, object]:
    """Sentences of each set that are wholly right: every claim with figures, time, sources, stance and negation, and no figure
    beside them. Each set's first look is in docs/reports.md: after it a set has been seen."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    named: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        faults, names = _read(case["text"], case["claims"])
        asked.update(name for name, _ in names)
        named.update(name for name, right_one in names if right_one)
        total[case["set"]] += 1
        right[case["set"]] += not faults
        wrong.update(set(faults))
    return {
        "wholly_right": {name: f"{right[name]}/{total[name]}" for name in total},
        "sentences_with_a_fault_in": dict(wrong.most_common()),
        "names_right": {name: f"{named[name]}/{asked[name]}" for name in asked},
    }


def sentence_faults(text: str, expected: Sequence[Expected]) -> list[str]:
    """What is wrong in one sentence's claims, by its kind: `figures`, `time`, `sources`, `stance`, `negation`, `missing`."""
    return _read(text, expected)[0]


def _read(text: str, expected: Sequence[Expected]) -> tuple[list[str], list[tuple[str, bool]]]:
    """The faults, and whether each subject, list of places and list of roles that is given was read."""
    claims = read_report(read_bytes_as_document((_TITLE + text + "\n").encode(), "fresh.txt")).claims
    faults: list[str] = []
    judged: list[Claim] = []
    names: list[tuple[str, bool]] = []
    for one in expected:
        best = min((c for c in claims if one["on"] in c.quote), key=lambda c: len(_faults(one, c)), default=None)
        if best is None:
            faults.append("missing")
            names += [(name, False) for name in ("subject", "places", "roles") if name in one]
            continue
        judged.append(best)
        faults += _faults(one, best)
        names += _names(one, best)
    known = [figure for one in expected for figure in one["figures"]]
    beside = [q for c in claims if c not in judged for q in c.quantities if not any(_same(f, q) for f in known)]
    return faults + ["figures"] * len(beside), names


def _names(one: Expected, claim: Claim) -> list[tuple[str, bool]]:
    out: list[tuple[str, bool]] = []
    if "subject" in one:
        out.append(
            ("subject", claim.subject is not None and _bare(claim.subject) in map(_bare, one["subject"].split("|")))
        )
    if "places" in one:
        out.append(("places", sorted(claim.places) == sorted(one["places"])))
    if "roles" in one:
        roles = [hop.role for hop in claim.attribution if hop.name != "unnamed"]
        out.append(
            (
                "roles",
                len(roles) == len(one["roles"])
                and all(role in wanted.split("|") for role, wanted in zip(roles, one["roles"], strict=True)),
            )
        )
    return out


def _faults(one: Expected, claim: Claim) -> list[str]:
    out = []
    figures = one["figures"]
    if len(figures) != len(claim.quantities) or not any(
        all(_same(f, q) for f, q in zip(figures, order, strict=True)) for order in permutations(claim.quantities)
    ):
        out.append("figures")
    found = None if claim.period is None else [d and d.isoformat() for d in (claim.period.first, claim.period.last)]
    if found != ([None, None] if one["period"] == "open" else one["period"]):
        out.append("time")
    names = [hop.name for hop in claim.attribution if hop.name != "unnamed"]
    if len(names) != len(one["sources"]) or not all(
        any(_bare(a) in _bare(name) or _bare(name) in _bare(a) for a in wanted.split("|"))
        for wanted, name in zip(one["sources"], names, strict=True)
    ):
        out.append("sources")
    if claim.stance not in one["stance"].split("|"):
        out.append("stance")
    if claim.negated != one["negated"] and claim.stance != "no_comment":
        out.append("negation")
    return out


def _same(figure: tuple[float | None, float | None, float | None, str, str, str | None], quantity: Quantity) -> bool:
    value, low, high, unit, kind, of = figure
    pairs = ((value, quantity.value), (low, quantity.low), (high, quantity.high))
    scopes = [None] if of is None else [None if one == "None" else _bare(one) for one in of.split("|")]
    return (
        all(
            (a is None) == (b is None) and (a is None or b is None or abs(a - b) <= _ALIKE * max(1.0, abs(a)))
            for a, b in pairs
        )
        and quantity.unit.lower() in unit.lower().split("|")
        and quantity.kind in kind.split("|")
        and (None if quantity.of is None else _bare(quantity.of)) in scopes
    )


def _bare(text: str) -> str:
    return re.sub(r"^(?:the|an?|its|this year's) ", "", text.lower().strip(' "'))
