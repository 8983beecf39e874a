"""Part of speech, features and lemma of each token, remembered by word, tag and dependency.

spaCy's English pipeline finds these three with a matcher over 179 patterns and with word lists, token by token; that was a
third of a parse's time. All of it depends on nothing but the word, its tag and its dependency, and whether an expletive
(`there`) stands before it, apart from seven patterns of two words (`gon na`): an answer that was given once can be given
again. Paragraphs with a word that begins such a pattern go through spaCy's own components.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
_KEPT = 200_000
"""Answers kept: a hundred long reports have below thirty thousand, and a page of random strings must not fill the memory."""
_Key = tuple[int, int, int, bool]


class WordForms:
    """The attribute ruler and the lemmatizer of a model, with a memory; the model's own are switched off."""

    def __init__(self, model: Language) -> None:
        self._ruler: AttributeRuler = model.get_pipe(RULER)
        self._lemmatizer: Lemmatizer = model.get_pipe(LEMMATIZER)
        self._expletive = model.vocab.strings["expl"]
        self._known: dict[_Key, tuple[int, int, int]] = {}
        first = [pattern[0] for entry in self._ruler.patterns for pattern in entry["patterns"] if len(pattern) > 1]
        begins = [token["LOWER"] for token in first if "LOWER" in token]
        self._begins = re.compile(
            "|".join(f"(?:{b['REGEX']})" if isinstance(b, dict) else f"(?:^{re.escape(b)}$)" for b in begins) or "$^"
        )
        held = [
            token
            for entry in self._ruler.patterns
            for pattern in entry["patterns"]
            for token in pattern
            if "DEP" in token
        ]
        self._dependencies = frozenset(
            model.vocab.strings[name]
            for token in held
            if "LOWER" not in token
            for name in _listed(token["DEP"])
            if name
        )
        self._dependent = frozenset(word for token in held if "LOWER" in token for word in _listed(token["LOWER"]))
        self._words: dict[int, tuple[bool, bool]] = {}
        model.disable_pipes(RULER, LEMMATIZER)

    def fill(self, doc: Doc) -> Doc:
        """Fill in part of speech, features and lemma of a tagged and parsed paragraph."""
        if not len(doc):
            return doc
        if len(self._known) > _KEPT:
            self._known.clear()
            self._words.clear()
        keys: list[_Key] = []
        after_expletive = False
        for at, (tag, word, dependency) in enumerate(doc.to_array(["TAG", "ORTH", "DEP"]).tolist()):
            if word not in self._words:
                low = doc[at].lower_
                self._words[word] = (self._begins.search(low) is not None, low in self._dependent)
            in_pair, dependent = self._words[word]
            if in_pair:
                return self._lemmatizer(self._ruler(doc))
            tells = dependent or dependency in self._dependencies
            key = (tag, word, dependency if tells else 0, after_expletive)
            if key not in self._known:
                self._known[key] = self._asked(doc, at)
            keys.append(key)
            after_expletive = dependency == self._expletive
        forms = np.array([self._known[key] for key in keys], dtype=np.uint64)
        return doc.from_array(["POS", "MORPH", "LEMMA"], forms)

    def _asked(self, doc: Doc, at: int) -> tuple[int, int, int]:
        """What spaCy says of one token."""
        from_ = at - 1 if at and doc[at - 1].dep == self._expletive else at
        found = self._ruler.matcher(doc[from_ : at + 1], allow_missing=True, as_spans=False)
        names = self._ruler.vocab.strings
        matches = sorted((int(names[m]), m, s + from_, e + from_) for m, s, e in found)
        self._ruler.set_annotations(doc, [m for m in matches if m[2] + self._ruler.indices[m[0]] == at])
        token = doc[at]
        if token.lemma == 0:
            token.lemma_ = self._lemmatizer.lemmatize(token)[0]
        return token.pos, token.morph.key, token.lemma


def _listed(value: object) -> list[str]:
    """The strings that a condition of a pattern names: one, or those in or not in a list."""
    if isinstance(value, dict):
        return [str(name) for key in ("IN", "NOT_IN") for name in value.get(key, ())]
    return [str(value)]
