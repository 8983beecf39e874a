"""Asks the pages' database: read-only, nothing outside the case in reach, every query limited in time."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
        self._kept: dict[str, list[Row]] = {}

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
        self._connection.close()

    @contextmanager
    def _limited(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose work is stopped after the time that a page may take."""
        cursor = self._connection.cursor()
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            cursor.interrupt()

        timer = threading.Timer(self.seconds, stop)
        timer.start()
        try:
            yield cursor
        except duckdb.InterruptException as error:
            if stopped.is_set():
                raise TooSlow(f"stopped after {self.seconds:g} seconds") from error
            raise
        finally:
            timer.cancel()
            cursor.close()


def _used(sql: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """DuckDB refuses parameters that a statement does not name."""
    named = set(_NAMED.findall(sql))
    return {name: value for name, value in parameters.items() if name in named}
