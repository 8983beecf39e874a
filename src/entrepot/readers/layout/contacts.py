"""Which columns hold the telephone numbers and mail addresses of the shipper and of the consignee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.readers.layout.candidates import Candidate
from entrepot.readers.layout.layout import CONTACTS, Mapped

BESIDE = "beside.contact"
"""A telephone or mail address whose header does not say whose it is."""

LEAST = 0.5
"""As for the other columns (see `recognise`)."""

_SIDES = {"shipper": "shipper_contact", "consignee": "consignee_contact"}
_OTHERS = ("notify_name", "broker_name", "carrier_name", "forwarder_name", "manufacturer_name")
_AT_HOME = {"import": "consignee", "export": "shipper"}


def contacts(
    found: Sequence[Candidate], columns: Mapping[str, Mapped], direction: str, names: Sequence[str]
) -> dict[str, Mapped]:
    """`shipper_contact` and `consignee_contact` to their columns; further ones of the same party are joined to the first.

    A column that does not say whose it is belongs to the party whose name, number, address or country is the last column of
    use before it; where that is none of a party's, to the party at home. Without a direction it is then left out, and so is one
    that stands after a broker, a carrier or another who is neither.

    Args:
        found: the candidates for which `is_contact` holds.
        columns: what the other columns are mapped to.
        direction: of the table.
        names: of its columns.
    """
    whose = {
        at: next((side for side in _SIDES if name.startswith(f"{side}_")), None)
        for name, mapped in columns.items()
        for at in (mapped.index, *(index for _, index in mapped.more))
    }
    others = {columns[name].index for name in _OTHERS if name in columns}
    best: dict[int, Candidate] = {}
    for candidate in found:
        if candidate.index not in whose and candidate.score >= LEAST:
            held = best.get(candidate.index)
            best[candidate.index] = candidate if held is None or candidate.score > held.score else held
    chosen: dict[str, list[Candidate]] = {}
    for index, candidate in sorted(best.items()):
        canonical = candidate.canonical
        if canonical == BESIDE:
            before = max((at for at in whose if at < index), default=None)
            if before in others:
                continue
            side = (None if before is None else whose[before]) or _AT_HOME.get(direction)
            if side is None:
                continue
            canonical = _SIDES[side]
        chosen.setdefault(canonical, []).append(candidate)
    return {
        canonical: Mapped(
            source=names[first.index],
            index=first.index,
            confidence=round(min(first.score, 0.99), 2),
            more=tuple((names[one.index], one.index) for one in further),
        )
        for canonical, (first, *further) in sorted(chosen.items(), reverse=True)
    }


def is_contact(candidate: Candidate) -> bool:
    """Whether a candidate is for a column of telephone numbers or mail addresses."""
    return candidate.canonical == BESIDE or candidate.canonical in CONTACTS
