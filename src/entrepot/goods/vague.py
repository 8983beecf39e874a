"""Says why a goods text is too vague to classify."""

from __future__ import annotations

import re

from entrepot.goods.lexicon import stop_words, vague_terms
from entrepot.goods.words import plain, stems

_WORD = re.compile(r"[^\W\d_]+")


def why_vague(text: str) -> str | None:
    """The reason for which `text` cannot be classified, or None.

    Vague are: an empty text, one without a word, and a text that as a whole is one of HMRC's or our vague terms
    (`uk_vague.tsv`, `vague_terms.tsv`), with or without counts, punctuation and plural.
    """
    return why_vague_plain(plain(text))


def why_vague_plain(clean: str) -> str | None:
    """`why_vague` of a text that `plain` has gone over."""
    if not clean:
        return "empty text"
    words = [word for word in _WORD.findall(clean) if word not in stop_words()]
    if not any(stems(word) for word in words):
        return "no word in it"
    if clean in vague_terms() or " ".join(words) in vague_terms():
        return f"too vague: {clean[:60]!r} fits many headings"
    return None
