"""Trade and published flows over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import altair as alt
import pyarrow as pa

from entrepot.dossier.charts.render import Spec, as_spec
from entrepot.dossier.plain import clean, figure

MEASURES = {"net_kg": "weight, kg", "value_usd": "value, USD", "rows": "shipments"}
"""What trade over time can show, with its axis title."""

UTC_MONTH = "utcyearmonth"


def trade_over_time(
    table: pa.Table,
    *,
    measure: str = "rows",
    marks: Sequence[tuple[dt.date, str]] = (),
    title: str = "",
    width: int = 640,
    height: int = 190,
) -> Spec:
    """Bars a month, stacked by series, with days that matter as labelled rules.

    Args:
        table: columns `period` (date: first day of the month), `measure` and optionally `series` (text).
        measure: `rows`, `net_kg` or `value_usd`; rows where it is NULL are not drawn, and the subtitle counts them.
        marks: days with a short label, for example the day of a listing.
    """
    rows = [r for r in table.to_pylist() if r.get("period") is not None]
    known = [r for r in rows if r.get(measure) is not None]
    values = [
        {
            "period": _day(r["period"]),
            "amount": float(r[measure]),
            "series": clean(r.get("series") or "all", 60),
            "shown": f"{_day(r['period'])[:7]}: {figure(r[measure])}",
        }
        for r in known
    ]
    several = len({v["series"] for v in values}) > 1
    missing = len(rows) - len(known)
    axis = MEASURES.get(measure, measure)
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(aria=True)
        .encode(
            x=alt.X("period:T", timeUnit=UTC_MONTH, title=None, scale=alt.Scale(type="utc")),
            y=alt.Y("amount:Q", title=axis, axis=alt.Axis(format="~s", tickCount=4)),
            tooltip=[alt.Tooltip("shown:N", title=axis), alt.Tooltip("series:N", title="series")],
            description=alt.Description("shown:N"),
            **({"color": alt.Color("series:N", title=None)} if several else {}),
        )
    )
    layers: list[object] = [bars]
    if marks:
        layers += _rules(marks)
    text = alt.TitleParams(
        clean(title, 120),
        subtitle=f"{missing} of {len(rows)} months state no such figure and are not drawn" if missing else [],
    )
    chart = alt.layer(*layers).properties(width=width, height=height, **({"title": text} if title or missing else {}))
    return as_spec(chart)


def flows_over_time(
    table: pa.Table,
    *,
    title: str = "",
    unit: str = "USD",
    marks: Sequence[tuple[dt.date, str]] = (),
    width: int = 640,
    height: int = 220,
) -> Spec:
    """Lines of published figures, one a reporter: what one side exports beside what the other imports.

    Args:
        table: columns `period` (date), `series` (text: who states it), `value_usd` (number); NULL leaves a gap.
        unit: what the numbers are in, where not US dollars.
    """
    values = [
        {
            "period": _day(r["period"]),
            "amount": None if r["value_usd"] is None else float(r["value_usd"]),
            "series": clean(r["series"], 80),
        }
        for r in table.to_pylist()
        if r.get("period") is not None
    ]
    lines = (
        alt.Chart(alt.Data(values=values))
        .mark_line(point={"size": 22, "filled": True}, strokeJoin="round", aria=True)
        .encode(
            x=alt.X("period:T", timeUnit=UTC_MONTH, title=None, scale=alt.Scale(type="utc")),
            y=alt.Y("amount:Q", title=f"value, {clean(unit, 30)}", axis=alt.Axis(format="~s", tickCount=5)),
            color=alt.Color("series:N", title=None, legend=alt.Legend(symbolType="stroke", symbolSize=240)),
            strokeDash=alt.StrokeDash("series:N", title=None),
            tooltip=[
                alt.Tooltip("series:N", title="stated by"),
                alt.Tooltip("amount:Q", format=",.0f", title=clean(unit, 30)),
            ],
        )
    )
    return as_spec(
        alt.layer(lines, *_rules(marks)).properties(
            width=width, height=height, **({"title": clean(title, 120)} if title else {})
        )
    )


def _rules(marks: Sequence[tuple[dt.date, str]]) -> list[object]:
    values: list[Mapping[str, object]] = [{"day": day.isoformat(), "label": clean(label, 40)} for day, label in marks]
    if not values:
        return []
    base = alt.Chart(alt.Data(values=values))
    x = alt.X("day:T", scale=alt.Scale(type="utc"))
    return [
        base.mark_rule(strokeDash=[4, 3], style="marker").encode(x=x, description=alt.Description("label:N")),
        base.mark_text(align="left", baseline="bottom", dx=-2, y=-4, style="quiet").encode(
            x=x, text=alt.Text("label:N")
        ),
    ]


def _day(value: object) -> str:
    return value.isoformat()[:10] if isinstance(value, dt.date) else str(value)[:10]
