"""Tests growth and falls over published statistics, with currency and valuation named, or over shipments where there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from entrepot.findings.checks.amounts import flow_ends, nothing, unknown_scope
from entrepot.findings.checks.asking import Answer, Records, Window, earlier
from entrepot.findings.checks.claims import Figure, TestedClaim
from entrepot.findings.checks.outcome import Outcome, compared, figure_text, untestable
from entrepot.findings.checks.scope import Scope
from entrepot.findings.checks.tolerance import Accepted, accepted
from entrepot.findings.checks.vocabulary import pattern

_MEASURES = (("value", "in value"), ("usd", "in US dollars"), ("kg", "by weight"), ("pieces", "by number"), ("barrels", "by volume"), ("rows_found", "by number of shipments"))  # fmt: skip


def check_growth(claim: TestedClaim, figure: Figure, scope: Scope, records: Records) -> Outcome:
    """`rose by 17.8%`, `almost doubled`, `fell to a third`: the later period over the earlier one."""
    claimed = claim.quote[figure.start : figure.end]
    windows = compared_periods(claim)
    fell = bool(
        pattern("fell").search(claim.relation)
        or pattern("fell").search(claim.quote[max(0, figure.start - 40) : figure.end])
    )
    wanted = _factor(figure, fell)
    verb = "fell" if fell else "rose"
    reading = f"{scope.words() or figure.of}: {verb} by {claimed}; " + (f"{windows[1].words()} against {windows[0].words()}" if windows else "no period named")  # fmt: skip
    if bad := unknown_scope("growth", reading, claim, scope, figure.number, claimed):
        return bad
    if wanted is None or windows is None:
        return untestable("growth", reading, "the claim does not say from when to when" if windows is None else "the words give no number", "two periods to compare", figure.number, claimed)  # fmt: skip
    if not scope.parties:
        for reporter, partner, direction in flow_ends(scope):
            found = _over_flows(
                figure, scope, records, windows, wanted, reading, claimed, (reporter, partner, direction)
            )
            if found is not None:
                return found
    before, after = records.totals(scope, windows[0]), records.totals(scope, windows[1])
    if not before.count or not after.count:
        return nothing(
            "growth", reading, scope, windows[0], records, before if not before.count else after, figure.number, claimed
        )
    ratios = _ratios(before.rows[0], after.rows[0])
    basis = next(iter(ratios))
    out = compared(
        "growth", reading, _both(before, after), ratios[basis], wanted, unit="times", claimed=f"{verb} by {claimed}", number=figure.number,
        found_text=f"{figure_text(ratios[basis], 'times')} the earlier figure {basis}, in shipments",
        rows=before.count + after.count, sources=(str(after.rows[0]["source_id"]),),
    )  # fmt: skip
    return _other_basis(out, ratios, basis, wanted)


def compared_periods(claim: TestedClaim) -> tuple[Window, Window] | None:
    """Earlier and later period: first and last year of a span, else the same days a year before; None where open."""
    if claim.first is None or claim.last is None:
        return None
    if claim.first.year != claim.last.year:
        return tuple(Window(date(y, 1, 1), date(y, 12, 31)) for y in (claim.first.year, claim.last.year))  # type: ignore[return-value]
    later = Window(claim.first, claim.last)
    before = earlier(later)
    return None if before is None else (before, later)


def _factor(figure: Figure, fell: bool) -> Accepted | None:
    """The later figure over the earlier one that would agree."""
    wanted = accepted(figure.value, figure.low, figure.high, approx=figure.approx)
    if wanted is None:
        return None
    if figure.kind == "ratio":
        if not fell:
            return wanted
        turned = [None if b is None or b <= 0 else (b if b < 1 else 1 / b) for b in (wanted.low, wanted.high)]
        known = [b for b in turned if b is not None]
        return (
            Accepted(min(known), max(known), wanted.why)
            if len(known) == 2
            else Accepted(None, known[0] if known else None, wanted.why)
        )
    sign = -1 if fell else 1
    bounds = [None if b is None else 1 + sign * b / 100 for b in (wanted.low, wanted.high)]
    low, high = (bounds[1], bounds[0]) if fell else (bounds[0], bounds[1])
    return Accepted(low, high, wanted.why)


def _over_flows(
    figure: Figure,
    scope: Scope,
    records: Records,
    windows: tuple[Window, Window],
    wanted: Accepted,
    reading: str,
    claimed: str,
    ends: tuple[object, object, str],
) -> Outcome | None:
    reporter, partner, direction = ends
    before = records.flows(reporter, partner, scope, windows[0], direction)  # type: ignore[arg-type]
    after = records.flows(reporter, partner, scope, windows[1], direction)  # type: ignore[arg-type]
    pairs = [
        (b, a)
        for b in before.rows
        for a in after.rows
        if all(a[c] == b[c] for c in ("source_id", "period_precision", "currency", "valuation"))
        and (b["first_date"], b["last_date"]) == (windows[0].first, windows[0].last)
        and (a["first_date"], a["last_date"]) == (windows[1].first, windows[1].last)
    ]
    for b, a in pairs:
        ratios = _ratios(b, a)
        if not ratios:
            continue
        basis = next(iter(ratios))
        unit = f"in {b['currency']}" if basis == "in value" else basis
        named = f"{direction}s as published by the reporter {getattr(reporter, 'code', '')}, {unit}" + (f", {b['valuation']}" if b["valuation"] else "")  # fmt: skip
        values = ""
        if basis == "in value":
            values = f" ({float(str(b['value'])):,.0f} to {float(str(a['value'])):,.0f} {b['currency']})"
        out = compared(
            "growth", reading, _both(before, after), ratios[basis], wanted, unit="times", claimed=claimed, number=figure.number,
            found_text=f"{figure_text(ratios[basis], 'times')} the earlier figure{values}, {named}",
            rows=int(str(b["rows_found"])) + int(str(a["rows_found"])), sources=(str(b["source_id"]),),
        )  # fmt: skip
        return _other_basis(out, ratios, basis, wanted) if out.near_miss is None and ratios else out
    return None


def _ratios(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, float]:
    found: dict[str, float] = {}
    for column, words in _MEASURES:
        if column == "rows_found" and "currency" in before:
            continue
        b, a = before.get(column), after.get(column)
        if isinstance(b, int | float) and isinstance(a, int | float) and b > 0:
            found[words] = float(a) / float(b)
    return found


def _both(before: Answer, after: Answer) -> Answer:
    return Answer(after.rows, f"{before.query};\n\n-- the later period\n{after.query}", after.table)


def _other_basis(out: Outcome, ratios: Mapping[str, float], basis: str, wanted: Accepted) -> Outcome:
    if out.verdict != "contradicted":
        return out
    hits = [
        f"{words} it is {figure_text(value, 'times')}"
        for words, value in ratios.items()
        if words != basis and wanted.holds(value)
    ]
    if not hits and out.found is not None and wanted.holds(out.found - 1):
        hits = ["it would agree if the figure were the increase and not the multiple"]
    return replace(out, near_miss="; ".join(hits) or None)
