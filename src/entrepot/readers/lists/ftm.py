"""Reads FollowTheMoney entities, one JSON object a line, as OpenSanctions publishes them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from entrepot.model.intervals import Interval
from entrepot.readers.files import Part, open_text
from entrepot.readers.lists.dates import first_day, read_date
from entrepot.readers.lists.entries import Entries, clean
from entrepot.readers.lists.ftm_properties import PARTY_SCHEMAS, add_properties, is_placed
from entrepot.readers.lists.scripts import script
from entrepot.readers.lists.tables import records

_USED = frozenset(
    [
        "name",
        "topics",
        "position",
        "description",
        "notes",
        "summary",
        "parent",
        "addressEntity",
        "full",
        "country",
        "entity",
        "holder",
        "program",
        "programId",
        "authority",
        "listingDate",
        "startDate",
        "endDate",
        "number",
        "type",
        "percentage",
        "role",
        "relationship",
        "ownershipType",
    ]
)
"""Properties that this module reads itself, beside those that `add_properties` places and the ends of links."""

_DOCUMENTS = frozenset({"Identification", "Passport"})

_NOTHING = Interval(None, None)

Properties = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Link:
    """What links two parties: schema, its two ends as properties, and the relation that it states."""

    owner: str
    owned: str
    relation: str


@dataclass(slots=True)
class _Held:
    """What can only be placed when all parties are known."""

    names: dict[str, str] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)
    others: dict[str, tuple[int, dict[str, object]]] = field(default_factory=dict)
    links: list[tuple[int, dict[str, object], Properties]] = field(default_factory=list)
    details: list[tuple[int, dict[str, object], Properties]] = field(default_factory=list)
    parents: list[tuple[int, str, str]] = field(default_factory=list)
    addresses: dict[str, list[tuple[int, str]]] = field(default_factory=dict)


def read(part: Part, entries: Entries) -> datetime.date | None:
    """Targets become entries; ownership, directorship, family and unknown links become ownership statements.

    Entities that the file does not call targets are no entries: they are kept where a link to a party names them, and
    rejected with the reason `not_listed` where none does. Positions and occupancies are rejected as `not_a_party`.

    Returns:
        The latest `last_seen`: the export is of that day or a later one.
    """
    held = _Held()
    latest = ""
    for number, item in _objects(part, entries):
        latest = max(latest, str(item.get("last_seen") or ""))  # ISO 8601: the order of texts is that of times
        _sort(entries, held, number, item)
    for number, item, properties in held.details:
        _detail(entries, held, number, item, properties)
    for number, item, properties in held.links:
        _link(entries, held, number, item, properties)
    for number, child, parent in held.parents:
        if parent in held.names:
            held.others.pop(parent, None)
            _state(entries, held, number, parent, child, "subsidiary", {})
    for number, item in held.others.values():
        message = "the file calls this entity no target, and nothing links it to a party"
        entries.reject(number, "not_listed", message, item, column="target", value="false")
    return first_day(latest)


def list_name(part: Part) -> str | None:
    """The data set, where the first entities all come from the same one."""
    names: set[str] = set()
    with open_text(part) as text:
        for _, line in zip(range(200), text, strict=False):
            try:
                item = json.loads(line)
            except ValueError:
                continue
            if isinstance(item, dict):
                names.update(map(str, item.get("datasets") or ()))
    return names.pop() if len(names) == 1 else None


def _objects(part: Part, entries: Entries) -> Iterator[tuple[int, dict[str, object]]]:
    with open_text(part) as text:
        for number, line in enumerate(text, 1):
            if not line.strip():
                continue
            entries.rows_in += 1
            try:
                item = json.loads(line)
            except ValueError as error:
                entries.reject(number, "bad_json", f"not valid JSON ({error}); one object a line", line[:2000])
                continue
            if isinstance(item, dict) and isinstance(item.get("properties"), dict) and item.get("id"):
                yield number, item
            else:
                entries.reject(number, "not_an_entity", "an entity has id, schema and properties", item)


def _sort(entries: Entries, held: _Held, number: int, item: dict[str, object]) -> None:
    schema, entity_id = str(item.get("schema")), str(item["id"])
    properties = _texts(item["properties"])
    if schema in PARTY_SCHEMAS:
        names = properties.get("name") or []
        caption = clean(str(item.get("caption") or "")) or (names[0] if names else None)
        if caption is None:
            entries.reject(number, "no_name", "an entity needs a name", item, column="name")
            return
        held.names[entity_id] = caption
        if item.get("target") is False:
            held.others[entity_id] = (number, item)
            return
        held.targets.add(entity_id)
        _party(entries, held, number, item, caption, properties)
    elif schema in _links():
        held.links.append((number, item, properties))
    elif schema == "Sanction" or schema in _DOCUMENTS or schema == "Address":
        held.details.append((number, item, properties))
    else:
        message = f"an entity of schema {schema} is neither a party nor a link between parties"
        entries.reject(number, "not_a_party", message, item, column="schema", value=schema)


def _party(
    entries: Entries, held: _Held, number: int, item: dict[str, object], caption: str, properties: Properties
) -> None:
    datasets = item.get("datasets")
    entry = entries.entry(
        str(item["id"]),
        number,
        name=caption,
        schema=PARTY_SCHEMAS[str(item["schema"])],
        program=properties.get("topics", []),
        authority=";".join(map(str, datasets)) if isinstance(datasets, list) else None,
        remarks="; ".join(
            x for key in ("position", "description", "notes", "summary") for x in properties.get(key, [])
        ),
    )
    for name in properties.get("name", []):
        if name != caption:
            entries.name(entry, number, name, "alias" if script(name) in ("Latn", None) else "native")
    add_properties(entries, entry, number, properties)
    for parent in properties.get("parent", []):
        held.parents.append((number, entry, parent))
    for address in properties.get("addressEntity", []):
        held.addresses.setdefault(address, []).append((number, entry))


def _detail(entries: Entries, held: _Held, number: int, item: dict[str, object], properties: Properties) -> None:
    """A sanction, identity document or address, placed with the target that it belongs to."""
    schema = str(item["schema"])
    if schema == "Address":
        full = (properties.get("full") or [str(item.get("caption") or "")])[0]
        owners = held.addresses.get(str(item["id"]), [])
        country = entries.country(next(iter(properties.get("country", [])), None), number, "country")
        for _, entry in owners:
            entries.place(entry, number, "address", full, country=country)
    else:
        end = "entity" if schema == "Sanction" else "holder"
        owners = [(number, target) for target in properties.get(end, []) if target in held.targets]
        for _, entry in owners:
            if schema == "Sanction":
                entries.amend(
                    entry,
                    program=properties.get("programId") or properties.get("program") or [],
                    authority=properties.get("authority", []),
                    listed=[first_day(x) for x in properties.get("listingDate") or properties.get("startDate") or []],
                    delisted=[first_day(x) for x in properties.get("endDate", [])],
                )
            else:
                kind = "passport" if schema == "Passport" else "national"
                country = entries.country(next(iter(properties.get("country", [])), None), number, "country")
                for value in properties.get("number", []):
                    label = (properties.get("type") or [schema])[0]
                    entries.identifier(entry, number, kind, value, country=country, original=f"{label} {value}")
    if not owners:
        message = f"the {schema.lower()} belongs to no target in this file"
        entries.reject(number, "unknown_party", message, item)


def _link(entries: Entries, held: _Held, number: int, item: dict[str, object], properties: Properties) -> None:
    link = _links()[str(item["schema"])]
    pairs = [(a, b) for a in properties.get(link.owner, []) for b in properties.get(link.owned, [])]
    known = [(a, b) for a, b in pairs if a in held.names and b in held.names]
    if not known:
        message = f"the link needs {link.owner} and {link.owned} among the parties of this file"
        entries.reject(number, "unknown_party", message, item)
    for owner, owned in known:
        held.others.pop(owner, None)
        held.others.pop(owned, None)
        _state(entries, held, number, owner, owned, link.relation, properties)


def _state(
    entries: Entries, held: _Held, number: int, owner: str, owned: str, relation: str, properties: Properties
) -> None:
    since, until = properties.get("startDate") or [""], properties.get("endDate") or [""]
    words = [x for key in ("role", "relationship", "ownershipType", "summary") for x in properties.get(key, [])]
    entries.owns(
        number,
        owner=held.names[owner],
        owned=held.names[owned],
        relation=relation,
        owner_entry=owner if owner in held.targets else None,
        owned_entry=owned if owned in held.targets else None,
        share=_percentage(entries, number, next(iter(properties.get("percentage", [])), None)),
        since=(read_date(since[0]) or _NOTHING).start,
        until=(read_date(until[0]) or _NOTHING).end,
        original="; ".join(words) or None,
    )


def _percentage(entries: Entries, number: int, text: str | None) -> float | None:
    if text is None:
        return None
    try:
        share = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        share = -1.0
    if not 0 <= share <= 100:
        entries.problem("percentage", "bad_share", text, "a number from 0 to 100", number)
        return None
    return share


def _texts(properties: object) -> Properties:
    """Property values that are texts; nested entities give their caption."""
    found: Properties = {}
    for key, values in properties.items() if isinstance(properties, dict) else ():
        if key not in _USED and key not in _ends() and not is_placed(key):
            continue
        for value in values if isinstance(values, list) else [values]:
            text = value.get("caption") if isinstance(value, dict) else value
            if text is not None and (cleaned := clean(str(text))):
                found.setdefault(str(key), []).append(cleaned)
    return found


@cache
def _links() -> dict[str, _Link]:
    return {schema: _Link(owner, owned, relation) for schema, owner, owned, relation, _ in records("ftm_links.tsv")}


@cache
def _ends() -> frozenset[str]:
    return frozenset(end for link in _links().values() for end in (link.owner, link.owned))
