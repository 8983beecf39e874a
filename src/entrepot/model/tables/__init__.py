"""Every table of a case, declared once; one module per concept."""

from entrepot.model.schema import Table
from entrepot.model.tables import business, checks, findings, goods, lists, parties, reports, routes, shipments, sources

TABLES: dict[str, Table] = {
    table.name: table
    for module in (sources, shipments, lists, reports, goods, parties, routes, business, findings, checks)
    for table in module.TABLES
}
"""All tables by name."""

__all__ = ["TABLES"]
