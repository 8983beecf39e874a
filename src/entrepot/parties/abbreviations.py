"""Abbreviations in names of works and institutes (`НПО`, `NII`), and the person whose name one bears (`имени`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from entrepot.parties.datafile import rows
from entrepot.parties.romanise import romanised


def written_out(words: Sequence[str]) -> list[str]:
    """Folded words with Cyrillic abbreviations (`data/abbreviations.tsv`) put as the words that they stand for.

    A name that is nothing but the abbreviation stays, for then it is a name.
    """
    known = _abbreviations()
    if known.keys().isdisjoint(words) or len(words) < 2:
        return list(words)
    return [word for short in words for word in known.get(short, (short,))]


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {short: tuple(words.split()) for short, words, *_ in rows("abbreviations")}


_LATIN_LEAST = 3
"""Letters of the shortest abbreviation that is read in Latin letters too: `KB` and `PO` are many other things."""


@cache
def english_abbreviations() -> dict[str, str]:
    """The same abbreviations, in Latin letters too (`npo`, `tsnii`), and what they mean in English."""
    found = {short: english for short, _, english, *_ in rows("abbreviations")}
    for short, _, english, *_ in rows("abbreviations"):
        for latin in romanised(short):
            if len(latin) >= _LATIN_LEAST:
                found.setdefault(latin, english)
    return found


_HONOUR = re.compile(
    r"[\s,«»\"“”]+(?:имени|им\.?|named after|imeni|n\.a\.)\s*(?:(?:академика|academician|akademika)\s+)?((?:\w\.\s?){0,2})(?=\S)([^«»\"“”(),]*)",
    re.IGNORECASE,
)
"""The person whose name a works bears: initials, and the rest up to the next quotation mark, bracket or comma."""
_HONOUR_SIGNS = ("им", "imeni", "named after", "n.a.")
_PARTED_SIGNS = (", ", " - ", " – ", " — ")
"""One of these stands in a name that one of the patterns fits; looking for them first spares most names the search."""
_LEFT = 12
"""Letters that a name must have without the person whom it honours: `Завод имени Кулакова` says nothing without him."""


def without_honour(name: str) -> list[str]:
    """The name without the initials of the person whose name it bears, and, where enough is left, without that person."""
    low = name.lower()
    if not any(sign in low for sign in _HONOUR_SIGNS) or _HONOUR.search(name) is None:
        return []
    found = [_HONOUR.sub(r" \2", name).strip()]
    short = _HONOUR.sub(" ", name).strip()
    return [*found, short] if len(short) > _LEFT else found


_BRANCH = (
    re.compile(r"^(?:головной )?филиал\b.{4,}?\s[–—-]\s(?P<name>.{8,})$", re.IGNORECASE),
    re.compile(r"^(?P<name>.{8,}?)\s[–—-]\s(?:филиал|branch)\b.*$", re.IGNORECASE),
)
_OWN = re.compile(
    r"^[\w\s]{8,}, (?P<name>(?:(?:open |public |closed )?joint stock company|jsc|ojsc|pjsc|ao|oao|pao|llc|ooo)\s.{4,})$",
    re.IGNORECASE,
)
_ACRONYM_BEHIND = re.compile(r"^(?P<name>.{10,}), [A-ZА-ЯЁ]{2,8}$")


def own_names(name: str) -> list[str]:
    """The name of a branch without its head office (`Филиал ПАО «Яковлев» — Иркутский авиационный завод`), of a firm without the
    group written before it, and of a body without its acronym behind."""
    if not any(sign in name for sign in _PARTED_SIGNS):
        return []
    found = [pattern.match(name) for pattern in (*_BRANCH, _OWN, _ACRONYM_BEHIND)]
    return [match.group("name").strip() for match in found if match is not None]
