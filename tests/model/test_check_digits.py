"""Check digits hold for published numbers and break with any changed digit."""

import pytest

from entrepot.model import check_digits


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (check_digits.inn, "7707083893"),  # Sberbank, from its own site
        (check_digits.inn, "500100732259"),  # the example of the Federal Tax Service
        (check_digits.lei, "5493001KJTIIGC8Y1R12"),  # Bloomberg Finance, from the LEI register
        (check_digits.imo, "9074729"),  # the example of IMO Res. A.1117(30)
        (check_digits.uscc, "91350100M000100Y43"),  # the example of GB 32100-2015
    ],
)
def test_published_numbers_hold_and_changed_ones_do_not(rule: object, value: str) -> None:
    assert callable(rule)
    assert rule(value)
    for at, character in enumerate(value):
        if character.isdigit():
            changed = value[:at] + str((int(character) + 1) % 10) + value[at + 1 :]
            assert not rule(changed), changed
