"""Decides whether DuckDB may read a CSV file by itself."""

from __future__ import annotations

from enum import Enum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from entrepot.engine.compiled import compiled
from entrepot.readers.files.content import open_bytes
from entrepot.readers.files.delimited import read_delimited
from entrepot.readers.files.limits import MAX_RECORD_BYTES
from entrepot.readers.files.part import Part

CHUNK_BYTES = 16 << 20
NO_NULL = "\x1e\x1e"
"""No cell is this text, so that DuckDB keeps an empty cell as an empty text; what stands for NULL is decided later."""

_TAB, _LF, _CR, _SPACE = 9, 10, 13, 32
_WORD = 64
_WIDE_LEADS = (b"\xc2", b"\xe2", b"\xe3", b"\xef")
"""First bytes of white space beyond ASCII."""
_BLOCK_BYTES = 1 << 20
"""Bytes turned into bits at a time: what is made of them stays in the processor's cache."""

(
    _OPEN,
    _QUOTE,
    _DELIMITER,
    _LINE_END,
    _LINE_BEFORE,
    _RETURN,
    _WHITE,
    _OPENED,
    _CLOSED,
    _PADDED,
    _ENDS,
    _BLANK,
    _LENGTH,
) = range(13)
"""What `_follow` keeps from block to block: whether a quote is open; whether the last byte was a quote, a delimiter, a line end, the byte
before it a line end, a carriage return (the last four outside quotes); white space, a quote that opened a cell, a quote that closed one
after white space; whether a cell begins or ends with white space; which line ends were seen (1: without, 2: with a carriage
return); whether an empty line was seen; bytes of the open cell so far, to a word."""


class Order(Enum):
    """What the bytes of a CSV file say of reading it with DuckDB.

    Attributes:
        BROKEN: DuckDB would read it otherwise than `rows`.
        PADDED: alike, and a cell may begin or end with white space.
        GOOD: alike, and none does.
    """

    BROKEN = "broken"
    PADDED = "padded"
    GOOD = "good"


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


def order_of(part: Part, *, padded: bool = False) -> Order:
    """Whether a CSV file holds nothing that DuckDB reads otherwise than `rows`: bytes that are no UTF-8, NUL, quotes that are not in
    order, empty lines between rows, mixed line ends. One pass over the bytes, most of it without the interpreter's lock.

    Args:
        padded: the caller knows already that cells are padded; else the pass stops where one may be.
    """
    return _Check(part, padded).order()


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

    def __init__(self, part: Part, padded: bool) -> None:
        self._part = part
        self._padded = padded
        self._quote = ord(part.quote) if part.quote else None
        self._delimiter = ord(part.delimiter or ",")
        self._held = b""
        """The beginning of a character whose end the next chunk has."""
        self._state = np.zeros(_LENGTH + 1, dtype=np.uint64)
        self._state[_LINE_END] = 1

    def order(self) -> Order:
        """How DuckDB and `rows` read the file."""
        rest = b""
        with open_bytes(self._part) as stream:
            if self._part.encoding == "utf-8-sig":
                stream.read(3)
            while chunk := stream.read(CHUNK_BYTES):
                if not self._text(chunk):
                    return Order.BROKEN
                data = rest + chunk if rest else chunk
                whole = len(data) - len(data) % _WORD
                rest = data[whole:]
                if not self._bytes(data, whole):
                    return Order.BROKEN
                if self._state[_PADDED] and not self._padded:
                    return Order.PADDED
        if not self._bytes(rest, len(rest)):
            return Order.BROKEN
        if self._state[_OPEN] or self._state[_RETURN] or self._held:
            return Order.BROKEN
        padded = self._state[_PADDED] or self._state[_WHITE] or self._state[_CLOSED]
        return Order.PADDED if padded else Order.GOOD

    def _bytes(self, text: bytes, count: int) -> bool:
        """Quotes and line ends are in order in the first `count` bytes; only the last call may have a number of them that is no
        multiple of a word's bits."""
        data = np.frombuffer(text, dtype=np.uint8, count=count)
        tabs, returns = b"\t" in text, b"\r" in text  # a look for one byte takes a third of the time of marking it
        for start in range(0, len(data), _BLOCK_BYTES):
            block = data[start : start + _BLOCK_BYTES]
            quotes = (
                np.zeros(-(-len(block) // _WORD), np.uint64) if self._quote is None else _bits(block == self._quote)
            )
            white = (block == _SPACE) | (block == _TAB) if tabs else block == _SPACE
            back = _bits(block == _CR) if returns else np.zeros(len(quotes), np.uint64)
            marks = quotes, _bits(block == self._delimiter), _bits(block == _LF), back, _bits(white)
            if not _follow(*marks, len(block), self._state, np.uint64(MAX_RECORD_BYTES)):
                return False
        return True

    def _text(self, chunk: bytes) -> bool:
        """No NUL, no record separator (which stands between the cells of a stored row), valid UTF-8; white space beyond ASCII may pad a
        cell, wherever it stands."""
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
        if not self._padded and not self._state[_PADDED]:
            may_be = any(lead in text for lead in _WIDE_LEADS)
            self._state[_PADDED] = may_be and _wide_space(np.frombuffer(text, dtype=np.uint8))
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


def _bits(found: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    """A bit for each byte, the first the lowest of the first word."""
    packed = np.packbits(found, bitorder="little")
    if missing := -len(packed) % 8:
        packed = np.concatenate([packed, np.zeros(missing, np.uint8)])
    return packed.view("<u8")


@compiled
def _wide_space(data: npt.NDArray[np.uint8]) -> bool:
    """Whether valid UTF-8 holds white space beyond ASCII that is trimmed: U+00A0, U+2009, U+200B, U+202F, U+3000, U+FEFF."""
    last = len(data) - 1
    for at in range(last):
        a, b = data[at], data[at + 1]
        if a == 0xC2:
            if b == 0xA0:
                return True
        elif a == 0xE2 and b == 0x80 and at + 2 <= last:
            if data[at + 2] == 0x89 or data[at + 2] == 0x8B or data[at + 2] == 0xAF:
                return True
        elif at + 2 <= last and (
            (a == 0xE3 and b == 0x80 and data[at + 2] == 0x80) or (a == 0xEF and b == 0xBB and data[at + 2] == 0xBF)
        ):
            return True
    return False


@compiled
def _follow(
    quotes: npt.NDArray[np.uint64],
    delimiters: npt.NDArray[np.uint64],
    ends: npt.NDArray[np.uint64],
    returns: npt.NDArray[np.uint64],
    white: npt.NDArray[np.uint64],
    count: int,
    state: npt.NDArray[np.uint64],
    longest: np.uint64,
) -> bool:
    """Whether quotes and line ends stay in order over `count` bytes, of which each bit tells what it is; `state` is carried on.

    An opening quote stands at the beginning of a cell, a closing one at its end (a doubled quote closes and opens again): others
    are broken quotes. A quoted cell longer than any record is many rows that a broken quote ran together. Outside quotes,
    line ends are alike, a carriage return ends a line, and an empty line stands only at the end. Bytes are taken 64 at a time: which
    are inside quotes is the parity of the quotes up to each, a prefix sum of bits (Langdale and Lemire, Parsing Gigabytes of JSON
    per Second, 2019).
    """
    one, zero, top, every = np.uint64(1), np.uint64(0), np.uint64(63), ~np.uint64(0)
    inside, quote, delimiter, end, before, back = state[0], state[1], state[2], state[3], state[4], state[5]
    blank_last, opened, closed, padded = state[6], state[7], state[8], state[9]
    seen, blank, length = state[10], state[11], state[12]
    left = count
    for at in range(len(quotes)):
        q = quotes[at]
        valid = every if left >= 64 else (one << np.uint64(left)) - one
        last = top if left >= 64 else np.uint64(left - 1)
        p = q ^ (q << one)
        p ^= p << np.uint64(2)
        p ^= p << np.uint64(4)
        p ^= p << np.uint64(8)
        p ^= p << np.uint64(16)
        p ^= p << np.uint64(32)
        if inside:
            p = ~p
        outside = ~p & ~q & valid
        d = delimiters[at] & outside
        e = ends[at] & outside
        r = returns[at] & outside
        before_e = (e << one) | end
        before_r = (r << one) | back
        after_quote = ((q & ~p) << one) | quote
        bad = q & p & ~(((d << one) | delimiter) | before_e | after_quote)
        bad |= outside & ~(d | e | r) & after_quote
        bad |= before_r & ~e & valid
        if e & before_r:
            seen |= np.uint64(2)
        if e & ~before_r:
            seen |= one
        empty = e & (before_e | (before_r & ((e << np.uint64(2)) | (end << one) | before)))
        filled = ~(e | r) & valid
        if blank:
            bad |= filled
        elif empty:
            blank = one
            bad |= filled & ~((empty & -empty) - one)
        if bad or seen == 3:
            return False
        w = ((white[at] & ~d) | ((ends[at] | returns[at]) & p)) & valid
        begins = ((d << one) | delimiter) | before_e
        opens = q & p & begins
        after_white = (w << one) | blank_last
        closes = q & ~p & after_white
        padded |= w & (begins | (opens << one) | opened)
        padded |= (d | e | r) & (after_white | (closes << one) | closed)
        blank_last, opened, closed = (w >> last) & one, (opens >> last) & one, (closes >> last) & one
        before = (e >> (last - one)) & one if last > zero else end
        quote = ((q & ~p) >> last) & one
        delimiter = (d >> last) & one
        end = (e >> last) & one
        back = (r >> last) & one
        inside = (p >> last) & one
        if q:
            length = np.uint64(64)
        elif inside:
            length += np.uint64(64)
            if length > longest:
                return False
        left -= 64
    state[:6] = (inside, quote, delimiter, end, before, back)
    state[6:10] = (blank_last, opened, closed, padded)
    state[10:] = (seen, blank, length)
    return True
