"""Names to arrays: each name once becomes the numbers of its words, its legal forms and what it looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrepot.parties.abbreviations import english_abbreviations, own_names, without_honour, written_out
from entrepot.parties.datafile import rows
from entrepot.parties.forms import Form, form_of, split_forms, unglued
from entrepot.parties.han import UNSPACED, company_parts, is_company
from entrepot.parties.known_names import MOST_ENGLISH, in_english
from entrepot.parties.native import native_terms
from entrepot.parties.spelled import closed_up, is_letter
from entrepot.parties.text import MAX_LENGTH, fold, token_script, tokens, unmixed
from entrepot.parties.vocabulary import BUSINESS, GENERIC, TITLE, Vocabulary

UNKNOWN, PERSON, ORGANISATION, VESSEL = range(4)
"""What a name is compared as."""

_OF_SCHEMA = {
    "Person": PERSON, "Company": ORGANISATION, "Organization": ORGANISATION, "PublicBody": ORGANISATION,
    "Vessel": VESSEL, "Airplane": VESSEL, "Vehicle": VESSEL,
}  # fmt: skip

MAX_WORDS = 24
"""Words of a name that are compared; longer names are cut. The longest on the lists of 2024-26 has 41, by an address."""

KINDS = ("LLC", "JSC", "SOE", "NGO", "LP", "GP", "LLP", "COOP", "SP", "FIN", "REL", "JV", "MIL")
_KIND_BIT = {kind: 1 << at for at, kind in enumerate(KINDS)} | {"LTD": 3}
"""`LTD` is the `Co., Ltd.` of East Asia, which translates limited and joint-stock companies alike."""

_LEET = str.maketrans("013457@9", "oieastag")
_VESSEL_PREFIX = frozenset(["mv", "mt", "ms", "ss", "mts", "msv", "fv", "sv", "my", "vessel", "motor", "tanker", "the"])
_NUMBER_SIGN = frozenset(["no", "nr", "num"])
"""Left out before a number: `No. 2 Machine Tool Works`."""

_ALSO_WORDS = (
    r"\b(?:a\.?k\.?a\.?|f\.?k\.?a\.?|n\.?k\.?a\.?|d\.?b\.?a\.?|a/k/a|f/k/a|d/b/a|t/a|also known as|formerly known as|formerly|"
    r"previously known as|now known as|doing business as|trading as|known as|alias|ранее|бывш\.|он же|она же|dit|"
    r"anteriormente|nombre comercial)\b"
)
_ALSO = re.compile(r"\s*[,;(]?\s*" + _ALSO_WORDS + r"\.?:?\s*", re.IGNORECASE)
_SAYS_ALSO = re.compile(_ALSO_WORDS, re.IGNORECASE)
"""The same without what stands around it, which most names do not need to be searched for."""
_OPENING = frozenset("(（[「『")
_BRACKET = re.compile(r"[(（\[「『]([^()（）\[\]]{3,})[)）\]」』]")
_SLASH = re.compile(r"\s*[/|]\s*(?=\S{4})|\s+·\s+(?=\S{4})")


_SIMPLE = 14
"""Characters of a name that is too short to state a second one."""
_WITH_ACRONYM = 60
"""Characters of a name whose acronyms are also read as what they stand for."""


class Names(NamedTuple):
    """Analysed names as arrays. `words[at[i]:at[i + 1]]` are the vocabulary numbers of name i.

    forms: bits of the kinds of legal form (`KINDS`), 0 none. looks: UNKNOWN or the kind it reads as (person or
    organisation). schema: what the caller said.
    """

    words: NDArray[np.int32]
    at: NDArray[np.int64]
    forms: NDArray[np.int32]
    looks: NDArray[np.uint8]
    schema: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysed name, for explanations.

    Attributes:
        words: vocabulary numbers. forms: legal forms. titles: words left out. notes: look-alike letters and the like.
    """

    words: tuple[int, ...]
    forms: tuple[Form, ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    looks: int


def schema_kind(schema: str | None) -> int:
    """PERSON, ORGANISATION, VESSEL or UNKNOWN for a FollowTheMoney schema."""
    return _OF_SCHEMA.get(schema or "", UNKNOWN)


def variants(name: str) -> list[str]:
    """The names that one entry states: before and after `formerly`, `trading as`, a slash, or in brackets.

    An acronym that lists use (`PLA`) also stands for its long form. The whole entry is the first. At most five, and at most
    three more with the organisations in it that are known put in English (`known_names.in_english`).
    """
    name = name[:MAX_LENGTH]
    found = [name]
    if len(name) > 3 and _SAYS_ALSO.search(name):
        parts = [part.strip(" ,;()") for part in _ALSO.split(name)]
        found = [part for part in parts if len(part) > 2] or found
    if len(name) > _SIMPLE:
        found += without_honour(name) + own_names(name)
    for whole in list(found):
        bracket = None if _OPENING.isdisjoint(whole) else _BRACKET.search(whole)
        if bracket is not None:
            inside, without = (
                bracket.group(1).strip(),
                (whole[: bracket.start()] + " " + whole[bracket.end() :]).strip(),
            )
            if len(without) > 2 and _is_name(inside, without):
                found += [without, inside]
            elif len(without) > 8 and inside.isupper() and inside.isalpha() and inside.isascii() and len(inside) <= 8:
                found.append(without)  # an acronym of the name
        if "/" in whole or " · " in whole or "|" in whole:
            parts = _SLASH.split(whole)
            if 2 <= len(parts) <= 3 and all(len(part) >= 5 for part in parts):
                found += parts
    if len(name) <= _WITH_ACRONYM:
        words = [word.strip('.,()«»"“”') for word in name.lower().split()]
        if not _acronyms().keys().isdisjoint(words):
            found.append(" ".join(_acronyms().get(word, word) for word in words))
    found = list(dict.fromkeys(found))[:5]
    if not name.isascii():
        found += list(dict.fromkeys(english for one in found for english in in_english(one)))[:MOST_ENGLISH]
    return found


@cache
def _acronyms() -> dict[str, str]:
    """Acronyms that lists and reports use for a longer name (`data/acronyms.tsv`), and abbreviations in Latin letters."""
    return {acronym: name for acronym, name, *_ in rows("acronyms")} | english_abbreviations()


def _is_name(inside: str, without: str) -> bool:
    """Whether a bracket holds a second name rather than a place or a remark: another script, or a word of its own."""
    words = tokens(fold(inside))
    if not words:
        return False
    if token_script("".join(words)) != token_script("".join(tokens(fold(without)))):
        return True
    return len(words) > 1 and not set(words) <= set(tokens(fold(without)))


class Analyser:
    """Turns names into word numbers, over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary if vocabulary is not None else Vocabulary()

    def analyse(self, name: str, kind: int = UNKNOWN) -> Analysis:
        """Analyse one name.

        Args:
            name: any text.
            kind: what it is compared as; UNKNOWN lets its words decide.
        """
        words = tokens(fold(_unfolded(name)))
        notes: list[str] = []
        if not name.isascii():
            pure = [unmixed(token) for token in words]
            words, notes = [word for word, _ in pure], [note for _, note in pure if note]
        if not _NUMBER_SIGN.isdisjoint(words):
            words = [
                word
                for at, word in enumerate(words)
                if not (word in _NUMBER_SIGN and at + 1 < len(words) and words[at + 1].isdigit())
            ]
        if "named" in words:
            words = _unnamed(words)
        words = unglued(words)
        marks, forms = split_forms(words)
        kept = [word for word, mark in zip(words, marks, strict=True) if not mark] if forms else words
        looks = ORGANISATION if forms else UNKNOWN
        if not name.isascii():
            kept, more, company = _segment(_rejoined(_spelled(kept)), kind, bool(forms))
            if kind not in (PERSON, VESSEL):
                kept = written_out(kept)
            forms = forms + more
            looks = ORGANISATION if company or forms else looks
        if kind == PERSON or (kind == UNKNOWN and looks == UNKNOWN):
            kept = [word if word.isalpha() else _unleet(word) for word in kept]
        titles: list[str] = []
        if kind == VESSEL:
            while len(kept) > 1 and kept[0] in _VESSEL_PREFIX:
                titles.append(kept.pop(0))
            if len(kept) > 2 and kept[0] == "m" and kept[1] in ("v", "t"):
                titles += [kept.pop(0), kept.pop(0)]
        numbers = self._add_tens([self.vocabulary.number(word) for word in kept[:MAX_WORDS]])
        kinds = self.vocabulary.kinds
        if looks == UNKNOWN and any(kinds[n] in (GENERIC, BUSINESS) for n in numbers):
            looks = ORGANISATION
        if kind == PERSON or (kind == UNKNOWN and looks == UNKNOWN):
            plain = [n for n in numbers if kinds[n] != TITLE]
            if plain and len(plain) < len(numbers):
                titles += [self.vocabulary.words[n] for n in numbers if kinds[n] == TITLE]
                numbers = plain
        return Analysis(tuple(numbers), tuple(forms), tuple(titles), tuple(notes), looks)

    def _add_tens(self, numbers: list[int]) -> list[int]:
        """`forty four` is 44."""
        values = self.vocabulary.values
        if not any(20 <= values[number] <= 90 for number in numbers):
            return numbers
        out: list[int] = []
        for number in numbers:
            before = values[out[-1]] if out else -1
            if (
                20 <= before <= 90
                and before % 10 == 0
                and 1 <= values[number] <= 9
                and not self.vocabulary.words[out[-1]].isdigit()
            ):
                out[-1] = self.vocabulary.number(str(before + values[number]))
            else:
                out.append(number)
        return out

    def batch(self, names: Sequence[str], kinds: Sequence[int] | NDArray[np.uint8]) -> Names:
        """Analyse many names into arrays."""
        words: list[int] = []
        at = np.zeros(len(names) + 1, np.int64)
        forms = np.zeros(len(names), np.int32)
        looks = np.zeros(len(names), np.uint8)
        for i, (name, kind) in enumerate(zip(names, kinds, strict=True)):
            analysis = self.analyse(name, int(kind))
            words.extend(analysis.words)
            at[i + 1] = len(words)
            forms[i] = form_bits(analysis.forms)
            looks[i] = analysis.looks
        return Names(np.array(words, np.int32), at, forms, looks, np.array(kinds, np.uint8))


def _unnamed(words: list[str]) -> list[str]:
    """Without the words `named after`."""
    return [
        word
        for at, word in enumerate(words)
        if not (
            (word == "named" and words[at + 1 : at + 2] == ["after"])
            or (word == "after" and at > 0 and words[at - 1] == "named")
        )
    ]


def form_bits(forms: Sequence[Form]) -> int:
    """The kinds of legal form as bits; 0 where there is none or the kind is unknown."""
    bits = 0
    for form in forms:
        bits |= _KIND_BIT.get(form.kind, 0)
    return bits


def _unleet(word: str) -> str:
    """`sech1n` to `sechin`: digits among letters of a personal name that look like letters."""
    if word.isalpha() or word.isdigit() or sum(c.isalpha() for c in word) < 2 or not word.isascii():
        return word
    return word.translate(_LEET)


_GLUED_FORM = re.compile(r"(?<=[a-z])(?=co\.?,\s*\.?ltd|co\.,)", re.IGNORECASE)
"""`CANDOCO.,LTD.`: the comma says that the form is written on to the name."""
_SERIAL = re.compile(r"제\s*(\d+)\s*호?|(\d+)\s*호|第?(\d+)[号號]")
"""`제4호`: number 4 of a series."""


_AND = re.compile(r"(?<=[а-яёА-ЯЁ»]) и (?=[а-яёА-ЯЁ«])")
"""`and` in Russian, which as a single letter would be an initial."""
_COMPANY_IN_KANA = re.compile(r"(?<=[ァ-ヶー])(?<![・])社(?=$|\s)")
"""`メスバ・エネルギー社`: the firm of that name; behind Han characters 社 may belong to a word (商社)."""


def _unfolded(name: str) -> str:
    """The name with a glued form set apart, and without the words around a serial number in Hangul and Han, `and` in
    Russian, and `社` behind Kana."""
    if name.isascii():
        return _GLUED_FORM.sub(" ", name) if "," in name else name
    return closed_up(_COMPANY_IN_KANA.sub("", _SERIAL.sub(r" \1\2\3 ", _AND.sub(" ", name))))


def _spelled(words: list[str]) -> list[str]:
    """Neighbouring words that are names of letters as one word: `ビー エム エル`."""
    out: list[str] = []
    run: list[str] = []
    for word in (*words, ""):
        script = token_script(word) if word and not word.isascii() else ""
        if script and is_letter(word, script) and (not run or token_script(run[0]) == script):
            run.append(word)
            continue
        out += ["".join(run)] if len(run) > 1 else run
        run = []
        if word:
            out.append(word)
    return out


def _rejoined(words: list[str]) -> list[str]:
    """Arabic words with two neighbours that are one word put together, where one of them is none: `القا عدة`."""
    known = native_terms("Arab")
    out: list[str] = []
    for word in words:
        if (
            out
            and min(len(word), len(out[-1])) > 1
            and out[-1] + word in known
            and not (word in known and out[-1] in known)
            and token_script(word) == "Arab"
        ):
            out[-1] += word
        else:
            out.append(word)
    return out


def _segment(words: list[str], kind: int, company: bool) -> tuple[list[str], list[Form], bool]:
    """Words in scripts without spaces cut into parts."""
    out: list[str] = []
    forms: list[Form] = []
    for word in words:
        script = "Latn" if word.isascii() else token_script(word)
        if script not in (*UNSPACED, "Jpan") or (script == "Thai" and not company and not is_company(word)):
            out.append(word)
            continue
        if kind == PERSON or (kind == UNKNOWN and not company and len(word) <= 4 and not is_company(word)):
            out.append(word)  # in one piece: Latin words are joined to meet it, in either order
            continue
        parts, found = company_parts(word)
        out.extend(parts)
        forms += [form for form in map(form_of, found) if form is not None]
        company = company or bool(found) or is_company(word)
    return out, forms, company
