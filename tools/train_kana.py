"""Writes parties/data/translit_kana.tsv: how Katakana spells foreign words and names, learned from JMdict and JMnedict.

    python tools/train_kana.py JAMDICT_DB      JAMDICT_DB: `jamdict.db` of the package `jamdict-data`

Pairs are foreign words of `dictionary_words_loan.tsv.xz` with their English word, and foreign names of persons and places with the
spelling of JMnedict; companies, organisations and products are left out. The method is that of `tools/train_translit.py`.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from entrepot.parties.datafile import pairs as rows_of
from entrepot.parties.text import fold
from entrepot.parties.translit import letters
from train_translit import HELD_OUT, MOST, learn, scale

TARGET = Path(__file__).resolve().parent.parent / "src/entrepot/parties/data/translit_kana.tsv"
HEADER = """script\tletter\tlatin\tcost
# Learned by tools/train_kana.py from JMdict and JMnedict, the property of the Electronic Dictionary Research and Development Group
# (https://www.edrdg.org), used in conformance with its licence. Licence of this file: CC BY-SA 4.0.
"""
KINDS = ("surname", "given", "fem", "masc", "place", "unclass")
LEAST = -6.0
"""Rarer spellings cost as much as unseen ones."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path)
    pairs = sorted({*words(), *names(parser.parse_args().base)})
    random.Random(1).shuffle(pairs)
    held_out, pairs = pairs[:HELD_OUT], pairs[HELD_OUT : HELD_OUT + MOST]
    costs = learn(pairs)
    middle, width = scale(held_out, costs)
    lines = [
        f"Kana\t{letter}\t{latin or '-'}\t{cost:.2f}" for (letter, latin), cost in sorted(costs.items()) if cost > LEAST
    ]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(pairs):,} pairs, {len(lines):,} costs; middle {middle:.2f}, width {width:.2f}")


def words() -> Iterator[tuple[str, str]]:
    for word, english in rows_of("dictionary_words_loan"):
        yield english.split()[0], letters(fold(word), "Kana")


def names(base: Path) -> Iterator[tuple[str, str]]:
    """Foreign names written in Katakana only, of one word."""
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True) as connection:
        found = connection.execute(
            "SELECT DISTINCT r.text, g.text FROM NEKana r JOIN NETranslation n ON n.idseq = r.idseq JOIN NETransType t ON t.tid = n.ID "
            f"JOIN NETransGloss g ON g.tid = n.ID WHERE t.text IN ({', '.join('?' * len(KINDS))}) AND g.lang = 'eng' "
            "AND r.idseq NOT IN (SELECT idseq FROM NEKanji)",
            KINDS,
        ).fetchall()
    for kana, gloss in found:
        latin = re.sub(r"\s*\([^)]*\)", "", gloss)
        if re.fullmatch(r"[ァ-ヺー]{2,16}", kana) and re.fullmatch(r"[A-Za-zÀ-ž'’-]{2,24}", latin):
            spelled = "".join(c for c in fold(latin) if "a" <= c <= "z")
            if spelled:
                yield spelled, letters(fold(kana), "Kana")


if __name__ == "__main__":
    main()
