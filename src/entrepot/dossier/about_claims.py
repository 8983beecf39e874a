"""Sections about findings and published claims: what is stated, on what, against what, and what speaks against."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from entrepot.casework import views
from entrepot.dossier.about_trade import chains_of
from entrepot.dossier.document import Block, Grid, Heading, Row, Section, Sentence
from entrepot.dossier.plain import clean, counted
from entrepot.dossier.scope import Scope, cell, row_of
from entrepot.dossier.subject import PINNED

FINDINGS_SHOWN = 30
"""Findings that are written out: pinned ones first, then the strongest."""

CLAIMS_SHOWN = 25

_ABOUT = {
    "party": "SELECT f.finding_id FROM findings AS f WHERE f.subject_kind = 'party' AND (f.subject_key IN (SELECT name_key FROM party_members WHERE party_id = $key) "
    "OR f.subject_key IN (SELECT party_key FROM party_members WHERE party_id = $key) "
    "OR f.subject IN (SELECT k.name FROM name_keys AS k INNER JOIN party_members AS m ON m.name_key = k.name_key WHERE m.party_id = $key))",
    "finding": "SELECT finding_id FROM findings WHERE finding_id = $key",
    "pinned": "SELECT finding_id FROM findings WHERE list_contains(string_split($key, ','), finding_id)",
    "goods": "SELECT finding_id FROM findings WHERE starts_with(hs6, $key)",
    "chain": "SELECT e.finding_id FROM evidence AS e INNER JOIN moves AS m ON m.source_id = e.source_id AND m.row_number = e.row_number",
    "claim": "SELECT NULL AS finding_id WHERE false AND $key IS NULL",
}  # fmt: skip


def findings(scope: Scope) -> tuple[Section, Section, Section]:
    """What is stated and on what evidence; against which comparison; what speaks against."""
    found = scope.rows(f"SELECT finding_id FROM findings WHERE finding_id IN ({_ABOUT[scope.subject.kind]}) ORDER BY list_contains($pinned, finding_id) DESC, strength DESC, indicator, finding_id", {"key": scope.subject.key, "pinned": list(scope.pinned)})  # fmt: skip
    told = [views.explained(scope.connection, str(r["finding_id"])) for r in found[:FINDINGS_SHOWN]]
    stated: list[Block] = [Sentence("An indicator is not a verdict: it says what the records show and how often that is so.")]  # fmt: skip
    compared: list[Block] = []
    against: list[Block] = []
    if told and str(told[0]["finding_id"]) in scope.pinned and scope.subject.kind != PINNED:
        stated.append(Sentence("Findings marked as pinned were chosen by whoever prepared this document; all others follow by strength."))  # fmt: skip
    if not told:
        stated.append(Sentence("No indicator fired on this subject. That is not the same as nothing happened: see what the data cannot show."))  # fmt: skip
    for each in told:
        proof = [row_of(dict(p)) for p in each["evidence"]]
        cites, more = scope.cite(proof)
        stated.append(Heading(clean(each["title"], 160) + (" (pinned)" if each["finding_id"] in scope.pinned else "")))
        stated.append(Sentence(each["statement"], cites, max(more, int(each["rows"]) - len(cites)), "strong"))
        stated.append(Sentence(f"{clean(each['meaning'], 600)} Published in: {clean(each['source'], 600)}"))
        parts = ", ".join(f"{clean(k)} = {clean(v, 80)}" for k, v in each["components"].items())
        stated.append(Sentence(f"Strength {each['strength']:.2f} within this indicator, from {parts}. Identifier {each['finding_id']}."))  # fmt: skip
        if why := [(r, p["why"]) for r, p in zip(proof, each["evidence"], strict=True) if r in cites]:
            stated.append(Grid(("what the row contributes",), tuple((clean(w, 240),) for _, w in why), tuple((r,) for r, _ in why)))  # fmt: skip
        scope.queries.setdefault(f"indicator-{each['indicator']}", each["query"])
    for indicator, group in groupby(sorted(told, key=lambda e: e["indicator"]), key=lambda e: e["indicator"]):
        each = next(group)
        parameters = ", ".join(f"{clean(k)} = {clean(v, 120)}" for k, v in each["parameters"].items())
        compared.append(Sentence(f"{clean(each['title'], 160)}: {each['base_rate']}. Parameters: {parameters or 'none'}. Query: indicator-{indicator}."))  # fmt: skip
        against.append(Sentence(f"{clean(each['title'], 160)}: {clean(each['innocent'], 900)}"))
    if len(found) > FINDINGS_SHOWN:
        stated.append(
            Sentence(
                f"{len(found) - FINDINGS_SHOWN} further findings, less strong, are listed by: entrepot findings CASE --subject NAME"
            )
        )
    against += _rivals(scope)
    return (
        Section("findings", "What is stated, on what evidence", tuple(stated)),
        Section("comparison", "Against which comparison", tuple(compared) or (Sentence("Nothing was compared, because no indicator fired."),)),
        Section("against", "What speaks against", tuple(against) or (Sentence("The indicators name no innocent explanation for this subject."),)),
    )  # fmt: skip


def _rivals(scope: Scope) -> list[Block]:
    said: list[Block] = []
    for chain in chains_of(scope)[:12]:
        rival = chain["competing"]
        assert isinstance(rival, dict)
        if int(str(rival["shipments"] or 0)):
            said.append(
                Sentence(
                    f"Chain {chain['id']}: {counted(rival['shipments'], 'other inbound shipment')} from {counted(rival['shippers'], 'other shipper')} could have supplied the goods that went on."
                )
            )
    return said


def claims(scope: Scope) -> Section:
    """What published reports say about the subject, the root of each claim, and how the records answer."""
    found = _claims(scope)
    ids = [str(c["claim_id"]) for c in found[:CLAIMS_SHOWN]]
    blocks: list[Block] = []
    if not found:
        documents = scope.rows("SELECT count(*) AS n FROM documents")[0]["n"]
        blocks.append(Sentence(f"None of the {counted(documents, 'report')} in this case names the subject." if documents else "This case holds no report."))  # fmt: skip
    else:
        roots = {c["root_id"] for c in found if c["root_id"]}
        blocks.append(
            Sentence(
                f"{counted(len(found), 'claim')} in {counted(len({c['document_id'] for c in found}), 'report')} go back to {counted(len(roots), 'independent root')}; "
                f"{sum(c['root_id'] is None for c in found)} name no source. A claim is what a report says, not what the records show.",
                tone="strong",
            )
        )  # fmt: skip
    checks = scope.rows("SELECT * FROM checks WHERE list_contains($ids, claim_id) ORDER BY check_id", {"ids": ids})
    hops = scope.rows("SELECT * FROM attributions WHERE list_contains($ids, claim_id) ORDER BY claim_id, hop", {"ids": ids})  # fmt: skip
    for claim in found[:CLAIMS_SHOWN]:
        blocks += _claim(scope, claim, hops, [c for c in checks if c["claim_id"] == claim["claim_id"]])
        for check in (c for c in checks if c["claim_id"] == claim["claim_id"] and c["query"]):
            scope.queries.setdefault(f"check-{check['check_id']}", str(check["query"]))
    differences = scope.rows("SELECT DISTINCT message FROM differences WHERE list_contains($ids, claim_id) OR list_contains($ids, other_claim_id) ORDER BY message LIMIT 20", {"ids": ids})  # fmt: skip
    if differences:
        blocks.append(Heading("What retelling changed"))
        blocks += [Sentence(clean(d["message"], 500)) for d in differences]
    if len(found) > CLAIMS_SHOWN:
        blocks.append(
            Sentence(f"{len(found) - CLAIMS_SHOWN} further claims are listed by: entrepot claims CASE --about WORDS")
        )
    return Section("claims", "Published claims about the subject", tuple(blocks))


def _claims(scope: Scope) -> list[dict[str, object]]:
    select = "SELECT DISTINCT c.*, d.name AS document, d.outlet, d.published, r.label AS root FROM claims AS c INNER JOIN documents AS d USING (document_id) LEFT JOIN roots AS r USING (root_id) "  # fmt: skip
    order = " ORDER BY d.name, c.start_char, c.claim_id"
    if scope.subject.kind == "claim":
        return scope.rows(
            select
            + "WHERE c.claim_id = $key OR c.root_id = (SELECT root_id FROM claims WHERE claim_id = $key)"
            + order,
            {"key": scope.subject.key},
        )
    if scope.subject.kind == "party":
        # four letters: shorter names stand inside other words
        return scope.rows(
            select
            + "INNER JOIN (SELECT DISTINCT lower(k.name) AS name FROM party_members AS m INNER JOIN name_keys AS k ON k.name_key = m.name_key WHERE m.party_id = $key AND length(k.name) >= 4 "
            "UNION SELECT DISTINCT lower(x.mention) FROM report_mentions AS x INNER JOIN name_keys AS k ON lower(k.name) = lower(x.name) INNER JOIN party_members AS m ON m.name_key = k.name_key WHERE m.party_id = $key) AS own "
            "ON contains(lower(c.quote), own.name)" + order,
            {"key": scope.subject.key},
        )  # fmt: skip
    if scope.subject.kind == "goods":
        return scope.rows(select + "WHERE contains(c.quote, $key)" + order, {"key": scope.subject.key})
    return []


def _claim(
    scope: Scope, claim: dict[str, object], hops: Sequence[dict[str, object]], checks: Sequence[dict[str, object]]
) -> list[Block]:
    outlet = f", {clean(claim['outlet'], 80)}" if claim["outlet"] else ""
    dated = f", {cell(claim['published'])}" if claim["published"] else ""
    place = Row(str(claim["document_id"]), int(str(claim["paragraph"])))
    said: list[Block] = [
        Heading(f"{clean(claim['document'], 120)}{outlet}{dated}, paragraph {place.row_number}"),
        Sentence(f"“{clean(claim['quote'], 700)}”", scope.cite([place])[0], tone="strong"),
        Sentence(
            f"The source {str(claim['stance']).replace('_', ' ')} it{', hedged' if claim['hedged'] else ''}{', as a denial' if claim['negated'] else ''}. Characters {claim['start_char']} to {claim['end_char']} of the report."
        ),
    ]
    path = [f"{clean(h['name'], 120)} ({h['relation']})" for h in hops if h["claim_id"] == claim["claim_id"]]
    said.append(Sentence(f"Source as named: {', from '.join(path) if path else 'none; the report says it in its own voice'}. Root: {clean(claim['root']) or 'none'}."))  # fmt: skip
    for check in checks:
        near = f" Near miss: {_ended(check['near_miss'])}" if check["near_miss"] else ""
        needed = f" Needed to test it: {_ended(check['needed'])}" if check["needed"] else ""
        synthetic = " The rows that were asked are SYNTHETIC." if check["synthetic"] else ""
        said.append(Sentence(f"Held against the records: {check['verdict']}. {_ended(check['reading'])} {_ended(check['why'])}{near}{needed}{synthetic}", tone="strong"))  # fmt: skip
    if not checks:
        said.append(Sentence("Not tested: the claim names no figure, date or party that a table of this case could answer.", tone="warn"))  # fmt: skip
    return said


def _ended(text: object) -> str:
    """A text as a sentence: with a full stop at its end."""
    said = clean(text, 500)
    return said if said.endswith((".", "?", "!", "…")) else f"{said}."
