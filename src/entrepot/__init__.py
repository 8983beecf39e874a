"""Entrepot: which controlled goods reached whom, through where, and which claims the records bear out."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["About", "Added", "Case", "__version__", "init", "open", "verify", "write_dossier"]

if TYPE_CHECKING:
    from entrepot.api import About, Added, Case, init, open, verify, write_dossier


def __getattr__(name: str) -> object:
    """The API is loaded on first use, so that importing one room does not load them all."""
    if name in __all__:
        from entrepot import api

        return getattr(api, name)
    raise AttributeError(f"module 'entrepot' has no attribute {name!r}")
