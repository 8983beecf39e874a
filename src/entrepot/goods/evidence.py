"""Scores goods texts against HS codes by what their words were learned to say."""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import sparse

from entrepot.goods.lexicon import segment_cues, stop_words, synonyms, vague_terms
from entrepot.goods.weights import Floats, Places, Settings, Weights, learn_lexicon, membership
from entrepot.goods.words import Word, muted, stems, weighted_words

_HEADINGS_OPENED = 5
_SHORTEST_ROOT = 5
_ROOT_SHARE = 0.7
_ROOT_WEIGHT = 0.6
"""An unknown word counts for known words that share a root with it: five letters and seven tenths of the longer word, at six
tenths of the weight (endings of Turkish and Spanish, spelling)."""
_LETTERS = re.compile(r"[^\W\d_]+")
_TOKENS_KEPT = 500_000
"""Tokens whose muteness is kept: some 60 MB at most."""

Shown = Mapping[int, tuple[str, float]]


class Evidence:
    """Word evidence for 1,229 headings and 5,613 subheadings of HS 2022."""

    def __init__(self, weights: Weights, settings: Settings) -> None:
        self.settings = settings
        listed = weights.codes
        self.leaves = tuple(code for code in listed if len(code) == 6)
        self.headings = tuple(code for code in listed if len(code) == 4)
        self.chapters = tuple(code for code in listed if len(code) == 2)
        self._heading_at = {code: at for at, code in enumerate(self.headings)}
        self._leaf_at = {code: at for at, code in enumerate(self.leaves)}
        chapter_at = {code: at for at, code in enumerate(self.chapters)}
        self.heading_of_leaf = np.array([self._heading_at[code[:4]] for code in self.leaves])
        self.chapter_of_heading = np.array([chapter_at[code[:2]] for code in self.headings])
        self._vocabulary = {word: at for at, word in enumerate(weights.vocabulary)}
        self._sorted_words = sorted(word for word in weights.vocabulary if word.isalpha())
        self._synonyms = _stemmed_synonyms()
        self._synonym_stems = frozenset(stem for phrase in self._synonyms for stem in phrase.split())
        self._mute: dict[str, bool] = {}
        self._idf = weights.idf
        self._by_heading, self._by_chapter, self._by_leaf = weights.by_heading, weights.by_chapter, weights.by_leaf
        self._heading_keys, self._leaf_keys = _keys(self._by_heading), _keys(self._by_leaf)
        self._heading_to_chapter = membership(self.chapter_of_heading, len(self.chapters))
        self._leaf_to_heading = membership(self.heading_of_leaf, len(self.headings))
        self._leaf_prior = weights.leaf_prior
        self._prior_of_heading = np.asarray(self._leaf_prior @ self._leaf_to_heading, dtype=np.float32)
        self._leaves_of_heading = _members(self.heading_of_leaf, len(self.headings))

    @classmethod
    def from_lexicon(cls, settings: Settings, without: frozenset[str] = frozenset()) -> Evidence:
        """Evidence from the nomenclature and the term files; `without` leaves out terms (held out for measuring)."""
        return cls(learn_lexicon(settings, without), settings)

    def form(self, clean: str) -> str:
        """A plain text without what no word of HS says anything about: texts of one form are weighed alike."""
        return muted(clean, self._is_mute)

    def vectors(self, texts: Sequence[str]) -> tuple[sparse.csr_matrix, list[dict[int, tuple[str, float]]]]:
        """Weighted word vectors (texts by vocabulary), and per text which words stand behind each column."""
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        shown: list[dict[int, tuple[str, float]]] = []
        for row, text in enumerate(texts):
            behind: dict[int, tuple[str, float]] = {}
            bag = self._bag(weighted_words(text), behind)
            weights = {at: weight * float(self._idf[at]) for at, weight in bag.items()}
            norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
            rows += [row] * len(weights)
            columns += list(weights)
            values += [w / norm for w in weights.values()]
            shown.append(behind)
        shape = (len(texts), len(self._vocabulary))
        return sparse.csr_matrix((np.array(values, np.float32), (rows, columns)), shape=shape), shown

    def headings_given(self, vectors: sparse.csr_matrix) -> Floats:
        """Probability of each heading (texts by headings)."""
        raw = np.asarray((vectors @ self._by_heading).todense(), dtype=np.float32)
        chapter = np.asarray((vectors @ self._by_chapter).todense(), dtype=np.float32)
        raw += self.settings.chapter * chapter[:, self.chapter_of_heading]
        return _softmax(raw * self.settings.heading_sharpness)

    def chapters_given(self, headings: Floats) -> Floats:
        """Probability of each chapter: the sum over its headings."""
        return np.asarray(headings @ self._heading_to_chapter, dtype=np.float32)

    def best_leaves(self, vectors: sparse.csr_matrix, headings: Floats, k: int) -> tuple[Places, Floats]:
        """The `k` likeliest subheadings of each text and their probabilities, among those of its likeliest headings.

        The probability of a subheading is that of its heading, shared by what tells it from its siblings.
        """
        cells = sparse.csr_matrix(vectors @ self._by_leaf)
        cells.data = (
            np.expm1(np.minimum(cells.data * self.settings.leaf_sharpness, 30.0)) * self._leaf_prior[cells.indices]
        )
        totals = self._prior_of_heading[None, :] + np.asarray((cells @ self._leaf_to_heading).todense())
        best = top(headings, min(_HEADINGS_OPENED + k, headings.shape[1]))
        open_leaves = self._leaves_of_heading[best].reshape(len(best), -1)
        rows = np.arange(len(best))[:, None]
        raw = self._leaf_prior[open_leaves] + np.asarray(cells.todense(), dtype=np.float32)[rows, open_leaves]
        at = self.heading_of_leaf[open_leaves]
        scores = np.where(open_leaves >= 0, raw / totals[rows, at] * headings[rows, at], np.float32(-1)).astype(
            np.float32
        )
        chosen = top(scores, min(k, scores.shape[1]))
        return open_leaves[rows, chosen], scores[rows, chosen]

    def words(
        self, vectors: sparse.csr_matrix, shown: Sequence[Shown], pairs: Sequence[tuple[int, str]], most: int
    ) -> list[tuple[str, ...]]:
        """For each pair of text (its row in `vectors`) and code: the words behind the score, strongest first."""
        found: list[dict[str, None]] = [{} for _ in pairs]
        known = [(at, row, code) for at, (row, code) in enumerate(pairs) if code[:4] in self._heading_at]
        if not known:
            return [() for _ in pairs]
        rows = np.array([row for _, row, _ in known])
        counts = np.diff(vectors.indptr)[rows]
        pair = np.repeat(np.arange(len(known)), counts)
        starts = vectors.indptr[rows]
        cell = np.repeat(starts, counts) + np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
        word, value = vectors.indices[cell].astype(np.int64), vectors.data[cell]
        headings = np.array([self._heading_at[code[:4]] for _, _, code in known])[pair]
        leaves = np.array([self._leaf_at.get(code, -1) for _, _, code in known])[pair]
        gain = value * _cells(self._by_heading, self._heading_keys, word, headings)
        own = value * np.maximum(0.0, _cells(self._by_leaf, self._leaf_keys, word, leaves))
        gain = gain + np.where(leaves >= 0, own, 0.0)
        for at in np.lexsort((-gain, pair)):
            if gain[at] <= 0:
                continue
            target = found[known[pair[at]][0]]
            source = shown[rows[pair[at]]].get(int(word[at]))
            if source is not None and len(target) < most:
                target.setdefault(source[0])
        return [tuple(words) for words in found]

    def _bag(self, words: Sequence[Word], behind: dict[int, tuple[str, float]]) -> dict[int, float]:
        bag: dict[int, float] = {}

        def put(feature: str, weight: float, source: str) -> None:
            at = self._vocabulary.get(feature)
            if at is None:
                return
            if weight > bag.get(at, 0.0):
                bag[at] = weight
            behind.setdefault(at, (source, weight))

        for word in words:
            put(word.stem, word.weight, word.shown)
            if word.stem not in self._vocabulary:
                for stem in self._related(word.stem):
                    put(stem, word.weight * _ROOT_WEIGHT, word.shown)
        for one, two in itertools.pairwise(words):
            weight = self.settings.pair_weight * min(one.weight, two.weight)
            put(f"{one.stem} {two.stem}", weight, f"{one.shown} {two.shown}")
        self._expand(words, put)
        return bag

    def _is_mute(self, token: str) -> bool:
        """Whether a token changes neither the vector of a text nor how its other words are read."""
        found = self._mute.get(token)
        if found is None:
            own = stems(token)
            found = (
                len(own) == 1
                and not any(word in _telling_words() for word in (token, *_LETTERS.findall(token)))
                and own[0] not in self._vocabulary
                and own[0] not in self._synonym_stems
                and not self._related(own[0])
            )
            if len(self._mute) < _TOKENS_KEPT:
                self._mute[token] = found
        return found

    def _related(self, unknown: str) -> tuple[str, ...]:
        """Known words that share a root with an unknown one, or the two known words that it is made of."""
        if len(unknown) < _SHORTEST_ROOT or not unknown.isalpha():
            return ()
        at = bisect.bisect_left(self._sorted_words, unknown)
        near = self._sorted_words[max(0, at - 3) : at + 3]
        shared = {word: _shared_root(word, unknown) for word in near}
        best = max(shared.values(), default=0)
        found = tuple(
            word
            for word, length in shared.items()
            if length == best >= max(_SHORTEST_ROOT, _ROOT_SHARE * max(len(word), len(unknown)))
        )
        if found:
            return found
        for cut in range(3, len(unknown) - 2):
            one, two = unknown[:cut], unknown[cut:]
            if one in self._vocabulary and two in self._vocabulary:
                return one, two
        return ()

    def _expand(self, words: Sequence[Word], put: Callable[[str, float, str], None]) -> None:
        for at, word in enumerate(words):
            for length in (3, 2, 1):
                part = words[at : at + length]
                if len(part) < length:
                    continue
                for stem, weight in self._synonyms.get(" ".join(w.stem for w in part), ()):
                    put(
                        stem,
                        weight * self.settings.synonym_weight * word.weight,
                        " ".join(w.shown for w in part),
                    )


@cache
def _telling_words() -> frozenset[str]:
    """Words of the lists by which a text is read before its words are weighed."""
    phrases = itertools.chain(segment_cues(), vague_terms())
    return stop_words() | {word for phrase in phrases for word in _LETTERS.findall(phrase)}


def _stemmed_synonyms() -> Mapping[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for phrase, means in synonyms().items():
        key = " ".join(word.stem for word in weighted_words(phrase))
        for meaning, weight in means:
            found[key] += [(stem, weight) for token in meaning.split() for stem in stems(token)]
    return found


def _members(group: Places, groups: int) -> Places:
    """The members of each group (groups by the widest group's width, -1 where there are no more)."""
    found = np.full((groups, int(np.bincount(group).max())), -1, dtype=np.intp)
    for at in range(groups):
        members = np.flatnonzero(group == at)
        found[at, : len(members)] = members
    return found


def _keys(matrix: sparse.csr_matrix) -> npt.NDArray[np.int64]:
    """Row times width plus column of every cell, ascending: scipy's own look-up of cells is a hundred times slower."""
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return np.asarray(rows * matrix.shape[1] + matrix.indices)


def _cells(
    matrix: sparse.csr_matrix,
    keys: npt.NDArray[np.int64],
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
) -> npt.NDArray[np.float32]:
    wanted = rows * matrix.shape[1] + columns
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    return np.where(keys[at] == wanted, matrix.data[at], np.float32(0))


def _shared_root(one: str, other: str) -> int:
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def top(scores: Floats, k: int) -> Places:
    """Places of the `k` highest scores of each row, highest first."""
    k = min(k, scores.shape[1])
    part = np.argpartition(-scores, k - 1, axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(scores, part, axis=1), axis=1, kind="stable")
    return np.take_along_axis(part, order, axis=1)


def _softmax(scores: Floats) -> Floats:
    scores = scores - scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores
