"""What a check gives, and how a figure found becomes a verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace

from entrepot.findings.checks.asking import Answer
from entrepot.findings.checks.claims import TestedClaim
from entrepot.findings.checks.tolerance import Accepted


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reading of one claim held against the records; the columns of `checks` without its identifiers."""

    kind: str
    reading: str
    verdict: str
    why: str
    number: int | None = None
    source_table: str | None = None
    query: str | None = None
    claimed: str | None = None
    claimed_low: float | None = None
    claimed_high: float | None = None
    unit: str | None = None
    found: float | None = None
    found_text: str | None = None
    tolerance: str | None = None
    rows: int | None = None
    near_miss: str | None = None
    needed: str | None = None
    sources: tuple[str, ...] = ()


def untestable(
    kind: str, reading: str, why: str, needed: str, number: int | None = None, claimed: str | None = None
) -> Outcome:
    """No loaded table could test it."""
    return Outcome(kind, reading, "not testable", why, number=number, claimed=claimed, needed=needed)


def empty(
    kind: str, reading: str, answer: Answer, why: str, number: int | None = None, claimed: str | None = None
) -> Outcome:
    """The scope is covered and has no rows."""
    return Outcome(
        kind, reading, "no records", why, number=number, source_table=answer.table, query=answer.query, claimed=claimed, rows=0
    )  # fmt: skip


def compared(
    kind: str,
    reading: str,
    answer: Answer,
    found: float,
    wanted: Accepted,
    *,
    unit: str,
    claimed: str,
    number: int | None,
    found_text: str,
    rows: int,
    sources: tuple[str, ...] = (),
    doubt: str = "",
) -> Outcome:
    """A figure found against the range that counts as agreement.

    Args:
        doubt: why agreement could only be partial (a part of the scope that no table knows, a period that is only
            covered in part); empty where nothing is in doubt.
    """
    if wanted.holds(found):
        verdict = "partly supported" if doubt else "supported"
        why = f"the records give {found_text}, which agrees with {claimed}" + (f"; but {doubt}" if doubt else "")
    elif wanted.nearly(found):
        verdict = "partly supported"
        why = f"the records give {found_text}, close to {claimed} but outside the tolerance" + (
            f"; {doubt}" if doubt else ""
        )
    else:
        verdict = "contradicted"
        why = f"the records give {found_text}, against {claimed} in the claim" + (f"; {doubt}" if doubt else "")
    return Outcome(
        kind, reading, verdict, why, number=number, source_table=answer.table, query=answer.query, claimed=claimed,
        claimed_low=wanted.low, claimed_high=wanted.high, unit=unit, found=found, found_text=found_text,
        tolerance=wanted.why, rows=rows, sources=sources,
    )  # fmt: skip


_TURNED = {"supported": "contradicted", "contradicted": "supported"}


def turned(outcome: Outcome, claim: TestedClaim) -> Outcome:
    """The verdict on a claim that says that something is not so; a denial is tested as what it denies."""
    if claim.stance == "denies":
        return replace(outcome, why=outcome.why + "; what is tested is what the source denies")
    if claim.negated and outcome.verdict in _TURNED:
        return replace(
            outcome, verdict=_TURNED[outcome.verdict], why=outcome.why + "; the claim says that this is not so"
        )
    return outcome


def figure_text(value: float, unit: str) -> str:
    """A figure with its unit, for people."""
    if unit == "percent":
        return f"{value:.1f}%"
    if unit == "times":
        return f"{value:.2f} times"
    if unit == "kg" and abs(value) >= 10_000:
        return f"{value / 1000:,.1f} t"
    shown = f"{value:,.0f}" if abs(value) >= 100 or float(value).is_integer() else f"{value:,.2f}"
    return f"{shown} {unit}"
