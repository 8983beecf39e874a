"""Gives what was read as JSON objects and as the tables of `model.tables.reports`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from entrepot.model.tables import reports as declared
from entrepot.readers.documents import document_tables
from entrepot.reports.claim import Claim
from entrepot.reports.naming import key_of
from entrepot.reports.origins import Roots, find_differences, find_roots
from entrepot.reports.reading import Report
from entrepot.reports.second_reader import Disagreement

_SEPARATOR = ";"


def claims_json(reports: Sequence[Report]) -> list[dict[str, object]]:
    """One JSON object per claim, in reading order, with roots found across all the reports given."""
    return [claim.as_json() for report in find_roots(reports).reports for claim in report.claims]


def report_tables(found: Roots, second: Iterable[Disagreement] = ()) -> Mapping[str, pa.Table]:
    """All tables of the room, valid by their declarations.

    Args:
        found: as `find_roots` gives it.
        second: what a second reader said, as `second_reading` gives it.
    """
    claims = [claim for report in found.reports for claim in report.claims]
    tables = dict(document_tables([report.document for report in found.reports]))
    tables["claims"] = declared.CLAIMS.from_rows(_claim_row(claim) for claim in claims)
    tables["claim_quantities"] = declared.CLAIM_QUANTITIES.from_rows(
        {
            "claim_id": claim.claim_id,
            "number": number,
            "value": q.value,
            "low": q.low,
            "high": q.high,
            "unit": q.unit,
            "kind": q.kind,
            "of": q.of,
            "approx": q.approx,
            "start_char": q.start,
            "end_char": q.end,
        }
        for claim in claims
        for number, q in enumerate(claim.quantities, 1)
    )
    tables["attributions"] = declared.ATTRIBUTIONS.from_rows(
        {
            "claim_id": claim.claim_id,
            "hop": number,
            "name": hop.name,
            "role": hop.role,
            "relation": hop.relation,
            "start_char": hop.start,
            "end_char": hop.end,
            "mention": hop.mention or None,
            "rule": hop.rule,
        }
        for claim in claims
        for number, hop in enumerate(claim.attribution, 1)
    )
    tables["report_mentions"] = declared.REPORT_MENTIONS.from_rows(
        row for report in found.reports for row in _mentions(report)
    )
    tables["roots"] = declared.ROOTS.from_rows(
        {
            "root_id": root.root_id,
            "label": root.label,
            "kind": root.kind,
            "obtained_by": root.obtained_by,
            "author": root.author,
            "written_from": root.first,
            "written_to": root.last,
            "known_through": root.known_through,
            "claims": len(root.claim_ids),
            "documents": len(root.document_ids),
            "outlets": root.outlets,
            "evidence": root.evidence,
        }
        for root in found.roots
    )
    of_document = {claim.claim_id: claim.document_id for claim in claims}
    tables["root_claims"] = declared.ROOT_CLAIMS.from_rows(
        {"root_id": root.root_id, "claim_id": claim, "document_id": of_document[claim]}
        for root in found.roots
        for claim in root.claim_ids
    )
    tables["differences"] = declared.DIFFERENCES_TABLE.from_rows(
        {
            "root_id": d.root_id,
            "claim_id": d.claim_id,
            "other_claim_id": d.other_claim_id,
            "change": d.change,
            "what": d.what,
            "before": d.before,
            "after": d.after,
            "message": d.message,
        }
        for d in find_differences(found)
    )
    tables["reprints"] = declared.REPRINTS.from_rows(
        {"document_id": r.document_id, "other_document_id": r.other_document_id, "shared": r.shared, "kind": r.kind}
        for r in found.reprints
    )
    tables["model_readings"] = declared.MODEL_READINGS.from_rows(d.as_row() for d in second)
    return tables


def _claim_row(claim: Claim) -> dict[str, object]:
    period = claim.period
    return {
        "claim_id": claim.claim_id,
        "document_id": claim.document_id,
        "paragraph": claim.paragraph,
        "quote": claim.quote,
        "start_char": claim.start,
        "end_char": claim.end,
        "stance": claim.stance,
        "hedged": claim.hedged,
        "negated": claim.negated,
        "own_voice": claim.own_voice,
        "subject": claim.subject,
        "relation": claim.relation,
        "object": claim.object,
        "goods": _SEPARATOR.join(claim.goods) or None,
        "places": _SEPARATOR.join(claim.places) or None,
        "period_from": None if period is None else period.first,
        "period_to": None if period is None else period.last,
        "period_text": None if period is None else period.text,
        "period_precision": None if period is None else period.precision,
        "root_id": claim.root,
        "secondhand": claim.secondhand,
    }


def _mentions(report: Report) -> Iterable[dict[str, object]]:
    seen: set[tuple[int, int, str]] = set()
    full = {acronym.lower(): name for acronym, name in report.acronyms.items()}
    for _, mention in report.mentions:
        if (mention.start, mention.end, mention.kind) in seen:
            continue
        seen.add((mention.start, mention.end, mention.kind))
        claim = next((c.claim_id for c in report.claims if c.start <= mention.start and mention.end <= c.end), None)
        name = (
            full.get(key_of(mention.name, report.acronyms), mention.name)
            if mention.kind == "organisation"
            else mention.name
        )
        yield {
            "document_id": report.document.document_id,
            "claim_id": claim,
            "kind": mention.kind,
            "name": name,
            "mention": report.document.text[mention.start : mention.end],
            "start_char": mention.start,
            "end_char": mention.end,
        }
