"""Opens gzip and zip as parts, and refuses what is made to harm."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from entrepot.errors import InputError
from entrepot.readers.files.limits import MAX_BYTES, MAX_IN_MEMORY, MAX_MEMBERS, MAX_RATIO, RATIO_FREE_BYTES
from entrepot.readers.files.part import Part
from entrepot.readers.files.recognise import archive_kind, recognise

_DEFLATE_BOUND = 1_032
"""The most that one byte of deflate can unpack to (zlib technical details)."""
_CHUNK = 1 << 20


def members(file: Path, head: bytes) -> Iterator[Part]:
    """The file itself, or what is inside it where it is an archive. Nothing is unpacked.

    Raises:
        InputError: damaged, protected, more than MAX_MEMBERS members, a member whose packed size is out of proportion.
    """
    kind = recognise(head)
    if kind == "gzip":
        yield Part(file, 0, None, "text", compression="gzip")
    elif kind == "zip":
        yield from _zip_members(file)
    elif kind == "parquet":
        yield Part(file, 0, None, "parquet")
    else:
        yield Part(file, 0, None, "text")


def _zip_members(file: Path) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            kind = archive_kind(frozenset(info.filename for info in infos))
            if len(infos) > MAX_MEMBERS and kind == "zip":
                raise InputError(f"the archive has more than {MAX_MEMBERS:,} members", file=file, remedy=_UNPACK)
            if kind != "zip":
                _refuse_unread(file, kind)
                _check_office(archive, file)
                yield Part(file, 0, None, kind)
                return
            for index, info in enumerate(infos):
                name = info.filename.replace("\\", "/").rsplit("/", 1)[-1]
                if info.is_dir() or info.file_size == 0 or name.startswith(("._", ".DS_Store", "Thumbs.db")):
                    continue
                if info.flag_bits & 1:
                    raise InputError(
                        "the archive is protected with a password",
                        file=f"{file} [{info.filename}]",
                        remedy="unpack it with its password and add what is inside",
                    )
                _check_size(file, info)
                yield _member(archive, file, index, info)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError) as error:
        raise InputError(
            f"the archive or workbook is damaged, cut off or of an unknown kind ({error})",
            file=file,
            remedy="copy or download the file again",
        ) from error


_UNPACK = "unpack it yourself if you trust it, and add what is inside"


def _member(archive: zipfile.ZipFile, file: Path, index: int, info: zipfile.ZipInfo) -> Part:
    with archive.open(info) as stream:
        head = stream.read(8)
    kind = recognise(head)
    if kind == "zip":
        # A workbook in a zip is no nested archive, but it has to be looked into.
        with archive.open(info) as stream:
            kind = _inner_kind(stream, file, info)
    fmt = kind if kind in ("parquet", "xlsx", "docx") else "text"
    return Part(file, 0, info.filename, fmt, compression="zip", member=index)


def _inner_kind(stream: IO[bytes], file: Path, info: zipfile.ZipInfo) -> str:
    if info.file_size > MAX_IN_MEMORY:
        raise InputError(
            "the workbook is too large to read inside an archive", file=f"{file} [{info.filename}]", remedy=_UNPACK
        )
    try:
        with zipfile.ZipFile(stream) as inner:
            kind = archive_kind(frozenset(inner.namelist()))
            if kind != "zip":
                _refuse_unread(f"{file} [{info.filename}]", kind)
                _check_office(inner, file)
            return kind
    except zipfile.BadZipFile:
        return "zip"


def _refuse_unread(file: Path | str, kind: str) -> None:
    if kind in ("xlsb", "ods"):
        raise InputError(f"a workbook of format {kind.upper()} is not read", file=file, remedy="save it as XLSX or CSV")


def _check_size(file: Path, info: zipfile.ZipInfo) -> None:
    """What the directory says of a member; what it unpacks to is counted again when it is read."""
    if info.file_size > MAX_BYTES or (
        info.file_size > RATIO_FREE_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1)
    ):
        raise InputError(
            f"unpacks from {info.compress_size:,} to {info.file_size:,} bytes: it looks like a decompression bomb",
            file=f"{file} [{info.filename}]",
            remedy=_UNPACK,
        )


def _check_office(archive: zipfile.ZipFile, file: Path) -> None:
    """A workbook or document is unpacked by other libraries, which do not count: all of it is measured before."""
    total = 0
    for info in archive.infolist():
        _check_size(file, info)
        # What cannot unpack to more than is read into memory anyway needs no measuring.
        if info.compress_size * _DEFLATE_BOUND <= RATIO_FREE_BYTES:
            total += max(info.file_size, 0)
        else:
            total += _unpacked(archive, info)
        if total > MAX_IN_MEMORY:
            raise InputError(
                f"unpacks to more than {MAX_IN_MEMORY:,} bytes",
                file=file,
                remedy="save it as CSV or Parquet, which are read in pieces",
            )


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    """Bytes that a member really unpacks to, whatever its header says."""
    if info.compress_type != zipfile.ZIP_DEFLATED or archive.fp is None:
        return info.file_size
    source = archive.fp
    source.seek(info.header_offset + 26)
    name, extra = struct.unpack("<HH", source.read(4))
    source.seek(info.header_offset + 30 + name + extra)
    left, total = info.compress_size, 0
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and not unpacker.eof and total <= MAX_IN_MEMORY:
        data = source.read(min(left, _CHUNK))
        if not data:
            break
        left -= len(data)
        while data:
            total += len(unpacker.decompress(data, _CHUNK))
            data = unpacker.unconsumed_tail
            if total > MAX_IN_MEMORY:
                break
    return total
