"""What results of the trade statistics share: caveats from the literature, and statements run over `flows`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa

from entrepot.engine.sql import Statement, Value, load
from entrepot.errors import QueryError


@dataclass(frozen=True, slots=True)
class Caveat:
    """An innocent explanation or a limit of a result. `source` as data/caveats.tsv spells it out."""

    id: str
    text: str
    source: str


@cache
def _caveats() -> Mapping[str, Caveat]:
    text = files(__package__).joinpath("data", "caveats.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {line[0]: Caveat(*line) for line in lines[1:]}


def caveats(*ids: str) -> tuple[Caveat, ...]:
    """The caveats called `ids`, in this order; KeyError where there is none of this name."""
    return tuple(_caveats()[name] for name in dict.fromkeys(ids))


@cache
def statement(name: str) -> Statement:
    """The statement sql/`name`.sql of this package."""
    return load(Path(str(files(__package__).joinpath("sql", f"{name}.sql"))))


def run(name: str, parameters: Mapping[str, Value], **tables: pa.Table) -> pa.Table:
    """The rows of the statement sql/`name`.sql over the given tables, by DuckDB.

    Raises:
        QueryError: the statement failed; the message carries it.
    """
    sql = statement(name).render(parameters)
    with duckdb.connect() as con:
        for table, rows in tables.items():
            con.register(table, rows)
        try:
            return con.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise QueryError(f"statistics {name!r} failed: {error}\n\n{sql}") from error
