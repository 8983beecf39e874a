"""Finds sentences that go on telling what somebody said before: `The main fear is that ...`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from entrepot.reports.attribution.spans import Attribution, own_span, subtree
from entrepot.reports.parsed import text_of
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc


def carried_nouns(doc: Doc, known: Sequence[Attribution]) -> list[Attribution]:
    """Attributions without a source whose cue is a noun of saying that nobody owns: rule `carried-noun`.

    `The primary concern is that the port may close`, after a sentence that says whose; not `The port is closed`. One that
    names its owner has a source: rule `owned-noun`, `The ministry's concern is that`; not `The ministry's port is`.

    Args:
        doc: the paragraph.
        known: what was found before; a sentence whose verb is held by it is left out.
    """
    out: list[Attribution] = []
    nouns = words("nouns_en.tsv", "carried")
    low = text_of(doc).lower()
    if not any(noun[:-1] in low for noun in nouns):  # without the last letter, which `worries` changes
        return out
    for noun in doc:
        verb = noun.head
        if noun.dep_ != "nsubj" or verb.lemma_ != "be" or noun.lemma_.lower() not in nouns:
            continue
        clause = next(
            (c for c in verb.children if c.dep_ == "ccomp" and any(g.lower_ == "that" for g in c.children)), None
        )
        owner = next((c for c in noun.children if c.dep_ == "poss" and c.lower_ not in ("my", "our", "your")), None)
        owned = any(c.dep_ in ("poss", "prep", "relcl", "acl") for c in noun.children)
        held = any(s <= verb.i < e for a in known if a.speaks for s, e in a.contents)
        if clause is None or held:
            continue
        if owner is not None:
            cue, content = (noun.i, noun.i + 1), (subtree(clause),)
            out.append(Attribution(cue, own_span(owner, noun), content, "owned-noun:noun-clause", noun.i, owner.i))
            continue
        if owned or verb.sent.start == 0:
            continue
        out.append(Attribution((noun.i, noun.i + 1), None, (subtree(clause),), "carried-noun", noun.i, None))
    return out
