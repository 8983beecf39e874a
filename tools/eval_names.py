"""Measure the name craft: each figure beside its bar and the reference's.

    python tools/eval_names.py [--data FOLDER] [--untouched] [--logicv2 PYTHON] [--quick]
    python tools/eval_names.py --known FILE... [--half 0 | 1] [--missed]
    python tools/eval_names.py --crossed [--missed]

FOLDER holds `names/` and `lists/` (default `../shared/data`). The labelled pairs are divided by a hash into a development
half and an untouched half; `--untouched` prints that one too and is for the end of a change, not for tuning.
`--logicv2 PYTHON` names an interpreter that has nomenklatura, and measures LogicV2 on the same pairs in the same run.
`--known` measures files of public names in two scripts (`native, latin, match`, as tests/parties/data/two_scripts_*.tsv)
and nothing else; `--half` takes the development (0) or the untouched half (1) of their native names, by a hash, each with the two other names
that share most words; `--missed` also prints what is wrong. `--crossed` compares every native name of the development
halves of companies with every English name, as screening does, and counts the matches with other entities.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from lxml import etree

from entrepot.parties.compare import MATCH, compare_pairs
from entrepot.parties.index import NameIndex
from entrepot.parties.text import fold, name_script, tokens

REPOSITORY = Path(__file__).resolve().parent.parent
SEED = 20260101


@dataclass(frozen=True)
class Pair:
    left: str
    right: str
    schema: str | None
    match: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared" / "data")
    parser.add_argument("--untouched", action="store_true")
    parser.add_argument("--logicv2", help="Python interpreter with nomenklatura")
    parser.add_argument("--quick", action="store_true", help="fewer transliteration queries and candidates")
    parser.add_argument("--known", type=Path, nargs="+", help="files of public names in two scripts")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only this half of --known files")
    parser.add_argument("--crossed", action="store_true", help="every native company name against every English one")
    parser.add_argument("--missed", action="store_true", help="print what is wrong in --known files or in --crossed")
    given = parser.parse_args()
    if given.known:
        for path in given.known:
            report_known(path, given.missed, given.half)
        return
    if not given.data.is_dir():
        sys.exit(f"{given.data} is not there; the figures need the folder of real data")
    if given.crossed:
        for name, foreign in (("Han, Kana, Hangul and Arabic", TRANSLATED), ("Cyrillic", CYRILLIC)):
            report_crossed(in_half(bilingual_companies(given.data, foreign), 0), name, given.missed)
        return
    print(f"{'measure':58s} {'n':>6s} {'figure':>7s} {'bar':>6s} {'aim':>6s} {'ref.':>6s}")
    labelled = labelled_pairs(given.data)
    for half in (0, 1) if given.untouched else (0,):
        name = ("development half", "untouched half")[half]
        report_pairs([p for p in labelled if half_of(p) == half], name, given.logicv2)
    if (
        given.untouched
    ):  # the bars and the reference are of all pairs, and few of a half are in a script other than Latin
        report_pairs(labelled, "both halves", given.logicv2)
    report_transliteration(given.data, 100 if given.quick else 300)
    for companies, scripts in (
        (bilingual_companies(given.data, TRANSLATED), TRANSLATED_SCRIPTS),
        (bilingual_companies(given.data, CYRILLIC), (("Cyrillic", ("Cyrl",)),)),
    ):
        report_bilingual(companies, scripts, "development", 0, given.logicv2)
        if given.untouched:
            report_bilingual(companies, scripts, "untouched", 1, given.logicv2)
    report_candidates(given.data, given.logicv2, 400 if given.quick else 2000)
    print("* published by the reference's authors or measured earlier on the full benchmark, not in this run")


def line(measure: str, n: int, figure: float, bar: str = "", aim: str = "", reference: str = "") -> None:
    print(f"{measure:58s} {n:6d} {figure:7.3f} {bar:>6s} {aim:>6s} {reference:>6s}", flush=True)


# Labelled pairs


def labelled_pairs(data: Path) -> list[Pair]:
    with (data / "names" / "screening_pairs" / "cases.csv").open(encoding="utf-8") as file:
        return [Pair(r["name1"], r["name2"], r["schema"], r["is_match"] == "true") for r in csv.DictReader(file)]


def half_of(pair: Pair) -> int:
    return int(hashlib.sha256(f"{pair.left}|{pair.right}".encode()).hexdigest(), 16) % 2


def f1(pairs: Sequence[Pair], scores: np.ndarray, threshold: float) -> float:
    said = scores >= threshold
    true = np.array([p.match for p in pairs])
    return float(2 * (said & true).sum() / max(1, said.sum() + true.sum()))


def score(pairs: Sequence[Pair]) -> np.ndarray:
    return compare_pairs([p.left for p in pairs], [p.right for p in pairs], [p.schema for p in pairs])


def report_pairs(pairs: list[Pair], name: str, python: str | None) -> None:
    scores = score(pairs)
    reference = logicv2(pairs, python) if python else None
    groups = (
        ("all labelled pairs", lambda _: True, ".90", ".95", ".796"),
        ("persons", lambda p: p.schema == "Person", ".85", ".93", ".622"),
        ("companies and organisations", lambda p: p.schema in ("Company", "Organization"), ".93", ".97", ".863"),
        (
            "pairs with a non-Latin script",
            lambda p: name_script(p.left) != "Latn" or name_script(p.right) != "Latn",
            ".95",
            ".98",
            ".846",
        ),
    )
    for label, chosen, bar, aim, published in groups:
        at = [k for k, p in enumerate(pairs) if chosen(p)]
        part = [pairs[k] for k in at]
        seen = f"{f1(part, reference[at], 0.7):.3f}" if reference is not None else f"{published}*"
        line(f"F1 at {MATCH}, {label}, {name}", len(part), f1(part, scores[at], MATCH), bar, aim, seen)


# Transliteration


def report_transliteration(data: Path, count: int) -> None:
    folder = data / "names" / "transliteration"
    for language, bar, aim, reference in (("russian", ".93", ".98", ".80*"), ("arabic", ".75", ".90", ".45*"), ("chinese", ".70", ".90", ".375*"),
                                          ("hebrew", ".75", ".90", ".47*"), ("korean", ".75", ".90", ".48*")):  # fmt: skip
        found: dict[str, str] = {}
        lines = (folder / f"wd_{language}_16").read_text("utf-8").splitlines()
        random.Random(SEED).shuffle(lines)
        natives: set[str] = set()
        for text in lines:
            latin, native, *_ = text.split("\t")
            native = native.replace(" ", "")
            if latin not in found and native not in natives and len(found) < 1000:
                found[latin] = native
                natives.add(native)
        pool = list(found.values())
        queries = list(found.items())[:count]
        lefts = [latin for latin, _ in queries for _ in pool]
        scores = compare_pairs(lefts, pool * len(queries), "Person").reshape(len(queries), len(pool))
        hits = [pool[int(np.argmax(row))] == native for (_, native), row in zip(queries, scores, strict=True)]
        line(
            f"retrieval@1 of 1,000 by score, Latin to {language}",
            len(queries),
            float(np.mean(hits)),
            bar,
            aim,
            reference,
        )
        index = NameIndex.build(pool, "Person")
        result = index.search([latin for latin, _ in queries], "Person")
        first: dict[int, int] = {}
        for query, name in zip(result.query.tolist(), result.name.tolist(), strict=True):
            first.setdefault(query, name)
        hits = [pool[first[k]] == native if k in first else False for k, (_, native) in enumerate(queries)]
        line(
            f"retrieval@1 of 1,000 by screening, Latin to {language}",
            len(queries),
            float(np.mean(hits)),
            bar,
            aim,
            reference,
        )


# Companies in two scripts


TRANSLATED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0600-\u06ff]")
TRANSLATED_SCRIPTS = (
    ("all", None),
    ("Han", ("Hani",)),
    ("Arabic", ("Arab",)),
    ("Kana", ("Kana", "Jpan")),
    ("Hangul", ("Hang",)),
)
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def bilingual_companies(data: Path, foreign: re.Pattern[str]) -> list[tuple[str, str, str]]:
    """(entity, Latin name, name with letters that `foreign` finds) from the EU, UN, Japanese and Chinese lists."""
    found: list[tuple[str, str, str]] = []

    def add(entity: str, names: Sequence[str]) -> None:
        natives, latins = [], []
        for name in names:
            for part in re.split(r"[;；]", re.sub(r"\s[(（]([^()（）]+)[)）]\s*$", r";\1", name)):
                text = part.strip(" ,.;")
                if len(text) >= 3 and foreign.search(text):
                    if len(foreign.findall(text)) >= 3 and not re.search(r"[A-Za-z]{3,} [A-Za-z]{3,}|对台湾地区", text):
                        natives.append(text)
                elif len(text) >= 6 and re.search(r"[A-Za-z]{3}", text):
                    latins.append(text)
        if latins:
            found.extend((entity, latins[0], native) for native in dict.fromkeys(natives))

    lists = data / "lists"
    with (lists / "eu_833_annex_iv" / "32014R0833.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            add(f"eu {row['annex']} {row['recordId']}", [row["name"], *(row["alias"] or "").split(";")])
    for name in ("cn", "jp"):
        for entry in json.loads((lists / "export_control_end_users" / f"{name}.json").read_text("utf-8")):
            if entry["entity_type"] == "organization":
                add(entry["id"], [entry["entity_name"], *(a for a in entry["aliases"] if name == "cn")])
    for entity in etree.parse(str(lists / "un_2024" / "consolidated_2024-09.xml")).iter("ENTITY"):
        names = [entity.findtext("FIRST_NAME") or "", entity.findtext("NAME_ORIGINAL_SCRIPT") or ""]
        add(f"un {entity.findtext('DATAID')}", names + [a.text or "" for a in entity.iter("ALIAS_NAME")])
    return found


def in_half(companies: list[tuple[str, str, str]], half: int) -> list[tuple[str, str, str]]:
    """The companies of one half, divided by a hash of the entity."""
    return [c for c in companies if int(hashlib.sha256(c[0].encode()).hexdigest(), 16) % 2 == half]


def report_crossed(companies: list[tuple[str, str, str]], name: str, missed: bool) -> None:
    """Every native name against every English name: pairs of one entity that match, and pairs of others, of which some are firms of one
    group. An entity may have several native names."""
    natives, latins = (list(dict.fromkeys(c[at] for c in companies)) for at in (2, 1))
    own = {(native, latin) for _, latin, native in companies}
    pairs = [Pair(native, latin, "Company", (native, latin) in own) for native in natives for latin in latins]
    scores = score(pairs)
    said = [(value, pair) for value, pair in zip(scores.tolist(), pairs, strict=True) if value >= MATCH]
    right = sum(pair.match for _, pair in said)
    print(
        f"{name}: {len(natives)} native by {len(latins)} English names; of {len(own)} pairs of one entity {right} match at {MATCH}, "
        f"of {len(pairs) - len(own):,} others {len(said) - right}"
    )
    for value, pair in sorted(said, key=lambda found: (found[0], found[1].left, found[1].right)) if missed else ():
        if not pair.match:
            print(f"    {value:.2f} {pair.left} | {pair.right}")


def report_bilingual(
    companies: list[tuple[str, str, str]],
    scripts: Sequence[tuple[str, tuple[str, ...] | None]],
    name: str,
    half: int,
    python: str | None,
) -> None:
    """Each native name with its own Latin name (match) and with those of two other entities (no match): one at random,
    and the one that shares most words with its own. Entries that are one name twice are no two entities."""
    chosen = in_half(companies, half)
    rng = random.Random(SEED)
    pairs: list[Pair] = []
    for entity, latin, native in chosen:
        own = "".join(tokens(fold(latin)))
        others = [c for c in chosen if c[0] != entity and c[2] != native and "".join(tokens(fold(c[1]))) != own]
        words = set(latin.lower().split())
        near = max(others, key=lambda c: (len(words & set(c[1].lower().split())), c[1]))
        pairs.append(Pair(native, latin, "Company", True))
        pairs.append(Pair(native, rng.choice(others)[1], "Company", False))
        pairs.append(Pair(native, near[1], "Company", False))
    scores = score(pairs)
    reference = logicv2(pairs, python) if python else None
    for label, wanted in scripts:
        at = [k for k, p in enumerate(pairs) if wanted is None or name_script(p.left) in wanted]
        if at:
            part = [pairs[k] for k in at]
            seen = f"{f1(part, reference[at], 0.7):.3f}" if reference is not None else "~0*"
            line(
                f"F1 of company names against English, {label}, {name} half",
                len(part),
                f1(part, scores[at], MATCH),
                ".80",
                ".92",
                seen,
            )


def report_known(path: Path, missed: bool, half: int | None) -> None:
    """Pairs of a file, and each native name also with two other bodies' Latin names, chosen as `report_bilingual` does; of one half the two
    that share most words."""
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader((r for r in file if not r.startswith("#")), delimiter="\t")
        pairs = [Pair(row["native"], row["latin"], "Company", row["match"] == "1") for row in rows]
    if half is not None:
        pairs = [p for p in pairs if int(hashlib.sha256(p.left.encode()).hexdigest(), 16) % 2 == half]
    own = [p for p in pairs if p.match]
    rng = random.Random(SEED)
    for pair in own:
        others = sorted({o.right for o in own if o.right != pair.right and o.left != pair.left})
        words = set(pair.right.lower().split())
        near = sorted(others, key=lambda o: (len(words & set(o.lower().split())), o), reverse=True)
        chosen = near[:2] if half is not None else [rng.choice(others), near[0]]
        pairs += [Pair(pair.left, other, "Company", False) for other in chosen]
    scores = score(pairs)
    for script in ("", *dict.fromkeys(name_script(p.left) for p in own)):
        at = [k for k, p in enumerate(pairs) if not script or name_script(p.left) == script]
        part, theirs = [pairs[k] for k in at], scores[at]
        true = np.array([p.match for p in part])
        line(f"F1 at {MATCH}, {path.stem}, {script or 'all'}", len(part), f1(part, theirs, MATCH), ".80", ".92")
        if not script:
            said = theirs >= MATCH
            print(
                f"    precision {true[said].mean():.3f}, recall {said[true].mean():.3f}, possible or better {(theirs >= 0.65)[true].mean():.3f}"
            )
    if missed:
        for pair, value in sorted(zip(pairs, scores.tolist(), strict=True), key=lambda p: p[1]):
            if pair.match != (value >= MATCH):
                print(f"{'missed' if pair.match else 'false '} {value:.2f} {pair.left} | {pair.right}")


# Candidates and false alarms


def report_candidates(data: Path, python: str | None, count: int) -> None:
    """OFAC aliases held out of the list as queries; negatives are company and person names of other sources."""
    schemas = {"individual": "Person", "entity": "Company", "vessel": "Vessel", "aircraft": "Airplane"}
    rng = random.Random(SEED)
    names: list[str] = []
    entries: list[str] = []
    kinds: list[str | None] = []
    queries: list[tuple[str, str, str | None]] = []
    with (data / "lists" / "ofac_sdn_2026" / "ofac-sdn.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kind = schemas.get(row["type"])
            aliases = [a.strip() for a in (row["alternate_names"] or "").split(";") if a.strip()]
            for at, name in enumerate([row["name"], *aliases]):
                if at and rng.random() < 0.12:
                    queries.append((name, row["uid"], kind))
                else:
                    names.append(name)
                    entries.append(row["uid"])
                    kinds.append(kind)
    queries = rng.sample(queries, min(count, len(queries)))
    index = NameIndex.build(names, kinds)
    own: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        own.setdefault(entry, []).append(at)
    spread = [(k, at) for k, (_, entry, _) in enumerate(queries) for at in own.get(entry, ())]
    scores = compare_pairs(
        [queries[k][0] for k, _ in spread], [names[at] for _, at in spread], [queries[k][2] for k, _ in spread]
    )
    best = np.zeros(len(queries))
    np.maximum.at(best, [k for k, _ in spread], scores)
    left, right = index.candidates([q[0] for q in queries])
    seen = np.zeros(len(queries), bool)
    for k, at in zip(left.tolist(), right.tolist(), strict=True):
        seen[k] |= entries[at] == queries[k][1]
    for least in (0.65, 0.8):
        chosen = best >= least
        line(
            f"candidates: true entry compared, aliases that score {least}+",
            int(chosen.sum()),
            float(seen[chosen].mean()),
            ".99",
            ".995",
            ".78*",
        )
    negatives = negative_names(data, rng)
    result = index.search([n for n, _ in negatives], [s for _, s in negatives], least=MATCH)
    flagged = sorted(set(result.query.tolist()))
    reference = ""
    if python:
        pairs_left, pairs_right = index.candidates([n for n, _ in negatives], 10)
        pairs = [
            Pair(negatives[k][0], names[at], negatives[k][1], False)
            for k, at in zip(pairs_left.tolist(), pairs_right.tolist(), strict=True)
        ]
        said = logicv2(pairs, python) >= 0.7
        reference = f"{len(set(pairs_left[said].tolist())) / len(negatives):.4f}"
    line(
        "negatives flagged at the threshold (share of names)",
        len(negatives),
        len(flagged) / len(negatives),
        "ref/3",
        "ref/10",
        reference,
    )
    for at in flagged[:8]:
        first = int(np.nonzero(result.query == at)[0][0])
        print(f"    flagged: {negatives[at][0]!r} by {names[int(result.name[first])]!r} {result.score[first]:.3f}")


def negative_names(data: Path, rng: random.Random) -> list[tuple[str, str]]:
    """Importers of US petroleum and FEBRL's synthetic persons: on no list of sanctioned parties as far as known."""
    table = pq.read_table(data / "trade" / "eia_company_imports" / "companylevelimports.parquet")
    column = next(c for c in table.column_names if "company" in c.lower() or "importer" in c.lower() or c == "R_S_NAME")
    companies = {str(n) for n in table.column(column).unique().to_pylist() if n}
    persons: set[str] = set()
    for path in sorted((data / "names" / "linkage").rglob("dataset4a.csv")):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                persons.add(f"{(row.get('given_name') or '').strip()} {(row.get('surname') or '').strip()}".strip())
    chosen = [(n, "Company") for n in sorted(companies) if len(n) > 3]
    chosen += [(n, "Person") for n in rng.sample(sorted(persons), min(3000, len(persons))) if " " in n]
    return chosen


# The reference

_LOGICV2 = """
import csv, sys, json
from followthemoney import model, EntityProxy
from nomenklatura.matching import LogicV2
from nomenklatura.matching.types import ScoringConfig
config = LogicV2.default_config()
rows = json.load(open(sys.argv[1]))
out = []
for at, (a, b, schema) in enumerate(rows):
    left = EntityProxy.from_dict({"id": f"l{at}", "schema": schema, "properties": {"name": [a]}}, cleaned=False)
    right = EntityProxy.from_dict({"id": f"r{at}", "schema": schema, "properties": {"name": [b]}}, cleaned=False)
    out.append(LogicV2.compare(left, right, config).score)
json.dump(out, open(sys.argv[2], "w"))
"""


def logicv2(pairs: Sequence[Pair], python: str) -> np.ndarray:
    with tempfile.TemporaryDirectory() as folder:
        given, back = Path(folder) / "in.json", Path(folder) / "out.json"
        given.write_text(json.dumps([(p.left, p.right, p.schema or "LegalEntity") for p in pairs]), "utf-8")
        subprocess.run([python, "-c", _LOGICV2, str(given), str(back)], check=True)
        return np.array(json.loads(back.read_text("utf-8")))


if __name__ == "__main__":
    main()
