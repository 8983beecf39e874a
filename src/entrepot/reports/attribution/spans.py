"""What an attribution is, and the spans of a parse that its parts are cut from. All spans are token ranges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.reports.parsed import text_of
from entrepot.reports.wording import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_SPEAKING = frozenset(
    {
        "ccomp",
        "ccomp-before",
        "speech",
        "as",
        "according-to",
        "as-reported-by",
        "per",
        "colon",
        "noun-clause",
        "document-says",
        "comma-document-shows",
        "comma-name-verb",
        "accuses-of",
        "denies-thing",
        "cites-case",
        "portrays-as",
        "puts-at",
        "rejects-reports",
        "says-in",
        "teller-behind",
        "misread-teller",
        "by-data",
    }
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source saying one thing.

    Attributes:
        cue, source, contents: token ranges in the paragraph; source is None where nobody is named.
        rule: id of the rule and construction that found it.
        cue_token, source_token: the heads.
        nested: the cue lies in what another source says.
    """

    cue: tuple[int, int]
    source: tuple[int, int] | None
    contents: tuple[tuple[int, int], ...]
    rule: str
    cue_token: int
    source_token: int | None
    nested: bool = False

    @property
    def speaks(self) -> bool:
        """Whether words are reported, and not an attitude or a deed (`opposes`, `wants to`)."""
        kind = self.rule.rsplit(":", 1)[-1]
        return kind.removeprefix("passive-") in _SPEAKING or self.rule.startswith(
            ("passive:", "passive-agent:passive-prep-at")
        )

    def as_nested(self) -> Attribution:
        """The same, inside another's content."""
        return replace(self, nested=True)

    def with_contents(self, more: Iterable[tuple[int, int]]) -> Attribution:
        """The same with further contents."""
        return replace(self, contents=tuple(cover([*self.contents, *more])))


def speech_ranges(doc: Doc) -> list[tuple[int, int]]:
    """Token ranges of quoted speech."""
    out = []
    for quotation in quotations(text_of(doc)):
        if quotation.speech:
            span = doc.char_span(quotation.start, quotation.end, alignment_mode="expand")
            if span is not None:
                out.append((span.start, span.end))
    return out


def subtree(token: Token) -> tuple[int, int]:
    """From the first to one past the last word that hangs from `token`, punctuation at the ends left out."""
    return trimmed(token.doc, token.left_edge.i, token.right_edge.i + 1)


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The range without commas, stops and spaces at its ends; quotation marks stay."""
    while start < end and (doc[start].text in ",.;:-—" or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text in ",.;:-—" or doc[end - 1].is_space):
        end -= 1
    return start, end


def own_span(head: Token, cue: Token) -> tuple[int, int]:
    """The words of a source, cut where they would swallow the cue or a speaker's own clause after it."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start <= cue.i < end:
        start, end = (start, cue.i) if head.i < cue.i else (cue.i + 1, end)
    if head.i < start or head.i >= end:
        return head.i, head.i + 1
    if head.tag_ in ("WP", "WDT") and head.head.dep_ == "relcl":
        owner = head.head.head
        return owner.left_edge.i, head.i + 1
    return trimmed(head.doc, start, end)


def clause_without(head: Token, removed: Token) -> list[tuple[int, int]]:
    """The clause that hangs from `head`, without what hangs from `removed`: one range or two."""
    top = head
    while top.head != top and top.pos_ not in ("VERB", "AUX"):
        top = top.head
    start, end = top.left_edge.i, top.right_edge.i + 1
    cut_from, cut_to = removed.left_edge.i, removed.right_edge.i + 1
    pieces = [(start, min(cut_from, end)), (max(cut_to, start), end)]
    return [piece for piece in (trimmed(head.doc, *p) for p in pieces if p[0] < p[1]) if piece[0] < piece[1]]


def cover(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones joined."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def subject_of(verb: Token) -> tuple[Token | None, str]:
    """Who does what the verb says, and the rule that found it; None where nobody is named."""
    agent = _agent(verb)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    if passive:
        return (agent, "passive-agent") if agent is not None else (None, "passive")
    for child in verb.children:
        if child.dep_ == "nsubj":
            return (
                (None, "impersonal")
                if child.lower_ == "it" and child.tag_ == "PRP" and _dummy(verb)
                else (child, "subject")
            )
    if any(c.dep_ == "csubj" for c in verb.children):
        name = verb.doc[verb.i - 1] if verb.i > verb.sent.start else verb
        return (name, "name-before") if name.pos_ == "PROPN" else (None, "clause-subject")
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "dep", "ccomp") and verb.head != verb:
        head = verb.head
        if head.pos_ in ("VERB", "AUX"):
            if verb.dep_ == "xcomp" and (urged := _urged(verb, head)) is not None:
                return urged, "object-control"
            found, _ = subject_of(head)
            return found, f"inherited-{verb.dep_}"
        if verb.dep_ == "pcomp" and head.head.pos_ in ("VERB", "AUX"):
            found, _ = subject_of(head.head)
            return found, "inherited-pcomp"
    if verb.dep_ in ("acl", "relcl"):
        if verb.tag_ == "VBN":
            return (agent, "participle-agent") if agent is not None else (None, "participle")
        return verb.head, "modified-noun"
    if (
        agent is None
        and verb.tag_ in ("VBZ", "VBD")
        and verb.i > verb.sent.start
        and verb.doc[verb.i - 1].pos_ in ("NOUN", "PROPN")
    ):
        return _climbed(verb.doc[verb.i - 1]), "name-before"
    return agent, "agent" if agent is not None else "no-subject"


def _urged(verb: Token, head: Token) -> Token | None:
    """`The find led officials to conclude`: who does the second verb is the first one's object."""
    if not any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children) or head.lemma_.lower() == "promise":
        return None
    return next((c for c in head.children if c.dep_ == "dobj" and head.i < c.i < verb.i), None)


def _climbed(noun: Token) -> Token:
    """From the last word of a noun phrase up to its head: `a spokesman for Brant Optics`."""
    while noun.dep_ in ("pobj", "compound", "nmod") and noun.head.i < noun.i:
        above = noun.head.head if noun.head.pos_ == "ADP" else noun.head
        if above.pos_ not in ("NOUN", "PROPN"):
            break
        noun = above
    return noun


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _dummy(verb: Token) -> bool:
    """`it seems that`, `it appears`: an `it` that stands for nothing."""
    return verb.lemma_ in ("seem", "appear", "emerge", "turn") and any(
        c.dep_ in ("ccomp", "xcomp", "advcl") for c in verb.children
    )
