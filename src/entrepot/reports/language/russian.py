"""Names in Russian by natasha's tagger, where the extra is installed."""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING

from entrepot.reports.naming import Mention

if TYPE_CHECKING:
    from natasha import NewsNERTagger, Segmenter

_KINDS = {"ORG": "organisation", "PER": "person", "LOC": "place"}


def russian_names(text: str) -> list[Mention] | None:
    """Organisations, persons and places of a text in order; None where natasha is not installed.

    Names stay in the case in which they stand: natasha's morphology asks for a module that newer Pythons do not ship, its
    tagger does not.
    """
    found = _tagger()
    if found is None:
        return None
    segmenter, tagger = found
    from natasha import Doc

    doc = Doc(text)
    doc.segment(segmenter)
    doc.tag_ner(tagger)
    return [Mention(_KINDS[span.type], span.text, span.start, span.stop) for span in doc.spans if span.type in _KINDS]


def has_tagger() -> bool:
    """Whether natasha is installed."""
    return _tagger() is not None


@cache
def _tagger() -> tuple[Segmenter, NewsNERTagger] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pymorphy2 warns about modules of old Pythons
            from natasha import NewsEmbedding, NewsNERTagger, Segmenter
    except ImportError:
        return None
    return Segmenter(), NewsNERTagger(NewsEmbedding())
