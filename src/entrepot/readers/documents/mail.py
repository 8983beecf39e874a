"""Reads e-mail: headers and bodies of a message and of the messages forwarded inside it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from entrepot.errors import InputError
from entrepot.readers.documents.document import Header, Paragraph
from entrepot.readers.documents.limits import MAX_DEPTH
from entrepot.readers.documents.markup import read_html
from entrepot.readers.documents.plain import split_lines

_SHOWN = ("From", "To", "Date", "Subject")
_QUOTED = re.compile(r"\s*>|On .{5,120} wrote:\Z|-{2,} ?(Original|Forwarded) [Mm]essage", re.S)
_BOUNDARY = re.compile(rb"content-type:\s*(message/rfc822|multipart/)", re.I)


def read_mail(data: bytes, name: str) -> tuple[str, list[Paragraph], Header, tuple[str, ...]]:
    """The text (a block of headers, then the body, for each message), paragraphs, header of the outermost message, notes.

    Raises:
        InputError: messages nested deeper than MAX_DEPTH, or no readable body.
    """
    deep = InputError(
        f"messages are nested more than {MAX_DEPTH} deep",
        file=name,
        remedy="save the inner message as a file of its own and add that",
    )
    if len(_BOUNDARY.findall(data)) > MAX_DEPTH * 20:
        raise deep
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        pieces: list[tuple[str, list[Paragraph]]] = []
        notes: list[str] = []
        _walk(message, 0, pieces, notes, deep)
    except RecursionError as error:
        raise deep from error
    except (MessageError, LookupError, UnicodeError) as error:
        raise InputError(f"the e-mail is damaged ({error})", file=name) from error
    text, out = "", list[Paragraph]()
    for piece, paragraphs in pieces:
        if text:
            text += "\n\n"
        out += [
            replace(p, start=p.start + len(text), end=p.end + len(text), source_start=None, source_end=None)
            for p in paragraphs
        ]
        text += piece
    return text, out, _header(message), tuple(notes)


def _walk(
    part: EmailMessage, depth: int, pieces: list[tuple[str, list[Paragraph]]], notes: list[str], deep: InputError
) -> None:
    if depth > MAX_DEPTH:
        raise deep
    head = "\n".join(f"{key}: {_flat(part[key])}" for key in _SHOWN if part[key])
    if head:
        pieces.append((head, [replace(p, kind="header", reason="mail-header") for p in split_lines(head)]))
    body = part.get_body(("plain", "html"))
    if isinstance(body, EmailMessage):
        content = str(body.get_content())
        if body.get_content_subtype() == "html":
            text, paragraphs, _ = read_html(content)
            pieces.append((text, paragraphs))
        else:
            pieces.append((content, [_quoted(content, p) for p in split_lines(content)]))
    for attached in part.iter_attachments() if part.is_multipart() else ():
        if attached.get_content_type() == "message/rfc822":
            inner = attached.get_content()
            if isinstance(inner, EmailMessage):
                _walk(inner, depth + 1, pieces, notes, deep)
        else:
            notes.append(
                f"attachment not read: {_flat(attached.get_filename() or attached.get_content_type())[:80]}; add it as a file of its own"
            )


def _quoted(text: str, paragraph: Paragraph) -> Paragraph:
    if _QUOTED.match(text[paragraph.start : paragraph.end]):
        return replace(paragraph, kind="comment", reason="mail-quoted")
    return paragraph


def _flat(value: object) -> str:
    return re.sub(r"\s+", " ", str(value)).strip()


def _header(message: EmailMessage) -> Header:
    published: date | None = None
    if message["Date"]:
        try:
            published = parsedate_to_datetime(str(message["Date"])).date()
        except (TypeError, ValueError):
            published = None
    sender = _flat(message["From"]) if message["From"] else None
    return Header(_flat(message["Subject"]) if message["Subject"] else None, None, sender, published)
