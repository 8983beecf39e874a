"""Words of a header to concepts: phrases first, then words, then glued, misspelled and abbreviated ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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

_LONGEST_ENDING = 7
"""Letters of an ending after a stem: Turkish `ihracat-çı-sının`, Russian `-ательного`."""

_ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|لل|ال)(?=\w{3})")
_SCRIPTS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+|[^\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")
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
    """

    text: str
    meanings: frozenset[Meaning]
    cost: float = 0.0

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset(meaning.concept for meaning in self.meanings)


def read_words(words: Sequence[str], spoken: frozenset[str]) -> tuple[Word, ...]:
    """The folded words of one header, read; `spoken` are the languages of the table."""
    split = [part for word in words for part in _SCRIPTS.findall(word)]
    found: list[Word] = []
    position = 0
    while position < len(split):
        if wide(split[position]):
            found += _segment_wide(split[position], spoken)
            position += 1
            continue
        for length in range(min(_LONGEST_PHRASE, len(split) - position), 0, -1):
            phrase = tuple(split[position : position + length])
            glued = _unglue(phrase[0], spoken) if length == 1 and _may_be_glued(phrase[0], spoken) else None
            meanings = frozenset() if glued else _look_up(phrase, spoken, whole=length == len(split))
            if meanings:
                found.append(Word(" ".join(phrase), meanings))
                position += length
                break
        else:
            found += _guess(split[position], spoken)
            position += 1
    return tuple(found)


def _may_be_glued(word: str, spoken: frozenset[str]) -> bool:
    """Whether a long word that is in no list as it stands is rather several words than one with a long ending."""
    if len(word) < 8 or word in _vocabulary(spoken):
        return False
    parts = _unglue(word, spoken)
    return parts is not None and all(len(part) > 2 or part in {"of", "hs", "no", "kg", "gt", "bl", "be"} for part in parts)


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


def _guess(word: str, spoken: frozenset[str]) -> list[Word]:
    if len(word) < 3 or word.isdigit():
        return [Word(word, frozenset())]
    glued = _unglue(word, spoken) if len(word) >= 6 else None
    if glued:
        return [Word(part, _look_up((part,), spoken, whole=False), GUESS / len(glued)) for part in glued]
    meanings = _misspelled(word, spoken) or _abbreviated(word, spoken)
    return [Word(word, meanings, GUESS if meanings else 0.0)]


@lru_cache(maxsize=4096)
def _unglue(word: str, spoken: frozenset[str]) -> tuple[str, ...] | None:
    """The words that `word` is made of, run together (`TOTALVALUEUSD`); None where a letter would be left over."""
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(end - 2, -1, -1):
            before = best[start]
            part = word[start:end]
            if before is None or (start == 0 and end == len(word)):
                continue
            if part not in _vocabulary(spoken):
                continue
            cost = before[0] + 1 + (1.0 if len(part) == 2 else 0.0)
            held = best[end]
            if held is None or cost < held[0]:
                best[end] = (cost, (*before[1], part))
    last = best[len(word)]
    # as many two-letter words as the word has four letters is chance, not glue
    return last[1] if last and last[0] <= 1 + len(word) / 3.2 else None


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
    return frozenset(Meaning(concept, "") for concept in best[min(best)]) if best else frozenset()


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
    shared = frozenset.intersection(*meant) if meant else frozenset()
    return frozenset(Meaning(concept, "") for concept in shared)


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
        for start in range(max(0, end - 12), end):
            meanings = known.get(text[start:end])
            if meanings:
                heard = frozenset(m for m in meanings if m.language in spoken) or meanings
                options.append((best[start][0] + 1, (*best[start][1], Word(text[start:end], heard))))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]
