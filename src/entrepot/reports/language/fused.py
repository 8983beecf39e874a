"""Parts words that a page ran together (`proposalfor`, `Pumpsshipped`) before they are parsed; no character moves."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.reports.parsed import keep_parted
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PARTICIPLE = re.compile(r"([A-Za-z]{4,}s)([a-z]{3,}ed)")


class FusedWords:
    """Rule `fused-word`: a word that the model has never seen and that two words make which it has, the second a
    preposition or, after a plural, a participle. In 300 texts of PolNeAR's training part no word is parted.

    Args:
        model: the language model as it was loaded, before it read anything: it remembers each word that it reads.
    """

    def __init__(self, model: Language) -> None:
        self._model = model
        self._size = len(model.vocab.strings)
        self._known: frozenset[str] | None = None
        tails = "|".join(sorted(words("nouns_en.tsv", "fused")))
        self._seeks = re.compile(rf"\b(?:([A-Za-z]{{6,}})({tails})|{_PARTICIPLE.pattern})\b")

    def part(self, text: str) -> str | Doc:
        """The text, or where it holds fused words its tokens with these parted."""
        cuts = [cut for match in self._seeks.finditer(text) if (cut := self._cut(match)) is not None]
        if not cuts:
            return text
        inside = {start: at for start, at, _ in cuts}
        pieces: list[str] = []
        spaces: list[bool] = []
        tokens = self._model.make_doc(text)
        for token in tokens:
            at = inside.get(token.idx)
            if at is not None and token.idx < at < token.idx + len(token):
                pieces += [text[token.idx : at], text[at : token.idx + len(token)]]
                spaces += [False, bool(token.whitespace_)]
            else:
                pieces.append(token.text)
                spaces.append(bool(token.whitespace_))
        return keep_parted(type(tokens)(self._model.vocab, words=pieces, spaces=spaces))

    def _cut(self, match: re.Match[str]) -> tuple[int, int, int] | None:
        """Where a fused word begins, is cut and ends; None for a word of its own."""
        if self._known is None:
            self._known = frozenset(islice(self._model.vocab.strings, self._size))
        head, tail = (match[1], match[2]) if match[1] else (match[3], match[4])
        whole = match[0]
        if whole in self._known or whole.lower() in self._known or not {head.lower(), tail} <= self._known:
            return None
        return match.start(), match.start() + len(head), match.end()
