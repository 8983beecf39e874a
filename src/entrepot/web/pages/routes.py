"""Routes: lanes on a map, chains as diagrams, shipments of a lane, published flows and both sides of a trade."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping

import pyarrow as pa
from fastapi import APIRouter
from markupsafe import Markup
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from entrepot.dossier.charts import CHAIN_CSS, chain_svg, chain_text
from entrepot.errors import UsageError
from entrepot.model.tables import TABLES
from entrepot.model.tables.routes import CHAIN_GRADES
from entrepot.routes.chains import ChainTables, chains_json
from entrepot.web import geo
from entrepot.web.charts import flows_chart
from entrepot.web.desk import desk_of, listed, page, require, strings, synthetic_kinds, synthetic_sources
from entrepot.web.listing import Column, Listing
from entrepot.web.queries import statement
from entrepot.web.reader import Reader

router = APIRouter(include_in_schema=False)

NO_CHOICE: Mapping[str, object] = {"hs": None, "tier": None, "from_country": None, "to_country": None, "from_month": None, "to_month": None}  # fmt: skip
"""All lanes."""


def chosen(query: QueryParams) -> dict[str, object]:
    """What the address says of goods, tier, countries and period.

    Raises:
        UsageError: a value is not of its kind.
    """
    found = dict(NO_CHOICE)
    for name, key, pattern, wanted in (
        ("hs", "hs", r"\d{2,6}", "two to six digits"),
        ("tier", "tier", r"[\w.+-]{1,12}", "a tier of a control list, or any"),
        ("from", "from_country", r"[A-Za-z]{2}", "a country code of two letters"),
        ("to", "to_country", r"[A-Za-z]{2}", "a country code of two letters"),
    ):
        value = (query.get(name) or "").strip()
        if value and not re.fullmatch(pattern, value):
            raise UsageError(f"not {wanted}", column=name, value=value, remedy=wanted)
        found[key] = (value.upper() if key.endswith("country") else value) or None
    for name, key in (("since", "from_month"), ("until", "to_month")):
        value = (query.get(name) or "").strip()
        if value:
            try:
                found[key] = dt.date.fromisoformat(value if len(value) > 7 else f"{value}-01").replace(day=1)
            except ValueError as error:
                raise UsageError("not a month", column=name, value=value, remedy="a month as YYYY-MM") from error
    return found


def lane_sql(choice: Mapping[str, object]) -> str:
    """The statement for a choice: without goods it reads the smaller table."""
    return statement("routes", "lanes" if choice["hs"] else "lanes_of_all")


def lane_listing(choice: Mapping[str, object]) -> Listing:
    """Lanes as a table."""
    return Listing(
        "lanes", "Lanes", lane_sql(choice),
        (
            Column("dispatch_country", "From", "country", filter="is"), Column("destination_country", "To", "country", filter="is"),
            Column("shipments", "Shipments", "int", href="/shipments?shipments.dispatch_country={dispatch_country}&shipments.destination_country={destination_country}", filter="span"),
            Column("tier", "Strictest tier", "code", filter="is"), Column("net_kg", "Weight", "kg", filter="span"), Column("value_usd", "Value", "usd", filter="span"),
            Column("first_date", "From day", "day"), Column("last_date", "To day", "day"),
        ), "-shipments", ("dispatch_country", "destination_country"), choice, 15, "no lane: no shipment has both countries",
    )  # fmt: skip


CHAINS = Listing(
    "chains", "Chains", statement("routes", "chains"),
    (
        Column("countries", "Countries", href="/chain/{chain_id}", filter="has"),
        Column("hs6", "HS", "code", href="/goods/{hs6}", filter="has"),
        Column("first_shipper", "First shipper", filter="has"),
        Column("last_consignee", "Last consignee", filter="has"),
        Column("first_date", "From", "day", filter="span"),
        Column("last_date", "To", "day", filter="span"),
        Column("quantity_carried", "Carried", "kg", filter="span"),
        Column("p_value", "p", "number", filter="span", help="how often permuted dates fit as well"),
        Column("score", "Score", "number", filter="span"),
        Column("other_inbound_rows", "Competing", "int", help="other inbound shipments that could have supplied the onward legs"),
        Column("grade", "Grade", "code", filter="is", choices=CHAIN_GRADES),
        Column("legs", "Legs", "int", shown=False),
        Column("value_usd", "Value", "usd", shown=False),
        Column("coverage", "Coverage", "share", shown=False),
        Column("chain_id", "Identifier", "code", shown=False),
    ),
    "-score", ("chain_id",), per=15, empty="no chain was found",
)  # fmt: skip


@router.get("/routes")
def routes(request: Request) -> Response:
    """Map of lanes, and chains."""
    reader = desk_of(request).reader
    choice = chosen(request.query_params)
    return page(
        request, "routes.html", title="Routes", listings=[lane_listing(choice), CHAINS], choice=choice, query=request.url.query,
        tiers=[str(row["tier"]) for row in reader.kept(statement("routes", "tiers"))], flows=reader.kept("SELECT COUNT(*) AS n FROM flows")[0],
        synthetic=synthetic_kinds(reader, "shipments"),
    )  # fmt: skip


@router.get("/data/lanes.json")
def lanes(request: Request) -> Response:
    """Lanes of a choice for the map."""
    choice = chosen(request.query_params)
    fixed = [("shipments.hs6", str(choice["hs"]))] if choice["hs"] else []
    rows = desk_of(request).reader.rows(f"{lane_sql(choice)} ORDER BY shipments DESC LIMIT 400", choice)
    return JSONResponse(geo.lanes(rows, "/shipments", fixed))


SHIPMENTS = Listing(
    "shipments", "", statement("routes", "shipments"),
    (
        Column("date", "Date", "day", filter="span"),
        Column("row_number", "Row", "int", href="/record/{source_id}/{row_number}"),
        Column("shipper", "Shipper", href="/party/{shipper_id}", filter="has"),
        Column("consignee", "Consignee", href="/party/{consignee_id}", filter="has"),
        Column("hs6", "HS", "code", href="/goods/{hs6}", filter="begins"),
        Column("tier", "Tier", "code", filter="is"),
        Column("origin_country", "Origin", "country", filter="is"),
        Column("dispatch_country", "Dispatch", "country", filter="is"),
        Column("destination_country", "To", "country", filter="is"),
        Column("net_kg", "Weight", "kg", filter="span"),
        Column("value_usd", "Value", "usd", filter="span"),
        Column("source_id", "Source", "code", shown=False, filter="is"),
    ),
    "-date", ("source_id", "row_number"), per=50, empty="no shipment fits", counted=statement("routes", "shipments_by_code"),
)  # fmt: skip


@router.get("/shipments")
def shipments(request: Request) -> Response:
    """Shipments, filtered."""
    reader = desk_of(request).reader
    return page(
        request, "shipments.html", title="Shipments", listings=[SHIPMENTS],
        synthetic=synthetic_kinds(reader, "shipments"),
    )  # fmt: skip


def chain_of(reader: Reader, chain: str) -> dict[str, object] | None:
    """One chain as `chains_json` gives it, or None."""
    found: dict[str, pa.Table] = {
        name: reader.arrow(statement("routes", name), {"chain": chain}).cast(TABLES[table].arrow)
        for name, table in (
            ("chain", "chains"),
            ("legs", "legs"),
            ("chain_legs", "chain_legs"),
            ("chain_shipments", "chain_shipments"),
        )
    }
    if not found["chain"].num_rows:
        return None
    return chains_json(ChainTables(found["chain"], found["legs"], found["chain_legs"], found["chain_shipments"]))[0]


@router.get("/chain/{chain}")
def one_chain(request: Request, chain: str) -> Response:
    """One chain: the diagram, the links, what competes, the rows."""
    reader = desk_of(request).reader
    told = chain_of(reader, chain)
    if told is None:
        require(None, "chain", chain)
        raise AssertionError
    given = {"chain": chain}
    about = reader.first(statement("routes", "chain_page"), given) or {}
    rows = Listing(
        "rows", "Rows of its legs", statement("routes", "chain_rows"),
        (
            Column("leg", "Leg", "int"), Column("row_number", "Row", "int", href="/record/{source_id}/{row_number}"),
            Column("path", "File", "file", href="/sources/{source_id}"), Column("date", "Date", "day"), Column("shipper_name", "Shipper"),
            Column("consignee_name", "Consignee"), Column("dispatch_country", "From", "country"), Column("destination_country", "To", "country"),
            Column("hs_code", "HS code", "code"), Column("goods_text", "Goods", "long"), Column("kg", "Counted weight", "kg"),
            Column("kg_from", "Weight", "code", help="stated, or estimated from quantity or value"), Column("value_usd", "Value", "usd"),
            Column("synthetic", "", "synthetic"),
        ), "leg", ("leg", "place"), given, 50, total=int(str(about.get("rows") or 0)),
    )  # fmt: skip
    stored = reader.first(statement("routes", "chain"), given)
    assert stored is not None
    return page(
        request, "chain.html", title=f"Chain {stored['countries']}", listings=[rows], chain=stored,
        diagram=Markup(chain_svg(told, lambda source, row: f"/record/{source}/{row}")),  # noqa: S704 - every text in it is escaped
        words=chain_text(told), links=json.loads(str(stored["links"])), notes=json.loads(str(stored["notes"])),
        parties=listed(about.get("parties")), synthetic=synthetic_sources(reader, strings(about.get("sources"))),
    )  # fmt: skip


@router.get("/chain.css")
def chain_css() -> Response:
    """The style sheet of the diagrams."""
    return Response(CHAIN_CSS, media_type="text/css")


FLOWS = Listing(
    "flows", "Published figures", statement("routes", "flows"),
    (
        Column("reporter", "Reporter", "country", filter="is"),
        Column("direction", "Direction", "code", filter="is", choices=("import", "export", "re-export", "re-import")),
        Column("partner", "Partner", "country", filter="is"),
        Column("hs_code", "HS", "code", filter="has"),
        Column("period_from", "From", "day", filter="span"),
        Column("period_to", "To", "day"),
        Column("value", "Value", "number", filter="span"),
        Column("currency", "Currency", "code", filter="is"),
        Column("valuation", "Valuation", "code"),
        Column("net_kg", "Weight", "kg"),
        Column("value_usd", "Value in USD", "usd", shown=False),
        Column("aggregate", "Sums other rows", "flag"),
        Column("row_number", "Row", "int", href="/record/{source_id}/{row_number}"),
        Column("path", "File", "file", href="/sources/{source_id}"),
        Column("synthetic", "", "synthetic"),
    ),
    "-period_from", ("flow_id",), empty="no trade statistics are loaded",
)  # fmt: skip

MIRROR = Listing(
    "mirror", "Both sides of one trade", statement("routes", "mirror"),
    (
        Column("exporter", "Exporter", "country", filter="is"), Column("importer", "Importer", "country", filter="is"), Column("hs_code", "HS", "code", filter="has"),
        Column("period_from", "From", "day", filter="span"), Column("period_to", "To", "day"),
        Column("exported", "Exporter states", "number", href="/record/{export_source}/{export_row}"), Column("export_valuation", "Valuation", "code"),
        Column("imported", "Importer states", "number", href="/record/{import_source}/{import_row}"), Column("import_valuation", "Valuation ", "code"),
        Column("currency", "Currency", "code"), Column("difference", "Difference", "number"), Column("log_ratio", "ln ratio", "number", help="ln(importer / exporter); CIF over FOB alone gives about 0.1 to 0.2"),
    ), "-difference", ("exporter", "importer", "hs_code", "period_from", "export_source", "export_row", "import_source", "import_row"), per=15,
    empty="no trade has both its sides in the loaded statistics",
)  # fmt: skip


@router.get("/flows")
def flows(request: Request) -> Response:
    """Published trade statistics."""
    return page(request, "flows.html", title="Flows", listings=[FLOWS, MIRROR])


@router.get("/data/flows.json")
def flows_data(request: Request) -> Response:
    """Monthly figures for a chart."""
    months = desk_of(request).reader.arrow(statement("routes", "flow_months"))
    return flows_chart(request, months.rename_columns(["period", "series", "value_usd"]))
