"""What was compiled from other sources is not used again, and each function is compiled once."""

from __future__ import annotations

from pathlib import Path

from entrepot.parties.compare import compare, compare_pairs
from entrepot.parties.compiled import drop_stale
from entrepot.parties.index import NameIndex
from entrepot.parties.likeness import alike, most_alike, native_likeness
from entrepot.parties.pairing import score_pair
from entrepot.parties.retrieval import keys_of


def test_compiled_code_goes_when_any_source_changes(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("a = 1\n")
    (tmp_path / "two.py").write_text("b = 1\n")
    cache = tmp_path / "__pycache__"
    drop_stale(tmp_path)
    made = cache / "one.f-1.nbc"
    made.write_bytes(b"code")
    drop_stale(tmp_path)
    assert made.exists()
    (tmp_path / "two.py").write_text("b = 2\n")
    drop_stale(tmp_path)
    assert not made.exists()


def test_large_functions_are_compiled_for_one_set_of_types() -> None:
    compare("Brelando Trading", "Brelando Traiding", "Company")
    compare_pairs(["Brelando Trading", "Иван Петров"], ["Brelando", "Ivan Petrov"], "Company")
    index = NameIndex.build(["Brelando Trading", "Иван Петров"], ["Company", "Person"])
    index.search(["Brelando", "Petrov Ivan"])
    for function in (score_pair, alike, most_alike, native_likeness, keys_of):
        assert len(function.overloads) <= 1, function  # type: ignore[attr-defined]  # the decorator keeps the function's type
