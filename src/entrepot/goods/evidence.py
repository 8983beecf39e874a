"""Holds what words say about HS codes, as sparse matrices, and scores texts against them."""

from __future__ import annotations

import bisect
import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from entrepot.goods.lexicon import descriptions, everyday_terms, synonyms
from entrepot.goods.words import Word, stems, weighted_words

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]
_HEADINGS_OPENED = 5
_SHORTEST_ROOT = 5
_ROOT_SHARE = 0.7
_ROOT_WEIGHT = 0.6
"""An unknown word counts for known words that share a root with it: five letters and seven tenths of the longer word, at six
tenths of the weight (endings of Turkish and Spanish, spelling)."""
Shown = Mapping[int, tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Settings:
    """Weights, fitted on nine tenths of the UK descriptions against the tenth (tools/eval_goods.py --fit)."""

    pair_weight: float = 0.6
    synonym_weight: float = 0.5
    single: float = 0.5
    """Weight of the best single description of a heading."""
    merged: float = 1.0
    """Weight of all descriptions of a heading together."""
    chapter: float = 0.5
    heading_sharpness: float = 7.0
    leaf_sharpness: float = 9.0
    leaf_prior: float = 0.3
    b: float = 0.4


class Evidence:
    """Word evidence for 1,229 headings and 5,613 subheadings of HS 2022."""

    def __init__(
        self, documents: Sequence[tuple[str, Sequence[Word]]], codes: Iterable[str], settings: Settings
    ) -> None:
        self.settings = settings
        listed = sorted(codes)
        self.leaves = tuple(code for code in listed if len(code) == 6)
        self.headings = tuple(code for code in listed if len(code) == 4)
        self.chapters = tuple(code for code in listed if len(code) == 2)
        self._heading_at = {code: at for at, code in enumerate(self.headings)}
        self._leaf_at = {code: at for at, code in enumerate(self.leaves)}
        self._chapter_at = {code: at for at, code in enumerate(self.chapters)}
        self.heading_of_leaf = np.array([self._heading_at[code[:4]] for code in self.leaves])
        self.chapter_of_heading = np.array([self._chapter_at[code[:2]] for code in self.headings])
        self._vocabulary: dict[str, int] = {}
        self._synonyms = _stemmed_synonyms()
        bags = [(code, self._bag(words, grow=True)) for code, words in documents]
        self._sorted_words = sorted(word for word in self._vocabulary if word.isalpha())
        self._idf = self._document_frequencies(bags)
        self._build(bags)

    @classmethod
    def from_lexicon(cls, settings: Settings, without: frozenset[str] = frozenset()) -> Evidence:
        """Evidence from the nomenclature and the term files; `without` leaves out terms (held out for measuring)."""
        texts = descriptions()
        codes = [code for code in texts if code.isdigit()]
        documents = [(code, weighted_words(texts[code])) for code in codes]
        documents += [
            (code, weighted_words(term))
            for code, term, _ in everyday_terms()
            if term not in without and (code in texts or code[:4] in texts)
        ]
        return cls(
            [(code if code in texts else code[:4], words) for code, words in documents],
            codes,
            settings,
        )

    def vectors(self, texts: Sequence[str]) -> tuple[sparse.csr_matrix, list[dict[int, tuple[str, float]]]]:
        """Weighted word vectors (texts by vocabulary), and per text which words stand behind each column."""
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        shown: list[dict[int, tuple[str, float]]] = []
        for row, text in enumerate(texts):
            behind: dict[int, tuple[str, float]] = {}
            bag = self._bag(weighted_words(text), behind=behind)
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

    def _bag(
        self, words: Sequence[Word], *, grow: bool = False, behind: dict[int, tuple[str, float]] | None = None
    ) -> dict[int, float]:
        bag: dict[int, float] = {}

        def put(feature: str, weight: float, source: str) -> None:
            at = self._vocabulary.setdefault(feature, len(self._vocabulary)) if grow else self._vocabulary.get(feature)
            if at is None:
                return
            if weight > bag.get(at, 0.0):
                bag[at] = weight
            if behind is not None:
                behind.setdefault(at, (source, weight))

        for word in words:
            put(word.stem, word.weight, word.shown)
            if not grow and word.stem not in self._vocabulary:
                for stem in self._related(word.stem):
                    put(stem, word.weight * _ROOT_WEIGHT, word.shown)
        for one, two in itertools.pairwise(words):
            weight = self.settings.pair_weight * min(one.weight, two.weight)
            put(f"{one.stem} {two.stem}", weight, f"{one.shown} {two.shown}")
        if not grow:
            self._expand(words, put)
        return bag

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

    def _document_frequencies(self, bags: Sequence[tuple[str, dict[int, float]]]) -> Floats:
        headings_with: dict[int, set[str]] = defaultdict(set)
        for code, bag in bags:
            if len(code) >= 4:
                for at in bag:
                    headings_with[at].add(code[:4])
        total = len(self.headings)
        idf = np.zeros(len(self._vocabulary), dtype=np.float32)
        for at, found in headings_with.items():
            idf[at] = math.log(1 + total / len(found))
        idf[idf == 0] = math.log(1 + total)
        return idf / math.log(1 + total)

    def _build(self, bags: Sequence[tuple[str, dict[int, float]]]) -> None:
        single: dict[tuple[int, int], float] = {}
        merged: dict[tuple[int, int], float] = defaultdict(float)
        by_chapter: dict[tuple[int, int], float] = defaultdict(float)
        leaf_single: dict[tuple[int, int], float] = {}
        leaf_count = np.zeros(len(self.leaves), dtype=np.float32)
        idf = self._idf
        for code, bag in bags:
            norm = math.sqrt(sum((w * float(idf[at])) ** 2 for at, w in bag.items())) or 1.0
            chapter = self._chapter_at[code[:2]]
            heading = self._heading_at.get(code[:4])
            leaf = self._leaf_at.get(code)
            if leaf is not None:
                leaf_count[leaf] += 1
            for at, weight in bag.items():
                value = weight * float(idf[at]) / norm
                by_chapter[at, chapter] += min(1.0, weight)
                if heading is None:
                    continue
                merged[at, heading] += min(1.0, weight)
                if value > single.get((at, heading), 0.0):
                    single[at, heading] = value
                if leaf is not None and value > leaf_single.get((at, leaf), 0.0):
                    leaf_single[at, leaf] = value
        shape = len(self._vocabulary)
        best = _matrix(single, shape, len(self.headings))
        together = _saturate(_matrix(merged, shape, len(self.headings)), self.settings.b)
        together = sparse.diags(idf) @ together
        self._by_heading = sparse.csr_matrix(self.settings.single * best + self.settings.merged * together)
        self._by_heading.sort_indices()
        self._heading_keys = _keys(self._by_heading)
        chapters = _saturate(_matrix(by_chapter, shape, len(self.chapters)), self.settings.b)
        spread = np.asarray((chapters > 0).sum(axis=1)).ravel()
        rare = np.log(1 + len(self.chapters) / np.maximum(spread, 1)) / math.log(1 + len(self.chapters))
        self._by_chapter = sparse.csr_matrix(sparse.diags(rare.astype(np.float32)) @ chapters)
        self._by_leaf = self._contrast(_matrix(leaf_single, shape, len(self.leaves)))
        self._by_leaf.sort_indices()
        self._leaf_keys = _keys(self._by_leaf)
        self._heading_to_chapter = _membership(self.chapter_of_heading, len(self.chapters))
        self._leaf_to_heading = _membership(self.heading_of_leaf, len(self.headings))
        self._leaf_prior = ((1 + leaf_count) ** self.settings.leaf_prior).astype(np.float32)
        self._prior_of_heading = np.asarray(self._leaf_prior @ self._leaf_to_heading, dtype=np.float32)
        widest = int(np.bincount(self.heading_of_leaf).max())
        self._leaves_of_heading = np.full((len(self.headings), widest), -1, dtype=np.intp)
        for heading in range(len(self.headings)):
            members = np.flatnonzero(self.heading_of_leaf == heading)
            self._leaves_of_heading[heading, : len(members)] = members

    def _contrast(self, leaves: sparse.csr_matrix) -> sparse.csr_matrix:
        """What a word says for a subheading beyond what it says for its siblings on average."""
        members = _membership(self.heading_of_leaf, len(self.headings))
        sizes = np.asarray(members.sum(axis=0)).ravel()
        mean = sparse.csr_matrix(leaves @ members @ sparse.diags(1 / sizes))
        having = sparse.csr_matrix((leaves > 0).astype(np.float32) @ members)
        having.data = np.log1p(sizes[having.indices] / having.data)
        having.data /= np.log1p(sizes)[having.indices]
        rare = sparse.csr_matrix(having[:, self.heading_of_leaf].multiply(leaves > 0))
        contrast = leaves - mean[:, self.heading_of_leaf].multiply(leaves > 0)
        return sparse.csr_matrix(contrast.multiply(rare).astype(np.float32))


def _stemmed_synonyms() -> Mapping[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for phrase, means in synonyms().items():
        key = " ".join(word.stem for word in weighted_words(phrase))
        for meaning, weight in means:
            found[key] += [(stem, weight) for token in meaning.split() for stem in stems(token)]
    return found


def _matrix(cells: Mapping[tuple[int, int], float], height: int, width: int) -> sparse.csr_matrix:
    if not cells:
        return sparse.csr_matrix((height, width), dtype=np.float32)
    at = np.array(list(cells), dtype=np.int64)
    values = np.array(list(cells.values()), dtype=np.float32)
    return sparse.csr_matrix((values, (at[:, 0], at[:, 1])), shape=(height, width))


def _saturate(counts: sparse.csr_matrix, b: float) -> sparse.csr_matrix:
    """BM25's term saturation (k1 = 1.2) with length normalisation `b` per column."""
    lengths = np.asarray(counts.sum(axis=0)).ravel()
    scale = 1.2 * (1 - b + b * lengths / max(float(lengths.mean()), 1e-9))
    cells = counts.tocoo()
    values = cells.data / (cells.data + scale[cells.col])
    return sparse.csr_matrix((values.astype(np.float32), (cells.row, cells.col)), shape=counts.shape)


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


def _membership(group: npt.NDArray[np.intp], groups: int) -> sparse.csr_matrix:
    ones = np.ones(len(group), dtype=np.float32)
    return sparse.csr_matrix((ones, (np.arange(len(group)), group)), shape=(len(group), groups))


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
