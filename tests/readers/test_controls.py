from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import sqlglot

from entrepot.errors import InputError
from entrepot.model.tables.lists import CONTROLS
from entrepot.readers import controls, hs
from entrepot.readers.files import parts


@pytest.fixture(scope="module")
def codes() -> pa.Table:
    return controls.control_codes(controls.bundled_chpl(), hs.bundled_nomenclature(), hs.bundled_concordance())


def _found(codes: pa.Table, edition: str, hs6: str) -> list[dict[str, object]]:
    both = pc.and_(pc.equal(codes.column("hs_edition"), edition), pc.equal(codes.column("hs6"), hs6))
    return codes.filter(both).to_pylist()


def test_the_bundled_list():
    table = controls.bundled_chpl()
    CONTROLS.validate(table)
    assert table.num_rows == 50
    tiers = {row["values"]: row["counts"] for row in table.column("tier").value_counts().to_pylist()}
    assert tiers == {"1": 4, "2": 5, "3.A": 16, "3.B": 9, "4.A": 11, "4.B": 5}
    assert table.column("hs_edition").unique().to_pylist() == ["HS2022"]
    assert table.column("valid_from").unique().to_pylist() == [date(2024, 2, 23)]


def test_a_declaration_of_2019_finds_a_control_written_in_hs_2022(codes: pa.Table):
    found = _found(codes, "HS2017", "880330")
    assert [row["control_id"] for row in found] == ["chpl:hs:880730"]
    assert found[0]["exact"] is False
    assert found[0]["relation"] == "moved"
    assert found[0]["note"] == "HS2017 880330 became several codes, part of it HS2022 880730, which is listed"


def test_every_control_has_codes_in_every_edition(codes: pa.Table):
    for edition in hs.EDITIONS_IN_USE:
        own = codes.filter(
            pc.and_(
                pc.equal(codes.column("hs_edition"), edition),
                pc.invert(pc.match_substring(codes.column("note"), "read as")),
            )
        )
        assert len(own.column("control_id").unique()) == 50, edition


def test_waste_and_parts_do_not_spread_a_control(codes: pa.Table):
    exact = _found(codes, "HS2017", "854231")
    assert (exact[0]["relation"], exact[0]["exact"]) == ("same", True)
    for untouched in ("851712", "851770", "842211", "854810", "854921", "852411"):
        assert not _found(codes, "HS2017", untouched)
        assert not _found(codes, "HS2022", untouched)


def test_a_code_declared_after_its_edition_ended_is_read_as_what_it_was(codes: pa.Table):
    late = _found(codes, "HS2022", "852580")
    assert late[0]["control_id"] == "chpl:hs:852589"
    assert "HS2022 has no 852580: read as HS2017" in str(late[0]["note"])


def test_headings_and_tariff_lines(tmp_path: Path):
    file = tmp_path / "controls_synthetic.csv"
    file.write_text("tier,hs,description\nA,8802,Aircraft\nB,8542319010,Processors of a kind\n")
    reading = controls.read(parts(file)[0], source_id="s1", control_list="mine", edition="HS2022")
    codes = controls.control_codes(reading.tables["controls"], hs.bundled_nomenclature(), hs.bundled_concordance())
    aircraft = {
        r["hs6"]: r for r in codes.to_pylist() if r["control_id"] == "mine:hs:8802" and r["hs_edition"] == "HS2022"
    }
    assert aircraft["880211"]["exact"] is True
    part = _found(codes, "HS2022", "854231")
    assert (part[0]["exact"], part[0]["note"]) == (False, "holds 8542319010, which is listed: part of the code")
    older = _found(codes, "HS2017", "854231")
    assert older[0]["exact"] is False


def test_designators_part_numbers_and_rules(tmp_path: Path):
    file = tmp_path / "controls_synthetic.csv"
    file.write_text(
        "list,designator,part_number,rule,hs6,description,valid_from\n"
        "army,6B45,,,,body armour,2014-01-01\n"
        "gur,,TMS320F28335,,,signal controller,\n"
        "mine,,,night vision,,,\n"
        "mine,,,,85.42.31,processors,2020-05-01\n"
        "mine,,,,85423,wrong,\n"
        "mine,,,,,nothing,\n"
        "army,6B45,,,,again,\n"
    )
    part = parts(file)[0]
    assert controls.recognise(part) == "controls-csv"
    reading = controls.read(part, source_id="s1")
    kept = reading.tables["controls"].to_pylist()
    assert [(r["control_id"], r["hs_edition"]) for r in kept] == [
        ("army:designator:6B45", None),
        ("gur:part_number:TMS320F28335", None),
        ("mine:text:night vision", None),
        ("mine:hs:854231", "HS2017"),
    ]
    assert reading.rejects.column("reason").to_pylist() == ["bad_hs_code", "no_control", "duplicate_control"]
    assert reading.rejects.column("row_number").to_pylist() == [6, 7, 8]
    assert reading.rows_in == 7


def test_codes_without_an_edition_are_a_problem(tmp_path: Path):
    file = tmp_path / "c.csv"
    file.write_text("hs6,tier\n854231,1\n854232,1\n")
    reading = controls.read(parts(file)[0], source_id="s1")
    assert reading.problems.to_pylist()[0]["problem"] == "unknown_hs_edition"
    assert reading.problems.to_pylist()[0]["occurrences"] == 2


def test_the_header_may_say_the_edition(tmp_path: Path):
    file = tmp_path / "c.csv"
    file.write_text("hs6,tier,hs2022_description\n854231,1,Processors\n")
    reading = controls.read(parts(file)[0], source_id="s1")
    row = reading.tables["controls"].to_pylist()[0]
    assert (row["hs_edition"], row["description"]) == ("HS2022", "Processors")


@pytest.mark.parametrize(
    "text",
    [
        "consignee,hs code,value\nX,854231,1\n",
        "reporter,partner,cmdCode\nA,B,854231\n",
        "hscode,description\n01,Animals\n",
    ],
)
def test_other_tables_are_not_taken(tmp_path: Path, text: str):
    file = tmp_path / "x.csv"
    file.write_text(text)
    part = parts(file)[0]
    assert controls.recognise(part) is None
    with pytest.raises(InputError, match="not recognised as a list of controls"):
        controls.read(part, source_id="s")


def test_the_statement_is_carried_to_spark():
    spark = sqlglot.transpile(controls.control_codes_sql(), read="duckdb", write="spark")
    assert len(spark) == 1
    assert "hs_concordance" in spark[0]


@pytest.mark.shared
def test_the_shared_list_says_its_edition(shared_data: Path):
    part = parts(shared_data / "goods" / "chpl" / "chpl_2024-02-23.csv")[0]
    reading = controls.read(part, source_id="s", control_list="chpl", valid_from=date(2024, 2, 23))
    assert reading.tables["controls"].column("hs_edition").unique().to_pylist() == ["HS2022"]
    assert reading.rows_kept == 50
