"""Substitution: how much of a fall in direct trade appears as a rise through a hub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from entrepot.errors import InputError
from entrepot.model.hs import TOTAL
from entrepot.routes.statistics.evidence import Caveat, caveats
from entrepot.routes.statistics.time_series import Series, series, step


@dataclass(frozen=True, slots=True)
class Change:
    """Trade in two windows of equal length, the same periods of the year.

    Attributes:
        before, after: sums over the periods that both windows have.
        periods: how many periods each sum has; `missing` those left out because one window lacks them.
    """

    title: str
    before: float
    after: float
    periods: int
    missing: int
    rows: tuple[str, ...]

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Substitution:
    """A fall in direct trade beside a rise through a hub.

    Attributes:
        direct: exporter to destination; `hub` exporter to hub; `onward` hub to destination, where its records are loaded.
        share: rise through the hub over the fall in direct trade; None where direct trade did not fall or the hub's did not
            rise. `capped` is the same with the rise cut to what the hub's own exports to the destination rose by.
    """

    exporter: str
    hub_country: str
    destination: str
    hs: str
    since: date
    currency: str | None
    testable: bool
    reason: str
    direct: Change | None = None
    hub: Change | None = None
    onward: Change | None = None
    share: float | None = None
    capped: float | None = None
    caveats: tuple[Caveat, ...] = ()

    @property
    def statement(self) -> str:
        """One sentence with its denominator."""
        if not self.testable or self.direct is None or self.hub is None:
            return f"{self.exporter} to {self.destination} through {self.hub_country}: not testable, {self.reason}."
        money = self.currency or "units"
        fall = f"direct trade changed by {self.direct.difference:+,.0f} {money}"
        rise = f"trade to {self.hub_country} by {self.hub.difference:+,.0f} {money}"
        if self.share is None:
            return f"{self.exporter} to {self.destination}: {fall} and {rise}: no substitution to measure."
        return (
            f"{self.exporter} to {self.destination}: {fall} and {rise} over {self.direct.periods} periods: "
            f"the rise is {self.share:.1%} of the fall."
        )


def substitution(
    flows: pa.Table,
    *,
    exporter: str,
    hub: str,
    destination: str,
    since: date,
    hs: str | Sequence[str] = TOTAL,
    periods: int | None = None,
    frequency: str | None = None,
) -> Substitution:
    """Compares the periods from `since` on with as many before it, a whole number of years where there are enough.

    Args:
        periods: length of each window; the default is all that is loaded after `since`, up to what is loaded before.

    Raises:
        InputError: hub, exporter and destination are not three countries.
    """
    if len({exporter, hub, destination}) < 3:
        raise InputError("exporter, hub and destination must differ", value=f"{exporter}, {hub}, {destination}")
    one = series(flows, reporter=exporter, partner=destination, direction="export", hs=hs, frequency=frequency)
    two = series(flows, reporter=exporter, partner=hub, direction="export", hs=hs, frequency=one.frequency)
    three = series(flows, reporter=hub, partner=destination, direction="export", hs=hs, frequency=one.frequency)
    code = hs if isinstance(hs, str) else "+".join(hs)
    base = (exporter, hub, destination, code, since, one.currency)
    for side, name in ((one, destination), (two, hub)):
        if not side.known:
            return Substitution(
                *base, False, f"no loaded file has exports of {exporter} to {name}", caveats=caveats("missing")
            )
    if one.currency != two.currency:
        return Substitution(*base, False, "the two series are in different currencies", caveats=caveats("missing"))
    length = periods or _length(one, since)
    if length < 1:
        return Substitution(*base, False, f"no periods lie on both sides of {since}", caveats=caveats("missing"))
    direct, through = change(one, since, length), change(two, since, length)
    if not direct.periods or not through.periods:
        return Substitution(
            *base, False, "the windows before and after have no period in common", caveats=caveats("missing")
        )
    onward = change(three, since, length) if three.known and three.currency == one.currency else None
    share = capped = None
    if direct.difference < 0 < through.difference:
        share = through.difference / -direct.difference
        if onward is not None and onward.periods:
            capped = min(through.difference, max(0.0, onward.difference)) / -direct.difference
    notes = ["demand", "relocation", "prices", "union", "attribution", "pandemic"]
    if direct.missing or through.missing:
        notes.append("missing")
    return Substitution(*base, True, "", direct, through, onward, share, capped, caveats(*notes))


def change(of: Series, since: date, length: int) -> Change:
    """The sums of `length` periods from `since` on, and of the same periods one window earlier."""
    values = {point.period: point for point in of.known}
    starts = [point.period for point in of.points if point.period >= since]
    first = starts[0] if starts else since
    before = after = 0.0
    rows: list[str] = []
    used = 0
    for at in range(length):
        later = step(first, of.frequency, at)
        earlier = step(first, of.frequency, at - length)
        if later in values and earlier in values:
            before += values[earlier].value or 0.0
            after += values[later].value or 0.0
            rows += [*values[earlier].rows, *values[later].rows]
            used += 1
    return Change(of.title, before, after, used, length - used, tuple(rows))


def _length(of: Series, since: date) -> int:
    after = sum(1 for point in of.points if point.period >= since)
    before = len(of.points) - after
    length = min(after, before)
    year = {"month": 12, "quarter": 4, "year": 1}[of.frequency]
    return length // year * year if length >= year else length
