"""Writes a case as FollowTheMoney entities, one JSON object a line: parties, listings, ownership, shipments, mentions."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb

from entrepot.dossier.plain import clean
from entrepot.model import check_digits

_BATCH = 5_000

_LONGEST = 3_000
"""Characters of a value: longer than any name or address, and bounded where goods texts are not."""

_NUMBERS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "inn": ("innCode", check_digits.inn), "lei": ("leiCode", check_digits.lei), "uscc": ("uscCode", check_digits.uscc),
}  # fmt: skip
"""Numbers that have a property of their own, where their check digits hold; others are registration numbers."""

_LINKS = ("owns", "controls", "subsidiary")
"""Relations that are ownership; others are links of unknown kind with the relation as their role."""

Properties = Mapping[str, object]


def write_ftm(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write every entity; the same state of a case gives the same bytes.

    Parties are Company where their names have a legal form, else LegalEntity; entries of lists that parties meet or
    that own one another have their own schema and a Sanction; meetings of names are Similar with score and decision;
    shipments are EconomicActivity; names in reports are Mention. What is generated says SYNTHETIC in its summary.
    """
    with path.open("w", encoding="utf-8") as out:
        for write in (_parties, _entries, _similar, _ownership, _vessels, _shipments, _reports):
            for entity in write(connection):
                out.write(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n")


def _parties(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """One entity a party, with every spelling, and one for each address as written."""
    for row in _rows(
        connection,
        'SELECT p.party_id, arg_max(p.name, p."rows" ORDER BY p.name) AS name, any_value(m.names) AS names, any_value(m.countries) AS countries, any_value(m.identifiers) AS identifiers, '
        "any_value(m.addresses) AS addresses, any_value(m.synthetic) AS synthetic, bool_or(contains(p.name_key, '|')) AS form FROM parties AS p LEFT JOIN ("
        "SELECT o.party_id, list(DISTINCT n.name ORDER BY n.name) AS names, list(DISTINCT n.country ORDER BY n.country) AS countries, "
        "list(DISTINCT n.identifier ORDER BY n.identifier) AS identifiers, list(DISTINCT n.address ORDER BY n.address) AS addresses, bool_and(s.synthetic IS NOT NULL) AS synthetic "
        "FROM mentions AS n INNER JOIN name_keys AS k ON k.source_id = n.source_id AND k.name = n.name INNER JOIN sources AS s ON s.source_id = n.source_id "
        "INNER JOIN party_members AS o ON o.name_key = k.name_key AND o.identifier = COALESCE(n.identifier, '') AND o.country = COALESCE(n.country, '') "
        "GROUP BY o.party_id) AS m ON m.party_id = p.party_id GROUP BY p.party_id ORDER BY p.party_id",
    ):
        own = f"party-{row['party_id']}"
        addresses = [_address(text) for text in _list(row["addresses"])]
        yield from addresses
        names = [n for n in _list(row["names"]) if n != row["name"]]
        yield _entity(own, "Company" if row["form"] else "LegalEntity", {
            "name": row["name"], "alias": names, "country": [c.lower() for c in _list(row["countries"])],
            **_numbers(_list(row["identifiers"])), "addressEntity": [a["id"] for a in addresses],
            "address": _list(row["addresses"]), "summary": "SYNTHETIC: this party is invented" if row["synthetic"] else None,
        })  # fmt: skip


def _entries(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """Entries of lists that parties meet or that ownership names, each with its listing."""
    for row in _rows(
        connection,
        "SELECT e.list_id, e.entry_id, arg_max(e.schema, e.source_id) AS schema, arg_max(e.name, e.source_id) AS name, max(e.program) AS program, max(e.authority) AS authority, "
        "min(e.listed) AS listed, max(e.delisted) AS delisted, bool_or(s.synthetic IS NOT NULL) AS synthetic FROM list_entries AS e INNER JOIN sources AS s USING (source_id) "
        "WHERE (e.list_id, e.entry_id) IN (SELECT (list_id, entry_id) FROM matches WHERE decision <> 'no') "
        "OR (e.list_id, e.entry_id) IN (SELECT (owner_list_id, owner_entry_id) FROM ownership) OR (e.list_id, e.entry_id) IN (SELECT (owned_list_id, owned_entry_id) FROM ownership) "
        "GROUP BY e.list_id, e.entry_id ORDER BY e.list_id, e.entry_id",
    ):
        own = _entry(row["list_id"], row["entry_id"])
        said = "SYNTHETIC: this entry is invented" if row["synthetic"] else None
        yield _entity(own, str(row["schema"]), {"name": row["name"], "topics": "sanction", "summary": said})
        yield _entity(f"listing-{own}", "Sanction", {
            "entity": own, "authority": row["authority"] or row["list_id"], "authorityId": row["entry_id"], "program": row["program"],
            "listingDate": row["listed"], "startDate": row["listed"], "endDate": row["delisted"], "summary": said,
        })  # fmt: skip


def _similar(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """Party and list entry whose names meet: likeness, not identity."""
    for row in _rows(
        connection,
        "SELECT o.party_id, m.list_id, m.entry_id, max(m.score) AS score, arg_max(m.decision, m.score ORDER BY m.name) AS decision, arg_max(m.explanation, m.score ORDER BY m.name) AS why FROM matches AS m "
        "INNER JOIN name_keys AS k ON k.name = m.name INNER JOIN party_members AS o ON o.name_key = k.name_key WHERE m.decision <> 'no' GROUP BY ALL ORDER BY ALL",
    ):
        own, entry = f"party-{row['party_id']}", _entry(row["list_id"], row["entry_id"])
        yield _entity(_id("similar", own, entry), "Similar", {
            "candidate": own, "match": entry, "confidenceScore": f"{float(str(row['score'])):.4f}",
            "criteria": f"{row['decision']}: {clean(row['why'], _LONGEST)}", "matcher": "entrepot",
        })  # fmt: skip


def _ownership(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """Statements of ownership and control; who is on no list becomes an entity by its name."""
    known: set[str] = set()
    for row in _rows(connection, "SELECT o.*, e.schema AS owned_schema FROM ownership AS o LEFT JOIN (SELECT list_id, entry_id, min(schema) AS schema FROM list_entries GROUP BY ALL) AS e ON e.list_id = o.owned_list_id AND e.entry_id = o.owned_entry_id ORDER BY o.source_id, o.row_number, o.owner_name, o.owned_name, o.relation"):  # fmt: skip
        sides = []
        for side, schema in (("owner", "LegalEntity"), ("owned", "Company")):
            if row[f"{side}_entry_id"] is not None:
                sides.append(_entry(row[f"{side}_list_id"], row[f"{side}_entry_id"]))
                continue
            named = _id("named", str(row["source_id"]), str(row[f"{side}_name"]), schema)
            if named not in known:
                known.add(named)
                yield _entity(named, schema, {"name": row[f"{side}_name"]})
            sides.append(named)
        asset = row["owned_entry_id"] is None or row["owned_schema"] in ("Company", "Vessel", "Airplane", "Security")
        record = f"{row['source_id']}:{row['row_number']}"
        span = {"startDate": row["since"], "endDate": row["until"], "recordId": record, "summary": row["original"]}
        own = _id("link", record, *sides, str(row["relation"]))
        if row["relation"] in _LINKS and asset:
            share = None if row["share"] is None else f"{float(str(row['share'])):g}"
            yield _entity(own, "Ownership", {"owner": sides[0], "asset": sides[1], "percentage": share, "role": row["relation"], **span})  # fmt: skip
        else:
            yield _entity(own, "UnknownLink", {"subject": sides[0], "object": sides[1], "role": row["relation"], **span})  # fmt: skip


def _vessels(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """Vessels by IMO number, or by name where the records give none."""
    for row in _rows(connection, "SELECT vessel_imo, CASE WHEN vessel_imo IS NULL THEN vessel_name END AS by_name, list(DISTINCT vessel_name ORDER BY vessel_name) AS names FROM shipments WHERE vessel_imo IS NOT NULL OR vessel_name IS NOT NULL GROUP BY ALL ORDER BY 1, 2"):  # fmt: skip
        names = _list(row["names"]) or [f"IMO {row['vessel_imo']}"]
        imo = str(row["vessel_imo"] or "")
        number = f"IMO{imo.removeprefix('IMO')}" if check_digits.imo(imo.removeprefix("IMO")) else None
        yield _entity(_id("vessel", str(row["vessel_imo"] or row["by_name"])), "Vessel", {"name": names, "imoNumber": number})  # fmt: skip


def _shipments(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """Shipments with their parties; values in the currency that the source states."""
    side = "LEFT JOIN party_members AS {s} ON {s}.name_key = t.{s}_key AND {s}.identifier = COALESCE(t.{s}_id, '') AND {s}.country = COALESCE(t.{s}_country, '') "
    for row in _rows(
        connection,
        "SELECT s.shipment_id, s.declaration_no, s.date, s.date_precision, s.direction, s.origin_country, s.dispatch_country, s.destination_country, s.hs_code, s.goods_text, s.value, s.currency, "
        "s.vessel_imo, s.vessel_name, s.source_id, s.row_number, src.path, src.synthetic, shipper.party_id AS sender, consignee.party_id AS receiver FROM shipments AS s "
        "INNER JOIN trade AS t ON t.source_id = s.source_id AND t.row_number = s.row_number INNER JOIN sources AS src ON src.source_id = s.source_id "
        + side.format(s="shipper")
        + side.format(s="consignee")
        + "ORDER BY s.source_id, s.row_number",
    ):
        vessel = row["vessel_imo"] or row["vessel_name"]
        amount = None if row["value"] is None else f"{float(str(row['value'])):g} {row['currency'] or ''}".strip()
        yield _entity(f"shipment-{str(row['shipment_id']).replace(':', '-')}", "EconomicActivity", {
            "sender": row["sender"] and f"party-{row['sender']}", "receiver": row["receiver"] and f"party-{row['receiver']}",
            "date": _day(row["date"], row["date_precision"]), "ccdNumber": row["declaration_no"], "directionOfTransportation": row["direction"],
            "originCountry": _code(row["origin_country"]), "departureCountry": _code(row["dispatch_country"]),
            "destinationCountry": _code(row["destination_country"]), "vedCode": row["hs_code"], "goodsDescription": row["goods_text"],
            "invoiceAmount": amount, "transport": vessel and _id("vessel", str(vessel)), "recordId": row["shipment_id"],
            "summary": (f"SYNTHETIC: {row['synthetic']} " if row["synthetic"] else "") + f"{clean(str(row['path']).rsplit('/', 1)[-1])} row {row['row_number']}",
        })  # fmt: skip


def _reports(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """Reports, and the names of organisations and persons in their claims."""
    for row in _rows(connection, "SELECT d.*, s.sha256, s.synthetic FROM documents AS d INNER JOIN sources AS s ON s.source_id = d.document_id ORDER BY d.document_id"):  # fmt: skip
        yield _entity(f"document-{row['document_id']}", "Document", {
            "fileName": row["name"], "title": row["title"], "author": row["author"], "publisher": row["outlet"], "publishedAt": row["published"],
            "summary": "SYNTHETIC: this report is invented" if row["synthetic"] else None,
        })  # fmt: skip
    for row in _rows(
        connection,
        "SELECT x.document_id, x.claim_id, x.kind, x.name, min(x.start_char) AS at, min(o.party_id) AS party_id, count(DISTINCT o.party_id) AS parties FROM report_mentions AS x "
        "INNER JOIN claims AS c USING (claim_id) LEFT JOIN name_keys AS k ON lower(k.name) = lower(x.name) LEFT JOIN party_members AS o ON o.name_key = k.name_key "
        "WHERE x.kind IN ('organisation', 'person') GROUP BY x.document_id, x.claim_id, x.kind, x.name ORDER BY ALL",
    ):
        yield _entity(_id("mention", str(row["claim_id"]), str(row["kind"]), str(row["name"])), "Mention", {
            "document": f"document-{row['document_id']}", "name": row["name"], "detectedSchema": "Person" if row["kind"] == "person" else "Organization",
            "resolved": f"party-{row['party_id']}" if row["parties"] == 1 else None,
        })  # fmt: skip


def _entity(own: str, schema: str, properties: Properties) -> dict[str, object]:
    """An entity with its values as lists of text; what is unknown is left out."""
    listed: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = value if isinstance(value, list) else [value]
        if kept := [_value(each) for each in dict.fromkeys(values) if each not in (None, "")]:
            listed[name] = kept
    return {"id": own, "schema": schema, "properties": listed}


def _value(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else clean(value, _LONGEST)


def _numbers(identifiers: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for identifier in identifiers:
        kind, _, value = identifier.rpartition(":")
        name, holds = _NUMBERS.get(kind, ("registrationNumber", bool))
        found.setdefault(name if holds(value) else "registrationNumber", []).append(value)
    return found


def _address(text: str) -> dict[str, object]:
    return _entity(_id("address", text), "Address", {"full": text})


def _entry(list_id: object, entry_id: object) -> str:
    return _id("entry", str(list_id), str(entry_id))


def _id(kind: str, *parts: str) -> str:
    return f"{kind}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:20]}"


def _code(country: object) -> str | None:
    return None if country is None else str(country).lower()


def _day(day: object, precision: object) -> str | None:
    """A date as exact as the record has it: `2023`, `2023-05` or `2023-05-04`."""
    if not isinstance(day, dt.date):
        return None
    return day.isoformat()[: {"year": 4, "month": 7}.get(str(precision), 10)]


def _list(value: object) -> list[str]:
    return [str(each) for each in value if each is not None] if isinstance(value, list) else []


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict[str, object]]:
    cursor = connection.cursor().execute(sql)
    names = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(_BATCH):
        for row in rows:
            yield dict(zip(names, row, strict=True))
