"""Makes a synthetic shipment file with planted patterns, the list it refers to, and the answer key."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from entrepot.demo.answer import answer_key
from entrepot.demo.background import background
from entrepot.demo.companies import Registry
from entrepot.demo.dice import Dice
from entrepot.demo.noise import Noise, spoil
from entrepot.demo.oracle import incidental
from entrepot.demo.patterns import plant_all
from entrepot.demo.patterns.lanes import country_names, country_stops, slight_stops
from entrepot.demo.records import EVENT, HEADER, Desk, Line
from entrepot.demo.stage import Listing, Stage
from entrepot.demo.vocabulary import countries

SHIPMENTS_FILE = "synthetic_shipments.csv"
LIST_FILE = "synthetic_list.csv"
KEY_FILE = "answer_key.json"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

LEAST_ROWS = 12_000
"""Fewer rows leave no background around the planted patterns."""

LIST_HEADER = (
    "ENTRY_ID",
    "NAME",
    "ALIASES",
    "NATIVE_NAME",
    "TYPE",
    "COUNTRY",
    "ADDRESS",
    "TAX_ID",
    "PROGRAM",
    "LISTED",
    "DELISTED",
    "REMARKS",
)


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A generated case.

    Attributes:
        shipments: header and rows of the shipment file, as text cells; row 1 is the header.
        listed: header and rows of the synthetic list.
        key: the answer key as a JSON object (docs/demo.md describes it).
    """

    shipments: tuple[tuple[str, ...], ...]
    listed: tuple[tuple[str, ...], ...]
    key: Mapping[str, object]

    def shipments_csv(self) -> bytes:
        """The shipment file, UTF-8 with `\\n`."""
        return _csv(self.shipments)

    def list_csv(self) -> bytes:
        """The synthetic list, UTF-8 with `\\n`."""
        return _csv(self.listed)

    def key_json(self) -> bytes:
        """The answer key, UTF-8, one line per instance."""
        parts = []
        for name, value in self.key.items():
            if isinstance(value, list):
                inner = ",\n".join("  " + json.dumps(each, ensure_ascii=False, sort_keys=True) for each in value)
                parts.append(f" {json.dumps(name)}: [\n{inner}\n ]")
            else:
                parts.append(f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}")
        return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")

    def write(self, folder: Path) -> tuple[Path, Path, Path]:
        """Write the three files into a folder that exists; returns shipments, list, key."""
        paths = (folder / SHIPMENTS_FILE, folder / LIST_FILE, folder / KEY_FILE)
        for path, content in zip(paths, (self.shipments_csv(), self.list_csv(), self.key_json()), strict=True):
            path.write_bytes(content)
        return paths


def generate(seed: int, rows: int = 50_000, *, noise: Noise | None = None) -> Synthetic:
    """A synthetic case; the same arguments give the same bytes on every machine.

    Args:
        seed: any non-negative integer.
        rows: lines before noise removes any; at least 12,000. Planted instances scale with it (docs/demo.md).
        noise: how the file is spoilt; not at all by default.

    Raises:
        ValueError: `rows` is too small.
    """
    if rows < LEAST_ROWS:
        raise ValueError(f"rows is {rows}; at least {LEAST_ROWS} are needed around the planted patterns")
    scale = rows / 50_000
    registry = Registry(Dice(seed, "registry"))
    forwarders = [
        registry.company(country, (), business=business)
        for country in ("CN", "TR", "RU", "DE", "KZ", "AE")
        for business in ("forwarding", "cargo")
        for _ in range(2)
    ]
    desk = Desk(seed, forwarders)
    # Patterns are planted beside a background that is a little too large (with them it would have 50,000 rows and
    # some), which is then cut to what they leave.
    ordinary = background(registry, desk, seed, round(rows * 0.86), round(rows * 0.046))
    stage = Stage(seed, registry, desk, ordinary, scale)
    plant_all(stage)
    ordinary = _cut(ordinary, rows - len(stage.lines), Dice(seed, "cut"))
    lines = sorted([*ordinary, *stage.lines], key=lambda line: (line.day, line.batch, line.uid))
    stage.instances += country_stops(lines)
    kept, monthly = spoil(lines, noise or Noise(), seed)
    found = [*incidental(lines, stage.instances, stage.listings), *slight_stops(lines)]
    if len(kept) < len(lines):
        # what rows are left can show a pattern by chance too: a firm whose lines of a year are gone is silent in the file
        met = {(at.pattern, at.subject.key) for at in found}
        left = incidental(kept, stage.instances, stage.listings)
        found += [at for at in left if (at.pattern, at.subject.key) not in met]
    # Vendors deliver by country and buyer; it also lets gzip find what repeats.
    by_buyer = sorted(kept, key=lambda line: (line.record_country, line.consignee_name, line.day, line.uid))
    numbers = {line.uid: at for at, line in enumerate(by_buyer, 2)}
    written: dict[str, set[str]] = {}
    for line in kept:
        written.setdefault(line.shipper.key, set()).add(line.shipper_name)
        written.setdefault(line.consignee.key, set()).add(line.consignee_name)
    written |= country_names(stage.instances)
    key = answer_key(
        instances=stage.instances,
        decoys=stage.decoys,
        incidental=found,
        rows=numbers,
        lines={line.uid: line for line in kept},
        written=written,
        listings={key: listing.listed for key, listing in stage.listings.items()},
        settings={"seed": seed, "rows": rows, "event_date": EVENT.isoformat(), "noise": asdict(noise or Noise())},
        companies=len({c.key for line in kept for c in (line.shipper, line.consignee)}),
    )
    return Synthetic(_shipment_rows(kept, numbers, monthly), _list_rows(list(stage.listings.values())), key)


def _cut(lines: Sequence[Line], n: int, dice: Dice) -> list[Line]:
    """`n` of the lines; those that tie a buyer of controlled goods to the time before the date stay."""
    if n >= len(lines):
        raise ValueError(f"the background is {n - len(lines)} lines too small")
    order = list(range(len(lines)))
    dice.shuffle(order)
    spared = {at for at, line in enumerate(lines) if line.batch < 0}
    dropped = set([at for at in order if at not in spared][: len(lines) - n])
    return [line for at, line in enumerate(lines) if at not in dropped]


def _shipment_rows(lines: Sequence[Line], numbers: Mapping[int, int], monthly: set[int]) -> tuple[tuple[str, ...], ...]:
    declarations = _declarations(lines)
    rows = sorted(lines, key=lambda line: numbers[line.uid])
    return (HEADER, *(_cells(line, numbers[line.uid], *declarations[line.uid], line.uid in monthly) for line in rows))


def _declarations(lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """Line uid to the number of its declaration and its place in it; `lines` in order of time."""
    result: dict[int, tuple[int, int]] = {}
    declaration, item, batch = 0, 0, None
    for line in lines:
        if line.batch != batch:
            batch, item = line.batch, 0
            declaration += 1
        item += 1
        result[line.uid] = (declaration, item)
    return result


def _cells(line: Line, row: int, declaration: int, item: int, monthly: bool) -> tuple[str, ...]:
    known = countries()
    return (
        f"SYN{row:08d}",
        f"{line.record_country}{line.date:%y%m%d}/{declaration:07d}",
        str(item),
        line.direction,
        f"{_MONTHS[line.date.month - 1]} {line.date.year}" if monthly else line.date.isoformat(),
        line.shipper_name,
        line.shipper_id,
        line.shipper_address,
        known[line.shipper.country].name,
        line.consignee_name,
        line.consignee_id,
        line.consignee_address,
        known[line.consignee.country].name,
        line.notify,
        line.forwarder,
        line.manufacturer,
        line.brand,
        known[line.origin].name,
        known[line.dispatch].name,
        ";".join(line.transit),
        known[line.destination].name,
        known[line.dispatch].port,
        known[line.destination].port,
        line.mode.upper(),
        line.hs,
        line.text,
        _number(line.quantity),
        line.unit,
        _number(line.net_kg),
        _number(line.gross_kg),
        f"{line.value_usd:.2f}",
        line.incoterm,
    )


def _list_rows(listings: Sequence[Listing]) -> tuple[tuple[str, ...], ...]:
    result: list[tuple[str, ...]] = [LIST_HEADER]
    for at, listing in enumerate(sorted(listings, key=lambda each: (each.listed, each.name)), 1):
        result.append(
            (
                f"SYNTH-{at:04d}",
                listing.name,
                "; ".join(listing.aliases),
                listing.native,
                "Company",
                countries()[listing.company.country].name,
                listing.address,
                listing.tax_id,
                "SYNTHETIC DEMONSTRATION LIST",
                listing.listed.isoformat(),
                listing.delisted.isoformat() if listing.delisted else "",
                "Invented entity for demonstration; not a real listing.",
            )
        )
    return tuple(result)


def _number(value: float) -> str:
    if value == 0:
        return ""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")
