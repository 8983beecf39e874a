"""Finds the parts of a file and reads their rows."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from entrepot.errors import InputError, show
from entrepot.readers.files.content import open_bytes
from entrepot.readers.files.delimited import read_delimited
from entrepot.readers.files.dialect import sniff_dialect
from entrepot.readers.files.encodings import detect_encoding
from entrepot.readers.files.limits import MAX_MEMBERS
from entrepot.readers.files.part import Part, Row
from entrepot.readers.files.recognise import recognise
from entrepot.readers.files.records import read_json, read_json_lines, read_parquet
from entrepot.readers.files.workbook import read_sheet, sheets

_HEAD = 1 << 18
"""Bytes looked at to recognise a part: some hundreds of rows of the widest layouts seen (100 columns)."""

_READERS = {
    "csv": read_delimited,
    "xlsx": read_sheet,
    "xls": read_sheet,
    "jsonl": read_json_lines,
    "json": read_json,
    "parquet": read_parquet,
}


def parts(
    path: str | os.PathLike[str], *, encoding: str | None = None, delimiter: str | None = None
) -> tuple[Part, ...]:
    """What can be read in a file, in the file's order.

    Args:
        path: the file. Its name plays no role.
        encoding, delimiter: what the user says of a text file, in place of what is found.

    Raises:
        InputError: empty, unreadable, damaged, protected, nested archive, or a format that is not known.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            magic = stream.read(8)
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", file=file) from error
    if size == 0:
        raise InputError("the file is empty", file=file, remedy="a file with a header and at least one row")
    found: list[Part] = []
    for base in _members(file, magic):
        with open_bytes(base) as stream:
            head = stream.read(_HEAD)
        found += _parts_of(base, head, encoding, delimiter)
    return tuple(replace(part, number=number) for number, part in enumerate(found))


def rows(part: Part, limit: int | None = None) -> Iterator[Row]:
    """The records of a tabular part in file order; `limit` stops after so many.

    Raises:
        InputError: the part has no rows (reports, XML), or it is damaged.
    """
    reader = _READERS.get(part.format)
    if reader is None:
        raise InputError(f"a part of format {part.format} has no rows", file=part.label)
    yield from islice(reader(part), limit)


def _members(file: Path, magic: bytes) -> Iterator[Part]:
    if magic.startswith(b"\x1f\x8b"):
        yield Part(file, 0, None, "text", compression="gzip")
    elif magic.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                yield Part(file, 0, None, "text")
                return
            if len(names) > MAX_MEMBERS:
                raise InputError(f"the archive has more than {MAX_MEMBERS} members", file=file)
            for index, info in enumerate(archive.infolist()):
                if not info.is_dir():
                    yield Part(file, 0, info.filename, "text", compression="zip", member=index)
    else:
        yield Part(file, 0, None, "text")


def _parts_of(base: Part, head: bytes, encoding: str | None, delimiter: str | None) -> list[Part]:
    whole = len(head) < _HEAD
    kind = recognise(head)
    if kind in ("gzip", "zip"):
        raise InputError(
            "an archive inside an archive is not opened",
            file=show(base.label),
            remedy="unpack the outer archive and add what is inside",
        )
    if kind in ("xlsx", "xls"):
        base = replace(base, format=kind)
        return [
            replace(base, sheet=name, hidden=hidden, name=name if base.name is None else f"{base.name}/{name}")
            for name, hidden in sheets(base)
        ]
    if kind in ("parquet", "pdf", "docx"):
        return [replace(base, format=kind)]
    codec = encoding or detect_encoding(head, whole=whole)
    text = head.decode(codec, "replace")
    if not whole:
        text = text[: text.rfind("\n") + 1] or text
    kind = kind or _text_kind(text)
    if kind != "csv":
        return [replace(base, format=kind, encoding=codec)]
    dialect = sniff_dialect(text)
    return [
        replace(
            base,
            format="csv",
            encoding=codec,
            delimiter=delimiter or dialect.delimiter,
            quote=dialect.quote,
            width=dialect.width,
        )
    ]


def _text_kind(text: str) -> str:
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith("<?xml"):
        return "xml"
    if stripped.lower().startswith(("<!doctype html", "<html")):
        return "html"
    if stripped.startswith("["):
        return "json"
    if stripped.startswith("{"):
        return "jsonl"
    return "csv"
