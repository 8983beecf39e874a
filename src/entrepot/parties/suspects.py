"""Parties that are possibly the same: names that share words or sounds, compared, with what a merge would change."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entrepot.model.tables.parties import PARTY_PAIRS
from entrepot.parties.analyse import Analyser
from entrepot.parties.compare import POSSIBLE, compare, compare_pairs
from entrepot.parties.evidence import Facts
from entrepot.parties.index import NameIndex
from entrepot.parties.linking import Linked, Nodes
from entrepot.parties.sounds import sound

MOST_COMPARED = 30_000
"""Pairs of names that are compared: about ten seconds on two cores, however many names a case has."""

MOST_KEPT = 5_000
"""Pairs kept for review: more than a person judges in weeks."""

MOST_ALIKE = 12
"""Names that share one word's consonants, above which the word is common and says nothing by itself."""

MOST_ALIKE_TWO = 30
"""Names that share the consonants of two words, above which these are common."""

MOST_BEARERS = 5
"""Parties of one name that are put against each other."""

MOST_SEARCHED, MOST_INDEXED = 1_000, 10_000
"""Names in scripts without spelled vowels or letters that are searched, among that many names in Latin letters of the same
countries: about five seconds."""

_VOWELS = str.maketrans("", "", "aeiouyhw")
_UNSPELLED = ((0x0590, 0x08FF), (0x0E00, 0x0EFF), (0x2E80, 0xD7FF), (0xF900, 0xFAFF))
"""Hebrew and Arabic; Thai and Lao; Han, Kana, Hangul: their first romanisation, in the key, seldom meets the company's own."""

Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Heads:
    """One node for each name key of each party: `node`; `party` its party, `rows` the party's appearances."""

    node: list[int]
    party: NDArray[np.int64]
    rows: NDArray[np.float64]
    countries: Mapping[int, set[str]]
    entries: Mapping[int, frozenset[tuple[str, str]]]


def party_pairs(nodes: Nodes, linked: Linked, screened: pa.Table) -> pa.Table:
    """`party_pairs`: the pairs worth a person's time, most valuable first.

    Candidates share the consonants of a rare word or of two words, or the start of a long word, or the name itself, or are
    found across scripts by `NameIndex`. Pairs with conflicting numbers and pairs judged different are left out.

    Args:
        screened: the table; what lists each side meets shows what a merge would change.
    """
    heads = _heads(nodes, linked, screened)
    chosen = _chosen(linked, heads, nodes)
    analyser = Analyser()  # one vocabulary for all: its arrays are built again after each new word
    scores = compare_pairs([nodes.names[a] for a, _ in chosen], [nodes.names[b] for _, b in chosen], analyser=analyser)
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for (a, b), score in zip(chosen, scores.tolist(), strict=True):
        key = tuple(sorted((linked.party[a], linked.party[b])))
        found = (score, -min(a, b), -max(a, b))
        if score >= POSSIBLE and found > best.get((key[0], key[1]), (0.0, 0, 0)):
            best[key[0], key[1]] = found
    rows: dict[int, float] = dict(zip(heads.party.tolist(), heads.rows.tolist(), strict=True))
    several = _borne_by_several(linked, nodes)
    ranked = sorted(best.items(), key=lambda item: (-_value(item[0], rows, heads) * item[1][0], item[1]))[:MOST_KEPT]
    return PARTY_PAIRS.from_rows(_rows(nodes, linked, heads, rows, several, ranked, analyser))


def _heads(nodes: Nodes, linked: Linked, screened: pa.Table) -> _Heads:
    rows: dict[int, int] = defaultdict(int)
    countries: dict[int, set[str]] = defaultdict(set)
    head: dict[tuple[int, str], int] = {}
    parties_of_key: dict[str, set[int]] = defaultdict(set)
    for node, party in enumerate(linked.party):
        rows[party] += nodes.rows[node]
        if nodes.countries[node]:
            countries[party].add(nodes.countries[node])
        if nodes.keys[node].startswith("id:"):
            continue
        parties_of_key[nodes.keys[node]].add(party)
        known = head.get((party, nodes.keys[node]))
        if known is None or nodes.rows[node] > nodes.rows[known]:
            head[party, nodes.keys[node]] = node
    entries: dict[int, set[tuple[str, str]]] = defaultdict(set)
    columns = (screened.column(name).to_pylist() for name in ("name_key", "list_id", "entry_id", "decision"))
    for key, list_id, entry_id, decision in zip(*columns, strict=True):
        if decision == "match" and key is not None:
            for party in parties_of_key.get(key, ()):
                entries[party].add((list_id, entry_id))
    found = sorted(head.values())
    of_head = np.array([linked.party[node] for node in found], np.int64)
    return _Heads(
        found, of_head, np.array([rows[p] for p in of_head.tolist()], np.float64), countries,
        {p: frozenset(e) for p, e in entries.items()},
    )  # fmt: skip


def _chosen(linked: Linked, heads: _Heads, nodes: Nodes) -> list[tuple[int, int]]:
    """Pairs of nodes to compare, the most promising and most valuable first, each of two parties that may be one."""
    keys = [nodes.keys[node] for node in heads.node]
    parts = [_sharing(keys), _of_one_name(keys), _across_scripts(heads, nodes)]
    found = np.concatenate(parts)
    if not len(found):
        return []
    pairs, shared = np.unique(found, axis=0, return_counts=True)
    pairs, shared = (kept[heads.party[pairs[:, 0]] != heads.party[pairs[:, 1]]] for kept in (pairs, shared))
    smaller = np.minimum(heads.rows[pairs[:, 0]], heads.rows[pairs[:, 1]])
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -shared * np.log1p(smaller)))
    chosen: list[tuple[int, int]] = []
    for a, b in pairs[order].tolist():
        left, right = heads.node[a], heads.node[b]
        if not linked.groups.conflict(left, right) and not linked.groups.kept_apart(left, right):
            chosen.append((left, right))
            if len(chosen) == MOST_COMPARED:
                break
    return chosen


def _sharing(keys: Sequence[str]) -> Pairs:
    """Pairs of positions whose keys share the consonants of a rare word, of two words, or the start of a long word."""
    numbers: dict[str, int] = {}
    of_word: dict[str, tuple[int, int]] = {}

    def number(text: str) -> int:
        return numbers.setdefault(text, len(numbers) + 1)

    one, one_at, two, two_at = array("q"), array("q"), array("q"), array("q")
    for at, key in enumerate(keys):
        own = set()
        for word in key.partition("|")[0].split()[:8]:
            found = of_word.get(word)
            if found is None:
                heard = sound(word).lower().translate(_VOWELS) if word.isascii() else word
                heard = heard if len(heard) >= 2 else word
                found = of_word[word] = (number(heard), number("~" + heard[:5]) if len(heard) >= 6 else 0)
            own.add(found[0])
            if found[1]:
                one.append(found[1])
                one_at.append(at)
        one.extend(own)
        one_at.extend([at] * len(own))
        for a, b in combinations(sorted(own)[:5], 2):
            two.append(a << 32 | b)
            two_at.append(at)
    return np.concatenate([_within(one, one_at, MOST_ALIKE), _within(two, two_at, MOST_ALIKE_TWO)])


def _within(block: array[int], at: array[int], most: int) -> Pairs:
    """Pairs of positions in one block, over all blocks of two to `most` positions."""
    blocks, positions = np.array(block, np.int64), np.array(at, np.int64)
    order = np.lexsort((positions, blocks))
    blocks, positions = blocks[order], positions[order]
    starts = np.nonzero(np.r_[True, blocks[1:] != blocks[:-1]])[0] if len(blocks) else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[starts, len(blocks)])
    found = [np.zeros((0, 2), np.int64)]
    for size in range(2, most + 1):
        first = starts[sizes == size]
        if len(first):
            members = positions[first[:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            found.append(np.stack([members[:, left].ravel(), members[:, right].ravel()], axis=1))
    pairs: Pairs = np.concatenate(found)
    apart: Pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return apart


def _of_one_name(keys: Sequence[str]) -> Pairs:
    """Pairs of parties that bear one name."""
    behind: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        behind[key].append(at)
    found = [pair for each in behind.values() if len(each) > 1 for pair in combinations(each[:MOST_BEARERS], 2)]
    return np.array(found, np.int64).reshape(-1, 2)


def _across_scripts(heads: _Heads, nodes: Nodes) -> Pairs:
    names = [nodes.names[node] for node in heads.node]
    order = np.argsort(-heads.rows, kind="stable").tolist()
    asked = [at for at in order if _unspelled(names[at])][:MOST_SEARCHED]
    places = {country for at in asked for country in heads.countries.get(int(heads.party[at]), ())}
    among = [
        at
        for at in order
        if names[at].isascii() and not places.isdisjoint(heads.countries.get(int(heads.party[at]), ()))
    ][:MOST_INDEXED]
    if not asked or not among:
        return np.zeros((0, 2), np.int64)
    hits = NameIndex.build([names[at] for at in among]).search([names[at] for at in asked], least=POSSIBLE, most=5)
    found = [sorted((asked[q], among[n])) for q, n in zip(hits.query.tolist(), hits.name.tolist(), strict=True)]
    return np.array(found, np.int64).reshape(-1, 2)


def _unspelled(name: str) -> bool:
    return not name.isascii() and any(low <= ord(c) <= high for c in name for low, high in _UNSPELLED)


def _borne_by_several(linked: Linked, nodes: Nodes) -> frozenset[str]:
    """Keys that more than one party bears: a judgement about such a name needs its number."""
    first: dict[str, int] = {}
    return frozenset(
        key for key, party in zip(nodes.keys, linked.party, strict=True) if first.setdefault(key, party) != party
    )


def _value(pair: tuple[int, int], rows: Mapping[int, float], heads: _Heads) -> float:
    """What a merge would change: 100 for a list entry that only one side meets, 1 for an appearance of the smaller side."""
    left, right = (heads.entries.get(party, frozenset()) for party in pair)
    return 100 * len(left ^ right) + min(rows[pair[0]], rows[pair[1]])


def _rows(
    nodes: Nodes,
    linked: Linked,
    heads: _Heads,
    rows: Mapping[int, float],
    several: frozenset[str],
    ranked: Iterable[tuple[tuple[int, int], tuple[float, int, int]]],
    analyser: Analyser,
) -> Iterator[Mapping[str, object]]:
    ids = linked.table.column("party_id").to_pylist()
    labels = linked.table.column("label").to_pylist()
    for pair, (_, a, b) in ranked:
        left, right = sorted((-a, -b), key=lambda node: labels[node])
        facts = [Facts({k: frozenset(v) for k, v in linked.groups.numbers(n).items()}, frozenset(heads.countries.get(linked.party[n], ()))) for n in (left, right)]  # fmt: skip
        compared = compare(nodes.names[left], nodes.names[right], facts_a=facts[0], facts_b=facts[1], analyser=analyser)
        if compared.score < POSSIBLE:
            continue
        entries = [heads.entries.get(party, frozenset()) for party in pair]
        mark = "\0".join((labels[left], labels[right]))
        yield {
            "pair_id": "q-" + hashlib.sha256(mark.encode()).hexdigest()[:12],
            "left_party": ids[left], "right_party": ids[right],
            "left_name": nodes.names[left], "right_name": nodes.names[right],
            "left_identifier": _needed(nodes, several, left), "right_identifier": _needed(nodes, several, right),
            "score": round(compared.score, 4), "explanation": compared.explanation,
            "rows": int(min(rows[pair[0]], rows[pair[1]])), "list_entries": len(entries[0] ^ entries[1]),
        }  # fmt: skip


def _needed(nodes: Nodes, several: frozenset[str], node: int) -> str | None:
    return nodes.identifiers[node] or None if nodes.keys[node] in several else None
