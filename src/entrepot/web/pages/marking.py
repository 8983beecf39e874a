"""Marks on findings: seen, notes, pins. Changes come only by POST from a page of this server."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from entrepot.web.desk import desk_of, require
from entrepot.web.forms import back, refused

router = APIRouter(include_in_schema=False)


@router.post("/findings/{finding}/mark")
def mark(
    request: Request,
    finding: str,
    action: Annotated[str, Form(max_length=20)],
    form_token: Annotated[str, Form(max_length=200)] = "",
    text: Annotated[str, Form(max_length=8_000)] = "",
) -> Response:
    """Mark one finding and return to its page."""
    if (no := refused(request, form_token)) is not None:
        return no
    desk = desk_of(request)
    require(
        desk.reader.first("SELECT 1 FROM findings WHERE finding_id = $finding", {"finding": finding}),
        "finding",
        finding,
    )
    desk.marks.add(finding, action, text)
    return RedirectResponse(back(request, f"/findings/{finding}"), 303)
