"""Readers of a language: from paragraphs to parses, behind one interface."""

from entrepot.reports.language.english import EnglishParser

__all__ = ["EnglishParser"]
