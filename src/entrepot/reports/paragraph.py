"""Makes the claims of one paragraph: figures, attributions and one claim per clause, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.readers.documents import Document
from entrepot.readers.documents.document import Paragraph
from entrepot.reports.attribution.carried import carried_nouns
from entrepot.reports.attribution.chains import chain_of, hops_of
from entrepot.reports.attribution.credits import credit_lines
from entrepot.reports.attribution.cues import SAYING, cue_lexicon, stances
from entrepot.reports.attribution.discourse import Discourse, NamedHop, named
from entrepot.reports.attribution.nesting import governing
from entrepot.reports.attribution.publishers import publisher_of
from entrepot.reports.attribution.relations import find_attributions
from entrepot.reports.attribution.roles import role_of
from entrepot.reports.attribution.spans import Attribution
from entrepot.reports.claim import Claim, ClaimPeriod
from entrepot.reports.clauses import Clause, clauses, core_of
from entrepot.reports.embedded import Embedded, embedded
from entrepot.reports.figures import Period, Quantity, find_periods, find_quantities
from entrepot.reports.naming import Mention, mentions, names
from entrepot.reports.parsed import text_of
from entrepot.reports.parted import apart_by_place, filled, gapped
from entrepot.reports.placing import seats
from entrepot.reports.stance import denied_by, disowns, hedged, leaves_open, negated, stance_of
from entrepot.reports.tables_of_words import words
from entrepot.reports.triples import triple, words_of
from entrepot.reports.when import apart_by_time, time_of
from entrepot.reports.wording import DASHES

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MIN_WORDS_OF_A_FIGURE = 2
"""Words of the shortest claim with a figure: `Sales doubled.`"""
_MIN_WORDS = 4
"""Words of the shortest claim; shorter clauses are exclamations and fragments."""

_MOVES = ("change", "ratio")
"""Kinds of figures that say how much something rose or fell."""

_ANSWER = re.compile(r"(A|Answer|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}):\s")
"""How the answers of an interview begin."""


class ParagraphReader:
    """Everything that is known about one paragraph while its claims are made."""

    def __init__(
        self,
        document: Document,
        number: int,
        paragraph: Paragraph,
        doc: Doc,
        discourse: Discourse,
        places: frozenset[str] = frozenset(),
    ) -> None:
        self._document, self._number, self._base, self._doc, self._discourse = (
            document,
            number,
            paragraph.start,
            doc,
            discourse,
        )
        self.periods: list[Period] = find_periods(text_of(doc), document.header.published)
        self.mentions: list[Mention] = mentions(doc, places)
        taken = tuple((p.start, p.end) for p in self.periods) + tuple(
            (m.start, m.end) for m in self.mentions if m.kind == "designator"
        )
        self.quantities: list[Quantity] = find_quantities(doc, taken)
        self._counts_at = [_tokens(doc, q.start, q.end) for q in self.quantities]
        self._times_at = [_tokens(doc, p.start, p.end) for p in self.periods]
        self.attributions: list[Attribution] = [a for a in find_attributions(doc) if self._counts(a)]
        self._goes_on = text_of(doc).startswith(DASHES) and not any(
            a.speaks and a.source is not None for a in self.attributions
        )
        label = (
            None if any(a.speaks and a.source is not None for a in self.attributions) else _ANSWER.match(text_of(doc))
        )
        self._answer = [] if label is None else discourse.answering(label[1])
        self._publisher = publisher_of(document.header)
        self.attributions += carried_nouns(doc, self.attributions)
        self._reporting = frozenset(a.cue_token for a in self.attributions if a.speaks) | frozenset(
            doc[a.cue_token].head.i for a in self.attributions if a.rule in ("carried-noun", "owned-noun:noun-clause")
        )

    def _counts(self, attribution: Attribution) -> bool:
        """Attributions that report what is said; intentions and attitudes are what parties do and stay in the claim."""
        if attribution.source_token is not None and self._doc[attribution.source_token].tag_ == "DT":
            return False
        cue = self._doc[attribution.cue_token]
        if (
            cue.pos_ == "ADJ"
            and attribution.source_token is not None
            and self._doc[attribution.source_token].lower_ == "it"
        ):
            return False  # it is not clear whether ...
        if any(c.dep_ == "aux" and c.lower_ in ("may", "might") for c in self._doc[attribution.cue_token].children):
            return False  # what somebody may have said is the writer's guess
        if leaves_open(cue):
            return False
        if attribution.speaks or attribution.rule in ("hearsay-adverb", "open-speech"):
            return True
        lemma = self._doc[attribution.cue_token].lemma_.lower()
        return lemma in stances() and stances()[lemma][0] != "asserts" and not attribution.rule.endswith(":object")

    def claims(self, made: int) -> list[Claim]:
        """The claims of the paragraph; `made` is how many the report has so far."""
        out: list[Claim] = []
        before: tuple[int, ClaimPeriod] | None = None
        for attribution in self.attributions:  # in text order, so that what is introduced here can be pointed at here
            self._discourse.resolve(self._number, self._doc, self._base, hops_of(self._doc, attribution))
        for clause in clauses(self._doc):
            found = self._of_clause(clause)
            if found:
                found[0] = self._with_carried_period(found[0], clause, before)
                before = (
                    None
                    if found[0].period is None or not any(q.kind in _MOVES for q in found[0].quantities)
                    else (self._doc[clause.head].sent.start, found[0].period)
                )
            places = [m for m in self.mentions if m.kind == "place"]
            timed = [part for whole in found for part in apart_by_time(whole, self.periods, self._base)]
            for claim in (part for one in timed for part in apart_by_place(one, places, self._base)):
                out.append(replace(claim, claim_id=f"{self._document.document_id}-c{made + len(out) + 1}"))
        return out

    def credited(self, claims: list[Claim]) -> list[Claim]:
        """The report's claims so far, with the outlet that this paragraph credits for the sentence before the credit."""
        out = list(claims)
        own = self._document.header.outlet
        for at, outlet in credit_lines(self._doc):
            line = self._base + self._doc[at].idx
            hop = named(self._doc, self._base, outlet)
            before = [n for n, c in enumerate(out) if c.end <= line and c.paragraph >= self._number - 1]
            if not before or _same_outlet(hop.name, own) or (at > 0 and out[before[-1]].paragraph != self._number):
                continue
            sentence = self._sentence_start(out[before[-1]])
            for n in before:
                claim = out[n]
                near = claim.paragraph == out[before[-1]].paragraph and (sentence is None or claim.start >= sentence)
                if near and not any(h.role == "outlet" for h in claim.attribution):
                    out[n] = replace(claim, attribution=(hop, *claim.attribution), own_voice=False, secondhand=True)
        return out

    def _sentence_start(self, claim: Claim) -> int | None:
        """Where the sentence of a claim of this paragraph begins; None for another paragraph's."""
        if claim.paragraph != self._number:
            return claim.start
        span = self._doc.char_span(claim.start - self._base, claim.end - self._base, alignment_mode="expand")
        return None if span is None else self._base + span.root.sent.start_char

    def _of_clause(self, clause: Clause) -> list[Claim]:
        doc = self._doc
        span = doc[clause.start : clause.end]
        figures = any(span.start_char <= q.start < span.end_char for q in self.quantities)
        fewest = _MIN_WORDS_OF_A_FIGURE if figures else _MIN_WORDS
        if sum(1 for _ in islice((t for t in span if t.is_alpha), fewest)) < fewest:
            return []
        if span.text.rstrip(" \"'").endswith("?"):
            return []
        if not any(t.pos_ in ("VERB", "AUX") for t in span):
            return []
        core = core_of(doc[clause.head], self._reporting)
        core_range = (max(core.left_edge.i, clause.start), min(core.right_edge.i + 1, clause.end))
        if core_range[0] >= core_range[1] or core.i == clause.head:
            core_range = (clause.start, clause.end)
        over = governing(self.attributions, core_range, frozenset({core.i, clause.head}))
        counts = list(zip(self._counts_at, self.quantities, strict=True))
        gaps = list(gapped(doc, clause.start, clause.end, core.i, counts))
        parts = [p for p in self._embedded(clause) if not any(p.start <= g.start < p.end for g in gaps)] + gaps
        out = [self._claim(clause.start, clause.end, core.i, over, without=parts)]
        for part in parts:
            above = governing(self.attributions, (part.own, part.end), frozenset({part.core}))
            claim = self._claim(part.start, part.end, part.core, above, part=part)
            if part.rule == "gapped":
                figure = next(at for at in self._counts_at if part.start <= at[0] < part.end)
                claim = filled(claim, out[0], doc[part.start : figure[0]].text)
            elif part.rule == "of-which" and claim.period is None:
                claim = replace(claim, period=out[0].period)
            out.append(claim)
        for attribution in self.attributions:
            if clause.start <= attribution.cue_token < clause.end and attribution not in over:
                inner = self._inner(attribution, clause, core.i)
                if inner is not None:
                    out.append(inner)
        return out

    def _embedded(self, clause: Clause) -> list[Embedded]:
        figures = [*self._counts_at, *self._times_at]
        return list(embedded(self._doc, clause.start, clause.end, figures, self._counts_at, self._reporting))

    def _with_carried_period(self, claim: Claim, clause: Clause, before: tuple[int, ClaimPeriod] | None) -> Claim:
        """`Imports doubled in 2022, and exports rose by a tenth`: the time of the first holds for the second, where both
        say how much something rose or fell and are joined by `and`."""
        head = self._doc[clause.head]
        if (
            before is None
            or claim.period is not None
            or not any(q.kind in _MOVES for q in claim.quantities)
            or before[0] != head.sent.start
            or before[1].precision == "open"
            or not any(t.lower_ in ("and", "while") for t in self._doc[max(0, clause.start - 2) : clause.start + 1])
        ):
            return claim
        return replace(claim, period=before[1])

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

    def _claim(
        self,
        start: int,
        end: int,
        core_at: int,
        over: Sequence[Attribution],
        *,
        without: Sequence[Embedded] = (),
        part: Embedded | None = None,
    ) -> Claim:
        doc, base = self._doc, self._base
        core = doc[core_at]
        a, b = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        text = text_of(doc)[a:b]
        hops = self._discourse.resolve(self._number, doc, base, chain_of(doc, over))
        cue = doc[over[-1].cue_token] if over and over[-1].cue[0] < over[-1].cue[1] else None
        stance, reserve = stance_of(text, cue, self._speaking_role(over, hops))
        if (
            cue is not None
            and cue.pos_ == "NOUN"
            and stance_of(text, cue.head, "")[0] == "denies"
            and cue.dep_ == "dobj"
        ):
            stance = "denies"  # rejects the claim that ...
        if (
            cue is not None
            and cue.dep_ == "advcl"
            and stance_of(text, cue.head, "")[0] == "denies"
            and stance == "asserts"
        ):
            stance = "denies"  # denied it, saying ...
        if negated(core) and core.lemma_.lower() in words("hedges_en.tsv", "answers"):
            stance = "no_comment"
        if stance == "asserts" and cue is not None and disowns(core, cue, *self._speaker(over[-1])):
            stance = "denies"
        if stance == "no_comment":
            hops, over = [], []
        hearsay = any(one.rule == "hearsay-adverb" or (one.source is None and not hops) for one in over)
        if not hops and over and over[-1].rule == "carried-noun":
            hops = self._discourse.spoken_before(self._number, base + a)
            over = over if hops else []
        elif (
            not hops
            and over
            and over[-1].source is None
            and over[-1].rule.startswith("passive")
            and not self._expletive(over[-1])
        ):
            hops = self._discourse.in_document(self._number, base + a)
        elif not over and self._goes_on and stance != "no_comment":
            hops = self._discourse.last_person(self._number)
        elif not over and self._answer and stance != "no_comment":
            hops = self._answer
        elif not over and self._publisher is not None and stance != "no_comment":
            hops = [NamedHop(self._publisher, "agency", "said", base, base, "own-statement")]
            stance = "denies" if negated(core) and doc[start].lower_ == "we" else stance
        subject, relation, thing = triple(core, start, end)
        if part is not None and part.subject is not None:
            subject = words_of(doc[part.subject])
        if part is not None and part.object is not None:
            thing = words_of(doc[part.object])
        sources = [
            (doc[o.source[0]].idx, doc[o.source[1] - 1].idx + 1)
            for o in over
            if o.source is not None and o.source_token is not None and role_of(doc[o.source_token]) == "unnamed"
        ]
        sources += [(h.start - base, h.end - base) for h in hops if h.role == "unnamed" and h.resolved]
        elsewhere = sources + [(doc[p.own].idx, doc[p.end - 1].idx + len(doc[p.end - 1])) for p in without]
        own_outlet = self._document.header.outlet
        period = time_of(doc, self.periods, (a, b), core, elsewhere, over)
        if period is None and any(p.rule == "joined-verb" for p in without):
            period = time_of(doc, self.periods, (a, b), core, sources, over)
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
            negated=negated(core) or denied_by(cue),
            own_voice=not over and not hops,
            subject=subject,
            relation=relation,
            object=thing,
            goods=tuple(names(self.mentions, ("goods", "designator"), a, b)),
            places=tuple(names(self.mentions, ("place",), a, b, seats(doc, over, core))),
            quantities=tuple(
                replace(q, start=q.start + base, end=q.end + base)
                for q in self.quantities
                if q.start >= a and q.end <= b and not _inside(q.start, elsewhere) and not _inside(q.end - 1, sources)
            ),
            period=None if period is None else self._stated(period),
            attribution=tuple(hops) or self._unnamed(over),
            secondhand=any(h.role == "outlet" and h.resolved and not _same_outlet(h.name, own_outlet) for h in hops),
        )

    def _expletive(self, attribution: Attribution) -> bool:
        """`it is estimated that`: a source that is not named, wherever it stands."""
        cue = self._doc[attribution.cue_token]
        return any(c.lower_ in ("it", "there") and c.dep_ in ("nsubj", "nsubjpass", "expl") for c in cue.children)

    def _speaking_role(self, over: Sequence[Attribution], hops: Sequence[NamedHop]) -> str:
        """The role of whoever says the claim itself: a document may stand before whoever wrote it among the hops."""
        at = over[-1].source_token if over else None
        if at is not None and (role := role_of(self._doc[at])) in ("document", "data"):
            return role
        return hops[-1].role if hops else ""

    def _speaker(self, attribution: Attribution) -> tuple[str, str]:
        """The words of a source, and the bodies that they point back to; both empty where nobody is named."""
        if attribution.source is None:
            return "", ""
        called = self._doc[attribution.source[0] : attribution.source[1]].text
        return called, self._discourse.bodies_called(self._number, called)

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
                        text_of(self._doc)[start:end],
                    ),
                )
            return (NamedHop("unresolved", "unnamed", "said", self._base, self._base, one.rule),)
        return ()

    def _stated(self, period: Period) -> ClaimPeriod:
        original = self._document.text[self._base + period.start : self._base + period.end]
        return ClaimPeriod(period.first, period.last, original, period.precision)

    def written(self) -> list[Period]:
        """Periods in which a document is said to have been written: drafted, dated, written, prepared in ..."""
        out = []
        for period in self.periods:
            before = text_of(self._doc)[max(0, period.start - 60) : period.start].lower()
            if (
                any(
                    f"{verb} " in before
                    for verb in ("drafted", "written", "dated", "prepared", "compiled", "authored", "produced")
                )
                and period.precision != "open"
            ):
                out.append(period)
        return out


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return (0, 0) if span is None else (span.start, span.end)


def _inside(at: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in ranges)


def _same_outlet(name: str, own: str | None) -> bool:
    def bare(text: str) -> str:
        return text.lower().removeprefix("the ").strip()

    return own is not None and (bare(name) in bare(own) or bare(own) in bare(name))
