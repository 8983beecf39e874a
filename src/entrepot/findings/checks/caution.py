"""Takes back a contradiction where the claim and the records do not speak of the same thing, and reads rates (`per month`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from entrepot.findings.checks.asking import Window
from entrepot.findings.checks.claims import Figure, TestedClaim
from entrepot.findings.checks.outcome import Outcome
from entrepot.findings.checks.vocabulary import pattern

_MONTHS = {"month": 1.0, "quarter": 3.0, "year": 12.0}
_RATE_BEHIND = re.compile(
    r"(?:\s[\w-]+){0,3}?\s(?:per|a|an|each|every)\s(day|week|month|quarter|year|hour)\b"
    r"(?!\s(?:ago|earlier|before|later|after|and a half|or)\b)",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(
    r"\b(daily|weekly|monthly|quarterly|annual|yearly)\s(?:\w+\s)?(?:averages?|exports?|imports?|shipments?|deliver(?:y|ies)"
    r"|volumes?|values?|sales|trade|purchases)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_PERIOD_OF = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "annual": "year", "yearly": "year"}  # fmt: skip
_FISCAL = re.compile(r"\b(?:fiscal|financial year|FY ?\d{2,4})\b", re.IGNORECASE)
_BEGAN = re.compile(r"\b(?:up|down) from\s*(?:(?:about|around|nearly|some)\s)?\Z", re.IGNORECASE)
_EACH_BEFORE = re.compile(
    r"\b(?:each|apiece|every one|(?:average|unit|mean|list|asking) (?:price|cost|value)s?|prices? (?:of|was|were|is)|priced at)\b"
    r"[^.;,]{0,30}\Z",
    re.IGNORECASE,
)
_EACH_BEHIND = re.compile(
    r"\s?(?:[\w-]+\s)?(?:each|apiece|(?:per|a|an|the)\s(?:piece|unit|item|barrel|tonne?|kilo(?:gram)?s?|kg|litre|liter|set|pair|rifle|drone|car))\b"
    r"(?!\sof\b)",
    re.IGNORECASE,
)
_BESIDE = 40
"""Characters on either side of a sum in which the words say that it is a fee or a profit: half a line."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """Why records and claim may not speak of the same thing; each empty where they do.

    Attributes:
        narrower: words of the claim's scope that the records do not know: they may hold more than is claimed.
        partial: which part of the period the records lack: they may hold less than there was.
        other_side: the statistics are those of the trade's other side, which differ in time, route and valuation.
    """

    narrower: str = ""
    partial: str = ""
    other_side: str = ""

    def words(self) -> str:
        """All of them, for an agreement that they make partial."""
        return "; ".join(w for w in (self.narrower, self.partial, self.other_side) if w)


def cautious(outcome: Outcome, doubts: Doubts) -> Outcome:
    """A contradiction that a doubt could explain is `not testable`, with the figure found still shown."""
    if outcome.verdict != "contradicted" or outcome.found is None:
        return outcome
    less = outcome.claimed_low is not None and outcome.found < outcome.claimed_low
    why = doubts.other_side or (doubts.partial if less else doubts.narrower)
    if not why:
        return outcome
    return _taken_back(outcome, why)


def dated(outcome: Outcome, claim: TestedClaim) -> Outcome:
    """A claim without a period, or one that is open at an end, is not contradicted by what the records hold at any time."""
    if outcome.verdict != "contradicted" or outcome.number is None or outcome.found is None:
        return outcome
    less = outcome.claimed_low is not None and outcome.found < outcome.claimed_low
    if claim.first is None and claim.last is None:
        return _taken_back(outcome, "the claim names no period")
    if _FISCAL.search(claim.quote) and (claim.first, claim.last) == _calendar_year(claim):
        return _taken_back(outcome, "the claim's fiscal year need not be the calendar year")
    if less and (claim.first is None or claim.last is None):
        return _taken_back(outcome, "the claim's period is open at one end")
    return outcome


def _calendar_year(claim: TestedClaim) -> tuple[date, date] | None:
    return None if claim.first is None else (date(claim.first.year, 1, 1), date(claim.first.year, 12, 31))


def _taken_back(outcome: Outcome, why: str) -> Outcome:
    return replace(
        outcome,
        verdict="not testable",
        why=f"the records give {outcome.found_text}, but {why}",
        needed="records of the very scope and period of the claim",
    )


def rate_of(claim: TestedClaim, figure: Figure) -> str:
    """`$8 million per month`, `monthly exports of $8 million`: the time that a figure is for; empty where it is a total."""
    behind = _RATE_BEHIND.match(claim.quote, figure.end)
    if behind is not None:
        return behind[1].lower()
    before = _RATE_BEFORE.search(claim.quote[: figure.start])
    return _PERIOD_OF[before[1].lower()] if before is not None else ""


def times_in(rate: str, window: Window) -> float | None:
    """How often a rate's time lies within a window; None where it does not lie in it as a whole or that cannot be told."""
    months = _MONTHS.get(rate)
    if months is None or window.months is None or window.months < months:
        return None
    return window.months / months


def is_of_before(claim: TestedClaim, figure: Figure) -> bool:
    """Whether a figure is where a change began (`62%, up from 48% a year earlier`): of another time than the claim's."""
    return _BEGAN.search(claim.quote[: figure.start]) is not None


def is_no_price(claim: TestedClaim, figure: Figure) -> bool:
    """Whether a sum of money is a fee, a fine, a profit or the price of one piece, and not what goods were worth."""
    if figure.kind != "money":
        return False
    if _EACH_BEFORE.search(claim.quote[: figure.start]) or _EACH_BEHIND.match(claim.quote, figure.end):
        return True
    beside = claim.quote[max(0, figure.start - _BESIDE) : figure.end + _BESIDE]
    return pattern("no_price").search(f"{figure.of} | {beside}") is not None


def words_of_trade(claim: TestedClaim) -> bool:
    """Whether a claim speaks of trade, the names of organisations (`Chamber of Shippers`) left out."""
    quote = claim.quote
    for _, start, end in claim.organisations:
        start, end = max(0, start), max(0, end)
        quote = quote[:start] + " " * (min(end, len(quote)) - start) + quote[end:]
    return pattern("trade").search(quote) is not None
