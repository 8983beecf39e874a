"""Tells the encoding of text from its bytes."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 before UTF-16: the mark of the one begins with the mark of the other."""

_CANDIDATES = ("cp1251", "cp1254", "cp1252", "gb18030", "shift_jis", "cp866", "koi8-r", "cp1250", "cp949", "big5")


def detect_encoding(head: bytes, *, whole: bool) -> str:
    """The Python codec of a text that begins with `head`.

    Args:
        head: the first bytes.
        whole: whether `head` is the whole file (otherwise its last character may be cut).
    """
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return codec
    if (wide := _wide(head)) is not None:
        return wide
    errors, multibyte = _utf8_errors(head, whole=whole)
    # One damaged character in 200 good ones is a damaged UTF-8 file; no legacy text reads as UTF-8 so often.
    if errors == 0 or multibyte >= 200 * errors:
        return "utf-8"
    scored = [(_plausibility(head, codec, whole=whole), codec) for codec in _CANDIDATES]
    best = max(score for score, _ in scored)
    return next(codec for score, codec in scored if score == best)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: most of every second byte is NUL in text that is partly Latin."""
    pairs = len(head) // 2
    if pairs < 8 or b"\0" not in head:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.3 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.3 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _utf8_errors(head: bytes, *, whole: bool) -> tuple[int, int]:
    """Undecodable places and good multi-byte characters of `head` read as UTF-8."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head, final=whole)
    errors = text.count("\ufffd") - head.count("\ufffd".encode())
    multibyte = sum(1 for character in text if character > "\x7f") - max(errors, 0)
    return max(errors, 0), multibyte


_WORD = re.compile(r"[^\W\d_]+")


def _plausibility(head: bytes, codec: str, *, whole: bool) -> float:
    try:
        text = codecs.getincrementaldecoder(codec)("replace").decode(head, final=whole)
    except UnicodeDecodeError:
        return -1.0
    high = [c for c in text if c > "\x7f"]
    if not high:
        return 0.0
    letters = sum(1 for c in high if c.isalpha())
    bad = text.count("\ufffd")
    return (letters - 4 * bad) / len(high)
