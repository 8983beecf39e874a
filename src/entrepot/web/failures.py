"""Errors as pages for people and as problem documents for programs."""

from __future__ import annotations

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from entrepot.errors import CaseError, EntrepotError, UsageError
from entrepot.web.desk import desk_of
from entrepot.web.problems import NotFound, of_error, problem
from entrepot.web.shelf import Preparing

PROGRAM_PATHS = ("/api/", "/data/", "/match", "/reconcile")
"""Addresses that programs call: their errors are problem documents."""


def answer_preparing(request: Request, error: Exception) -> Response:
    """The case was built again: pages are laid out, which the page says and asks again."""
    assert isinstance(error, Preparing)
    if _by_program(request):
        return problem(503, f"pages are being prepared: {error.what} ({error.done} of {error.steps})", headers={"retry-after": "2"})  # fmt: skip
    html = desk_of(request).templates.get_template("preparing.html").render(what=error.what, done=error.done, steps=error.steps)  # fmt: skip
    return HTMLResponse(html, 503, headers={"retry-after": "2"})


def answer_slow(request: Request, error: Exception) -> Response:
    """A query was stopped."""
    detail = f"the query was {error}; narrow it with a filter"
    return problem(503, detail) if _by_program(request) else _page(request, 503, "Too slow", detail, None)


def answer_error(request: Request, error: Exception) -> Response:
    """What Entrepot raises on purpose."""
    assert isinstance(error, EntrepotError)
    status = 404 if isinstance(error, NotFound) else 422 if isinstance(error, UsageError) else 409 if isinstance(error, CaseError) else 400  # fmt: skip
    if _by_program(request):
        return of_error(error, status)
    said = error.problem if error.value is None else f"{error.problem}: “{error.value[:200]}”"
    return _page(request, status, "Not found" if status == 404 else "This could not be shown", said, error.remedy)


def answer_http(request: Request, error: Exception) -> Response:
    """What the framework refuses: unknown addresses, methods."""
    assert isinstance(error, HTTPException)
    if _by_program(request) or request.method != "GET":
        return problem(error.status_code, str(error.detail), headers=error.headers)
    return _page(
        request, error.status_code, "Not found" if error.status_code == 404 else "Refused", str(error.detail), None
    )


def answer_invalid(request: Request, error: Exception) -> Response:
    """Parameters of the wrong form."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first.get("loc", ()))
    detail = str(first.get("msg", "not valid"))
    if _by_program(request) or request.method != "GET":
        return problem(422, detail, field=where)
    return _page(request, 422, "This could not be shown", f"{where}: {detail}", None)


def _by_program(request: Request) -> bool:
    return request.url.path.startswith(PROGRAM_PATHS)


def _page(request: Request, status: int, title: str, detail: str, remedy: str | None) -> Response:
    html = desk_of(request).templates.get_template("problem.html").render(title=title, detail=detail, remedy=remedy)
    return HTMLResponse(html, status)
