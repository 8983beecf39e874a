"""Joins the sources of several reports to roots, where their facts overlap and a rare one agrees."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from entrepot.reports.claim import Claim
from entrepot.reports.origins.clusters import Facts, clusters, conflict, outlet_key
from entrepot.reports.origins.reprints import Reprint, find_reprints
from entrepot.reports.reading import Report

_RARE_DAYS = 550
"""Days of a date interval that is still a rare fact: "late 2023 or early 2024" has 243; "in recent years" has none."""

_ROUNDED = 0.05
"""Share of a figure by which a retelling may round it: that of the checks (`findings/checks/tolerance.py`)."""
_NEAREST = ("document", "data", "person", "agency", "outlet", "unnamed")
"""Kinds of source, the one first that a root of several kinds is called by: an outlet only retells."""


@dataclass(frozen=True, slots=True)
class Root:
    """A primary source.

    Attributes:
        root_id: `root-` and eight hex digits over its facts.
        label: in words.
        kind: role of the source.
        obtained_by, author: keys joined by `; `, None where nobody is named.
        first, last: when it was written; None where not said.
        known_through: `obtained`, `seen`, `retold` or `said`.
        claim_ids, document_ids: what rests on it.
        outlets: different outlets or, where a report does not say its outlet, reports; reprints counted once.
        evidence: which facts join its reports.
    """

    root_id: str
    label: str
    kind: str
    obtained_by: str | None
    author: str | None
    first: date | None
    last: date | None
    known_through: str
    claim_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    outlets: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Roots:
    """The roots of several reports, and the reports with each claim's root filled in."""

    roots: tuple[Root, ...]
    reports: tuple[Report, ...]
    reprints: tuple[Reprint, ...]


def find_roots(reports: Sequence[Report]) -> Roots:
    """The roots of all claims of `reports`, most reports first.

    A claim in the outlet's own voice has no root. Statements of persons and bodies join across reports only when the
    speaker is the same and a figure or a quotation of at least four words agrees. Circular reporting that credits no
    one cannot be seen.
    """
    reprints = find_reprints([report.document for report in reports])
    groups: list[list[Facts]] = []
    reasons: dict[int, str] = {}
    found = [clusters(report) for report in reports]
    retold = _retellings(found)
    for facts in (facts for own in found for facts in own):
        home = next((g for g in groups if any(_linked(facts, other, retold) for other in g)), None)
        if home is None:
            groups.append([facts])
        else:
            reasons[id(home)] = next(reason for other in home if (reason := _linked(facts, other, retold)))
            home.append(facts)
    groups = _closed(groups, retold)
    copies = _copies(reprints)
    outlet_of = {r.document.document_id: (r.document.header.outlet or r.document.name).lower() for r in reports}
    roots = [_root(group, outlet_of, copies, reasons.get(id(group), "")) for group in groups]
    roots = _told_apart(roots)
    roots.sort(key=lambda root: (-len(root.document_ids), -len(root.claim_ids), root.root_id))
    of_claim = {claim_id: root.root_id for root in roots for claim_id in root.claim_ids}
    return Roots(tuple(roots), tuple(_with_roots(report, of_claim) for report in reports), tuple(reprints))


def _retellings(found: Sequence[Sequence[Facts]]) -> Mapping[tuple[int, int], str]:
    """Pairs of sources of which one is only known through an outlet whose own report is among the reports: what it tells with a
    figure or quotation of one source there, is that source's. Each retelling goes to the one source that it shares most with."""
    everything = [facts for own in found for facts in own]
    owners = {facts.own for facts in everything} - {""}
    out: dict[tuple[int, int], str] = {}
    for facts in everything:
        named = facts.outlets
        if facts.kind == "data" and not facts.strong:  # `the Herald cited customs data. The data showed`
            named = set().union(*(other.outlets for other in everything if other.document_id == facts.document_id))
        published = {
            name for name in facts.authors if outlet_key(name) in owners
        }  # a body that is an outlet of these reports
        credited = {outlet_key(name) for name in named | published} - {facts.own, ""}
        there = [
            other
            for other in everything
            if other.document_id != facts.document_id
            and any(other.own == name or other.own.endswith(f" {name}") for name in credited)
            and other.kind in ("document", "data", "person", "agency")
            and not (facts.authors - published and other.authors and not facts.authors & other.authors)
        ]
        best = max(there, key=lambda other: len(_shared(facts, other)), default=None)
        if best is not None and _shared(facts, best):
            out[id(facts), id(best)] = f"credited to {best.own}, whose report it is; the same {_shared(facts, best)[0]}"
    return out


def _shared(a: Facts, b: Facts) -> list[str]:
    """What two sources share that is rare: figures, also rounded ones, quotations, a number of pages."""
    alike = [f for f in a.figures if any(_rounded(f, other) for other in b.figures)]
    return ["figure"] * len(alike) + ["words"] * len(a.quoted & b.quoted) + ["length"] * len(a.pages & b.pages)


def _rounded(a: tuple[str, float, str], b: tuple[str, float, str]) -> bool:
    """Whether two figures are one, as `12.3 tonnes` and `more than 12 tonnes` are: of a kind and unit, and within a twentieth."""
    return (a[0], a[2]) == (b[0], b[2]) and abs(a[1] - b[1]) <= _ROUNDED * max(abs(a[1]), abs(b[1]))


def _linked(a: Facts, b: Facts, retold: Mapping[tuple[int, int], str]) -> str:
    return retold.get((id(a), id(b))) or retold.get((id(b), id(a))) or link(a, b)


def _told_apart(roots: Sequence[Root]) -> list[Root]:
    """Roots of one key that nothing joins, such as two documents of one author, each by an identifier of its own."""
    shared = {root.root_id for root in roots if sum(root.root_id == other.root_id for other in roots) > 1}
    return [
        replace(root, root_id=f"{root.root_id}-{_digest(min(root.claim_ids))[:4]}") if root.root_id in shared else root
        for root in roots
    ]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def link(a: Facts, b: Facts) -> str:
    """Why two clusters of different reports are one source; empty where they are not, or where it cannot be told."""
    if a.document_id == b.document_id or conflict(a, b):
        return ""
    if a.kind != b.kind:
        return _own_work(a, b)
    if a.kind in ("document", "data"):
        agreed = []
        if a.authors & b.authors:
            agreed.append(f"author {', '.join(sorted(a.authors & b.authors))}")
        if a.outlets & b.outlets:
            agreed.append(f"credited to {', '.join(sorted(a.outlets & b.outlets))}")
        rare = []
        if (
            a.first
            and a.last
            and b.first
            and b.last
            and max((a.last - a.first).days, (b.last - b.first).days) <= _RARE_DAYS
        ):
            rare.append(f"written between {max(a.first, b.first)} and {min(a.last, b.last)}")
        if a.pages & b.pages:
            rare.append(", ".join(sorted(a.pages & b.pages)))
        if (a.qualifiers & b.qualifiers) and a.authors & b.authors and a.outlets & b.outlets:
            rare.append(f"described as {', '.join(sorted(a.qualifiers & b.qualifiers))}")
        if a.quoted & b.quoted:
            rare.append("the same quoted words")
        if a.figures & b.figures and len(agreed) == 2:
            rare.append("the same figure")
        if not agreed and a.lemmas & b.lemmas and a.pages & b.pages and (a.figures & b.figures or a.quoted & b.quoted):
            return f"a document of {', '.join(sorted(a.pages & b.pages))[:-5]} pages; the same {_shared(a, b)[0]}"
        return "; ".join([*agreed, *rare]) if agreed and rare else ""
    if a.kind in ("person", "agency") and a.authors & b.authors:
        quotes, figures = a.quoted & b.quoted, a.figures & b.figures
        if quotes or figures:
            return f"speaker {', '.join(sorted(a.authors & b.authors))}; the same {'words' if quotes else 'figure'}"
    return ""


def _own_work(a: Facts, b: Facts) -> str:
    """`according to calculations by the institute` and `the institute said`: a body's own data or document, and the body."""
    speaker, work = (a, b) if a.kind in ("person", "agency") else (b, a)
    if speaker.kind not in ("person", "agency") or work.kind not in ("document", "data") or not a.authors & b.authors:
        return ""
    shared = _shared(a, b)
    return f"{', '.join(sorted(a.authors & b.authors))} and its own {work.kind}; the same {shared[0]}" if shared else ""


def _closed(groups: list[list[Facts]], retold: Mapping[tuple[int, int], str]) -> list[list[Facts]]:
    """Groups that a later report turned out to join."""
    done = False
    while not done:
        done = True
        for at, one in enumerate(groups):
            for other in groups[at + 1 :]:
                if any(_linked(a, b, retold) for a in one for b in other) and not any(
                    conflict(a, b) for a in one for b in other
                ):
                    one += other
                    groups.remove(other)
                    done = False
                    break
            if not done:
                break
    return groups


def _root(group: Sequence[Facts], outlet_of: Mapping[str, str], copies: Mapping[str, str], reason: str) -> Root:
    authors = sorted(set().union(*(f.authors for f in group)))
    outlets = sorted(set().union(*(f.outlets for f in group)))
    obtained = sorted(set().union(*(f.obtained for f in group))) or outlets
    firsts = [f.first for f in group if f.first]
    lasts = [f.last for f in group if f.last]
    kind = min((f.kind for f in group), key=_NEAREST.index)
    lemmas = sorted(set().union(*(f.lemmas for f in group)))
    key = "|".join(
        [kind, *authors, "/", *outlets, "/", *(lemmas if kind == "unnamed" or not (authors or outlets) else [])]
    )
    documents = tuple(dict.fromkeys(f.document_id for f in group))
    if kind not in ("document", "data") or not (authors or outlets):
        key += "|" + min(documents)
    claims = tuple(claim for f in group for claim in f.claims)
    own = {outlet_of[d].removeprefix("the ") for d in documents}
    relation = next((f.relation for f in group if f.relation != "said"), "said")
    foreign = any(o.removeprefix("the ") not in own for o in outlets)
    through = (
        "said"
        if kind not in ("document", "data")
        else "retold"
        if foreign and not _held(obtained, own)
        else "seen"
        if relation == "reviewed"
        else "obtained"
        if relation == "obtained"
        else "said"
    )
    return Root(
        root_id="root-" + _digest(key)[:8],
        label=_label(group),
        kind=kind,
        obtained_by="; ".join(obtained) or None,
        author="; ".join(authors) or None,
        first=max(firsts) if firsts else None,
        last=min(lasts) if lasts else None,
        known_through=through,
        claim_ids=claims,
        document_ids=documents,
        outlets=len({outlet_of[copies.get(d, d)] for d in documents}),
        evidence=reason or ("one report" if len(documents) == 1 else "joined through a third report"),
    )


def _held(obtained: Sequence[str], own: set[str]) -> bool:
    return any(o.removeprefix("the ") in own for o in obtained)


def _label(group: Sequence[Facts]) -> str:
    names: dict[str, str] = {}
    for facts in group:
        names = {**facts.names, **names}
    best = max(group, key=lambda f: (len(f.authors) + len(f.outlets) + len(f.qualifiers), len(f.claims)))
    thing = best.names.get("thing") or names.get("thing")
    authors = ", ".join(sorted({names[k] for f in group for k in f.authors if k in names})[:2])
    outlets = ", ".join(sorted({names[k] for f in group for k in f.outlets if k in names})[:2])
    if thing:
        return thing + (f" of {authors}" if authors else "") + (f", through {outlets}" if outlets else "")
    if authors:
        return f"statement of {authors}" + (f" to {outlets}" if outlets else "")
    unnamed = names.get("unnamed")
    if outlets and group[0].kind == "unnamed" and unnamed not in ("unnamed", "unresolved", None):
        return f"{unnamed} (not named), through {outlets}"
    return outlets or (
        "source that is not named"
        if names.get("unnamed") in ("unnamed", "unresolved", None)
        else f"{names['unnamed']} (not named)"
    )


def _copies(reprints: Sequence[Reprint]) -> dict[str, str]:
    """Each reprint's document to the first of its kind."""
    out: dict[str, str] = {}
    for reprint in reprints:
        first, other = sorted((reprint.document_id, reprint.other_document_id))
        out[other] = out.get(first, first)
    return out


def _with_roots(report: Report, of_claim: Mapping[str, str]) -> Report:
    return replace(report, claims=tuple(_rooted(claim, of_claim) for claim in report.claims))


def _rooted(claim: Claim, of_claim: Mapping[str, str]) -> Claim:
    return replace(claim, root=of_claim.get(claim.claim_id))
