"""Every table of the pages over HTTP: typed rows, paging, sorting, the same filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field, create_model
from starlette.requests import Request

from entrepot.web.desk import Desk, desk_of
from entrepot.web.listing import PER_PAGE, Listing, show
from entrepot.web.pages import findings, goods, lists, parties, reports, routes, sources
from entrepot.web.problems import Problem

router = APIRouter(prefix="/api/v1")

Item = TypeVar("Item", bound=BaseModel)

REFUSALS: dict[int | str, dict[str, object]] = {
    status: {"description": text, "content": {"application/problem+json": {"schema": Problem.model_json_schema()}}}
    for status, text in ((404, "Not in this case"), (422, "A parameter does not fit"), (503, "Pages are being prepared, or the query took too long"))
}  # fmt: skip
"""What every address may answer beside its own."""

MOST_PAGE = 100_000
"""Pages are numbered up to here; a filter reaches what lies beyond."""


class Paged(BaseModel, Generic[Item]):
    """One page of rows."""

    items: list[Item]
    total: int = Field(description="Rows that fit the filters, over all pages.")
    page: int
    per: int
    next: str | None = Field(description="Address of the next page; null on the last.")


_TYPES: Mapping[str, type] = {"int": int, "kg": float, "usd": float, "number": float, "ratio": float, "share": float, "day": dt.date, "flag": bool}  # fmt: skip


def model_of(name: str, listing: Listing) -> type[BaseModel]:
    """The type of a listing's rows."""
    # under another name inside, since a column may be called as a method of the base class
    fields: dict[str, tuple[object, object]] = {
        f"column_{c.name}": (
            _TYPES.get(c.kind, str) | None,
            Field(None, alias=c.name, description=c.help or c.title.strip() or c.name),
        )
        for c in listing.columns
    }
    return create_model(name, **fields)  # type: ignore[call-overload, no-any-return]  # columns are known at run time only


def parameters_of(listing: Listing) -> list[dict[str, object]]:
    """The filters of a listing as OpenAPI parameters."""
    found: list[dict[str, object]] = []
    for column in listing.columns:
        if column.filter == "span":
            kind: dict[str, object] = (
                {"type": "string", "format": "date"} if column.kind == "day" else {"type": "number"}
            )
            for end, word in (("from", "At least"), ("to", "At most")):
                found.append(_parameter(f"{column.name}.{end}", f"{word} this {column.title.strip().lower()}.", kind))
        elif column.filter:
            said = {"has": "contains, whatever the case", "begins": "begins with", "is": "is exactly"}[column.filter]
            schema: dict[str, object] = {"type": "string", "maxLength": 200}
            if column.choices:
                schema["enum"] = list(column.choices)
            found.append(_parameter(column.name, f"{column.title.strip() or column.name} {said}.", schema))
    names = [c.name for c in listing.columns]
    both = [*names, *(f"-{name}" for name in names)]
    found.append(_parameter("sort", f"Column to sort by, `-` before it for the largest first; `{listing.sort}` by default.", {"type": "string", "enum": both}))  # fmt: skip
    return found


def _parameter(name: str, text: str, schema: Mapping[str, object]) -> dict[str, object]:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": dict(schema)}


def paged(request: Request, desk: Desk, listing: Listing, page: int, per: int) -> dict[str, object]:
    """One page of a listing as JSON."""
    given = [(k, v) for k, v in request.query_params.multi_items() if k not in ("page", "per", "col", "token")]
    pairs = [(f"{listing.id}.{k}", v) for k, v in given]
    shown = show(listing, desk.reader, [*pairs, (f"{listing.id}.page", str(page)), (f"{listing.id}.per", str(per))])
    following = urlencode([*given, ("page", page + 1), ("per", per)])
    names = [c.name for c in listing.columns]
    return {
        "items": [{name: row[name] for name in names} for row in shown.rows],
        "total": shown.total,
        "page": page,
        "per": per,
        "next": f"{request.url.path}?{following}" if page * per < shown.total and page < MOST_PAGE // per else None,
    }


Page = Annotated[int, Query(ge=1, le=MOST_PAGE // PER_PAGE[-1], description="Number of the page, from 1.")]
Per = Annotated[int, Query(ge=1, le=PER_PAGE[-1], description="Rows of a page.")]
Key = Annotated[str, Path(max_length=200)]


def _add(path: str, name: str, summary: str, example: Listing, made: Callable[[Desk, Mapping[str, str]], Listing], keys: Sequence[str] = ()) -> None:  # fmt: skip
    """Register one listing; `made` gives it for the keys in the path."""
    if keys:

        def answer(request: Request, key: Key, page: Page = 1, per: Per = 50) -> dict[str, object]:
            desk = desk_of(request)
            return paged(request, desk, made(desk, {keys[0]: key}), page, per)
    else:

        def answer(request: Request, page: Page = 1, per: Per = 50) -> dict[str, object]:  # type: ignore[misc]  # one of the two
            desk = desk_of(request)
            return paged(request, desk, made(desk, {}), page, per)

    router.add_api_route(
        path, answer, methods=["GET"], summary=summary, response_model=Paged[model_of(name, example)],  # type: ignore[misc]  # made at run time
        responses=REFUSALS, openapi_extra={"parameters": parameters_of(example)}, tags=["tables"], operation_id=name,
    )  # fmt: skip


def _fixed(listing: Listing) -> Callable[[Desk, Mapping[str, str]], Listing]:
    return lambda _desk, _keys: listing


_FINDINGS = Listing("findings", "", findings.SQL, findings.columns(()), "-strength", ("indicator", "finding_id"))

_add("/findings", "Finding", "Findings, strongest first.", _FINDINGS, _fixed(_FINDINGS))
_add("/findings/{key}/evidence", "EvidenceRow", "Rows that a finding rests on.", findings.evidence(""), lambda _d, k: findings.evidence(k["key"]), ("key",))  # fmt: skip
_add("/parties", "Party", "Parties.", parties.LISTING, _fixed(parties.LISTING))
_add("/goods", "Goods", "Codes as declared.", goods.LISTING, _fixed(goods.LISTING))
_add("/shipments", "Shipment", "Shipments as Entrepot reads them.", routes.SHIPMENTS, _fixed(routes.SHIPMENTS))
_add("/lanes", "Lane", "Shipments by countries of dispatch and destination.", routes.lane_listing(routes.NO_CHOICE), _fixed(routes.lane_listing(routes.NO_CHOICE)))  # fmt: skip
_add("/chains", "Chain", "Goods that plausibly went on from one leg to the next.", routes.CHAINS, _fixed(routes.CHAINS))
_add("/flows", "Flow", "Published trade statistics.", routes.FLOWS, _fixed(routes.FLOWS))
_add("/mirror", "MirrorPair", "Both sides of one trade, as published.", routes.MIRROR, _fixed(routes.MIRROR))
_add("/reports", "Report", "Reports.", reports.REPORTS, _fixed(reports.REPORTS))
_add("/claims", "Claim", "Claims of all reports.", reports.CLAIMS, _fixed(reports.CLAIMS))
_add("/roots", "Root", "Primary sources that claims go back to.", reports.ROOTS, _fixed(reports.ROOTS))
_add("/checks", "Check", "Claims held against the records.", reports.CHECKS, _fixed(reports.CHECKS))
_add("/entries", "ListEntry", "Entries of lists.", lists.LISTING, _fixed(lists.LISTING))
_add("/sources", "Source", "What was loaded, what was kept and rejected.", sources.LISTING, _fixed(sources.LISTING))
for _name, _listing in parties.tables("").items():
    _add(
        f"/parties/{{key}}/{_name}", f"PartyRow{_name.title()}", f"{_listing.title} of one party.", _listing,
        lambda _d, k, name=_name: parties.tables(k["key"])[name], ("key",),  # type: ignore[misc]  # bound to this turn of the loop
    )  # fmt: skip
for _at, _listing in enumerate(goods.tables("")):
    _add(
        f"/goods/{{key}}/{_listing.id}", f"GoodsRow{_listing.id.title()}", f"{_listing.title}, of one code.", _listing,
        lambda _d, k, at=_at: goods.tables(k["key"])[at], ("key",),  # type: ignore[misc]  # bound to this turn of the loop
    )  # fmt: skip
