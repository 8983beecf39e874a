"""Compile the goods data that ships: everyday descriptions and vague terms (HMRC, MIT), markings (GUR, CC BY 4.0).

    python tools/bundle_goods.py ../shared/data

The output is byte-identical for the same input. HMRC's files: github.com/trade-tariff/trade-tariff-lambdas-fpo-search.
GUR's list of components: war-sanctions.gur.gov.ua, as collected in github.com/cognis-digital/awesome-drone-warfare-osint.
"""

from __future__ import annotations

import csv
import html
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "entrepot" / "goods" / "data"
PART = re.compile(r"[A-Z0-9][A-Z0-9./\-+]{3,}")
QUANTITY = re.compile(
    r"[\d.,/X+-]*\d[-.]?(BITS?|PINS?|[KMG]?HZ|[KMGT]B(IT|PS|YTE)?S?|[MK]?VDC|[MKU]?[VAWFH]|[MUN]?[HFMS]|MAH|WH|CH|CHANNELS?|D|DB|DBM|OHMS?|BYTES?)"
)
"""A measured quantity in capitals (`12MHZ`, `16-PIN`, `256GB`), which marks no part."""


def main(shared: Path) -> None:
    """Write the three files into the package."""
    uk = shared / "goods" / "uk_fpo" / "reference_data"
    write("uk_everyday.tsv", ("code", "terms", "source"), sorted(everyday(uk)))
    write("uk_vague.tsv", ("term", "source"), sorted(vague(uk)))
    write(
        "gur_markings.tsv",
        ("marking", "maker", "weapons", "weapon", "component"),
        sorted(markings(shared / "goods" / "gur_components")),
    )


def everyday(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(six digits, description, which of HMRC's lists)."""
    seen: set[tuple[str, str]] = set()
    with (folder / "extra_references.csv").open(encoding="utf-8-sig", newline="") as handle:
        pairs = [(row["Goods Description"], row["Commodity Code"], "extra") for row in csv.DictReader(handle)]
    pairs += [
        (term, code, "search") for term, code in json.loads((folder / "search_references.json").read_text()).items()
    ]
    with (folder / "brands.csv").open(encoding="utf-8-sig", newline="") as handle:
        pairs += [(row["GDSDESC"], row["CMDTYCODE"], "brand") for row in csv.DictReader(handle)]
    for term, code, which in pairs:
        digits = re.sub(r"\D", "", code)[:6]
        words = clean(term)
        if len(digits) >= 4 and words and (digits, words.casefold()) not in seen:
            seen.add((digits, words.casefold()))
            yield digits, words, f"hmrc_{which}"


def vague(folder: Path) -> Iterator[tuple[str, str]]:
    """(term in lower case, source)."""
    lines = (folder / "vague_terms.csv").read_text(encoding="utf-8-sig").splitlines()
    terms = {clean(next(csv.reader([line]))[0]).casefold() for line in lines if line.strip()}
    return ((term, "hmrc_vague") for term in terms if term)


def markings(folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """(marking, maker, number of weapons it was found in, one of them, the component's number at GUR)."""
    weapons: dict[tuple[str, str], set[str]] = defaultdict(set)
    first: dict[tuple[str, str], str] = {}
    with (folder / "components.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            text = unicodedata.normalize("NFKC", f"{row['oem_part_number']} {row['name_marking']}").upper()
            for found in PART.findall(text):
                token = found.strip("./-+")
                plain = re.sub(r"[^A-Z0-9]", "", token)
                if (
                    len(plain) >= 5
                    and not QUANTITY.fullmatch(token)
                    and re.search("[A-Z]", plain)
                    and sum(c.isdigit() for c in plain) >= 2
                ):
                    key = (token, row["manufacturer"].strip())
                    weapons[key].update(json.loads(row["found_in_drones"] or "[]"))
                    first.setdefault(key, row["component_id"])
    for key, found_in in weapons.items():
        yield key[0], key[1], str(len(found_in)), min(found_in, default=""), first[key]


def clean(text: str) -> str:
    """One line of text without HTML entities and control characters."""
    plain = unicodedata.normalize("NFKC", html.unescape(html.unescape(text)))
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())


def write(name: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Tab-separated, one header line."""
    lines = ["\t".join(header)] + ["\t".join(row) for row in rows]
    (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(rows)} rows", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
