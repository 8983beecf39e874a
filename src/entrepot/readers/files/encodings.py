"""Tells the encoding of text from its bytes."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 before UTF-16: the mark of the one begins with the mark of the other."""

_GOOD_PER_BAD = 200
"""Good multi-byte characters for each damaged one, from which a text is damaged UTF-8 and no other encoding. In legacy text
the bytes of a multi-byte character follow each other by chance in a few of a hundred places."""

_SCORED = 20_000
"""Characters beyond ASCII that are looked at; the score settles after a few hundred."""

_SURE = 0.5
"""Share of plausible characters below which the guess is noted. Right guesses reach 0.7 to 1, wrong ones 0 to 0.5."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A Python codec. `sure` is False where the bytes are no UTF-8 and fit no other encoding well."""

    codec: str
    sure: bool = True


def detect_encoding(head: bytes, *, whole: bool) -> Encoding:
    """The encoding of a text that begins with `head`.

    Args:
        head: the first bytes.
        whole: whether `head` is the whole text (otherwise its last character may be cut).
    """
    for bom, codec in _BOMS:
        if head.startswith(bom):
            if codec == "utf-8-sig" and not _is_utf8(head, whole=whole):
                # A mark that a program put before text of another encoding: the text decides.
                return Encoding(detect_encoding(head[len(bom) :], whole=whole).codec, sure=False)
            return Encoding(codec)
    if (wide := _wide(head)) is not None:
        return Encoding(wide)
    if head.isascii():
        return Encoding("utf-8")
    if _is_utf8(head, whole=whole):
        return Encoding("utf-8")
    scores = [(_plausible(head, candidate), candidate.codec) for candidate in _candidates()]
    best = max(score for score, _ in scores)
    return Encoding(next(codec for score, codec in scores if score == best), best >= _SURE)


def _is_utf8(head: bytes, *, whole: bool) -> bool:
    errors, multibyte = _utf8_errors(head, whole=whole)
    return multibyte >= _GOOD_PER_BAD * errors


def encoding_fits(head: bytes, codec: str, *, whole: bool) -> bool:
    """Whether a declared encoding can be right: hardly any byte that it does not have."""
    text = codecs.getincrementaldecoder(codec)("replace").decode(head, final=whole)
    high = sum(1 for character in text if character > "\x7f")
    return text.count("\ufffd") * _GOOD_PER_BAD <= max(high, 1) * 10


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: line ends, blanks and delimiters have a NUL beside them, always on the same side."""
    pairs = len(head) // 2
    if pairs < 4 or b"\0" not in head:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    ends = b"\n" in head
    if odd >= _NUL_PAIRS * pairs and even == 0 and (not ends or b"\n\0" in head):
        return "utf-16-le"
    if even >= _NUL_PAIRS * pairs and odd == 0 and (not ends or b"\0\n" in head):
        return "utf-16-be"
    return None


_NUL_PAIRS = 0.02
"""Share of the pairs of bytes that hold a NUL: text of any script has more line ends and blanks."""


def _utf8_errors(head: bytes, *, whole: bool) -> tuple[int, int]:
    """Undecodable places and good multi-byte characters of `head` read as UTF-8."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head, final=whole)
    errors = text.count("\ufffd") - head.count("\ufffd".encode())
    multibyte = sum(1 for character in text if character > "\x7f") - max(errors, 0)
    return max(errors, 0), multibyte


@dataclass(frozen=True, slots=True)
class _Candidate:
    codec: str
    letters: frozenset[str]
    kind: str


def _plausible(head: bytes, candidate: _Candidate) -> float:
    """How plausible the characters beyond ASCII are in an encoding: 1 where all are its frequent letters, each in the
    company that its script has; below 0 where they are signs and damage."""
    text = codecs.getincrementaldecoder(candidate.codec)("replace").decode(head, final=False)
    fits = _COMPANY[candidate.kind]
    score = 0.0
    seen = 0
    before = " "
    for character in text:
        if character > "\x7f":
            seen += 1
            score += _worth(character, before, candidate.letters, fits)
            if seen >= _SCORED:
                break
        before = character
    return score / seen if seen else 0.0


def _worth(character: str, before: str, letters: frozenset[str], fits: Callable[[str, str], bool]) -> float:
    if character == "\ufffd":
        return -4.0
    if character in letters:
        return 1.0 if fits(character, before) else 0.2
    if character.isalpha():
        return 0.3 if fits(character, before) else -0.5
    return 0.3 if character in _USUAL_SIGNS else -1.0


_USUAL_SIGNS = frozenset("«»“”„’‘–—№°…±²³²½¼®©™€£§•\u00a0，。、（）：；！？《》「」・　")


def _own_script(character: str, before: str) -> bool:
    """Letters of another alphabet do not follow Latin letters, and capitals do not follow small ones."""
    if before.isascii():
        return not before.isalpha()
    return not (before.islower() and character.isupper())


def _among_latin(character: str, before: str) -> bool:
    """Letters with accents stand alone among plain ones."""
    if before > "\x7f":
        return False
    return not (before.islower() and character.isupper())


def _any_company(character: str, before: str) -> bool:
    del character, before
    return True


_COMPANY: dict[str, Callable[[str, str], bool]] = {
    "cyrillic": _own_script,
    "greek": _own_script,
    "arabic": _own_script,
    "hebrew": _own_script,
    "latin": _among_latin,
    "cjk": _any_company,
}


@cache
def _candidates() -> tuple[_Candidate, ...]:
    text = resources.files("entrepot.readers.files").joinpath("data", "encodings.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(_Candidate(codec, frozenset(letters), kind) for codec, letters, kind, _ in lines[1:])
