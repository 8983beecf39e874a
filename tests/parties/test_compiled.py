"""Each large function is compiled once."""

from __future__ import annotations

from entrepot.parties.compare import compare, compare_pairs
from entrepot.parties.index import NameIndex
from entrepot.parties.likeness import alike, most_alike, native_likeness
from entrepot.parties.pairing import score_pair
from entrepot.parties.retrieval import keys_of


def test_large_functions_are_compiled_for_one_set_of_types() -> None:
    compare("Brelando Trading", "Brelando Traiding", "Company")
    compare_pairs(["Brelando Trading", "Иван Петров"], ["Brelando", "Ivan Petrov"], "Company")
    index = NameIndex.build(["Brelando Trading", "Иван Петров"], ["Company", "Person"])
    index.search(["Brelando", "Petrov Ivan"])
    for function in (score_pair, alike, most_alike, native_likeness, keys_of):
        assert len(function.overloads) <= 1, function  # type: ignore[attr-defined]  # the decorator keeps the function's type
