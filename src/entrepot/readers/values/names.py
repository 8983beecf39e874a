"""Frees names from the tax and registration numbers that stand beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from entrepot.readers.values.identifiers import (
    Identifier,
    has_shape,
    identify,
    kinds_of_shape,
    normal_identifier,
    valid,
)
from entrepot.readers.values.lists import table
from entrepot.readers.values.nulls import clean, lower


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name freed of the numbers that stood beside it. `name` is None where nothing else is left."""

    name: str | None
    identifiers: tuple[Identifier, ...] = ()


def split_name(text: str | None, country: str | None = None) -> NameParts:
    """Identifiers and name of a cell that holds both, as `7722476458 772201001 OOO YATAS`.

    Taken as numbers: what a word says is one (`ИНН 7722476458`, `RUT: 76.123.456-K`), and a run of nine digits or more, or
    a number with letters and a check digit that holds, at the beginning or the end of the cell. Shorter numbers belong to
    the name (`AQUATUS LLC 6881`), and so do those of companies that are called by a number (`1000123456 ONTARIO INC`).

    Args:
        text: the cell.
        country: ISO 3166-1 alpha-2 of the party, where known: it decides between kinds of equal shape.
    """
    cleaned = clean(text)
    if cleaned is None:
        return NameParts(None)
    found: list[Identifier] = []
    rest = _take_pair(_take_labelled(cleaned, country, found), found)
    for pattern in (_FIRST, _LAST):
        while (match := pattern.match(rest)) and not _NUMBERED_COMPANY.match(rest):
            identifier = _unlabelled(match["number"], country)
            if identifier is None:
                break
            found.append(identifier)
            rest = match["rest"].strip(_EDGES)
    if not found:
        return NameParts(cleaned)
    rest = re.sub(r"\(\s*[,;/]*\s*\)|\[\s*\]", " ", rest)
    return NameParts(" ".join(rest.split()).strip(_EDGES) or None, tuple(dict.fromkeys(found)))


_EDGES = " \t,;:/|\\-–—#№\u00a0"
_NUMBER = r"(?P<number>[0-9][0-9.\-/]{6,20}[0-9K]|[0-9]{7,20}|(?=[0-9A-Z&Ñ.\-]*[0-9]{3})[0-9A-ZÑ&]{10,20})"
_FIRST = re.compile(rf"^[({_EDGES}]*{_NUMBER}[),;:]?(?:[\s/,;:)\-–—|]+|$)(?P<rest>.*)$", re.DOTALL)
_LAST = re.compile(rf"^(?P<rest>.*?)[\s,;:/(\[|\-–—]+{_NUMBER}[)\]\s.]*$", re.DOTALL)
_NUMBERED_COMPANY = re.compile(
    r"^[0-9]{4,4}[- ]?[0-9]{2,6} (?:CANADA|ONTARIO|ALBERTA|QU[EÉ]BEC|MANITOBA|SASKATCHEWAN|NEW BRUNSWICK|NOVA SCOTIA|YUKON|B\.?C\.?|N\.?B\.?)\b",
    re.IGNORECASE,
)
"""Federal and provincial companies of Canada may have their number for a name (Canada Business Corporations Act, s. 11(2))."""


def _unlabelled(number: str, country: str | None) -> Identifier | None:
    value = normal_identifier(number)
    if value is None:
        return None
    if not value.isdigit():
        checked = [kind for kind in kinds_of_shape(value) if valid(kind, value)]
        if checked or "pan" in kinds_of_shape(value):
            return identify(value, country)
        return None
    identifier = identify(value, country)
    if identifier is None or (len(value) < 9 and identifier.checked is not True):
        return None
    if identifier.kind == "tax" and country is None and valid("inn", value):
        # Without a country: a number of ten or twelve digits that obeys Russia's rule and no other rule of that length.
        others = [kind for kind in kinds_of_shape(value) if valid(kind, value) and kind != "inn"]
        return identifier if others else Identifier("inn", value, True)
    return identifier


def _take_pair(text: str, found: list[Identifier]) -> str:
    """A Russian tax number with its branch code, at either end: the pair is telling without a word."""
    for match in re.finditer(r"(?<!\w)([0-9]{10})[\s/\\,;-]+([0-9]{4}[0-9A-Z]{2}[0-9]{3})(?!\w)", text):
        if valid("inn", match[1]) or match[1][:4] == match[2][:4]:
            found += [Identifier("inn", match[1], valid("inn", match[1])), Identifier("kpp", match[2])]
            return (text[: match.start()] + " " + text[match.end() :]).strip(_EDGES)
    return text


def _take_labelled(text: str, country: str | None, found: list[Identifier]) -> str:
    """Numbers after a word that says what they are; gives what is left."""

    def take(match: re.Match[str]) -> str:
        kind = _labels()[" ".join(lower(match["label"]).replace(".", " ").split())]
        for number in re.split(r"[/,;\\]", match["numbers"]):
            value = normal_identifier(number)
            if value is None or len(value) < 6:
                continue
            if kind == "inn" and found and found[-1].kind == "inn" and len(value) == 9:
                found.append(Identifier("kpp", value))
                continue
            if kind == "tax" or not has_shape(kind, value):
                # ИНН is what tax numbers are called in Tajikistan too, and what it looks like there is not Russia's.
                found.append(identify(value, country) or Identifier("tax", value))
            else:
                found.append(Identifier(kind, value, valid(kind, value)))
        return " "

    return _labelled().sub(take, text)


@cache
def _labels() -> dict[str, str]:
    return {" ".join(label.replace(".", " ").split()): kind for label, kind, _ in table("identifier_labels")}


@cache
def _labelled() -> re.Pattern[str]:
    labels = "|".join(
        r"[. ]*".join(re.escape(word) for word in label.split()) for label in sorted(_labels(), key=len, reverse=True)
    )
    number = r"[0-9A-ZÑ&][0-9A-ZÑ&.\-]{4,24}[0-9A-Z]"
    return re.compile(
        rf"[\s(,;\[/\-–—|]*(?<![\w])(?P<label>{labels})[.:\s#№=\-]*[:\s#№=\-]+"
        rf"(?P<numbers>(?=[^\s]*[0-9]{{3}}){number}(?:\s*[/,\\]\s*(?=[0-9]{{6}}){number})*)(?![\w])[\s)\],;]*",
        re.IGNORECASE,
    )
