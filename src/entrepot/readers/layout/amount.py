"""One column of money, as its header says it: currency, level, basis and scale."""

from __future__ import annotations

from dataclasses import dataclass

from entrepot.readers.layout.candidates import Candidate
from entrepot.readers.layout.header import Heading
from entrepot.readers.layout.profile import Profile


@dataclass(frozen=True, slots=True)
class Amount:
    """One column of money.

    Attributes:
        candidate: the column, with its score.
        currency: ISO code the header names, `own` for a word of a national currency, `foreign` for the currency of the
            contract, None where it does not say.
        dollar_sign: a lone `$`, which is the dollar of some country.
        level: `line`, `total` or `declaration`, by its words; None where it does not say.
        kind: `customs`, `statistical`, `invoice`, `fob`, `cif`, `cfr` or None.
        scale: 1, 1000 or 1000000.
        useful: share of rows with an amount that is not zero.
    """

    candidate: Candidate
    currency: str | None
    dollar_sign: bool
    level: str | None
    kind: str | None
    scale: int
    useful: float

    @property
    def index(self) -> int:
        return self.candidate.index


def read_amount(candidate: Candidate, head: Heading, values: Profile) -> Amount:
    """The amount that a column holds, by its header."""
    said = head.concepts
    currency = head.currency
    if currency is None:
        currency = "own" if said & {"OWNMONEY", "LOCAL"} else "foreign" if said & {"FC", "FOREIGN"} else None
    level = None
    if "TOTAL" in said and ("DECLARATION" in said or "BL" in said) and "LINE" not in said:
        level = "declaration"
    elif "LINE" in said:
        level = "line"
    elif "TOTAL" in said:
        level = "total"
    kinds = (
        ("CUSTOMSVALUE", "customs"), ("STATISTICAL", "statistical"), ("INVOICE", "invoice"), ("FOB", "fob"), ("CIF", "cif"), ("CFR", "cfr"),
    )  # fmt: skip
    kind = next((name for concept, name in kinds if concept in said), None)
    scale = 1000 if "THOUSAND" in said else 1_000_000 if "MILLION" in said else 1
    dollar = "DOLLARSIGN" in said
    return Amount(candidate, currency, dollar, level, kind, scale, values.useful)
