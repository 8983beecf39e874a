"""A claim as checks need it, gathered from the tables of reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from entrepot.engine.relational import Engine
from entrepot.engine.sql import Statement, Value


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of `claim_quantities`."""

    number: int
    value: float | None
    low: float | None
    high: float | None
    unit: str
    kind: str
    of: str
    approx: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TestedClaim:
    """One claim with its figures, names and where its sources stand; offsets count within `quote`.

    Attributes:
        synthetic: why the report is not real; None where it is real. Real reports are never held against synthetic rows.
    """

    claim_id: str
    document_id: str
    quote: str
    stance: str
    negated: bool
    subject: str
    relation: str
    object: str
    goods: tuple[str, ...]
    first: date | None
    last: date | None
    period_text: str
    precision: str
    synthetic: str | None
    figures: tuple[Figure, ...] = ()
    organisations: tuple[tuple[str, int, int], ...] = ()
    sources: tuple[tuple[int, int], ...] = field(default=())


def tested_claims(engine: Engine) -> list[TestedClaim]:
    """All claims of the case, in the order of the reports."""
    figures = _by_claim(engine, "SELECT * FROM claim_quantities ORDER BY claim_id, number")
    hops = _by_claim(engine, "SELECT claim_id, start_char, end_char FROM attributions ORDER BY claim_id, hop")
    names = _by_claim(
        engine,
        "SELECT claim_id, name, start_char, end_char FROM report_mentions "
        "WHERE kind IN ('organisation', 'person') AND claim_id IS NOT NULL ORDER BY claim_id, start_char",
    )
    claims = ask(
        engine,
        "claims_to_test",
        "SELECT claims.*, sources.synthetic AS synthetic FROM claims LEFT JOIN sources ON sources.source_id = claims.document_id "
        "ORDER BY claims.document_id, claims.start_char, claims.claim_id",
    )
    return [
        _claim(row, figures.get(_key(row), []), hops.get(_key(row), []), names.get(_key(row), [])) for row in claims
    ]


def ask(engine: Engine, name: str, sql: str, parameters: Mapping[str, Value] | None = None) -> list[dict[str, object]]:
    """Rows of a statement as mappings."""
    rows: list[dict[str, object]] = engine.rows(Statement(name, sql), parameters or {}).to_pylist()
    return rows


def _by_claim(engine: Engine, sql: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in ask(engine, "parts_of_claims", sql):
        found.setdefault(_key(row), []).append(row)
    return found


def _key(row: Mapping[str, object]) -> str:
    return str(row["claim_id"])


def _claim(
    row: Mapping[str, object],
    figures: Iterable[Mapping[str, object]],
    hops: Iterable[Mapping[str, object]],
    names: Iterable[Mapping[str, object]],
) -> TestedClaim:
    base = _int(row["start_char"])
    first, last = row["period_from"], row["period_to"]
    return TestedClaim(
        claim_id=_key(row),
        document_id=str(row["document_id"]),
        quote=str(row["quote"]),
        stance=str(row["stance"]),
        negated=bool(row["negated"]),
        subject=_text(row["subject"]),
        relation=_text(row["relation"]),
        object=_text(row["object"]),
        goods=tuple(g for g in _text(row["goods"]).split(";") if g),
        first=first if isinstance(first, date) else None,
        last=last if isinstance(last, date) else None,
        period_text=_text(row["period_text"]),
        precision=_text(row["period_precision"]),
        synthetic=_text(row["synthetic"]) or None,
        figures=tuple(
            Figure(
                _int(f["number"]), _float(f["value"]), _float(f["low"]), _float(f["high"]), str(f["unit"]), str(f["kind"]),
                _text(f["of"]), bool(f["approx"]), _int(f["start_char"]) - base, _int(f["end_char"]) - base,
            )
            for f in figures
        ),
        organisations=tuple((str(n["name"]), _int(n["start_char"]) - base, _int(n["end_char"]) - base) for n in names),
        sources=tuple((_int(h["start_char"]) - base, _int(h["end_char"]) - base) for h in hops),
    )  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _int(value: object) -> int:
    return int(str(value))


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
