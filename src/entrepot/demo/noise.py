"""What spoils real files: misspelt names, missing weights, wrong codes, dates without a day, missing rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from entrepot.demo import names
from entrepot.demo.dice import Dice
from entrepot.demo.records import Line
from entrepot.demo.vocabulary import products


@dataclass(frozen=True, slots=True)
class Noise:
    """Shares of rows, 0 to 1, that are spoilt in each way; each row and each way is drawn on its own."""

    respelled_names: float = 0.0
    missing_weights: float = 0.0
    wrong_hs: float = 0.0
    month_only_dates: float = 0.0
    missing_rows: float = 0.0


ORDINARY_NOISE = Noise(respelled_names=0.2, missing_weights=0.2, wrong_hs=0.05, month_only_dates=0.2, missing_rows=0.2)
"""The noise of issue 4; where it names no share, a fifth."""


def spoil(lines: Sequence[Line], noise: Noise, seed: int) -> tuple[list[Line], set[int]]:
    """The lines that remain, spoilt, and the uids of those whose date keeps only its month."""
    dice = Dice(seed, "noise")
    codes = sorted({g.hs2022 for g in products().values()})
    kept: list[Line] = []
    monthly: set[int] = set()
    for line in lines:
        drop, shipper, consignee, weight, code, date = (dice.unit() for _ in range(6))
        if drop < noise.missing_rows:
            continue
        if shipper < noise.respelled_names:
            line = replace(line, shipper_name=names.respell(line.shipper_name, dice))
        if consignee < noise.respelled_names:
            line = replace(line, consignee_name=names.respell(line.consignee_name, dice))
        if weight < noise.missing_weights:
            line = replace(line, net_kg=0.0, gross_kg=0.0)
        if code < noise.wrong_hs:
            line = replace(line, hs=dice.pick([c for c in codes if c != line.hs[:6]]) + line.hs[6:])
        if date < noise.month_only_dates:
            monthly.add(line.uid)
        kept.append(line)
    return kept, monthly
