"""What else is known of two parties: identifiers decide, countries, dates and addresses narrow, nothing raises by origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_STRONG = frozenset(
    ["inn", "ogrn", "uscc", "lei", "imo", "registration", "tax", "duns", "swift", "mmsi", "passport", "national"]
)
"""Kinds of which one party has one: the same is decisive, another one speaks against. Passports and national numbers are
renewed and persons have several, so another one there says nothing."""
_RENEWED = frozenset(["passport", "national", "mmsi", "swift"])

_CONFLICT_CAP = 0.6
"""A pair with a conflicting identifier of the same kind and country stays under `possible` (0.65)."""
_SAME_FLOOR = 0.95
_NAME_NEEDED = 0.3
"""An equal identifier lifts a pair to 0.95 where the names have something in common; where they have nothing, to 0.85."""
_SAME_OTHER_NAME = 0.85
_COUNTRY = 0.97
_DATE_CONFLICT = 0.75


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a party beside its name.

    Attributes:
        identifiers: kind (`inn`, `lei`, `imo`, ...; see the table `list_identifiers`) to normalised values.
        countries: ISO 3166-1 alpha-2 codes of address, registration, nationality.
        born: years of birth or incorporation.
    """

    identifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    born: frozenset[int] = frozenset()


def weigh(score: float, a: Facts | None, b: Facts | None) -> tuple[float, list[tuple[str, str]]]:
    """The score after identifiers, countries and dates, and what they said.

    An identifier that both sides have raises; a conflicting one of the same kind caps, and no other fact lifts that cap.
    Countries and dates only lower: a common nationality is no evidence.

    Returns:
        The score, and `(rule, sentence)` for each fact that spoke.
    """
    if a is None or b is None:
        return score, []
    said: list[tuple[str, str]] = []
    same, conflict = [], []
    for kind in sorted(_STRONG & set(a.identifiers) & set(b.identifiers)):
        left, right = a.identifiers[kind], b.identifiers[kind]
        if left & right:
            same.append(kind)
            said.append(("identifier", f"same {kind} {sorted(left & right)[0]}"))
        elif left and right and kind not in _RENEWED:
            conflict.append(kind)
            said.append(("identifier", f"different {kind}: {sorted(left)[0]} / {sorted(right)[0]}"))
    if conflict:
        score = min(score, _CONFLICT_CAP)
    elif same:
        score = max(score, _SAME_FLOOR if score >= _NAME_NEEDED else _SAME_OTHER_NAME)
        return score, said
    if a.countries and b.countries and not a.countries & b.countries:
        score *= _COUNTRY
        said.append(
            ("country", f"countries differ: {'/'.join(sorted(a.countries))} and {'/'.join(sorted(b.countries))}")
        )
    if a.born and b.born:
        apart = min(abs(x - y) for x in a.born for y in b.born)
        if apart > 1:
            score *= _DATE_CONFLICT
            said.append(("date", f"dates differ by {apart} years"))
    return score, said
