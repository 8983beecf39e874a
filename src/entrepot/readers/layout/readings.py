"""What a header may be mapped to by its words alone: the grammar of data/rules.tsv applied to one heading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from entrepot.readers.layout.header import Heading
from entrepot.readers.layout.lexicon import Rule, rules
from entrepot.readers.layout.words import Word

_FREE = frozenset({"NOISE"})
_SOFT = {
    "ENGLISH": 0.02,
    "NATIVE": 0.0,
    "FIRST": 0.005,
    "DECLARED": 0.02,
    "ACTUAL": 0.0,
    "ESTIMATED": 0.06,
    "SOFT": 0.02,
    "STANDARD": 0.05,
    "SECOND": 0.15,
    "WHOLE": 0.1,
    "DAY": 0.06,
}
"""Words that any column may carry, and what they cost: `_EN` is a translation, `STD` a vendor's version, `2` another one."""

_CODE = 0.01
_CODED = frozenset({"hs_code", "hs6", "shipper_id", "consignee_id", "local.id", "declaration_no", "line_no", "date"})
"""A name (of a country, port, unit) before its code: names say more where the code is a customs service's own. Not where the
column is a code by its nature."""

_IN_SO_MANY_WORDS = {
    "shipper": {"SHIPPER": 0.004, "EXPORTER": 0.002},
    "consignee": {"CONSIGNEE": 0.004, "IMPORTER": 0.002},
}
"""Where a file has an exporter and a shipper, or a buyer and a consignee, the literal word comes first; then the party that
declares to customs, before the one of the sale."""

_LINE, _TOTAL = 0.005, 0.01
"""The line's weight or quantity before the total's, all else equal."""

_TONNE = 0.02
"""Kilograms before tonnes where a file has both: the tonnes were computed and rounded."""

_UNKNOWN = 0.09
"""A word that is not known may change what the header means: three of them bring a sure reading (.95) near the line."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One canonical column that a header may stand for.

    Attributes:
        canonical: a column of `shipments`, or a name with a point that another step resolves (`local.name`, `amount`).
        score: 0 to 1, by the words alone.
        concepts: the concepts that were read into the words.
    """

    canonical: str
    score: float
    concepts: frozenset[str]


@lru_cache(maxsize=4096)
def readings(head: Heading) -> tuple[Reading, ...]:
    """Every reading of a heading, best first; at most one for each canonical column."""
    best: dict[str, Reading] = {}
    said = head.concepts
    for rule in rules():
        if said.isdisjoint(rule.needs[0]) or not said.isdisjoint(rule.forbids):
            continue
        reading = _apply(rule, head.words)
        if reading and reading.score > best.get(rule.canonical, _NOTHING).score:
            best[rule.canonical] = reading
    return tuple(sorted(best.values(), key=lambda reading: (-reading.score, reading.canonical)))


_NOTHING = Reading("", 0.0, frozenset())


def _apply(rule: Rule, words: tuple[Word, ...]) -> Reading | None:
    if not _satisfied(rule, words):
        return None
    score = rule.score
    read: set[str] = set()
    for word in words:
        concepts = word.concepts
        if not concepts:
            score -= _UNKNOWN if len(word.text) > 1 else 0.03
            continue
        wanted = concepts & rule.may
        score -= word.cost
        if wanted:
            read |= wanted
            score -= _CODE if wanted == {"CODE"} and rule.canonical not in _CODED else 0.0
            continue
        if concepts & _FREE:
            continue
        soft = [_SOFT[concept] for concept in concepts if concept in _SOFT]
        soft += [0.15 for concept in concepts if concept[0] == "D" and concept[1:].isdigit()]
        soft += [0.0 for concept in concepts if concept in {"D1", "D0"}]
        if not soft:
            return None
        score -= min(soft)
    literal = _IN_SO_MANY_WORDS.get(rule.canonical.partition("_")[0], {})
    score += max((literal[concept] for concept in read if concept in literal), default=0.0)
    if rule.canonical in {"net_kg", "gross_kg"}:
        score -= _TONNE * ("TONNE" in read)
    if rule.canonical in {"quantity", "net_kg", "gross_kg"}:
        score += _LINE * ("LINE" in read) - _TOTAL * ("TOTAL" in read)
    return Reading(rule.canonical, round(max(score, 0.0), 4), frozenset(read)) if score > 0 else None


def _satisfied(rule: Rule, words: tuple[Word, ...]) -> bool:
    """Whether each need is met by a word of its own."""
    taken: set[int] = set()

    def place(need: int) -> bool:
        if need == len(rule.needs):
            return True
        for index, word in enumerate(words):
            if index not in taken and word.concepts & rule.needs[need]:
                taken.add(index)
                if place(need + 1):
                    return True
                taken.discard(index)
        return False

    return place(0)
