"""Whether a form may change something: it comes from a page of this server, and the server is not read-only."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from entrepot.web.desk import desk_of
from entrepot.web.guard import form_allowed
from entrepot.web.problems import problem


def refused(request: Request, form_token: str) -> Response | None:
    """A refusal, or None where the form may go on."""
    settings = desk_of(request).settings
    if settings.read_only:
        return problem(403, "this workbench is served read-only", remedy="start it without --read-only")
    if not form_allowed(request, settings.secret, form_token):
        return problem(403, "the form does not come from a page of this server, or the server was started again since",
                       remedy="load the page again and repeat")  # fmt: skip
    return None


def back(request: Request, otherwise: str) -> str:
    """Where to return to after a form: the address it names, where that is a path of this server."""
    wanted = request.query_params.get("back", "")
    parts = urlsplit(wanted)
    if (
        wanted.startswith("/")
        and not wanted.startswith("//")
        and "\\" not in wanted
        and not parts.scheme
        and not parts.netloc
    ):
        return quote(wanted, safe="/?=&.%-_~#:;,+")
    return quote(otherwise, safe="/?=&%#")
