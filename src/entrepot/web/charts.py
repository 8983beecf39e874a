"""Charts as the browser draws them: defined in `entrepot.dossier.charts`, compiled to Vega here."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import pyarrow as pa
from starlette.responses import JSONResponse, Response

from entrepot.dossier.charts import flows_over_time, price_distribution, trade_over_time, vega

_COMPILING = Lock()
"""vl-convert has one JavaScript engine; two threads that compile at once would wait in it anyway."""


def _compiled(spec: dict[str, object]) -> Response:
    with _COMPILING:
        return JSONResponse(vega(spec))


def trade_chart(months: pa.Table) -> Response:
    """Bars a month of a table with `period`, `rows` and optionally `series`."""
    return _compiled(trade_over_time(months, measure="rows"))


def flows_chart(months: pa.Table) -> Response:
    """Lines a month of a table with `period`, `series` and `value_usd`."""
    return _compiled(flows_over_time(months))


def price_chart(values: Sequence[float], quartiles: tuple[float, float, float] | None) -> Response:
    """The distribution of values a kilogram."""
    return _compiled(price_distribution(values, quartiles=quartiles, unit="USD a kilogram"))
