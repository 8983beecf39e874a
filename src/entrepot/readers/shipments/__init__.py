"""Customs files to canonical shipments."""

from entrepot.readers.shipments.columns import Columns, SourceColumn, unique_header
from entrepot.readers.shipments.load import Loaded, load

__all__ = ["Columns", "Loaded", "SourceColumn", "load", "unique_header"]
