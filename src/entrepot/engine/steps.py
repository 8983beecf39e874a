"""Steps of a build: run where inputs, parameters or code have changed, each committed whole."""

from __future__ import annotations

import hashlib
import importlib.util
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyarrow as pa

from entrepot.engine import store as st
from entrepot.engine.relational import Engine, Stored
from entrepot.engine.sql import Statement, Value
from entrepot.engine.store import Commit, Store
from entrepot.model.tables import TABLES


@dataclass(frozen=True, slots=True)
class Reads:
    """A table that a step reads: all of it, or only what the named steps wrote."""

    table: str
    steps: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One unit of work.

    Attributes:
        key: stable name; `read:<source>` for work on one source.
        title: what a person sees while it runs.
        run: does the work through the `Desk` that it is given.
        reads, writes: tables.
        inputs: everything else that the result depends on: parameters, hashes of files.
        code: modules and packages whose source text counts; the step runs again when it changes.
        weight: rough number of rows, for the progress bar.
    """

    key: str
    title: str
    run: Callable[[Desk], None]
    writes: tuple[str, ...]
    reads: tuple[Reads, ...] = ()
    inputs: Mapping[str, object] = field(default_factory=dict)
    code: tuple[str, ...] = ()
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """Progress: a step begins, advances, ends or is up to date."""

    kind: str
    step: Step
    position: int
    steps: int
    rows: int = 0
    seconds: float = 0.0


class Desk:
    """What a running step works with: the engine with the step's tables shown, and places to write."""

    def __init__(self, step: Step, fingerprint: str, engine: Engine, store: Store) -> None:
        self.step = step
        self.engine = engine
        self.notes: dict[str, object] = {}
        self._fingerprint = fingerprint
        self._store = store
        self._written: dict[str, list[tuple[Path, Path, Stored]]] = {table: [] for table in step.writes}

    @property
    def rows(self) -> int:
        """Rows written so far."""
        return sum(stored.rows for entries in self._written.values() for _, _, stored in entries)

    @property
    def scratch(self) -> Path:
        """A folder that is removed after the build."""
        return self._store.scratch

    def place(self, table: str) -> Path:
        """A path to write a Parquet file of `table` to; hand it to `wrote` afterwards."""
        return self._places(table)[0]

    def wrote(
        self,
        table: str,
        rows: int,
        *,
        row_base: int | None = None,
        header: tuple[str, ...] | None = None,
        repeats: tuple[str, ...] = (),
    ) -> None:
        """A file of `table` stands at `place(table)`."""
        temporary, final = self._places(table)
        self._written[table].append((temporary, final, Stored(final, rows, row_base, header, repeats)))

    def put(self, table: str, rows: pa.Table) -> None:
        """Write rows of `table` as declared."""
        self.wrote(table, st.write_arrow(table, rows, self.place(table)))

    def query(self, table: str, statement: Statement, parameters: Mapping[str, Value]) -> None:
        """Write the rows of a statement as rows of `table`."""
        self.wrote(table, self.engine.write(statement, parameters, table, self.place(table)))

    def commit(self) -> Commit:
        """Move what was written to its place."""
        for entries in self._written.values():
            for temporary, final, _ in entries:
                st.put(temporary, final)
        files = {table: tuple(stored for _, _, stored in entries) for table, entries in self._written.items()}
        return Commit(self._fingerprint, files, self.notes, {table: TABLES[table].shape for table in files})

    def _places(self, table: str) -> tuple[Path, Path]:
        return self._store.place(table, self.step.key, self._fingerprint, len(self._written[table]))


def run(
    plan: Sequence[Step], store: Store, engine: Engine, progress: Callable[[Event], None] | None = None
) -> dict[str, Commit]:
    """Bring every table up to date; returns the commits in the order of the plan.

    A step runs when its fingerprint differs from the committed one. After each step the manifest is saved, so that a
    build killed at any moment goes on from there.

    Raises:
        CaseLocked, CaseError, QueryError: and whatever a step raises; earlier steps stay committed.
    """
    tell = progress or (lambda event: None)  # noqa: ARG005
    with store.building():
        before = store.commits()
        done: dict[str, Commit] = {}
        for position, step in enumerate(plan, 1):
            mark = step_fingerprint(step, done)
            old = before.get(step.key)
            if old and old.fingerprint == mark and all(f.path.exists() for fs in old.files.values() for f in fs):
                done[step.key] = old
                tell(Event("current", step, position, len(plan)))
                continue
            tell(Event("begin", step, position, len(plan)))
            started = time.monotonic()
            for read in step.reads:
                engine.show(read.table, st.files_of(read.table, done, read.steps))
            desk = Desk(step, mark, engine, store)
            step.run(desk)
            done[step.key] = desk.commit()
            later = {key: commit for key, commit in before.items() if key not in done}
            store.save({**done, **later})
            tell(Event("end", step, position, len(plan), desk.rows, time.monotonic() - started))
        store.save({step.key: done[step.key] for step in plan})
        store.sweep(done)
        return done


def step_fingerprint(step: Step, done: Mapping[str, Commit]) -> str:
    """What the result of a step depends on, as one hash."""
    reads = []
    for read in step.reads:
        keys = [key for key, commit in done.items() if read.table in commit.files] if read.steps is None else read.steps
        reads.append([read.table, [done[key].fingerprint for key in keys if key in done]])
    writes = [[table, TABLES[table].shape] for table in step.writes]
    return st.fingerprint(step.key, writes, dict(step.inputs), reads, [code_hash(name) for name in step.code])


@cache
def code_hash(module: str) -> str:
    """SHA-256 over the source files (`.py`, `.sql` and data) of a module or package."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    origin = Path(spec.origin)
    paths = sorted(p for p in origin.parent.rglob("*") if p.is_file()) if spec.submodule_search_locations else [origin]
    total = hashlib.sha256()
    for path in paths:
        if "__pycache__" not in path.parts and path.suffix not in (".nbi", ".nbc"):
            total.update(path.name.encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
