"""Constructions that look like reported speech and are none, and deeds that are reported speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.reports.attribution.cues import stances
from entrepot.reports.attribution.spans import Attribution, subtree
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_NOUNS = "source_nouns_en.tsv"


def reports_nothing(verb: Token, kind: str) -> bool:
    """Whether a verb that could be a cue reports nothing in this construction.

    Args:
        verb: the possible cue.
        kind: its construction, as `constructions.construction` names it.
    """
    return (
        _reduced_relative(verb, kind)
        or _after_a_colon(verb, kind)
        or _while_they_warn(verb, kind)
        or _perceived(verb, kind)
        or _best_described(verb)
        or _not_known(verb)
        or (
            kind == "ccomp" and any(c.dep_ == "ccomp" and c.lower_ == "worth" for c in verb.children)
        )  # holds gold worth
    )


def telling(verb: Token, kind: str) -> str:
    """The construction in which a verb with an object tells something, empty where it does not.

    `cites-case`: `police cite the case of a trader who ...`; not `police cite the trader for speeding`.
    `denies-thing`: `the firm denied the report`; not `the ministry denied the request`.
    `accuses-of`: `prosecutors accuse the broker of shipping crates`; not `prosecutors rid the port of rats`.
    `portrays-as`: `the memo portrays Minsk as a rival`; not `the firm uses Minsk as a hub`.
    """
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if kind != "object" or thing is None or any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return ""
    lemma = verb.lemma_.lower()
    if lemma in words(_NOUNS, "cites") and thing.lemma_.lower() in words(_NOUNS, "instance"):
        return "cites-case"
    if stances().get(lemma, ("", False))[0] == "denies" and thing.lemma_.lower() in words("nouns_en.tsv", "deniable"):
        return "denies-thing"
    if lemma in words(_NOUNS, "accuses") and accused_of(verb) is not None:
        return "accuses-of"
    if lemma in words(_NOUNS, "portrays") and any(
        c.dep_ == "prep" and c.lower_ == "as" and c.i > thing.i for c in (*verb.children, *thing.children)
    ):
        return "portrays-as"
    return ""


def shown_behind(sent: Span) -> Attribution | None:
    """`The ship left in May, port records seen by the Ledger show.`: a comma, a document and a verb of showing that ends the
    sentence, which the parser takes for a noun; not `..., a hit show`. Rule `comma-document-shows`."""
    doc, last = sent.doc, sent.end - 1
    while last > sent.start and doc[last].is_punct:
        last -= 1
    if doc[last].lower_ not in words(_NOUNS, "shows") or doc[last].pos_ == "VERB":
        return None
    comma = next((t.i for t in reversed(doc[sent.start : last]) if t.text == ","), None)
    if comma is None or comma - sent.start < 4 or doc[comma + 1].lower_ in ("a", "an"):
        return None
    heads = words(_NOUNS, "document") | words(_NOUNS, "data")
    head = next((t for t in doc[comma + 1 : last] if t.lemma_.lower() in heads and t.pos_ in ("NOUN", "PROPN")), None)
    if head is None:
        return None
    source, content = (comma + 1, last), (sent.start, comma)
    return Attribution((last, last + 1), source, (content,), "comma-document-shows", last, head.i)


def shown_as_noun(sent: Span) -> Attribution | None:
    """`Figures compiled by Seaview show that ...`, where the parser reads `Seaview show` as one noun; not `the show that we
    saw`. Rule `document-show-that`."""
    doc, root = sent.doc, sent.root
    if root.pos_ != "NOUN" or root.lower_ not in words(_NOUNS, "shows"):
        return None
    clause = next((c for c in root.children if c.dep_ in ("ccomp", "acl", "relcl") and c.i > root.i), None)
    if clause is None or doc[root.i + 1].lower_ != "that":
        return None
    heads = words(_NOUNS, "document") | words(_NOUNS, "data")
    before = doc[sent.start : root.i]
    head = next((t for t in before if t.lemma_.lower() in heads and t.pos_ in ("NOUN", "PROPN")), None)
    if head is None:
        return None
    source = (sent.start, root.i)
    return Attribution((root.i, root.i + 1), source, (subtree(clause),), "document-show-that:ccomp", root.i, head.i)


def accused_of(verb: Token) -> Token | None:
    """The deed in `accuse somebody of doing it`, active or passive, wherever the parser hung it."""
    return next(
        (
            below
            for owner in (verb, *(c for c in verb.children if c.dep_ == "dobj"))
            for c in owner.children
            if c.dep_ == "prep" and c.lower_ in ("of", "for", "with")
            for below in c.children
            if below.dep_ == "pcomp" and (below.tag_ == "VBG" or any(c.lower_ == "having" for c in below.children))
        ),
        None,
    )


def _reduced_relative(verb: Token, kind: str) -> bool:
    """`The truce declared in May ended in June`: what the parser took for reported speech is the sentence's own verb, which
    has neither a subject nor a `that`; not `he said was`."""
    if kind != "ccomp" or verb.tag_ not in ("VBD", "VBN"):
        return False
    below = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    return (
        below is not None
        and below.tag_ in ("VBD", "VBZ", "VBP")
        and not any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl", "mark", "aux") for c in below.children)
        and any(c.dep_ in ("prep", "agent", "advmod", "npadvmod") and verb.i < c.i < below.i for c in verb.children)
    )


def _after_a_colon(verb: Token, kind: str) -> bool:
    """`The shift is plain: Ankara has dropped its claim`: the verb has its own object and stands behind a colon."""
    if kind != "ccomp-before" or not any(c.dep_ in ("dobj", "attr", "acomp") and c.i > verb.i for c in verb.children):
        return False
    before = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    return before is not None and any(t.text in (":", ";") for t in verb.doc[before.i : verb.i])


def _while_they_warn(verb: Token, kind: str) -> bool:
    """`The order comes as ministers warn Minsk`: `as` is while; not `, as ministers warned` and not `as she told Reuters`."""
    if kind != "as" or verb.lemma_ == "tell":
        return False
    mark = next((c for c in verb.children if c.dep_ == "mark"), None)
    if mark is None or mark.i <= verb.sent.start or verb.doc[mark.i - 1].is_punct:
        return False
    return any(c.dep_ in ("dobj", "ccomp", "dative") and c.i > verb.i for c in verb.children)


def _perceived(verb: Token, kind: str) -> bool:
    """`were seen unloading crates`: somebody saw it and nobody says it; not `were said to be unloading`."""
    if kind != "passive-xcomp" or verb.lemma_.lower() in words(_NOUNS, "impersonal"):
        return False
    return any(c.dep_ == "xcomp" and c.tag_ == "VBG" for c in verb.children)


def _not_known(verb: Token) -> bool:
    """`It is not known whether`: nobody says it; not `It is known that`."""
    return (
        verb.lemma_ == "know"
        and any(c.dep_ == "neg" for c in verb.children)
        and any(c.dep_ in ("nsubjpass", "nsubj") and c.lower_ == "it" for c in verb.children)
    )


def _best_described(verb: Token) -> bool:
    """`is best described as`: the writer's own judgement; not `was described as`."""
    return any(
        c.dep_ == "advmod" and c.lower_ in ("best", "better", "fairly", "rightly") for c in verb.children
    ) and any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
