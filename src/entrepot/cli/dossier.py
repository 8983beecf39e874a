"""The command that makes a document of one subject's evidence."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from entrepot.casework.case import Case
from entrepot.cli.casebook import CaseArgument, Json
from entrepot.cli.output import err, out, print_json, safe

if TYPE_CHECKING:
    from entrepot.dossier.verify import Verified


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("dossier")(dossier)
    app.command("verify")(verify)


def dossier(
    case: CaseArgument,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT",
            help="A party (name, number or id), finding, chain, HS code or claim; or `pinned`, the findings pinned in the workbench.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File; .html, .pdf, .xlsx, or .zip for an evidence pack.")
    ],
    with_sources: Annotated[
        bool, typer.Option("--with-sources", help="Put the whole source files into the pack.")
    ] = False,
    as_json: Json = False,
) -> None:
    """One subject's evidence as a document: what is stated, on which rows, against what, and what speaks against."""
    from entrepot.dossier.write import write_dossier

    made = write_dossier(Case(case), subject, output, with_sources=with_sources)
    if as_json:
        print_json(
            {
                "file": str(output), "kind": made.subject_kind, "subject": made.subject, "state": made.state,
                "synthetic": made.synthetic, "cited_rows": len(made.cited),
            }
        )  # fmt: skip
        return
    out.print(Text(str(output)))
    err.print(
        Text(f"{safe(made.title)}: {len(made.cited)} rows cited. Fields under “What the subject said” are empty.")
    )
    if made.synthetic:
        err.print(Text("SYNTHETIC: rows in it are generated and not real; every page says so.", style="yellow"))


def verify(
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="An evidence pack that `entrepot dossier` wrote.")],
    sources: Annotated[
        list[Path] | None,
        typer.Option("--sources", help="Source files that you hold: a file, a folder, or a case."),
    ] = None,
    as_json: Json = False,
) -> None:
    """An evidence pack against its manifest and, where they are there, its sources."""
    from entrepot.dossier.verify import verify as check

    found = check(pack, sources or [])
    if as_json:
        print_json(asdict(found))
    else:
        _print_verified(found)
    if found.problems:
        raise typer.Exit(1)


def _print_verified(found: Verified) -> None:
    for problem in found.problems:
        err.print(Text(safe(problem), style="red"))
    if found.problems:
        out.print(Text(f"NOT as it was made: {len(found.problems)} of {found.files} files or rows differ."))
    else:
        out.print(Text(f"{found.files} files are as the manifest states."))
    out.print(Text(f"{found.rows_checked} of {found.rows} cited rows of tables were found in their source files."))
    if found.missing:
        out.print(
            Text(
                f"Not there to compare with: {', '.join(safe(name) for name in found.missing)}; give them with --sources."
            )
        )
    out.print(Text(f"Subject: {safe(found.subject)}; state {safe(found.state)}"))
    out.print(
        Text(f"Manifest SHA-256 {found.fingerprint}: compare it with the one that the publisher of the pack gives.")
    )
    if found.synthetic:
        out.print(Text("SYNTHETIC: rows in this pack are generated and not real.", style="yellow"))
