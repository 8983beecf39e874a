"""Measures loading and incremental builds against DuckDB's own copy of the same file, in one run, as ratios.

    python tools/bench.py [--rows 5000000] [--runs 3]

The file is generated (synthetic) in a temporary folder. Times are wall-clock seconds of whole processes; the ratio is taken
run by run, in turn, and its median is printed beside the bar.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COPY = """
import duckdb, sys
duckdb.sql(f"COPY (FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}' (FORMAT parquet)")
"""

LOAD = """
import sys
from pathlib import Path
from entrepot.casework.config import PartConfig
from entrepot.casework.recognise import recognise
from entrepot.casework.steps_reading import columns_of
from entrepot.readers import shipments
found = recognise(sys.argv[1])[0]
columns = columns_of(found.part, found.config)
target = Path(sys.argv[2])
loaded = shipments.load(found.part, columns, 'bench', target, target.parent)
assert loaded.rows_kept == loaded.rows_in
"""

BUILD = """
import sys
from entrepot.casework.case import Case
case = Case(sys.argv[1])
case.build()
"""


def timed(code: str, *arguments: str) -> tuple[float, float]:
    """Seconds of wall time and peak memory in MiB of a Python process that runs `code`."""
    before = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments])
    _, status, usage = __import__("os").wait4(process.pid, 0)
    seconds = time.monotonic() - before
    if status:
        sys.exit(f"a measured process failed with status {status}")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """Print the two measures of the spine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    from entrepot.casework.case import Case
    from entrepot.demo import generate_big

    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as name:
        folder = Path(name)
        big, more = folder / "synthetic_big.csv", folder / "synthetic_more.csv"
        started = time.monotonic()
        generate_big(big, chosen.rows, 1)
        generate_big(more, chosen.rows // 100, 2)
        size = big.stat().st_size / 2**20
        print(
            f"generated {chosen.rows:,} synthetic rows ({size:,.0f} MiB) in {time.monotonic() - started:.0f} s",
            flush=True,
        )
        copies, loads, ratios, peaks = [], [], [], []
        for run in range(chosen.runs):
            copy, _ = timed(COPY, str(big), str(folder / "copy.parquet"))
            load, peak = timed(LOAD, str(big), str(folder / "load.parquet"))
            copies.append(copy)
            loads.append(load)
            ratios.append(copy / load)
            peaks.append(peak)
            print(f"  run {run + 1}: DuckDB's copy {copy:.1f} s, load {load:.1f} s, peak {peak:,.0f} MiB", flush=True)
        print(f"load: {statistics.median(ratios):.2f} of the speed of DuckDB's own copy (bar 0.50), ", end="")
        print(
            f"{chosen.rows / statistics.median(loads):,.0f} rows/s, peak memory {max(peaks):,.0f} MiB (bar 4096)",
            flush=True,
        )
        case = Case.init(folder / "case")
        case.add(big, confirm=lambda _path, _part: True)
        full, peak = timed(BUILD, str(case.folder))
        case.add(more, confirm=lambda _path, _part: True)
        again, _ = timed(BUILD, str(case.folder))
        print(
            f"full build {full:.1f} s (peak {peak:,.0f} MiB), build after 1% more {again:.1f} s: {again / full:.3f} (bar 0.100)"
        )
        print(f"this process peaked at {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main()
