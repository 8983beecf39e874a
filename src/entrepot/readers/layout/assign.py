"""Gives each canonical column one source: the assignment of columns whose scores sum highest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from entrepot.readers.layout.candidates import Candidate


def assign(found: Sequence[Candidate], least: float) -> dict[str, Candidate]:
    """Canonical column to candidate: one source for each, one column for each source, scores at `least`.

    What counts is the score above the threshold, squared: one sure mapping outweighs two doubtful ones.
    """
    usable = [c for c in found if c.score >= least and "." not in c.canonical]
    names = sorted({c.canonical for c in usable})
    places = sorted({c.index for c in usable})
    if not usable:
        return {}
    best: dict[tuple[str, int], Candidate] = {}
    for candidate in usable:
        key = (candidate.canonical, candidate.index)
        if key not in best or candidate.score > best[key].score:
            best[key] = candidate
    gain = np.zeros((len(names), len(places)))
    for (name, index), candidate in best.items():
        # a hair more for the column that stands further left, so that ties fall the same way every time
        gain[names.index(name), places.index(index)] = candidate.score**2 - 1e-6 * index
    chosen = {}
    for row, column in _pairs(gain):
        held = best.get((names[row], places[column]))
        if held is not None:
            chosen[names[row]] = held
    return chosen


def _pairs(gain: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """Rows and columns of the assignment with the highest sum."""
    likeliest = gain.argmax(axis=1).tolist()
    if len(set(likeliest)) == len(likeliest):
        return list(enumerate(likeliest))
    # most files have no two names that want one column, and the import takes a third of a second
    from scipy.optimize import linear_sum_assignment

    return [(int(row), int(column)) for row, column in zip(*linear_sum_assignment(gain, maximize=True), strict=True)]
