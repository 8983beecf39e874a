"""Commodity codes: every writing of the issue, the evidence of columns, and SQL that reads as Python does."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.readers.values import HsStyle, hs_sql, infer_hs_style, parse_hs, read_hs

READ = [
    ("8542310000", "8542310000"),
    ("854231", "854231"),
    ("8542.31", "854231"),
    ("8542 31 00", "85423100"),
    ("8542\u00a031\u00a000", "85423100"),
    ("8542-31-00", "85423100"),
    ("85.42.31", "854231"),
    ("8542.3100", "85423100"),
    ("854231.0", "854231"),
    ("85423100.00", "85423100"),
    ("8542.0", "8542"),
    ("8.54231E+05", "854231"),
    ("8,54231e5", "854231"),
    ("8542", "8542"),
    ("85", "85"),
    ("0101.21", "010121"),
    ("'85423100", "85423100"),
    ('="85423100"', "85423100"),
    ("HS 8542.31", "854231"),
    ("HS Code: 854231", "854231"),
    ("ТН ВЭД 8542310000", "8542310000"),
    ("8542.31.90.100T", "85423190100"),
    ("85423100 integrated circuits", "85423100"),
    ("8542310000 - Processors 8086", "8542310000"),
    ("69072190090", "69072190090"),
    (" 854231 ", "854231"),
]
PROBLEMS = [
    ("85423", "hs_wrong_length"),
    ("8542310", "hs_wrong_length"),
    ("854231000", "hs_wrong_length"),
    ("854", "hs_wrong_length"),
    ("8.54E+09", "hs_digits_lost"),
    ("8.542E+2", "hs_digits_lost"),
    ("8542.31, 8542.39", "bad_hs_code"),
    ("8542;8543", "bad_hs_code"),
    ("8542-8543", "bad_hs_code"),
    ("abc", "bad_hs_code"),
    ("00000000", "bad_hs_code"),
    ("1.5", "bad_hs_code"),
    ("0", "bad_hs_code"),
    ("-854231", "bad_hs_code"),
]
ABSENT = [None, "", "N/A", "NULL", "-"]
STYLES = [HsStyle(), HsStyle((10,), (9,)), HsStyle((9,)), HsStyle((6,), (5,), dotted=True), HsStyle((11,), (10, 7))]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize(("text", "code"), READ)
def test_codes(text: str, code: str) -> None:
    assert parse_hs(text) == code


@pytest.mark.parametrize(("text", "problem"), PROBLEMS)
def test_what_is_no_code_says_why(text: str, problem: str) -> None:
    assert (read_hs(text).code, read_hs(text).problem) == (None, problem)


@pytest.mark.parametrize("text", ABSENT)
def test_no_code_is_no_problem(text: str | None) -> None:
    assert read_hs(text) == read_hs(None)


@pytest.mark.parametrize(
    ("texts", "text", "code"),
    [
        (["8542310000", "8471300000", "302110000"], "302110000", "0302110000"),
        (["85423100", "84713000", "3021100"], "3021100", "03021100"),
        (["854231", "847130", "30211"], "30211", "030211"),
        (["302110000", "304990000", "406100000"], "302110000", "0302110000"),
        (["854231000", "847130010", "870323915"], "854231000", "854231000"),
        (["8542310000", "0302110000", "302110000"], "302110000", None),
        (["8542310000", "854231000"], "854231000", None),
        (["8542.31", "8471.30", "8542.39", "8542.3"], "8542.3", "854230"),
        (["8542.31", "8471.30", "409.0"], "409.0", "040900"),
        (["69072190090", "6907219009"], "6907219009", "6907219009"),
        (["69072190090", "30211000901", "4061000100"], "4061000100", "04061000100"),
        (["85423"], "85423", None),
        (["30211", "40610"], "30211", "030211"),
    ],
)
def test_the_column_says_whether_zeros_were_lost(texts: list[str], text: str, code: str | None) -> None:
    style = infer_hs_style(texts)
    assert parse_hs(text, style) == code
    assert bool(style.notes) == bool(style.pad)


def _sql(database: duckdb.DuckDBPyConnection, texts: list[str | None], style: HsStyle) -> list[str | None]:
    query = f"SELECT {hs_sql('t.x', style)} FROM (SELECT unnest(?::VARCHAR[]) AS x) AS t"
    return [row[0] for row in database.execute(query, [texts]).fetchall()]


@pytest.mark.parametrize("style", STYLES)
def test_sql_reads_as_python_does(database: duckdb.DuckDBPyConnection, style: HsStyle) -> None:
    texts = [text for text, _ in READ] + [text for text, _ in PROBLEMS] + ABSENT + ["409.0", "8542.3", "302110000"]
    for text, code in zip(texts, _sql(database, texts, style), strict=True):
        assert code == parse_hs(text, style), text


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(alphabet="00123456789. -eE+HS'xП\u00a0", max_size=13), min_size=1, max_size=80),
    st.sampled_from(STYLES),
)
def test_sql_reads_any_text_as_python_does(
    database: duckdb.DuckDBPyConnection, texts: list[str], style: HsStyle
) -> None:
    for text, code in zip(texts, _sql(database, list(texts), style), strict=True):
        assert code == parse_hs(text, style), text


@given(st.from_regex(r"\A(0[1-9]|[1-9][0-9])([0-9]{4}|[0-9]{6}|[0-9]{8})\Z"), st.sampled_from(["", ".", " "]))
def test_a_code_comes_back_from_any_grouping(code: str, separator: str) -> None:
    written = separator.join([code[:4], *(code[n : n + 2] for n in range(4, len(code), 2))])
    assert parse_hs(written) == code
