"""A case: the folder and the verbs."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from entrepot.casework import config as cf
from entrepot.casework.plan import plan
from entrepot.casework.recognise import Recognised, recognise
from entrepot.engine import store as st
from entrepot.engine.duck import DuckDB, fetched, scan
from entrepot.engine.relational import Engine
from entrepot.engine.sql import Value, identifier
from entrepot.engine.steps import Event, run
from entrepot.errors import CaseError, InputError, LayoutUnclear, UsageError, show
from entrepot.model.tables import TABLES

Confirm = Callable[[str, Recognised], bool]
"""Asked whether a part whose columns are unclear may be added as recognised."""


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did with one file: its hash, its parts, and whether it was there already."""

    path: str
    sha256: str
    parts: tuple[Recognised, ...]
    already: bool


@dataclass(frozen=True, slots=True)
class About:
    """What a user says about a file."""

    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    retrieved: dt.date | None = None
    synthetic: str | None = None
    list_id: str | None = None
    list_date: dt.date | None = None
    reporter: str | None = None
    direction: str | None = None


class Case:
    """A case folder: `case.toml`, `sources/`, `tables/`, `case.duckdb`, `indicators/`."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self.store = st.Store(self.folder / "tables")

    @classmethod
    def init(cls, folder: str | os.PathLike[str], name: str | None = None) -> Case:
        """Make a new case.

        Raises:
            CaseError: there is one already, or the folder cannot be written.
        """
        path = Path(folder)
        with st.disk_errors(path):
            if path.exists() and not path.is_dir():
                raise CaseError("this is a file, not a folder", file=path, remedy="choose another name")
            path.mkdir(parents=True, exist_ok=True)
            cf.create(path, name or path.resolve().name)
            (path / "sources").mkdir(exist_ok=True)
            (path / "indicators").mkdir(exist_ok=True)
        return cls(path)

    @property
    def config(self) -> cf.CaseConfig:
        """case.toml as it stands now."""
        return cf.read(self.folder).config

    def add(
        self,
        path: str | os.PathLike[str],
        *,
        kind: str | None = None,
        about: About = About(),
        confirm: Confirm | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> Added:
        """Keep a file by its hash and write how it will be read to case.toml. Adding it again changes nothing.

        Args:
            kind: what the file is, where recognition should not decide.
            about: publisher, licence and dates, as the user knows them.
            confirm: asked about parts whose columns are unclear; without it such a file is refused.
            mapping: canonical column to the file's column, over what was recognised.

        Raises:
            InputError: the file cannot be read or is not recognised.
            LayoutUnclear: columns are unclear and nobody confirmed them; carries the mapping to edit.
        """
        file = cf.read(self.folder)
        source = Path(path)
        digest, size = _hash(source)
        known = next((s for s in file.config.source if s.sha256 == digest), None)
        if known is not None and not mapping and kind is None and about == About():
            return Added(os.fspath(path), digest, (), True)
        found = recognise(os.fspath(path), kind=kind, named=mapping is not None and "name" in mapping)
        found = [_told(r, about, mapping) for r in found]
        for part in found:
            if part.unclear and not mapping and not (confirm is not None and confirm(os.fspath(path), part)):
                raise _unclear(os.fspath(path), part)
        with st.disk_errors(self.folder):
            folder = self.folder / "sources"
            folder.mkdir(exist_ok=True)
            kept = folder / digest
            if not kept.exists():
                fresh = folder / f".{digest}.new"
                shutil.copyfile(source, fresh)
                os.replace(fresh, kept)
        entry = cf.SourceConfig(
            path=show(os.fspath(path), 4096), sha256=digest, size_bytes=size, title=about.title, publisher=about.publisher,
            licence=about.licence, retrieved=about.retrieved, synthetic=about.synthetic, part=[r.config for r in found],
        )  # fmt: skip
        if known is not None:
            entry = entry.model_copy(update={"path": known.path})
        file.with_source(entry).save()
        return Added(os.fspath(path), digest, tuple(found), known is not None)

    def build(
        self, progress: Callable[[Event], None] | None = None, *, engine: Engine | None = None
    ) -> dict[str, st.Commit]:
        """Bring every table up to date; see `entrepot.engine.steps.run` for what is raised."""
        steps = plan(self.config, self.folder)
        own = engine is None
        with st.disk_errors(self.folder):
            self.store.scratch.parent.mkdir(parents=True, exist_ok=True)
        worker = engine or DuckDB(self.store.scratch, memory=_memory())
        try:
            commits = run(steps, self.store, worker, progress)
        finally:
            if own:
                worker.close()
        self._views(commits)
        return commits

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection in memory with a view of every table; it cannot reach anything but the case's own files.

        Raises:
            CaseError: the case was not built yet.
        """
        commits = self.built()
        connection = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        for table in TABLES:
            connection.execute(f"CREATE VIEW {identifier(table)} AS {scan(table, st.files_of(table, commits))}")
        folder = str((self.folder / "tables").resolve())
        connection.execute("SET allowed_directories = [?]".replace("?", _quoted(folder + "/")))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET lock_configuration = true")
        return connection

    def built(self) -> dict[str, st.Commit]:
        """What the last build committed.

        Raises:
            CaseError: the folder is no case, was not built yet, or by a version whose tables have other columns.
        """
        cf.read(self.folder)
        commits = self.store.commits()
        if not commits:
            raise CaseError("this case was not built yet", file=self.folder, remedy=f"entrepot build {self.folder}")
        st.refuse_other_columns(self.folder, commits)
        return {key: _absolute(commit) for key, commit in commits.items()}

    def table(self, name: str) -> pa.Table:
        """All rows of a table, in the order of the build.

        Raises:
            UsageError: there is no such table.
        """
        if name not in TABLES:
            raise UsageError("no such table", value=name, remedy=f"one of {', '.join(TABLES)}")
        return self.query(f"SELECT * FROM {identifier(name)}")

    def query(self, sql: str, parameters: Mapping[str, Value] | Sequence[Value] | None = None) -> pa.Table:
        """Rows of a statement over the tables of the case."""
        with self.connect() as connection:
            return fetched(connection, sql, parameters)

    def _views(self, commits: Mapping[str, st.Commit]) -> None:
        """Write case.duckdb, for people who open the case with DuckDB's own tools."""
        path = self.folder / "case.duckdb"
        fresh = self.folder / ".case.duckdb.new"
        with st.disk_errors(self.folder):
            fresh.unlink(missing_ok=True)
            placed = [_absolute(commit) for commit in commits.values()]
            with duckdb.connect(str(fresh)) as connection:
                for table in TABLES:
                    files = tuple(f for c in placed for f in c.files.get(table, ()))
                    connection.execute(f"CREATE VIEW {identifier(table)} AS {scan(table, files)}")
            os.replace(fresh, path)


def _absolute(commit: st.Commit) -> st.Commit:
    return st.Commit(
        commit.fingerprint,
        {t: tuple(replace(f, path=f.path.resolve()) for f in files) for t, files in commit.files.items()},
        commit.notes,
        commit.shapes,
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _hash(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file.

    Raises:
        InputError: it is not there, not a file, or cannot be read.
    """
    try:
        with path.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
            size = os.fstat(handle.fileno()).st_size
    except FileNotFoundError as error:
        raise InputError("there is no such file", file=path, remedy="check the path") from error
    except IsADirectoryError as error:
        raise InputError("this is a folder, not a file", file=path, remedy="name the files in it") from error
    except PermissionError as error:
        raise InputError("no permission to read the file", file=path, remedy="check the file's permissions") from error
    if size == 0:
        raise InputError("the file is empty", file=path, remedy="add a file with content")
    return digest, size


def _told(part: Recognised, about: About, mapping: Mapping[str, str] | None) -> Recognised:
    """What the user says goes over what was recognised."""
    told: dict[str, object] = {}
    if part.config.kind in ("list", "controls"):
        told |= {"list_id": about.list_id, "list_date": about.list_date}
    if part.config.kind in ("shipments", "flows"):
        told["reporter"] = about.reporter
    if part.config.kind == "shipments" and about.direction:
        told["direction"] = about.direction
    if mapping and part.config.kind in ("shipments", "list"):
        told["columns"] = {**part.config.columns, **mapping}
    told = {key: value for key, value in told.items() if value is not None}
    if not told:
        return part
    return replace(part, config=cf.PartConfig.model_validate({**part.config.model_dump(), **told}))


def _unclear(path: str, part: Recognised) -> LayoutUnclear:
    lines = "\n".join(
        f'  {c} = "{m if isinstance(m, str) else m.get("source")}"' for c, m in part.config.columns.items()
    )
    return LayoutUnclear(
        "it is not clear how to read some columns:\n  - " + "\n  - ".join(part.unclear),
        file=path,
        remedy="say which column is which with --column CANONICAL=HEADER, or --yes to take what was recognised:\n"
        + lines,
    )


def _memory() -> str:
    """Half of the machine's memory, at most 12 GiB: what a build may take of a laptop."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{min(total // 2, 12 * 2**30) // 2**20}MiB"
