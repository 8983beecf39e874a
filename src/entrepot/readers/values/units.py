"""Units of weight and quantity."""

from __future__ import annotations

import re
from functools import cache

from entrepot.readers.values.lists import table
from entrepot.readers.values.nulls import clean, lower, quoted
from entrepot.readers.values.number_sql import affix_sql, number_sql
from entrepot.readers.values.numbers import NumberStyle, read_number


def quantity_unit(unit: str | None) -> str | None:
    """The code of a unit in any of several languages (data/units.tsv), by UN/ECE Recommendation 20, or None.

    `KGS (KILOGRAMS)` is read where what stands inside and outside means the same.
    """
    cleaned = clean(unit)
    if cleaned is None:
        return None
    whole = _units().get(_key(cleaned))
    if whole is not None:
        return whole
    found = {_units().get(_key(piece)) for piece in re.split(r"[()\[\]/,;:|]+|\s[-–]\s", cleaned)} - {None}
    return found.pop() if len(found) == 1 else None


def kilograms_per(unit: str | None) -> float | None:
    """How many kilograms one of the unit is; None where it is no known unit of weight."""
    code = quantity_unit(unit)
    return None if code is None else _masses().get(code)


def weight_in_kg(text: str | None, style: NumberStyle, unit: str | None = None) -> float | None:
    """A weight in kilograms: in the unit that stands beside it, else in `unit` of the column.

    None where there is no weight, it cannot be read, or the unit is not known to be one of weight.
    """
    number = read_number(text, style)
    factor = kilograms_per(number.affix or unit)
    return None if number.value is None or factor is None else number.value * factor


def weight_sql(expression: str, style: NumberStyle, unit: str | None = None) -> str:
    """`weight_in_kg` as a DuckDB expression of type DOUBLE."""
    factor = kilograms_per(unit)
    number = number_sql(expression, style)
    if not style.affixes:
        return "CAST(NULL AS DOUBLE)" if factor is None else number if factor == 1 else f"({number}) * {factor!r}"
    known = [(affix, mass) for affix in style.affixes if (mass := kilograms_per(affix)) is not None]
    other = [affix for affix in style.affixes if kilograms_per(affix) is None]
    steps = [f"WHEN {quoted(affix)} THEN {mass!r}" for affix, mass in known]
    steps += [f"WHEN {quoted(affix)} THEN NULL" for affix in other]
    otherwise = "NULL" if factor is None else repr(factor)
    return f"({number}) * CASE {affix_sql(expression, style)} {' '.join(steps)} ELSE {otherwise} END"


def _key(unit: str) -> str:
    return " ".join(lower(unit).replace(".", " ").split())


@cache
def _units() -> dict[str, str]:
    return {text: code for text, code, _, _ in table("units")}


@cache
def _masses() -> dict[str, float]:
    return {code: float(kilograms) for _, code, kilograms, _ in table("units") if kilograms}
