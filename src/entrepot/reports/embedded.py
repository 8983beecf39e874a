"""Finds claims inside a clause that have a verb and a figure of their own: relative clauses, `with X doing Y`, joined verbs,
concessions, asides between dashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = ("VBZ", "VBD", "VBP", "MD")
_PAST = (*_FINITE, "VBN")
_RELATIVE = ("WDT", "WP", "WRB", "WP$")
_SUBJECT = ("nsubj", "nsubjpass", "expl")
_SHORTEST = 4
"""Tokens of the shortest claim inside another."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A claim inside a clause.

    Attributes:
        start, end: tokens of its words, the noun that it is about included.
        own: token from which on figures are its own and no longer those of the clause around it.
        core: its verb.
        subject, object: the nouns that its relative pronoun stands for; None where it has its own.
        rule: id of the rule that found it.
    """

    start: int
    end: int
    own: int
    core: int
    subject: int | None
    object: int | None
    rule: str


def embedded(
    doc: Doc,
    start: int,
    end: int,
    figures: Sequence[tuple[int, int]],
    counts: Sequence[tuple[int, int]],
    said: frozenset[int],
) -> Iterator[Embedded]:
    """The embedded claims of a clause, in text order.

    Args:
        doc: the paragraph.
        start, end: tokens of the clause.
        figures: token ranges of its quantities and periods.
        counts: those of its quantities alone.
        said: tokens of verbs that report what somebody says; what they hold is a claim already.
    """
    for token in doc[start:end]:
        found = None
        if token.dep_ == "relcl":
            found = _relative(token, start, end, figures, counts, said)
        elif token.dep_ == "pcomp" and token.head.lower_ == "with" and token.head.i >= start:
            found = _absolute(token, end, figures, said)
        elif token.dep_ == "conj" and token.tag_ in _PAST:
            found = _joined(token, start, end, figures, counts)
        elif token.dep_ == "acl" and token.tag_ == "VBN":
            found = _participle(token, start, end, figures, counts)
        elif token.dep_ == "advcl" and any(c.dep_ in _SUBJECT for c in token.children):
            found = _concession(token, start, end, counts)
        elif token.dep_ in ("ccomp", "parataxis", "ROOT", "conj", "dep"):
            found = _aside(token, start, end)
        if found is not None and not (found.start == start and found.end == end):
            yield found


def _relative(
    verb: Token,
    start: int,
    end: int,
    figures: Sequence[tuple[int, int]],
    counts: Sequence[tuple[int, int]],
    said: frozenset[int],
) -> Embedded | None:
    """`Orvex, which has been on the list since 2021`; `the firm is a trader that bought 40 pumps`; not `80% of the pumps that
    were sold in 2022`, whose year belongs to the share."""
    doc, noun = verb.doc, verb.head
    first, last = verb.left_edge.i, min(verb.right_edge.i + 1, end)
    if (
        verb.i in said
        or noun.pos_ not in ("NOUN", "PROPN")
        or noun.left_edge.i < start
        or last - first < 4
        or verb.i >= last
        or not (verb.tag_ in _FINITE or any(c.tag_ in _FINITE for c in verb.children))
    ):
        return None
    apart = doc[first - 1].text == ","
    about = noun.dep_ == "attr" and noun.head.lemma_ == "be"
    inside = _within(counts, first, last)
    if apart or about:
        inside = inside or _within(figures, first, last)
    elif _within(counts, noun.left_edge.i, noun.i) or noun.ent_type_ in ("PERCENT", "MONEY"):
        return None
    if not inside:
        return None
    if doc[first].lower_ == "of" and doc[first + 1].lower_ in ("which", "whom"):
        return Embedded(first, last, first, _of_figure(verb, last, figures).i, None, None, "of-which")
    pronoun = next((c for c in verb.children if c.tag_ in _RELATIVE and c.dep_ in ("nsubj", "nsubjpass")), None)
    owner = noun
    if about:
        owner = next((c for c in noun.head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < noun.i), noun)
    gap = not any(c.dep_ in ("dobj", "attr") and c.i > verb.i for c in verb.children) and pronoun is None
    return Embedded(
        noun.left_edge.i,
        last,
        first,
        _of_figure(verb, last, figures).i,
        owner.i if pronoun is not None else None,
        owner.i if gap else None,
        "relative-clause",
    )


def _absolute(verb: Token, end: int, figures: Sequence[tuple[int, int]], said: frozenset[int]) -> Embedded | None:
    """`with Orvania buying 40 pumps`; not `with pumps`, and not where nothing is counted or said."""
    if verb.tag_ not in ("VBG", "VBN") or not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return None
    first, last = verb.left_edge.i, min(verb.right_edge.i + 1, end)
    if last - first < 4 or verb.i >= last or not (_within(figures, first, last) or verb.i in said):
        return None
    core = _of_figure(verb, last, figures)
    subject = next(c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
    return Embedded(first, last, first, core.i, subject.i, None, "with-clause")


def _joined(
    verb: Token, start: int, end: int, figures: Sequence[tuple[int, int]], counts: Sequence[tuple[int, int]]
) -> Embedded | None:
    """`Imports doubled in 2021 but | slipped 6% a year later`: a verb without a subject of its own that is joined to the
    clause's, where each has a figure or a time; not `bought and sold 40 pumps`."""
    above = verb.head
    subject = next((c for c in above.children if c.dep_ in _SUBJECT), None)
    first, last = verb.left_edge.i, min(verb.right_edge.i + 1, end)
    if (
        subject is None
        or above.pos_ not in ("VERB", "AUX")
        or not start <= above.i < first
        or any(c.dep_ in (*_SUBJECT, "mark") for c in verb.children)
        or any(t.text == '"' for t in verb.doc[first:last])
        or not _within(counts, first, last)
        or not _within(figures, start, first)
        or last - first < _SHORTEST
    ):
        return None
    return Embedded(first, last, first, verb.i, subject.i, None, "joined-verb")


def _participle(
    verb: Token, start: int, end: int, figures: Sequence[tuple[int, int]], counts: Sequence[tuple[int, int]]
) -> Embedded | None:
    """`The treaty signed in 2011 by both | was ended in 2019`: a participle with a time of its own beside the clause's; not
    `80% of the pumps sold in 2019`, whose year belongs to the share."""
    noun = verb.head
    first, last = verb.left_edge.i, min(verb.right_edge.i + 1, end)
    rest = [f for f in figures if f not in counts and (f[1] <= first or f[0] >= last) and start <= f[0] < end]
    if (
        noun.dep_ not in ("nsubj", "nsubjpass")
        or noun.left_edge.i < start
        or not rest
        or not [f for f in figures if f not in counts and first <= f[0] < last]
        or _within(counts, noun.left_edge.i, noun.i)
        or last - noun.left_edge.i < _SHORTEST
    ):
        return None
    return Embedded(noun.left_edge.i, last, first, verb.i, noun.i, None, "participle")


def _concession(verb: Token, start: int, end: int, counts: Sequence[tuple[int, int]]) -> Embedded | None:
    """`Orvex sold nothing, whereas | its rivals sold 40 pumps`: not `after its rivals had sold 40 pumps`, which says when."""
    mark = next((c for c in verb.children if c.dep_ == "mark"), None)
    first, last = verb.left_edge.i, min(verb.right_edge.i + 1, end)
    if mark is None or mark.lower_ not in ("while", "whereas", "although", "though") or first < start:
        return None
    first = max(first, mark.i + 1)
    if not _within(counts, first, last) or last - first < _SHORTEST:
        return None
    return Embedded(first, last, first, verb.i, None, None, "concession")


def _aside(verb: Token, start: int, end: int) -> Embedded | None:
    """`The trade is legal—in one town a nurse sold pills—but frowned upon`: a sentence of its own between two dashes or
    brackets; not `—as the mayor put it—` and not a list between dashes."""
    subject = next((c for c in verb.children if c.dep_ in _SUBJECT), None)
    if subject is None or any(
        c.dep_ == "mark" and c.i > start and c.i == subject.left_edge.i - 1 for c in verb.children
    ):
        return None
    if not (verb.tag_ in _FINITE or any(c.tag_ in _FINITE and c.dep_ in ("aux", "auxpass") for c in verb.children)):
        return None
    doc = verb.doc
    opened = next((t.i for t in reversed(doc[start : subject.left_edge.i]) if t.text in ("—", "(")), None)
    if opened is None or opened == start:
        return None
    closing = ")" if doc[opened].text == "(" else "—"
    closed = next((t.i for t in doc[verb.i + 1 : end] if t.text == closing), None)
    between = doc[opened + 1 : subject.left_edge.i]
    if (
        closed is None
        or closed - opened <= _SHORTEST
        or any(t.tag_ in (*_FINITE, "WDT", "WP", "IN") and t.dep_ == "mark" for t in between)
    ):
        return None
    if any(t.tag_ in _FINITE for t in between) or closed >= end - 1:
        return None
    return Embedded(opened + 1, closed, opened + 1, verb.i, None, None, "aside")


def _of_figure(verb: Token, last: int, figures: Sequence[tuple[int, int]]) -> Token:
    """The verb itself, or the one joined to it that the first figure hangs on, also where the parser joined it to a word of
    another form in between (`testing its pumps to the full and | buying 40`)."""
    alike = [t for t in verb.doc[verb.i + 1 : last] if t.dep_ == "conj" and t.tag_ == verb.tag_ != t.head.tag_]
    for other in (*verb.conjuncts, *(alike if verb.tag_ == "VBG" else ())):
        if other.pos_ in ("VERB", "AUX") and other.i < last and _within(figures, other.i, other.right_edge.i + 1):
            return other
    return verb


def _within(figures: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start <= a and b <= end for a, b in figures)
