"""Writes a dossier in the form that the file's ending names."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from entrepot.casework.case import Case
from entrepot.dossier.assemble import dossier
from entrepot.dossier.document import Dossier
from entrepot.dossier.html import as_html
from entrepot.dossier.pack import write_pack
from entrepot.dossier.pdf import as_pdf
from entrepot.dossier.workbook import write_workbook
from entrepot.engine.store import disk_errors
from entrepot.errors import UsageError

Writer = Callable[[Case, Dossier, Path], None]


def write_dossier(
    case: Case, asked: str, output: Path, *, with_sources: bool = False, told: Callable[[str], None] | None = None
) -> Dossier:
    """Write the dossier of a subject; the file is whole or not there.

    Args:
        asked: a party, finding, chain, HS code, claim, or `pinned`; see `entrepot.dossier.subject.find_subject`.
        output: its ending chooses the form.
        with_sources: put the whole source files into an evidence pack.
        told: hears what is being done.

    Raises:
        UsageError: the ending is unknown, or the subject is unknown or ambiguous.
        CaseError: the case was not built, or the place cannot be written.
    """
    writer = WRITERS.get(output.suffix.lower())
    if writer is None:
        raise UsageError("unknown form", column="--output", value=output.name, remedy=f"a file that ends with {', '.join(WRITERS)}")  # fmt: skip
    if with_sources and output.suffix.lower() != PACK:
        raise UsageError(
            "only an evidence pack holds source files",
            column="--with-sources",
            value=output.name,
            remedy=f"a file that ends with {PACK}",
        )
    tell = told or (lambda _: None)
    tell("collecting what the case says")
    made = dossier(case, asked)
    tell(f"writing {output.suffix.lower().removeprefix('.').upper()}: {made.title}")
    fresh = output.with_name(f".{output.name}.new{output.suffix}")
    with disk_errors(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        try:
            if with_sources:
                write_pack(case, made, fresh, with_sources=True)
            else:
                writer(case, made, fresh)
            os.replace(fresh, output)
        finally:
            fresh.unlink(missing_ok=True)
    return made


def _html(_: Case, made: Dossier, path: Path) -> None:
    path.write_text(as_html(made), encoding="utf-8")


def _workbook(_: Case, made: Dossier, path: Path) -> None:
    write_workbook(made, path)


def _pdf(case: Case, made: Dossier, path: Path) -> None:
    path.write_bytes(as_pdf(made, case.folder / FONTS))


PACK = ".zip"
"""Ending of an evidence pack."""

FONTS = "fonts"
"""Folder of a case with fonts for PDF, for scripts that the machine has no font for."""

WRITERS: Mapping[str, Writer] = {".html": _html, ".pdf": _pdf, ".xlsx": _workbook, PACK: write_pack}
"""Endings with what writes them."""
