"""The key under which two spellings of a name are equal: case, marks, script, legal form and word order aside."""

from __future__ import annotations

from functools import lru_cache

from entrepot.parties.forms import split_forms
from entrepot.parties.romanise import romanised
from entrepot.parties.text import fold, tokens, unmixed

_EMPTY_WORDS = frozenset(["the", "of", "and", "a", "an", "de", "la", "le", "y", "et", "und", "no"])
"""Words without which a key is still the same name; `No` before a number."""


@lru_cache(maxsize=1 << 17)
def normal_form(name: str) -> str:
    """A key for exact equality of names.

    Rules, in order: fold case, marks and look-alike letters; romanise (`romanise.romanised`, first spelling); legal
    forms leave the words and stand at the end as their kind (`LLC` for ООО, GmbH, 有限公司; names without a form differ
    from names with one); articles and `and` are dropped; the rest is sorted and repeated words count once.

    Args:
        name: any text; at most `text.MAX_LENGTH` characters are read.

    Returns:
        The key, '' where the name has no letter or digit. `normal_form("ООО «Ромашка»")` is `romashka|llc`.
    """
    words = [unmixed(word)[0] for word in tokens(fold(name))]
    marks, forms = split_forms(words)
    kept = {romanised(word)[0] for word, mark in zip(words, marks, strict=True) if not mark}
    kept = {word for word in kept if word not in _EMPTY_WORDS} or kept
    kinds = sorted({"llc" if form.kind == "LTD" else (form.kind or form.name).lower() for form in forms})
    return " ".join(sorted(kept)) + ("|" + "+".join(kinds) if kinds else "")
