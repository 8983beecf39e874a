"""Tells what a file is by its content."""

from __future__ import annotations

import json
import re

_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)

_UNREADABLE = (
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and add what is inside"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it and add what is inside"),
    (b"BZh", "a bzip2 archive", "unpack it and add what is inside"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it and add what is inside"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it and add what is inside"),
    (b"SQLite format 3\x00", "an SQLite database", "export its tables as CSV"),
    (b"\x00\x01\x00\x00Standard", "an Access database", "export its tables as CSV"),
    (b"{\\rtf", "a rich-text document", "save it as DOCX, PDF or text"),
    (b"\x89PNG", "a picture", "add the text, not a picture of it"),
    (b"\xff\xd8\xff", "a picture", "add the text, not a picture of it"),
    (b"GIF8", "a picture", "add the text, not a picture of it"),
    (b"\x7fELF", "a program", "add data or a report"),
    (b"MZ\x90", "a program", "add data or a report"),
    (b"ARROW1", "an Arrow file", "save it as Parquet"),
)


def recognise(head: bytes) -> str | None:
    """The binary format of a file that begins with `head`; None for text."""
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def unreadable(head: bytes) -> tuple[str, str] | None:
    """What a file is that cannot be read, and what to do; None where nothing is known against it."""
    for magic, what, remedy in _UNREADABLE:
        if head.startswith(magic):
            return what, remedy
    return None


def archive_kind(names: frozenset[str]) -> str:
    """What a zip with these members is: a workbook or document, or `zip`."""
    if "[Content_Types].xml" in names:
        if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
            return "xlsx"
        if "xl/workbook.bin" in names:
            return "xlsb"
        return "docx" if any(name.startswith("word/") for name in names) else "zip"
    return "ods" if "content.xml" in names and "META-INF/manifest.xml" in names else "zip"


def text_kind(text: str, *, whole: bool) -> str:
    """What a text is: `xml`, `html`, `json`, `jsonl`, `eml`, or `csv`/`text` undecided (`csv`)."""
    start = text.lstrip("\ufeff \t\r\n")
    low = start[:1000].lower()
    if low.startswith("<?xml"):
        return "html" if re.search(r"<(?:!doctype )?html", low) else "xml"
    if re.match(r"<(?:!doctype html|html|head|body|table|meta|script|div|style)\b", low):
        return "html"
    if re.match(r"<(?:!--|!doctype|[a-z_][\w:.-]*[\s>/])", low):
        return "xml"
    if start.startswith("{"):
        return _json_kind(start)
    if re.match(r'\[\s*(?:[\[{"\]0-9-]|true|false|null)', start) and _decodes(start, whole=whole):
        return "json"
    # Header fields of a message, two or more (RFC 5322).
    headers = re.match(r"(?:[A-Z][A-Za-z-]*:[ \t].*\r?\n(?:[ \t].*\r?\n)*){2,}", start)
    if headers and re.search(
        r"^(?:From|Received|Message-ID|MIME-Version|Return-Path|Delivered-To):",
        headers[0],
        re.MULTILINE | re.IGNORECASE,
    ):
        return "eml"
    return "csv"


def is_prose(text: str) -> bool:
    """Whether undelimited text is written for reading: long lines, or sentences."""
    lines = [line for line in text.splitlines() if line.strip()][:200]
    if not lines:
        return False
    sentences = sum(1 for line in lines if re.search(r"[a-zа-яё]{2,}[.!?…]['\"”»)]*(?:\s|$)|[。！？]", line))
    words = sum(len(line.split()) for line in lines) / len(lines)
    return words > 12 or sentences > 0.2 * len(lines)


def _json_kind(start: str) -> str:
    """One object a line, or one object over lines."""
    first = start.split("\n", 1)[0].strip()
    try:
        value = json.loads(first)
    except ValueError:
        # A first line that is longer than what was looked at is an object a line all the same.
        return "json" if "\n" in start else "jsonl"
    alone = not start.split("\n", 1)[-1].strip() or "\n" not in start
    return "json" if alone and isinstance(value, dict) and any(isinstance(v, list) for v in value.values()) else "jsonl"


def _decodes(start: str, *, whole: bool) -> bool:
    """Whether text that begins as a JSON array is one, as far as it was looked at."""
    if not whole:
        return True
    try:
        json.loads(start)
    except ValueError:
        return bool(re.match(r"\[\s*[{\[]", start))
    return True
