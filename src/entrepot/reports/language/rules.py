"""Reads attributions in languages without a parser, by patterns kept as data."""

from __future__ import annotations

from entrepot.readers.documents import Document
from entrepot.reports.claim import Claim


def has_rules(language: str) -> bool:
    """Whether there are patterns for a language."""
    return False


def read_by_rules(document: Document) -> list[Claim]:
    """Claims of a document by its language's patterns."""
    return []
