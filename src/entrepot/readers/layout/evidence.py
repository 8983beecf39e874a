"""Whether the values of a column can be what its header suggests: a reading is confirmed, weakened or ruled out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from entrepot.readers.layout.profile import Profile

EMPTY = 0.05
"""What a column without values loses: nothing speaks against its header, nothing for it."""

_WEAK = 0.6
"""A header that says no more than this (`TERM`, `CODE`) needs values that speak for the reading."""

_CODE_LIKE = re.compile(r"(?=.*\d)[A-Z0-9./\- ]{3,20}", re.I)


class Verdict(NamedTuple):
    """What is added to the score (negative: taken away), or why the reading is ruled out."""

    change: float
    against: str | None = None


def weigh(canonical: str, score: float, values: Profile) -> Verdict:
    """How the values of a column bear on a reading.

    Args:
        canonical: what the header suggests; `local.name` and the like are judged as their kind.
        score: the score by the words alone; a weak reading needs values that speak for it.
        values: the profile of the column.
    """
    if values.empty:
        return Verdict(-EMPTY if score >= _WEAK else -1.0)
    if canonical not in {"declaration_no"} and values.uuids > 0.8:
        return Verdict(0, "holds identifiers of records (UUID)")
    return _JUDGES[_kind(canonical)](score, values)


def _kind(canonical: str) -> str:
    if canonical in _JUDGES:
        return canonical
    last = canonical.replace(".", "_").rsplit("_", 1)[-1]
    return last if last in _JUDGES else "other"


def _name(score: float, values: Profile) -> Verdict:
    if values.numeric > 0.8:
        return Verdict(0, "holds numbers, not names")
    if values.days + values.months > 0.5:
        return Verdict(0, "holds dates, not names")
    if values.emails > 0.5:
        return Verdict(0, "holds electronic addresses, not names")
    if values.countries > 0.8 and (values.distinct > 1 or score < 0.9):
        return Verdict(0, "holds countries, not names")
    if values.share(_CODE_LIKE) > 0.8 and values.words < 1.3 and values.company_like < 0.1:
        return Verdict(0, "holds codes, not names")
    if values.coded > 0.8:
        return Verdict(0, "holds codes, not names")
    return Verdict(0.02 if values.company_like > 0.2 else 0.0)


def _id(score: float, values: Profile) -> Verdict:
    if values.rising:
        return Verdict(0, "counts the rows")
    if values.days > 0.5:
        return Verdict(0, "holds dates")
    if values.numeric > 0.9 and values.integers < 0.95:
        return Verdict(0, "holds amounts, not identifiers")
    if values.company_like > 0.4 and values.words > 1.5:
        return Verdict(0, "holds names, not identifiers")
    if values.identifiers < 0.5 and values.letters < 0.9:
        return Verdict(0, "does not look like tax or registration numbers")
    if values.identifiers < 0.5:
        # codes of letters alone are identifiers only where the header is plain
        return (
            Verdict(-0.1) if score >= 0.9 and values.words < 1.2 and values.length <= 16 else Verdict(0, "holds words")
        )
    if values.length < 5.5 or (values.numeric > 0.9 and values.largest < 1e5):
        return Verdict(0, "is too short for a tax or registration number")
    if score < 0.9 and not 7 <= values.length <= 20:
        return Verdict(-0.4)
    return Verdict(0.0 if score >= 0.8 else 0.05)


def _broker(score: float, values: Profile) -> Verdict:
    """`CUSTOMS AGENCY` is an agent in Colombia and an office in Vietnam."""
    if values.place_like > 0.5 and values.company_like < 0.1:
        return Verdict(0, "holds ports or customs offices, not agents")
    return _name(score, values)


def _address(_: float, values: Profile) -> Verdict:
    if values.numeric > 0.8:
        return Verdict(0, "holds numbers, not addresses")
    if values.countries > 0.8:
        return Verdict(0, "holds countries, not addresses")
    if values.emails > 0.5:
        return Verdict(0, "holds electronic addresses")
    if values.words < 1.5 and values.length < 12:
        return Verdict(-0.2)
    return Verdict(0.04 if values.address_like > 0.3 else 0.0)


def _country(score: float, values: Profile) -> Verdict:
    if values.countries >= 0.5:
        return Verdict(0.03 if values.distinct > 1 or score > 0.9 else 0.01)
    if values.numeric > 0.9:
        return Verdict(-0.1 if values.integers == 1 and values.largest < 10000 and score > 0.9 else -1)
    if values.days + values.months > 0.3:
        return Verdict(0, "holds dates, not countries")
    if values.coded > 0.8 and score > 0.9:
        return Verdict(-0.2)
    if values.countries >= 0.2:
        return Verdict(-0.12 if score > 0.9 else -0.3)
    return Verdict(0, "holds no names or codes of countries")


def _date(_: float, values: Profile) -> Verdict:
    if values.days >= 0.6:
        return Verdict(0.02)
    if values.months >= 0.6 and values.years < 0.5:
        return Verdict(-0.12)
    if values.numeric > 0.9 and 20000 < values.largest < 60000:
        return Verdict(-0.1)  # day numbers of a spreadsheet: 20000 is 1954, 60000 is 2064
    if values.years >= 0.6:
        return Verdict(-0.3)
    if values.days + values.months >= 0.4:
        return Verdict(-0.1)
    return Verdict(0, "holds no dates")


def _declaration_no(_: float, values: Profile) -> Verdict:
    if values.days > 0.5 or values.months > 0.5:
        return Verdict(0, "holds dates")
    if values.company_like > 0.4 and values.words > 1.5:
        return Verdict(0, "holds names")
    if values.numeric > 0.9 and values.integers < 0.9:
        return Verdict(0, "holds amounts")
    if values.share(re.compile(r".*\d.*", re.S)) < 0.6:
        return Verdict(0, "holds words, not numbers of documents")
    if values.rising:
        return Verdict(0, "counts the rows")
    change = 0.0
    if values.length < 1.5:
        change -= 0.5  # a single digit numbers rows
    elif values.length < 3.5:
        change -= 0.3
    elif values.length < 4.5:
        change -= 0.1  # `IC04` is a kind of declaration
    if values.constant and len(values.values) > 20:
        change -= 0.3
    return Verdict(change)


_MANY_LINES = 12
"""Rows that count on from one may be the lines of one long declaration, where the header says so and the rows are few."""


def _line_no(score: float, values: Profile) -> Verdict:
    if values.numeric < 0.8 or values.integers < 0.95:
        return Verdict(0, "does not hold whole numbers")
    if values.rising and len(values.values) >= (_MANY_LINES if score > 0.9 else 4):
        return Verdict(0, "counts the rows of the file, not the lines of a declaration")
    if values.largest > 9999:
        return Verdict(0, "is too large for a line of a declaration")
    if values.rising:
        return Verdict(-0.1 if score > 0.9 else -0.3)
    return Verdict(0.15 if values.restarts and score < 0.8 else 0.02)


def _hs_code(score: float, values: Profile) -> Verdict:
    lengths = values.hs_lengths
    short = sum(share for length, share in lengths.items() if length <= 2)
    heading = sum(share for length, share in lengths.items() if 3 <= length <= 4)
    if values.hs_known > 0.5:
        return Verdict(0.03)
    if values.hs >= 0.6 and score > 0.9:
        return Verdict(-0.05 if values.distinct > 3 else 0.0)
    if values.hs >= 0.8 and score > 0.75:
        return Verdict(-0.2)
    if short > 0.5:
        return Verdict(0, "holds chapters (two digits) or counts, not codes")
    if heading > 0.5:
        return Verdict(0, "holds headings (four digits), not codes")
    return Verdict(0, "holds no commodity codes")


def _hs6(_: float, values: Profile) -> Verdict:
    return (
        Verdict(0.02)
        if values.hs_lengths.get(6, 0.0) + values.hs_lengths.get(5, 0.0) > 0.8
        else Verdict(0, "is not of six digits")
    )


def _goods_text(_: float, values: Profile) -> Verdict:
    if values.numeric > 0.7:
        return Verdict(0, "holds numbers, not a description")
    if values.days > 0.5:
        return Verdict(0, "holds dates")
    if values.countries > 0.8 and values.distinct > 1:
        return Verdict(0, "holds countries")
    if values.coded > 0.8:
        return Verdict(0, "holds codes")
    return Verdict(-0.1 if values.length < 4 else 0.0)


def _brand(_: float, values: Profile) -> Verdict:
    if values.numeric > 0.8 or values.days > 0.5:
        return Verdict(0, "holds numbers or dates, not brands")
    return Verdict(0.0)


def _port(score: float, values: Profile) -> Verdict:
    if values.days > 0.3:
        return Verdict(0, "holds dates, not ports")
    if values.numeric > 0.9:
        return Verdict(-0.08) if values.integers == 1 and score > 0.75 else Verdict(0, "holds numbers, not ports")
    if values.countries > 0.8 and values.distinct > 1 and score < 0.8:
        return Verdict(0, "holds countries, not ports")
    return Verdict(0.0)


def _vessel_imo(_: float, values: Profile) -> Verdict:
    if values.imo > 0.5:
        return Verdict(0.03)
    if values.share(re.compile(r"(?:IMO ?)?\d{7}(?:\.0)?")) > 0.6:
        return Verdict(-0.15)
    return Verdict(0, "holds no IMO numbers")


def _transport_mode(score: float, values: Profile) -> Verdict:
    if values.modes > 0.5:
        return Verdict(0.03)
    if values.days > 0.3 or values.distinct > 40:
        return Verdict(0, "holds no modes of transport")
    if values.numeric > 0.8:
        return Verdict(-0.05 if values.integers == 1 and values.largest < 100 and score > 0.8 else -0.4)
    return Verdict(-0.1 if score > 0.85 else -0.3)


def _quantity(_: float, values: Profile) -> Verdict:
    if values.numeric >= 0.8:
        return Verdict(0.0)
    if values.share(re.compile(r"[\d.,\s]+\s*[^\W\d]{1,12}\.?")) > 0.6:
        return Verdict(-0.1)  # `100 KGS`: the unit stands beside the number
    return Verdict(0, "does not hold numbers")


def _unit(score: float, values: Profile) -> Verdict:
    if values.units > 0.4:
        return Verdict(0.03)
    if values.numeric > 0.5:
        coded = values.integers == 1 and values.distinct <= 30 and values.largest < 1000 and score > 0.85
        return Verdict(-0.2) if coded and values.filled else Verdict(0, "holds numbers, not units")
    if values.length > 25 or values.distinct > 100 or (values.units == 0 and values.length > _LONGEST_UNIT):
        return Verdict(0, "holds no units")
    return Verdict(-0.05)


_LONGEST_UNIT = 9
"""Mean length of names of units that are not known: `kilogramme`, written out, is known; names of offices are longer."""


def _currency(_: float, values: Profile) -> Verdict:
    if values.currencies > 0.6:
        return Verdict(0.03)
    if values.share(re.compile(r"[A-Z]{3}")) > 0.8:
        return Verdict(0.0)
    if values.numeric > 0.9:
        whole = values.integers == 1 and values.largest < 1000 and values.distinct < 60
        return Verdict(-0.2) if whole else Verdict(0, "holds amounts, not currencies")
    return Verdict(-0.2) if values.length < 25 and values.distinct < 60 else Verdict(0, "holds no currencies")


def _incoterm(score: float, values: Profile) -> Verdict:
    if values.incoterms > 0.5:
        return Verdict(0.02)
    if score < _WEAK:
        return Verdict(0, "holds no incoterms")
    if values.numeric > 0.8:
        return Verdict(-0.2) if values.integers == 1 and values.largest < 100 else Verdict(0, "holds numbers")
    return Verdict(-0.15) if values.distinct <= 60 else Verdict(0, "holds no delivery terms")


def _direction(_: float, values: Profile) -> Verdict:
    if values.directions > 0.6:
        return Verdict(0.05)
    return Verdict(0, "does not say import or export")


def _amount(_: float, values: Profile) -> Verdict:
    if values.days > 0.5:
        return Verdict(0, "holds dates")
    if values.numeric < 0.8:
        return Verdict(0, "does not hold numbers")
    return Verdict(0.0)


def _contact(_: float, values: Profile) -> Verdict:
    return Verdict(0.02) if values.reachable > 0.5 else Verdict(0, "holds no telephone numbers or mail addresses")


def _other(_: float, __: Profile) -> Verdict:
    return Verdict(0.0)


_JUDGES: dict[str, Callable[[float, Profile], Verdict]] = {
    "name": _name,
    "broker_name": _broker,
    "id": _id,
    "address": _address,
    "country": _country,
    "transit_countries": _brand,
    "date": _date,
    "declaration_no": _declaration_no,
    "line_no": _line_no,
    "hs_code": _hs_code,
    "hs6": _hs6,
    "goods_text": _goods_text,
    "brand": _brand,
    "port": _port,
    "port_of_loading": _port,
    "port_of_discharge": _port,
    "vessel_imo": _vessel_imo,
    "transport_mode": _transport_mode,
    "quantity": _quantity,
    "quantity_unit": _unit,
    "net_kg": _quantity,
    "gross_kg": _quantity,
    "currency": _currency,
    "incoterm": _incoterm,
    "direction": _direction,
    "amount": _amount,
    "contact": _contact,
    "other": _other,
}
