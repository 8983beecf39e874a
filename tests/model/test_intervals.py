"""Dates with precision and spans of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.errors import InputError
from entrepot.model.intervals import Interval

LISTED = Interval.since(date(2022, 3, 17))
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start = draw(st.none() | days)
    length = draw(st.integers(0, 1000))
    if start is None:
        return Interval(None, draw(st.none() | days))
    return Interval(start, draw(st.sampled_from([None, start + timedelta(days=length)])))


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "shown"),
    [
        ("2022-02-24", date(2022, 2, 24), date(2022, 2, 24), "day", "24 Feb 2022"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month", "Feb 2024"),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "year", "2023"),
        ("2022-02-24/..", date(2022, 2, 24), None, None, "since 24 Feb 2022"),
        ("../2022-02-24", None, date(2022, 2, 24), None, "until 24 Feb 2022"),
        ("2022-03/2022-05", date(2022, 3, 1), date(2022, 5, 31), None, "1 Mar 2022 to 31 May 2022"),
        ("2022-03..2022-05", date(2022, 3, 1), date(2022, 5, 31), None, "1 Mar 2022 to 31 May 2022"),
        ("../..", None, None, None, "at an unknown time"),
    ],
)
def test_parse_and_show(text: str, start: date | None, end: date | None, precision: str | None, shown: str) -> None:
    found = Interval.parse(text)
    assert (found.start, found.end, found.precision, found.show()) == (start, end, precision, shown)


@pytest.mark.parametrize("text", ["", "31.12.2022", "2022-13", "2023-02-29", "2023-2", "May 2022", "2023/2022"])
def test_what_is_no_interval_says_what_would_be(text: str) -> None:
    with pytest.raises(InputError):
        Interval.parse(text)


def test_the_month_of_a_shipment_against_the_day_of_a_listing() -> None:
    assert LISTED.holds_on(Interval.month(2022, 2)) is False
    assert LISTED.holds_on(Interval.month(2022, 3)) is None  # before or after the 17th: not known
    assert LISTED.holds_on(Interval.month(2022, 4)) is True
    assert LISTED.holds_on(date(2022, 3, 17)) is True


def test_before_is_three_valued() -> None:
    assert Interval.month(2022, 2).before(date(2022, 3, 1)) is True
    assert Interval.month(2022, 3).before(date(2022, 3, 1)) is False
    assert Interval.month(2022, 3).before(date(2022, 3, 2)) is None
    assert Interval.month(2022, 3).after(date(2022, 2, 28)) is True
    assert LISTED.before(date(2022, 3, 1)) is False
    assert LISTED.before(date(2023, 3, 1)) is None


@given(intervals())
def test_text_round_trips(one: Interval) -> None:
    assert Interval.parse(str(one)) == one


@given(intervals(), intervals())
def test_laws_of_two(one: Interval, other: Interval) -> None:
    both = one.intersection(other)
    assert one.overlaps(other) == other.overlaps(one) == (both is not None)
    hull = one.hull(other)
    assert hull.contains(one)
    assert hull.contains(other)
    if both is not None:
        assert one.contains(both)
        assert other.contains(both)
    if one.contains(other):
        assert both == other
    if one.before(other) is True:
        assert other.before(one) is False
        assert not one.overlaps(other)


@given(days, st.sampled_from(["day", "month", "year"]))
def test_precision_is_found_again(day: date, precision: str) -> None:
    found = Interval.of(day, precision)  # type: ignore[arg-type]  # sampled_from gives str
    assert found.precision == precision
    assert found.contains(day)
    assert found.days in {"day": {1}, "month": {28, 29, 30, 31}, "year": {365, 366}}[precision]


@given(intervals(), st.integers(0, 400))
def test_widening_contains(one: Interval, by: int) -> None:
    assert one.widened(by).contains(one)
