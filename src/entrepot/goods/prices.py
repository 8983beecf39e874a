"""Statements and parameters of the price check: unit values, their comparison groups, what stands out."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from entrepot.engine.sql import Statement, Value, load
from entrepot.goods.lexicon import rows
from entrepot.model.tables.goods import PRICE_RANGES

STEPS = ("unit_values", "price_groups", "price_outliers")
"""Statements in the order in which they run; each writes the table of its name."""

PARAMETERS: dict[str, Value] = {
    "least_rows": 30,
    "robust_z": 3.5,
    "fence": 1.5,
    "least_log_mad": 0.02,
    "factor_tolerance": 1.1,
    "quartile_range": 0,
}
"""Defaults.

least_rows: smallest comparison group, so that quartiles mean something (n of at least 30, as in Pak and Zdanowicz's studies).
robust_z: 0.6745 (ln p - median) / MAD beyond which a value is an outlier (Iglewicz and Hoaglin, 1993).
fence: Tukey's 1.5 interquartile ranges beyond the quartiles, on logarithms.
least_log_mad: floor of the spread, 2%: in a group of equal prices the smallest difference would else be an outlier.
factor_tolerance: how far ln(p / median) may be from ln 1000 or ln 1000000 (1.1 is a factor of three).
quartile_range: 1 also lists everything outside the quartiles, as Pak and Zdanowicz do; half of all rows, so off by default.
"""


def statement(name: str) -> Statement:
    """One of `STEPS`, in DuckDB's dialect; the engine carries it to Spark's.

    Raises:
        KeyError: there is no such statement.
    """
    if name not in STEPS:
        raise KeyError(name)
    return load(Path(str(files("entrepot.goods").joinpath("sql", f"{name}.sql"))))


def parameters(latest: date, **changed: Value) -> dict[str, Value]:
    """Parameters of all statements.

    Args:
        latest: day after which a shipment's date is an error (a century off), usually today.
        changed: values that differ from `PARAMETERS`.
    """
    return {**PARAMETERS, **changed, "latest": latest.isoformat()}


def price_ranges() -> pa.Table:
    """The table `price_ranges` that `price_outliers` reads: possible US dollars per kilogram by code prefix."""
    return PRICE_RANGES.from_rows(
        {"prefix": row["prefix"], "low": float(row["low"]), "high": float(row["high"]), "source": row["source"]}
        for row in rows("price_ranges.tsv")
    )
