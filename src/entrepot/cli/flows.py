"""The command about trade statistics: series, breaks, mirror gaps, surges, substitution, dependence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, cast

import pyarrow as pa
import typer
from rich.text import Text

from entrepot.casework import views_flows as views
from entrepot.casework.case import Case
from entrepot.cli.output import err, out, print_json, print_table, safe
from entrepot.errors import UsageError, show
from entrepot.model.places import country

DEFAULT_SINCE = "2022-02-24"
"""The date a case compares around where it sets no other (see case.toml)."""

_TABLES = {
    "series": ("points", ("period", "value", "state")),
    "breaks": ("breaks", ("period", "earliest", "latest", "before", "after", "ratio", "p")),
    "mirror": ("gaps", ("period", "exports", "imports", "missing_low", "missing_high", "z", "unusual")),
    "surge": ("placebo_hubs", ("name", "beta")),
    "dependence": ("rows", ("importer", "partner", "hs_code", "year", "dependence", "partner_dependence", "value", "currency")),
    "concentration": ("rows", ("importer", "hs_code", "year", "hhi", "largest_partner", "largest_share", "total", "currency")),
}  # fmt: skip
_SHOWN = 40


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("flows")(flows)


def flows(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")],
    what: Annotated[str, typer.Argument(metavar="[WHAT]", help=f"One of: {', '.join(views.WHAT)}.")] = "list",
    reporter: Annotated[str | None, typer.Option(help="Who reports: a country or area.")] = None,
    partner: Annotated[str | None, typer.Option(help="The other side; the default is the world.")] = None,
    through: Annotated[list[str] | None, typer.Option(help="Countries in between (surge, substitution).")] = None,
    hs: Annotated[list[str] | None, typer.Option(help="HS codes; several that follow one another are added.")] = None,
    direction: Annotated[str, typer.Option(help="import or export, as the reporter sees it.")] = "export",
    since: Annotated[str, typer.Option(help="Compare before and after this day.")] = DEFAULT_SINCE,
    frequency: Annotated[str | None, typer.Option(help="month, quarter or year; the finest where not given.")] = None,
    measure: Annotated[str, typer.Option(help="value or kg (series).")] = "value",
    exclude: Annotated[list[str] | None, typer.Option(help="Countries that are no comparison (surge).")] = None,
    limit: Annotated[int, typer.Option(help="Rows of dependence and concentration.")] = 100,
    chart: Annotated[Path | None, typer.Option(help="Draw the series or the two sides: a .svg or .png file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Trade statistics of the case: what is loaded, and series, breaks, mirror gaps, surges, substitution, dependence.

    Countries by name or code. Every figure names its file and row; no result says why trade changed.
    """
    if what not in views.WHAT:
        raise UsageError("no such statistic", column="WHAT", value=what, remedy=f"one of {', '.join(views.WHAT)}")
    opened = Case(case)
    day = _day(since)
    codes = [_code(each) for each in hs or ()]
    one, other = _place(reporter, "--reporter"), _place(partner, "--partner")
    between = [_place(each, "--through") or "" for each in through or ()]
    if what == "list":
        rows = views.loaded(opened, reporter=one, hs=codes[0] if codes else None)
        print_json(rows) if as_json else print_table(rows, list(rows[0]) if rows else ["reporter"])
        return
    if what in ("series", "breaks"):
        asked = {"reporter": _given(one, "--reporter"), "partner": other or "W00", "direction": direction}
        found = (
            views.series(opened, **asked, hs=codes, frequency=frequency, measure=measure)
            if what == "series"
            else views.breaks(opened, **asked, hs=codes, frequency=frequency)
        )
    elif what == "mirror":
        found = views.mirror(
            opened, exporter=_given(one, "--reporter"), importer=_given(other, "--partner"), hs=codes, since=day,
            frequency=frequency,
        )  # fmt: skip
    elif what == "surge":
        left_out = [_place(each, "--exclude") or "" for each in exclude or ()]
        found = views.surge(
            opened, hubs=[_given(each, "--through") for each in between or [""]], since=day, goods=codes,
            reporters=[one] if one else [], exclude=left_out, direction=direction,
        )  # fmt: skip
    elif what == "substitution":
        found = views.substitution(
            opened, exporter=_given(one, "--reporter"), through=_given(between[0] if between else None, "--through"),
            destination=_given(other, "--partner"), since=day, hs=codes,
        )  # fmt: skip
    elif what == "dependence":
        found = views.dependence(opened, reporter=one, partner=other, hs=codes, limit=limit)
    else:
        found = views.concentration(opened, reporter=one, hs=codes, limit=limit)
    if chart is not None:
        _draw(what, found, chart)
    if as_json:
        print_json(found)
        return
    out.print(Text(safe(found["statement"]), style="bold"))
    if what in _TABLES:
        name, columns = _TABLES[what]
        lines = cast("Sequence[Mapping[str, object]]", found[name])
        print_table(lines[: max(_SHOWN, limit if name == "rows" else 0)], columns)
        if len(lines) > _SHOWN and name != "rows":
            err.print(Text(f"{len(lines) - _SHOWN} more; --json gives all", style="dim"))
    evidence = cast("Sequence[Mapping[str, object]]", found["evidence"])
    if evidence:
        out.print(Text(f"\n{safe(found['figures'])} published figures stand behind this, for example:", style="dim"))
        print_table(evidence[:5], ("source", "row", "period", "value", "currency"))
    for each in cast("Sequence[Mapping[str, str]]", found["limits"]):
        out.print(Text(f"  limit: {safe(each['text'])} ({safe(each['source'])})", style="dim"))


def _draw(what: str, found: Mapping[str, object], path: Path) -> None:
    unit, marks = "USD", []
    if what in ("series", "breaks"):
        about = cast("Mapping[str, object]", found["series"])
        unit = str(about["currency"] or "units")
        name = str(about["title"])
        points = [(p["period"], p["value"], name) for p in cast("Sequence[Mapping[str, object]]", found["points"])]
        changes = cast("Sequence[Mapping[str, object]]", found.get("breaks", ()))
        if changes:
            day = cast(dt.date, max(changes, key=lambda each: abs(float(str(each["log_change"]))))["period"])
            marks.append((day, f"{day:%Y-%m}"))
    elif what == "mirror":
        unit = str(found["currency"] or "units")
        gaps = cast("Sequence[Mapping[str, object]]", found["gaps"])
        points = [(g["period"], g["exports"], "exports as reported") for g in gaps]
        points += [(g["period"], g["imports"], "imports as reported") for g in gaps]
    else:
        raise UsageError("no chart of this", column="--chart", value=what, remedy="series, breaks or mirror")
    table = pa.table(
        {"period": [p[0] for p in points], "value_usd": [p[1] for p in points], "series": [p[2] for p in points]}
    )
    # half a second to import, which other commands need not wait for
    from entrepot.dossier.charts import flows_over_time, png, svg

    spec = flows_over_time(table, title=str(found["statement"])[:110], unit=unit, marks=marks)
    if path.suffix == ".svg":
        path.write_text(svg(spec), encoding="utf-8")
    elif path.suffix == ".png":
        path.write_bytes(png(spec))
    else:
        raise UsageError("unknown kind of picture", column="--chart", value=str(path), remedy="a name in .svg or .png")
    err.print(Text(f"drawn: {safe(path)}", style="dim"))


def _place(text: str | None, option: str) -> str | None:
    if text is None:
        return None
    code = country(text)
    if code is None and text.upper() in ("W00", "WORLD"):
        return "W00"
    if code is None and text.isascii() and text.isupper() and text.isalnum():
        return text  # an area as its publisher calls it, such as EU27
    if code is None:
        raise UsageError(
            "not a country", column=option, value=show(text), remedy="a name or an ISO code, or an area as EU27"
        )
    return code


def _given(value: str | None, option: str) -> str:
    if not value:
        raise UsageError("a country is missing", column=option, remedy=f"name it with {option}")
    return value


def _code(text: str) -> str:
    digits = text.replace(".", "").replace(" ", "")
    if digits.upper() == "TOTAL":
        return "TOTAL"
    if not digits.isdigit() or len(digits) not in (2, 4, 6, 8, 10):
        raise UsageError("not a commodity code", column="--hs", value=text, remedy="2, 4, 6, 8 or 10 digits")
    return digits


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("not a day", column="--since", value=text, remedy="a day such as 2022-02-24") from error
