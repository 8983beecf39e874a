"""The pages of the workbench: one module a subject, each with its router."""

from entrepot.web.pages import (
    findings,
    goods,
    lists,
    marking,
    parties,
    records,
    reports,
    review,
    routes,
    search,
    sources,
    start,
)

ROUTERS = tuple(
    module.router
    for module in (start, search, findings, marking, parties, records, routes, goods, reports, lists, sources, review)
)

__all__ = ["ROUTERS"]
