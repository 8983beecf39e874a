"""Dossiers: a form for a subject, the progress of the work, and the file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from entrepot.web.desk import desk_of, page, synthetic_kinds
from entrepot.web.forms import refused
from entrepot.web.problems import NotFound
from entrepot.web.workshop import FORMS, Job

router = APIRouter(include_in_schema=False)

MEDIA = {
    "html": "text/html; charset=utf-8", "pdf": "application/pdf", "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@router.get("/dossiers")
def dossiers(request: Request, subject: Annotated[str, Query(max_length=400)] = "") -> Response:
    """The form, with what was asked for since the server started."""
    desk = desk_of(request)
    return page(
        request, "dossiers.html", title="Dossiers", subject=subject, forms=FORMS, jobs=desk.workshop.jobs(), pinned=desk.marks.pinned(),
        synthetic=synthetic_kinds(desk.reader),
    )  # fmt: skip


@router.post("/dossiers")
def begin(
    request: Request,
    subject: Annotated[str, Form(max_length=400)] = "",
    form: Annotated[str, Form(max_length=10)] = "html",
    form_token: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Begin a dossier and lead to the page that shows how far it is."""
    if (no := refused(request, form_token)) is not None:
        return no
    job = desk_of(request).workshop.start(subject, form)
    return RedirectResponse(f"/dossiers/{job.id}", 303)


@router.get("/dossiers/{job_id}")
def progress(request: Request, job_id: str) -> Response:
    """How far a dossier is; the page asks again by itself."""
    return page(request, "dossier.html", title="Dossier", job=_job(request, job_id), forms=FORMS)


@router.get("/dossiers/{job_id}/file")
def file(request: Request, job_id: str) -> Response:
    """The finished file, to be kept: its own styles would not be allowed on a page of this server."""
    job = _job(request, job_id)
    path = desk_of(request).workshop.file(job)
    if path is None:
        raise NotFound("this dossier is not ready", value=job_id)
    return FileResponse(path, media_type=MEDIA[job.form], filename=job.file_name)


def _job(request: Request, job_id: str) -> Job:
    found = desk_of(request).workshop.job(job_id)
    if found is None:
        raise NotFound("there is no such dossier; they are forgotten when the server stops", value=job_id)
    return found
