"""How the statement of a finding is filled: figures, countries, one and many."""

from __future__ import annotations

from entrepot.findings.catalogue import fill


def test_one_loses_the_plural_of_the_template_and_nothing_else() -> None:
    template = "{subject} received {rows:int} shipments under {codes:int} codes in {country:country}"
    row = {"subject": "LOT 1 codes LLC", "rows": 1, "codes": 12, "country": "TR"}
    assert fill(template, row) == "LOT 1 codes LLC received 1 shipment under 12 codes in Türkiye"


def test_what_is_no_code_is_printed_as_it_is() -> None:
    assert fill("in {country:country}, {rows:int} of them", {"country": "3 countries", "rows": None}) == (
        "in 3 countries, unknown of them"
    )
