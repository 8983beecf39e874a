"""Finds where a speaker spoke: to which outlet, and in which document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.reports.attribution.roles import role_of
from entrepot.reports.parsed import text_of
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = "source_nouns_en.tsv"
_TALKS = re.compile(r"(?i)interview|comment|remark|statement|speak|spoke|conversation")
"""What a paragraph must hold before its tokens are gone through."""


def venue(doc: Doc, verb: Token) -> Token | None:
    """The outlet that a speaker spoke to: `told Nikkei`, `in an interview with X`, `speaking to X`, `in comments to X`."""
    for child in verb.children:
        if verb.lemma_ == "tell" and child.dep_ in ("dobj", "dative") and child.i > verb.i and not _audience(child):
            return child
        if child.dep_ in ("prep", "dative") and child.lower_ == "to":
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None and role_of(noun) == "outlet":
                return noun
    if _TALKS.search(text_of(doc)) is None:
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
    for token in sent:
        if token.lower_ in ("in", "within") and (
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
