"""Claims held against the records: which table could test each, the query, the figure found, the tolerance, the verdict.

checks = check_tables(engine)          the table `checks` from the tables of a case that the engine shows
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from entrepot.engine.relational import Engine
from entrepot.findings.checks.amounts import check_amount, check_share
from entrepot.findings.checks.asking import Records
from entrepot.findings.checks.caution import dated, is_of_before
from entrepot.findings.checks.claims import TestedClaim, tested_claims
from entrepot.findings.checks.events import check_date, check_implied, check_label, check_listing, check_route
from entrepot.findings.checks.growth import check_growth
from entrepot.findings.checks.outcome import Outcome, turned, untestable
from entrepot.findings.checks.scope import scope_of
from entrepot.findings.checks.vocabulary import pattern
from entrepot.model.tables.checks import CHECKS

__all__ = ["check_tables", "outcomes"]


def check_tables(engine: Engine) -> pa.Table:
    """The table `checks`: every claim of the case that names something measurable.

    Reads claims, claim_quantities, attributions, report_mentions, sources, shipments, trade, flows, name_keys,
    list_keys, list_presence and price_groups.
    """
    claims = tested_claims(engine)
    asked = {flag: Records(engine, synthetic=flag) for flag in {bool(c.synthetic) for c in claims}}
    rows: list[dict[str, object]] = []
    for claim in claims:
        records = asked[bool(claim.synthetic)]
        for number, outcome in enumerate(outcomes(claim, records), 1):
            rows.append(
                {
                    "check_id": f"{claim.claim_id}-k{number}", "claim_id": claim.claim_id, "document_id": claim.document_id,
                    "number": outcome.number, "kind": outcome.kind, "reading": outcome.reading, "verdict": outcome.verdict,
                    "why": outcome.why, "source_table": outcome.source_table, "query": outcome.query, "claimed": outcome.claimed,
                    "claimed_low": outcome.claimed_low, "claimed_high": outcome.claimed_high, "unit": outcome.unit,
                    "found": outcome.found, "found_text": outcome.found_text, "tolerance": outcome.tolerance, "rows": outcome.rows,
                    "near_miss": outcome.near_miss, "needed": outcome.needed,
                    "synthetic": next((records.synthetic[s] for s in outcome.sources if s in records.synthetic), claim.synthetic),
                }
            )  # fmt: skip
    return CHECKS.from_rows(rows)


def outcomes(claim: TestedClaim, records: Records) -> Iterator[Outcome]:
    """Every check of one claim; none where it names nothing measurable or its source declined to speak."""
    if claim.stance == "no_comment":
        return
    found = [outcome for outcome in _checks(claim, records) if outcome is not None]
    yield from (turned(dated(outcome, claim), claim) for outcome in found)


def _checks(claim: TestedClaim, records: Records) -> Iterator[Outcome | None]:
    listing = check_listing(claim, records)
    if listing is not None:
        yield listing
        return
    scope = scope_of(claim, records.keys_of)
    label = check_label(claim, scope, records)
    if label is not None:
        yield label
    elif scope.of("through"):
        yield check_route(claim, scope, records)
    for figure in claim.figures:
        if figure.kind == "count" and pattern("described_unit").fullmatch(figure.unit.lower()):
            continue  # how long a memo or how old a person is: no table is asked
        if is_of_before(claim, figure):
            yield untestable(figure.kind, scope.words(), "the figure is of a time before the claim's", "the time that it is of", figure.number, claim.quote[figure.start : figure.end])  # fmt: skip
        elif figure.kind in ("change", "ratio"):
            yield check_growth(claim, figure, scope, records)
        elif figure.kind == "share":
            yield check_share(claim, figure, scope, records)
        else:
            yield check_amount(claim, figure, scope, records)
    mass = next((f for f in claim.figures if f.kind == "mass"), None)
    money = next((f for f in claim.figures if f.kind == "money"), None)
    if mass is not None and money is not None:
        yield check_implied(claim, mass, money, scope, records)
    if not claim.figures and pattern("trade").search(claim.quote):
        for kind, role in (("first_date", "first"), ("last_date", "last")):
            if pattern(role).search(claim.quote):
                yield check_date(claim, kind, scope, records)
                break
