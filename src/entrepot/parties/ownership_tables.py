"""Applies the ownership rules to the tables of a case: statements and lists in, `owned_parties` and `ownership_steps` out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from entrepot.model.tables.parties import OWNED_PARTIES, OWNERSHIP_STEPS
from entrepot.parties.normal import normal_form
from entrepot.parties.ownership import Owned, Rule, Stake, Step, apply, rules

Row = Mapping[str, object]
EntryKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Statements:
    """The tables that ownership is computed from.

    Attributes:
        ownership: the table, with `list_date`, the date of the list version that states it, where a list does.
        presence, list_keys: who was listed when; keys of the names of entries. members: `party_members`.
    """

    ownership: pa.Table
    presence: pa.Table
    list_keys: pa.Table
    members: pa.Table


@dataclass(frozen=True, slots=True)
class _Regime:
    """One rule with its lists: entries by key of their names, names and days of listing of entries that are on them."""

    rule: Rule
    by_name: Mapping[str, frozenset[EntryKey]]
    names: Mapping[EntryKey, str]
    listed: Mapping[str, dt.date | None]


def owned_parties(tables: Statements) -> tuple[pa.Table, pa.Table]:
    """`owned_parties` and `ownership_steps`, by rule and name.

    A party is a list entry where the statement says so, or where its name equals a name (no weak alias) of exactly one entry of
    the rule's lists; else it is its name. A list that no regime claims counts for every rule. Entries that left their list do
    not count.
    """
    stated = tables.ownership.to_pylist()
    if not stated:
        return OWNED_PARTIES.empty(), OWNERSHIP_STEPS.empty()
    bearers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    columns = (tables.members.column(name).to_pylist() for name in ("name_key", "party_id", "party_key"))
    for key, party, party_key in zip(*columns, strict=True):
        bearers[key].add((party, party_key))
    owned: list[Row] = []
    steps: list[Row] = []
    for rule in rules():
        regime = _regime(rule, tables)
        names: dict[str, str] = {}
        stakes = [_stake(row, regime, names) for row in stated]
        for result in apply(rule, stakes, regime.listed):
            mark = "o-" + hashlib.sha256(f"{rule.id}\0{result.node}".encode()).hexdigest()[:12]
            owned.append(_owned(mark, result, regime, names, bearers))
            steps += [_step(mark, at, step, names) for at, step in enumerate(result.steps, 1)]
    return OWNED_PARTIES.from_rows(owned), OWNERSHIP_STEPS.from_rows(steps)


def _regime(rule: Rule, tables: Statements) -> _Regime:
    claimed = tuple(prefix for each in rules() for prefix in each.lists)
    names: dict[EntryKey, str] = {}
    listed: dict[str, dt.date | None] = {}
    for row in tables.presence.to_pylist():
        entry = (row["list_id"], row["entry_id"])
        if row["list_id"].startswith(claimed) and not row["list_id"].startswith(rule.lists):
            continue
        names[entry] = row["name"]
        if row["delisted"] is None and row["absent_after"] is None:
            listed[_entry_node(entry)] = row["listed"] or row["first_seen"]
    by_name: dict[str, set[EntryKey]] = defaultdict(set)
    columns = (tables.list_keys.column(name).to_pylist() for name in ("list_id", "entry_id", "kind", "name_key"))
    for list_id, entry_id, kind, key in zip(*columns, strict=True):
        if key and kind != "weak" and (list_id, entry_id) in names:
            by_name[key].add((list_id, entry_id))
    return _Regime(rule, {key: frozenset(entries) for key, entries in by_name.items()}, names, listed)


def _stake(row: Row, regime: _Regime, names: dict[str, str]) -> Stake:
    ends = [
        _node(regime, row[f"{side}_list_id"], row[f"{side}_entry_id"], str(row[f"{side}_name"]), names)
        for side in ("owner", "owned")
    ]
    share, until, since = row["share"], row["until"], row["since"]
    as_of = row["as_of"] or row["list_date"]
    return Stake(
        ends[0], ends[1], None if share is None else float(str(share)), str(row["relation"]), str(row["source_id"]),
        int(str(row["row_number"])), since if isinstance(since, dt.date) else None, until if isinstance(until, dt.date) else None,
        as_of if isinstance(as_of, dt.date) else None, None if row["stated_by"] is None else str(row["stated_by"]),
    )  # fmt: skip


def _node(regime: _Regime, list_id: object, entry_id: object, name: str, names: dict[str, str]) -> str:
    entry = (str(list_id), str(entry_id))
    key = normal_form(name) or name
    if entry not in regime.names:
        found = regime.by_name.get(key, frozenset())
        if len(found) != 1:
            node = f"name:{key}"
            names[node] = min(name, names.get(node, name))
            return node
        entry = next(iter(found))
    names[_entry_node(entry)] = regime.names[entry]
    return _entry_node(entry)


def _entry_node(entry: EntryKey) -> str:
    return "entry:" + "\x1f".join(entry)


def _entry_of(node: str) -> EntryKey | None:
    if not node.startswith("entry:"):
        return None
    list_id, _, entry_id = node.removeprefix("entry:").partition("\x1f")
    return list_id, entry_id


def _owned(
    mark: str, result: Owned, regime: _Regime, names: Mapping[str, str], bearers: Mapping[str, set[tuple[str, str]]]
) -> Row:
    name = names[result.node]
    key = normal_form(name) or None
    parties = bearers.get(key or "", set())
    party = next(iter(parties)) if len(parties) == 1 else (None, None)
    roots = sorted({step.stake.owner for step in result.steps if step.listed})
    return {
        "owned_id": mark, "rule": regime.rule.id, "rule_title": regime.rule.title, "name": name, "name_key": key,
        "party_id": party[0], "party_key": party[1], "status": result.status, "share": result.share,
        "from_date": result.from_date, "owners": "; ".join(_listed_as(node, names) for node in roots),
        "steps": "; ".join(_said(step, names) for step in result.steps), "notes": "; ".join(result.notes) or None,
        "stale": any(step.stale for step in result.steps),
    }  # fmt: skip


def _listed_as(node: str, names: Mapping[str, str]) -> str:
    entry = _entry_of(node)
    return names[node] + (f" ({entry[0]}, entry {entry[1]})" if entry else "")


def _said(step: Step, names: Mapping[str, str]) -> str:
    stake = step.stake
    what = "a stake not stated" if stake.share is None else f"{stake.share:g} %"
    verb = {"owns": f"owns {what} of", "subsidiary": f"has as a subsidiary ({what})"}.get(stake.relation, "controls")
    when = f"as of {stake.as_of}" if stake.as_of else (f"since {stake.since}" if stake.since else "no day")
    told = [when, *(["stale"] if step.stale else []), *([stake.stated_by] if stake.stated_by else [])]
    owner = names[stake.owner] + (" (listed)" if step.listed else "")
    return f"{owner} {verb} {names[stake.owned]} ({', '.join(told)})"


def _step(mark: str, position: int, step: Step, names: Mapping[str, str]) -> Row:
    stake = step.stake
    entry = _entry_of(stake.owner) if step.listed else None
    return {
        "owned_id": mark, "position": position, "owner_name": names[stake.owner], "owned_name": names[stake.owned],
        "list_id": entry[0] if entry else None, "entry_id": entry[1] if entry else None,
        "relation": stake.relation, "share": stake.share, "since": stake.since, "as_of": stake.as_of, "stated_by": stake.stated_by, "stale": step.stale, "source_id": stake.source_id, "row_number": stake.row_number,
    }  # fmt: skip
