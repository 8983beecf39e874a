"""Statements in `.sql` files: read with their header, filled with parameters, carried to an engine's dialect."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import sqlglot
from sqlglot import exp

from entrepot.errors import QueryError

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
        return _render(self.name, self.text, tuple(sorted(parameters.items(), key=lambda item: item[0])), dialect)


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


@cache
def _render(name: str, text: str, parameters: tuple[tuple[str, Value], ...], dialect: str) -> str:
    values = dict(parameters)

    def fill(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Parameter | exp.Placeholder):
            key = node.name
            if key not in values:
                raise QueryError(f"statement {name!r} needs the parameter {key!r}")
            return _literal(values[key])
        return node

    try:
        tree = sqlglot.parse_one(text, read="duckdb")
        return str(tree.transform(fill).sql(dialect=dialect, pretty=True))
    except sqlglot.errors.SqlglotError as error:
        raise QueryError(f"statement {name!r} could not be read: {error}\n\n{text}") from error


def _literal(value: Value) -> exp.Expression:
    if isinstance(value, dt.date):
        return exp.cast(exp.Literal.string(value.isoformat()), "date")
    literal: exp.Expression = exp.convert(value)
    return literal


def quote(text: str) -> str:
    """A text literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A quoted identifier."""
    return '"' + name.replace('"', '""') + '"'
