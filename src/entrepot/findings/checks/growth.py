"""Tests growth and falls over published statistics, with currency and valuation named, or over shipments where there are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from entrepot.findings.checks.amounts import covered, flow_ends, mirrored, nothing, unknown_scope
from entrepot.findings.checks.asking import Answer, Records, Window, earlier
from entrepot.findings.checks.caution import Doubts, cautious, words_of_trade
from entrepot.findings.checks.claims import Figure, TestedClaim
from entrepot.findings.checks.outcome import Outcome, compared, figure_text, untestable
from entrepot.findings.checks.scope import Scope, left_over
from entrepot.findings.checks.tolerance import Accepted, accepted
from entrepot.findings.checks.vocabulary import pattern

_MEASURES = (("value", "in value"), ("usd", "in US dollars"), ("kg", "by weight"), ("pieces", "by number"), ("barrels", "by volume"), ("rows_found", "by number of shipments"))  # fmt: skip

_PART = "the shipments cover only a part of the two periods"
_BASE_YEAR = re.compile(
    r"[^.;]{0,60}?\b(?:since|from|over|against|compared (?:with|to)|than in|than during|versus)\s+"
    r"(?:the (?:same )?(?:period|quarter|months?|half|level|year)s? (?:of|in) )?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FROM_LEVEL = re.compile(
    r"\b(?:from|after|against|compared (?:with|to))\s+(?:about\s|around\s|some\s|nearly\s)?[$€£¥]?\d[\d.,]*(?!\d)(?!\s*%)"
    r"(?<!\b(?:19|20)\d\d)(?:(?:\s[\w-]+){0,3}?\s(?:in|for|of|during)\s(?:the\s[\w\s]{0,24}?of\s)?((?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
"""Where a change began, with the year of that level where it is said."""
_BEFORE_THIS = re.compile(
    r"[^.;]{0,30}?\b(?:month|quarter)[- ](?:on|over|to)[- ](?:month|quarter)\b"
    r"|[^.;]{0,50}?\b(?:from|on|over|than|against|compared (?:with|to)) (?:in )?(?:the |a )?"
    r"(?:(?:previous|prior|preceding) (?:month|quarter|half)|(?:month|quarter) (?:before|earlier))\b",
    re.IGNORECASE,
)


def check_growth(claim: TestedClaim, figure: Figure, scope: Scope, records: Records) -> Outcome:
    """`rose by 17.8%`, `almost doubled`, `fell to a third`: the later period over the earlier one."""
    claimed = claim.quote[figure.start : figure.end]
    windows = compared_periods(claim, figure)
    fell = _fell(claim, figure)
    wanted = _factor(figure, fell)
    verb = "fell" if fell else "rose"
    reading = f"{scope.words() or figure.of}: {verb} by {claimed}; " + (f"{windows[1].words()} against {windows[0].words()}" if windows else "no period named")  # fmt: skip
    if bad := unknown_scope("growth", reading, claim, scope, figure.number, claimed):
        return bad
    if figure.kind == "change" and figure.unit != "percent":
        return untestable("growth", reading, f"a change in {figure.unit} is no growth of a total in percent", "the level before and after", figure.number, claimed)  # fmt: skip
    if not words_of_trade(claim):
        return untestable("growth", reading, "the words do not speak of trade", f"records of {figure.of or 'what is meant'}", figure.number, claimed)  # fmt: skip
    if not scope.goods and (left := left_over(claim.subject, scope)):
        return untestable("growth", reading, f"the records do not know `{' '.join(left)}`, whose change is claimed", f"records or statistics of {claim.subject}", figure.number, claimed)  # fmt: skip
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
    full = all(covered(scope, window, records) for window in windows)
    doubts = Doubts(narrower="" if full else _PART, partial="" if full else _PART)
    out = compared(
        "growth", reading, _both(before, after), ratios[basis], wanted, unit="times", claimed=f"{verb} by {claimed}", number=figure.number,
        found_text=f"{figure_text(ratios[basis], 'times')} the earlier figure {basis}, in shipments",
        rows=before.count + after.count, sources=(str(after.rows[0]["source_id"]),), doubt=doubts.partial,
    )  # fmt: skip
    return cautious(_other_basis(out, ratios, basis, wanted), doubts)


def compared_periods(claim: TestedClaim, figure: Figure) -> tuple[Window, Window] | None:
    """Earlier and later period; None where open.

    What the figure is said to be compared with comes first (`since 2019`, `on the previous quarter`); then first and last year of
    a span of years; else the same days a year before. A span that ends within a year (`since 2021`) has no later period.
    """
    if claim.first is None or claim.last is None:
        return None
    later = Window(claim.first, claim.last)
    long = later.months is None or later.months > 12
    base = _BASE_YEAR.match(claim.quote, figure.end)
    if base is not None and not long and int(base[1]) != claim.first.year and claim.first.year == claim.last.year:
        years = claim.first.year - int(base[1])
        return None if years < 0 else (_years_before(later, years), later)
    began = _FROM_LEVEL.search(claim.quote)
    if began is not None:  # `from 30 million in the second quarter to 45 million in the third, or by half`
        if long or claim.first.year != claim.last.year or not began[1] or int(began[1]) >= claim.first.year:
            return None
        return _years_before(later, claim.first.year - int(began[1])), later
    if _BEFORE_THIS.match(claim.quote, figure.end):
        return _period_before(later)
    if claim.first.year != claim.last.year and long:
        if (claim.first.month, claim.first.day, claim.last.month, claim.last.day) != (1, 1, 12, 31):
            return None
        return tuple(Window(date(y, 1, 1), date(y, 12, 31)) for y in (claim.first.year, claim.last.year))  # type: ignore[return-value]
    before = earlier(later)
    return None if before is None else (before, later)


def _years_before(window: Window, years: int) -> Window:
    for _ in range(years):
        window = earlier(window) or window
    return window


def _period_before(window: Window) -> tuple[Window, Window] | None:
    """The period of the same length that ends where this one begins, in whole months."""
    if window.first is None or window.months is None:
        return None
    last = window.first - timedelta(days=1)
    month = last.year * 12 + last.month - int(window.months)
    return Window(date(month // 12, month % 12 + 1, 1), last), window


def _fell(claim: TestedClaim, figure: Figure) -> bool:
    """Whether a figure is one of a fall: by the word of change that stands nearest to it, else by the verb."""
    before = claim.quote[max(0, figure.start - 60) : figure.start]
    downs = [m.start() for m in pattern("fell").finditer(before)]
    ups = [m.start() for m in pattern("rose").finditer(before)]
    if downs or ups:
        return max(downs, default=-1) > max(ups, default=-1)
    behind = claim.quote[figure.start : figure.end + 20]
    down, up = pattern("fell").search(behind), pattern("rose").search(behind)
    if down or up:
        return up is None or (down is not None and down.start() < up.start())
    return bool(pattern("fell").search(claim.relation))


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
    doubts = Doubts(other_side=mirrored(scope, direction))
    before = records.flows(reporter, partner, scope, windows[0], direction)  # type: ignore[arg-type]
    after = records.flows(reporter, partner, scope, windows[1], direction)  # type: ignore[arg-type]
    pairs = [
        (b, a)
        for b in before.rows
        for a in after.rows
        if all(a[c] == b[c] for c in ("source_id", "period_precision", "currency", "valuation"))
        and all(
            records.publishes(row, reporter, direction, window)  # type: ignore[arg-type]
            for row, window in zip((b, a), windows, strict=True)
        )
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
            rows=int(str(b["rows_found"])) + int(str(a["rows_found"])), sources=(str(b["source_id"]),), doubt=doubts.words(),
        )  # fmt: skip
        return cautious(_other_basis(out, ratios, basis, wanted), doubts)
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
