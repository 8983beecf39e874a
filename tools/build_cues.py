"""Counts how often a word in its construction is the cue of an attribution, on PolNeAR's training part.

    python tools/build_cues.py [--data ../shared/data] > src/entrepot/reports/data/cues_en.tsv

Only counts are written, no text. Takes some six minutes: 740,000 words are parsed.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

from entrepot.reports.attribution.constructions import construction
from entrepot.reports.attribution.spans import speech_ranges
from entrepot.reports.language import EnglishParser
from entrepot.reports.wording import even

REPOSITORY = Path(__file__).resolve().parent.parent
PARTS = {"VERB": "v", "NOUN": "n", "ADJ": "a"}
Key = tuple[str, str, str]
HEAD = """\
# How often a word in a construction is the cue of an attribution: counts over the training part of PolNeAR
# (github networkdynamics/PolNeAR@c3eee833), parsed with en-core-web-sm 3.8.0; words in quoted speech not counted.
# lemma * is every word of that part of speech in that construction. Written by tools/build_cues.py; counts only, no text.
lemma\tpart\tconstruction\tseen\tcues"""


def main() -> int:
    """Write the table to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared" / "data")
    seen, cues = count(parser.parse_args().data / "text" / "polnear" / "train")
    print(HEAD)
    every = _any(cues)
    for kind, n in sorted(_any(seen).items()):
        if n >= 5:
            print("*", *kind, n, every[kind], sep="\t")
    kept = {k[:2] for k, n in seen.items() if cues[k] >= 2 and cues[k] / n >= 0.2}
    for key, n in sorted(seen.items()):
        if key[:2] in kept and n >= 2:
            print(*key, n, cues[key], sep="\t")
    return 0


def count(folder: Path) -> tuple[Counter[Key], Counter[Key]]:
    """Words seen and words that are cues, by lemma, part and construction; the first annotator of each article."""
    seen: Counter[Key] = Counter()
    cues: Counter[Key] = Counter()
    for file in sorted((folder / "text").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        annotated = _cues(sorted((folder / "attributions").glob(f"{file.stem}_*.ann"))[0])
        lines = [(m.start(), m[0]) for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
        for (base, _), doc in zip(lines, EnglishParser().parse([even(line) for _, line in lines]), strict=True):
            speech = speech_ranges(doc)
            spoken = {i for start, end in speech for i in range(start, end)}
            for token in doc:
                if token.i in spoken or token.pos_ not in PARTS:
                    continue
                key = (token.lemma_.lower(), PARTS[token.pos_], construction(token, speech))
                start = base + token.idx
                seen[key] += 1
                cues[key] += any(a < start + len(token) and start < b for a, b in annotated)
    return seen, cues


def _cues(file: Path) -> list[tuple[int, int]]:
    out = []
    for line in file.read_text(encoding="utf-8").splitlines():
        match = re.match(r"T\d+\tCue (\d+ \d+(?:;\d+ \d+)*)\t", line)
        if match:
            out += [(int(a), int(b)) for a, b in (pair.split() for pair in match[1].split(";"))]
    return out


def _any(counts: Counter[Key]) -> Counter[tuple[str, str]]:
    out: Counter[tuple[str, str]] = Counter()
    for (_, part, kind), n in counts.items():
        out[part, kind] += n
    return out


if __name__ == "__main__":
    sys.exit(main())
