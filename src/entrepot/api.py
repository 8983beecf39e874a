"""The Python API: the same verbs as the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.casework.case import About, Added, Case

if TYPE_CHECKING:
    from entrepot.dossier.document import Dossier
    from entrepot.dossier.verify import Verified


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


def write_dossier(case: Case, subject: str, output: str | os.PathLike[str], *, with_sources: bool = False) -> Dossier:
    """Write one subject's evidence as HTML, PDF, XLSX or an evidence pack, by the ending of `output`.

    Args:
        subject: a party's name, number or identifier, a finding, a chain, an HS code, a claim, or `pinned` for the pinned findings.
        with_sources: put the whole source files into a pack.

    Raises:
        UsageError: the ending is unknown, or the subject is unknown or ambiguous; lists candidates.
        CaseError: the case was not built, or the place cannot be written.
    """
    # charts and documents take a second to import, which other verbs need not wait for
    from entrepot.dossier.write import write_dossier as write

    return write(case, subject, Path(output), with_sources=with_sources)


def verify(pack: str | os.PathLike[str], sources: Iterable[str | os.PathLike[str]] = ()) -> Verified:
    """Check an evidence pack against its manifest and, where they are there, its sources; `problems` is empty where all fits.

    Raises:
        InputError: the file is no evidence pack.
    """
    from entrepot.dossier.verify import verify as check

    return check(Path(pack), [Path(source) for source in sources])


__all__ = ["About", "Added", "Case", "init", "open", "verify", "write_dossier"]
