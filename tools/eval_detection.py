"""Measures detection on generated trade: `python tools/eval_detection.py [--seeds 10] [--noise] [--json]`.

For each seed a synthetic case is generated, built as a user would build it, and its findings and chains are held
against the answer key. Counts are summed over the seeds; lead time is the median of the seeds' medians. Nothing of
the key is visible to the case. Findings on parties that meet a pattern's definition by chance, in all lines or in those that
noise leaves, count neither for nor against it (`incidental` in docs/demo.md). Figures are printed next to the bars of issue 4.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypedDict, cast

import entrepot
from entrepot.casework import views
from entrepot.demo import ORDINARY_NOISE, generate
from entrepot.demo.answer import patterns
from entrepot.demo.scoring import ChainScore, Found, Key, PatternScore, chain_findings, score, score_chains

RECALL_BAR = {False: 0.90, True: 0.75}
PRECISION_BAR = {False: 0.80, True: 0.65}
LEG_F1_BAR = 0.90
"""Bars of issue 4, without and with noise."""

_FINDINGS = """
SELECT
  findings.indicator AS indicator,
  findings.subject AS subject,
  findings.subject_kind AS subject_kind,
  findings.strength AS strength,
  findings.date_from AS date_from,
  LIST(evidence.row_number) AS row_numbers
FROM findings
INNER JOIN evidence
  ON evidence.finding_id = findings.finding_id
INNER JOIN sources
  ON sources.source_id = evidence.source_id
WHERE sources.kind = 'shipments'
GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Total:
    """One pattern over all seeds."""

    pattern: str
    planted: int
    recall: float
    precision: float | None
    precision_at_k: float | None
    false_alarms_per_1000: float
    lead_days: float | None
    decoys_hit: Mapping[str, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the evaluation; returns 0 whatever the figures are: this measures and does not judge."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, default=10, help="how many seeds")
    parser.add_argument("--first-seed", type=int, default=9001, help="the first of them")
    parser.add_argument("--rows", type=int, default=50_000, help="rows per seed")
    parser.add_argument("--noise", action="store_true", help="spoil the files as issue 4 says")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--missed", action="store_true", help="name what was missed, per seed")
    given = parser.parse_args(arguments)
    runs: list[list[PatternScore]] = []
    chains: list[ChainScore] = []
    for seed in range(given.first_seed, given.first_seed + given.seeds):
        print(f"seed {seed}", file=sys.stderr)
        scores, legs = run_seed(seed, given.rows, noise=given.noise)
        runs.append(scores)
        chains += [legs] if legs is not None else []
        if given.missed:
            for each in scores:
                print(f"  {each.pattern}: missed {', '.join(each.missed) or 'none'}", file=sys.stderr)
    totals = [_total([run[at] for run in runs]) for at in range(len(runs[0]))]
    if given.json:
        legs_out = [asdict(each) for each in chains]
        print(json.dumps({"noise": given.noise, "patterns": [asdict(each) for each in totals], "chains": legs_out}))
    else:
        print(_table(totals, chains, noise=given.noise))
    return 0


def run_seed(seed: int, rows: int, *, noise: bool) -> tuple[list[PatternScore], ChainScore | None]:
    """Generate, build and score one seed; the second value is None where the case has no table of chains."""
    made = generate(seed, rows, noise=ORDINARY_NOISE if noise else None)
    with tempfile.TemporaryDirectory(prefix="entrepot-eval-") as scratch:
        folder = Path(scratch)
        shipments, listed, _ = made.write(folder)
        about = "generated for evaluation"
        case = entrepot.init(folder / "case")
        case.add(shipments, kind="shipments", confirm=lambda _path, _part: True, about=entrepot.About(synthetic=about))
        case.add(
            listed,
            kind="list",
            about=entrepot.About(synthetic=about, list_id="synthetic", list_date=date(2024, 12, 31)),
        )
        case.build()
        found = findings_of(case)
        legs = chains_of(case)
    key = cast("Key", made.key)
    indicators = {name: frozenset(pattern.indicators) for name, pattern in patterns().items()}
    scores = score([*found, *chain_findings(legs or [])], key, indicators)
    return scores, None if legs is None else score_chains(legs, key)


class Shipment(TypedDict):
    """A row of a leg."""

    row: int


class Leg(TypedDict):
    """A leg of a chain as `entrepot chains --json` prints it."""

    shipments: list[Shipment]


def findings_of(case: entrepot.Case) -> list[Found]:
    """The case's findings with their rows of evidence in the shipment file."""
    return [
        Found(
            indicator=row["indicator"],
            subject=row["subject"],
            rows=frozenset(row["row_numbers"]),
            score=row["strength"],
            date=row["date_from"],
            kind=row["subject_kind"],
        )
        for row in case.query(_FINDINGS).to_pylist()
    ]


def chains_of(case: entrepot.Case) -> list[list[frozenset[int]]]:
    """The rows of each leg of each chain with p below .05."""
    return [
        [frozenset(shipment["row"] for shipment in leg["shipments"]) for leg in cast("list[Leg]", chain["legs"])]
        for chain in views.chains(case, limit=0)
    ]


def _total(scores: Sequence[PatternScore]) -> Total:
    planted = sum(each.planted for each in scores)
    right, wrong = sum(each.right for each in scores), sum(each.wrong for each in scores)
    at_k = [each.precision_at_k for each in scores if each.precision_at_k is not None]
    leads = [each.lead_days for each in scores if each.lead_days is not None]
    decoys: dict[str, int] = {}
    for each in scores:
        for kind, count in each.decoys_hit.items():
            decoys[kind] = decoys.get(kind, 0) + count
    return Total(
        pattern=scores[0].pattern,
        planted=planted,
        recall=sum(each.found for each in scores) / planted if planted else 0.0,
        precision=right / (right + wrong) if right + wrong else None,
        precision_at_k=sum(at_k) / len(at_k) if at_k else None,
        false_alarms_per_1000=sum(each.false_alarms_per_1000 for each in scores) / len(scores),
        lead_days=median(leads) if leads else None,
        decoys_hit=decoys,
    )


def _table(totals: Sequence[Total], chains: Sequence[ChainScore], *, noise: bool) -> str:
    recall_bar, precision_bar = RECALL_BAR[noise], PRECISION_BAR[noise]
    lines = [
        f"{'pattern':24}{'n':>5}{'recall':>8}{'prec.':>8}{'@k':>7}{'false/1000':>12}{'lead d':>8}  "
        f"bars: recall {recall_bar:.2f}, precision {precision_bar:.2f}"
    ]
    for each in totals:
        met = each.recall >= recall_bar and (each.precision or 0.0) >= precision_bar
        decoys = ", ".join(f"{kind} {count}" for kind, count in sorted(each.decoys_hit.items()))
        lines.append(
            f"{each.pattern:24}{each.planted:>5}{each.recall:>8.2f}{_shown(each.precision):>8}"
            f"{_shown(each.precision_at_k):>7}{each.false_alarms_per_1000:>12.2f}"
            f"{'' if each.lead_days is None else round(each.lead_days):>8}  {'met' if met else 'below'}"
            + (f" (decoys: {decoys})" if decoys else "")
        )
    if chains:
        leg = sum(each.leg_f1 for each in chains) / len(chains)
        link = sum(each.link_f1 for each in chains) / len(chains)
        lines.append(f"chain legs: F1 {leg:.3f} (bar {LEG_F1_BAR:.2f}), links between legs: F1 {link:.3f}")
    else:
        lines.append("chain legs: this version has no table of chains")
    if noise:
        lines.append("not counted: parties that meet a definition by chance in the rows that are left (docs/demo.md)")
    return "\n".join(lines)


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
