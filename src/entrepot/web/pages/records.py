"""One row of a source: canonical columns beside the row as read, and everything that cites it."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from entrepot.model.tables import TABLES
from entrepot.web.desk import desk_of, page, require, synthetic_sources
from entrepot.web.queries import statement
from entrepot.web.reader import Reader, Row

router = APIRouter(include_in_schema=False)

NAME_COLUMNS = ("shipper_name", "consignee_name", "notify_name", "forwarder_name", "carrier_name", "broker_name", "manufacturer_name")  # fmt: skip

RowNumber = Annotated[int, Path(ge=0, le=2**62)]


@router.get("/record/{source}/{row}")
def record(request: Request, source: str, row: RowNumber) -> Response:
    """One row, whatever table it became part of."""
    desk = desk_of(request)
    reader = desk.reader
    about = require(reader.first(statement("records", "source"), {"source": source}), "source", source)
    at: dict[str, object] = {"source": source, "row": row}
    table, found = found_row(reader, at)
    told = require(found, "row", f"{source} row {row}")
    names = [str(told[c]) for c in NAME_COLUMNS if told.get(c)]
    goods = {"text": str(told.get("goods_text") or ""), "code": told.get("hs_code"), "shipment": f"{source}:{row}"}
    ship = table == "shipments"
    named = {"source": source, **{f"name_{at}": name for at, name in enumerate((names + names[:1] * 7)[:7], 1)}}
    citing = reader.rows(statement("records", "citing"), at)
    return page(
        request, "record.html", title=f"Row {row}", source=about, record=told, table=table, row_number=row,
        columns=[c for c in TABLES[table].columns if c.name not in ("original", "shipment_id", "source_id", "row_number")],
        original=_original(told.get("original")),
        findings=[row for row in citing if row["kind"] == "finding"], chains=[row for row in citing if row["kind"] == "chain"],
        problems=reader.rows(statement("records", "problems"), at),
        names=reader.rows(statement("records", "names"), named) if names else [],
        matches=reader.rows(statement("records", "matches"), named) if names else [],
        controls=reader.rows(statement("records", "controls"), goods) if ship else [],
        classes=reader.rows(statement("records", "classes"), goods) if ship else [],
        contradictions=reader.rows(statement("records", "contradictions"), goods) if ship else [],
        prices=reader.rows(statement("records", "prices"), goods) if ship else [],
        synthetic=synthetic_sources(reader, [source]),
    )  # fmt: skip


def found_row(reader: Reader, at: dict[str, object]) -> tuple[str, Row | None]:
    """The table that a row of a source became part of, and the row in it."""
    for name, table in (
        ("shipment", "shipments"),
        ("listed", "list_entries"),
        ("flow", "flows"),
        ("reject", "rejects"),
    ):
        row = reader.first(statement("records", name), at)
        if row is not None:
            return table, row
    return "shipments", None


def _original(text: object) -> list[tuple[str, str]]:
    """The row as read: column of the source and its text."""
    if text is None:
        return []
    try:
        said = json.loads(str(text))
    except ValueError:
        return [("as read", str(text))]
    if isinstance(said, dict):
        return [(str(k), "" if v is None else str(v)) for k, v in said.items()]
    if isinstance(said, list):
        return [(str(at), "" if v is None else str(v)) for at, v in enumerate(said, 1)]
    return [("as read", str(text))]
