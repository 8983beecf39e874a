from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.model import hs


def test_the_edition_is_the_one_in_force_on_the_day():
    assert hs.edition_on(date(2016, 12, 31)) == "HS2012"
    assert hs.edition_on(date(2017, 1, 1)) == "HS2017"
    assert hs.edition_on(date(2021, 12, 31)) == "HS2017"
    assert hs.edition_on(date(2022, 1, 1)) == "HS2022"
    assert hs.edition_on(date(1987, 12, 31)) is None


@given(st.dates(date(1988, 1, 1), date(2035, 1, 1)))
def test_editions_only_advance(day: date):
    edition = hs.edition_on(day)
    assert edition in hs.EDITIONS
    earlier = hs.edition_on(date(1988, 1, 1))
    assert earlier is not None
    assert hs.EDITIONS.index(edition) >= hs.EDITIONS.index(earlier)


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("H5", "HS2017"),
        ("h6", "HS2022"),
        ("HS2012", "HS2012"),
        ("HS 2022", "HS2022"),
        ("2007", "HS2007"),
        ("S4", None),
        ("HS", None),
        ("1988", "HS1992"),
    ],
)
def test_names_of_editions(text: str, edition: str | None):
    assert hs.edition_named(text) == edition


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("854231", "854231"),
        ("8542.31", "854231"),
        ("8542 31 00", "85423100"),
        ("854231.0", "854231"),
        ("'0101", "0101"),
        ("N/A", None),
        ("8", None),
        ("85423A", None),
        ("８５４２３１", None),
        ("123456789012345", None),
    ],
)
def test_digits(text: str, code: str | None):
    assert hs.digits(text) == code


def test_structure():
    assert hs.parent("854231") == "8542"
    assert hs.parent("8542") == "85"
    assert hs.parent("85") is None
    assert hs.hs6("8542310000") == "854231"
    assert hs.hs6("8542") is None


@pytest.mark.parametrize(
    ("code", "section"),
    [
        ("01", "I"),
        ("0501", "I"),
        ("06", "II"),
        ("8542", "XVI"),
        ("8703", "XVII"),
        ("9306", "XIX"),
        ("97", "XXI"),
        ("77", None),
        ("99", None),
        ("00", None),
        ("x", None),
    ],
)
def test_sections(code: str, section: str | None):
    assert hs.section(code) == section
