"""Reads partners, directions, goods codes and transport modes of trade statistics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from entrepot.model.hs import TOTAL, digits
from entrepot.model.places import area, area_kind, country
from entrepot.readers.flows.lists import table

WORLD = "W00"
"""Partner code of the world."""

_AREAS = {
    "WORLD": WORLD,
    "EU27_2020": "EU27",
    "EXTRA_EU": "XEU27",
    "INTRA_EU": "IEU27",
    "EA": "EUROAREA",
    "SU": "SUHH",
    "YU": "YUCS",
    "CS": "CSXX",
    "AN": "ANHH",
}
"""Codes of areas as `flows` has them where the list of areas has another: no area has two letters, as countries do
(dissolved states have their code of ISO 3166-3)."""

_FOOTNOTE = re.compile(r"[\s\d*¹²³⁴⁵⁶⁷⁸⁹⁾)]+$")
_BRACKET = re.compile(r"\s*\((?:incl|from|à partir|ab )[^)]*\)?.*$|\s*\([^()]*\)\s*$", re.IGNORECASE)
_ALL_GOODS = frozenset(
    {"total", "all", "all products", "all commodities", "all goods", "ag0", "всего", "total all products"}
)


def partner_of(texts: Sequence[str | None]) -> tuple[str | None, bool]:
    """Country or area that the cells name, best column first.

    Returns:
        Code (alpha-2, or three letters and more for an area; None where the partner is not specified), and whether
        it was recognised: `(None, True)` for "Areas, nes", `(None, False)` for an unknown name.
    """
    unspecified = False
    for text in texts:
        if text is None or not text.strip():
            continue
        code, known = _partner(text)
        if code is not None:
            return code, True
        unspecified = unspecified or known
    return None, unspecified


@cache
def _own_names() -> dict[str, str]:
    return {name: code for name, code, _ in table("partners")}


@cache
def _partner(text: str) -> tuple[str | None, bool]:
    own = _own_names()
    tries = [text.strip()]
    bare = _FOOTNOTE.sub("", tries[0])
    if bare and bare != tries[0] and not tries[0].isdigit():
        tries.append(bare)
    outside = _BRACKET.sub("", tries[0]).strip()
    if outside and outside not in tries:
        tries.append(outside)
    listed = own.get(" ".join(tries[0].lower().split()))
    if "(" in text and listed is None:
        # the whole text tells groups apart that agree outside the brackets: `European Union (AT-01/1995, ...)` is not EU27
        code, known = _begins(text)
        if known:
            return code, True
    for attempt in tries:
        listed = own.get(" ".join(attempt.lower().split()))
        if listed is not None:
            return (None, True) if listed == "-" else (listed, True)
        found = country(attempt)
        if found is not None:
            return found, True
        wide = area(attempt)
        if wide is not None:
            if area_kind(wide) == "none":
                return None, True
            return _AREAS.get(wide, wide), True
    return _begins(text)


def _begins(text: str) -> tuple[str | None, bool]:
    """Names told by how they begin: `European Union - 27 countries (AT, BE, ...)`."""
    lowered = text.strip().lower()
    for start, code, _ in table("partners"):
        if start.endswith("*") and lowered.startswith(start[:-1]):
            if code == "-":
                return None, True
            size = re.match(r"[^(]*?(\d\d)(?!\d)", lowered)
            return code.replace("{n}", size[1] if size else ""), True
    return None, False


@cache
def direction_of(text: str) -> str | None:
    """`import`, `export`, `re-export`, `re-import`; `part of ...` for shares of these; None where unknown."""
    return _coded("direction", text)


@cache
def mode_of(text: str) -> str | None:
    """Transport mode; `all` for the sum over modes; None where unknown."""
    return _coded("mode", text)


@cache
def procedure_of(text: str) -> str:
    """Customs procedure: `all` for the sum, else the text."""
    return _coded("procedure", text) or text.strip()


def _coded(kind: str, text: str) -> str | None:
    known = {row[1]: row[2] for row in table("codes") if row[0] == kind}
    clean = text.strip().lower()
    for attempt in (clean, *re.split(r"\s*-\s*", clean, maxsplit=1)[::-1]):
        if attempt in known:
            return known[attempt]
    return None


def product_of(text: str | None, *, pad: bool = False) -> str | None:
    """HS code of digits, or `TOTAL`; None where it is neither.

    Args:
        text: `854231`, `8542.31`, `85 - Electrical machinery`, `TOTAL-Total`.
        pad: the column lost its leading zeros: a code with an odd number of digits gets one back.
    """
    if text is None:
        return None
    head = re.split(r"\s*[-–:]\s+|-(?=\D)", text.strip(), maxsplit=1)[0]
    if head.lower() in _ALL_GOODS or text.strip().lower() in _ALL_GOODS:
        return TOTAL
    if pad and head.isdigit() and len(head) % 2:
        head = f"0{head}"
    code = digits(head)
    return code if code is not None and len(code) % 2 == 0 else None
