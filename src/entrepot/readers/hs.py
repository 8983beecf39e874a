"""Reads the Harmonized System: nomenclature of an edition, and which codes of two editions correspond."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice, pairwise

import pyarrow as pa

from entrepot.data import HS2022, HS_ADDITIONS, HS_CONCORDANCE, HS_WASTE, bundled
from entrepot.errors import InputError
from entrepot.model.hs import EDITIONS, digits, edition_named, parent, section
from entrepot.model.tables.lists import HS_CODES
from entrepot.model.tables.lists import HS_CONCORDANCE as CONCORDANCE
from entrepot.model.tables.sources import REJECTS
from entrepot.readers.files import Part, read_bytes, rows
from entrepot.readers.reading import Reading

EDITIONS_IN_USE = ("HS2007", "HS2012", "HS2017", "HS2022")
"""Editions between which correspondences are loaded unless asked otherwise: declarations since 2007."""

_SECTION_COLUMNS = frozenset({"hscode", "description", "level"})
_SOUGHT = 5

Pairs = Mapping[str, frozenset[str]]
"""Code of one edition to the codes of another that it corresponds to."""


@cache
def bundled_nomenclature() -> pa.Table:
    """HS 2022 as `hs_codes`."""
    with gzip.open(bundled(HS2022), "rt", encoding="utf-8", newline="") as file:
        found = [(row["hs_code"], row["description"]) for row in csv.DictReader(file)]
    return _nomenclature("HS2022", found, f"bundled:{HS2022}")


@cache
def bundled_concordance(editions: tuple[str, ...] = EDITIONS_IN_USE) -> pa.Table:
    """Correspondences between each two of `editions`, in both directions, as `hs_concordance`.

    Adjacent editions have every pair that the United Nations list. Editions further apart are joined step by step
    through the pairs that carry a code on (its own number, or its number gone): pairs in which a few goods moved into a
    code that goes on elsewhere would multiply into noise. `relation` counts codes on each side with headings of waste
    left out (data/hs_waste_headings.csv), since every electrical good corresponds to its waste.

    Raises:
        InputError: an edition that is not known.
    """
    for edition in editions:
        if edition not in EDITIONS:
            raise InputError("no such HS edition", value=edition, remedy=f"one of {', '.join(EDITIONS)}")
    steps = _steps()
    waste = _waste()
    source_id = f"bundled:{HS_CONCORDANCE}"
    columns: dict[str, list[object]] = {name: [] for name in CONCORDANCE.column_names}
    for first in editions:
        for second in editions:
            if first != second:
                _pairs(first, second, steps, waste, columns)
    count = len(columns["from_code"])
    columns["source_id"] = [source_id] * count
    return pa.table(
        {c: pa.array(columns[c], CONCORDANCE.arrow.field(c).type) for c in columns}, schema=CONCORDANCE.arrow
    )


def recognise(part: Part) -> str | None:
    """`hs-comtrade` (reference JSON of UN Comtrade) or `hs-csv` (hscode, description, level); None otherwise."""
    if part.format in {"json", "jsonl"}:
        head = read_bytes(part)[:400]
        return "hs-comtrade" if b'"classCode"' in head and b'"className"' in head else None
    if part.format == "csv":
        for row in islice(rows(part), _SOUGHT):
            names = {(cell or "").strip().lower() for cell in row.cells}
            if names >= _SECTION_COLUMNS or names >= {"hscode", "description"}:
                return "hs-csv"
    return None


def read(part: Part, *, source_id: str, edition: str | None = None) -> Reading:
    """A nomenclature file as `hs_codes`.

    Args:
        edition: for a CSV that does not name its edition; taken from a text such as `Total of all HS2022 commodities`
            in the file where there is one.

    Raises:
        InputError: not a nomenclature, or nothing says which edition it is.
    """
    kind = recognise(part)
    if kind is None:
        raise InputError(
            "not recognised as an HS nomenclature",
            file=part.label,
            remedy="Comtrade's reference JSON (classCode, results), or a CSV with columns hscode and description",
        )
    listed = _comtrade(part) if kind == "hs-comtrade" else _csv(part)
    named = edition or next((e for _, _, text in listed if "all" in text.lower() and (e := _in_text(text))), None)
    if kind == "hs-comtrade" and edition is None:
        named = edition_named(str(json.loads(read_bytes(part)).get("classCode", "")))
    if named is None or named not in EDITIONS:
        raise InputError("nothing says which edition this is", file=part.label, remedy='give it: `edition = "HS2017"`')
    kept: dict[str, tuple[str, str]] = {}
    rejects = []
    for number, code, text in listed:
        clean = digits(code) if code else None
        if clean is not None and len(clean) in (2, 4, 6) and text and clean not in kept:
            kept[clean] = (clean, text)
            continue
        reason = "duplicate_code" if clean in kept else "not_a_code"
        message = (
            "the code stands in the file already" if clean in kept else "not a code of 2, 4 or 6 digits with a text"
        )
        original = json.dumps([code, text], ensure_ascii=False)
        rejects.append({"row_number": number, "reason": reason, "message": message, "original": original})
    table = _nomenclature(named, kept.values(), source_id)
    rejected = REJECTS.from_rows({**reject, "source_id": source_id} for reject in rejects)
    return Reading({"hs_codes": table}, len(listed), len(kept), rejected)


def _comtrade(part: Part) -> list[tuple[int, str, str]]:
    try:
        results = json.loads(read_bytes(part))["results"]
        found = [(at, str(item["id"]), str(item["text"])) for at, item in enumerate(results, 1)]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            "the JSON has no list `results` of objects with id and text", file=part.label, remedy="download it again"
        ) from error
    # texts repeat the code: `854231 - Electronic integrated circuits`
    return [(at, code, text.split(" - ", 1)[1] if text.startswith(f"{code} - ") else text) for at, code, text in found]


def _csv(part: Part) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    at: dict[str, int] = {}
    for row in rows(part):
        if not at:
            at = {(cell or "").strip().lower(): i for i, cell in enumerate(row.cells)}
            if not {"hscode", "description"} <= set(at):
                at = {}
        elif not row.empty:
            cells = [*row.cells, *(None,) * len(at)]
            found.append((row.number, cells[at["hscode"]] or "", (cells[at["description"]] or "").strip()))
    return found


def _in_text(text: str) -> str | None:
    return next((e for word in text.split() if word.upper().startswith("HS") and (e := edition_named(word))), None)


def _nomenclature(edition: str, codes: Iterable[tuple[str, str]], source_id: str) -> pa.Table:
    return HS_CODES.from_rows(
        {
            "hs_edition": edition,
            "hs_code": code,
            "level": len(code),
            "parent": parent(code),
            "section": section(code),
            "description": text,
            "source_id": source_id,
        }
        for code, text in sorted(codes)
    )


def _steps() -> dict[tuple[str, str], Pairs]:
    """Adjacent editions in both directions."""
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with gzip.open(bundled(HS_CONCORDANCE), "rt", encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))[1:]
    with bundled(HS_ADDITIONS).open(encoding="utf-8", newline="") as file:
        lines += [row[:4] for row in csv.reader(file)][1:]
    for newer, older, after, before in lines:
        found[older, newer][before].add(after)
        found[newer, older][after].add(before)
    return {way: {code: frozenset(to) for code, to in pairs.items()} for way, pairs in found.items()}


def _waste() -> frozenset[tuple[str, str]]:
    with bundled(HS_WASTE).open(encoding="utf-8", newline="") as file:
        return frozenset((row["edition"], row["heading"]) for row in csv.DictReader(file))


def _pairs(
    first: str,
    second: str,
    steps: Mapping[tuple[str, str], Pairs],
    waste: frozenset[tuple[str, str]],
    columns: dict[str, list[object]],
) -> None:
    """Appends the correspondences from `first` to `second`."""
    a, b = EDITIONS.index(first), EDITIONS.index(second)
    path = EDITIONS[a : b + 1] if a < b else EDITIONS[b : a + 1][::-1]
    forward = steps[path[0], path[1]]
    full = forward
    for here, there in pairwise(path[1:]):
        step = steps[here, there]
        forward = _joined(_carried(forward), _carried(step))
        full = _joined(full, step)
    useful = {code: _without(waste, second, to) for code, to in full.items()}
    arriving: dict[str, int] = defaultdict(int)
    for code, to in useful.items():
        if not _is_waste(waste, first, code):
            for target in to:
                arriving[target] += 1
    for code in sorted(forward):
        many = len(useful[code]) > 1
        for target in sorted(forward[code]):
            columns["from_edition"].append(first)
            columns["from_code"].append(code)
            columns["to_edition"].append(second)
            columns["to_code"].append(target)
            columns["relation"].append(("n" if arriving[target] > 1 else "1") + ":" + ("n" if many else "1"))
            columns["unchanged"].append(code == target)


def _carried(pairs: Pairs) -> Pairs:
    """The pairs that carry a code on: its own number where it goes on, else all that it became."""
    return {code: frozenset({code}) if code in to else to for code, to in pairs.items()}


def _joined(first: Pairs, second: Pairs) -> Pairs:
    return {code: frozenset(target for middle in to for target in second.get(middle, ())) for code, to in first.items()}


def _without(waste: frozenset[tuple[str, str]], edition: str, codes: frozenset[str]) -> frozenset[str]:
    useful = frozenset(code for code in codes if not _is_waste(waste, edition, code))
    return useful or codes


def _is_waste(waste: frozenset[tuple[str, str]], edition: str, code: str) -> bool:
    return (edition, code[:4]) in waste
