"""How a column writes its numbers, by the evidence of its texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from entrepot.errors import show
from entrepot.readers.values.codes import currency, is_currency_sign
from entrepot.readers.values.nulls import SPACES, clean, null_texts
from entrepot.readers.values.numbers import (
    CORE,
    EITHER_COMMA,
    EITHER_POINT,
    GROUPED_BY_COMMA,
    GROUPED_BY_POINT,
    MINUS,
    MOST,
    NumberStyle,
)
from entrepot.readers.values.units import quantity_unit

_AROUND = re.compile(rf"[(+{SPACES}{MINUS}]*([^0-9]*?)[+{SPACES}{MINUS}]*({CORE})[{SPACES}]*(.*?)[){SPACES}{MINUS}]*")
_CODED = re.compile(r"0[0-9]{4}")
"""Digits that begin with zero are those of a code: `P051234567X`, as are those between texts that are no units."""

_MANY = 30
"""Values of the form `1.234` after which it counts that none had fewer decimals: every tenth measured number ends in
zero and is written shorter, so that thirty in a row happen by chance in 4 of 100 columns (0.9 ** 30)."""


def infer_number_style(
    samples: Iterable[str | None], *, hint: NumberStyle | None = None, negative: bool = True, most: float = MOST
) -> NumberStyle:
    """How the numbers of a column are written, by the evidence of its texts.

    Args:
        samples: cells of the column, empty ones included; some hundreds are enough.
        hint: the style of other number columns of the file, used where this one is ambiguous.
        negative, most: what makes sense in this column; kept in the style.
    """
    cores: list[str] = []
    affixes: Counter[str] = Counter()
    listed = list(samples)
    for sample in listed:
        text = clean(sample)
        match = None if text is None else _AROUND.fullmatch(text)
        if match is not None:
            cores.append(re.sub(rf"[{SPACES}'’´`]", "", match[2]))
            beside = [affix for affix in (match[1].strip(SPACES), match[3].strip(SPACES)) if affix]
            coded = len(beside) == 2 or _CODED.match(match[2])
            affixes.update(affix for affix in beside if _known(affix) or not coded)
    known = _believed(affixes, len(cores))
    style = _decimal(Counter(map(_form, cores)), cores, hint)
    notes = style.notes
    if len(units := {quantity_unit(affix) or currency(affix) or affix for affix in affixes if affix in known}) > 1:
        notes += (f"different units or currencies stand beside the numbers: {', '.join(sorted(units))}",)
    if unknown := sorted(set(affixes) - set(known)):
        notes += (f"not understood beside numbers: {', '.join(show(text) for text in unknown[:5])}",)
    return replace(style, affixes=known, nulls=null_texts(listed), negative=negative, most=most, notes=notes)


def _decimal(forms: Counter[str], cores: list[str], hint: NumberStyle | None) -> NumberStyle:
    """The decimal separator, from what the unambiguous numbers show."""
    point = forms["decimal point"] + forms["grouped by comma"]
    comma = forms["decimal comma"] + forms["grouped by point"]
    either = forms["either point"] + forms["either comma"]
    if point or comma:
        decimal = "." if point >= comma else ","
        notes: tuple[str, ...] = ()
        if point and comma:
            notes = (f"{point} numbers have a decimal point and {comma} a decimal comma; each is read as it shows",)
        return NumberStyle(decimal, notes=notes)
    if not either:
        return NumberStyle(hint.decimal if hint else ".")
    sign, other = (".", ",") if forms["either point"] >= forms["either comma"] else (",", ".")
    whole = [core for core in cores if core.isdigit()]
    if any(len(core) > 3 for core in whole):
        # Thousands stand without a separator elsewhere in the column: here it is none either.
        return NumberStyle(sign)
    if len(whole) > 2 and either >= _MANY:
        # Whole numbers below 1,000, and never one or two digits after the separator: it groups.
        return NumberStyle(other)
    if hint is not None and not hint.ambiguous:
        return NumberStyle(hint.decimal)
    example = next(core for core in cores if sign in core)
    note = (
        f"{example} may be {example.replace(sign, '')} or {example.replace(',', '.')}: nothing in the column says which"
    )
    return NumberStyle(".", ambiguous=True, notes=(note + f"; it is read as {_reading(example)}",))


def _reading(example: str) -> str:
    return example.replace(",", "") if "," in example else example


def _form(core: str) -> str:
    if re.fullmatch(EITHER_POINT, core):
        return "either point"
    if re.fullmatch(EITHER_COMMA, core):
        return "either comma"
    if re.fullmatch(GROUPED_BY_COMMA, core):
        return "grouped by comma"
    if re.fullmatch(GROUPED_BY_POINT, core):
        return "grouped by point"
    return "decimal point" if "." in core else "decimal comma" if "," in core else "whole"


_LONGEST_UNKNOWN = 6
"""Letters of a unit that no table knows: what is longer, or of several words, is a name that ends in a number."""


def _believed(affixes: Counter[str], numbers: int) -> tuple[str, ...]:
    """Units, currencies and per cent; any other text only where half of the numbers have it."""
    found = {
        affix
        for affix, count in affixes.items()
        if _known(affix)
        or (2 * count >= numbers > 2 and len(affix) <= _LONGEST_UNKNOWN and not any(c.isspace() for c in affix))
    }
    return tuple(sorted(found | {affix.upper() for affix in found} | {affix.lower() for affix in found}))


def _known(affix: str) -> bool:
    """Whether a text beside a number is per cent, a unit or a currency."""
    return affix == "%" or bool(quantity_unit(affix)) or is_currency_sign(affix)
