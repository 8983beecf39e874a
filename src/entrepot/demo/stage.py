"""The stage on which patterns are planted: companies, shipments, listings and the notes for the answer key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypedDict, Unpack

from entrepot.demo import names
from entrepot.demo.answer import Decoy, Incidental, Instance, PlantedChain
from entrepot.demo.companies import Company, Registry
from entrepot.demo.dice import Dice
from entrepot.demo.records import DAYS, EVENT_DAY, START, Desk, Line, Order
from entrepot.demo.vocabulary import Product, products, table

HUBS = ("TR", "AE", "AM", "KZ", "KG", "UZ")
"""Third countries that the alerts name; here only those whose imports the synthetic file records."""


class Terms(TypedDict, total=False):
    """What an order may set beside its parties, goods and day."""

    net_kg: float
    pieces: int
    price: float
    hs: str
    text: str
    mode: str
    transit: tuple[str, ...]
    destination: str
    origin: str
    shipper_as: str
    consignee_as: str
    consignee_address_as: str
    forwarder: Company
    notify: Company
    weight_factor: float
    with_tax_id: bool
    direction: str
    maker: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of the synthetic list, as its publisher would write it."""

    company: Company
    listed: date
    name: str
    aliases: tuple[str, ...]
    native: str
    tax_id: str
    address: str
    delisted: date | None = None


class Stage:
    """Collects what the patterns put into the file.

    Attributes:
        dice: for the patterns' own choices.
        scale: instances per instance in a file of 50,000 rows.
        lines, instances, decoys, listings: what was put in so far.
    """

    def __init__(self, seed: int, registry: Registry, desk: Desk, ordinary: Sequence[Line], scale: float) -> None:
        self.dice = Dice(seed, "patterns")
        self.scale = scale
        self.registry = registry
        self.ordinary = ordinary
        self.lines: list[Line] = []
        self.instances: list[Instance] = []
        self.decoys: list[Decoy] = []
        self.incidental: list[Incidental] = []
        self.listings: dict[str, Listing] = {}
        self._desk = desk
        self._suppliers: dict[tuple[str, str], list[Company]] = {}
        seen: set[tuple[str, str, str]] = set()
        for line in ordinary:
            at = (line.dispatch, line.goods.sector, line.shipper.key)
            if at not in seen:
                seen.add(at)
                self._suppliers.setdefault(at[:2], []).append(line.shipper)

    def times(self, n: int) -> range:
        """`n` instances in a file of 50,000 rows, at least two."""
        return range(max(2, round(n * self.scale)))

    def new(self, country: str, sector: str, business: str | None = None, *, guard: bool = False) -> Company:
        """A company that appears in no ordinary trade."""
        return self.registry.company(country, (sector,), business=business, guard=guard)

    def supplier(self, country: str, goods: Product) -> Company:
        """A company of that country that ordinarily sells such goods."""
        pool = self._suppliers.get((country, goods.sector))
        return self.dice.pick(pool) if pool else self.new(country, goods.sector)

    def origin(self, goods: Product, *, allowed: Sequence[str] = ("CN", "MY", "VN")) -> str:
        """A country that makes these goods, outside the coalition's closed lanes where it can be."""
        return self.dice.pick([c for c in goods.origins if c in allowed] or ["CN"])

    def controlled(self, *tiers: str) -> Product:
        """Controlled goods of one of these tiers (of tiers 1 to 3.B by default)."""
        wanted = tiers or ("1", "2", "3.A", "3.B")
        return self.dice.pick([g for g in products().values() if g.tier in wanted])

    def free(self, *sectors: str) -> Product:
        """Goods on no control list, of one of these sectors where given."""
        pool = [g for g in products().values() if not g.tier and (not sectors or g.sector in sectors)]
        return self.dice.pick(pool)

    def ship(self, shipper: Company, consignee: Company, goods: Product, day: int, **terms: Unpack[Terms]) -> Line:
        """Put one line into the file."""
        line = self._desk.line(Order(shipper, consignee, goods, min(max(day, 0), DAYS - 1), **terms))
        self.lines.append(line)
        return line

    def days(self, n: int, first: int, last: int) -> list[int]:
        """`n` days spread over a period, in order."""
        last = min(last, DAYS - 1)
        return sorted(self.dice.between(first, max(first, last)) for _ in range(n))

    def strength(self) -> str:
        """How strongly an instance shows: weak, medium or strong."""
        return self.dice.weighted(("weak", "medium", "strong"), (0.25, 0.45, 0.3))

    def plant(
        self,
        pattern: str,
        subject: Company,
        lines: Sequence[Line],
        strength: str = "medium",
        *,
        related: Sequence[Company] = (),
        chains: Sequence[PlantedChain] = (),
        **facts: object,
    ) -> None:
        """Note a planted pattern."""
        uids = tuple(line.uid for line in lines)
        self.instances.append(Instance(pattern, subject, uids, strength, tuple(related), tuple(chains), facts))

    def decoy(
        self,
        kind: str,
        resembles: Sequence[str],
        subject: Company,
        lines: Sequence[Line],
        why: str,
        related: Sequence[Company] = (),
    ) -> None:
        """Note something innocent."""
        uids = tuple(line.uid for line in lines)
        self.decoys.append(Decoy(kind, tuple(resembles), subject, uids, why, tuple(related)))

    def list_company(self, company: Company, day: int, *, with_tax_id: bool = True, name: str = "") -> date:
        """Put a company on the synthetic list as of a day; the first listing stands."""
        if company.key not in self.listings:
            native = names.national(company) if names.native_country(company) else ""
            self.listings[company.key] = Listing(
                company,
                START + timedelta(days=min(day, DAYS - 1)),
                name or names.english(company),
                (names.romanised(company),) if names.romanised(company) != names.english(company) else (),
                native,
                company.tax_id if with_tax_id else "",
                f"{names.ascii_turkish(company.address[0])}",
            )
        return self.listings[company.key].listed

    def maybe_listed_later(self, company: Company, first_day: int, probability: float = 0.4) -> None:
        """With this probability, put a company on the list some months after it began."""
        day = first_day + self.dice.between(120, 520)
        if day < DAYS - 60 and self.dice.chance(probability):
            self.list_company(company, day)

    def after_event(self, low: int, high: int) -> int:
        """A day so many days after the event date."""
        return EVENT_DAY + self.dice.between(low, high)

    def texts(self, kind: str, part: str) -> list[tuple[Product, str]]:
        """Goods with their texts from `words/planted.tsv`: weight and price are those of what it really is."""
        return [_dressed(row) for row in table("planted") if row["kind"] == kind and row["part"] == part]


def _dressed(row: dict[str, str]) -> tuple[Product, str]:
    declared = products()[row["goods"]]
    real = replace(
        declared,
        name=f"{declared.name}:{row['text'][:12]}",
        piece_kg=float(row["piece_kg"]),
        usd_per_kg=float(row["usd_per_kg"]),
    )
    return real, row["text"]
