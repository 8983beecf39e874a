"""Links names that are one party over files and scripts: numbers decide, names alone only where they are very sure."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import pyarrow as pa

from entrepot.parties.compare import POSSIBLE, compare_pairs
from entrepot.parties.groups import Groups, Number
from entrepot.parties.matching import NUMBERS_BY_LENGTH
from entrepot.parties.vocabulary import OTHER, Vocabulary

LINKED = pa.schema(
    [
        pa.field(name, pa.string())
        for name in ("name_key", "identifier", "country", "label", "party_key", "party_id", "why")
    ]
)
"""What `link` gives: one row for each node. `label` is the name key, told apart where several parties bear the name;
`party_key`, the label of the party's oldest node, and `party_id` are equal for nodes of one party."""

RARE = 0.8
"""Weight from which a word is rare: at most nine names of the frequency file (`data/token_frequency.tsv`) have it."""

ALIKE = 0.9
"""Score from which names at one telephone or address are one party. Firms of one group share an address and a trade name but
differ in a business word, which the comparison puts below 0.8; a slip of the pen scores 0.95 and more."""

MOST_AT_CONTACT = {"telephone": 8, "address": 4}
"""Names behind a telephone or an address above which it says nothing (as `routes.chains.links.MOST_SHARING`), unless half of
them are alike."""

FEW_NAMES = 8
"""Names behind one number that are taken for one party without a look; of more, half must be alike, or the number is that of
an agent or a filler. Companies in Russian customs records have up to a hundred spellings behind one INN, all alike."""

_GENERIC_KINDS = frozenset(["", "tax", "registration"])


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's judgement about two names.

    Attributes:
        left_key, right_key: keys of the names; None where only the number is known.
        left_identifier, right_identifier: as read, None for all.
        same: True or False; undecided ones are not given. said: by whom, when and why, for a person.
    """

    left_key: str | None
    left_identifier: str | None
    right_key: str | None
    right_identifier: str | None
    same: bool
    said: str


@dataclass(frozen=True, slots=True)
class Nodes:
    """What is linked: a name key with one identifier (or none) in one country (or none), column by column, sorted by these.

    Attributes:
        keys: name keys, or `id:` and the identifier where the records give no name. identifiers: as read, '' none.
        countries: alpha-2, '' none. names: most frequent spelling. ages: rising with the order in which the files were
        added and the rows stand; the oldest name gives a party its identifier. rows: shipments.
    """

    keys: Sequence[str]
    identifiers: Sequence[str]
    countries: Sequence[str]
    names: Sequence[str]
    ages: Sequence[int]
    rows: Sequence[int]

    @classmethod
    def of(cls, table: pa.Table) -> Nodes:
        """From columns `name_key`, `identifier`, `country`, `name`, `age`, `rows`, one row for each node, in any order."""
        columns = ("name_key", "identifier", "country", "name", "age", "rows")
        table = table.sort_by([(name, "ascending") for name in columns[:3]])
        return cls(*(table.column(name).to_pylist() for name in columns))


@dataclass(frozen=True, slots=True)
class Linked:
    """The groups: `party[i]` is the number of the node that stands for node i's party; `table` as `LINKED` says."""

    party: Sequence[int]
    groups: Groups
    table: pa.Table


def link(nodes: Nodes, contacts: pa.Table, judged: Sequence[Judged] = ()) -> Linked:
    """Which nodes are one party.

    In this order, each join refused where the party would hold two different numbers of one kind or two names that a person
    judged different: judgements; equal numbers; equal names (`_same_name`); a name with and without its legal form in one
    country; names alike at one telephone or address. The result does not depend on the order of nodes or files; the
    identifiers of parties do, so that they survive when files are added.

    Args:
        contacts: columns `name_key`, `country`, `kind`, `contact` (see the table `contacts`).
        judged: judgements in force, oldest first.
    """
    of_key: dict[str, list[int]] = defaultdict(list)
    for node, key in enumerate(nodes.keys):
        of_key[key].append(node)
    numbers = _numbers(nodes)
    groups = Groups(len(nodes.keys), numbers)
    _judge(groups, nodes, of_key, judged)
    _same_number(groups, nodes, numbers)
    several = [key for key, members in of_key.items() if len(members) > 1]
    with_form = _with_form(of_key)
    near = _near(nodes, of_key, contacts)
    rare = rare_names({*several, *with_form, *(key for pair in near for key in pair)})
    for key in several:
        _same_name(groups, nodes, of_key[key], key in rare)
    for bare, keys in with_form.items():
        if bare in rare:
            _without_form(groups, nodes, of_key[bare], [node for key in keys for node in of_key[key]])
    _same_contact(groups, nodes, of_key, {pair: place for pair, place in near.items() if rare.issuperset(pair)})
    return _named(groups, nodes, of_key)


def canonical(kind: str, value: str) -> Number | None:
    """A number as it is compared; None where it can be nobody's: two different characters, or digits in their order."""
    plain = "".join(c for c in value.upper() if c.isalnum())
    if len(set(plain)) <= 2 or plain in "01234567890123456789" or len(plain) < 5:
        return None
    return (NUMBERS_BY_LENGTH.get(len(plain), "tax") if kind in _GENERIC_KINDS else kind), plain


def _numbers(nodes: Nodes) -> dict[int, Number]:
    """Numbers of nodes. One whose kind the source does not say takes the kind that another source says of it."""
    parsed: dict[int, tuple[str, str]] = {}
    kinds: dict[str, set[str]] = defaultdict(set)
    for node, identifier in enumerate(nodes.identifiers):
        if identifier:
            kind, colon, value = identifier.partition(":")
            parsed[node] = (kind.lower(), value) if colon else ("", kind)
            if parsed[node][0] not in _GENERIC_KINDS:
                kinds["".join(c for c in value.upper() if c.isalnum())].add(parsed[node][0])
    found = {}
    for node, (kind, value) in parsed.items():
        number = canonical(kind, value)
        if number is not None:
            told = kinds.get(number[1], set())
            found[node] = (next(iter(told)), number[1]) if kind in _GENERIC_KINDS and len(told) == 1 else number
    return found


def _judge(groups: Groups, nodes: Nodes, of_key: Mapping[str, list[int]], judged: Sequence[Judged]) -> None:
    of_identifier: dict[str, list[int]] | None = None

    def meant(key: str | None, identifier: str | None) -> list[int]:
        nonlocal of_identifier
        if key is not None:
            found = of_key.get(key, [])
            return found if identifier is None else [n for n in found if nodes.identifiers[n] == identifier]
        if of_identifier is None:
            of_identifier = defaultdict(list)
            for node, each in enumerate(nodes.identifiers):
                of_identifier[each].append(node)
        return of_identifier.get(identifier or "?", [])

    sides = [(meant(j.left_key, j.left_identifier), meant(j.right_key, j.right_identifier)) for j in judged]
    for tag, (judgement, (left, right)) in enumerate(zip(judged, sides, strict=True)):
        if not judgement.same:
            groups.keep_apart(left, right, tag)
    for judgement, (left, right) in zip(judged, sides, strict=True):
        if judgement.same and left and right:
            groups.join(_first(nodes, left), _first(nodes, right), judgement.said, judged=True)


def _first(nodes: Nodes, members: Iterable[int]) -> int:
    """The node that a name stands for where it has several: without a number before with, then by the alphabet."""
    return min(
        members, key=lambda n: (nodes.identifiers[n] != "", nodes.identifiers[n], nodes.countries[n], nodes.keys[n])
    )


def _same_number(groups: Groups, nodes: Nodes, numbers: Mapping[int, Number]) -> None:
    behind: dict[Number, list[int]] = defaultdict(list)
    for node, number in numbers.items():
        behind[number].append(node)
    for (kind, value), members in sorted(behind.items()):
        if len({nodes.keys[n] for n in members}) <= FEW_NAMES or _mostly_alike(nodes, members):
            for left, right in pairwise(members):
                groups.join(left, right, f"same {kind} {value}")


def _mostly_alike(nodes: Nodes, members: Sequence[int]) -> bool:
    rows: Counter[str] = Counter()
    for node in members:
        rows[nodes.names[node]] += nodes.rows[node]
    main, *others = sorted(rows, key=lambda name: (-rows[name], name))
    scores = compare_pairs([main] * len(others), others)
    return int((scores >= POSSIBLE).sum()) * 2 >= len(others)


def _same_name(groups: Groups, nodes: Nodes, members: Sequence[int], rare: bool) -> None:
    """Nodes of one name key.

    Numbers of different kinds in one country are one party's; numbers given in different countries are two legal entities.
    Nodes without a number go to the one party of that name with a number in their country; where none of that name has a
    number, a name with a rare word is one party everywhere, any other one party in each country.
    """
    numbered = [n for n in members if nodes.identifiers[n]]
    bare = [n for n in members if not nodes.identifiers[n]]
    places: dict[int, set[str]] = defaultdict(set)
    for node in numbered:
        places[groups.root(node)].add(nodes.countries[node])
    for one in sorted(places, key=lambda n: nodes.identifiers[n]):
        fitting = [o for o in places if o != one and places[o] & places[one] - {""} and not groups.conflict(o, one)]
        if len(fitting) == 1:
            groups.join(one, fitting[0], "same name, numbers of different kinds in one country")
    parties: dict[int, set[str]] = defaultdict(set)
    for node in numbered:
        parties[groups.root(node)].add(nodes.countries[node])
    left: list[int] = []
    for node in bare:
        country = nodes.countries[node]
        fitting = [root for root, found in parties.items() if country in found] if country else list(parties)
        if not fitting and rare and len(parties) == 1:
            fitting = list(parties)
        if len(fitting) != 1 or not groups.join(fitting[0], node, "same name"):
            left.append(node)
    if rare:
        for one, other in pairwise(left):
            groups.join(one, other, "same name, with a rare word")
    elif len(left) == 2 and not nodes.countries[left[0]]:
        groups.join(left[0], left[1], "same name")


def _with_form(of_key: Mapping[str, list[int]]) -> dict[str, list[str]]:
    """Names that occur without a legal form, and the same names with one."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in of_key:
        bare, bar, _ = key.partition("|")
        if bar and bare in of_key:
            found[bare].append(key)
    return found


def _without_form(groups: Groups, nodes: Nodes, bare: Iterable[int], with_form: Sequence[int]) -> None:
    """`Primer Trading` and `Primer Trading LLC` in one country, where no `Primer Trading JSC` is there."""
    for node in bare:
        country = nodes.countries[node]
        there = {groups.root(n) for n in with_form if country and nodes.countries[n] == country}
        if len(there) == 1:
            groups.join(there.pop(), node, f"same name without its legal form, {country}")


def _near(
    nodes: Nodes, of_key: Mapping[str, list[int]], contacts: pa.Table
) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Pairs of names behind one telephone or address, with its kind, text and country.

    Behind one with many names, all are held against the most frequent one, and only where half of them are like it: a firm
    whose clerks misspell it has many names, a forwarder's address many firms.
    """
    behind: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    columns = (contacts.column(name).to_pylist() for name in ("name_key", "country", "kind", "contact"))
    for key, country, kind, contact in zip(*columns, strict=True):
        if kind in MOST_AT_CONTACT and key in of_key and country:
            behind[kind, contact, country].add(key)
    pairs: dict[tuple[str, str], tuple[str, str, str]] = {}
    for place, keys in sorted(behind.items()):
        if 2 <= len(keys) <= MOST_AT_CONTACT[place[0]]:
            for pair in combinations(sorted(keys), 2):
                pairs.setdefault(pair, place)
        elif len(keys) > 1:
            members = [_at(nodes, of_key[key], place[2]) for key in keys]
            if _mostly_alike(nodes, members):
                main = max(keys, key=lambda key: (nodes.rows[_at(nodes, of_key[key], place[2])], key))
                for key in sorted(keys - {main}):
                    pairs.setdefault((min(key, main), max(key, main)), place)
    return pairs


def _same_contact(
    groups: Groups, nodes: Nodes, of_key: Mapping[str, list[int]], near: Mapping[tuple[str, str], tuple[str, str, str]]
) -> None:
    ends = [(_at(nodes, of_key[a], place[2]), _at(nodes, of_key[b], place[2])) for (a, b), place in near.items()]
    scores = compare_pairs([nodes.names[a] for a, _ in ends], [nodes.names[b] for _, b in ends])
    alike = [
        (-round(float(s), 4), end, place)
        for s, end, place in zip(scores, ends, near.values(), strict=True)
        if s >= ALIKE
    ]
    for score, (a, b), (kind, contact, _) in sorted(alike):
        groups.join(a, b, f"same {kind} {contact}, names alike ({-score:.2f})")


def _at(nodes: Nodes, members: Iterable[int], country: str) -> int:
    """The node of a name in a country."""
    there = [n for n in members if nodes.countries[n] == country]
    return _first(nodes, there or members)


def rare_names(keys: Iterable[str]) -> frozenset[str]:
    """Those keys that have a word which is neither generic, nor a place, nor frequent in names, nor of under four letters.

    A key of an identifier (`id:`, where the records give no name) holds no word.
    """
    vocabulary = Vocabulary()
    named = (key for key in keys if not key.startswith("id:"))
    words = {key: [w for w in key.partition("|")[0].split() if len(w) >= 4 and not w.isdigit()] for key in named}
    numbers = {word: vocabulary.number(word) for found in words.values() for word in found}
    weight = vocabulary.arrays().weight[:, 0]
    rare = {word for word, n in numbers.items() if vocabulary.kinds[n] == OTHER and weight[n] >= RARE}
    return frozenset(key for key, found in words.items() if not rare.isdisjoint(found))


def _named(groups: Groups, nodes: Nodes, of_key: Mapping[str, list[int]]) -> Linked:
    """Each party takes its key from its oldest node, which no later file changes: a merge keeps the older one."""
    party = [groups.root(node) for node in range(len(nodes.keys))]
    labels = list(nodes.keys)
    for key, members in of_key.items():
        if len(members) > 1:
            first: dict[int, int] = {}
            for node in sorted(members, key=lambda n: (nodes.ages[n], n)):  # nodes are sorted
                first.setdefault(party[node], node)
            own = {root: "#".join((key, nodes.identifiers[n], nodes.countries[n])) for root, n in first.items()}
            own[next(iter(first))] = key
            for node in members:
                labels[node] = own[party[node]]
    founder: dict[int, int] = {}
    for node, root in enumerate(party):
        oldest = founder.get(root)
        if oldest is None or (nodes.ages[node], node) < (nodes.ages[oldest], oldest):
            founder[root] = node
    keys = [labels[founder[root]] for root in party]
    ids = {key: "p-" + hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:12] for key in set(keys)}
    columns = (
        nodes.keys, nodes.identifiers, nodes.countries, labels, keys, [ids[key] for key in keys],
        [groups.why.get(node) for node in range(len(labels))],
    )  # fmt: skip
    return Linked(party, groups, pa.Table.from_arrays([pa.array(c, pa.string()) for c in columns], schema=LINKED))
