"""Numbers as customs files write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from entrepot.readers.values.nulls import SPACES, is_null

MOST = 1e15
"""A number beyond this is absurd in any customs column: world merchandise exports of a year are 2.5e13 USD (WTO), and
one line of a declaration stays below 1e15 in any currency."""

GROUP_SPACES = " \u00a0\u202f\u2009\u2007"
APOSTROPHES = "'’´`"
MINUS = "\u2212\u2013-"
"""Minus, en dash, hyphen; the hyphen last, so that it is literal in a character class."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a column writes its numbers.

    What a number is by itself needs no style: `1.234,56`, `1,234.56`, `12,34,567.89`, `1 234,5`, `0.123`, `12,5`. The
    style decides the one form that can be two numbers: up to three digits, a separator, three digits (`1.234`).

    Attributes:
        decimal: `.` or `,`: what the separator of `1.234` or `1,234` is, if it is the same sign; else it groups.
        affixes: currency signs and units that stand beside the numbers of this column, as written.
        ambiguous: True where nothing in the column says what `1.234` is.
        negative: whether values below zero make sense; otherwise they are problems (weights, quantities, values).
        most: numbers further from zero are problems.
        nulls: texts for no value that the column has, so that SQL passes over them quickly.
        notes: sentences for the person who adds the file.
    """

    decimal: str = "."
    affixes: tuple[str, ...] = ()
    ambiguous: bool = False
    negative: bool = True
    most: float = MOST
    nulls: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number, or why there is none: `problem` is None (also for no value), `bad_number`, `negative_number` or
    `absurd_number`. `affix` is the unit or currency that stood beside it."""

    value: float | None
    problem: str | None = None
    affix: str | None = None


def parse_number(text: str | None, style: NumberStyle = NumberStyle()) -> float | None:
    """The number, or None where there is none or it cannot be read."""
    return read_number(text, style).value


def read_number(text: str | None, style: NumberStyle = NumberStyle()) -> NumberValue:
    """The number of a text, or why there is none."""
    if text is None or is_null(text):
        return NumberValue(None)
    match = _compiled(style.affixes).fullmatch(text)
    if match is None:
        return NumberValue(None, "bad_number")
    signs = "".join(match[n] for n in (1, 2, 4, 7, 8))
    if signs not in _NEGATIVE and signs not in ("", "+"):
        return NumberValue(None, "bad_number")
    value = float(plain(match[5], style.decimal)) * (-1 if signs in _NEGATIVE else 1)
    affix = match[3] or match[6] or None
    if abs(value) > style.most:
        return NumberValue(None, "absurd_number", affix)
    if value < 0 and not style.negative:
        return NumberValue(None, "negative_number", affix)
    return NumberValue(value, None, affix)


def plain(core: str, decimal: str) -> str:
    """A number without sign and unit, in the form that `float` reads (which groups by `_`, as DuckDB's cast does)."""
    core = _SEPARATORS.sub("", core)
    if _BY_COMMA[decimal].fullmatch(core):
        return core.replace(",", "")
    if _BY_POINT[decimal].fullmatch(core):
        return core.replace(".", "").replace(",", ".")
    return core.replace(",", ".")


def number_pattern(affixes: tuple[str, ...]) -> str:
    """A regular expression of whole cells. Groups: bracket, sign, affix, sign, number, affix, sign, bracket."""
    listed = "|".join(re.escape(affix) for affix in sorted(affixes, key=lambda affix: (-len(affix), affix)))
    sign, affix, white = f"([+{MINUS}]?)", f"((?:{listed})?)" if listed else "()", f"[{SPACES}]*"
    return white + white.join((r"(\(?)", sign, affix, sign, f"({CORE})", affix, sign, r"(\)?)")) + white


_EXPONENT = "(?:[eE][+-]?[0-9]{1,3})?"
_FIRST = "[1-9][0-9]{0,2}"
GROUPED_BY_COMMA = (
    rf"{_FIRST}(?:,[0-9]{{3}})+\.[0-9]*|{_FIRST}(?:,[0-9]{{3}}){{2,}}"
    r"|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]*)?"
)
"""Western (1,234,567 and 1,234.5) and Indian (12,34,567.89)."""
GROUPED_BY_POINT = rf"{_FIRST}(?:\.[0-9]{{3}})+,[0-9]*|{_FIRST}(?:\.[0-9]{{3}}){{2,}}"
EITHER_COMMA = f"{_FIRST},[0-9]{{3}}"
EITHER_POINT = rf"{_FIRST}\.[0-9]{{3}}"
GROUPED_BY_SPACE = rf"{_FIRST}(?:[{GROUP_SPACES}][0-9]{{3}})+(?:[.,][0-9]*)?"
_BY_APOSTROPHE = rf"{_FIRST}(?:[{APOSTROPHES}][0-9]{{3}})+(?:[.,][0-9]*)?"
_DIGITS = "[0-9]+(?:_[0-9]+)*"
_SINGLE = rf"{_DIGITS}(?:[.,](?:{_DIGITS})?)?{_EXPONENT}|[.,]{_DIGITS}{_EXPONENT}"
CORE = f"{GROUPED_BY_COMMA}|{GROUPED_BY_POINT}|{GROUPED_BY_SPACE}|{_BY_APOSTROPHE}|{_SINGLE}"

_SEPARATORS = re.compile(f"[{GROUP_SPACES}{APOSTROPHES}]")
_BY_COMMA = {".": re.compile(f"{GROUPED_BY_COMMA}|{EITHER_COMMA}"), ",": re.compile(GROUPED_BY_COMMA)}
_BY_POINT = {".": re.compile(GROUPED_BY_POINT), ",": re.compile(f"{GROUPED_BY_POINT}|{EITHER_POINT}")}
_NEGATIVE = (*MINUS, "()")


@cache
def _compiled(affixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(number_pattern(affixes))
