"""Charts as the browser draws them: defined in `entrepot.dossier.charts`, compiled to Vega here."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import pyarrow as pa
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from entrepot.dossier.charts import Bin, flows_over_time, price_distribution, trade_over_time, vega

_COMPILING = Lock()
"""vl-convert has one JavaScript engine; two threads that compile at once would wait in it anyway."""


def _compiled(request: Request, spec: dict[str, object]) -> Response:
    """The chart in the colours that the browser asks for: `theme=dark` in the address, or light."""
    with _COMPILING:
        return JSONResponse(vega(spec, "dark" if request.query_params.get("theme") == "dark" else "light"))


def trade_chart(request: Request, months: pa.Table) -> Response:
    """Bars a month of a table with `period`, `rows` and optionally `series`."""
    return _compiled(request, trade_over_time(months, measure="rows"))


def flows_chart(request: Request, months: pa.Table) -> Response:
    """Lines a month of a table with `period`, `series` and `value_usd`."""
    return _compiled(request, flows_over_time(months, unit="currency of each line"))


def price_chart(request: Request, bins: Sequence[Bin], quartiles: tuple[float, float, float] | None) -> Response:
    """The distribution of values a kilogram."""
    return _compiled(request, price_distribution(bins, quartiles=quartiles, unit="USD a kilogram"))
