"""What was compiled from other sources is not used again."""

from __future__ import annotations

from pathlib import Path

from entrepot.engine.compiled import drop_stale, to_be_compiled


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


def test_a_folder_says_whether_anything_of_it_was_compiled(tmp_path: Path) -> None:
    drop_stale(tmp_path)
    assert to_be_compiled(tmp_path)
    (tmp_path / "__pycache__" / "one.f-1.nbi").write_bytes(b"index")
    assert not to_be_compiled(tmp_path)
