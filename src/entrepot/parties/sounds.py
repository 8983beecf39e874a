"""How a Latin spelling sounds, roughly: spellings of one sound in many languages become one code; and word stems."""

from __future__ import annotations

import re
from functools import lru_cache

# Ordered: longer groups first. Capitals are sounds of their own: S (sh), C (ch), J (zh, dzh).
_SOUNDS = (
    ("shch", "S"), ("tsch", "C"), ("dzh", "J"), ("sch", "S"), ("tch", "C"), ("tsh", "C"), ("cz", "C"), ("sz", "S"),
    ("zh", "J"), ("kh", "h"), ("sh", "S"), ("ch", "C"), ("dj", "J"), ("ph", "f"), ("gh", "g"), ("th", "t"), ("dh", "d"),
    ("ts", "z"), ("tz", "z"), ("dz", "z"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("ie", "i"), ("iy", "i"), ("ij", "i"), ("yi", "i"), ("ya", "ia"), ("ja", "ia"),
    ("yu", "iu"), ("ju", "iu"), ("ye", "ie"), ("y", "i"), ("ae", "e"), ("oe", "o"), ("ue", "u"), ("j", "J"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLE = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=[aeiou])h(?![aeiou])")

_ENDINGS = (
    "skogo", "skaya", "skaja", "skoye", "skoe", "skiye", "skiy", "skyi", "skij", "skii", "sky", "ski", "ska", "skaia",
    "noye", "noe", "naya", "naia", "nyy", "nyi", "nny", "nyye", "ies", "es", "s",
)  # fmt: skip


@lru_cache(maxsize=1 << 17)
def sound(spelling: str) -> str:
    """The sounds of an ASCII spelling: `xi` and `shi` give `Si`; doubled letters count once; digits stay."""
    if spelling.startswith("x"):
        spelling = "sh" + spelling[1:]
    spelling = _SOFT_C.sub("s", spelling) if "c" in spelling else spelling
    spelling = spelling.replace("sh", "S") if "shh" in spelling else spelling
    for written, heard in _SOUNDS:
        if written in spelling:
            spelling = spelling.replace(written, heard)
    spelling = _FINAL_H.sub("", spelling.replace("c", "k"))
    return _DOUBLE.sub(r"\1", spelling)


@lru_cache(maxsize=1 << 17)
def stem(spelling: str) -> str:
    """A word without its plural or Slavic adjective ending, where at least four letters stay."""
    for ending in _ENDINGS:
        if spelling.endswith(ending) and len(spelling) - len(ending) >= 4:
            return spelling[: -len(ending)]
    return spelling


def skeleton(spelling: str) -> str:
    """The consonants of `sound`, with the first letter kept: a key for spellings that differ in vowels."""
    heard = sound(spelling)
    return heard[:1] + "".join(c for c in heard[1:] if c not in "aeiou")
