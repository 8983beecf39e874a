"""What each column may be mapped to, by its header and its values together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from entrepot.readers.layout.evidence import Verdict, weigh
from entrepot.readers.layout.header import Heading, heading
from entrepot.readers.layout.profile import Profile
from entrepot.readers.layout.readings import Reading, readings

_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?")
_PLAIN_ENOUGH = 0.8
"""A translation in brackets counts where it is plain; `(doll)` and `(kg)` are units."""

_SENTENCE = re.compile(r"[.;:]\s+(?=[^\W\d_]+\s+[^\W\d_]+\s)")
"""A name and then an explanation: `Код ТН ВЭД. Знак звёздочки в конце, если …`."""

_OPAQUE = re.compile(
    r"(?:column|col|field|f|c|v|var|x|unnamed:?|поле|столбец|campo|sutun|kolon|列|字段)?[ _]*\d*", re.I
)

_LARGEST_CODE = 999
"""Codes of units have three digits at the most (UN/ECE recommendation 20, the Eurasian union's list, ASYCUDA)."""

_BARE_MONTH = -0.12
"""What a month costs whose year stands in another column: as much as any month beside a day."""

_APART = 0.21
"""What a month gains where its year and its day stand in columns of their own (`DIA`, `MES`, `AÑO`): together they are a plain date."""

_SHORTEST_PIN = 8
"""`PIN` is Kenya's tax number (11 characters) and India's postal code (6 digits)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to map one column.

    Attributes:
        canonical: a column of `shipments`, or a name with a point that the direction or another column resolves.
        index: position of the column, from 0.
        score: 0 to 1, words and values together.
        concepts: what was read into the header.
    """

    canonical: str
    index: int
    score: float
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A reading that the values of the column speak against."""

    canonical: str
    index: int
    reason: str


def candidates(
    heads: Sequence[Heading], groups: Sequence[str], profiles: Sequence[Profile]
) -> tuple[tuple[Candidate, ...], tuple[RuledOut, ...]]:
    """Every way to map every column, and what was ruled out by values."""
    found: list[Candidate] = []
    ruled_out: list[RuledOut] = []
    dated = any("YEAR" in head.concepts and values.years > 0.8 for head, values in zip(heads, profiles, strict=True))
    apart = dated and any(head.concepts == {"DAY"} and v.of_month for head, v in zip(heads, profiles, strict=True))
    for index, (head, group, values) in enumerate(zip(heads, groups, profiles, strict=True)):
        for reading in _read(head, group):
            if reading.canonical.endswith("id") and "ZIP" in head.concepts and _postal(values):
                continue
            for other in (reading, *_by_values(reading, values)):
                verdict = weigh(other.canonical, other.score, values)
                if dated and other.canonical == "date" and "MONTH" in other.concepts and values.bare_months > 0.9:
                    verdict = Verdict(_APART if apart else _BARE_MONTH)
                score = min(0.99, other.score + verdict.change) - 0.1 * ("POUND" in other.concepts)
                if verdict.against:
                    if other is reading and other.score > 0.5:
                        ruled_out.append(RuledOut(other.canonical, index, verdict.against))
                elif score > 0.05:
                    found.append(Candidate(other.canonical, index, round(score, 4), other.concepts))
        told = any(c.index == index and c.score >= 0.5 for c in found)
        if _OPAQUE.fullmatch(head.text.strip()) or (not told and not any(word.concepts for word in head.words)):
            found += _opaque(index, values)
        elif not told:
            found += _untold(index, values)
    return tuple(found), tuple(ruled_out)


def _postal(values: Profile) -> bool:
    """Whether a column of `PIN` is too short for tax numbers, as numbers of a spreadsheet too (`560001.0`)."""
    return values.length < _SHORTEST_PIN or (values.numeric > 0.9 and values.largest < 10**_SHORTEST_PIN)


def _read(head: Heading, group: str) -> tuple[Reading, ...]:
    found = readings(head)
    if group and group != head.text:
        both = readings(heading(f"{group} {head.text}"))
        named = {reading.canonical for reading in found if reading.score >= 0.5}
        if not named or any("." in name for name in named):
            found = (*found, *(replace(r, score=round(r.score - 0.02, 4)) for r in both if r.canonical not in named))
    if not found or found[0].score < 0.5:
        bare = _BRACKETS.sub(" ", head.text)
        if bare.strip() and bare != head.text and "LAKH" not in head.concepts:  # what is in brackets changes the amount
            outside = readings(heading(bare.strip()))
            found = (*found, *(replace(r, score=round(r.score - 0.05, 4)) for r in outside))
        inside = [part for part in _BRACKETS.findall(head.text) if len(part.split()) > 1]
        if inside:  # `เลขที่ (Tax ID)`
            translated = readings(heading(inside[0]))
            found = (
                *found,
                *(replace(r, score=round(r.score - 0.08, 4)) for r in translated if r.score >= _PLAIN_ENOUGH),
            )
        first = _SENTENCE.split(head.text, maxsplit=1)[0]
        if len(first) < len(head.text) and len(first.split()) > 1:
            found = (*found, *(replace(r, score=round(r.score - 0.05, 4)) for r in readings(heading(first))))
    return found


def _by_values(reading: Reading, values: Profile) -> tuple[Reading, ...]:
    """The same header read otherwise because of its values: `IMPORTER` over tax numbers, `COMMODITY` over codes."""
    if values.empty:
        return ()
    kind = reading.canonical
    if kind in {"shipper_name", "consignee_name", "local.name"} and values.company_like < 0.1:
        return (replace(reading, canonical=kind.replace("name", "id"), score=0.74),)
    measured = values.numeric > 0.9 and (values.distinct > 8 or values.integers < 0.9 or values.largest > _LARGEST_CODE)
    if kind == "quantity_unit" and measured and "PRICE" not in reading.concepts:
        return (replace(reading, canonical="quantity", score=min(reading.score, 0.72)),)
    if kind in {"destination_country", "dispatch_country"} and "COUNTRY" not in reading.concepts and values.days > 0.9:
        return (replace(reading, canonical="date", score=0.7),)
    if kind == "line_no" and "NUMBER" not in reading.concepts and values.letters > 0.4 and values.length > 18:
        return (replace(reading, canonical="goods_text", score=0.75),)
    if kind == "goods_text" and "DESCRIPTION" not in reading.concepts and values.hs_known > 0.6:
        return (replace(reading, canonical="hs_code", score=0.9),)
    return ()


def _opaque(index: int, values: Profile) -> list[Candidate]:
    """What a column without a telling header can be by its values alone: only what nothing else looks like."""
    nothing: frozenset[str] = frozenset()
    if values.hs_known > 0.6 and values.distinct > 1:
        return [Candidate("hs_code", index, 0.6, nothing)]
    if values.days > 0.95:
        return [Candidate("date", index, 0.6, nothing)]
    return _untold(index, values)


def _untold(index: int, values: Profile) -> list[Candidate]:
    """What a column whose header stands for nothing can be by values that are a short list of words (`PRICE_TYPE`, `Air/Sea`)."""
    nothing: frozenset[str] = frozenset()
    if values.incoterms > 0.95 and values.distinct > 2:
        return [Candidate("incoterm", index, 0.6, nothing)]
    if values.modes > 0.95 and values.numeric < 0.1 and values.distinct > 1:
        return [Candidate("transport_mode", index, 0.55, nothing)]
    return []
