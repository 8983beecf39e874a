"""The text of a parsed paragraph, kept by its parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "entrepot_text"


def keep_text(doc: Doc, text: str) -> Doc:
    """Remember the text that a paragraph was parsed from: spaCy puts `Doc.text` together from its tokens at every call,
    which was a tenth of the rules' time."""
    doc.user_data[_KEY] = text
    return doc


def text_of(doc: Doc) -> str:
    """The paragraph's text."""
    kept = doc.user_data.get(_KEY)
    return kept if isinstance(kept, str) else doc.text
