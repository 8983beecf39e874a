"""Makes the data files of entrepot.model.places from CLDR (through babel), ISO 3166 (pycountry), rigour and UN/LOCODE.

Run from the repository root: `python tools/bundle_places.py ../shared/data`, with babel installed. Output is
byte-identical for the same input. Sources and licences stand in src/entrepot/model/places/data/README.md. What is written by hand there
(country_aliases.tsv, country_codes.tsv, areas.tsv, place_names.tsv, place_words.tsv) is left as it is.
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pycountry
from babel import Locale

from entrepot.model.places.fold import fold, key

OUT = Path("src/entrepot/model/places/data")

# fmt: off
LANGUAGES = (
    "en", "ru", "uk", "be", "kk", "ky", "uz", "uz_Cyrl", "tg", "tk", "az", "az_Cyrl", "hy", "ka", "mn", "tr", "ar",
    "fa", "ps", "ur", "he", "zh", "zh_Hant", "ja", "ko", "vi", "th", "id", "ms", "fil", "hi", "bn", "ta", "te", "ne",
    "si", "my", "km", "lo", "es", "pt", "pt_PT", "fr", "de", "it", "nl", "pl", "cs", "sk", "hu", "ro", "bg", "mk",
    "sr", "sr_Latn", "hr", "bs", "sl", "sq", "el", "sv", "da", "nb", "nn", "fi", "et", "lv", "lt", "is", "ga", "ca",
    "eu", "gl", "sw", "am",
)
# fmt: on
KOSOVO = ("XK", "XKX", None, "Kosovo")
"""User-assigned code that CLDR, Eurostat and the EU use."""

POINTS = {"XK": (42.66, 21.17), "NF": (-29.05, 167.97), "BV": (-54.43, 3.38)}
"""Countries without a place in UN/LOCODE: Pristina, Kingston, the island (tz database, public domain; gazetteers)."""

SHORT = {"CD": "DR Congo", "CG": "Congo", "HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar", "PS": "Palestine"}
"""Where CLDR's English name is too long or too old for a table."""


def main(shared: Path) -> None:
    countries(country_points(shared / "places/unlocode"))
    country_names()


def countries(points: dict[str, tuple[float, float]]) -> None:
    """One row a country: codes, English name, and the point that stands for it on a great circle."""
    english = Locale.parse("en").territories
    rows = []
    for alpha2, alpha3, numeric, official in sorted([*iso(), KOSOVO]):
        lat, lon = points.get(alpha2, (None, None))
        name = SHORT.get(alpha2) or str(english[alpha2]).replace("’", "'")
        rows.append(
            (alpha2, alpha3, numeric or "", name, official, *("" if x is None else f"{x:.2f}" for x in (lat, lon)))
        )
    write(OUT / "countries.tsv", ("alpha2", "alpha3", "numeric", "name", "official_name", "lat", "lon"), rows)


def iso() -> Iterator[tuple[str, str, str | None, str]]:
    for country in pycountry.countries:
        yield country.alpha_2, country.alpha_3, country.numeric, getattr(country, "official_name", country.name)


def country_names() -> None:
    """Names by folded key. A key that two countries claim goes to the better source, or to none and is printed."""
    alphas = {row[0] for row in iso()} | {"XK"}
    taken: dict[str, tuple[int, str, str, str]] = {}
    clash: dict[str, set[str]] = {}
    for tier, alpha2, name, source in [*hand(), *published(alphas)]:
        folded = key(name)
        if len(folded) < 2:
            continue
        have = taken.get(folded)
        if have is None or tier < have[0]:
            taken[folded] = (tier, alpha2, name, source)
        elif have[1] != alpha2 and have[0] == tier:
            clash.setdefault(folded, set()).update({have[1], alpha2})
    for folded, claimants in sorted(clash.items()):
        if taken[folded][1] in claimants:
            print(f"dropped: {folded!r} stands for {sorted(claimants)}")
            del taken[folded]
    rows = sorted((alpha2, name, source, folded) for folded, (tier, alpha2, name, source) in taken.items() if tier > 0)
    write(OUT / "country_names.tsv.gz", ("alpha2", "name", "source", "key"), rows)
    print(len(rows), "names of countries")


def hand() -> Iterator[tuple[int, str, str, str]]:
    for row in read(OUT / "country_aliases.tsv"):
        for name in row["names"].split("|"):
            yield 0, row["alpha2"], name, row["source"]
    # areas keep their names: no country may take them
    for row in read(OUT / "areas.tsv"):
        for name in row["names"].split("|"):
            yield 0, f"area:{row['code']}", name, row["source"]


def published(alphas: set[str]) -> Iterator[tuple[int, str, str, str]]:
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            if name := getattr(country, field, None):
                yield 1, country.alpha_2, name, "iso-3166"
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in alphas:
                yield (2 if language == "en" else 3), code, str(name), f"cldr-{language}"
    yield from rigour_names(alphas)


def rigour_names(alphas: set[str]) -> Iterator[tuple[int, str, str, str]]:
    from rigour._core import territories_jsonl

    for line in territories_jsonl().splitlines():
        row = json.loads(line)
        code = row["code"].upper()
        if code not in alphas or row.get("is_historical"):
            continue
        for name in [row["name"], row.get("full_name") or row["name"], *row.get("names_strong", [])]:
            yield 4, code, name, "rigour"
        for name in row.get("names_weak", []):
            # the weak names in Latin letters hold adjectives, provinces and words of small languages
            if not fold(name)[:1].isascii():
                yield 5, code, name, "rigour"


def country_points(folder: Path) -> dict[str, tuple[float, float]]:
    """The geometric median, on the sphere, of a country's UN/LOCODE places: where its trade is, not its deserts."""
    points = dict(POINTS)
    for path in sorted(folder.glob("??.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            read = [(float(r["lat"]), float(r["lon"])) for r in csv.DictReader(file) if r["lat"] and r["lon"]]
        places = [place for place in read if all(map(math.isfinite, place))]
        if places:
            points[path.stem] = geometric_median([vector(*place) for place in places])
    return points


def vector(lat: float, lon: float) -> tuple[float, float, float]:
    a, b = math.radians(lat), math.radians(lon)
    return math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)


def geometric_median(vectors: list[tuple[float, float, float]], rounds: int = 60) -> tuple[float, float]:
    """Weiszfeld's iteration in three dimensions, put back on the sphere. The median resists wrong coordinates."""
    centre = [sum(v[i] for v in vectors) / len(vectors) for i in range(3)]
    for _ in range(rounds):
        weights = [1 / max(math.dist(v, centre), 1e-9) for v in vectors]
        total = sum(weights)
        centre = [sum(w * v[i] for w, v in zip(weights, vectors, strict=True)) / total for i in range(3)]
    return math.degrees(math.asin(centre[2] / math.hypot(*centre))), math.degrees(math.atan2(centre[1], centre[0]))


def read(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(target: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    text = "\n".join(["\t".join(header), *("\t".join(str(x).replace("\t", " ") for x in row) for row in rows)]) + "\n"
    if target.suffix == ".xz":
        target.write_bytes(lzma.compress(text.encode(), preset=9))
    elif target.suffix == ".gz":
        with target.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
            packed.write(text.encode())
    else:
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
