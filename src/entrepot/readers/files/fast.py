"""Decides whether DuckDB may read a CSV file by itself."""

from __future__ import annotations

import codecs

import numpy as np
import numpy.typing as npt

from entrepot.readers.files.content import open_bytes
from entrepot.readers.files.delimited import read_delimited
from entrepot.readers.files.limits import MAX_RECORD_BYTES
from entrepot.readers.files.part import Part

CHUNK_BYTES = 16 << 20
NO_NULL = "\x1e\x1e"
"""No cell is this text, so that DuckDB keeps an empty cell as an empty text; what stands for NULL is decided later."""

_LF, _CR = 10, 13
_Bytes = npt.NDArray[np.uint8]
_Places = npt.NDArray[np.int64]


def duckdb_csv_options(part: Part, header_row: int = 1) -> dict[str, object] | None:
    """Options of DuckDB's `read_csv` under which it gives the rows after `header_row` exactly as `rows` would.

    Returns:
        None where the file needs the careful path: another format or encoding, bytes that are no UTF-8, NUL, quotes that
        are not in order, empty lines between rows, mixed line ends, a header over several lines, one column. Otherwise a
        dict of keyword arguments for `read_csv`: every column text (`c0`, `c1`, ...), no header, lines up to and including
        the header skipped. Rows with too few or too many cells make DuckDB stop with an error: the caller then reads row
        by row.

    One pass over the bytes.
    """
    if part.format != "csv" or part.compression not in (None, "gzip") or part.delimiter in (None, "\0"):
        return None
    if (part.encoding or "").lower().replace("_", "-") not in ("utf-8", "utf-8-sig", "ascii", "us-ascii"):
        return None
    width = _header_width(part, header_row)
    if width is None or width < 2 or not _Check(part).passes():
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
    """One pass over the bytes of a file, in chunks. Positions are those in the file."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._quote = ord(part.quote) if part.quote else -1
        self._delimiter = ord(part.delimiter or ",")
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._inside = False
        """Whether a quote is open at the end of what was read."""
        self._last = _LF
        """The last byte that was read."""
        self._last_quote = 0
        self._last_feed = -1
        """The end of the last line, outside quotes. The file begins as if a line had just ended."""
        self._returns: bool | None = None
        """Whether line ends have carriage returns."""
        self._blank = False
        """Whether an empty line was seen: only more of them may follow, at the end of the file."""

    def passes(self) -> bool:
        """Whether DuckDB and `rows` read the file alike."""
        at = 0
        with open_bytes(self._part) as stream:
            if self._part.encoding == "utf-8-sig":
                stream.read(3)
            while chunk := stream.read(CHUNK_BYTES):
                if not self._text(chunk) or not self._structure(chunk, at):
                    return False
                at += len(chunk)
                self._last = chunk[-1]
        return not self._inside and self._last != _CR and not self._decoder.getstate()[0]

    def _text(self, chunk: bytes) -> bool:
        """No NUL, no record separator (which stands between the cells of a stored row), valid UTF-8."""
        if b"\0" in chunk or b"\x1e" in chunk:
            return False
        if chunk.isascii() and not self._decoder.getstate()[0]:
            return True
        try:
            self._decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
        return True

    def _structure(self, chunk: bytes, at: int) -> bool:
        data: _Bytes = np.frombuffer(chunk, dtype=np.uint8)
        if not self._inside and self._last == self._quote and not self._ends_cell(chunk[0]):
            return False
        quotes = None
        if self._inside or (self._quote >= 0 and self._quote in chunk):
            quotes = np.flatnonzero(data == self._quote)
            if not self._quotes_in_order(data, at, quotes):
                return False
        good = self._line_ends(chunk, data, at, quotes)
        if quotes is not None:
            self._inside ^= bool(len(quotes) % 2)
        return good

    def _quotes_in_order(self, data: _Bytes, at: int, quotes: _Places) -> bool:
        """Every opening quote stands at the beginning of a cell, every closing one at its end (a doubled quote closes and
        opens again): an opening quote in the middle of a cell, or a closing one before more text, is a broken quote. A
        quoted cell that is longer than any record is many rows that a broken quote ran together."""
        open_since = self._last_quote if self._inside else at
        if len(quotes):
            self._last_quote = at + int(quotes[-1])
        elif at + len(data) - open_since > MAX_RECORD_BYTES:
            return False
        opening, closing = (quotes[1::2], quotes[0::2]) if self._inside else (quotes[0::2], quotes[1::2])
        before = data[opening - 1]
        if len(opening) and opening[0] == 0:
            before[0] = self._last
        after = data[closing[closing + 1 < len(data)] + 1]
        begins = (before == self._delimiter) | (before == _LF) | (before == self._quote)
        ends = (after == self._delimiter) | (after == _LF) | (after == _CR) | (after == self._quote)
        return bool(np.all(begins) and np.all(ends))

    def _ends_cell(self, byte: int) -> bool:
        return byte in (self._delimiter, _LF, _CR, self._quote)

    def _line_ends(self, chunk: bytes, data: _Bytes, at: int, quotes: _Places | None) -> bool:
        """Outside quotes: line ends alike, no carriage return that ends no line, no empty line but at the end."""
        if self._last == _CR and not self._inside and chunk[0] != _LF:
            return False
        feeds = np.flatnonzero(data == _LF)
        if quotes is not None:
            feeds = feeds[self._outside(feeds, quotes)]
        paired = np.zeros(len(feeds), dtype=np.bool_)
        if b"\r" in chunk or self._last == _CR:
            before = data[feeds - 1]
            if len(feeds) and feeds[0] == 0:
                before[0] = self._last
            paired = before == _CR
            returns = np.flatnonzero(data == _CR)
            if quotes is not None:
                returns = returns[self._outside(returns, quotes)]
            returns = returns[returns + 1 < len(data)]
            if not np.all(data[returns + 1] == _LF):
                return False
        if not len(feeds):
            return not (self._blank and chunk.strip(b"\r\n"))
        if self._returns is None:
            self._returns = bool(paired[0])
        if not np.all(paired == self._returns):
            return False
        return self._no_blank(chunk, feeds, at)

    def _no_blank(self, chunk: bytes, feeds: _Places, at: int) -> bool:
        if self._blank:
            return not chunk.strip(b"\r\n")
        lengths = np.diff(feeds, prepend=self._last_feed - at)
        self._last_feed = at + int(feeds[-1])
        empty = np.flatnonzero(lengths == (2 if self._returns else 1))
        if len(empty):
            self._blank = True
            return not chunk[feeds[empty[0]] :].strip(b"\r\n")
        return True

    def _outside(self, places: _Places, quotes: _Places) -> npt.NDArray[np.bool_]:
        """Which places are outside quotes."""
        outside: npt.NDArray[np.bool_] = (np.searchsorted(quotes, places) + int(self._inside)) % 2 == 0
        return outside
