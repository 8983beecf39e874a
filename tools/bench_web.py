"""Measures the workbench on a generated case: the 95th percentile of each page with four users at a time.

    python tools/bench_web.py [--rows 10000000] [--case FOLDER] [--requests 40]

The shipments are generated (synthetic) in a temporary folder, or in FOLDER, where a later run finds them again. Goods texts are
not classified, which takes most of a build and changes no page's layout. The server is a process of its own; the first
request of each kind counts too. Bars: 300 ms, 2 GiB, 300 kB gzipped for the largest page. Beside the time that a reader waits stands the
processor time that the server takes for a request: it says the same on a machine that other work keeps busy.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx

BAR_SECONDS, BAR_BYTES, BAR_MEMORY_MIB = 0.3, 300_000, 2_048
USERS = 4
LEFT_OUT = ("goods_classes:", "goods_controls:")
"""Steps that the measured case goes without."""


def main() -> None:
    """Build, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--case", type=Path)
    parser.add_argument("--requests", type=int, default=40, help="requests of each kind of page")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-web-") as name:
        folder = chosen.case or Path(name) / "case"
        if not (folder / "tables" / "manifest.json").exists():
            build(folder, chosen.rows)
        measure(folder, chosen.requests)


def build(folder: Path, rows: int) -> None:
    """Generate and build a case of `rows` synthetic shipments."""
    from entrepot.casework.case import About, Case
    from entrepot.casework.plan import plan
    from entrepot.demo import generate_big
    from entrepot.demo.files import data_files
    from entrepot.engine.duck import DuckDB
    from entrepot.engine.steps import run

    started = time.monotonic()
    case = Case.init(folder)
    source = generate_big(folder / "synthetic_big.csv", rows, seed=11)
    case.add(source, about=About(synthetic="generated for a measurement"), confirm=lambda _path, _part: True)
    source.unlink()
    for file in data_files():
        if file.kind in ("list", "report"):
            case.add(file.path, kind=file.kind, about=About(list_id=file.list_id, list_date=file.list_date))
    steps = [step for step in plan(case.config, folder) if not step.key.startswith(LEFT_OUT)]
    engine = DuckDB(case.store.scratch, memory="8GiB")
    try:
        run(steps, case.store, engine, lambda e: print(f"{e.step.key}: {e.seconds:.0f} s", file=sys.stderr) if e.kind == "end" and e.seconds > 5 else None)  # fmt: skip
    finally:
        engine.close()
    print(f"case of {rows:,} shipments built in {time.monotonic() - started:,.0f} s (without {', '.join(LEFT_OUT)})")


def measure(folder: Path, requests: int) -> None:
    """Serve the case, ask each kind of page with four users at a time, print figures beside the bars."""
    started = time.monotonic()
    server = subprocess.Popen(
        [sys.executable, "-m", "entrepot", "serve", str(folder), "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr is not None
        address = next(m[0] for line in server.stderr if (m := re.search(r"http://[\d.]+:\d+/", line)))
        print(f"pages laid out and served after {time.monotonic() - started:,.0f} s")
        kinds = addresses(folder, requests)
        print(
            f"{'page':<12} {'requests':>8} {'median ms':>10} {'p95 ms':>8} {'bar ms':>7} {'processor ms':>13} {'most kB gzipped':>16}"
        )
        worst_seconds, worst_bytes = 0.0, 0
        for kind, paths in kinds.items():
            before = processor_seconds(server.pid)
            with ExitStack() as users:
                clients = [users.enter_context(httpx.Client(base_url=address, timeout=60)) for _ in range(USERS)]
                with ThreadPoolExecutor(USERS) as pool:
                    taken = list(pool.map(ask, itertools.cycle(clients), paths))
            taken_each = (processor_seconds(server.pid) - before) / len(paths)
            seconds = sorted(s for s, _ in taken)
            p95 = seconds[min(len(seconds) - 1, round(0.95 * len(seconds)))]
            size = max(n for _, n in taken)
            worst_seconds, worst_bytes = max(worst_seconds, p95), max(worst_bytes, size)
            print(f"{kind:<12} {len(paths):>8} {statistics.median(seconds) * 1000:>10.0f} {p95 * 1000:>8.0f} {BAR_SECONDS * 1000:>7.0f} {taken_each * 1000:>13.0f} {size / 1000:>16.1f}")  # fmt: skip
        peak = memory(server.pid)
        print(f"slowest p95 {worst_seconds * 1000:.0f} ms (bar {BAR_SECONDS * 1000:.0f}), largest page {worst_bytes / 1000:.1f} kB (bar {BAR_BYTES / 1000:.0f}), memory {peak:,.0f} MiB (bar {BAR_MEMORY_MIB:,})")  # fmt: skip
    finally:
        server.terminate()
        server.wait()


def addresses(folder: Path, n: int) -> dict[str, list[str]]:
    """For each kind of page the addresses to ask: the largest subjects first, then any."""
    from entrepot.casework.case import Case

    case = Case(folder)
    dice = random.Random(3)

    def values(sql: str) -> list[tuple[str, ...]]:
        return [tuple(str(v) for v in row.values()) for row in case.query(sql).to_pylist()]

    half = n // 2
    parties = values(f"(SELECT party_id, name FROM parties ORDER BY rows DESC LIMIT {half}) UNION ALL (SELECT party_id, name FROM parties USING SAMPLE {half} ROWS (reservoir, 5))")  # fmt: skip
    codes = values(f"SELECT hs6 FROM trade WHERE hs6 IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT {n}")
    rows = values(f"SELECT source_id, row_number FROM trade USING SAMPLE {n} ROWS (reservoir, 5)")
    found = values(f"SELECT finding_id FROM findings ORDER BY rows DESC LIMIT {n}")
    chains = values(f"SELECT chain_id FROM chains ORDER BY score DESC LIMIT {n}")
    words = [typo(name, dice) if at % 2 else name for at, (_, name) in enumerate(parties)]
    encode = httpx.QueryParams
    return {
        "search": [f"/search?{encode({'q': word})}" for word in words],
        "start": ["/"] * n,
        "findings": [f"/findings?findings.page={1 + at % 5}" for at in range(n)],
        "finding": [f"/findings/{f}" for (f,) in found],
        "parties": [f"/parties?{encode({'parties.name': word[:5]})}" for word in words],
        "party": [f"/party/{party}" for party, _ in parties],
        "record": [f"/record/{source}/{row}" for source, row in rows],
        "routes": [f"/routes?hs={code[:4]}" for (code,) in codes[: n // 2]] + ["/routes"] * (n // 2),
        "shipments": [f"/shipments?shipments.hs6={code}" for (code,) in codes[: n // 2]] + ["/shipments"] * (n // 2),
        "chain": [f"/chain/{chain}" for (chain,) in chains],
        "goods": ["/goods"] * n,
        "code": [f"/goods/{code}" for (code,) in codes],
        "lists": ["/lists"] * n,
        "reports": ["/reports"] * n,
        "sources": ["/sources"] * n,
        "review": ["/review"] * n,
        "map": [f"/data/lanes.json?hs={code[:4]}" for (code,) in codes],
        "graph": [f"/data/party/{party}/graph.json" for party, _ in parties],
    }


def typo(name: str, dice: random.Random) -> str:
    """A name with two letters exchanged."""
    at = dice.randrange(max(1, len(name) - 1))
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def ask(client: httpx.Client, path: str) -> tuple[float, int]:
    """Seconds until the whole answer is there, and its bytes as transferred."""
    started = time.monotonic()
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        size = sum(len(piece) for piece in answer.iter_raw())
    seconds = time.monotonic() - started
    if answer.status_code not in (200, 303):
        sys.exit(f"{path} answered {answer.status_code}")
    return seconds, size


def processor_seconds(pid: int) -> float:
    """Processor time of a process so far, of all its threads (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Peak resident memory of a process in MiB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    main()
