"""What the bundle is made of: licences that may be shipped, no addresses, nothing that a page could reach for."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import REPOSITORY
from tests.web.browser.conftest import BUNDLE

LOCK = REPOSITORY / "workbench" / "package-lock.json"
SHIPPABLE = {"MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"}


@pytest.fixture(scope="module")
def notices() -> str:
    """The notices that the build collected."""
    if not BUNDLE.is_file():
        pytest.skip("needs the browser bundle: make bundle")
    return (BUNDLE.parent / "THIRD_PARTY.md").read_text(encoding="utf-8")


def test_every_bundled_package_may_be_shipped(notices: str) -> None:
    told = re.findall(r"^## (\S+) - \S+ \((.+)\)$", notices, flags=re.MULTILINE)
    assert {name for name, licence in told if licence not in SHIPPABLE} == set()
    assert {"htmx.org", "sigma", "graphology", "vega-view", "world-atlas", "d3-geo"} <= {name for name, _ in told}


def test_the_lock_file_has_hashes_and_no_download_address() -> None:
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    installed = [about for name, about in packages.items() if name]
    assert installed
    assert all("integrity" in about and "resolved" not in about for about in installed)
