"""Tells a report's format from its bytes, and decodes text."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from entrepot.errors import InputError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HEAD = 4096
_HTML = re.compile(
    r"<!doctype html|<html[\s>]|<(head|body|article|div|p|table)[\s>].*</?(div|p|body|a|span|td)[\s>]", re.I | re.S
)
_MAIL = re.compile(
    r"^(From|To|Cc|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Content-Type|Reply-To|X-[\w-]+):[ \t]",
    re.I | re.M,
)
_MARKDOWN = re.compile(r"^#{1,6} \S|^\s*[-*] .+\n\s*[-*] |\]\(https?://|^```", re.M)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.I)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL = 0.002
"""Share of control bytes above which bytes are not text: text has none but for the odd stray; executables over .1."""


def detect_format(data: bytes, name: str = "") -> str:
    """`pdf`, `docx`, `html`, `eml`, `markdown` or `text`. The file's name decides only between Markdown and text.

    Raises:
        InputError: empty, binary, or a format that is not a report's.
    """
    if not data.strip(b"\x00\t\r\n \x0c"):
        raise InputError("the file is empty", file=name, remedy="a report in HTML, PDF, DOCX, e-mail, Markdown or text")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        if b"word/" in data:
            return "docx"
        raise InputError(
            "an archive or office file that is not a Word document",
            file=name,
            remedy="unpack it and add the report that is inside",
        )
    if not data.startswith(tuple(bom for bom, _ in _BOMS)):
        sample = data[:65536]
        if len(_CONTROL.findall(sample)) > max(2, len(sample) * _MAX_CONTROL):
            raise InputError(
                "binary data, not a report",
                file=name,
                remedy="a report in HTML, PDF, DOCX, e-mail (.eml), Markdown or text; save older Word files as DOCX",
            )
    head = data[:_HEAD].decode("utf-8", "replace")
    if _is_mail(head):
        return "eml"
    if _HTML.search(head):
        return "html"
    if name.lower().endswith((".md", ".markdown")) or len(_MARKDOWN.findall(head)) >= 3:
        return "markdown"
    return "text"


def decode(data: bytes) -> tuple[str, str]:
    """The text and the codec: byte order mark, the page's own declaration, UTF-8, else the most plausible codec.

    Line ends stay as they are, because offsets count them.
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(codec, "replace"), codec
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:_HEAD])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii")), declared[1].decode("ascii")
        except (LookupError, UnicodeDecodeError):
            pass
    best = from_bytes(data[:65536]).best()
    codec = best.encoding if best is not None else "cp1252"
    return data.decode(codec, "replace"), codec


def _is_mail(head: str) -> bool:
    top = re.split(r"\r?\n\r?\n", head.lstrip("\ufeff\r\n"), maxsplit=1)[0]
    names = {match.lower() for match in _MAIL.findall(top)}
    first = _MAIL.match(top)
    return (
        first is not None
        and len(names) >= 2
        and bool(names & {"from", "received", "mime-version", "message-id", "return-path"})
    )
