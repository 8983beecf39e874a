"""The reconciliation service API 0.2, as OpenRefine calls it, against the lists and parties of the case.

Source: W3C Community Group, Reconciliation Service API v0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).
"""

from __future__ import annotations

import json
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from entrepot.errors import UsageError
from entrepot.model.tables.lists import SCHEMAS
from entrepot.web.api.tables import REFUSALS, Key
from entrepot.web.desk import desk_of
from entrepot.web.problems import NotFound
from entrepot.web.screening import ALL, PARTIES, Candidate, Screener, Wanted

router = APIRouter(prefix="/reconcile", tags=["reconciliation"], responses=REFUSALS)

MOST_QUERIES = 50
"""Names of one batch; OpenRefine sends ten."""

MOST_CANDIDATES = 20

LEAST = 0.5
"""Weaker candidates are not offered: a person would read noise."""

QUERIES = (
    'JSON: {"q0": {"query": "a name", "limit": 3, "type": "Company", "properties": [{"pid": "country", "v": "RU"}]}}'
)
"""What OpenRefine sends, as its description."""

IDENTIFIER_PROPERTIES = {"identifier": "tax", "tax": "tax", "registration": "registration", "lei": "lei", "imo": "imo", "inn": "inn", "ogrn": "ogrn"}  # fmt: skip
"""Properties of a query that are numbers, and their kind."""


class Property(BaseModel):
    """A further column of the row."""

    model_config = ConfigDict(extra="ignore")
    pid: str = Field(max_length=100)
    v: object = None


class Asked(BaseModel):
    """One query of a batch."""

    model_config = ConfigDict(extra="ignore")
    query: str = Field(max_length=1_000)
    type: str | list[str] | None = None
    limit: int = Field(5, ge=1)
    properties: list[Property] = Field(default_factory=list, max_length=20)


@router.get("", operation_id="reconcileManifest")
def manifest(
    request: Request, queries: Annotated[str | None, Query(max_length=100_000, description=QUERIES)] = None
) -> Response:
    """The service manifest of all lists; with `queries`, answers to them."""
    return _get(request, ALL, queries)


@router.post("", operation_id="reconcile")
def reconcile(request: Request, queries: Annotated[str, Form(max_length=500_000, description=QUERIES)]) -> Response:
    """Candidates of a batch of names, against all lists."""
    return _answered(request, ALL, queries)


@router.get("/{key}", operation_id="reconcileDatasetManifest")
def dataset_manifest(
    request: Request, key: Key, queries: Annotated[str | None, Query(max_length=100_000, description=QUERIES)] = None
) -> Response:
    """The service manifest of one list, or of `parties`; with `queries`, answers to them."""
    return _get(request, key, queries)


@router.post("/{key}", operation_id="reconcileDataset")
def reconcile_dataset(
    request: Request, key: Key, queries: Annotated[str, Form(max_length=500_000, description=QUERIES)]
) -> Response:
    """Candidates of a batch of names, against one list, or `parties`."""
    return _answered(request, key, queries)


def screener_of(request: Request) -> Screener:
    """The screener of the application."""
    found: Screener = request.app.state.screener
    return found


def _get(request: Request, dataset: str, queries: str | None) -> Response:
    desk = desk_of(request)
    if queries is not None:
        return _answered(request, dataset, queries)
    known = screener_of(request).datasets(desk)
    if dataset not in known:
        raise NotFound("this case has no such dataset", value=dataset, remedy=f"one of {', '.join(known)}")
    base = str(request.base_url).rstrip("/")
    view = f"{base}/party/{{{{id}}}}" if dataset == PARTIES else f"{base}/list/{{{{id}}}}"
    types = ["LegalEntity"] if dataset == PARTIES else list(SCHEMAS)
    return _shared(
        request,
        {
            "versions": ["0.2"], "name": f"Entrepot: {desk.case.config.case.name}, {dataset}", "identifierSpace": f"{base}/list/",
            "schemaSpace": "https://followthemoney.tech/explorer/schemata/", "view": {"url": view},
            "defaultTypes": [{"id": name, "name": name} for name in types], "batchSize": 10,
        },
    )  # fmt: skip


def _answered(request: Request, dataset: str, text: str) -> Response:
    try:
        batch = json.loads(text)
        if not isinstance(batch, dict) or len(batch) > MOST_QUERIES:
            raise UsageError("queries are a JSON object of at most 50 queries", column="queries", remedy='{"q0": {"query": "a name"}}')  # fmt: skip
        asked = {str(key): Asked.model_validate(value) for key, value in batch.items()}
    except (ValueError, ValidationError, RecursionError) as error:
        raise UsageError("the queries cannot be read", column="queries", remedy='{"q0": {"query": "a name", "limit": 3}}') from error  # fmt: skip
    wanted = [_wanted(one) for one in asked.values()]
    found = screener_of(request).find(desk_of(request), dataset, wanted, least=LEAST, limit=MOST_CANDIDATES)
    return _shared(
        request,
        {
            key: {"result": [_result(c) for c in each[: one.limit]]}
            for (key, one), each in zip(asked.items(), found, strict=True)
        },
    )


def _wanted(asked: Asked) -> Wanted:
    kinds = [asked.type] if isinstance(asked.type, str) else asked.type or []
    schema = next((kind for kind in kinds if kind in SCHEMAS), None)
    texts = [
        (p.pid, str(v)) for p in asked.properties for v in (p.v if isinstance(p.v, list) else [p.v]) if v is not None
    ]
    return Wanted(
        asked.query, schema, [v for pid, v in texts if pid in ("country", "jurisdiction", "nationality")],
        [(IDENTIFIER_PROPERTIES[pid], v) for pid, v in texts if pid in IDENTIFIER_PROPERTIES],
    )  # fmt: skip


def _result(found: Candidate) -> dict[str, object]:
    return {
        "id": found.id, "name": found.name, "score": round(100 * found.score, 2), "match": found.score >= 0.98,
        "type": [{"id": found.schema, "name": found.schema}], "description": found.explanation,
        "features": [{"id": "name_score", "value": found.score}],
    }  # fmt: skip


def _shared(request: Request, content: object) -> Response:
    """OpenRefine's own page on this machine may read the answer; no other site may."""
    answer = JSONResponse(content)
    origin = request.headers.get("origin", "")
    if origin and urlsplit(origin).hostname in ("127.0.0.1", "localhost", "::1"):
        answer.headers["access-control-allow-origin"] = origin
        answer.headers["vary"] = "origin"
        answer.headers["cross-origin-resource-policy"] = "cross-origin"
    return answer
