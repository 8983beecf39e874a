"""Reads DOCX: paragraphs and table cells in the document's order."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from lxml.etree import XMLSyntaxError

from entrepot.errors import InputError
from entrepot.readers.documents.document import Header, Paragraph
from entrepot.readers.documents.limits import MAX_DOCX_BYTES


def read_docx(data: bytes, name: str) -> tuple[str, list[Paragraph], Header]:
    """The text with one paragraph a line, the paragraphs, and the header from the core properties.

    Raises:
        InputError: damaged, or unpacks to more than the limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > MAX_DOCX_BYTES:
            raise InputError(f"unpacks to {unpacked:,} bytes, more than {MAX_DOCX_BYTES:,}", file=name)
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise InputError(
            f"the Word file is damaged ({error})", file=name, remedy="open it and save it again"
        ) from error
    pieces: list[tuple[str, str, str]] = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
                pieces.append((" | ".join(cells), "not_prose", "docx-table"))
            continue
        style = (item.style.name or "").lower() if item.style is not None else ""
        kind = (
            "title"
            if style == "title"
            else "heading"
            if style.startswith("heading")
            else "caption"
            if style == "caption"
            else "prose"
        )
        pieces.append((item.text, kind, "" if kind == "prose" else "docx-style"))
    out: list[Paragraph] = []
    at = 0
    for piece, kind, reason in pieces:
        start = at + len(piece) - len(piece.lstrip())
        end = at + len(piece.rstrip())
        if start < end:
            out.append(Paragraph(start, end, kind, reason))
        at += len(piece) + 1
    properties = document.core_properties
    return (
        "\n".join(piece for piece, _, _ in pieces),
        out,
        Header(properties.title or None, None, properties.author or None),
    )
