"""Commodity codes as customs files write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from entrepot.readers.values.nulls import clean, null_sql


@dataclass(frozen=True, slots=True)
class HsStyle:
    """How a column writes commodity codes.

    Attributes:
        lengths: the numbers of digits that are usual in the column, most frequent first.
        pad: True where the column lost leading zeros: a code one digit short of a usual length gets its zero back.
        dotted: True where most codes have dots, so that `8542.3` is `8542.30` with its last zero lost.
        notes: sentences for the person who adds the file.
    """

    lengths: tuple[int, ...] = ()
    pad: bool = False
    dotted: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HsValue:
    """Digits of a code, or why there are none: `bad_hs_code`, `hs_wrong_length` or `hs_digits_lost`."""

    code: str | None
    problem: str | None = None


def infer_hs_style(samples: Iterable[str | None]) -> HsStyle:
    """How the codes of a column are written, by the evidence of its texts."""
    del samples
    return HsStyle()


def parse_hs(text: str | None, style: HsStyle = HsStyle()) -> str | None:
    """The digits of a commodity code, or None where there is none or it cannot be read."""
    return read_hs(text, style).code


def read_hs(text: str | None, style: HsStyle = HsStyle()) -> HsValue:
    """The digits of a commodity code, or why there are none."""
    cleaned = clean(text)
    if cleaned is None:
        return HsValue(None)
    digits = re.sub(r"[ .-]", "", re.sub(r"(?<=[0-9])\.0$", "", cleaned))
    if not re.fullmatch("[0-9]+", digits):
        return HsValue(None, "bad_hs_code")
    if len(digits) not in (2, 4, 6, 8, 10, 11, 12):
        return HsValue(None, "hs_wrong_length")
    return HsValue(digits)


def hs_sql(expression: str, style: HsStyle = HsStyle()) -> str:
    """`parse_hs` as a DuckDB expression of type VARCHAR."""
    del style
    digits = f"translate(regexp_replace({null_sql(expression)}, '\\.0$', ''), ' .-', '')"
    return f"CASE WHEN regexp_matches({digits}, '^([0-9]{{2}}){{1,6}}$|^[0-9]{{11}}$') THEN {digits} END"
