"""Makes src/entrepot/data/hs2022.csv.gz, hs_concordance.csv.gz and chpl_2024-02-23.csv from ../shared/data.

Run from the repository root: `python tools/bundle_hs.py ../shared/data`. The output is byte-identical for the same
input, so that a check can compare. Sources and licences stand in src/entrepot/data/README.md.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

OUT = Path("src/entrepot/data")


def main(shared: Path) -> None:
    nomenclature(shared / "goods/hs/datasets_harmonized-system.csv", OUT / "hs2022.csv.gz")
    concordance(
        shared / "goods/hs_concordance/HS_consolidated_comtrade_concordances.csv", OUT / "hs_concordance.csv.gz"
    )
    chpl(shared / "goods/chpl/chpl_2024-02-23.csv", OUT / "hs2022.csv.gz", OUT / "chpl_2024-02-23.csv")


def nomenclature(source: Path, target: Path) -> None:
    """Code and description; level, parent and section follow from the code."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["hscode"], row["description"].strip()) for row in csv.DictReader(file)]
    write(target, ("hs_code", "description"), sorted(r for r in rows if r[0].isdigit()))


def concordance(source: Path, target: Path) -> None:
    """Pairs of adjacent editions from HS1992 on; the codes regain the leading zero that the source lost."""
    rows = set()
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            newer, older = row["adjustment"].split(" to ")
            if int(older) >= 1992:
                rows.add((f"HS{newer}", f"HS{older}", row["code.after"].zfill(6), row["code.before"].zfill(6)))
    write(target, ("newer_edition", "older_edition", "newer_code", "older_code"), sorted(rows))


def chpl(source: Path, texts: Path, target: Path) -> None:
    """Codes and tiers from the source, descriptions from the bundled nomenclature (the source's have another licence)."""
    with gzip.open(texts, "rt", encoding="utf-8", newline="") as file:
        text = {row["hs_code"]: row["description"] for row in csv.DictReader(file)}
    with source.open(encoding="utf-8-sig", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("hs6", "tier", "hs2022_description"))
        writer.writerows((row["hs6"], row["tier"], text[row["hs6"]]) for row in csv.DictReader(file))


def write(target: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    with target.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        packed.write(text.getvalue().encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
