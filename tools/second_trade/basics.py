"""What every planted pattern uses: dates, neighbouring countries, sellers, lines spread over time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .names import Firm
from .records import Good, Row
from .world import END, World

D = dt.date  # dates below are written as D(year, month, day)


NEAR = ("KZ", "KG", "AM", "GE", "UZ", "TR", "AE", "RS", "BY")


def late(w: World) -> dt.date:
    """A day after the date on which a changed trade begins."""
    return w.date(D(2022, 3, 20), D(2023, 10, 1))


def sellers(w: World, good: Good) -> list[Firm]:
    """One or two suppliers outside the coalition, or hub traders."""
    return [
        w.supplier(good, *w.pick([("CN",), ("CN", "HK"), ("TR", "AE", "CN"), ("HK", "AE", "MY", "IN")]))
        for _ in range(w.n(1, 2))
    ]


def spread(w: World, firm: Firm, good: Good, count: int, start: dt.date, end: dt.date, **extra: Any) -> list[Row]:
    """Lines to one firm from one or two suppliers over a stretch of time."""
    pool = [s for s in sellers(w, good) if s.country != firm.country] or [w.supplier(good, "CN")]
    return [w.ship(w.date(start, min(end, END)), w.pick(pool), firm, good, **extra) for _ in range(count)]
