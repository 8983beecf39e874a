"""How a column writes commodity codes, by the evidence of its texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from entrepot.readers.values.hs import LENGTHS, HsStyle, digits_of
from entrepot.readers.values.lists import table
from entrepot.readers.values.nulls import clean

_USUAL = 0.05
"""Share of the codes that a number of digits must have to be usual in a column."""
_CLEAR = 0.9
"""Share of short codes whose heading exists with a zero before, for a lost zero to be believed. By chance a heading
exists for 12 of 100 numbers (1,236 headings of 9,999); 4 of 5 short codes of one lost zero have one heading either way."""


def infer_hs_style(samples: Iterable[str | None]) -> HsStyle:
    """How the codes of a column are written, by the evidence of its texts; some hundreds are enough."""
    texts = [text for sample in samples if (text := clean(sample)) is not None]
    dotted = _lost_dotted_zeros(texts)
    codes = [digits for text in texts if (digits := digits_of(text, dotted=dotted))]
    counts = Counter(map(len, codes))
    usual = [length for length, count in counts.most_common() if count >= max(_USUAL * len(codes), 1)]
    # A zero is lost everywhere or nowhere: one code that kept its zero shows that the column is text.
    kept = any(code.startswith("0") for code in codes if len(code) in (6, 8, 10, 11, 12))
    short = [] if kept else [length for length in counts if _lost_zero(length, codes, counts)]
    half = [length for length in usual if 2 * counts[length] > len(codes)]
    lengths = tuple(n for n in usual if n not in short and (n in LENGTHS or (n == 9 and n in half)))
    notes: tuple[str, ...] = ()
    if short:
        example = next(code for code in codes if len(code) in short)
        notes = (
            f"codes of chapters 01 to 09 lost their leading zero, which is put back: {example} is read as 0{example}",
        )
    return HsStyle(lengths, tuple(sorted(short)), dotted, notes)


def _lost_zero(length: int, codes: Sequence[str], counts: Counter[int]) -> bool:
    """Whether codes of this length are one digit short of a national code of chapters 01 to 09."""
    if length + 1 not in LENGTHS or length < 3:
        return False
    of_length = [code for code in codes if len(code) == length]
    with_zero = sum(_is_heading("0" + code[:3]) for code in of_length)
    as_written = sum(_is_heading(code[:4]) for code in of_length)
    if length in LENGTHS or length == 9:
        # The length is one that codes have: only where the headings speak clearly against it.
        return with_zero >= _CLEAR * len(of_length) > 0 and as_written < 0.5 * len(of_length)
    # No tariff has five, seven or so digits; longer codes beside them say how many there should be.
    return with_zero >= _CLEAR * len(of_length) and (counts[length + 1] > 0 or len(counts) == 1)


def _lost_dotted_zeros(texts: Sequence[str]) -> bool:
    """Codes such as 8542.31 among which some have one digit after the dot, as where a spreadsheet made them numbers."""
    full = sum(1 for text in texts if re.fullmatch(r"[0-9]{3,4}\.[0-9]{2}", text))
    cut = sum(1 for text in texts if re.fullmatch(r"[0-9]{3,4}\.[0-9]", text))
    return full > cut > 0 and full + cut > 0.8 * len(texts)


@cache
def _headings() -> frozenset[str]:
    return frozenset(heading for heading, _ in table("hs_headings"))


def _is_heading(digits: str) -> bool:
    return digits in _headings()
