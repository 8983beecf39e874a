"""Keeps the pages' database and text index of the case open, and has them made again when the case is built again."""

from __future__ import annotations

import threading

import duckdb

from entrepot.casework.case import Case
from entrepot.errors import CaseError
from entrepot.web import history
from entrepot.web.apart import lay_out_apart
from entrepot.web.reader import Reader
from entrepot.web.settings import Settings
from entrepot.web.shelving import Progress, files, fingerprint, is_laid_out
from entrepot.web.textindex import TextIndex


class Preparing(Exception):
    """Pages are not ready yet; says what is being done."""

    def __init__(self, what: str, done: int, steps: int) -> None:
        super().__init__(what)
        self.what, self.done, self.steps = what, done, steps


class Shelf:
    """The pages' database and text index of the case as it was built last."""

    def __init__(self, case: Case, settings: Settings) -> None:
        self.case = case
        self.settings = settings
        self.folder = case.folder / "search"
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._state: tuple[str, Reader, TextIndex] | None = None
        self._stamp: object = None
        self.name = ""
        """The name of the case, as its settings gave it when pages were laid out or opened."""
        self.changed: history.Change | None = None
        """What the build that pages show changed against the one before."""
        self._progress = ("looking at the case", 0, 1)
        self._failed: Exception | None = None

    def prepare(self, progress: Progress | None = None) -> None:
        """Make what is missing and open it; returns at once where nothing changed.

        Raises:
            CaseError: the case was not built, or its folder cannot be written.
        """
        commits = self.case.built()
        mark = fingerprint(commits)
        if self._state is None or self._state[0] != mark:
            if not is_laid_out(self.folder, mark):
                lay_out_apart(self.folder, mark, commits, progress or self._note)
            path, words = files(self.folder, mark)
            opened = (
                mark,
                Reader(path, seconds=self.settings.query_seconds, memory=self.settings.memory),
                TextIndex.open(words),
            )
            self.name, self.changed = self.case.config.case.name, history.change(self.folder)
            self._state = opened
        self._stamp = self._changed()

    def current(self) -> tuple[Reader, TextIndex]:
        """What pages read.

        Raises:
            Preparing: the case was built again since; pages will be ready soon.
        """
        with self._lock:
            if self._worker is not None and not self._worker.is_alive():
                self._worker = None
                if self._failed is not None:
                    failed, self._failed = self._failed, None
                    raise failed
            if self._worker is None and (self._state is None or self._changed() != self._stamp):
                self._worker = threading.Thread(target=self._again, daemon=True)
                self._worker.start()
            if self._worker is not None:
                raise Preparing(*self._progress)
            assert self._state is not None
            return self._state[1], self._state[2]

    def close(self) -> None:
        """Let go of the files."""
        if self._state is not None:
            self._state[1].close()

    @property
    def mark(self) -> str:
        """Fingerprint of the build that pages show."""
        return "" if self._state is None else self._state[0]

    def _again(self) -> None:
        try:
            self.prepare()
        except (CaseError, duckdb.Error, OSError) as error:
            self._failed = error

    def _note(self, what: str, done: int, steps: int) -> None:
        self._progress = (what, done, steps)

    def _changed(self) -> object:
        try:
            told = self.case.store.manifest_path.stat()
        except FileNotFoundError:
            return None
        return (told.st_mtime_ns, told.st_size, told.st_ino)
