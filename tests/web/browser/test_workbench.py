"""The workbench in a real browser: every kind of page, harmless with hostile data, and usable without a mouse."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.web.browser.conftest import Opener, Seen, expectations
from tests.web.browser.material import ARABIC, CYRILLIC, HAN, HOSTILE, HUB

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

expect = expectations()

MOST_BYTES = 300_000
"""What the largest page may transfer, compressed, with an empty cache: the bar of the project."""

KINDS = {
    "", "findings", "findings/*", "parties", "party/*", "routes", "shipments", "chain/*", "goods", "goods/*", "reports", "report/*", "roots/*",
    "checks", "checks/*", "dossiers", "lists", "list/*/*", "record/*/*", "rejects", "review", "sources", "sources/*",
}  # fmt: skip
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
        page.goto("about:blank")
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
            if (
                parts.netloc != urlsplit(page.url).netloc
                or "get=" in parts.query
                or parts.path.startswith(NO_PAGES)
                or parts.path.endswith("/file")
            ):
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
    found = page.evaluate("options => axe.run(document, options)", options | {"resultTypes": ["violations"]})[
        "violations"
    ]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}: {one['nodes'][0]['failureSummary'][:300]}" for one in found]


@pytest.mark.parametrize(
    ("asked", "found"),
    [(HAN[:6], HAN), ("Пример Электроника", CYRILLIC), (ARABIC, ARABIC), ("Sampel Hub Logistics", HUB)],
    ids=["Han", "Cyrillic", "Arabic", "typing error"],
)
def test_search_finds_names_in_any_script(page: Page, asked: str, found: str) -> None:
    page.goto("/")
    box = page.get_by_role("searchbox", name="Search the case")
    box.fill(asked)
    box.press("Enter")
    page.locator("ol.results a.title", has_text=found).first.click()
    expect(page.locator("h1")).to_have_text(re.compile(f"^{re.escape(found)}"))


def test_from_the_map_to_the_row_in_the_file(page: Page) -> None:
    page.goto("/routes")
    settle(page)
    page.locator("ep-map ol.ep-legs a", has_text="Kazakhstan to Russia").click()
    page.wait_for_url("**/shipments?**")
    page.locator("main td a[href^='/record/']").first.click()
    page.wait_for_url("**/record/**")
    original = page.locator("#original")
    expect(original).to_contain_text(HUB)
    expect(original).to_contain_text(CYRILLIC)
    expect(page.locator("dt", has_text="SHA-256")).to_have_count(1)


def test_a_chain_leads_to_its_rows(page: Page) -> None:
    page.goto("/routes")
    page.locator("main a[href^='/chain/']").first.click()
    expect(page.locator("svg.chain")).to_be_visible()
    page.locator("svg.chain a").first.click()
    page.wait_for_url("**/record/**")
    expect(page.locator("#original")).to_be_visible()


def test_a_judgement_is_kept_and_taken_back(page: Page) -> None:
    page.goto("/review")
    question = str(page.locator("section.card").first.get_attribute("id"))
    page.get_by_label("Reason").first.fill("seen the register")
    page.get_by_role("button", name="Different").first.click()
    history = page.locator("#history tbody tr")
    expect(history.first).to_contain_text("seen the register")
    expect(page.locator(f"section.card[id='{question}']")).to_have_count(0)
    history.first.get_by_role("button", name="Undo").click()
    page.locator(f"section.card[id='{question}']").wait_for()
    expect(history).to_have_count(2)


def test_a_finding_is_pinned_and_noted(page: Page) -> None:
    page.goto("/findings")
    page.locator("main td a[href^='/findings/']").first.click()
    page.get_by_role("button", name="Pin to the dossier").click()
    page.get_by_role("button", name="Unpin").wait_for()
    page.get_by_label("Note").fill("<i>ask the company</i>")
    page.get_by_role("button", name="Add note").click()
    page.get_by_text("<i>ask the company</i>").wait_for()


def test_the_keyboard_alone_leads_from_the_search_to_a_row(page: Page) -> None:
    page.goto("/")
    page.wait_for_selector("html[data-workbench=ready]")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("main")
    page.goto("/search")
    tab_to(page, "#find-box")
    page.keyboard.type(HUB)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    tab_to(page, "ol.results a.title")
    page.keyboard.press("Enter")
    page.wait_for_url("**/party/**")
    page.wait_for_selector("html[data-workbench=ready]")
    tab_to(page, "main td a[href^='/record/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/**")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on such an element; it must be seen that it is."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_text_of_a_hostile_file_is_shown_as_text(page: Page) -> None:
    page.goto("/parties?parties.per=100")
    shown = [name.replace("\u202e", "⟦U+202E⟧") for name in HOSTILE]
    listed = dict(
        page.eval_on_selector_all("main td a[href^='/party/']", "links => links.map(a => [a.textContent, a.href])")
    )
    assert set(shown) <= set(listed)
    for name in shown:
        page.goto(listed[name])
        settle(page)
        assert page.locator("h1").inner_text() == name  # whole as it stands: expect() would fold its spaces
        assert not page.evaluate("() => window.harmed === true")
        assert page.locator("main img, main script, main iframe").count() == 0


def test_the_workbench_works_without_script(opener: Opener) -> None:
    page, seen = opener(java_script_enabled=False)
    page.goto("/routes")
    expect(page.locator("ep-map table")).to_be_visible()
    page.goto("/")
    page.locator("#find-box").fill(HUB)
    page.locator("form.find button").click()
    expect(page.locator("ol.results a.title").first).to_be_visible()
    assert seen.outside == []
