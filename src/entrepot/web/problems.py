"""Errors as RFC 9457 problem documents."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from entrepot.errors import EntrepotError


class Problem(BaseModel):
    """A problem as in RFC 9457: `title` says which kind, `detail` what is wrong here, `remedy` what would be accepted."""

    type: str = Field(
        "about:blank", description="A URI of the kind of problem; `about:blank` says no more than the status."
    )
    title: str
    status: int
    detail: str | None = None
    remedy: str | None = None
    field: str | None = Field(None, description="Parameter or member that is to blame.")
    value: str | None = None


def problem(
    status: int,
    detail: str | None = None,
    *,
    remedy: str | None = None,
    field: str | None = None,
    value: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem response."""
    said = Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail, remedy=remedy, field=field, value=value)  # fmt: skip
    return JSONResponse(
        said.model_dump(exclude_none=True), status, headers=dict(headers or {}), media_type="application/problem+json"
    )


def of_error(error: EntrepotError, status: int) -> JSONResponse:
    """The problem document of an error; paths of this machine stay out of it."""
    return problem(status, error.problem, remedy=error.remedy, field=error.column, value=error.value)


class NotFound(EntrepotError):
    """What the address names is not in this case."""
