"""Files that no one can use end in a sentence, and files with hostile names or contents harm nothing."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest

from entrepot.casework.case import Case
from entrepot.casework.recognise import recognise
from entrepot.errors import InputError, show

HEADER = "date,consignee,hs code,goods description,net weight kg,value usd\n"
NAMES = (
    "a'b\".csv",
    "line\nbreak.csv",
    "\u0441\u043ery.csv",
    "..csv",
    "=1+1.csv",
    "-o.csv",
    "'; DROP TABLE sources.csv",
)
GOOD = "2024-03-01,ALPHA TRADE LLC,854231,integrated circuits,10,1000\n"


def _workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.strip().split(","))
    for _ in range(6):
        sheet.append([dt.date(2024, 3, 1), "ALPHA TRADE LLC", "854231", "integrated circuits", 10, 1000])
    sheet.merge_cells("B3:B5")
    sheet["F6"] = "=E6*100"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """One case with every file that can be used, however it is called and whatever is wrong in it."""
    folder = tmp_path_factory.mktemp("bad")
    files = [_workbook(folder / "merged.xlsx"), folder / "long_row.csv"]
    files[1].write_text(HEADER + GOOD * 5 + GOOD.strip() + ",2,3,4\n" + GOOD)
    for at, name in enumerate(NAMES):
        files.append(folder / name)
        files[-1].write_text(HEADER + GOOD * (3 + at))
    made = Case.init(folder / "case")
    for file in files:
        made.add(file)
    made.build()
    return made


def test_a_merged_name_stands_in_each_of_its_rows_and_a_formula_without_result_is_empty(case: Case) -> None:
    rows = case.query(
        "SELECT consignee_name, value_usd FROM shipments JOIN sources USING (source_id) "
        "WHERE path LIKE '%merged.xlsx' ORDER BY row_number"
    ).to_pylist()
    assert [row["consignee_name"] for row in rows] == ["ALPHA TRADE LLC"] * 6
    assert [row["value_usd"] for row in rows] == [1000, 1000, 1000, 1000, None, 1000]


def test_hostile_names_of_files_are_names(case: Case) -> None:
    rows = case.query("SELECT path, rows_in, rows_kept FROM sources WHERE kind = 'shipments'").to_pylist()
    found = {Path(row["path"]).name: (row["rows_in"], row["rows_kept"]) for row in rows}
    for at, name in enumerate(NAMES):
        assert found[show(name)] == (3 + at, 3 + at)


def test_one_row_with_a_cell_too_many_makes_no_column(case: Case) -> None:
    (row,) = case.query(
        "SELECT rows_in, rows_kept, rows_rejected FROM sources WHERE path LIKE '%long_row.csv'"
    ).to_pylist()
    assert row == {"rows_in": 7, "rows_kept": 6, "rows_rejected": 1}
    (reject,) = case.query("SELECT row_number, reason, value FROM rejects").to_pylist()
    assert (reject["row_number"], reject["reason"]) == (7, "too_many_cells")


def _cut_off(path: Path) -> None:
    whole = _workbook(path.with_name("whole.xlsx")).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _protected(path: Path) -> None:
    # What Office writes for a password: a compound file with a stream of that name (MS-OFFCRYPTO 2.3.4.4).
    path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(999)
    )


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", HEADER.encode() + bytes(300 << 20))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("header.csv", HEADER.encode(), "a header and no rows"),
        ("noise.bin", bytes(range(256)) * 40, "neither text nor of a format"),
        ("cut.xlsx", _cut_off, "damaged, cut off"),
        ("locked.xlsx", _protected, "protected with a password"),
        ("bomb.zip", _bomb, "decompression bomb"),
        (
            "outside.xml",
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sdnList>&a;</sdnList>',
            "declares entities",
        ),
        (
            "laughs.xml",
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><sdnList>&b;</sdnList>',
            "declares entities",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_remedy(
    tmp_path: Path, name: str, content: object, said: str
) -> None:
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content(path)  # type: ignore[operator]
    with pytest.raises(InputError, match=said) as told:
        recognise(str(path))
    assert told.value.remedy
    assert name in str(told.value)


def test_a_name_in_an_archive_that_points_outside_writes_nothing_outside(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "slip.zip", "w") as archive:
        archive.writestr("../../evil.csv", HEADER + GOOD * 3)
    case = Case.init(tmp_path / "in" / "here" / "case")
    case.add(tmp_path / "slip.zip")
    assert not list(tmp_path.rglob("evil.csv"))


def test_a_damaged_source_is_named_as_it_was_added(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_text("<sdnList><sdnEntry><uid>1</uid><lastName>ALPHA</lastName></sdnEntry>\n<sdnEntry>")
    case = Case.init(tmp_path / "case")
    case.add(path)
    with pytest.raises(InputError, match=r"list\.xml, row 2: not well-formed XML"):
        case.build()
