"""The workbench in a real browser: every kind of page, harmless with hostile data, and usable without a mouse."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.web.browser.conftest import Opener, Seen

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MOST_BYTES = 300_000
"""What the largest page may transfer, compressed, with an empty cache: the bar of the project."""

KINDS = {"", "findings", "findings/*", "record/*/*", "sources", "sources/*"}
"""Pages that a case with shipments, a list and a report has, by the form of their address."""

NO_PAGES = ("/api/", "/static/")

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EXPERIMENTAL = {"label-content-name-mismatch": {"enabled": False}}
"""Off in axe by default: it compares the label of a drawing's link with the texts of the drawing run together."""

DRAWN = "() => [...document.querySelectorAll('ep-map, ep-graph, ep-chart')].every(e => e.dataset.state && e.dataset.state !== 'loading')"


def kind_of(path: str) -> str:
    """Pages of one kind differ in what follows the first segment."""
    parts = [part for part in path.split("/") if part]
    return "/".join([parts[0] if parts else "", *("*" for _ in parts[1:])])


def settle(page: Page) -> None:
    """Scroll through the page, so that every picture on it is drawn."""
    page.wait_for_selector("html[data-workbench=ready]")
    for picture in page.locator("ep-map, ep-graph, ep-chart").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function(DRAWN)


def test_every_kind_of_page_is_accessible_harmless_and_light(opener: Opener, axe: str) -> None:
    page, seen = opener(reduced_motion="reduce")
    waiting, met, wrong = deque(["/"]), {kind_of("/")}, []
    while waiting:
        target = waiting.popleft()
        seen.forget()
        page.emulate_media(color_scheme="light")
        answer = page.goto(target)
        assert answer is not None
        if answer.status != 200:
            wrong.append(f"{target}: answered {answer.status}")
            continue
        settle(page)
        wrong += [f"{target}: {what}" for what in judged(page, seen, axe)]
        for href in page.eval_on_selector_all(
            "a[href]", "links => links.map(link => new URL(link.getAttribute('href'), location).href)"
        ):
            parts = urlsplit(href)
            if parts.netloc != urlsplit(page.url).netloc or "get=" in parts.query or parts.path.startswith(NO_PAGES):
                continue
            if kind_of(parts.path) not in met:
                met.add(kind_of(parts.path))
                waiting.append(parts.path)
    assert wrong == []
    assert met >= KINDS


def judged(page: Page, seen: Seen, axe: str) -> list[str]:
    """What is wrong with the page that is open."""
    wrong = [f"console: {error}" for error in seen.errors] + [f"reached for {url}" for url in seen.outside]
    if page.evaluate("() => window.harmed === true"):
        wrong.append("text of a source ran as a script")
    if seen.transferred > MOST_BYTES:
        wrong.append(f"{seen.transferred:,} bytes transferred")
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        wrong.append(f"{wide} pixels wider than the window")
    page.evaluate(axe)
    wrong += violations(page, {"runOnly": {"type": "tag", "values": AXE_TAGS}, "rules": EXPERIMENTAL})
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(DRAWN)
    return wrong + [
        f"dark: {what}" for what in violations(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    ]


def violations(page: Page, options: dict[str, object]) -> list[str]:
    """Violations that axe finds, each with its first place."""
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}: {one['nodes'][0]['failureSummary'][:300]}" for one in found]
