"""Where a subject's unit values lie in the distribution of their comparison group."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from entrepot.dossier.charts.render import Spec, as_spec
from entrepot.dossier.plain import clean, figure

BINS = 40
"""Bins of the histogram over the logarithm: enough to show two modes, few enough for a group of thirty."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Unit values from `low` to below `high`, and how many there are."""

    low: float
    high: float
    n: int


def price_distribution(
    bins: Sequence[Bin],
    subject: Sequence[tuple[str, float]] = (),
    *,
    quartiles: tuple[float, float, float] | None = None,
    unit: str = "",
    title: str = "",
    width: int = 640,
    height: int = 150,
) -> Spec:
    """A histogram on a logarithmic axis, the middle half shaded, the subject's own shipments as marked ticks below.

    Args:
        bins: of the group's unit values; see `binned`.
        subject: label (a row, for example `file.csv row 12`) and unit value of each of the subject's shipments.
        quartiles: first quartile, median, third quartile of the group.
        unit: what a value is, for example `USD a kilogram`.
    """
    counted: list[Mapping[str, object]] = [{"low": b.low, "high": b.high, "n": b.n, "shown": f"{b.n} between {figure(b.low)} and {figure(b.high)}"} for b in bins]  # fmt: skip
    x = alt.X("low:Q", scale=alt.Scale(type="log", nice=False), title=clean(unit, 60) or None, axis=alt.Axis(format="~s", tickCount=6))  # fmt: skip
    layers: list[object] = []
    if quartiles is not None:
        q1, median, q3 = quartiles
        band: list[Mapping[str, object]] = [{"low": q1, "high": q3, "median": median, "shown": f"middle half {figure(q1)} to {figure(q3)}, median {figure(median)}"}]  # fmt: skip
        base = alt.Chart(alt.Data(values=band))
        layers += [
            base.mark_rect(opacity=0.16).encode(x=x, x2="high:Q", description=alt.Description("shown:N"), tooltip=alt.Tooltip("shown:N")),
            base.mark_rule(strokeDash=[2, 2]).encode(x=alt.X("median:Q", scale=alt.Scale(type="log", nice=False))),
        ]  # fmt: skip
    bars = (
        alt.Chart(alt.Data(values=counted))
        .mark_bar(opacity=0.75, binSpacing=0)
        .encode(x=x, x2="high:Q", y=alt.Y("n:Q", title="shipments", axis=alt.Axis(tickMinStep=1, tickCount=4)), y2=alt.datum(0), description=alt.Description("shown:N"), tooltip=alt.Tooltip("shown:N"))
    )  # fmt: skip
    layers.append(bars)
    if own := [{"at": v, "label": f"{clean(label, 80)}: {figure(v)}"} for label, v in subject if v > 0]:
        ticks = (
            alt.Chart(alt.Data(values=own))
            .mark_point(shape="triangle-down", size=70, filled=True, style="subject", yOffset=-5)
            .encode(x=alt.X("at:Q", scale=alt.Scale(type="log", nice=False)), y=alt.value(height), description=alt.Description("label:N"), tooltip=alt.Tooltip("label:N"))
        )  # fmt: skip
        layers.append(ticks)
    chart = alt.layer(*layers).properties(width=width, height=height, **({"title": clean(title, 120)} if title else {}))
    return as_spec(chart)


def binned(values: Sequence[float]) -> list[Bin]:
    """Counts in bins of equal width on the logarithm; values that are not above 0 and bins with nothing are left out."""
    positive = [value for value in values if value > 0]
    if not positive:
        return []
    low, high = math.log(min(positive)), math.log(max(positive))
    step = (high - low) / BINS or 0.05
    counts: dict[int, int] = {}
    for value in positive:
        at = min(BINS - 1, int((math.log(value) - low) / step))
        counts[at] = counts.get(at, 0) + 1
    return [Bin(math.exp(low + at * step), math.exp(low + (at + 1) * step), n) for at, n in sorted(counts.items())]
