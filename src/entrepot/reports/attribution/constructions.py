"""Names the construction that a word stands in: the left column of the cue table that was counted on PolNeAR train."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 4
"""Tokens between a verb's clause and the quotation that it reports."""
_OBJECT = frozenset({"dobj", "dative", "attr", "oprd"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})


def construction(token: Token, speech: Sequence[tuple[int, int]]) -> str:
    """The construction of a verb, noun or adjective.

    Args:
        token: the word.
        speech: token ranges of quoted speech in the same paragraph.
    """
    if token.pos_ in ("NOUN", "PROPN", "ADJ"):
        return _nominal(token)
    children = {child.dep_: child for child in token.children}
    voice = "passive-" if "auxpass" in children or "nsubjpass" in children else ""
    if _beside_speech(token, speech):
        return voice + "speech"
    if "ccomp" in children:
        return voice + ("ccomp" if children["ccomp"].i > token.i else "ccomp-before")
    if "xcomp" in children:
        return voice + "xcomp"
    if "mark" in children and children["mark"].lower_ == "as" and token.dep_ == "advcl":
        return voice + "as"
    if _OBJECT & set(children):
        return voice + "object"
    prepositions = [child.lower_ for child in token.children if child.dep_ == "prep" and child.i > token.i]
    if prepositions:
        return f"{voice}prep-{prepositions[0]}"
    if "acomp" in children:
        return voice + "acomp"
    if token.dep_ in ("acl", "amod"):
        return voice + "participle"
    return voice + ("bare" if _SUBJECT & set(children) else "bare-nosubject")


def _nominal(token: Token) -> str:
    deps = {child.dep_: child for child in token.children}
    if "acl" in deps and deps["acl"].i > token.i and any(c.lower_ in ("that", "to") for c in deps["acl"].children):
        return "noun-clause"
    if "ccomp" in deps or "xcomp" in deps:
        return "noun-clause"
    owned = "poss" in deps
    prepositions = [child.lower_ for child in token.children if child.dep_ == "prep" and child.i > token.i]
    return ("noun-owned-" if owned else "noun-") + (prepositions[0] if prepositions else "bare")


def _beside_speech(token: Token, speech: Sequence[tuple[int, int]]) -> bool:
    """Whether quoted speech of the same sentence touches the verb's own words (subject, object, modifiers)."""
    sent = token.sent
    for start, end in speech:
        if end <= sent.start or start > sent.end or (start == sent.end and sent[-1].text != ":"):
            continue
        if end <= token.i:
            between = [t for t in token.doc[end : token.i] if not t.is_punct]
            if all(t.head == token or t.is_ancestor(token) or _own(t, token) for t in between) or len(between) <= _NEAR:
                return True
        elif start > token.i:
            between = [t for t in token.doc[token.i + 1 : start] if not t.is_punct]
            if len(between) <= _NEAR or all(_own(t, token) for t in between):
                return True
    return False


def _own(token: Token, verb: Token) -> bool:
    """Whether a word belongs to the verb without a verb in between."""
    while token != verb and token.head != token:
        if token.pos_ == "VERB" and token.dep_ not in ("relcl", "acl", "amod"):
            return False
        token = token.head
    return bool(token == verb)
