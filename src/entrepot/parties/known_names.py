"""Organisations whose English name is known: a name in another script with what is known put in English (海康威视, `Hikvision`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from entrepot.parties.datafile import KNOWN_NAMES, together
from entrepot.parties.forms import split_forms
from entrepot.parties.han import UNSPACED, whole_pieces
from entrepot.parties.native import meanings
from entrepot.parties.text import fold, token_script, tokens

MOST_ENGLISH = 3
"""English names of one name that are tried; further ones are mostly other spellings."""

_FOREIGN = re.compile(r"[\u0370-\u1fff\u3005-\u9fff\uac00-\ud7af]")
_READ_ALONE = 4
"""Letters of a single word in Arabic, Cyrillic and other scripts with spaces that may stand for an organisation inside a longer name."""


def in_english(name: str) -> list[str]:
    """The name with the organisations in it that are known put in English, once for each English name; nothing where none is.

    The whole name without its legal form is looked for first, then the longest runs of its parts. A single part is put in English
    only where it is a trade name: no place, no word that says what firms do. Nothing is taken out, so that what stands around an
    organisation (its city, its legal form, the office of it) is compared as in any name.
    """
    if _FOREIGN.search(name) is None:
        return []
    atoms = _atoms(name)
    last = max((at for at, (_, kind, _) in enumerate(atoms) if kind != "form"), default=-1)
    first = next((at for at, (_, kind, _) in enumerate(atoms) if kind != "form"), 0)
    found: dict[int, tuple[int, tuple[str, ...]]] = {}
    start = first
    while start <= last:
        if _key(atoms[start : start + 2])[:2] not in _beginnings():
            start += 1
            continue
        for end in range(min(last + 1, start + _MOST_ATOMS), start, -1):
            whole = start == first and end == last + 1
            if atoms[start][1] == "form" or (end - start == 1 and not whole and not _is_trade_name(*atoms[start][:2])):
                continue
            english = _names().get(_key(atoms[start:end]))
            if english is not None:
                found[start] = end, tuple(dict.fromkeys(english.split("|")))
                start = end - 1
                break
        start += 1
    most = min(MOST_ENGLISH, max((len(english) for _, english in found.values()), default=0))
    return list(dict.fromkeys(" ".join(_written(atoms, found, choice)) for choice in range(most)))


def key_of(name: str) -> str:
    """A name without spaces, case, marks, traditional characters and legal forms, as the data files have it."""
    return _key(_atoms(name))


_MOST_ATOMS = 12
"""Parts of the longest organisation that is looked for."""

Atom = tuple[str, str, bool]
"""A part of a name, its kind, and whether it is written on to the part before."""


def _key(atoms: list[Atom]) -> str:
    return "".join(text for text, kind, _ in atoms if kind != "form")


def _atoms(name: str) -> list[Atom]:
    """The parts of a name, nothing left out."""
    words = tokens(fold(name))
    marks, _ = split_forms(words)
    atoms: list[Atom] = []
    for word, mark in zip(words, marks, strict=True):
        script = "Latn" if word.isascii() else token_script(word)
        if mark or script not in (*UNSPACED, "Jpan"):
            atoms.append((word, "form" if mark else "word", False))
        else:
            atoms += [(text, kind, at > 0) for at, (kind, text) in enumerate(whole_pieces(word))]
    return atoms


def _is_trade_name(text: str, kind: str) -> bool:
    """Whether one part of a name may stand for an organisation."""
    if kind == "word":
        return len(text) >= _READ_ALONE and not text.isascii() and not meanings(text, token_script(text))
    return kind in ("unknown", "brand") or (kind == "business" and len(text) > 2)


def _written(atoms: list[Atom], found: dict[int, tuple[int, tuple[str, ...]]], choice: int) -> Iterator[str]:
    """The words of the name with each organisation by its English name number `choice`, or its last."""
    at, run = 0, ""
    while at < len(atoms):
        if at in found:
            end, english = found[at]
            yield from filter(None, (run, english[min(choice, len(english) - 1)]))
            run, at = "", end
            continue
        text, _, joined = atoms[at]
        if not joined and run:
            yield run
            run = ""
        run += text
        at += 1
    if run:
        yield run


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of the known names, which most parts of other names do not begin with."""
    return frozenset(name[:2] for name in _names())


@cache
def _names() -> dict[str, str]:
    """English names of each known name, parted by `|`."""
    return together(KNOWN_NAMES, "|")
