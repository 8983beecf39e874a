"""Findings: the filtered table, and one finding explained."""

from __future__ import annotations

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from entrepot.model.tables.findings import SUBJECTS
from entrepot.web.desk import desk_of, listed, page, require, strings, synthetic_kinds, synthetic_sources
from entrepot.web.listing import Column, Listing
from entrepot.web.queries import statement
from entrepot.web.reader import Reader

router = APIRouter(include_in_schema=False)


SQL = statement("findings", "listing")


def columns(indicators: tuple[str, ...]) -> tuple[Column, ...]:
    """Columns of the table of findings; indicators to choose from where they are known."""
    return (
        Column("strength", "Strength", "number", filter="span", help="0 to 1 by the indicator's own rule; orders findings of one indicator only"),
        Column("title", "Indicator", href="/findings/{finding_id}"),
        Column("indicator", "Indicator’s name", filter="is", choices=indicators, shown=False),
        Column("statement", "What the records show", "long", filter="has"),
        Column("subject", "Subject", href="/party/{party_id}", filter="has", shown=False),
        Column("subject_kind", "Kind of subject", filter="is", choices=SUBJECTS, shown=False),
        Column("country", "Country", "country", filter="is"),
        Column("hs6", "Goods", "code", href="/goods/{hs6}", filter="has"),
        Column("date_from", "From", "day", filter="span"),
        Column("date_to", "To", "day", filter="span"),
        Column("rows", "Rows", "int", filter="span"),
        Column("value_usd", "Value", "usd", filter="span"),
        Column("net_kg", "Weight", "kg", filter="span", shown=False),
        Column("base_rate", "Base rate", "share", filter="span", help="share of comparable subjects of this case on which the indicator fires"),
        Column("fires_on", "Fires on", "int", shown=False),
        Column("compared", "Compared", "int", shown=False),
        Column("synthetic", "", "synthetic"),
        Column("finding_id", "Identifier", "code", shown=False, filter="is"),
    )  # fmt: skip


def listing(reader: Reader) -> Listing:
    """The table of findings."""
    indicators = tuple(str(row["indicator"]) for row in reader.kept(statement("findings", "indicators")))
    return Listing(
        "findings", "", SQL, columns(indicators), "-strength", ("indicator", "finding_id"), empty="no finding"
    )


@router.get("/findings")
def findings(request: Request) -> Response:
    """All findings."""
    desk = desk_of(request)
    return page(
        request, "findings.html", title="Findings", listings=[listing(desk.reader)], marks=desk.marks.all(),
        indicators=desk.reader.kept(statement("findings", "indicators")), synthetic=synthetic_kinds(desk.reader, "shipments"),
    )  # fmt: skip


def evidence(finding: str, total: int | None = None) -> Listing:
    """The rows behind one finding, `total` of them where that is known."""
    return Listing(
        "evidence", "Rows that it rests on", statement("findings", "evidence"),
        (
            Column("position", "No.", "int"),
            Column("row_number", "Row", "int", href="/record/{source_id}/{row_number}"),
            Column("path", "File", "file", href="/sources/{source_id}"),
            Column("date", "Date", "day", filter="span"),
            Column("shipper_name", "Shipper", filter="has"),
            Column("consignee_name", "Consignee", filter="has"),
            Column("dispatch_country", "From", "country", filter="is"),
            Column("destination_country", "To", "country", filter="is"),
            Column("hs_code", "HS code", "code", filter="has"),
            Column("goods_text", "Goods", "long", filter="has"),
            Column("net_kg", "Weight", "kg"),
            Column("value_usd", "Value", "usd"),
            Column("why", "What the row contributes", "long"),
            Column("sha256", "SHA-256 of the file", shown=False),
            Column("synthetic", "", "synthetic"),
        ),
        "position", ("position",), {"finding": finding}, total=total,
    )  # fmt: skip


@router.get("/findings/{finding}")
def finding(request: Request, finding: str) -> Response:
    """One finding: statement, evidence, comparison, what speaks against."""
    desk = desk_of(request)
    reader = desk.reader
    told = require(reader.first(statement("findings", "finding"), {"finding": finding}), "finding", finding)
    related = reader.rows(statement("findings", "same_subject"), {"subject": told["subject"]})
    return page(
        request, "finding.html", title=str(told["title"]), listings=[evidence(finding, int(str(told["evidence_rows"])))], finding=told,
        components=_components(told["components"]), parameters=_components(told["parameters"]),
        parties=listed(told["parties"]), related=[other for other in related if other["finding_id"] != finding][:12],
        mark=desk.marks.of(finding), synthetic=synthetic_sources(reader, strings(told["sources"])),
    )  # fmt: skip


def _components(text: object) -> list[tuple[str, object]]:
    """JSON object as pairs; a component's name with spaces instead of underscores."""
    try:
        said = json.loads(str(text))
    except ValueError:
        return [("as stored", text)]
    if not isinstance(said, dict):
        return [("as stored", text)]
    return [(str(name).replace("_", " "), value) for name, value in said.items()]
