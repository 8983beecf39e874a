"""Commands over a case: init, add, build, sources, rejects, findings, explain, export, demo."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from entrepot.casework import views
from entrepot.casework.case import About, Case
from entrepot.casework.recognise import Recognised
from entrepot.cli.output import BuildProgress, err, out, print_json, print_table, safe, say_first_use
from entrepot.errors import UsageError

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
KINDS = ("shipments", "list", "controls", "flows", "hs", "ownership", "report")
"""What a file may be."""

Limit = Annotated[int, typer.Option("--limit", "-n", help="At most this many rows; 0 for all.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("demo")(demo)
    app.command("init")(init)
    app.command("add")(add)
    app.command("build")(build)
    app.command("sources")(sources)
    app.command("rejects")(rejects)
    app.command("findings")(findings)
    app.command("explain")(explain)
    app.command("chains")(chains)
    app.command("export")(export)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[CASE]", help="Where to build the bundled case.")] = Path(
        "demo-case"
    ),
    as_json: Json = False,
) -> None:
    """Build the bundled case, print what it shows, and say where to look next."""
    from entrepot.demo.files import data_files

    case = Case(folder) if (folder / "case.toml").exists() else Case.init(folder, "The bundled case")
    for file in data_files():
        about = About(
            title=file.title, publisher=file.publisher, licence=file.licence, retrieved=file.retrieved,
            synthetic=file.synthetic, list_id=file.list_id, list_date=file.list_date,
        )  # fmt: skip
        case.add(file.path, kind=file.kind, about=about, confirm=lambda _path, _part: True)
    _build(case)
    facts = views.real_facts(case)
    found = views.findings(case, limit=14, one_per_indicator=1)
    if as_json:
        print_json({"case": str(folder), "real": facts, "findings": found})
        return
    out.print(
        Text("\nTrue and real: company-level oil imports of the United States (EIA), as recorded\n", style="bold")
    )
    for fact in facts:
        out.print(Text(f"  {safe(fact['statement'])}"))
        for row in fact["rows"]:
            out.print(Text(f"      {safe(row['file'])} row {row['row_number']}: {safe(row['shown'])}", style="dim"))
    out.print(
        Text(
            "\nFindings, strongest first (indicators, not verdicts; SYNTHETIC rows are generated, their companies invented)\n",
            style="bold",
        )
    )
    _print_findings(found, 2)
    counted = views.sources(case)
    out.print(
        Text(
            f"\n{sum(int(str(s['rows_in'])) for s in counted):,} rows in = {sum(int(str(s['rows_kept'])) for s in counted):,} kept + "
            f"{sum(int(str(s['rows_rejected'])) for s in counted):,} rejected, from {len(counted)} sources."
        )
    )
    out.print(Text(f"Tables: {folder / 'tables'} (Parquet), {folder / 'case.duckdb'} (views)."))
    out.print(Text("Next:", style="bold"))
    example = next((f["finding_id"] for f in found), "FINDING")
    for line in (
        f"findings {folder}",
        f"explain {folder} {example}",
        f"sources {folder}",
        f"export {folder} --format xlsx -o demo.xlsx",
    ):
        out.print(Text(f"  .venv/bin/entrepot {line}"))


def init(
    case: CaseArgument,
    name: Annotated[str | None, typer.Option(help="Name of the case; the folder's name by default.")] = None,
    as_json: Json = False,
) -> None:
    """Make a new case: a folder with a commented case.toml."""
    made = Case.init(case, name)
    if as_json:
        print_json({"case": str(made.folder), "name": made.config.case.name})
    else:
        out.print(Text(f"{made.folder / 'case.toml'} written. Next: entrepot add {made.folder} FILE..."))


def add(
    case: CaseArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files to add.")],
    kind: Annotated[
        str | None, typer.Option(help="What the file is: shipments, list, controls, flows, hs, ownership, report.")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", help="CANONICAL=HEADER: says which column is which.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take unclear columns as recognised.")] = False,
    direction: Annotated[str | None, typer.Option(help="import or export, where the file does not say.")] = None,
    reporter: Annotated[
        str | None, typer.Option(help="Reporting country, alpha-2, where the file does not say.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="What the publisher calls it.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence or terms.")] = None,
    retrieved: Annotated[str | None, typer.Option(help="Day of retrieval, YYYY-MM-DD.")] = None,
    list_id: Annotated[str | None, typer.Option(help="For lists: the list it is a version of.")] = None,
    list_date: Annotated[str | None, typer.Option(help="For lists: date of this version, YYYY-MM-DD.")] = None,
    as_json: Json = False,
) -> None:
    """Recognise each file, show how it will be read, and keep it by its hash."""
    opened = Case(case)
    if kind is not None and kind not in KINDS:
        raise UsageError("unknown kind", value=kind, remedy=f"one of {', '.join(KINDS)}")
    if direction is not None and direction not in ("import", "export", "transit"):
        raise UsageError("unknown direction", value=direction, remedy="import, export or transit")
    about = About(
        title,
        publisher,
        licence,
        day(retrieved, "--retrieved"),
        None,
        list_id,
        day(list_date, "--list-date"),
        reporter,
        direction,
    )
    mapping = dict(_pair(text) for text in column or [])

    def confirm(path: str, part: Recognised) -> bool:
        if yes:
            return True
        if not (sys.stdin.isatty() and err.is_terminal):
            return False
        err.print(Text(f"{path}: it is not clear how to read some columns:"))
        for question in part.unclear:
            err.print(Text(f"  - {question}"))
        return typer.confirm("Take it as shown?", err=True)

    results = []
    for file in files:
        added = opened.add(file, kind=kind, about=about, confirm=confirm, mapping=mapping or None)
        results.append(views.added(added))
        if not as_json:
            _print_added(results[-1])
    if as_json:
        print_json(results)


def build(
    case: CaseArgument,
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
    master: Annotated[str, typer.Option(help="Spark's master.")] = "local[*]",
    as_json: Json = False,
) -> None:
    """Bring every table up to date; only what changed is computed again."""
    opened = Case(case)
    progress = _build(opened, engine, master)
    if as_json:
        print_json(
            {
                "case": str(case),
                "steps_run": progress.ran,
                "rows_written": progress.rows,
                "sources": views.sources(opened),
            }
        )
    else:
        out.print(Text(f"{progress.ran} steps run. Next: entrepot findings {case}"))


def sources(case: CaseArgument, as_json: Json = False) -> None:
    """What is loaded: file, hash, rows in = rows kept + rows rejected, problems by kind."""
    rows = views.sources(Case(case))
    if as_json:
        print_json(rows)
        return
    shown = [{**r, "sha256": str(r["sha256"])[:12], "problems": _problems(r["problems"])} for r in rows]
    print_table(
        shown, ("path", "part", "kind", "sha256", "rows_in", "rows_kept", "rows_rejected", "problems", "synthetic")
    )


def rejects(case: CaseArgument, limit: Limit = 100, as_json: Json = False) -> None:
    """The rows that were rejected, and why."""
    rows = views.rejects(Case(case), limit)
    if as_json:
        print_json(rows)
    else:
        print_table(rows, ("path", "row_number", "reason", "message", "column_name", "value"))


def findings(
    case: CaseArgument,
    indicator: Annotated[str | None, typer.Option(help="Only this indicator.")] = None,
    subject: Annotated[str | None, typer.Option(help="Only subjects whose name contains this.")] = None,
    country: Annotated[str | None, typer.Option(help="Only this country, alpha-2.")] = None,
    hs: Annotated[str | None, typer.Option(help="Only goods whose code begins with this.")] = None,
    since: Annotated[str | None, typer.Option(help="Only with evidence on or after this day.")] = None,
    limit: Limit = 30,
    as_json: Json = False,
) -> None:
    """What was found, strongest first, with components and the first rows that prove it."""
    rows = views.findings(
        Case(case),
        indicator=indicator,
        subject=subject,
        country=country,
        hs=hs,
        since=day(since, "--since"),
        limit=limit,
    )
    if as_json:
        print_json(rows)
    else:
        _print_findings(rows, 3)
        if not rows:
            out.print(
                "Nothing fired on this selection. That is not the same as nothing happened: see entrepot sources."
            )


def explain(
    case: CaseArgument,
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="Identifier of a finding.")],
    as_json: Json = False,
) -> None:
    """One finding: statement, rows, query, comparison group, base rate, innocent explanations."""
    told = views.explain(Case(case), finding)
    if as_json:
        print_json(told)
        return
    out.print(Text(safe(told["statement"]), style="bold"))
    if told["synthetic"]:
        out.print(Text(f"SYNTHETIC: {safe(told['synthetic'])}", style="yellow"))
    sections = (
        ("Indicator", f"{told['title']} ({told['indicator']}): {told['meaning']}"),
        ("Source", told["source"]),
        ("Strength", f"{told['strength']:.2f}, from " + ", ".join(f"{k} = {v}" for k, v in told["components"].items())),
        ("Base rate", told["base_rate"]),
        ("Innocent explanations", told["innocent"]),
        ("Parameters", ", ".join(f"{k} = {v}" for k, v in told["parameters"].items())),
    )
    for heading, text in sections:
        out.print(Text(f"\n{heading}", style="bold"))
        out.print(Text(f"  {safe(text)}"))
    out.print(Text(f"\nRows ({len(told['evidence'])} shown of {told['rows']:,})", style="bold"))
    for row in told["evidence"][:20]:
        out.print(Text(f"  {safe(row['path'])} row {row['row_number']}: {safe(row['why'])}"))
    out.print(Text("\nQuery", style="bold"))
    out.print(Text(str(told["query"])))


def chains(
    case: CaseArgument,
    hs: Annotated[str | None, typer.Option(help="Only goods whose code begins with this.")] = None,
    country: Annotated[str | None, typer.Option(help="Only chains through this country, alpha-2.")] = None,
    weaker: Annotated[bool, typer.Option("--weaker", help="Also those with p of .05 or more.")] = False,
    limit: Limit = 30,
    as_json: Json = False,
) -> None:
    """Shipments in which the goods of one leg plausibly continue in the next, with the chance of such a match."""
    opened = Case(case)
    rows = views.chains(opened, hs=hs, country=country, weaker=weaker, limit=limit)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        _print_chain(row)
    if not rows:
        out.print("No chains on this selection. That is not the same as none: see entrepot sources.")
        if not weaker and views.chains(opened, hs=hs, country=country, weaker=True, limit=1):
            out.print("There are ways that goods may have gone on which chance explains as well: --weaker shows them.")


def export(
    case: CaseArgument,
    form: Annotated[str, typer.Option("--format", "-f", help="parquet, csv, xlsx, ftm, gexf or geojson.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder (parquet, csv) or file.")],
    table: Annotated[list[str] | None, typer.Option("--table", help="Only these tables.")] = None,
    as_json: Json = False,
) -> None:
    """Write the case's tables for other tools; spreadsheets are safe against formulas."""
    from entrepot.dossier.export import export as write

    written = write(Case(case), form, output, table)
    if as_json:
        print_json([str(path) for path in written])
    else:
        for path in written:
            out.print(Text(str(path)))


def _build(case: Case, engine: str = "duckdb", master: str = "local[*]") -> BuildProgress:
    if engine not in ("duckdb", "spark"):
        raise UsageError("unknown engine", value=engine, remedy="duckdb or spark")
    worker = None
    if engine == "spark":
        from entrepot.engine.spark import Spark

        worker = Spark(master)
    say_first_use()
    with BuildProgress() as progress:
        try:
            case.build(progress, engine=worker)
        finally:
            if worker is not None:
                worker.close()
    return progress


def _print_findings(rows: list[dict[str, object]], proof: int) -> None:
    for row in rows:
        mark = "SYNTHETIC  " if row["synthetic"] else ""
        bar = "#" * round(float(str(row["strength"])) * 10)
        out.print(
            Text.assemble(
                (f"{row['finding_id']}  ", "dim"),
                (f"{bar:<10} ", "cyan"),
                (f"{row['indicator']}  ", "bold"),
                (mark, "yellow"),
            )
        )
        out.print(Text(f"    {safe(row['statement'])}"))
        evidence = row["evidence"]
        assert isinstance(evidence, list)
        for item in evidence[:proof]:
            name = safe(str(item["path"]).rsplit("/", 1)[-1])
            out.print(Text(f"      {name} row {item['row_number']}: {safe(item['why'])}", style="dim"))


def _print_chain(row: Mapping[str, object]) -> None:
    countries, legs, links = row["countries"], row["legs"], row["links"]
    assert isinstance(countries, list)
    assert isinstance(legs, list)
    assert isinstance(links, list)
    p_value, carried = float(str(row["p_value"])), float(str(row["quantity_carried"] or 0))
    out.print(
        Text(f"{' > '.join(countries)}  {row['hs6']}  {carried:,.0f} kg carried, p = {p_value:.3g}", style="bold")
    )
    for leg in legs:
        shown = ", ".join(f"row {s['row']}" for s in leg["shipments"][:4]) + (
            " ..." if len(leg["shipments"]) > 4 else ""
        )
        out.print(
            Text(
                f"    {leg['from']} > {leg['to']}  {safe(leg['shipper'])} > {safe(leg['consignee'])}, {leg['first_date']} to {leg['last_date']}: {shown}"
            )
        )
    for link in links:
        out.print(Text(f"    link: {safe(link)}", style="dim"))


def _print_added(added: dict[str, object]) -> None:
    if added["already"] and not added["parts"]:
        out.print(Text(f"{safe(added['path'])}: already in the case, nothing changed"))
        return
    parts = added["parts"]
    assert isinstance(parts, list)
    for part in parts:
        name = f" [{safe(part['name'])}]" if part["name"] else ""
        out.print(Text(f"{safe(added['path'])}{name}: {part['kind']} ({part['format']})", style="bold"))
        rows = [
            {"canonical": c, "source": v["source"], "confidence": v["confidence"]}
            for c, v in {**part["columns"], **part["contacts"]}.items()
        ]
        if rows:
            print_table(rows, ("canonical", "source", "confidence"))
            if part["unmapped"]:
                out.print(Text("  unmapped: " + ", ".join(safe(u) for u in part["unmapped"]), style="dim"))
        for note in part["notes"]:
            out.print(Text(f"  note: {safe(note)}"))


def _problems(problems: object) -> str:
    assert isinstance(problems, dict)
    return ", ".join(f"{name} {count:,}" for name, count in problems.items())


def day(text: str | None, option: str) -> dt.date | None:
    """A day given as an option.

    Raises:
        UsageError: it is not one.
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("not a day", column=option, value=text, remedy="a day as YYYY-MM-DD") from error


def _pair(text: str) -> tuple[str, str]:
    canonical, sign, header = text.partition("=")
    if not sign or not canonical or not header:
        raise UsageError(
            "not CANONICAL=HEADER",
            column="--column",
            value=text,
            remedy='for example --column consignee_name="IMPORTER"',
        )
    return canonical.strip(), header.strip()
