"""Writes parties/data/han_readings_names.tsv: how Han characters are read in Japanese names, learned from JMnedict.

    python tools/build_han_readings.py JAMDICT_DB      JAMDICT_DB: `jamdict.db` of the package `jamdict-data`

Each surname, given name and place of two to four characters is cut into as many pieces of its reading; which cuts are usual is
estimated by expectation maximisation. What dictionaries of characters have already (`han_readings*.tsv`) is left out.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
from collections import defaultdict
from pathlib import Path

from entrepot.parties.datafile import rows
from entrepot.parties.romanise import romanised
from entrepot.parties.translit import LONGEST, simplified

TARGET = Path(__file__).resolve().parent.parent / "src/entrepot/parties/data/han_readings_names.tsv"
HEADER = """character\tlatin\tlanguage
# Readings in Japanese names, learned by tools/build_han_readings.py from JMnedict, the property of the Electronic Dictionary Research
# and Development Group (https://www.edrdg.org), used in conformance with its licence. Licence of this file: CC BY-SA 4.0.
"""
KINDS = ("surname", "place", "given", "fem", "masc")
ROUNDS = 6
LEAST_NAMES, LEAST_SHARE = 12, 0.02
"""A reading is kept that so many names have, and so large a share of the names with its character."""
LONGEST_READING = 5
_NEVER_FIRST = frozenset("ゃゅょぁぃぅぇぉっんー")
_NOT_SEEN = 1e-5
_DOUBLING = "ktsph"
"""Consonants that a reading may end in where it is cut short before them: 学 in 学研, `Gakken`."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path)
    shares = learned(list(names(parser.parse_args().base)))
    known = {
        (character, latin)
        for file in ("han_readings", "han_readings_unihan", "han_readings_trade")
        for character, latin, *_ in rows(file)
    }
    found: dict[tuple[str, str], None] = {}
    for (character, reading), (count, share) in sorted(shares.items()):
        if count >= LEAST_NAMES and share >= LEAST_SHARE:
            for latin in spellings(reading):
                pair = character.translate(simplified()), latin
                if 1 < len(latin) <= LONGEST and pair not in known:
                    found[pair] = None
    lines = [f"{character}\t{latin}\tja" for character, latin in sorted(found)]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines):,} readings, {TARGET.stat().st_size:,} bytes")


def names(base: Path) -> list[tuple[str, str]]:
    """Names of two to four Han characters with their readings in Hiragana."""
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True) as connection:
        found = connection.execute(
            "SELECT DISTINCT k.text, r.text FROM NEKanji k JOIN NEKana r ON r.idseq = k.idseq JOIN NETranslation n ON n.idseq = k.idseq "
            f"JOIN NETransType t ON t.tid = n.ID WHERE t.text IN ({', '.join('?' * len(KINDS))}) ORDER BY 1, 2",
            KINDS,
        ).fetchall()
    hiragana = {code: code - 96 for code in range(ord("ァ"), ord("ヶ") + 1)}
    return [
        (name, reading.translate(hiragana))
        for name, reading in found
        if re.fullmatch(r"[\u3400-\u9fff]{2,4}", name) and re.fullmatch(r"[ぁ-ゖァ-ヶー]+", reading)
    ]


def cuts(size: int, reading: str) -> list[tuple[str, ...]]:
    """Every cut of a reading into `size` pieces, none of which begins with a sign that continues a syllable."""
    if size == 1:
        return [(reading,)] if 0 < len(reading) <= LONGEST_READING else []
    return [
        (reading[:at], *rest)
        for at in range(1, min(LONGEST_READING, len(reading) - 1) + 1)
        if reading[at] not in _NEVER_FIRST
        for rest in cuts(size - 1, reading[at:])
    ]


def learned(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[float, float]]:
    """For each character and reading the number of names, and the share of the names with that character."""
    every = [(name, found) for name, reading in pairs if (found := cuts(len(name), reading))]
    chance: dict[tuple[str, str], float] = {}
    count: dict[tuple[str, str], float] = {}
    total: dict[str, float] = {}
    for turn in range(ROUNDS):
        count, total = defaultdict(float), defaultdict(float)
        for name, found in every:
            weights = []
            for cut in found:
                weight = 1.0
                for pair in zip(name, cut, strict=True):
                    weight *= chance.get(pair, _NOT_SEEN) if turn else 1.0
                weights.append(weight)
            whole = sum(weights)
            for cut, weight in zip(found, weights, strict=True):
                if weight > 1e-4 * whole:
                    for pair in zip(name, cut, strict=True):
                        count[pair] += weight / whole
                        total[pair[0]] += weight / whole
        chance = {pair: number / total[pair[0]] for pair, number in count.items() if number > 0.05}
    return {pair: (number, number / total[pair[0]]) for pair, number in count.items()}


def spellings(reading: str) -> list[str]:
    """Hepburn, with long vowels written and not; a reading cut short (がっ) with each consonant that may follow."""
    if reading.endswith("っ"):
        return (
            [latin + consonant for latin in spellings(reading[:-1]) for consonant in _DOUBLING]
            if len(reading) > 1
            else []
        )
    return [latin for latin in romanised(reading) if latin.isascii() and latin.isalpha()]


if __name__ == "__main__":
    main()
