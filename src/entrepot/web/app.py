"""The application: pages, data for maps and charts, the HTTP API, and how errors are answered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from entrepot import __version__
from entrepot.casework.case import Case
from entrepot.errors import EntrepotError
from entrepot.web import api, pages
from entrepot.web.desk import FOLDER, Desk
from entrepot.web.failures import answer_error, answer_http, answer_invalid, answer_preparing, answer_slow
from entrepot.web.guard import Guard
from entrepot.web.reader import TooSlow
from entrepot.web.screening import Screener
from entrepot.web.settings import Settings
from entrepot.web.shelf import Preparing


def create_app(case: Case, settings: Settings | None = None) -> FastAPI:
    """The workbench of a case; pages are laid out at the first request where `Shelf.prepare` was not called before."""
    chosen = settings or Settings()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.shelf.close()
        desk.workshop.close()

    app = FastAPI(
        title="Entrepot", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        description="The workbench of one case, as an HTTP API. Indicators, not verdicts: a finding says which rule fired on which rows.",
    )  # fmt: skip
    desk = Desk.of(case, chosen)
    app.state.desk = desk
    app.state.screener = Screener()
    for router in (*pages.ROUTERS, *api.ROUTERS):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    app.add_middleware(Guard, settings=chosen)
    app.add_exception_handler(Preparing, answer_preparing)
    app.add_exception_handler(TooSlow, answer_slow)
    app.add_exception_handler(EntrepotError, answer_error)
    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    return app
