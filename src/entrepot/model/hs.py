"""The Harmonized System: editions by date, the structure of a code, sections.

Sources: World Customs Organization (editions enter into force on 1 January of their year; sections and chapters of the
nomenclature); United Nations Statistics Division (the classification codes H0 to H6 of Comtrade).
"""

from __future__ import annotations

import re
from datetime import date

EDITIONS = ("HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022")
"""Editions in order. HS1992 stands for the first nomenclature (in force since 1988) as amended in 1992, as Comtrade has it."""

COMTRADE_EDITIONS = dict(zip(("H0", "H1", "H2", "H3", "H4", "H5", "H6"), EDITIONS, strict=True))
"""Comtrade's classification code to the edition."""

TOTAL = "TOTAL"
"""Stands for all goods where a code is expected."""

IN_FORCE = (
    (date(1988, 1, 1), "HS1992"),
    (date(1996, 1, 1), "HS1996"),
    (date(2002, 1, 1), "HS2002"),
    (date(2007, 1, 1), "HS2007"),
    (date(2012, 1, 1), "HS2012"),
    (date(2017, 1, 1), "HS2017"),
    (date(2022, 1, 1), "HS2022"),
)
"""First day in force of each edition, earliest first."""

_SECTION_LAST_CHAPTER = (
    (5, "I"),
    (14, "II"),
    (15, "III"),
    (24, "IV"),
    (27, "V"),
    (38, "VI"),
    (40, "VII"),
    (43, "VIII"),
    (46, "IX"),
    (49, "X"),
    (63, "XI"),
    (67, "XII"),
    (70, "XIII"),
    (71, "XIV"),
    (83, "XV"),
    (85, "XVI"),
    (89, "XVII"),
    (92, "XVIII"),
    (93, "XIX"),
    (96, "XX"),
    (97, "XXI"),
)
"""Last chapter of each section. Chapter 77 is reserved; 98 and 99 are national and belong to no section."""

_SEPARATORS = re.compile(r"[\s.\-/]")
_YEAR = re.compile(r"(?:HS\s*-?\s*)?(1988|1992|1996|2002|2007|2012|2017|2022)$", re.IGNORECASE)


def edition_on(day: date) -> str | None:
    """The edition in force on `day`, for example `HS2017` for 2019-05-01; None before 1988.

    Countries may adopt an edition late: a code that this edition does not have may belong to the one before.
    """
    found = None
    for first, edition in IN_FORCE:
        if day >= first:
            found = edition
    return found


def edition_named(text: str) -> str | None:
    """The edition that a text names: `H5`, `HS2017`, `HS 2017`, `2017`; None where it names none."""
    clean = text.strip()
    if (code := clean.upper()) in COMTRADE_EDITIONS:
        return COMTRADE_EDITIONS[code]
    if match := _YEAR.match(clean):
        year = match.group(1)
        return "HS1992" if year == "1988" else f"HS{year}"
    return None


def digits(text: str) -> str | None:
    """A commodity code as digits only: `8542.31` gives `854231`, `8542 31 00` gives `85423100`.

    A number that a spreadsheet wrote as a decimal (`854231.0`) loses the `.0`. None where something other than digits
    and separators stands in it, or where it is shorter than a chapter (2) or longer than any tariff line (14 digits).
    """
    clean = text.strip().strip("'\"\u200b\ufeff")
    if re.fullmatch(r"\d{5,}\.0+", clean):
        clean = clean.split(".", 1)[0]
    clean = _SEPARATORS.sub("", clean)
    if not clean.isascii() or not clean.isdigit() or not 2 <= len(clean) <= 14:
        return None
    return clean


def hs6(code: str) -> str | None:
    """The first six digits of a code of digits, None where it has fewer."""
    return code[:6] if len(code) >= 6 else None


def parent(code: str) -> str | None:
    """The code one level up: `854231` gives `8542`, `8542` gives `85`, a chapter gives None."""
    return {6: code[:4], 4: code[:2]}.get(len(code))


def section(code: str) -> str | None:
    """Roman numeral of the section of a code (two digits at least); None for chapters 00, 77, 98, 99."""
    if len(code) < 2 or not code[:2].isdigit():
        return None
    chapter = int(code[:2])
    if chapter in (0, 77):
        return None
    for last, numeral in _SECTION_LAST_CHAPTER:
        if chapter <= last:
            return numeral
    return None
