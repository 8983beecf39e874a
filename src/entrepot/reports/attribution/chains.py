"""Puts the attributions of a sentence together to one chain of hops, the outlet's end first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from entrepot.reports.attribution.provenance import Hop, citing, expand, hop
from entrepot.reports.attribution.roles import role_of
from entrepot.reports.attribution.spans import Attribution
from entrepot.reports.attribution.venues import forum, venue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_SEEING = {
    "see": "reviewed",
    "review": "reviewed",
    "obtain": "obtained",
    "acquire": "obtained",
    "examine": "reviewed",
    "cite": "said",
    "reference": "said",
    "quote": "said",
}
_JOINED = 8
"""Tokens within which a second document may be joined to a first."""


def chain_of(doc: Doc, attributions: Sequence[Attribution]) -> list[Hop]:
    """The hops of attributions that govern one clause.

    Args:
        doc: the paragraph.
        attributions: those whose content holds the clause, outermost first.
    """
    hops: list[Hop] = []
    for attribution in attributions:
        if any(
            a.source and a.source[0] <= attribution.cue_token < a.source[1]
            for a in attributions
            if a is not attribution
        ):
            continue
        if hops and not attribution.speaks:
            continue
        hops = _merge(hops, hops_of(doc, attribution))
    documents = [h for h in hops if h.role == "document"]
    if len(documents) > 1:
        hops = [
            h
            for h in hops
            if not (
                h.rule == "relative-citing"
                and any(c.lower_ in ("this", "that", "the", "it") for c in doc[h.head].children)
            )
        ]
    return hops


def hops_of(doc: Doc, attribution: Attribution) -> list[Hop]:
    """The hops of one attribution; empty where nobody is named."""
    cue = doc[attribution.cue_token]
    if attribution.source_token is None:
        place = forum(cue)
        return [] if place is None else expand(place, "said", "passive-in-document")
    if cue.lemma_.lower() in ("cite", "quote") and cue.dep_ in ("advcl", "acl", "relcl", "prep", "amod", "pcomp"):
        return []
    head = doc[attribution.source_token]
    if head.tag_ in ("WP", "WDT") and head.head.dep_ == "relcl":
        head = head.head.head
    head = _name_head(head)
    hops = expand(head, "said", attribution.rule)
    for other in _joined(head):
        more = expand(other, "said", attribution.rule)
        if len(more) > len(hops):
            hops = more
    seeing = _sees_document(cue, head)
    if seeing is not None:
        relation, thing = seeing
        return [
            hop(head, relation, "has-seen", "outlet" if relation != "said" else ""),
            *(h for h in expand(thing, "cited" if relation == "said" else "said", "has-seen") if h.head != head.i),
        ]
    own_role = role_of(head)
    if own_role in ("document", "data"):
        presenter = _presenter(head)
        if presenter is not None and all(h.head != presenter.head for h in hops):
            hops = [presenter, *hops]
        return hops
    seen = _seen_document(head)
    if seen is not None:
        relation, thing = seen
        return [
            hop(head, relation, "which-obtained", "outlet"),
            *[h for h in expand(thing, "said", "which-obtained") if h.head != head.i],
        ]
    place = forum(cue)
    if place is not None and place.i != head.i:
        outer = [h for h in expand(place, "said", "speaks-in") if h.head != head.i]
        author = next((h for h in outer if h.relation == "authored"), None)
        if author is not None and (head.pos_ != "PROPN" or doc[head.i].text in doc[author.start : author.end].text):
            hops = outer
        else:
            hops = [
                *(h for h in outer if h.relation != "authored"),
                *(h.called("authored", "speaks-in") if h.head == head.i else h for h in hops),
            ]
    else:
        itself = range(cue.i, cue.i + 1)
        rests = [h for h in citing(cue, itself) if all(h.head != k.head for k in hops)]
        hops = [*hops, *rests]
    quoted = _quoted_by(head)
    if quoted is not None and all(h.head != quoted.i for h in hops):
        hops = [hop(quoted, "said", "quoted-by", "outlet"), *hops]
    told = venue(doc, cue)
    if told is not None and all(h.head != told.i for h in hops):
        hops = [hop(told, "obtained", "told-to", "outlet"), *hops]
    return hops


def _name_head(token: Token) -> Token:
    """The person that stands in apposition to a title or pronoun, else the token."""
    return (
        next((c for c in token.children if c.dep_ == "appos" and c.ent_type_ == "PERSON" and c.i > token.i), token)
        if token.ent_type_ != "PERSON"
        else token
    )


def _joined(head: Token) -> list[Token]:
    """`reports, commercial and customs data obtained by X`: documents and data joined to a document."""
    if role_of(head) not in ("document", "data"):
        return []
    out: list[Token] = []
    for token in head.doc[head.i + 1 : min(head.i + _JOINED, head.sent.end)]:
        if token.pos_ in ("VERB", "AUX") or token.text in (";", ":"):
            break
        if (
            token.pos_ in ("NOUN", "PROPN")
            and token.dep_ not in ("compound", "nmod", "pobj")
            and role_of(token) in ("document", "data")
        ):
            out.append(token)
    return out


def _sees_document(cue: Token, head: Token) -> tuple[str, Token] | None:
    """`The Courier has seen an order of the ministry`; `the Times cited documents`."""
    relation = _SEEING.get(cue.lemma_.lower())
    thing = next((c for c in cue.children if c.dep_ == "dobj"), None)
    if thing is not None and thing.lemma_.lower() == "copy":  # `has seen a copy of the memo`
        thing = next((c for p in thing.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"), thing)
    if relation is None or thing is None or role_of(thing) not in ("document", "data"):
        return None
    return (relation, thing) if relation == "said" or role_of(head) == "outlet" else None


def _presenter(head: Token) -> Hop | None:
    """Who cites or has obtained the document that speaks: `the Times referenced documents showing that ...`."""
    verb = head.head
    relation = _SEEING.get(verb.lemma_.lower()) if head.dep_ == "dobj" else None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if relation is None or subject is None or subject.tag_ in ("PRP", "WP", "WDT", "DT"):
        return None
    return hop(subject, relation, "presents")


def _quoted_by(head: Token) -> Token | None:
    """`the police, quoted by the state news agency`."""
    doc = head.doc
    for at in range(head.i + 1, min(head.i + 4, head.sent.end - 2)):
        if doc[at].lower_ in ("quoted", "cited") and doc[at + 1].lower_ == "by":
            return next(
                (
                    t
                    for t in doc[at + 2 : min(at + 8, head.sent.end)]
                    if t.pos_ in ("NOUN", "PROPN") and t.dep_ == "pobj"
                ),
                None,
            )
    for child in head.children:
        if child.dep_ == "acl" and child.lemma_.lower() in ("quote", "cite") and child.tag_ == "VBN":
            agent = next((c for c in child.children if c.dep_ == "agent"), None)
            return None if agent is None else next((c for c in agent.children if c.dep_ == "pobj"), None)
    return None


def _seen_document(head: Token) -> tuple[str, Token] | None:
    """`The Register, which obtained the contract, says`."""
    for child in head.children:
        if child.dep_ == "relcl" and child.lemma_.lower() in ("obtain", "see", "review", "acquire"):
            thing = next((c for c in child.children if c.dep_ == "dobj"), None)
            if thing is not None and role_of(thing) in ("document", "data"):
                return ("obtained" if child.lemma_.lower() in ("obtain", "acquire") else "reviewed"), thing
    return None


def _merge(outer: list[Hop], inner: list[Hop]) -> list[Hop]:
    """Outer hops first; a source that both name stands once, where the inner chain has it unless it is the outer's first."""
    known = {h.head for h in outer}
    return [*outer, *(h for h in inner if h.head not in known)]
