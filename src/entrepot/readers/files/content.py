"""Bytes of a part, through gzip and zip with limits, never written outside a temporary directory."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from entrepot.errors import InputError, show
from entrepot.readers.files.limits import MAX_BYTES, MAX_IN_MEMORY, MAX_RATIO, RATIO_FREE_BYTES
from entrepot.readers.files.part import Part

_CHUNK = 1 << 20


@contextmanager
def open_bytes(part: Part) -> Iterator[BinaryIO]:
    """The decompressed bytes of a part as a binary stream; reading past a limit raises InputError."""
    if part.compression is None:
        with part.path.open("rb") as file:
            yield file
    elif part.compression == "gzip":
        with part.path.open("rb") as file, gzip.GzipFile(fileobj=file) as inner:
            yield _bounded(cast(IO[bytes], inner), part, part.path.stat().st_size)
    else:
        with zipfile.ZipFile(part.path) as archive:
            info = archive.infolist()[part.member or 0]
            with archive.open(info) as inner:
                yield _bounded(inner, part, info.compress_size)


def head_of(part: Part, size: int, *, beyond_ascii: int = 0) -> bytes:
    """The first `size` bytes of a part.

    Args:
        beyond_ascii: where given, the first `size` bytes from the chunk with the first byte that is not ASCII, searched for
            in so many bytes; empty where there is none.
    """
    with open_bytes(part) as stream:
        if not beyond_ascii:
            return stream.read(size)
        for _ in range(0, beyond_ascii, _CHUNK):
            chunk = stream.read(_CHUNK)
            if not chunk:
                return b""
            if not chunk.isascii():
                chunk += stream.read(size)
                first = next(at for at in range(0, len(chunk), 4096) if not chunk[at : at + 4096].isascii())
                # From the beginning of a line, so that no character is cut.
                start = chunk.rfind(b"\n", 0, first) + 1
                return chunk[start : start + size]
    return b""


def read_bytes(part: Part, limit: int = MAX_IN_MEMORY) -> bytes:
    """All bytes of a part, decompressed.

    Raises:
        InputError: more than `limit` bytes, a decompression bomb, or a damaged archive.
    """
    with open_bytes(part) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(
            f"more than {limit:,} bytes, too many to read at once",
            file=part.label,
            remedy="split the file, or convert it to CSV or Parquet, which are read in pieces",
        )
    return data


@contextmanager
def open_text(part: Part) -> Iterator[io.TextIOWrapper]:
    """The text of a part, decoded (undecodable bytes become U+FFFD), newlines as they are, without the BOM."""
    with open_bytes(part) as stream:
        yield io.TextIOWrapper(stream, encoding=part.encoding or "utf-8-sig", errors="replace", newline="")


@contextmanager
def extracted(part: Part) -> Iterator[Path]:
    """A path that other libraries can open: the file itself, or a decompressed copy in a temporary directory that
    is removed at the end."""
    if part.compression is None:
        yield part.path
        return
    with tempfile.TemporaryDirectory(prefix="entrepot-") as folder:
        target = Path(folder) / "member"
        with open_bytes(part) as stream, target.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                out.write(chunk)
        yield target


def _bounded(stream: IO[bytes], part: Part, compressed: int) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Bounded(stream, part, compressed), _CHUNK))


class _Bounded(io.RawIOBase):
    """A decompressing stream that counts what comes out and stops at the limits."""

    def __init__(self, stream: IO[bytes], part: Part, compressed: int) -> None:
        self._stream = stream
        self._part = part
        self._most = min(MAX_BYTES, max(RATIO_FREE_BYTES, compressed * MAX_RATIO))
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        try:
            data = self._stream.read(len(view))
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
            raise InputError(
                f"the {self._part.compression} data is damaged or cut off after {self._seen:,} bytes ({error})",
                file=show(self._part.label),
                remedy="copy or download the file again",
            ) from error
        self._seen += len(data)
        if self._seen > self._most:
            raise InputError(
                f"unpacks to more than {self._most:,} bytes, {MAX_RATIO} times its packed size: "
                "it looks like a decompression bomb",
                file=show(self._part.label),
                remedy="unpack it yourself if you trust it, and add the unpacked file",
            )
        view[: len(data)] = data
        return len(data)
