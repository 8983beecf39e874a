"""Reads OFAC's advanced XML (`sdn_advanced.xml`, `cons_advanced.xml`): parties, scripts, dates of listing, relations."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from lxml import etree

from entrepot.errors import InputError
from entrepot.model.intervals import Interval
from entrepot.readers.files import Part
from entrepot.readers.lists.entries import Entries, clean
from entrepot.readers.lists.identifiers import kind_of_label
from entrepot.readers.lists.ofac_remarks import read_remarks
from entrepot.readers.lists.tables import records
from entrepot.readers.lists.xml_names import plain_root, shown, text_of

ROOT = "Sanctions"

_SCHEMAS = {"individual": "Person", "entity": "LegalEntity", "vessel": "Vessel", "aircraft": "Airplane"}
_PLACE_FEATURES = {
    "nationality country": "nationality",
    "citizenship country": "nationality",
    "place of birth": "birth",
    "location": "address",
    "vessel flag": "flag",
}
_DATE_FEATURES = {"birthdate": "birth_date", "organization established date": "incorporation_date"}
_LAST_FIRST = ("Last Name", "Maiden Name", "First Name", "Middle Name", "Patronymic", "Matronymic")
"""The order in which OFAC's other files write the parts of a person's name."""


def read(part: Part, entries: Entries) -> datetime.date | None:
    """One entry a `DistinctParty`; returns `DateOfIssue`."""
    root = plain_root(part, ROOT)
    lists = _Lists(root)
    parties = root.findall("DistinctParties/DistinctParty")
    for number, party in enumerate(parties, 1):
        entries.rows_in += 1
        uid = party.get("FixedRef")
        names = _names(party, lists)
        primary = next((name for name in names if name.primary), None)
        if uid is None or primary is None:
            entries.reject(number, "no_name", "a party needs a FixedRef and a primary name", shown(party))
            continue
        _party(entries, party, number, uid, names, primary, lists)
    for relation in root.findall("ProfileRelationships/ProfileRelationship"):
        _relation(entries, relation, lists)
    entries.resolve_owners()
    return _day(root.find("DateOfIssue"))


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    kind: str
    primary: bool


class _Lists:
    """What the file states once and refers to by number: reference values, locations, documents, listings."""

    def __init__(self, root: etree._Element) -> None:
        self._values: dict[tuple[str, str], str] = {}
        for values in root.findall("ReferenceValueSets/*"):
            for value in values:
                if isinstance(value.tag, str) and (text := clean(value.text)):
                    self._values[value.tag, value.get("ID", "")] = text
        self.party_types = {
            element.get("ID", ""): self._values.get(("PartyType", element.get("PartyTypeID", "")), "")
            for element in root.findall("ReferenceValueSets/PartySubTypeValues/PartySubType")
        }
        self.locations = {
            element.get("ID", ""): self._location(element) for element in root.findall("Locations/Location")
        }
        self.documents: dict[str, list[etree._Element]] = {}
        for document in root.findall("IDRegDocuments/IDRegDocument"):
            self.documents.setdefault(document.get("IdentityID", ""), []).append(document)
        self.listings: dict[str, list[etree._Element]] = {}
        for listing in root.findall("SanctionsEntries/SanctionsEntry"):
            self.listings.setdefault(listing.get("ProfileID", ""), []).append(listing)
        self.rows: dict[str, tuple[int, str]] = {}

    def value(self, tag: str, number: str | None) -> str:
        return self._values.get((tag, number or ""), "")

    def _location(self, element: etree._Element) -> tuple[str, str | None]:
        """Address as one text, and the country as the file calls it."""
        parts = [text_of(part, "LocationPartValue/Value") for part in element.findall("LocationPart")]
        country = element.find("LocationCountry")
        name = self.value("Country", country.get("CountryID")) if country is not None else ""
        if not name and (code := element.find("LocationAreaCode")) is not None:
            name = self.value("AreaCode", code.get("AreaCodeID"))
        return ", ".join(filter(None, [*parts, name])), name or None


def _party(
    entries: Entries,
    party: etree._Element,
    number: int,
    uid: str,
    names: list[_Name],
    primary: _Name,
    lists: _Lists,
) -> None:
    profile = party.find("Profile")
    subtype = profile.get("PartySubTypeID", "") if profile is not None else ""
    kinds = (lists.value("PartySubType", subtype).lower(), lists.party_types.get(subtype, "").lower())
    schema = next((_SCHEMAS[kind] for kind in kinds if kind in _SCHEMAS), None)
    if schema is None:
        entries.problem("PartySubTypeID", "unknown_type", subtype, "read as an entity", number)
    listings = lists.listings.get(profile.get("ID", "") if profile is not None else uid, [])
    measures = [measure for listing in listings for measure in listing.findall("SanctionsMeasure")]
    programs = [m for m in measures if lists.value("SanctionsType", m.get("SanctionsTypeID")) == "Program"]
    days = [_day(date) for listing in listings for date in listing.findall("EntryEvent/Date")]
    comment = text_of(party, "Comment")
    entry = entries.entry(
        uid,
        number,
        name=primary.text,
        schema=schema or "LegalEntity",
        program=[text_of(measure, "Comment") or "" for measure in programs],
        listed=min(filter(None, days), default=None),
        remarks=comment,
    )
    lists.rows[profile.get("ID", uid) if profile is not None else uid] = (number, entry)
    for name in names:
        if name is not primary:
            entries.name(entry, number, name.text, name.kind, "Alias")
    for feature in party.iter("Feature"):
        _feature(entries, entry, number, feature, lists)
    for identity in party.iter("Identity"):
        for document in lists.documents.get(identity.get("ID", ""), []):
            _document(entries, entry, number, document, lists)
    read_remarks(entries, entry, number, primary.text, comment)


def _names(party: etree._Element, lists: _Lists) -> list[_Name]:
    groups = {
        group.get("ID"): lists.value("NamePartType", group.get("NamePartTypeID"))
        for group in party.iter("NamePartGroup")
    }
    found: list[_Name] = []
    for alias in party.iter("Alias"):
        alias_type = lists.value("AliasType", alias.get("AliasTypeID"))
        weak = alias.get("LowQuality") == "true"
        kind = "weak" if weak else "former" if alias_type.upper().startswith("F.K.A") else "alias"
        for documented in alias.findall("DocumentedName"):
            values = documented.findall("DocumentedNamePart/NamePartValue")
            parts = [(groups.get(value.get("NamePartGroupID"), ""), clean(value.text) or "") for value in values]
            scripts = {lists.value("Script", value.get("ScriptID")) for value in values}
            latin = scripts <= {"Latin", ""}
            text = _joined(parts)
            if text:
                primary = alias.get("Primary") == "true" and latin and not any(name.primary for name in found)
                found.append(_Name(text, kind if latin else "native", primary))
    return found


def _joined(parts: list[tuple[str, str]]) -> str:
    """`LAST, First Middle` for persons, the parts as they stand for all others."""
    if any(kind == "Last Name" for kind, _ in parts):
        last = " ".join(text for kind, text in parts if kind == "Last Name")
        ordered = [text for wanted in _LAST_FIRST[1:] for kind, text in parts if kind == wanted]
        rest = [text for kind, text in parts if kind not in _LAST_FIRST]
        return ", ".join(filter(None, [last, " ".join([*ordered, *rest])]))
    return " ".join(text for _, text in parts)


def _feature(entries: Entries, entry: str, number: int, feature: etree._Element, lists: _Lists) -> None:
    label = lists.value("FeatureType", feature.get("FeatureTypeID"))
    for version in feature.findall("FeatureVersion"):
        for place in version.findall("VersionLocation"):
            text, name = lists.locations.get(place.get("LocationID", ""), ("", None))
            kind = _PLACE_FEATURES.get(label.lower())
            if kind and text:
                country = entries.country(name, number, label)
                entries.place(entry, number, kind, text, country=country)
        for period in version.findall("DatePeriod"):
            if kind := _DATE_FEATURES.get(label.lower()):
                when = _period(period)
                entries.born(entry, number, str(when) if when else shown(period), when, kind)
        for detail in version.findall("VersionDetail"):
            value = clean(detail.text) or lists.value("DetailReference", detail.get("DetailReferenceID"))
            kind = _PLACE_FEATURES.get(label.lower())
            if kind:
                entries.nation(entry, number, kind, value, label)
            elif label.startswith("Digital Currency Address"):
                entries.identifier(entry, number, "crypto", value, original=f"{label} {value}")
            elif found := kind_of_label(label):
                entries.identifier(entry, number, found, value, original=f"{label} {value}")


def _document(entries: Entries, entry: str, number: int, document: etree._Element, lists: _Lists) -> None:
    label = lists.value("IDRegDocType", document.get("IDRegDocTypeID"))
    value = text_of(document, "IDRegistrationNo")
    country = entries.country(lists.value("Country", document.get("IssuedBy-CountryID")), number, "IssuedBy")
    kind = kind_of_label(label)
    if kind is None:
        entries.problem("IDRegDocType", "unknown_type", label, "read as `other`", number)
    entries.identifier(entry, number, kind or "other", value, country=country, original=f"{label} {value}")


def _relation(entries: Entries, relation: etree._Element, lists: _Lists) -> None:
    """A relation stands with the party that it starts from: its row is that party's."""
    start, end = relation.get("From-ProfileID", ""), relation.get("To-ProfileID", "")
    label = lists.value("RelationType", relation.get("RelationTypeID"))
    if start not in lists.rows or end not in lists.rows:
        entries.notes.append(f"a relation `{label}` names a party that the file does not have: {start} to {end}")
        return
    turned, kind = _relations().get(label.lower().rstrip("."), (False, "linked"))
    (number, first), (_, second) = lists.rows[start], lists.rows[end]
    owner, owned = (second, first) if turned else (first, second)
    entries.owns(
        number,
        owner=entries.names_of(owner) or owner,
        owned=entries.names_of(owned) or owned,
        owner_entry=owner,
        owned_entry=owned,
        relation=kind,
        original=label,
    )


def _period(period: etree._Element) -> Interval | None:
    first = _day(period.find("Start/From"))
    last = _day(period.find("End/To")) or _day(period.find("Start/To")) or first
    if first is None or last is None:
        return None
    try:
        return Interval(first, last)
    except InputError:
        return None


def _day(element: etree._Element | None) -> datetime.date | None:
    if element is None:
        return None
    try:
        year, month, day = (int(text_of(element, tag) or "") for tag in ("Year", "Month", "Day"))
        return datetime.date(year, month, day)
    except ValueError:
        return None


@cache
def _relations() -> dict[str, tuple[bool, str]]:
    return {label: (turned == "yes", kind) for label, turned, kind, _ in records("ofac_relations.tsv")}
