"""Reads the UN Security Council's consolidated list (XML)."""

from __future__ import annotations

import datetime
import re

from lxml import etree

from entrepot.readers.files import Part
from entrepot.readers.lists.dates import first_day, read_date
from entrepot.readers.lists.entries import Entries, clean
from entrepot.readers.lists.identifiers import kind_of_label
from entrepot.readers.lists.xml_names import plain_root, shown, text_of

AUTHORITY = "UN Security Council"
ROOT = "CONSOLIDATED_LIST"

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ADDRESS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")
_BIRTH = ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")
_QUALITY = {"good": "alias", "a.k.a.": "alias", "low": "weak", "f.k.a.": "former"}


def read(part: Part, entries: Entries) -> datetime.date | None:
    """Individuals and entities, one element each, in the order of the file; returns the day of `dateGenerated`."""
    root = plain_root(part, ROOT)
    elements = [element for tag in ("INDIVIDUAL", "ENTITY") for element in root.iter(tag)]
    for number, element in enumerate(elements, 1):
        entries.rows_in += 1
        name = clean(" ".join(filter(None, (text_of(element, tag) for tag in _NAMES))))
        reference = text_of(element, "REFERENCE_NUMBER") or text_of(element, "DATAID")
        if name is None or reference is None:
            message = "an element needs a reference number and a name"
            entries.reject(number, "no_name", message, shown(element))
            continue
        _entry(entries, element, number, reference, name)
    return first_day(root.get("dateGenerated"))


def _entry(entries: Entries, element: etree._Element, number: int, reference: str, name: str) -> None:
    person = element.tag == "INDIVIDUAL"
    listed = text_of(element, "LISTED_ON")
    described = [*_values(element, "TITLE"), *_values(element, "DESIGNATION"), text_of(element, "COMMENTS1")]
    entry = entries.entry(
        reference,
        number,
        name=name,
        schema="Person" if person else "LegalEntity",
        program=[text_of(element, "UN_LIST_TYPE") or ""],
        listed=first_day(listed),
        delisted=first_day(text_of(element, "DELISTED_ON")),
        remarks="; ".join(filter(None, described)),
    )
    if listed and first_day(listed) is None:
        entries.problem("LISTED_ON", "bad_date", listed, "a day as yyyy-mm-dd", number)
    entries.name(entry, number, text_of(element, "NAME_ORIGINAL_SCRIPT"), "native", "NAME_ORIGINAL_SCRIPT")
    for alias in (*element.iter("INDIVIDUAL_ALIAS"), *element.iter("ENTITY_ALIAS")):
        _alias(entries, entry, number, alias)
    for nationality in _values(element, "NATIONALITY"):
        entries.nation(entry, number, "nationality", nationality, "NATIONALITY")
    for address in (*element.iter("INDIVIDUAL_ADDRESS"), *element.iter("ENTITY_ADDRESS")):
        _place(entries, entry, number, "address", address, _ADDRESS)
    for birth in element.iter("INDIVIDUAL_PLACE_OF_BIRTH"):
        _place(entries, entry, number, "birth", birth, _BIRTH)
    for birth in element.iter("INDIVIDUAL_DATE_OF_BIRTH"):
        _birth_date(entries, entry, number, birth)
    for document in element.iter("INDIVIDUAL_DOCUMENT"):
        _document(entries, entry, number, document)


def _alias(entries: Entries, entry: str, number: int, alias: etree._Element) -> None:
    quality = (text_of(alias, "QUALITY") or "").lower()
    text = text_of(alias, "ALIAS_NAME")
    if text is None:
        return
    if quality and quality not in _QUALITY:
        entries.problem("QUALITY", "unknown_type", quality, "read as an alias", number)
    # one element sometimes holds several names: `a) Abu X; b) Abu Y`
    for name in re.split(r";\s+|\s*\b[a-z]\)\s+", text):
        entries.name(entry, number, name, _QUALITY.get(quality, "alias"), "ALIAS_NAME")


def _place(
    entries: Entries, entry: str, number: int, kind: str, element: etree._Element, parts: tuple[str, ...]
) -> None:
    country = entries.country(text_of(element, "COUNTRY"), number, "COUNTRY")
    text = ", ".join(filter(None, (text_of(element, tag) for tag in parts)))
    entries.place(entry, number, kind, text, country=country)


def _birth_date(entries: Entries, entry: str, number: int, element: etree._Element) -> None:
    first, last = text_of(element, "FROM_YEAR"), text_of(element, "TO_YEAR")
    stated = text_of(element, "DATE") or text_of(element, "YEAR") or (f"{first} to {last}" if first and last else None)
    about = "circa " if text_of(element, "TYPE_OF_DATE") == "APPROXIMATELY" and stated else ""
    entries.born(entry, number, f"{about}{stated}" if stated else None, read_date(stated))


def _document(entries: Entries, entry: str, number: int, element: etree._Element) -> None:
    value = text_of(element, "NUMBER")
    if value is None:
        return
    label = text_of(element, "TYPE_OF_DOCUMENT") or text_of(element, "TYPE_OF_DOCUMENT2") or ""
    kind = kind_of_label(label)
    if kind is None:
        entries.problem("TYPE_OF_DOCUMENT", "unknown_type", label, "read as `other`", number)
    issuer = text_of(element, "ISSUING_COUNTRY") or text_of(element, "COUNTRY_OF_ISSUE")
    country = entries.country(issuer, number, "ISSUING_COUNTRY")
    entries.identifier(entry, number, kind or "other", value, country=country, original=f"{label} {value}")


def _values(element: etree._Element, tag: str) -> list[str]:
    return [text for value in element.findall(f"{tag}/VALUE") if (text := clean(value.text))]
