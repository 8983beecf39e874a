"""Reads a report to claims: paragraphs, sentences, figures, attributions, and one claim per clause."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from entrepot.readers.documents import Document, Header, read_document
from entrepot.readers.documents.document import Paragraph
from entrepot.readers.files import Part
from entrepot.reports.attribution.chains import chain_of, hops_of
from entrepot.reports.attribution.cues import SAYING, cue_lexicon, stances
from entrepot.reports.attribution.discourse import Discourse, NamedHop
from entrepot.reports.attribution.nesting import governing
from entrepot.reports.attribution.relations import find_attributions
from entrepot.reports.attribution.spans import Attribution
from entrepot.reports.claim import Claim, ClaimPeriod
from entrepot.reports.clauses import Clause, clauses, core_of, triple
from entrepot.reports.figures import Period, Quantity, find_periods, find_quantities
from entrepot.reports.language import EnglishParser
from entrepot.reports.language.rules import has_rules, read_by_rules
from entrepot.reports.naming import Mention, acronyms, mentions, names
from entrepot.reports.stance import hedged, negated, says_nothing, stance_of
from entrepot.reports.wording import mended

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MIN_WORDS = 4
"""Words of the shortest claim; shorter clauses are exclamations and fragments."""


@dataclass(frozen=True, slots=True)
class Report:
    """A document, its claims in reading order, the names it mentions, and what it introduces.

    Attributes:
        mentions: pairs of paragraph number and mention, offsets in the document's text.
        acronyms: acronym to full name, as introduced in the text.
        introduced: documents and data with a provenance, each as its hops.
        written: for each paragraph with a document's date of writing, the period and the paragraph.
    """

    document: Document
    claims: tuple[Claim, ...]
    mentions: tuple[tuple[int, Mention], ...]
    acronyms: dict[str, str]
    introduced: tuple[tuple[NamedHop, ...], ...]
    written: tuple[Period, ...]
    notes: tuple[str, ...] = ()


def read_report(source: str | os.PathLike[str] | Part | Document, *, published: date | None = None) -> Report:
    """Read one report to claims.

    Args:
        source: path, part, or a document already read.
        published: the report's day, where the file does not say it; relative dates are open without one.

    Raises:
        InputError: the file cannot be read as a report (see `readers.documents.read_document`).
        MissingExtra: a language model is not installed.
    """
    document = source if isinstance(source, Document) else read_document(source)
    if published is not None:
        document = replace(document, header=replace_published(document.header, published))
    if document.language == "en":
        return _english(document)
    if has_rules(document.language):
        return _by_rules(document)
    return Report(
        document,
        (),
        (),
        {},
        (),
        (),
        (
            f"the report's language ({document.language}) is not supported: it is kept and shown, and no claims were read from it",
        ),
    )


def replace_published(header: Header, published: date) -> Header:
    """The header with the day that a person gave."""
    return replace(header, published=published)


def _english(document: Document) -> Report:
    numbered = [(number, p) for number, p in enumerate(document.paragraphs, 1) if p.kind == "prose"]
    texts = [mended(document.text[p.start : p.end]) for _, p in numbered]
    known: dict[str, str] = {}
    for text in texts:
        known |= {k: v for k, v in acronyms(text).items() if k not in known}
    discourse = Discourse()
    claims: list[Claim] = []
    found: list[tuple[int, Mention]] = []
    written: list[Period] = []
    for (number, paragraph), doc in zip(numbered, EnglishParser().parse(texts), strict=True):
        reader = _ParagraphReader(document, number, paragraph, doc, discourse)
        discourse.note_paragraph(number, doc, paragraph.start)
        claims += reader.claims(len(claims))
        found += [
            (number, replace(m, start=m.start + paragraph.start, end=m.end + paragraph.start)) for m in reader.mentions
        ]
        written += [replace(p, start=p.start + paragraph.start, end=p.end + paragraph.start) for p in reader.written()]
    introduced = tuple(tuple(hops) for _, hops, _ in discourse.documents)
    return Report(document, tuple(claims), tuple(found), known, introduced, tuple(written), document.notes)


class _ParagraphReader:
    """Everything that is known about one paragraph while its claims are made."""

    def __init__(self, document: Document, number: int, paragraph: Paragraph, doc: Doc, discourse: Discourse) -> None:
        self._document, self._number, self._base, self._doc, self._discourse = (
            document,
            number,
            paragraph.start,
            doc,
            discourse,
        )
        self.periods: list[Period] = find_periods(doc.text, document.header.published)
        self.mentions: list[Mention] = mentions(doc)
        taken = tuple((p.start, p.end) for p in self.periods) + tuple(
            (m.start, m.end) for m in self.mentions if m.kind == "designator"
        )
        self.quantities: list[Quantity] = find_quantities(doc, taken)
        self.attributions: list[Attribution] = [a for a in find_attributions(doc) if self._counts(a)]
        self._reporting = frozenset(a.cue_token for a in self.attributions if a.speaks)

    def _counts(self, attribution: Attribution) -> bool:
        """Attributions that report what is said; intentions and attitudes are what parties do and stay in the claim."""
        if attribution.source_token is not None and self._doc[attribution.source_token].tag_ == "DT":
            return False
        if attribution.speaks or attribution.rule in ("hearsay-adverb", "open-speech"):
            return True
        lemma = self._doc[attribution.cue_token].lemma_.lower()
        return lemma in stances() and stances()[lemma][0] != "asserts" and not attribution.rule.endswith(":object")

    def claims(self, made: int) -> list[Claim]:
        """The claims of the paragraph; `made` is how many the report has so far."""
        out: list[Claim] = []
        for attribution in self.attributions:  # in text order, so that what is introduced here can be pointed at here
            self._discourse.resolve(self._number, self._doc, self._base, hops_of(self._doc, attribution))
        for clause in clauses(self._doc):
            for claim in self._of_clause(clause):
                out.append(replace(claim, claim_id=f"{self._document.document_id}-c{made + len(out) + 1}"))
        return out

    def _of_clause(self, clause: Clause) -> list[Claim]:
        doc = self._doc
        span = doc[clause.start : clause.end]
        if sum(t.is_alpha for t in span) < _MIN_WORDS or span.text.rstrip(" \"'").endswith("?"):
            return []
        if not any(t.pos_ in ("VERB", "AUX") for t in span):
            return []
        core = core_of(doc[clause.head], self._reporting)
        core_range = (max(core.left_edge.i, clause.start), min(core.right_edge.i + 1, clause.end))
        if core_range[0] >= core_range[1] or core.i == clause.head:
            core_range = (clause.start, clause.end)
        over = governing(self.attributions, core_range, frozenset({core.i, clause.head}))
        out = [self._claim(clause.start, clause.end, core.i, over)]
        for attribution in self.attributions:
            if clause.start <= attribution.cue_token < clause.end and attribution not in over:
                inner = self._inner(attribution, clause, core.i)
                if inner is not None:
                    out.append(inner)
        return out

    def _inner(self, attribution: Attribution, clause: Clause, core: int) -> Claim | None:
        """A reported clause inside a clause that says something else: `X's accusations that ... have led to ...`."""
        doc = self._doc
        lemma = doc[attribution.cue_token].lemma_.lower()
        if lemma not in stances() and cue_lexicon().likelihood(lemma, "v", "speech") < SAYING:
            return None
        if attribution.rule.startswith("inherited-advcl") and stances().get(lemma, ("", False))[0] == "shows":
            return None
        if not attribution.contents:
            return None
        starts = [s for s, _ in attribution.contents]
        ends = [e for _, e in attribution.contents]
        start, end = min(starts), max(ends)
        start, end = max(start, clause.start), min(end, clause.end)
        if end - start < _MIN_WORDS or start <= core < end:
            return None
        finite = next((t for t in doc[start:end] if t.tag_ in ("VBZ", "VBD", "VBP", "MD")), None)
        if finite is None:
            return None
        verb = finite.head if finite.dep_ in ("aux", "auxpass") else finite
        begin = min(start, attribution.source[0] if attribution.source else start, attribution.cue[0])
        stop = max(end, attribution.cue[1])
        if begin < clause.start or stop > clause.end or stop - begin > (clause.end - clause.start) * 0.95:
            return None
        return self._claim(begin, stop, verb.i, [attribution])

    def _claim(self, start: int, end: int, core_at: int, over: Sequence[Attribution]) -> Claim:
        doc, base = self._doc, self._base
        core = doc[core_at]
        a, b = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        text = doc.text[a:b]
        hops = self._discourse.resolve(self._number, doc, base, chain_of(doc, over))
        cue = doc[over[-1].cue_token] if over and over[-1].cue[0] < over[-1].cue[1] else None
        stance, reserve = stance_of(text, cue, hops[-1].role if hops else "")
        if says_nothing(text):
            hops, over = [], []
        hearsay = any(one.rule == "hearsay-adverb" or (one.source is None and not hops) for one in over)
        if (
            not hops
            and over
            and over[-1].source is None
            and over[-1].rule.startswith("passive")
            and not self._expletive(over[-1])
        ):
            hops = self._discourse.in_document(self._number)
        subject, relation, thing = triple(core, start, end)
        own_outlet = self._document.header.outlet
        return Claim(
            claim_id="",
            document_id=self._document.document_id,
            document=self._document.name,
            paragraph=self._number,
            quote=self._document.text[base + a : base + b],
            start=base + a,
            end=base + b,
            stance=stance,
            hedged=reserve or hearsay or hedged(doc, start, end, core),
            negated=negated(core),
            own_voice=not over,
            subject=subject,
            relation=relation,
            object=thing,
            goods=tuple(names(self.mentions, ("goods", "designator"), a, b)),
            places=tuple(names(self.mentions, ("place",), a, b)),
            quantities=tuple(
                replace(q, start=q.start + base, end=q.end + base)
                for q in self.quantities
                if q.start >= a and q.end <= b
            ),
            period=self._period(a, b, core.idx),
            attribution=tuple(hops) or self._unnamed(over),
            secondhand=any(h.role == "outlet" and h.resolved and not _same_outlet(h.name, own_outlet) for h in hops),
        )

    def _expletive(self, attribution: Attribution) -> bool:
        """`it is estimated that`: a source that is not named, wherever it stands."""
        cue = self._doc[attribution.cue_token]
        return any(c.lower_ in ("it", "there") and c.dep_ in ("nsubj", "nsubjpass", "expl") for c in cue.children)

    def _unnamed(self, over: Sequence[Attribution]) -> tuple[NamedHop, ...]:
        """A source that is not named (`it is estimated that`, `reportedly`): one hop that points at the cue."""
        for one in over:
            if one.cue[0] < one.cue[1]:
                first, last = self._doc[one.cue[0]], self._doc[one.cue[1] - 1]
                start, end = first.idx, last.idx + len(last)
                return (
                    NamedHop(
                        "unnamed",
                        "unnamed",
                        "said",
                        self._base + start,
                        self._base + end,
                        one.rule,
                        self._doc.text[start:end],
                    ),
                )
            return (NamedHop("unresolved", "unnamed", "said", self._base, self._base, one.rule),)
        return ()

    def _period(self, start: int, end: int, core: int) -> ClaimPeriod | None:
        inside = [p for p in self.periods if p.start >= start and p.end <= end]
        if not inside:
            return None
        fixed = [p for p in inside if p.precision != "open"] or inside
        chosen = min(
            fixed, key=lambda p: (abs(p.start - core) if p.start >= core else abs(core - p.start) / 2, p.start)
        )
        original = self._document.text[self._base + chosen.start : self._base + chosen.end]
        return ClaimPeriod(chosen.first, chosen.last, original, chosen.precision)

    def written(self) -> list[Period]:
        """Periods in which a document is said to have been written: drafted, dated, written, prepared in ..."""
        out = []
        for period in self.periods:
            before = self._doc.text[max(0, period.start - 60) : period.start].lower()
            if (
                any(
                    f"{verb} " in before
                    for verb in ("drafted", "written", "dated", "prepared", "compiled", "authored", "produced")
                )
                and period.precision != "open"
            ):
                out.append(period)
        return out


def _same_outlet(name: str, own: str | None) -> bool:
    def bare(text: str) -> str:
        return text.lower().removeprefix("the ").strip()

    return own is not None and (bare(name) in bare(own) or bare(own) in bare(name))


def _by_rules(document: Document) -> Report:
    claims = read_by_rules(document)
    return Report(
        document,
        tuple(claims),
        (),
        {},
        (),
        (),
        (
            *document.notes,
            f"read by rules for {document.language}, without a parser: subjects, goods and places are not found",
        ),
    )
