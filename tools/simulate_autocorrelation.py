"""Makes src/entrepot/routes/statistics/data/autocorrelation.tsv: how much fitting three levels hides of autocorrelation.

Run from the repository root: `python tools/simulate_autocorrelation.py`. For each length and each true first-order
autocorrelation, the median of the autocorrelation that is left in the residuals around the best three levels, over simulated
series without any break. The seed is fixed, so that the file can be checked.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from entrepot.routes.statistics import supf

OUT = Path("src/entrepot/routes/statistics/data/autocorrelation.tsv")
LENGTHS = (9, 12, 16, 20, 26, 34, 44, 58, 76, 100, 150, 250, 400)
TRUE = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97)
DRAWS = 300


def main() -> None:
    random = np.random.default_rng(20220224)
    lines = [
        "# Median first-order autocorrelation left in the residuals around the best three levels of a series without any break,",
        f"# by length and true autocorrelation; {DRAWS} simulated series each, by tools/simulate_autocorrelation.py.",
        "periods\t" + "\t".join(str(rho) for rho in TRUE),
    ]
    for n in LENGTHS:
        medians = []
        for rho in TRUE:
            noise = supf._noise(random, n, DRAWS, rho)
            left = [supf.raw_autocorrelation(supf.around_two_breaks(noise[:, i])) for i in range(DRAWS)]
            medians.append(f"{np.median(left):.3f}")
        lines.append(f"{n}\t" + "\t".join(medians))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
