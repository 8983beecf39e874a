"""Links names that share an identifier, a telephone, a mail address or an address, and says which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

MOST_SHARING = {"identifier": 40, "telephone": 8, "mail address": 8, "address": 4}
"""Names behind one contact above which it links nobody: an office of a forwarder, a business centre, a default value. A
number identifies one firm in many spellings; a telephone or a mail address serves a group of firms; an address without its office
number is a building. Authors' choice, on the side of fewer links."""

MOST_IN_ONE = 40
"""Names in one linked group: a larger one has grown through chance contacts, and its members are left apart."""


@dataclass(frozen=True, slots=True)
class Links:
    """Which name keys act as one for chains; not a statement that they are one company.

    Attributes:
        party: name key to the group's id, which is its alphabetically first key.
        reasons: name key to what it shares, for example `same telephone 3740078060071`.
    """

    party: Mapping[str, str]
    reasons: Mapping[str, str]


def party_links(
    contacts: pa.Table, parties: Mapping[str, str] | None = None, alike: Iterable[tuple[str, str, str]] = ()
) -> Links:
    """Groups of name keys.

    Args:
        contacts: the table `contacts`.
        parties: party id of a name key as the parties room has it; keys of one id belong together in any case.
        alike: pairs of name keys that differ by a slip of the pen, each with the two names in words.
    """
    behind: dict[tuple[str, str], set[str]] = {}
    for key, kind, contact in zip(
        contacts.column("name_key").to_pylist(), contacts.column("kind").to_pylist(), contacts.column("contact").to_pylist(), strict=True
    ):  # fmt: skip
        behind.setdefault((kind, contact), set()).add(key)
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    size: dict[str, int] = {}

    def join(a: str, b: str) -> bool:
        first, second = sorted((root(a), root(b)))
        if first != second:
            together = size.get(first, 1) + size.get(second, 1)
            if together > MOST_IN_ONE:
                return False
            parent[second] = first
            size[first] = together
        return True

    by_party: dict[str, list[str]] = {}
    for key, party in (parties or {}).items():
        by_party.setdefault(party, []).append(key)
    for keys in by_party.values():
        if len(keys) > 1:
            for key in sorted(keys)[1:]:
                join(min(keys), key)
    reasons: dict[str, str] = {}
    kinds = list(MOST_SHARING)
    several = [each for each in behind.items() if 2 <= len(each[1]) <= MOST_SHARING[each[0][0]]]
    for (kind, contact), shared in sorted(several, key=lambda each: (kinds.index(each[0][0]), each[0][1])):
        names = sorted(shared)
        joined = [join(names[0], key) for key in names[1:]]
        if any(joined):
            for key in names:
                reasons.setdefault(key, f"same {kind} {contact}")
    for one, other, why in sorted(alike):
        if root(one) != root(other) and join(one, other):
            reasons.setdefault(one, why)
            reasons.setdefault(other, why)
    return Links({key: root(key) for key in sorted(parent) if size.get(root(key), 1) > 1}, reasons)
