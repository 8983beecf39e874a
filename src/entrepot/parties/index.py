"""A list of names ready for screening: candidates for any query, by words that are alike in spelling, sound or meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from entrepot.parties.analyse import Analyser, Names, schema_kind, variants
from entrepot.parties.compare import score_all
from entrepot.parties.noparty import not_a_party
from entrepot.parties.retrieval import all_keys, gather, joined_keys, joined_sounds, near_joined, near_words
from entrepot.parties.translit import Costs, costs
from entrepot.parties.vocabulary import SCRIPT, Words

CANDIDATES = 36
"""Candidates compared for a query. On OFAC aliases that score 0.65 and more the true entry is among the first 28 in .988, the
first 36 in .991, the first 60 and the first 200 in .994 (`make eval-names`)."""

_BUDGET = 30_000
"""List names read for one query before its more common words are skipped."""

_BRUTE = 4_000_000
"""Word pairs across scripts that are compared without keys; small lists are searched exhaustively there."""

_CHUNK = 20_000
"""Query names analysed and searched at a time."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Scored pairs of queries and list names: `query[k]` and `name[k]` (positions) with `score[k]`."""

    query: NDArray[np.int64]
    name: NDArray[np.int64]
    score: NDArray[np.float32]


class NameIndex:
    """An index over list names; build it with `NameIndex.build`."""

    def __init__(self, names: tuple[str, ...], analyser: Analyser, analysed: Names, owner: NDArray[np.int64]) -> None:
        self.names = names
        self.analyser = analyser
        self._analysed = analysed
        self._owner = owner
        words = analyser.vocabulary.arrays()
        self._listed, inverse = np.unique(analysed.words, return_inverse=True)
        name_of = np.repeat(np.arange(len(analysed.at) - 1, dtype=np.int32), np.diff(analysed.at))
        order = np.lexsort((name_of, inverse))
        self._postings = name_of[order].astype(np.int32)
        self._posting_at = np.zeros(len(self._listed) + 1, np.int64)
        np.cumsum(np.bincount(inverse, minlength=len(self._listed)), out=self._posting_at[1:])
        self._keys, self._owners = _sorted_keys(lambda k, o, w: all_keys(words, self._listed, k, o, w))
        self._joined, self._joined_lengths, self._joined_name = _joined(words, analysed)
        self._joined_keys, self._joined_owners = _sorted_keys(
            lambda k, o, w: joined_keys(self._joined, self._joined_lengths, k, o, w)
        )
        self._totals = _totals(words, analysed)
        self._foreign = np.nonzero(words.facts[self._listed, SCRIPT] != 0)[0].astype(np.int64)

    @classmethod
    def build(
        cls,
        names: Sequence[str],
        schemas: Sequence[str | None] | str | None = None,
        *,
        analyser: Analyser | None = None,
    ) -> NameIndex:
        """Analyse the names of a list.

        Args:
            names: list names; equal ones may occur. Names that are no party, or have no letter, are never found.
            schemas: of each name, or one for all, in FollowTheMoney's words.
        """
        analyser = analyser if analyser is not None else Analyser()
        texts: list[str] = []
        kinds: list[int] = []
        owner: list[int] = []
        for at, name in enumerate(names):
            if not_a_party(name) is not None:
                continue
            kind = schema_kind(schemas if schemas is None or isinstance(schemas, str) else schemas[at])
            for text in variants(name):
                texts.append(text)
                kinds.append(kind)
                owner.append(at)
        return cls(tuple(names), analyser, analyser.batch(texts, kinds), np.array(owner, np.int64))

    def candidates(self, queries: Sequence[str], most: int = CANDIDATES) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of positions (query, list name) worth comparing, each pair once, at most `most` for a query."""
        analysed, owner = self._queries(queries, None)
        left, right = self._search(analysed, most)
        return _unique(owner[left], self._owner[right])

    def search(
        self,
        queries: Sequence[str],
        schemas: Sequence[str | None] | str | None = None,
        *,
        least: float = 0.0,
        most: int = CANDIDATES,
        threads: int = 2,
    ) -> Hit:
        """Candidates with their scores.

        Args:
            queries: names. schemas: of the queries. least: pairs below that score are dropped. most: candidates compared.

        Returns:
            The pairs, by query and falling score. Queries that are no party have none.
        """
        parts = [
            self._scored(
                queries[at : at + _CHUNK],
                None if schemas is None else schemas if isinstance(schemas, str) else schemas[at : at + _CHUNK],
                at,
                least,
                most,
                threads,
            )
            for at in range(0, len(queries), _CHUNK)
        ]
        if not parts:
            return Hit(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
        return Hit(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _scored(
        self,
        queries: Sequence[str],
        schemas: Sequence[str | None] | str | None,
        offset: int,
        least: float,
        most: int,
        threads: int,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        analysed, owner = self._queries(queries, schemas)
        left, right = self._search(analysed, most, threads)
        scores = score_all(self.analyser, analysed, self._analysed, left, right, threads, least)
        keep = scores >= max(least, 1e-6)
        query, name, score = owner[left[keep]], self._owner[right[keep]], scores[keep]
        order = np.lexsort((name, -score, query))
        query, name, score = query[order], name[order], score[order]
        _, first = np.unique(query * np.int64(len(self.names) + 1) + name, return_index=True)
        first.sort()
        return query[first] + offset, name[first], score[first]

    def _queries(
        self, queries: Sequence[str], schemas: Sequence[str | None] | str | None
    ) -> tuple[Names, NDArray[np.int64]]:
        texts: list[str] = []
        kinds: list[int] = []
        owner: list[int] = []
        for at, name in enumerate(queries):
            if not_a_party(name) is not None:
                continue
            kind = schema_kind(schemas if schemas is None or isinstance(schemas, str) else schemas[at])
            for text in variants(name):
                texts.append(text)
                kinds.append(kind)
                owner.append(at)
        return self.analyser.batch(texts, kinds), np.array(owner, np.int64)

    def _search(self, analysed: Names, most: int, threads: int = 2) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        words, table = self.analyser.vocabulary.arrays(), costs()
        distinct = np.unique(analysed.words).astype(np.int32)
        if not len(distinct) or not len(self._listed):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        foreign = int((words.facts[distinct, SCRIPT] != 0).sum())
        brute = len(distinct) * len(self._foreign) + foreign * len(self._listed) <= _BRUTE
        own, own_lengths, own_name = _joined(words, analysed)
        own_at = np.searchsorted(own_name, np.arange(len(analysed.at))).astype(np.int64)
        position = np.zeros(len(words.facts), np.int32)
        position[distinct] = np.arange(len(distinct), dtype=np.int32)
        weight = words.weight.max(axis=1)

        def near_part(part: slice) -> Near:
            return self._near(words, table, distinct[part], brute)

        def joined_part(part: slice) -> Near:
            return self._near_joined(words, own[part], own_lengths[part])

        with ThreadPoolExecutor(threads) as pool:
            near = _stacked(pool.map(near_part, _parts(len(distinct), threads)))
            own_near = _stacked(pool.map(joined_part, _parts(len(own_lengths), threads)))

            def gathered(part: slice) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
                at = analysed.at[part.start : part.stop + 1]
                size = most * len(at)
                query, candidate = np.zeros(size, np.int64), np.zeros(size, np.int64)
                count = gather(
                    analysed.words, at, position, weight, *near, self._postings, self._posting_at, self._joined_name, self._totals,
                    own_at[part.start :], *own_near, most, _BUDGET, query, candidate,
                )  # fmt: skip
                return query[:count] + part.start, candidate[:count]

            found = list(pool.map(gathered, _parts(len(analysed.at) - 1, threads)))
        return np.concatenate([query for query, _ in found]), np.concatenate([candidate for _, candidate in found])

    def _near(self, words: Words, table: Costs, distinct: NDArray[np.int32], brute: bool) -> Near:
        room = 40 * len(distinct) + 8000
        while True:
            found, level, at = _near_arrays(room, len(distinct))
            count = near_words(
                words, table, distinct, self._listed, self._keys, self._owners, self._joined, self._joined_lengths,
                self._joined_keys, self._joined_owners, self._foreign, found, level, at, brute,
            )  # fmt: skip
            if count >= 0:
                return found[:count], level[:count], at
            room *= 4

    def _near_joined(self, words: Words, sounds: NDArray[np.uint8], lengths: NDArray[np.uint8]) -> Near:
        room = 4 * len(lengths) + 400
        while True:
            found, level, at = _near_arrays(room, len(lengths))
            count = near_joined(words, self._listed, self._keys, self._owners, sounds, lengths, found, level, at)
            if count >= 0:
                return found[:count], level[:count], at
            room *= 4


Near = tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]
"""List words near each of some query words: which, how alike, and where each one's begin (one more than there are)."""


def _near_arrays(room: int, words: int) -> Near:
    return np.empty(room, np.int32), np.empty(room, np.float32), np.zeros(words + 1, np.int64)


def _stacked(parts: Iterable[Near]) -> Near:
    """The parts behind each other as one."""
    found, level, ends = zip(*parts, strict=True)
    begins = np.cumsum([0, *(len(part) for part in found)])
    at = np.concatenate([*(end[:-1] + begin for end, begin in zip(ends, begins, strict=False)), begins[-1:]])
    return np.concatenate(found), np.concatenate(level), at


def _parts(count: int, threads: int) -> list[slice]:
    """Runs of equal length, some for each thread: long runs of costly names do not leave the other threads idle."""
    bounds = np.linspace(0, count, 4 * threads + 1 if count > 400 * threads else 2).astype(int).tolist()
    return [slice(start, end) for start, end in pairwise(bounds)]


Fill = Callable[[NDArray[np.uint64], NDArray[np.int32], bool], int]


def _unsorted_keys(fill: Fill) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    none, nobody = np.zeros(0, np.uint64), np.zeros(0, np.int32)
    count = fill(none, nobody, False)
    keys, owners = np.empty(count, np.uint64), np.empty(count, np.int32)
    fill(keys, owners, True)
    return keys, owners


def _sorted_keys(fill: Fill) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    keys, owners = _unsorted_keys(fill)
    order = np.argsort(keys, kind="stable")
    return keys[order], owners[order]


def _joined(words: Words, analysed: Names) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int32]]:
    count = max(len(analysed.words), 1)
    sounds, lengths, name = np.zeros((count, 32), np.uint8), np.zeros(count, np.uint8), np.zeros(count, np.int32)
    used = joined_sounds(words, analysed.words, analysed.at, sounds, lengths, name)
    return sounds[:used].copy(), lengths[:used].copy(), name[:used].copy()


def _totals(words: Words, analysed: Names) -> NDArray[np.float32]:
    weight = words.weight.max(axis=1)[analysed.words]
    total = np.zeros(len(analysed.at) - 1, np.float32)
    np.add.at(total, np.repeat(np.arange(len(total)), np.diff(analysed.at)), weight)
    return total


def _unique(left: NDArray[np.int64], right: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    pairs = np.unique(np.stack([left, right], axis=1), axis=0) if len(left) else np.zeros((0, 2), np.int64)
    return pairs[:, 0], pairs[:, 1]
