"""Figures that describe a document or a person are read and not held against records of trade."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from entrepot.findings.checks import claims, outcomes
from entrepot.findings.checks.asking import Records
from entrepot.findings.checks.outcome import Outcome
from entrepot.findings.checks.vocabulary import pattern


class _Nothing(Records):
    """Records that know no name and may not be asked for totals."""

    def __init__(self) -> None:
        pass

    def keys_of(self, name: str) -> dict[str, str]:
        return {}


def claim(quote: str, figure: str, unit: str, of: str) -> claims.TestedClaim:
    at = quote.index(figure)
    counted = claims.Figure(1, 8, 8, 8, unit, "count", of, False, at, at + len(figure))
    return claims.TestedClaim(
        "c1", "d1", quote, "asserts", False, "", "", "", (), None, None, "", "open", None, (counted,)
    )


@pytest.mark.parametrize(
    ("quote", "figure", "unit", "of", "checked"),
    [
        ("The guild sent an eight-page memo to the mayor.", "eight-page", "page", "memo", False),
        ("An eight-year-old sold cakes at the fair.", "eight-year-old", "years", "", False),
        ("The mayor sent an eight-point plan.", "eight-point", "point", "plan", False),
        ("The guild sent eight students to the town.", "eight", "students", "students", True),
    ],
)
def test_descriptions_are_not_checked(quote: str, figure: str, unit: str, of: str, checked: bool) -> None:
    found: Iterator[Outcome] = outcomes(claim(quote, figure, unit, of), _Nothing())
    assert [o.verdict for o in found] == (["not testable"] if checked else [])


def test_every_role_of_words_is_an_expression() -> None:
    assert pattern("described_unit").fullmatch("pages")
