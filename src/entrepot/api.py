"""The Python API: the same verbs as the command line."""

from __future__ import annotations

import os

from entrepot.casework.case import About, Added, Case


def open(case: str | os.PathLike[str]) -> Case:
    """An existing case.

    Raises:
        CaseError: the folder is not a case.
    """
    opened = Case(case)
    _ = opened.config
    return opened


def init(folder: str | os.PathLike[str], name: str | None = None) -> Case:
    """A new case in `folder`; see `Case.init`."""
    return Case.init(folder, name)


__all__ = ["About", "Added", "Case", "init", "open"]
