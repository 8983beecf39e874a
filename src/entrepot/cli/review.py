"""The command `review`: pairs that wait for a person's judgement, and taking it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from entrepot.casework import judgements as jd
from entrepot.casework import review as rv
from entrepot.casework.case import Case
from entrepot.cli.casebook import CaseArgument, Json, Limit
from entrepot.cli.output import err, out, print_json, safe
from entrepot.errors import UsageError

_KEYS = {"s": "same", "d": "different", "u": "unsure"}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("review")(review)


def review(
    case: CaseArgument,
    same: Annotated[str | None, typer.Option(metavar="ID", help="Judge this pair the same.")] = None,
    different: Annotated[str | None, typer.Option(metavar="ID", help="Judge this pair different.")] = None,
    unsure: Annotated[str | None, typer.Option(metavar="ID", help="Put this pair aside as unsure.")] = None,
    undo: Annotated[str | None, typer.Option(metavar="ID", help="Take the judgement j-... back.")] = None,
    split: Annotated[
        tuple[str, str] | None, typer.Option(metavar="NAME NAME", help="Judge two names of one party different.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, in your words.")] = "",
    author: Annotated[str | None, typer.Option(help="Who judges; your login name by default.")] = None,
    export: Annotated[
        Path | None, typer.Option(metavar="F", help="Write all judgements: JSON lines, or CSV where F ends in .csv.")
    ] = None,
    judged: Annotated[bool, typer.Option("--judged", help="List the judgements made instead.")] = False,
    also_unsure: Annotated[bool, typer.Option("--all", help="Also pairs judged unsure.")] = False,
    kind: Annotated[str | None, typer.Option(help="Only party-party or party-entry.")] = None,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Pairs that wait for a person's judgement, most valuable first; on a terminal they are asked one by one."""
    opened = Case(case)
    if kind not in (None, *jd.KINDS):
        raise UsageError("unknown kind", column="--kind", value=kind, remedy=f"one of {', '.join(jd.KINDS)}")
    chosen = {"same": same, "different": different, "unsure": unsure}
    asked = [(decision, number) for decision, number in chosen.items() if number is not None]
    if len(asked) + sum(x is not None for x in (undo, split, export)) + judged > 1:
        raise UsageError(
            "one thing at a time",
            remedy="give one of --same, --different, --unsure, --undo, --split, --export, --judged",
        )
    if asked:
        _made(case, rv.answer(opened, asked[0][1], asked[0][0], reason=reason, author=author), as_json)
    elif split is not None:
        left, right = (jd.Party(name) for name in split)
        _made(case, jd.record(opened, left, right, "different", reason=reason, author=author), as_json)
    elif undo is not None:
        _made(case, jd.undo(opened, undo, reason=reason, author=author), as_json)
    elif export is not None:
        written = jd.export(opened, export)
        print_json(str(written)) if as_json else out.print(Text(safe(written)))
    elif judged:
        _judgements(opened, as_json)
    else:
        found = rv.questions(opened, limit=limit, unsure=also_unsure, kind=kind)
        if as_json:
            print_json([asdict(question) for question in found])
        elif sys.stdin.isatty() and out.is_terminal:
            _ask(opened, found, author)
        else:
            for question in found:
                _print(question)
            if not found:
                out.print("Nothing waits for a judgement.")


def _ask(case: Case, found: list[rv.Question], author: str | None) -> None:
    """One question after the other, until the person stops."""
    made = 0
    for at, question in enumerate(found, 1):
        out.print(Text(f"\n{at} of {len(found)}", style="dim"))
        _print(question)
        key = typer.prompt("same (s), different (d), unsure (u), next (n), quit (q)", default="n").strip().lower()[:1]
        if key == "q":
            break
        if key in _KEYS:
            reason = typer.prompt("why", default="", show_default=False)
            jd.record(case, question.left_subject, question.right_subject, _KEYS[key], reason=reason, author=author)
            made += 1
    if made:
        out.print(Text(f"{made} judged. They hold from the next build: entrepot build {case.folder}"))


def _made(case: Path, judgement: jd.Judgement, as_json: bool) -> None:
    if as_json:
        print_json(judgement.as_dict())
        return
    out.print(
        Text(f"{judgement.id}: {safe(judgement.left.label)} and {safe(judgement.right.label)}: {judgement.decision}")
    )
    out.print(Text(f"It holds from the next build: entrepot build {case}"))


def _judgements(case: Case, as_json: bool) -> None:
    valid = {judgement.id for judgement in jd.current(case)}
    listed = jd.history(case)
    if as_json:
        print_json([{**judgement.as_dict(), "in_force": judgement.id in valid} for judgement in listed])
        return
    for judgement in listed:
        about = f"takes back {judgement.undoes}" if judgement.undoes else judgement.decision
        out.print(
            Text.assemble(
                (f"{judgement.id}  ", "dim"), (f"{about}  ", "bold"),
                f"{safe(judgement.left.label)} / {safe(judgement.right.label)}  {safe(judgement.author)} {judgement.when:%Y-%m-%d %H:%M} UTC"
                + (f": {safe(judgement.reason)}" if judgement.reason else "") + ("" if judgement.id in valid else "  (not in force)"),
            )
        )  # fmt: skip
    if not listed:
        err.print("No judgements yet.")


def _print(question: rv.Question) -> None:
    stake = [
        f"{count:,} {word if count == 1 else words}"
        for count, word, words in (
            (question.list_entries, "list entry", "list entries"),
            (question.findings, "finding", "findings"),
            (question.shipments, "shipment", "shipments"),
        )
        if count
    ]
    held = {"apart": "kept apart now", "match": "a match now", "possible": "possible, no match now"}[question.now]
    out.print(
        Text.assemble(
            (f"{question.id}  ", "dim"), (f"{question.score:.2f}  ", "cyan"), (f"{question.kind}  ", "bold"),
            f"{held}; at stake: {', '.join(stake) or 'nothing yet'}",
        )
    )  # fmt: skip
    for side in (question.left, question.right):
        out.print(Text(f"    {safe(side.name)}"))
        others = [name for name in side.names if name != side.name]
        told = [
            f"also {' | '.join(others)}" if others else "", ", ".join(side.countries), ", ".join(side.identifiers),
            f"{side.shipments:,} shipments" if side.shipments else "",
            f"{str(side.path).rsplit('/', 1)[-1]} row {side.row_number}" if side.path else side.id,
        ]  # fmt: skip
        out.print(Text("      " + safe("; ".join(part for part in told if part)), style="dim"))
    out.print(Text(f"    {safe(question.explanation)}"))
    if question.judged is not None:
        out.print(Text(f"    unsure: {safe(question.judged.author)}, {question.judged.when:%Y-%m-%d}: {safe(question.judged.reason)}", style="yellow"))  # fmt: skip
