"""Asks the first pages once before anyone else does: what they keep for a whole build is then in memory."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI

from entrepot.web.reader import Reader

FIRST = ("/", "/review", "/search?q=a", "/findings", "/parties")
"""Pages whose first request reads much more than the later ones: 2.3 s and 1.1 s for the first two at ten million shipments,
then 30 and 180 ms."""


SUBJECTS = {
    "/party/{}": 'SELECT party_id FROM party_heads ORDER BY "rows" DESC, party_id LIMIT 1',
    "/goods/{}": "SELECT hs6 FROM code_pages ORDER BY hs6 LIMIT 1",
    "/chain/{}": "SELECT chain_id FROM chain_pages ORDER BY chain_id LIMIT 1",
    "/findings/{}": "SELECT finding_id FROM finding_heads ORDER BY finding_id LIMIT 1",
    "/record/{}/{}": "SELECT source_id, row_number FROM shipments LIMIT 1",
}
"""One page of each kind that needs a subject, and the query that finds one: a party's first page takes 400 ms at ten million
shipments, then 140."""


def first_pages(reader: Reader) -> tuple[str, ...]:
    """The addresses worth asking first in this case."""
    found = ((address, reader.first(sql)) for address, sql in SUBJECTS.items())
    return (*FIRST, *(address.format(*map(str, row.values())) for address, row in found if row))


def warm(app: FastAPI, addresses: tuple[str, ...]) -> list[int]:
    """The HTTP status of each address, asked inside this process; nothing is opened to the network.

    A server with a token answers 401: its first reader waits as before.
    """
    with ThreadPoolExecutor(1) as apart:  # the caller's thread may have a loop of its own
        return [apart.submit(asyncio.run, _ask(app, address)).result() for address in addresses]


async def _ask(app: FastAPI, address: str) -> int:
    parts = urlsplit(address)
    status = 0
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": parts.path,
        "raw_path": parts.path.encode(), "query_string": parts.query.encode(), "root_path": "", "headers": [(b"host", b"127.0.0.1")],
        "client": ("127.0.0.1", 0), "server": ("127.0.0.1", 0),
    }  # fmt: skip

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = int(message["status"])

    await app(scope, receive, send)
    return status
