"""How a source stands to what it says: stance, reserve, negation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from entrepot.reports.attribution.cues import stances
from entrepot.reports.parsed import remembered
from entrepot.reports.tables_of_words import rows, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HEDGES = "hedges_en.tsv"
_STEM = 4
"""Letters that a country and its adjective share: China, Chinese."""


def stance_of(text: str, cue: Token | None, role: str) -> tuple[str, bool]:
    """Stance of a claim and whether its cue is itself a reserve.

    Args:
        text: the claim's words, evened.
        cue: the cue that governs it, None for the outlet's own voice.
        role: role of the source that stands nearest to the claim.
    """
    if says_nothing(text):
        return "no_comment", False
    if cue is None:
        return "asserts", False
    stance, hedged = stances().get(cue.lemma_.lower(), ("asserts", False))
    if _negated(cue) and stance in ("denies",):
        return "asserts", hedged
    if stance == "shows" and role not in ("document", "data") and cue.lemma_.lower() in words(_HEDGES, "by_records"):
        return "asserts", hedged
    return stance, hedged


def says_nothing(text: str) -> bool:
    """`did not respond`, `declined to comment`."""
    low = " ".join(text.lower().split())
    return any(phrase in low for phrase in _phrases("no_comment"))


def hedged(doc: Doc, start: int, end: int, core: Token) -> bool:
    """Whether the clause says its thing with reserve: a modal on its verb, an adverb, a verb of seeming, a set phrase."""
    if _reserve().search(doc[start:end].text.lower()):
        return True
    doubts, modals = words(_HEDGES, "word"), words(_HEDGES, "modal")
    verbs = words(_HEDGES, "verb")
    for at in _reserves(doc):
        if not start <= at < end:
            continue
        token = doc[at]
        word = token.lower_
        if word in doubts and token.pos_ in ("ADV", "ADJ", "VERB") and _touches(token, core):
            return True
        if (
            token.pos_ == "VERB"
            and token.lemma_.lower() in verbs
            and (token == core or token.dep_ in ("ROOT", "ccomp", "conj") or token.head == core)
        ):
            return True
        if (
            word in modals
            and token.tag_ == "MD"
            and (token.head == core or token.head.head == core or token.head.dep_ in ("xcomp", "ccomp", "ROOT", "conj"))
        ):
            return True
    return False


def _reserves(doc: Doc) -> Iterable[int]:
    """The tokens of a paragraph that may be words of reserve, sought once."""
    known = remembered(doc, "reserve")
    if not known:
        seek = words(_HEDGES, "word") | words(_HEDGES, "modal")
        verbs = words(_HEDGES, "verb")
        known[-1] = tuple(t.i for t in doc if t.lower_ in seek or (t.pos_ == "VERB" and t.lemma_.lower() in verbs))
    found = known[-1]
    return found if isinstance(found, tuple) else ()


def negated(core: Token) -> bool:
    """Whether the clause denies its own verb: not, never, no evidence, nothing, neither; not `no choice but`."""
    if not _negation(core):
        return False
    sentence = core.sent.text.lower()
    return not any(phrase in sentence for phrase in _phrases("no_negation"))


def _negation(core: Token) -> bool:
    known = remembered(core.doc, "negation")
    if core.i not in known:
        known[core.i] = _looked_up(core)
    return bool(known[core.i])


def _looked_up(core: Token) -> bool:
    verb: Token = core
    for _ in range(3):
        if any(c.dep_ == "neg" or c.lower_ in ("never", "neither", "hardly", "scarcely") for c in verb.children):
            return True
        for child in verb.children:
            if any(g.dep_ == "preconj" and g.lower_ == "neither" for g in child.children):
                return True
            if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and (
                child.lower_ in ("nothing", "nobody", "none")
                or any(g.dep_ in ("det", "neg") and g.lower_ in ("no", "neither") for g in child.children)
                or (child.i > 0 and child.doc[child.left_edge.i - 1].lower_ == "not" and _single(child))
                or (child.left_edge.lower_ == "not" and _single(child))
            ):
                return True
        below = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
        if below is None:
            return False
        verb = below
    return False


def _single(subject: Token) -> bool:
    """`Not one of the crates`, `not a single crate`; not `not all crates`."""
    return any(t.lower_ in ("one", "single") for t in subject.doc[subject.left_edge.i : subject.i + 1])


def disowns(core: Token, cue: Token, speaker: str, bodies: str = "") -> bool:
    """`The firm said it did not sell the pumps`: speakers who say that they have not done a thing deny it. Not `said the
    port did not close`, not `said they did not know`, not `said it would not sell`."""
    neg = next((c for c in core.children if c.dep_ == "neg"), None)
    subject = next((c for c in core.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if neg is None or cue == core or core.lemma_.lower() in words(_HEDGES, "no_denial"):
        return False
    if subject is None and core.dep_ == "conj":
        subject = next((c for c in core.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or any(c.tag_ == "MD" for c in core.children):
        return False
    if subject.lemma_.lower() in words("source_nouns_en.tsv", "agency") and [c.lower_ for c in subject.children] == [
        "the"
    ]:
        return True
    if subject.ent_type_ == "GPE" and _speaks_for(subject, f"{speaker} {bodies}"):
        return True
    own = speaker.lower().removeprefix("the ").split()
    return subject.lower_ in words(_HEDGES, "oneself") or (bool(own) and subject.lower_ in (own[0], own[-1]))


def _speaks_for(country: Token, speaker: str) -> bool:
    """`The Belmaran Embassy said Belmara did not`: a body of a country speaks of it by name."""
    low = speaker.lower().split()
    kin = any(w[:_STEM] == country.lower_[:_STEM] and w != country.lower_ for w in low if len(w) > _STEM)
    return kin and bool(set(low) & words("source_nouns_en.tsv", "agency"))


def leaves_open(cue: Token) -> bool:
    """`Neither firm has explained why`, `the guild could not say whether`: nobody tells anything, and the claim is that they do
    not; not `the guild did not say that` and not `the guild denied that`."""
    if not _negation(cue) or stances().get(cue.lemma_.lower(), ("",))[0] in ("denies", "shows", "alleges"):
        return False
    below = next((c for c in cue.children if c.dep_ in ("ccomp", "advcl") and c.i > cue.i), None)
    return below is not None and any(
        t.tag_ in ("WRB", "WP", "WDT") or t.lower_ in ("whether", "if")
        for t in cue.doc[below.left_edge.i : below.left_edge.i + 2]
    )


def denied_by(cue: Token | None) -> bool:
    """`The records do not show that ...`: the cue is denied, and with it what it reports; a denied denial is none."""
    return cue is not None and _negated(cue) and stances().get(cue.lemma_.lower(), ("asserts",))[0] != "denies"


def _negated(cue: Token) -> bool:
    return any(c.dep_ == "neg" for c in cue.children)


def _touches(token: Token, core: Token) -> bool:
    """Within the core's own clause or directly above it."""
    step: Token = token
    for _ in range(4):
        if step in (core, core.head):
            return True
        step = step.head
    return False


@cache
def _reserve() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _phrases('phrase')))})\b")


@cache
def _phrases(group: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in rows(_HEDGES) if row["group"] == group)
