"""One server on a small synthetic case, and a browser that notes what it must not see."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from entrepot.casework.case import Case
from tests.conftest import REPOSITORY
from tests.quick_build import built_once
from tests.web.browser.material import write_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

AXE = REPOSITORY / "workbench" / "node_modules" / "axe-core" / "axe.min.js"
BUNDLE = REPOSITORY / "src" / "entrepot" / "web" / "static" / "dist" / "workbench.js"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

NEEDS_PLAYWRIGHT = "needs playwright, which is in the dev group"
LONGEST_WAIT = 30_000
"""Milliseconds after which a page that does not show what it should has failed: long, since machines of tests are slow."""


@dataclass
class Seen:
    """What a page did that it must not do, and what it transferred."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    transferred: int = 0
    clear_cache: Callable[[], object] = lambda: None

    def forget(self) -> None:
        """Start anew with the next page, whose cache is empty."""
        self.errors.clear()
        self.outside.clear()
        self.transferred = 0
        self.clear_cache()


def expectations() -> Callable[..., Any]:
    """Playwright's `expect`, which waits for what a page is about to show; a bare look at it would race with the page.

    Skips the module that asks where playwright is not installed."""
    playwright_api = pytest.importorskip("playwright.sync_api", reason=NEEDS_PLAYWRIGHT)
    playwright_api.expect.set_options(timeout=LONGEST_WAIT)
    return playwright_api.expect  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; skips where there is none, or no bundle to try."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    if not BUNDLE.is_file():
        pytest.skip("needs the browser bundle: make bundle")
    return found


@pytest.fixture(scope="session")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server on the synthetic case."""
    import uvicorn

    from entrepot.web.app import create_app

    app = create_app(built_once(tmp_path_factory, "browser", _written))
    app.state.desk.shelf.prepare()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def _written(folder: Path) -> Case:
    case = Case.init(folder / "case")
    shipments, listed, report = write_files(folder)
    case.add(shipments, confirm=lambda path, part: True)
    case.add(listed, kind="list", confirm=lambda path, part: True)
    case.add(report, kind="report", confirm=lambda path, part: True)
    return case


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium, as the package manager installs it."""
    playwright_api = pytest.importorskip("playwright.sync_api", reason=NEEDS_PLAYWRIGHT)
    with playwright_api.sync_playwright() as played:
        opened = played.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


Opener = Callable[..., "tuple[Page, Seen]"]


@pytest.fixture
def opener(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens pages with an empty cache; nothing but the server can be reached. Options are those of a Playwright context."""
    contexts: list[BrowserContext] = []

    def opened(**options: object) -> tuple[Page, Seen]:
        context = browser.new_context(base_url=address, **options)  # type: ignore[arg-type]
        context.set_default_timeout(LONGEST_WAIT)
        contexts.append(context)
        seen = Seen()
        page = context.new_page()
        context.on("request", lambda request: _inside(request.url, address) or seen.outside.append(request.url))
        page.on("console", lambda told: told.type == "error" and seen.errors.append(told.text))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("dialog", lambda dialog: (seen.errors.append("a dialog opened"), dialog.dismiss()))
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        seen.clear_cache = lambda: wire.send("Network.clearBrowserCache")
        wire.on("Network.loadingFinished", lambda told: _weigh(seen, told))
        return page, seen

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(opener: Opener) -> Iterator[Page]:
    """One page; the test fails where the console had an error or a request left the machine."""
    opened, seen = opener()
    yield opened
    assert seen.errors == []
    assert seen.outside == []


@pytest.fixture(scope="session")
def axe() -> str:
    """Source of axe-core, which comes with the packages that build the bundle."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: make bundle")
    return Path(AXE).read_text(encoding="utf-8")


def _inside(url: str, address: str) -> bool:
    return url.startswith((address + "/", "data:", "blob:"))


def _weigh(seen: Seen, told: dict[str, float]) -> None:
    seen.transferred += int(told["encodedDataLength"])
