"""Pages are laid out in a process of their own; what goes wrong there is told here."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from entrepot.casework.case import Case
from entrepot.errors import CaseError
from entrepot.web.apart import lay_out_apart
from entrepot.web.shelving import is_laid_out


def test_what_cannot_be_written_is_told_with_its_place(built: Case, tmp_path: Path) -> None:
    in_the_way = tmp_path / "search"
    in_the_way.write_text("a file where the folder should be")
    with pytest.raises(CaseError) as caught:
        lay_out_apart(in_the_way, "mark", built.built(), lambda *_: None)
    assert str(in_the_way) in str(caught.value)


def test_a_process_that_is_ended_leaves_no_pages_and_says_so(built: Case, tmp_path: Path) -> None:
    def end(*_: object) -> None:
        for child in multiprocessing.active_children():
            child.kill()

    with pytest.raises(CaseError, match="ended early"):
        lay_out_apart(tmp_path / "search", "mark", built.built(), end)
    assert not is_laid_out(tmp_path / "search", "mark")
    told: list[str] = []
    lay_out_apart(tmp_path / "search", "mark", built.built(), lambda what, *_: told.append(what))
    assert is_laid_out(tmp_path / "search", "mark")
    assert told[-1] == "ready"
