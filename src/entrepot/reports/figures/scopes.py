"""Finds what a figure is a figure of: the noun it counts, the phrase after `of`, the goods it prices, what has changed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.reports.figures.edges import right_edge, temporal, text_between
from entrepot.reports.parsed import text_of
from entrepot.reports.tables_of_words import rows, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LONGEST = 18
"""Tokens of a scope: longer ones are clauses that the parser hung on by mistake."""
_INSIDE = ("ADJ", "NOUN", "PROPN", "ADV", "NUM", "PRON")


def counted(doc: Doc, span: Span, end: int) -> tuple[Token | None, str | None]:
    """The noun that a number counts and its scope: `12 shipments of drone parts` is shipments, of drone parts."""
    tokens: list[Token] = []
    for token in doc[span.end : span.end + 9]:
        if token.idx < end:
            continue
        joined = token.text in ("-", "&", "/") or (
            token.tag_ in ("VBN", "VBG", "JJ") and token.dep_ in ("amod", "compound", "nmod")
        )
        if token.lower_ == "of" and not tokens and _plural_after(token):
            continue
        if not tokens and token.lower_ in words("measure_nouns_en.tsv", "when"):
            break
        if (
            token.lower_ in ("the", "its", "his", "their", "her", "these", "those")
            and not tokens
            and token.i
            and doc[token.i - 1].lower_ == "of"
        ):
            continue
        if token.pos_ not in _INSIDE and not joined:
            if (
                token.text == ","
                and tokens
                and tokens[-1].pos_ == "ADJ"
                and token.i + 1 < len(doc)
                and doc[token.i + 1].pos_ == "ADJ"
            ):
                continue
            break
        if (token.pos_ == "ADV" and token.dep_ not in ("advmod", "amod")) or token.pos_ == "PRON":
            break
        if token.pos_ == "NUM" and token.text.replace(",", "").isdigit():
            break
        if token.pos_ == "PROPN" and tokens and tokens[-1].tag_ in ("NNS", "NNPS"):
            break
        tokens.append(token)
    nouns = [token for token in tokens if token.pos_ in ("NOUN", "PROPN")]
    if not nouns:
        adjective = next((t for t in tokens if t.lower_ in ("dead", "wounded", "injured", "missing")), None)
        return (adjective, None) if adjective is not None else (None, scope_of(doc, end, links=("of",)))
    noun = next((t for t in nouns if t.tag_ in ("NNS", "NNPS")), nouns[-1])
    if noun.tag_ in ("NNS", "NNPS") and noun.i < nouns[-1].i and noun.dep_ == "compound":
        noun = nouns[-1]
    if noun.lower_ in words("measure_nouns_en.tsv", "container"):
        inner = _of_phrase(noun) or _held(noun)
        if inner is not None:
            return noun, inner
    start = tokens[0].i
    last = right_edge(noun)
    return noun, text_between(doc, start, last + 1)


def scope_of(doc: Doc, end: int, *, relative: bool = False, links: tuple[str, ...] = ("of", "in")) -> str | None:
    """The phrase after `of` (or `in`, for shares and sums) that follows a figure; with the relative clause that bounds it where asked
    for (`80% of the gas that Orvania burns`)."""
    token = token_at(doc, end)
    while token is not None and token.is_space:
        token = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if token is None or token.lower_ not in links:
        return None
    noun = next((c for c in token.children if c.dep_ in ("pobj", "pcomp") and c.i > token.i), None)
    if noun is None or (token.lower_ == "in" and (temporal(token) or noun.ent_type_ in ("GPE", "LOC"))):
        return None
    return text_between(doc, noun.left_edge.i, (_bounded_edge(noun) if relative else right_edge(noun)) + 1)


def scope_between(doc: Doc, start: int, noun: Token) -> str | None:
    """A noun phrase from a token on: `90% less | steel for bridges`."""
    return text_between(doc, start, right_edge(noun) + 1)


def _bounded_edge(noun: Token) -> int:
    """The right edge of a noun with a relative clause that follows without a comma, without the time at its end."""
    edge = right_edge(noun)
    clause = next((c for c in noun.subtree if c.dep_ == "relcl" and c.left_edge.i == edge + 1), None)
    if clause is None or clause.right_edge.i - clause.left_edge.i > _LONGEST // 2:
        return edge
    last = clause.i
    for child in sorted(clause.rights, key=lambda c: c.i):
        if child.dep_ not in ("prep", "agent", "dobj", "advmod", "prt") or (child.dep_ == "prep" and temporal(child)):
            break
        last = child.right_edge.i
    return int(last)


def token_at(doc: Doc, character: int) -> Token | None:
    """The token that begins at a character or is the first after it."""
    text = text_of(doc)
    while character < len(text) and text[character].isspace():
        character += 1
    span = doc.char_span(character, character + 1, alignment_mode="expand") if character < len(text) else None
    if span is None or not len(span):
        return None
    token = span[0]
    return token if token.idx >= character else (doc[token.i + 1] if token.i + 1 < len(doc) else None)


def worth_scope(span: Span) -> str | None:
    """`800 tons of body armor worth around $10 million`: the goods that the price is for."""
    doc = span.doc
    before = doc[max(0, span.start - 8) : span.start]
    marker = next(
        (t for t in reversed(list(before)) if t.lower_ in words("measure_nouns_en.tsv", "worth")),
        None,
    )
    if marker is not None and all(t.pos_ not in ("VERB", "AUX") for t in doc[marker.i + 1 : span.start]):
        if marker.dep_ in ("acomp", "attr") or (marker.pos_ == "VERB" and marker.dep_ not in ("acl", "amod", "advcl")):
            return _worth_of_subject(marker, span)
        owner: Token | None = (
            marker.head
            if marker.dep_ in ("amod", "acl", "prep", "advmod") and marker.head.pos_ in ("NOUN", "PROPN")
            else None
        )
        if owner is None or owner.i > marker.i:
            owner = next((t for t in reversed(list(doc[: marker.i])) if t.pos_ in ("NOUN", "PROPN")), None)
        if owner is None:
            return None
        inner = _of_phrase(owner)
        if inner is not None:
            return _before(inner, marker.lower_)
        while owner.dep_ == "compound" and owner.head.i < marker.i:
            owner = owner.head
        return text_between(doc, _phrase_start(owner), min(right_edge(owner) + 1, marker.i))
    follower = doc[span.end : span.end + 4]
    if any(t.lower_ == "worth" for t in follower):
        return scope_of(doc, next(t.idx + len(t) for t in follower if t.lower_ == "worth"))
    return None


def _worth_of_subject(marker: Token, span: Span) -> str | None:
    """`The stock is worth $4 million`, `the delay cost them $4 million in fines`: what follows `in`, else the subject."""
    inside = next((c for c in span.root.head.children if c.lower_ == "in" and c.i >= span.end), None)
    inside = inside or next((c for c in span.root.children if c.lower_ == "in" and c.i >= span.end), None)
    noun = None if inside is None else next((c for c in inside.children if c.dep_ == "pobj"), None)
    if noun is not None and inside is not None and not temporal(inside) and marker.pos_ == "VERB":
        return text_between(span.doc, noun.left_edge.i, right_edge(noun) + 1)
    verb = marker if marker.pos_ == "VERB" else marker.head
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.pos_ == "PRON":
        return None
    return text_between(span.doc, subject.left_edge.i, min(right_edge(subject) + 1, marker.i))


def paid_scope(span: Span) -> str | None:
    """`paid 40 million yen for the pumps`: what the sum was paid for."""
    verb = next((t for t in span.root.ancestors if t.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in words("measure_nouns_en.tsv", "pays"):
        return None
    places = [*verb.children, *span.root.children, *span.root.head.children]
    goal = next((c for c in places if c.dep_ == "prep" and c.lower_ in ("for", "on") and c.i >= span.end), None)
    noun = None if goal is None else next((c for c in goal.children if c.dep_ == "pobj"), None)
    return (
        None
        if noun is None or noun.ent_type_ in ("DATE", "TIME")
        else text_between(span.doc, noun.left_edge.i, right_edge(noun) + 1)
    )


def change_scope(span: Span) -> str | None:
    """What has risen, doubled or fallen: the subject of the verb, or what follows `in` after a noun of change."""
    token = span.root
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX"):
            subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            changed = _changed_object(token, span)
            if changed is not None:
                return text_between(token.doc, changed.left_edge.i, min(right_edge(changed) + 1, span.start))
            if subject is not None and subject.left_edge.i < span.start:
                return text_between(
                    token.doc,
                    subject.left_edge.i,
                    min(right_edge(subject, way=True) + 1, max(span.start, subject.i + 1)),
                )
            thing = next(
                (c for c in token.children if c.dep_ == "dobj" and c.i not in range(span.start, span.end)), None
            )
            if thing is not None and thing.pos_ in ("NOUN", "PROPN") and token.dep_ != "ROOT":
                return text_between(token.doc, thing.left_edge.i, right_edge(thing) + 1)
        if token.pos_ == "NOUN":
            place = next(
                (c for c in token.children if c.dep_ == "prep" and c.lower_ in ("in", "of") and c.i > span.start), None
            )
            noun = None if place is None else next((c for c in place.children if c.dep_ == "pobj"), None)
            if noun is not None:
                return text_between(token.doc, noun.left_edge.i, right_edge(noun) + 1)
        if token.head == token:
            break
        token = token.head
    return None


@cache
def _changing() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("changes_en.tsv"))


def _changed_object(verb: Token, span: Span) -> Token | None:
    """`The guild cut its exports by 10%`: the exports, not the guild, have changed."""
    moves = any(c.lower_ in ("up", "down") for c in verb.children)  # pushes prices up
    if not moves and verb.lemma_.lower() not in _changing():
        return None
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return None
    thing = next((c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < span.start), None)
    return thing if thing is not None and thing.pos_ in ("NOUN", "PROPN") else None


def noun_phrase(span: Span) -> str | None:
    """The noun that a sum describes: `a $4 million contract`, `$9 million in airtime`."""
    head = span.root.head
    if (
        span.root.dep_ in ("nummod", "compound", "amod", "quantmod", "nmod")
        and head.pos_ == "NOUN"
        and head.i >= span.end
        and span.doc[span.end].pos_ not in ("CCONJ", "ADP")
    ):
        return text_between(span.doc, span.end, right_edge(head) + 1)
    return None


def _held(container: Token) -> str | None:
    """`17 boxes with bearings`, `three crates containing valves`: what a container holds."""
    for child in (*container.rights, *container.doc[container.i + 1 : container.i + 2]):
        if child.lower_ not in words("measure_nouns_en.tsv", "holds") or child.dep_ not in ("prep", "acl"):
            continue
        inner = next((c for c in child.children if c.dep_ in ("pobj", "dobj")), None)
        if inner is not None:
            return text_between(inner.doc, inner.left_edge.i, right_edge(inner) + 1)
    return None


def goods_behind(doc: Doc, end: int) -> str | None:
    """`6 kg amber`, `26 thousand tons ammonium nitrate`: goods that stand right behind their weight, without `of`."""
    first = token_at(doc, end)
    if first is None or first.pos_ not in ("NOUN", "PROPN", "ADJ") or first.idx > end + 1:
        return None
    if first.lower_ in words("measure_nouns_en.tsv", "when") | words("measure_nouns_en.tsv", "duration"):
        return None
    last = first.i
    while last + 1 < len(doc) and doc[last + 1].pos_ in ("NOUN", "PROPN", "ADJ") and doc[last + 1].ent_type_ != "DATE":
        last += 1
    nouns = [t.i for t in doc[first.i : last + 1] if t.pos_ in ("NOUN", "PROPN")]
    if not nouns or (doc[nouns[0]].dep_ in ("nsubj", "nsubjpass") and doc[nouns[0]].head.i > last):
        return None
    return text_between(doc, first.i, max(last, right_edge(doc[nouns[-1]])) + 1)


def compared_scope(doc: Doc, end: int) -> str | None:
    """`three times the level of 2019`, `2.9 times more pig iron`: what stands behind a number of times."""
    first = token_at(doc, end)
    if first is None:
        return None
    if first.lower_ in ("more", "less", "fewer", "as") and first.i + 2 < len(doc):
        many = doc[first.i + 1] if first.lower_ == "as" else first
        noun = doc[many.i + 1]
        noun = noun.head if noun.dep_ in ("amod", "compound", "nmod") and noun.head.i > noun.i else noun
        return None if noun.pos_ not in ("NOUN", "PROPN") else text_between(doc, many.i + 1, right_edge(noun) + 1)
    if first.dep_ in ("det", "poss") and first.head.i > first.i and first.head.pos_ in ("NOUN", "PROPN"):
        return text_between(doc, first.i, right_edge(first.head) + 1)
    return None


def _of_phrase(noun: Token) -> str | None:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i > noun.i:
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return text_between(noun.doc, inner.left_edge.i, right_edge(inner) + 1)
    following = noun.doc[noun.i + 1 : noun.i + 2]
    if len(following) and following[0].lower_ == "of":
        return scope_of(noun.doc, following[0].idx)
    return None


def _phrase_start(noun: Token) -> int:
    start = noun.i
    for child in noun.lefts:
        if child.dep_ in ("amod", "compound", "nmod") and child.i < start:
            start = min(start, child.left_edge.i)
    return int(start)


def _plural_after(of: Token) -> bool:
    return any(t.tag_ in ("NNS", "NNPS") for t in of.doc[of.i + 1 : of.i + 6])


def _before(text: str, word: str) -> str:
    return re.split(rf"\s+{word}\b", text)[0]
