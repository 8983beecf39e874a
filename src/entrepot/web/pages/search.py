"""Search: one box over parties, goods, codes, list entries, claims and reports."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from entrepot.web.desk import desk_of, page, synthetic_kinds
from entrepot.web.textindex import FACETS, Hit

router = APIRouter(include_in_schema=False)

PER_PAGE = 20
MOST_PAGES = 50
"""A reader who has not found it in a thousand hits narrows the search."""

TITLES = {"kind": "What", "country": "Country", "role": "Role", "list": "List", "hs": "HS chapter", "year": "Year"}


@router.get("/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=1_000)] = "",
    page_number: Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES)] = 1,
) -> Response:
    """Results with facets; a code or the number of a list entry leads straight to its page."""
    desk = desk_of(request)
    asked = q.strip()
    chosen = {name: value for name in FACETS if (value := request.query_params.get(name))}
    if asked.isascii() and asked.isdigit() and len(asked) == 6 and not chosen:
        known = desk.reader.first("SELECT 1 FROM code_pages WHERE hs6 = $code", {"code": asked})  # fmt: skip
        if known:
            return RedirectResponse(f"/goods/{asked}", 303)
    found = desk.words.search(asked, chosen, limit=PER_PAGE, offset=(page_number - 1) * PER_PAGE)

    def link(**changed: str | int | None) -> str:
        pairs = {"q": asked, **chosen, **{k: str(v) for k, v in changed.items() if v is not None}}
        return "/search?" + urlencode({k: v for k, v in pairs.items() if k not in changed or changed[k] is not None})

    return page(
        request, "search.html", title=f"Search: {asked}" if asked else "Search", asked=asked, found=found, chosen=chosen, titles=TITLES,
        link=link, address_of=address_of, number=page_number, last=min(MOST_PAGES, -(-found.total // PER_PAGE)),
        synthetic=synthetic_kinds(desk.reader) if found.total else [],
    )  # fmt: skip


def address_of(hit: Hit) -> str:
    """The page of a hit."""
    key = hit.id
    if hit.kind == "party":
        return f"/party/{quote(key, safe='')}"
    if hit.kind == "code":
        return f"/goods/{quote(key, safe='')}"
    if hit.kind == "goods":
        source, _, row = key.rpartition(":")
        return f"/record/{quote(source, safe='')}/{quote(row, safe='')}"
    if hit.kind == "list entry":
        listed, _, entry = key.partition("/")
        return f"/list/{quote(listed, safe='')}/{quote(entry, safe='')}"
    if hit.kind == "claim":
        return f"/report/{quote(key.rpartition('-c')[0], safe='')}#{quote(key, safe='')}"
    return f"/report/{quote(key, safe='')}"
