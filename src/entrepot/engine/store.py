"""Tables of a case as Parquet files, committed whole: what a killed build leaves behind is never seen."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.engine.relational import Stored
from entrepot.errors import CaseError, CaseLocked, CaseTooNew
from entrepot.model.tables import TABLES

FORMAT = 1
"""Version of the folder's layout; a case with a higher one was built by a later Entrepot."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What one step wrote: the fingerprint of what it was made from, its files by table, and the shapes of those tables."""

    fingerprint: str
    files: Mapping[str, tuple[Stored, ...]]
    notes: Mapping[str, object]
    shapes: Mapping[str, str]


class Store:
    """The folder `tables/` of a case and its manifest.

    The manifest is replaced in one `rename`, after the files that it names are on disk: at any moment it names only
    whole files. Files that no manifest names are swept at the next build.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest_path = folder / "manifest.json"
        self.scratch = folder / ".scratch"

    def commits(self) -> dict[str, Commit]:
        """Committed steps by key, in the order of the plan that built them.

        Raises:
            CaseTooNew, CaseError: the manifest is of a later version, or damaged.
        """
        try:
            text = self.manifest_path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        try:
            document = json.loads(text)
            if document["format"] > FORMAT:
                raise CaseTooNew(
                    f"this case was built by a later version of Entrepot (format {document['format']}, "
                    f"this one reads up to {FORMAT})",
                    file=self.manifest_path,
                    remedy="install the later version, or remove the folder tables/ and build again: sources are kept",
                )
            return {key: self._commit(value) for key, value in document["steps"].items()}
        except (ValueError, KeyError, TypeError) as error:
            raise CaseError(
                "the list of tables is damaged",
                file=self.manifest_path,
                remedy="remove the folder tables/ and build again: sources are kept",
            ) from error

    def _commit(self, value: Mapping[str, object]) -> Commit:
        listed = value["files"]
        assert isinstance(listed, dict)
        files = {
            table: tuple(
                Stored(
                    self.folder / f["path"],
                    f["rows"],
                    f.get("row_base"),
                    tuple(f["header"]) if f.get("header") is not None else None,
                    tuple(f.get("repeats", ())),
                )
                for f in entries
            )
            for table, entries in listed.items()
        }
        notes = value.get("notes", {})
        assert isinstance(notes, dict)
        shapes = value.get("shapes", {})
        assert isinstance(shapes, dict)
        return Commit(str(value["fingerprint"]), files, notes, shapes)

    def save(self, commits: Mapping[str, Commit]) -> None:
        """Replace the manifest in one step."""
        document = {
            "format": FORMAT,
            "steps": {
                key: {
                    "fingerprint": commit.fingerprint,
                    "files": {
                        table: [
                            {
                                "path": file.path.relative_to(self.folder).as_posix(),
                                "rows": file.rows,
                                **({} if file.row_base is None else {"row_base": file.row_base}),
                                **({} if file.header is None else {"header": list(file.header)}),
                                **({"repeats": list(file.repeats)} if any(file.repeats) else {}),
                            }
                            for file in files
                        ]
                        for table, files in commit.files.items()
                    },
                    "notes": dict(commit.notes),
                    "shapes": dict(commit.shapes),
                }
                for key, commit in commits.items()
            },
        }
        replace_text(self.manifest_path, json.dumps(document, ensure_ascii=False, indent=1))

    def place(self, table: str, step_key: str, fingerprint: str, part: int = 0) -> tuple[Path, Path]:
        """Where a step writes a file of `table`, and where the file goes when the step commits."""
        name = f"{_file_name(step_key)}-{fingerprint[:16]}{f'-{part}' if part else ''}.parquet"
        return self.scratch / f"{table}--{name}", self.folder / table / name

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the case for a build: only one process at a time.

        Raises:
            CaseLocked: another process builds the case.
            CaseError: the folder cannot be written, or the disk is full.
        """
        with disk_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = (self.folder / ".lock").open("a")
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise CaseLocked(
                    "another process is building this case",
                    file=self.folder.parent,
                    remedy="wait until it has finished, or stop it; nothing was changed",
                ) from error
            with disk_errors(self.folder):
                shutil.rmtree(self.scratch, ignore_errors=True)
                self.scratch.mkdir()
                try:
                    yield
                finally:
                    shutil.rmtree(self.scratch, ignore_errors=True)

    def sweep(self, commits: Mapping[str, Commit]) -> None:
        """Remove files that no commit names."""
        kept = {file.path for commit in commits.values() for files in commit.files.values() for file in files}
        for path in self.folder.glob("*/*.parquet"):
            if path not in kept:
                path.unlink(missing_ok=True)


def refuse_other_columns(case: Path, commits: Mapping[str, Commit]) -> None:
    """Make sure that the tables have the columns that this version reads.

    Raises:
        CaseError: a version with other columns built the case.
    """
    for commit in commits.values():
        for table in commit.files:
            if table not in TABLES or commit.shapes.get(table) != TABLES[table].shape:
                raise CaseError(
                    "this case was built by a version of Entrepot whose tables have other columns",
                    file=case,
                    value=table,
                    remedy=f"entrepot build {case}",
                )


def files_of(table: str, commits: Mapping[str, Commit], steps: Sequence[str] | None = None) -> tuple[Stored, ...]:
    """Files of a table over all steps, or only those of `steps`, in the order of the commits."""
    keys = commits if steps is None else [key for key in steps if key in commits]
    return tuple(file for key in keys for file in commits[key].files.get(table, ()))


def write_arrow(table: str, rows: pa.Table, path: Path) -> int:
    """Validate rows against the declaration of `table` and write them to one Parquet file; returns their number."""
    TABLES[table].validate(rows)
    pq.write_table(rows, path, compression="snappy")
    return int(rows.num_rows)


def put(written: Path, final: Path) -> None:
    """Move a finished file to its place, on disk before anything names it."""
    final.parent.mkdir(parents=True, exist_ok=True)
    with written.open("rb") as handle:
        os.fsync(handle.fileno())
    os.replace(written, final)


def replace_text(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old one or the new one, never a part."""
    with disk_errors(path):
        fresh = path.with_name(f".{path.name}.new")
        with fresh.open("w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(fresh, path)


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn a full disk or a missing permission into an error that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _disk_full(path) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise CaseError(
                "no permission to write here",
                file=error.filename or path,
                remedy="change the folder's permissions, or copy the case to a folder of your own",
            ) from error
        raise
    except duckdb.Error as error:
        if "No space left" in str(error):
            raise _disk_full(path) from error
        raise


def _disk_full(path: Path) -> CaseError:
    return CaseError(
        "the disk is full",
        file=path,
        remedy="free some space and run the same command again: what was finished is kept, nothing is half written",
    )


def _file_name(step_key: str) -> str:
    return step_key.replace(":", "-").replace("/", "-")


def fingerprint(*parts: object) -> str:
    """SHA-256 over the JSON form of the parts: equal inputs give equal fingerprints on every machine."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
