"""Finds declared codes that the words of the description contradict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from entrepot.errors import InputError
from entrepot.goods.classify import Classifier
from entrepot.goods.controls import ControlHit, find_controls
from entrepot.goods.lexicon import descriptions, rows, segment_cues
from entrepot.goods.vague import why_vague
from entrepot.model.hs import digits

LEAST_EXPECTED = 0.9
"""The best heading must have this probability before the words alone contradict a code: see `tools/eval_goods.py`, which
prints how often honest declarations fire."""

MOST_DECLARED = 0.002
MOST_DECLARED_CHAPTER = 0.02
_PURPOSE_REACH = 2
_PURPOSE_WEIGHT = 0.45
"""Cues of `segment_cues.tsv` of at most this weight open a purpose, an origin or a lack."""

_QUOTES = ("'", '"', "\N{LEFT SINGLE QUOTATION MARK}", "\N{LEFT DOUBLE QUOTATION MARK}", "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}")  # fmt: skip

_UNMANNED = ("8806", "rule:drone", "unmanned aircraft")
"""Flying toys are no unmanned aircraft (HS, note 1 to chapter 88): for 8806 the words count where the text rule agrees, which knows toys."""

LEAST_WORDS = 2
"""A single known word is too little to contradict a declaration."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Words that speak against a declared code. For a person to read: it says nothing of intent."""

    text: str
    """The description as in the record, never a translation."""
    hs_code: str
    rule: str
    """Named contradiction, or `classifier`."""
    title: str
    expected_headings: tuple[str, ...]
    words: tuple[str, ...]
    probability: float
    """Probability that the text belongs to the declared heading (0 to 1)."""
    source: str | None


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: str
    controls: frozenset[str]
    classes: frozenset[str]
    but_not: frozenset[str]
    allowed: tuple[str, ...]
    only: tuple[str, ...]
    expected: tuple[str, ...]
    title: str
    source: str


def contradiction(text: str, declared_hs: str, classifier: Classifier | None = None) -> Contradiction | None:
    """The strongest contradiction between a description and its declared code, or None.

    Raises:
        InputError: `declared_hs` is no code of at least four digits.
    """
    code = digits(declared_hs)
    if code is None or len(code) < 4:
        raise InputError("not an HS code", value=declared_hs, remedy="4 to 14 digits, for example 854231 or 8542.31")
    return contradictions([(text, code)], classifier)[0]


def contradictions(
    goods: Iterable[tuple[str | None, str | None]], classifier: Classifier | None = None
) -> list[Contradiction | None]:
    """`contradiction` for many (text, declared code) pairs, in order; pairs without a usable text or code give None."""
    listed = list(goods)
    distinct = [(text, code) for text, code in dict.fromkeys(listed) if text and code and _usable(code)]
    found: dict[tuple[str | None, str | None], Contradiction] = {}
    if distinct:
        by_words = _by_words(distinct, classifier or Classifier.default())
        for (text, code), (probability, words) in zip(distinct, by_words, strict=True):
            named = _by_rule(text, code, probability)
            if named is not None:
                found[text, code] = named
            elif words is not None:
                found[text, code] = words
    return [found.get(pair) for pair in listed]


def _by_rule(text: str, code: str, probability: float) -> Contradiction | None:
    hits = find_controls(text, code)
    if not hits:
        return None
    ids = {hit.control_id for hit in hits} | {f"class:{_class(hit)}" for hit in hits}
    for rule in _rules():
        if any(code.startswith(prefix) for prefix in rule.allowed):
            continue
        if rule.only and not any(code.startswith(prefix) for prefix in rule.only):
            continue
        speaking = [
            hit
            for hit in hits
            if (hit.control_id in rule.controls or _class(hit) in rule.classes)
            and not _is_purpose(text, hit)
            and not _is_brand(text, hit)
        ]
        if not speaking or ids & rule.but_not:
            continue
        return Contradiction(
            text=text,
            hs_code=code,
            rule=rule.rule,
            title=f"{rule.title} ({_named(code)})",
            expected_headings=rule.expected,
            words=tuple(dict.fromkeys(word for hit in speaking for word in hit.why)),
            probability=probability,
            source=rule.source,
        )
    return None


def _by_words(goods: Sequence[tuple[str, str]], classifier: Classifier) -> list[tuple[float, Contradiction | None]]:
    """Probability of the declared heading of each pair, and what its words say against it.

    Texts of one form (they differ in model numbers) have the same probabilities: they are asked about once.
    """
    scores, forms = classifier.heading_probabilities([text for text, _ in goods])
    chapters = classifier.chapter_probabilities(scores)
    place = {heading: at for at, heading in enumerate(classifier.headings)}
    chapter_place = {chapter: at for at, chapter in enumerate(classifier.chapters)}
    best = scores.argmax(axis=1) if len(scores) else []
    seen: dict[tuple[int, str], tuple[float, bool]] = {}
    answers: list[tuple[float, Contradiction | None]] = []
    for form, (text, code) in zip(forms, goods, strict=True):
        found = seen.get((form, code[:4]))
        if found is None:
            honest = {code[:4], *_moved().get(code[:4], ())}
            declared = sum(float(scores[form, place[heading]]) for heading in honest if heading in place)
            against = (
                code[:4] in place
                and scores[form, best[form]] >= LEAST_EXPECTED
                and declared <= MOST_DECLARED
                and chapters[form, chapter_place[code[:2]]] <= MOST_DECLARED_CHAPTER
            )
            found = seen[form, code[:4]] = declared, bool(against)
        declared, against = found
        answers.append(
            (declared, _spoken(text, code, classifier.headings[best[form]], declared, classifier) if against else None)
        )
    return answers


def _spoken(text: str, code: str, expected: str, declared: float, classifier: Classifier) -> Contradiction | None:
    """The words of a text that speak for another heading than the declared one, where they are enough."""
    words = classifier.words_for(text, expected) if why_vague(text) is None else ()
    if expected == _UNMANNED[0] and not any(
        hit.control_id == _UNMANNED[1] or _class(hit) == _UNMANNED[2] for hit in find_controls(text, code)
    ):
        return None
    if len({part for word in words for part in word.split()}) < LEAST_WORDS:
        return None
    return Contradiction(
        text=text,
        hs_code=code,
        rule="classifier",
        title=f"The words describe {_named(expected)}; declared as {_named(code)}",
        expected_headings=(expected,),
        words=words,
        probability=declared,
        source="words of the HS 2022 nomenclature and everyday terms",
    )


def _named(code: str) -> str:
    """The code with the description of its heading: `9503 (Toys; ...)`."""
    description = descriptions().get(code[:4], "not a heading of HS 2022")
    return f"{code[:4]}: {description if len(description) <= 80 else description[:79] + '…'}"


def _class(hit: ControlHit) -> str | None:
    return hit.tier if hit.kind == "designator" else None


def _is_purpose(text: str, hit: ControlHit) -> bool:
    """Whether the words name what the goods are for: a `sight for rifle` is no rifle."""
    if hit.span is None or len(hit.why) > 1:
        return False
    before = text[: hit.span[0]].casefold().split()[-_PURPOSE_REACH:]
    return any(segment_cues().get(word, 1.0) <= _PURPOSE_WEIGHT for word in before)


def _is_brand(text: str, hit: ControlHit) -> bool:
    """Whether a rule's only word stands alone in quotation marks: `FISHING ROD 'RIFLE'` names a model, not a weapon."""
    if hit.kind == "designator" or hit.span is None or len(hit.why) > 1:
        return False
    start, end = hit.span
    return start > 0 and text[start - 1] in _QUOTES and end < len(text) and not text[end].isalnum() and text[end] != " "


def _usable(code: str) -> bool:
    return len(code) >= 4 and code.isascii() and code.isdigit()


@cache
def _rules() -> tuple[_Rule, ...]:
    found = []
    for row in rows("contradictions.tsv"):
        controls = _cell(row["controls"])
        found.append(
            _Rule(
                rule=row["rule"],
                controls=frozenset(name for name in controls if not name.startswith("class:")),
                classes=frozenset(name.removeprefix("class:") for name in controls if name.startswith("class:")),
                but_not=frozenset(_cell(row["but_not"])),
                allowed=_cell(row["allowed"]),
                only=_cell(row["only"]),
                expected=_cell(row["expected"]),
                title=row["title"],
                source=row["source"],
            )
        )
    return tuple(found)


@cache
def _moved() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("moved_headings.tsv"):
        for one, other in ((row["older"], row["newer"]), (row["newer"], row["older"])):
            found[one] = (*found.get(one, ()), other)
    return found


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
