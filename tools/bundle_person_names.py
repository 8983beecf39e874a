"""Writes parties/data/person_names.txt.xz: forms of one person's name across languages, from Wikidata as rigour ships it.

Needs the package `rigour` (MIT), which is not a dependency: it pulls PyICU, which compiles. Wikidata's data is CC0.
"""

from __future__ import annotations

import lzma
import sys
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa

TARGET = Path(__file__).resolve().parent.parent / "src/entrepot/parties/data/person_names.txt.xz"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


def embedded(library: bytes) -> str:
    """The name list that the compiled library carries as a zstd frame."""
    at = 0
    longest = b""
    while (at := library.find(ZSTD_MAGIC, at)) >= 0:
        found = bytearray()
        with pa.CompressedInputStream(pa.BufferReader(library[at:]), "zstd") as stream:
            try:
                while chunk := stream.read(1):
                    found += chunk
                    found += stream.read(65_535) if len(found) < 8 << 20 else b""
            except OSError:
                pass
        if b" => Q" in found[:1000] and len(found) > len(longest):
            longest = bytes(found)
        at += 4
    return longest.decode("utf-8", "ignore")


def main() -> None:
    """One line a name: its single-word forms, joined by spaces; the order is that of Wikidata's numbers."""
    spec = find_spec("rigour")
    if spec is None or spec.origin is None:
        sys.exit("needs rigour: pip install rigour")
    (path,) = Path(spec.origin).parent.glob("_core*.so")
    lines = []
    for line in embedded(path.read_bytes()).splitlines():
        forms, _, _ = line.partition(" => ")
        words = [w for w in (form.strip() for form in forms.split(",")) if w.isalpha() and len(w) > 1]
        if len(words) > 1:
            lines.append(" ".join(dict.fromkeys(words)))
    lines = sorted(set(lines))
    TARGET.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{len(lines)} names, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
