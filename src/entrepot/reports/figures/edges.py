"""Finds where a noun's own phrase ends, so that a figure's scope is cut neither too short nor too long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.reports.parsed import spaced
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 18
"""Tokens of a scope: longer ones are clauses that the parser hung on by mistake."""
_STOP_DEPS = ("relcl", "appos", "conj", "cc", "punct", "advcl", "parataxis", "ccomp")


def right_edge(noun: Token, *, way: bool = False) -> int:
    """The last word of a noun's own phrase: complements and short participles stay, clauses and lists go; the way that goods
    took (`through the port`) only where asked for."""
    last = noun.i
    for child in sorted(noun.rights, key=lambda c: c.i):
        if (
            child.dep_ == "acl"
            and child.tag_ == "VBN"
            and child.left_edge.i == last + 1
            and child.lower_ not in words("measure_nouns_en.tsv", "worth")
            and child.lower_ not in words("measure_nouns_en.tsv", "guise")
        ):
            edge = child.i
            for grand in child.rights:
                if (
                    grand.dep_ in ("agent", "prep", "advmod", "prt")
                    and grand.left_edge.i == edge + 1
                    and not temporal(grand)
                ):
                    edge = _edge_of_prep(grand)
            last = edge
            continue
        if child.dep_ in _STOP_DEPS and not (child.dep_ in ("cc", "conj") and _short_list(noun)):
            break
        if child.dep_ == "prep" and (
            temporal(child)
            or _priced(child)
            or child.lower_ in ("according", "including", "by", "since", "until")
            or (not way and (child.lower_ in ("via", "through") or _party(child)))
        ):
            break
        if child.left_edge.i > last + 1 or (
            child.dep_ in ("acl", "advmod", "amod")
            and child.lower_ in words("measure_nouns_en.tsv", "worth") | words("measure_nouns_en.tsv", "guise")
        ):
            break
        last = _edge_of_prep(child) if child.dep_ in ("prep", "agent") else child.right_edge.i
    following = noun.doc[last + 1 : last + 2]
    if (
        last == noun.i
        and len(following)
        and following[0].tag_ in ("NN", "NNS")
        and following[0].dep_ in ("amod", "nmod", "appos")
        and following[0].head.i <= noun.i
    ):
        last += 1  # `barrels of Urals crude`, where `crude` was taken for a modifier of the barrels
    elif last == noun.i and len(following) and _behind_its_noun(following[0], noun):
        last += 1
    elif last == noun.i and len(following) and _way_of_trade(following[0], noun):
        last = _edge_of_prep(following[0])
    return int(min(last, noun.i + _LONGEST))


def _behind_its_noun(word: Token, noun: Token) -> bool:
    """`Sudan's gum arabic`: an adjective behind its noun at the end of a phrase, which the parser hung on the verb."""
    doc = word.doc
    ends = word.i + 1 >= len(doc) or doc[word.i + 1].is_punct or doc[word.i + 1].pos_ == "ADP"
    apart = words("measure_nouns_en.tsv", "worth")
    return bool(
        word.tag_ == "JJ" and word.lower_ not in apart and word.dep_ == "advmod" and word.head.i < noun.i and ends
    )


def _way_of_trade(link: Token, noun: Token) -> bool:
    """`38% of its exports | to Orvania`, where the parser hung the country on the verb; not `cut its exports to 40 tonnes`."""
    goal = next((c for c in link.children if c.dep_ == "pobj"), None)
    return (
        link.lower_ in ("to", "from")
        and noun.lemma_.lower() in words("measure_nouns_en.tsv", "trade")
        and goal is not None
        and goal.ent_type_ in ("GPE", "LOC", "NORP")
    )


def _party(preposition: Token) -> bool:
    """`12 shipments of pumps | from two firms`: who sent or got them is no part of the goods."""
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return (
        preposition.lower_ in ("from", "to")
        and noun is not None
        and noun.lemma_.lower() in words("nouns_en.tsv", "body")
        and not any(c.dep_ == "nummod" for c in noun.children)
    )


def _priced(preposition: Token) -> bool:
    """`nine tugs | for 4 million pesos`: the price is no part of what is counted."""
    return any(c.dep_ == "pobj" and c.ent_type_ in ("MONEY", "PERCENT") for c in preposition.children)


def _edge_of_prep(preposition: Token) -> int:
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return preposition.i if noun is None else right_edge(noun)


def _short_list(noun: Token) -> bool:
    """`parts and cameras`: two bare nouns."""
    other = next((c for c in noun.children if c.dep_ == "conj"), None)
    return (
        other is not None
        and other.i - noun.i <= 3
        and other.pos_ == noun.pos_
        and not any(c.dep_ in ("nummod", "conj") for c in other.children)
        and other.left_edge.i == other.i
        and not any(c.text == "," for c in noun.children)
    )


def temporal(preposition: Token) -> bool:
    """`in 2014`, `since the spring`: whether a preposition says when."""
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return noun is not None and (
        noun.ent_type_ in ("DATE", "TIME")
        or noun.lemma_.lower() in words("measure_nouns_en.tsv", "duration")
        or bool(re.fullmatch(r"(19|20)\d\d", noun.text))
    )


def text_between(doc: Doc, start: int, end: int) -> str | None:
    """The words of some tokens without articles before them, and marks and prepositions at their ends."""
    while start < end and (doc[start].lower_ in ("the", "a", "an") or (doc[start].is_punct and doc[start].text != "(")):
        start += 1
    while end > start and (
        (doc[end - 1].is_punct and doc[end - 1].text not in (")", '"')) or doc[end - 1].tag_ in ("IN", "TO")
    ):
        end -= 1
    return spaced(doc, start, end) if start < end else None
