"""Dates: every writing of the issue, the evidence of columns, and SQL that reads as Python does."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.readers.values import (
    DateStyle,
    Period,
    date_precision_sql,
    date_sql,
    infer_date_style,
    parse_date,
    parse_period,
    read_date,
)

SELF_EVIDENT = [
    ("2024-01-05", "2024-01-05", "day"),
    ("2024-1-5", "2024-01-05", "day"),
    ("2024/01/05", "2024-01-05", "day"),
    ("2024.01.05", "2024-01-05", "day"),
    ("2024-01-05 10:20:30", "2024-01-05", "day"),
    ("2024-01-05T10:20:30.123Z", "2024-01-05", "day"),
    ("2024-01-05T23:30:00+05:30", "2024-01-05", "day"),
    ("20240105", "2024-01-05", "day"),
    ("202401", "2024-01-01", "month"),
    ("2024-01", "2024-01-01", "month"),
    ("2024M01", "2024-01-01", "month"),
    ("01/2024", "2024-01-01", "month"),
    ("01.2024", "2024-01-01", "month"),
    ("2024", "2024-01-01", "year"),
    ("2024 г.", "2024-01-01", "year"),
    ("Apr 2025", "2025-04-01", "month"),
    ("apr. 2025", "2025-04-01", "month"),
    ("APRIL 2025", "2025-04-01", "month"),
    ("Apr-25", "2025-04-01", "month"),
    ("Apr'25", "2025-04-01", "month"),
    ("2025-Apr", "2025-04-01", "month"),
    ("05-Mar-24", "2024-03-05", "day"),
    ("5-MAR-2024", "2024-03-05", "day"),
    ("5 March 2024", "2024-03-05", "day"),
    ("March 5, 2024", "2024-03-05", "day"),
    ("5th March 2024", "2024-03-05", "day"),
    ("5 марта 2024 г.", "2024-03-05", "day"),
    ("март 2024", "2024-03-01", "month"),
    ("Şubat 2024", "2024-02-01", "month"),
    ("HAZİRAN 2024", "2024-06-01", "month"),
    ("KASIM 2024", "2024-11-01", "month"),
    ("5 de abril de 2024", "2024-04-05", "day"),
    ("enero 2024", "2024-01-01", "month"),
    ("ene-24", "2024-01-01", "month"),
    ("août 2024", "2024-08-01", "month"),
    ("décembre 2024", "2024-12-01", "month"),
    ("março de 2024", "2024-03-01", "month"),
    ("березень 2024", "2024-03-01", "month"),
    ("2024年3月", "2024-03-01", "month"),
    ("2024年03月05日", "2024-03-05", "day"),
    ("2024年", "2024-01-01", "year"),
    ("2024년 3월", "2024-03-01", "month"),
    ("Tháng 3 2024", "2024-03-01", "month"),
    ("2024Q2", "2024-01-01", "year"),
    ("2 кв. 2024", "2024-01-01", "year"),
    (" 2024-01-05 ", "2024-01-05", "day"),
    ("\u00a02024-01-05", "2024-01-05", "day"),
]
UNREADABLE = [
    "abc",
    "yesterday",
    "2024-01-05x",
    "1.2",
    "12",
    "Foo 2024",
    "5 foo 2024",
    "0",
    "1/2/3",
    "2024--01-05",
    "9999999999",
    "today",
    "2024-01-",
    "20240",
]
IMPOSSIBLE = [
    "2024-13",
    "13/2024",
    "2024-01-0",
    "2024-02-31",
    "31.02.2024",
    "2023-02-29",
    "31 апреля 2024",
    "20240231",
    "2024-00-10",
    "2024年13月",
]
OUT_OF_RANGE = ["1924-01-05", "2124-01-05", "05.03.1901", "Apr 1925", "1066"]
ABSENT = [None, "", "NULL", "-", "N/A", "н/д", " nan "]
MDY, DMY = DateStyle("mdy", "mdy", "%m/%d/%Y"), DateStyle("dmy", "dmy", "%d.%m.%Y")
STYLES = [
    DateStyle(),
    DMY,
    MDY,
    DateStyle("dmy", "dmy2", "%d/%m/%y"),
    DateStyle("ymd"),
    DateStyle(form="mon_y", strptime="%b %Y", nulls=("NULL", "-")),
    DateStyle(form="d_mon_yy", strptime="%d-%b-%y"),
    DateStyle(form="ymd8", strptime="%Y%m%d"),
    DateStyle(form="quarter"),
    DateStyle(utc_shift=330),
    DateStyle(digits=("dmy8", "dmy6", "serial")),
    DateStyle(earliest=datetime.date(1850, 1, 1), latest=datetime.date(2030, 1, 1)),
]
LEARNT = [
    infer_date_style(["2024-01-05", "NULL"]),
    infer_date_style(["31.01.2024", "05.03.2024"]),
    infer_date_style(["01/31/24"]),
    infer_date_style(["5-Mar-24", "Apr 2025"]),
    infer_date_style(["20240105", "март 2024"]),
    infer_date_style(["2025-03-28T18:30:00.000Z"] * 3),
    infer_date_style(["45678", "45679", "45680", "2024Q1"]),
]
MORE = [
    "03/04/2025", "03.04.2025", "3-4-25", "31/12/99", "12/31/99", "25-12-31", "03.04.2025 10:00", "010424", "01042024", "45678", "45678.75", "79999", "19999",
    "2025-03-28T18:30:00.000Z", "2025-03-28T18:30:00Z", "2025-03-28 18:30:00", "2025-12-31T18:30Z", "2025-03-28T18:30:00+00:00", "2025-03-28T18:30:00+05:30",
    "2024 01 05", "2024\\01\\05", "2024-01/05", "02024-01-05", "0024-01-05", "24-01-05", "infinity", "epoch", "-2024-01-05", "2024-01-05 25:61", "2024-01-05 (BC)",
]  # fmt: skip


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize(("text", "date", "precision"), SELF_EVIDENT)
@pytest.mark.parametrize("style", [DMY, MDY])
def test_dates_that_need_no_style(text: str, date: str, precision: str, style: DateStyle) -> None:
    assert parse_date(text, style) == (datetime.date.fromisoformat(date), precision)


@pytest.mark.parametrize(
    ("texts", "problem"),
    [(UNREADABLE, "bad_date"), (IMPOSSIBLE, "impossible_date"), (OUT_OF_RANGE, "date_out_of_range"), (ABSENT, None)],
)
def test_what_is_no_date_says_why(texts: list[str | None], problem: str | None) -> None:
    for text in texts:
        assert (read_date(text).problem, read_date(text).date) == (problem, None), text


@pytest.mark.parametrize(
    ("texts", "order", "ambiguous"),
    [
        (["13/04/2025", "01/02/2025"], "dmy", False),
        (["04/13/2025", "01/02/2025"], "mdy", False),
        (["03.04.2025"], "dmy", False),
        (["03/04/2025", "05/06/2025"], "dmy", True),
        (["01/01/2025", "01/02/2025", "01/03/2025"], "dmy", False),
        (["01/01/2025", "02/01/2025", "03/01/2025"], "mdy", False),
        (["03/01/2025", "04/01/2025", "01/02/2025", "05/03/2025"], "dmy", False),
        (["01/03/2025", "01/04/2025", "02/01/2025", "03/05/2025"], "mdy", False),
        (["25-04-31", "25-12-05"], "dmy", False),
        (["98-04-30", "99-12-05"], "ymd", False),
    ],
)
def test_the_column_says_whether_the_day_comes_first(texts: list[str], order: str, ambiguous: bool) -> None:
    style = infer_date_style(texts)
    assert (style.order, style.ambiguous) == (order, ambiguous)
    assert bool(style.notes) == ambiguous


def test_another_column_of_the_file_decides_where_one_is_ambiguous() -> None:
    assert infer_date_style(["03/04/2025"], hint=MDY).order == "mdy"
    assert infer_date_style(["03/04/2025"], hint=replace(MDY, ambiguous=True)).ambiguous


def test_dates_of_both_orders_are_noted() -> None:
    style = infer_date_style(["13/04/2025", "14/04/2025", "04/15/2025"])
    assert style.order == "dmy"
    assert style.notes
    assert read_date("04/15/2025", style).problem == "impossible_date"


def test_local_midnights_in_utc_are_the_next_day_and_noted() -> None:
    texts = ["2024-12-31T18:30:00.000Z", "2025-03-28T18:30:00.000Z", "2025-04-01T18:30:00.000Z"]
    style = infer_date_style(texts)
    assert style.utc_shift == 330
    assert parse_date(texts[0], style) == (datetime.date(2025, 1, 1), "day")
    assert any("18:30 UTC" in note for note in style.notes)
    summer = infer_date_style(["2024-12-31T23:00:00Z", "2025-06-30T22:00:00Z", "2025-06-29T22:00:00Z"])
    assert parse_date("2025-06-30T22:00:00Z", summer) == (datetime.date(2025, 7, 1), "day")
    assert parse_date("2024-12-31T23:00:00Z", summer) == (datetime.date(2025, 1, 1), "day")


@pytest.mark.parametrize(
    "texts",
    [
        ["2025-03-28T05:00:00Z"] * 4,
        ["2025-03-28T18:30:00Z", "2025-03-28T13:05:00Z", "2025-03-28T02:00:00Z"],
        ["2025-03-28T18:30:00"] * 4,
    ],
)
def test_other_times_do_not_move_the_day(texts: list[str]) -> None:
    assert infer_date_style(texts).utc_shift == 0


def test_serial_numbers_are_believed_only_where_the_column_is_of_them() -> None:
    style = infer_date_style(["45678", "45679.5", "45001", None])
    assert parse_date("45678", style) == (datetime.date(2025, 1, 21), "day")
    assert read_date("45678", infer_date_style(["2024-01-05", "45678"])).problem == "bad_date"


def test_digits_are_read_by_the_reading_that_gives_dates() -> None:
    assert parse_date("31012025", infer_date_style(["31012025", "15022025"])) == (datetime.date(2025, 1, 31), "day")
    assert parse_date("150225", infer_date_style(["310125", "150225"])) == (datetime.date(2025, 2, 15), "day")
    assert parse_date("202504", infer_date_style(["202504", "202512"])) == (datetime.date(2025, 4, 1), "month")


def test_a_century_off_is_judged_by_the_column() -> None:
    style = infer_date_style(["2024-05-01", "2024-06-01", "1924-06-01"])
    assert read_date("1924-06-01", style).problem == "date_out_of_range"
    births = infer_date_style(["1924-06-01", "1950-01-01"], earliest=datetime.date(1850, 1, 1))
    assert parse_date("1924-06-01", births)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024Q2", "2024-04-01", "2024-06-30", "quarter"),
        ("2024-Q4", "2024-10-01", "2024-12-31", "quarter"),
        ("Q1 2024", "2024-01-01", "2024-03-31", "quarter"),
        ("IV квартал 2024 года", "2024-10-01", "2024-12-31", "quarter"),
        ("2024-S1", "2024-01-01", "2024-06-30", "other"),
        ("202402", "2024-02-01", "2024-02-29", "month"),
        ("Feb 2024", "2024-02-01", "2024-02-29", "month"),
        ("2024-02-03", "2024-02-03", "2024-02-03", "other"),
    ],
)
def test_periods(text: str, first: str, last: str, precision: str) -> None:
    assert parse_period(text) == Period(
        datetime.date.fromisoformat(first), datetime.date.fromisoformat(last), precision
    )
    assert parse_period("nonsense") is None


def _sql(
    database: duckdb.DuckDBPyConnection, texts: list[str | None], style: DateStyle
) -> list[tuple[datetime.date, str] | None]:
    query = f"SELECT {date_sql('t.x', style)}, {date_precision_sql('t.x', style)} FROM (SELECT unnest(?::VARCHAR[]) AS x) AS t"
    rows = database.execute(query, [texts]).fetchall()
    return [None if date is None else (date, precision) for date, precision in rows]


@pytest.mark.parametrize("style", STYLES + LEARNT)
def test_sql_reads_as_python_does(database: duckdb.DuckDBPyConnection, style: DateStyle) -> None:
    texts = [text for text, _, _ in SELF_EVIDENT] + UNREADABLE + IMPOSSIBLE + OUT_OF_RANGE + ABSENT + MORE
    for text, read in zip(texts, _sql(database, texts, style), strict=True):
        assert read == parse_date(text, style), text


WRITINGS = [
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%m/%d/%Y",
    "%d/%m/%y",
    "%b %Y",
    "%d-%b-%y",
    "%B %d, %Y",
    "%Y%m%d",
    "%Y%m",
    "%Y-%m",
    "%Y",
    "%Y-%m-%dT%H:%M:%SZ",
    "%d %B %Y",
    "%d.%m.%Y %H:%M",
]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime.datetime(1975, 1, 1), datetime.datetime(2085, 1, 1)), st.sampled_from(WRITINGS)
        ),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(LEARNT),
)
def test_sql_reads_any_date_as_python_does(
    database: duckdb.DuckDBPyConnection, dates: list[tuple[datetime.datetime, str]], style: DateStyle
) -> None:
    texts: list[str | None] = [date.strftime(writing) for date, writing in dates]
    assert _sql(database, texts, style) == [parse_date(text, style) for text in texts]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(alphabet="0123456789-/. T:ZaprmйQ年月日", max_size=12), min_size=1, max_size=60),
    st.sampled_from(LEARNT),
)
def test_sql_reads_any_text_as_python_does(
    database: duckdb.DuckDBPyConnection, texts: list[str], style: DateStyle
) -> None:
    for text, read in zip(texts, _sql(database, list(texts), style), strict=True):
        assert read == parse_date(text, style), text


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)), min_size=1, max_size=30),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d-%b-%Y"]),
)
def test_an_unambiguous_column_comes_back(dates: list[datetime.date], writing: str) -> None:
    texts = [date.strftime(writing) for date in dates]
    style = infer_date_style(texts)
    assert not style.ambiguous
    assert [parse_date(text, style) for text in texts] == [(date, "day") for date in dates]


def test_a_column_in_order_of_time_tells_day_from_month() -> None:
    days = [datetime.date(2025, month, day) for month, day in ((1, 5), (1, 9), (2, 3), (3, 1), (4, 2))]
    assert all(a < b for a, b in pairwise(days))
    assert infer_date_style([day.strftime("%m/%d/%Y") for day in days]).order == "mdy"
    assert infer_date_style([day.strftime("%d/%m/%Y") for day in days]).order == "dmy"
