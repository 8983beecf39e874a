"""Gives goods text its likely HS headings and subheadings, with the words that decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

import numpy as np
import numpy.typing as npt

from entrepot.goods.evidence import Evidence, top
from entrepot.goods.kept import default_weights
from entrepot.goods.vague import why_vague_plain
from entrepot.goods.weights import Settings
from entrepot.goods.words import plain

_CHUNK = 1_000
"""Texts at once: scores of 1,000 texts against 5,613 subheadings take 22 MB in single precision."""

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

    No network, no randomness; the same text gives the same answer.
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
        weighed, places = self.weigh(texts, k)
        return [replace(weighed[place], text=text) for text, place in zip(texts, places, strict=True)]

    def weigh(self, texts: Sequence[str], k: int = 5) -> tuple[list[Classification], list[int]]:
        """Classifications, and for each text the place of its own among them: texts that differ in model numbers share one.

        The `text` of a classification is one of those that share it.

        Raises:
            ValueError: `k` is below 1.
        """
        if k < 1:
            raise ValueError("k must be at least 1")
        forms, places = self._forms(texts)
        vague = {at: reason for at, form in enumerate(forms) if (reason := why_vague_plain(form)) is not None}
        weighed = [Classification(form, (), (), (), vague.get(at)) for at, form in enumerate(forms)]
        known = [at for at in range(len(forms)) if at not in vague]
        for start in range(0, len(known), _CHUNK):
            some = known[start : start + _CHUNK]
            for at, result in zip(some, self._chunk([forms[at] for at in some], k), strict=True):
                weighed[at] = result
        return weighed, places

    def heading_probabilities(self, texts: Sequence[str]) -> tuple[Floats, list[int]]:
        """Probabilities of all `headings` (forms by headings, single precision), and the row of each text in it."""
        evidence = self._evidence
        forms, places = self._forms(texts)
        parts = [
            evidence.headings_given(evidence.vectors(forms[start : start + _CHUNK])[0])
            for start in range(0, len(forms), _CHUNK)
        ]
        empty = np.zeros((0, len(evidence.headings)), dtype=np.float32)
        return np.concatenate(parts) if parts else empty, places

    def chapter_probabilities(self, headings: Floats) -> Floats:
        """Probability of each of `chapters` from those of the headings (rows by chapters)."""
        return self._evidence.chapters_given(headings)

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings of HS 2022 in the order of `heading_probabilities`."""
        return self._evidence.headings

    @property
    def chapters(self) -> tuple[str, ...]:
        """Chapters of HS 2022 in the order of `chapter_probabilities`."""
        return self._evidence.chapters

    def words_for(self, text: str, code: str) -> tuple[str, ...]:
        """Words of `text` that speak for `code` (four or six digits), strongest first."""
        vectors, shown = self._evidence.vectors([plain(text)])
        return self._evidence.words(vectors, shown, [(0, code)], _WORDS_SHOWN)[0]

    def _forms(self, texts: Sequence[str]) -> tuple[list[str], list[int]]:
        """Distinct forms of texts (see `Evidence.form`; a vague text is its own form), and the place of each text's."""
        forms: dict[str, int] = {}
        seen: dict[str, int] = {}
        vague: dict[str, bool] = {}
        for text in texts:
            if text not in seen:
                clean = plain(text)
                form = self._evidence.form(clean)
                if form not in vague:
                    vague[form] = why_vague_plain(form) is not None
                seen[text] = forms.setdefault(clean if vague[form] else form, len(forms))
        return list(forms), [seen[text] for text in texts]

    def _chunk(self, texts: Sequence[str], k: int) -> list[Classification]:
        vectors, shown = self._evidence.vectors(texts)
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
    return Evidence(default_weights(), Settings())
