"""A dossier from the finding to the opened file, and tables that change without the rest of their page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.browser.conftest import expectations
from tests.web.browser.material import HUB

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

expect = expectations()


def test_a_dossier_is_made_and_opened(page: Page, browser: Browser, tmp_path: Path) -> None:
    page.goto("/parties?parties.per=100")
    page.get_by_role("link", name=HUB).first.click()
    page.get_by_role("link", name="Dossier", exact=True).click()
    expect(page.get_by_label("Subject")).to_have_value(re.compile("^p-"))
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
        expect(opened.locator("h1")).to_contain_text(HUB)
        expect(opened.get_by_text("What the subject said").first).to_be_attached()
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
    expect(page).to_have_url(re.compile("goods[.]sort=hs6"))
    assert page.evaluate("() => window.kept === true")
    expect(page.locator(":focus")).to_have_id("goods-by-hs6")
    expect(page.locator("#goods ep-table")).to_have_count(1)
    page.go_back()
    page.wait_for_function("() => !location.search.includes('goods.sort')")
    expect(page.locator("#goods th[aria-sort=ascending]")).to_have_count(0)
