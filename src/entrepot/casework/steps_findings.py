"""Steps of findings that come before the indicators: addresses that are one place in several spellings."""

from __future__ import annotations

from entrepot.engine.sql import Statement
from entrepot.engine.steps import Desk, Reads, Step
from entrepot.findings.addresses import address_keys, words_text

_GIVEN = Statement(
    "given_addresses",
    "SELECT contacts.contact AS contact, MIN(contacts.written) AS written, MIN(contacts.country) AS country FROM contacts "
    "LEFT JOIN address_keys ON address_keys.contact = contacts.contact "
    "WHERE contacts.kind = 'address' AND contacts.written IS NOT NULL AND address_keys.contact IS NULL GROUP BY contacts.contact",
)
_PUBLISHED = Statement(
    "published_addresses",
    "SELECT list_places.text AS contact, list_places.text AS written, MIN(list_places.country) AS country FROM list_places "
    "WHERE list_places.kind = 'address' AND list_places.text IS NOT NULL GROUP BY list_places.text",
)
_OF_LISTS = "address_keys:lists"


def address_steps(sources: list[str]) -> list[Step]:
    """`address_keys` of the addresses in lists, then of those that each source of shipments is the first to have."""
    steps = [_step(_OF_LISTS, _PUBLISHED, (Reads("list_places"),))]
    for source in sources:
        known = Reads("address_keys", tuple(step.key for step in steps))
        steps.append(_step(f"address_keys:{source}", _GIVEN, (Reads("contacts", (f"contacts:{source}",)), known)))
    return steps


def _step(key: str, addresses: Statement, reads: tuple[Reads, ...]) -> Step:
    def run(desk: Desk) -> None:
        rows = desk.engine.rows(addresses, {}).to_pylist()
        desk.put("address_keys", address_keys((row["contact"], row["written"], row["country"]) for row in rows))

    return Step(
        key,
        "addresses that are one place",
        run,
        ("address_keys",),
        reads,
        inputs={"sql": addresses.text, "words": words_text()},
        code=(
            "entrepot.findings.addresses",
            "entrepot.parties.romanise",
            "entrepot.parties.sounds",
            "entrepot.parties.text",
        ),
    )
