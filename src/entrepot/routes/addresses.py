"""Writes out how an address is folded wherever a statement compares addresses, so that all fold alike."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from entrepot.engine.sql import Statement, load

_FOLDER = Path(__file__).parent / "sql"
_CALL = re.compile(r"\bFOLD_ADDRESS\((\w+\([^()]*\)|[^()]+)\)")
"""Of a column, or of one function of it."""


def with_folding(sql: str) -> str:
    """A statement with `FOLD_ADDRESS(column)`, column in upper case, written out as `sql/fold_address.sql` has it.

    Neither engine needs a function of its own for it, and what a reader is shown is what runs.
    """
    if "FOLD_ADDRESS" not in sql:
        return sql
    folding = load(_FOLDER / "fold_address.sql").text
    return _CALL.sub(lambda call: folding.replace("address_text", call[1]), sql)


def contacts_statement() -> Statement:
    """The statement that makes the table `contacts` of one source."""
    statement = load(_FOLDER / "contacts.sql")
    return replace(statement, text=with_folding(statement.text))
