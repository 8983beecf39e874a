"""Learn the costs of `entrepot.parties.translit` from pairs of name tokens (CC0) and write `data/translit.tsv`.

    python tools/train_translit.py [FOLDER]     FOLDER with `wd_russian_64`, ... (Latin, letters, count)

Only the training part (`_64`) is read; 2,000 pairs of each are kept aside to set the scale of likeness.
"""

from __future__ import annotations

import math
import random
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numba import njit

from entrepot.parties.text import fold
from entrepot.parties.translit import LEARNED as LONGEST
from entrepot.parties.translit import UNSEEN, UNSEEN_PER_LETTER, letters

REPOSITORY = Path(__file__).resolve().parent.parent
LANGUAGES = {"russian": "Cyrl", "arabic": "Arab", "hebrew": "Hebr", "chinese": "Hani", "korean": "Hang"}
ROUNDS = 8
DISCOUNT = (
    0.3  # expected counts below this are dropped in the last rounds; halves the file at no loss on the held-out part
)
HELD_OUT = 2000
MOST = 60_000


def main() -> None:
    folder = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY.parent / "shared" / "data" / "names" / "transliteration"
    )
    lines = ["script\tletter\tlatin\tcost"]
    lines.append(
        "# source of every row: name pairs of steveash/NETransliteration-COLING2018 (wd_*_64, CC0), "
        "learned by tools/train_translit.py"
    )
    for language, script in LANGUAGES.items():
        pairs = read(folder / f"wd_{language}_64", script)
        random.Random(1).shuffle(pairs)
        held_out, pairs = pairs[:HELD_OUT], pairs[HELD_OUT : HELD_OUT + MOST]
        costs = learn(pairs)
        middle, width = scale(held_out, costs)
        print(
            f"{language}: {len(pairs):,} pairs, {len(costs):,} costs, middle {middle:.2f}, width {width:.2f}",
            file=sys.stderr,
        )
        lines.append(f"{script}\t*\tmiddle\t{middle:.3f}")
        lines.append(f"{script}\t*\twidth\t{width:.3f}")
        lines += [f"{script}\t{letter}\t{latin or '-'}\t{cost:.2f}" for (letter, latin), cost in sorted(costs.items())]
    (REPOSITORY / "src" / "entrepot" / "parties" / "data" / "translit.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def read(path: Path, script: str) -> list[tuple[str, str]]:
    pairs = []
    for line in path.read_text("utf-8").splitlines():
        latin, native, *_ = line.split("\t")
        spelled = "".join(c for c in fold(latin) if "a" <= c <= "z")
        read_letters = letters(fold(native.replace(" ", "")), script)
        if 0 < len(spelled) <= 24 and 0 < len(read_letters) <= 40:
            pairs.append((spelled, read_letters))
    return pairs


def learn(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], float]:
    keys: dict[tuple[str, str], int] = {}
    found, starts, sizes = [], [0], []
    for latin, native in pairs:
        grid = np.full((len(native), len(latin) + 1, LONGEST + 1), -1, np.int32)
        for i, letter in enumerate(native):
            for j in range(len(latin) + 1):
                for length in range(min(LONGEST, len(latin) - j) + 1):
                    grid[i, j, length] = keys.setdefault((letter, latin[j : j + length]), len(keys))
        found.append(grid.ravel())
        starts.append(starts[-1] + grid.size)
        sizes.append((len(native), len(latin)))
    names = list(keys)
    letter_ids: dict[str, int] = {}
    of_letter = np.array([letter_ids.setdefault(letter, len(letter_ids)) for letter, _ in names])
    length = np.array([len(latin) for _, latin in names])
    p = np.where(length == 0, 0.02, 0.3**length)
    flat, start_array, size_array = np.concatenate(found), np.array(starts), np.array(sizes, np.int32)
    counts = np.zeros(len(names))
    for turn in range(ROUNDS):
        counts = np.zeros(len(names))
        expect(flat, start_array, size_array, p, LONGEST, counts)
        counts = np.maximum(counts - (DISCOUNT if turn >= ROUNDS - 2 else 0.02), 0)
        p = counts / np.maximum(np.bincount(of_letter, counts)[of_letter], 1e-9)
    by_letter: defaultdict[str, float] = defaultdict(float)
    by_latin: defaultdict[str, float] = defaultdict(float)
    for (letter, latin), count in zip(names, counts, strict=True):
        by_letter[letter] += count
        by_latin[latin] += count
    return {
        (letter, latin): 0.5 * (math.log(count / by_letter[letter]) + math.log(count / by_latin[latin]))
        for (letter, latin), count in zip(names, counts, strict=True)
        if count > 0.05
    }


@njit(cache=True)
def expect(flat, starts, sizes, p, longest, counts):  # type: ignore[no-untyped-def]
    """Expected number of times each pair of letter and Latin group is used, by forward and backward sums."""
    forward, backward = np.zeros((64, 40)), np.zeros((64, 40))
    for k in range(sizes.shape[0]):
        rows, columns, start = sizes[k, 0], sizes[k, 1], starts[k]
        forward[: rows + 1, : columns + 1] = 0
        backward[: rows + 1, : columns + 1] = 0
        forward[0, 0] = 1
        for i in range(rows):
            for j in range(columns + 1):
                base = start + (i * (columns + 1) + j) * (longest + 1)
                for length in range(min(longest, columns - j) + 1):
                    forward[i + 1, j + length] += forward[i, j] * p[flat[base + length]]
        total = forward[rows, columns]
        if total <= 0:
            continue
        backward[rows, columns] = 1
        for i in range(rows - 1, -1, -1):
            for j in range(columns + 1):
                base = start + (i * (columns + 1) + j) * (longest + 1)
                for length in range(min(longest, columns - j) + 1):
                    q = flat[base + length]
                    value = p[q] * backward[i + 1, j + length]
                    backward[i, j] += value
                    counts[q] += forward[i, j] * value / total


def scale(pairs: list[tuple[str, str]], costs: dict[tuple[str, str], float]) -> tuple[float, float]:
    """Where true pairs and the best of 300 wrong ones cross, and how wide the crossing is (median gap / 4)."""
    true, wrong = [], []
    others = [native for _, native in pairs[:300]]
    for latin, native in pairs[:300]:
        true.append(cost(latin, native, costs))
        wrong.append(max(cost(latin, other, costs) for other in others if other != native))
    low, high = float(np.median(wrong)), float(np.median(true))
    grid = np.linspace(low, high, 50)
    middle = float(min(grid, key=lambda g: abs(np.mean(np.array(true) < g) - np.mean(np.array(wrong) > g))))
    return middle, max((high - middle) / 2.5, 0.05)


def cost(latin: str, native: str, costs: dict[tuple[str, str], float]) -> float:
    now = {0: 0.0}
    for letter in native:
        then: dict[int, float] = {}
        for j, here in now.items():
            for length in range(min(LONGEST, len(latin) - j) + 1):
                value = here + costs.get((letter, latin[j : j + length]), UNSEEN + UNSEEN_PER_LETTER * abs(length - 1))
                if value > then.get(j + length, -1e9):
                    then[j + length] = value
        now = then
    return now.get(len(latin), -1e9) / len(latin)


if __name__ == "__main__":
    main()
