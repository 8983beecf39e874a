"""Finds sentences that say who reported the one before: `The news was first reported by the Evening Herald.`"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.reports.attribution.provenance import Hop, hop
from entrepot.reports.attribution.roles import role_of
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def credit_lines(doc: Doc) -> list[tuple[int, Hop]]:
    """Sentences whose main verb says that an outlet carried `this news`: rule `credit-line`.

    Not `The Herald published its accounts`, which speaks of the outlet, and not `The firm shared this view`, whose subject
    is none.

    Returns:
        Pairs of a sentence's first token and the outlet.
    """
    out = []
    for sent in doc.sents:
        verb = sent.root
        if verb.lemma_.lower() not in words("nouns_en.tsv", "carries"):
            continue
        passive = any(c.dep_ == "nsubjpass" for c in verb.children)
        about = next((c for c in verb.children if c.dep_ == ("nsubjpass" if passive else "dobj")), None)
        outlet = _agent(verb) if passive else next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if about is None or outlet is None or role_of(outlet) != "outlet" or not _pointing(about):
            continue
        out.append((sent.start, hop(outlet, "said", "credit-line", "outlet")))
    return out


def _agent(verb: Token) -> Token | None:
    by = next((c for c in verb.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"), None)
    return None if by is None else next((c for c in by.children if c.dep_ == "pobj"), None)


def _pointing(noun: Token) -> bool:
    """`this news`, `the story`, `it`: what was told before."""
    if noun.lower_ in ("it", "this", "that"):
        return True
    return (
        noun.lemma_.lower() in words("nouns_en.tsv", "news")
        and any(c.dep_ == "det" and c.lower_ in ("the", "this", "these") for c in noun.children)
        and not any(c.dep_ in ("prep", "relcl", "acl", "poss") for c in noun.children)
    )
