"""Times chains against DuckDB's bare join of the same legs: `python tools/bench_routes.py [--rows 10000000] [--json]`.

Shipments are drawn at random: companies of very different size, half of which both buy and sell, a few hundred goods, five
years of days. Everything is measured in one run on arrays in memory, ours with its kernels compiled beforehand, DuckDB
with the tables loaded. Bars of issue 4: candidate legs within 1x of the join, whole chains within 10x, memory under 6 GiB.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import duckdb
import numpy as np
import pyarrow as pa

from entrepot.routes.chains import coding
from entrepot.routes.chains.cells import candidate_legs, same_goods
from entrepot.routes.chains.finding import PERMUTATIONS, SEED, SLACK, WINDOW_DAYS, found_lots
from entrepot.routes.chains.paths import paths

T = TypeVar("T")

LEGS_BAR, CHAINS_BAR, MEMORY_BAR_GIB = 1.0, 10.0, 6.0
"""Issue 4."""

JOIN = """
SELECT
  COUNT(*) AS legs,
  SUM(came.place + went.place) AS places
FROM shipments AS came
INNER JOIN shipments AS went
  ON went.shipper = came.consignee
  AND went.hs = came.hs
  AND went.day BETWEEN came.day AND came.day + $window
  AND went.kg <= came.kg * (1.0 + $slack)
"""
"""The bare join, with nothing written: the least that DuckDB can do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns 1 where a bar is missed or the two answers differ."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    warm = shipments(20_000, given.seed)
    _legs(warm)
    _chains(warm)
    coded = shipments(given.rows, given.seed)
    join_seconds, joined, places = _join(coded)
    base = _memory_gib()
    legs_seconds, (came, went) = _timed(lambda: _legs(coded))
    same = len(came) == joined and int(came.sum() + went.sum()) == places
    del came, went
    chains_seconds, (found, chains, beyond) = _timed(lambda: _chains(coded))
    result = {
        "rows": given.rows,
        "candidate_legs": joined,
        "same_legs": same,
        "duckdb_join_seconds": round(join_seconds, 2),
        "legs_seconds": round(legs_seconds, 2),
        "legs_ratio": round(legs_seconds / join_seconds, 2),
        "chains_seconds": round(chains_seconds, 2),
        "chains_ratio": round(chains_seconds / join_seconds, 2),
        "lots_below_05": found,
        "weaker_lots": beyond,
        "chains": chains,
        "peak_memory_gib": round(_memory_gib(), 2),
        "peak_after_duckdb_gib": round(base, 2),
    }
    met = same and legs_seconds <= LEGS_BAR * join_seconds and chains_seconds <= CHAINS_BAR * join_seconds
    met = met and _memory_gib() <= MEMORY_BAR_GIB
    if given.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:24}{value:>16,}" if not isinstance(value, bool) else f"{name:24}{value!s:>16}")
        print(
            f"bars: legs {LEGS_BAR}x, chains {CHAINS_BAR}x, memory {MEMORY_BAR_GIB} GiB: {'met' if met else 'missed'}"
        )
    return 0 if met else 1


def shipments(rows: int, seed: int) -> coding.Coded:
    """Random shipments, as coded arrays."""
    draw = np.random.default_rng(seed)
    companies, goods, countries = max(50, rows // 100), 300, 40
    # Pareto-sized companies: one per cent of them has a third of the trade.
    size = draw.pareto(1.2, companies) + 1.0
    cumulated = np.cumsum(size) / size.sum()
    shipper = np.searchsorted(cumulated, draw.random(rows)).astype(np.int32)
    # Consignees are half of those who ship, and as many who do not.
    consignee = np.searchsorted(cumulated, draw.random(rows)).astype(np.int32) + np.int32(companies // 2)
    # A company trades in few goods: its own four by preference.
    own = (shipper % 2 == 0).astype(np.int32)
    of = np.where(own, shipper, consignee)
    hs = ((of * 7 + draw.integers(0, 4, rows)) % goods).astype(np.int32)
    home = (np.arange(companies + companies // 2 + 1) * 13 % countries).astype(np.int32)
    day = draw.integers(18_000, 19_826, rows).astype(np.int32)
    kg = draw.lognormal(6.0, 1.0, rows)
    usable = (shipper != consignee) & (home[shipper] != home[consignee])
    return coding.Coded(
        shipper, consignee, [f"c{at}" for at in range(len(home))], hs, [f"{100000 + at}" for at in range(goods)], day, day, kg,
        np.zeros(rows, np.int8), home[shipper], home[consignee], [f"{at}" for at in range(countries)], usable,
    )  # fmt: skip


def _join(coded: coding.Coded) -> tuple[float, int, int]:
    """Seconds of the join alone, without loading; legs; their places summed."""
    rows = np.flatnonzero(coded.usable)
    table = pa.table({"place": rows, "shipper": coded.shipper[rows], "consignee": coded.consignee[rows], "hs": coded.hs[rows], "day": coded.start[rows], "kg": coded.kg[rows]})  # fmt: skip
    with duckdb.connect() as connection:
        connection.register("arrow", table)
        connection.execute("CREATE TABLE shipments AS SELECT * FROM arrow")
        begin = time.perf_counter()
        legs, places = connection.execute(JOIN, {"window": WINDOW_DAYS, "slack": SLACK}).fetchall()[0]
        seconds = time.perf_counter() - begin
    return seconds, int(legs), int(places or 0)


def _legs(coded: coding.Coded) -> tuple[np.ndarray, np.ndarray]:
    return candidate_legs(same_goods(coded), coded.start, coded.end, coded.kg, WINDOW_DAYS, SLACK)


def _chains(coded: coding.Coded) -> tuple[int, int, int]:
    found, _, beyond = found_lots(
        coded, window_days=WINDOW_DAYS, slack=SLACK, permutations=PERMUTATIONS, seed=SEED, most_weaker=2_000
    )
    return sum(lot.p_value < 0.05 for lot in found), len(paths(found)), beyond


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begin = time.perf_counter()
    done = work()
    return time.perf_counter() - begin, done


def _memory_gib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    sys.exit(main())
