"""Screens the names of a case against its lists: tables in, `screened` out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from entrepot.model.tables.parties import SCREENED
from entrepot.parties.evidence import Facts
from entrepot.parties.noparty import not_a_party
from entrepot.parties.screen import ListName, Query, build_index, screen

NUMBERS_BY_LENGTH = {8: "registration", 10: "inn", 12: "inn", 13: "ogrn", 15: "tax", 18: "uscc", 20: "lei"}
"""Kind of a number whose source does not name it, by its length (as in EDRPOU, INN, BIN, OGRN, USCC, LEI): numbers of
different length are never compared."""

_TAX_KINDS = frozenset(["tax", "inn", "ogrn", "uscc", "registration", "lei"])


def matches(
    mentions: pa.Table, entries: pa.Table, names: pa.Table, identifiers: pa.Table, places: pa.Table
) -> pa.Table:
    """`screened` of the distinct names of `mentions`.

    Args:
        mentions: columns `name`, `name_key`, `identifier`, `country`; one row per distinct combination.
        entries: `list_presence`. names: `list_names`. identifiers: `list_identifiers`. places: `list_places`.
    """
    listed = listed_names(entries, names, identifiers, places)
    queries, keys = _queries(mentions)
    if not listed or not queries:
        return SCREENED.empty()
    return SCREENED.from_rows(
        {
            "name": result.name,
            "name_key": keys[result.name],
            "list_id": result.list,
            "entry_id": result.entry_id,
            "entry_name": result.entry_name,
            "matched_name": result.matched_name,
            "score": float(result.score),
            "decision": result.decision,
            "explanation": result.explanation,
        }
        for result in screen(queries, listed, build_index(listed))
    )


def listed_names(entries: pa.Table, names: pa.Table, identifiers: pa.Table, places: pa.Table) -> list[ListName]:
    """Names of list entries with what the lists say of the entries, in a stable order."""
    about = {(e["list_id"], e["entry_id"]): e for e in entries.to_pylist()}
    numbers: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in identifiers.select(["list_id", "entry_id", "kind", "value"]).to_pylist():
        numbers[row["list_id"], row["entry_id"]].append((row["kind"], row["value"]))
    countries: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in places.select(["list_id", "entry_id", "country"]).to_pylist():
        if row["country"]:
            countries[row["list_id"], row["entry_id"]].add(row["country"])
    listed: dict[tuple[str, str, str], ListName] = {}
    for row in names.select(["list_id", "entry_id", "name", "kind"]).to_pylist():
        key = (row["list_id"], row["entry_id"])
        entry = about.get(key)
        if entry is None or (*key, row["name"]) in listed or not_a_party(row["name"]):
            continue
        facts = Facts(by_kind(numbers.get(key, ())), frozenset(countries.get(key, ())))
        listed[*key, row["name"]] = ListName(
            key[0],
            key[1],
            entry["name"],
            row["name"],
            entry["schema"],
            row["kind"],
            entry["listed"],
            entry["delisted"],
            facts,
        )
    return [listed[key] for key in sorted(listed)]


def _queries(mentions: pa.Table) -> tuple[list[Query], Mapping[str, str | None]]:
    numbers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    countries: dict[str, set[str]] = defaultdict(set)
    keys: dict[str, str | None] = {}
    for row in mentions.to_pylist():
        keys[row["name"]] = row["name_key"]
        if row["identifier"]:
            kind, colon, value = row["identifier"].partition(":")
            numbers[row["name"]].append((kind, value) if colon else ("tax", row["identifier"]))
        if row["country"]:
            countries[row["name"]].add(row["country"])
    named = sorted(name for name, key in keys.items() if key is not None)
    queries = [
        Query(row, name, facts=Facts(by_kind(numbers.get(name, ())), frozenset(countries.get(name, ()))))
        for row, name in enumerate(named)
    ]
    return queries, keys


def by_kind(numbers: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Identifiers as the comparison reads them: tax numbers by their length, upper case, letters and digits only."""
    grouped: dict[str, set[str]] = defaultdict(set)
    for kind, value in numbers:
        plain = "".join(c for c in value.upper() if c.isalnum())
        known = NUMBERS_BY_LENGTH.get(len(plain), kind) if kind in _TAX_KINDS else kind
        grouped[known].add(plain)
    return {kind: frozenset(values) for kind, values in grouped.items()}
