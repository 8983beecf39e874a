"""What `entrepot serve` listens on."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI

from entrepot.cli.serve import listen


def test_a_connection_sends_at_once_what_is_written() -> None:
    with listen(uvicorn.Server(uvicorn.Config(FastAPI(), port=0, log_level="error"))) as listening:
        listening.listen()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
