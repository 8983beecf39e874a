"""The parts of an East Asian name written without spaces: place, trade name, business, form."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from entrepot.parties.forms import form_terms
from entrepot.parties.text import character_script
from entrepot.parties.translit import simplified
from entrepot.parties.vocabulary import native_terms

_LONGEST = 10
_PLACE_ENDINGS = "省市区县州"
_EMPTY = "的之与及和の"
_ORDINAL = re.compile(r"第([〇零○一二三四五六七八九十百]+)")
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


@lru_cache(maxsize=1 << 16)
def company_parts(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts of a company name in Han, Kana or Hangul without spaces.

    The cut takes known terms (places, business words, forms) from the left, longest first; what lies between is the
    trade name and stays in one piece for each script. After a place its ending (市, 省) is dropped.

    Returns:
        The parts, and the legal forms found among them (as written).
    """
    terms = _terms()
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
    rest = ""
    at = 0
    while at < len(word):
        for size in range(min(_LONGEST, len(word) - at), 0, -1):
            term = word[at : at + size]
            kind = terms.get(term)
            if kind is None or (size == 1 and not (kind == "form" or term in _EMPTY)):
                continue
            if kind != "form" and rest and size <= 2 and len(rest) == 1 and at + size < len(word) and parts == []:
                continue  # 日+立: one character before a short term is more often a part of the trade name
            _flush(rest, parts)
            rest = ""
            if kind == "form":
                found_forms.append(term)
            elif term not in _EMPTY:
                parts.append(term)
            at += size
            if kind == "place" and at < len(word) - 1 and word[at] in _PLACE_ENDINGS:
                at += 1
            break
        else:
            rest += word[at]
            at += 1
    _flush(rest, parts)
    if not parts and found_forms:
        return (word,), ()
    return tuple(parts), tuple(found_forms)


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


def _flush(rest: str, parts: list[str]) -> None:
    run = ""
    for character in rest:
        if (
            run
            and (character_script(character) == "Kana") != (character_script(run[-1]) == "Kana")
            and character != "ー"
        ):
            parts.append(run)
            run = ""
        run += character
    if run:
        parts.append(run)


@cache
def _terms() -> dict[str, str]:
    found = {term: "form" for term in form_terms() if character_script(term[0]) in ("Hani", "Kana", "Hang")}
    for script in ("Hani", "Kana", "Hang"):
        for term, kind in native_terms(script).items():
            found.setdefault(term.translate(simplified()), kind)
    found.update(dict.fromkeys(_EMPTY, "empty"))
    return {term.translate(simplified()): kind for term, kind in found.items()}


def is_company(word: str) -> bool:
    """Whether a word in Han, Kana or Hangul reads as a company or agency: it has a known term or six letters."""
    parts, found = company_parts(word)
    terms = _terms()
    return bool(found) or len(word) >= 6 or any(terms.get(part) == "business" and len(part) > 1 for part in parts)
