"""Finds which controls goods come under, and why: code, designator, marking, text rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from entrepot.goods.lexicon import rows
from entrepot.goods.markings import find_markings
from entrepot.goods.matching import Folded, Match, PhraseIndex, fold, index

LEAST_CONFIDENCE = 0.5
"""Below this a look-alike is likelier than the weapon: an `M16` without a word for firearms near it is a thread."""

_SURE = 0.9
_ALONE = 0.8
_WITH_CONTEXT = 0.85
_BARE = 0.3
_LOOKALIKE = 0.2
_NEAR_ATOMS = 3
_ELECTRONIC_CHAPTERS = ("84", "85", "88", "90")
_NUMBER_GOES_ON = re.compile(r"-\d{2,}")
"""`6B-45-118` is a number of somebody's catalogue; versions of a designator have one figure (`6B45-1`)."""

_THREAD = re.compile(r"\s{0,2}[x×*]\s{0,2}\d")
"""`M16 x 60`, `M16x1.5`: a metric thread with its length or pitch (ISO 261)."""
_MODEL_NUMBER = re.compile(r"[-\u2010-\u2013]\d{2}")
_ABBREVIATION = 4
"""Letters of an abbreviation: `FPV-7731` is a model number, whatever FPV means elsewhere."""
_SUPPORT = ("military", "armour", "sight", "firearm")
_ELECTRONIC_RULES = frozenset({"microelectronics", "fpga", "gnss_module", "tantalum_capacitor"})


@dataclass(frozen=True, slots=True)
class HsControl:
    """A control by code, as resolved for one code and edition by whoever knows lists and concordances."""

    control_id: str
    title: str
    tier: str | None = None
    source: str | None = None
    confidence: float = 1.0
    """Below 1 where only a part of the declared code is controlled (concordance between editions)."""


@dataclass(frozen=True, slots=True)
class ControlHit:
    """One control and what decided. `span` are character positions in the text as given; None for codes."""

    control_id: str
    kind: str
    title: str
    tier: str | None
    why: tuple[str, ...]
    span: tuple[int, int] | None
    confidence: float
    source: str | None


@dataclass(frozen=True, slots=True)
class _Designator:
    control_id: str
    title: str
    group: str
    needs: str
    against: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class _Rule:
    control_id: str
    title: str
    group: str
    confidence: float
    parts: tuple[int, ...]
    against: tuple[str, ...]
    source: str


def find_controls(
    text: str | None,
    hs_code: str | None = None,
    hs_controls: Mapping[str, Sequence[HsControl]] | None = None,
    *,
    least: float = LEAST_CONFIDENCE,
) -> list[ControlHit]:
    """Controls that goods with this text and code come under, surest first.

    Args:
        text: description of the goods in any language, as in the record.
        hs_code: declared code, digits only; its longest prefix in `hs_controls` of 4 to 10 digits counts.
        hs_controls: code to its controls, already brought to the edition of the declaration.
        least: hits of less confidence are left out.
    """
    hits: list[ControlHit] = []
    if hs_code and hs_controls:
        hits += _by_code(hs_code, hs_controls)
    if text:
        hits += [hit for hit in _matcher().find(text, hs_code) if hit.confidence >= least]
    return sorted(hits, key=lambda hit: (-hit.confidence, hit.kind, hit.control_id, hit.span or (-1, -1)))


def find_controls_in(
    goods: Iterable[tuple[str | None, str | None]],
    hs_controls: Mapping[str, Sequence[HsControl]] | None = None,
    *,
    least: float = LEAST_CONFIDENCE,
) -> list[list[ControlHit]]:
    """`find_controls` for many (text, code) pairs; each distinct pair is looked at once."""
    seen: dict[tuple[str | None, str | None], list[ControlHit]] = {}
    answers = []
    for pair in goods:
        if pair not in seen:
            seen[pair] = find_controls(pair[0], pair[1], hs_controls, least=least)
        answers.append(seen[pair])
    return answers


def _by_code(hs_code: str, hs_controls: Mapping[str, Sequence[HsControl]]) -> list[ControlHit]:
    for length in range(min(10, len(hs_code)), 3, -1):
        found = hs_controls.get(hs_code[:length])
        if found:
            return [
                ControlHit(c.control_id, "hs_code", c.title, c.tier, (hs_code[:length],), None, c.confidence, c.source)
                for c in found
            ]
    return []


class _Matcher:
    """Designators, text rules and their contexts compiled for matching."""

    def __init__(self) -> None:
        self._designators: list[_Designator] = []
        self._rules: list[_Rule] = []
        self._rule_of_part: list[int] = []
        self._context_scope: dict[str, str] = {}
        groups: dict[str, int] = {}
        context: list[tuple[str, int]] = []
        for row in rows("context_words.tsv"):
            group = groups.setdefault(row["group"], len(groups))
            self._context_scope[row["group"]] = row["scope"]
            context += [(word, group) for word in _terms(row["words"])]
        forms: list[tuple[str, int]] = []
        for row in rows("designators.tsv"):
            forms += [(form, len(self._designators)) for form in _terms(row["forms"])]
            self._designators.append(
                _Designator(
                    row["control_id"], row["title"], row["class"], row["needs"], _terms(row["not"]), row["source"]
                )
            )
        parts: list[tuple[str, int]] = []
        for row in rows("text_rules.tsv"):
            needed = []
            for part in row["all"].split(" + "):
                key = len(self._rule_of_part)
                self._rule_of_part.append(len(self._rules))
                needed.append(key)
                parts += [(term, key) for term in _terms(part)]
            against = []
            for term in _terms(row["not"]):
                if term.startswith("@"):
                    against.append(term[1:])
                else:
                    name = f"{row['control_id']} not"
                    group = groups.setdefault(name, len(groups))
                    context.append((term, group))
                    against.append(name)
            self._rules.append(
                _Rule(
                    row["control_id"],
                    row["title"],
                    row["class"],
                    float(row["confidence"]),
                    tuple(needed),
                    tuple(dict.fromkeys(against)),
                    row["source"],
                )
            )
        self._group_names = {number: name for name, number in groups.items()}
        self._context: PhraseIndex = index(context)
        self._forms: PhraseIndex = index(forms, designators=True)
        self._parts: PhraseIndex = index(parts)

    def find(self, text: str, hs_code: str | None) -> list[ControlHit]:
        folded = fold(text)
        if not folded.atoms:
            return []
        forms = self._forms.find(folded)
        parts = self._parts.find(folded)
        context: dict[str, list[Match]] = {}
        if forms or parts:
            for match in self._context.find(folded):
                context.setdefault(self._group_names[match.key], []).append(match)
        hits = [self._designator(text, folded, match, context) for match in forms]
        rules = self._by_rule(text, folded, parts, context)
        electronic = bool(hs_code and hs_code[:2] in _ELECTRONIC_CHAPTERS) or any(
            hit.control_id.removeprefix("rule:") in _ELECTRONIC_RULES for hit in rules
        )
        for found in find_markings(folded, electronic=electronic):
            span = folded.span(found.start, found.end)
            marking = found.marking
            hits.append(
                ControlHit(
                    control_id=f"marking:{marking.marking}",
                    kind="marking",
                    title=f"{marking.maker} {marking.marking}, found in {marking.weapons} "
                    f"weapon{'s' if marking.weapons != 1 else ''}, for example {marking.weapon}",
                    tier=None,
                    why=(text[span[0] : span[1]], found.how),
                    span=span,
                    confidence=found.confidence,
                    source=f"https://war-sanctions.gur.gov.ua/en/components/{marking.component.removeprefix('gur-')}",
                )
            )
        return hits + rules

    def _designator(
        self, text: str, folded: Folded, match: Match, context: Mapping[str, Sequence[Match]]
    ) -> ControlHit:
        entry = self._designators[match.key]
        span = folded.span(match.start, match.end)
        support = [m for m in context.get(entry.needs, ()) if not _inside(m, match)]
        if entry.needs == "nothing":
            support = [m for group in _SUPPORT for m in context.get(group, ()) if not _inside(m, match)]
        against = [
            m
            for group in entry.against
            for m in context.get(group, ())
            if not _inside(m, match)
            and (self._context_scope[group] == "anywhere" or _distance(m, match) <= _NEAR_ATOMS)
        ]
        vetoed = any(
            self._context_scope[group] == "anywhere" and any(not _inside(m, match) for m in context.get(group, ()))
            for group in entry.against
        )
        thread = "fastener" in entry.against and _THREAD.match(folded.text, match.end) is not None
        numbered = not support and _NUMBER_GOES_ON.match(folded.text, match.end) is not None
        nearest_support = min((_distance(m, match) for m in support), default=None)
        nearest_against = min((_distance(m, match) for m in against), default=None)
        if vetoed or thread or numbered:
            confidence = _LOOKALIKE
        elif nearest_against is not None and (nearest_support is None or nearest_against < nearest_support):
            confidence = _BARE
        elif nearest_support is not None:
            confidence = _SURE if entry.needs == "nothing" else _WITH_CONTEXT
        else:
            scattered = folded.text[match.start : match.end].count(" ") >= 2
            confidence = _ALONE if entry.needs == "nothing" and not scattered else _BARE
        closest = sorted(support, key=lambda m: (_distance(m, match), m.start))[:2]
        why = (text[span[0] : span[1]], *dict.fromkeys(_words(text, folded, m) for m in closest))
        return ControlHit(
            f"designator:{entry.control_id}",
            "designator",
            entry.title,
            entry.group,
            why,
            span,
            confidence,
            entry.source,
        )

    def _by_rule(
        self, text: str, folded: Folded, parts: Sequence[Match], context: Mapping[str, Sequence[Match]]
    ) -> list[ControlHit]:
        first: dict[int, Match] = {}
        for match in parts:
            short = match.end - match.start <= _ABBREVIATION and folded.text[match.start : match.end].isascii()
            if not (short and _MODEL_NUMBER.match(folded.text, match.end)):
                first.setdefault(match.key, match)
        hits = []
        for at in sorted({self._rule_of_part[key] for key in first}):
            rule = self._rules[at]
            found = [first[key] for key in rule.parts if key in first]
            if len(found) < len(rule.parts):
                continue
            if any(not any(_inside(m, f) for f in found) for group in rule.against for m in context.get(group, ())):
                continue
            start, end = min(m.start for m in found), max(m.end for m in found)
            hits.append(
                ControlHit(
                    control_id=f"rule:{rule.control_id}",
                    kind="text_rule",
                    title=rule.title,
                    tier=rule.group,
                    why=tuple(dict.fromkeys(_words(text, folded, m) for m in found)),
                    span=folded.span(start, end),
                    confidence=rule.confidence,
                    source=rule.source,
                )
            )
        return hits


def _words(text: str, folded: Folded, match: Match) -> str:
    start, end = folded.span(match.start, match.end)
    return text[start:end]


def _inside(inner: Match, outer: Match) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _distance(one: Match, other: Match) -> int:
    if one.first_atom > other.last_atom:
        return one.first_atom - other.last_atom
    return max(0, other.first_atom - one.last_atom)


def _terms(cell: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in cell.split(";") if term.strip())


@cache
def _matcher() -> _Matcher:
    return _Matcher()
