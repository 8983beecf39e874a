"""Writes a case for tools that draw: parties and their trade as GEXF for Gephi, routes as GeoJSON for maps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import duckdb

from entrepot.dossier.plain import clean
from entrepot.model.places import country_name, country_point, locode
from entrepot.model.places import place as named_place

_BATCH = 5_000

Point = tuple[float, float]

_NODE = (("country", "string"), ("identifier", "string"), ("spellings", "integer"), ("appearances", "long"), ("first", "string"), ("last", "string"), ("list_matches", "integer"), ("findings", "integer"), ("synthetic", "boolean"))  # fmt: skip
_EDGE = (("shipments", "long"), ("controlled", "long"), ("net_kg", "double"), ("value_usd", "double"), ("first", "string"), ("last", "string"))  # fmt: skip

_PARTIES = """\
SELECT p.party_id, arg_max(p.name, p."rows" ORDER BY p.name_key) AS name, arg_max(p.country, p."rows" ORDER BY p.name_key) AS country, arg_max(p.identifier, p."rows" ORDER BY p.name_key) AS identifier, max(p.names) AS spellings,
  sum(p."rows")::BIGINT AS appearances, min(p.first_date) AS first, max(p.last_date) AS last, any_value(x.n) AS list_matches, any_value(f.n) AS findings, any_value(s.synthetic) AS synthetic
FROM parties AS p
LEFT JOIN (SELECT o.party_id, count(DISTINCT (m.list_id, m.entry_id)) AS n FROM matches AS m INNER JOIN name_keys AS k ON k.name = m.name
  INNER JOIN party_members AS o ON o.name_key = k.name_key WHERE m.decision = 'match' GROUP BY o.party_id) AS x ON x.party_id = p.party_id
LEFT JOIN (SELECT o.party_id, count(DISTINCT f.finding_id) AS n FROM findings AS f INNER JOIN party_members AS o ON o.name_key = f.subject_key
  WHERE f.subject_kind = 'party' GROUP BY o.party_id) AS f ON f.party_id = p.party_id
LEFT JOIN (SELECT o.party_id, bool_or(src.synthetic IS NOT NULL) AS synthetic FROM party_members AS o INNER JOIN sources AS src USING (source_id) GROUP BY o.party_id) AS s ON s.party_id = p.party_id
GROUP BY p.party_id ORDER BY p.party_id
"""

_TRADES = """\
SELECT a.party_id AS source, b.party_id AS target, count(*) AS shipments, count(t.control_id) AS controlled, sum(t.net_kg) AS net_kg, sum(t.value_usd) AS value_usd,
  min(t.date) AS first, max(t.date) AS last
FROM trade AS t
INNER JOIN party_members AS a ON a.name_key = t.shipper_key AND a.identifier = COALESCE(t.shipper_id, '') AND a.country = COALESCE(t.shipper_country, '')
INNER JOIN party_members AS b ON b.name_key = t.consignee_key AND b.identifier = COALESCE(t.consignee_id, '') AND b.country = COALESCE(t.consignee_country, '')
GROUP BY a.party_id, b.party_id ORDER BY a.party_id, b.party_id
"""

_ROUTES = """\
SELECT t.dispatch_country, t.destination_country, s.port_of_loading, s.port_of_discharge, count(*) AS shipments, count(t.control_id) AS controlled, sum(t.net_kg) AS net_kg,
  sum(t.value_usd) AS value_usd, min(t.date) AS first, max(t.date) AS last, bool_or(src.synthetic IS NOT NULL) AS synthetic
FROM trade AS t
INNER JOIN shipments AS s ON s.source_id = t.source_id AND s.row_number = t.row_number
INNER JOIN sources AS src ON src.source_id = t.source_id
GROUP BY ALL ORDER BY ALL
"""


def write_gexf(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """GEXF 1.3: a node a party, an edge from shipper to consignee with shipments, weight, value and days."""
    with path.open("w", encoding="utf-8") as out:
        xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
        xml.startDocument()
        xml.startElement("gexf", AttributesImpl({"xmlns": "http://gexf.net/1.3", "version": "1.3"}))
        xml.startElement("meta", AttributesImpl({}))
        for tag, text in (("creator", "entrepot"), ("description", "Who sent goods to whom, as the records say. Nodes marked synthetic are invented.")):  # fmt: skip
            xml.startElement(tag, AttributesImpl({}))
            xml.characters(text)
            xml.endElement(tag)
        xml.endElement("meta")
        xml.startElement("graph", AttributesImpl({"defaultedgetype": "directed", "mode": "static"}))
        for kind, attributes in (("node", _NODE), ("edge", _EDGE)):
            xml.startElement("attributes", AttributesImpl({"class": kind}))
            for at, (title, form) in enumerate(attributes):
                xml.startElement("attribute", AttributesImpl({"id": f"{kind}{at}", "title": title, "type": form}))
                xml.endElement("attribute")
            xml.endElement("attributes")
        xml.startElement("nodes", AttributesImpl({}))
        for row in _rows(connection, _PARTIES):
            xml.startElement("node", AttributesImpl({"id": str(row["party_id"]), "label": clean(row["name"], 300)}))
            _values(xml, "node", [row[name] for name, _ in _NODE])
            xml.endElement("node")
        xml.endElement("nodes")
        xml.startElement("edges", AttributesImpl({}))
        for at, row in enumerate(_rows(connection, _TRADES)):
            xml.startElement("edge", AttributesImpl({"id": str(at), "source": str(row["source"]), "target": str(row["target"]), "weight": str(row["shipments"])}))  # fmt: skip
            _values(xml, "edge", [row[name] for name, _ in _EDGE])
            xml.endElement("edge")
        for tag in ("edges", "graph", "gexf"):
            xml.endElement(tag)
        xml.endDocument()


def write_geojson(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """GeoJSON (RFC 7946): a line a route, between ports where they are known, else between points of countries.

    Routes without two points are left out; the member `not_drawn` of the collection counts their shipments.
    """
    left_out, first = 0, True
    with path.open("w", encoding="utf-8") as out:
        out.write('{"type": "FeatureCollection", "features": [\n')
        for row in _rows(connection, _ROUTES):
            start = _point(row["port_of_loading"], row["dispatch_country"])
            end = _point(row["port_of_discharge"], row["destination_country"])
            if start is None or end is None:
                left_out += int(str(row["shipments"]))
                continue
            feature = {"type": "Feature", "geometry": _line(start[0], end[0]), "properties": _told(row, start[1], end[1])}  # fmt: skip
            out.write(("" if first else ",\n") + json.dumps(feature, ensure_ascii=False, sort_keys=True))
            first = False
        out.write(f'\n], "not_drawn": {left_out}}}\n')


def _values(xml: XMLGenerator, kind: str, values: Sequence[object]) -> None:
    xml.startElement("attvalues", AttributesImpl({}))
    for at, value in enumerate(values):
        if value is not None:
            shown = str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int | float) else clean(value, 300)  # fmt: skip
            xml.startElement("attvalue", AttributesImpl({"for": f"{kind}{at}", "value": shown}))
            xml.endElement("attvalue")
    xml.endElement("attvalues")


def _point(port: object, country: object) -> tuple[Point, str] | None:
    """Latitude and longitude, and what they are of."""
    if port is not None:
        found = locode(str(port)) or named_place(str(port), None if country is None else str(country))
        if found is not None and found.lat is not None and found.lon is not None:
            return (found.lat, found.lon), found.name
    point = country_point(str(country)) if country is not None else None
    return None if point is None else (point, "country")


def _line(start: Point, end: Point) -> dict[str, object]:
    """A line; two where it crosses the antimeridian, as RFC 7946, 3.1.9, asks."""
    (lat_a, lon_a), (lat_b, lon_b) = start, end
    if abs(lon_b - lon_a) <= 180:
        return {"type": "LineString", "coordinates": [[lon_a, lat_a], [lon_b, lat_b]]}
    edge = 180.0 if lon_a > 0 else -180.0
    span = 360 - abs(lon_b - lon_a)
    lat = lat_a + (lat_b - lat_a) * (abs(edge - lon_a) / span if span else 0.5)
    return {"type": "MultiLineString", "coordinates": [[[lon_a, lat_a], [edge, lat]], [[-edge, lat], [lon_b, lat_b]]]}


def _told(row: dict[str, object], start: str, end: str) -> dict[str, object]:
    codes = {"from": row["dispatch_country"], "to": row["destination_country"]}
    return {
        **codes,
        "from_name": country_name(str(codes["from"])) if codes["from"] else None,
        "to_name": country_name(str(codes["to"])) if codes["to"] else None,
        "from_point": start,
        "to_point": end,
        "shipments": row["shipments"],
        "controlled": row["controlled"],
        "net_kg": row["net_kg"],
        "value_usd": row["value_usd"],
        "first": None if row["first"] is None else str(row["first"]),
        "last": None if row["last"] is None else str(row["last"]),
        "synthetic": row["synthetic"],
    }


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict[str, object]]:
    cursor = connection.cursor().execute(sql)
    names = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(_BATCH):
        for row in rows:
            yield dict(zip(names, row, strict=True))
