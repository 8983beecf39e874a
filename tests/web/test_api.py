"""The HTTP API answers as its OpenAPI document says, with problem documents; other tools' requests are understood."""

from __future__ import annotations

import datetime as dt
import json

import httpx
import pytest

from entrepot.casework.case import Case

from .conftest import SCRIPT


@pytest.fixture(scope="session")
def document(client: httpx.Client) -> dict[str, dict[str, dict[str, dict[str, object]]]]:
    """The OpenAPI document."""
    found: dict[str, dict[str, dict[str, dict[str, object]]]] = client.get("/api/v1/openapi.json").json()
    return found


def tables(document: dict[str, dict[str, dict[str, dict[str, object]]]]) -> list[str]:
    """Addresses of tables that need no key."""
    return [
        p
        for p, methods in document["paths"].items()
        if "tables" in methods.get("get", {}).get("tags", ()) and "{" not in p
    ]  # type: ignore[operator]


def test_every_table_pages_through_all_its_rows(client: httpx.Client, document: dict[str, dict[str, dict[str, dict[str, object]]]]) -> None:  # fmt: skip
    assert len(tables(document)) >= 14
    for path in tables(document):
        first = client.get(path, params={"per": 3}).json()
        assert len(first["items"]) == min(3, first["total"])
        if first["next"]:
            second = client.get(first["next"]).json()
            assert second["page"] == 2
            assert all(item not in first["items"] for item in second["items"])


def test_every_parameter_of_the_document_is_taken(client: httpx.Client, document: dict[str, dict[str, dict[str, dict[str, object]]]]) -> None:  # fmt: skip
    for path in tables(document):
        for parameter in document["paths"][path]["get"]["parameters"]:  # type: ignore[attr-defined]
            schema = parameter["schema"]
            value = schema.get("enum", ["2021-01-01" if schema.get("format") == "date" else "1"])[-1]
            assert client.get(path, params={parameter["name"]: value}).status_code == 200, (path, parameter["name"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/findings/f-none", 404), ("/api/v1/parties/p-none", 404), ("/api/v1/records/none/1", 404), ("/api/v1/nothing", 404),
        ("/api/v1/findings?page=0", 422), ("/api/v1/findings?per=251", 422), ("/api/v1/findings?sort=secret", 422),
        ("/api/v1/findings?rows.from=many", 422), ("/api/v1/shipments?date.from=2021-02-30", 422), ("/api/v1/search", 422),
        ("/api/v1/records/x/-1", 422), ("/api/v1/goods/abc", 422), ("/api/v1/goods/000001", 404), ("/reconcile/none", 404),
        ("/reconcile?queries=%7B", 422), ("/api/v1/chains/c-none", 404), ("/api/v1/entries/a/b", 404),
    ],
)  # fmt: skip
def test_errors_are_problem_documents(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]


def test_filters_and_sorting_are_those_of_the_pages(client: httpx.Client, built: Case) -> None:
    found = client.get("/api/v1/shipments", params={"hs6": "8542", "destination_country": "kz", "net_kg.from": 20, "sort": "-net_kg"}).json()  # fmt: skip
    wanted = built.query("SELECT count(*) AS n FROM trade WHERE hs6 LIKE '8542%' AND destination_country = 'KZ' AND net_kg >= 20").to_pylist()  # fmt: skip
    assert found["total"] == wanted[0]["n"] > 0
    weights = [item["net_kg"] for item in found["items"]]
    assert weights == sorted(weights, reverse=True)
    assert all(dt.date.fromisoformat(item["date"]) for item in found["items"])


def test_one_thing_at_a_time(client: httpx.Client, finding: str, source: str) -> None:
    told = client.get(f"/api/v1/findings/{finding}").json()
    assert told["innocent"]
    assert isinstance(told["components"], dict)
    evidence = client.get(f"/api/v1/findings/{finding}/evidence").json()
    assert evidence["total"] == len(evidence["items"])
    row = evidence["items"][0]["row_number"]
    record = client.get(f"/api/v1/records/{source}/{row}").json()
    assert record["original"]["DECLARATION_NO"]
    assert finding in [f["id"] for f in record["findings"]]
    party = client.get("/api/v1/parties", params={"name": "primer trading 1"}).json()["items"][0]["party_id"]
    for part in (
        "",
        "/names",
        "/goods",
        "/partners",
        "/shipments",
        "/findings",
        "/matches",
        "/prices",
        "/contacts",
        "/graph",
    ):
        assert client.get(f"/api/v1/parties/{party}{part}").status_code == 200, part
    for part in ("", "/texts", "/receivers", "/prices", "/outliers"):
        assert client.get(f"/api/v1/goods/854231{part}").status_code == 200, part
    assert client.get("/api/v1/case").json()["totals"]["shipments"] == 400
    entry = client.get("/api/v1/entries/synthetic_list/S-1")
    if entry.status_code == 404:
        listed = client.get("/api/v1/entries").json()["items"][0]
        entry = client.get(f"/api/v1/entries/{listed['list_id']}/{listed['entry_id']}")
    assert entry.json()["names"]


def test_search_over_http(client: httpx.Client) -> None:
    found = client.get("/api/v1/search", params={"q": "ромашка", "kind": "party"}).json()
    assert found["items"][0]["title"] == "Ромашка Пример ООО"
    assert found["items"][0]["page"].startswith("/party/")
    assert found["facets"]["kind"] == {"party": found["total"]}


def test_openrefine_reconciles(client: httpx.Client) -> None:
    manifest = client.get("/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert "{{id}}" in manifest["view"]["url"]
    queries = {
        "q0": {"query": "Primer Trading 3 OOO", "type": "Company", "limit": 2},
        "q1": {"query": "Nothing Like It At All", "properties": [{"pid": "country", "v": "Russia"}]},
        "q2": {
            "query": SCRIPT,
            "properties": [{"pid": "unknown", "v": {"id": "Q1"}}, {"pid": "country", "v": ["RU", None]}],
        },
    }
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)}).json()
    assert set(answer) == set(queries)
    best = answer["q0"]["result"][0]
    assert best["id"].endswith("/S-1")
    assert best["score"] > 90
    assert answer["q1"]["result"] == []
    assert client.get("/reconcile", params={"queries": json.dumps(queries)}).json() == answer
    party = client.post("/reconcile/parties", data={"queries": json.dumps({"q": {"query": "Primer Tradig 5"}})}).json()
    assert "Primer Trading 5" in party["q"]["result"][0]["name"]
    for bad in (
        "[]",
        "{",
        '{"q":1}',
        '{"q":{}}',
        json.dumps({str(n): {"query": "x"} for n in range(60)}),
        "[" * 10_000,
    ):
        assert client.post("/reconcile", data={"queries": bad}).status_code == 422


def test_only_pages_of_this_machine_may_read_reconciliation(client: httpx.Client) -> None:
    near = client.get("/reconcile", headers={"origin": "http://127.0.0.1:3333"})
    assert near.headers["access-control-allow-origin"] == "http://127.0.0.1:3333"
    for far in ("https://evil.example", "http://127.0.0.1.evil.example", "null"):
        assert "access-control-allow-origin" not in client.get("/reconcile", headers={"origin": far}).headers
    assert (
        "access-control-allow-origin"
        not in client.get("/api/v1/case", headers={"origin": "http://127.0.0.1:3333"}).headers
    )


def test_clients_of_yente_match(client: httpx.Client) -> None:
    body = {
        "queries": {
            "a": {
                "schema": "Company",
                "properties": {"name": ["OOO Primer Trading 3", "Other Name"], "country": ["ru"]},
            },
            "b": {"schema": "Person", "properties": {"name": ["Nobody Of That Name"]}},
            "c": {"schema": "Company", "properties": {}},
        }
    }
    answer = client.post("/match/default", json=body, params={"limit": 3}).json()
    assert set(answer["responses"]) == {"a", "b", "c"}
    first = answer["responses"]["a"]["results"][0]
    assert first["match"] is True
    assert first["schema"] == "Company"
    assert first["id"].endswith("/S-1")
    assert answer["responses"]["a"]["query"]["schema"] == "Company"
    assert answer["responses"]["c"]["total"]["value"] == 0
    assert client.post("/match/none", json=body).status_code == 404
    assert client.post("/match/default", json={"queries": {str(n): {} for n in range(101)}}).status_code == 422
    assert client.post("/match/default", content=b"{", headers={"content-type": "application/json"}).status_code == 422
    assert client.post("/match/default", json={"queries": {"a": {"properties": {"name": 3}}}}).status_code == 422
