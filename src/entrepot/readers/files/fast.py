"""Decides whether DuckDB may read a CSV file by itself."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from numba import njit

from entrepot.readers.files.content import open_bytes
from entrepot.readers.files.delimited import read_delimited
from entrepot.readers.files.limits import MAX_RECORD_BYTES
from entrepot.readers.files.part import Part

CHUNK_BYTES = 16 << 20
NO_NULL = "\x1e\x1e"
"""No cell is this text, so that DuckDB keeps an empty cell as an empty text; what stands for NULL is decided later."""

_LF, _CR = 10, 13
_INSIDE, _LAST, _RETURNS, _BLANK, _EMPTY, _LENGTH = range(6)
"""What `_follow` keeps from chunk to chunk: whether a quote is open; the last byte; whether line ends have carriage returns (-1:
not seen yet); whether an empty line was seen; whether the line has no byte yet; bytes of the quoted cell so far."""


def duckdb_csv_options(part: Part, header_row: int = 1) -> dict[str, object] | None:
    """Options of DuckDB's `read_csv` under which it gives the rows after `header_row` exactly as `rows` would, if the bytes are in
    order too (`in_order`).

    Returns:
        None where the file needs the careful path: another format or encoding, a header over several lines, one column.
        Otherwise a dict of keyword arguments for `read_csv`: every column text (`c0`, `c1`, ...), no header, lines up to and
        including the header skipped. Rows with too few or too many cells make DuckDB stop with an error: the caller then reads
        row by row.
    """
    if part.format != "csv" or part.compression not in (None, "gzip") or part.delimiter in (None, "\0"):
        return None
    if (part.encoding or "").lower().replace("_", "-") not in ("utf-8", "utf-8-sig", "ascii", "us-ascii"):
        return None
    width = _header_width(part, header_row)
    if width is None or width < 2:
        return None
    options: dict[str, object] = {
        "header": False,
        "auto_detect": False,
        "skip": header_row,
        "delim": part.delimiter,
        "quote": part.quote or "",
        "escape": part.quote or "",
        "nullstr": NO_NULL,
        "columns": {f"c{at}": "VARCHAR" for at in range(width)},
    }
    if part.compression == "gzip":
        options["compression"] = "gzip"
    return options


def in_order(part: Part) -> bool:
    """Whether a CSV file holds nothing that DuckDB reads otherwise than `rows`: bytes that are no UTF-8, NUL, quotes that are not in
    order, empty lines between rows, mixed line ends. One pass over the bytes, most of it without the interpreter's lock.
    """
    return _Check(part).passes()


def _header_width(part: Part, header_row: int) -> int | None:
    """Number of cells of the header; None where the rows up to it are not one line each, or are not that many."""
    width = None
    for row in read_delimited(part):
        if row.problems or row.empty or any(cell and ("\n" in cell or "\r" in cell) for cell in row.cells):
            return None
        width = len(row.cells)
        if row.number == header_row:
            return width
    return None


class _Check:
    """One pass over the bytes of a file, in chunks."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._quote = ord(part.quote) if part.quote else -1
        self._delimiter = ord(part.delimiter or ",")
        self._held = b""
        """The beginning of a character whose end the next chunk has."""
        self._state = np.array([0, _LF, -1, 0, 1, 0], dtype=np.int64)

    def passes(self) -> bool:
        """Whether DuckDB and `rows` read the file alike."""
        with open_bytes(self._part) as stream:
            if self._part.encoding == "utf-8-sig":
                stream.read(3)
            while chunk := stream.read(CHUNK_BYTES):
                if not self._text(chunk):
                    return False
                if not _follow(
                    np.frombuffer(chunk, dtype=np.uint8), self._state, self._quote, self._delimiter, MAX_RECORD_BYTES
                ):
                    return False
        return not self._state[_INSIDE] and self._state[_LAST] != _CR and not self._held

    def _text(self, chunk: bytes) -> bool:
        """No NUL, no record separator (which stands between the cells of a stored row), valid UTF-8."""
        if b"\0" in chunk or b"\x1e" in chunk:
            return False
        if chunk.isascii() and not self._held:
            return True
        text = self._held + chunk if self._held else chunk
        whole = _whole_characters(text)
        self._held = text[whole:]
        ends = np.array([0, whole], dtype=np.int64)
        try:
            pa.Array.from_buffers(pa.large_string(), 1, [None, pa.py_buffer(ends), pa.py_buffer(text)]).validate(
                full=True
            )
        except pa.ArrowInvalid:
            return False
        return True


def _whole_characters(text: bytes) -> int:
    """Bytes up to the end of the last whole UTF-8 character; a text that is not UTF-8 is left whole."""
    for back in range(1, min(4, len(text) + 1)):
        byte = text[-back]
        if byte >= 0xC0:  # the first byte of several: 110, 1110 or 11110 and then bits
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(text) - back if needed > back else len(text)
        if byte < 0x80:
            break
    return len(text)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _follow(
    data: npt.NDArray[np.uint8], state: npt.NDArray[np.int64], quote: int, delimiter: int, longest: int
) -> bool:
    """Whether quotes and line ends stay in order over the bytes of `data`; `state` is carried on.

    An opening quote stands at the beginning of a cell, a closing one at its end (a doubled quote closes and opens again): others
    are broken quotes. A quoted cell longer than any record is many rows that a broken quote ran together. Outside quotes,
    line ends are alike, a carriage return ends a line, and an empty line stands only at the end.
    """
    inside, last, returns, blank, empty, length = state
    opened = -length
    """Where the open quote stands, counted from the beginning of `data`."""
    for at in range(len(data)):
        byte = data[at]
        if inside:
            if byte != quote:
                continue
            if at - opened > longest:
                return False
            inside, last = 0, quote
            continue
        ordinary = byte != quote and byte != _LF and byte != _CR and byte != delimiter
        if ordinary and last != quote and last != _CR and not blank:
            last, empty = byte, 0
            continue
        if blank and byte != _LF and byte != _CR:
            return False
        if last == _CR and byte != _LF:
            return False
        if last == quote and ordinary:
            return False
        if byte == quote:
            if last != delimiter and last != _LF and last != quote:
                return False
            inside, opened, empty = 1, at, 0
        elif byte == _LF:
            paired = 1 if last == _CR else 0
            if returns >= 0 and returns != paired:
                return False
            returns = paired
            if empty:
                blank = 1
            empty = 1
        elif byte != _CR:
            empty = 0
        last = byte
    length = len(data) - opened
    if inside and length > longest:
        return False
    state[:] = (inside, last, returns, blank, empty, length)
    return True
