"""Asks the pages' database: read-only, nothing outside the case in reach, every query limited in time."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

Row = dict[str, object]

_LOOK_EVERY_SECONDS = 0.25
"""A query may run this much longer than it may."""

_NAMED = re.compile(r"\$([a-z_][a-z_0-9]*)")


class TooSlow(Exception):
    """A query ran longer than a page may take."""


class Reader:
    """One database file, opened so that no statement can write, read other files or load code.

    Args:
        path: the database of the pages: it holds every row that a page shows, so no other file is needed.
        seconds: a query that runs longer is stopped. memory: for all pages together.
    """

    def __init__(self, path: Path, *, seconds: float, memory: str) -> None:
        self.path = path
        self.seconds = seconds
        self._connection = duckdb.connect(
            str(path),
            read_only=True,
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "memory_limit": memory,
                "threads": "1",  # pages ask small questions, several at a time: handing one out to two threads takes twice its time
            },
        )
        # two readers of one file in one process share their settings
        locked = self._connection.execute("SELECT current_setting('lock_configuration')").fetchone()
        if locked != (True,):
            self._connection.execute("SET enable_progress_bar = false")
            self._connection.execute("SET enable_external_access = false")
            self._connection.execute("SET lock_configuration = true")
        self._kept: dict[str, list[Row]] = {}
        self._watch = _Watch()

    def arrow(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """All rows of a statement; every value from outside is a bound parameter.

        Raises:
            TooSlow: it ran longer than a page may take.
        """
        with self._limited() as cursor:
            found: pa.Table = cursor.sql(sql, params=_used(sql, parameters or {}) or None).to_arrow_table()
            return found

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Rows as dictionaries; raises as `arrow` does, and takes two thirds of its processor time for few rows."""
        with self._limited() as cursor:
            cursor.execute(sql, _used(sql, parameters or {}) or None)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def kept(self, sql: str) -> list[Row]:
        """Rows of a statement without parameters, asked once: the database never changes while it is open."""
        found = self._kept.get(sql)
        if found is None:
            found = self._kept[sql] = self.rows(sql)
        return found

    def first(self, sql: str, parameters: Mapping[str, object] | None = None) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def close(self) -> None:
        """Let go of the file."""
        self._watch.close()
        self._connection.close()

    @contextmanager
    def _limited(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose work is stopped after the time that a page may take."""
        cursor = self._connection.cursor()
        run = _Run(cursor, time.monotonic() + self.seconds)
        self._watch.begins(run)
        try:
            yield cursor
        except duckdb.InterruptException as error:
            if run.stopped:
                raise TooSlow(f"stopped after {self.seconds:g} seconds") from error
            raise
        finally:
            self._watch.ends(run)
            cursor.close()


@dataclass(slots=True, eq=False)
class _Run:
    """One query that runs, and when it has run long enough."""

    cursor: duckdb.DuckDBPyConnection
    until: float
    stopped: bool = False


class _Watch:
    """One thread that looks after all queries of a reader: a timer of its own for each waited for the interpreter before its query began."""

    def __init__(self) -> None:
        self._runs: set[_Run] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._look, name="entrepot-reader", daemon=True).start()

    def begins(self, run: _Run) -> None:
        with self._lock:
            self._runs.add(run)

    def ends(self, run: _Run) -> None:
        with self._lock:
            self._runs.discard(run)

    def close(self) -> None:
        self._closed.set()

    def _look(self) -> None:
        while not self._closed.wait(_LOOK_EVERY_SECONDS):
            self._stop_overdue()  # a method of its own: this one, which never ends, then holds on to no cursor

    def _stop_overdue(self) -> None:
        now = time.monotonic()
        with self._lock:
            for run in self._runs:
                if now > run.until:
                    run.stopped = True
                    run.cursor.interrupt()


def _used(sql: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """DuckDB refuses parameters that a statement does not name."""
    named = set(_NAMED.findall(sql))
    return {name: value for name, value in parameters.items() if name in named}
