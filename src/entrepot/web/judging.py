"""Judgements as pages show them: those in force, and those about one party."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from entrepot.casework import judgements as jd
from entrepot.parties.normal import normal_form


def judgements_about(folder: Path, names: Sequence[str]) -> list[jd.Judgement]:
    """Judgements in force about any spelling of the names, oldest first."""
    listed = jd.in_force(jd.read(folder))
    if not listed:
        return []
    keys = {normal_form(name) or name for name in names}
    return [
        judgement
        for judgement in listed
        if any(
            isinstance(side, jd.Party) and side.name is not None and (normal_form(side.name) or side.name) in keys
            for side in (judgement.left, judgement.right)
        )
    ]
