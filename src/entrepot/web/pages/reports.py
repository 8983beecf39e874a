"""Reports: the text with its claims, roots with their retellings, checks with their queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from entrepot.model.tables.checks import VERDICTS
from entrepot.model.tables.reports import STANCES
from entrepot.web.desk import desk_of, page, require, synthetic_kinds, synthetic_sources
from entrepot.web.listing import Column, Listing
from entrepot.web.queries import statement
from entrepot.web.reader import Row

router = APIRouter(include_in_schema=False)

REPORTS = Listing(
    "reports", "", statement("reports", "listing"),
    (
        Column("title", "Report", href="/report/{document_id}", filter="has"),
        Column("outlet", "Outlet", filter="has"),
        Column("author", "Author", shown=False),
        Column("published", "Published", "day", filter="span"),
        Column("language", "Language", "code", filter="is"),
        Column("claims", "Claims", "int"),
        Column("roots", "Roots", "int", help="primary sources that its claims go back to"),
        Column("checks", "Checks", "int"),
        Column("name", "File", shown=False),
        Column("characters", "Characters", "int", shown=False),
        Column("synthetic", "", "synthetic"),
    ),
    "-published", ("document_id",), empty="no report is loaded",
)  # fmt: skip

ROOTS = Listing(
    "roots", "Roots: who says so in the first place", statement("reports", "roots"),
    (
        Column("label", "Root", href="/roots/{root_id}", filter="has"), Column("kind", "Kind", "code", filter="has"),
        Column("documents", "Reports", "int"), Column("outlets", "Outlets", "int", help="reprints counted once"), Column("claims", "Claims", "int"),
        Column("obtained_by", "Obtained by", shown=False), Column("author", "Author", shown=False), Column("known_through", "Known through", "code"),
        Column("evidence", "What joins its reports", "long"),
    ), "-documents", ("root_id",), per=15, empty="no claim names a source",
)  # fmt: skip

CLAIMS = Listing(
    "claims", "Claims", statement("reports", "all_claims"),
    (
        Column("quote", "Words", "long", href="/report/{document_id}#{claim_id}", filter="has"), Column("stance", "Stance", "code", filter="is", choices=STANCES),
        Column("document", "Report", href="/report/{document_id}", filter="has"), Column("root", "Root", href="/roots/{root_id}", filter="has"),
        Column("hedged", "Hedged", "flag"), Column("negated", "Negated", "flag"), Column("own_voice", "Outlet’s own voice", "flag"),
        Column("goods", "Goods", filter="has"), Column("places", "Places", filter="has", shown=False), Column("period_text", "Period", shown=False),
        Column("claim_id", "Identifier", "code", shown=False, filter="is"), Column("synthetic", "", "synthetic"),
    ), "document", ("claim_id",), per=15, empty="no claim",
)  # fmt: skip

CHECKS = Listing(
    "checks", "", statement("reports", "all_checks"),
    (
        Column("verdict", "Verdict", "verdict", href="/checks/{check_id}", filter="is", choices=VERDICTS),
        Column("quote", "Claim", "long", href="/checks/{check_id}", filter="has"),
        Column("why", "Why", "long", filter="has"),
        Column("claimed", "Claimed"),
        Column("found_text", "Found"),
        Column("kind", "Tests", "code", filter="is"),
        Column("rows", "Rows", "int"),
        Column("near_miss", "Would agree if", "long", shown=False),
        Column("needed", "Would be needed", "long", shown=False),
        Column("document", "Report", href="/report/{document_id}", filter="has"),
        Column("check_id", "Identifier", "code", shown=False),
        Column("synthetic", "", "synthetic"),
    ),
    "verdict", ("check_id",), empty="no claim could be held against the records",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the report's text: within a claim or not, within boilerplate or not."""

    text: str
    claim: str | None
    first: bool
    aside: bool


@router.get("/reports")
def reports(request: Request) -> Response:
    """All reports, their roots and claims."""
    return page(
        request, "reports.html", title="Reports", listings=[REPORTS, ROOTS, CLAIMS],
        synthetic=synthetic_kinds(desk_of(request).reader, "report"),
    )  # fmt: skip


@router.get("/report/{document}")
def report(request: Request, document: str) -> Response:
    """One report with its claims in place."""
    reader = desk_of(request).reader
    given = {"document": document}
    told = require(reader.first(statement("reports", "document"), given), "report", document)
    claims = reader.rows(statement("reports", "claims"), given)
    paragraphs = reader.rows(statement("reports", "paragraphs"), given)
    return page(
        request, "report.html", title=str(told["title"] or told["name"]), report=told, claims=claims,
        pieces=list(pieces(str(told["text"]), claims, paragraphs)), hops=_by(reader.rows(statement("reports", "hops"), given), "claim_id"),
        checks=_by(reader.rows(statement("reports", "checks"), given), "claim_id"),
        quantities=_by(reader.rows(statement("reports", "quantities"), given), "claim_id"),
        reprints=reader.rows(statement("reports", "reprints"), given), synthetic=synthetic_sources(reader, [document]),
    )  # fmt: skip


def pieces(text: str, claims: Sequence[Row], paragraphs: Sequence[Row]) -> Iterator[Piece]:
    """The text cut at the ends of claims and of paragraphs that are not prose; of nested claims the shortest marks a run."""
    spans = [(int(str(c["start_char"])), int(str(c["end_char"])), str(c["claim_id"])) for c in claims]
    asides = [(int(str(p["start_char"])), int(str(p["end_char"]))) for p in paragraphs if p["kind"] in ("boilerplate", "comment", "not_prose", "header")]  # fmt: skip
    cuts = sorted(
        {0, len(text), *(n for start, end, _ in spans for n in (start, end)), *(n for a in asides for n in a)}
    )
    shown: set[str] = set()
    for start, end in pairwise(cuts):
        if not 0 <= start < end <= len(text):
            continue
        over = [span for span in spans if span[0] <= start and end <= span[1]]
        claim = min(over, key=lambda span: (span[1] - span[0], span[2]))[2] if over else None
        yield Piece(
            text[start:end],
            claim,
            claim is not None and claim not in shown,
            any(a <= start and end <= b for a, b in asides),
        )
        if claim is not None:
            shown.add(claim)


def _by(rows: Sequence[Row], key: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(str(row[key]), []).append(row)
    return grouped


@router.get("/roots/{root}")
def root(request: Request, root: str) -> Response:
    """One primary source with the claims on it and what retelling changed."""
    reader = desk_of(request).reader
    given = {"root": root}
    told = require(reader.first(statement("reports", "root"), given), "root", root)
    claims = reader.rows(statement("reports", "root_claims"), given)
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in reader.rows(statement("reports", "differences"), given):
        pairs.setdefault((str(row["claim_id"]), str(row["other_claim_id"])), []).append(row)
    return page(
        request, "root.html", title="Root", root=told, claims=claims, pairs=list(pairs.values()), marked=marked,
        synthetic=synthetic_sources(reader, [str(claim["document_id"]) for claim in claims]),
    )  # fmt: skip


def marked(quote: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """A quote cut at the words that a retelling changed: text and whether it is one of them."""
    cuts: list[tuple[int, int]] = []
    for word in words:
        at = quote.find(word) if word else -1
        if at >= 0 and all(at + len(word) <= start or end <= at for start, end in cuts):
            cuts.append((at, at + len(word)))
    found, done = [], 0
    for start, end in sorted(cuts):
        found += [(quote[done:start], False), (quote[start:end], True)]
        done = end
    return [*found, (quote[done:], False)]


@router.get("/checks")
def checks(request: Request) -> Response:
    """All checks."""
    reader = desk_of(request).reader
    verdicts = reader.kept(statement("start", "verdicts"))
    return page(
        request, "checks.html", title="Checks", listings=[CHECKS], verdicts=verdicts,
        synthetic=synthetic_kinds(reader, "report", "shipments") if verdicts else [],
    )  # fmt: skip


@router.get("/checks/{check}")
def check(request: Request, check: str) -> Response:
    """One claim held against the records."""
    reader = desk_of(request).reader
    told = require(reader.first(statement("reports", "check"), {"check": check}), "check", check)
    given = {"document": told["document_id"]}
    others = [c for c in reader.rows(statement("reports", "checks"), given) if c["claim_id"] == told["claim_id"] and c["check_id"] != check]  # fmt: skip
    hops = [hop for hop in reader.rows(statement("reports", "hops"), given) if hop["claim_id"] == told["claim_id"]]
    return page(
        request, "check.html", title="Check", check=told, others=others, hops=hops,
        synthetic=synthetic_sources(reader, [str(told["document_id"])]),
    )  # fmt: skip
