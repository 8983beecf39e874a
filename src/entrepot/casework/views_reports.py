"""What the commands and the workbench show of a case's reports: claims with outlets and roots counted, roots, checks."""

from __future__ import annotations

from typing import TypedDict

from entrepot.casework.case import Case
from entrepot.errors import UsageError
from entrepot.model.tables.checks import VERDICTS

Row = dict[str, object]


class ClaimsAbout(TypedDict):
    """Claims with their counts: reports, outlets (reprints once), independent roots, claims that name no source."""

    claims: list[Row]
    documents: int
    outlets: int
    roots: int
    without_root: int
    second_reader: list[Row]


class RootsFound(TypedDict):
    """Roots, each with the reports on it and what retelling changed; and pairs of reprints."""

    roots: list[RootFound]
    reprints: list[Row]


class RootFound(TypedDict):
    """A row of `roots` with the reports on it, its claims, and what retelling changed."""

    root: Row
    documents_named: list[str]
    claim_ids: list[str]
    differences: list[Row]


def claims_about(case: Case, about: str | None = None) -> ClaimsAbout:
    """Claims whose words hold all words of `about`, in any order and case; all claims without it."""
    rows: list[Row] = case.query(
        "SELECT c.*, d.name AS document, d.outlet AS outlet, r.label AS root FROM claims AS c JOIN documents AS d USING (document_id) "
        "LEFT JOIN roots AS r USING (root_id) ORDER BY d.name, c.start_char, c.claim_id"
    ).to_pylist()
    words = (about or "").lower().split()
    kept = [row for row in rows if all(w in f"{row['quote']} {row['goods']} {row['places']}".lower() for w in words)]
    copies = {str(r["other_document_id"]) for r in case.table("reprints").to_pylist()}
    own = {str(row["document_id"]) for row in kept} - copies
    outlets = {str(row["outlet"] or row["document_id"]) for row in kept if str(row["document_id"]) in own or not own}
    return {
        "claims": kept,
        "documents": len({row["document_id"] for row in kept}),
        "outlets": len(outlets),
        "roots": len({row["root_id"] for row in kept if row["root_id"]}),
        "without_root": sum(row["root_id"] is None for row in kept),
        "second_reader": second_reader(case),
    }


def second_reader(case: Case) -> list[Row]:
    """What the configured model read otherwise than the rules, or what of its answers was not taken."""
    rows: list[Row] = case.query(
        "SELECT d.name AS document, m.* EXCLUDE (document_id) FROM model_readings AS m JOIN documents AS d USING (document_id) "
        "WHERE m.outcome <> 'agrees' ORDER BY d.name, m.paragraph, m.outcome, m.claim_id, m.field, m.quote"
    ).to_pylist()
    return rows


def roots_of(case: Case) -> RootsFound:
    """Roots, most reports first, with their reports and differences."""
    listed: list[Row] = case.query("SELECT * FROM roots ORDER BY documents DESC, claims DESC, root_id").to_pylist()
    named: list[Row] = case.query(
        "SELECT r.root_id, d.name, count(*) AS n FROM root_claims AS r JOIN documents AS d USING (document_id) "
        "GROUP BY ALL ORDER BY r.root_id, d.name"
    ).to_pylist()
    differences: list[Row] = case.query(
        "SELECT * FROM differences ORDER BY root_id, claim_id, other_claim_id, what"
    ).to_pylist()
    claims: list[Row] = case.query("SELECT root_id, claim_id FROM root_claims ORDER BY root_id, claim_id").to_pylist()
    roots = [
        RootFound(
            root=root,
            documents_named=[f"{n['name']}: {n['n']} claims" for n in named if n["root_id"] == root["root_id"]],
            claim_ids=[str(c["claim_id"]) for c in claims if c["root_id"] == root["root_id"]],
            differences=[d for d in differences if d["root_id"] == root["root_id"]],
        )
        for root in listed
    ]
    reprints: list[Row] = case.query(
        "SELECT a.name AS document, b.name AS other, r.shared, r.kind FROM reprints AS r JOIN documents AS a USING (document_id) "
        "JOIN documents AS b ON b.document_id = r.other_document_id ORDER BY r.shared DESC, a.name, b.name"
    ).to_pylist()
    return {"roots": roots, "reprints": reprints}


def checks_of(case: Case, verdict: str | None = None) -> list[Row]:
    """Checks with the claim's words and report, in the order of the reports.

    Raises:
        UsageError: there is no such verdict.
    """
    if verdict is not None and verdict not in VERDICTS:
        raise UsageError("no such verdict", value=verdict, remedy=f"one of {', '.join(VERDICTS)}")
    rows: list[Row] = case.query(
        "SELECT k.*, c.quote, c.stance, c.negated, d.name AS document FROM checks AS k JOIN claims AS c USING (claim_id) "
        "JOIN documents AS d ON d.document_id = k.document_id ORDER BY d.name, c.start_char, k.check_id"
    ).to_pylist()
    return [row for row in rows if verdict is None or row["verdict"] == verdict]
