"""Fills a statement with parameters and carries it from DuckDB's dialect to another."""

from __future__ import annotations

import datetime as dt
from functools import cache

import sqlglot
from sqlglot import exp

from entrepot.engine.sql import Value
from entrepot.errors import QueryError


@cache
def render(name: str, text: str, parameters: tuple[tuple[str, Value], ...], dialect: str) -> str:
    """The statement `text` with literal values, in `dialect`.

    Raises:
        QueryError: a parameter is missing, or the statement does not parse.
    """
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
