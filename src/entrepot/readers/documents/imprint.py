"""Finds who published a text, who wrote it and when, from its own lines; says nothing where they say nothing."""

from __future__ import annotations

import re
from datetime import date

from entrepot.readers.documents.document import Header, Paragraph

_MONTHS = {
    name: at
    for at, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_SUFFIX = re.compile(r"\s[–—|-]\s+([^–—|]{2,40})\Z")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*(?:by|di|von|par|por)?\s+([^.|]{2,60})", re.IGNORECASE
)
_BY = re.compile(r"(?:by|von|par|por|written by|about the author:?)\s+((?:[A-ZÄÖÜ][\w.'’-]+\s?){2,4})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


def complete(header: Header, text: str, paragraphs: list[Paragraph]) -> Header:
    """The header with what the marked lines add: title line, copyright line, byline, date stamp."""
    title, outlet, author, published = header.title, header.outlet, header.author, header.published
    for paragraph in paragraphs:
        line = text[paragraph.start : paragraph.end]
        if paragraph.kind == "title" and title is None:
            title = line
        if paragraph.kind == "byline":
            author = author or _author(line)
            published = published or stamp(line)
        if paragraph.reason == "rights" and outlet is None and (found := _COPYRIGHT.search(line)):
            outlet = re.split(r"(?i)[.,;]|\ball rights\b", found[1])[0].strip() or None
    if outlet is None and title and (suffix := _SUFFIX.search(title)) and not suffix[1].endswith((".", "?")):
        outlet = suffix[1].strip()
    return Header(title, outlet, author, published)


def stamp(line: str) -> date | None:
    """The first full date in a line: `2023-03-16`, `16 March 2023`, `March 16, 2023`; None where there is none."""
    for pattern, order in ((_ISO, "ymd"), (_DAY_FIRST, "dmy"), (_MONTH_FIRST, "mdy")):
        for match in pattern.finditer(line):
            parts = dict(zip(order, match.groups(), strict=True))
            month = int(parts["m"]) if parts["m"].isdigit() else _MONTHS.get(parts["m"][:3].lower(), 0)
            try:
                return date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                continue
    return None


def _author(line: str) -> str | None:
    found = _BY.match(line)
    return found[1].strip() if found else None
