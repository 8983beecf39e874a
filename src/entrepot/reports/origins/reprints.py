"""Finds reports that are copies of one another, exact or near. Copies are one telling; they are not a common root."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.readers.documents import Document

_RUN = 5
_NEAR = 0.5
"""Share of five-word runs from which two reports are near copies. Retellings of one document in the five reports share
under .02; a wire story and its shortened reprint share .6 and more."""
_FEWEST = 20


@dataclass(frozen=True, slots=True)
class Reprint:
    """Two reports with the same words; `shared` is the share of the shorter one's five-word runs that both have."""

    document_id: str
    other_document_id: str
    shared: float
    kind: str


def find_reprints(documents: Sequence[Document]) -> list[Reprint]:
    """All pairs of copies among `documents`."""
    runs = [(document.document_id, _runs(document)) for document in documents]
    out = []
    for at, (name, mine) in enumerate(runs):
        for other, theirs in runs[at + 1 :]:
            shorter = min(len(mine), len(theirs))
            if name == other or shorter < _FEWEST:
                continue
            shared = len(mine & theirs) / shorter
            if shared >= _NEAR:
                out.append(Reprint(name, other, round(shared, 3), "exact" if mine == theirs else "near"))
    return out


def _runs(document: Document) -> set[int]:
    words = [w for p in document.prose for w in re.findall(r"\w+", document.text[p.start : p.end].lower())]
    return {hash(tuple(words[i : i + _RUN])) for i in range(len(words) - _RUN + 1)}
