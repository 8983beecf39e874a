"""Tells which names of a report are places: what the model says, mended by the report, by countries and by a gazetteer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.model.places import area, countries, country, place
from entrepot.reports.attribution.spans import Attribution
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SHORTEST_PLACE = 4
"""Letters of the shortest country's name (Iran): shorter ones are codes."""
_LARGE = 50
"""Thousands of inhabitants from which a name after `to` or `with` is a town: in 30 files of PolNeAR's training part the names of
persons and common nouns that stood there and that some place bears (Obama, Donald, Center) were those of villages."""
_VERY_LARGE = 500
"""The same for a name that the model takes for a person's."""
_LONGEST_SOURCE = 12
"""Tokens of a source that is only a source: longer ones hold what is told, too."""
_ALIKE = 3
"""First letters that two spellings of a town's name share: Fujairah, Al Fujayrah."""
_STEM = 4
"""Letters that a country and its adjective share: Ukraine, Ukrainian."""


def places_of(docs: Sequence[Doc]) -> frozenset[str]:
    """Names that the model takes for places in at least a third of a report's mentions: it errs with single sentences, and
    rather towards persons."""
    seen: Counter[str] = Counter()
    for doc in docs:
        for entity in doc.ents:
            seen[entity.text] += 2 if entity.label_ in ("GPE", "LOC") else -1
    return frozenset(name for name, more in seen.items() if more >= 0)


def places_left_out(doc: Doc, places: frozenset[str]) -> Iterator[Token]:
    """Countries, places of the same report, and towns behind a word of place that the model gave no label: capitals that
    stand alone, outside of longer names (`Turkey`, not `Turkey Carpets Ltd`)."""
    for token in doc:
        if (
            token.pos_ != "PROPN"
            or token.ent_type_ in _NAMED
            or not token.text.istitle()
            or len(token) < _SHORTEST_PLACE
        ):
            continue
        beside = doc[max(0, token.i - 1) : token.i + 2]
        if any(t.i != token.i and t.pos_ == "PROPN" and t.text[0].isupper() for t in beside):
            continue
        if token.text in places or _is_country(token.text) or _behind_word_of_place(token):
            yield token


_NAMED = ("GPE", "LOC", "FAC", "ORG", "PERSON", "DATE", "TIME", "LANGUAGE", "EVENT", "LAW")
"""Labels of names that are read as they are, or by `is_place_after_all`."""


def is_place_after_all(entity: Span, name: str, places: frozenset[str]) -> bool:
    """A place elsewhere in the report that is taken for a person or body here, a country taken for a body, or a town behind a
    word of place (`near Rotterdam`)."""
    if entity.label_ not in ("ORG", "PERSON"):
        return False
    return (
        name in places
        or (entity.label_ == "ORG" and name.istitle() and len(name) >= _SHORTEST_PLACE and _is_country(name))
        or (len(name.split()) == 1 and name.istitle() and _behind_word_of_place(entity.root))
    )


def seats(doc: Doc, over: Sequence[Attribution], core: Token) -> tuple[tuple[int, int], ...]:
    """Characters of the sources of a claim: `the embassy in Tirsa said` names no place of what it said; not where the source
    is what the claim is about (`Tirsa denies buying pumps`).

    Args:
        doc: the paragraph.
        over: the attributions that hold the claim.
        core: the claim's verb.
    """
    above = core.head.children if core.dep_ in ("xcomp", "pcomp") else ()
    about = {c.i for c in (*core.children, *above) if c.dep_ in ("nsubj", "nsubjpass")}
    spans = [
        (doc[one.source[0]], doc[one.source[1] - 1])
        for one in over
        if one.source is not None
        and one.source_token not in about
        and one.source[1] - one.source[0] <= _LONGEST_SOURCE
        and not one.source[0] <= core.i < one.source[1]
    ]
    return tuple((first.idx, last.idx + len(last)) for first, last in spans)


def place_words(entity: Span, cleaned: tuple[int, int]) -> tuple[int, int] | None:
    """Where a place's name begins and ends: with the noun behind an adjective (`the Far Eastern region`); None for an
    adjective alone (`the Ukrainian president`, which the model takes for a place)."""
    last, doc = entity[-1], entity.doc
    if entity.end < len(doc) and last.lower_.endswith("ern") and doc[entity.end].pos_ == "NOUN":
        following = doc[entity.end]
        return (cleaned[0], following.idx + len(following)) if len(entity) > 1 else cleaned
    if len(entity) == 1 and last.lower_.endswith(_ADJECTIVES) and last.dep_ in ("amod", "compound", "nmod"):
        stem = last.lower_.removesuffix("ian").removesuffix("ese").removesuffix("ish").removesuffix("an")
        if len(stem) >= _STEM and stem in _stems():
            return None
    return cleaned


_ADJECTIVES = ("ian", "ese", "ish", "ean")


@cache
def _stems() -> frozenset[str]:
    """The first letters of countries' English names, of each length from four on."""
    names = [one.name.lower() for one in countries().values()]
    return frozenset(name[:end] for name in names for end in range(_STEM, len(name)))


def _behind_word_of_place(token: Token) -> bool:
    """`in Isfahan`, `off Mersin`, `to Odesa`: a town of the gazetteer or a region behind a word of place, without more words to
    its name; not `at Orvex`, not `sold to Merkel`."""
    above = token.head
    if token.dep_ != "pobj" or any(c.pos_ in ("PROPN", "NOUN") for c in token.lefts) or len(token) < _SHORTEST_PLACE:
        return False
    where, goal = above.lower_ in words("nouns_en.tsv", "where"), above.lower_ in words("nouns_en.tsv", "whither")
    if not where and not goal:
        return False
    if token.lower_ in words("nouns_en.tsv", "region") or area(token.text) is not None:
        return True
    if any(c.dep_ == "det" for c in token.lefts):
        return False
    person = token.ent_type_ == "PERSON"
    return _is_town(token.text, (_LARGE if person else 0) if where else _VERY_LARGE if person else _LARGE)


@lru_cache(maxsize=4096)
def _is_town(name: str, thousands: int) -> bool:
    """Whether a place of this size has this name, and not one that only somebody else gives to it."""
    found = place(name)
    if found is None or found.thousands < thousands:
        return False
    return any(word[:_ALIKE].lower() == name[:_ALIKE].lower() for word in found.name.split())


@lru_cache(maxsize=4096)
def _is_country(word: str) -> bool:
    return country(word, numeric=False) is not None
