"""Finds where a speaker spoke: to which outlet, and in which document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.reports.attribution.roles import role_of
from entrepot.reports.parsed import holds, remembered
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = "source_nouns_en.tsv"
_TALKS = re.compile(r"(?i)interview|comment|remark|statement|speak|spoke|conversation")
"""What a paragraph must hold before its tokens are gone through."""


def venue(doc: Doc, verb: Token) -> Token | None:
    """The outlet that a speaker spoke to: `told Nikkei`, `in an interview with X`, `speaking to X`, `in comments to X`."""
    tells = verb.lemma_ == "tell"
    for child in verb.children:
        if tells and child.dep_ in ("dobj", "dative") and child.i > verb.i and not _audience(child):
            return child
        if child.dep_ in ("prep", "dative") and child.lower_ == "to":
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None and role_of(noun) == "outlet":
                return noun
    if not holds(doc, _TALKS):
        return None
    for token in verb.sent:
        if token.lemma_.lower() in (
            "interview",
            "comment",
            "remark",
            "statement",
            "speak",
            "conversation",
        ) and token.i + 2 < len(doc):
            for child in token.children:
                if child.dep_ in ("prep", "dative") and child.lower_ in ("with", "to"):
                    noun = next((c for c in child.children if c.dep_ == "pobj"), None)
                    if noun is not None and noun.pos_ == "PROPN" and noun.text[0].isupper() and not _audience(noun):
                        return noun
    return None


def _audience(token: Token) -> bool:
    return (
        token.lemma_.lower() in words(_NOUNS, "audience")
        or token.lower_ in words(_NOUNS, "audience")
        or not (token.text[0].isupper() or role_of(token) == "outlet")
    )


def forum(verb: Token) -> Token | None:
    """The document that a speaker speaks in: `In a report published on Monday, the institute said`."""
    sent = verb.sent
    known = remembered(verb.doc, "within")
    if not known:
        known[-1] = [t.i for t in verb.doc if t.lower_ in ("in", "within")]
    places = known[-1]
    for at in places if isinstance(places, list) else ():
        token = verb.doc[at]
        if sent.start <= at < sent.end and (
            token.i - sent.start <= 1 or (token.dep_ == "prep" and (token.head == verb or token.head.head == verb))
        ):
            noun = next((c for c in token.children if c.dep_ == "pobj"), None)
            if (
                noun is not None
                and role_of(noun) == "document"
                and noun.lemma_.lower()
                not in (
                    "statement",
                    "video",
                    "tweet",
                    "post",
                    "interview",
                    "speech",
                    "email",
                    "e-mail",
                    "note",
                    "plan",
                    "case",
                )
            ):
                return noun
    return None
