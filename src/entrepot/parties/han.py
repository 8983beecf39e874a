"""The parts of an East Asian or Thai name written without spaces: place, trade name, business, form."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from entrepot.parties.forms import form_terms
from entrepot.parties.native import native_terms
from entrepot.parties.spelled import spelled_runs
from entrepot.parties.text import character_script, token_script
from entrepot.parties.translit import simplified

UNSPACED = ("Hani", "Kana", "Hang", "Thai")
"""Scripts whose names are cut into parts."""

_LONGEST = 16
_PLACE_ENDINGS = "省市区县州"
_EMPTY = "的之与及和の"
_TERM, _EMPTY_TERM, _LETTER, _CHARACTER, _RUN, _LONE, _FAR = 0.4, 1.2, 0.35, 1.0, 1.0, 1.2, 1e9
"""Costs of a cut: a known term costs less than each character it explains, so that long terms win; a run of unknown
characters costs something to begin, so that a trade name is not broken by a particle (`大和`) inside it, and more where it has
one character only: a trade name has two (成都旭光电子 is 旭光 and 电子, not 旭 and 光电子). Letters by name cost more than terms."""
_LONG_PLACE = 3
"""Characters from which a place is not looked for behind a trade name: 索维拉 in 埃克索维拉 (`Exovera`) is no Essaouira."""
_SHORT_KANA, _SHORT_TERM = 2, 2.4
"""A Kana word of two letters is more often the beginning of a longer one: サン of サンライズ (`Sunrise`)."""
_ORDINAL = re.compile(r"第([〇零○一二三四五六七八九十百]+)")
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


@lru_cache(maxsize=1 << 16)
def company_parts(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts of a company name in Han, Kana, Hangul or Thai without spaces.

    Of all cuts into known terms (places, business words, forms) the one with the fewest unknown characters and pieces is
    taken; what is unknown is the trade name and stays in one piece for each script. After a place its ending (市, 省) is
    dropped.

    Returns:
        The parts, and the legal forms found among them (as written).
    """
    word = _ORDINAL.sub(_number, word.translate(simplified()))
    parts: list[str] = []
    found_forms: list[str] = []
    if any("0" <= c <= "9" for c in word):
        for piece in re.findall(r"[0-9]+|[^0-9]+", word):
            if piece.isdigit():
                parts.append(piece)
            else:
                more, forms = company_parts(piece)
                parts.extend(more)
                found_forms.extend(forms)
        return tuple(parts), tuple(found_forms)
    for kind, term in _pieces(word):
        if kind == "form":
            found_forms.append(term)
        elif kind == "unknown":
            _flush(term, parts)
        elif kind != "empty":
            parts.append(term)
    if not parts and found_forms:
        return (word,), ()
    return tuple(parts), tuple(found_forms)


@lru_cache(maxsize=1 << 16)
def _pieces(word: str) -> tuple[tuple[str, str], ...]:
    return tuple(_closed_up(_cut(word)))


def whole_pieces(word: str) -> list[tuple[str, str]]:
    """The pieces of a word without spaces, from which nothing is left out: (kind, text); digits are of kind `number`.

    The text of a piece goes on to the next one, so that a place has its ending (市) and all texts together are the word.
    """
    found: list[tuple[str, str]] = []
    for run in re.findall(r"[0-9]+|[^0-9]+", word.translate(simplified())):
        pieces = (("number", run),) if run.isdigit() else _pieces(run)
        begins: list[int] = []
        for _, piece in pieces:
            begins.append(run.index(piece, begins[-1] + 1 if begins else 0))
        ends = [*begins[1:], len(run)]
        found += [(kind, run[start:end]) for (kind, _), start, end in zip(pieces, begins, ends, strict=True)]
    return found


def _cut(word: str) -> list[tuple[str, str]]:
    """The cheapest cut into known terms and runs of unknown characters: (kind, piece). The ending of a place is dropped."""
    terms, size = _terms(), len(word)
    script = token_script(word)
    spelled = dict(spelled_runs(word, "Kana" if script == "Jpan" else script))
    # cost of the best cut up to a position, ending in a known term (0) or in an unknown run (1); with its last piece
    best: list[list[tuple[float, int, int, str]]] = [[(_FAR, 0, 0, "")] * 2 for _ in range(size + 1)]
    best[0][0] = (0.0, 0, 0, "")
    for at in range(size):
        here = min(best[at][0][0], _run_cost(best[at][1], at, word))
        if at in spelled:
            cost = here + _TERM + _LETTER * (spelled[at] - at)
            if cost < best[spelled[at]][0][0]:
                best[spelled[at]][0] = (cost, at, spelled[at], "letters")
        for length in range(1, min(_LONGEST, size - at) + 1):
            kind = terms.get(word[at : at + length])
            if kind is None or (length == 1 and kind not in ("form", "empty")):
                continue
            end = at + length
            if kind == "place" and end < size - 1 and word[end] in _PLACE_ENDINGS:
                end += 1
            before = best[at][0][0] if kind == "place" and length >= _LONG_PLACE else here
            short = length <= _SHORT_KANA and kind == "business" and character_script(word[at]) == "Kana"
            cost = before + (_EMPTY_TERM if kind == "empty" else _SHORT_TERM if short else _TERM)
            if cost < best[end][0][0]:
                best[end][0] = (cost, at, at + length, kind)
        known, run = best[at]
        start, cost = (run[1], run[0] + _CHARACTER) if run[0] < _FAR else (at, _FAR)
        if known[0] + _RUN + _CHARACTER < cost:
            start, cost = at, known[0] + _RUN + _CHARACTER
        best[at + 1][1] = (cost, start, at + 1, "unknown")
    pieces: list[tuple[str, str]] = []
    end = size
    state = 0 if best[end][0][0] <= _run_cost(best[end][1], end, word) else 1
    while end > 0:
        _, start, stop, kind = best[end][state]
        pieces.append((kind, word[start:stop]))
        end = start
        alone = kind == "unknown" or (kind == "place" and stop - start >= _LONG_PLACE)
        state = 0 if alone or best[end][0][0] <= _run_cost(best[end][1], end, word) else 1
    return pieces[::-1]


_TAILS = frozenset("スズドツト스즈드트")
"""Endings of foreign words in Kana and Hangul, which belong to the word before: アドバンス and ド are `advanced`."""


def _closed_up(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pieces with an ending that was left over put back to the term before it."""
    found: list[tuple[str, str]] = []
    for kind, piece in pieces:
        if kind == "unknown" and piece in _TAILS and found and found[-1][0] == "business":
            found[-1] = "business", found[-1][1] + piece
        else:
            found.append((kind, piece))
    return found


def _run_cost(run: tuple[float, int, int, str], end: int, word: str) -> float:
    """The cost of a cut whose last piece is a run of unknown characters up to `end`; one that is a word stands alone."""
    return run[0] + (_LONE if end - run[1] == 1 and word[run[1] : end] not in _terms() else 0.0)


def _number(match: re.Match[str]) -> str:
    """`第五十四` and `第七〇二` to digits."""
    text = match.group(1)
    if "十" not in text and "百" not in text:
        return "".join(str(_DIGITS[c]) for c in text)
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return str(total + digit)


_LINKS = re.compile(r"(?<=[\u3400-\u9fff])(?:[\u3041-\u3096]{1,3}|[ノヶケツガ])(?=[\u3400-\u9fff])")
"""Kana between two Han characters that belong to the trade name: 味の素, 江ノ島, 霞ヶ関."""


def _flush(rest: str, parts: list[str]) -> None:
    """An unknown run as one part for each script, or in one piece where Kana links its Han characters."""
    run = ""
    linked = {at for match in _LINKS.finditer(rest) for at in range(match.start(), match.end() + 1)}
    for at, character in enumerate(rest):
        if (
            run
            and (character_script(character) == "Kana") != (character_script(run[-1]) == "Kana")
            and character != "ー"
            and at not in linked
        ):
            parts.append(run)
            run = ""
        run += character
    if run:
        parts.append(run)


@cache
def _terms() -> dict[str, str]:
    found = {term: "form" for term in form_terms() if character_script(term[0]) in UNSPACED}
    for script in UNSPACED:
        for term, kind in native_terms(script).items():
            found.setdefault(term.translate(simplified()), kind)
    found.update(dict.fromkeys(_EMPTY, "empty"))
    return {term.translate(simplified()): kind for term, kind in found.items()}


def is_company(word: str) -> bool:
    """Whether a word in Han, Kana or Hangul reads as a company or agency: it has a known term or six letters.

    Personal names of Thailand are longer: there a form or a term must be known.
    """
    parts, found = company_parts(word)
    terms = _terms()
    long = len(word) >= 6 and token_script(word) != "Thai"
    return bool(found) or long or any(terms.get(part) == "business" and len(part) > 1 for part in parts)
