"""The text of a parsed paragraph, kept by its parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "entrepot_text"
_FOUND = "entrepot_found"
_PARTED = "entrepot_parted"


def keep_text(doc: Doc, text: str) -> Doc:
    """Remember the text that a paragraph was parsed from: spaCy puts `Doc.text` together from its tokens at every call,
    which was a tenth of the rules' time."""
    doc.user_data[_KEY] = text
    return doc


def keep_parted(doc: Doc) -> Doc:
    """Remember that words of this paragraph were parted."""
    doc.user_data[_PARTED] = True
    return doc


def spaced(doc: Doc, start: int, end: int) -> str:
    """The words of some tokens, with a space between words that were parted."""
    if _PARTED not in doc.user_data:
        return str(doc[start:end].text)
    out = ""
    for token in doc[start:end]:
        joined = token.i > start and token.is_alpha and doc[token.i - 1].is_alpha and not doc[token.i - 1].whitespace_
        out += (" " if joined else "") + token.text_with_ws
    return out.strip()


def remembered(doc: Doc, what: str) -> dict[int, object]:
    """What was found of a paragraph's tokens before, by token: a parse does not change, and the same tokens are asked about
    many times.

    Args:
        doc: the paragraph.
        what: which finding.
    """
    kept = doc.user_data.setdefault((_FOUND, what), {})
    assert isinstance(kept, dict)
    return kept


def holds(doc: Doc, pattern: re.Pattern[str]) -> bool:
    """Whether a paragraph holds a pattern anywhere, sought once."""
    kept = doc.user_data.setdefault((_FOUND, "holds"), {})
    assert isinstance(kept, dict)
    if pattern not in kept:
        kept[pattern] = pattern.search(text_of(doc)) is not None
    return bool(kept[pattern])


def text_of(doc: Doc) -> str:
    """The paragraph's text."""
    kept = doc.user_data.get(_KEY)
    return kept if isinstance(kept, str) else doc.text
