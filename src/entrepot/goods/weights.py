"""Learns what words say about HS codes from the nomenclature and everyday terms, and keeps it in one file."""

from __future__ import annotations

import itertools
import math
import os
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from entrepot.goods.lexicon import descriptions, everyday_terms
from entrepot.goods.words import Word, weighted_words

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]
_MATRICES = ("by_heading", "by_chapter", "by_leaf")


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


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: words and pairs of words (the vocabulary) against chapters, headings and subheadings of HS 2022."""

    codes: tuple[str, ...]
    """Codes of two, four and six digits, ascending."""
    vocabulary: tuple[str, ...]
    idf: Floats
    """Rarity of each word among headings, 0 to 1."""
    by_heading: sparse.csr_matrix
    """Vocabulary by headings."""
    by_chapter: sparse.csr_matrix
    """Vocabulary by chapters."""
    by_leaf: sparse.csr_matrix
    """Vocabulary by subheadings: what a word says for one beyond what it says for its siblings."""
    leaf_prior: Floats
    """Per subheading, more where more terms describe it."""

    def save(self, path: Path) -> None:
        """Write to `path` whole or not at all.

        Raises:
            OSError: the file cannot be written.
        """
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "codes": np.frombuffer("\n".join(self.codes).encode(), np.uint8),
            "vocabulary": np.frombuffer("\n".join(self.vocabulary).encode(), np.uint8),
            "idf": self.idf,
            "leaf_prior": self.leaf_prior,
        }
        for name in _MATRICES:
            matrix = getattr(self, name)
            arrays |= {f"{name}_{part}": getattr(matrix, part) for part in ("data", "indices", "indptr")}
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            with temporary.open("wb") as handle:
                np.savez(handle, **arrays)  # type: ignore[arg-type]  # numpy's stub takes the names for its options
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path) -> Weights | None:
        """What `save` wrote, or None where the file is absent or broken."""
        try:
            with np.load(path, allow_pickle=False) as arrays:
                codes = tuple(arrays["codes"].tobytes().decode().split("\n"))
                vocabulary = tuple(arrays["vocabulary"].tobytes().decode().split("\n"))
                widths = (sum(len(code) == digits for code in codes) for digits in (4, 2, 6))
                by_heading, by_chapter, by_leaf = (
                    sparse.csr_matrix(
                        tuple(arrays[f"{name}_{part}"] for part in ("data", "indices", "indptr")),
                        shape=(len(vocabulary), width),
                    )
                    for name, width in zip(_MATRICES, widths, strict=True)
                )
                return cls(codes, vocabulary, arrays["idf"], by_heading, by_chapter, by_leaf, arrays["leaf_prior"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None


def learn_lexicon(settings: Settings, without: frozenset[str] = frozenset()) -> Weights:
    """Weights from the nomenclature and the term files; `without` leaves out terms (held out for measuring)."""
    texts = descriptions()
    codes = [code for code in texts if code.isdigit()]
    documents = [(code, weighted_words(texts[code])) for code in codes]
    documents += [
        (code if code in texts else code[:4], weighted_words(term))
        for code, term, _ in everyday_terms()
        if term not in without and (code in texts or code[:4] in texts)
    ]
    return learn(documents, codes, settings)


def learn(documents: Sequence[tuple[str, Sequence[Word]]], codes: Iterable[str], settings: Settings) -> Weights:
    """Weights from documents: pairs of a code and the words of one description of it."""
    listed = tuple(sorted(codes))
    leaves, headings, chapters = ([code for code in listed if len(code) == digits] for digits in (6, 4, 2))
    leaf_at, heading_at, chapter_at = (
        {code: at for at, code in enumerate(own)} for own in (leaves, headings, chapters)
    )
    heading_of_leaf = np.array([heading_at[code[:4]] for code in leaves])
    vocabulary: dict[str, int] = {}
    bags = [(code, _bag(words, vocabulary, settings)) for code, words in documents]
    idf = _rarity(bags, len(vocabulary), len(headings))
    single: dict[tuple[int, int], float] = {}
    merged: dict[tuple[int, int], float] = defaultdict(float)
    by_chapter: dict[tuple[int, int], float] = defaultdict(float)
    leaf_single: dict[tuple[int, int], float] = {}
    leaf_count = np.zeros(len(leaves), dtype=np.float32)
    listed_idf = idf.tolist()
    for code, bag in bags:
        norm = math.sqrt(sum((w * listed_idf[at]) ** 2 for at, w in bag.items())) or 1.0
        chapter = chapter_at[code[:2]]
        heading = heading_at.get(code[:4])
        leaf = leaf_at.get(code)
        if leaf is not None:
            leaf_count[leaf] += 1
        for at, weight in bag.items():
            value = weight * listed_idf[at] / norm
            by_chapter[at, chapter] += min(1.0, weight)
            if heading is None:
                continue
            merged[at, heading] += min(1.0, weight)
            if value > single.get((at, heading), 0.0):
                single[at, heading] = value
            if leaf is not None and value > leaf_single.get((at, leaf), 0.0):
                leaf_single[at, leaf] = value
    best = _matrix(single, len(vocabulary), len(headings))
    together = sparse.diags(idf) @ _saturate(_matrix(merged, len(vocabulary), len(headings)), settings.b)
    by_heading = sparse.csr_matrix(settings.single * best + settings.merged * together)
    chapter_cells = _saturate(_matrix(by_chapter, len(vocabulary), len(chapters)), settings.b)
    spread = np.asarray((chapter_cells > 0).sum(axis=1)).ravel()
    rare = np.log(1 + len(chapters) / np.maximum(spread, 1)) / math.log(1 + len(chapters))
    by_leaf = _contrast(_matrix(leaf_single, len(vocabulary), len(leaves)), heading_of_leaf, len(headings))
    by_heading.sort_indices()
    by_leaf.sort_indices()
    return Weights(
        listed,
        tuple(vocabulary),
        idf,
        by_heading,
        sparse.csr_matrix(sparse.diags(rare.astype(np.float32)) @ chapter_cells),
        by_leaf,
        ((1 + leaf_count) ** settings.leaf_prior).astype(np.float32),
    )


def _bag(words: Sequence[Word], vocabulary: dict[str, int], settings: Settings) -> dict[int, float]:
    """Words and pairs of neighbours of one description with their weights; new ones are added to the vocabulary."""
    bag: dict[int, float] = {}
    for word in words:
        at = vocabulary.setdefault(word.stem, len(vocabulary))
        bag[at] = max(word.weight, bag.get(at, 0.0))
    for one, two in itertools.pairwise(words):
        at = vocabulary.setdefault(f"{one.stem} {two.stem}", len(vocabulary))
        bag[at] = max(settings.pair_weight * min(one.weight, two.weight), bag.get(at, 0.0))
    return bag


def _rarity(bags: Sequence[tuple[str, dict[int, float]]], words: int, headings: int) -> Floats:
    """Inverse document frequency over headings, 1 for a word of one heading."""
    headings_with: dict[int, set[str]] = defaultdict(set)
    for code, bag in bags:
        if len(code) >= 4:
            for at in bag:
                headings_with[at].add(code[:4])
    idf = np.zeros(words, dtype=np.float32)
    for at, found in headings_with.items():
        idf[at] = math.log(1 + headings / len(found))
    idf[idf == 0] = math.log(1 + headings)
    return idf / math.log(1 + headings)


def _contrast(leaves: sparse.csr_matrix, heading_of_leaf: Places, headings: int) -> sparse.csr_matrix:
    """What a word says for a subheading beyond what it says for its siblings on average."""
    members = membership(heading_of_leaf, headings)
    sizes = np.asarray(members.sum(axis=0)).ravel()
    mean = sparse.csr_matrix(leaves @ members @ sparse.diags(1 / sizes))
    having = sparse.csr_matrix((leaves > 0).astype(np.float32) @ members)
    having.data = np.log1p(sizes[having.indices] / having.data)
    having.data /= np.log1p(sizes)[having.indices]
    rare = sparse.csr_matrix(having[:, heading_of_leaf].multiply(leaves > 0))
    contrast = leaves - mean[:, heading_of_leaf].multiply(leaves > 0)
    return sparse.csr_matrix(contrast.multiply(rare).astype(np.float32))


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


def membership(group: npt.NDArray[np.intp], groups: int) -> sparse.csr_matrix:
    """Ones where a thing (row) belongs to a group (column)."""
    ones = np.ones(len(group), dtype=np.float32)
    return sparse.csr_matrix((ones, (np.arange(len(group)), group)), shape=(len(group), groups))
