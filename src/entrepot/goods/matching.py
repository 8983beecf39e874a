"""Finds many phrases at once in text, across scripts that look alike, spacing, dashes and endings."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType

from entrepot.goods.lexicon import rows

_ATOM = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d+")
_PATTERN_ATOM = re.compile(r"[\u3400-\u9fff]\*?|[^\W\d_\u3400-\u9fff]+\*?|\d+\*?")
_GAP = re.compile(r"[\s.\-\u2010-\u2015_/\\'\"’”“«»+]{0,3}")
_DECIMAL_GAP = re.compile(r"[.,]")
_SUFFIX = re.compile(r"[a-z]{1,2}(?![a-z0-9])")
_MOST_SPELLINGS = 32


@dataclass(frozen=True, slots=True)
class Folded:
    """Text with look-alike letters made one, and where each folded character came from."""

    text: str
    offsets: tuple[int, ...] | None
    atoms: tuple[tuple[str, int, int], ...]
    """Runs of letters, runs of digits, single Han characters: (atom, first, after the last) in `text`."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Folded positions to positions in the original text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its key, the atoms it covers, and its place in the folded text."""

    key: int
    first_atom: int
    last_atom: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    key: int
    atoms: tuple[str, ...]
    open: tuple[bool, ...]
    suffix: bool


@dataclass(slots=True)
class PhraseIndex:
    """Phrases compiled for matching. The cost of a text is its number of atoms, however many phrases there are."""

    _exact: dict[str, list[_Phrase]] = field(default_factory=dict)
    _prefix: dict[str, list[_Phrase]] = field(default_factory=dict)
    _seen: dict[str, tuple[_Phrase, ...]] = field(default_factory=dict)

    def add(self, phrase: str, key: int, *, designator: bool = False) -> None:
        """Add a phrase; `*` after a word takes any ending; a designator matches in each of its spellings.

        Raises:
            ValueError: the phrase has no letter and no digit.
        """
        spellings = _spellings(phrase) if designator else {fold(phrase).text}
        for spelling in spellings:
            parts = _PATTERN_ATOM.findall(spelling)
            if not parts:
                raise ValueError(f"nothing to match in {phrase!r}")
            compiled = _Phrase(
                key,
                tuple(part.rstrip("*") for part in parts),
                tuple(part.endswith("*") for part in parts),
                designator,
            )
            where = self._prefix if compiled.open[0] else self._exact
            where.setdefault(compiled.atoms[0], []).append(compiled)
        self._seen.clear()

    def find(self, folded: Folded) -> list[Match]:
        """All matches, in order of place; of matches with one key that overlap only the longest."""
        best: dict[tuple[int, int], Match] = {}
        atoms = folded.atoms
        for at, (atom, start, _) in enumerate(atoms):
            for phrase in self._starting(atom):
                last = self._matches(folded, at, phrase)
                if last is None:
                    continue
                known = best.get((phrase.key, at))
                if known is None or last > known.last_atom:
                    best[phrase.key, at] = Match(phrase.key, at, last, start, atoms[last][2])
        ordered = sorted(best.values(), key=lambda m: (m.start, -m.end, m.key))
        kept: list[Match] = []
        reached: dict[int, int] = {}
        for match in ordered:
            if match.start >= reached.get(match.key, 0):
                kept.append(match)
                reached[match.key] = match.end
        return kept

    def _starting(self, atom: str) -> tuple[_Phrase, ...]:
        found = self._seen.get(atom)
        if found is None:
            listed = list(self._exact.get(atom, ()))
            for length in range(1, len(atom) + 1):
                listed += self._prefix.get(atom[:length], ())
            found = tuple(listed)
            if len(self._seen) < 200_000:
                self._seen[atom] = found
        return found

    def _matches(self, folded: Folded, at: int, phrase: _Phrase) -> int | None:
        atoms, text = folded.atoms, folded.text
        last = at + len(phrase.atoms) - 1
        if last >= len(atoms):
            return None
        for offset, (want, is_open) in enumerate(zip(phrase.atoms, phrase.open, strict=True)):
            have = atoms[at + offset][0]
            if not (have.startswith(want) if is_open else have == want):
                return None
            if offset and not _joins(
                text[atoms[at + offset - 1][2] : atoms[at + offset][1]], atoms[at + offset - 1][0], have
            ):
                return None
        start, end = atoms[at][1], atoms[last][2]
        if start and text[start - 1].isalnum() and not _is_han(text[start - 1]) and not _is_han(text[start]):
            return None
        if end < len(text) and text[end].isalnum() and not phrase.open[-1]:
            if _is_han(text[end]) or _is_han(text[end - 1]):
                return last
            if not (phrase.suffix and text[end - 1].isdigit() and _SUFFIX.match(text, end)):
                return None
        return last


def fold(text: str) -> Folded:
    """Lower case, compatibility forms and accents folded, Cyrillic to the Latin letter it looks like or stands for."""
    if text.isascii():
        plain = text.lower()
        offsets = None
    else:
        parts: list[str] = []
        places: list[int] = []
        for at, character in enumerate(text):
            folded = _fold_character(character)
            parts.append(folded)
            places += [at] * len(folded)
        plain = "".join(parts)
        offsets = tuple(places)
    return Folded(plain, offsets, tuple((m.group(), m.start(), m.end()) for m in _ATOM.finditer(plain)))


@cache
def _skeletons() -> Mapping[str, tuple[str, str]]:
    found = {}
    for row in rows("lookalikes.tsv"):
        values = (row["skeleton"].strip("-"), row["transliteration"].strip("-"))
        found[row["letter"].lower()] = values
    return MappingProxyType(found)


@lru_cache(maxsize=20_000)
def _fold_character(character: str) -> str:
    lower = character.casefold()
    if lower in _skeletons():
        return _skeletons()[lower][0]
    if lower == "ı":
        return "i"
    wide = unicodedata.normalize("NFKD", lower)
    return "".join(_skeletons().get(c, (c,))[0] for c in wide if not unicodedata.combining(c))


def _spellings(phrase: str) -> set[str]:
    """The phrase in its skeleton and its transliterations: `6Ш117` as `6sh117`; `1В13` as `1b13` and `1v13`."""
    choices = []
    for character in phrase.casefold():
        if character in _skeletons():
            choices.append(tuple(dict.fromkeys(_skeletons()[character])))
        else:
            choices.append((_fold_character(character),))
    found = {fold(phrase).text}
    for combination in itertools.islice(itertools.product(*choices), _MOST_SPELLINGS):
        found.add("".join(combination))
    found.add("".join(choice[-1] for choice in choices))
    return found


def _joins(gap: str, before: str, after: str) -> bool:
    if _GAP.fullmatch(gap):
        return True
    return bool(before[-1].isdigit() and after[0].isdigit() and _DECIMAL_GAP.fullmatch(gap))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def index(phrases: Iterable[tuple[str, int]], *, designators: bool = False) -> PhraseIndex:
    """An index over (phrase, key) pairs."""
    made = PhraseIndex()
    for phrase, key in phrases:
        made.add(phrase, key, designator=designators)
    return made
