"""Measure the classifier, the contradiction check and their speed; bars beside the figures.

    python tools/eval_goods.py [--data ../shared/data] [--fit]

Three sets: US rulings (atlas_validation, read here only: nothing was trained or written from it), a held-out tenth of the UK
everyday descriptions, and HS descriptions paraphrased by synonyms. `--fit` prints the held-out UK figures for other settings:
settings are chosen by them, never by the rulings.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from entrepot.goods import disguise
from entrepot.goods.classify import Classification, Classifier
from entrepot.goods.evidence import Evidence
from entrepot.goods.lexicon import descriptions, everyday_terms, synonyms
from entrepot.goods.weights import Settings

Labelled = tuple[str, str]
LEVELS = ((2, "chapter"), (4, "heading"), (6, "HS6"))
BARS = {("chapter", 1): 0.60, ("heading", 5): 0.60, ("HS6", 5): 0.40}
PUBLISHED = {("HS6", 1): 0.575, ("chapter", 1): 0.86}
SEED = 7
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    if not (arguments.data / "goods").is_dir():
        parser.error(f"{arguments.data} holds no goods/: give the folder of data with --data")
    held = held_out()
    without = frozenset(text for text, _ in held)
    fitted = Classifier(Evidence.from_lexicon(Settings(), without))
    if arguments.fit:
        for change in FITS:
            report(f"UK held out, {change}", Classifier(Evidence.from_lexicon(Settings(**change), without)), held)
        return
    full = Classifier.default()
    report("US rulings (never trained on)", full, rulings(arguments.data), bars=True)
    report(f"UK descriptions held out ({len(held)})", fitted, held)
    report("HS descriptions paraphrased", full, paraphrased())
    calibration(fitted, held)
    contradictions(fitted, held)
    speed(full)


FITS: tuple[Mapping[str, float], ...] = (
    {},
    {"single": 1.0},
    {"merged": 0.5},
    {"chapter": 1.0},
    {"synonym_weight": 1.0},
    {"pair_weight": 1.0},
    {"leaf_sharpness": 6.0},
    {"leaf_prior": 0.5},
)


def rulings(shared: Path) -> list[Labelled]:
    """Question and six digits of each ruling."""
    found = []
    for line in (shared / "goods" / "atlas_validation" / "atlas_validation.jsonl").read_text().splitlines():
        question, answer = (message["content"] for message in json.loads(line)["messages"])
        code = re.search(r"HTS US Code -> ([\d.]+)", answer)
        if code:
            found.append((question, code.group(1).replace(".", "")[:6]))
    return found


def held_out() -> list[Labelled]:
    """A seeded tenth of the UK descriptions with six digits of HS 2022."""
    known = descriptions()
    terms = {(term, code) for code, term, source in everyday_terms() if source.startswith("hmrc") and code in known}
    listed = sorted(term for term in terms if len(term[1]) == 6)
    return random.Random(SEED).sample(listed, len(listed) // 10)


def paraphrased() -> list[Labelled]:
    """HS descriptions with words replaced by everyday synonyms (seeded, 600)."""
    backwards: dict[str, list[str]] = {}
    for word, means in synonyms().items():
        for meaning, _ in means:
            for part in meaning.split():
                backwards.setdefault(part, []).append(word)
    draw = random.Random(SEED)
    found = []
    for code, text in sorted(descriptions().items()):
        words = re.findall(r"[a-z-]+", text.lower())
        changed = [draw.choice(backwards[w]) if w in backwards and draw.random() < 0.5 else w for w in words]
        if len(code) == 6 and changed != words:
            found.append((" ".join(changed), code))
    return draw.sample(found, 600)


def report(name: str, classifier: Classifier, labelled: Sequence[Labelled], *, bars: bool = False) -> None:
    """Top-1 and top-5 at three levels; an abstention counts as wrong."""
    results = classifier.classify([text for text, _ in labelled])
    silent = sum(result.abstained is not None for result in results)
    print(f"\n{name}: {len(labelled)} texts, {silent} abstained")
    for digits, level in LEVELS:
        for k in (1, 5):
            right = sum(
                code[:digits] in ranked(result, digits)[:k] for result, (_, code) in zip(results, labelled, strict=True)
            )
            share = right / len(labelled)
            note = ""
            if bars and (level, k) in BARS:
                note = f"  bar {BARS[level, k]:.2f} {'met' if share >= BARS[level, k] else 'MISSED'}"
            if bars and (level, k) in PUBLISHED:
                note += f"  published {PUBLISHED[level, k]:.3f} (fine-tuned 70B model)"
            print(f"  {level:8} top-{k}  {share:.3f}{note}")


def ranked(result: Classification, digits: int) -> list[str]:
    """Codes of a level, likeliest first."""
    if digits == 2:
        return [code for code, _ in result.chapters]
    if digits == 4:
        return [code for code, _ in result.headings]
    return [candidate.hs6 for candidate in result.candidates]


def calibration(classifier: Classifier, held: Sequence[Labelled]) -> None:
    """How often the best heading is right, by its probability."""
    print("\ncalibration of the best heading (UK held out)")
    results = [
        (r, code) for r, (_, code) in zip(classifier.classify([t for t, _ in held]), held, strict=True) if r.headings
    ]
    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01)):
        part = [(r, code) for r, code in results if low <= r.headings[0][1] < high]
        if part:
            right = sum(r.headings[0][0] == code[:4] for r, code in part) / len(part)
            said = sum(r.headings[0][1] for r, _ in part) / len(part)
            print(f"  {low:.2f}-{min(high, 1):.2f}: said {said:.2f}, right {right:.2f}, n {len(part)}")


def contradictions(classifier: Classifier, held: Sequence[Labelled]) -> None:
    """False alarms on honest codes; power on codes drawn at random."""
    draw = random.Random(SEED)
    known = [(text, code) for code, text in descriptions().items() if len(code) == 6]
    honest = disguise.contradictions(held, classifier)
    official = disguise.contradictions(known, classifier)
    wrong = disguise.contradictions([(text, draw.choice(held)[1]) for text, _ in held], classifier)
    print("\ncontradiction check")
    for name, found in (
        ("UK held out, honest code", honest),
        ("HS texts, own code", official),
        ("UK, random code", wrong),
    ):
        fired = [x for x in found if x is not None]
        named = sum(x.rule != "classifier" for x in fired)
        print(
            f"  {name:26} fires on {len(fired) / len(found):.4f} ({len(fired)} of {len(found)}; {named} by a named rule)"
        )


def speed(classifier: Classifier) -> None:
    """Texts a second, for the classifier and the control matcher."""
    from entrepot.goods.controls import find_controls_in

    texts = sorted({term for _, term, source in everyday_terms() if source.startswith("hmrc")})
    start = time.perf_counter()
    classifier.classify(texts)
    middle = time.perf_counter()
    find_controls_in([(text, None) for text in texts])
    end = time.perf_counter()
    print(
        f"\nspeed: {len(texts) / (middle - start):,.0f} texts/s classified, {len(texts) / (end - middle):,.0f} texts/s for controls"
    )


if __name__ == "__main__":
    main()
