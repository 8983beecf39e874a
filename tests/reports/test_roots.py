"""Roots across reports: who is credited joins them, likeness of words does not; what a retelling changed."""

from __future__ import annotations

from entrepot.readers.documents import read_bytes_as_document
from entrepot.reports import find_differences, find_reprints, find_roots, read_report
from entrepot.reports.reading import Report

HERALD = """Navy fears for its northern port

An internal memo of the Orvanian Coast Guard (OCG), obtained by the Daily Herald, says that Belmara has bought about 40 pumps, including spare parts.
The memo, which appears to have been drafted in late 2021 or early 2022, says that Belmara may close the port.
"""
BLOG = """The port of Orvania

The Daily Herald wrote about a memo from the OCG. The 9-page memo of the Orvanian Coast Guard, obtained by the Daily Herald, says that Belmara has bought 40 tons of pumps.
The memo was drafted in late 2021. It says that Belmara will close the port, according to the Daily Herald.
"""
OTHER = """Fish prices rise in Orvania

According to a report by the Orvanian Coast Guard, 14 fishing boats were stopped in May 2019.
The Daily Herald said that fish prices rose by 12%.
"""


def report(text: str, name: str) -> Report:
    return read_report(read_bytes_as_document(text.encode(), name))


def test_reports_on_one_document_meet_and_others_do_not() -> None:
    found = find_roots([report(HERALD, "a.txt"), report(BLOG, "b.txt"), report(OTHER, "c.txt")])
    top = found.roots[0]
    ids = {r.document.name: r.document.document_id for r in found.reports}
    assert set(top.document_ids) == {ids["a.txt"], ids["b.txt"]}
    assert "coast guard" in (top.author or "") or "ocg" in (top.author or "")
    assert top.obtained_by is not None
    assert "daily herald" in top.obtained_by
    assert "author" in top.evidence


def test_order_does_not_matter() -> None:
    reports = [report(HERALD, "a.txt"), report(BLOG, "b.txt"), report(OTHER, "c.txt")]
    one, other = find_roots(reports), find_roots(list(reversed(reports)))
    assert {frozenset(r.claim_ids) for r in one.roots} == {frozenset(r.claim_ids) for r in other.roots}


def test_each_claim_has_at_most_one_root() -> None:
    found = find_roots([report(HERALD, "a.txt"), report(BLOG, "b.txt")])
    claims = [claim for root in found.roots for claim in root.claim_ids]
    assert len(claims) == len(set(claims))
    for read in found.reports:
        for claim in read.claims:
            assert (claim.root is None) == claim.own_voice or claim.stance == "no_comment" or claim.root is None


def test_differences_of_a_retelling() -> None:
    found = find_differences(find_roots([report(HERALD, "a.txt"), report(BLOG, "b.txt")]))
    what = {(d.change, d.what) for d in found}
    assert ("changed", "unit") in what
    assert ("dropped", "scope") in what


def test_reprints_are_shown_and_are_no_root() -> None:
    body = (
        "The ministry said that the ships had left the port on Monday and that none of the crews had been paid since the spring, which the owners denied. "
        * 1
    )
    body += "The owners said that the crews had been paid in full and that the ministry knew it."
    first, second = (
        report(f"Ships leave\n\n{body}\n", "a.txt"),
        report(f"Ships leave port\n\n{body}\nRelated Posts\n", "b.txt"),
    )
    reprints = find_reprints([first.document, second.document])
    assert [(r.kind, r.shared) for r in reprints] == [("exact", 1.0)]
    assert all(len(root.document_ids) == 1 for root in find_roots([first, second]).roots if root.kind == "unnamed")


def test_no_reports_no_roots() -> None:
    assert find_roots([]).roots == ()


def test_two_sources_of_one_author_have_identifiers_of_their_own() -> None:
    texts = (
        "An internal memo of the Orvanian Coast Guard, obtained by the Daily Herald and written in May 2019, says that 40 pumps were sold.\n",
        "An internal memo of the Orvanian Coast Guard, obtained by the Daily Herald and written in March 2023, says that 12 boats were lost.\n",
    )
    found = find_roots([report(f"Report {n}\n\n{text}", f"{n}.txt") for n, text in enumerate(texts)])
    ids = [root.root_id for root in found.roots]
    assert len(ids) == len(set(ids)) == 2
