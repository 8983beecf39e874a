"""Takes the screenshots of docs/pictures from the bundled case, as it is served. Needs Chromium and the browser bundle."""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
TARGET = REPOSITORY / "docs" / "pictures"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SIZES = {1280: 860, 400: 800}
"""Width and height of the window in pixels: a laptop and a telephone."""

COLOURS = 256
"""Of a picture's palette. An octree keeps the hues of thin lines, which a median cut loses; a quarter of the bytes of all colours."""

DRAWN = "() => [...document.querySelectorAll('ep-map, ep-graph, ep-chart')].every(e => e.dataset.state && e.dataset.state !== 'loading')"

PLACES = (
    ("start", "/", ""),
    ("findings", "/findings", ""),
    ("finding", "/findings", "main a[href^='/findings/']"),
    ("record", "", "main a[href^='/record/']"),
    ("party", "", "main a[href^='/party/']"),
    ("code", "", "main a[href^='/goods/']"),
    ("search", "/search?q=mikroelektronik", ""),
    ("parties", "/parties", ""),
    ("routes", "/routes", ""),
    ("chain", "", "main a[href^='/chain/']"),
    ("flows", "/flows", ""),
    ("goods", "/goods", ""),
    ("reports", "/reports", ""),
    ("report", "", "main a[href^='/report/']"),
    ("checks", "/checks", ""),
    ("check", "", "main a[href^='/checks/']"),
    ("lists", "/lists", ""),
    ("review", "/review", ""),
    ("sources", "/sources", ""),
    ("dossiers", "/dossiers?subject=pinned", ""),
)
"""Name of the picture, the page to open ("" is the one that is open), and the link on it to follow, if any."""


def main() -> int:
    """Serve the case, go through the pages and write a PNG of each at both sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "case", nargs="?", type=Path, default=REPOSITORY / "demo-case", help="a built case; made by make demo"
    )
    parser.add_argument(
        "--whole", action="store_true", help="whole pages instead of what a window shows, for looking at them"
    )
    parser.add_argument("--dark", action="store_true", help="in dark colours")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("needs Chromium: apt-get install chromium", file=sys.stderr)
        return 1
    if not given.case.is_dir():
        print(f"{given.case} is not there: make demo", file=sys.stderr)
        return 1
    given.output.mkdir(parents=True, exist_ok=True)
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "entrepot", "serve", str(given.case), "--port", str(port)])
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, server)
        with sync_playwright() as played:
            browser = played.chromium.launch(executable_path=chromium, args=list(FLAGS))
            for width in SIZES:
                take(browser, address, width, given.output, whole=given.whole, dark=given.dark)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)
    return 0


def take(browser: Browser, address: str, width: int, output: Path, *, whole: bool, dark: bool) -> None:
    """The pictures of one width."""
    page = browser.new_page(
        base_url=address,
        viewport={"width": width, "height": SIZES[width]},
        reduced_motion="reduce",
        color_scheme="dark" if dark else "light",
    )
    for name, place, link in PLACES:
        if place:
            page.goto(place)
        if link:
            target = page.locator(link).first.get_attribute("href")
            if target is None:
                continue
            page.goto(target.partition("#")[0])
        settle(page)
        taken = Image.open(BytesIO(page.screenshot(full_page=whole))).convert("RGB")
        taken.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            output / f"{name}-{width}.png", optimize=True
        )
        print(output / f"{name}-{width}.png", file=sys.stderr)
    page.close()


def settle(page: Page) -> None:
    """Draw every picture of the page, then go back to its top."""
    page.wait_for_selector("html[data-workbench=ready]")
    for picture in page.locator("ep-map, ep-graph, ep-chart").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function(DRAWN)
    page.evaluate("() => window.scrollTo(0, 0)")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; laying out the pages of the bundled case takes some seconds."""
    for _ in range(600):
        if server.poll() is not None:
            sys.exit("the server stopped")
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    sys.exit("the server did not answer within two minutes")


if __name__ == "__main__":
    sys.exit(main())
