"""A dossier from the finding to the opened file, and tables that change without the rest of their page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.browser.material import HUB

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def test_a_dossier_is_made_and_opened(page: Page, browser: Browser, tmp_path: Path) -> None:
    page.goto("/parties?parties.per=100")
    page.get_by_role("link", name=HUB).first.click()
    page.get_by_role("link", name="Dossier", exact=True).click()
    assert page.get_by_label("Subject").input_value().startswith("p-")
    page.get_by_role("button", name="Make the dossier").click()
    page.wait_for_url("**/dossiers/*")
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Download").click(timeout=60_000)
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    context = browser.new_context()
    try:
        opened = context.new_page()
        outside: list[str] = []
        opened.on("request", lambda request: outside.append(request.url))
        opened.goto(kept.as_uri())
        assert HUB in opened.locator("h1").inner_text()
        assert opened.get_by_text("What the subject said").count() > 0
        assert outside == [kept.as_uri()]
    finally:
        context.close()


def test_a_table_is_sorted_without_the_rest_of_the_page(page: Page) -> None:
    page.goto("/parties?parties.per=100")
    page.get_by_role("link", name=HUB).first.click()
    page.wait_for_url("**/party/**")  # the page before is ready too
    page.wait_for_selector("html[data-workbench=ready]")
    page.evaluate("() => { window.kept = true; }")
    page.locator("#goods-by-hs6").click()
    page.wait_for_selector("#goods th[aria-sort=ascending] #goods-by-hs6")
    assert "goods.sort=hs6" in page.url
    assert page.evaluate("() => window.kept === true")
    assert page.evaluate("() => document.activeElement.id") == "goods-by-hs6"
    assert page.locator("#goods ep-table").count() == 1
    page.go_back()
    page.wait_for_function("() => !location.search.includes('goods.sort')")
    assert page.locator("#goods th[aria-sort=ascending]").count() == 0
