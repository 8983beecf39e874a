"""Carries a source from one sentence to the next in languages without a parser (`Demnach`, `In dem Papier`, `Das berichtet X`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from entrepot.reports.attribution.discourse import NamedHop
from entrepot.reports.claim import Claim
from entrepot.reports.tables_of_words import rows

_NEAR = 2
"""Paragraphs back in which a sentence finds the source that it goes on with."""


def carried(claims: Sequence[Claim], language: str, outlet: str | None) -> list[Claim]:
    """The claims of a report in order, with the sources that neighbouring sentences give them.

    A sentence that credits an outlet (`Das berichtet die Abendpost.`) gives it to those before it in its paragraph; a sentence that
    begins as one of a document does (`In dem Papier`) takes the last source given before it, in this paragraph or the two before.

    Args:
        claims: one per sentence, or several with the same quote.
        language: of the report.
        outlet: the report's own, which credits nobody by its own name.
    """
    credits, carries = _words(language, "credit"), _words(language, "carry")
    out: list[Claim] = []
    last: tuple[int, tuple[NamedHop, ...]] | None = None
    for claim in claims:
        credit = next((m for p in credits if (m := p.match(claim.quote))), None)
        if credit is not None and credit["outlet"].lower() != (outlet or "").lower().removeprefix("the "):
            start = claim.start + credit.start("outlet")
            hop = NamedHop(
                credit["outlet"], "outlet", "said", start, start + len(credit["outlet"]), f"{language}-credit"
            )
            out = [
                replace(c, attribution=(hop, *c.attribution), own_voice=False, secondhand=True)
                if c.paragraph == claim.paragraph and not any(h.role == "outlet" for h in c.attribution)
                else c
                for c in out
            ]
            last = claim.paragraph, (hop,)
            claim = replace(claim, attribution=(hop,), own_voice=False, secondhand=True)
        elif any(p.match(claim.quote) for p in carries) and last is not None and claim.paragraph - last[0] <= _NEAR:
            hops = tuple(replace(h, rule=f"{language}-carried") for h in last[1])
            claim = replace(claim, attribution=hops, own_voice=False, secondhand=any(h.role == "outlet" for h in hops))
            last = claim.paragraph, last[1]
        elif claim.attribution and claim.attribution[-1].resolved:
            last = claim.paragraph, claim.attribution
        out.append(claim)
    return out


@cache
def _words(language: str, role: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(row["pattern"])
        for row in rows("carried_words.tsv")
        if row["language"] == language and row["role"] == role
    )
