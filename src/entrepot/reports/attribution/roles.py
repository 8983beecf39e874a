"""Says what a source is (outlet, document, data, agency, person, unnamed) and what it is called."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.reports.parsed import remembered
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = "source_nouns_en.tsv"
_KEPT = ("amod", "compound", "nmod", "nummod", "poss", "case", "det", "punct", "quantmod")


def role_of(head: Token) -> str:
    """One of the roles of the table `attributions`."""
    known = remembered(head.doc, "role")
    if head.i not in known:
        known[head.i] = _role(head)
    return str(known[head.i])


def _role(head: Token) -> str:
    name = name_of(head)
    lemma = head.lemma_.lower()
    named = _is_name(head)
    if named and (is_outlet(name) or _paper(head)):
        return "outlet"
    if _title_over(head) is not None or _name_after_body(head) is not None:
        return "person"
    if lemma in words(_NOUNS, "document") and any(
        c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN" and is_outlet(_compound_name(c)) for c in head.lefts
    ):
        return "outlet"
    if lemma == "agency" and any(c.lower_ in ("news", "press") for c in head.lefts):
        return "outlet"
    if head.ent_type_ == "PERSON" and not (named and lemma in words(_NOUNS, "document") | words(_NOUNS, "data")):
        return "person"
    if lemma in words(_NOUNS, "document") and not _is_proper_body(head):
        return "outlet" if named and is_outlet(name) else "document"
    if lemma in words(_NOUNS, "data") and not _is_proper_body(head):
        return "data"
    if lemma in words(_NOUNS, "outlet"):
        return "outlet"
    if any(c.dep_ == "appos" and c.ent_type_ == "PERSON" for c in head.children):
        return "person"
    if not named and lemma in words(_NOUNS, "title") and head.tag_ not in ("NNS",) and _definite(head):
        return "person"
    if not named and (lemma in words(_NOUNS, "unnamed") or head.tag_ in ("CD", "DT", "JJ")):
        return "unnamed"
    if head.tag_ == "PRP":
        return "person" if head.lower_ in ("he", "she", "him", "her") else "unnamed"
    if named or _is_body(head) or head.ent_type_ in ("ORG", "GPE", "NORP"):
        return "agency"
    return "unnamed"


def _is_body(head: Token) -> bool:
    """A word for a body; `customs` is one in the plural only."""
    return head.lemma_.lower() in words(_NOUNS, "agency") or head.lower_ in words(_NOUNS, "agency")


def name_of(head: Token) -> str:
    """What the source is called, without articles, clauses and complements; a person's name where one stands beside."""
    known = remembered(head.doc, "name")
    if head.i not in known:
        start, end = name_range(head)
        known[head.i] = str(head.doc[start:end].text)
    return str(known[head.i])


def name_range(head: Token) -> tuple[int, int]:
    """The token range of `name_of`."""
    doc = head.doc
    person = next((c for c in head.children if c.dep_ == "appos" and c.ent_type_ == "PERSON" and c.i > head.i), None)
    if person is not None and head.ent_type_ != "PERSON":
        head = person
    title = _title_over(head) or (head if _name_after_body(head) is not None else None)
    if title is not None and (named := _name_after_body(title)) is not None:
        return title.left_edge.i if title.left_edge.tag_ != "DT" else title.left_edge.i + 1, named.i + 1
    head = _called(head)
    start = end = head.i
    for child in sorted(head.lefts, key=lambda c: -c.i):
        if (
            child.dep_ in ("compound", "nmod")
            and child.ent_type_ in ("ORG", "GPE")
            and child.pos_ == "PROPN"
            and head.pos_ == "NOUN"
            and head.lemma_.lower() in words(_NOUNS, "document")
            and not is_outlet(_compound_name(child))
        ):
            break
        if child.dep_ in _KEPT and child.right_edge.i == start - 1 and child.dep_ != "poss":
            start = child.left_edge.i
        elif child.dep_ == "poss":
            break
    owner = next((c for c in head.lefts if c.dep_ == "poss" and c.pos_ == "PROPN"), None)
    if owner is not None and head.pos_ == "NOUN" and head.lemma_.lower() in words(_NOUNS, "agency"):
        start = owner.left_edge.i
    if head.pos_ == "PROPN" and head.ent_type_:
        entity = next(e for e in doc.ents if e.start <= head.i < e.end)
        start, end = min(start, entity.start), max(end, entity.end - 1)
        if doc[end].text == "'s":
            end -= 1
    complement = next(
        (c for c in head.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "at") and c.i == end + 1), None
    )
    term = None if complement is None else next((c for c in complement.children if c.dep_ == "pobj"), None)
    if term is not None and f"{doc[head.i].lemma_.lower()} of {term.lower_}" in words(_NOUNS, "document"):
        end = term.i
    where = next((c for c in head.children if c.dep_ == "prep" and c.lower_ == "in" and c.i == end + 1), None)
    place = None if where is None else next((c for c in where.children if c.dep_ == "pobj"), None)
    if place is not None and place.pos_ == "PROPN" and head.lemma_.lower() in words(_NOUNS, "unnamed"):
        end = max(name_range(place)[1] - 1, end)
    if complement is not None and (
        doc[head.i].pos_ == "PROPN" or head.lemma_.lower() in words(_NOUNS, "agency") | words(_NOUNS, "unnamed")
    ):
        inner = next((c for c in complement.children if c.dep_ == "pobj"), None)
        if inner is not None and inner.pos_ == "PROPN":
            end = max(name_range(inner)[1] - 1, end)
    while start < end and (
        doc[start].lower_ in ("the", "a", "an", "own", "its", "their", "his", "her", "this", "that", "those", "these")
        or doc[start].is_punct
    ):
        start += 1
    while end > start and doc[end].is_punct:
        end -= 1
    return start, end + 1


def _paper(head: Token) -> bool:
    """`the weekly Harbour`, `the broadcaster NTS`: a name right behind the word for an outlet."""
    before = head.doc[head.left_edge.i : head.i]
    return head.pos_ == "PROPN" and any(
        t.lower_ in words(_NOUNS, "outlet") and t.head == head and t.text.islower() for t in before
    )


def _called(head: Token) -> Token:
    """The name right behind the word for what it is: `the news site The Ledger`; not `the site, a blog`."""
    if head.pos_ != "NOUN" or head.lemma_.lower() not in words(_NOUNS, "outlet") | words(_NOUNS, "agency"):
        return head
    name = next(
        (c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.left_edge.i == head.i + 1), None
    )
    if name is None and head.i + 1 < len(head.doc):
        behind = head.doc[head.i + 1]
        if behind.pos_ == "PROPN" and behind.dep_ == "compound" and behind.ent_type_ not in ("DATE", "GPE", "NORP"):
            name = behind  # the parser hung the name on what follows
    return head if name is None else name


def _title_over(head: Token) -> Token | None:
    """The title that stands before a body's short name and a person's: `Envoy to the UN Petra Sandell`, for `Sandell`."""
    if head.dep_ != "pobj" or head.head.head.i >= head.i:
        return None
    title = head.head.head
    return title if _name_after_body(title) == head else None


def _name_after_body(title: Token) -> Token | None:
    """The last word of a person's name that the parser took for a part of the body's: a title, `to` or `of`, capitals
    and then at least two names."""
    if title.lemma_.lower() not in words(_NOUNS, "title"):
        return None
    for link in title.children:
        if link.dep_ != "prep" or link.i != title.i + 1:
            continue
        noun = next((c for c in link.children if c.dep_ == "pobj" and c.pos_ == "PROPN"), None)
        if noun is None:
            continue
        run = [t for t in noun.doc[link.i + 1 : noun.i + 1] if t.lower_ != "the"]
        if (
            len(run) >= 3
            and run[0].text.replace(".", "").isupper()
            and all(t.pos_ == "PROPN" and t.text[:2].istitle() and not t.text.isupper() for t in run[1:])
        ):
            return noun
    return None


def _compound_name(part: Token) -> str:
    doc = part.doc
    return str(doc[part.left_edge.i : part.i + 1].text)


def is_outlet(name: str) -> bool:
    """Whether a name is an outlet's: one that is known, or one with a word that newspapers carry."""
    bare = re.sub(r"^(the|an?) ", "", name.strip(), flags=re.IGNORECASE)
    if bare.lower() in _known():
        return True
    parts = bare.split()
    return len(parts) >= 2 and any(
        part.lower().strip(",.") in words("outlets.tsv", "word") and part[0].isupper() for part in parts
    )


@cache
def _known() -> frozenset[str]:
    return frozenset(re.sub(r"^the ", "", name.lower()) for name in words("outlets.tsv", "name"))


def _is_name(head: Token) -> bool:
    if (
        head.ent_type_ in ("ORG", "GPE", "NORP", "PERSON", "FAC", "PRODUCT", "WORK_OF_ART", "LOC")
        and head.text[0].isupper()
    ):
        return True
    return bool(head.pos_ == "PROPN" and head.text[0].isupper())


def _is_proper_body(head: Token) -> bool:
    """`the Statistics Office Register`, `Center for Data`: a document word inside a name."""
    return bool(
        head.pos_ == "PROPN"
        and head.text[0].isupper()
        and head.i > 0
        and head.nbor(-1).pos_ == "PROPN"
        and head.tag_ != "NNS"
    )


def _definite(head: Token) -> bool:
    return any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "one", "some") for c in head.children)
