"""The five press reports: offsets, figures with their scope, and which of them share a root. Skips without the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from entrepot.reports import Roots, find_roots, read_report


@pytest.fixture(scope="module")
def found(shared_data: Path) -> Roots:
    return find_roots([read_report(file) for file in sorted((shared_data / "reports").glob("*.txt"))])


@pytest.mark.shared
def test_quotes_are_the_text(found: Roots) -> None:
    for report in found.reports:
        for claim in report.claims:
            assert claim.quote == report.document.text[claim.start : claim.end]


@pytest.mark.shared
def test_three_reports_meet_in_one_root_and_two_stay_out(found: Roots) -> None:
    names = {r.document.document_id: r.document.name[:3] for r in found.reports}
    joined = [{names[d] for d in root.document_ids} for root in found.roots if len(root.document_ids) > 1]
    assert joined == [{"001", "002", "004"}]


@pytest.mark.shared
def test_three_equal_shares_are_three_claims(found: Roots) -> None:
    shares = [(c.claim_id, q.of) for r in found.reports for c in r.claims for q in c.quantities if q.kind == "share"]
    assert len({claim for claim, _ in shares}) == 3
    assert len({of for _, of in shares}) == 3


@pytest.mark.shared
def test_a_weight_and_a_price_are_bound_to_the_same_goods(found: Roots) -> None:
    claims = [c for r in found.reports for c in r.claims if {"mass", "money"} <= {q.kind for q in c.quantities}]
    assert len(claims) == 1
    assert len({q.of for q in claims[0].quantities}) == 1
