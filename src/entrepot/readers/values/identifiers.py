"""Tax and registration numbers: their kinds, by shape, check digits, country, and the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from entrepot.readers.values.check_digits import RULES
from entrepot.readers.values.lists import table
from entrepot.readers.values.nulls import clean


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number of a kind (data/identifiers.tsv; `tax` or `registration` where only that is known).

    `checked` is True where its check digit holds, False where it does not, None where the kind has no rule.
    """

    kind: str
    value: str
    checked: bool | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class IdentifierColumn:
    """What the numbers of a column are: `kind` (None where the column does not show one), the share of the values that
    have its shape and of those the share whose check digit holds (None where the kind has no rule)."""

    kind: str | None
    shaped: float
    checked: float | None


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    country: str
    pattern: re.Pattern[str]


def identify(text: str | None, country: str | None = None, kind: str | None = None) -> Identifier | None:
    """What identifier a cell holds; None where it holds none.

    Args:
        text: the cell: a number with or without punctuation.
        country: ISO 3166-1 alpha-2 of who holds the number, where known.
        kind: the kind of the column, where known.

    A kind is named where the country has one of that shape whose check digit holds, or where the shape alone is telling
    (letters and a check digit); any other number of six digits or more is `tax`.
    """
    value = normal_identifier(text)
    if value is None or len(value) < 6 or sum(c.isdigit() for c in value) < 4 or not value.strip("0"):
        return None
    if kind is not None:
        return Identifier(kind, value, valid(kind, value))
    shaped = [rule.name for rule in _kinds() if rule.pattern.fullmatch(value)]
    at_home = [name for name in shaped if country and _country(name) == country]
    for name in at_home:
        if valid(name, value):
            return Identifier(name, value, True)
    if len(at_home) == 1 and at_home[0] not in RULES:
        return Identifier(at_home[0], value)
    lettered = [name for name in shaped if not value.isdigit()]
    for name in lettered:
        if valid(name, value):
            return Identifier(name, value, True)
    if "pan" in lettered:
        return Identifier("pan", value)
    return Identifier("tax", value)


def identifier_column(samples: Iterable[str | None], country: str | None = None) -> IdentifierColumn:
    """The kind of number that a column holds, by the share of its values whose check digits hold.

    One value in ten or eleven fits a check digit by chance, and nearly all do where the kind is right, so that a column
    of row numbers or declarations shows no kind. Kinds without check digits (KPP, old IEC) are never inferred.

    Args:
        samples: cells of the column; some dozens are enough.
        country: ISO 3166-1 alpha-2 of who holds the numbers, where known.
    """
    values = {value for sample in samples if (value := normal_identifier(sample)) is not None}
    best = IdentifierColumn(None, 0.0, None)
    for rule in _kinds():
        if country and rule.country not in ("", country):
            continue
        shaped = [value for value in values if rule.pattern.fullmatch(value)]
        share = len(shaped) / len(values) if values else 0.0
        if len(shaped) < _FEW or share < _MOST:
            continue
        if rule.name == "pan":
            found = IdentifierColumn("pan", share, None)
        elif rule.name in RULES:
            checked = sum(RULES[rule.name](value) for value in shaped) / len(shaped)
            if checked < _MOST:
                continue
            found = IdentifierColumn(rule.name, share, checked)
        else:
            continue
        if (found.shaped, found.checked or 0) > (best.shaped, best.checked or 0):
            best = found
    return best


_FEW = 4
"""Values that must fit: four random numbers all fit one check digit in 1 of 10,000 columns."""
_MOST = 0.8
"""Share that must fit; declarations do hold mistyped and foreign numbers."""


def normal_identifier(text: str | None) -> str | None:
    """Upper case, without spaces and punctuation, and without the `.0` of a spreadsheet number; None for no value."""
    cleaned = clean(text)
    if cleaned is None:
        return None
    cleaned = re.sub(r"^([0-9]{6,})\.0$", r"\1", cleaned)
    return re.sub(r"[^\w&]|_", "", cleaned).upper() or None


def valid(kind: str, value: str) -> bool | None:
    """Whether a normalised number has the shape and obeys the check rule of its kind; None where the kind has no rule."""
    rule = RULES.get(kind)
    if rule is None:
        return None
    return has_shape(kind, value) and rule(value)


def has_shape(kind: str, value: str) -> bool:
    """Whether a normalised number has the shape of a kind; True for kinds that have none (`registration`)."""
    patterns = [rule.pattern for rule in _kinds() if rule.name == kind]
    return not patterns or any(pattern.fullmatch(value) for pattern in patterns)


def kinds_of_shape(value: str) -> tuple[str, ...]:
    """Kinds whose shape a normalised number has and whose check digit, where they have one, holds."""
    return tuple(
        rule.name for rule in _kinds() if rule.pattern.fullmatch(value) and valid(rule.name, value) is not False
    )


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(_Kind(name, country, re.compile(pattern)) for name, country, pattern, _, _ in table("identifiers"))


def _country(kind: str) -> str:
    return next(rule.country for rule in _kinds() if rule.name == kind)
