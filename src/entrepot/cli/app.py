"""The commands, and how errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from entrepot import __version__
from entrepot.cli import casebook, dossier, flows, goods, names, oneoff, reports, review, serve
from entrepot.cli.output import err, print_json
from entrepot.errors import EntrepotError, UsageError

app = typer.Typer(
    name="entrepot",
    help="Which controlled goods reached whom, and through where; and which published claims the records support.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
casebook.register(app)
dossier.register(app)
oneoff.register(app)
reports.register(app)
flows.register(app)
goods.register(app)
names.register(app)
review.register(app)
serve.register(app)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:
        sys.stdout.write(f"entrepot {__version__}\n")
        raise typer.Exit


def run() -> None:
    """Run the command line: 0 on success, 1 where the input is wrong, 2 where the command was called wrongly."""
    try:
        app()
    except EntrepotError as error:
        _say(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if error.filename is None or error.strerror is None:
            raise
        what = f"{error.strerror[:1].lower()}{error.strerror[1:]}"
        told = UsageError(
            what, file=error.filename, remedy="check that the path is right and that you may read and write there"
        )
        _say(told)
    except KeyboardInterrupt:
        err.print("entrepot: stopped; what was finished is kept", markup=False)
        sys.exit(130)


def _say(error: EntrepotError) -> NoReturn:
    if "--json" in sys.argv:
        print_json(error.as_dict())
    err.print(f"entrepot: {error}", style="red", markup=False)
    sys.exit(error.exit_code)
