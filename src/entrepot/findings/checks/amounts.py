"""Tests counts, masses, volumes, money and shares against shipments, and money and masses against published statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from entrepot.findings.checks.asking import Answer, Records, Window, earlier, sources_of
from entrepot.findings.checks.caution import Doubts, cautious, is_no_price, rate_of, times_in, words_of_trade
from entrepot.findings.checks.claims import Figure, TestedClaim
from entrepot.findings.checks.outcome import Outcome, compared, empty, figure_text, untestable
from entrepot.findings.checks.scope import Place, Scope, left_over
from entrepot.findings.checks.tolerance import Accepted, accepted
from entrepot.findings.checks.vocabulary import pattern, singular

_KILOGRAMS = {"kg": 1.0, "t": 1000.0, "g": 0.001, "lb": 0.45359237}
"""Units of mass in kilograms; the pound is the international one of 1959."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of the totals, the unit it is in, the check's kind, and what one claimed unit is in it."""

    column: str
    unit: str
    kind: str
    factor: float = 1.0


def measure_of(figure: Figure, scope: Scope) -> Measure | None:
    """What a figure measures; None where no table holds such a measure."""
    if figure.kind == "mass":
        factor = _KILOGRAMS.get(figure.unit)
        return Measure("kg", "kg", "mass", factor) if factor else None
    if figure.kind == "money":
        return Measure("usd", "USD", "money") if figure.unit == "USD" else Measure("value", figure.unit, "money")
    if figure.kind != "count":
        return None
    unit = figure.unit.lower()
    if pattern("barrel_unit").fullmatch(unit):
        return Measure("barrels", "barrels", "volume")
    if pattern("shipper_unit").fullmatch(unit):
        return Measure("shippers", "companies", "count")
    if pattern("consignee_unit").fullmatch(unit):
        return Measure("shippers" if scope.direction == "export" else "consignees", "companies", "count")
    if pattern("shipment_unit").fullmatch(unit):
        return Measure("rows_found", "shipments", "count")
    if pattern("piece_unit").fullmatch(unit) or any(singular(unit) in singular(g.text.lower()) for g in scope.goods):
        return Measure("pieces", "pieces", "count")
    return None


def own_goods(figure: Figure, scope: Scope) -> Scope:
    """The scope with the goods that the figure itself counts or weighs, where it names any: of `1,000 rifles and body armor, more
    than 12 tons of it` the thousand are rifles."""
    named = f"{figure.unit} {figure.of}"
    own = tuple(g for g in scope.goods if g.text in named)
    if not own and figure.kind == "count":
        own = tuple(g for g in scope.goods if singular(figure.unit.lower()) in singular(g.text.lower()))
    return replace(scope, goods=own) if own else scope


def check_amount(claim: TestedClaim, figure: Figure, scope: Scope, records: Records) -> Outcome | None:
    """One count, mass, volume or sum of money; None where the words do not speak of trade at all."""
    scope = own_goods(figure, scope)
    measure = measure_of(figure, scope)
    claimed = claim.quote[figure.start : figure.end]
    kind = measure.kind if measure else figure.kind
    window = Window(claim.first, claim.last)
    reading = f"{claimed}: {figure.of or figure.unit}; {scope.words() or 'no party, country or goods named'}; {window.words()}"
    if is_no_price(claim, figure):
        return untestable(kind, reading, "the sum is no total price of goods", "records of such sums", figure.number, claimed)  # fmt: skip
    if measure is None or not words_of_trade(claim):
        return untestable(kind, reading, f"no table of the case counts {figure.of or figure.unit}", f"records of {figure.of or figure.unit}", figure.number, claimed)  # fmt: skip
    wanted = accepted(figure.value, figure.low, figure.high, approx=figure.approx, whole=measure.kind == "count")
    if wanted is None:
        return untestable(kind, reading, "the words give no number", "a figure", figure.number, claimed)
    wanted = _scaled(wanted, measure.factor)
    if rate := rate_of(claim, figure):
        reading = f"{reading}; per {rate}"
        times = times_in(rate, window)
        if times is None:
            return untestable(kind, reading, f"the figure is one per {rate}, and the claim does not say of how many", "the period that the rate holds for", figure.number, claimed)  # fmt: skip
        wanted = _scaled(wanted, times)
    if bad := unknown_scope(kind, reading, claim, scope, figure.number, claimed):
        return bad
    if not scope.parties and measure.column in ("usd", "value", "kg", "pieces"):
        flow = _from_flows(claim, figure, measure, scope, records, wanted, reading, claimed)
        if flow is not None:
            return flow
    if measure.column == "value":
        return untestable(kind, reading, f"no table of the case holds values in {measure.unit} for this scope", f"records or statistics in {measure.unit}, or exchange rates", figure.number, claimed)  # fmt: skip
    answer = records.totals(scope, window)
    left = left_over(figure.of, scope)
    if not answer.count:
        if left and scope.goods:
            return untestable(
                kind, reading, _unknown(left), f"records that tell {figure.of} from other goods", figure.number, claimed
            )
        none = nothing(kind, reading, scope, window, records, answer, figure.number, claimed)
        return (
            replace(none, near_miss=_near(measure, wanted, scope, window, records, 0.0))
            if none.verdict == "no records"
            else none
        )
    found = answer.number(measure.column)
    if found is None:
        return untestable(kind, reading, f"the {answer.count:,} rows in scope state no {_stated(measure)}", f"rows that state {_stated(measure)}", figure.number, claimed)  # fmt: skip
    doubts = _doubts(figure.of, scope, window, records)
    out = compared(
        kind, reading, answer, found, wanted, unit=measure.unit, claimed=claimed, number=figure.number,
        found_text=f"{figure_text(found, measure.unit)} in {answer.count:,} rows", rows=answer.count,
        sources=sources_of(answer.rows[:1]), doubt=doubts.words(),
    )  # fmt: skip
    if out.verdict == "contradicted":
        out = replace(out, near_miss=_near(measure, wanted, scope, window, records, found))
    return cautious(out, doubts)


def check_share(claim: TestedClaim, figure: Figure, scope: Scope, records: Records) -> Outcome | None:
    """A share: what the whole is, stands in the figure's `of`; the part is the rest of the claim's scope."""
    claimed = claim.quote[figure.start : figure.end]
    window = Window(claim.first, claim.last)
    reading = f"{claimed} of {figure.of or 'something not named'}; part: {scope.words()}; {window.words()}"
    wanted = accepted(figure.value, figure.low, figure.high, approx=figure.approx)
    if wanted is None or not figure.of or not words_of_trade(claim):
        return untestable("share", reading, f"no table of the case knows shares of {figure.of or 'something not named'}", "records of the whole and of the part", figure.number, claimed)  # fmt: skip
    at = claim.quote.find(figure.of)
    inside = (at, at + len(figure.of))
    left = left_over(figure.of, scope)
    if left:
        return untestable("share", reading, f"no table of the case knows `{' '.join(left)}`, which the share is a share of", f"records that tell {figure.of} from other goods", figure.number, claimed)  # fmt: skip
    if bad := unknown_scope("share", reading, claim, scope, figure.number, claimed):
        return bad
    whole = Scope(
        tuple(p for p in scope.places if inside[0] <= p.start < inside[1]),
        tuple(p for p in scope.parties if inside[0] <= p.start < inside[1]),
        tuple(g for g in scope.goods if g.text in figure.of),
        scope.direction,
    )
    if (whole.places, whole.parties, whole.goods) == (scope.places, scope.parties, scope.goods):
        return untestable("share", reading, "the claim does not say which part of the whole is meant", "the part, as a party, country or kind of goods", figure.number, claimed)  # fmt: skip
    base, part = records.totals(whole, window), records.totals(scope, window)
    if not base.count:
        return nothing("share", reading, whole, window, records, base, figure.number, claimed)
    source = base.rows[0]["source_id"]
    same = next((row for row in part.rows if row["source_id"] == source), None)
    shares: dict[str, float] = {}
    for column, words in (
        ("barrels", "by volume"),
        ("kg", "by weight"),
        ("usd", "by value"),
        ("rows_found", "by number of shipments"),
    ):
        total = base.number(column)
        if total:
            value = same[column] if same else 0.0
            shares[words] = 100 * float(value if isinstance(value, int | float) else 0.0) / total
    counted = bool(pattern("shipment_unit").search(figure.of))
    basis = "by number of shipments" if counted or len(shares) == 1 else next(iter(shares))
    out = compared(
        "share", reading, replace(part, query=f"{part.query};\n\n-- the whole\n{base.query}"), shares[basis], wanted,
        unit="percent", claimed=claimed, number=figure.number, found_text=f"{shares[basis]:.1f}% {basis}",
        rows=base.count, sources=(str(source),), doubt=_doubts("", scope, window, records).words(),
    )  # fmt: skip
    if out.verdict == "contradicted":
        hits = [
            f"{words} it is {share:.1f}%" for words, share in shares.items() if words != basis and wanted.holds(share)
        ]
        out = replace(out, near_miss="; ".join(hits) or None)
    return out


def unknown_scope(
    kind: str, reading: str, claim: TestedClaim, scope: Scope, number: int | None, claimed: str | None
) -> Outcome | None:
    """Why the scope cannot be tested: it points at something not named, or names nothing that a table could be asked for."""
    subject = claim.subject.strip().lower()
    if pattern("pronoun").fullmatch(subject) and not scope.parties:
        return untestable(
            kind, reading, f"the claim does not say who `{claim.subject}` is", "the name of the party", number, claimed
        )
    if not scope.parties and not scope.goods and not scope.places:
        return untestable(kind, reading, "the claim names no party, country or goods: its scope is lost", "the scope of the figure", number, claimed)  # fmt: skip
    return None


def nothing(
    kind: str,
    reading: str,
    scope: Scope,
    window: Window,
    records: Records,
    answer: Answer,
    number: int | None,
    claimed: str | None,
) -> Outcome:
    """No rows: `no records` where the tables cover the scope, else `not testable`."""
    missing = [p for p in scope.parties if not p.keys]
    unknown = [g.text for g in scope.goods if not g.prefixes]
    if unknown and not missing:
        return untestable(kind, reading, f"no heading is known for `{unknown[0]}`, and no row has the word", f"the heading of {unknown[0]}", number, claimed)  # fmt: skip
    if not scope.parties and (not scope.of("to") or (scope.direction == "export" and len(scope.places) == 1)):
        return untestable(kind, reading, "the claim does not say from where to where the goods went, and no table covers every country", "both ends of the trade, or the party", number, claimed)  # fmt: skip
    spans = [(first, last) for _, first, last in records.covers(scope)]
    overlapping = [
        s
        for s in spans
        if (window.last is None or s[0] <= window.last) and (window.first is None or window.first <= s[1])
    ]
    if overlapping:
        why = (
            f"no party of the records bears the name {missing[0].text}"
            if missing
            else "the tables cover this scope and hold no such row"
        )
        return empty(kind, reading, answer, why, number, claimed)
    if spans:
        why = f"the shipments of the case run from {min(s[0] for s in spans)} to {max(s[1] for s in spans)}"
    else:
        why = "no table of the case covers this trade"
    return untestable(
        kind, reading, why, f"shipments or statistics: {scope.words()}; {window.words()}", number, claimed
    )


def _doubts(of: str, scope: Scope, window: Window, records: Records) -> Doubts:
    left = left_over(of, scope)
    return Doubts(
        narrower=_unknown(left) if left else "",
        partial="" if covered(scope, window, records) else "only a part of the period is covered",
    )


def covered(scope: Scope, window: Window, records: Records) -> bool:
    """Whether some source of shipments runs over the whole of a window; so where it is open, or where none is known."""
    if window.first is None or window.last is None:
        return True
    spans = records.covers(scope)
    return not spans or any(
        _month_begin(first) <= window.first and window.last <= _month_end(last) for _, first, last in spans
    )


def _month_begin(day: date) -> date:
    return day.replace(day=1)


def _unknown(left: tuple[str, ...]) -> str:
    return f"the records do not know `{' '.join(left)}`"


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _scaled(wanted: Accepted, factor: float) -> Accepted:
    return Accepted(
        None if wanted.low is None else wanted.low * factor,
        None if wanted.high is None else wanted.high * factor,
        wanted.why,
    )


def _stated(measure: Measure) -> str:
    return {"kg": "weight", "usd": "value in dollars", "barrels": "volume in barrels", "pieces": "number of pieces"}.get(measure.column, measure.unit)  # fmt: skip


def _near(
    measure: Measure, wanted: Accepted, scope: Scope, window: Window, records: Records, found: float
) -> str | None:
    """The first other reading that the records would support."""
    if by_factor := _by_a_thousand(wanted, found, measure):
        return by_factor
    for words, other, at in _readings(scope, window):
        answer = records.totals(other, at)
        value = answer.number(measure.column)
        if value is not None and answer.count and wanted.holds(value):
            return f"it would agree {words}: {figure_text(value, measure.unit)}"
    return None


def _by_a_thousand(wanted: Accepted, found: float, measure: Measure) -> str | None:
    for factor, words in ((1000.0, "a thousand times larger"), (0.001, "a thousand times smaller")):
        if wanted.low and wanted.high and _scaled(wanted, factor).holds(found):
            return f"it would agree if the unit were {words}: {figure_text(found, measure.unit)}"
    return None


def _readings(scope: Scope, window: Window) -> Iterator[tuple[str, Scope, Window]]:
    """Other readings of a scope and a period, the nearest first."""
    if any(p.code == "CN" for p in scope.places):
        yield "including Hong Kong", replace(scope, places=tuple(replace(p, code="CN;HK") if p.code == "CN" else p for p in scope.places)), window  # fmt: skip
    if window.first and window.last:
        length = window.last - window.first
        if length.days < 32:
            before = window.first - timedelta(days=1)
            yield f"for the month before ({before:%Y-%m})", scope, Window(before.replace(day=1), before)
            after = window.last + timedelta(days=1)
            yield f"for the month after ({after:%Y-%m})", scope, Window(after, _month_end(after))
        past = earlier(window)
        if past is not None:
            yield f"for the year before ({past.words()})", scope, past
        if window.last.year < date.max.year and (window.first.month, window.first.day) != (2, 29):
            next_first = window.first.replace(year=window.first.year + 1)
            next_last = _month_end(window.last.replace(year=window.last.year + 1, day=28)) if window.last == _month_end(window.last) else window.last.replace(year=window.last.year + 1, day=min(window.last.day, 28))  # fmt: skip
            yield f"for the year after ({next_first} to {next_last})", scope, Window(next_first, next_last)
        if length.days < 360:
            yield (
                f"for the whole of {window.first.year}",
                scope,
                Window(date(window.first.year, 1, 1), date(window.first.year, 12, 31)),
            )
        yield "at any time", scope, Window(None, None)
    if scope.goods:
        yield "for all goods", replace(scope, goods=()), window
    if scope.parties and (scope.goods or scope.places):
        yield "for all parties", replace(scope, parties=()), window
    for place in scope.places:
        if len(scope.places) + len(scope.parties) + len(scope.goods) > 1:
            yield (
                f"without the limit to {place.text}",
                replace(scope, places=tuple(p for p in scope.places if p != place)),
                window,
            )


def flow_ends(scope: Scope) -> list[tuple[Place, Place | None, str]]:
    """Reporter, partner and direction under which statistics could hold a scope, the likeliest first."""
    start, end = (scope.of("from") or (None,))[0], (scope.of("to") or (None,))[0]
    found: list[tuple[Place, Place | None, str]] = []
    if start is not None:
        found.append((start, end, "export"))
    if end is not None:
        found.append((end, start, "import"))
    either = scope.of("with")
    if len(either) == 1 and (start is None) != (end is None):  # the country that is not placed is the other end
        found = [(r, p or either[0], d) for r, p, d in found]
        found += [(either[0], start, "import")] if start is not None else [(either[0], end, "export")]
    return found if scope.direction != "import" else found[::-1]


def _from_flows(
    claim: TestedClaim,
    figure: Figure,
    measure: Measure,
    scope: Scope,
    records: Records,
    wanted: Accepted,
    reading: str,
    claimed: str,
) -> Outcome | None:
    window = Window(claim.first, claim.last)
    if window.first is None or window.last is None:
        return None
    for reporter, partner, direction in flow_ends(scope):
        answer = records.flows(reporter, partner, scope, window, direction)
        for row in answer.rows:
            found = _in_unit(row, measure)
            if found is None:
                continue
            basis = f"{direction}s of {reporter.code}" + (f", {row['valuation']}" if row["valuation"] else "") + f", by {row['period_precision']}"  # fmt: skip
            doubts = Doubts(
                partial=""
                if records.publishes(row, reporter, direction, window)
                else "the statistics cover only a part of the period",
                other_side=mirrored(scope, direction),
            )
            rows = int(str(row["rows_found"]))
            out = compared(
                measure.kind, reading, answer, found, wanted, unit=measure.unit, claimed=claimed, number=figure.number,
                found_text=f"{figure_text(found, measure.unit)} ({basis})", rows=rows, sources=(str(row["source_id"]),),
                doubt=doubts.words(),
            )  # fmt: skip
            if out.verdict == "contradicted":
                out = replace(out, near_miss=_near_in_flows(measure, wanted, scope, window, records, found))
            return cautious(out, doubts)
    return None


def mirrored(scope: Scope, direction: str) -> str:
    """Why statistics of one direction are not those that the claim speaks of; empty where they are."""
    if scope.direction is None or scope.direction == direction:
        return ""
    return f"these are the {direction}s of the other side, which differ in time, route and valuation from the {scope.direction}s claimed"


def _in_unit(row: Mapping[str, object], measure: Measure) -> float | None:
    """The sum of a row of statistics in the claim's own unit; None where it is stated in another currency."""
    column = "usd" if measure.unit == "USD" and row["usd"] is not None else measure.column if measure.column in ("kg", "pieces") else "value"  # fmt: skip
    found = row[column]
    if not isinstance(found, int | float) or (column == "value" and row["currency"] != measure.unit):
        return None
    return float(found)


def _near_in_flows(
    measure: Measure, wanted: Accepted, scope: Scope, window: Window, records: Records, found: float
) -> str | None:
    """The first other reading that the statistics would support."""
    if by_factor := _by_a_thousand(wanted, found, measure):
        return by_factor
    for words, other, at in _readings(scope, window):
        if any(";" in place.code for place in other.places):
            continue
        for reporter, partner, direction in flow_ends(other):
            for row in records.flows(reporter, partner, other, at, direction).rows:
                value = _in_unit(row, measure)
                if value is not None and wanted.holds(value):
                    return f"it would agree {words}: {figure_text(value, measure.unit)}"
    return None
