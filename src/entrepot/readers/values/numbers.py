"""Numbers as customs files write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from entrepot.readers.values.nulls import clean, null_sql, quoted

MOST = 1e15
"""A number beyond this is absurd in any customs column: world merchandise exports of a year are 2.5e13 USD (WTO)
and about 6e17 in the weakest currency used, but one line of a declaration stays below 1e15 in any."""

_GROUP_SPACES = " \u00a0\u202f\u2009\u2007"
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a column writes its numbers.

    Attributes:
        decimal: `.` or `,`.
        affixes: currency signs and units that stand beside the numbers of this column, as written.
        unit: the unit beside the numbers, where it is one and the same; None otherwise.
        ambiguous: True where `1.234` may be one thousand or one and a bit, and nothing in the column says which.
        negative: whether values below zero make sense; a weight, quantity or value below zero is a problem.
        most: numbers further from zero are a problem.
        notes: sentences for the person who adds the file.
    """

    decimal: str = "."
    affixes: tuple[str, ...] = ()
    unit: str | None = None
    ambiguous: bool = False
    negative: bool = True
    most: float = MOST
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number, or why there is none: `problem` is None (also for no value), `bad_number`, `negative_number` or
    `absurd_number`. `affix` is the unit or currency that stood beside it."""

    value: float | None
    problem: str | None = None
    affix: str | None = None


def infer_number_style(
    samples: Iterable[str | None], *, hint: NumberStyle | None = None, negative: bool = True, most: float = MOST
) -> NumberStyle:
    """How the numbers of a column are written, by the evidence of its texts.

    Args:
        samples: cells of the column, empty ones included.
        hint: the style of the other columns of the file, used where this one is ambiguous.
        negative, most: what makes sense in this column; kept in the style.
    """
    commas = points = 0
    for sample in samples:
        text = clean(sample)
        if text is None:
            continue
        comma, point = text.rfind(","), text.rfind(".")
        if comma > point >= 0 or (point < 0 <= comma and not re.search(r",[0-9]{3}(?![0-9])", text)):
            commas += 1
        elif point > comma:
            points += 1
    decimal = "," if commas > points else "."
    return NumberStyle(decimal, negative=negative, most=most)


def parse_number(text: str | None, style: NumberStyle = NumberStyle()) -> float | None:
    """The number, or None where there is none or it cannot be read."""
    return read_number(text, style).value


def read_number(text: str | None, style: NumberStyle = NumberStyle()) -> NumberValue:
    """The number of a text, or why there is none."""
    cleaned = clean(text)
    if cleaned is None:
        return NumberValue(None)
    group = "," if style.decimal == "." else "."
    plain = re.sub(f"[{_GROUP_SPACES}'’{re.escape(group)}]", "", cleaned).replace(style.decimal, ".")
    if not _PLAIN.fullmatch(plain):
        return NumberValue(None, "bad_number")
    value = float(plain)
    if not abs(value) <= style.most:
        return NumberValue(None, "absurd_number")
    if value < 0 and not style.negative:
        return NumberValue(None, "negative_number")
    return NumberValue(value)


def number_sql(expression: str, style: NumberStyle = NumberStyle()) -> str:
    """`parse_number` as a DuckDB expression of type DOUBLE."""
    group = "," if style.decimal == "." else "."
    text = null_sql(expression)
    plain = (
        f"replace(translate({text}, {quoted(_GROUP_SPACES + '’' + chr(39) + group)}, ''), {quoted(style.decimal)}, '.')"
    )
    value = f"TRY_CAST({plain} AS DOUBLE)"
    least = "0" if not style.negative else f"-{style.most!r}"
    return f"CASE WHEN {value} BETWEEN {least} AND {style.most!r} THEN {value} END"
