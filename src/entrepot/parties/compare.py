"""Comparing names: a score from 0 to 1, a decision, and one line that says what matched what and what spoke against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from entrepot.parties.analyse import (
    ORGANISATION,
    PERSON,
    VESSEL,
    Analyser,
    Analysis,
    Names,
    form_bits,
    schema_kind,
    variants,
)
from entrepot.parties.evidence import Facts, weigh
from entrepot.parties.joining import FREE, INITIALS, LEFT
from entrepot.parties.known_names import in_english
from entrepot.parties.noparty import not_a_party
from entrepot.parties.pairing import pair_kind, score_pair, score_pairs
from entrepot.parties.text import token_script
from entrepot.parties.translit import costs
from entrepot.parties.vocabulary import BUSINESS, GENERIC, PARTICLE, PLACE, STOP, TITLE

MATCH = 0.8
"""Default threshold: the best F1 on the development half of the labelled pairs lies between 0.78 and 0.81."""

POSSIBLE = 0.65
"""Below `MATCH` and from here on a pair is worth a person's look; 4 in 5 labelled matches under 0.8 lie above."""

_RULE = {PERSON: "person", ORGANISATION: "company", VESSEL: "vessel"}
_CLASS = {
    STOP: "filler",
    PARTICLE: "particle",
    TITLE: "title",
    GENERIC: "common word",
    BUSINESS: "business word",
    PLACE: "place",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of evidence.

    Attributes:
        rule: `same`, `spelling`, `initial`, `joined`, `translation`, `script`, `only left`, `only right`, `form`,
            `identifier`, `country`, `date`, `address`, `look-alike`, `known name`, `not a party`.
        left, right: the words, '' where the side has none.
        likeness: 0 to 1; for words without partner 0.
        note: for a person.
    """

    rule: str
    left: str = ""
    right: str = ""
    likeness: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two names compared.

    Attributes:
        score: 0 to 1. match: score at or above the threshold. decision: `match`, `possible` or `no`.
        explanation: one line. parts: what the line was made of.
    """

    score: float
    match: bool
    decision: str
    explanation: str
    parts: tuple[Part, ...] = field(default=())


def compare(
    a: str,
    b: str,
    schema: str | None = None,
    *,
    facts_a: Facts | None = None,
    facts_b: Facts | None = None,
    threshold: float = MATCH,
    analyser: Analyser | None = None,
) -> Comparison:
    """Compare two names.

    Args:
        a, b: names in any script. Entries that state several names (`X formerly Y`) are compared by the best pair.
        schema: what both are, in FollowTheMoney's words; None lets the words decide.
        facts_a, facts_b: identifiers, countries, dates, addresses of each side (`evidence.Facts`): identifiers decide,
            the others can only lower the score.
        threshold: score from which the decision is `match`.
        analyser: shares a vocabulary among calls.

    Returns:
        The comparison. It is symmetric in score and decision: `compare(a, b).score == compare(b, a).score`.
    """
    analyser = analyser if analyser is not None else _shared_analyser()
    for side, name in (("left", a), ("right", b)):
        reason = not_a_party(name)
        if reason is not None and a != b:
            part = Part("not a party", a if side == "left" else "", b if side == "right" else "", note=reason)
            return Comparison(0.0, False, "no", f"{side} name {reason}", (part,))
    kind = schema_kind(schema)
    best = -1.0
    parts: tuple[Part, ...] = ()
    read_as = a, b
    for x in variants(a):
        for y in variants(b):
            score, found = _explained(analyser, x, y, kind)
            if score > best:
                best, parts, read_as = score, found, (x, y)
    for side, name, text in zip(("left", "right"), (a, b), read_as, strict=True):
        if text != name and any(text in in_english(one) for one in variants(name)):
            parts += (Part("known name", note=f"{side}: known in English, {text}"),)
    best, more = weigh(max(best, 0.0), facts_a, facts_b)
    parts += tuple(Part(rule, note=note) for rule, note in more)
    return Comparison(best, best >= threshold, decide(best, threshold), sentence(parts), parts)


def compare_pairs(
    lefts: Sequence[str],
    rights: Sequence[str],
    schemas: Sequence[str | None] | str | None = None,
    *,
    threads: int = 2,
    analyser: Analyser | None = None,
) -> NDArray[np.float32]:
    """Scores of many pairs, without explanations; the same scores as `compare` without facts.

    Args:
        lefts, rights: names, of equal number. schemas: for each pair, or one for all.
        threads: compiled code runs in that many.
    """
    analyser = analyser if analyser is not None else Analyser()
    kinds = (
        [schema_kind(schemas)] * len(lefts)
        if schemas is None or isinstance(schemas, str)
        else [schema_kind(s) for s in schemas]
    )
    left, left_of = _distinct(lefts, kinds, analyser)
    right, right_of = _distinct(rights, kinds, analyser)
    first, second, owner = _pairs_of_variants(left_of, right_of)
    scores = score_all(analyser, left, right, first, second, threads)
    best = np.zeros(len(lefts), np.float32)
    np.maximum.at(best, owner, scores)
    for i, (a, b) in enumerate(zip(lefts, rights, strict=True)):
        if a != b and best[i] > 0 and (not_a_party(a) is not None or not_a_party(b) is not None):
            best[i] = 0
    return best


def score_all(
    analyser: Analyser,
    a: Names,
    b: Names,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    threads: int = 2,
    least: float = 0.0,
) -> NDArray[np.float32]:
    """Scores of pairs of analysed names, by number; those below `least` may be 0, which is much cheaper."""
    words, table = analyser.vocabulary.arrays(), costs()
    scores = np.zeros(len(left), np.float32)
    bounds = np.linspace(0, len(left), max(1, threads * 4) + 1).astype(np.int64)

    def run(at: int) -> None:
        part = slice(bounds[at], bounds[at + 1])
        score_pairs(words, table, *a, *b, left[part], right[part], scores[part], least)

    if len(left) < 2000 or threads == 1:
        score_pairs(words, table, *a, *b, left, right, scores, least)
        return scores
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(len(bounds) - 1)))
    return scores


def _distinct(names: Sequence[str], kinds: Sequence[int], analyser: Analyser) -> tuple[Names, list[tuple[int, ...]]]:
    """Each distinct name analysed once; for each name the numbers of its variants."""
    numbers: dict[tuple[str, int], tuple[int, ...]] = {}
    texts: list[str] = []
    text_kinds: list[int] = []
    of: list[tuple[int, ...]] = []
    for name, kind in zip(names, kinds, strict=True):
        found = numbers.get((name, kind))
        if found is None:
            stated = variants(name)
            found = tuple(range(len(texts), len(texts) + len(stated)))
            texts += stated
            text_kinds += [kind] * len(stated)
            numbers[name, kind] = found
        of.append(found)
    return analyser.batch(texts, text_kinds), of


def _pairs_of_variants(
    left: Iterable[tuple[int, ...]], right: Iterable[tuple[int, ...]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    first: list[int] = []
    second: list[int] = []
    owner: list[int] = []
    for at, (xs, ys) in enumerate(zip(left, right, strict=True)):
        for x in xs:
            for y in ys:
                first.append(x)
                second.append(y)
                owner.append(at)
    return np.array(first, np.int64), np.array(second, np.int64), np.array(owner, np.int64)


def decide(score: float, threshold: float = MATCH) -> str:
    """`match` from the threshold on, `possible` from 0.15 below it, else `no`."""
    return "match" if score >= threshold else "possible" if score >= threshold - (MATCH - POSSIBLE) else "no"


def sentence(parts: Iterable[Part]) -> str:
    """The one line for CSV, terminal, JSON and workbench."""
    said = []
    for part in parts:
        if part.rule == "same":
            said.append(f"{part.left} = {part.right}" if part.left != part.right else part.left)
        elif part.rule in ("only left", "only right"):
            said.append(f"{part.rule}: {part.left or part.right}{f' ({part.note})' if part.note else ''}")
        elif part.left and part.right:
            said.append(f"{part.left} ~ {part.right} ({part.note or part.rule} {part.likeness:.2f})")
        else:
            said.append(part.note)
    return "; ".join(said)


@lru_cache(maxsize=1)
def _shared_analyser() -> Analyser:
    return Analyser()


def _explained(analyser: Analyser, x: str, y: str, kind: int) -> tuple[float, tuple[Part, ...]]:
    a, b = analyser.analyse(x, kind), analyser.analyse(y, kind)
    words = analyser.vocabulary.arrays()
    of_a, of_b, level = np.empty(64, np.int16), np.empty(64, np.int16), np.zeros(64, np.float32)
    rule = int(pair_kind(*np.array([kind, kind, a.looks, b.looks], np.uint8)))
    # the types of the bulk functions, so that one compiled form serves both; kept in float32, as in bulk
    forms = np.array([form_bits(a.forms), form_bits(b.forms)], np.int32)
    score = float(np.float32(score_pair(
        words, costs(), np.array(a.words, np.int32), np.array(b.words, np.int32), forms[0], forms[1], rule,
        of_a, of_b, level, np.empty((96, 64), np.float32), np.zeros(64, np.uint64), np.zeros(64, np.float32), 0.0,
    )))  # fmt: skip
    return score, tuple(_parts(analyser, a, b, rule, of_a, of_b, level))


def _parts(
    analyser: Analyser,
    a: Analysis,
    b: Analysis,
    rule: int,
    of_a: NDArray[np.int16],
    of_b: NDArray[np.int16],
    level: NDArray[np.float32],
) -> Iterable[Part]:
    text, kinds = analyser.vocabulary.words, analyser.vocabulary.kinds
    if not a.words or not b.words:
        return
    joined = {j for j in range(len(b.words)) if of_b[j] >= 0 and of_a[of_b[j]] != j}
    for i, word in enumerate(a.words):
        partner = of_a[i]
        if partner >= 0:
            right = [text[b.words[partner]]]
            if joined:
                right = [text[b.words[j]] for j in range(len(b.words)) if of_b[j] == i] or right
            yield _matched(text[word], " ".join(right), float(level[i]) if level[i] else 0.9)
        elif partner == INITIALS:
            others = [
                text[b.words[j]]
                for j in range(len(b.words))
                if of_b[j] in (INITIALS, FREE) and text[b.words[j]][:1] in text[word] + text[word][:1]
            ]
            yield Part("initial", text[word], others[0] if others else "", 0.9, note="initial of")
        elif partner == LEFT and kinds[word] != STOP:
            yield Part("only left", text[word], note=_CLASS.get(kinds[word], ""))
    for j, word in enumerate(b.words):
        if of_b[j] == LEFT and kinds[word] != STOP:
            yield Part("only right", right=text[word], note=_CLASS.get(kinds[word], ""))
    if rule == ORGANISATION and (a.forms or b.forms):
        yield _form_part(a, b)
    for side, analysis in (("left", a), ("right", b)):
        for note in analysis.notes:
            yield Part("look-alike", note=f"{side}: {note}")


def _matched(left: str, right: str, level: float) -> Part:
    if left == right:
        return Part("same", left, right, 1.0)
    scripts = token_script(left), token_script(right.replace(" ", ""))
    if scripts[0] != scripts[1] and "Zyyy" not in scripts:
        return Part(
            "script",
            left,
            right,
            level,
            note="translation" if level in (np.float32(0.97), np.float32(0.94)) else "transliteration",
        )
    return Part(
        "joined" if " " in right else "spelling", left, right, level, note="joined" if " " in right else "spelling"
    )


def _form_part(a: Analysis, b: Analysis) -> Part:
    left = "/".join(dict.fromkeys(f.name for f in a.forms))
    right = "/".join(dict.fromkeys(f.name for f in b.forms))
    if not left or not right:
        return Part("form", note=f"legal form only {'left' if left else 'right'}: {left or right}")
    bits_a, bits_b = form_bits(a.forms), form_bits(b.forms)
    if bits_a and bits_b and not bits_a & bits_b:
        return Part("form", note=f"legal forms differ: {left} / {right}")
    return Part("form", note=f"legal form {left}" if left == right else f"legal forms alike: {left} / {right}")
