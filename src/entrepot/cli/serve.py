"""The command that serves a case in a browser."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from entrepot.cli.output import err, safe


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
    from entrepot.web.warm import warm

    settings = Settings.of(host, port, read_only=read_only)
    app = create_app(Case(case), settings)
    app.state.desk.shelf.prepare(_tell)
    warm(app)
    server = uvicorn.Server(
        uvicorn.Config(app, host=host, port=port, log_level=logging.WARNING, server_header=False, timeout_keep_alive=20)
    )
    socket = server.config.bind_socket()
    bound = socket.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{bound}/"
    if settings.token is None:
        err.print(Text(f"Workbench: {address}  (Ctrl-C to stop)"))
    else:
        err.print(Text(f"Workbench: {address}?token={settings.token}  (Ctrl-C to stop)"))
        err.print(Text("Whoever has this address reads the case. It is printed once; connections are not encrypted."))
    server.run(sockets=[socket])


def _tell(what: str, done: int, steps: int) -> None:
    err.print(Text(f"[{done}/{steps}] {safe(what)}"))
