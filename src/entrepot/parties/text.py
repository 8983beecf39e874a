"""Names as text: cleaning, folding of case and marks, splitting into tokens, scripts, look-alike letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_LENGTH = 512
"""Characters of a name that are read; the longest name on the OFAC, UK, UN and EU lists of 2024-26 has 430."""

_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "ħ": "h", "ŧ": "t", "ŋ": "ng", "ə": "a", "ƒ": "f", "ё": "е", "ѐ": "е", "ѝ": "и", "ĸ": "k", "ɑ": "a",
        "№": " no ", "＆": " & ", "™": " ", "®": " ", "©": " ",
        # Arabic-script letters with one reading for our purpose: hamza carriers, Persian and Urdu forms
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك",
        "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ة": "ه", "ۃ": "ه", "ؤ": "و", "ئ": "ي", "ـ": "",
    }
)  # fmt: skip
_FORM_SIGNS = str.maketrans({"㈱": " 株式会社 ", "㈲": " 有限会社 ", "㈜": " 주식회사 ", "™": " "})
"""Signs that mean more than what NFKC makes of them (`(株)`, `TM`), put before it."""
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼʹ`´ʻ״׳\"”“ʾʿ](?=\w)|[ʹʺʾʿ]|^['’‘]")
_CYRILLIC_QUOTE = re.compile(
    r"(?<=[^\Wбпвмфрк])[\"”“](?=[\u0400-\u04ff])|(?<=[бпвмфрк])[\"”“](?=[\u0400-\u04ff])(?![єїюя])"
)
"""A quotation mark written on to the form before it: `ООО"Ромашка"`. In Hebrew it stands inside abbreviations, in romanised
Cyrillic for the hard sign, after Ukrainian labials (`об"єднання`) for the apostrophe."""
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff\u200c]+[^\W_]*)*")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_KEEPS_MARKS = re.compile(r"[\u0900-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff]")
_MARKS_ARABIC_HEBREW = re.compile(r"[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")

# First and last code point, ISO 15924 code. Letters only; what is not here is `Zyyy` (common) or `Zzzz`.
_RANGES = (
    (0x41, 0x24F, "Latn"), (0x250, 0x2AF, "Latn"), (0x1E00, 0x1EFF, "Latn"), (0x370, 0x3FF, "Grek"),
    (0x1F00, 0x1FFF, "Grek"), (0x400, 0x52F, "Cyrl"), (0x530, 0x58F, "Armn"), (0x590, 0x5FF, "Hebr"),
    (0x600, 0x6FF, "Arab"), (0x750, 0x77F, "Arab"), (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFF, "Arab"),
    (0x900, 0x97F, "Deva"), (0x980, 0x9FF, "Beng"), (0xE00, 0xE7F, "Thai"), (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"), (0x1C90, 0x1CBF, "Geor"), (0x1780, 0x17FF, "Khmr"), (0x3040, 0x309F, "Kana"),
    (0x30A0, 0x30FF, "Kana"), (0x31F0, 0x31FF, "Kana"), (0x3400, 0x4DBF, "Hani"), (0x4E00, 0x9FFF, "Hani"),
    (0xF900, 0xFAFF, "Hani"), (0xAC00, 0xD7AF, "Hang"), (0x3005, 0x3007, "Hani"), (0x20000, 0x3FFFF, "Hani"),
)  # fmt: skip

# Cyrillic and Greek letters that look like a Latin one (Unicode confusables, lower case, and those whose capital does).
LOOKALIKES = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "к": "k",
    "м": "m", "т": "t", "в": "b", "н": "h", "ԁ": "d", "ԛ": "q", "ԝ": "w", "г": "r", "п": "n", "и": "u", "ь": "b",
    "α": "a", "ο": "o", "ρ": "p", "ν": "v", "κ": "k", "τ": "t", "ι": "i", "υ": "u", "η": "n", "χ": "x", "ε": "e",
}  # fmt: skip
_LATIN_TO_CYRILLIC = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "y": "у", "x": "х", "i": "і", "k": "к",
                      "m": "м", "t": "т", "b": "в", "h": "н", "j": "ј", "s": "ѕ"}  # fmt: skip


def fold(name: str) -> str:
    """The name without case, marks, invisible characters and look-alikes; scripts are kept.

    Compatibility forms (full width, ligatures, circled) are resolved (NFKC). Vowel signs of Indic and South-East Asian
    scripts and Kana's voicing marks are letters there and stay. At most `MAX_LENGTH` characters are read.
    """
    name = name[:MAX_LENGTH]
    if name.isascii():
        return name.lower()
    name = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name.translate(_FORM_SIGNS))).casefold().translate(_LETTERS)
    if name.isascii():
        return name
    name = _MARKS_ARABIC_HEBREW.sub("", name)
    if _KEEPS_MARKS.search(name) is None:
        # й and ї are letters of their own: set aside before the marks are stripped
        name = name.replace("й", "\ue000").replace("ї", "\ue001").replace("ў", "\ue002")
        name = "".join(c for c in unicodedata.normalize("NFD", name) if unicodedata.category(c) != "Mn")
        name = unicodedata.normalize("NFC", name)
        name = name.replace("\ue000", "й").replace("\ue001", "ї").replace("\ue002", "ў")
    return name


def tokens(folded: str) -> list[str]:
    """Words of a folded name: letters and digits; `a.b.c.` is one word, apostrophes inside a word vanish."""
    if "." in folded:
        folded = _DOTTED.sub(_undot, folded)
    if not folded.isascii() or "'" in folded or "`" in folded or '"' in folded:
        folded = _APOSTROPHES.sub("", _CYRILLIC_QUOTE.sub(" ", folded))
    if folded.isascii():
        return _ASCII_TOKEN.findall(folded)
    found: list[str] = []
    for token in _TOKEN.findall(folded):
        found.extend([token] if token.isascii() else _split_scripts(token))
    return found


_ASCII_TOKEN = re.compile(r"[a-z0-9]+")


def _undot(match: re.Match[str]) -> str:
    text = match.group()
    return f" {text.replace('.', '')} "


@lru_cache(maxsize=1 << 14)
def character_script(character: str) -> str:
    """ISO 15924 code of a letter; `Zyyy` for digits and signs, `Zzzz` for scripts that are not told apart here."""
    if not character.isalpha() and character not in "々〇ー" and unicodedata.category(character) not in ("Mc", "Mn"):
        return "Zyyy"
    code = ord(character)
    for first, last, script in _RANGES:
        if first <= code <= last:
            return script
    return "Zzzz"


@lru_cache(maxsize=1 << 16)
def token_script(token: str) -> str:
    """The script of most letters of a token; `Zyyy` where it has no letter."""
    if token.isascii():
        return "Zyyy" if token.isdigit() else "Latn"
    counts: dict[str, int] = {}
    for character in token:
        script = character_script(character)
        if script != "Zyyy":
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return "Zyyy"
    if "Kana" in counts and "Hani" in counts:
        return "Jpan"
    return max(counts, key=lambda script: counts[script])


def name_script(name: str) -> str:
    """The ISO 15924 code of the script that most letters of a name are in, for example `Latn`, `Cyrl`, `Hani`."""
    return token_script("".join(tokens(fold(name))))


@lru_cache(maxsize=1 << 16)
def unmixed(token: str) -> tuple[str, str]:
    """A token with look-alike letters put back into its main script, and the evidence.

    Returns:
        The token and, where Latin stood among Cyrillic or Greek letters or the reverse, a note such as
        `Latin 'a' among Cyrillic letters`; else an empty note.
    """
    if token.isascii():
        return token, ""
    scripts = [character_script(c) for c in token]
    latin, other = scripts.count("Latn"), scripts.count("Cyrl") + scripts.count("Grek")
    if not latin or not other:
        return token, ""
    if all(c in LOOKALIKES for c, s in zip(token, scripts, strict=True) if s in ("Cyrl", "Grek")) and latin >= other:
        odd = sorted({c for c, s in zip(token, scripts, strict=True) if s in ("Cyrl", "Grek")})
        return "".join(LOOKALIKES.get(c, c) for c in token), f"look-alike {' '.join(odd)} among Latin letters"
    if all(c in _LATIN_TO_CYRILLIC for c, s in zip(token, scripts, strict=True) if s == "Latn"):
        odd = sorted({c for c, s in zip(token, scripts, strict=True) if s == "Latn"})
        changed = "".join(_LATIN_TO_CYRILLIC[c] if s == "Latn" else c for c, s in zip(token, scripts, strict=True))
        return changed, f"look-alike Latin {' '.join(odd)} among Cyrillic letters"
    return token, "letters of two scripts in one word"


def _split_scripts(token: str) -> list[str]:
    """A token at the border of East Asian scripts and others (`tdk株式会社`), and of letters and Han digits."""
    parts: list[str] = []
    last = ""
    for character in token:
        script = character_script(character)
        kind = "cjk" if script in ("Hani", "Kana") else "hang" if script == "Hang" else "any"
        if parts and kind == last:
            parts[-1] += character
        else:
            parts.append(character)
        last = kind
    return parts
