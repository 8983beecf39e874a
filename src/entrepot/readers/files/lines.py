"""Reads the lines of a text part in blocks, and says where bytes are no text of its encoding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from entrepot.readers.files.content import open_bytes, open_text
from entrepot.readers.files.limits import MAX_RECORD_BYTES
from entrepot.readers.files.part import Part, RowProblem

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines without their line feeds, and the problems of those that have any, by position in `texts`. A carriage
    return stays: inside a quoted cell it is part of the text."""

    texts: list[str]
    problems: dict[int, RowProblem] = field(default_factory=dict)


def read_lines(part: Part) -> Iterator[Lines]:
    """The lines of a text part, in blocks of about a megabyte.

    A line ends with a line feed (a carriage return before it stays); with a carriage return alone only where the
    text has no line feeds. Bytes that are no text become U+FFFD and a problem. NUL characters are taken out, and are a
    problem too.
    """
    codec = part.encoding or "utf-8"
    if codec.startswith(("utf-16", "utf-32")):
        yield from _wide_lines(part)
        return
    with open_bytes(part) as stream:
        codec = _without_mark(stream, codec)
        for block in _blocks(stream):
            yield _decoded(block, codec)


def _without_mark(stream: BinaryIO, codec: str) -> str:
    """Passes over the byte-order mark of UTF-8."""
    if codec == "utf-8-sig":
        stream.read(3)
        return "utf-8"
    return codec


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Bytes that end with a line feed (but the last). A line that is far too long is passed on cut."""
    carry = b""
    while chunk := stream.read(_BLOCK):
        at = chunk.rfind(b"\n")
        if at >= 0:
            yield carry + chunk[: at + 1]
            carry = chunk[at + 1 :]
        elif len(carry) <= 2 * MAX_RECORD_BYTES:
            carry += chunk
    if carry:
        yield carry


def _decoded(block: bytes, codec: str) -> Lines:
    try:
        text = block.decode(codec)
    except UnicodeDecodeError:
        return _damaged(block, codec)
    texts = _split(text)
    return _without_nul(Lines(texts)) if "\0" in text else Lines(texts)


def _damaged(block: bytes, codec: str) -> Lines:
    """Line by line, where a block does not decode."""
    texts, problems = [], {}
    pieces = block.split(b"\n") if b"\n" in block else block.split(b"\r")
    if pieces[-1] == b"":
        pieces.pop()
    for number, piece in enumerate(pieces):
        try:
            texts.append(piece.decode(codec))
        except UnicodeDecodeError as error:
            texts.append(piece.decode(codec, "replace"))
            found = " ".join(f"{byte:02X}" for byte in piece[error.start : error.end])
            problems[number] = RowProblem(
                "bad_encoding",
                f"byte {error.start + 1} of the row ({found}) is no {codec}: the character is unknown; if many rows have "
                "this, name the encoding of the file",
                reject=False,
                value=found,
            )
    return _without_nul(Lines(texts, problems))


def _wide_lines(part: Part) -> Iterator[Lines]:
    with open_text(part) as text:
        carry = ""
        while chunk := text.read(_BLOCK):
            at = chunk.rfind("\n")
            if at < 0:
                carry = carry + chunk if len(carry) <= 2 * MAX_RECORD_BYTES else carry
                continue
            yield _marked(carry + chunk[: at + 1])
            carry = chunk[at + 1 :]
        if carry:
            yield _marked(carry)


def _marked(text: str) -> Lines:
    texts = _split(text.removeprefix("\ufeff"))
    problems = {
        number: RowProblem(
            "bad_encoding", "the row holds bytes that are no text of the file's encoding", reject=False, value="\ufffd"
        )
        for number, line in enumerate(texts)
        if "\ufffd" in line
    }
    return _without_nul(Lines(texts, problems)) if "\0" in text else Lines(texts, problems)


def _split(text: str) -> list[str]:
    texts = text.split("\n") if "\n" in text else text.split("\r")
    if texts[-1] == "":
        texts.pop()
    return texts


def _without_nul(lines: Lines) -> Lines:
    for number, line in enumerate(lines.texts):
        if "\0" not in line:
            continue
        bare = line.replace("\0", "")
        lines.texts[number] = bare
        # A row of NULs alone is what a disk leaves where a file was never written.
        lines.problems[number] = RowProblem(
            "nul_byte",
            "the row holds NUL bytes, which no text has: the file may be damaged here"
            + ("; they are taken out" if bare.strip() else ", and the row is lost"),
            reject=not bare.strip(),
            value=f"{len(line) - len(bare)} NUL",
        )
    return lines
