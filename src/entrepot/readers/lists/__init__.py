"""Reads lists of sanctioned and controlled parties: OFAC, UK, UN, EU, FollowTheMoney, end-user lists, any table.

Content decides what a file is, never its name. Every reader fills the tables `list_entries`, `list_names`,
`list_identifiers`, `list_places` and `ownership`.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from entrepot.errors import UsageError
from entrepot.readers.files import Part, open_text
from entrepot.readers.lists import (
    column_lists,
    end_users,
    ftm,
    mapped,
    ofac_advanced,
    ofac_tables,
    ofac_xml,
    uk,
    uk_official,
    un,
)
from entrepot.readers.lists.entries import Entries
from entrepot.readers.lists.mapped import infer as infer_mapping
from entrepot.readers.lists.rows_of import head_of, header_of
from entrepot.readers.reading import Reading

__all__ = ["FORMATS", "infer_mapping", "read", "recognise"]

_HEAD = 1 << 16
"""Characters looked at to recognise XML and JSON."""

_Read = Callable[[Part, Entries], datetime.date | None]


@dataclass(frozen=True, slots=True)
class _Format:
    """A format: its default list, who publishes it, how it is read, and whether the date that the reader returns is the
    publisher's own or only the latest day in the content."""

    list_id: str
    read: _Read
    authority: str | None = None
    dated: bool = False
    has_entries: bool = True


def _nothing(read: Callable[[Part, Entries], None]) -> _Read:
    def undated(part: Part, entries: Entries) -> None:
        read(part, entries)

    return undated


def _uk(table: str) -> _Format:
    def read(part: Part, entries: Entries) -> datetime.date | None:
        return uk.read(part, entries, table)

    return _Format("uk-sanctions", read, uk.AUTHORITY, has_entries=table == "uk-sanctions-subjects")


_OFAC = ofac_tables.AUTHORITY
_FORMATS: Mapping[str, _Format] = {
    "ofac-sdn-csv": _Format("ofac-sdn", _nothing(ofac_tables.read_csv), _OFAC),
    "ofac-sdn-json": _Format("ofac-sdn", ofac_tables.read_json, _OFAC, dated=True),
    "ofac-sdn-raw": _Format("ofac-sdn", _nothing(ofac_tables.read_raw), _OFAC),
    "ofac-sdn-addresses": _Format("ofac-sdn", _nothing(ofac_tables.read_addresses), _OFAC, has_entries=False),
    "ofac-sdn-aliases": _Format("ofac-sdn", _nothing(ofac_tables.read_aliases), _OFAC, has_entries=False),
    "ofac-sdn-xml": _Format("ofac-sdn", ofac_xml.read, _OFAC, dated=True),
    "ofac-advanced-xml": _Format("ofac-sdn", ofac_advanced.read, _OFAC, dated=True),
    **{table: _uk(table) for table in uk.HEADERS},
    "uk-sanctions-csv": _Format("uk-sanctions", uk_official.read, uk.AUTHORITY, dated=True),
    "un-sc-xml": _Format("un-sc", un.read, un.AUTHORITY, dated=True),
    "eu-annexes-csv": _Format("eu", column_lists.read_eu, column_lists.EU_AUTHORITY),
    "ftm-json": _Format("ftm", ftm.read),
    "ftm-simple-csv": _Format("ftm", column_lists.read_simple),
    "end-users-json": _Format("end-users", end_users.read),
    "list-csv": _Format("list", _nothing(mapped.read)),
}
FORMATS = tuple(_FORMATS)
"""Every format that `recognise` returns and `read` takes."""


def recognise(part: Part, *, said: bool = False) -> str | None:
    """The format of a part that is a list, or None.

    Args:
        said: the user says that it is a list: any table with a column of names is then one.
    """
    if part.format == "xml":
        return _recognise_xml(part)
    if part.format in ("json", "jsonl"):
        return _recognise_json(part)
    if not part.tabular:
        return None
    head = head_of(part)
    header = header_of(head)
    for name, required in (
        ("ofac-sdn-csv", ("uid", "name", "type", "programs", "alternate_names")),
        *uk.HEADERS.items(),
        ("eu-annexes-csv", column_lists.EU_HEADER),
        ("ftm-simple-csv", column_lists.SIMPLE_HEADER),
    ):
        if set(header) >= set(required):
            return name
    if uk_official.is_official(head):
        return "uk-sanctions-csv"
    return ofac_tables.shape(head) or ("list-csv" if mapped.is_list(header, said=said) else None)


def read(
    part: Part,
    *,
    source_id: str,
    format: str,
    list_id: str | None = None,
    list_date: datetime.date | None = None,
    mapping: Mapping[str, str | Sequence[str]] | None = None,
) -> Reading:
    """The records of one list file.

    Args:
        part: the part.
        source_id: identifier of the source part for every record.
        format: one of FORMATS, as `recognise` gave it.
        list_id: the list, where it is not the format's own (`ofac-sdn`, `uk-sanctions`, `un-sc`, `eu-833`, ...).
        list_date: date of this version. A date that the publisher states in the file goes before it; a date that was
            only found in the content (the latest change) comes after it.
        mapping: for `list-csv`, field to column or columns; see `entrepot.readers.lists.mapped`.

    Returns:
        Tables `list_entries`, `list_names`, `list_identifiers`, `list_places`, `ownership`; one XML element, JSON
        object or table row is one row of the count.

    Raises:
        InputError: the file is not of this format, or damaged.
        UsageError: the format is not known.
    """
    known = _FORMATS.get(format)
    if known is None:
        raise UsageError("not a format of lists", value=format, remedy=f"one of {', '.join(FORMATS)}")
    if format == "end-users-json":
        known = replace(known, read=lambda p, e: end_users.read(p, e, list_id))
    if format == "list-csv":
        known = replace(known, read=_nothing(lambda p, e: mapped.read(p, e, mapping)))
    entries = Entries(list_id or _own_list_id(part, format) or known.list_id, source_id, known.authority)
    found = known.read(part, entries)
    if entries.rows_in == 0:
        entries.notes.append("the file has a header or a root and no rows")
    date = (found if known.dated else None) or list_date or found
    if known.has_entries:
        _say_date(entries, date, list_date, found, dated=known.dated)
    return entries.reading(date)


def _say_date(
    entries: Entries,
    date: datetime.date | None,
    given: datetime.date | None,
    found: datetime.date | None,
    *,
    dated: bool,
) -> None:
    """Notes on the date of the version, where a person should know how it came about."""
    if date is None:
        entries.notes.append(
            "the file does not say of which day this version of the list is; give it with --list-date, or as list_date for this file in "
            "case.toml, or shipments cannot be compared with it by date"
        )
    elif not dated and given is None:
        entries.notes.append(
            f"the file does not say of which day this version of the list is; {date} is the latest day in it and was "
            "taken; give list_date for this file in case.toml if you know better"
        )
    elif dated and found and given and found != given:
        entries.notes.append(f"the file says that it is of {found}; the given list_date {given} was not used")


def _own_list_id(part: Part, format: str) -> str | None:
    if format == "eu-annexes-csv":
        return column_lists.eu_list_id(part)
    if format == "ftm-json":
        return ftm.list_name(part)
    return None


def _recognise_xml(part: Part) -> str | None:
    with open_text(part) as text:
        head = text.read(_HEAD)
    match = re.search(r"<(?:\w+:)?(sdnList|Sanctions|CONSOLIDATED_LIST)[\s/>]", head)
    names = {"sdnList": "ofac-sdn-xml", "Sanctions": "ofac-advanced-xml", "CONSOLIDATED_LIST": "un-sc-xml"}
    return names[match[1]] if match else None


def _recognise_json(part: Part) -> str | None:
    with open_text(part) as text:
        head = text.read(_HEAD)
    try:
        first, _ = json.JSONDecoder().raw_decode(head.lstrip("\ufeff \t\r\n["))
    except ValueError:
        # an object longer than the head: told by its keys
        keys = set(re.findall(r'"(\w+)"\s*:', head))
        return "ofac-sdn-json" if {"published", "entries", "uid", "alternateNames"} <= keys else None
    if not isinstance(first, dict):
        return None
    if {"id", "schema", "properties"} <= set(first):
        return "ftm-json"
    if set(first) >= end_users.KEYS:
        return "end-users-json"
    entries = first.get("entries")
    if isinstance(entries, list) and entries and isinstance(entries[0], dict) and {"uid", "name"} <= set(entries[0]):
        return "ofac-sdn-json"
    return None
