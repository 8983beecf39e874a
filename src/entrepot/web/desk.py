"""What every page has at hand: the case, its database, the templates; and how a page is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from entrepot.casework import judgements as jd
from entrepot.casework.case import Case
from entrepot.casework.marks import Marks
from entrepot.errors import UsageError
from entrepot.web import guard, wording
from entrepot.web.cells import cell
from entrepot.web.download import file_of
from entrepot.web.listing import Listing, show, whole
from entrepot.web.problems import NotFound
from entrepot.web.reader import Reader, Row
from entrepot.web.settings import Settings
from entrepot.web.shelf import Shelf
from entrepot.web.textindex import TextIndex
from entrepot.web.workshop import Workshop

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Desk:
    """One served case."""

    case: Case
    settings: Settings
    shelf: Shelf
    marks: Marks
    workshop: Workshop
    templates: Environment

    @classmethod
    def of(cls, case: Case, settings: Settings) -> Desk:
        return cls(case, settings, Shelf(case, settings), Marks(case.folder), Workshop(case), _templates())

    @property
    def reader(self) -> Reader:
        """The pages' database."""
        return self.shelf.current()[0]

    def judged_since_build(self) -> bool:
        """Whether the judgements changed after the tables that pages show were built."""
        try:
            judged = (self.case.folder / jd.FILE).stat().st_mtime
            return judged > self.case.store.manifest_path.stat().st_mtime
        except FileNotFoundError:
            return False

    @property
    def words(self) -> TextIndex:
        """The text index."""
        return self.shelf.current()[1]


def desk_of(request: Request) -> Desk:
    """The desk of the application that answers a request."""
    desk: Desk = request.app.state.desk
    return desk


def page(
    request: Request,
    template: str,
    *,
    title: str,
    listings: Sequence[Listing] = (),
    status: int = 200,
    **context: object,
) -> Response:
    """Answer with a page, or with one of its tables as a file where the address asks so (`get=table.csv`).

    Raises:
        UsageError: the address asks for a table or column that is not there.
    """
    desk = desk_of(request)
    pairs = request.query_params.multi_items()
    if wanted := request.query_params.get("get"):
        name, _, form = wanted.rpartition(".")
        found = next((listing for listing in listings if listing.id == name), None)
        if found is None:
            raise UsageError("there is no such table on this page", column="get", value=wanted)
        return file_of(whole(found, desk.reader, pairs)[0], form, name)
    part = _part(request, listings)
    if part is not None:
        shown = desk.templates.get_template("part.html").render(
            shown=show(part, desk.reader, pairs), here=request.url.path
        )
        return HTMLResponse(shown, headers={"vary": "hx-request, hx-target"})
    cookie = request.cookies.get(guard.FORM_COOKIE) or guard.fresh_cookie()
    html = desk.templates.get_template(template).render(
        title=title,
        case_name=desk.case.folder.resolve().name,
        read_only=desk.settings.read_only,
        form_token=guard.form_token(desk.settings.secret, cookie),
        here=request.url.path,
        address=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        tables={listing.id: show(listing, desk.reader, pairs) for listing in listings},
        **context,
    )
    answer = HTMLResponse(html, status)
    if request.cookies.get(guard.FORM_COOKIE) != cookie:
        answer.set_cookie(guard.FORM_COOKIE, cookie, httponly=True, samesite="strict", path="/")
    return answer


def _part(request: Request, listings: Sequence[Listing]) -> Listing | None:
    """The one table that htmx asks for where a reader sorts, filters or turns a table's page, or None for the whole page."""
    if request.headers.get("hx-request") != "true":
        return None
    return next((listing for listing in listings if listing.id == request.headers.get("hx-target")), None)


def require(row: Row | None, what: str, value: str) -> Row:
    """The row, or an error that becomes a page saying that there is none.

    Raises:
        NotFound: there is no such row.
    """
    if row is None:
        raise NotFound(f"this case has no such {what}", value=value)
    return row


def synthetic_sources(reader: Reader, sources: Sequence[str]) -> list[Row]:
    """Those of the source parts whose content is generated, with the reason: every page that shows them says so."""
    wanted = set(sources)
    return [row for row in synthetic_kinds(reader) if row["source_id"] in wanted]


def synthetic_kinds(reader: Reader, *kinds: str) -> list[Row]:
    """Source parts of the kinds, or of all, whose content is generated."""
    listed = reader.kept("SELECT source_id, path, title, kind, synthetic FROM sources WHERE synthetic IS NOT NULL ORDER BY path, source_id")  # fmt: skip
    return [row for row in listed if not kinds or row["kind"] in kinds]


def listed(value: object) -> list[Row]:
    """A column of nested rows, none where it is empty."""
    return value if isinstance(value, list) else []


def strings(value: object) -> list[str]:
    """A column of nested texts, none where it is empty."""
    return [str(text) for text in value] if isinstance(value, list) else []


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, finalize=wording.finalize,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(
        number=wording.number, exact=wording.exact, kg=wording.kilograms, usd=wording.dollars, share=wording.share, day=wording.day,
        country=wording.country, place=wording.place, short=wording.short, file=wording.file_name,
        segment=lambda value: quote(str(value), safe=""),
    )  # fmt: skip
    environment.globals.update(cell=cell, plural=wording.plural)
    return environment
