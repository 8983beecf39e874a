"""Words of a header to concepts: phrases first, then words, then glued, misspelled and abbreviated ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from entrepot.readers.layout.folding import wide
from entrepot.readers.layout.lexicon import Entry, entries

GUESS = 0.06
"""What a guessed word costs a reading: a header of two guessed words falls just below one read in full."""

_LONGEST_PHRASE = 5
_KEPT_SHORT = frozenset({"ID", "HS", "DECLARATION", "DUTY", "CIF", "FOB", "BL", "IMO"})
"""Concepts whose two- and three-letter names are acronyms that mean the same in every table (`NIT`, `NCM`, `DUA`)."""

_SHORTEST_GLUED = 5
_SHORT_PARTS = frozenset(
    {"kg", "wt", "hs", "no", "bl", "en", "us", "of", "in", "id", "be", "sb", "gd", "fc", "gt", "de"}
)
"""Two-letter words that glued headers are made of."""

_PART_COSTS = {2: 1.2, 3: 1.25}
"""What a short part of a glued header costs beside a longer one (1): `VALUE IN` before `VALU EIN`."""

_LONGEST_WIDE = 24
"""Letters of the longest word that is written without spaces: Thai `เลขประจำตัวผู้เสียภาษีอากร`, with its vowel signs."""

_LONGEST_ENDING = 7
"""Letters of an ending after a stem: Turkish `ihracat-çı-sının`, Russian `-ательного`."""

_ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|لل|ال)(?=\w{3})")
_SCRIPTS = re.compile(
    r"[\u0e01-\u0e4e\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+|[^\u0e01-\u0e4e\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+"
)
_VOWELS = re.compile(r"(?<!^)[aeiouy]")


class Meaning(NamedTuple):
    """A concept, and the language in which the word stands for it."""

    concept: str
    language: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word or phrase of a header.

    Attributes:
        text: folded.
        meanings: what it can stand for; empty where it is not known.
        cost: 0 for a word of the lexicon, more for a guess.
        concepts: those of its meanings, without their languages.
    """

    text: str
    meanings: frozenset[Meaning]
    cost: float = 0.0
    concepts: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "concepts", frozenset(meaning.concept for meaning in self.meanings))


def read_words(words: Sequence[str], spoken: frozenset[str]) -> tuple[Word, ...]:
    """The folded words of one header, read; `spoken` are the languages of the table."""
    split = [part for word in words for part in _SCRIPTS.findall(word)]
    found: list[Word] = []
    position = 0
    while position < len(split):
        word = split[position]
        if wide(word):
            found += _segment_wide(word, spoken)
            position += 1
            continue
        length, meanings = _longest(split, position, spoken)
        glued = (
            _unglue(word, spoken) if length <= 1 and len(word) >= _SHORTEST_GLUED and not _exact(word, spoken) else ()
        )
        if glued:
            found += glued
            position += 1
        elif length:
            found.append(Word(" ".join(split[position : position + length]), meanings))
            position += length
        else:
            found.append(_guess(word, spoken))
            position += 1
    return tuple(found)


def _longest(words: Sequence[str], position: int, spoken: frozenset[str]) -> tuple[int, frozenset[Meaning]]:
    """The longest phrase of the lexicon that begins here: its number of words and its meanings; 0 where none does."""
    for length in range(min(_LONGEST_PHRASE, len(words) - position), 0, -1):
        meanings = _look_up(tuple(words[position : position + length]), spoken, whole=length == len(words))
        if meanings:
            return length, meanings
    return 0, frozenset()


@lru_cache(maxsize=16384)
def _look_up(phrase: tuple[str, ...], spoken: frozenset[str], *, whole: bool) -> frozenset[Meaning]:
    plain = tuple(_ARABIC_ARTICLE.sub("", word) for word in phrase)
    found = {
        Meaning(entry.concept, entry.language)
        for entry in _by_first(plain[0], len(plain))
        if all(_fits(word, pattern) for word, pattern in zip(plain, entry.words, strict=True))
        and _counts(entry, spoken, whole)
    }
    if len(phrase) == 1 and phrase[0].isdigit():
        found.add(Meaning(f"D{int(phrase[0])}", ""))
    return frozenset(found)


def _counts(entry: Entry, spoken: frozenset[str], whole: bool) -> bool:
    if entry.language == "en":
        return not entry.shy or whole
    short = len(entry.words) == 1 and len(entry.words[0]) <= 3 and entry.words[0].isascii()
    shy = entry.shy or (short and entry.concept not in _KEPT_SHORT)
    return not shy or entry.language in spoken


def _fits(word: str, pattern: str) -> bool:
    if not pattern.endswith("*"):
        return word == pattern
    stem = pattern[:-1]
    return word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING


@cache
def _index() -> tuple[dict[tuple[str, int], list[Entry]], dict[tuple[str, int], list[Entry]]]:
    exact: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    stems: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries():
        plain = tuple(_ARABIC_ARTICLE.sub("", word) for word in entry.words)
        bare = Entry(plain, entry.concept, entry.language, entry.shy)
        first = plain[0]
        if first.endswith("*"):
            stems[first[:-1], len(plain)].append(bare)
        else:
            exact[first, len(plain)].append(bare)
    return dict(exact), dict(stems)


def _by_first(word: str, length: int) -> Iterable[Entry]:
    exact, stems = _index()
    yield from exact.get((word, length), ())
    for end in range(2, len(word) + 1):
        yield from stems.get((word[:end], length), ())


def _guess(word: str, spoken: frozenset[str]) -> Word:
    if len(word) < 3 or word.isdigit():
        return Word(word, frozenset())
    meanings = _misspelled(word, spoken) or _abbreviated(word, spoken)
    return Word(word, meanings, GUESS if meanings else 0.0)


def _exact(word: str, spoken: frozenset[str]) -> bool:
    """Whether a word is in the lexicon as it stands, or with an ending of its language that is no word itself (`VALORIVA`)."""
    if word in _vocabulary(spoken):
        return True
    stems = _stems(spoken)
    return any(
        word[:end] in stems and _vocabulary(spoken).get(word[end:], frozenset()) <= {"NOISE"}
        for end in range(max(1, len(word) - 3), len(word) + 1)
    )


@lru_cache(maxsize=64)
def _stems(spoken: frozenset[str]) -> frozenset[str]:
    return frozenset(
        entry.words[0][:-1]
        for entry in entries()
        if len(entry.words) == 1 and entry.words[0].endswith("*") and _counts(entry, spoken, whole=False)
    )


@lru_cache(maxsize=4096)
def _unglue(word: str, spoken: frozenset[str]) -> tuple[Word, ...]:
    """The words that `word` is made of, run together (`TOTALVALUEUSD`); none where a letter would be left over."""
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(word)
    parts = _parts(spoken)
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - 16), end - 1):
            before, part = best[start], word[start:end]
            if before is None or part not in parts or (start == 0 and end == len(word)):
                continue
            cost = before[0] + _PART_COSTS.get(len(part), 1.0) + 1.3 * (len(part) == 2 and part not in _SHORT_PARTS)
            held = best[end]
            if held is None or cost < held[0]:
                best[end] = (cost, (*before[1], part))
    last = best[len(word)]
    # as many two-letter words as the word has five letters is chance, not glue
    if last is None or last[0] > 1 + len(word) / 2.8:
        return ()
    found: list[Word] = []
    position = 0
    while position < len(last[1]):
        length, meanings = _longest(last[1], position, spoken)
        if not length:
            return ()
        found.append(Word(" ".join(last[1][position : position + length]), meanings, GUESS / len(last[1])))
        position += length
    return tuple(found) if len(last[1]) > 1 else ()


@lru_cache(maxsize=64)
def _parts(spoken: frozenset[str]) -> frozenset[str]:
    """Words of which a glued header can be made: those of phrases too."""
    found: set[str] = set()
    for entry in entries():
        if _counts(entry, spoken, whole=False):
            for word in entry.words:
                stem = word.rstrip("*")
                if stem.isascii() and (len(stem) > 2 or stem in _SHORT_PARTS):
                    found |= {stem, stem + "s"} if word.endswith("*") else {stem}
    return frozenset(found)


@lru_cache(maxsize=64)
def _vocabulary(spoken: frozenset[str]) -> dict[str, frozenset[str]]:
    """Single words that can stand alone, to their concepts."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries():
        word = entry.words[0].rstrip("*")
        if len(entry.words) == 1 and len(word) > 1 and not wide(word) and _counts(entry, spoken, whole=False):
            if len(word) == 2 and entry.language != "en" and entry.language not in spoken:
                continue
            found[word].add(entry.concept)
    return {word: frozenset(concepts) for word, concepts in found.items()}


@lru_cache(maxsize=64)
def _by_letter(spoken: frozenset[str]) -> dict[str, tuple[tuple[str, str, frozenset[str]], ...]]:
    """The vocabulary by first letter: word, its consonants, its concepts."""
    found: dict[str, list[tuple[str, str, frozenset[str]]]] = defaultdict(list)
    for word, concepts in _vocabulary(spoken).items():
        if len(word) > 4:
            found[word[0]].append((word, _VOWELS.sub("", word), concepts - {"NOISE"}))
    return {letter: tuple(words) for letter, words in found.items()}


@lru_cache(maxsize=4096)
def _misspelled(word: str, spoken: frozenset[str]) -> frozenset[Meaning]:
    allowed = 0 if len(word) < 5 else 1 if len(word) < 8 else 2
    if not allowed:
        return frozenset()
    best: dict[int, set[str]] = defaultdict(set)
    for known, _, concepts in _by_letter(spoken).get(word[0], ()):
        if abs(len(known) - len(word)) <= allowed:
            distance = int(OSA.distance(word, known, score_cutoff=allowed))
            if distance <= allowed:
                best[distance] |= concepts
    return _one_sided(best[min(best)]) if best else frozenset()


@lru_cache(maxsize=4096)
def _abbreviated(word: str, spoken: frozenset[str]) -> frozenset[Meaning]:
    """Concepts of the words that `word` shortens, by its beginning or by its consonants; none where they disagree."""
    bones = _VOWELS.sub("", word)
    skeleton = len(bones) == len(word)
    meant = {
        concepts
        for known, known_bones, concepts in _by_letter(spoken).get(word[0], ())
        if len(known) >= max(6, len(word) + 2)
        and ((len(word) > 3 and known.startswith(word)) or (skeleton and known_bones.startswith(bones)))
    }
    return _one_sided(frozenset.intersection(*meant)) if meant else frozenset()


def _one_sided(concepts: Iterable[str]) -> frozenset[Meaning]:
    """A guess that could be either side of a shipment (`CONSIGNER`, `CONSGNE`) is no guess."""
    held = frozenset(concepts)
    both = held & {"SHIPPER", "EXPORTER", "SUPPLIER"} and held & {"CONSIGNEE", "IMPORTER", "BUYER"}
    return frozenset() if both else frozenset(Meaning(concept, "") for concept in held)


@cache
def _wide_words() -> dict[str, frozenset[Meaning]]:
    found: dict[str, set[Meaning]] = defaultdict(set)
    for entry in entries():
        if len(entry.words) == 1 and wide(entry.words[0]):
            found[entry.words[0]].add(Meaning(entry.concept, entry.language))
    return {word: frozenset(meanings) for word, meanings in found.items()}


@lru_cache(maxsize=4096)
def _segment_wide(text: str, spoken: frozenset[str]) -> tuple[Word, ...]:
    """Words of a script without spaces: as few as possible, as few letters left over as possible."""
    known = _wide_words()
    best: list[tuple[int, tuple[Word, ...]]] = [(0, ())]
    for end in range(1, len(text) + 1):
        cost, words = best[end - 1]
        options = [(cost + 3, (*words, Word(text[end - 1], frozenset())))]
        for start in range(max(0, end - _LONGEST_WIDE), end):
            meanings = known.get(text[start:end])
            if meanings:
                heard = frozenset(m for m in meanings if m.language in spoken) or meanings
                options.append((best[start][0] + 1, (*best[start][1], Word(text[start:end], heard))))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]
