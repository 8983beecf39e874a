"""Puts what a person judged of names and list entries over what the comparison decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from entrepot.model.tables.parties import MATCHES

_DECISION = {"same": "match", "different": "no"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement about a party and a list entry.

    Attributes:
        name_key: key of the party's name, None where only the number is known. identifier: as read, None for any.
        decision: `same`, `different`, `unsure`. judgement_id, said: which judgement; by whom, when and why.
    """

    name_key: str | None
    identifier: str | None
    list_id: str
    entry_id: str
    decision: str
    judgement_id: str
    said: str


def judged(
    screened: pa.Table, members: pa.Table, name_keys: pa.Table, presence: pa.Table, verdicts: Sequence[Verdict]
) -> pa.Table:
    """`matches`: `screened` with the decisions of verdicts, which hold for every name of the judged party.

    A name judged the same as an entry that the comparison did not give gets a row of its own. Where several parties bear a
    name and one of them was judged different, the name's match stays: it may be another's.

    Args:
        members: `party_members`. name_keys, presence: `name_keys`, `list_presence`. verdicts: in force, oldest first.
    """
    parties: dict[str, set[str]] = defaultdict(set)
    keys_of: dict[str, set[str]] = defaultdict(set)
    with_number: dict[tuple[str, str], set[str]] = defaultdict(set)
    columns = (members.column(name).to_pylist() for name in ("party_id", "name_key", "identifier"))
    for party, key, identifier in zip(*columns, strict=True):
        parties[key].add(party)
        keys_of[party].add(key)
        with_number[key, identifier].add(party)
        with_number["", identifier].add(party)
    holds: dict[tuple[str, str, str], Verdict] = {}
    anchors: list[tuple[Verdict, str]] = []
    for verdict in verdicts:
        if verdict.identifier is not None:
            meant = with_number.get((verdict.name_key or "", verdict.identifier), set())
        else:
            meant = parties.get(verdict.name_key or "", set())
        for key in sorted(key for party in meant for key in keys_of[party]):
            if verdict.decision == "different" and not parties[key] <= meant:
                continue
            holds[key, verdict.list_id, verdict.entry_id] = verdict
        if meant and verdict.name_key is not None:
            anchors.append((verdict, verdict.name_key))
    rows = [
        _decided(row, holds.get((row["name_key"] or "", row["list_id"], row["entry_id"])))
        for row in screened.to_pylist()
    ]
    known = {(row["name_key"], row["list_id"], row["entry_id"]) for row in rows}
    return MATCHES.from_rows([*rows, *_added(anchors, holds, known, name_keys, presence)])


def _decided(row: dict[str, object], verdict: Verdict | None) -> dict[str, object]:
    if verdict is None:
        return {**row, "judgement": None, "judgement_id": None}
    return {
        **row, "decision": _DECISION.get(verdict.decision, row["decision"]),
        "explanation": f"{verdict.said}; {row['explanation']}", "judgement": verdict.decision,
        "judgement_id": verdict.judgement_id,
    }  # fmt: skip


def _added(
    anchors: Sequence[tuple[Verdict, str]],
    holds: dict[tuple[str, str, str], Verdict],
    known: set[tuple[object, object, object]],
    name_keys: pa.Table,
    presence: pa.Table,
) -> list[dict[str, object]]:
    """Rows of names that a person found the same as an entry and the comparison did not."""
    wanted = {
        (key, v.list_id, v.entry_id): v
        for v, key in anchors
        if v.decision == "same"
        and holds.get((key, v.list_id, v.entry_id)) is v
        and (key, v.list_id, v.entry_id) not in known
    }
    if not wanted:
        return []
    entries = {
        (e["list_id"], e["entry_id"]): e["name"] for e in presence.select(["list_id", "entry_id", "name"]).to_pylist()
    }
    names: dict[str, set[str]] = defaultdict(set)
    for row in name_keys.select(["name", "name_key"]).to_pylist():
        if row["name_key"] is not None:
            names[row["name_key"]].add(row["name"])
    return [
        {
            "name": name, "name_key": key, "list_id": list_id, "entry_id": entry_id, "entry_name": entries[list_id, entry_id],
            "matched_name": entries[list_id, entry_id], "score": 1.0, "decision": "match", "explanation": verdict.said,
            "judgement": "same", "judgement_id": verdict.judgement_id,
        }
        for (key, list_id, entry_id), verdict in sorted(wanted.items(), key=lambda item: item[0])
        if (list_id, entry_id) in entries
        for name in sorted(names[key])
    ]  # fmt: skip
