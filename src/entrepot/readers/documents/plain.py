"""Splits plain text and Markdown into paragraphs, hard-wrapped or not."""

from __future__ import annotations

import itertools
import re
from statistics import median

from entrepot.readers.documents.document import Paragraph

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
_MARKDOWN_LEAD = re.compile(r"(#{1,6}|>+|[-*+]|\d{1,3}[.)])[ \t]+")
_FENCE = re.compile(r"(```|~~~)")
_TABLE = re.compile(r"\|.*\|\s*\Z|[-=*_]{3,}\s*\Z")
_WRAP_MIN, _WRAP_MAX = 45, 110
"""Characters at which people and programs wrap: 72, 76, 80, 100."""


def split_lines(text: str) -> list[Paragraph]:
    """One paragraph per line, or per block where the text is hard-wrapped."""
    lines = [_trim(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    lines = [(start, end) for start, end in lines if start < end]
    return [Paragraph(start, end) for start, end in (_blocks(text, lines) if _wrapped(text, lines) else lines)]


def split_markdown(text: str) -> list[Paragraph]:
    """As `split_lines`, with headings, list marks, quotes, tables and code marked."""
    out: list[Paragraph] = []
    fenced = False
    for paragraph in split_lines(text):
        line = text[paragraph.start : paragraph.end]
        if _FENCE.match(line):
            fenced = not fenced
            out.append(Paragraph(paragraph.start, paragraph.end, "not_prose", "markdown-fence"))
            continue
        if fenced or _TABLE.match(line):
            out.append(
                Paragraph(paragraph.start, paragraph.end, "not_prose", "markdown-code" if fenced else "markdown-table")
            )
            continue
        lead = _MARKDOWN_LEAD.match(line)
        start = paragraph.start + (lead.end() if lead else 0)
        heading = bool(lead and line.startswith("#"))
        if start < paragraph.end:
            out.append(
                Paragraph(
                    start, paragraph.end, "heading" if heading else "prose", "markdown-heading" if heading else ""
                )
            )
    return out


def _wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether most lines are broken by width: followed at once by a line that goes on in the middle of a sentence."""
    joined = [
        (a, b)
        for (a, b), (c, _) in itertools.pairwise(lines)
        if len(_BREAK.findall(text[b:c])) == 1 and text[b - 1] not in '.!?:;"”»'
    ]
    if len(joined) < 3 or len(joined) < len(lines) * 0.3:
        return False
    return _WRAP_MIN <= median(b - a for a, b in joined) <= _WRAP_MAX


def _blocks(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in lines:
        if out and len(_BREAK.findall(text[out[-1][1] : start])) == 1 and not _MARKDOWN_LEAD.match(text[start:end]):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
