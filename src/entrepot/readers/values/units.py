"""Units of weight and quantity."""

from __future__ import annotations

from functools import cache

from entrepot.readers.values.lists import table
from entrepot.readers.values.nulls import clean


def kilograms_per(unit: str | None) -> float | None:
    """How many kilograms one of the unit is; None where it is no known unit of weight."""
    key = _key(unit)
    return None if key is None else _masses().get(key)


def quantity_unit(unit: str | None) -> str | None:
    """The UN/ECE Recommendation 20 code of a unit in any of several languages (data/units.tsv), or None."""
    key = _key(unit)
    return None if key is None else _units().get(key)


def _key(unit: str | None) -> str | None:
    cleaned = clean(unit)
    return None if cleaned is None else " ".join(cleaned.lower().replace(".", " ").split())


@cache
def _units() -> dict[str, str]:
    return {text: code for text, code, _, _ in table("units")}


@cache
def _masses() -> dict[str, float]:
    return {text: float(kilograms) for text, _, kilograms, _ in table("units") if kilograms}
