"""Cuts parsed sentences into the clauses that make one claim each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.reports.attribution.lookalikes import accused_of
from entrepot.reports.attribution.turns import told_in
from entrepot.reports.parsed import text_of
from entrepot.reports.tables_of_words import words
from entrepot.reports.triples import PART_OF_THEM

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_SHORTEST = 3
"""Words of the shortest clause that says something."""
_PART_JOINED = re.compile(rf"\b(?:and|but)\s+(?:{'|'.join(PART_OF_THEM)})\b", re.IGNORECASE)
_TITLE_CASE = (
    "However",
    "But",
    "In",
    "It",
    "The",
    "According",
    "This",
    "That",
    "Meanwhile",
    "And",
    "A",
    "Although",
    "While",
    "There",
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes:
        start, end: tokens.
        head: its main verb.
        core: the verb of what is said, where the main verb only reports it.
    """

    start: int
    end: int
    head: int


def clauses(doc: Doc) -> Iterator[Clause]:
    """The clauses of a paragraph in order: one per finite verb that is a sentence's root or joined to it with a subject
    of its own, each a contiguous run of tokens."""
    for start, end in _sentences(doc):
        heads = _heads(doc, start, end)
        if not heads:
            continue
        cuts = [start]
        for head in heads[1:]:
            cut = _cut(doc, head, start)
            if cut - cuts[-1] >= _SHORTEST and end - cut >= _SHORTEST:
                cuts.append(cut)
            else:
                cuts.append(cuts[-1])
        cuts.append(end)
        for at, head in enumerate(heads):
            a, b = cuts[at], cuts[at + 1] if at + 1 < len(heads) else end
            later = [c for c in cuts[at + 1 :] if c > a]
            b = later[0] if later else end
            if a < b and (at == 0 or cuts[at] != cuts[at - 1]):
                yield Clause(*_trim(doc, a, b), head.i if a <= head.i < b else _main(doc, a, b))


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """Sentences; a fragment that begins in small letters and has no finite verb is joined to what it continues."""
    out: list[tuple[int, int]] = []
    for sent in doc.sents:
        words = [t for t in sent if not t.is_punct and not t.is_space]
        if not words:
            if out:
                out[-1] = (out[-1][0], sent.end)
            continue
        fragment = not any(t.tag_ in ("VBZ", "VBD", "VBP", "MD") for t in sent)
        if out and (
            (fragment and (words[0].text[0].islower() or len(words) < _SHORTEST)) or _inside_quotes(doc, sent.start)
        ):
            out[-1] = (out[-1][0], sent.end)
        else:
            for start, end in _at_dash(doc, sent.start, sent.end):
                out += _at_quantifier(doc, start, end)
    return out


def _at_quantifier(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """`The vests were made by Orvex and most were flown in`: what was said of all ends where it is said of most, though the
    parser joins `most` with the name before it."""
    if _PART_JOINED.search(text_of(doc)) is None:
        return [(start, end)]
    for token in doc[start + _SHORTEST : end - _SHORTEST]:
        if (
            token.lower_ in PART_OF_THEM
            and doc[token.i - 1].lower_ in ("and", "but")
            and doc[token.i + 1].tag_ in ("VBD", "VBP", "VBZ")
            and token.dep_ == "conj"
            and token.head.pos_ in ("PROPN", "NOUN")
            and any(t.tag_ in ("VBD", "VBP", "VBZ") for t in doc[start : token.i])
        ):
            return [(start, token.i - 1), (token.i, end)]
    return [(start, end)]


def _at_dash(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """Two sentences with a spaced dash between them: one dash, a subject and a finite verb on either side."""
    if "—" not in text_of(doc) and "-" not in text_of(doc):
        return [(start, end)]
    dashes = [
        t.i for t in doc[start + 1 : end - 1] if t.text in ("-", "—") and (t.nbor(-1).whitespace_ or t.text == "—")
    ]
    if len(dashes) != 1:
        return [(start, end)]
    cut = dashes[0]
    whole = _has_subject(doc, start, cut) and (
        _has_subject(doc, cut + 1, end) or _has_verb_of_its_own(doc, cut + 1, end)
    )
    return [(start, cut), (cut + 1, end)] if whole else [(start, end)]


def _has_verb_of_its_own(doc: Doc, start: int, end: int) -> bool:
    """A name and, outside relative clauses, a finite verb, where the parser hung the name on what stands before the dash."""
    verbs = [t for t in doc[start:end] if t.pos_ == "VERB" and t.dep_ in ("ROOT", "conj", "ccomp", "parataxis")]
    return (
        doc[start].pos_ == "PROPN"
        and doc[start].dep_ not in ("nsubj", "compound")
        and any(
            not any(c.dep_ == "nsubj" for c in t.children)
            and (t.tag_ in ("VBD", "VBZ") or any(c.tag_ in ("VBD", "VBZ", "MD") for c in t.children))
            for t in verbs
        )
    )


def _has_subject(doc: Doc, start: int, end: int) -> bool:
    return end - start >= 5 and any(
        t.dep_ in ("nsubj", "nsubjpass", "expl")
        and t.head.i > t.i
        and start <= t.head.i < end
        and t.head.dep_ in ("ROOT", "ccomp", "parataxis", "conj", "acl")
        for t in doc[start:end]
    )


def _inside_quotes(doc: Doc, at: int) -> bool:
    """A sentence break that falls between a word and its closing quotation mark."""
    return (
        doc[at].text in ('"', "''", ")")
        and at + 1 < len(doc)
        and (doc[at + 1].is_punct or doc[at + 1].text[0].islower())
    )


def _heads(doc: Doc, start: int, end: int) -> list[Token]:
    """The sentence's main verb and the verbs joined to it that have their own subject, also inside what is reported."""
    inside = doc[start:end]
    roots = [t for t in inside if t.head == t or not start <= t.head.i < end]
    root = next((t for t in roots if t.pos_ in ("VERB", "AUX")), roots[0] if roots else None)
    if root is None:
        return []
    taken, root = root, _finite(root)
    part = taken != root and not _apart(taken, root)
    found = [root]
    for token in inside:
        if (
            token == root
            or (part and token == taken)
            or token.pos_ not in ("VERB", "AUX")
            or not any(c.dep_ in _SUBJECTS for c in token.children)
        ):
            continue
        if any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in token.children):
            continue
        joined = token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX") and _main_line(token.head, root)
        aside = any(t.text == "—" for t in doc[start : token.i])  # `embedded` finds a sentence between two dashes
        spliced = (
            token.dep_ in ("ccomp", "parataxis")
            and token.head == root
            and token.i < root.i
            and any(t.text in (";", ":") or (t.text == "—" and not aside) for t in doc[token.right_edge.i : root.i])
        )
        if joined or spliced or (token in roots and token != root):
            found.append(token)
    return sorted((_told(root, found) if t == root else t for t in found), key=lambda t: t.i)


def _apart(participle: Token, verb: Token) -> bool:
    """Whether a participle before the sentence's verb says something of its own: behind a comma, or with a date."""
    subject = next((c for c in participle.children if c.dep_ in _SUBJECTS), participle)
    between = participle.doc[subject.i + 1 : verb.i]
    return any(t.text == "," for t in participle.doc[subject.i + 1 : participle.i]) or any(
        t.ent_type_ == "DATE" for t in between
    )


def _finite(root: Token) -> Token:
    """`The truce, declared in May, marks an end`: the verb of the sentence where the parser took a participle before it for
    that; not `was declared`."""
    if root.tag_ not in ("VBN", "VBD") or any(c.dep_ in ("aux", "auxpass", "dobj", "attr") for c in root.children):
        return root
    later = next(
        (
            c
            for c in root.children
            if c.i > root.i
            and c.dep_ in ("conj", "ccomp")
            and c.tag_ in ("VBZ", "VBD", "VBP")
            and not any(g.dep_ in (*_SUBJECTS, "mark", "aux", "cc") for g in c.children)
        ),
        None,
    )
    if later is None or any(c.dep_ in ("cc", "mark") for c in root.children):
        return root
    return (
        later
        if any(c.dep_ in ("prep", "agent", "advmod", "npadvmod") and root.i < c.i < later.i for c in root.children)
        else root
    )


def _told(root: Token, found: list[Token]) -> Token:
    """`Exports rose and imports fell, he says`: the verb of what is told, where a verb joined to it is a clause too and both
    stand before the teller."""
    below = next((c for c in root.children if c.dep_ == "ccomp" and c.i < root.i and c not in found), None)
    if below is None or not any(t.dep_ == "conj" and t.head == below and t.i < root.i for t in found):
        return root
    return below


def _main_line(token: Token, root: Token) -> bool:
    """Whether a verb is the root, is joined to it, or is what the root reports."""
    for _ in range(6):
        if token == root:
            return True
        if token.dep_ not in ("conj", "ccomp"):
            return False
        token = token.head
    return False


def _cut(doc: Doc, head: Token, start: int) -> int:
    """Where a joined clause begins: its first word, or the conjunction's comma before it."""
    at: int = head.left_edge.i
    stop: int | None = next(
        (t.i for t in reversed(doc[at : head.i]) if t.text in (":", ";", "—") and not t.nbor(-1).like_num), None
    )
    if stop is not None and head.dep_ == "ROOT":
        return stop + 1
    for child in head.lefts:
        if child.dep_ in ("mark", *_SUBJECTS, "advmod", "prep", "aux", "neg", "advcl"):
            at = min(at, child.left_edge.i)
    while at - 1 > start and doc[at - 1].lower_ in ("and", "but", "or", ","):
        at -= 1
    return at


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (
        doc[start].text in (",", ";", "—", "-")
        or doc[start].is_space
        or (doc[start].lower_ in ("and", "but", "or") and doc[start].dep_ == "cc")
    ):
        start += 1
    while end > start and (
        doc[end - 1].text in (",", ";", "—") or doc[end - 1].is_space or doc[end - 1].lower_ in ("and", "but")
    ):
        end -= 1
    fused = next(
        (
            t.i
            for t in doc[start : min(start + 9, end)]
            if t.i > start + 1
            and t.text in _TITLE_CASE
            and t.nbor(-1).text[0].islower()
            and not t.nbor(-1).is_punct
            and _no_verb(doc, start, t.i)
        ),
        None,
    )
    return (fused if fused is not None else start), end


def _no_verb(doc: Doc, start: int, end: int) -> bool:
    """Words before a capital in mid-sentence with no finite verb: a caption or heading that was run into the sentence."""
    return (
        end - start <= 6
        and doc[start].lower_ not in ("in", "of", "for", "on", "at", "by", "and")
        and not any(t.tag_ in ("VBZ", "VBD", "VBP", "MD") for t in doc[start:end])
    )


def _main(doc: Doc, start: int, end: int) -> int:
    for token in doc[start:end]:
        if token.pos_ in ("VERB", "AUX") and not start <= token.head.i < end:
            return int(token.i)
    return start


def core_of(head: Token, reporting: frozenset[int]) -> Token:
    """The verb of what is said: from a verb that only reports down to the clause that it reports."""
    for _ in range(4):
        below = next((c for c in head.children if c.dep_ == "ccomp" and c.pos_ in ("VERB", "AUX", "NOUN", "ADJ")), None)
        if below is None and head.lemma_.lower() in words("source_nouns_en.tsv", "accuses"):
            below = accused_of(head)
        if below is None and head.i in reporting:
            below = told_in(head)
        if head.i not in reporting or below is None:
            return head
        head = below
    return head
