"""Makes text from sources harmless to show: no control or direction characters, no formulas, no markup."""

from __future__ import annotations

import datetime as dt
import unicodedata

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a spreadsheet read a text as a formula (OWASP, CSV injection)."""

JOINERS = "\u200c\u200d"
"""Invisible characters that Persian, Hindi and other scripts need inside words; they cannot reorder a line."""

CELL_SHOWN = 400
"""Characters of a cell that a page shows; tables and packs hold the whole."""


def clean(value: object, limit: int | None = CELL_SHOWN) -> str:
    """A value as one line of text that cannot steer what shows it.

    White space becomes a space; other control, direction and unassigned characters become visible escapes such as
    `\\u202e`, so that a reader sees that they were there. Cut at `limit` characters with an ellipsis.
    """
    if value is None:
        return ""
    text = figure(value) if isinstance(value, int | float) else str(value)
    cut = text if limit is None else text[: limit + 1]
    shown = "".join(
        c if c.isprintable() or c in JOINERS else " " if c.isspace() else c.encode("unicode_escape").decode("ascii")
        for c in unicodedata.normalize("NFC", cut)
    )
    return shown if limit is None or len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def figure(value: float) -> str:
    """A number for a reader: thousands separated, at most two decimals, three digits where it is small."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    if abs(value) < 0.01:
        return f"{value:.3g}"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) < 1000 else f"{value:,.0f}"


def days(first: object, last: object) -> str:
    """Two days as a span, one day where they are the same, "unknown date" where there is none."""
    known = [str(d.isoformat() if isinstance(d, dt.date) else d) for d in (first, last) if d is not None]
    if not known:
        return "unknown date"
    return known[0] if len(set(known)) == 1 else f"{known[0]} to {known[1]}"


def counted(number: object, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 shipment", "2,000 shipments"."""
    n = int(str(number or 0))
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def spreadsheet(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before what would begin one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
