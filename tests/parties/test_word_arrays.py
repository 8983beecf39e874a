"""The arrays behind the comparison: letters rule out only what spelling rules out, and words may be added at any time."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.parties.analyse import Analyser
from entrepot.parties.edits import spelling
from entrepot.parties.index import NameIndex
from entrepot.parties.letter_bounds import within
from entrepot.parties.likeness import LEAST, letters_of
from entrepot.parties.vocabulary import SOUND, TEXT, Vocabulary

WORD = st.text("abcdefghiklmnoprstuvwxyz", min_size=2, max_size=12)


@settings(deadline=None)  # the first example compiles
@given(WORD, WORD)
def test_letters_rule_out_no_pair_that_is_spelled_alike(a: str, b: str) -> None:
    vocabulary = Vocabulary()
    i, j = vocabulary.number(a), vocabulary.number(b)
    words, rows = vocabulary.arrays(), np.empty((3, 64), np.float32)
    for which in (TEXT, SOUND):
        x, y = letters_of(words, i, which), letters_of(words, j, which)
        level = spelling(x, y, rows, 0.0)
        for least in (0.55, LEAST, 0.8):
            assert within(words.facts, words.sets, i, j, which, least) or level < least
            assert spelling(x, y, rows, least) == level or level < least


def test_a_vocabulary_that_grew_word_by_word_is_the_one_made_at_once() -> None:
    grown, whole = Vocabulary(), Vocabulary()
    for word in ("havila", "sanayi", "хавила", "深圳", "7", "trading", "abdul"):
        grown.number(word)
        grown.arrays()
        whole.number(word)
    for a, b in zip(grown.arrays()[:2], whole.arrays()[:2], strict=True):
        assert a.shape == b.shape
    assert (grown.arrays().letters == whole.arrays().letters).all()
    assert (grown.arrays().sets == whole.arrays().sets).all()
    for column in (8, 10, 12, 14, 16):  # each word's own part of the pool
        for row_a, row_b in zip(grown.arrays().facts, whole.arrays().facts, strict=True):
            of_a = grown.arrays().pool[row_a[column] : row_a[column + 1]]
            assert of_a.tolist() == whole.arrays().pool[row_b[column] : row_b[column + 1]].tolist()


def test_arrays_given_out_do_not_change_when_words_are_added() -> None:
    vocabulary = Vocabulary()
    vocabulary.number("havila")
    before = vocabulary.arrays()
    copy = before.letters.copy()
    for k in range(3000):
        vocabulary.number(f"havila{k}")
    vocabulary.arrays()
    assert (before.letters == copy).all()


def test_one_thread_and_three_find_the_same() -> None:
    names = [
        f"{first} {last} LLC" for first in ("Havila", "Sonora", "Kestrel", "Marrow") for last in map(str, range(400))
    ]
    index = NameIndex.build(names, analyser=Analyser())
    queries = [name.replace("a", "o", 1) for name in names]
    one, three = index.search(queries, threads=1), index.search(queries, threads=3)
    assert (one.query == three.query).all()
    assert (one.name == three.name).all()
    assert (one.score == three.score).all()
