"""One thing over HTTP: the case, a finding, a party, a record, a chain, a code, a report, a check, a list entry; search."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.requests import Request

from entrepot.model.tables import TABLES
from entrepot.web.api.tables import REFUSALS, Key
from entrepot.web.desk import desk_of, require
from entrepot.web.pages.parties import counterparties
from entrepot.web.pages.records import RowNumber, found_row
from entrepot.web.pages.routes import chain_of
from entrepot.web.pages.search import address_of
from entrepot.web.queries import statement
from entrepot.web.reader import Row

router = APIRouter(prefix="/api/v1", tags=["one"], responses=REFUSALS)


class CaseAbout(BaseModel):
    """What the case holds."""

    name: str
    totals: dict[str, object]
    lists: list[dict[str, object]]
    verdicts: list[dict[str, object]]


class HitFound(BaseModel):
    """One result of a search."""

    kind: str
    id: str
    title: str
    note: str
    country: str | None
    page: str = Field(description="Address of its page.")
    score: float


class SearchFound(BaseModel):
    """Results of a search with facets."""

    items: list[HitFound]
    total: int
    loosened: bool = Field(description="True where no result has all words and those with some are given.")
    facets: dict[str, dict[str, int]]


@router.get("/case", operation_id="case")
def case(request: Request) -> CaseAbout:
    """What the case holds."""
    desk = desk_of(request)
    asked = {name: desk.reader.kept(statement("start", name)) for name in ("totals", "lists", "verdicts")}
    return CaseAbout(name=desk.shelf.name, totals=asked["totals"][0], lists=asked["lists"], verdicts=asked["verdicts"])  # fmt: skip


@router.get("/findings/{key}", operation_id="finding")
def finding(request: Request, key: Key) -> dict[str, object]:
    """One finding with its indicator: statement, components, comparison, innocent explanations, query."""
    row = require(desk_of(request).reader.first(statement("findings", "finding"), {"finding": key}), "finding", key)
    return {**row, "components": json.loads(str(row["components"])), "parameters": json.loads(str(row["parameters"]))}


@router.get("/parties/{key}", operation_id="party")
def party(request: Request, key: Key) -> dict[str, object]:
    """One party with what was joined to it and why, and with parties that are possibly the same."""
    reader = desk_of(request).reader
    head = require(reader.first(statement("parties", "head"), {"party": key}), "party", key)
    inside = ("sources", "lanes", "members", "suspects", "ownership", "owned", "claims")
    return {
        **{name: value for name, value in head.items() if name != "spellings"},
        **{name: head[name] or [] for name in inside},
    }


@router.get("/parties/{key}/graph", operation_id="partyGraph")
def graph(request: Request, key: Key) -> dict[str, object]:
    """One party and its largest counterparties as nodes and edges."""
    reader = desk_of(request).reader
    return counterparties(reader, require(reader.first(statement("parties", "brief"), {"party": key}), "party", key))


@router.get("/records/{key}/{row}", operation_id="record")
def record(request: Request, key: Key, row: RowNumber) -> dict[str, object]:
    """One row of a source: the canonical columns, the row as read, and what cites it."""
    reader = desk_of(request).reader
    source = require(reader.first(statement("records", "source"), {"source": key}), "source", key)
    at: dict[str, object] = {"source": key, "row": row}
    table, found = found_row(reader, at)
    told = require(found, "row", f"{key} row {row}")
    original = told.get("original")
    citing = reader.rows(statement("records", "citing"), at)
    return {
        "table": table,
        "source": source,
        "row_number": row,
        "columns": {
            c.name: told.get(c.name) for c in TABLES[table].columns if c.name not in ("original", "shipment_id")
        },
        "original": None if original is None else json.loads(str(original)),
        "findings": [
            {k: row[k] for k in ("id", "title", "statement", "why")} for row in citing if row["kind"] == "finding"
        ],
        "chains": [
            {k: row[k] for k in ("id", "countries", "hs6", "first_date", "last_date", "grade", "why")}
            for row in citing
            if row["kind"] == "chain"
        ],
    }


@router.get("/chains/{key}", operation_id="chain")
def chain(request: Request, key: Key) -> dict[str, object]:
    """One chain: legs with their rows, what links them, what competes."""
    return require(chain_of(desk_of(request).reader, key), "chain", key)


@router.get("/goods/{key}", operation_id="code")
def code(request: Request, key: Annotated[str, Path(pattern=r"^[0-9]{2,6}$")]) -> dict[str, object]:
    """One code with its controls and revisions."""
    head: Row = require(desk_of(request).reader.first(statement("goods", "head"), {"hs6": key}), "code", key)
    return {**head, **{name: head[name] or [] for name in ("sources", "controls", "revisions")}}


@router.get("/reports/{key}", operation_id="report")
def report(request: Request, key: Key) -> dict[str, object]:
    """One report: its text, claims with their offsets in it, hops of attribution, figures, checks."""
    reader = desk_of(request).reader
    told = require(reader.first(statement("reports", "document"), {"document": key}), "report", key)
    return {**told, **{name: reader.rows(statement("reports", name), {"document": key}) for name in ("claims", "hops", "quantities", "checks")}}  # fmt: skip


@router.get("/roots/{key}", operation_id="root")
def root(request: Request, key: Key) -> dict[str, object]:
    """One primary source with its claims and what retelling changed."""
    reader = desk_of(request).reader
    told = require(reader.first(statement("reports", "root"), {"root": key}), "root", key)
    return {**told, "on_it": reader.rows(statement("reports", "root_claims"), {"root": key}), "differences": reader.rows(statement("reports", "differences"), {"root": key})}  # fmt: skip


@router.get("/checks/{key}", operation_id="check")
def check(request: Request, key: Key) -> dict[str, object]:
    """One check: reading, verdict, tolerance, query."""
    return require(desk_of(request).reader.first(statement("reports", "check"), {"check": key}), "check", key)


@router.get("/entries/{list_id}/{key}", operation_id="entry")
def entry(request: Request, list_id: Key, key: Key) -> dict[str, object]:
    """One list entry: names, identifiers, places, versions, names in the records near it."""
    reader = desk_of(request).reader
    given = {"list": list_id, "entry": key}
    told = require(reader.first(statement("lists", "entry"), given), "list entry", f"{list_id} {key}")
    return {**told, **{name: reader.rows(statement("lists", name), given) for name in ("names", "identifiers", "places", "versions", "matches")}}  # fmt: skip


@router.get("/search", operation_id="search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=1_000, description="Words in any script; letters may be wrong.")],
    kind: Annotated[str | None, Query(max_length=40)] = None,
    country: Annotated[str | None, Query(max_length=40)] = None,
    role: Annotated[str | None, Query(max_length=40)] = None,
    listed: Annotated[str | None, Query(alias="list", max_length=100)] = None,
    hs: Annotated[str | None, Query(max_length=2, description="Chapter.")] = None,
    year: Annotated[str | None, Query(max_length=4)] = None,
    page: Annotated[int, Query(ge=1, le=50)] = 1,
    per: Annotated[int, Query(ge=1, le=100)] = 20,
) -> SearchFound:
    """Parties, goods, codes, list entries, claims and reports."""
    chosen = {"kind": kind, "country": country, "role": role, "list": listed, "hs": hs, "year": year}
    found = desk_of(request).words.search(q, {k: v for k, v in chosen.items() if v}, limit=per, offset=(page - 1) * per)
    return SearchFound(
        items=[HitFound(kind=h.kind, id=h.id, title=h.title, note=h.note, country=h.country or None, page=address_of(h), score=h.score) for h in found.hits],
        total=found.total, loosened=found.loosened, facets={name: dict(values) for name, values in found.facets.items()},
    )  # fmt: skip
