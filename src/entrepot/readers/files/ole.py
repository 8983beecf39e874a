"""Looks into OLE compound files, which hold workbooks of the old format, before other libraries do."""

from __future__ import annotations

import struct

_HEADER = 512
_FREE, _LAST_REGULAR = 0xFFFFFFFF, 0xFFFFFFFA
"""Entries of the allocation table: a free sector, and the highest number of a sector (MS-CFB 2.1)."""


def ole_kind(data: bytes) -> str:
    """What a compound file is, by the names of its streams: `xls`, `protected`, `doc`, `cut off` or `other`."""
    if _utf16("EncryptedPackage") in data:
        return "protected"
    if not _whole(data):
        return "cut off"
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return "xls"
    return "doc" if _utf16("WordDocument") in data else "other"


def _whole(data: bytes) -> bool:
    """Whether every sector that the allocation table says is used is there (MS-CFB 2.2, 2.3)."""
    if len(data) < _HEADER:
        return False
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        return False
    size = 1 << shift
    tables = [number for number in struct.unpack_from("<109I", data, 76) if number < _LAST_REGULAR]
    directory = struct.unpack_from("<I", data, 48)[0]
    used = directory
    for place, number in enumerate(tables):
        start = (number + 1) * size
        if start + size > len(data):
            return False
        entries = struct.unpack_from(f"<{size // 4}I", data, start)
        # Entries that continue a chain name its next sector; those may lie beyond what this table covers.
        used = max(used, max((place * len(entries) + n for n, e in enumerate(entries) if e != _FREE), default=0))
    # Writers may cut the last sector short, but not leave it out.
    return bool((used + 1) * size < len(data))


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")
