"""The cue lexicon: how likely a word in its construction says that somebody says something, and with what stance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from entrepot.reports.tables_of_words import rows

SAYING = 0.6
"""Likelihood beside quoted speech from which a verb is a verb of saying."""

_WEIGHT = 3.0
"""Observations that the construction's own rate counts for beside the word's. On PolNeAR train split in halves, 2 to 5
gave the same F1 to a point; 0 loses rare verbs, 20 drowns them."""


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Counts per (lemma, part, construction); part is `v`, `n` or `a`."""

    counts: Mapping[tuple[str, str, str], tuple[int, int]]
    lemmas: frozenset[tuple[str, str]]

    def likelihood(self, lemma: str, part: str, construction: str) -> float:
        """Share of such words that are cues, 0 to 1, smoothed towards what the construction gives any word."""
        seen_any, cues_any = self.counts.get(("*", part, construction), (0, 0))
        prior = cues_any / seen_any if seen_any else 0.0
        if (lemma, part) not in self.lemmas:
            prior *= 0.5 if part == "v" else 0.1
        seen, cues = self.counts.get((lemma, part, construction), (0, 0))
        return (cues + _WEIGHT * prior) / (seen + _WEIGHT)


@cache
def cue_lexicon() -> CueLexicon:
    """The English cue lexicon."""
    counts = {
        (row["lemma"], row["part"], row["construction"]): (int(row["seen"]), int(row["cues"]))
        for row in rows("cues_en.tsv")
    }
    return CueLexicon(counts, frozenset((lemma, part) for lemma, part, _ in counts if lemma != "*"))


@cache
def stances() -> Mapping[str, tuple[str, bool]]:
    """Stance and hedge by the cue's lemma, from `stances.tsv`; a cue that is not there asserts."""
    return {row["lemma"]: (row["stance"], row["hedged"] == "yes") for row in rows("stances.tsv")}
