"""Folds a written name of a country or place to the key under which it is looked up."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose but that customs files write either way.
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ə": "e",
        "ё": "е",
        "ў": "у",
        "&": " and ",
        # quotes and modifier letters inside words are dropped: Cote d'Ivoire, Sana'a, O‘zbekiston
        "'": "",
        "’": "",
        "‘": "",
        "ʻ": "",
        "ʼ": "",
        "`": "",
        "´": "",
        "ʹ": "",
        "ـ": "",
        "\u200c": "",
        "\u200d": "",
        "\u00ad": "",
        # Arabic and Persian forms of one letter
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ة": "ه",
    }
)
_DROPPED = frozenset({"the", "of", "and", "und", "et", "y", "e", "и"})
"""Words that lists of countries write or leave out: `Gambia, The`, `Korea, Rep.`, `Trinidad Tobago`."""

_SPELLED_OUT = {
    "rep": "republic",
    "dem": "democratic",
    "fed": "federation",
    "st": "saint",
    "ste": "saint",
    "is": "islands",
    "isl": "islands",
    "isds": "islands",
    "island": "islands",
    "респ": "республика",
}
_NOT_WORD = re.compile(r"[\W_]+")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")


def fold(text: str) -> str:
    """`text` as lower-case words joined by one space: no accents, no punctuation, letters in one form.

    Marks are dropped where they are accents (Latin, Greek, Cyrillic) or vowel points (Arabic, Hebrew), and kept
    where they are vowels (Indic scripts, Thai).
    """
    if text.isascii():
        text = text.lower().replace("'", "").replace("`", "").replace("&", " and ")
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        text = "".join(c for c in text if not _is_accent(c)).translate(_LETTERS)
        text = unicodedata.normalize("NFC", _DOTTED.sub("", text))
        # vowel signs of Indic scripts, Thai and Burmese are marks: they stay, `re` would take them for punctuation
        return " ".join("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split())
    return " ".join(_NOT_WORD.sub(" ", _DOTTED.sub("", text)).split())


def words(text: str) -> list[str]:
    """The words of a folded name that tell countries apart, abbreviations spelled out."""
    found = [_SPELLED_OUT.get(word, word) for word in fold(text).split()]
    return [word for word in found if word not in _DROPPED] or found


def key(text: str) -> str:
    """The words of `text` run together, so that `Viet Nam` and `Vietnam`, `HONG-KONG` and `Hong Kong` are one."""
    if text.isascii() and text.isalpha():  # one plain word, as most names are
        word = text.lower()
        return _SPELLED_OUT.get(word, word)
    return "".join(words(text))


def sorted_key(text: str) -> str:
    """As `key`, but whatever the order: `Korea, Republic of` and `Republic of Korea` are one."""
    return " ".join(sorted(words(text)))


def _is_accent(character: str) -> bool:
    order = unicodedata.combining(character)
    # canonical combining classes: 202 and above are accents; 10-35 Hebrew and Arabic points (Unicode, UAX 44)
    return order >= 202 or 10 <= order <= 35
