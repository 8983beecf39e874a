"""Lists: entries and one entry with its names, identifiers, versions and the names in the records near it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from entrepot.model.tables.lists import SCHEMAS
from entrepot.web.desk import desk_of, page, require, synthetic_kinds, synthetic_sources
from entrepot.web.listing import Column, Listing
from entrepot.web.queries import statement

router = APIRouter(include_in_schema=False)

LISTING = Listing(
    "entries", "", statement("lists", "listing"),
    (
        Column("name", "Entry", href="/list/{list_id}/{entry_id}", filter="has"),
        Column("list_id", "List", "code", filter="is"),
        Column("schema", "Kind", "code", filter="is", choices=SCHEMAS),
        Column("program", "Programme", "long", filter="has"),
        Column("listed", "Listed", "day", filter="span"),
        Column("delisted", "Delisted", "day", filter="span"),
        Column("matches", "Names near it", "int", filter="span"),
        Column("first_seen", "First version", "day", shown=False),
        Column("last_seen", "Last version", "day", shown=False),
        Column("entry_id", "Publisher’s number", "code", filter="is"),
        Column("synthetic", "", "synthetic"),
    ),
    "-matches", ("list_id", "entry_id"), empty="no list is loaded",
)  # fmt: skip


@router.get("/lists")
def lists(request: Request) -> Response:
    """All entries of all lists."""
    reader = desk_of(request).reader
    return page(
        request, "lists.html", title="Lists", listings=[LISTING], lists=reader.kept(statement("lists", "lists")),
        synthetic=synthetic_kinds(reader, "list"),
    )  # fmt: skip


@router.get("/list/{list_id}/{entry_id:path}")
def entry(request: Request, list_id: str, entry_id: str) -> Response:
    """One entry."""
    reader = desk_of(request).reader
    given = {"list": list_id, "entry": entry_id}
    told = require(reader.first(statement("lists", "entry"), given), "list entry", f"{list_id} {entry_id}")
    near = Listing(
        "matches", "Names in the records near it", statement("lists", "matches"),
        (
            Column("name", "Name in the records", href="/party/{party_id}", filter="has"), Column("decision", "Decision", "code", filter="is", choices=("match", "possible")),
            Column("score", "Score", "number"), Column("matched_name", "Name of the entry"), Column("explanation", "What met what, and what speaks against", "long"),
            Column("rows", "Shipments", "int"), Column("first_date", "From", "day"), Column("last_date", "To", "day"),
        ), "-score", ("name",), given, 15, "no name in the records is near a name of this entry",
    )  # fmt: skip
    return page(
        request, "entry.html", title=str(told["name"]), listings=[near], entry=told, versions=reader.rows(statement("lists", "versions"), given),
        names=reader.rows(statement("lists", "names"), given), identifiers=reader.rows(statement("lists", "identifiers"), given),
        places=reader.rows(statement("lists", "places"), given), ownership=reader.rows(statement("lists", "ownership"), given),
        synthetic=synthetic_sources(reader, [str(told["source_id"])]),
    )  # fmt: skip
