"""Screening: every query name against the names of lists, one row for each candidate, as of the day of the shipment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from entrepot.parties.analyse import UNKNOWN, schema_kind
from entrepot.parties.compare import MATCH, POSSIBLE, compare, decide
from entrepot.parties.evidence import Facts
from entrepot.parties.index import CANDIDATES, NameIndex
from entrepot.parties.pairing import OTHER_KIND


@dataclass(frozen=True, slots=True)
class ListName:
    """One name of one list entry.

    Attributes:
        list_id, entry_id, entry_name: the list, the entry and its primary name. name: this name.
        schema: what the entry is, in FollowTheMoney's words. kind: `primary`, `alias`, `weak`, `former`, `native`.
        listed, delisted: dates of the entry, None where the list does not say. facts: identifiers, countries, dates.
    """

    list_id: str
    entry_id: str
    entry_name: str
    name: str
    schema: str | None = None
    kind: str = "primary"
    listed: date | None = None
    delisted: date | None = None
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """One name to screen. `row` is what the caller counts by; `day` is the day of the shipment."""

    row: int
    name: str
    schema: str | None = None
    day: date | None = None
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One candidate of one query; the fields are the columns of the output.

    `listed_on_date`: `on the list`, `listed N days later`, `delisted N days before`, or '' where a date is missing.
    """

    row: int
    name: str
    list: str
    entry_id: str
    entry_name: str
    matched_name: str
    score: float
    decision: str
    explanation: str
    listed_on_date: str


WEAK_CAP = 0.79
"""A match on a weak alias alone (OFAC's and the UN's own words: low quality) is at most `possible`."""

_CHUNK = 5_000
"""Queries screened before their results are handed out, so that an interruption loses little."""


def build_index(names: Sequence[ListName]) -> NameIndex:
    """The index of a list's names; position k of the index is `names[k]`."""
    return NameIndex.build([n.name for n in names], [n.schema for n in names])


def screen(
    queries: Sequence[Query],
    names: Sequence[ListName],
    index: NameIndex | None = None,
    *,
    threshold: float = MATCH,
    possible: float | None = None,
    most: int = CANDIDATES,
    threads: int = 2,
) -> Iterator[Result]:
    """Screen queries against list names.

    Args:
        queries: in the order in which results are wanted. names: of the lists. index: of `names`, built where not given.
        threshold: score from which the decision is `match`. possible: score from which a candidate is returned at all
            (default: 0.15 under the threshold). most: candidates compared for a query.

    Yields:
        Results by query, best first; one for each list entry, by its best name. Queries without candidate yield nothing.
    """
    index = index if index is not None else build_index(names)
    least = threshold - (MATCH - POSSIBLE) if possible is None else possible
    for start in range(0, len(queries), _CHUNK):
        part = queries[start : start + _CHUNK]
        schemas = [q.schema for q in part]
        # identifiers can lift a weak name, so those queries keep their weaker candidates
        floor = 0.3 if any(q.facts is not None and q.facts.identifiers for q in part) else least
        hits = index.search([q.name for q in part], schemas, least=min(least, floor), most=most, threads=threads)
        found: dict[int, list[int]] = {}
        for at, query in enumerate(hits.query.tolist()):
            found.setdefault(query, []).append(at)
        for at, query in enumerate(part):
            yield from _results(
                query,
                [(int(hits.name[k]), float(hits.score[k])) for k in found.get(at, ())],
                names,
                index,
                threshold,
                least,
            )


def _results(
    query: Query,
    hits: list[tuple[int, float]],
    names: Sequence[ListName],
    index: NameIndex,
    threshold: float,
    least: float,
) -> Iterator[Result]:
    best: dict[tuple[str, str], Result] = {}
    for position, _ in hits:
        listed = names[position]
        key = (listed.list_id, listed.entry_id)
        if key in best and best[key].decision == "match" and best[key].score >= 0.999:
            continue
        comparison = compare(
            query.name,
            listed.name,
            query.schema or listed.schema,
            facts_a=query.facts,
            facts_b=listed.facts,
            threshold=threshold,
            analyser=index.analyser,
        )
        score, explanation = comparison.score, comparison.explanation
        kinds = {schema_kind(query.schema), schema_kind(listed.schema)}
        if len(kinds) == 2 and UNKNOWN not in kinds:
            score, explanation = score * OTHER_KIND, f"{explanation}; {query.schema} and {listed.schema}"
        if (
            listed.kind == "weak"
            and score > WEAK_CAP
            and not any(part.rule == "identifier" for part in comparison.parts)
        ):
            score, explanation = WEAK_CAP, explanation + "; weak alias"
        elif listed.kind == "former":
            explanation += "; former name"
        if score < least or (key in best and best[key].score >= score):
            continue
        best[key] = Result(
            query.row, query.name, listed.list_id, listed.entry_id, listed.entry_name, listed.name, round(score, 4), decide(score, threshold),
            explanation, on_date(query.day, listed.listed, listed.delisted),
        )  # fmt: skip
    yield from sorted(best.values(), key=lambda result: (-result.score, result.list, result.entry_id))


def on_date(day: date | None, listed: date | None, delisted: date | None) -> str:
    """Whether an entry was on its list on a day."""
    if day is None or (listed is None and delisted is None):
        return ""
    if listed is not None and day < listed:
        return f"listed {(listed - day).days} days later"
    if delisted is not None and day >= delisted:
        return f"delisted {(day - delisted).days} days before"
    return "on the list"
