"""Folds headers and words to the form in which the lexicon is written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_LETTERS = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ə": "e", "ß": "ss", "ё": "е",
    "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ـ": "", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'",
})  # fmt: skip
"""Letters that Unicode does not decompose, or that are written either way."""

_HAN_FORMS = files("entrepot.readers.layout").joinpath("data").joinpath("han_forms.tsv")

_SIGNS = (
    (re.compile(r"(?<![^\W_])([ldnsj]|qu)'(?=\w{2})"), r"\1 "),
    (re.compile(r"(?<![^\W_])((?:[^\W\d_]\.){2,}[^\W\d_]?)(?![^\W_])"), lambda found: found[1].replace(".", "")),
    (re.compile(r"(?<![^\W_])(?:us|u\.?s\.?|u)\s?\$[sd]?|\$\s?us(?![^\W_])|(?<![^\W_])u\$s?d?"), " usd "),
    (
        re.compile(
            r"(?<![^\W_])(?:rd|r|a|au|c|ca|hk|nt|s|nz|mx|cl|col|ar|tt|bz|fj|n|z|l|j|b|g|ec|bds|sr)\$|[₡₲₦₵£¥₴₸₺₱₫฿₩₪₭₮₼]"
        ),
        " lcy ",
    ),
    (re.compile(r"%"), " percent "),
    (re.compile(r"№|n[°º]|#"), " no "),
    (re.compile(r"€"), " eur "),
    (re.compile(r"₽"), " rub "),
    (re.compile(r"₹"), " inr "),
    (re.compile(r"\$"), " dollarsign "),
    (re.compile(r"'0{3}s?|\b0{3}\b"), " thousand "),
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), ""),
)
"""Signs that are words of their own."""

_PLAIN = re.compile(r"[a-z_ ]*")
"""Without a sign or a number, as most headers are."""

_SHORTEST_HUMPED = 4
"""`CoO` and `MoT` are abbreviations, not humps."""

_HUMP = re.compile(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])|(?<=[A-ZА-Я])(?=[A-ZА-Я][a-zа-я])")
_WORD = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+|[^\W\d_\u0e01-\u0e4e]+|\d+")
_WIDE = re.compile(r"[\u0e01-\u0e4e\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


def fold(text: str) -> str:
    """`text` in lower case, without accents on Latin letters, letters in one form, Han simplified, spaces single."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = []
    for character in unicodedata.normalize("NFKC", text).casefold():
        plain = unicodedata.normalize("NFD", character)
        latin = "a" <= plain[0] <= "z"
        folded.append(plain[0] if latin and len(plain) > 1 else character)
    joined = "".join(c for c in folded if not "\u0300" <= c <= "\u036f" and not "\u064b" <= c <= "\u0652")
    joined = joined.translate(_LETTERS)
    return " ".join((joined.translate(_simplified()) if wide(joined) else joined).split())


@cache
def _simplified() -> dict[int, str]:
    """Traditional and Japanese Han characters to their simplified forms (data/han_forms.tsv)."""
    lines = (line for line in _HAN_FORMS.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {
        ord(form): plain
        for forms, plains in (line.split("\t") for line in lines)
        for form, plain in zip(forms, plains, strict=True)
    }


@lru_cache(maxsize=8192)
def tokens(header: str) -> tuple[str, ...]:
    """The words and numbers of a header: humps, underscores and punctuation divide, signs become words."""
    text = unicodedata.normalize("NFKC", header)
    if not text.isupper() and len(text.strip()) > _SHORTEST_HUMPED:
        text = _HUMP.sub(" ", text)
    text = fold(text)
    if not _PLAIN.fullmatch(text):
        for pattern, word in _SIGNS:
            text = pattern.sub(word, text)
    return tuple(_WORD.findall(text))


def wide(text: str) -> bool:
    """Whether a word is of a script that is written without spaces (Han, kana) or glues words (Hangul)."""
    return bool(_WIDE.search(text))
