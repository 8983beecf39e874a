"""Tells binary formats by their first bytes."""

from __future__ import annotations

_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
)


def recognise(head: bytes) -> str | None:
    """The format of a file that begins with `head`; None for text."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK\x03\x04"):
        if b"xl/" in head[:4096] or b"[Content_Types].xml" in head[:4096]:
            return "docx" if b"word/" in head[:4096] else "xlsx"
        return "zip"
    return None
