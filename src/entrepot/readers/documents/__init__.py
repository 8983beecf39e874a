"""Reads published reports (HTML, PDF, DOCX, text, Markdown, e-mail) to documents with exact character offsets.

`read_document(path_or_part)` gives the whole text as it stands, boilerplate included, in paragraphs that say what they
are; `read_report_part(part)` gives the same as the tables `documents` and `paragraphs`.
"""

from entrepot.readers.documents.document import Document, Header, Paragraph
from entrepot.readers.documents.reading import document_tables, read_bytes_as_document, read_document, read_report_part

__all__ = [
    "Document",
    "Header",
    "Paragraph",
    "document_tables",
    "read_bytes_as_document",
    "read_document",
    "read_report_part",
]
