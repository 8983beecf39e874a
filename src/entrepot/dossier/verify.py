"""Checks an evidence pack against its manifest and its sources, and says what was not checked."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from entrepot.dossier.pack import FORMAT, MANIFEST, ORIGINALS, ROWS, SOURCES
from entrepot.errors import EntrepotError, InputError, show
from entrepot.readers import files

MOST_MEMBERS = 20_000
"""Files of a pack: far above the some hundreds of queries that the largest has."""

MOST_MANIFEST = 32 << 20
"""Bytes of a manifest: 20,000 lines of 200 bytes are 4 MB."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check found.

    Attributes:
        fingerprint: SHA-256 of the manifest: who publishes a pack publishes it, for a manifest cannot vouch for itself.
        problems: sentences; the pack is as it was made only where there is none.
        rows, rows_checked: cited rows of tables, and those found as cited in a source file.
        missing: names of source files that were not there to compare with.
    """

    subject: str
    state: str
    synthetic: str | None
    fingerprint: str
    files: int
    rows: int
    rows_checked: int
    missing: tuple[str, ...]
    problems: tuple[str, ...]


def verify(pack: Path, sources: Iterable[Path] = ()) -> Verified:
    """Check a pack: names, sizes and hashes of its files, then each cited row against source files.

    Nothing is unpacked outside a temporary folder, and no more bytes are read of a file than the manifest states.

    Args:
        sources: source files, folders of them, or case folders; beside what the pack itself holds.

    Raises:
        InputError: this is no pack: not a zip, unsafe or endless content, no manifest or one of another format.
    """
    try:
        with zipfile.ZipFile(pack) as archive, TemporaryDirectory() as folder:
            members = _members(pack, archive)
            content = _read(archive, members, pack, MANIFEST, MOST_MANIFEST)
            manifest = _manifest(pack, content)
            problems = list(_compared(archive, members, manifest, Path(folder)))
            listed = [entry for entry in _entries(manifest) if entry[0].startswith(SOURCES)]
            held = {Path(name).name: Path(folder) / Path(name).name for name, _, _ in listed}
            names = {str(s["sha256"]): str(s["file"]) for s in _list(manifest, "sources")}
            found = {digest: file for digest, file in {**_given(sources, names), **held}.items() if file.is_file()}
            cited = [] if problems else _cited(archive, manifest, problems)
            checked = _rows(cited, found, problems)
    except FileNotFoundError as error:
        raise InputError("there is no such file", file=pack, remedy="check the path") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError("this is not a readable zip file", file=pack, value=error, remedy="a pack that `entrepot dossier` wrote") from error  # fmt: skip
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", file=pack) from error
    missing = sorted({names.get(str(c["sha256"]), str(c["sha256"])) for c in cited if str(c["sha256"]) not in found})
    return Verified(
        show(str(manifest.get("subject")), 200), show(str(manifest.get("state"))), _optional(manifest.get("synthetic")),
        hashlib.sha256(content).hexdigest(), len(_entries(manifest)), len(cited), checked, tuple(show(m) for m in missing), tuple(problems),
    )  # fmt: skip


def _members(pack: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Members by name, each safe to name a file with."""
    listed = archive.infolist()
    if len(listed) > MOST_MEMBERS:
        raise InputError(f"the zip has {len(listed):,} members; a pack has at most {MOST_MEMBERS:,}", file=pack)
    members: dict[str, zipfile.ZipInfo] = {}
    for info in listed:
        path = PurePosixPath(info.filename)
        unsafe = path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in info.filename or "\0" in info.orig_filename  # fmt: skip
        if unsafe or not info.filename.isprintable():
            raise InputError("a member's name leads out of the pack", file=pack, value=info.orig_filename, remedy="do not unpack this file")  # fmt: skip
        if stat.S_ISLNK(info.external_attr >> 16):
            raise InputError("a member is a link", file=pack, value=info.filename, remedy="do not unpack this file")
        if info.flag_bits & 1:
            raise InputError("a member is encrypted", file=pack, value=info.filename)
        if info.filename in members:
            raise InputError("two members have one name", file=pack, value=info.filename)
        members[info.filename] = info
    if MANIFEST not in members:
        raise InputError(f"the zip has no {MANIFEST}", file=pack, remedy="a pack that `entrepot dossier` wrote")
    return members


def _read(archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], pack: Path, name: str, most: int) -> bytes:
    with archive.open(members[name]) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise InputError(f"{name} is larger than {most:,} bytes", file=pack, remedy="do not unpack this file")
    return content


def _manifest(pack: Path, content: bytes) -> dict[str, object]:
    try:
        manifest = json.loads(content)
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise InputError(f"the manifest is not of the format {FORMAT}", file=pack, value=manifest.get("format") if isinstance(manifest, dict) else None)  # fmt: skip
        _entries(manifest)
        _list(manifest, "sources")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("the manifest cannot be read", file=pack, value=error) from error
    return manifest


def _entries(manifest: Mapping[str, object]) -> list[tuple[str, int, str]]:
    return [(str(f["path"]), int(str(f["size"])), str(f["sha256"])) for f in _list(manifest, "files")]


def _list(manifest: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    listed = manifest[key]
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise ValueError(f"{key} is not a list of objects")
    return listed


def _compared(
    archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], manifest: Mapping[str, object], folder: Path
) -> Iterator[str]:
    """Files against the manifest; sources are kept in the folder for the rows."""
    entries = _entries(manifest)
    for name in sorted(set(members) - {entry[0] for entry in entries} - {MANIFEST}):
        yield f"{show(name)}: added; the manifest does not list it"
    for name, size, digest in entries:
        if name not in members:
            yield f"{show(name)}: missing; the manifest lists it"
            continue
        keep = folder / PurePosixPath(name).name if name.startswith(SOURCES) else None
        length, total = 0, hashlib.sha256()
        try:
            with archive.open(members[name]) as stream, keep.open("wb") if keep is not None else nullcontext() as kept:
                while length <= size and (chunk := stream.read(min(_CHUNK, size + 1 - length) or 1)):
                    length += len(chunk)
                    total.update(chunk)
                    if kept is not None:
                        kept.write(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            yield f"{show(name)}: damaged ({error})"
            continue
        if length > size:
            yield f"{show(name)}: longer than the {size:,} bytes that the manifest states; reading stopped there"
        elif length < size:
            yield f"{show(name)}: {length:,} bytes, the manifest states {size:,}"
        elif total.hexdigest() != digest:
            yield f"{show(name)}: changed; its SHA-256 is {total.hexdigest()[:16]}…, the manifest states {show(digest)[:16]}…"


def _cited(archive: zipfile.ZipFile, manifest: Mapping[str, object], problems: list[str]) -> list[Mapping[str, object]]:
    """Cited rows of tables as they were read, when the pack's own lists of them agree."""
    numbered = [int(r["no"]) for r in csv.DictReader(io.TextIOWrapper(archive.open(ROWS), "utf-8", newline=""))]
    if numbered != list(range(1, int(str(manifest.get("cited_rows", -1))) + 1)):
        problems.append(f"{ROWS}: {len(numbered)} rows, the manifest states {manifest.get('cited_rows')}, numbered from 1 without a gap")  # fmt: skip
    cited = [json.loads(line) for line in archive.read(ORIGINALS).splitlines()]
    if not {int(c["no"]) for c in cited} <= set(numbered):
        problems.append(f"{ORIGINALS}: it has rows that {ROWS} does not number")
    return cited


def _given(places: Iterable[Path], wanted: Mapping[str, str]) -> dict[str, Path]:
    """Files that a person holds, by SHA-256; of a case folder its own copies."""
    found: dict[str, Path] = {}
    for place in places:
        folder = place / "sources" if (place / "case.toml").is_file() else place
        for path in [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file()):
            if folder is not place and path.name not in wanted:
                continue  # a case names its copies by their hash
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if digest in wanted:
                found[digest] = path
    return found


def _rows(cited: Iterable[Mapping[str, object]], found: Mapping[str, Path], problems: list[str]) -> int:
    """How many cited rows stand in their source file as cited; those that do not become problems."""
    wanted: dict[str, dict[int, Mapping[str, object]]] = {}
    for row in cited:
        if str(row["sha256"]) in found:
            wanted.setdefault(str(row["source_id"]), {})[int(str(row["row_number"]))] = row
    checked = 0
    for source, rows in sorted(wanted.items()):
        digest = str(next(iter(rows.values()))["sha256"])
        if not source.startswith(digest[:16]):
            problems.append(f"source {show(source)}: it does not belong to a file of SHA-256 {show(digest)[:16]}…")
            continue
        try:
            checked += _same(found[digest], int(source.partition("-")[2] or 0), rows, problems)
        except EntrepotError as error:
            problems.append(f"source file {digest[:16]}…: {error.problem}")
    return checked


def _same(path: Path, number: int, rows: dict[int, Mapping[str, object]], problems: list[str]) -> int:
    """Compare the cells that were cited with the cells of the file's rows."""
    part = next((p for p in files.parts(path) if p.number == number), None)
    if part is None:
        problems.append(f"source file {path.name[:16]}…: it has no part {number}")
        return 0
    last, checked, left = max(rows), 0, dict(rows)
    for row in files.rows(part):
        if row.number > last:
            break
        if (asked := left.pop(row.number, None)) is None:
            continue
        original = asked["original"]
        values = list(original.values()) if isinstance(original, dict) else []
        cells = {_folded(cell) for cell in row.cells if cell is not None}
        if wrong := [v for v in values if v not in (None, "") and _folded(str(v)) not in cells]:
            problems.append(f"row {row.number} (footnote {asked['no']}): the source file does not say {show(str(wrong[0]))!r}")  # fmt: skip
        else:
            checked += 1
    problems += [f"row {at} (footnote {left[at]['no']}): the source file has no such row" for at in sorted(left)]
    return checked


def _folded(cell: str) -> str:
    return " ".join(cell.split())


def _optional(value: object) -> str | None:
    return None if value is None else show(str(value), 200)
