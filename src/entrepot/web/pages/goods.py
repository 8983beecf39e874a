"""Goods: codes as declared, and one code with its controls, revisions, prices, descriptions and receivers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from entrepot.dossier.charts import Bin
from entrepot.web import geo
from entrepot.web.charts import price_chart, trade_chart
from entrepot.web.desk import desk_of, listed, page, require, strings, synthetic_kinds, synthetic_sources
from entrepot.web.listing import Column, Listing
from entrepot.web.pages.routes import NO_CHOICE
from entrepot.web.queries import statement
from entrepot.web.reader import Row

router = APIRouter(include_in_schema=False)

FEWEST_FOR_QUARTILES = 4
"""Values below which quarters would be single values."""

Code = Annotated[str, Path(pattern=r"^\d{2,6}$")]

LISTING = Listing(
    "goods", "", statement("goods", "listing"),
    (
        Column("hs6", "HS", "code", href="/goods/{hs6}", filter="has"),
        Column("description", "Heading of the code (newest edition)", "long", filter="has"),
        Column("tier", "Tier", "code", filter="is", help="strictest tier of a control list that a declared code came under"),
        Column("shipments", "Shipments", "int", filter="span"),
        Column("consignees", "Consignees", "int", filter="span"),
        Column("net_kg", "Weight", "kg", filter="span"),
        Column("value_usd", "Value", "usd", filter="span"),
        Column("first_date", "From", "day"),
        Column("last_date", "To", "day"),
    ),
    "-shipments", ("hs6",),
)  # fmt: skip


@router.get("/goods")
def goods(request: Request) -> Response:
    """All codes that were declared."""
    reader = desk_of(request).reader
    return page(
        request, "goods.html", title="Goods", listings=[LISTING],
        synthetic=synthetic_kinds(reader, "shipments"),
    )  # fmt: skip


def tables(hs6: str, head: Row | None = None) -> list[Listing]:
    """The tables of one code's page; with its head, how many rows each has is known."""
    given = {"hs6": hs6}

    def rows_of(name: str) -> int | None:
        return None if head is None else int(str(head[f"{name}_rows"]))

    return [
        Listing(
            "texts", "Descriptions declared under it", statement("goods", "texts"),
            (
                Column("goods_text", "Description", "long", filter="has"), Column("shipments", "Shipments", "int"), Column("first_date", "From", "day"),
                Column("last_date", "To", "day"), Column("row_number", "One row", "int", href="/record/{source_id}/{row_number}"),
            ), "-shipments", ("goods_text",), given, 10, "no description", rows_of("texts"),
        ),
        Listing(
            "receivers", "Receivers", statement("goods", "receivers"),
            (
                Column("consignee", "Consignee", href="/party/{consignee_id}", filter="has"), Column("destination_country", "Country", "country", filter="is"),
                Column("shipments", "Shipments", "int"), Column("net_kg", "Weight", "kg"), Column("value_usd", "Value", "usd"),
                Column("first_date", "From", "day"), Column("last_date", "To", "day"),
            ), "-shipments", ("consignee_id",), given, 10, "no receiver is named", rows_of("receivers"),
        ),
        Listing(
            "prices", "Comparison groups of unit values", statement("goods", "prices"),
            (
                Column("measure", "Measure", filter="has"), Column("origin_country", "Origin", "country"), Column("quantity_unit", "Unit", "code"),
                Column("currency", "Currency", "code"), Column("period_from", "Twelve months from", "day"), Column("n", "Shipments", "int"),
                Column("quartile_1", "1st quartile", "number"), Column("median", "Median", "number"), Column("quartile_3", "3rd quartile", "number"),
            ), "-n", ("group_id",), given, 10, "too few shipments with weight and value", rows_of("prices"),
        ),
        Listing(
            "outliers", "Unit values that stand out", statement("goods", "outliers"),
            (
                Column("date", "Date", "day"), Column("row_number", "Row", "int", href="/record/{source_id}/{row_number}"),
                Column("consignee", "Consignee", href="/party/{consignee_id}", filter="has"), Column("measure", "Measure", filter="has"),
                Column("unit_value", "Value", "number"), Column("median", "Median of its group", "number"), Column("n", "Size of group", "int"),
                Column("side", "Side", "code"), Column("likely_error", "Likely an error of the record", "flag"),
            ), "-unit_value", ("shipment_id", "measure"), given, 10, "none", rows_of("outliers"),
        ),
    ]  # fmt: skip


@router.get("/goods/{hs6}")
def code(request: Request, hs6: Code) -> Response:
    """One code."""
    reader = desk_of(request).reader
    given = {"hs6": hs6}
    head = require(reader.first(statement("goods", "head"), given), "code", hs6)
    return page(
        request, "code.html", title=f"HS {hs6}", listings=tables(hs6, head), head=head,
        controls=listed(head["controls"]), revisions=listed(head["revisions"]),
        lanes=reader.rows(statement("routes", "lanes") + " ORDER BY shipments DESC LIMIT 12", {**NO_CHOICE, "hs": hs6}) if head["shipments"] else [],
        synthetic=synthetic_sources(reader, strings(head["sources"])),
    )  # fmt: skip


@router.get("/data/goods/{hs6}/lanes.json")
def lanes(request: Request, hs6: Code) -> Response:
    """The code's lanes for a map."""
    rows = desk_of(request).reader.rows(statement("routes", "lanes") + " ORDER BY shipments DESC LIMIT 400", {**NO_CHOICE, "hs": hs6})  # fmt: skip
    return JSONResponse(geo.lanes(rows, "/shipments", [("shipments.hs6", hs6)]))


@router.get("/data/goods/{hs6}/trade.json")
def trade(request: Request, hs6: Code) -> Response:
    """The code's trade over time for a chart."""
    return trade_chart(request, desk_of(request).reader.arrow(statement("goods", "months"), {"hs6": hs6}))


@router.get("/data/goods/{hs6}/prices.json")
def prices(request: Request, hs6: Code) -> Response:
    """The distribution of the code's values a kilogram for a chart."""
    told = desk_of(request).reader.first(statement("goods", "distribution"), {"hs6": hs6})
    if told is None:
        return price_chart(request, [], None)
    bins = [Bin(float(str(b["low"])), float(str(b["high"])), int(str(b["n"]))) for b in listed(told["bins"])]
    quartiles = [float(text) for text in strings(told["quartiles"])]
    enough = int(str(told["n"])) >= FEWEST_FOR_QUARTILES
    return price_chart(request, bins, (quartiles[0], quartiles[1], quartiles[2]) if enough else None)
