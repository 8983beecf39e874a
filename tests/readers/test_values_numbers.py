"""Numbers: every writing of the issue, the evidence of columns, and SQL that reads as Python does."""

import math
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.readers.values import NumberStyle, affix_sql, infer_number_style, number_sql, parse_number, read_number

POINT, COMMA = NumberStyle("."), NumberStyle(",")

SELF_EVIDENT = [
    ("0", 0.0),
    ("12", 12.0),
    ("1.234,56", 1234.56),
    ("1,234.56", 1234.56),
    ("1 234,56", 1234.56),
    ("1\u00a0234,56", 1234.56),
    ("1\u202f234.56", 1234.56),
    ("1\u2009234", 1234.0),
    ("1'234'567.8", 1234567.8),
    ("1’234’567,8", 1234567.8),
    ("12,34,567.89", 1234567.89),
    ("1,00,000", 100000.0),
    ("1.234.567", 1234567.0),
    ("1,234,567", 1234567.0),
    ("0.123", 0.123),
    ("0,123", 0.123),
    (".5", 0.5),
    (",5", 0.5),
    ("5.", 5.0),
    ("12,5", 12.5),
    ("1304.88", 1304.88),
    ("1234,567", 1234.567),
    ("1.5E+03", 1500.0),
    ("-7", -7.0),
    ("−7", -7.0),
    ("7-", -7.0),
    ("(7)", -7.0),
    ("(1,234.50)", -1234.5),
    ("+7", 7.0),
    (" 12 ", 12.0),
    ("\u00a012", 12.0),
    ("00012", 12.0),
    ("1_000", 1000.0),
]

UNREADABLE = [
    "abc",
    "1,2,3",
    "1.2.3",
    "12 34",
    "1 2",
    "--5",
    "(5",
    "5)",
    "(-5)",
    "-5-",
    "0x1F",
    "1e",
    "e5",
    "12kg",
    "1/2",
    "١٢",
    "nan.",
    "∞",
]
ABSENT = [None, "", " ", "NULL", "-", "N/A", "nan", "null ", "н/д", "--"]
ABSURD = ["1e30", "9" * 40, "1e999", "inf", "infinity", "-1e30"]
STYLED = NumberStyle(",", affixes=("kg", "KG", "US$", "$", "€", "руб.", "м2", "%"))


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize(("text", "number"), SELF_EVIDENT)
@pytest.mark.parametrize("style", [POINT, COMMA, STYLED])
def test_numbers_that_need_no_style(text: str, number: float, style: NumberStyle) -> None:
    assert parse_number(text, style) == number


@pytest.mark.parametrize(
    ("text", "point", "comma"), [("1.234", 1.234, 1234.0), ("1,234", 1234.0, 1.234), ("-12.500", -12.5, -12500.0)]
)
def test_the_style_decides_what_one_separator_before_three_digits_is(text: str, point: float, comma: float) -> None:
    assert parse_number(text, POINT) == point
    assert parse_number(text, COMMA) == comma


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_number_is_a_problem(text: str) -> None:
    assert read_number(text).problem == "bad_number"


@pytest.mark.parametrize("text", ABSENT)
def test_no_value_is_no_problem(text: str | None) -> None:
    assert read_number(text) == read_number(None)


def test_absurd_and_negative_values_are_problems() -> None:
    assert read_number("1e30").problem == "absurd_number"
    assert read_number("-5", NumberStyle(negative=False)).problem == "negative_number"
    assert read_number("-0", NumberStyle(negative=False)).value == 0
    assert read_number("2e9", NumberStyle(most=1e9)).problem == "absurd_number"


@pytest.mark.parametrize(
    ("text", "number", "affix"),
    [
        ("12 kg", 12, "kg"),
        ("US$ 1.234,50", 1234.5, "US$"),
        ("-$5", -5, "$"),
        ("$-5", -5, "$"),
        ("12,5%", 12.5, "%"),
        ("7 м2", 7, "м2"),
        ("(€5)", -5, "€"),
    ],
)
def test_units_and_currencies_beside_numbers(text: str, number: float, affix: str) -> None:
    value = read_number(text, STYLED)
    assert (value.value, value.affix) == (number, affix)


@pytest.mark.parametrize(
    ("texts", "decimal", "ambiguous"),
    [
        (["1.234,56", "7"], ",", False),
        (["1,234.56", "7"], ".", False),
        (["1 234,56"], ",", False),
        (["12,34,567"], ".", False),
        (["1.234", "0.5"], ".", False),
        (["1,234", "0,5"], ",", False),
        (["1.234.567", "1.234"], ",", False),
        (["1.234", "5.678"], ".", True),
        (["1,234", "5,678"], ".", True),
        (["1.234", "12500"], ".", False),
        (["1,234", "12500"], ",", False),
        (["1.234"] * 40 + ["5", "7", "900"], ",", False),
        (["1,234"] * 40 + ["5", "7", "900"], ".", False),
        (["NULL", "-", ""], ".", False),
        (["5", "7"], ".", False),
    ],
)
def test_the_column_says_how_its_numbers_are_written(texts: list[str], decimal: str, ambiguous: bool) -> None:
    style = infer_number_style(texts)
    assert (style.decimal, style.ambiguous) == (decimal, ambiguous)
    assert bool(style.notes) == ambiguous


def test_another_column_of_the_file_decides_where_one_is_ambiguous() -> None:
    assert infer_number_style(["1.234"], hint=COMMA) == NumberStyle(",")
    assert infer_number_style(["1.234"], hint=NumberStyle(".", ambiguous=True)).ambiguous


def test_units_are_taken_from_the_column_and_unknown_texts_are_named() -> None:
    style = infer_number_style(["12 kg", "13 KG", "14 zzz", "15"])
    assert parse_number("12 kg", style) == 12
    assert parse_number("14 zzz", style) is None
    assert any("zzz" in note for note in style.notes)
    assert infer_number_style(["1 t", "5 kg"]).notes


def _sql(database: duckdb.DuckDBPyConnection, texts: list[str | None], style: NumberStyle) -> list[float | None]:
    query = f"SELECT {number_sql('t.x', style)} FROM (SELECT unnest(?::VARCHAR[]) AS x) AS t"
    return [row[0] for row in database.execute(query, [texts]).fetchall()]


def _same(left: float | None, right: float | None) -> bool:
    return left == right or (left is not None and right is not None and math.isclose(left, right, rel_tol=1e-15))


STYLES = [POINT, COMMA, STYLED, NumberStyle(".", negative=False, most=1e6), NumberStyle(",", ("kg",), negative=False)]


@pytest.mark.parametrize("style", STYLES)
def test_sql_reads_as_python_does(database: duckdb.DuckDBPyConnection, style: NumberStyle) -> None:
    texts = [text for text, _ in SELF_EVIDENT] + UNREADABLE + ABSENT + ABSURD
    texts += [
        "1.234",
        "1,234",
        "12 kg",
        "kg 12",
        "US$ 5",
        "-$5",
        "1.234,5 kg",
        "(12 kg)",
        "12 kg-",
        "1.000-",
        "12,345.678",
        "1.234e5",
        "01,234",
    ]
    assert _sql(database, texts, style) == [parse_number(text, style) for text in texts]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="0123456789_.,' -+()eEk$%\u00a0g−", max_size=14), min_size=1, max_size=60),
    st.sampled_from(STYLES),
)
def test_sql_reads_any_text_as_python_does(
    database: duckdb.DuckDBPyConnection, texts: list[str], style: NumberStyle
) -> None:
    got = _sql(database, list(texts), style)
    for text, value in zip(texts, got, strict=True):
        assert _same(value, parse_number(text, style)), text


@settings(max_examples=200, deadline=None)
@given(st.floats(-1e14, 1e14, allow_nan=False), st.sampled_from([",", ".", " ", "\u00a0", "'"]))
def test_every_grouped_number_comes_back(number: float, group: str) -> None:
    written = f"{number:,.2f}"
    decimal = "," if group == "." else "."
    text = written.replace(".", "\0").replace(",", group).replace("\0", decimal)
    assert parse_number(text, NumberStyle(decimal)) == float(f"{number:.2f}")


def test_affixes_in_sql(database: duckdb.DuckDBPyConnection) -> None:
    query = f"SELECT {affix_sql('t.x', STYLED)} FROM (SELECT unnest(['12 kg', '5', '$7', 'x']) AS x) AS t"
    assert [row[0] for row in database.execute(query).fetchall()] == ["kg", None, "$", None]


def test_names_that_end_in_a_number_are_no_numbers() -> None:
    names = [f"ООО РОМАШКА {n}" for n in range(1, 40)]
    style = infer_number_style(names)
    assert all(read_number(name, style).value is None for name in names)
    pieces = [f"{n} stk" for n in range(1, 40)]
    style = infer_number_style(pieces)
    assert read_number("7 stk", style).value == 7
