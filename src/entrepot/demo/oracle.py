"""Finds parties that meet a pattern's plain definition without having been planted, from their true identities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import exp, sqrt

from entrepot.demo.answer import Incidental, Instance
from entrepot.demo.companies import Company
from entrepot.demo.records import DAYS, EVENT_DAY, Line
from entrepot.demo.stage import Listing
from entrepot.demo.vocabulary import products, table

_JUMP_FACTOR = 2.0
_JUMP_DEVIATIONS = 4.0
_STOP_TIMES = 8
_STOP_DAYS = 150
_SILENCE_CHANCE = 0.01
"""Chance of a silence at the party's own rate, below which its trade has stopped or slept."""
_TWO_YEARS = 730
_DORMANT_DAYS = 400
_DORMANT_TIMES = 4
_OTHER_GOODS_FACTOR = 2.0
"""Goods that cost twice what their declared kind costs may fall outside its quartiles."""


def incidental(
    lines: Sequence[Line], instances: Sequence[Instance], listings: Mapping[str, Listing]
) -> list[Incidental]:
    """Every (pattern, party) that meets the definition and was not planted.

    A party is its tax number where it has one, so that a renamed firm is one party. The definitions are wider than
    those of what is planted, so that a detector with a lower threshold is not blamed for what is really there:
    `new-importer`, a consignee outside the coalition with controlled lines and none of any kind before the date;
    `old-customer`, lines before it, controlled ones only after it; `jump`, twice the rate after the date, four standard
    deviations above it; `trade-stops`, a silence to the end that has less than one chance in a hundred at the rate of
    the two years before (days with shipments count, not lines); `dormant`, the same for 400 days, then lines after the
    date; `listed-later` and `listed-respelled`, lines before and after the day on which the synthetic list names the
    party; `shared-address`, consignees with one telephone; `misfit`, forwarders and banks that receive controlled goods; and what
    `words/planted.tsv` says of a text beside the pattern it was written for.
    """
    planted = {(at.pattern, at.subject.key) for at in instances}
    found: list[Incidental] = []
    received: dict[str, list[Line]] = {}
    involved: dict[str, list[Line]] = {}
    parties: dict[str, Company] = {}
    by_key: dict[str, list[Line]] = {}
    for line in lines:
        for key in {line.shipper.key, line.consignee.key}:
            if key in listings:
                by_key.setdefault(key, []).append(line)
        received.setdefault(_identity(line.consignee), []).append(line)
        for company in (line.shipper, line.consignee):
            parties.setdefault(_identity(company), company)
            involved.setdefault(_identity(company), []).append(line)
    for identity, company in parties.items():
        came = sorted(received.get(identity, []), key=lambda line: line.day)
        for pattern, proof in (*_as_consignee(company, came), *_stops(sorted(involved[identity], key=lambda x: x.day))):
            if (pattern, company.key) not in planted:
                found.append(Incidental(pattern, company, tuple(line.uid for line in proof)))
    for key, listing in listings.items():
        day = (listing.listed - lines[0].date).days + lines[0].day
        own = by_key.get(key, [])
        for pattern, proof in (
            ("listed-later", [line for line in own if line.day < day]),
            ("listed-respelled", [line for line in own if line.day >= day]),
        ):
            if proof and (pattern, key) not in planted:
                found.append(Incidental(pattern, listing.company, tuple(line.uid for line in proof)))
    forwarders = [Incidental("misfit", at.subject, at.uids) for at in instances if at.pattern == "forwarder-consignee"]
    return [*found, *forwarders, *_by_text(lines, planted), *_by_telephone(received, parties, planted)]


def _by_text(lines: Sequence[Line], planted: set[tuple[str, str]]) -> list[Incidental]:
    """Goods planted as one thing that are another too: `also` in words/planted.tsv; a price of other goods altogether."""
    also = {row["text"]: row["also"].split() for row in table("planted")}
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        patterns = list(also.get(line.text, ()))
        usual = products().get(line.goods.name.split(":")[0])
        if usual and line.goods.usd_per_kg > _OTHER_GOODS_FACTOR * usual.usd_per_kg:
            patterns.append("overpays")
        for pattern in patterns:
            if (pattern, line.consignee.key) not in planted:
                found.setdefault((pattern, line.consignee.key), []).append(line)
    return [Incidental(p, proof[0].consignee, tuple(line.uid for line in proof)) for (p, _), proof in found.items()]


def _by_telephone(
    received: Mapping[str, Sequence[Line]], parties: Mapping[str, Company], planted: set[tuple[str, str]]
) -> list[Incidental]:
    """Two consignees or more, of different tax numbers, with one telephone."""
    behind: dict[str, list[str]] = {}
    for identity in received:
        behind.setdefault(parties[identity].phone, []).append(identity)
    found = []
    for group in behind.values():
        if len(group) > 1 and not any(("shared-address", parties[each].key) in planted for each in group):
            proof = [line for each in group for line in received[each]]
            found.append(Incidental("shared-address", parties[group[0]], tuple(line.uid for line in proof)))
    return found


def _identity(company: Company) -> str:
    return company.tax_id or company.key


def _as_consignee(company: Company, came: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    before = [line for line in came if line.day < EVENT_DAY]
    after = [line for line in came if line.day >= EVENT_DAY]
    controlled = [line for line in after if line.controlled]
    result: list[tuple[str, list[Line]]] = []
    if controlled and not company.home.coalition:
        if not before:
            result.append(("new-importer", controlled))
        elif not any(line.controlled for line in before):
            result.append(("old-customer", controlled))
    expected = len(before) / EVENT_DAY * (DAYS - EVENT_DAY)
    if before and len(after) >= max(_JUMP_FACTOR * expected, expected + _JUMP_DEVIATIONS * sqrt(expected)):
        result.append(("jump", after))
    days = sorted({line.day for line in came})
    for at, (earlier, later) in enumerate(pairwise(days), 1):
        gap, active = later - earlier, max(earlier - days[0], 30)
        asleep = gap >= _DORMANT_DAYS and at >= _DORMANT_TIMES and exp(-at / active * gap) < _SILENCE_CHANCE
        if asleep and later >= EVENT_DAY:
            result.append(("dormant", [line for line in came if line.day >= later]))
    return result


def _stops(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    last = lines[-1].day
    steady = len({line.day for line in lines if line.day > last - _TWO_YEARS})
    rate = steady / min(_TWO_YEARS, max(last - lines[0].day, 30))
    if steady >= _STOP_TIMES and DAYS - 1 - last >= _STOP_DAYS and exp(-rate * (DAYS - 1 - last)) < _SILENCE_CHANCE:
        return [("trade-stops", list(lines))]
    return []
