"""The columns of a list that no publisher's format claims are shown, written to case.toml, and can be corrected there."""

from __future__ import annotations

from pathlib import Path

import pytest

from entrepot.casework import config
from entrepot.casework.case import Case
from entrepot.errors import InputError


def case_with(folder: Path, text: str, **options: object) -> tuple[Case, dict[str, object], tuple[str, ...]]:
    """The case, the columns in case.toml, and what `add` notes."""
    case = Case.init(folder / "case")
    file = folder / "own.csv"
    file.write_text(text, encoding="utf-8")
    added = case.add(file, **options)  # type: ignore[arg-type]
    (source,) = config.read(case.folder).config.source
    return case, dict(source.part[0].columns), added.parts[0].notes


def test_columns_are_written_and_one_can_be_said(tmp_path: Path) -> None:
    text = "No,Name,AKA,Other names,Tax number,Date listed\n1,North Fiction,NF Works,NFW,7701234567,2023-02-24\n"
    _, columns, notes = case_with(tmp_path, text)
    assert columns["name"] == "name"
    assert columns["alias"] == {"source": "aka", "more": ["other names"]}
    assert any("alias = aka, other names" in note for note in notes)


def test_saying_the_names_keeps_the_other_columns(tmp_path: Path) -> None:
    text = "Who,AKA,Date listed\nNorth Fiction,NF Works|NFW,2023-02-24\n"
    case, columns, _ = case_with(tmp_path, text, kind="list", mapping={"name": "Who"})
    assert columns == {"name": "Who", "alias": "aka", "listed": "date listed"}
    case.build()
    names = case.query("SELECT name FROM list_names ORDER BY name").column("name").to_pylist()
    assert names == ["NF Works", "NFW", "North Fiction"]


def test_a_rule_that_a_list_does_not_know_is_answered(tmp_path: Path) -> None:
    case, _, _ = case_with(tmp_path, "Name,Date listed\nNorth Fiction,2023-02-24\n")
    file = case.folder / "case.toml"
    file.write_text(file.read_text("utf-8").replace('name = "name"', "name = {scale = 1000}"), "utf-8")
    with pytest.raises(InputError, match="a list's column is a header"):
        case.build()
