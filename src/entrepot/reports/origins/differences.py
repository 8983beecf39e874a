"""Lays claims on one root side by side and says what a retelling dropped, added, sharpened or turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from entrepot.reports.claim import Claim
from entrepot.reports.figures.quantities import Quantity
from entrepot.reports.origins.linking import Roots
from entrepot.reports.tables_of_words import rows, words

_ALIKE = 0.34
"""Share of the shorter claim's content words that both must have to be about the same thing. In the trials unrelated
claims on one root shared under .25."""
_FEWEST = 2
_SCOPE = re.compile(
    r"\b(?:including|excluding|except(?: for)?|not counting|as well as|of which|only|solely)\b[^,.;]{2,60}",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\([^()]{3,80}\)")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `claim_id` is nearer to the root or as near, `other_claim_id` retells."""

    root_id: str
    claim_id: str
    other_claim_id: str
    change: str
    what: str
    before: str | None
    after: str | None
    message: str


def find_differences(found: Roots) -> list[Difference]:
    """Differences between the claims of different reports that share a root and are about the same thing."""
    claims = {claim.claim_id: claim for report in found.reports for claim in report.claims}
    order = {
        report.document.document_id: at
        for at, report in enumerate(
            sorted(
                found.reports,
                key=lambda r: (r.document.header.published is None, str(r.document.header.published or "")),
            )
        )
    }
    out: list[Difference] = []
    for root in found.roots:
        if len(root.document_ids) < 2:
            continue
        members = [claims[i] for i in root.claim_ids]
        for first, second in _pairs(members):
            near, far = sorted((first, second), key=lambda c: (c.secondhand, order[c.document_id]))
            out += _compare(root.root_id, near, far)
    return out


def _pairs(members: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """For each claim its best partner in each other report, where they are about the same thing."""
    seen: set[tuple[str, str]] = set()
    scores = {
        (a.claim_id, b.claim_id): _alike(a, b) for a, b in combinations(members, 2) if a.document_id != b.document_id
    }
    for (a, b), score in sorted(scores.items(), key=lambda entry: -entry[1]):
        if score < _ALIKE:
            break
        by = {c.claim_id: c for c in members}
        keys = {(a, by[b].document_id), (b, by[a].document_id)}
        if keys & seen:
            continue
        seen |= keys
        yield by[a], by[b]


def _alike(a: Claim, b: Claim) -> float:
    mine, theirs = _content(a.quote), _content(b.quote)
    shared = mine & theirs
    if len(shared) < _FEWEST:
        return 0.0
    score = len(shared) / min(len(mine), len(theirs))
    if {(q.kind, q.value) for q in a.quantities} & {(q.kind, q.value) for q in b.quantities}:
        score += 0.2
    if (
        a.period
        and b.period
        and a.period.first
        and b.period.first
        and a.period.last
        and b.period.last
        and a.period.first <= b.period.last
        and b.period.first <= a.period.last
    ):
        score += 0.2
    return score


@cache
def _content(text: str) -> frozenset[str]:
    found = re.findall(r"[^\W_]+", text.lower())
    return frozenset(
        _stem(word) for word in found if len(word) > 2 and word not in words("common_words_en.tsv", "function")
    )


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _compare(root: str, near: Claim, far: Claim) -> Iterator[Difference]:
    def told(change: str, what: str, before: str | None, after: str | None, message: str) -> Difference:
        return Difference(root, near.claim_id, far.claim_id, change, what, before, after, message)

    if near.hedged and not far.hedged:
        yield told(
            "sharpened",
            "hedge",
            near.quote[:160],
            far.quote[:160],
            f"the reserve of {_start(near)} is gone in {_start(far)}",
        )
    elif far.hedged and not near.hedged:
        yield told(
            "softened",
            "hedge",
            near.quote[:160],
            far.quote[:160],
            f"{_start(far)} has a reserve that {_start(near)} has not",
        )
    if near.negated != far.negated:
        yield told(
            "turned_round", "negation", near.relation, far.relation, "one says that it is so, the other that it is not"
        )
    yield from _figures(told, near, far)
    yield from _periods(told, near, far)
    yield from _scopes(told, near, far)
    yield from _roles(told, near, far)
    yield from _terms(told, near, far)


def _start(claim: Claim) -> str:
    """The first words of a claim, to find it by."""
    first = claim.quote.split()
    return repr(" ".join(first[:8]) + (" ..." if len(first) > 8 else ""))


def _figures(told: object, near: Claim, far: Claim) -> Iterator[Difference]:
    make = told if callable(told) else None
    if make is None:
        return
    for mine in near.quantities:
        same = [q for q in far.quantities if q.kind == mine.kind and _of_alike(mine, q)]
        equal = [q for q in far.quantities if q.value == mine.value and mine.value is not None]
        if equal and not any(q.unit == mine.unit for q in equal):
            yield make(
                "changed",
                "unit",
                _shown(mine),
                _shown(equal[0]),
                f"the same number in another unit: {_shown(mine)} became {_shown(equal[0])}",
            )
        elif same and not any(q.value == mine.value and q.low == mine.low and q.high == mine.high for q in same):
            other = same[0]
            if other.value != mine.value:
                yield make(
                    "changed",
                    "number",
                    _shown(mine),
                    _shown(other),
                    f"the figure changed from {_shown(mine)} to {_shown(other)}",
                )
            elif (
                (mine.approx and not other.approx)
                or (mine.low is None) != (other.low is None)
                or (mine.high is None) != (other.high is None)
            ):
                yield make(
                    "sharpened" if mine.approx else "changed",
                    "qualifier",
                    _shown(mine),
                    _shown(other),
                    "a bound or an `about` was dropped or added",
                )
        for other in equal:
            if (
                other.unit == mine.unit
                and mine.of
                and other.of
                and mine.of.lower() != other.of.lower()
                and mine.kind == "share"
            ):
                yield make(
                    "changed",
                    "scope",
                    mine.of,
                    other.of,
                    "the share is of something else, or of a wider or narrower whole",
                )


def _of_alike(a: Quantity, b: Quantity) -> bool:
    return (
        not a.of
        or not b.of
        or bool(_content(a.of) & _content(b.of))
        or (a.unit == b.unit and a.kind in ("money", "mass", "ratio", "change"))
    )


def _shown(q: Quantity) -> str:
    number = q.value if q.value is not None else q.low if q.low is not None else q.high
    bound = (
        "at least "
        if q.high is None and q.low is not None
        else "at most "
        if q.low is None and q.high is not None
        else "about "
        if q.approx
        else ""
    )
    return f"{bound}{number:g} {q.unit}".strip() if number is not None else q.unit


def _periods(told: object, near: Claim, far: Claim) -> Iterator[Difference]:
    if not callable(told):
        return
    mine = near.period if near.period and (near.period.first or near.period.last) else None
    theirs = far.period if far.period and (far.period.first or far.period.last) else None
    if theirs and not mine:
        yield told(
            "added",
            "date",
            None,
            theirs.text,
            f"the retelling gives a date that the other telling does not: {theirs.text!r}",
        )
    elif mine and not theirs:
        yield told("dropped", "date", mine.text, None, f"the retelling drops the date {mine.text!r}")
    elif mine and theirs and (mine.first, mine.last) != (theirs.first, theirs.last):
        apart = (mine.first and theirs.last and mine.first > theirs.last) or (
            theirs.first and mine.last and theirs.first > mine.last
        )
        yield told(
            "changed",
            "date",
            mine.text,
            theirs.text,
            f"{mine.text!r} became {theirs.text!r}: the dates " + ("do not overlap" if apart else "overlap and differ"),
        )


def _scopes(told: object, near: Claim, far: Claim) -> Iterator[Difference]:
    if not callable(told):
        return
    for pattern in (_SCOPE, _BRACKET):
        for mine, theirs, change in ((near, far, "dropped"), (far, near, "added")):
            for match in pattern.finditer(mine.quote):
                if len(_content(match[0]) & _content(theirs.quote)) < max(1, len(_content(match[0])) // 2):
                    before, after = (match[0], None) if change == "dropped" else (None, match[0])
                    yield told(change, "scope", before, after, f"the scope {match[0]!r} was {change}")


def _roles(told: object, near: Claim, far: Claim) -> Iterator[Difference]:
    if not callable(told):
        return
    opposite = _opposites()
    mine, theirs = (
        {w.lower() for w in re.findall(r"\w+", near.quote)},
        {w.lower() for w in re.findall(r"\w+", far.quote)},
    )
    for word in sorted(mine - theirs):
        turned = opposite.get(word, frozenset()) & (theirs - mine)
        if turned:
            yield told(
                "turned_round",
                "direction",
                word,
                sorted(turned)[0],
                f"the direction was turned: {word} became {sorted(turned)[0]}",
            )
            break
    if near.subject and near.object and far.subject and far.object:
        a, b, c, d = (_content(x) for x in (near.subject, near.object, far.subject, far.object))
        if a and b and c and d and len(a & d) >= 1 and len(b & c) >= 1 and not a & c and not b & d:
            yield told(
                "turned_round", "agent", near.subject, far.subject, "who does it and to whom it is done are exchanged"
            )


def _terms(told: object, near: Claim, far: Claim) -> Iterator[Difference]:
    """Goods that are called otherwise while a designator or a figure of the claim is the same."""
    if not callable(told):
        return
    anchor = set(near.goods) & set(far.goods) or {(q.value, q.kind) for q in near.quantities} & {
        (q.value, q.kind) for q in far.quantities
    }
    mine = [g for g in near.goods if not _content(g) & _content(far.quote)]
    theirs = [g for g in far.goods if not _content(g) & _content(near.quote)]
    if anchor and len(mine) == 1 and len(theirs) == 1:
        yield told("changed", "term", mine[0], theirs[0], f"{mine[0]!r} became {theirs[0]!r}")


@cache
def _opposites() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for row in rows("opposites_en.tsv"):
        left, right = row["left"].split(), row["right"].split()
        for word in left:
            out.setdefault(word, set()).update(right)
        for word in right:
            out.setdefault(word, set()).update(left)
    return {word: frozenset(others) for word, others in out.items()}
