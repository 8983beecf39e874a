"""Countries whose trade ends in a month, as `words/lanes.tsv` says."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.demo.answer import Incidental, Instance
from entrepot.demo.companies import Company
from entrepot.demo.records import Line
from entrepot.demo.vocabulary import countries, lanes


def country_stops(lines: Sequence[Line]) -> list[Instance]:
    """An instance for every country all of whose lanes stop; its subject is the country and not a company.

    Of a country that sent in fewer than `LEAST_MONTHS` it cannot be said that a steady trade stops: see `slight_stops`.
    """
    return [at for at in _stops(lines) if _months(at, lines) >= LEAST_MONTHS]


def slight_stops(lines: Sequence[Line]) -> list[Incidental]:
    """The other countries all of whose lanes stop: in a small case three shipments in two years. Neither for nor against."""
    return [Incidental(at.pattern, at.subject, at.uids) for at in _stops(lines) if _months(at, lines) < LEAST_MONTHS]


LEAST_MONTHS = 6
"""Months with shipments; half a year of them is the least from which a monthly trade is known."""


def _months(instance: Instance, lines: Sequence[Line]) -> int:
    own = set(instance.uids)
    return len({(line.date.year, line.date.month) for line in lines if line.uid in own})


def _stops(lines: Sequence[Line]) -> list[Instance]:
    found = []
    for code, country in countries().items():
        own = [lane for lane in lanes() if lane.origin == code]
        sent = [line for line in lines if line.dispatch == code]
        if sent and own and all(lane.stops for lane in own):
            subject = Company(
                key=f"COUNTRY-{code}",
                country=code,
                stem=(country.name, country.name),
                business="trading",
                form="country",
                city=("", ""),
                address=("", ""),
                phone="",
                tax_id="",
                sectors=(),
                size=1.0,
                habit=0.0,
            )
            last = max(line.date for line in sent)
            facts = {"last_month": f"{last:%Y-%m}"}
            found.append(Instance("country-stops", subject, tuple(line.uid for line in sent), "strong", facts=facts))
    return found


def country_names(instances: Sequence[Instance]) -> dict[str, set[str]]:
    """How a detector may call the countries among the subjects."""
    return {
        at.subject.key: {at.subject.country, at.subject.stem[0], at.subject.stem[0].title()}
        for at in instances
        if at.pattern == "country-stops"
    }
