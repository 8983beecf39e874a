"""What a claim is: the words, what they say, who says so; and its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from entrepot.reports.attribution.discourse import NamedHop
from entrepot.reports.figures.quantities import Quantity

ClaimJson = dict[str, object]
"""One JSON object of `entrepot read --json`."""


@dataclass(frozen=True, slots=True)
class ClaimPeriod:
    """When; None where open. `text` are the words."""

    first: date | None
    last: date | None
    text: str
    precision: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of one report.

    Attributes:
        claim_id: the document's id, `-c` and a number.
        document_id, document: id and file name of the report.
        paragraph: its number, from 1.
        quote, start, end: `quote == document.text[start:end]`.
        stance: `asserts`, `shows`, `alleges`, `denies`, `estimates`, `fears` or `no_comment`.
        hedged, negated, own_voice: as the table `claims` says.
        subject, relation, object: who does what to whom, in the report's words.
        quantities: offsets count in the report's text.
        period: None where no time is named.
        attribution: hops from the outlet to whoever knows.
        secondhand: another outlet than the report's own stands among the hops.
        root: id of the root, given when roots are found; None for the outlet's own voice.
    """

    claim_id: str
    document_id: str
    document: str
    paragraph: int
    quote: str
    start: int
    end: int
    stance: str
    hedged: bool
    negated: bool
    own_voice: bool
    subject: str | None
    relation: str
    object: str | None
    goods: tuple[str, ...]
    places: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    period: ClaimPeriod | None
    attribution: tuple[NamedHop, ...]
    secondhand: bool
    root: str | None = None

    def as_json(self) -> ClaimJson:
        """The JSON object of `entrepot read --json`."""
        return {
            "claim_id": self.claim_id,
            "document": self.document,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "stance": self.stance,
            "hedged": self.hedged,
            "negated": self.negated,
            "own_voice": self.own_voice,
            "subject": self.subject,
            "relation": self.relation,
            "object": self.object,
            "goods": list(self.goods),
            "places": list(self.places),
            "quantities": [
                {
                    "value": q.value,
                    "low": q.low,
                    "high": q.high,
                    "unit": q.unit,
                    "kind": q.kind,
                    "of": q.of,
                    "approx": q.approx,
                }
                for q in self.quantities
            ],
            "period": None
            if self.period is None
            else {
                "from": None if self.period.first is None else self.period.first.isoformat(),
                "to": None if self.period.last is None else self.period.last.isoformat(),
                "text": self.period.text,
                "precision": self.period.precision,
            },
            "attribution": [
                {"name": h.name, "role": h.role, "relation": h.relation, "start": h.start, "end": h.end}
                for h in self.attribution
            ],
            "root": self.root,
            "secondhand": self.secondhand,
        }
