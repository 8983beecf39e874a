"""Lays out what pages read: one database and one text index beside the case, made again when the case is built again."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from entrepot.casework import review
from entrepot.engine import store as st
from entrepot.engine.duck import cells_as_read, scan
from entrepot.engine.relational import Stored
from entrepot.engine.sql import identifier, quote
from entrepot.errors import CaseError
from entrepot.model.tables import TABLES
from entrepot.web import history
from entrepot.web.queries import FOLDER, statements
from entrepot.web.textindex import TextIndex

Progress = Callable[[str, int, int], None]
"""Told what is being prepared, its number, and of how many."""

SORTED = {
    "goods_classes": "goods_text, rank",
    "goods_controls": "goods_text, hs_code, control_id",
    "goods_contradictions": "goods_text",
    "party_members": "party_id, rows DESC",
    "price_outliers": "shipment_id",
    "price_groups": "hs6, measure, period_from",
    "matches": "name",
    "list_entries": "entry_id",
    "list_names": "entry_id",
    "list_identifiers": "entry_id",
    "list_places": "entry_id",
    "rejects": "source_id, row_number",
    "reading_problems": "source_id, column_name, row_number",
    "chain_shipments": "leg_id, position",
    "chain_legs": "chain_id, position",
    "legs": "leg_id",
}
"""What tables are looked up by; the others keep the order of the build."""

LEFT_OUT = frozenset(
    [
        "shipments", "trade", "mentions", "name_keys", "unit_values", "log_factorials", "list_keys", "screened", "evidence", "contacts", "parties",
    ]
)  # fmt: skip
"""Tables that pages read in another form, or not at all."""

LAYOUTS = ("shelf", "shelf_parties", "shelf_pages")
"""Files of statements that lay out what pages read, in order."""

ROW_GROUP = 30_720
"""Rows of a table that are read together: a quarter of DuckDB's default, so that the rows of one party are found among fewer. Half the
processor time of a look-up among two million rows; smaller groups cost more in size than they save."""

PLAIN = frozenset(
    [
        "party_heads", "party_names", "party_contacts", "names", "matches", "list_presence", "chains", "chain_legs", "chain_shipments",
        "chain_rows", "chain_pages", "legs", "price_outliers", "price_groups", "questions", "question_sides", "question_entries",
    ]
)  # fmt: skip
"""Tables of texts that pages look few rows up in, or read for words: kept as they are, since unpacking the texts of a group of rows
takes longer than finding them (460,000 parties searched in 30 ms instead of 54; a party's names in 1.4 instead of 4.1)."""

LEFT_OVER_SECONDS = 86_400
"""Documents of a server that was killed a day ago are removed; those of one that runs are not."""

_MEMORY = "2GiB"
"""What laying out the pages may take of a laptop; sorts of larger cases go to disk."""


_NAMES_ONLY = r"* REPLACE (COALESCE(NULLIF(REGEXP_EXTRACT(path, '[^/\\]+$'), ''), path) AS path)"
"""Files by their names: folders of a person's machine stay out of pages, downloads and the API."""


def fingerprint(commits: Mapping[str, st.Commit]) -> str:
    """Changes with the case's tables and with how pages lay them out."""
    code = [path.read_bytes() for path in (*(FOLDER / f"{name}.sql" for name in (*LAYOUTS, "textindex")), Path(__file__), Path(__file__).with_name("textindex.py"), Path(review.__file__))]  # fmt: skip
    said = json.dumps([[key, commit.fingerprint] for key, commit in commits.items()])
    return hashlib.sha256(b"".join([*code, said.encode()])).hexdigest()[:16]


def files(folder: Path, mark: str) -> tuple[Path, Path]:
    """The database of a build's pages and the folder of its text index."""
    return folder / f"pages-{mark}.duckdb", folder / f"words-{mark}"


def is_laid_out(folder: Path, mark: str) -> bool:
    """Whether both are there, and whole."""
    path, words = files(folder, mark)
    return path.exists() and (words / "ready").exists()


def lay_out(folder: Path, mark: str, commits: Mapping[str, st.Commit], progress: Progress) -> None:
    """Write the database and the text index of a build, unless another server just did; older ones are removed.

    Raises:
        CaseError: the folder cannot be written, or the disk is full.
    """
    with _alone(folder):
        if not is_laid_out(folder, mark):
            _make(folder, mark, commits, progress)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Of two servers of one case, the second waits until the first has laid out the pages.

    Raises:
        CaseError: the folder cannot be written.
    """
    with st.disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / ".lock").open("w")
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make(folder: Path, mark: str, commits: Mapping[str, st.Commit], progress: Progress) -> None:
    with st.disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.new*"):
            _remove(old)
        for old in folder.glob("dossiers-*"):
            if old.stat().st_mtime < time.time() - LEFT_OVER_SECONDS:
                _remove(old)
        path, words = files(folder, mark)
        fresh = path.with_suffix(".new.duckdb")
        with duckdb.connect() as connection:
            connection.execute("SET enable_progress_bar = false")
            connection.execute(f"ATTACH {quote(str(fresh))} AS pages (ROW_GROUP_SIZE {ROW_GROUP})")
            connection.execute("USE pages")
            connection.execute(f"SET temp_directory = {quote(str(folder / '.scratch.new'))}")
            connection.execute(f"SET memory_limit = '{_MEMORY}'")
            try:
                _fill(connection, commits, progress)
            except duckdb.BinderException as error:
                raise CaseError(
                    "the tables of this case lack a column: it was built by an earlier version of Entrepot",
                    file=folder.parent, remedy=f"entrepot build {folder.parent}",
                ) from error  # fmt: skip
            steps = _steps()
            progress("indexing words", steps - 1, steps)
            TextIndex.make(words, connection)
            history.note(folder, mark, connection)
            connection.execute("CHECKPOINT pages")
        os.replace(fresh, path)
        for old in [*folder.glob("pages-*"), *folder.glob("words-*")]:
            if mark not in old.name:
                _remove(old)
        progress("ready", steps, steps)


def _steps() -> int:
    return 4 + sum(len(statements(layout)) for layout in LAYOUTS)


def _fill(connection: duckdb.DuckDBPyConnection, commits: Mapping[str, st.Commit], progress: Progress) -> None:
    steps = _steps()
    progress("copying tables", 0, steps)
    connection.execute("CREATE SCHEMA built")
    connection.execute("SET search_path = 'pages.main,pages.built'")
    for table in TABLES:
        rows = scan(table, st.files_of(table, commits))
        connection.execute(f"CREATE VIEW built.{identifier(table)} AS {rows}")
        if table not in LEFT_OUT:
            order = f" ORDER BY {SORTED[table]}" if table in SORTED else ""
            chosen = _NAMES_ONLY if table == "sources" else "*"
            _pack(connection, table)
            connection.execute(
                f"CREATE TABLE {identifier(table)} AS SELECT {chosen} FROM built.{identifier(table)}{order}"
            )
    progress("copying shipments", 1, steps)
    _shipments(connection, st.files_of("shipments", commits))
    made = [named for layout in LAYOUTS for named in statements(layout).items()]
    for number, (name, sql) in enumerate(made, 2):
        progress(f"laying out {name.replace('_', ' ')}", number, steps)
        _pack(connection, name)
        connection.execute(sql)
    progress("laying out questions for review", steps - 2, steps)
    asked = "(SELECT party_id FROM questions UNION SELECT other_id FROM questions)"
    for name, sql, order in (
        ("questions", review.UNDECIDED_SQL, "value DESC, question_id"),
        ("question_sides", f"{review.SIDES_SQL} WHERE m.party_id IN {asked}", "party_id, rows DESC"),
        (
            "question_entries",
            f"{review.ENTRIES_SQL} SEMI JOIN questions USING (list_id, entry_id)",
            "entry_id, list_id",
        ),
    ):
        _pack(connection, name)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM ({sql}) ORDER BY {order}")
    connection.execute("USE pages")
    connection.execute("DROP SCHEMA built CASCADE")


def _pack(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    connection.execute(f"SET force_compression = '{'uncompressed' if table in PLAIN else 'auto'}'")


def _shipments(connection: duckdb.DuckDBPyConnection, files: tuple[Stored, ...]) -> None:
    """Shipments by source and row; the row as read stays in `cells` where the file has it so, to be joined with its header."""
    declared = TABLES["shipments"]
    plain = [c for c in declared.columns if c.name not in ("shipment_id", "row_number", "original")]
    connection.execute("CREATE TABLE headers (source_id VARCHAR, header VARCHAR[])")
    columns = ", ".join(f"{identifier(c.name)} {c.type.value}" for c in plain)
    connection.execute(f"CREATE TABLE shipments (row_number BIGINT, {columns}, cells VARCHAR, original VARCHAR)")
    names = ", ".join(identifier(c.name) for c in plain)
    for file in files:
        path = quote(str(file.path))
        number = "row_number" if file.row_base is None else f"file_row_number + {file.row_base}"
        whole = f"array_to_string({cells_as_read(file)}, chr(31))" if any(file.repeats) else "cells"
        row = "NULL, original" if file.header is None else f"{whole}, NULL"
        connection.execute(
            f"INSERT INTO shipments SELECT {number}, {names}, {row} FROM read_parquet({path}, file_row_number = true)"
        )
        if file.header is not None:
            connection.execute(
                f"INSERT INTO headers SELECT source_id, $header FROM read_parquet({path}) LIMIT 1",
                {"header": list(file.header)},
            )


def _remove(path: Path) -> None:
    if path.is_dir():
        for inner in path.iterdir():
            _remove(inner)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
