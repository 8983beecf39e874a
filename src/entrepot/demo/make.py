"""Makes the bundled files again: `python -m entrepot.demo.make [--shared FOLDER] [--check]`."""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from entrepot.demo import subsets
from entrepot.demo.files import data_folder
from entrepot.demo.generate import generate

BUNDLED_SEED = 20220224
BUNDLED_ROWS = 50_000

_REAL: dict[str, Callable[[Path], bytes]] = {
    "eia_company_imports_2021_2023.csv.gz": subsets.eia,
    "eurostat_eu_exports_monthly_am_kg.csv.gz": subsets.eurostat_monthly,
    "eurostat_eu_exports_yearly.csv": subsets.eurostat_yearly,
    "ofac_sdn_2026-08-20.csv.gz": subsets.ofac,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every bundled file, or with `--check` only compare; returns 1 where a file has drifted."""
    parser = argparse.ArgumentParser(prog="python -m entrepot.demo.make", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"), help="folder of the publishers' files")
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    given = parser.parse_args(arguments)
    made = synthetic_files()
    if given.shared.is_dir():
        made |= {name: make(given.shared) for name, make in _REAL.items()}
    else:
        print(f"{given.shared} is not there: only the synthetic files are made", file=sys.stderr)
    drifted = [name for name, content in made.items() if content != content_of(name)]
    for name in drifted:
        if given.check:
            print(f"{name} differs from what its maker makes", file=sys.stderr)
        else:
            write(data_folder() / name, made[name])
            print(f"wrote {name}", file=sys.stderr)
    return 1 if given.check and drifted else 0


def synthetic_files() -> dict[str, bytes]:
    """File name to content before compression, for the files that the generator makes."""
    made = generate(BUNDLED_SEED, BUNDLED_ROWS)
    return {
        "synthetic_shipments.csv.gz": made.shipments_csv(),
        "synthetic_list.csv": made.list_csv(),
        "answer_key.json": made.key_json(),
    }


def content_of(name: str) -> bytes | None:
    """The bundled file's content, decompressed; None where it is not there."""
    path = data_folder() / name
    if not path.is_file():
        return None
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else raw


def write(path: Path, content: bytes) -> None:
    """Write a file; `.gz` is compressed without a time stamp, so that the same content gives the same file."""
    path.write_bytes(gzip.compress(content, 9, mtime=0) if path.suffix == ".gz" else content)


if __name__ == "__main__":
    sys.exit(main())
