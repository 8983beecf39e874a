"""The script that a name is written in, as ISO 15924."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache, lru_cache

from entrepot.readers.lists.tables import records

_LOOKED_AT = 60
"""Characters of a name that are looked at: the rest of a long one does not change the majority, and texts stand as names."""

_JAPANESE = frozenset({"Hira", "Kana"})


@lru_cache(maxsize=4096)
def _script_of(character: str) -> str | None:
    """The script of one letter; None where it is none or its script is not in data/scripts.tsv."""
    if not character.isalpha():
        return None
    return _scripts().get(unicodedata.name(character, "").split(" ")[0].split("-")[0])


def script(name: str) -> str | None:
    """ISO 15924 code of the script that most letters of `name` are written in, None where it has no letters.

    Han beside Kana is `Jpan`; a name in two scripts has that of the majority, the first in the name on a tie.
    """
    if name.isascii():
        return "Latn" if any(c.isalpha() for c in name) else None
    counts = Counter(found for c in name[:_LOOKED_AT] if (found := _script_of(c)))
    if not counts:
        return None
    if "Hani" in counts and _JAPANESE & set(counts):
        return "Jpan"
    return counts.most_common(1)[0][0]


@cache
def _scripts() -> dict[str, str]:
    return {word: code for word, code, _ in records("scripts.tsv")}
