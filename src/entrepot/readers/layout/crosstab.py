"""Notices a crosstab: columns that are months, years or countries, with an amount in each cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from entrepot.model.places import country
from entrepot.readers.layout.profile import MONTH, Profile

_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")
_LEAST = 3
"""Columns of one sort that make a crosstab: two may be this year and the last."""


def years_in_turn(cells: Sequence[str]) -> int:
    """How many cells of a row are years, where they follow each other: the header of a crosstab, and no row of values."""
    years = [int(cell[:4]) for cell in cells if _YEAR.fullmatch(cell)]
    steps = {after - before for before, after in pairwise(years)}
    return len(years) if len(years) >= _LEAST and steps in ({1}, {-1}) else 0


def spread_over(headers: Sequence[str], profiles: Sequence[Profile]) -> tuple[str, tuple[int, ...]] | None:
    """`month`, `year` or `country` and the columns, where at least three columns of numbers are named by one each."""
    numbers = [index for index, values in enumerate(profiles) if values.empty or values.numeric > 0.8]
    tests: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("month", MONTH.fullmatch),
        ("year", _YEAR.fullmatch),
        ("country", country),
    )
    for what, named in tests:
        found = tuple(index for index in numbers if headers[index] and named(headers[index]))
        if len(found) >= _LEAST:
            return what, found
    return None
