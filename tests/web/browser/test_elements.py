"""The elements of the bundle by themselves: what they draw, and what they say where there is nothing to draw."""

from __future__ import annotations

import json
import mimetypes
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from entrepot.web.guard import CONTENT_SECURITY_POLICY
from tests.web.browser.conftest import BUNDLE, LONGEST_WAIT, expectations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.browser

expect = expectations()

HOME = "http://127.0.0.1:9"
"""An address that is never reached: every request is answered by the test."""

PLACES = {"CN": (104.0, 35.0), "KZ": (67.0, 48.0), "RU": (90.0, 60.0), "US": (-120.0, 38.0), "JP": (138.0, 36.0)}
TABLE = "<table><thead><tr><th>Country</th><th>Sum</th></tr></thead><tbody><tr><td>Kazakhstan</td><td>=1+1</td></tr><tr><td>Armenia</td><td>-5.5</td></tr></tbody></table>"

Show = Callable[..., "Page"]


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Shows markup in a page that loads the bundle under the workbench's own policy; `data` answers other paths."""
    context = browser.new_context(
        base_url=HOME, reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(LONGEST_WAIT)
    errors: list[str] = []

    def shown(body: str, data: dict[str, object] | None = None, status: int = 200) -> Page:
        html = (
            '<!doctype html><html lang="en"><head><title>elements</title><meta name="color-scheme" content="light dark">'
            '<link rel="stylesheet" href="/static/dist/workbench.css"><script type="module" src="/static/dist/workbench.js"></script>'
            f"</head><body><main>{body}</main></body></html>"
        )

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(HOME).partition("?")[0]
            if path.startswith("/static/dist/"):
                file = BUNDLE.parent / path.removeprefix("/static/dist/")
                route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(path)[0])
            elif path in (data or {}):
                route.fulfill(body=json.dumps((data or {})[path]), content_type="application/json", status=status)
            else:
                headers = {"content-security-policy": CONTENT_SECURITY_POLICY, "content-type": "text/html"}
                route.fulfill(body=html, headers=headers)

        page = context.new_page()
        page.route("**/*", answer)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console", lambda told: told.type == "error" and "status of" not in told.text and errors.append(told.text)
        )
        page.goto("/page")
        page.wait_for_selector("html[data-workbench=ready]")
        return page

    yield shown
    context.close()
    assert errors == []


def leg(start: str, end: str, tier: str | None, shipments: int | None, **known: object) -> dict[str, object]:
    properties = {
        "from": start,
        "to": end,
        "label": f"{start} → {end}",
        "tier": tier,
        "shipments": shipments,
        "kg": None,
    }
    properties |= {
        "value_usd": None,
        "first_date": "2023-01-05",
        "last_date": "2023-06-30",
        "href": f"/rows/{start}-{end}",
    }
    line = {"type": "LineString", "coordinates": [PLACES[start], PLACES[end]]}
    return {"type": "Feature", "geometry": line, "properties": properties | known}


LEGS = {
    "type": "FeatureCollection",
    "features": [leg("CN", "KZ", "1", 40), leg("KZ", "RU", "2", 12, first_date="2024-02-01", last_date="2024-03-01"), leg("US", "JP", None, None), leg("RU", "CN", "2", 1)],
}  # fmt: skip


def drawn(page: Page, name: str, state: str = "drawn") -> Locator:
    page.wait_for_selector(f"{name}[data-state={state}]")
    return page.locator(name)


def test_a_map_shows_legs_that_read_without_colour_and_lists_them_as_links(show: Show) -> None:
    shown = drawn(show(f'<ep-map src="/legs.json" data-title="Legs">{TABLE}</ep-map>', {"/legs.json": LEGS}), "ep-map")
    lines = shown.locator("path.ep-leg[data-leg]")
    expect(lines).to_have_count(4)
    dashes = lines.evaluate_all("lines => lines.map(line => getComputedStyle(line).strokeDasharray)")
    assert len(set(dashes)) == 3
    expect(shown.locator("ol.ep-legs a").first).to_have_text(
        "CN → KZ: 40 shipments, weight unknown, tier 1, 2023-01-05 to 2023-06-30"
    )
    expect(shown.locator("details.ep-same table")).to_have_count(1)
    expect(shown.locator("details.ep-same")).not_to_have_attribute("open", "")


def test_a_leg_over_the_edge_of_the_world_is_not_drawn_across_it(show: Show) -> None:
    world = {
        "type": "FeatureCollection",
        "features": [
            leg("US", "JP", None, 1),
            leg("KZ", "KZ", None, 2),
            leg("CN", "RU", None, 1),
            leg("KZ", "RU", None, 1),
        ],
    }
    shown = drawn(show(f'<ep-map src="/legs.json">{TABLE}</ep-map>', {"/legs.json": world}), "ep-map")
    width = shown.locator("svg").first.evaluate("svg => svg.clientWidth")
    for path in shown.locator("path.ep-leg[data-leg]").evaluate_all(
        "lines => lines.map(line => line.getAttribute('d'))"
    ):
        for run in path.split("M")[1:]:
            across = [float(point.split(",")[0]) for point in run.split("L")]
            assert all(abs(a - b) < width / 2 for a, b in pairwise(across))


def test_the_filter_of_a_map_is_kept_in_the_address(show: Show) -> None:
    page = show(f'<ep-map src="/legs.json">{TABLE}</ep-map>', {"/legs.json": LEGS})
    drawn(page, "ep-map").get_by_label("Tier").select_option("1")
    expect(page.locator("path.ep-leg[data-leg]")).to_have_count(1)
    expect(page).to_have_url(re.compile("map-tier=1"))
    page.reload()
    drawn(page, "ep-map")
    expect(page.locator("path.ep-leg[data-leg]")).to_have_count(1)
    page.get_by_label("Tier").select_option("")
    page.get_by_label("Since").fill("2024-01-01")
    page.get_by_label("Since").blur()
    expect(page.locator("ol.ep-legs a")).to_have_text(
        ["KZ → RU: 12 shipments, weight unknown, tier 2, 2024-02-01 to 2024-03-01"]
    )


def test_the_keyboard_lights_a_leg_and_opens_its_rows(show: Show) -> None:
    page = show(f'<ep-map src="/legs.json">{TABLE}</ep-map>', {"/legs.json": LEGS})
    drawn(page, "ep-map").locator("ol.ep-legs a").nth(1).focus()
    expect(page.locator("path.ep-leg.ep-lit")).to_have_count(1)
    expect(page.locator(".ep-readout")).to_have_text(re.compile("^KZ → RU: 12 shipments"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/rows/KZ-RU")


@pytest.mark.parametrize(
    ("name", "empty"), [("map", {"features": []}), ("graph", {"nodes": [], "edges": []}), ("chart", {"marks": []})]
)
def test_nothing_to_draw_is_said_and_the_table_opens(show: Show, name: str, empty: object) -> None:
    shown = drawn(
        show(f'<ep-{name} src="/data.json">{TABLE}</ep-{name}>', {"/data.json": empty}), f"ep-{name}", "empty"
    )
    expect(shown.locator("table")).to_be_visible()
    expect(shown.locator(".ep-status")).not_to_be_empty()


@pytest.mark.parametrize("name", ["map", "graph", "chart"])
def test_a_picture_that_fails_says_why_and_the_table_opens(show: Show, name: str) -> None:
    problem = {"title": "Too slow", "detail": "The query was stopped after 10 seconds."}
    shown = drawn(
        show(f'<ep-{name} src="/data.json">{TABLE}</ep-{name}>', {"/data.json": problem}, status=503),
        f"ep-{name}",
        "error",
    )
    expect(shown.locator("table")).to_be_visible()
    expect(shown.locator(".ep-status")).to_contain_text("The query was stopped after 10 seconds.")


def test_a_graph_is_drawn_and_named(show: Show) -> None:
    data = {
        "nodes": [{"id": "a", "label": "<b>A</b>", "kind": "party", "href": "/party/a", "size": 3}, {"id": "b", "label": "B", "kind": "listed", "href": None, "size": None}],
        "edges": [{"source": "a", "target": "b", "label": "3 shipments", "weight": 3, "href": None}, {"source": "a", "target": "gone", "label": None, "weight": 1, "href": None}],
    }  # fmt: skip
    shown = drawn(
        show(f'<ep-graph src="/g.json" data-title="Who with whom">{TABLE}</ep-graph>', {"/g.json": data}), "ep-graph"
    )
    expect(shown.locator("canvas").first).to_be_attached()
    said = re.compile("Who with whom: 2 parties and 2 connections")
    expect(shown.locator("[role=img]")).to_have_attribute("aria-label", said)
    expect(shown.locator("ul.ep-legend li")).to_have_text(["party", "listed"])


def bars(values: object) -> dict[str, object]:
    """A compiled Vega specification with an expression, which Vega would otherwise compile to code."""
    scale = {"name": "y", "domain": {"data": "d", "field": "v"}, "range": "height"}
    mark = {"type": "rect", "from": {"data": "d"}, "encode": {"enter": {"x": {"signal": "datum.i * 20"}, "width": {"value": 15}, "y": {"scale": "y", "field": "v"}, "y2": {"scale": "y", "value": 0}, "fill": {"value": "#0b5cad"}}}}  # fmt: skip
    return {"width": 200, "height": 100, "data": [{"name": "d", **({"values": values} if isinstance(values, list) else {"url": values})}], "scales": [scale], "marks": [mark]}  # fmt: skip


def test_a_chart_is_drawn_without_compiling_code(show: Show) -> None:
    data = {"/c.json": bars([{"i": 0, "v": 3}, {"i": 1, "v": 5}])}
    shown = drawn(show(f'<ep-chart src="/c.json" data-title="Trade">{TABLE}</ep-chart>', data), "ep-chart")
    expect(shown.locator(".mark-rect path")).to_have_count(2)


def test_a_chart_loads_nothing_by_itself(show: Show) -> None:
    page = show(f'<ep-chart src="/c.json">{TABLE}</ep-chart>', {"/c.json": bars("https://example.org/data.json")})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_selector("ep-chart[data-state]:not([data-state=loading])")
    assert [url for url in asked if not url.startswith(HOME)] == []


def test_the_tour_leads_over_pages_and_ends_with_escape(show: Show) -> None:
    steps = [
        {"selector": "#one", "title": "First", "text": "Here."},
        {"selector": "#two", "title": "Second", "text": "There.", "href": "/other?x=1#two"},
    ]
    page = show(
        f"<ep-tour data-steps='{json.dumps(steps)}'><p>A tour.</p></ep-tour><h2 id=one>One</h2><details><summary>Fold</summary><h2 id=two>Two</h2></details>"
    )
    page.get_by_role("button", name="Take the tour").press("Enter")
    card = page.get_by_role("region", name="First")
    expect(card).to_contain_text("step 1 of 2")
    expect(page.locator("#one.ep-tour-target")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/other?x=1#two")
    expect(page.get_by_role("region", name="Second")).to_be_visible()
    expect(page.locator("#two")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".ep-tour-card")).to_have_count(0)
    page.reload()
    page.wait_for_selector("html[data-workbench=ready]")
    expect(page.locator(".ep-tour-card")).to_have_count(0)


def test_copied_rows_are_safe_in_a_spreadsheet(show: Show) -> None:
    page = show(f"<ep-table>{TABLE}</ep-table>")
    page.get_by_role("button", name="Copy rows").click()
    expect(page.get_by_role("status")).to_have_text("2 rows copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == "Country\tSum\nKazakhstan\t'=1+1\nArmenia\t-5.5"


def test_print_shows_the_table(show: Show) -> None:
    page = show(f'<ep-map src="/legs.json">{TABLE}</ep-map>', {"/legs.json": LEGS})
    drawn(page, "ep-map")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("table")).to_be_visible()
    expect(page.locator(".ep-filter")).to_be_hidden()
