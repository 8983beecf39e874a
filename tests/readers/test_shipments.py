"""Customs files become canonical shipments: the same rows on the fast path and the careful one, and none lost."""

from __future__ import annotations

import csv
import gzip
import json
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.engine.duck import scan
from entrepot.engine.relational import Stored
from entrepot.errors import InputError
from entrepot.readers.files import parts
from entrepot.readers.files.fast import duckdb_csv_options
from entrepot.readers.layout import layout_of
from entrepot.readers.shipments import Columns, Loaded, SourceColumn, load
from entrepot.readers.shipments import load as load_function

HEADER = ("NO", "DATE", "CONSIGNEE", "HS", "GOODS", "KG", "COUNTRY")
MAPPED = {
    "declaration_no": SourceColumn(0), "date": SourceColumn(1), "consignee_name": SourceColumn(2), "hs_code": SourceColumn(3),
    "goods_text": SourceColumn(4), "net_kg": SourceColumn(5), "origin_country": SourceColumn(6),
}  # fmt: skip


def read(path: Path, tmp_path: Path) -> tuple[Loaded, list[dict[str, object]]]:
    """Load a file and give its shipments as the case shows them."""
    (part,) = parts(path)
    target = tmp_path / "out.parquet"
    loaded = load(part, Columns(1, HEADER, MAPPED, "import"), "abc", target, tmp_path)
    stored = Stored(target, loaded.rows_kept, loaded.row_base, HEADER, loaded.repeats)
    with duckdb.connect() as connection:
        rows = connection.sql(scan("shipments", [stored])).to_arrow_table().to_pylist()
    assert loaded.rows_in == loaded.rows_kept + loaded.rejects.num_rows
    assert loaded.rows_kept == len(rows)
    return loaded, rows


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([",".join(HEADER), *lines]) + "\n", encoding="utf-8")
    return path


CLEAN = (
    '1,2023-05-01,"Example, Works LLC",854231,"circuits, ""new""",12.5,CHINA',
    "2,2023-05-02,Пример ООО,8542.31,микросхемы,1 000,Китай",
    '3,2023-05-03,"two\nlines",85423100,goods,-5,VIET NAM',
    "4,31.02.2023,Formula =HYPERLINK,N/A,=HYPERLINK(1),1e30,EUROPEAN UNION",
)


def test_fast_and_careful_paths_give_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "synthetic.csv", *CLEAN)
    (part,) = parts(path)
    assert duckdb_csv_options(part, 1) is not None
    fast, fast_rows = read(path, tmp_path)
    assert fast.row_base == 2
    import sys

    module = sys.modules[load_function.__module__]
    monkeypatch.setattr(module, "duckdb_csv_options", lambda part, header_row: None)
    careful, careful_rows = read(path, tmp_path)
    assert careful.row_base is None
    assert fast_rows == careful_rows
    assert fast.problems.to_pylist() == careful.problems.to_pylist()


@pytest.mark.parametrize("line", ['9,2022-01-01,"A" B,8542310000,x,1,CHINA', "9,2022-01-01,A\rB,8542310000,x,1,CHINA"])
def test_a_file_that_duckdb_would_read_otherwise_is_read_row_by_row(tmp_path: Path, line: str) -> None:
    """Its bytes are checked while DuckDB reads it: what was read by then is thrown away."""
    many = [f"{n},2022-01-01,ООО Заря,8542310000,chips,1,CHINA" for n in range(40_000)]
    loaded, rows = read(write(tmp_path / "synthetic.csv", *many, line), tmp_path)
    assert loaded.row_base is None
    assert loaded.rows_in >= 40_001
    assert len(rows) + loaded.rejects.num_rows == loaded.rows_in


def test_values_that_cannot_be_read_are_null_and_counted(tmp_path: Path) -> None:
    loaded, rows = read(write(tmp_path / "synthetic.csv", *CLEAN), tmp_path)
    problems = {(p["problem"], p["row_number"]) for p in loaded.problems.to_pylist()}
    assert [row["net_kg"] for row in rows] == [12.5, 1000.0, None, None]
    assert [row["hs_code"] for row in rows] == ["854231", "854231", "85423100", None]
    assert [row["origin_country"] for row in rows] == ["CN", "CN", "VN", None]
    assert rows[3]["date"] is None
    assert {p for p, _ in problems} >= {"bad_date", "unknown_country", "bad_number"}
    assert ("unknown_country", 5) in problems
    assert '"GOODS":"=HYPERLINK(1)"' in str(rows[3]["original"])


ODD = st.sampled_from(
    [
        "",
        " ",
        "-",
        "N/A",
        "0",
        "854231",
        "8542.31",
        "CHINA",
        " Example Works LLC",
        "Завод «Пример»",
        "2023-05-01",
        "x\ny",
        '"q"',
    ]
)


@given(st.lists(st.lists(ODD, min_size=len(HEADER), max_size=len(HEADER)), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_every_kept_row_can_be_put_together_as_it_was_read(lines: list[list[str]]) -> None:
    lines.append(["1", "2023-05-01", "Example Works LLC", "854231", "circuits", "1", "CHINA"])
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "synthetic.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADER, *lines])
        loaded, rows = read(path, Path(name))
    assert any(loaded.repeats)
    for row in rows:
        assert list(json.loads(str(row["original"])).values()) == lines[int(str(row["row_number"])) - 2]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("9,2023-05-01,Example LLC,854231,goods,1,CHINA,extra cell", "too_many_cells"),
        (",".join(HEADER), "repeated_header"),
        (",,,,,15.5,", "nothing_usable"),
    ],
)
def test_rows_that_cannot_be_used_are_rejected_with_their_reason(tmp_path: Path, line: str, reason: str) -> None:
    loaded, rows = read(write(tmp_path / "synthetic.csv", CLEAN[0], line, CLEAN[1]), tmp_path)
    (reject,) = loaded.rejects.to_pylist()
    assert (reject["reason"], reject["row_number"]) == (reason, 3)
    assert reject["message"]
    assert [row["row_number"] for row in rows] == [2, 4]


def test_too_few_cells_are_null_and_told(tmp_path: Path) -> None:
    loaded, rows = read(write(tmp_path / "synthetic.csv", CLEAN[0], "7,2023-05-09,Short Example LLC"), tmp_path)
    assert rows[1]["consignee_name"] == "Short Example LLC"
    assert rows[1]["hs_code"] is None
    assert [p["problem"] for p in loaded.problems.to_pylist()] == ["too_few_cells"]


def test_empty_lines_count_in_row_numbers_and_are_no_rows(tmp_path: Path) -> None:
    loaded, rows = read(write(tmp_path / "synthetic.csv", CLEAN[0], "", ",,,,,,", CLEAN[1]), tmp_path)
    assert [row["row_number"] for row in rows] == [2, 5]
    assert loaded.rejects.num_rows == 0


def test_header_only_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no rows"):
        read(write(tmp_path / "synthetic.csv"), tmp_path)


def test_gzip_gives_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "synthetic.csv", *CLEAN)
    packed = tmp_path / "synthetic.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read(packed, tmp_path)[1] == read(path, tmp_path)[1]


def test_texts_that_the_first_rows_do_not_have_are_looked_up_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    module = sys.modules[load_function.__module__]
    monkeypatch.setattr(module, "LOOKUP_ROWS", 1)
    monkeypatch.setattr(module, "SAMPLE_ROWS", 1)
    _, rows = read(write(tmp_path / "synthetic.csv", *CLEAN), tmp_path)
    assert [row["origin_country"] for row in rows] == ["CN", "CN", "VN", None]
    assert [row["row_number"] for row in rows] == [2, 3, 4, 5]


def test_white_space_that_the_first_rows_do_not_have_is_trimmed_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setattr(sys.modules[load_function.__module__], "SAMPLE_ROWS", 1)
    for padded in (" Example LLC ", "Example LLC\u00a0", '"\tExample LLC"'):
        path = write(tmp_path / "synthetic.csv", CLEAN[0], f"2,2023-05-02,{padded},854231, - ,12,CHINA", *CLEAN[1:])
        loaded, rows = read(path, tmp_path)
        assert loaded.row_base == 2
        assert (rows[1]["consignee_name"], rows[1]["goods_text"]) == ("Example LLC", None)
        assert json.loads(str(rows[1]["original"]))["CONSIGNEE"] == padded.strip('"')


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (("YEAR", "MONTH", "DAY"), ("2023,1,15", "2023,2,31", "2023,12,")),
        (("DAY", "MONTH", "YEAR"), ("15,JAN,2023", "31,FEB,2023", ",DEC,2023")),
    ],
)
def test_year_month_and_day_apart_are_a_day(tmp_path: Path, header: tuple[str, ...], rows: tuple[str, ...]) -> None:
    path = tmp_path / "synthetic.csv"
    more = [f"{row},ALPHA LTD,BETA GMBH,85423100,CIRCUITS,12.5" for row in (*rows, *rows[:1] * 20)]
    path.write_text(
        "\n".join([",".join((*header, "IMPORTER", "EXPORTER", "HS CODE", "DESCRIPTION", "NET WEIGHT KG")), *more])
    )
    (layout,) = layout_of(path)
    assert {layout.header[m.index] for m in (layout.columns["date"],)} | {
        n for n, _ in layout.columns["date"].more
    } == set(header)
    assert not any("not taken as date" in note for note in layout.notes)
    mapped = {name: SourceColumn(m.index, more=tuple(at for _, at in m.more)) for name, m in layout.columns.items()}
    (part,) = parts(path)
    loaded = load(part, Columns(1, layout.header, mapped, "import"), "abc", tmp_path / "out.parquet", tmp_path)
    with duckdb.connect() as connection:
        read = connection.sql(
            f"SELECT CAST(date AS VARCHAR), date_precision FROM '{tmp_path / 'out.parquet'}'"
        ).fetchall()
    assert read[:3] == [("2023-01-15", "day"), (None, None), ("2023-12-01", "month")]
    assert [p["problem"] for p in loaded.problems.to_pylist()] == ["bad_date"]


def test_rows_of_a_long_file_keep_their_numbers(tmp_path: Path) -> None:
    countries = ("CHINA", "VIET NAM", "KAZAKHSTAN", "ARMENIA")
    lines = [
        f"{n},2023-05-01,Example {n % 977} LLC,854231,goods number {n},{1 + n % 50},{countries[n % 4]}"
        for n in range(2, 300_002)
    ]
    loaded, rows = read(write(tmp_path / "synthetic.csv", *lines), tmp_path)
    assert loaded.row_base == 2
    assert all(row["declaration_no"] == str(row["row_number"]) for row in rows)
    assert [row["origin_country"] for row in rows[:4]] == ["KZ", "AM", "CN", "VN"]


ADDRESSES = {
    "40 Sheikh Zayed Rd, Dubai, UAE": "AE",
    "91 Nehru Place, New Delhi 110019, India, Tel: +91 635 97 28 66": "IN",
    "İstiklal Sok. No:106, Ankara/TÜRKİYE TEL +90 187 45 62 12": "TR",
    "119991, РОССИЯ, Г. МОСКВА, УЛ. ПРОБНАЯ, Д. 1, ТЕЛ. +7 046 79 89 65": "RU",
    "Sample pr. 1, Moscow, Russia, 119991": "RU",
    "142 Sinseon-ro, Busan, Korea, Republic of": "KR",
    "125 Chavchavadze, Batumi, Georgia": "GE",
    "61 Elm St, Atlanta, Georgia 30303": None,
    "61 Elm St, Los Angeles, CA": None,
    "1 Sample Street": None,
    "": None,
}


def test_the_country_of_a_party_by_its_address_where_no_column_gives_it(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("CONSIGNEE", "ADDRESS"), *((f"Firm {n} Ltd", text) for n, text in enumerate(ADDRESSES))])  # fmt: skip
    (part,) = parts(path)
    columns = Columns(1, ("CONSIGNEE", "ADDRESS"), {"consignee_name": SourceColumn(0), "consignee_address": SourceColumn(1)})  # fmt: skip
    loaded = load(part, columns, "abc", tmp_path / "out.parquet", tmp_path)
    with duckdb.connect() as connection:
        found = connection.sql(f"SELECT consignee_country FROM '{tmp_path / 'out.parquet'}'").fetchall()
    assert [country for (country,) in found] == list(ADDRESSES.values())
    assert loaded.problems.num_rows == 0
