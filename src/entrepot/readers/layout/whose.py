"""Says whose an address or country is that does not say it: of the party whose columns stand before it or are named like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from entrepot.readers.layout.candidates import Candidate
from entrepot.readers.layout.folding import tokens
from entrepot.readers.layout.header import Heading

_SIDES = {"shipper": "shipper_address", "consignee": "consignee_address"}
_BARE = {"local.address": "", "part.local_address": "part."}
_PARTIES = frozenset({"shipper", "consignee", "notify", "broker", "carrier", "forwarder", "manufacturer"})
_OF_A_PARTY = frozenset({"ADDRESS", "CITY", "STATE", "ZIP", "PHONE", "MAIL", "CONTACT", "ID", "IDWORD", "COUNTRY"})
"""What stands between a party's name and its address: columns that say nothing else."""

_REACH = 5
"""Columns from a party to its address at the most."""

_GAIN = 0.06
"""What an address gains where the party before it is known."""


def settle_addresses(found: Sequence[Candidate], heads: Sequence[Heading]) -> list[Candidate]:
    """Candidates whose bare addresses (`Dirección` after `Proveedor`) are those of the party before them.

    An address after a broker or a carrier is theirs and is left out. One that stands after no party, and those of a table in
    the order of the alphabet, keep what the direction says of them.
    """
    texts = [head.text.casefold() for head in heads if head.text]
    if texts == sorted(texts):
        return list(found)
    best: dict[int, Candidate] = {}
    for c in found:
        if c.score >= 0.5 and c.score > (best[c.index].score if c.index in best else 0):
            best[c.index] = c
    settled = []
    for c in found:
        whose = _before(c.index, best, heads) if c.canonical in _BARE else None
        if whose is None:
            settled.append(c)
        elif whose in _SIDES:
            canonical = _BARE[c.canonical] + _SIDES[whose]
            settled.append(replace(c, canonical=canonical, score=round(c.score + _GAIN, 4)))
    return settled


def settle_countries(found: Sequence[Candidate], heads: Sequence[Heading]) -> list[Candidate]:
    """Candidates where `IMP_COUNTRY` beside `IMP_NAME` is the country of that party, and not that of the import."""
    named: dict[str, str] = {}
    for c in found:
        party, _, what = c.canonical.partition("_")
        words = tokens(heads[c.index].text)
        if what == "name" and party in _SIDES and c.score >= 0.5 and len(words) > 1 and heads[c.index].concepts & _WAYS:
            named[words[0]] = party
    settled = []
    for c in found:
        words = tokens(heads[c.index].text)
        whose = named.get(words[0]) if words and c.canonical in {"dispatch_country", "destination_country"} else None
        if whose and c.concepts & _WAYS:
            settled.append(replace(c, canonical=f"{whose}_country"))
        else:
            settled.append(c)
    return settled


_WAYS = frozenset({"IMPORT", "EXPORT"})


def _before(index: int, best: dict[int, Candidate], heads: Sequence[Heading]) -> str | None:
    """The party whose columns stand before one, None where none does."""
    for at in range(index - 1, max(-1, index - 1 - _REACH), -1):
        held = best.get(at)
        party = held.canonical.partition("_")[0] if held else ""
        if party in _PARTIES and held and held.canonical.partition("_")[2] in {"name", "id", "country"}:
            return party
        said = heads[at].concepts - {"NOISE", "NUMBER", "CODE", "NAME"}
        if not said or not said <= _OF_A_PARTY:
            return None
    return None
