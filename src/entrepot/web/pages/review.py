"""Review: pairs that wait for a person, side by side; judgements with undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from entrepot.casework import judgements as jd
from entrepot.casework import review as rv
from entrepot.errors import UsageError
from entrepot.web.desk import Desk, desk_of, page, synthetic_sources
from entrepot.web.forms import back, refused
from entrepot.web.problems import NotFound

router = APIRouter(include_in_schema=False)

SHOWN = 10
"""Questions of a page: more are not judged in one sitting."""

MOST_SHOWN = 100

MOST_HISTORY = 200
"""Judgements listed, latest first; `entrepot review --export` writes them all."""


@router.get("/review")
def review(
    request: Request,
    party: Annotated[str, Query(max_length=100)] = "",
    n: Annotated[int, Query(ge=1, le=MOST_SHOWN)] = SHOWN,
) -> Response:
    """Open questions, most valuable first, and what was judged."""
    desk = desk_of(request)
    found = rv.questions(desk.case, limit=n + 1, unsure=True, party=party or None, asked=_asked(desk))
    history = jd.history(desk.case)
    in_force = {j.id for j in jd.in_force(history)}
    return page(
        request, "review.html", title="Review", questions=found[:n], more=len(found) > n, shown=n, party=party, single=False,
        history=[(j, j.id in in_force) for j in reversed(history)][:MOST_HISTORY], built_before=desk.judged_since_build(),
        synthetic=_synthetic(request, found[:n]),
    )  # fmt: skip


@router.get("/review/{question}")
def one(request: Request, question: str) -> Response:
    """One question, with its own address."""
    desk = desk_of(request)
    try:
        found = [rv.question(desk.case, question, asked=_asked(desk))]
    except UsageError as error:
        raise NotFound("there is no such open question; it may be judged already", value=question) from error
    return page(
        request, "review.html", title="Review", questions=found, more=False, shown=1, party="", single=True, history=[],
        built_before=False, synthetic=_synthetic(request, found),
    )  # fmt: skip


@router.post("/review/{question}")
def judge(
    request: Request,
    question: str,
    decision: Annotated[str, Form(max_length=20)],
    form_token: Annotated[str, Form(max_length=200)] = "",
    reason: Annotated[str, Form(max_length=4_000)] = "",
) -> Response:
    """Judge one question and return to the list."""
    if (no := refused(request, form_token)) is not None:
        return no
    desk = desk_of(request)
    rv.answer(desk.case, question, decision, reason=reason, asked=_asked(desk))
    return RedirectResponse(back(request, "/review"), 303)


@router.post("/judgements/{judgement}/undo")
def undo(
    request: Request,
    judgement: str,
    form_token: Annotated[str, Form(max_length=200)] = "",
    reason: Annotated[str, Form(max_length=4_000)] = "",
) -> Response:
    """Take a judgement back."""
    if (no := refused(request, form_token)) is not None:
        return no
    jd.undo(desk_of(request).case, judgement, reason=reason)
    return RedirectResponse(back(request, "/review#history"), 303)


def _asked(desk: Desk) -> rv.Asked:
    """The questions as the build of the pages laid them out."""
    return rv.Asked(desk.reader.rows, questions="questions", sides="question_sides", entries="question_entries")


def _synthetic(request: Request, questions: list[rv.Question]) -> list[dict[str, object]]:
    sources = [side.source_id for q in questions for side in (q.left, q.right) if side.source_id]
    return synthetic_sources(desk_of(request).reader, sources)
