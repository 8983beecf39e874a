"""Exports keep to the formats that other tools read, and carry hostile text as text."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from entrepot.casework.case import Case
from entrepot.dossier.export import export
from entrepot.dossier.graphs import _line
from entrepot.errors import UsageError
from tests.dossier.conftest import BUYER, HOSTILE

SCHEMA = json.loads((Path(__file__).parent / "ftm_properties.json").read_text("utf-8"))
"""Properties of the schemata that are written, and which must be there; read off followthemoney 4.11."""


@pytest.fixture(scope="module")
def entities(built: Case, outputs: Path) -> list[dict[str, object]]:
    path = outputs / "case.ftm"
    export(built, "ftm", path)
    again = outputs / "again.ftm"
    export(built, "ftm", again)
    assert path.read_bytes() == again.read_bytes()
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_entities_keep_to_the_schema_and_refer_to_each_other(entities: list[dict[str, object]]) -> None:
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        known = SCHEMA[str(entity["schema"])]
        properties = entity["properties"]
        assert isinstance(properties, dict)
        assert set(properties) <= set(known["properties"]), entity["schema"]
        assert set(known["required"]) <= set(properties)
        for name, values in properties.items():
            assert values
            assert all(isinstance(value, str) and value and "\u202e" not in value for value in values)
            if known["properties"][name] == "entity":
                assert set(values) <= ids, name


def test_parties_listings_shipments_and_mentions_are_there(entities: list[dict[str, object]]) -> None:
    counts = Counter(str(entity["schema"]) for entity in entities)
    assert counts["EconomicActivity"] == 64
    assert counts["Sanction"] == 1
    assert counts["Similar"] == 1
    assert counts["Document"] == 1
    names = {name for e in entities if e["schema"] in ("Company", "LegalEntity") for name in e["properties"]["name"]}  # type: ignore[index]
    assert BUYER in names
    assert HOSTILE[0] in names
    assert HOSTILE[1] in names
    assert all("SYNTHETIC" in str(e["properties"]) for e in entities if e["schema"] == "EconomicActivity")


def test_followthemoney_itself_takes_every_value(entities: list[dict[str, object]]) -> None:
    followthemoney = pytest.importorskip("followthemoney", reason="the extra entrepot[ftm] is not installed")
    for entity in entities:
        schema = followthemoney.model.get(entity["schema"])
        assert schema.validate(entity) is None
        proxy = followthemoney.model.get_proxy(entity, cleaned=False)
        properties = entity["properties"]
        assert isinstance(properties, dict)
        assert {name for name in properties if not proxy.get(name)} == set()


def test_the_graph_is_well_formed_and_its_edges_have_nodes(built: Case, outputs: Path) -> None:
    path = outputs / "case.gexf"
    export(built, "gexf", path)
    root = ElementTree.parse(path).getroot()
    space = "{http://gexf.net/1.3}"
    assert root.tag == f"{space}gexf"
    nodes = {node.get("id"): node.get("label") for node in root.iter(f"{space}node")}
    edges = list(root.iter(f"{space}edge"))
    assert HOSTILE[1] in nodes.values()
    assert "\u202e" not in path.read_text("utf-8")
    assert edges
    assert all(edge.get("source") in nodes and edge.get("target") in nodes for edge in edges)
    assert sum(int(str(edge.get("weight"))) for edge in edges) == 64


def test_routes_are_lines_in_longitude_and_latitude(built: Case, outputs: Path) -> None:
    path = outputs / "case.geojson"
    export(built, "geojson", path)
    found = json.loads(path.read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    assert found["not_drawn"] == 0
    (route,) = found["features"]
    assert (route["properties"]["from"], route["properties"]["to"], route["properties"]["shipments"]) == (
        "CN",
        "KZ",
        64,
    )
    (lon, lat), _ = route["geometry"]["coordinates"]
    assert 73 < lon < 135
    assert 18 < lat < 54


def test_a_line_over_the_date_line_is_two() -> None:
    crossing = _line((35.0, 140.0), (37.0, -122.0))
    assert crossing["type"] == "MultiLineString"
    (first, second) = crossing["coordinates"]  # type: ignore[misc]
    assert first[-1][0] == 180.0
    assert second[0][0] == -180.0
    assert first[-1][1] == second[0][1]
    assert 35 < first[-1][1] < 37
    assert _line((1.0, 2.0), (3.0, 4.0)) == {"type": "LineString", "coordinates": [[2.0, 1.0], [4.0, 3.0]]}


def test_tables_as_csv_hold_no_formula_and_every_row(built: Case, outputs: Path) -> None:
    (path,) = export(built, "csv", outputs / "csv", ["shipments"])
    csv.field_size_limit(1_000_000)
    with path.open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 64
    assert not any(str(value).startswith(("=", "+", "@", "\t")) for row in rows for value in row.values())


def test_a_whole_export_takes_no_tables(built: Case, outputs: Path) -> None:
    with pytest.raises(UsageError, match="holds the whole case"):
        export(built, "gexf", outputs / "x.gexf", ["parties"])
    with pytest.raises(UsageError, match="unknown format"):
        export(built, "doc", outputs / "x.doc")
