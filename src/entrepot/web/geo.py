"""Lanes between countries as GeoJSON lines; the map bends them along the great circle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from entrepot.model.places import country_name, country_point
from entrepot.web.reader import Row

MOST_LANES = 300
"""Lines of a map: more than the largest would hide one another. The table below has them all."""


def lanes(rows: Iterable[Row], target: str, fixed: Sequence[tuple[str, str]] = ()) -> dict[str, object]:
    """A FeatureCollection of the lanes whose two countries are known.

    Args:
        rows: `dispatch_country`, `destination_country`, `shipments`, `net_kg`, `value_usd`, `tier`, `first_date`, `last_date`.
        target: path of the page with a lane's shipments. fixed: what stands in its address beside the two countries.
    """
    features = []
    for row in rows:
        start, end = str(row["dispatch_country"]), str(row["destination_country"])
        a, b = country_point(start), country_point(end)
        if a is None or b is None:
            continue
        query = urlencode([*fixed, ("shipments.dispatch_country", start), ("shipments.destination_country", end)])
        names = [country_name(code) or code for code in (start, end)]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": [[a[1], a[0]], [b[1], b[0]]]},
                "properties": {
                    "from": start, "to": end, "label": f"{names[0]} to {names[1]}", "shipments": row["shipments"], "kg": row["net_kg"],
                    "value_usd": row["value_usd"], "tier": row["tier"], "first_date": _iso(row["first_date"]),
                    "last_date": _iso(row["last_date"]), "href": f"{target}?{query}",
                },
            }
        )  # fmt: skip
    return {"type": "FeatureCollection", "features": features[:MOST_LANES]}


def _iso(value: object) -> str | None:
    return None if value is None else str(value)
