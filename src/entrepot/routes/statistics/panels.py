"""A panel of log trade by country, product and period, and regressions on it with effects of all its pairs absorbed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from entrepot.engine.sql import Value
from entrepot.errors import InputError
from entrepot.routes.statistics.evidence import run
from entrepot.routes.statistics.supf import Vector

Codes = npt.NDArray[np.int64]

_TOLERANCE = 1e-8
_MOST_ROUNDS = 2_000


@dataclass(frozen=True, slots=True)
class Panel:
    """Cells with trade; parallel arrays.

    Attributes:
        countries, products, periods: what the codes stand for.
        country, product, period: code of each cell.
        value: in `currency`, above zero; `row`: the first flow behind the cell; `figures`: how many there are.
        zeros: cells left out because the source states zero.
    """

    countries: tuple[str, ...]
    products: tuple[str, ...]
    periods: tuple[date, ...]
    country: Codes
    product: Codes
    period: Codes
    value: Vector
    row: tuple[str, ...]
    figures: Codes
    currency: str | None
    zeros: int

    def only(self, cells: npt.NDArray[np.bool_]) -> Panel:
        """The panel of the cells where `cells` is true; codes keep their meaning."""
        at = np.flatnonzero(cells)
        return Panel(
            self.countries,
            self.products,
            self.periods,
            self.country[at],
            self.product[at],
            self.period[at],
            self.value[at],
            tuple(self.row[i] for i in at),
            self.figures[at],
            self.currency,
            self.zeros,
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """One coefficient on log trade. `se`, `p`, `low`, `high` are robust to clusters; NaN-free: None where there are fewer than
    two clusters or the regressor does not vary beyond the effects."""

    beta: float
    se: float | None
    p: float | None
    low: float | None
    high: float | None
    cells: int
    clusters: int


def panel(flows: pa.Table, *, direction: str, precision: str, digits: int = 0, role: str | None = None) -> Panel:
    """The panel of the flows of one direction; see sql/panel.sql for what a cell is.

    Raises:
        InputError: the figures are in different currencies without dollar values.
    """
    asked: dict[str, Value] = {
        "direction": direction,
        "precision": precision,
        "digits": digits,
        "role": role or ("origin" if direction == "import" else "destination"),
    }
    cells = run("panel", asked, flows=flows)
    column, currency = _currency(cells)
    value = cells.column(column).to_numpy().astype(float)
    kept = cells.filter(pa.array(value > 0))
    countries, country = _codes(kept.column("country"))
    products, product = _codes(kept.column("product"))
    periods, period = _codes(kept.column("period_from"))
    return Panel(
        tuple(str(c) for c in countries),
        tuple(str(p) for p in products),
        tuple(p for p in periods if isinstance(p, date)),
        country,
        product,
        period,
        kept.column(column).to_numpy().astype(float),
        tuple(kept.column("first_row").to_pylist()),
        kept.column("figures").to_numpy().astype(np.int64),
        currency,
        int((value == 0).sum()),
    )


def estimate(y: Vector, x: Vector, effects: Sequence[Codes], clusters: Codes) -> Estimate | None:
    """Coefficient of `x` on `y` with `effects` absorbed and errors clustered; None where nothing of `x` is left."""
    if len(y) == 0:
        return None
    both = absorb(np.column_stack((y, x)), effects)
    left_y, left_x = both[:, 0], both[:, 1]
    size = float(left_x @ left_x)
    if size <= 1e-7 * max(1.0, float(x @ x)):
        return None
    beta = float(left_x @ left_y) / size
    groups = np.unique(clusters)
    if len(groups) < 2:
        return Estimate(beta, None, None, None, None, len(y), len(groups))
    residual = left_y - beta * left_x
    if float(residual @ residual) <= 1e-18 * max(1.0, float(y @ y)):
        return Estimate(beta, 0.0, 0.0, beta, beta, len(y), len(groups))
    # a second to import, which every command would wait for
    from statsmodels.regression.linear_model import OLS

    fitted = OLS(left_y, left_x[:, None]).fit(
        cov_type="cluster", cov_kwds={"groups": clusters, "use_correction": True}, use_t=True
    )
    low, high = fitted.conf_int()[0]
    return Estimate(beta, float(fitted.bse[0]), float(fitted.pvalues[0]), float(low), float(high), len(y), len(groups))


def absorb(columns: Vector, effects: Sequence[Codes]) -> Vector:
    """What the effects leave of each column: group means taken off in turn until nothing changes (Gaure 2013)."""
    left = columns - columns.mean(axis=0)
    dense = [np.unique(codes, return_inverse=True)[1] for codes in effects]
    counts = [np.bincount(codes) for codes in dense]
    scale = np.maximum(np.abs(left).max(axis=0), 1e-300)
    for _ in range(_MOST_ROUNDS):
        moved = 0.0
        for codes, count in zip(dense, counts, strict=True):
            for at in range(left.shape[1]):
                mean = np.bincount(codes, weights=left[:, at]) / count
                left[:, at] -= mean[codes]
                moved = max(moved, float(np.abs(mean).max() / scale[at]))
        if moved < _TOLERANCE or len(dense) == 1:
            break
    return np.asarray(left)


def pairs(one: Codes, two: Codes) -> Codes:
    """One code for each combination."""
    return np.asarray(one * (int(two.max(initial=0)) + 1) + two)


def _currency(cells: pa.Table) -> tuple[str, str | None]:
    found = set(cells.column("first_currency").to_pylist()) | set(cells.column("last_currency").to_pylist())
    if len(found) <= 1:
        only = found.pop() if found else None
        return "value", None if only is None else str(only)
    if pc.all(pc.equal(cells.column("figures"), cells.column("figures_usd"))).as_py():
        return "value_usd", "USD"
    raise InputError(
        f"the figures are in different currencies ({', '.join(sorted(str(c) for c in found))})",
        remedy="select one publisher's flows",
    )


def _codes(column: pa.ChunkedArray) -> tuple[list[object], Codes]:
    values = sorted(set(column.to_pylist()))
    at = {value: i for i, value in enumerate(values)}
    return values, np.array([at[value] for value in column.to_pylist()], dtype=np.int64)
