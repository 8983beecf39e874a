"""Parties: the table of all, and one party with names, matches, trade, goods, counterparties, routes, findings, claims."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from entrepot.web import geo
from entrepot.web.charts import trade_chart
from entrepot.web.desk import desk_of, listed, page, require, strings, synthetic_kinds, synthetic_sources
from entrepot.web.judging import judgements_about
from entrepot.web.listing import Column, Listing
from entrepot.web.queries import statement
from entrepot.web.reader import Reader, Row

router = APIRouter(include_in_schema=False)

MOST_NODES = 25
"""Parties of a graph beside the one in the middle: more cannot be told apart."""

LISTING = Listing(
    "parties", "", statement("parties", "listing"),
    (
        Column("name", "Most frequent name", href="/party/{party_id}", filter="has", lower="lower_name"),
        Column("country", "Country", "country", filter="is"),
        Column("roles", "Roles", filter="has"),
        Column("names", "Spellings", "int"),
        Column("identifiers", "Identifiers", filter="has", shown=False),
        Column("possible_namesakes", "Namesakes", "flag", help="another party bears the name too"),
        Column("rows", "Shipments", "int", filter="span"),
        Column("findings", "Findings", "int", filter="span"),
        Column("first_date", "From", "day", filter="span"),
        Column("last_date", "To", "day", filter="span"),
        Column("party_id", "Identifier", "code", shown=False, filter="is"),
    ),
    "-rows", ("party_id",),
)  # fmt: skip


@router.get("/parties")
def parties(request: Request) -> Response:
    """All parties."""
    reader = desk_of(request).reader
    return page(
        request, "parties.html", title="Parties", listings=[LISTING],
        synthetic=synthetic_kinds(reader, "shipments"),
    )  # fmt: skip


def tables(party: str, head: Row | None = None) -> dict[str, Listing]:
    """The tables of one party's page; with its head, how many rows each has is known."""
    given = {"party": party}

    def made(key: str, title: str, columns: tuple[Column, ...], sort: str, unique: tuple[str, ...], per: int = 10, empty: str = "none") -> Listing:  # fmt: skip
        total = None if head is None else int(str(head["findings" if key == "findings" else f"{key}_rows"]))
        return Listing(key, title, statement("parties", key), columns, sort, unique, given, per, empty, total)

    row = Column("row_number", "Row", "int", href="/record/{source_id}/{row_number}")
    weight, value = Column("net_kg", "Weight", "kg", filter="span"), Column("value_usd", "Value", "usd", filter="span")
    first, last = Column("first_date", "From", "day"), Column("last_date", "To", "day")
    side = Column("side", "Side", filter="is", choices=("sent", "received"))
    return {
        "findings": made(
            "findings", "Indicators that fired",
            (
                Column("title", "Indicator", href="/findings/{finding_id}"), Column("statement", "What the records show", "long"),
                Column("strength", "Strength", "number"), Column("components", "Made of", "long", shown=False),
                Column("base_rate", "Base rate", "share"), Column("rows", "Rows", "int"), Column("date_from", "From", "day"),
                Column("date_to", "To", "day"), Column("synthetic", "", "synthetic"),
            ), "-strength", ("finding_id",), 10, "no indicator fired on this party",
        ),
        "matches": made(
            "matches", "Names near a list",
            (
                Column("name", "Name in the records", filter="has"), Column("entry_name", "Entry", href="/list/{list_id}/{entry_id}"),
                Column("list_id", "List", "code"), Column("decision", "Decision", "code"), Column("score", "Score", "number"),
                Column("listed", "Listed", "day"), Column("delisted", "Delisted", "day"),
                Column("before_listing", "Shipments before", "int"), Column("after_listing", "While listed", "int"),
                Column("explanation", "What met what, and what speaks against", "long"), Column("program", "Programme", shown=False),
            ), "-score", ("name", "list_id", "entry_id"), 10, "no name of this party is near a name of a loaded list",
        ),
        "names": made(
            "names", "Names as they occur",
            (
                Column("name", "Name", filter="has"), Column("role", "Role", "code", filter="has"), Column("identifier", "Identifier", filter="has"),
                Column("country", "Country", "country"), Column("address", "Address", "long", filter="has"), Column("rows", "Shipments", "int"),
                first, last, Column("path", "File", "file", href="/sources/{source_id}"),
                Column("first_row", "First row", "int", href="/record/{source_id}/{first_row}"), Column("synthetic", "", "synthetic"),
            ), "-rows", ("name", "role", "source_id", "first_row"),
        ),
        "goods": made(
            "goods", "Goods",
            (
                Column("hs6", "HS", "code", href="/goods/{hs6}", filter="has"), Column("description", "Heading of the code", "long", filter="has"),
                side, Column("tier", "Tier", "code"), Column("shipments", "Shipments", "int"), weight, value, first, last,
            ), "-shipments", ("hs6", "side"),
        ),
        "partners": made(
            "partners", "Counterparties",
            (
                Column("other", "Name", href="/party/{other_id}", filter="has"), side, Column("shipments", "Shipments", "int", filter="span"),
                Column("controlled", "Under a control list", "int", filter="span"), weight, value, first, last,
            ), "-shipments", ("other_id", "side"),
        ),
        "shipments": made(
            "shipments", "Shipments",
            (
                Column("date", "Date", "day", filter="span"), row, side, Column("other", "Counterparty", href="/party/{other_id}", filter="has"),
                Column("hs6", "HS", "code", href="/goods/{hs6}", filter="has"), Column("tier", "Tier", "code", filter="is"),
                Column("origin_country", "Origin", "country", filter="is"), Column("dispatch_country", "Dispatch", "country", filter="is"),
                Column("destination_country", "To", "country", filter="is"), weight, value,
            ), "-date", ("source_id", "row_number", "side"), 25,
        ),
        "prices": made(
            "prices", "Prices that stand out of their group",
            (
                Column("date", "Date", "day"), row, Column("hs6", "HS", "code", href="/goods/{hs6}"), Column("measure", "Measure"),
                Column("unit_value", "Value", "number"), Column("side", "Side", "code"), Column("quartile_1", "Group: 1st quartile", "number"),
                Column("median", "Median", "number"), Column("quartile_3", "3rd quartile", "number"), Column("n", "Size of group", "int"),
                Column("likely_error", "Likely an error of the record", "flag"),
            ), "-date", ("source_id", "row_number", "measure"), 10, "no price of this party stands out of its group",
        ),
        "contacts": made(
            "contacts", "Addresses, telephones and numbers given beside its names",
            (
                Column("kind", "Kind", "code", filter="has"), Column("contact", "Value", filter="has"), Column("name", "Name"), Column("role", "Role", "code"),
                Column("rows", "Shipments", "int"), row,
            ), "-rows", ("kind", "contact", "name", "role", "source_id", "row_number"), 10, "none given",
        ),
    }  # fmt: skip


@router.get("/party/{party}")
def party(request: Request, party: str) -> Response:
    """One party."""
    desk = desk_of(request)
    reader = desk.reader
    head = require(reader.first(statement("parties", "head"), {"party": party}), "party", party)
    return page(
        request, "party.html", title=str(head["name"]), listings=list(tables(party, head).values()), party=head,
        ownership=listed(head["ownership"]), owned=listed(head["owned"]), claims=listed(head["claims"]), members=listed(head["members"]),
        suspects=listed(head["suspects"]), lanes=listed(head["lanes"])[:12],
        judgements=judgements_about(desk.case.folder, strings(head["spellings"])), synthetic=synthetic_sources(reader, strings(head["sources"])),
    )  # fmt: skip


@router.get("/data/party/{party}/lanes.json")
def lanes(request: Request, party: str) -> Response:
    """The party's lanes for a map."""
    rows = desk_of(request).reader.rows(statement("parties", "lanes"), {"party": party})
    return JSONResponse(geo.lanes(rows, f"/party/{party}"))


@router.get("/data/party/{party}/trade.json")
def trade(request: Request, party: str) -> Response:
    """The party's trade over time for a chart."""
    return trade_chart(request, desk_of(request).reader.arrow(statement("parties", "months"), {"party": party}))


@router.get("/data/party/{party}/graph.json")
def graph(request: Request, party: str) -> Response:
    """The party and its counterparties for a graph."""
    reader = desk_of(request).reader
    head = require(reader.first(statement("parties", "brief"), {"party": party}), "party", party)
    return JSONResponse(counterparties(reader, head))


def counterparties(reader: Reader, head: Row) -> dict[str, object]:
    """Nodes and edges around one party: its counterparties with most shipments, and trade among these."""
    party = str(head["party_id"])
    partners = reader.rows(f"{statement('parties', 'partners')} ORDER BY p.shipments DESC, p.other_id, p.side LIMIT {2 * MOST_NODES}", {"party": party})  # fmt: skip
    nodes: dict[str, dict[str, object]] = {
        party: {"id": party, "label": head["name"], "kind": "party", "href": f"/party/{party}", "size": head["rows"]}
    }
    edges = []
    for row in partners:
        other = str(row["other_id"])
        if other not in nodes:
            if len(nodes) > MOST_NODES:
                continue
            nodes[other] = {"id": other, "label": row["other"], "kind": "counterparty", "href": f"/party/{other}", "size": row["shipments"]}  # fmt: skip
        source, target = (party, other) if row["side"] == "sent" else (other, party)
        edges.append(_edge(source, target, row["shipments"], other))
    edges.extend(
        _edge(str(row["source"]), str(row["target"]), row["shipments"], str(row["source"]))
        for row in reader.rows(statement("parties", "around"), {"near": [node for node in nodes if node != party]})
    )
    return {"nodes": list(nodes.values()), "edges": edges}


def _edge(source: str, target: str, shipments: object, page_of: str) -> dict[str, object]:
    return {"source": source, "target": target, "label": f"{shipments:,} shipments", "weight": shipments, "href": f"/party/{page_of}#shipments"}  # fmt: skip
