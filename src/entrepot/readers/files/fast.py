"""Decides whether DuckDB may read a CSV file by itself."""

from __future__ import annotations

import gzip
from typing import BinaryIO, cast

from entrepot.readers.files.part import Part

CHUNK_BYTES = 16 << 20
NO_NULL = "\x1e\x1e"
"""No cell is this text, so that DuckDB keeps an empty cell as an empty text; what stands for NULL is decided later."""


def duckdb_csv_options(part: Part, header_row: int = 1) -> dict[str, object] | None:
    """Options of DuckDB's `read_csv` under which it gives the rows after `header_row` exactly as `rows` would.

    Returns:
        None where the file needs the careful path: another format or encoding, NUL bytes, empty lines between rows, mixed
        line ends, a header over several lines. Otherwise a dict of keyword arguments for `read_csv`: every column text
        (`c0`, `c1`, ...), no header, lines up to and including the header skipped. Rows with too few or too many cells,
        broken quotes and bytes that are no UTF-8 make DuckDB stop with an error: the caller then reads row by row.
    """
    if part.format != "csv" or part.compression not in (None, "gzip") or part.member is not None:
        return None
    if (part.encoding or "").lower().replace("_", "-") not in ("utf-8", "utf-8-sig", "ascii", "us-ascii"):
        return None
    width = _header_width(part, header_row)
    if width is None or not _plain(part):
        return None
    options: dict[str, object] = {
        "header": False,
        "auto_detect": False,
        "skip": header_row,
        "delim": part.delimiter or ",",
        "quote": part.quote or "",
        "escape": part.quote or "",
        "nullstr": NO_NULL,
        "columns": {f"c{at}": "VARCHAR" for at in range(width)},
    }
    if part.compression == "gzip":
        options["compression"] = "gzip"
    return options


def _open(part: Part) -> BinaryIO:
    if part.compression == "gzip":
        return cast(BinaryIO, gzip.open(part.path, "rb"))
    return part.path.open("rb")


def _header_width(part: Part, header_row: int) -> int | None:
    """Number of cells of the header; None where the rows up to it are not one line each."""
    from entrepot.readers.files.reading import rows

    width = None
    for row in rows(part, header_row):
        if row.problems or row.empty or any(cell and ("\n" in cell or "\r" in cell) for cell in row.cells):
            return None
        width = len(row.cells)
    return width


def _plain(part: Part) -> bool:
    """One pass over the bytes: no NUL, no lone carriage return, no empty line but at the end."""
    returns = pairs = feeds = 0
    tail = b""
    blank = False
    with _open(part) as file:
        while chunk := file.read(CHUNK_BYTES):
            text = tail + chunk
            if b"\0" in chunk or (blank and chunk.strip(b"\r\n")):
                return False
            for empty in (b"\n\n", b"\n\r\n"):
                at = text.find(empty)
                if at >= 0:
                    if text[at:].strip(b"\r\n"):
                        return False
                    blank = True
            returns += chunk.count(b"\r")
            feeds += chunk.count(b"\n")
            pairs += chunk.count(b"\r\n") + (tail[-1:] == b"\r" and chunk[:1] == b"\n")
            tail = text[-2:]
    return returns == pairs and returns in (0, feeds)
