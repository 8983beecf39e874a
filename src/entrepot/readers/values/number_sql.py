"""`parse_number` in DuckDB's SQL."""

from __future__ import annotations

from entrepot.readers.values.nulls import quoted, re2
from entrepot.readers.values.numbers import (
    APOSTROPHES,
    EITHER_COMMA,
    EITHER_POINT,
    GROUP_SPACES,
    GROUPED_BY_COMMA,
    GROUPED_BY_POINT,
    GROUPED_BY_SPACE,
    MINUS,
    NumberStyle,
    number_pattern,
)

_PLAIN = NumberStyle()


def number_sql(expression: str, style: NumberStyle = _PLAIN) -> str:
    """`parse_number` as a DuckDB expression of type DOUBLE.

    Plain numbers take DuckDB's own cast; one regular expression decides on grouped numbers; what is left (signs, units,
    brackets) takes the whole pattern. Measured on 5 million rows, seconds of one core beyond reading the column: plain 0.2,
    decimal comma 0.9, grouped 2.5. (A cast that stands twice is computed once only as the first condition of a CASE.)
    """
    most, least = f"{style.most!r}", f"-{style.most!r}" if style.negative else "0"
    within = f"BETWEEN {least} AND {most}"
    comma = f"{GROUPED_BY_COMMA}|{EITHER_COMMA}" if style.decimal == "." else GROUPED_BY_COMMA
    point = f"{GROUPED_BY_POINT}|{EITHER_POINT}" if style.decimal == "," else GROUPED_BY_POINT
    spaces = f"regexp_replace({expression}, {_class(GROUP_SPACES)}, '', 'g')"
    steps = [
        (_matches(expression, f"-?(?:{comma})"), _cast(f"replace({expression}, ',', '')")),
        (_matches(expression, f"-?(?:{point})"), _cast(f"replace(replace({expression}, '.', ''), ',', '.')")),
        (_matches(expression, f"-?(?:{GROUPED_BY_SPACE})"), _cast(f"replace({spaces}, ',', '.')")),
    ]
    if style.decimal == ",":
        steps[0], steps[1] = steps[1], steps[0]
    steps.append((f"regexp_matches({expression}, {_whole(style)})", _signed(expression, style, comma, point)))
    careful = "CASE " + " ".join(f"WHEN {when} THEN {then}" for when, then in steps) + " END"
    fast = _fast(expression, style)
    return f"CASE WHEN {fast} {within} THEN {fast} ELSE list_filter([{careful}], lambda number: number {within})[1] END"


def affix_sql(expression: str, style: NumberStyle) -> str:
    """The unit or currency beside each number as a DuckDB expression, NULL where there is none."""
    if not style.affixes:
        return "CAST(NULL AS VARCHAR)"
    return f"NULLIF(regexp_extract({expression}, {_whole(style)}, 3) || regexp_extract({expression}, {_whole(style)}, 6), '')"


def _fast(expression: str, style: NumberStyle) -> str:
    """DuckDB's own cast; where the comma is decimal a point must not be taken for one."""
    return _cast(expression if style.decimal == "." else f"replace(replace({expression}, '.', '?'), ',', '.')")


def _signed(expression: str, style: NumberStyle, comma: str, point: str) -> str:
    """Signs and number, without units, each step named once."""
    negative = quoted(re2(rf"^(?:\(\)|[{MINUS}])"))
    bare = (
        f"regexp_replace(regexp_replace(regexp_replace({expression}, {_whole(style)}, '\\1\\2\\4\\7\\8\\5'), "
        f"{negative}, '-'), {_class(GROUP_SPACES + APOSTROPHES)}, '', 'g')"
    )
    by_comma, by_point = _matches("bare", f"[+-]?(?:{comma})"), _matches("bare", f"[+-]?(?:{point})")
    no_comma, to_point = _cast("replace(bare, ',', '')"), _cast("replace(bare, ',', '.')")
    no_point = _cast("replace(replace(bare, '.', ''), ',', '.')")
    value = f"CASE WHEN {by_comma} THEN {no_comma} WHEN {by_point} THEN {no_point} ELSE {to_point} END"
    return f"list_transform([{bare}], lambda bare: {value})[1]"


def _whole(style: NumberStyle) -> str:
    return quoted(re2(f"^{number_pattern(style.affixes)}$"))


def _matches(expression: str, pattern: str) -> str:
    return f"regexp_matches({expression}, {quoted(re2(f'^(?:{pattern})$'))})"


def _cast(expression: str) -> str:
    return f"TRY_CAST({expression} AS DOUBLE)"


def _class(characters: str) -> str:
    return quoted(re2(f"[{characters}]"))
