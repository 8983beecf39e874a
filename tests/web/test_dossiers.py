"""A dossier is asked for on a page, made in the background, and handed over as a file; pinned findings come first in it."""

from __future__ import annotations

import io
import re
import time
import zipfile
from urllib.parse import urlsplit

import httpx

from entrepot.casework.case import Case
from entrepot.casework.marks import Marks
from entrepot.web.settings import Settings

from .conftest import SCRIPT, serving
from .test_safety import assert_harmless, token_of


def made(client: httpx.Client, subject: str, form: str) -> httpx.Response:
    """The page of a dossier that was asked for, once it is done."""
    token = token_of(client.get("/dossiers", params={"subject": subject}))
    begun = client.post("/dossiers", data={"subject": subject, "form": form, "form_token": token})
    assert begun.status_code == 303
    address = urlsplit(begun.headers["location"]).path
    for _ in range(600):
        page = client.get(address)
        assert page.status_code == 200
        assert_harmless(page)
        if "hx-get" not in page.text:
            return page
        time.sleep(0.1)
    raise AssertionError("the dossier did not end")


def fetched(client: httpx.Client, page: httpx.Response) -> httpx.Response:
    """The file that a finished page offers."""
    link = re.search(r'href="(/dossiers/[0-9a-f]+/file)"', page.text)
    assert link, page.text
    return client.get(link[1])


def test_a_dossier_of_a_hostile_name_is_made_and_handed_over(client: httpx.Client) -> None:
    page = made(client, SCRIPT, "html")
    assert "rows cited" in page.text
    file = fetched(client, page)
    assert file.headers["content-type"].startswith("text/html")
    assert re.fullmatch(r'attachment; filename="dossier-[A-Za-z0-9-]+\.html"', file.headers["content-disposition"])
    assert "<script" not in file.text
    assert "&lt;script&gt;" in file.text
    assert "Made since the server started" in client.get("/dossiers").text


def test_pinned_findings_make_a_pack_of_their_own(client: httpx.Client, built: Case, finding: str) -> None:
    assert "no finding of this case is pinned" in made(client, "pinned", "html").text
    marks = Marks(built.folder)
    marks.add(finding, "pin")
    try:
        assert finding in client.get("/dossiers").text
        file = fetched(client, made(client, "Pinned", "zip"))
    finally:
        marks.add(finding, "unpin")
    with zipfile.ZipFile(io.BytesIO(file.content)) as pack:
        dossier = pack.read("dossier.html").decode()
    assert "1 pinned finding" in dossier
    assert "(pinned)" in dossier
    assert finding in dossier


def test_an_unknown_or_ambiguous_subject_is_explained(client: httpx.Client) -> None:
    page = made(client, "Primer Trading", "xlsx")
    assert "could be meant" in page.text
    assert "Primer Trading 3 LLC" in page.text
    assert client.get("/dossiers/nothing").status_code == 404
    assert client.get("/dossiers/nothing/file").status_code == 404


def test_a_dossier_needs_a_form_of_this_server(client: httpx.Client, built: Case) -> None:
    token = token_of(client.get("/dossiers"))
    assert client.post("/dossiers", data={"subject": "854231", "form": "html"}).status_code == 403
    for wrong in ({"subject": "854231", "form": "exe"}, {"subject": " ", "form": "html"}):
        assert client.post("/dossiers", data={**wrong, "form_token": token}).status_code == 422
    with serving(built, Settings(read_only=True)) as reading:
        assert "form_token" not in reading.get("/dossiers").text
        assert (
            reading.post("/dossiers", data={"subject": "854231", "form": "html", "form_token": token}).status_code
            == 403
        )


def test_no_file_stays_when_the_server_stops(built: Case) -> None:
    with serving(built) as client:
        fetched(client, made(client, "854231", "xlsx"))
        assert list((built.folder / "search").glob("dossiers-*/*.xlsx"))
    assert not list((built.folder / "search").glob("dossiers-*/*.xlsx"))
