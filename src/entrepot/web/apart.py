"""Lays out pages in a process of its own, so that the memory it takes is given back: 1.1 GiB of the server's 2.7 at ten million rows."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb

from entrepot.engine import store as st
from entrepot.errors import CaseError
from entrepot.web.shelving import Progress, lay_out


def lay_out_apart(folder: Path, mark: str, commits: Mapping[str, st.Commit], progress: Progress) -> None:
    """As `entrepot.web.shelving.lay_out`, and returns when it is done.

    Raises:
        CaseError: the folder cannot be written, the disk is full, or the process was ended.
    """
    spawn = multiprocessing.get_context("spawn")
    told, telling = spawn.Pipe(duplex=False)
    worker = spawn.Process(target=_work, args=(folder, mark, dict(commits), telling), daemon=True)
    worker.start()
    telling.close()
    failed: CaseError | None = None
    try:
        while True:
            said = told.recv()
            if isinstance(said, dict):
                failed = CaseError(said["problem"], file=said["file"], remedy=said["remedy"])
            else:
                progress(*said)
    except EOFError:
        worker.join()
    if failed is None and worker.exitcode:
        failed = CaseError(
            f"laying out the pages ended early (exit code {worker.exitcode})",
            file=folder, remedy="start the server again; if it was short of memory, close other programs",
        )  # fmt: skip
    if failed is not None:
        raise failed


def _work(folder: Path, mark: str, commits: Mapping[str, st.Commit], telling: Connection) -> None:
    """In the process apart. Where nobody listens any more, the next word of progress ends it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        lay_out(folder, mark, commits, lambda *said: telling.send(said))
    except CaseError as error:
        telling.send({"problem": error.problem, "file": error.file, "remedy": error.remedy})
    except (duckdb.Error, OSError) as error:
        telling.send({"problem": f"the pages could not be laid out: {error}", "file": str(folder), "remedy": None})
