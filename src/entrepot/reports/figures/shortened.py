"""Gives figures that leave out their unit the one of the figure before: `5.2 billion kroner in 2019 and 3.8 billion in 2020`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.reports.parsed import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from entrepot.reports.figures.quantities import Quantity

_BEFORE = re.compile(
    r"(?:\b(?:and|or|from|to|against|versus|than|with|but)|[,(])(?:\s+(?:only|just|about|around|some|nearly|almost))?\s*\Z"
)
"""What stands before a figure that leaves out the unit of the one before it."""
_BESIDE = re.compile(r"(?:,|—|\()\s*(?:(?:which|that|this) (?:is|was) )?(?:on |or )?\Z")
"""What stands before a figure that is compared with the one before."""
_COMPARES = re.compile(r"\s*(?:more|less|fewer|higher|lower|above|below|over|under)\b")
_OF_WHICH = re.compile(r"[,(]\s*(?:some |around )?of (?:which|whom|these|those)\b[^.;:]{0,40}\Z")
_FAR = 120
"""Characters from a figure to one that is compared with it: a noun phrase with where and when."""
_PARTS = frozenset({"share", "change"})
_NEAR = 60
"""Characters between a figure and one that takes its unit: a verb, a place and a year."""


def with_units(doc: Doc, found: list[tuple[Quantity, float]]) -> list[Quantity]:
    """The quantities, those without a unit with the unit, kind and scope of the one before in the same sentence.

    A share or percentage that says where a change began (`up from 48%`) takes what the one before is a share of. Not `two in
    2015`, where nothing stands before, and not `12 crates on 40 trucks`, where each has its own noun.

    Args:
        doc: the paragraph.
        found: quantities in reading order, each with the factor from its number to its unit.
    """
    text = text_of(doc)
    out: list[Quantity] = []
    last: tuple[Quantity, float] | None = None
    for quantity, factor in found:
        if last is not None and _follows(doc, text, last[0], quantity):
            earlier, by = last
            if not quantity.unit and quantity.kind == "count" and quantity.of is None and earlier.unit:
                quantity, factor = _like(quantity, earlier, by), by
            elif not earlier.unit and quantity.unit and _from_to(text, earlier, quantity):
                out[-1] = _like(earlier, quantity, factor)
            elif _begins(text, quantity) and quantity.unit == earlier.unit and {quantity.kind, earlier.kind} <= _PARTS:
                quantity = replace(quantity, kind=earlier.kind if earlier.of else quantity.kind, of=earlier.of)
        out.append(quantity)
        last = (quantity, factor)
    return out


def apposed(doc: Doc, found: list[Quantity]) -> list[Quantity]:
    """The quantities in order, with the scope of the figure before for one that only goes on with it.

    - `took 40 tonnes of salt, a tenth more than in May`: what is compared is the salt, not whoever took it.
    - `shipped 40 tonnes of salt, of which 12 tonnes were lost`: 12 tonnes of the salt; `of which 12` has its unit, too.

    Not `sold 40 tonnes of salt, and prices rose a tenth`, where another clause begins.
    """
    text = text_of(doc)
    out: list[Quantity] = []
    for quantity in found:
        earlier = out[-1] if out else None
        if earlier is not None and 0 < quantity.start - earlier.end <= _FAR:
            between = text[earlier.end : quantity.start]
            subject = quantity.of is None or quantity.of in text[: quantity.start]
            if quantity.kind in ("share", "change", "ratio") and _BESIDE.search(between) and subject:
                behind = _COMPARES.match(text, quantity.end)
                if behind is not None or quantity.kind == "ratio":
                    kind = "change" if quantity.kind == "share" else quantity.kind
                    quantity = replace(quantity, kind=kind, of=earlier.of)
            elif _OF_WHICH.search(between):
                quantity = _part_of(quantity, earlier)
        out.append(quantity)
    return out


def _part_of(quantity: Quantity, earlier: Quantity) -> Quantity:
    """A figure after `of which` as a part of the one before."""
    if quantity.kind == "count" and not quantity.unit:
        return replace(quantity, unit=earlier.unit, of=earlier.of or quantity.of)
    if quantity.kind == "share" or (quantity.unit == earlier.unit and quantity.of is None):
        return replace(quantity, of=earlier.of)
    return quantity


def _follows(doc: Doc, text: str, earlier: Quantity, quantity: Quantity) -> bool:
    """Whether a figure stands near behind another, after a word that joins or compares, in one sentence."""
    if not 0 < quantity.start - earlier.end <= _NEAR or _BEFORE.search(text[: quantity.start]) is None:
        return False
    span = doc.char_span(earlier.start, quantity.end, alignment_mode="expand")
    return span is not None and span[0].sent.start == span[-1].sent.start


def _from_to(text: str, earlier: Quantity, quantity: Quantity) -> bool:
    """`from 30,000 to 12,000 tonnes`: the unit stands behind the second."""
    between = text[earlier.end : quantity.start]
    return between.strip() == "to" and text[: earlier.start].rstrip().endswith("from")


def _begins(text: str, quantity: Quantity) -> bool:
    return (
        re.search(r"\b(?:up|down|compared with|compared to|against) (?:from )?\Z", text[: quantity.start]) is not None
    )


def _like(quantity: Quantity, other: Quantity, by: float) -> Quantity:
    """A figure in another's unit, kind and scope."""

    def times(value: float | None) -> float | None:
        return None if value is None else round(value * by, 6)

    return replace(
        quantity,
        value=times(quantity.value),
        low=times(quantity.low),
        high=times(quantity.high),
        unit=other.unit,
        kind=other.kind,
        of=other.of,
    )
