"""Forms of one person's name across languages: Alexander, Aleksandr, Александр."""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files


def names_of(word: str) -> tuple[int, ...]:
    """Numbers of the names that `word`, folded to lower case, is a form of; the same number means one name."""
    found = _forms().get(word, ())
    return found if isinstance(found, tuple) else (found,)


@cache
def _forms() -> dict[str, int | tuple[int, ...]]:
    """Word to its names. Data: Wikidata (CC0), forms as collected in rigour (MIT); see data/README.md."""
    data = files("entrepot.parties").joinpath("data", "person_names.txt.xz").read_bytes()
    forms: dict[str, int | tuple[int, ...]] = {}
    for number, line in enumerate(lzma.decompress(data).decode("utf-8").split("\n")):
        for word in line.split(" "):
            known = forms.get(word)
            if known is None:
                forms[word] = number
            else:
                forms[word] = (*(known if isinstance(known, tuple) else (known,)), number)
    return forms
