"""Gathers, within one report, everything that it says about each source into one set of facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from entrepot.reports.attribution.discourse import UNRESOLVED, NamedHop
from entrepot.reports.claim import Claim
from entrepot.reports.naming import key_of
from entrepot.reports.reading import Report
from entrepot.reports.wording import even, quotations

_CALLED = re.compile(r"^(?:(?:the|a|an)\s)?(?:[a-z][\w-]*\s)+(?=[A-Z])")
"""What a body is called before its name: `the research group Tidewatch` is Tidewatch."""
_AUTHORS = ("authored", "provided", "compiled")
_KEPT_QUALIFIERS = frozenset(
    {
        "leaked",
        "internal",
        "classified",
        "confidential",
        "secret",
        "unpublished",
        "customs",
        "trade",
        "shipping",
        "commercial",
    }
)
_ALIKE = (frozenset({"document", "report", "file", "paper", "memo", "memorandum", "dossier", "assessment", "text"}),)
"""Words that reports use for one and the same document."""


@dataclass(slots=True)
class Facts:
    """What a report says about one source; filled while the report is gone through.

    Attributes:
        kind: `document`, `data`, `person`, `agency`, `outlet` or `unnamed`.
        outlets: keys of outlets that obtained, saw or retell it.
        authors: keys of whoever authored, provided or compiled it; of a speaker its own key.
        names: every name in the words of the report, for the label.
        first, last: when it was written.
        own: key of the outlet that published the report, empty where it does not say.
        figures, quoted: figures and quoted words that rest on it: rare facts for statements.
    """

    document_id: str
    kind: str
    outlets: set[str] = field(default_factory=set)
    obtained: set[str] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    qualifiers: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    figures: set[tuple[str, float, str]] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)
    claims: list[str] = field(default_factory=list)
    relation: str = "said"
    own: str = ""

    @property
    def strong(self) -> bool:
        """Whether anything is known of where it came from."""
        return bool(self.outlets or self.authors)


def clusters(report: Report) -> list[Facts]:
    """The sources of one report, each with the claims that rest on it. A claim rests on one source at most."""
    known = report.acronyms
    found: list[Facts] = []
    for hops in report.introduced:
        _into(found, _of_chain(report, hops, known))
    pending: list[tuple[Claim, Facts]] = []
    for claim in report.claims:
        facts = _of_chain(report, claim.attribution, known)
        if facts is None:
            continue
        if facts.kind in ("document", "data"):
            _rest(_into(found, facts) or facts, claim)
        else:
            pending.append((claim, facts))
    _date(found, report)
    _retold(found, pending)
    found = _merged(found)
    for claim, facts in pending:
        target = _by_author(found, facts) or _by_outlet(found, facts) or _into(found, facts)
        if target is not None:
            _rest(target, claim)
    return [facts for facts in found if facts.claims]


def _of_chain(report: Report, hops: Sequence[NamedHop], known: dict[str, str]) -> Facts | None:
    """The facts of the innermost document or data of a chain, else of its last speaker."""
    if not hops:
        return None
    things = [hop for hop in hops if hop.role in ("document", "data")]
    facts = Facts(report.document.document_id, things[0].role if things else hops[-1].role)
    facts.own = outlet_key(report.document.header.outlet or "")
    for hop in hops:
        key = key_of(_person(report, hop) if hop.role == "person" else _CALLED.sub("", hop.name), known)
        if hop.role == "outlet":
            facts.outlets.add(key)
            if hop.relation in ("obtained", "reviewed"):
                facts.obtained.add(key)
                facts.relation = hop.relation
            facts.names[key] = hop.name
        elif hop.role in ("agency", "person") and (hop.relation in _AUTHORS or not things):
            facts.authors.add(key)
            facts.names[key] = hop.name
        elif hop.role == "unnamed" and not things:
            facts.names["unnamed"] = hop.name
    if things:
        facts.lemmas |= {hop.lemma for hop in things[:1]}
        facts.qualifiers |= {q for hop in things[:1] for q in hop.qualifiers if q in _KEPT_QUALIFIERS}
        facts.pages |= {q for hop in things[:1] for q in hop.qualifiers if q.endswith("-page")}
        facts.names["thing"] = things[0].name
    elif hops[-1].role == "unnamed" or hops[-1].name == UNRESOLVED:
        facts.kind = "unnamed"
        facts.names["unnamed"] = hops[-1].name
        facts.lemmas.add(
            f"{hops[-1].name}@{hops[-1].start}" if hops[-1].name in ("unnamed", UNRESOLVED) else hops[-1].name.lower()
        )
    return facts


def _person(report: Report, hop: NamedHop) -> str:
    """A person's fullest name in the report, without titles: `Minister Sandell` and `Petra Sandell` are one."""
    named = [m.name for _, m in report.mentions if m.kind == "person"]
    inside = max((name for name in named if name in hop.name), key=len, default=hop.name)
    last = inside.split()[-1]
    return max((name for name in named if name.split()[-1] == last and inside in name), key=len, default=inside)


def _into(found: list[Facts], facts: Facts | None) -> Facts | None:
    """Merge facts into the cluster that they agree with, or begin a new one."""
    if facts is None:
        return None
    for other in reversed(found):
        if _agree(other, facts):
            _absorb(other, facts)
            return other
    found.append(facts)
    return facts


def _merged(found: Sequence[Facts]) -> list[Facts]:
    """The clusters once more, now that outlets and dates are known."""
    out: list[Facts] = []
    for facts in found:
        home = next((other for other in out if _agree(other, facts)), None)
        if home is None:
            out.append(facts)
            continue
        _absorb(home, facts)
        home.claims += facts.claims
        home.figures |= facts.figures
        home.quoted |= facts.quoted
        home.first, home.last = home.first or facts.first, home.last or facts.last
    return out


def _agree(a: Facts, b: Facts) -> bool:
    if a.kind != b.kind or conflict(a, b):
        return False
    if a.kind in ("document", "data"):
        alike = bool(a.lemmas & b.lemmas) or any(a.lemmas & group and b.lemmas & group for group in _ALIKE)
        shared = bool(a.authors & b.authors or a.obtained & b.obtained)
        completing = bool(a.lemmas & b.lemmas) and (
            (not a.authors and not b.outlets) or (not b.authors and not a.outlets)
        )
        return (
            (shared and alike)
            or completing
            or (bool(a.lemmas & b.lemmas) and (a.kind == "data" or not (a.strong and b.strong)))
        )
    if a.kind == "unnamed":
        return bool(a.lemmas & b.lemmas)
    return bool(a.authors & b.authors) if a.authors or b.authors else a.outlets == b.outlets


def outlet_key(name: str) -> str:
    """An outlet's name without article and without the word for what it is: `the Plains Herald newspaper`."""
    return re.sub(
        r"^the |\s+(?:newspaper|magazine|website|site|daily|weekly|news agency|agency)$", "", name.strip().lower()
    )


def conflict(a: Facts, b: Facts) -> bool:
    """Two different authors, obtainers, or dates that do not overlap."""
    if a.authors and b.authors and not a.authors & b.authors:
        return True
    if a.obtained and b.obtained and not a.obtained & b.obtained:
        return True
    return bool(a.first and a.last and b.first and b.last and (a.last < b.first or b.last < a.first))


def _absorb(into: Facts, other: Facts) -> None:
    into.outlets |= other.outlets
    into.obtained |= other.obtained
    into.authors |= other.authors
    into.lemmas |= other.lemmas
    into.qualifiers |= other.qualifiers
    into.pages |= other.pages
    into.names = {**other.names, **into.names}
    if other.relation != "said":
        into.relation = other.relation


def _rest(facts: Facts, claim: Claim) -> None:
    facts.claims.append(claim.claim_id)
    facts.figures |= {
        (q.kind, q.value, q.unit) for q in claim.quantities if q.value is not None and q.value not in (1.0, 2.0)
    }
    facts.quoted |= quoted_words(claim.quote)


def quoted_words(text: str) -> set[str]:
    """Quoted runs of at least four words, even and in small letters."""
    plain = even(text)
    return {plain[q.start + 1 : q.end - 1].strip(" .,").lower() for q in quotations(plain) if q.speech}


def _date(found: list[Facts], report: Report) -> None:
    """Give each document the time in which it is said to have been written: the one that was named last before."""
    documents = [facts for facts in found if facts.kind == "document" and facts.strong]
    for period in report.written:
        if len(documents) == 1 or (documents and len({frozenset(d.authors) for d in documents}) == 1):
            for facts in documents:
                facts.first, facts.last = facts.first or period.first, facts.last or period.last
        else:
            named = [
                (hop.start, facts)
                for facts in documents
                for hops in report.introduced
                for hop in hops
                if hop.start < period.start and key_of(hop.name, report.acronyms) in facts.authors | facts.outlets
            ]
            if named:
                facts = max(named, key=lambda entry: entry[0])[1]
                facts.first, facts.last = facts.first or period.first, facts.last or period.last


def _retold(found: list[Facts], pending: Sequence[tuple[Claim, Facts]]) -> None:
    """Outlets that a report credits for what a document says: they stand beside its author, or they are the only outlet
    beside the only document whose author is known."""
    documents = [facts for facts in found if facts.kind == "document" and facts.strong]
    credited = {key for _, facts in pending for key in facts.outlets}
    for document in documents:
        for _, facts in pending:
            if facts.outlets and facts.authors & document.authors:
                document.outlets |= facts.outlets
                document.names = {**facts.names, **document.names}
    authored = [facts for facts in documents if facts.authors]
    beside = any(facts.outlets and _speaks_of(claim, document) for claim, facts in pending for document in authored[:1])
    if len(credited) == 1 and len(authored) == 1 and not authored[0].outlets and beside:
        authored[0].outlets |= credited
        for _, facts in pending:
            authored[0].names = {**facts.names, **authored[0].names} if facts.outlets else authored[0].names


def _speaks_of(claim: Claim, document: Facts) -> bool:
    """Whether a claim that is credited to an outlet names the document's author."""
    low = claim.quote.lower()
    called = [name.lower() for key, name in document.names.items() if key in document.authors]
    return any(re.search(rf"\b{re.escape(name)}\b", low) for name in (*document.authors, *called))


def _by_author(found: list[Facts], facts: Facts) -> Facts | None:
    """A body that speaks in a report that knows exactly one document by it speaks in that document."""
    if facts.kind not in ("agency", "person") or not facts.authors:
        return None
    held = [f for f in found if f.kind == "document" and f.authors & facts.authors]
    return held[0] if len(held) == 1 and facts.kind == "agency" else None


def _by_outlet(found: list[Facts], facts: Facts) -> Facts | None:
    """What an outlet is credited with, in a report that knows exactly one document through that outlet, is that document's."""
    if facts.kind != "outlet":
        return None
    held = [f for f in found if f.kind in ("document", "data") and f.outlets & facts.outlets]
    return held[0] if len(held) == 1 else None
