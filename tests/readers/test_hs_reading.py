import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from entrepot.errors import InputError
from entrepot.model.tables.lists import HS_CODES, HS_CONCORDANCE
from entrepot.readers import hs
from entrepot.readers.files import parts


def _rows(table: pa.Table, **equal: str) -> list[dict[str, object]]:
    for name, value in equal.items():
        table = table.filter(pc.equal(table.column(name), value))
    return table.to_pylist()


def test_bundled_nomenclature_is_hs_2022():
    table = hs.bundled_nomenclature()
    HS_CODES.validate(table)
    assert pc.sum(pc.equal(table.column("level"), 6)).as_py() == 5613
    found = _rows(table, hs_code="854231")
    assert found[0]["parent"] == "8542"
    assert found[0]["section"] == "XVI"
    assert "processors and controllers" in str(found[0]["description"])
    assert not _rows(table, hs_code="852580")


def test_concordance_of_codes_that_moved_in_2022():
    table = hs.bundled_concordance(("HS2017", "HS2022"))
    HS_CONCORDANCE.validate(table)
    moved = _rows(table, from_edition="HS2017", from_code="880330", to_edition="HS2022", to_code="880730")
    assert moved[0]["relation"] == "1:n"
    assert moved[0]["unchanged"] is False
    same = _rows(table, from_edition="HS2017", from_code="854231", to_edition="HS2022", to_code="854231")
    assert same[0]["relation"] == "1:1", "waste of heading 8549 must not count"
    assert same[0]["unchanged"] is True
    added = _rows(table, from_edition="HS2017", from_code="854150", to_edition="HS2022", to_code="854159")
    assert added, "the UN table lacks the pair, the additions have it"


def test_editions_further_apart_are_joined_step_by_step():
    table = hs.bundled_concordance(("HS2007", "HS2022"))
    assert {r["to_code"] for r in _rows(table, from_edition="HS2007", from_code="880330")} >= {"880730"}
    pairs = {(r["from_code"], r["to_code"]) for r in table.to_pylist() if r["from_edition"] == "HS2007"}
    assert ("010121", "010121") not in pairs, "HS 2007 had no 0101.21"
    assert len(pairs) < 8_000, "moved parts do not multiply"


def test_an_unknown_edition_is_named():
    with pytest.raises(InputError, match="no such HS edition"):
        hs.bundled_concordance(("HS2016", "HS2022"))


def test_comtrade_reference_json(tmp_path: Path):
    file = tmp_path / "H5.json"
    results = [
        {"id": "ALL", "text": "All HS2017 categories", "parent": "#"},
        {"id": "85", "text": "85 - Electrical machinery", "parent": "TOTAL"},
        {"id": "8525", "text": "8525 - Transmission apparatus", "parent": "85"},
        {"id": "852580", "text": "852580 - Television cameras - digital cameras", "parent": "8525"},
        {"id": "852580", "text": "852580 - again", "parent": "8525"},
    ]
    file.write_text(json.dumps({"more": False, "classCode": "H5", "className": "HS2017", "results": results}))
    part = parts(file)[0]
    assert hs.recognise(part) == "hs-comtrade"
    reading = hs.read(part, source_id="s1")
    codes = reading.tables["hs_codes"].to_pylist()
    assert [(c["hs_edition"], c["hs_code"]) for c in codes] == [
        ("HS2017", "85"),
        ("HS2017", "8525"),
        ("HS2017", "852580"),
    ]
    assert codes[2]["description"] == "Television cameras - digital cameras"
    assert (reading.rows_in, reading.rows_kept, reading.rejects.num_rows) == (5, 3, 2)


def test_csv_needs_an_edition(tmp_path: Path):
    file = tmp_path / "hs.csv"
    file.write_text("section,hscode,description,parent,level\nI,01,Animals; live,TOTAL,2\nI,0101,Horses,01,4\n")
    part = parts(file)[0]
    assert hs.recognise(part) == "hs-csv"
    with pytest.raises(InputError, match="which edition"):
        hs.read(part, source_id="s1")
    assert hs.read(part, source_id="s1", edition="HS2012").rows_kept == 2


def test_other_files_are_not_taken(tmp_path: Path):
    file = tmp_path / "x.csv"
    file.write_text("hs6,tier\n854231,1\n")
    assert hs.recognise(parts(file)[0]) is None


@pytest.mark.shared
def test_the_shared_nomenclatures(shared_data: Path):
    for name, edition, six in (("H4", "HS2012", 5206), ("H5", "HS2017", 5388), ("H6", "HS2022", 5613)):
        part = parts(shared_data / "goods" / "hs" / f"comtrade_classification{name}.json")[0]
        reading = hs.read(part, source_id="s")
        table = reading.tables["hs_codes"]
        assert table.column("hs_edition").unique().to_pylist() == [edition]
        assert pc.sum(pc.equal(table.column("level"), 6)).as_py() == six
