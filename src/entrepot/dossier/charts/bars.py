"""The largest of something: counterparties, goods, countries."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from entrepot.dossier.charts.render import Spec, as_spec
from entrepot.dossier.plain import clean, figure


def largest(
    rows: Sequence[tuple[str, float]], *, measure: str, title: str = "", most: int = 12, width: int = 420
) -> Spec:
    """Horizontal bars, largest first, each with its figure; what is beyond `most` becomes one bar "others (n)".

    Args:
        rows: label and amount, any order.
        measure: axis title with its unit, for example `weight, kg`.
    """
    ordered = sorted(rows, key=lambda row: (-row[1], row[0]))
    shown = [(clean(label, 60), amount) for label, amount in ordered[:most]]
    if rest := ordered[most:]:
        shown.append((f"others ({len(rest):,})", sum(amount for _, amount in rest)))
    values = [{"label": label, "order": at, "amount": a, "shown": figure(a)} for at, (label, a) in enumerate(shown)]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("label:N", sort=alt.SortField("order"), title=None, axis=alt.Axis(domain=False, ticks=False)),
        x=alt.X("amount:Q", title=clean(measure, 60), axis=alt.Axis(format="~s", tickCount=4)),
    )
    bars = base.mark_bar().encode(tooltip=[alt.Tooltip("label:N", title="name"), alt.Tooltip("shown:N", title=measure)])
    chart = alt.layer(bars, base.mark_text(align="left", dx=4).encode(text="shown:N")).properties(
        width=width, height=alt.Step(20), **({"title": clean(title, 120)} if title else {})
    )
    return as_spec(chart)
