"""What columns of one kind say about each other: a text of the code beside what was declared, amounts that are taxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from entrepot.readers.layout.candidates import Candidate, RuledOut
from entrepot.readers.layout.header import Heading
from entrepot.readers.layout.profile import Profile

_OF_THE_CODE = 0.12
"""What a description loses that is the same wherever the code is, beside one that is not: more than `COMMODITY DESCRIPTION`
(.96) is ahead of `ITEM NAME` (.85)."""

_PLAIN = 0.8
"""A description counts as such where its header is plain; remarks and models differ from row to row too."""

_CODES = 3
"""Codes that stand on several rows, below which texts may be the same by chance."""

_FAMILY = 3
"""Headers alike but for a code of three letters (`VPP Amount`, `VOP Amount`, `COP Amount`) from which they are a list."""


def without_texts_of_codes(found: Sequence[Candidate], profiles: Sequence[Profile]) -> list[Candidate]:
    """Candidates where a description that its code settles gives way to one that differs under one code."""
    codes = [c for c in found if c.canonical in {"hs_code", "hs6"} and c.score >= 0.5]
    texts = {c.index for c in found if c.canonical == "goods_text" and c.score >= 0.5}
    if not codes or len(texts) < 2:
        return list(found)
    code = max(codes, key=lambda c: (profiles[c.index].hs_known, c.score, -c.index)).index
    settled = {index: _settled(profiles[code], profiles[index]) for index in texts}
    plain = {c.index for c in found if c.canonical == "goods_text" and c.score >= _PLAIN}
    if not any(share is not None and share < 0.7 for index, share in settled.items() if index in plain):
        return list(found)
    of_code = {index for index, share in settled.items() if share is not None and share > 0.95}
    return [
        replace(c, score=round(c.score - _OF_THE_CODE, 4)) if c.canonical == "goods_text" and c.index in of_code else c
        for c in found
    ]


def _settled(codes: Profile, texts: Profile) -> float | None:
    """Share of the codes on several rows that have one text; None where there are too few."""
    under: dict[str, list[str]] = defaultdict(list)
    for code, text in zip(codes.values, texts.values, strict=True):
        if code and text:
            under[code].append(text)
    several = [held for held in under.values() if len(held) > 1]
    return sum(len(set(held)) == 1 for held in several) / len(several) if len(several) >= _CODES else None


def without_tax_codes(
    found: Sequence[Candidate], heads: Sequence[Heading]
) -> tuple[list[Candidate], tuple[RuledOut, ...]]:
    """Candidates without amounts that a code of three letters tells apart: codes of taxes, even where one is a currency's."""
    family: dict[str, list[int]] = defaultdict(list)
    for index, head in enumerate(heads):
        if len(head.words) == 2 and len(head.words[0].text) == 3 and head.words[0].text.isalpha():
            family[head.words[1].text].append(index)
    coded: set[int] = set()
    for members in family.values():
        unknown = [index for index in members if not heads[index].words[0].concepts]
        if len(unknown) >= _FAMILY - 1:
            money = [index for index in members if heads[index].words[0].concepts & {"MONEY"}]
            coded.update([*unknown, *money] if len(unknown) + len(money) >= _FAMILY else [])
    out = tuple(
        RuledOut("value", c.index, "is one of several amounts that codes tell apart: a tax")
        for c in found
        if c.canonical == "amount" and c.index in coded
    )
    return [c for c in found if c.canonical != "amount" or c.index not in coded], out
