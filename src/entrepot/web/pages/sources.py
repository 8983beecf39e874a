"""Sources: what was loaded, what was kept and rejected, what could not be read."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from entrepot.web.desk import desk_of, page, require, synthetic_kinds, synthetic_sources
from entrepot.web.listing import Column, Listing
from entrepot.web.queries import statement

router = APIRouter(include_in_schema=False)

LISTING = Listing(
    "sources", "", statement("sources", "listing"),
    (
        Column("path", "File", "file", href="/sources/{source_id}", filter="has"),
        Column("part", "Part", filter="has", shown=False),
        Column("kind", "Read as", filter="is", choices=("shipments", "list", "controls", "flows", "report", "ownership")),
        Column("title", "Title", "long", filter="has"),
        Column("publisher", "Publisher", filter="has"),
        Column("licence", "Licence", shown=False),
        Column("retrieved", "Retrieved", "day"),
        Column("rows_in", "Rows in", "int"),
        Column("rows_kept", "Kept", "int"),
        Column("rows_rejected", "Rejected", "int"),
        Column("problems", "Values not read", "int"),
        Column("first_date", "From", "day"),
        Column("last_date", "To", "day"),
        Column("size_bytes", "Bytes", "int", shown=False),
        Column("format", "Reader", shown=False),
        Column("sha256", "SHA-256", shown=False),
        Column("source_id", "Identifier", shown=False),
        Column("synthetic", "", "synthetic"),
    ),
    "-rows_in", ("path", "source_id"), per=50,
)  # fmt: skip

REJECT_COLUMNS = (
    Column("row_number", "Row", "int", href="/record/{source_id}/{row_number}", filter="span"),
    Column("path", "File", "file", href="/sources/{source_id}"),
    Column("reason", "Reason", filter="has"),
    Column("message", "What is wrong", "long", filter="has"),
    Column("column_name", "Column", filter="has"),
    Column("value", "Value", "long", filter="has"),
    Column("original", "Row as read", "long", shown=False),
)


@router.get("/sources")
def sources(request: Request) -> Response:
    """All sources."""
    return page(
        request, "sources.html", title="Sources", listings=[LISTING],
        synthetic=synthetic_kinds(desk_of(request).reader),
    )  # fmt: skip


@router.get("/sources/{source}")
def source(request: Request, source: str) -> Response:
    """One source with its rejects and problems."""
    reader = desk_of(request).reader
    about = require(reader.first(statement("records", "source"), {"source": source}), "source", source)
    given = {"source": source}
    problems = Listing(
        "problems", "Values that could not be read", statement("sources", "problems"),
        (
            Column("occurrences", "Rows", "int", filter="span"),
            Column("problem", "Problem", filter="has"),
            Column("column_name", "Column", filter="has"),
            Column("field", "Field that stays empty"),
            Column("value", "Value as read", "long", filter="has"),
            Column("message", "What would be accepted", "long"),
            Column("first_row", "First row", "int", href="/record/{source_id}/{first_row}"),
        ),
        "-occurrences", ("problem", "column_name", "value"), given, empty="every value was read",
    )  # fmt: skip
    rejected = Listing("rejects", "Rejected rows", statement("sources", "rejects_of"), REJECT_COLUMNS, "row_number", ("row_number",), given, empty="no row was rejected")  # fmt: skip
    return page(
        request, "source.html", title=str(about["path"]).rsplit("/", 1)[-1], listings=[problems, rejected], source=about,
        span=reader.first(statement("sources", "span"), given), synthetic=synthetic_sources(reader, [source]),
    )  # fmt: skip


@router.get("/rejects")
def rejects(request: Request) -> Response:
    """Rejected rows of all sources."""
    everything = Listing("rejects", "", statement("sources", "rejects"), REJECT_COLUMNS, "row_number", ("path", "source_id", "row_number"), empty="no row was rejected")  # fmt: skip
    return page(request, "rejects.html", title="Rejected rows", listings=[everything])
