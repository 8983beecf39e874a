"""Which figures agree with a figure as a report words it."""

from hypothesis import given
from hypothesis import strategies as st

from entrepot.findings.checks.tolerance import MOST_ROUNDED, accepted
from entrepot.findings.checks.vocabulary import goods_term, singular


@given(st.floats(0.01, 1e12))
def test_a_figure_agrees_with_itself_and_rounding_is_never_wide(value: float) -> None:
    wanted = accepted(value, value, value, approx=False)
    assert wanted is not None
    assert wanted.holds(value)
    assert not wanted.holds(value * (1 + 2 * MOST_ROUNDED))


def test_more_than_is_open_above() -> None:
    wanted = accepted(60, 60, None, approx=False)
    assert wanted is not None
    assert wanted.holds(95)
    assert not wanted.holds(59)


def test_small_counts_are_exact_and_about_is_given_a_twentieth() -> None:
    exact = accepted(8, 8, 8, approx=False, whole=True)
    about = accepted(100, 90, 110, approx=True)
    assert exact is not None
    assert about is not None
    assert not exact.holds(9)
    assert about.holds(104)
    assert not about.holds(106)


def test_almost_stays_below() -> None:
    wanted = accepted(2, 1.8, 2, approx=True)
    assert wanted is not None
    assert wanted.holds(1.85)
    assert not wanted.holds(2.2)


def test_no_number_no_range() -> None:
    assert accepted(None, None, None, approx=False) is None


def test_goods_of_reports_have_codes() -> None:
    assert goods_term("cheap mobile phones").prefixes == ("851712", "851713", "851714")
    assert goods_term("crude oil").prefixes == ("2709",)
    assert goods_term("unheard-of contraptions").prefixes == ()
    assert singular("batteries") == "battery"
