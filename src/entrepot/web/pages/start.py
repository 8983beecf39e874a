"""The start page: what the case holds, what stands out, what changed, what the data cannot show."""

from __future__ import annotations

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from entrepot.web.desk import desk_of, page, synthetic_kinds
from entrepot.web.queries import statements
from entrepot.web.reader import Row

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request) -> Response:
    """The start page."""
    desk = desk_of(request)
    reader = desk.reader
    asked = {name: reader.kept(sql) for name, sql in statements("start").items()}
    marks, synthetic = desk.marks.all(), synthetic_kinds(reader)
    return page(
        request, "start.html", title="Start", totals=asked["totals"][0], strongest=asked["strongest"], checks=asked["checks"],
        verdicts=asked["verdicts"], countries=asked["countries"], gaps=asked["gaps"], lists=asked["lists"],
        synthetic=synthetic, changed=desk.shelf.changed, marks=marks,
        pinned=sorted(finding for finding, mark in marks.items() if mark.pinned),
        tour=_tour(asked["tour"]), bundled=bool(synthetic) and desk.shelf.name == "The bundled case",
    )  # fmt: skip


def _tour(found: list[Row]) -> str | None:
    """Steps of the tour of one finding, as the front end reads them; None where there is no such finding."""
    if not found:
        return None
    told = found[0]
    row = f"/record/{told['source_id']}/{told['row_number']}"
    steps = [
        {"selector": "#strongest", "title": "One finding", "text": "Each line is an indicator that fired. Strengths order findings of one indicator, never of different ones.", "href": "/"},
        {"selector": "#map", "title": "On the map", "text": "Lines join the countries of dispatch and destination. Choose goods and a period; the table below says the same.", "href": "/routes"},
        {"selector": "#statement", "title": "What is stated", "text": "The statement with its components, its comparison group and base rate, and what else could explain it.", "href": f"/findings/{told['finding_id']}"},
        {"selector": "#evidence", "title": "The rows", "text": "Every row that the finding rests on. The row number leads to the record.", "href": f"/findings/{told['finding_id']}#evidence"},
        {"selector": "#original", "title": "The row in the file", "text": "The row as read, with file, SHA-256 and row number: open the file and compare.", "href": row},
    ]  # fmt: skip
    return json.dumps(steps, ensure_ascii=False)
