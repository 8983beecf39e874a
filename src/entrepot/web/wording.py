"""How values are written on pages: numbers with units, countries by name, hidden characters made visible."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal

from markupsafe import Markup, escape

from entrepot.model.places import country_name

CELL_SHOWN = 240
"""Characters of a text in a cell; the whole text stands on the record's page."""


def visible(text: str) -> str:
    """Text whose hidden characters can be seen: controls and characters that change the direction of writing.

    `visible("abc\\u202ecba")` is `"abc⟦U+202E⟧cba"`. Line ends and tabs stay.
    """
    if text.isprintable():  # which nothing hidden is
        return text
    return "".join(f"⟦U+{ord(c):04X}⟧" if _hidden(c) else c for c in text)


def _hidden(character: str) -> bool:
    if character in "\n\t\r":
        return False
    # controls, format characters (right-to-left overrides, zero width) and lone halves; joiners are part of some scripts
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and character not in "\u200c\u200d\u00ad"


def finalize(value: object) -> object:
    """What every expression of a template goes through."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) else value


def number(value: object) -> str:
    """A number with thousands separated, as many decimals as it needs."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    real = float(str(value))
    if real == int(real) and abs(real) < 1e15:
        return f"{int(real):,}"
    return f"{real:,.2f}" if abs(real) >= 1 else f"{real:.3g}"


def exact(value: object) -> str:
    """A value as it is kept: a number with all its decimals and thousands separated, anything else as text."""
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    return f"{int(value):,}" if value.is_integer() and abs(value) < 1e15 else f"{Decimal(repr(value)):,f}"


def kilograms(value: object) -> str:
    """A weight, to the kilogram above ten."""
    if value is None:
        return ""
    real = float(str(value))
    return f"{real:,.0f} kg" if abs(real) >= 10 else f"{real:,.2f} kg"


def dollars(value: object) -> str:
    """A value in US dollars."""
    return "" if value is None else f"USD {float(str(value)):,.0f}"


def share(value: object) -> str:
    """A share of 0 to 1 as percent."""
    return "" if value is None else f"{float(str(value)):.0%}"


def day(value: object) -> str:
    """A day as YYYY-MM-DD."""
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def country(value: object) -> Markup:
    """A country's code with its name beside it for whoever points at it."""
    code = str(value or "")
    if not code:
        return Markup("")
    name = country_name(code) if len(code) == 2 and code.isascii() else None
    return Markup('<abbr title="{}">{}</abbr>').format(name, code) if name else escape(visible(code))


def place(value: object) -> str:
    """A country's name with its code."""
    code = str(value or "")
    name = country_name(code) if len(code) == 2 and code.isascii() else None
    return f"{name} ({code})" if name else (code or "unknown")


def short(value: object, most: int = CELL_SHOWN) -> str:
    """A text cut for a cell."""
    text = str(value if value is not None else "")
    return text if len(text) <= most else text[: most - 1] + "…"


def file_name(path: object) -> str:
    """The last part of a path: folders of a person's machine stay out of pages."""
    return str(path or "").replace("\\", "/").rsplit("/", 1)[-1]


def plural(count: object, one: str, many: str | None = None) -> str:
    """`plural(1, "row")` is `1 row`, `plural(2, "row")` is `2 rows`."""
    n = int(str(count or 0))
    return f"{n:,} {one if n == 1 else (many or one + 's')}"
