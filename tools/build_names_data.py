"""Compile the word lists of `entrepot.parties` that come from other projects' data files.

    python tools/build_names_data.py [FOLDER]      FOLDER: the `legal_forms` folder with rigour's YAML files (MIT)
    python tools/build_names_data.py --opencc DIR  DIR: OpenCC's `dictionary` folder (Apache-2.0)

Writes `legal_forms.tsv`, `words.tsv` and `han_simplified.tsv` under `src/entrepot/parties/data`. Curated additions are
in files of their own beside them (`*_more.tsv`) and are never overwritten.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parent.parent
DATA = REPOSITORY / "src" / "entrepot" / "parties" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=REPOSITORY.parent / "shared" / "data" / "names" / "legal_forms")
    parser.add_argument("--opencc")
    given = parser.parse_args()
    if given.opencc:
        simplified(Path(given.opencc))
        return
    legal_forms(Path(given.folder))
    words(Path(given.folder))


def legal_forms(folder: Path) -> None:
    rows: dict[str, tuple[str, str]] = {}
    for form in yaml.safe_load((folder / "rigour_org_types.yml").read_text("utf-8"))["types"]:
        name = form.get("compare") or form.get("display") or form["aliases"][0]
        names = [form.get("display"), form.get("compare"), *form["aliases"]]
        for alias in names:
            if alias:
                rows.setdefault(str(alias), (str(name), form.get("generic") or "-"))
    write(
        "legal_forms.tsv",
        "alias\tform\tgeneric\tsource",
        [(a, f, g, "rigour org_types, MIT") for a, (f, g) in rows.items()],
    )


def words(folder: Path) -> None:
    symbols = yaml.safe_load((folder / "rigour_symbols.yml").read_text("utf-8"))
    rows: dict[str, tuple[str, str]] = {}
    for group, kind in (("org_symbols", "common"), ("org_domains", "business")):
        for concept, aliases in symbols[group].items():
            for alias in (concept, *aliases):
                rows.setdefault(str(alias).casefold(), (concept, kind))
    write("words.tsv", "alias\tconcept\tkind\tsource", [(a, c, k, "rigour symbols, MIT") for a, (c, k) in rows.items()])


def simplified(folder: Path) -> None:
    rows = {}
    for line in (folder / "TSCharacters.txt").read_text("utf-8").splitlines():
        traditional, _, to = line.partition("\t")
        if to and traditional != to.split()[0]:
            rows[traditional] = to.split()[0]
    for line in (folder / "JPVariants.txt").read_text("utf-8").splitlines():
        old, _, new = line.partition("\t")
        if new and new.split()[0] not in rows and new.split()[0] != rows.get(old, old):
            rows[new.split()[0]] = rows.get(old, old)
    write(
        "han_simplified.tsv",
        "character\tsimplified\tsource",
        [(t, s, "OpenCC, Apache-2.0") for t, s in rows.items() if len(t) == len(s) == 1],
    )


def write(name: str, header: str, rows: list[tuple[str, ...]]) -> None:
    lines = ["\t".join(cell.replace("\t", " ").strip() for cell in row) for row in rows]
    (DATA / name).write_text("\n".join([header, *lines]) + "\n", "utf-8")
    print(f"{name}: {len(rows):,} rows")


if __name__ == "__main__":
    main()
