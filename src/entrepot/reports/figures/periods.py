"""Reads periods of time in evened text as intervals with bounds and precision; what the words leave open stays open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from entrepot.reports.figures import calendar
from entrepot.reports.figures.calendar import Interval
from entrepot.reports.figures.times import Time, find_times
from entrepot.reports.tables_of_words import rows

_LEAD = re.compile(r"\b(?:between|from|in|on|during|throughout)\s+(?:the\s+)?(?:year\s+)?\Z", re.IGNORECASE)
"""Words before a period that belong to it and change nothing about its bounds."""


_EVENT = re.compile(
    r"\b(until|till|before|since|after|following) (?:the|its|his|her|their) (?:[a-z-]+ ){1,3}in\s+\Z", re.IGNORECASE
)
"""An event with a date that bounds a time: `until its sale in 2020` ends at some day of that year."""


_FULL = frozenset(calendar.MONTHS)
"""Names of months that no stop shortens."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period as a text gives it.

    Attributes:
        start, end: characters in the text.
        text: the words.
        first, last: first and last day; None where open.
        precision: `day`, `week`, `month`, `season`, `quarter`, `half`, `year`, `years`, `decade`, or `open` where the
            words fix no bound at all (a month without a year, a relative date without the document's date).
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: str


def find_periods(text: str, published: date | None = None) -> list[Period]:
    """Periods in reading order, none overlapping.

    Args:
        text: evened text.
        published: the document's day; relative periods are open without it.
    """
    atoms = find_times(text, published)
    out: list[Period] = []
    at = 0
    while at < len(atoms):
        interval, used, end = _joined(text, atoms, at)
        begin = atoms[at].start
        ranged = used > 1 and re.search(r"\b(?:to|until|till|through)\b|[-—]", text[begin:end].lower()) is not None
        if text[end - 1] == "." and text[begin:end].split()[-1].rstrip(".").lower() in _FULL:
            end -= 1  # the sentence's stop, not an abbreviation's
        begin, interval = _edged(text, begin, interval, published, ranged)
        if led := _LEAD.search(text, max(0, begin - 16), begin):
            begin = led.start()
        out.append(
            Period(
                begin,
                end,
                text[begin:end],
                interval.start,
                interval.end,
                interval.precision if (interval.start or interval.end) else "open",
            )
        )
        at += used
    return out


def _joined(text: str, atoms: list[Time], at: int) -> tuple[Interval, int, int]:
    """Two atoms with `and`, `or`, `to`, a dash between them are one period; a missing year comes from the other."""
    first = atoms[at]
    if at + 1 < len(atoms):
        second = atoms[at + 1]
        between = text[first.end : second.start].lower()
        before = text[: first.start].rstrip().lower()
        link = re.fullmatch(r"\s*(and|or|to|through|until|till|up to|-|/|—)\s*(?:in |of |the |on |by )*", between)
        if link:
            a, b = first.interval, second.interval
            if first.needs_year and b.start and not a.start:
                a = first.needs_year(b.start.year)
                if a.start and b.start and a.start > b.start and link[1] != "or":
                    a = first.needs_year(b.start.year - 1)
            elif second.needs_year and a.start and not b.start:
                b = second.needs_year(a.start.year)
            if (
                link[1] in ("until", "till", "up to", "to", "through", "-", "—")
                or before.endswith(("between", "from"))
                or link[1] in ("or", "and", "/")
            ):
                return calendar.span(a, b), 2, second.end
    return first.interval, 1, first.end


def _edged(text: str, begin: int, interval: Interval, published: date | None, ranged: bool) -> tuple[int, Interval]:
    """`since`, `by`, `before`, `until`, `after` open one side; `from` opens none where the range names both ends."""
    event = _EVENT.search(text, max(0, begin - 40), begin)
    if event is not None and interval.start is not None:
        if event[1].lower() in ("until", "till", "before"):
            return event.start(), Interval(None, interval.end, interval.precision)
        return event.start(), Interval(interval.start, None, interval.precision)
    before = text[max(0, begin - 20) : begin]
    trimmed = re.sub(r"\s+(?:the|at the|around|about|in|on|of|at least|early|late)?\s*\Z", " ", before.lower())
    for row in sorted((r for r in rows("time_words_en.tsv") if r["class"] == "edge"), key=lambda r: -len(r["word"])):
        found = re.search(rf"(?<!\w){re.escape(row['word'])}\s*\Z", trimmed)
        if not found:
            continue
        edge = row["value"]
        if (
            row["word"] == "from"
            and interval.start
            and interval.precision in ("years",)
            and interval.end != interval.start
        ):
            break
        if row["word"] in ("from", "through", "following", "up to") and not re.search(
            r"\b(from|through|following|up to)\s*\Z", before.lower()
        ):
            break
        begin = begin - len(before) + before.lower().rindex(row["word"])
        if edge == "since":
            if row["word"] == "from" and ranged:
                return begin, interval
            if row["word"] == "from":
                return begin, Interval(
                    interval.start, None, interval.precision
                ) if interval.start and "-" not in interval.precision and not _closed(interval) else interval
            last = published if published and interval.start and published >= interval.start else None
            return begin, Interval(interval.start, last, interval.precision)
        if edge == "until":
            return begin, Interval(None, interval.end, interval.precision)
        if edge == "before":
            return begin, Interval(
                None, interval.start - timedelta(days=1) if interval.start else None, interval.precision
            )
        return begin, Interval(interval.end + timedelta(days=1) if interval.end else None, None, interval.precision)
    return begin, interval


def _closed(interval: Interval) -> bool:
    """A span that was joined from two atoms has both ends already."""
    return interval.start is not None and interval.end is not None and (interval.end - interval.start).days > 366
