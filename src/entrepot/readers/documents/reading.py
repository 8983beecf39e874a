"""From a path or part to a document, and from documents to tables."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from entrepot.errors import InputError, show
from entrepot.model.tables.reports import DOCUMENTS, PARAGRAPHS
from entrepot.readers.documents.document import Document, Header, Paragraph
from entrepot.readers.documents.formats import decode, detect_format
from entrepot.readers.documents.imprint import complete
from entrepot.readers.documents.language import detect_language
from entrepot.readers.documents.limits import MAX_BYTES, MIN_LETTERS
from entrepot.readers.documents.mail import read_mail
from entrepot.readers.documents.marks import mark
from entrepot.readers.documents.markup import read_html
from entrepot.readers.documents.pdf import read_pdf
from entrepot.readers.documents.plain import split_lines, split_markdown
from entrepot.readers.documents.word import read_docx
from entrepot.readers.files import Part, parts, read_bytes
from entrepot.readers.reading import Reading


def read_document(source: str | os.PathLike[str] | Part) -> Document:
    """Read one report.

    Args:
        source: a path, or a part as `readers.files.parts` gives it. A gzip or zip file must hold exactly one member.

    Raises:
        InputError: empty, binary, too large, damaged, protected, scanned without text, mail nested too deep.
    """
    if isinstance(source, Part):
        data = read_bytes(source, MAX_BYTES)
        with source.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return read_bytes_as_document(data, _part_name(source), sha256=sha256, part=source.number)
    path = Path(source)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", file=path) from error
    if size > MAX_BYTES:
        raise InputError(
            f"the file has {size:,} bytes, more than {MAX_BYTES:,}",
            file=path,
            remedy="add the report alone, without its attachments",
        )
    if data.startswith(b"\x1f\x8b") or (data.startswith(b"PK\x03\x04") and b"word/" not in data):
        found = parts(path)
        if len(found) != 1:
            raise InputError(f"the archive holds {len(found)} files", file=path, remedy="unpack it and add each report")
        return read_document(found[0])
    try:
        return read_bytes_as_document(data, path.name)
    except InputError as error:
        raise InputError(error.problem, file=path, value=error.value, remedy=error.remedy) from error


def read_bytes_as_document(data: bytes, name: str, *, sha256: str | None = None, part: int = 0) -> Document:
    """The document that `data` holds; see `read_document` for what is raised."""
    digest = sha256 or hashlib.sha256(data).hexdigest()
    name = show(name, 200)
    kind = detect_format(data, name)
    notes: tuple[str, ...] = ()
    text, found, header = "", list[Paragraph](), Header()
    if kind == "pdf":
        text, found, header = read_pdf(data, name)
    elif kind == "docx":
        text, found, header = read_docx(data, name)
    elif kind == "eml":
        text, found, header, notes = read_mail(data, name)
    else:
        decoded, codec = decode(data)
        if codec not in ("utf-8", "utf-8-sig"):
            notes = (f"the text was read as {codec}",)
        if kind == "html":
            text, found, header = read_html(decoded)
        else:
            text = decoded
            found = split_markdown(text) if kind == "markdown" else split_lines(text)
    if sum(char.isalpha() for char in text[:100_000]) < MIN_LETTERS:
        raise InputError("the file holds no text", file=name, remedy="a report with at least one sentence")
    language = detect_language(" ".join(text[p.start : p.end] for p in found if p.kind == "prose")[:40_000] or text)
    marked = mark(text, found, language)
    if any(p.reason == "beyond_limit" for p in marked):
        notes += ("the report is longer than is read for claims; the rest is kept and marked `beyond_limit`",)
    if not any(p.kind == "prose" for p in marked):
        notes += ("no running text was found: nothing here can be read for claims",)
    return Document(
        document_id=digest[:16] + (f"-{part}" if part else ""),
        sha256=digest,
        name=name,
        format=kind,
        text=text,
        header=complete(header, text, marked),
        paragraphs=tuple(marked),
        language=language,
        notes=notes,
    )


def read_report_part(part: Part) -> Reading:
    """A report as tables `documents` and `paragraphs`; rows are paragraphs, all kept."""
    document = read_document(part)
    tables = document_tables([document])
    n = len(document.paragraphs)
    return Reading(tables=tables, rows_in=n, rows_kept=n, notes=document.notes)


def document_tables(documents: Sequence[Document]) -> Mapping[str, pa.Table]:
    """The tables `documents` and `paragraphs` of several reports."""
    return {
        "documents": DOCUMENTS.from_rows(
            {
                "document_id": d.document_id,
                "name": d.name,
                "format": d.format,
                "text": d.text,
                "title": d.header.title,
                "outlet": d.header.outlet,
                "author": d.header.author,
                "published": d.header.published,
                "language": d.language,
                "characters": len(d.text),
                "paragraphs": len(d.paragraphs),
            }
            for d in documents
        ),
        "paragraphs": PARAGRAPHS.from_rows(
            {
                "document_id": d.document_id,
                "paragraph": number,
                "start_char": p.start,
                "end_char": p.end,
                "kind": p.kind,
                "reason": p.reason or None,
                "page": p.page,
                "source_start": p.source_start,
                "source_end": p.source_end,
            }
            for d in documents
            for number, p in enumerate(d.paragraphs, 1)
        ),
    }


def _part_name(part: Part) -> str:
    return part.name or part.path.name
