"""Marks what is not the report: page furniture, comments, captions, bylines, headings, lines that are not prose."""

from __future__ import annotations

import re
from dataclasses import replace

from entrepot.readers.documents.document import Paragraph
from entrepot.readers.documents.lexicon import LinePattern, language_words, line_patterns
from entrepot.readers.documents.limits import MAX_PROSE

_LONGEST_LINE = 400
"""Characters of the longest line that a pattern may mark: longer lines are text."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s*\Z|[,;:—–-]\s*\Z")
_CAMEL = re.compile(r"[a-z][A-Z]")
_MIN_COMMENT_AT = 0.3
"""Share of the text before which a word such as "Comments" is a menu item and opens no comment section."""
_MIN_FUNCTION_WORDS = 0.12
"""Share of function words below which a long line is a list, a table or code. Running English text has .35 to .55 of
the words listed here; lists of names stay under .08."""
_LONG_LINE = 25
_TITLE_WORDS = 22
"""Words of the longest headline: those of the five reports have up to 12, PolNeAR's up to 20."""


def mark(text: str, paragraphs: list[Paragraph], language: str) -> list[Paragraph]:
    """The same paragraphs with kinds and the rules that gave them. Nothing is removed."""
    out = _by_patterns(text, paragraphs)
    out = [_not_prose(text, p, language) for p in out]
    out = _headings(text, out, language)
    return _within_limit(out)


def _by_patterns(text: str, paragraphs: list[Paragraph]) -> list[Paragraph]:
    out: list[Paragraph] = []
    following: LinePattern | None = None
    rest: LinePattern | None = None
    for paragraph in paragraphs:
        line = text[paragraph.start : paragraph.end]
        found = _matching(line) if paragraph.kind in ("prose", "heading", "caption") else None
        if found is not None and found.scope == "rest" and paragraph.start < len(text) * _MIN_COMMENT_AT:
            found = _on_its_line(found)
        if found is not None and found.scope == "rest":
            rest = found
        if found is not None:
            out.append(
                replace(paragraph, kind=found.kind if found.kind != "comment" else "boilerplate", reason=found.rule)
            )
            following = found if found.scope == "next" else following if found.kind == "boilerplate" else None
        elif rest is not None and paragraph.kind == "prose":
            out.append(replace(paragraph, kind=rest.kind, reason=rest.rule))
        elif following is not None and paragraph.kind == "prose":
            out.append(replace(paragraph, kind=following.kind, reason=following.rule))
            following = None
        else:
            out.append(paragraph)
    return out


def _on_its_line(pattern: LinePattern) -> LinePattern:
    """The same pattern for its own line only, as furniture."""
    return LinePattern(pattern.rule, "boilerplate", "line", pattern.pattern)


def _matching(line: str) -> LinePattern | None:
    if len(line) > _LONGEST_LINE:
        return None
    return next((pattern for pattern in line_patterns() if pattern.pattern.match(line)), None)


def _not_prose(text: str, paragraph: Paragraph, language: str) -> Paragraph:
    """Lines run together without spaces, tables of figures, lists of names, code."""
    if paragraph.kind != "prose":
        return paragraph
    line = text[paragraph.start : paragraph.end]
    words = _WORD.findall(line)
    letters = sum(char.isalpha() for char in line)
    dense = letters + sum(char.isdigit() or char.isspace() for char in line)
    if not words:
        return replace(paragraph, kind="not_prose", reason="no-words")
    if letters < 0.5 * sum(not char.isspace() for char in line):
        return replace(paragraph, kind="not_prose", reason="figures")
    if dense < 0.85 * len(line) and re.search(r"[{}<>=|\\]", line):
        return replace(paragraph, kind="not_prose", reason="code")
    if len(_CAMEL.findall(line)) >= 3 and len(_CAMEL.findall(line)) >= len(words) * 0.25 and not _ENDS.search(line):
        return replace(paragraph, kind="not_prose", reason="run-together")
    known = language_words().get(language)
    if known and len(words) >= _LONG_LINE and sum(w.lower() in known for w in words) < _MIN_FUNCTION_WORDS * len(words):
        return replace(paragraph, kind="not_prose", reason="no-function-words")
    return paragraph


def _headings(text: str, paragraphs: list[Paragraph], language: str) -> list[Paragraph]:
    """Short lines without a sentence's end: the first is the title, later ones headings; single words are furniture."""
    if language in ("zh", "ja", "ko"):
        return paragraphs
    if not any(p.kind == "prose" and _ENDS.search(text[p.start : p.end]) for p in paragraphs):
        return paragraphs
    out: list[Paragraph] = []
    titled = any(p.kind == "title" for p in paragraphs)
    begun = False
    for paragraph in paragraphs:
        line = text[paragraph.start : paragraph.end]
        if paragraph.kind == "heading" and not titled and not begun:
            titled = True
            paragraph = replace(paragraph, kind="title", reason=paragraph.reason or "first-line")
        elif paragraph.kind == "prose":
            words = len(line.split())
            if words > _TITLE_WORDS or _ENDS.search(line):
                begun = True
            elif not titled and not begun and words >= 3:
                titled = True
                paragraph = replace(paragraph, kind="title", reason="first-line")
            else:
                paragraph = replace(paragraph, kind="heading" if words >= 2 else "boilerplate", reason="short-line")
        out.append(paragraph)
    return out


def _within_limit(paragraphs: list[Paragraph]) -> list[Paragraph]:
    out: list[Paragraph] = []
    used = 0
    for paragraph in paragraphs:
        if paragraph.kind == "prose":
            used += paragraph.end - paragraph.start
            if used > MAX_PROSE:
                paragraph = replace(paragraph, kind="not_prose", reason="beyond_limit")
        out.append(paragraph)
    return out
