"""Reads end-user and control lists as a JSON array: Japan's foreign end users, China's control and watch lists."""

from __future__ import annotations

import datetime
import json

from entrepot.errors import InputError
from entrepot.model.places import country, country_in_address
from entrepot.readers.files import Part, read_bytes
from entrepot.readers.lists.dates import first_day
from entrepot.readers.lists.entries import Entries, clean

KEYS = frozenset({"id", "entity_name", "list_id", "source_list_name"})
"""What an element must have to be recognised."""

_SCHEMAS = {"person": "Person", "individual": "Person", "organization": "Organization", "vessel": "Vessel"}


def read(part: Part, entries: Entries, list_id: str | None = None) -> datetime.date | None:
    """One entry an element; several lists in one file keep their `list_id`.

    The element's `country` is that of the authority; the entry's own stands in its addresses.

    Returns:
        The latest of `last_verified` and `date_added`: the version is of that day or a later one.

    Raises:
        InputError: the part is no JSON array.
    """
    try:
        document = json.loads(read_bytes(part))
    except ValueError as error:
        raise InputError(f"not valid JSON ({error})", file=part.label, remedy="download the file again") from error
    if not isinstance(document, list):
        raise InputError("the list is not a JSON array", file=part.label, remedy="an array of objects")
    latest: datetime.date | None = None
    for number, item in enumerate(document, 1):
        entries.rows_in += 1
        name = clean(str(item.get("entity_name") or "")) if isinstance(item, dict) else None
        if isinstance(item, dict) and name is None and (name := _first_alias(item)):
            entries.problem("entity_name", "no_name", None, "empty; the first alias stands as the name", number)
        if name is None or not item.get("id"):
            entries.reject(number, "no_name", "an element needs an id and an entity_name or an alias", item)
            continue
        entries.list_id = list_id or str(item.get("list_id") or entries.list_id)
        added = first_day(item.get("date_added"))
        latest = max(filter(None, (latest, added, first_day(item.get("last_verified")))), default=None)
        kind = str(item.get("entity_type") or "")
        if kind not in _SCHEMAS:
            message = f"one of {', '.join(_SCHEMAS)}; read as LegalEntity"
            entries.problem("entity_type", "unknown_type", kind, message, number)
        entry = entries.entry(
            str(item["id"]),
            number,
            name=name,
            schema=_SCHEMAS.get(kind, "LegalEntity"),
            program=[str(item.get("source_list_name") or "")],
            listed=added,
            authority=_authority(item),
            remarks=item.get("reason"),
        )
        for alias in item.get("aliases") or ():
            entries.name(entry, number, alias, "alias", "aliases")
        for address in item.get("addresses") or ():
            if whole := country(address, numeric=False):
                entries.place(entry, number, "country", address, country=whole)
            else:
                entries.place(entry, number, "address", address, country=country_in_address(address))
    return latest


def _first_alias(item: dict[str, object]) -> str | None:
    aliases = item.get("aliases")
    return next((name for x in aliases if (name := clean(str(x)))), None) if isinstance(aliases, list) else None


def _authority(item: dict[str, object]) -> str | None:
    alpha2 = country(str(item.get("country") or ""))
    return None if alpha2 is None else f"authorities of {alpha2}"
