"""Rank synthetic Korean import declarations by how anomalous they are, without labels and learned from them; precision at 5%.

    python tools/eval_anomaly.py [../shared/data]

Data: Customs-Declaration-Datasets (MIT), synthetic: made by CTGAN from inspected declarations. Its test split is not used; the
validation part is the held-out part. Features are counted on the training part only (labels of a row never enter its own
features: shares by party and goods come from earlier days). Needs lightgbm for the learned ranking (development only).
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Row = dict[str, str]
Floats = npt.NDArray[np.float64]
BAR = 0.833
CATEGORIES = (
    "Office ID", "Process Type", "Import Type", "Import Use", "Payment Type", "Mode of Transport", "Declarant ID",
    "Importer ID", "Seller ID", "Courier ID", "HS6 Code", "Country of Departure", "Country of Origin", "Tax Type",
    "Country of Origin Indicator",
)  # fmt: skip
PAIRS = (
    ("HS6 Code", "Country of Origin"), ("HS6 Code", "Tax Type"), ("HS6 Code", "Importer ID"), ("Importer ID", "Seller ID"),
    ("Declarant ID", "HS6 Code"), ("Country of Origin", "Country of Origin Indicator"), ("Country of Origin", "Tax Type"),
    ("Country of Origin", "Country of Departure"), ("Seller ID", "HS6 Code"), ("Importer ID", "Declarant ID"),
)  # fmt: skip
SMOOTHING = 10.0


def main(folder: Path) -> None:
    """Print precision at 1%, 5% and 10% of both rankings."""
    train, valid = load(folder / "df_syn_train_eng.csv"), load(folder / "df_syn_valid_eng.csv")
    labels = np.array([row["Fraud"] == "1" for row in valid])
    print(f"train {len(train)}, held out {len(valid)}, base rate {labels.mean():.3f}")
    report("without labels", unlabelled(train, valid), labels)
    report("learned (LightGBM)", learned(train, valid), labels)


def load(path: Path) -> list[Row]:
    """Rows in order of date."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return sorted(csv.DictReader(handle), key=lambda row: row["Date"])


def unlabelled(train: Sequence[Row], rows: Sequence[Row]) -> Floats:
    """Robust z of the unit price in its comparison group, and how rare the combination of values is; no label is read."""
    prices = price_distance(train, rows)
    rarity = np.zeros(len(rows))
    for pair in PAIRS:
        both = counts(train, lambda row, pair=pair: tuple(row[c] for c in pair))  # type: ignore[misc]  # bound early
        first = counts(train, lambda row, pair=pair: row[pair[0]])  # type: ignore[misc]  # bound early
        rarity += np.array(
            [-math.log((both.get(tuple(r[c] for c in pair), 0) + 0.5) / (first.get(r[pair[0]], 0) + 1.0)) for r in rows]
        )
    return ranks(np.abs(prices)) + ranks(rarity)


def learned(train: Sequence[Row], rows: Sequence[Row]) -> Floats:
    """Probability by LightGBM; the number of trees is chosen on the last fifth of the training part."""
    import lightgbm

    features, held = past_features(train, rows)
    target = np.array([row["Fraud"] == "1" for row in train], dtype=float)
    cut = int(len(train) * 0.8)
    settings = {
        "objective": "binary", "learning_rate": 0.05, "num_leaves": 31, "min_data_in_leaf": 60, "feature_fraction": 0.6,
        "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1, "seed": 7, "num_threads": 1,
    }  # fmt: skip
    probe = lightgbm.train(
        settings,
        lightgbm.Dataset(features[:cut], target[:cut]),
        num_boost_round=400,
        valid_sets=[lightgbm.Dataset(features[cut:], target[cut:])],
        callbacks=[lightgbm.early_stopping(40, verbose=False)],
    )
    rounds = max(50, int(probe.best_iteration / 0.8))
    model = lightgbm.train(settings, lightgbm.Dataset(features, target), num_boost_round=rounds)
    return np.asarray(model.predict(held))


def past_features(train: Sequence[Row], rows: Sequence[Row]) -> tuple[Floats, Floats]:
    """Features of both parts. Shares of labelled rows by value count only rows of earlier days, smoothed to the base rate."""
    base = np.mean([row["Fraud"] == "1" for row in train])
    everything = [*train, *rows]
    keys: list[Callable[[Row], object]] = [lambda row, c=c: row[c] for c in CATEGORIES]  # type: ignore[misc]  # bound early
    keys += [lambda row, pair=pair: tuple(row[c] for c in pair) for pair in PAIRS]  # type: ignore[misc]  # bound early
    keys += [lambda row: row["HS6 Code"][:4], lambda row: row["HS6 Code"][:2]]
    columns: list[Floats] = []
    for key in keys:
        seen: dict[object, list[float]] = defaultdict(lambda: [0.0, 0.0])
        waiting: list[tuple[str, object, float]] = []
        share, count = np.zeros(len(everything)), np.zeros(len(everything))
        for at, row in enumerate(everything):
            while waiting and waiting[0][0] < row["Date"]:
                _, value, label = waiting.pop(0)
                seen[value][0] += label
                seen[value][1] += 1
            fraud, n = seen[key(row)]
            share[at] = (fraud + SMOOTHING * base) / (n + SMOOTHING)
            count[at] = n
            if at < len(train):
                waiting.append((row["Date"], key(row), float(row["Fraud"] == "1")))
        columns += [share, np.log1p(count)]
    prices = price_distance(train, everything)
    mass = np.array([math.log1p(number(r["Net Mass"])) for r in everything])
    value = np.array([math.log1p(number(r["Item Price"])) for r in everything])
    tax = np.array([number(r["Tax Rate"]) for r in everything])
    missing = np.array([[r["Seller ID"] == "", r["Courier ID"] == ""] for r in everything], dtype=float)
    abroad = np.array([r["Country of Origin"] != r["Country of Departure"] for r in everything], dtype=float)
    table = np.column_stack([*columns, prices, mass, value, value - mass, tax, missing, abroad])
    return table[: len(train)], table[len(train) :]


def price_distance(train: Iterable[Row], rows: Iterable[Row]) -> Floats:
    """0.6745 (ln p - median) / MAD of the price per kilogram, among the HS6 (n of at least 30) or its chapter."""
    groups: dict[str, list[float]] = defaultdict(list)
    for row in train:
        price = unit_price(row)
        if price is not None:
            for digits in (6, 2):
                groups[row["HS6 Code"][:digits]].append(price)
    spread = {}
    for code, prices in groups.items():
        if len(prices) >= 30:
            median = float(np.median(prices))
            spread[code] = (median, max(float(np.median(np.abs(np.array(prices) - median))), 0.02))
    found = []
    for row in rows:
        price = unit_price(row)
        group = spread.get(row["HS6 Code"]) or spread.get(row["HS6 Code"][:2])
        found.append(0.0 if price is None or group is None else 0.6745 * (price - group[0]) / group[1])
    return np.array(found)


def unit_price(row: Row) -> float | None:
    """Natural logarithm of the price per kilogram; None where it has none."""
    mass, value = number(row["Net Mass"]), number(row["Item Price"])
    return math.log(value / mass) if mass > 0 and value > 0 else None


def number(text: str) -> float:
    """0 where there is none."""
    return float(text) if text else 0.0


def counts(rows: Iterable[Row], key: Callable[[Row], object]) -> dict[object, int]:
    """Rows by key."""
    found: dict[object, int] = defaultdict(int)
    for row in rows:
        found[key(row)] += 1
    return found


def ranks(values: Floats) -> Floats:
    """Rank of each value, 0 to 1."""
    return np.argsort(np.argsort(values, kind="stable"), kind="stable") / len(values)


def report(name: str, scores: Floats, labels: npt.NDArray[np.bool_]) -> None:
    """Precision among the highest scores, and AUC."""
    order = np.argsort(-scores, kind="stable")
    parts = []
    for share in (0.01, 0.05, 0.10):
        k = max(1, round(len(order) * share))
        parts.append(f"precision@{share:.0%} {labels[order[:k]].mean():.3f}")
    position = ranks(scores) * len(scores) + 1
    positive = labels.sum()
    auc = (position[labels].sum() - positive * (positive + 1) / 2) / (positive * (len(labels) - positive))
    at_five = labels[order[: max(1, round(len(order) * 0.05))]].mean()
    verdict = f"  bar {BAR} at 5% {'met' if at_five >= BAR else 'MISSED'}" if name.startswith("learned") else ""
    print(f"{name}: {', '.join(parts)}, AUC {auc:.3f}{verdict}")


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not (given / "trade" / "korea_declarations").is_dir():
        sys.exit(f"{given} holds no trade/korea_declarations: give the folder of data")
    main(given / "trade" / "korea_declarations")
