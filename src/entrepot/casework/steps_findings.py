"""Steps of findings that come before the indicators: addresses that are one place in several spellings."""

from __future__ import annotations

from entrepot.engine.sql import Statement
from entrepot.engine.steps import Desk, Reads, Step
from entrepot.findings.addresses import address_keys, words_text

_GIVEN = Statement(
    "given_addresses",
    "SELECT contacts.contact AS contact, MIN(contacts.written) AS written, MIN(contacts.country) AS country FROM contacts "
    "WHERE contacts.kind = 'address' AND contacts.written IS NOT NULL GROUP BY contacts.contact",
)
_PUBLISHED = Statement(
    "published_addresses",
    "SELECT list_places.text AS contact, list_places.text AS written, MIN(list_places.country) AS country FROM list_places "
    "WHERE list_places.kind = 'address' AND list_places.text IS NOT NULL GROUP BY list_places.text",
)


def address_step() -> Step:
    """`address_keys` of the addresses in records and lists."""

    def run(desk: Desk) -> None:
        rows = [row for each in (_GIVEN, _PUBLISHED) for row in desk.engine.rows(each, {}).to_pylist()]
        desk.put("address_keys", address_keys((row["contact"], row["written"], row["country"]) for row in rows))

    return Step(
        "address_keys",
        "addresses that are one place",
        run,
        ("address_keys",),
        (Reads("contacts"), Reads("list_places")),
        inputs={"sql": [_GIVEN.text, _PUBLISHED.text], "words": words_text()},
        code=(
            "entrepot.findings.addresses",
            "entrepot.parties.romanise",
            "entrepot.parties.sounds",
            "entrepot.parties.text",
        ),
    )
