"""What a report is once it has been read: text, header, paragraphs with exact offsets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

KINDS = ("prose", "title", "heading", "caption", "boilerplate", "comment", "byline", "not_prose", "header")
"""What a paragraph can be. Only `prose`, and `title` for its names, are read for claims."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the document's text.

    Attributes:
        start, end: `document.text[start:end]` is the paragraph, without white space around it.
        kind: one of KINDS.
        reason: id of the rule that marked it; empty for plain prose.
        page: page number from 1, for paged formats.
        source_start, source_end: characters in the file's markup, where the file is markup.
    """

    start: int
    end: int
    kind: str = "prose"
    reason: str = ""
    page: int | None = None
    source_start: int | None = None
    source_end: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What the document says about itself; None where it does not say."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One report.

    Attributes:
        document_id: first 16 hex digits of the SHA-256 of the file; `-` and the part's number for parts after the first.
        sha256: of the file's bytes.
        name: file name, for display.
        format: `text`, `markdown`, `html`, `pdf`, `docx` or `eml`.
        text: the stored original. For text formats the file as decoded, character by character; for the others the
            text that the file shows, in its order, boilerplate included. All offsets count in it.
        paragraphs: every line or block of `text` that is not blank, in order, none overlapping.
        language: ISO 639-1 code, `und` where it could not be told.
        notes: sentences for the person who adds the file.
    """

    document_id: str
    sha256: str
    name: str
    format: str
    text: str
    header: Header
    paragraphs: tuple[Paragraph, ...]
    language: str
    notes: tuple[str, ...] = ()

    def paragraph_text(self, paragraph: Paragraph) -> str:
        """The words of one paragraph."""
        return self.text[paragraph.start : paragraph.end]

    @property
    def prose(self) -> tuple[Paragraph, ...]:
        """Paragraphs that are read for claims."""
        return tuple(p for p in self.paragraphs if p.kind == "prose")
