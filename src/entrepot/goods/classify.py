"""Gives goods text its likely HS headings and subheadings, with the words that decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from entrepot.goods.evidence import Evidence, Settings, top
from entrepot.goods.vague import why_vague
from entrepot.goods.words import plain

_CHUNK = 1_000
"""Texts at once: scores of 1,000 texts against 5,613 subheadings take 22 MB in single precision."""

_TOGETHER = 10_000
"""Texts among which those with the same known words are found: of 6,000 generated texts 359 remain to be weighed."""

_LEAST_HEADING = 0.04
"""Below this probability of the best heading nothing is said: on held-out UK descriptions fewer than one in ten such
first guesses is right."""

_WORDS_SHOWN = 5

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One likely subheading. Scores are calibrated probabilities, 0 to 1."""

    hs6: str
    score: float
    heading_score: float
    chapter_score: float
    words: tuple[str, ...]
    """Words of the text that decided for this code, strongest first."""

    @property
    def heading(self) -> str:
        return self.hs6[:4]

    @property
    def chapter(self) -> str:
        return self.hs6[:2]


@dataclass(frozen=True, slots=True)
class Classification:
    """What one goods text is likely to be. `abstained` says why where `candidates` is empty."""

    text: str
    candidates: tuple[Candidate, ...]
    headings: tuple[tuple[str, float], ...]
    """Most likely headings with probability."""
    chapters: tuple[tuple[str, float], ...]
    """Most likely chapters with probability."""
    abstained: str | None = None


class Classifier:
    """Classifies goods text against HS 2022 by words: nomenclature, everyday terms and curated synonyms.

    No network, no randomness; the same text gives the same answer. Build once (about two seconds), use for many texts.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    @classmethod
    def default(cls) -> Self:
        """The classifier over the data that ships."""
        return cls(_default_evidence())

    def classify(self, texts: Sequence[str], k: int = 5) -> list[Classification]:
        """The `k` likeliest subheadings of each text, in the order of `texts`.

        Raises:
            ValueError: `k` is below 1.
        """
        if k < 1:
            raise ValueError("k must be at least 1")
        found: dict[str, Classification] = {}
        known: list[str] = []
        for text in dict.fromkeys(texts):
            reason = why_vague(text)
            if reason is None:
                known.append(text)
            else:
                found[text] = Classification(text, (), (), (), reason)
        for start in range(0, len(known), _TOGETHER):
            for result in self._chunk(known[start : start + _TOGETHER], k):
                found[result.text] = result
        return [found[text] for text in texts]

    def heading_probabilities(self, texts: Sequence[str]) -> tuple[tuple[str, ...], Floats]:
        """All headings, and the probability of each for each text (texts by headings, single precision)."""
        evidence = self._evidence
        parts = [
            evidence.headings_given(evidence.vectors([plain(t) for t in texts[start : start + _CHUNK]])[0])
            for start in range(0, len(texts), _CHUNK)
        ]
        empty = np.zeros((0, len(evidence.headings)), dtype=np.float32)
        return evidence.headings, np.concatenate(parts) if parts else empty

    def words_for(self, text: str, code: str) -> tuple[str, ...]:
        """Words of `text` that speak for `code` (four or six digits), strongest first."""
        vectors, shown = self._evidence.vectors([plain(text)])
        return self._evidence.words(vectors, shown, [(0, code)], _WORDS_SHOWN)[0]

    def _chunk(self, texts: Sequence[str], k: int) -> list[Classification]:
        """As `classify`. Texts with the same known words (they differ in model numbers, mostly) are weighed once."""
        vectors, shown = self._evidence.vectors([plain(text) for text in texts])
        alike: dict[tuple[object, ...], int] = {}
        firsts: list[int] = []
        places = []
        for row in range(len(texts)):
            own = slice(vectors.indptr[row], vectors.indptr[row + 1])
            key = (vectors.indices[own].tobytes(), vectors.data[own].tobytes(), *sorted(shown[row].items()))
            if key not in alike:
                alike[key] = len(firsts)
                firsts.append(row)
            places.append(alike[key])
        weighed: list[Classification] = []
        for start in range(0, len(firsts), _CHUNK):
            some = firsts[start : start + _CHUNK]
            weighed += self._weighed([texts[row] for row in some], vectors[some], [shown[row] for row in some], k)
        return [replace(weighed[place], text=text) for text, place in zip(texts, places, strict=True)]

    def _weighed(
        self, texts: Sequence[str], vectors: csr_matrix, shown: list[dict[int, tuple[str, float]]], k: int
    ) -> list[Classification]:
        evidence = self._evidence
        headings = evidence.headings_given(vectors)
        chapters = evidence.chapters_given(headings)
        best_leaf, leaf_scores = evidence.best_leaves(vectors, headings, k)
        best_heading = top(headings, k)
        best_chapter = top(chapters, k)
        known = np.asarray(vectors.getnnz(axis=1)) > 0
        pairs = [(row, evidence.leaves[leaf]) for row in range(len(texts)) for leaf in best_leaf[row]]
        words = evidence.words(vectors, shown, pairs, _WORDS_SHOWN)
        width = best_leaf.shape[1]
        results = []
        for row, text in enumerate(texts):
            likeliest = float(headings[row, best_heading[row, 0]])
            if not known[row]:
                results.append(Classification(text, (), (), (), "no word of it is known"))
            elif likeliest < _LEAST_HEADING:
                results.append(
                    Classification(text, (), (), (), f"nothing fits well: the best heading has {likeliest:.2f}")
                )
            else:
                candidates = tuple(
                    Candidate(
                        hs6=evidence.leaves[leaf],
                        score=float(leaf_scores[row, place]),
                        heading_score=float(headings[row, evidence.heading_of_leaf[leaf]]),
                        chapter_score=float(chapters[row, evidence.chapter_of_heading[evidence.heading_of_leaf[leaf]]]),
                        words=words[row * width + place],
                    )
                    for place, leaf in enumerate(best_leaf[row])
                )
                best_headings = tuple((evidence.headings[i], float(headings[row, i])) for i in best_heading[row])
                best_chapters = tuple((evidence.chapters[i], float(chapters[row, i])) for i in best_chapter[row])
                results.append(Classification(text, candidates, best_headings, best_chapters))
        return results


@cache
def _default_evidence() -> Evidence:
    return Evidence.from_lexicon(Settings())
