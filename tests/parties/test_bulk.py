"""Files of names in any encoding and format: the same rows in the same order."""

from __future__ import annotations

import gzip
from pathlib import Path

import openpyxl
import pytest

from entrepot.errors import InputError
from entrepot.parties.bulk import match_file, read_table

ROWS = [
    ("id", "name1", "name2"),
    ("1", "ООО Ромашка", "OOO Romashka"),
    ("2", "Şişecam A.Ş.", "Sisecam AS"),
    ("3", "", "Orbion Ltd"),
]


def _text(delimiter: str, rows: list[tuple[str, ...]] = ROWS) -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_one_table_in_many_encodings_gives_the_same_rows(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "pairs.csv"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file.write_bytes(_text(delimiter).encode(encoding))
        table = read_table(file, ("name1", "name2"))
        assert table.header == list(ROWS[0])
        assert [tuple(row.values()) for row in table.rows] == ROWS[1:], encoding
        assert table.numbers == [2, 3, 4]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("windows-1251", "Общество Ромашка и партнёры"),
        ("windows-1254", "Türkiye Şişe ve Cam Fabrikaları"),
        ("gb18030", "深圳市海德芯电子有限公司"),
    ],
)
def test_code_pages_of_russia_turkey_and_china_are_read(tmp_path: Path, encoding: str, name: str) -> None:
    file = tmp_path / "names.csv"
    file.write_bytes(_text(";", [("id", "name"), *((str(k), name) for k in range(40))]).encode(encoding))
    assert read_table(file, ("name",)).rows[0]["name"] == name


def test_gzip_and_workbooks_are_read_and_the_sheet_with_the_columns_is_found(tmp_path: Path) -> None:
    packed = tmp_path / "pairs.csv.gz"
    packed.write_bytes(gzip.compress(_text(",").encode()))
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["remarks"])
    sheet = book.create_sheet("pairs")
    for row in ROWS:
        sheet.append(row)
    book.save(tmp_path / "pairs.xlsx")
    expected = [tuple(row.values()) for row in read_table(packed, ("name1",)).rows]
    assert expected == ROWS[1:]
    assert [tuple(row.values()) for row in read_table(tmp_path / "pairs.xlsx", ("name1",)).rows] == expected


def test_a_file_of_one_column_of_names_is_a_table(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text('name\n"Smith, John"\nAcme Trading LLC\n\nOrbion\n', encoding="utf-8")
    table = read_table(file, ("name",))
    assert [row["name"] for row in table.rows] == ["Smith, John", "Acme Trading LLC", "Orbion"]
    assert table.numbers == [2, 3, 5]


def test_matched_rows_keep_their_order_and_columns(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_bytes(_text(";").encode("utf-16"))
    found = list(match_file(file, "name1", "name2"))
    assert [row["id"] for row in found] == ["1", "2", "3"]
    assert [row["match"] for row in found] == ["true", "true", "false"]


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    with pytest.raises(InputError, match="no such file"):
        read_table(file, ("name1",))
    file.write_text(_text(","), encoding="utf-8")
    with pytest.raises(InputError, match="no such column"):
        read_table(file, ("company",))
    file.write_bytes(b"")
    with pytest.raises(InputError, match="empty"):
        read_table(file, ("name1",))
