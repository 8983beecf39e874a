"""Hatch build hook: ships the browser bundle in the wheel, building it where the machine has Node."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))
import bundle


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the bundle before the wheel is packed; `ENTREPOT_BUNDLE=require` makes a wheel without it an error."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  (hatchling names it)
        """Called by hatchling; an editable installation takes the bundle from the checkout, by `make bundle`."""
        if version == "editable" or not bundle.SOURCES.is_dir():
            return
        try:
            self.app.display_info(bundle.build(fetch_node=False))
        except bundle.CannotBuild as reason:
            if os.environ.get("ENTREPOT_BUNDLE") == "require":
                raise
            self.app.display_warning(f"the wheel has no browser bundle: {reason}\n{bundle.WITHOUT}")
