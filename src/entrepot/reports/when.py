"""Chooses the time of a claim: the one that hangs on its verb, and not when it was told, nor what a treaty is called by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entrepot.reports.attribution.spans import Attribution
from entrepot.reports.claim import Claim, ClaimPeriod
from entrepot.reports.figures import Period, Quantity, calendar
from entrepot.reports.parsed import text_of
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BESIDE = 24
"""Characters from a figure to the time that is its own: `9 vessels | in the spring of | 2020`."""
_COMPARED = re.compile(r"\b(?:up|down) from\s*$|\b(?:compared (?:with|to)|against|versus)\s*$")
"""What stands before a figure of another time, which is no time of the figure before."""
_NEXT = re.compile(r"(?:\s[\w-]+){0,2}?\s(?:(?:in|for|during|at the end of) (?:the )?)?", re.IGNORECASE)
"""What may stand between a figure and its own time: `4 million | dollars in | 2021`."""
_SAME_PERIOD = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:in|for|during|over) the same (?:period|quarter|months?|half|time)\s"
    r"(?:(?:of|in) )?(?:(\d{4})|(?:the )?(?:previous|preceding|prior|last) year|a year (?:earlier|before))",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:in )?(?:(?:a|one) year (?:earlier|before)|the (?:previous|preceding) year)\b",
    re.IGNORECASE,
)
_BEGAN = re.compile(r"\b(?:up|down) from\s*\Z", re.IGNORECASE)
_PART_OF_YEAR = re.compile(r"\b(first|second|third|fourth) (quarter|half)\b", re.IGNORECASE)
_PARTS = {(word, unit): f"{unit[0] if unit == 'quarter' else unit}{n}" for n, word in enumerate(("first", "second", "third", "fourth"), 1) for unit in ("quarter", "half")}  # fmt: skip
"""Parts of a year as the calendar calls them: of `30 million in the second quarter of 2023 to 45 million in the third quarter`."""
_THAN = re.compile(
    r"\b(?:(?:more|less|fewer|higher|lower|larger|smaller|better|worse)(?: [a-z]+){0,2} than|compared (?:with|to)|versus"
    r"|than (?:it was|they were|what (?:it was|they were))|of what (?:it was|they were))"
    r" (?:(?:in|during|for|the|same|period|months?|quarter|half|of|that|those) )*\Z|(?:%|\bper ?cent|\bpoints?) (?:on |over )?\Z",
    re.IGNORECASE,
)
"""What stands before a time that only serves a comparison."""
_NEWS = ("day", "week", "open")
"""Precisions of the time when something was told, where that stands before the teller: `On Tuesday the ministry said`."""
_TELLS = frozenset({"report", "announce", "publish", "release", "present", "post", "disclose"})
"""Verbs of telling that take what is told as their object, so that no attribution shows when it was told."""


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
    if core.lemma_.lower() in _TELLS:  # `today reports sales for the third quarter`
        fixed = [p for p in fixed if p.precision not in _NEWS] or fixed
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
        return _with_own_times(claim, periods, base)
    if any(_relative_time(claim, q, claim.end) is not None for q in claim.quantities):
        return _with_own_times(claim, periods, base)
    first, second = sorted(claim.quantities, key=lambda q: q.start)
    own = [p for p in periods if claim.start <= base + p.start and base + p.end <= claim.end]
    if len(own) == 1 and 0 < base + own[0].start - second.end <= _BESIDE:
        between = claim.quote[first.end - claim.start : second.start - claim.start]
        if _COMPARED.search(between):
            return [replace(claim, quantities=(first,), period=None), replace(claim, quantities=(second,))]
    if len(own) != 2 or any(p.precision == "open" and _PART_OF_YEAR.search(p.text) for p in own):
        return _with_own_times(claim, periods, base)
    early, late = own
    beside = [0 < base + p.start - q.end <= _BESIDE for q, p in ((first, early), (second, late))]
    if not all(beside) or base + early.start > second.start:
        return _with_own_times(claim, periods, base)
    return [replace(claim, quantities=(q,), period=stated(p, claim, base)) for q, p in ((first, early), (second, late))]


def _with_own_times(claim: Claim, periods: Sequence[Period], base: int) -> list[Claim]:
    """`rose ninefold to 36 million in 2022 from 4 million in 2021`: what is told of another time than the claim's is a claim of
    its own, with the same quote; also `against 4 million a year earlier` and `in the same period of 2021`, reckoned from the
    claim's own time."""
    figures = sorted(claim.quantities, key=lambda q: q.start)
    if len(figures) < 2:
        return [claim]
    stops = [q.start for q in figures[1:]] + [claim.end]
    times = [_own_time(claim, q, stop, periods, base) for q, stop in zip(figures, stops, strict=True)]
    said = claim.period.last if claim.period is not None and claim.period.last is not None else date.min
    latest = max((t for t in times if t is not None and t.last is not None), key=lambda t: t.last or said, default=None)
    kept: list[Quantity] = []
    apart: dict[ClaimPeriod, list[Quantity]] = {}
    for figure, time in zip(figures, times, strict=True):
        if figure.kind in ("change", "ratio") and latest is not None and latest.last is not None and latest.last > said:
            time = latest  # `from 36 million in 2022 to 24 million in 2023, a drop of a third`: by 2023
        if time is None or (
            claim.period is not None and (time.first, time.last) == (claim.period.first, claim.period.last)
        ):
            kept.append(figure)
        else:
            apart.setdefault(time, []).append(figure)
    if not kept or not apart:
        return [claim]
    return [
        replace(claim, quantities=tuple(kept)),
        *(replace(claim, quantities=tuple(own), period=time) for time, own in apart.items()),
    ]


def _own_time(claim: Claim, figure: Quantity, stop: int, periods: Sequence[Period], base: int) -> ClaimPeriod | None:
    """The time that stands right behind a figure, before the next one; None where there is none."""
    if figure.kind in ("change", "ratio"):
        return None  # `up 4% on the year before`: what it is compared with
    if (relative := _relative_time(claim, figure, stop)) is not None:
        return relative
    behind = claim.quote[figure.end - claim.start : stop - claim.start]
    for p in periods:
        gap = base + p.start - figure.end
        if 0 < gap <= _BESIDE and base + p.end <= stop and _NEXT.fullmatch(behind[:gap]):
            if p.precision != "open":
                return stated(p, claim, base)
            part = _PART_OF_YEAR.search(p.text)
            if part is None or claim.period is None or claim.period.first is None:
                return None if _BEGAN.search(claim.quote[: figure.start - claim.start]) else stated(p, claim, base)
            placed = calendar.year(claim.period.first.year, _PARTS[part[1].lower(), part[2].lower()])
            return ClaimPeriod(placed.start, placed.end, p.text, placed.precision)
    return None


def _relative_time(claim: Claim, figure: Quantity, stop: int) -> ClaimPeriod | None:
    """The time of a figure that is reckoned from the claim's own: `4 million a year earlier`, `in the same period of 2021`."""
    period = claim.period
    if period is None or period.first is None or period.last is None:
        return None
    behind = claim.quote[figure.end - claim.start : stop - claim.start]
    if same := _SAME_PERIOD.match(behind):
        return _in_year(period, int(same[1]) if same[1] else period.first.year - 1, same[0].strip())
    began = _BEGAN.search(claim.quote[: figure.start - claim.start])  # stays with what it became
    if began is None and (earlier := _YEAR_BEFORE.match(behind)):
        return _in_year(period, period.first.year - 1, earlier[0].strip())
    return None


def _in_year(period: ClaimPeriod, year: int, text: str) -> ClaimPeriod:
    """The same days of another year."""
    assert period.first is not None
    assert period.last is not None
    shift = year - period.first.year
    return replace(period, first=_moved(period.first, shift), last=_moved(period.last, shift), text=text)


def _moved(day: date, years: int) -> date:
    """The same day some years on; the end of February stays its end."""
    if (day.month, (day + timedelta(days=1)).month) == (2, 3):
        return date(day.year + years, 3, 1) - timedelta(days=1)
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


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
