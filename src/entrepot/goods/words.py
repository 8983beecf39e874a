"""Turns goods text in any script into weighted, stemmed words."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]  # ships without type information

from entrepot.goods.lexicon import boilerplate, segment_cues, stop_words

MAX_CHARACTERS = 4_000
"""Longer descriptions are cut here: customs systems hold at most a few hundred characters a line (the EU's data element
18 05 000 000 has 512), and what follows in scraped text is boilerplate."""

HEAD_WEIGHT = 1.3
MUTE_NUMBER, MUTE_MODEL, MUTE_WORD = "0", "0q", "qq"
"""Stand-ins of `muted` for a number, for figures with letters behind them, and for a word; none is in the vocabulary."""
_BREAKS = frozenset(",;.()")
_TOKEN = re.compile(r"[,;()]|(?<=[a-z])\.(?=\s)|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*\s*%|[^\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ENGLISH = snowballstemmer.stemmer("english")
_RUSSIAN = snowballstemmer.stemmer("russian")


@dataclass(frozen=True, slots=True)
class Word:
    """A stemmed word with the characters it came from and the weight of its part of the text."""

    stem: str
    shown: str
    weight: float


def weighted_words(text: str) -> list[Word]:
    """The words of a goods text in order, each weighted by what its part of the text says about the goods.

    What the goods are counts fully; what they are for, come in, or lack counts less; in `60% cotton, 40% polyester` a
    material counts by the square of its share against the largest, since goods go with their chief material. Weights and cues: `data/segment_cues.tsv`.
    """
    found: list[Word] = []
    weight = 1.0
    share: float | None = None
    since_share = 0
    cues = segment_cues()
    tokens = list(_tokens(plain(text)))
    at = 0
    head = _head(tokens, cues)
    largest = max((_share(token) or 0.0 for token in tokens if token.endswith("%")), default=1.0) or 1.0
    while at < len(tokens):
        token = tokens[at]
        for length in (3, 2, 1):
            cue = cues.get(" ".join(tokens[at : at + length]))
            if cue is not None:
                weight = cue
                at += length
                break
        else:
            at += 1
            if token.endswith("%"):
                share = _share(token)
                since_share = 0
                continue
            if token in stop_words() or token in _BREAKS:
                continue
            factor = HEAD_WEIGHT if at - 1 == head else 1.0
            if share is not None and since_share < 3:
                factor *= (share / largest) ** 2
                since_share += 1
            found += [Word(stem, token, weight * factor) for stem in stems(token)]
    return found


def _head(tokens: Sequence[str], cues: Mapping[str, float]) -> int:
    """Place of the head noun: the last word of the first phrase, before a comma or a cue, that is no stop word."""
    found = -1
    for at, token in enumerate(tokens[:12]):
        if token in cues or (at + 1 < len(tokens) and f"{token} {tokens[at + 1]}" in cues) or token in _BREAKS:
            if found >= 0:
                break
            continue
        if token not in stop_words() and token[0].isalpha():
            found = at
    return found


def stems(token: str) -> list[str]:
    """Stems of one lower-case token; a run of Han characters gives its pairs of characters."""
    if _HAN.search(token):
        return [
            part
            for run in _HAN.findall(token)
            for part in ([run[i : i + 2] for i in range(len(run) - 1)] if len(run) > 1 else [run])
        ]
    if any(c.isdigit() for c in token):
        return [token] if any(c.isalpha() for c in token) else []
    stem = _stem(token)
    return [stem] if len(stem) > 1 else []


def plain(text: str) -> str:
    """Lower case, compatibility forms folded, entities and control characters gone, boilerplate dropped, cut to length.

    Entities are read as often as they were written: scraped text holds `&amp;amp;`.
    """
    clean = text[:MAX_CHARACTERS]
    while "&" in clean and clean != (read := html.unescape(clean)):
        clean = read
    clean = unicodedata.normalize("NFKC", clean)
    if not clean.isprintable():
        clean = "".join(c if c.isprintable() else " " for c in clean)
    clean = clean.casefold()
    for phrase in boilerplate():
        if phrase in clean:
            clean = clean.replace(phrase, " ")
    return " ".join(clean.split())


def muted(clean: str, is_mute: Callable[[str], bool]) -> str:
    """A plain text with a stand-in for each token that `is_mute`, so that texts which differ in model numbers meet.

    The stand-in is read as the token was: the same kind of characters first and last, a word where the token was one.
    A token for which no stand-in is read alike stays.
    """

    def stand_in(match: re.Match[str]) -> str:
        token = match.group()
        if token[0] in ",;()." or token[-1] == "%":
            return token
        if token.isdecimal() and token.isascii():
            return MUTE_NUMBER
        if not ("a" <= token[-1] <= "z" and is_mute(token.replace("’", "'").removesuffix("'s"))):
            return token
        return MUTE_WORD if token[0].isalpha() else MUTE_MODEL

    return _TOKEN.sub(stand_in, clean)


def _tokens(clean: str) -> Iterator[str]:
    for match in _TOKEN.finditer(clean):
        token = match.group().replace("’", "'").removesuffix("'s")
        yield token.replace(" ", "")


def _share(token: str) -> float | None:
    try:
        value = float(token.rstrip("%").replace(",", "."))
    except ValueError:
        return None
    return value / 100 if 0 < value <= 100 else None


@lru_cache(maxsize=200_000)
def _stem(token: str) -> str:
    if _CYRILLIC.search(token):
        return str(_RUSSIAN.stemWord(token.replace("ё", "е")))
    folded = "".join(c for c in unicodedata.normalize("NFD", token.replace("ı", "i")) if not unicodedata.combining(c))
    return str(_ENGLISH.stemWord(folded.replace("'", "")))
