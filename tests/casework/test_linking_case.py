"""Parties of a case keep their identifiers when files are added or read in another way."""

from __future__ import annotations

from pathlib import Path

import pytest

from entrepot.casework import config as cf
from entrepot.casework.case import Case
from entrepot.parties.normal import normal_form

from .conftest import HEADER, write_csv

NAMED = (*HEADER, "CONSIGNEE_TAX_ID")


def rows(buyers: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Synthetic shipments of furniture to buyers with their numbers."""
    return [
        (f"D{at}{n}", f"2023-0{n + 1}-11", "Lotus Example Works Co Ltd", name, "CHINA", "RUSSIAN FEDERATION", "940360", "wooden furniture", "10", "1000", number)
        for at, (name, number) in enumerate(buyers)
        for n in range(3)
    ]  # fmt: skip


def ids(case: Case) -> dict[tuple[str, str], str]:
    members = case.query("SELECT name_key, identifier, party_id FROM party_members").to_pylist()
    return {(row["name_key"], row["identifier"][-10:]): row["party_id"] for row in members}


@pytest.mark.slow
def test_a_further_file_joins_parties_over_scripts_and_keeps_the_older_identifier(tmp_path: Path) -> None:
    case = Case.init(tmp_path / "case")
    first = [("Kvartspribor Instrument LLC", "7707083893"), ("Zheldagost Marine JSC", "")]
    case.add(write_csv(tmp_path / "first.csv", rows(first), NAMED), confirm=lambda path, part: True)
    case.build()
    before = ids(case)
    second = [
        ("ООО «Кварцприбор»", "7707083893"),
        ("Kvartspribor Instrument LLC", "7707083901"),
        ("ZHELDAGOST MARINE, JSC", ""),
    ]
    case.add(write_csv(tmp_path / "second.csv", rows(second), NAMED), confirm=lambda path, part: True)
    case.build()
    after = ids(case)
    assert {member: after[member] for member in before} == before
    assert (
        after[normal_form("ООО «Кварцприбор»"), "7707083893"]
        == before[normal_form("Kvartspribor Instrument LLC"), "7707083893"]
    )
    assert after[normal_form("Kvartspribor Instrument LLC"), "7707083901"] not in before.values()
    namesakes = case.query(
        "SELECT name_key, party_id FROM parties WHERE possible_namesakes ORDER BY name_key"
    ).to_pylist()
    assert len({row["party_id"] for row in namesakes}) == len(namesakes) == 2
    assert "#" in namesakes[1]["name_key"]


def test_a_file_that_is_read_in_another_way_keeps_its_place(tmp_path: Path) -> None:
    file = cf.create(tmp_path, "case")
    for name in "abc":
        file = file.with_source(cf.SourceConfig(path=name, sha256=name * 64, part=[cf.PartConfig(kind="shipments")]))
    file.with_source(cf.SourceConfig(path="again", sha256="b" * 64, part=[cf.PartConfig(kind="list")])).save()
    assert [source.path for source in cf.read(tmp_path).config.source] == ["a", "again", "c"]
