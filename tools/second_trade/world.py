"""The world of the second generator: who there is, what was shipped, what was planted."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np

from .names import Firm, Registry
from .records import Case, Chain, Good, Row, load_goods

START, END, T0 = dt.date(2019, 1, 1), dt.date(2024, 12, 31), dt.date(2022, 2, 24)
CONCERN = ("RU", "BY", "IR")


MIDDLE = ("TR", "AE", "KG", "AM", "KZ", "GE", "HK", "RS", "MY", "IN", "UZ")


COALITION = ("DE", "IT", "KR", "JP", "TW", "US", "PL", "NL", "CZ", "FI")


LAND = ("CN", "RU", "BY", "KZ", "KG", "UZ", "AM", "GE", "TR", "IR", "PL", "DE", "CZ", "FI", "IT", "NL", "RS")


HUBS = ("AE", "HK", "IN", "MY", "RS")


MONTHLY = ("KZ", "KG", "UZ", "AM", "GE")


CONSIGNEES = {
    "RU": 101,
    "BY": 26,
    "KZ": 36,
    "KG": 22,
    "AM": 20,
    "GE": 20,
    "UZ": 23,
    "TR": 33,
    "AE": 24,
    "IN": 17,
    "MY": 13,
    "RS": 16,
    "HK": 17,
    "IR": 17,
    "DE": 10,
    "PL": 9,
    "US": 6,
    "JP": 6,
}


SUPPLIERS = {
    "CN": 86,
    "TR": 45,
    "DE": 30,
    "IT": 14,
    "KR": 12,
    "JP": 14,
    "TW": 16,
    "US": 16,
    "AE": 12,
    "IN": 14,
    "PL": 7,
    "HK": 9,
    "NL": 6,
    "CZ": 6,
    "FI": 6,
    "MY": 6,
    "RS": 6,
    "UZ": 6,
    "IR": 6,
}


SEASON = {
    "flowers": (2, 1.2),
    "food": (11, 0.6),
    "agri": (3, 0.8),
    "textile": (8, 0.5),
    "toys": (10, 0.8),
    "building": (5, 0.4),
}


def day(months: float, jitter: int = 0) -> dt.date:
    """The day so many months after the start of 2019."""
    return START + dt.timedelta(days=int(months * 30.44) + jitter)


class World:
    """Everything that the files will say, and what an evaluator knows about it."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng([seed, 20240624])
        self.names = Registry(self.rng)
        self.goods = load_goods()
        self.rows: list[Row] = []
        self.cases: list[Case] = []
        self.chains: list[Chain] = []
        self.listed: list[dict[str, str]] = []
        self.stakes: list[tuple[str, str, str, str, str]] = []
        self.suppliers: dict[str, list[Firm]] = {}
        self.price_bias: dict[Firm, float] = {}
        self.pair_file: dict[tuple[Firm, Firm], str] = {}

    # -- small draws -------------------------------------------------------
    def pick(self, items: Any) -> Any:
        """One item, evenly."""
        items = list(items)
        return items[int(self.rng.integers(len(items)))]

    def pick_good(self, goods: list[Good]) -> Good:
        """One kind of goods, evenly."""
        return goods[int(self.rng.integers(len(goods)))]

    def between(self, low: float, high: float) -> float:
        """A number, evenly."""
        return float(self.rng.uniform(low, high))

    def n(self, low: int, high: int) -> int:
        """A whole number from low to high, both possible."""
        return int(self.rng.integers(low, high + 1))

    def date(self, low: dt.date, high: dt.date) -> dt.date:
        """A day between two days, a working day more often."""
        d = low + dt.timedelta(days=self.n(0, max(0, (high - low).days)))
        return d - dt.timedelta(days=1) if d.weekday() == 6 and d > low else d

    def controlled(self, *trades: str) -> Good:
        """A controlled good that consumers of high technology buy."""
        return self.pick_good([g for g in self.goods.values() if g.ctrl and (not trades or g.trade in trades)])

    def common(self, *trades: str) -> Good:
        """A good that no control list names."""
        return self.pick_good([g for g in self.goods.values() if not g.ctrl and (not trades or g.trade in trades)])

    def firm(self, country: str, trade: str = "") -> Firm:
        """A new firm of a country."""
        return self.names.firm(
            country,
            trade or self.pick(["general", "general", "electronics", "it", "telecom", "machine", "instruments"]),
        )

    def supplier(self, good: Good, *countries: str) -> Firm:
        """An existing supplier of these goods, or a new one."""
        pool = [f for f in self.suppliers.get(good.trade, []) if not countries or f.country in countries]
        if pool and self.rng.random() < 0.75:
            return pool[int(self.rng.integers(len(pool)))]
        land = self.pick(countries or [o for o in good.origins if o != "US"] or good.origins)
        firm = self.names.firm(
            land,
            good.trade
            if self.rng.random() < 0.8 and good.trade in ("electronics", "telecom", "it", "machine")
            else "general",
        )
        self.suppliers.setdefault(good.trade, []).append(firm)
        return firm

    # -- shipments -----------------------------------------------------------
    def choose_file(self, shipper: Firm, consignee: Firm, dispatch: str, dest: str, contacts: bool) -> str:
        """The file in which this pair's trade is recorded: usually one, sometimes the other side's."""
        options: list[str] = []
        if dispatch == "TR":
            options.append("tr")
        if dispatch == "CN" and not contacts:
            options.append("cn")
        if dispatch in HUBS:
            options.append("hub")
        if dest == "RU":
            options.append("ru")
        if dest in MONTHLY and not contacts:
            options.append("ca")
        options = options or ["bol"]
        if (shipper, consignee) not in self.pair_file or self.pair_file[shipper, consignee] not in options:
            self.pair_file[shipper, consignee] = self.pick(options)
        if self.rng.random() < 0.04:
            return str(self.pick(options))
        return self.pair_file[shipper, consignee]

    def ship(
        self,
        date: dt.date,
        shipper: Firm,
        consignee: Firm,
        good: Good,
        *,
        kg: float | None = None,
        price: float = 1.0,
        contacts: bool = False,
        **extra: Any,
    ) -> Row:
        """One line: weight and value drawn from the goods' distributions unless given; `price` multiplies the unit value."""
        rng = self.rng
        weight = kg if kg is not None else good.kg * math.exp(rng.normal(0, 0.75))
        bias = self.price_bias.setdefault(consignee, float(rng.normal(0, 0.1)))
        unit = good.usdkg * math.exp(rng.normal(bias, good.sigma * 0.75)) * 1.03 ** (date.year - 2019) * price
        origin = extra.pop("origin", "") or (
            shipper.country if shipper.country in good.origins or rng.random() < 0.3 else self.pick(good.origins)
        )
        dispatch = extra.pop("dispatch", "") or shipper.country
        dest = extra.pop("dest", "") or consignee.country
        hs = extra.pop("hs", "") or (good.hs22 if date.year >= 2022 else good.hs17)
        only = extra.pop("only", "") or self.choose_file(shipper, consignee, dispatch, dest, contacts)
        land = ["road", "road", "rail"] if dispatch in LAND and dest in LAND else ["sea"]
        mode = extra.pop("mode", "") or self.pick([*land, "air"] if weight < 3000 else [*land, "sea"])
        row = Row(
            date,
            shipper,
            consignee,
            good,
            max(round(weight, 3 if weight < 5 else 1), 0.001),
            round(unit * weight, 2),
            origin,
            dispatch,
            dest,
            hs,
            self.pick(good.brands),
            self.pick(good.models),
            only=only,
            gross=round(weight * self.between(1.03, 1.18), 1),
            incoterm=self.pick(["FCA", "CPT", "CIP", "EXW", "FOB", "CIF", "DAP"]),
            mode=mode,
            **extra,
        )
        self.rows.append(row)
        return row

    def trade(
        self,
        shipper: Firm,
        consignee: Firm,
        good: Good,
        start: dt.date,
        end: dt.date,
        per_month: float,
        *,
        growth: float = 0.0,
        season: tuple[int, float] | None = None,
        first: bool = True,
        **extra: Any,
    ) -> list[Row]:
        """Regular trade of a pair: Poisson per month with growth a year and a season (peak month, depth)."""
        rows, d = [], dt.date(start.year, start.month, 1)
        while d <= end:
            rate = per_month * (1 + growth) ** ((d - START).days / 365.25)
            if season:
                rate *= max(0.05, 1 + season[1] * math.cos((d.month - season[0]) * math.pi / 6))
            nxt = dt.date(d.year + d.month // 12, d.month % 12 + 1, 1)
            low, high = max(d, start), min(nxt - dt.timedelta(days=1), end)
            if low <= high:
                share = ((high - low).days + 1) / 30.4
                rows += [
                    self.ship(self.date(low, high), shipper, consignee, good, **extra)
                    for _ in range(int(self.rng.poisson(rate * share)))
                ]
            d = nxt
        if first and not any(r.date <= start + dt.timedelta(days=120) for r in rows) and start < end:
            rows.append(
                self.ship(self.date(start, min(end, start + dt.timedelta(days=100))), shipper, consignee, good, **extra)
            )
        return sorted(rows, key=lambda r: r.date)

    def lots(
        self, shipper: Firm, consignee: Firm, good: Good, count: int, start: dt.date, end: dt.date, **extra: Any
    ) -> list[Row]:
        """So many lines spread at random over a stretch of time."""
        return [self.ship(self.date(start, min(end, END)), shipper, consignee, good, **extra) for _ in range(count)]

    def plant(self, pattern: str, positive: bool, subjects: list[Firm | str], rows: list[Row], note: str) -> None:
        """Write a case into the answer key."""
        self.cases.append(Case(pattern, positive, subjects, rows, note))

    def list_entry(
        self,
        name: str,
        country: str,
        address: str,
        listed: dt.date,
        *,
        delisted: dt.date | None = None,
        aliases: tuple[str, ...] = (),
        kind: str = "entity",
    ) -> str:
        """Put a name on the synthetic list; returns its id."""
        key = f"SL-{len(self.listed) + 1001}"
        program = self.pick(["SYN-UKR", "SYN-UKR", "SYN-MIL", "SYN-DPRK", "SYN-IRN"])
        self.listed.append(
            {
                "id": key,
                "name": name,
                "type": kind,
                "program": program,
                "country": country,
                "address": address,
                "listed_on": str(listed),
                "delisted_on": str(delisted or ""),
                "aliases": "; ".join(aliases),
            }
        )
        return key
