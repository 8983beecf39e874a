"""Initials that another script writes by the names of the English letters: `비엠티` and `ビー・エム・ティ` are BMT."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from entrepot.parties.datafile import rows


@lru_cache(maxsize=1 << 14)
def spelled_letters(word: str, script: str) -> str:
    """The Latin letters that a whole word in another script names, from two letters on; nothing where it is another word.

    `and` between letters is left out (`엘앤에프`: `lf`).
    """
    names = _names(script)
    if not names:
        return ""
    best: list[str | None] = [""] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _longest(script)), end):
            letter, before = names.get(word[start:end]), best[start]
            # of several cuts the one with fewest letters: 에이 is A and not E, I
            if letter is not None and before is not None and (best[end] is None or len(before) < len(best[end] or "")):
                best[end] = before + letter
    found = (best[-1] or "").replace("-", "")
    return found if len(found) > 1 else ""


def is_letter(word: str, script: str) -> bool:
    """Whether a word in another script is the name of one letter, or of `and` between letters."""
    return word in _names(script)


def closed_up(name: str) -> str:
    """A name with the points between the names of letters in Kana taken out: `ビー・エム・エル株式会社`."""
    return _pointed().sub(lambda match: match.group().replace("・", ""), name) if "・" in name else name


@cache
def _pointed() -> re.Pattern[str]:
    name = "(?:" + "|".join(map(re.escape, sorted(_names("Kana"), key=len, reverse=True))) + ")"
    return re.compile(f"(?<![ァ-ヿ])(?:{name}・)+{name}(?![ァ-ヿ])")


def spelled_runs(word: str, script: str) -> list[tuple[int, int]]:
    """Where a word in Hangul or Kana names two letters or more in a row, one of them by a name that no other word has."""
    pattern = _pattern(script)
    if pattern is None:
        return []
    found = []
    for match in pattern.finditer(word):
        start, end = match.span()
        if end < len(word) and word[end] in _NOT_FIRST:
            continue
        if _sure(script).search(match.group()) and spelled_letters(match.group(), script):
            found.append((start, end))
    return found


_NOT_FIRST = frozenset("ァィゥェォッャュョーン")
"""Kana that continue a syllable, so that no word begins with them."""


@cache
def _names(script: str) -> dict[str, str]:
    return {name: letter for of, name, letter, *_ in rows("letter_names") if of == script}


@cache
def _longest(script: str) -> int:
    return max(map(len, _names(script)))


@cache
def _pattern(script: str) -> re.Pattern[str] | None:
    names = sorted(_names(script), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, names))}){{2,}}") if names else None


@cache
def _sure(script: str) -> re.Pattern[str]:
    sure = [name for of, name, _, source in rows("letter_names") if of == script and source.endswith("sure")]
    return re.compile("|".join(map(re.escape, sure)) if sure else "(?!)")
