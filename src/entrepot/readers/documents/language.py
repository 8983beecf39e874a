"""Tells a text's language by its script and its function words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from entrepot.readers.documents.lexicon import language_words

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
"""Characters looked at: a few thousand words settle it."""
_MIN_SHARE = 0.08
"""Share of words that must be the language's function words. Running text in the twelve languages has .2 to .45;
tables, menus and other languages stay under .06."""


def detect_language(text: str) -> str:
    """ISO 639-1 code, `und` where it cannot be told."""
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return "und"
    counts = Counter(words)
    best, share = "und", 0.0
    for language, known in language_words().items():
        got = sum(counts[word] for word in known) / len(words)
        if got > share:
            best, share = language, got
    return best if share >= _MIN_SHARE else "und"


_BY_SCRIPT = {"CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "ARABIC": "ar", "HEBREW": "he"}


def _script(sample: str) -> str:
    """The first word of the Unicode name that most letters share; kana anywhere in Han text is Japanese."""
    found: Counter[str] = Counter()
    for char in sample[:4000]:
        if char.isalpha():
            found[unicodedata.name(char, "?").split(" ")[0].split("-")[0]] += 1
    if not found:
        return ""
    top = found.most_common(1)[0][0]
    if top == "CJK" and found["HIRAGANA"] + found["KATAKANA"] > found["CJK"] * 0.05:
        return "HIRAGANA"
    return top
