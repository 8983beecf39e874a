"""The first pages are asked once before the first reader comes."""

from __future__ import annotations

from entrepot.casework.case import Case
from entrepot.web.app import create_app
from entrepot.web.settings import Settings
from entrepot.web.warm import FIRST, SUBJECTS, first_pages, warm


def test_every_first_page_answers(built: Case) -> None:
    app = create_app(built)
    app.state.desk.shelf.prepare()
    pages = first_pages(app.state.desk.reader)
    assert len(FIRST) + 4 <= len(pages) <= len(FIRST) + len(SUBJECTS)
    assert warm(app, pages) == [200] * len(pages)


def test_a_server_with_a_token_refuses_and_goes_on(built: Case) -> None:
    app = create_app(built, Settings.of("0.0.0.0", 0))
    app.state.desk.shelf.prepare()
    assert warm(app, ("/",)) == [401]
