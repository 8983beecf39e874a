"""Holds findings and chains against an answer key: recall, precision, false alarms, lead time, leg F1."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TypedDict

CHAIN_P_VALUE = 0.05
"""A chain is called one below it (issue 4); the rest are weaker candidates and are not scored."""
_ROWS_SHARED = 0.5
"""A finding whose subject is written in a way that the key does not have is matched by half of its rows."""


class Party(TypedDict):
    """A party in an answer key."""

    party: str
    names: list[str]
    country: str
    tax_id: str | None
    listed: str | None


class Entry(TypedDict, total=False):
    """An instance, decoy or incidental party of an answer key."""

    id: str
    pattern: str
    indicator: str
    resembles: list[str]
    kind: str
    subject: Party
    related: list[Party]
    rows: list[int]
    first_date: str
    chains: list[Mapping[str, list[Mapping[str, list[int]]]]]


class Key(TypedDict):
    """What scoring needs of an answer key."""

    companies: int
    patterns: list[Mapping[str, str]]
    instances: list[Entry]
    decoys: list[Entry]
    incidental: list[Entry]


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, in the terms of scoring.

    Attributes:
        indicator: id of the indicator that fired.
        subject: name of the party it fired on, as shown.
        rows: rows of the shipment file that it gives as evidence; the header is row 1.
        score: higher is stronger.
        date: the day on which the indicator could first have fired, where known.
        kind: what the subject is; a finding on a country is not held against patterns of parties, nor the reverse.
    """

    indicator: str
    subject: str
    rows: frozenset[int]
    score: float = 0.0
    date: date | None = None
    kind: str = "party"


@dataclass(frozen=True, slots=True)
class PatternScore:
    """How one pattern was found.

    Attributes:
        planted, found: instances in the key, and how many of them at least one finding matches.
        right, wrong: distinct subjects of findings that match an instance, and that match nothing.
        recall, precision: found / planted; right / (right + wrong), None where nothing was found.
        precision_at_k: share of right subjects among the k strongest, k = `planted`.
        false_alarms_per_1000: wrong subjects per 1,000 companies in the file.
        decoys_hit: kinds of decoys among the wrong, each with its count.
        lead_days: median days from a finding to the listing of its subject, over the instances that are listed later.
        missed: ids of the instances that were not found.
    """

    pattern: str
    planted: int
    found: int
    right: int
    wrong: int
    recall: float
    precision: float | None
    precision_at_k: float | None
    false_alarms_per_1000: float
    decoys_hit: Mapping[str, int]
    lead_days: float | None
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainScore:
    """How the legs of chains were found: by shipments that lie in a chain, and by pairs of consecutive shipments."""

    leg_precision: float
    leg_recall: float
    leg_f1: float
    link_f1: float


def score(findings: Iterable[Found], key: Key, indicators: Mapping[str, frozenset[str]]) -> list[PatternScore]:
    """Score every pattern of the key.

    Args:
        findings: what a detector found.
        key: the answer key.
        indicators: pattern to the ids of the indicators that are meant to find it.

    Findings of one indicator on one subject count once, with the highest score. A finding that matches an incidental
    party is left out. A wrong finding of an indicator that serves several patterns counts against each pattern, unless
    it hits a decoy that resembles only some of them.
    """
    by_subject = _one_per_subject(findings)
    return [
        _score_pattern(
            pattern["pattern"],
            [finding for finding in by_subject if (finding.kind == "country") == (pattern["subject"] == "country")],
            key,
            indicators,
        )
        for pattern in key["patterns"]
        if pattern["pattern"] in indicators
    ]


def score_chains(chains: Iterable[Sequence[frozenset[int]]], key: Key) -> ChainScore:
    """Score chains, each given as the rows of its legs, first leg first; only chains below `CHAIN_P_VALUE` belong here."""
    truth_rows: set[int] = set()
    truth_links: set[tuple[int, int]] = set()
    for instance in key["instances"]:
        for chain in instance.get("chains", []):
            legs = [frozenset(leg["rows"]) for leg in chain["legs"]]
            truth_rows |= set().union(*legs)
            truth_links |= _links(legs)
    rows: set[int] = set()
    links: set[tuple[int, int]] = set()
    for legs_found in chains:
        rows |= set().union(*legs_found)
        links |= _links(legs_found)
    precision, recall, f1 = _f1(rows, truth_rows)
    return ChainScore(precision, recall, f1, _f1(links, truth_links)[2])


def chain_findings(chains: Iterable[Sequence[frozenset[int]]]) -> list[Found]:
    """Chains as findings of the indicator `chain`, one for each, so that `score` tells which instances were found."""
    return [Found("chain", f"chain {at}", frozenset().union(*legs), 1.0) for at, legs in enumerate(chains)]


def folded(name: str) -> str:
    """A name without case, accents, punctuation and spaces."""
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in text if letter.isalnum())


def _one_per_subject(findings: Iterable[Found]) -> list[Found]:
    groups: dict[tuple[str, str], list[Found]] = {}
    for finding in findings:
        groups.setdefault((finding.indicator, folded(finding.subject)), []).append(finding)
    merged = []
    for group in groups.values():
        dates = [finding.date for finding in group if finding.date is not None]
        merged.append(
            Found(
                group[0].indicator,
                group[0].subject,
                frozenset().union(*(finding.rows for finding in group)),
                max(finding.score for finding in group),
                min(dates, default=None),
                group[0].kind,
            )
        )
    return merged


def _score_pattern(
    pattern: str, findings: Sequence[Found], key: Key, indicators: Mapping[str, frozenset[str]]
) -> PatternScore:
    wanted = indicators[pattern]
    siblings = {name for name, ids in indicators.items() if ids & wanted}
    own = [at for at in key["instances"] if at["pattern"] == pattern]
    others = [at for at in key["instances"] if at["pattern"] in siblings and at["pattern"] != pattern]
    forgiven = [at for at in key["incidental"] if at["pattern"] in siblings]
    right: list[Found] = []
    wrong: list[Found] = []
    hit: dict[str, list[Found]] = {}
    decoys: dict[str, int] = {}
    for finding in findings:
        if finding.indicator not in wanted:
            continue
        matched = [at for at in own if _matches(finding, at)]
        if matched:
            right.append(finding)
            for at in matched:
                hit.setdefault(at["id"], []).append(finding)
        elif not any(_matches(finding, at) for at in (*others, *forgiven)):
            decoy = next((at for at in key["decoys"] if _matches(finding, at)), None)
            if decoy is not None and set(decoy["resembles"]) & siblings and pattern not in decoy["resembles"]:
                continue
            wrong.append(finding)
            if decoy is not None:
                decoys[decoy["kind"]] = decoys.get(decoy["kind"], 0) + 1
    strongest = sorted([*right, *wrong], key=lambda finding: -finding.score)[: len(own)]
    leads = []
    for at in own:
        listed = at["subject"]["listed"]
        dates = [finding.date for finding in hit.get(at["id"], []) if finding.date is not None]
        if listed and listed > at["first_date"] and dates:
            leads.append((date.fromisoformat(listed) - min(dates)).days)
    return PatternScore(
        pattern=pattern,
        planted=len(own),
        found=len(hit),
        right=len(right),
        wrong=len(wrong),
        recall=len(hit) / len(own) if own else 0.0,
        precision=len(right) / (len(right) + len(wrong)) if right or wrong else None,
        precision_at_k=sum(finding in right for finding in strongest) / len(strongest) if strongest else None,
        false_alarms_per_1000=1000 * len(wrong) / key["companies"],
        decoys_hit=decoys,
        lead_days=median(leads) if leads else None,
        missed=tuple(at["id"] for at in own if at["id"] not in hit),
    )


def _matches(finding: Found, entry: Entry) -> bool:
    """Whether a finding speaks of this entry: half of its rows are the entry's, or it names it and shares a row."""
    shared = len(finding.rows & set(entry["rows"]))
    if not shared:
        return False
    if shared >= _ROWS_SHARED * len(finding.rows):
        return True
    subject = folded(finding.subject)
    parties = [entry["subject"], *entry.get("related", [])]
    return any(folded(name) == subject for party in parties for name in party["names"])


def _links(legs: Sequence[frozenset[int]]) -> set[tuple[int, int]]:
    return {(before, after) for first, second in pairwise(legs) for before in first for after in second}


def _f1(found: Set[object], truth: Set[object]) -> tuple[float, float, float]:
    both = len(found & truth)
    precision = both / len(found) if found else 0.0
    recall = both / len(truth) if truth else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0
