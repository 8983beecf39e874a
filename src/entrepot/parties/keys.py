"""Gives names the key that spelling variants of one name share."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from entrepot.model.tables.parties import LIST_KEYS, NAME_KEYS
from entrepot.parties.noparty import not_a_party
from entrepot.parties.normal import normal_form


def name_keys(names: Iterable[str], source_id: str) -> pa.Table:
    """`name_keys` of distinct names."""
    rows = []
    for name in sorted(set(names)):
        reason = not_a_party(name)
        key = None if reason else (normal_form(name) or None)
        rows.append({"source_id": source_id, "name": name, "name_key": key, "no_party": reason})
    return NAME_KEYS.from_rows(rows)


def list_keys(names: pa.Table) -> pa.Table:
    """`list_keys` of `list_names`: one row per list, entry, name and kind."""
    seen = sorted(
        set(
            zip(
                *(names.column(c).to_pylist() for c in ("list_id", "entry_id", "name", "kind")),
                strict=True,
            )
        )
    )
    return LIST_KEYS.from_rows(
        {"list_id": l, "entry_id": e, "name": n, "kind": k, "name_key": normal_form(n) or None}
        for l, e, n, k in seen  # noqa: E741
    )
