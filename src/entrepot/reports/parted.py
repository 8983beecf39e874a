"""Finds claims that leave out what the one before said: a verb (`wool made up 40%, hides 12%`), or all but a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.reports.claim import Claim
from entrepot.reports.embedded import Embedded
from entrepot.reports.figures import Quantity
from entrepot.reports.naming import Mention
from entrepot.reports.tables_of_words import rows, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 4
"""Tokens of a subject without a verb: `machine tools for mines`."""
_WHERE = re.compile(r"\s(?:(?:a|per) \w+ )?(?:in|to|from|for) (?:the )?")
"""What stands between a figure and its place."""


def gapped(
    doc: Doc, start: int, end: int, core: int, counts: Sequence[tuple[tuple[int, int], Quantity]]
) -> Iterator[Embedded]:
    """Rule `gapped`: `wool made up 40 percent of exports, hides 12 percent and tallow 3 percent`, where each figure of one
    unit has its own noun before it and no verb; not `wool made up 40 percent, and rose 12 percent`.

    Args:
        doc: the paragraph.
        start, end: tokens of the clause.
        core: its verb.
        counts: its figures in order, with their token ranges.
    """
    inside = [(at, q) for at, q in counts if start <= at[0] < end]
    if core >= end or not any(c.dep_ in ("nsubj", "nsubjpass") and c.i < core for c in doc[core].children):
        return
    for ((_, before_end), earlier), ((first, last), quantity) in pairwise(inside):
        if not earlier.unit or quantity.unit != earlier.unit or before_end <= core:
            continue
        cut = next(
            (i for i in range(first - 1, before_end - 1, -1) if doc[i].text in (",", ";") or doc[i].dep_ == "cc"), None
        )
        if cut is None or not 1 <= first - cut - 1 <= _LONGEST or not _is_noun_phrase(doc, cut + 1, first, core):
            continue
        yield Embedded(cut + 1, min(last, end), cut + 1, core, None, None, "gapped")


def _is_noun_phrase(doc: Doc, start: int, end: int, core: int) -> bool:
    """Nouns and what describes them; also a plural that the tagger took for a verb, where the clause's verb is in the past
    (`made up 40 percent, hides 12 percent`)."""
    past = doc[core].tag_ == "VBD"
    goods = {row["word"] for row in rows("goods_words_en.tsv")}
    changes = {row["word"] for row in rows("changes_en.tsv")}
    named = [
        t.pos_ in ("NOUN", "PROPN") or t.lemma_.lower() in goods or (past and t.tag_ == "VBZ") for t in doc[start:end]
    ]
    return (
        named[-1]
        and all(ok or t.pos_ in ("ADJ", "DET") for ok, t in zip(named, doc[start:end], strict=True))
        and not any(t.lemma_.lower() in changes or t.ent_type_ in ("DATE", "TIME") for t in doc[start:end])
        and doc[end - 1].lower_ not in words("measure_nouns_en.tsv", "duration")
    )


def filled(claim: Claim, whole: Claim, subject: str) -> Claim:
    """A gapped claim with what the one before said: its own subject, that one's time, and of what its figure is."""
    if not claim.quantities:
        return claim
    figure = claim.quantities[-1]
    model = whole.quantities[0] if whole.quantities else figure
    of = subject if model.kind in ("change", "ratio") else model.of
    printed = claim.quote[figure.start - claim.start : figure.end - claim.start]
    return replace(
        claim,
        subject=subject,
        relation=whole.relation,
        object=printed or claim.object,
        quantities=(replace(figure, kind=model.kind, of=of),),
        period=claim.period or whole.period,
    )


def apart_by_place(claim: Claim, places: Sequence[Mention], base: int) -> list[Claim]:
    """Rule `apart-by-place`: `costs 11 dollars in Norway and 44 dollars in Peru` is two claims, one for each place; else the
    claim itself.

    Args:
        claim: with offsets in the report.
        places: the places of its paragraph, with offsets there.
        base: where the paragraph begins in the report.
    """
    if len(claim.quantities) != 2 or len({(q.unit, q.kind) for q in claim.quantities}) != 1:
        return [claim]
    own: list[str] = []
    for figure in sorted(claim.quantities, key=lambda q: q.start):
        near = next((m for m in places if m.start + base > figure.end - 1), None)
        between = "" if near is None else claim.quote[figure.end - claim.start : near.start + base - claim.start]
        if near is None or _WHERE.fullmatch(between) is None:
            return [claim]
        own.append(near.name)
    if len(set(own)) != len(own):
        return [claim]
    rest = [name for name in claim.places if name not in own]
    pairs = zip(sorted(claim.quantities, key=lambda q: q.start), own, strict=True)
    printed = [claim.quote[q.start - claim.start : q.end - claim.start] for q in claim.quantities]
    return [
        replace(
            claim,
            quantities=(figure,),
            places=tuple(n for n in claim.places if n in (*rest, name)),
            object=claim.quote[figure.start - claim.start : figure.end - claim.start]
            if claim.object in printed
            else claim.object,
        )
        for figure, name in pairs
    ]
