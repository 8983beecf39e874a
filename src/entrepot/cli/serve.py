"""The command that serves a case in a browser."""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from entrepot.cli.output import err, safe

if TYPE_CHECKING:
    import uvicorn


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("serve")(serve)


def serve(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")],
    host: Annotated[
        str, typer.Option(help="Address to listen on. Any but this machine's own needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 for any that is free.")] = 8765,
    read_only: Annotated[bool, typer.Option("--read-only", help="Refuse judgements, notes and marks.")] = False,
) -> None:
    """Show the case in a browser, until stopped with Ctrl-C."""
    # the workbench takes a second to import, which other commands need not wait for
    import uvicorn

    from entrepot.casework.case import Case
    from entrepot.web.app import create_app
    from entrepot.web.settings import Settings
    from entrepot.web.warm import first_pages, warm

    settings = Settings.of(host, port, read_only=read_only)
    app = create_app(Case(case), settings)
    app.state.desk.shelf.prepare(_tell)
    warm(app, first_pages(app.state.desk.reader))
    server = uvicorn.Server(
        uvicorn.Config(app, host=host, port=port, log_level=logging.WARNING, server_header=False, timeout_keep_alive=20)
    )
    listening = listen(server)
    bound = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{bound}/"
    if settings.token is None:
        err.print(Text(f"Workbench: {address}  (Ctrl-C to stop)"))
    else:
        err.print(Text(f"Workbench: {address}?token={settings.token}  (Ctrl-C to stop)"))
        err.print(Text("Whoever has this address reads the case. It is printed once; connections are not encrypted."))
    server.run(sockets=[listening])


def listen(server: uvicorn.Server) -> socket.socket:
    """The socket that a server listens on, of which every connection sends at once what is written to it.

    asyncio sets this only where the protocol is named, which uvicorn's own socket does not: without it a page on a connection that
    is kept waits 40 ms until the browser has acknowledged the headers (Nagle's algorithm and delayed acknowledgement, RFC 1122
    4.2.3.4 and 4.2.3.2).
    """
    listening = server.config.bind_socket()
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _tell(what: str, done: int, steps: int) -> None:
    err.print(Text(f"[{done}/{steps}] {safe(what)}"))
