"""Reads a report to claims: paragraphs, sentences, figures, attributions, and one claim per clause."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from entrepot.readers.documents import Document, Header, read_document
from entrepot.readers.files import Part
from entrepot.reports.attribution.discourse import Discourse, NamedHop
from entrepot.reports.claim import Claim
from entrepot.reports.figures import Period
from entrepot.reports.language import EnglishParser
from entrepot.reports.language.rules import has_rules, read_by_rules
from entrepot.reports.language.russian import has_tagger
from entrepot.reports.naming import Mention, acronyms
from entrepot.reports.paragraph import ParagraphReader
from entrepot.reports.placing import places_of
from entrepot.reports.wording import mended

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Report:
    """A document, its claims in reading order, the names it mentions, and what it introduces.

    Attributes:
        mentions: pairs of paragraph number and mention, offsets in the document's text.
        acronyms: acronym to full name, as introduced in the text.
        introduced: documents and data with a provenance, each as its hops.
        written: for each paragraph with a document's date of writing, the period and the paragraph.
    """

    document: Document
    claims: tuple[Claim, ...]
    mentions: tuple[tuple[int, Mention], ...]
    acronyms: dict[str, str]
    introduced: tuple[tuple[NamedHop, ...], ...]
    written: tuple[Period, ...]
    notes: tuple[str, ...] = ()


def read_report(source: str | os.PathLike[str] | Part | Document, *, published: date | None = None) -> Report:
    """Read one report to claims.

    Args:
        source: path, part, or a document already read.
        published: the report's day, where the file does not say it; relative dates are open without one.

    Raises:
        InputError: the file cannot be read as a report (see `readers.documents.read_document`).
        MissingExtra: a language model is not installed.
    """
    document = source if isinstance(source, Document) else read_document(source)
    if published is not None:
        document = replace(document, header=replace_published(document.header, published))
    if document.language == "en":
        return _english(document)
    if has_rules(document.language):
        return _by_rules(document)
    return Report(
        document,
        (),
        (),
        {},
        (),
        (),
        (f"{_language(document)} is not supported: it is kept and shown, and no claims were read from it",),
    )


def _language(document: Document) -> str:
    if document.language == "und":
        return "the report's language could not be told from its words; such a text"
    return f"the report's language ({document.language})"


def replace_published(header: Header, published: date) -> Header:
    """The header with the day that a person gave."""
    return replace(header, published=published)


def _english(document: Document) -> Report:
    numbered = [(number, p) for number, p in enumerate(document.paragraphs, 1) if p.kind == "prose"]
    texts = [mended(document.text[p.start : p.end]) for _, p in numbered]
    known: dict[str, str] = {}
    for text in texts:
        known |= {k: v for k, v in acronyms(text).items() if k not in known}
    discourse = Discourse()
    claims: list[Claim] = []
    found: list[tuple[int, Mention]] = []
    written: list[Period] = []
    docs = list(EnglishParser().parse(texts))
    places = places_of(docs)
    for (number, paragraph), doc in zip(numbered, docs, strict=True):
        reader = ParagraphReader(document, number, paragraph, doc, discourse, places)
        discourse.note_paragraph(number, doc, paragraph.start)
        claims += reader.claims(len(claims))
        claims = reader.credited(claims)
        found += [
            (number, replace(m, start=m.start + paragraph.start, end=m.end + paragraph.start)) for m in reader.mentions
        ]
        written += [replace(p, start=p.start + paragraph.start, end=p.end + paragraph.start) for p in reader.written()]
    introduced = tuple(tuple(hops) for _, hops, _ in discourse.documents)
    return Report(document, tuple(claims), tuple(found), known, introduced, tuple(written), document.notes)


def _by_rules(document: Document) -> Report:
    claims, mentions = read_by_rules(document)
    return Report(
        document,
        tuple(claims),
        tuple(mentions),
        {},
        (),
        (),
        (
            *document.notes,
            f"read by rules for {document.language}, without a parser: who does what to whom is not found, and of names "
            f"countries, companies by their legal forms, and designators{_extra(document.language)}",
        ),
    )


def _extra(language: str) -> str:
    """What a further package would find, where it is not there."""
    if language != "ru" or has_tagger():
        return ""
    return " (persons and organisations too with: pip install 'entrepot[russian]')"
