"""What a report has introduced so far, so that "the report", "the agency", "he" find what they point to, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from entrepot.reports.attribution.provenance import Hop, expand
from entrepot.reports.attribution.roles import is_outlet, role_of
from entrepot.reports.parsed import text_of
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEAR = 4
"""Paragraphs back in which "the document" finds a document called otherwise; one called the same may stand farther off."""
_NEAR_PERSON = 2
"""Paragraphs back in which "he" finds a person."""
_STEM = 4
"""Letters that a country and its adjective share: Russia, Russian."""
_NOUNS = "source_nouns_en.tsv"
_RETELLING = frozenset(
    {"report", "story", "article", "coverage", "investigation", "reporting", "newspaper", "paper", "outlet"}
)
_SHOWING = frozenset({"show", "reveal", "indicate", "suggest", "list", "record"})
_PAPERS = frozenset({"newspaper", "paper", "magazine", "outlet", "broadcaster", "website", "site", "daily", "weekly"})
_BODY = frozenset({"agency", "authority", "service", "organization", "organisation", "body"})
UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class NamedHop:
    """A hop with its place in the whole report.

    Attributes:
        name: who, or `unresolved`.
        start, end: characters of the words in the report's text.
        mention: the words, where they are not the name.
        lemma: of the head word.
        qualifiers: adjectives that describe a document: leaked, internal, classified, eight-page.
    """

    name: str
    role: str
    relation: str
    start: int
    end: int
    rule: str
    mention: str = ""
    lemma: str = ""
    qualifiers: frozenset[str] = frozenset()
    resolved: bool = True


@dataclass(slots=True)
class Discourse:
    """The sources that a report has introduced, in order; filled while it is read."""

    documents: list[tuple[int, list[NamedHop], NamedHop]] = field(default_factory=list)
    persons: list[tuple[int, NamedHop]] = field(default_factory=list)
    bodies: list[tuple[int, NamedHop]] = field(default_factory=list)
    outlets: list[tuple[int, NamedHop]] = field(default_factory=list)
    speaking: list[tuple[int, list[NamedHop]]] = field(default_factory=list)

    def note_paragraph(self, number: int, doc: Doc, base: int) -> None:
        """Remember persons, bodies, outlets and documents with a provenance that a paragraph names."""
        for entity in doc.ents:
            head = entity.root
            if entity.label_ == "PERSON":
                self.persons.append(
                    (number, named(doc, base, Hop(entity.start, entity.end, head.i, "person", "said", "mention")))
                )
            elif entity.label_ == "ORG":
                target = self.outlets if is_outlet(entity.text) else self.bodies
                role = "outlet" if target is self.outlets else "agency"
                hop = named(doc, base, Hop(entity.start, entity.end, head.i, role, "said", "mention"))
                target.append((number, _owned(head, hop)))
        things = words(_NOUNS, "document") | words(_NOUNS, "data")
        for token in doc:
            if (
                token.pos_ in ("NOUN", "PROPN")
                and token.lemma_.lower() in things
                and role_of(token) in ("document", "data")
                and token.dep_ not in ("compound", "nmod")
            ):
                hops = [named(doc, base, h) for h in expand(token, "said", "mention")]
                own = next((h for h in hops if h.lemma == token.lemma_.lower()), None)
                if own is not None and len(hops) > 1:
                    self.documents.append((number, hops, own))

    def resolve(self, number: int, doc: Doc, base: int, hops: list[Hop]) -> list[NamedHop]:
        """The hops with names: what points back is replaced by what it points to, with the provenance given there."""
        out: list[NamedHop] = []
        for one in hops:
            here = named(doc, base, one)
            head = doc[one.head]
            if one.role in ("document", "data") and len(hops) == 1 + sum(h.role == "outlet" for h in hops):
                out += self._document(number, head, here)
            elif head.lower_ == "it" and (earlier := self._subject_before(number, doc, base, head)):
                out += earlier
            elif head.tag_ in ("PRP", "PRP$", "DT", "WP", "WDT") or head.lower_ == "it":
                out.append(self._pronoun(number, head, here))
            elif one.role == "agency" and head.pos_ == "NOUN" and _definite(head):
                out.append(self._body(number, head, here))
            elif one.role == "outlet" and head.lemma_.lower() in _PAPERS and head.pos_ == "NOUN" and _definite(head):
                out.append(self._paper(number, here))
            else:
                out.append(self._surname(here))
        out = list(dict.fromkeys(out))
        if out and (not self.speaking or self.speaking[-1][1] != out):
            self.speaking.append((number, out))
        return out

    def _subject_before(self, number: int, doc: Doc, base: int, head: Token) -> list[NamedHop]:
        """What `it` points to by its place: the document or data that is the subject of the clause before it in its
        sentence, else whoever spoke as the subject of the sentence before."""
        clause = next((c for c in head.head.children if c.dep_ == "advcl" and c.i < head.i), None)
        subject = None if clause is None else next((c for c in clause.children if c.dep_ == "nsubj"), None)
        if subject is not None and role_of(subject) in ("document", "data"):
            here = named(doc, base, expand(subject, "said", "anaphora-clause")[0])
            return [replace(hop, rule="anaphora-clause") for hop in self._document(number, subject, here)]
        if not self.speaking or head.sent.start == 0:
            return []
        before = doc[head.sent.start - 1].sent
        at, hops = self.speaking[-1]
        own = next(
            (h for h in hops if h.start == base + before.start_char or h.start == base + before.start_char + 4), None
        )
        if at != number or own is None or own.role not in ("document", "data", "outlet"):
            return []
        start = base + head.idx
        return [
            replace(hop, start=start, end=start + len(head), mention=head.text, rule="anaphora-subject")
            if hop is own
            else hop
            for hop in hops
        ]

    def bodies_called(self, number: int, called: str) -> str:
        """Names of bodies of this paragraph and the two before that hold a word of what somebody is called: `the Belmaran
        Embassy` for `embassy spokesman Lind`."""
        words_of_it = {w.lower() for w in called.split()} & words(_NOUNS, "agency")
        near = [hop.name for at, hop in self.bodies if number - at <= _NEAR_PERSON]
        return " ".join(name for name in near if words_of_it & set(name.lower().split()))

    def last_person(self, number: int) -> list[NamedHop]:
        """Who spoke last, where it was a person or body in this paragraph or the two before: for speech that goes on."""
        for at, hops in reversed(self.speaking):
            if number - at > _NEAR_PERSON:
                break
            if hops[-1].role in ("person", "agency") and hops[-1].resolved:
                return [replace(hop, rule="dash-speech") for hop in hops]
        return []

    def answering(self, label: str) -> list[NamedHop]:
        """Whoever answers in an interview: behind `A:` the first person (else body) that the report names, behind a name that
        person."""
        low = label.lower()
        if low in ("a", "answer"):
            found = next((hop for _, hop in (*self.persons, *self.bodies)), None)
        else:
            found = next((hop for _, hop in self.persons if f" {hop.name}".lower().endswith(f" {low}")), None)
        return [] if found is None else [replace(found, rule="answer")]

    def spoken_before(self, number: int, position: int) -> list[NamedHop]:
        """Who spoke last before a character of the report in the same paragraph; empty where nobody did."""
        earlier = [hops for at, hops in self.speaking if at == number and max(h.start for h in hops) < position]
        return [] if not earlier else [replace(h, rule="carried-noun") for h in max(earlier, key=lambda e: e[-1].start)]

    def in_document(self, number: int, position: int) -> list[NamedHop]:
        """The hops of the document that is being described, for a passive that names nobody: the last source, when it
        was a document, in this paragraph or the one before."""
        earlier = [(at, hops) for at, hops in self.speaking if max(h.start for h in hops) < position]
        if not earlier or number - earlier[-1][0] > 1:
            return []
        told = sorted((hops for at, hops in earlier if at == earlier[-1][0]), key=lambda e: max(h.start for h in e))
        hops = told[-1]
        if not any(h.role == "document" for h in hops):
            # the paragraph began with the document and went on with those who stand behind it
            described = next((e for e in reversed(told) if any(h.role == "document" for h in e)), hops)
            later = told[told.index(described) + 1 :]
            hops = described if all(_kin(described, other) for other in later) else hops
        return (
            [replace(hop, rule="passive-in-document") for hop in hops]
            if any(h.role == "document" or h.rule == "anaphora-outlet" for h in hops)
            else []
        )

    def _document(self, number: int, head: Token, here: NamedHop) -> list[NamedHop]:
        if not _definite(head):
            return [here]
        same = [
            entry
            for entry in self.documents
            if entry[2].role == here.role and entry[2].lemma == here.lemma and entry[2].start < here.start
        ]
        near = [
            entry
            for entry in self.documents
            if entry[2].role == here.role and number - entry[0] <= _NEAR and entry[2].start < here.start
        ]
        chosen = same[-1] if same else near[-1] if near else None
        outlet = next(
            (hop for at, hop in reversed(self.outlets) if number - at <= _NEAR and hop.start < here.start), None
        )
        if (
            here.lemma in _RETELLING
            and outlet is not None
            and (
                chosen is None
                or (
                    outlet.start > chosen[2].start
                    and all(h.start != outlet.start for h in chosen[1])
                    and not _names(chosen[1], outlet)
                )
            )
        ):
            return [
                replace(
                    outlet, relation="said", start=here.start, end=here.end, mention=here.name, rule="anaphora-outlet"
                )
            ]
        if chosen is None:
            return [here]
        own = chosen[2]
        hops = [
            replace(
                own, relation=here.relation, start=here.start, end=here.end, mention=here.name, rule="anaphora-document"
            )
            if hop is own
            else hop
            for hop in chosen[1]
        ]
        return [*_obtained_elsewhere(hops, same), *hops] if chosen in same else hops

    def _pronoun(self, number: int, head: Token, here: NamedHop) -> NamedHop:
        low = head.lower_
        pool: list[tuple[int, NamedHop]] = []
        if low in ("he", "she", "him", "her"):
            pool = [
                entry for entry in self.persons if number - entry[0] <= _NEAR_PERSON and entry[1].start < here.start
            ]
        elif low == "it":
            pool = [
                entry for entry in (*self.bodies, *self.outlets) if number == entry[0] and entry[1].start < here.start
            ]
            documents = [entry[2] for entry in self.documents if number - entry[0] <= 1 and entry[2].start < here.start]
            pool = sorted([*pool, *((number, d) for d in documents)], key=lambda entry: entry[1].start)
        elif low == "they" and head.head.lemma_.lower() in _SHOWING:
            return self._shown(number, here)
        if not pool:
            return replace(
                here, name=UNRESOLVED, mention=here.name, role="unnamed", rule=here.rule + "+unresolved", resolved=False
            )
        found = pool[-1][1]
        full = next((hop for _, hop in reversed(pool) if hop.name.endswith(" " + found.name)), found)
        return replace(
            here,
            name=full.name,
            role=full.role,
            mention=here.name,
            rule=here.rule + "+anaphora",
            qualifiers=full.qualifiers,
        )

    def _shown(self, number: int, here: NamedHop) -> NamedHop:
        """`They show that`: the records or documents introduced last, in this paragraph or the one before."""
        near = [
            own for at, _, own in self.documents if number - at <= 1 and own.start < here.start and own.role == "data"
        ]
        near = near or [own for at, _, own in self.documents if number - at <= 1 and own.start < here.start]
        if not near:
            return replace(
                here, name=UNRESOLVED, mention=here.name, role="unnamed", rule=here.rule + "+unresolved", resolved=False
            )
        return replace(
            near[-1],
            relation=here.relation,
            start=here.start,
            end=here.end,
            mention=here.name,
            rule=here.rule + "+anaphora",
        )

    def _paper(self, number: int, here: NamedHop) -> NamedHop:
        """`the newspaper said`: the outlet named last before."""
        near = [hop for at, hop in self.outlets if number - at <= _NEAR and hop.start < here.start]
        if not near or near[-1].name in here.name or here.name[:1].isupper():
            return here
        return replace(here, name=near[-1].name, mention=here.name, rule=here.rule + "+anaphora-outlet")

    def _surname(self, here: NamedHop) -> NamedHop:
        """A single word that is the surname of a person named before is that person, whatever the model takes it for; one that ends
        the name of an outlet named before is that outlet (`the Gazette` after `the Tidewater Gazette`)."""
        paper = next(
            (h for _, h in reversed(self.outlets) if h.start < here.start and h.name.endswith(" " + here.name)), None
        )
        if paper is not None and " " not in here.name and here.role in ("agency", "outlet"):
            return replace(here, name=paper.name, role="outlet", mention=here.name)
        known = any(hop.start < here.start and hop.name.endswith(" " + here.name) for _, hop in self.persons)
        return replace(here, role="person") if known and here.role == "agency" and " " not in here.name else here

    def _body(self, number: int, head: Token, here: NamedHop) -> NamedHop:
        """`the service`, `the authority`: a body named before whose name holds the word, else the nearest body of its kind."""
        described = [c for c in head.children if c.dep_ in ("compound", "amod")]
        if any(child.dep_ in ("prep", "poss") for child in head.children):
            return here
        near = [hop for at, hop in self.bodies if number - at <= _NEAR and hop.start < here.start]
        if described:
            return _described(head, near, here)
        holding = [hop for hop in near if head.lemma_.lower() in hop.name.lower()]
        if holding:
            return replace(here, name=holding[-1].name, mention=here.name, rule=here.rule + "+anaphora")
        if head.lemma_.lower() in _BODY and near:
            return replace(here, name=near[-1].name, mention=here.name, rule=here.rule + "+anaphora")
        return here


def _fits(hop: NamedHop, nations: set[str], topics: set[str]) -> bool:
    """Whether a body named before can be meant by its nation and its trade: `Russia's Security Service` and `the Russian
    intelligence agency`."""
    name, spying = set(hop.name.lower().split()), words(_NOUNS, "spying")
    owners = {q.removeprefix("of ")[:_STEM] for q in hop.qualifiers if q.startswith("of ")}
    trade = not topics or bool(topics & name) or bool(topics & spying and name & spying)
    return trade and bool(name - nations) and (not owners or not nations or bool(owners & {n[:_STEM] for n in nations}))


def _described(head: Token, near: list[NamedHop], here: NamedHop) -> NamedHop:
    """`the Russian intelligence agency`: the nearest body of its nation and trade, else itself."""
    described = [c for c in head.children if c.dep_ in ("compound", "amod")]
    nations = {c.lower_ for c in described if c.ent_type_ in ("NORP", "GPE")}
    topics = {c.lower_ for c in described if c.ent_type_ not in ("NORP", "GPE")}
    if (
        not topics
        or head.lemma_.lower() not in _BODY
        or any(c.pos_ == "PROPN" and c.lower_ in topics for c in described)
    ):
        return here
    fitting = [hop for hop in near if _fits(hop, nations, topics)]
    return replace(here, name=fitting[-1].name, mention=here.name, rule=here.rule + "+anaphora") if fitting else here


def _obtained_elsewhere(hops: list[NamedHop], same: list[tuple[int, list[NamedHop], NamedHop]]) -> list[NamedHop]:
    """Who obtained a document or data, where the report says it in one place and who provided it in another."""
    if any(h.relation in ("obtained", "reviewed") or h.role == "outlet" for h in hops):
        return []
    for _, others, _own in reversed(same):
        if any(h.relation in ("authored", "provided", "compiled") for h in others):
            continue
        found = [h for h in others if h.relation in ("obtained", "reviewed")]
        if found:
            return found
    return []


def _owned(head: Token, one: NamedHop) -> NamedHop:
    """A body with its nation among its qualifiers: `of russia` for `Russia's Security Service`."""
    owners = {f"of {c.lower_}" for c in head.children if c.dep_ in ("poss", "amod") and c.ent_type_ in ("GPE", "NORP")}
    return replace(one, qualifiers=one.qualifiers | owners)


def named(doc: Doc, base: int, one: Hop) -> NamedHop:
    """A hop with its name and its place in the report."""
    start, end = doc[one.start].idx, doc[one.end - 1].idx + len(doc[one.end - 1])
    head = doc[one.head]
    qualifiers = frozenset(
        c.text.lower()
        for c in head.lefts
        if c.dep_ in ("amod", "compound", "nmod", "nummod") and c.pos_ in ("ADJ", "NOUN", "VERB")
    )
    paged = "-page" in text_of(doc).lower()
    pages = frozenset(
        f"{t.lower_}-page"
        for t in (head.doc[max(0, head.i - 5) : head.i] if paged else ())
        if paged and t.i + 2 < len(doc) and doc[t.i + 1].text == "-" and doc[t.i + 2].lower_ == "page"
    )
    return NamedHop(
        text_of(doc)[start:end],
        one.role,
        one.relation,
        base + start,
        base + end,
        one.rule,
        "",
        head.lemma_.lower(),
        qualifiers | pages,
    )


def _bare(name: str) -> str:
    return name.lower().removeprefix("the ")


def _kin(some: list[NamedHop], others: list[NamedHop]) -> bool:
    """Whether two chains share a source, by the whole name or its end (`the security service`)."""
    return any(
        _bare(a.name).endswith(_bare(b.name)) or _bare(b.name).endswith(_bare(a.name)) for a in some for b in others
    )


def _names(hops: list[NamedHop], outlet: NamedHop) -> bool:
    """Whether an outlet already stands among a document's hops."""
    return any(h.role == "outlet" and _bare(h.name) == _bare(outlet.name) for h in hops)


def _definite(head: Token) -> bool:
    return any(
        c.dep_ in ("det", "poss") and c.lower_ in ("the", "this", "that", "these", "those", "its", "their", "same")
        for c in head.children
    )
