"""Matching in the form of yente's API, so that its clients can point here: `POST /match/{dataset}`.

Source of the form: OpenSanctions, yente's OpenAPI document (https://api.opensanctions.org/). Scores are Entrepot's own: the
comparison is `entrepot.parties`, not yente's `logic` algorithms, and a listing is not a conviction.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from entrepot.errors import UsageError
from entrepot.parties.compare import MATCH
from entrepot.web.api.reconcile import screener_of
from entrepot.web.api.tables import REFUSALS, Key
from entrepot.web.desk import desk_of
from entrepot.web.screening import Candidate, Wanted

router = APIRouter(tags=["matching"], responses=REFUSALS)

MOST_QUERIES = 100
"""Entities of one batch, as in yente."""

NAMES = ("name", "alias", "weakAlias", "previousName")
COUNTRIES = ("country", "jurisdiction", "nationality", "mainCountry", "citizenship")
NUMBERS = {"innCode": "inn", "ogrnCode": "ogrn", "leiCode": "lei", "imoNumber": "imo", "registrationNumber": "registration", "taxNumber": "tax", "uscCode": "uscc", "swiftBic": "swift", "mmsi": "mmsi"}  # fmt: skip
"""Properties of FollowTheMoney that are numbers, and the kind they have on lists."""


class EntityExample(BaseModel):
    """An entity to find: its schema and properties, each with a list of values."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)
    id: str | None = Field(None, max_length=500)
    schema_: str = Field("LegalEntity", alias="schema", max_length=100)
    properties: dict[str, str | list[str]] = Field(default_factory=dict)


class MatchQuery(BaseModel):
    """A batch of entities."""

    model_config = ConfigDict(extra="ignore")
    queries: dict[str, EntityExample]


class Scored(BaseModel):
    """One candidate."""

    model_config = ConfigDict(populate_by_name=True)
    id: str
    caption: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[str]]
    datasets: list[str]
    referents: list[str] = Field(default_factory=list)
    target: bool
    score: float
    match: bool
    features: dict[str, float]
    explanations: dict[str, dict[str, object]]


class Total(BaseModel):
    """How many candidates there are."""

    value: int
    relation: str = "eq"


class Matches(BaseModel):
    """Candidates of one entity."""

    status: int = 200
    results: list[Scored]
    total: Total
    query: EntityExample


class MatchAnswer(BaseModel):
    """Candidates of a batch."""

    responses: dict[str, Matches]
    matcher: dict[str, str]
    limit: int


@router.post("/match/{key}", operation_id="match", response_model_by_alias=True)
def match(
    request: Request,
    key: Key,
    body: MatchQuery,
    limit: Annotated[int, Query(ge=1, le=50)] = 5,
    threshold: Annotated[float, Query(ge=0, le=1, description="From here a candidate is a match.")] = MATCH,
    cutoff: Annotated[float, Query(ge=0, le=1, description="Weaker candidates are left out.")] = 0.5,
) -> MatchAnswer:
    """Candidates of each entity in one list, in all of them (`default`), or among the case's own `parties`."""
    if len(body.queries) > MOST_QUERIES:
        raise UsageError("too many entities in one batch", column="queries", value=len(body.queries), remedy=f"at most {MOST_QUERIES}")  # fmt: skip
    wanted: list[Wanted] = []
    owners: list[str] = []
    for name, example in body.queries.items():
        for one in _wanted(example):
            wanted.append(one)
            owners.append(name)
    found = screener_of(request).find(desk_of(request), key, wanted, least=cutoff, limit=50)
    best: dict[str, dict[str, Candidate]] = {name: {} for name in body.queries}
    for owner, each in zip(owners, found, strict=True):
        for candidate in each:
            known = best[owner].get(candidate.id)
            if known is None or candidate.score > known.score:
                best[owner][candidate.id] = candidate
    return MatchAnswer(
        responses={name: _matches(body.queries[name], list(each.values()), limit, threshold) for name, each in best.items()},
        matcher={"name": "entrepot.parties", "description": "token by token over scripts; identifiers decide, countries only lower"},
        limit=limit,
    )  # fmt: skip


def _wanted(example: EntityExample) -> list[Wanted]:
    def values(names: tuple[str, ...]) -> list[str]:
        return [v for n in names for v in _list(example.properties.get(n))]

    numbers = [(kind, v) for prop, kind in NUMBERS.items() for v in _list(example.properties.get(prop))]
    return [Wanted(name[:1_000], example.schema_, values(COUNTRIES), numbers) for name in dict.fromkeys(values(NAMES))][
        :10
    ]


def _list(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value


def _matches(example: EntityExample, found: list[Candidate], limit: int, threshold: float) -> Matches:
    ordered = sorted(found, key=lambda c: (-c.score, c.id))
    results = [
        Scored(
            id=c.id, caption=c.name, schema=c.schema, properties={"name": list(dict.fromkeys([c.name, c.matched])), "country": [x.lower() for x in c.countries]},
            datasets=[c.dataset], target=c.dataset != "parties", score=c.score, match=c.score >= threshold, features={"name_match": c.score},
            explanations={"name_match": {"score": c.score, "detail": c.explanation, "query": None, "candidate": c.matched}},
        )
        for c in ordered[:limit]
    ]  # fmt: skip
    return Matches(results=results, total=Total(value=len(ordered)), query=example)
