"""The pages of the workbench: one module a subject, each with its router."""

from entrepot.web.pages import (
    dossiers,
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
    for module in (
        start,
        search,
        findings,
        marking,
        parties,
        records,
        routes,
        goods,
        reports,
        lists,
        sources,
        review,
        dossiers,
    )
)

__all__ = ["ROUTERS"]
