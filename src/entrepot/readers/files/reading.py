"""Finds the parts of a file and reads their rows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from entrepot.errors import InputError
from entrepot.readers.files.archive import members
from entrepot.readers.files.content import head_of, read_bytes
from entrepot.readers.files.delimited import read_delimited
from entrepot.readers.files.dialect import sniff_dialect
from entrepot.readers.files.encodings import Encoding, detect_encoding, encoding_fits
from entrepot.readers.files.ole import ole_kind
from entrepot.readers.files.part import Part, Row
from entrepot.readers.files.recognise import is_prose, recognise, text_kind, unreadable
from entrepot.readers.files.records import read_json, read_json_lines, read_parquet
from entrepot.readers.files.workbook import read_sheet, sheets

_HEAD = 1 << 18
"""Bytes looked at to recognise a part: some hundreds of rows of the widest layouts seen (100 columns)."""

_SEARCHED = 64 << 20
"""Bytes searched for the first that is not ASCII, where the head is: names in another script may come late."""

_READERS = {
    "csv": read_delimited,
    "text": read_delimited,
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
        InputError: empty, unreadable, damaged, protected, an archive in an archive, or a format that is not read; an
            encoding that Python does not know or that the bytes contradict.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        if not file.is_file():
            raise InputError("not a file", file=file, remedy="name the files in the folder")
        with file.open("rb") as stream:
            magic = stream.read(_HEAD)
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", file=file) from error
    if size == 0:
        raise InputError("the file is empty", file=file, remedy="a file with a header and at least one row")
    found: list[Part] = []
    for base in members(file, magic):
        found += _parts_of(base, encoding, delimiter)
    if not found:
        raise InputError("nothing in the archive can be read: it holds no file", file=file)
    return tuple(replace(part, number=number) for number, part in enumerate(found))


def rows(part: Part, limit: int | None = None) -> Iterator[Row]:
    """The records of a part in file order; `limit` stops after so many. A `text` part has one cell a line.

    Raises:
        InputError: the part has no rows (a report, XML), or it is damaged.
    """
    reader = _READERS.get(part.format)
    if reader is None:
        raise InputError(
            f"a part of format {part.format} has no rows",
            file=part.label,
            remedy="a table: CSV, XLSX, XLS, JSON lines, JSON or Parquet",
        )
    yield from islice(reader(part), limit)


def _parts_of(base: Part, encoding: str | None, delimiter: str | None) -> list[Part]:
    if base.format == "xlsx":
        return _sheets(base)
    if base.format in ("docx", "parquet"):
        return [base]
    head = head_of(base, _HEAD)
    if not head.strip(b"\0\r\n\t "):
        raise InputError("the file holds nothing but white space", file=base.label, remedy="a file with rows or text")
    kind = recognise(head)
    if kind in ("gzip", "zip"):
        raise InputError(
            "an archive inside an archive is not opened",
            file=base.label,
            remedy="unpack the outer archive and add what is inside",
        )
    if kind == "ole":
        return _ole(base)
    if kind is not None:
        return [replace(base, format=kind)]
    if (what := unreadable(head)) is not None:
        raise InputError(f"{what[0]} is not read", file=base.label, remedy=what[1])
    return [_text(base, head, encoding, delimiter)]


def _ole(base: Part) -> list[Part]:
    kind = ole_kind(read_bytes(base))
    if kind == "protected":
        raise InputError(
            "the workbook is protected with a password", file=base.label, remedy="save a copy without a password"
        )
    if kind == "cut off":
        raise InputError("the workbook is cut off", file=base.label, remedy="copy or download the file again")
    if kind != "xls":
        what = "a Word document of the old format" if kind == "doc" else "an Office file that is no workbook"
        raise InputError(f"{what} is not read", file=base.label, remedy="save it as DOCX, XLSX or PDF")
    return _sheets(replace(base, format="xls"))


def _sheets(base: Part) -> list[Part]:
    return [
        replace(
            base,
            sheet=sheet.name,
            hidden=sheet.hidden,
            name=sheet.name if base.name is None else f"{base.name}/{sheet.name}",
            notes=(*base.notes, *sheet.notes),
        )
        for sheet in sheets(base)
    ]


def _text(base: Part, head: bytes, declared: str | None, delimiter: str | None) -> Part:
    whole = len(head) < _HEAD
    encoding, notes = _encoding(base, head, declared, whole=whole)
    text = head.decode(encoding, "replace").removeprefix("\ufeff").replace("\0", "")
    if _is_binary(text):
        raise InputError(
            "the file is neither text nor of a format that is read",
            file=base.label,
            remedy="CSV, XLSX, XLS, JSON, Parquet, XML, HTML, PDF, DOCX or text, as it is, in gzip or in zip",
        )
    if not whole:
        text = text[: text.rfind("\n") + 1] or text
    base = replace(base, encoding=encoding, notes=(*base.notes, *notes), format=text_kind(text, whole=whole))
    if base.format == "xml" and "<!ENTITY" in text:
        raise InputError(
            "the XML declares entities, which are not expanded here because they can read files or exhaust memory",
            file=base.label,
            remedy="ask the publisher for the file without a DOCTYPE, or remove the declarations",
        )
    if base.format != "csv":
        return base
    dialect = sniff_dialect(text, delimiter)
    if delimiter is None and (dialect.width < 2 or dialect.consistency < 0.5) and is_prose(text):
        return replace(base, format="text", delimiter="\0")
    if dialect.width < 2:
        # One column: no sign in it is a delimiter.
        return replace(base, delimiter=delimiter or "\0", quote=dialect.quote, width=1)
    return replace(base, delimiter=dialect.delimiter, quote=dialect.quote, width=dialect.width)


def _is_binary(text: str) -> bool:
    """Whether what was decoded is no text: a tenth damage or a twentieth control characters, and not just a few."""
    damage, controls = text.count("\ufffd"), len(_CONTROLS.findall(text))
    return max(damage - 0.1 * len(text), controls - 0.05 * len(text)) > _FEW


_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_FEW = 16
"""Strange characters that any text may have."""


def _encoding(base: Part, head: bytes, declared: str | None, *, whole: bool) -> tuple[str, tuple[str, ...]]:
    sample = head
    if head.isascii() and not whole:
        sample, whole = head_of(base, _HEAD, beyond_ascii=_SEARCHED) or head, False
    found = detect_encoding(sample, whole=whole)
    if declared is None:
        return found.codec, () if found.sure else (_unsure(found),)
    try:
        fits = encoding_fits(sample, declared, whole=whole)
    except LookupError as error:
        raise InputError(
            "the encoding is not known",
            file=base.label,
            value=declared,
            remedy=f"a name such as utf-8, utf-16, windows-1251, windows-1254 or gb18030; it looks like {found.codec}",
        ) from error
    if not fits:
        raise InputError(
            "the file is not in the declared encoding",
            file=base.label,
            value=declared,
            remedy=f"leave the encoding out; the file looks like {found.codec}",
        )
    return declared, ()


def _unsure(found: Encoding) -> str:
    return f"the encoding could not be told with confidence and is taken as {found.codec}: name it if words look wrong"
