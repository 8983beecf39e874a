"""Entrepot: which controlled goods reached whom, through where, and which claims the records bear out."""

__version__ = "0.1.0"
