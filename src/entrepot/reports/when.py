"""Chooses the time of a claim: the one that hangs on its verb, and not when it was told, nor what a treaty is called by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.reports.attribution.spans import Attribution
from entrepot.reports.claim import Claim, ClaimPeriod
from entrepot.reports.figures import Period
from entrepot.reports.parsed import text_of
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BESIDE = 24
"""Characters from a figure to the time that is its own: `9 vessels | in the spring of | 2020`."""
_COMPARED = re.compile(r"\b(?:up|down) from\s*$|\b(?:compared (?:with|to)|against|versus)\s*$")
"""What stands before a figure of another time, which is no time of the figure before."""
_THAN = re.compile(
    r"\b(?:(?:more|less|fewer|higher|lower|larger|smaller|better|worse)(?: [a-z]+){0,2} than|compared (?:with|to)|versus"
    r"|than (?:it was|they were|what (?:it was|they were))|of what (?:it was|they were))"
    r" (?:(?:in|during|for|the|same|period|months?|quarter|half|of|that|those) )*\Z|(?:%|\bper ?cent|\bpoints?) (?:on |over )?\Z",
    re.IGNORECASE,
)
"""What stands before a time that only serves a comparison."""
_NEWS = ("day", "week", "open")
"""Precisions of the time when something was told, where that stands before the teller: `On Tuesday the ministry said`."""


def time_of(
    doc: Doc,
    periods: Sequence[Period],
    stretch: tuple[int, int],
    core: Token,
    elsewhere: Sequence[tuple[int, int]],
    over: Sequence[Attribution],
) -> Period | None:
    """The period of a claim, None where it names no time of its own.

    Args:
        doc: the paragraph.
        periods: all its periods.
        stretch: first and last character of the claim.
        core: the claim's verb.
        elsewhere: characters inside the claim that are other claims.
        over: the attributions that hold the claim, outermost first.
    """
    start, end = stretch
    inside = [
        p
        for p in periods
        if p.start >= start
        and p.end <= end
        and not any(a <= p.start < b for a, b in elsewhere)
        and not _dates_a_thing(doc, p)
        and not _of_the_telling(doc, p, core, over)
        and not _dates_the_source(doc, p, over)
        and not _only_compared(text_of(doc), p)
    ]
    fixed = [p for p in inside if p.precision != "open"] or inside
    return min(
        fixed,
        key=lambda p: (
            not _hangs_on(doc, p, core),
            abs(p.start - core.idx) if p.start >= core.idx else abs(core.idx - p.start) / 2,
            p.start,
        ),
        default=None,
    )


def apart_by_time(claim: Claim, periods: Sequence[Period], base: int) -> list[Claim]:
    """`worth 5 million in 2019 and 4 million in 2020`: one claim per figure where two figures of one unit have each its own
    time right behind; else the claim itself.

    Args:
        claim: with offsets in the report.
        periods: those of its paragraph, with offsets there.
        base: where the paragraph begins in the report.
    """
    if len(claim.quantities) != 2 or len({(q.unit, q.kind) for q in claim.quantities}) != 1:
        return [claim]
    first, second = sorted(claim.quantities, key=lambda q: q.start)
    own = [p for p in periods if claim.start <= base + p.start and base + p.end <= claim.end]
    if len(own) == 1 and 0 < base + own[0].start - second.end <= _BESIDE:
        between = claim.quote[first.end - claim.start : second.start - claim.start]
        if _COMPARED.search(between):
            return [replace(claim, quantities=(first,), period=None), replace(claim, quantities=(second,))]
    if len(own) != 2:
        return [claim]
    early, late = own
    beside = [0 < base + p.start - q.end <= _BESIDE for q, p in ((first, early), (second, late))]
    if not all(beside) or base + early.start > second.start:
        return [claim]
    return [replace(claim, quantities=(q,), period=stated(p, claim, base)) for q, p in ((first, early), (second, late))]


def stated(period: Period, claim: Claim, base: int) -> ClaimPeriod:
    """A period with its words as the claim's quote has them."""
    words_of_it = claim.quote[base + period.start - claim.start : base + period.end - claim.start]
    return ClaimPeriod(period.first, period.last, words_of_it, period.precision)


def _only_compared(text: str, period: Period) -> bool:
    """`15% less than in 2020`, `up 17 points on 2022`: a fixed time that something is compared with."""
    found = _THAN.search(text, max(0, period.start - 60), period.start)
    if period.precision == "open" or found is None:
        return False
    if found[0].endswith(("% ", "cent ", "point ", "points ")):
        return period.precision != "day" and period.text.lower().startswith(("on ", "over "))
    return True


def _of_the_telling(doc: Doc, period: Period, core: Token, over: Sequence[Attribution]) -> bool:
    """`said on Tuesday that`, `told a hearing on 8 March`: when somebody spoke, outside of what was said."""
    span = doc.char_span(period.start, period.end, alignment_mode="expand")
    if span is None:
        return False
    for one in over:
        if one.source is None or one.cue_token == core.i or not one.contents:
            continue
        told = any(start <= span.start < end for start, end in one.contents)
        if told or one.source[0] <= span.start < one.source[1]:
            continue
        verb = span.root
        while verb.head != verb and verb.pos_ not in ("VERB", "AUX"):
            verb = verb.head
        if verb.i == one.cue_token and (span.start > one.source[0] or period.precision in _NEWS):
            return True
    return False


def _dates_the_source(doc: Doc, period: Period, over: Sequence[Attribution]) -> bool:
    """`according to a study published in March`: when the source came out; not `according to data for March`."""
    span = doc.char_span(period.start, period.end, alignment_mode="expand")
    for one in over:
        if span is None or one.source is None or not one.source[0] <= span.start < one.source[1]:
            continue
        token = span.root
        while token.head != token and one.source[0] <= token.i < one.source[1]:
            if token.dep_ in ("acl", "relcl") and token.tag_ in ("VBN", "VBD"):
                return True
            token = token.head
    return False


def _hangs_on(doc: Doc, period: Period, core: Token) -> bool:
    """Whether a time belongs to the claim's verb, and not to an apposition or a clause inside the claim."""
    span = doc.char_span(period.start, period.end, alignment_mode="expand")
    token = None if span is None else span.root
    while token is not None and token != core and token.head != token:
        if token.dep_ in ("appos", "relcl", "acl", "amod", "advcl") and token.head != core:
            return False
        token = token.head
    return bool(token == core)


def _dates_a_thing(doc: Doc, period: Period) -> bool:
    """`a 2013 treaty`: the year tells which treaty, not when the claim's event was."""
    span = doc.char_span(period.start, period.end, alignment_mode="expand")
    return (
        span is not None
        and len(span) == 1
        and span[0].dep_ in ("nummod", "compound", "amod", "nmod")
        and span[0].head.i > span[0].i
        and span[0].head.lemma_.lower() in words("nouns_en.tsv", "dated")
    )
