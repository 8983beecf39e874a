"""Commodity codes as customs files write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from entrepot.readers.values.nulls import SPACES, is_null

LENGTHS = (2, 4, 6, 8, 10, 11, 12, 13, 14)
"""Digits that national codes have: HS 2, 4, 6; tariffs 8 (EU, India, Mercosur), 10 (US, China, EAEU), 11 (Taiwan, Armenia's
exports of data), 12 (Türkiye), 13 (China's inspection codes), 14 (EAEU with additional code). Nine (Japan's statistical
code) only where the column is of them, because elsewhere it is ten with a lost zero."""

_QUOTES = "\"'’="
_OPEN, _CLOSE = f"[{SPACES}{_QUOTES}]*", f"[{SPACES}{_QUOTES}]*"
_PREFIX = "(?:(?i:HS CODE|HTSUS|HTS|HSN|HS|NCM|NANDINA|GTIP|TARIC|CN|ТН ?ВЭД|УКТ ?ЗЕД|КОД)[ :.#№-]*)?"
_AFTER = "(?:[ ]?[A-Za-z]|[ ]+[^0-9;,/ ].*)?"
"""A check letter (Argentina, New Zealand), or the text of the code after white space."""

FLOAT = f"{_OPEN}([0-9]{{5,14}})[.,]0+{_CLOSE}"
"""854231.0: a number of a spreadsheet."""
SHORT_FLOAT = f"{_OPEN}([0-9]{{4}})[.,]0{_CLOSE}"
DOTTED_FLOAT = f"{_OPEN}([0-9]{{3,4}})[.]([0-9]){_CLOSE}"
"""8542.3 in a column of codes with dots: 8542.30 that a spreadsheet took for a number."""
EXPONENT = f"{_OPEN}([0-9])[.,]([0-9]+)[eE][+]?0*([0-9]{{1,2}}){_CLOSE}"
"""8.54231E+05."""
RANGE = f"{_OPEN}[0-9]{{4}}[ ]?[-–][ ]?[0-9]{{4}}{_CLOSE}"
CODE = f"{_OPEN}{_PREFIX}([0-9]{{2,14}}|[0-9]{{2,6}}(?:[ .\u00a0-][0-9]{{1,4}})+|[0-9]{{8,10}}[ .-][0-9]{{2,4}}){_AFTER}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class HsStyle:
    """How a column writes commodity codes.

    Attributes:
        lengths: the numbers of digits that are usual in the column, most frequent first.
        pad: lengths that are one short of a usual one because the column lost leading zeros; they get one back.
        dotted: True where codes have dots and lost zeros after them: `8542.3` is `8542.30`.
        notes: sentences for the person who adds the file.
    """

    lengths: tuple[int, ...] = ()
    pad: tuple[int, ...] = ()
    dotted: bool = False
    notes: tuple[str, ...] = ()

    @property
    def allowed(self) -> tuple[int, ...]:
        """Numbers of digits that a code may have in this column."""
        return tuple(sorted({*LENGTHS, *self.lengths}))


@dataclass(frozen=True, slots=True)
class HsValue:
    """Digits of a code, or why there are none: `problem` is None (also for no value), `bad_hs_code`, `hs_wrong_length`
    (five, seven, nine digits and the like) or `hs_digits_lost` (a spreadsheet rounded it)."""

    code: str | None
    problem: str | None = None


def parse_hs(text: str | None, style: HsStyle = HsStyle()) -> str | None:
    """The digits of a commodity code, or None where there is none or it cannot be read."""
    return read_hs(text, style).code


def read_hs(text: str | None, style: HsStyle = HsStyle()) -> HsValue:
    """The digits of a commodity code, or why there are none."""
    if text is None or is_null(text):
        return HsValue(None)
    digits = digits_of(text, dotted=style.dotted)
    if digits is None:
        return HsValue(None, "hs_digits_lost" if re.fullmatch(EXPONENT, text) else "bad_hs_code")
    if len(digits) in style.pad:
        digits = "0" + digits
    if len(digits) not in style.allowed:
        return HsValue(None, "hs_wrong_length")
    # There is no chapter 00: zeros stand for "no code".
    return HsValue(None, "bad_hs_code") if digits.startswith("00") else HsValue(digits)


def digits_of(text: str, *, dotted: bool = False) -> str | None:
    """The digits of a code as written, None where the text is no code or digits are lost."""
    if match := re.fullmatch(FLOAT, text):
        return match[1]
    if dotted and (match := re.fullmatch(DOTTED_FLOAT, text)):
        return match[1].zfill(4) + match[2] + "0"
    if match := re.fullmatch(SHORT_FLOAT, text):
        return match[1]
    if match := re.fullmatch(EXPONENT, text):
        return match[1] + match[2] if len(match[2]) == int(match[3]) else None
    if re.fullmatch(RANGE, text):
        return None
    match = re.fullmatch(CODE, text)
    return re.sub("[^0-9]", "", match[1]) if match else None
