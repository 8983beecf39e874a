"""Commands about published reports: read, claims, roots, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from entrepot.casework.case import Case
from entrepot.casework.views_reports import checks_of, claims_about, roots_of
from entrepot.cli.output import err, out, print_json, print_table, safe
from entrepot.reports import claims_json, read_report

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

UNSEEN = (
    "Circular reporting that credits no one cannot be seen: reports that copied without saying so count as independent."
)
"""Said wherever independent roots are counted."""

_COLOURS = {"supported": "green", "contradicted": "red", "partly supported": "yellow"}


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("read")(read)
    app.command("claims")(claims)
    app.command("roots")(roots)
    app.command("check")(check)


def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Reports: HTML, PDF, DOCX, text, Markdown, e-mail.")
    ],
    as_json: Json = False,
) -> None:
    """A report's claims with their figures, periods and sources; no case needed."""
    reports = [read_report(file) for file in files]
    for report in reports:
        for note in report.notes:
            err.print(Text(f"{safe(report.document.name)}: {safe(note)}", style="yellow"))
    found = claims_json(reports)
    if as_json:
        print_json(found)
        return
    for claim in found:
        out.print(Text(f"{safe(claim['document'])}  {safe(claim['claim_id'])}", style="dim"))
        out.print(Text(f"  {safe(claim['quote'])}"))
        hops = claim["attribution"]
        names = (
            " < ".join(str(hop["name"]) for hop in hops)
            if isinstance(hops, list) and hops
            else "the outlet's own voice"
        )
        flags = [str(claim["stance"]), *(word for word in ("hedged", "negated", "secondhand") if claim[word])]
        out.print(Text(f"  {', '.join(flags)}; source: {safe(names)}", style="dim"))


def claims(
    case: CaseArgument,
    about: Annotated[str | None, typer.Option(help="Only claims with these words, in any order.")] = None,
    as_json: Json = False,
) -> None:
    """Claims of the case's reports; outlets and independent roots counted side by side."""
    found = claims_about(Case(case), about)
    if as_json:
        print_json({**found, "note": UNSEEN})
        return
    for row in found["claims"]:
        out.print(Text(safe(row["quote"])))
        out.print(
            Text(
                f"  {safe(row['document'])}; {safe(row['stance'])}; root: {safe(row['root'] or 'none named')}",
                style="dim",
            )
        )
    for line in found["second_reader"]:
        where = f"{safe(line['document'])}, paragraph {safe(line['paragraph'])}"
        out.print(
            Text(
                f"second reader {safe(line['model'])}, {where}: {safe(line['outcome'])}: {safe(line['message'])}",
                style="yellow",
            )
        )
        if line["field"]:
            out.print(Text(f"  rules: {safe(line['rules_value'])}; model: {safe(line['model_value'])}", style="dim"))
    out.print(
        Text(
            f"\n{len(found['claims'])} claims in {found['documents']} reports of {found['outlets']} outlets, on {found['roots']} independent "
            f"roots; {found['without_root']} claims name no source.",
            style="bold",
        )
    )
    out.print(Text(UNSEEN, style="dim"))


def roots(case: CaseArgument, as_json: Json = False) -> None:
    """Each root with the claims and reports that rest on it, and what each retelling changed."""
    found = roots_of(Case(case))
    if as_json:
        print_json({**found, "note": UNSEEN})
        return
    for each in found["roots"]:
        root = each["root"]
        out.print(Text(f"\n{safe(root['label'])}", style="bold"))
        out.print(
            Text(
                f"  {safe(root['root_id'])}: {root['claims']} claims in {root['documents']} reports; known as {safe(root['known_through'])}. {safe(root['evidence'])}"
            )
        )
        for line in each["documents_named"]:
            out.print(Text(f"    {safe(line)}", style="dim"))
        for difference in each["differences"]:
            out.print(Text(f"    {safe(difference['change'])}: {safe(difference['message'])}"))
    for pair in found["reprints"]:
        out.print(
            Text(
                f"\n{pair['kind']} copy: {safe(pair['document'])} and {safe(pair['other'])} share {pair['shared']:.0%} of their words"
            )
        )
    out.print(Text("\n" + UNSEEN, style="dim"))


def check(
    case: CaseArgument,
    verdict: Annotated[str | None, typer.Option(help="Only checks with this verdict.")] = None,
    queries: Annotated[bool, typer.Option("--queries", help="Print each statement that was run.")] = False,
    as_json: Json = False,
) -> None:
    """Each claim that names something measurable against the records. A verdict is on a reading, never on a person."""
    found = checks_of(Case(case), verdict)
    if as_json:
        print_json(found)
        return
    for row in found:
        out.print(Text(f"\n{safe(row['quote'])}", style="bold"))
        synthetic = " SYNTHETIC" if row["synthetic"] else ""
        out.print(
            Text(f"  {row['verdict']}{synthetic}: {safe(row['why'])}", style=_COLOURS.get(str(row["verdict"]), ""))
        )
        out.print(Text(f"  read as {safe(row['kind'])}: {safe(row['reading'])}", style="dim"))
        for label in ("tolerance", "near_miss", "needed"):
            if row[label]:
                out.print(Text(f"  {label.replace('_', ' ')}: {safe(row[label])}", style="dim"))
        if queries and row["query"]:
            out.print(Text(safe(row["query"]), style="dim"))
    counted: dict[str, int] = {}
    for row in found:
        counted[str(row["verdict"])] = counted.get(str(row["verdict"]), 0) + 1
    print_table([{"verdict": name, "checks": n} for name, n in sorted(counted.items())], ("verdict", "checks"))
