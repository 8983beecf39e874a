"""Tells a body's own statement (a ministry's reply, a company's press release) from an outlet's report."""

from __future__ import annotations

import re

from entrepot.readers.documents.document import Header
from entrepot.reports.attribution.roles import is_outlet
from entrepot.reports.tables_of_words import words

_STATEMENT = re.compile(
    r"(?:press |media |official |joint )?(?:statement|release|reply|response|results?|announcement|clarification)\b",
    re.IGNORECASE,
)
"""How the title of a statement begins."""


def publisher_of(header: Header) -> str | None:
    """Who speaks in a text that a body published itself, so that what it says without naming a source is its own statement.

    None where an outlet published it, or where the title does not call it a statement and the publisher's name holds no word for a
    body that publishes nothing but its own word (`Ministry of Trade`).
    """
    name = header.outlet or ""
    if not name or is_outlet(name):
        return None
    body = {w.lower().strip(",.") for w in name.split()} & words("source_nouns_en.tsv", "publisher")
    return name if body or _STATEMENT.match(header.title or "") else None
