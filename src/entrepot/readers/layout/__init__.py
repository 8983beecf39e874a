"""Recognises how a customs file lays out its columns, and lets a person correct it."""

from entrepot.readers.layout.layout import Layout, Mapped
from entrepot.readers.layout.recognise import header_of, layout_of, recognise

__all__ = ["Layout", "Mapped", "header_of", "layout_of", "recognise"]
