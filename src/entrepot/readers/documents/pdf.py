"""Reads PDF text, page by page, with running heads marked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pypdfium2

from entrepot.errors import InputError
from entrepot.readers.documents.document import Header, Paragraph
from entrepot.readers.documents.limits import MAX_PAGES, MIN_LETTERS

_LINE = re.compile(r"[^\n\f]+")
_ENDS = re.compile(r"[.!?:][\"'”’»)\]]*\Z")
_FULL = 0.82
"""Share of the page's longest line below which a line that ends a sentence ends a paragraph."""


def read_pdf(data: bytes, name: str) -> tuple[str, list[Paragraph], Header]:
    """The text of all pages parted by form feeds, its paragraphs with page numbers, and the header.

    Raises:
        InputError: damaged, protected by a password, or scanned without text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise InputError(
            f"the PDF cannot be opened ({error})", file=name, remedy="remove its password, or save it again"
        ) from error
    try:
        if len(document) > MAX_PAGES:
            raise InputError(f"the PDF has {len(document)} pages, more than {MAX_PAGES}", file=name, remedy="split it")
        pages = [_page_text(page) for page in document]
        meta = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    if sum(char.isalpha() for page in pages for char in page) < MIN_LETTERS:
        raise InputError(
            f"the PDF has {len(pages)} pages and no text: it seems to be scanned",
            file=name,
            remedy="run text recognition (OCR) over it and add the result",
        )
    text = "\f".join(pages)
    header = Header(title=meta.get("Title") or None, author=meta.get("Author") or None)
    return text, _paragraphs(pages), header


def _page_text(page: pypdfium2.PdfPage) -> str:
    text: str = page.get_textpage().get_text_range()
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\ufffe", "-")


def _paragraphs(pages: list[str]) -> list[Paragraph]:
    repeated = _running_heads(pages)
    out: list[Paragraph] = []
    at = 0
    for number, page in enumerate(pages, 1):
        lines = [(at + m.start(), at + m.end(), m[0]) for m in _LINE.finditer(page) if m[0].strip()]
        longest = max((len(line) for _, _, line in lines), default=0)
        going = False
        for start, end, line in lines:
            start += len(line) - len(line.lstrip())
            end -= len(line) - len(line.rstrip())
            if _shape(line) in repeated:
                out.append(Paragraph(start, end, "boilerplate", "running-head", number))
                going = False
                continue
            if going and out[-1].kind == "prose" and "\n\n" not in page[out[-1].end - at : start - at]:
                out[-1] = replace(out[-1], end=end)
            else:
                out.append(Paragraph(start, end, "prose", "", number))
            short = len(line) < longest * _FULL
            going = not (short and (_ENDS.search(line.rstrip()) or len(line) < longest * 0.5))
        at += len(page) + 1
    return out


def _running_heads(pages: list[str]) -> frozenset[str]:
    """Shapes of first and last lines that return on at least three pages and a third of them."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        counts.update({_shape(line) for line in lines[:2] + lines[-2:]})
    return frozenset(shape for shape, n in counts.items() if n >= max(3, len(pages) // 3))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip().lower())
