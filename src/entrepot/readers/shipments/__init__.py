"""Customs files to canonical shipments."""

from entrepot.readers.shipments.columns import Columns, SourceColumn
from entrepot.readers.shipments.load import Loaded, load

__all__ = ["Columns", "Loaded", "SourceColumn", "load"]
