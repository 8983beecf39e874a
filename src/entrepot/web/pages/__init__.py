"""The pages of the workbench: one module a subject, each with its router."""

from entrepot.web.pages import findings, marking, records, sources, start

ROUTERS = (start.router, findings.router, marking.router, records.router, sources.router)

__all__ = ["ROUTERS"]
