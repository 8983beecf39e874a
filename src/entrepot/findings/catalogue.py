"""The catalogue of indicators: `.sql` files whose header states id, meaning, source, parameters and innocent explanations."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from entrepot.engine.sql import Statement, Value, parse
from entrepot.errors import InputError, UsageError
from entrepot.findings import parts
from entrepot.model.places import country_name
from entrepot.model.tables.findings import SUBJECTS
from entrepot.routes.addresses import with_folding

FOLDER = Path(__file__).parent / "indicators"
REQUIRED = ("id", "title", "meaning", "source", "subject", "statement", "innocent", "reads")
EVIDENCE_MARK = re.compile(r"^-- evidence\b.*$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)(?::([a-z]+))?\}( [a-z]+s\b)?")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One published detection rule.

    Attributes:
        id, title, meaning, source, innocent: as in the file's header.
        subject: what its findings are about.
        statement: sentence with `{column}` placeholders over the columns of the query.
        reads: tables of the query and of the evidence.
        defaults: parameters and their default values, `meanings` what they are.
        query: one row per subject; `evidence`: one row per row of a source behind a subject of `found`; each as it runs,
            with the named queries that both begin with before its own.
        added: True where the case's own folder holds it.
    """

    id: str
    title: str
    meaning: str
    source: str
    innocent: str
    subject: str
    statement: str
    reads: tuple[str, ...]
    defaults: Mapping[str, Value]
    meanings: Mapping[str, str]
    query: Statement
    evidence: Statement
    added: bool = False


def catalogue(own: Path | None = None) -> list[Indicator]:
    """Indicators shipped with Entrepot, then those of the case's own folder, each sorted by file name.

    Raises:
        InputError: a file's header lacks a line, or an id is used twice; names file and line.
    """
    found = [read(path) for path in sorted(FOLDER.glob("*.sql"))]
    if own is not None and own.is_dir():
        found += [read(path, added=True) for path in sorted(own.glob("*.sql"))]
    seen: set[str] = set()
    for indicator in found:
        if indicator.id in seen:
            raise InputError(
                "two indicators have the same id", value=indicator.id, remedy="give the added one another id"
            )
        seen.add(indicator.id)
    return found


def read(path: Path, *, added: bool = False) -> Indicator:
    """Read one indicator file.

    Raises:
        InputError: the header lacks a line or states a wrong one, there is no evidence statement, or a part is not known.
    """
    text = path.read_text(encoding="utf-8")
    halves = EVIDENCE_MARK.split(text)
    if len(halves) != 2:
        raise InputError(
            "an indicator is two statements with a line `-- evidence` between them",
            file=path,
            remedy="see docs/indicators.md",
        )
    common, opening = parts.split(halves[0], path)
    query = parse(path.stem, opening)
    header = query.header
    if missing := [key for key in REQUIRED if not header.get(key)]:
        raise InputError(f"the header has no line `-- {missing[0]}: ...`", file=path, remedy="see docs/indicators.md")
    if not re.fullmatch("[a-z][a-z0-9_]*", header["id"]):
        raise InputError(
            "an id is lower-case letters, digits and underscores",
            file=path,
            value=header["id"],
            remedy="correct the line `-- id:`",
        )
    if header["subject"] not in SUBJECTS:
        raise InputError("unknown subject", file=path, value=header["subject"], remedy=f"one of {', '.join(SUBJECTS)}")
    defaults, meanings = {}, {}
    for key, value in header.items():
        if key.startswith("parameter."):
            default, _, meaning = value.partition("|")
            defaults[key.removeprefix("parameter.")] = literal(default.strip())
            meanings[key.removeprefix("parameter.")] = meaning.strip()
    before = [*parts.included(header.get("include", ""), path), *([common] if common else [])]
    evidence = parse(f"{path.stem} evidence", halves[1])
    return Indicator(
        header["id"], header["title"], header["meaning"], header["source"], header["innocent"], header["subject"],
        header["statement"], tuple(r.strip() for r in header["reads"].split(",")), defaults, meanings,
        replace(query, text=with_folding(parts.begin_with(before, query.text))),
        replace(evidence, text=with_folding(parts.begin_with(before, evidence.text))), added,
    )  # fmt: skip


def values(indicator: Indicator, case: Mapping[str, Value], own: Mapping[str, Value]) -> dict[str, Value]:
    """Parameters of an indicator: its defaults, then those of the case of the same name, then its own.

    Raises:
        UsageError: the case sets a parameter that the indicator does not have, or of another type.
    """
    chosen = dict(indicator.defaults)
    chosen.update({key: value for key, value in case.items() if key in chosen})
    for key, value in own.items():
        if key not in chosen:
            raise UsageError(
                f"indicator {indicator.id!r} has no such parameter", file="case.toml", column=key,
                remedy=f"one of {', '.join(chosen) or 'none'}",
            )  # fmt: skip
        chosen[key] = value
    for key, value in chosen.items():
        default = indicator.defaults[key]
        if isinstance(default, float) and isinstance(value, int):
            chosen[key] = float(value)
        elif default is not None and type(chosen[key]) is not type(default):
            raise UsageError(
                f"parameter of indicator {indicator.id!r} has the wrong type", file="case.toml", column=key, value=value,
                remedy=f"a value such as {default}",
            )  # fmt: skip
    return chosen


def literal(text: str) -> Value:
    """A parameter's default as written in the header: a date, a whole number, a number, true, false, or text."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return dt.date.fromisoformat(text)
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    return {"true": True, "false": False}.get(text, text.strip("\"'"))


def fill(template: str, row: Mapping[str, object]) -> str:
    """The statement of a finding. `{column}` prints a value; `{column:kg}`, `:usd`, `:int`, `:ratio`, `:pct` format numbers,
    `:country` writes out an alpha-2 code. After a whole number 1 the template's next word loses its plural s; what comes from the
    records is never changed.
    """

    def phrase(match: re.Match[str]) -> str:
        raw, how, noun = row.get(match[1]), match[2], match[3] or ""
        return value(raw, how) + (noun.removesuffix("s") if how == "int" and raw == 1 else noun)

    def value(raw: object, how: str | None) -> str:
        if raw is None:
            return {"usd": "an unknown value in USD", "kg": "an unknown weight"}.get(how or "", "unknown")
        if how == "country":
            return country_name(str(raw)) or str(raw)
        if isinstance(raw, int | float) and not isinstance(raw, bool) and how:
            return {
                "kg": f"{raw:,.0f} kg", "usd": f"USD {raw:,.0f}", "int": f"{raw:,.0f}", "ratio": f"{raw:,.1f}",
                "pct": f"{raw:.0%}", "p": f"{raw:.2g}", "num": f"{raw:,.2f}",
            }.get(how, str(raw))  # fmt: skip
        return str(raw)

    return _PLACEHOLDER.sub(phrase, template)
