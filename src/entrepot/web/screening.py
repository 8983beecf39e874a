"""Screens names against the lists and parties of the case, for reconciliation and matching."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.model.places import country
from entrepot.parties.compare import compare
from entrepot.parties.evidence import Facts
from entrepot.parties.index import NameIndex
from entrepot.parties.matching import by_kind, listed_names
from entrepot.parties.screen import ListName, Query, build_index, screen
from entrepot.web.desk import Desk
from entrepot.web.problems import NotFound

PARTIES = "parties"
"""The dataset of the case's own parties, beside its lists."""

ALL = "default"
"""All lists together, as yente calls it."""

CANDIDATES = 40
"""Parties that the text index hands to the comparison; the same number as the screening of lists."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One name to find. `schema` in FollowTheMoney's words, `countries` as written, `identifiers` as (kind, value)."""

    name: str
    schema: str | None = None
    countries: Sequence[str] = ()
    identifiers: Sequence[tuple[str, str]] = ()

    @property
    def facts(self) -> Facts:
        known = {found for text in self.countries if (found := country(text))}
        return Facts(by_kind(self.identifiers), frozenset(known))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer. `id` is `list/entry`, or the party's identifier. `score` is 0 to 1."""

    id: str
    dataset: str
    name: str
    matched: str
    schema: str
    score: float
    explanation: str
    countries: tuple[str, ...]


class Screener:
    """The names of the case's lists, indexed at the first question and again when the case was built anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mark = ""
        self._names: list[ListName] = []
        self._indices: dict[str, tuple[list[ListName], NameIndex]] = {}

    def datasets(self, desk: Desk) -> list[str]:
        """Names of datasets: all lists, each list, the parties."""
        rows = desk.reader.rows("SELECT DISTINCT list_id FROM list_presence ORDER BY list_id")
        return [ALL, *(str(row["list_id"]) for row in rows), PARTIES]

    def find(
        self, desk: Desk, dataset: str, wanted: Sequence[Wanted], *, least: float, limit: int
    ) -> list[list[Candidate]]:
        """Candidates of each name, best first.

        Raises:
            NotFound: there is no such dataset.
        """
        if dataset not in self.datasets(desk):
            raise NotFound("this case has no such dataset", value=dataset, remedy=f"one of {', '.join(self.datasets(desk))}")  # fmt: skip
        if dataset == PARTIES:
            return [_parties(desk, one, least, limit) for one in wanted]
        names, index = self._index(desk, dataset)
        if not names:
            return [[] for _ in wanted]
        queries = [Query(at, one.name, one.schema, facts=one.facts) for at, one in enumerate(wanted)]
        about = {(n.list_id, n.entry_id): n for n in names}
        found: list[list[Candidate]] = [[] for _ in wanted]
        for result in screen(queries, names, index, possible=least):
            entry = about[result.list, result.entry_id]
            found[result.row].append(
                Candidate(
                    f"{result.list}/{result.entry_id}", result.list, result.entry_name, result.matched_name, entry.schema or "LegalEntity",
                    result.score, result.explanation, tuple(sorted(entry.facts.countries)) if entry.facts else (),
                )
            )  # fmt: skip
        return [each[:limit] for each in found]

    def _index(self, desk: Desk, dataset: str) -> tuple[list[ListName], NameIndex]:
        with self._lock:
            reader = desk.reader
            if self._mark != desk.shelf.mark:
                tables = (reader.arrow(f"SELECT * FROM {t}") for t in ("list_presence", "list_names", "list_identifiers", "list_places"))  # fmt: skip
                self._names, self._indices, self._mark = listed_names(*tables), {}, desk.shelf.mark
            if dataset not in self._indices:
                names = [n for n in self._names if dataset in (ALL, n.list_id)]
                self._indices[dataset] = (names, build_index(names))
            return self._indices[dataset]


def _parties(desk: Desk, wanted: Wanted, least: float, limit: int) -> list[Candidate]:
    hits = desk.words.search(wanted.name, {"kind": "party"}, limit=CANDIDATES).hits
    known = desk.reader.rows(
        "SELECT party_id, name, country, identifier FROM party_names WHERE LIST_CONTAINS($ids, party_id)",
        {"ids": [hit.id for hit in hits]},
    )
    names: dict[str, list[str]] = {}
    countries: dict[str, set[str]] = {}
    for row in known:
        party = str(row["party_id"])
        names.setdefault(party, []).append(str(row["name"]))
        if row["country"]:
            countries.setdefault(party, set()).add(str(row["country"]))
    found = []
    for hit in hits:
        own = Facts({}, frozenset(countries.get(hit.id, ())))
        best = max(
            ((compare(wanted.name, name, wanted.schema, facts_a=wanted.facts, facts_b=own), name) for name in dict.fromkeys(names.get(hit.id, [hit.title]))),
            key=lambda pair: pair[0].score,
        )  # fmt: skip
        if best[0].score >= least:
            found.append(
                Candidate(hit.id, PARTIES, hit.title, best[1], "LegalEntity", round(best[0].score, 4), best[0].explanation, tuple(sorted(own.countries)))
            )  # fmt: skip
    return sorted(found, key=lambda c: (-c.score, c.id))[:limit]
