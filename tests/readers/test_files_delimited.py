"""Delimited text: encodings, delimiters, quotes in order and not, damage; and DuckDB reading what `rows` reads."""

import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.errors import InputError
from entrepot.readers.files import Order, Part, Row, duckdb_csv_options, order_of, parts, rows
from entrepot.readers.values.nulls import SPACES

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(content: str | bytes) -> Path:
        path = tmp_path / "no-hint"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def _read(path: Path) -> tuple[Part, list[Row]]:
    (part,) = parts(path)
    return part, list(rows(part))


def _cells(path: Path) -> list[tuple[str | None, ...]]:
    return [row.cells for row in _read(path)[1]]


RUSSIAN = "Отправитель;Получатель товара;Страна\nООО Заря;ТОО Астана Трейд;КИТАЙ\nАО Металлинвест;ИП Сидоров;РОССИЯ\n"
TURKISH = "gönderici;alıcı;eşya tanımı\nŞahin Ticaret;Ağrı İthalat;ısıtıcı parçası\n"
CHINESE = "进口商;出口商;商品名称\n曙光贸易有限公司;广州电子公司;集成电路\n"
WESTERN = "Importador;Descripción;País\nCompañía Española;Máquinas eléctricas;España\n"
JAPANESE = "輸入者;品名;原産国\n株式会社さくら;集積回路のもの;日本\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "utf-32"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "koi8-r"),
        (TURKISH, "utf-8"),
        (TURKISH, "cp1254"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16"),
        (WESTERN, "cp1252"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_encodings_are_told_from_the_bytes(write: Write, text: str, encoding: str) -> None:
    part, read = _read(write(text.encode(encoding)))
    assert [";".join(cell or "" for cell in row.cells) for row in read] == text.splitlines()
    assert not any(row.problems for row in read)
    assert (part.format, part.delimiter, part.width) == ("csv", ";", 3)


def test_names_in_another_script_that_come_late_tell_the_encoding(write: Write) -> None:
    head = "shipper;consignee;country\n" + "ZARYA LTD;ASTANA TRADE;CHINA\n" * 20_000
    part, read = _read(write((head + RUSSIAN).encode("cp1251")))
    assert part.encoding == "cp1251"
    assert read[-1].cells == ("АО Металлинвест", "ИП Сидоров", "РОССИЯ")


def test_damaged_bytes_name_row_byte_and_cell_and_the_row_is_kept(write: Write) -> None:
    good = ("Заря;Китай\n" * 300).encode()
    _, read = _read(write("имя;страна\n".encode() + good + b"\xd0\xd0\xb0;ok\n" + good))
    bad = [row for row in read if row.problems]
    assert len(read) == 602
    assert [(row.number, row.problems[0].code, row.problems[0].cell) for row in bad] == [(302, "bad_encoding", 0)]
    assert "byte 1" in bad[0].problems[0].message
    assert not bad[0].rejected
    assert bad[0].cells[1] == "ok"


def test_a_wrong_declared_encoding_is_refused_and_the_right_one_named(write: Write) -> None:
    path = write(RUSSIAN.encode("cp1251"))
    with pytest.raises(InputError, match="cp1251") as caught:
        parts(path, encoding="utf-8")
    assert caught.value.value == "utf-8"
    with pytest.raises(InputError, match="not known"):
        parts(path, encoding="utf-9")
    assert parts(path, encoding="windows-1251")[0].encoding == "windows-1251"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told_by_consistency(write: Write, delimiter: str) -> None:
    lines = [["name", "value", "text"], ["A", "1", "x"], ["B", "2", "y"]]
    part, read = _read(write("\n".join(delimiter.join(line) for line in lines)))
    assert (part.delimiter, part.width) == (delimiter, 3)
    assert [list(row.cells) for row in read] == lines


@pytest.mark.parametrize(
    ("text", "delimiter", "width"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";", 2),
        ("name\tvalue\nA\t12,5\nB\t13,7\n", "\t", 2),
        ('a,b,c\n"x;y",1,2\n"z;w",3,4\n', ",", 3),
        ("Report of 2024; page 1\n\na,b,c,d\n1,2,3,4\n5,6,7,8\n9,10,11,12\n", ",", 4),
        ("a,b\n" + "x,1;2;3\n" * 20, ",", 2),
    ],
)
def test_decimal_commas_and_text_do_not_mislead(write: Write, text: str, delimiter: str, width: int) -> None:
    (part,) = parts(write(text))
    assert (part.delimiter, part.width) == (delimiter, width)


def test_quoted_cells_hold_delimiters_quotes_and_line_ends(write: Write) -> None:
    _, read = _read(write('a,b,c\n1,"x, ""y""\nsecond line",3\n4,5,6\n'))
    assert [(row.number, row.cells) for row in read] == [
        (1, ("a", "b", "c")),
        (2, ("1", 'x, "y"\nsecond line', "3")),
        (3, ("4", "5", "6")),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(write: Write, end: str) -> None:
    assert _cells(write(f"a,b{end}1,2{end}3,4{end}")) == [("a", "b"), ("1", "2"), ("3", "4")]


def test_empty_rows_keep_their_number(write: Write) -> None:
    _, read = _read(write("a,b\n\n1,2\n,\n3,4\n"))
    assert [(row.number, row.empty) for row in read] == [(1, False), (2, True), (3, False), (4, True), (5, False)]


def test_too_few_and_too_many_cells_are_given_as_they_are(write: Write) -> None:
    assert _cells(write("a,b,c\n1,2\n1,2,3,4\n1,2,3\n"))[1:3] == [("1", "2"), ("1", "2", "3", "4")]


def test_one_column_is_a_table_of_one_column(write: Write) -> None:
    part, read = _read(write("NAME\nZARYA, LTD\nASTANA TRADE\nSHAHIN AS\n"))
    assert (part.format, part.width) == ("csv", 1)
    assert [row.cells for row in read] == [("NAME",), ("ZARYA, LTD",), ("ASTANA TRADE",), ("SHAHIN AS",)]


class TestBrokenQuotes:
    """A quote that is not closed costs at most its own row."""

    def test_an_unclosed_quote_does_not_swallow_the_file(self, write: Write) -> None:
        body = [f'{n},"name {n}",{n}' for n in range(1000)]
        body[500] = '500,"name 500,500'
        _, read = _read(write("id,name,n\n" + "\n".join(body) + "\n"))
        assert len(read) == 1001
        (bad,) = [row for row in read if row.problems]
        assert (bad.number, bad.problems[0].code, bad.rejected) == (502, "stray_quote", False)
        assert bad.cells == ("500", '"name 500', "500")
        assert read[-1].cells == ("999", "name 999", "999")

    def test_where_the_cells_cannot_be_told_the_row_is_rejected(self, write: Write) -> None:
        _, read = _read(write('a,b,c\n1,"x, y,3\n4,5,6\n7,8,9\n'))
        assert [(row.number, row.rejected) for row in read] == [(1, False), (2, True), (3, False), (4, False)]
        assert read[1].problems[0].code == "broken_quotes"
        assert read[1].cells == ('1,"x, y,3',)

    def test_at_the_end_of_the_file(self, write: Write) -> None:
        _, read = _read(write('a,b\n1,2\n3,"4\n'))
        assert [row.cells for row in read] == [("a", "b"), ("1", "2"), ("3", '"4')]

    def test_inches_and_unescaped_quotes_stay_text(self, write: Write) -> None:
        _, read = _read(
            write('id,text,n\n1,TUBE 12" STEEL,5\n2,"TUBE 12" STEEL",5\n3,"A ""B"" C",5\n4,"it is \\"so\\"",5\n')
        )
        assert [row.cells[1] for row in read[1:]] == ['TUBE 12" STEEL', 'TUBE 12" STEEL', 'A "B" C', 'it is \\"so\\"']
        assert [len(row.problems) for row in read[1:]] == [0, 1, 0, 1]
        assert not any(row.rejected for row in read)

    def test_two_broken_quotes_do_not_join_rows(self, write: Write) -> None:
        body = [f"{n},name {n},{n}" for n in range(50)]
        body[10] = '10,"name 10,10'
        body[20] = '20,"name 20,20'
        _, read = _read(write("id,name,n\n" + "\n".join(body) + "\n"))
        assert len(read) == 51
        assert [row.number for row in read if row.problems] == [12, 22]

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.lists(st.text(alphabet='ab ,"\n1é', max_size=5), min_size=3, max_size=3), min_size=1, max_size=20),
        st.data(),
    )
    def test_one_quote_put_anywhere_costs_few_rows(
        self, tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], data: st.DataObject
    ) -> None:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
            [["h1", "h2", "h3"], *table, *[["p", "q", "r"]] * 30]
        )
        text = out.getvalue()
        at = data.draw(st.integers(0, len(text)))
        path = tmp_path_factory.mktemp("quotes") / "f"
        path.write_text(text[:at] + '"' + text[at:], encoding="utf-8")
        read = list(rows(parts(path)[0]))
        tail = [row.cells for row in read if row.cells == ("p", "q", "r")]
        assert len(tail) >= 28


def test_nul_bytes_are_taken_out_and_told(write: Write) -> None:
    _, read = _read(write(b"a,b\n1,x\0y\n\0\0\0\0\n2,z\n"))
    assert [(row.number, [p.code for p in row.problems], row.rejected) for row in read] == [
        (1, [], False),
        (2, ["nul_byte"], False),
        (3, ["nul_byte"], True),
        (4, [], False),
    ]
    assert read[1].cells == ("1", "xy")


def test_a_line_without_end_is_one_rejected_row(write: Write) -> None:
    _, read = _read(write("a,b\n1,2\n" + "x" * 5_000_000 + "\n3,4\n"))
    assert [row.rejected for row in read] == [False, False, True, False]
    assert read[2].problems[0].code == "row_too_long"


def test_formulas_are_text(write: Write) -> None:
    assert _cells(write('a,b\n=HYPERLINK("http://x"),1\n"=1+1",2\n'))[1:] == [
        ('=HYPERLINK("http://x")', "1"),
        ("=1+1", "2"),
    ]


def test_a_header_alone_is_one_row_and_nothing_is_an_error(write: Write) -> None:
    assert _cells(write("a,b,c\n")) == [("a", "b", "c")]
    with pytest.raises(InputError, match="empty") as caught:
        parts(write(b""))
    assert caught.value.remedy
    with pytest.raises(InputError, match="white space"):
        parts(write(b" \n\r\n\n"))


def test_two_headers_alike_are_both_given(write: Write) -> None:
    assert _cells(write("name,name,value\nA,B,1\n"))[0] == ("name", "name", "value")


def test_limit_stops(write: Write) -> None:
    (part,) = parts(write("a,b\n" * 100))
    assert len(list(rows(part, 7))) == 7


def _options(part: Part, header_row: int = 1) -> dict[str, object] | None:
    """As the load decides: DuckDB's options where it reads the file as `rows` does."""
    options = duckdb_csv_options(part, header_row)
    return options if options is not None and order_of(part, padded=True) is not Order.BROKEN else None


def _duckdb(part: Part, header_row: int = 1) -> list[tuple[str, ...]] | None:
    options = _options(part, header_row)
    if options is None:
        return None
    arguments = ", ".join(f"{name} = {_literal(value)}" for name, value in options.items())
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT * FROM read_csv({_literal(str(part.path))}, {arguments})").fetchall()


def _literal(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in value.items()) + "}"
    return (
        str(value).lower()
        if isinstance(value, bool)
        else str(value)
        if isinstance(value, int)
        else f"'{str(value).replace(chr(39), chr(39) * 2)}'"
    )


def _python(part: Part, header_row: int = 1) -> list[tuple[str, ...]]:
    return [tuple(cell or "" for cell in row.cells) for row in rows(part) if row.number > header_row and row.cells]


class TestFast:
    """DuckDB may read a file by itself only where it gives what `rows` gives."""

    @pytest.mark.parametrize(
        "text",
        [
            "a,b,c\n1,2,3\n4,5,6\n",
            "a;b\r\n1;2\r\n3;4\r\n",
            'a,b\n"x,y","z ""q"" w"\n1,2\n',
            'a,b\r\n"two\nlines",2\r\n3,4\r\n',
            "\ufeffa,b\nЗаря,Китай\n",
            "a\tb\n1\t2",
            "a,b\n1,2\n\n\n",
            'a,b\n"x\n\ny",2\n',
            "a,b\n,\n1,\n",
        ],
    )
    def test_clean_files_are_read_alike(self, write: Write, text: str) -> None:
        (part,) = parts(write(text))
        read = _duckdb(part)
        assert read is not None
        assert read == _python(part)

    @pytest.mark.parametrize(
        "text",
        [
            "a,b\n1,2\n\n3,4\n",
            "a,b\n1,2\r\n3,4\n",
            "a,b\n1,x\0\n",
            'a,b\n1,"x\n2,y\n',
            'a,b\n1,x "y" z\n',
            'a,b\n1,"x" z\n',
            "a,b\n1,2\r3\n",
            '"two\nlines",b\n1,2\n',
            "a\n1\n2\n",
            "a,b\n" + "1,2\n" * 20 + "x\x1ey,2\n",
        ],
    )
    def test_files_that_need_care_are_left_to_rows(self, write: Write, text: str) -> None:
        (part,) = parts(write(text))
        assert _options(part) is None

    def test_other_encodings_and_damage_are_left_to_rows(self, write: Write) -> None:
        assert _options(parts(write(RUSSIAN.encode("cp1251")))[0]) is None
        damaged = ("имя;б\n" + "Заря;1\n" * 300).encode() + b"\xd0\xd0;2\n"
        assert _options(parts(write(damaged))[0]) is None

    def test_a_title_above_the_header_is_skipped(self, write: Write) -> None:
        (part,) = parts(write("Report,\na,b\n1,2\n3,4\n"))
        assert _duckdb(part, 2) == [("1", "2"), ("3", "4")]

    def test_gzip(self, tmp_path: Path) -> None:
        path = tmp_path / "f"
        path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
        assert _duckdb(parts(path)[0]) == [("1", "2")]

    @pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1 << 20])
    @pytest.mark.parametrize(
        ("text", "fast"),
        [
            ('a,b\r\n"x""y","z\r\n\r\nw"\r\n1,2\r\n', True),
            ("a,b\r\n1,2\r\n\r\n3,4\r\n", False),
            ('a,b\n1,"x"y\n', False),
            ("a,b\né,2\n", True),
            ("a,b\n1,2\n\n", True),
            ('a,b\n1,"x\n', False),
        ],
    )
    def test_the_size_of_chunks_changes_nothing(
        self, write: Write, monkeypatch: pytest.MonkeyPatch, size: int, text: str, fast: bool
    ) -> None:
        monkeypatch.setattr("entrepot.readers.files.fast.CHUNK_BYTES", size)
        assert (_options(parts(write(text))[0]) is not None) == fast

    @settings(max_examples=80, deadline=None)
    @given(
        st.lists(
            st.lists(st.text(alphabet='ab,;"\n\r1é', max_size=6), min_size=2, max_size=2), min_size=1, max_size=12
        ),
        st.sampled_from(["\n", "\r\n"]),
        st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONE]),
    )
    def test_any_table_is_read_alike(
        self, tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], end: str, quoting: int
    ) -> None:
        out = io.StringIO()
        if quoting == csv.QUOTE_NONE:
            out.write("".join(",".join(row) + end for row in [["h1", "h2"], *table]))
        else:
            csv.writer(out, lineterminator=end, quoting=quoting).writerows([["h1", "h2"], *table])  # type: ignore[arg-type]
        path = tmp_path_factory.mktemp("fast") / "f"
        path.write_bytes(out.getvalue().encode())
        (part,) = parts(path)
        try:
            read = _duckdb(part)
        except duckdb.Error:
            return
        if read is not None:
            assert read == _python(part)


def _order(path: Path, text: str, delimiter: str = ",") -> Order:
    path.write_bytes(text.encode())
    part = Part(path, 0, None, "csv", encoding="utf-8", delimiter=delimiter, quote='"')
    found = order_of(part)
    assert (order_of(part, padded=True) is Order.BROKEN) == (found is Order.BROKEN)
    return found


@pytest.mark.parametrize("row", ["{}x,y", "x{},y", "x,{}y", "x,y{}", '"{}x",y', 'x,"y{}"', '"""{}",y', "{},y"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_padded_cell_is_seen(tmp_path: Path, row: str, end: str) -> None:
    start = "a,b" + (end or "\n") + ("Co,Ltd" + (end or "\n")) * 30
    for space in SPACES.replace("\n", "").replace("\r", ""):
        assert _order(tmp_path / "x", start + row.format(space) + end) is Order.PADDED, repr(space)
    assert _order(tmp_path / "x", start + row.format("") + end) is Order.GOOD


def test_white_space_inside_cells_is_no_padding(tmp_path: Path) -> None:
    for text in ('"x, y",z w\n', '"say "", "" twice",z\n', '"line\nbreak",y\n', "x y,z"):
        assert _order(tmp_path / "x", "a,b\n" + text) is Order.GOOD, text
    assert _order(tmp_path / "x", "a\tb\nx\t\ny\tz\n", "\t") is Order.GOOD
    assert _order(tmp_path / "x", 'a\tb\nx\t"y\t"\n', "\t") is Order.PADDED


_cells_of_a_row = st.lists(st.text('ab ,"\n\tж\u00a0\u3000', max_size=4), min_size=2, max_size=2)


@given(st.lists(_cells_of_a_row, min_size=1, max_size=30))
def test_order_tells_padded_cells(tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["first", "second"], *cells])
    padded = any(cell != cell.strip(SPACES) or "\u00a0" in cell or "\u3000" in cell for row in cells for cell in row)
    found = _order(tmp_path_factory.getbasetemp() / "padded.csv", stream.getvalue())
    assert found is (Order.PADDED if padded else Order.GOOD)
