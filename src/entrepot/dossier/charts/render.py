"""Draws a Vega-Lite chart: compiled to Vega for the browser, to SVG and PNG for documents, all offline."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Literal, cast

import vl_convert

Theme = Literal["light", "dark", "print"]
"""`print` is the light theme on white paper; `light` and `dark` have no background of their own."""

Spec = dict[str, object]

FONT = "system-ui, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', sans-serif"

SERIES = {
    "light": ("#1f6392", "#b4530a", "#5b7a1d", "#7a4a9e", "#6b7280"),
    "dark": ("#7db8e0", "#f0a35e", "#b3cf6b", "#c9a2e8", "#a3acb8"),
}
"""Colours of series. Each has a contrast of 3:1 or more against its background (WCAG 2.2, 1.4.11), and neighbours differ
in lightness as well as hue (after Okabe and Ito), so that they hold apart in grey."""

_INK = {"light": ("#1d2733", "#566270", "#d9dee5"), "dark": ("#e8edf3", "#a9b4c0", "#3a4653")}
"""Text, quieter text, grid."""


def vega(spec: Mapping[str, object], theme: Theme = "light") -> Spec:
    """The chart compiled to Vega, for a browser that has Vega but not Vega-Lite."""
    return cast(Spec, vl_convert.vegalite_to_vega(themed(spec, theme)))


def svg(spec: Mapping[str, object], theme: Theme = "print") -> str:
    """The chart as SVG text; the same chart gives the same bytes. Fetches nothing."""
    return str(vl_convert.vegalite_to_svg(themed(spec, theme), allowed_base_urls=[]))


def png(spec: Mapping[str, object], theme: Theme = "print", *, scale: float = 2.0) -> bytes:
    """The chart as PNG, `scale` pixels a point."""
    return bytes(vl_convert.vegalite_to_png(themed(spec, theme), scale=scale, allowed_base_urls=[]))


def themed(spec: Mapping[str, object], theme: Theme) -> Spec:
    """The chart with the colours and type of a theme; what the chart itself sets stays."""
    shade = "dark" if theme == "dark" else "light"
    ink, quiet, grid = _INK[shade]
    own = copy.deepcopy(dict(spec))
    config: Spec = {
        "background": "#ffffff" if theme == "print" else "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": quiet, "titleColor": quiet, "domainColor": quiet, "tickColor": grid, "gridColor": grid,
            "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLimit": 260,
        },
        "legend": {"labelColor": ink, "titleColor": quiet, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "orient": "top", "labelLimit": 320},
        "title": {"color": ink, "fontSize": 13, "anchor": "start", "fontWeight": "bold", "subtitleColor": quiet, "subtitleFontSize": 11, "offset": 12},
        "range": {"category": list(SERIES[shade])},
        "bar": {"color": SERIES[shade][0]},
        "line": {"color": SERIES[shade][0], "strokeWidth": 2},
        "point": {"color": SERIES[shade][0], "size": 34, "filled": True},
        "rect": {"color": SERIES[shade][0]},
        "rule": {"color": ink},
        "text": {"color": ink, "fontSize": 11},
        "style": {"subject": {"color": SERIES[shade][1], "fill": SERIES[shade][1], "stroke": SERIES[shade][1]}, "quiet": {"color": quiet, "fill": quiet}, "marker": {"stroke": ink}},
    }  # fmt: skip
    given = own.get("config")
    own["config"] = {**config, **(given if isinstance(given, dict) else {})}
    return own


def as_spec(chart: object) -> Spec:
    """An Altair chart as a Vega-Lite object of plain JSON values, without Altair's own config."""
    spec = cast(Spec, json.loads(chart.to_json()))  # type: ignore[attr-defined]
    spec.pop("config", None)
    return spec
