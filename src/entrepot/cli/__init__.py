"""The command line: thin over `entrepot.casework`. Data goes to stdout, progress and errors to stderr."""

from __future__ import annotations


def main() -> None:
    """Run the command line; the entry point `entrepot`."""
    from entrepot.cli.app import run

    run()
