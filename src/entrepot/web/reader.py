"""Asks the pages' database: read-only, nothing outside the case in reach, every query limited in time."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

Row = dict[str, object]

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
            },
        )
        # two readers of one file in one process share their settings
        locked = self._connection.execute("SELECT current_setting('lock_configuration')").fetchone()
        if locked != (True,):
            self._connection.execute("SET enable_progress_bar = false")
            self._connection.execute("SET enable_external_access = false")
            self._connection.execute("SET lock_configuration = true")

    def arrow(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """All rows of a statement; every value from outside is a bound parameter.

        Raises:
            TooSlow: it ran longer than a page may take.
        """
        cursor = self._connection.cursor()
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            cursor.interrupt()

        timer = threading.Timer(self.seconds, stop)
        timer.start()
        try:
            found: pa.Table = cursor.sql(sql, params=_used(sql, parameters or {}) or None).to_arrow_table()
        except duckdb.InterruptException as error:
            if stopped.is_set():
                raise TooSlow(f"stopped after {self.seconds:g} seconds") from error
            raise
        else:
            return found
        finally:
            timer.cancel()
            cursor.close()

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Rows as dictionaries."""
        listed: list[Row] = self.arrow(sql, parameters).to_pylist()
        return listed

    def first(self, sql: str, parameters: Mapping[str, object] | None = None) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _used(sql: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """DuckDB refuses parameters that a statement does not name."""
    named = set(_NAMED.findall(sql))
    return {name: value for name, value in parameters.items() if name in named}
