"""Attributions by turns of phrase: puts a figure at, rejects as untrue reports that, a teller behind what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.reports.attribution.cues import SAYING, CueLexicon, cue_lexicon, stances
from entrepot.reports.attribution.roles import role_of
from entrepot.reports.attribution.spans import Attribution, own_span, subject_of, subtree, trimmed
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_LONGEST_TELLER = 12
"""Tokens of a teller that stands behind what is told."""


def turn_of(verb: Token) -> Attribution | None:
    """The attribution that a verb makes by its turn of phrase; None where it makes none."""
    return _puts_at(verb) or _rejects_reports(verb) or _says_in(verb)


def _puts_at(verb: Token) -> Attribution | None:
    """`The guild estimates the harvest at 24 tonnes`: rule `puts-at`; not `The guild put the harvest at the door`."""
    if verb.lemma_.lower() not in words("source_nouns_en.tsv", "puts"):
        return None
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    thing = next((c for c in verb.children if c.dep_ == ("nsubjpass" if passive else "dobj")), None)
    source, _ = subject_of(verb)
    if thing is None or source is None:
        return None
    link = next((c for o in (verb, thing) for c in o.children if c.dep_ == "prep" and c.lower_ == "at"), None)
    if link is None or not any(t.like_num or t.pos_ == "NUM" for t in link.subtree):
        return None
    if passive:
        pieces = ((thing.left_edge.i, verb.i), (link.i, min(link.right_edge.i + 1, source.left_edge.i - 1)))
        contents = tuple(trimmed(verb.doc, *piece) for piece in pieces if piece[0] < piece[1])
        cue = (verb.i, verb.i + 1)
        return Attribution(cue, own_span(source, verb), contents, "passive-agent:puts-at", verb.i, source.i)
    content = trimmed(verb.doc, thing.left_edge.i, max(link.right_edge.i, thing.right_edge.i) + 1)
    return Attribution((verb.i, verb.i + 1), own_span(source, verb), (content,), "subject:puts-at", verb.i, source.i)


def _rejects_reports(verb: Token) -> Attribution | None:
    """`The guild rejected as absurd reports that hides were burnt`: rule `rejects-reports`; not `rejected as absurd the plan to
    burn hides`."""
    if stances().get(verb.lemma_.lower(), ("", False))[0] != "denies" or verb.pos_ != "VERB":
        return None
    told = next(
        (
            noun
            for link in verb.children
            if link.dep_ == "prep" and link.lower_ == "as"
            for noun in link.children
            if noun.dep_ == "pobj" and noun.lemma_.lower() in words("nouns_en.tsv", "deniable")
        ),
        None,
    )
    source, _ = subject_of(verb)
    if told is None or source is None:
        return None
    clause = next((c for c in told.children if c.dep_ in ("acl", "relcl", "ccomp") and c.i > told.i), None)
    if clause is None or clause.left_edge.lower_ != "that":
        return None
    cue = (verb.i, verb.i + 1)
    return Attribution(cue, own_span(source, verb), (subtree(clause),), "subject:rejects-reports", verb.i, source.i)


def _says_in(verb: Token) -> Attribution | None:
    """`The tanner said in a letter that the hides were rotten`, where the parser hung what was said on the letter: rule
    `says-in`; not `said it in a letter that he wrote`."""
    clause = told_in(verb)
    source, _ = subject_of(verb)
    if clause is None or source is None or any(c.dep_ in ("ccomp", "dobj") for c in verb.children):
        return None
    if cue_lexicon().likelihood(verb.lemma_.lower(), "v", "speech") < SAYING:
        return None
    cue = (verb.i, verb.i + 1)
    return Attribution(cue, own_span(source, verb), (subtree(clause),), "subject:says-in", verb.i, source.i)


def told_in(verb: Token) -> Token | None:
    """The verb of what is said in a letter or the like, hung on its noun; None where there is none."""
    for link in verb.children:
        noun = next((c for c in link.children if c.dep_ == "pobj"), None) if link.dep_ == "prep" else None
        if noun is None or noun.lemma_.lower() not in words("source_nouns_en.tsv", "document"):
            continue
        clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i), None)
        if clause is not None and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children):
            return clause
    return None


def misread_teller(sent: Span) -> Attribution | None:
    """`Hides were found under onions, the regional portal reports, citing a guard`, where the parser takes the verb for a
    noun: a comma, a noun phrase with an article or a name that can be a source, and a verb of saying in -s before the end or
    before `citing`. Rule `misread-teller`; not `..., the annual reports.`"""
    doc, last = sent.doc, sent.end - 1
    tail = next((t.i for t in sent if t.lower_ in ("citing", "quoting") and doc[t.i - 1].text == ","), None)
    last = last if tail is None else tail - 1
    while last > sent.start and doc[last].is_punct:
        last -= 1
    verb = doc[last]
    if verb.tag_ != "NNS" or verb.lower_ not in words("source_nouns_en.tsv", "misread"):
        return None
    comma = next((t.i for t in reversed(doc[max(sent.start, last - _LONGEST_TELLER) : last]) if t.text == ","), None)
    if comma is None or comma - sent.start < 4 or comma + 1 >= last:
        return None
    phrase = doc[comma + 1 : last]
    nouns = [t for t in phrase if t.pos_ in ("NOUN", "PROPN") or t.dep_ == "compound"]
    head = next((t for t in nouns if role_of(t) in ("document", "data")), phrase[-1])
    begins = phrase[0].lower_ == "the" or phrase[0].pos_ == "PROPN"
    if not begins or any(t.pos_ in ("VERB", "AUX", "CCONJ") for t in phrase) or not _can_tell(head):
        return None
    content = trimmed(doc, sent.start, comma)
    return Attribution((last, last + 1), (comma + 1, last), (content,), "misread-teller", last, head.i)


def _can_tell(head: Token) -> bool:
    """Whether a noun can be a source, by what it means or as a name."""
    groups = ("outlet", "agency", "document", "data", "title", "unnamed")
    return head.pos_ == "PROPN" or any(head.lemma_.lower() in words("source_nouns_en.tsv", g) for g in groups)


def teller_behind(sent: Span, lexicon: CueLexicon) -> Attribution | None:
    """`Imports grew by a tenth, writes the weekly Horizont`, `..., has informed the agency Minfo`: a comma, a verb of saying
    and its subject to the sentence's end, whatever the parser made of them; not `..., says he would sell`. Rule
    `teller-behind`."""
    doc, last = sent.doc, sent.end - 1
    while last > sent.start and doc[last].is_punct and doc[last].text != '"':
        last -= 1
    comma = next((t.i for t in reversed(doc[max(sent.start, last - _LONGEST_TELLER) : last]) if t.text == ","), None)
    if comma is None or comma - sent.start < 4:
        return None
    at = comma + 1
    while at < last and doc[at].lemma_ in ("have", "be") and doc[at].pos_ == "AUX":
        at += 1
    verb = doc[at]
    behind = doc[at + 1 : last + 1]
    if (
        at >= last
        or verb.tag_ not in ("VBZ", "VBD", "VBP", "VBN", "VB")
        or (
            lexicon.likelihood(verb.lemma_.lower(), "v", "speech") < SAYING
            and verb.lemma_.lower() not in words("source_nouns_en.tsv", "informs")
        )
        or any(t.pos_ in ("VERB", "AUX", "SCONJ") or (t.tag_ in ("IN", "TO") and t.lower_ != "of") for t in behind)
        or behind[0].pos_ not in ("DET", "PROPN", "NOUN", "ADJ")
        or (verb.tag_ == "VBN" and at == comma + 1)
    ):
        return None
    if any(c.dep_ in ("nsubj", "nsubjpass", "csubj") and c.i < comma for c in verb.children):
        return None  # `A paper, made available to the guild, blames bad glue`: the subject stands before
    head = next((t for t in behind if t.pos_ in ("NOUN", "PROPN")), None)
    if head is None:
        return None
    while head.dep_ in ("compound", "nmod") and at < head.head.i <= last:
        head = head.head
    content = trimmed(doc, sent.start, comma)
    return Attribution((comma + 1, at + 1), (at + 1, last + 1), (content,), "teller-behind", at, head.i)
