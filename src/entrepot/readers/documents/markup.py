"""Reads HTML: every visible block with its place in the markup; trafilatura says which blocks are the article."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

from entrepot.readers.documents.document import Header, Paragraph

_SKIP = frozenset(
    ["script", "style", "noscript", "template", "svg", "math", "iframe", "object", "head", "select", "textarea"]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "br",
        "button",
        "label",
    ]
)
_FURNITURE = {
    "nav": "html-nav",
    "footer": "html-footer",
    "aside": "html-aside",
    "form": "html-form",
    "button": "html-button",
    "label": "html-form",
}
_COMMENT = re.compile(r"\b(comments?|disqus|respond|commentlist|reader-?comments)\b", re.I)
_SENTENCE = re.compile(r"(?:\S+\s+){9,}\S+[.!?][\"'”’)]*\s*\Z")
_SPACE = re.compile(r"\s+")
_LARGE = 2_000_000
"""Characters of markup from which the page's own marks say what the article is: trafilatura needs 2.3 seconds a megabyte,
and more than linearly."""
_HEAD = 100_000
_MAX_OPEN = 2_000
"""Open elements remembered; deeper nesting is an attack on recursion and is read flat."""


@dataclass(slots=True)
class _Block:
    start: int
    end: int
    text: list[str] = field(default_factory=list)
    kind: str = "prose"
    reason: str = ""
    inside: bool = False


def read_html(markup: str) -> tuple[str, list[Paragraph], Header]:
    """The page's visible text, its blocks, and its header.

    The text is each block's words with runs of white space made one space, blocks parted by an empty line.
    """
    collector = _Collector(markup)
    collector.feed(markup)
    collector.close()
    article, header = (
        _article(markup) if len(markup) < _LARGE else (_marked(collector.blocks), _article(markup[:_HEAD])[1])
    )
    out: list[Paragraph] = []
    pieces: list[str] = []
    at = 0
    for block in collector.blocks:
        words = _SPACE.sub(" ", "".join(block.text)).strip()
        if not words:
            continue
        kind, reason = block.kind, block.reason
        if kind == "prose" and article and _key(words) not in article:
            kind, reason = "boilerplate", "outside-article"
        pieces.append(words)
        out.append(Paragraph(at, at + len(words), kind, reason, None, block.start, block.end))
        at += len(words) + 2
    return "\n\n".join(pieces), out, header


class _Collector(HTMLParser):
    """Walks the markup once and gathers blocks; never fails on broken markup."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._lines = [0]
        for match in re.finditer("\n", markup):
            self._lines.append(match.end())
        self._open: list[tuple[str, str, str]] = []
        self._skip = 0
        self._current: _Block | None = None

    def _position(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCK:
            self._current = None
        if tag in _VOID:
            return
        kind, reason = self._open[-1][1:] if self._open else ("prose", "")
        names = " ".join(value or "" for name, value in attrs if name in ("class", "id"))
        if kind in ("prose", "heading", "caption"):
            if tag in _FURNITURE:
                kind, reason = "boilerplate", _FURNITURE[tag]
            elif _COMMENT.search(names) and tag not in ("body", "html", "main", "article", "a"):
                kind, reason = "comment", "html-comments"
            elif tag == "figcaption":
                kind, reason = "caption", "html-figcaption"
            elif re.fullmatch(r"h[1-6]", tag):
                kind, reason = "heading", "html-heading"
        if tag in _SKIP:
            self._skip += 1
        if len(self._open) < _MAX_OPEN:
            self._open.append((tag, kind, reason))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCK:
            self._current = None
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                self._skip -= sum(1 for name, _, _ in self._open[at:] if name in _SKIP)
                del self._open[at:]
                break

    def handle_data(self, data: str) -> None:
        if self._skip > 0:
            return
        if self._current is None:
            if not data.strip():
                return
            kind, reason = self._open[-1][1:] if self._open else ("prose", "")
            inside = any(name in ("article", "main") for name, _, _ in self._open)
            self._current = _Block(self._position(), self._position(), [], kind, reason, inside)
            self.blocks.append(self._current)
        self._current.text.append(data)
        self._current.end = self._position() + len(data)


def _key(words: str) -> str:
    return re.sub(r"\W+", "", words).lower()[:120]


def _marked(blocks: list[_Block]) -> frozenset[str]:
    """Keys of the blocks inside `article` or `main`; where there are none, of those that look like sentences."""
    chosen = [block for block in blocks if block.inside] or [
        block for block in blocks if _SENTENCE.search("".join(block.text))
    ]
    return frozenset(_key(_SPACE.sub(" ", "".join(block.text)).strip()) for block in chosen)


def _article(markup: str) -> tuple[frozenset[str], Header]:
    """Keys of the article's lines, empty where trafilatura finds no article; and the header."""
    import trafilatura  # takes a quarter of a second, and only pages need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        markup,
        include_comments=False,
        with_metadata=True,
        favor_recall=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict):
        return frozenset(), Header()
    keys = frozenset(_key(line.strip(" -|#")) for line in (found.text or "").split("\n") if line.strip())
    published = None
    if found.date:
        try:
            published = date.fromisoformat(found.date[:10])
        except ValueError:
            published = None
    return keys, Header(found.title or None, found.sitename or None, found.author or None, published)
