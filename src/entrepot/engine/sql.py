"""Statements in `.sql` files: read with their header, filled with parameters, carried to an engine's dialect."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

Value = str | int | float | bool | dt.date | None
"""What a parameter may be."""

_HEADER = re.compile(r"^--\s*(?P<key>[a-z_]+(?:\.[a-z_0-9]+)?):\s*(?P<value>.*)$")
_CONTINUED = re.compile(r"^--\s{2,}(?P<value>\S.*)$")


@dataclass(frozen=True, slots=True)
class Statement:
    """One `.sql` file: its text in DuckDB's dialect and the `-- key: value` lines above it."""

    name: str
    text: str
    header: Mapping[str, str] = field(default_factory=dict)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the `$parameters` in the text, sorted."""
        return tuple(sorted(set(re.findall(r"\$([a-z_][a-z_0-9]*)", self.text))))

    def render(self, parameters: Mapping[str, Value], dialect: str = "duckdb") -> str:
        """The statement with literal values, in `dialect`: what a person can paste into that engine.

        Raises:
            QueryError: a parameter is missing, or the statement does not parse.
        """
        from entrepot.engine.dialects import (
            render,
        )  # sqlglot takes a quarter of a second to import, and DuckDB needs none

        return render(self.name, self.text, tuple(sorted(parameters.items(), key=lambda item: item[0])), dialect)


def load(path: Path) -> Statement:
    """Read a `.sql` file; the header is its leading comment lines of the form `-- key: value`."""
    return parse(path.stem, path.read_text(encoding="utf-8"))


def parse(name: str, text: str) -> Statement:
    """A statement from text; a header line may be continued by `--   more text`."""
    header: dict[str, str] = {}
    key = ""
    lines = text.splitlines()
    start = 0
    for start, line in enumerate(lines):  # noqa: B007 - used after the loop
        if match := _HEADER.match(line):
            key = match["key"]
            header[key] = match["value"].strip()
        elif key and (match := _CONTINUED.match(line)):
            header[key] = f"{header[key]} {match['value'].strip()}".strip()
        elif line.strip() and not line.startswith("--"):
            break
    return Statement(name, "\n".join(lines[start:]).strip().rstrip(";"), header)


def quote(text: str) -> str:
    """A text literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A quoted identifier."""
    return '"' + name.replace('"', '""') + '"'
