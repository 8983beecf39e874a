"""Reference data that ships with Entrepot; README.md in this folder states source and licence of each file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from entrepot.errors import InputError

CHPL = "chpl_2024-02-23.csv"
"""Common High Priority List of 2024-02-23: hs6, tier, description."""

HS2022 = "hs2022.csv.gz"
"""HS 2022 nomenclature: hs_code, description."""

HS_CONCORDANCE = "hs_concordance.csv.gz"
"""Corresponding codes of adjacent editions, HS1992 to HS2022."""

HS_WASTE = "hs_waste_headings.csv"
"""Headings into which only the waste of other goods moved."""

HS_ADDITIONS = "hs_concordance_additions.csv"
"""Correspondences that the United Nations table lacks, each with its reason."""


def bundled(name: str) -> Path:
    """Path of a bundled file.

    Raises:
        InputError: there is no bundled file of this name.
    """
    path = Path(str(files(__name__).joinpath(name)))
    if not path.is_file():
        have = sorted(p.name for p in path.parent.iterdir() if p.suffix in {".csv", ".gz"})
        raise InputError("no such bundled file", value=name, remedy=f"one of {', '.join(have)}")
    return path
