"""Commands that need no case: layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from entrepot.cli.output import out, print_json, print_table, safe
from entrepot.readers.layout import layout_of

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("layout")(layout)


def layout(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A customs file.")], as_json: Json = False
) -> None:
    """How a customs file would be read: header row, columns with confidence, direction, doubts."""
    found = layout_of(file)
    if as_json:
        documents = [{**one.as_dict(), **({"part": one.name} if len(found) > 1 else {})} for one in found]
        print_json(documents[0] if len(documents) == 1 else documents)
        return
    for one in found:
        if one.name:
            out.print(Text(safe(one.name), style="bold"))
        out.print(Text(f"{one.kind}, header in row {one.header_row}, direction {one.direction}"))
        rows = [
            {"canonical": c, "source": m.source, "confidence": round(m.confidence, 2)} for c, m in one.every.items()
        ]
        print_table(rows, ("canonical", "source", "confidence"))
        if one.unmapped:
            out.print(Text("unmapped: " + ", ".join(safe(u) for u in one.unmapped)))
        for note in one.notes:
            out.print(Text(f"note: {safe(note)}"))
        for question in one.unclear:
            out.print(Text(f"unclear: {safe(question)}", style="yellow"))
