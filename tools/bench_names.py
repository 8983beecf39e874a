"""Time the name craft beside LogicV2, on the same queries, list and cores in one run.

    python tools/bench_names.py [--data FOLDER] [--list 100000] [--queries 20000] [--logicv2 PYTHON]

List names are the OFAC names (2026) with spellings of them made by a seeded generator up to `--list`; queries are half
spellings of list names and half names made of other words. What is generated is synthetic and stays in memory.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from entrepot.parties.analyse import ORGANISATION
from entrepot.parties.compare import compare_pairs, score_all
from entrepot.parties.index import NameIndex

REPOSITORY = Path(__file__).resolve().parent.parent
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared" / "data")
    parser.add_argument("--list", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--logicv2", help="Python interpreter with nomenklatura")
    given = parser.parse_args()
    rng = random.Random(SEED)
    names = listed(given.data)
    words = sorted({word for name in names for word in name.replace(",", " ").split()})
    base = list(names)
    while len(names) < given.list:
        names.append(respelled(rng.choice(base), rng) if rng.random() < 0.5 else made(words, rng))
    queries = [
        respelled(rng.choice(names), rng) if rng.random() < 0.5 else made(words, rng) for _ in range(given.queries)
    ]
    compare_pairs(names[:200], names[200:400])  # compiles, or loads what was compiled
    NameIndex.build(names[:50]).search(names[:50])
    start = time.perf_counter()
    index = NameIndex.build(names)
    print(f"index of {len(names):,} names: {time.perf_counter() - start:.1f} s", flush=True)
    start = time.perf_counter()
    hits = index.search(queries, least=0.65)
    spent = time.perf_counter() - start
    print(
        f"screened {len(queries):,} names end to end: {len(queries) / spent:,.0f} names/s ({len(hits.query):,} results); bar 3,000, aim 16,000",
        flush=True,
    )
    left, right = index.candidates(queries[: min(5000, len(queries))], 20)
    lefts, rights = [queries[k] for k in left], [names[k] for k in right]
    start = time.perf_counter()
    compare_pairs(lefts, rights, "Company")
    ours = len(lefts) / (time.perf_counter() - start)
    analysed = index.analyser.batch([*lefts, *rights], [ORGANISATION] * (2 * len(lefts)))
    pairs = np.arange(len(lefts), dtype=np.int64)
    start = time.perf_counter()
    score_all(index.analyser, analysed, analysed, pairs, pairs + len(lefts))
    warm = len(lefts) / (time.perf_counter() - start)
    print(
        f"scored given pairs: {warm:,.0f} pairs/s, names analysed before, as the reference's are when warm; "
        f"{ours:,.0f} pairs/s from strings ({len(lefts):,} pairs); bar 100,000, aim 1,000,000"
    )
    print(
        f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB; bar 4, aim 2 for 1 M names"
    )
    if given.logicv2:
        some = np.random.default_rng(SEED).choice(len(lefts), min(3000, len(lefts)), replace=False)
        rate = logicv2([(lefts[k], rights[k]) for k in some], given.logicv2)
        print(
            f"LogicV2 on {len(some):,} of the same pairs, warm: {rate:,.0f} pairs/s; ours is {warm / rate:,.0f} times that warm, {ours / rate:,.0f} times from strings"
        )


def listed(data: Path) -> list[str]:
    names: list[str] = []
    with (data / "lists" / "ofac_sdn_2026" / "ofac-sdn.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names.append(row["name"])
            names += [alias.strip() for alias in (row["alternate_names"] or "").split(";") if alias.strip()]
    return names


def respelled(name: str, rng: random.Random) -> str:
    """A letter dropped, doubled or changed, or two words in the other order."""
    at = rng.randrange(len(name))
    kind = rng.random()
    if kind < 0.3:
        return name[:at] + name[at + 1 :]
    if kind < 0.5:
        return name[:at] + name[at] + name[at:]
    if kind < 0.7:
        return name[:at] + rng.choice("AEIOUSTNR") + name[at + 1 :]
    words = name.split()
    rng.shuffle(words)
    return " ".join(words)


def made(words: list[str], rng: random.Random) -> str:
    return " ".join(rng.choice(words) for _ in range(rng.randint(2, 4)))


_LOGICV2 = """
import json, sys, time
from followthemoney import EntityProxy
from nomenklatura.matching import LogicV2
config = LogicV2.default_config()
pairs = json.load(open(sys.argv[1]))
made = [tuple(EntityProxy.from_dict({"id": f"{s}{k}", "schema": "Company", "properties": {"name": [n]}}, cleaned=False) for s, n in zip("lr", p)) for k, p in enumerate(pairs)]
for a, b in made: LogicV2.compare(a, b, config)
start = time.perf_counter()
for a, b in made: LogicV2.compare(a, b, config)
print(len(made) / (time.perf_counter() - start))
"""


def logicv2(pairs: list[tuple[str, str]], python: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.json"
        path.write_text(json.dumps(pairs), "utf-8")
        return float(
            subprocess.run([python, "-c", _LOGICV2, str(path)], check=True, capture_output=True, text=True).stdout
        )


if __name__ == "__main__":
    main()
