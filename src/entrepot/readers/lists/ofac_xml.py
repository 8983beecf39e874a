"""Reads OFAC's classic XML (`sdn.xml`, `consolidated.xml`)."""

from __future__ import annotations

import datetime

from lxml import etree

from entrepot.model.places import country_in_address
from entrepot.readers.files import Part
from entrepot.readers.lists.dates import first_day, read_date
from entrepot.readers.lists.entries import Entries
from entrepot.readers.lists.identifiers import kind_of_label
from entrepot.readers.lists.ofac_remarks import read_remarks
from entrepot.readers.lists.ofac_tables import SCHEMAS
from entrepot.readers.lists.xml_names import plain_root, shown, text_of

ROOT = "sdnList"

_ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
_ALIAS = {"a.k.a.": "alias", "f.k.a.": "former", "n.k.a.": "alias"}


def read(part: Part, entries: Entries) -> datetime.date | None:
    """One entry an `sdnEntry`; returns the day of `Publish_Date` (month first).

    Raises:
        InputError: the root is not OFAC's.
    """
    root = plain_root(part, ROOT)
    elements = root.findall("sdnEntry")
    for number, element in enumerate(elements, 1):
        entries.rows_in += 1
        name = _name(element)
        uid = text_of(element, "uid")
        if name is None or uid is None:
            message = "an element needs a uid and a lastName"
            entries.reject(number, "no_name", message, shown(element))
            continue
        _entry(entries, element, number, uid, name)
    stated = text_of(root, "publshInformation/Record_Count")
    if stated and stated.isdigit() and int(stated) != len(elements):
        entries.notes.append(f"the file says that it has {stated} entries, and has {len(elements)}")
    entries.resolve_owners()
    return first_day(text_of(root, "publshInformation/Publish_Date"), month_first=True)


def _entry(entries: Entries, element: etree._Element, number: int, uid: str, name: str) -> None:
    kind = (text_of(element, "sdnType") or "").lower()
    if kind not in SCHEMAS:
        message = f"one of {', '.join(SCHEMAS)}; read as an entity"
        entries.problem("sdnType", "unknown_type", kind, message, number)
    remarks = text_of(element, "remarks")
    entry = entries.entry(
        uid,
        number,
        name=name,
        schema=SCHEMAS.get(kind, "LegalEntity"),
        program=[program.text or "" for program in element.findall("programList/program")],
        remarks="; ".join(filter(None, (text_of(element, "title"), remarks))),
    )
    for alias in element.findall("akaList/aka"):
        quality = "weak" if (text_of(alias, "category") or "").lower() == "weak" else None
        kind_of_alias = _ALIAS.get((text_of(alias, "type") or "").lower(), "alias")
        entries.name(entry, number, _name(alias), quality or kind_of_alias, "aka")
    for identity in element.findall("idList/id"):
        _identifier(entries, entry, number, identity)
    for address in element.findall("addressList/address"):
        country = entries.country(text_of(address, "country"), number, "country")
        text = ", ".join(filter(None, (text_of(address, tag) for tag in _ADDRESS)))
        entries.place(entry, number, "address", text, country=country)
    for path in ("nationalityList/nationality", "citizenshipList/citizenship"):
        for nationality in element.findall(path):
            entries.nation(entry, number, "nationality", text_of(nationality, "country"), "nationality")
    for birth in element.findall("dateOfBirthList/dateOfBirthItem"):
        when = text_of(birth, "dateOfBirth")
        entries.born(entry, number, when, read_date(when))
    for birth in element.findall("placeOfBirthList/placeOfBirthItem"):
        place = text_of(birth, "placeOfBirth")
        entries.place(entry, number, "birth", place, country=country_in_address(place) if place else None)
    _vessel(entries, entry, number, name, element)
    read_remarks(entries, entry, number, name, remarks)


def _identifier(entries: Entries, entry: str, number: int, element: etree._Element) -> None:
    label, value = text_of(element, "idType") or "", text_of(element, "idNumber")
    country = entries.country(text_of(element, "idCountry"), number, "idCountry")
    if value is None or label in ("Gender", "Secondary sanctions risk:", "Additional Sanctions Information -"):
        return  # OFAC keeps remarks in the same list, without a number
    if label == "Organization Established Date":
        entries.born(entry, number, value, read_date(value), "incorporation_date")
        return
    kind = "crypto" if label.startswith("Digital Currency Address") else kind_of_label(label)
    if kind is None:
        entries.problem("idType", "unknown_type", label, "read as `other`", number)
    entries.identifier(entry, number, kind or "other", value, country=country, original=f"{label} {value}")


def _vessel(entries: Entries, entry: str, number: int, name: str, element: etree._Element) -> None:
    entries.nation(entry, number, "flag", text_of(element, "vesselInfo/vesselFlag"), "vesselFlag")
    entries.identifier(entry, number, "other", text_of(element, "vesselInfo/callSign"), original="call sign")
    if owner := text_of(element, "vesselInfo/vesselOwner"):
        entries.owns(
            number, owner=owner, owned=name, owned_entry=entry, relation="owns", original=f"Vessel owner {owner}"
        )


def _name(element: etree._Element) -> str | None:
    """As OFAC's other files write it: `LAST, First`."""
    last, first = text_of(element, "lastName"), text_of(element, "firstName")
    return f"{last}, {first}" if last and first else last or first
