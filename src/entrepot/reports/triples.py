"""Finds who does what to whom in a clause: subject, relation and object as the text has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.reports.parsed import spaced
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

PART_OF_THEM = ("most", "some", "many", "few", "several", "others", "all", "both", "half")
"""Words that stand alone for a part of what was named before."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_SUBJECT = 8
"""Tokens of a subject that is found by its place alone: two names of persons with their offices."""


def triple(core: Token, start: int, end: int) -> tuple[str | None, str, str | None]:
    """Subject, relation and object of a verb, as the text has them, cut to the clause."""
    doc = core.doc
    subject = next((c for c in core.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")), None)
    after = core.dep_ in ("conj", "xcomp", "advcl") or (
        core.dep_ == "ccomp" and core.head.i < core.left_edge.i == core.i
    )
    if subject is None and after and core.head != core and not any(c.dep_ == "expl" for c in core.children):
        subject = next((c for c in core.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if doc[start].lower_ in PART_OF_THEM and start < core.i:
            subject = doc[start]
    if subject is None and core.dep_ == "pcomp" and core.head.dep_ == "prep":
        above = core.head.head if core.head.head.pos_ == "VERB" else core.head.head.head
        subject = next((c for c in above.children if c.dep_ in ("dobj", "nsubjpass")), None)
    verb = [core, *(c for c in core.children if c.dep_ in ("aux", "auxpass", "neg", "prt"))]
    chain = core
    while (
        below := next(
            (c for c in chain.children if c.dep_ == "xcomp" and c.pos_ in ("VERB", "AUX") and c.i > chain.i), None
        )
    ) is not None:
        verb += [below, *(c for c in below.children if c.dep_ in ("aux", "auxpass", "neg", "prt"))]
        chain = below
    thing = next(
        (
            c
            for c in chain.children
            if c.dep_ in ("dobj", "attr", "acomp", "oprd", "xcomp", "ccomp") and chain.i < c.i < max(end, chain.i + 2)
        ),
        None,
    )
    relation_tokens = sorted({t.i for t in verb if start <= t.i < end} | {core.i})
    relation = " ".join(doc[i].text for i in relation_tokens)
    if thing is None:
        agent = next((c for c in chain.children if _brings_object(c) and c.i > chain.i), None)
        if agent is not None:
            relation += f" {agent.text}" if agent.dep_ in ("agent", "prep") else ""
            thing = next(
                (c for c in agent.children if c.dep_ in ("pobj", "pcomp")),
                agent if agent.dep_ not in ("agent", "prep") else None,
            )
    if subject is None:
        before = _before_verb(verb, start)
        if before is not None:
            return before, relation, _words(thing, start, end)
    return (
        _words(subject, start, core.head.i if core.dep_ == "pcomp" else end),
        relation,
        _words(thing, start, end, behind=_counted_behind(thing)),
    )


def _brings_object(child: Token) -> bool:
    """`grew to 40 tonnes`, `was bought by Orvex`: a complement that names what a verb is about; not `grew in 2014`, which says
    when."""
    if child.dep_ not in ("agent", "prep", "dative", "npadvmod"):
        return False
    noun = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
    if noun is None:
        return child.dep_ != "prep" and not _names_time(child)
    return not _names_time(noun)


def _names_time(noun: Token) -> bool:
    return (
        noun.ent_type_ in ("DATE", "TIME")
        or _YEAR.fullmatch(noun.text) is not None
        or noun.lemma_.lower() in words("measure_nouns_en.tsv", "duration")
    )


def _before_verb(verb: list[Token], start: int) -> str | None:
    """`After the end of the war, two envoys and a clerk were seen`: the words between the comma and the verb, where the parser
    hung them on what stands before the comma; not `In the port, unseen, were 40 crates`."""
    doc, first = verb[0].doc, min(t.i for t in verb)
    comma = next((t.i for t in reversed(doc[start:first]) if t.text == ","), None)
    if comma is None or not 1 <= first - comma - 1 <= _LONGEST_SUBJECT:
        return None
    between = doc[comma + 1 : first]
    hung = any(t.dep_ in ("conj", "appos") and t.head.i < comma for t in between)
    if (
        not hung
        or between[-1].pos_ not in ("NOUN", "PROPN")
        or any(t.pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "NUM", "CCONJ") for t in between)
        or between[0].pos_ == "CCONJ"
    ):
        return None
    return str(between.text)


def words_of(token: Token) -> str | None:
    """The words of a noun with what belongs to it, without clauses that hang on it."""
    clause = next((c for c in token.children if c.dep_ in ("relcl", "advcl") and c.i > token.i), None)
    return _words(token, token.left_edge.i, token.right_edge.i + 1 if clause is None else clause.left_edge.i)


def _counted_behind(thing: Token | None) -> Token | None:
    """`tightened controls | on 40 ships`, where the parser hung what is counted on the verb."""
    if thing is None or thing.dep_ != "dobj" or thing.right_edge.i + 1 >= len(thing.doc):
        return None
    link = thing.doc[thing.right_edge.i + 1]
    noun = next((c for c in link.children if c.dep_ == "pobj"), None)
    if link.lower_ not in ("on", "against") or link.head != thing.head or noun is None or _names_time(noun):
        return None
    return noun if any(c.dep_ == "nummod" for c in noun.children) else None


def _words(token: Token | None, start: int, end: int, *, behind: Token | None = None) -> str | None:
    if token is None:
        return None
    if behind is not None and behind.right_edge.i < end:
        return _quoted_whole(re.sub(r"\s+", " ", token.doc[token.left_edge.i : behind.right_edge.i + 1].text))
    doc = token.doc
    if token.i < start:
        token = next((c for c in token.conjuncts if start <= c.i < end and c.lower_ in PART_OF_THEM), token)
    a, b = token.left_edge.i, token.right_edge.i + 1
    clause = next(
        (
            c
            for c in token.children
            if c.dep_ in ("relcl", "acl", "advcl") and c.i > token.i and c.right_edge.i - c.left_edge.i > 6
        ),
        None,
    )
    if clause is not None:
        b = clause.left_edge.i
    if token.lemma_.lower() in words("nouns_en.tsv", "body"):
        while b < min(end, len(doc)) and doc[b].pos_ == "PROPN":
            b += 1
    a, b = max(a, start) if token.i >= start else a, min(b, max(end, token.i + 1))
    while b > a and ((doc[b - 1].is_punct and doc[b - 1].text not in ('"', ")", "%")) or doc[b - 1].is_space):
        b -= 1
    return _quoted_whole(re.sub(r"\s+", " ", spaced(doc, a, b))) if a < b else None


def _quoted_whole(text: str) -> str:
    """Words without the mark of a quotation that was cut, and without spaces inside one: `the " enemy "`."""
    if text.count('"') % 2:
        return text.replace('"', "").strip().replace("  ", " ")
    return re.sub(r'"\s*([^"]*?)\s*"', r'"\1"', text)
