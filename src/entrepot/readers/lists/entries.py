"""Gathers the records of one list file: entries, names, identifiers, places, ownership, rejects and problems."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from entrepot.errors import show
from entrepot.model.intervals import Interval
from entrepot.model.places import area, country
from entrepot.model.schema import Table
from entrepot.model.tables.lists import LIST_ENTRIES, LIST_IDENTIFIERS, LIST_NAMES, LIST_PLACES, OWNERSHIP
from entrepot.model.tables.sources import READING_PROBLEMS, REJECTS
from entrepot.readers.files import Row
from entrepot.readers.lists.identifiers import normal, refined
from entrepot.readers.lists.scripts import script
from entrepot.readers.reading import Reading

_SHORT = 3
"""A name of fewer letters and digits in an alphabet equals words and abbreviations everywhere: it is kept as a weak alias. Chinese,
Japanese and Korean names of two characters are whole names."""

_SYLLABIC = frozenset({"Hani", "Hira", "Kana", "Jpan", "Hang"})

Cell = str | int | float | datetime.date | None
Record = dict[str, Cell]


@dataclass(slots=True)
class Entries:
    """The records read so far from one source part of one list.

    Attributes:
        list_id: identifier of the list for every record.
        source_id: the source part.
        authority: who publishes the list, where the file does not say it entry by entry.
    """

    list_id: str
    source_id: str
    authority: str | None = None
    rows_in: int = 0
    notes: list[str] = field(default_factory=list)
    _entries: dict[str, Record] = field(default_factory=dict)
    _names: dict[tuple[str, str, str], Record] = field(default_factory=dict)
    _identifiers: dict[tuple[str, str, str], Record] = field(default_factory=dict)
    _places: dict[tuple[str, str, str | None, str | None], Record] = field(default_factory=dict)
    _ownership: dict[tuple[int, str, str, str], Record] = field(default_factory=dict)
    _rejects: dict[int, Record] = field(default_factory=dict)
    _problems: dict[tuple[str, str, str | None], Record] = field(default_factory=dict)

    def entry(
        self,
        entry_id: str,
        row: int,
        *,
        name: str,
        schema: str,
        program: Iterable[str] = (),
        listed: datetime.date | None = None,
        delisted: datetime.date | None = None,
        authority: str | None = None,
        remarks: str | None = None,
        named: bool = True,
    ) -> str:
        """Add an entry and its primary name; returns the identifier under which it stands.

        A second entry of the same identifier and name adds to the first; one of another name is a different party
        that the publisher numbered twice, and gets `~2` after the identifier. Both are counted as problems.

        Args:
            named: False where `name` only stands in for a name that another file gives.
        """
        name = clean(name) or entry_id
        chosen, count = entry_id, 1
        while (have := self._entries.get(chosen)) is not None:
            if have["name"] == name:
                self.problem(
                    "entry_id", "duplicate_id", entry_id, "the entry stands twice in the file; read as one", row
                )
                break
            count += 1
            chosen = f"{entry_id}~{count}"
        if count > 1:
            message = f"another entry has this identifier and a different name; kept as {chosen}"
            self.problem("entry_id", "duplicate_id", entry_id, message, row)
        if have is None:
            self._entries[chosen] = {
                "list_id": self.list_id,
                "entry_id": chosen,
                "source_id": self.source_id,
                "row_number": row,
                "schema": schema,
                "name": name,
                "program": ";".join(dict.fromkeys(p for x in program if (p := clean(x)))) or None,
                "authority": clean(authority) or self.authority,
                "listed": listed,
                "delisted": delisted,
                "remarks": remarks.strip() or None if remarks else None,
            }
        if named:
            self.name(chosen, row, name, "primary")
        return chosen

    def amend(
        self,
        entry_id: str,
        *,
        program: Iterable[str] = (),
        authority: Iterable[str] = (),
        listed: Iterable[datetime.date | None] = (),
        delisted: Iterable[datetime.date | None] = (),
    ) -> None:
        """Add what a separate record says of a listing: programs and authorities join, the earliest listing counts,
        and a delisting where the record states one."""
        entry = self._entries[entry_id]
        for column, values in (("program", program), ("authority", authority)):
            have = str(entry[column]).split(";") if entry[column] and entry[column] != self.authority else []
            entry[column] = ";".join(dict.fromkeys([*have, *filter(None, map(clean, values))])) or entry[column]
        days = [*filter(None, listed), *([entry["listed"]] if isinstance(entry["listed"], datetime.date) else [])]
        entry["listed"] = min(days, default=None)
        ends = [*filter(None, delisted), *([entry["delisted"]] if isinstance(entry["delisted"], datetime.date) else [])]
        entry["delisted"] = max(ends, default=None)

    def name(self, entry_id: str, row: int, text: str | None, kind: str, column: str = "name") -> None:
        """Add a name: primary, alias, weak, former or native. Empty text adds nothing."""
        name = clean(text)
        if name is None:
            return
        written = script(name)
        if "\ufffd" in name:
            self.problem(column, "bad_encoding", name, "characters of the name are lost; save the file as UTF-8", row)
        short = len(name) < 2 * _SHORT and sum(c.isalnum() for c in name) < _SHORT
        if short and written not in _SYLLABIC and kind != "primary":
            self.problem(column, "short_name", name, "too short to tell parties apart; kept as a weak alias", row)
            kind = "weak"
        if (entry_id, name, kind) not in self._names:
            record = self._record(entry_id, row) | {"name": name, "kind": kind, "script": written}
            self._names[entry_id, name, kind] = record

    def identifier(
        self, entry_id: str, row: int, kind: str, value: str | None, *, country: str | None = None, original: str = ""
    ) -> None:
        """Add an identifier; kind is made more exact by shape and country. Empty values add nothing."""
        if value is None or not (norm := normal(kind, value)):
            return
        exact = refined(kind, norm, country)
        self._identifiers.setdefault(
            (entry_id, exact, norm),
            self._record(entry_id, row)
            | {"kind": exact, "value": norm, "country": country, "original": clean(original) or clean(value)},
        )

    def place(self, entry_id: str, row: int, kind: str, text: str | None, country: str | None = None) -> None:
        """Add an address, place of birth, ... as published, with its country as alpha-2 where that is known."""
        written = clean(text)
        if written is None and country is None:
            return
        self._places.setdefault(
            (entry_id, kind, written, country),
            self._record(entry_id, row) | {"kind": kind, "text": written, "country": country},
        )

    def nation(
        self, entry_id: str, row: int, kind: str, text: str | None, column: str = "country", code: str | None = None
    ) -> None:
        """Add a nationality, flag, country of birth, ... from a text that names a country; see `country`."""
        self.place(entry_id, row, kind, text, self.country(text, row, column, code=code))

    def country(self, text: str | None, row: int, column: str = "country", *, code: str | None = None) -> str | None:
        """The country that a cell names; one that is not recognised and is no area is counted as a problem.

        Args:
            code: what the file says beside it in a code, for wordings that are not known.
        """
        written = clean(text)
        if written is None:
            return None
        found = country(written, numeric=False) or (country(code, numeric=False) if code else None)
        if found is None and area(written) is None:
            self.problem(column, "unknown_country", written, "not a country that is known; name or ISO 3166 code", row)
        return found

    def born(self, entry_id: str, row: int, text: str | None, when: Interval | None, kind: str = "birth_date") -> None:
        """Add a date of birth or incorporation, with its first day and precision where it is one day, month or year."""
        written = clean(text)
        if written is None:
            return
        if when is None:
            self.problem(kind, "bad_date", written, "not a date; year, month and year, or day", row)
        exact = when.precision if when else None
        record = self._record(entry_id, row) | {"kind": kind, "text": written}
        if when is not None and exact is not None:
            record |= {"date": when.start, "date_precision": exact}
        self._places.setdefault((entry_id, kind, written, None), record)

    def owns(
        self,
        row: int,
        *,
        owner: str,
        owned: str,
        relation: str,
        owner_entry: str | None = None,
        owned_entry: str | None = None,
        share: float | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
        original: str | None = None,
    ) -> None:
        """Add a statement that `owner` owns, controls, ... `owned`; an entry gives its identifier on this list."""
        self._ownership.setdefault(
            (row, owner, owned, relation),
            {
                "source_id": self.source_id,
                "row_number": row,
                "owner_list_id": self.list_id if owner_entry else None,
                "owner_entry_id": owner_entry,
                "owner_name": owner,
                "owned_list_id": self.list_id if owned_entry else None,
                "owned_entry_id": owned_entry,
                "owned_name": owned,
                "share": share,
                "relation": relation,
                "since": since,
                "until": until,
                "original": original,
            },
        )

    def resolve_owners(self) -> None:
        """Give ownership statements the identifier of the entry whose name they use, where exactly one has it."""
        bearers: dict[str, set[str]] = {}
        for entry_id, name, _ in self._names:
            bearers.setdefault(name.casefold(), set()).add(entry_id)
        for record in self._ownership.values():
            for side in ("owner", "owned"):
                found = bearers.get(str(record[f"{side}_name"]).casefold(), set())
                if record[f"{side}_entry_id"] is None and len(found) == 1:
                    record[f"{side}_entry_id"], record[f"{side}_list_id"] = next(iter(found)), self.list_id

    def names_of(self, entry_id: str) -> str | None:
        """The primary name of an entry read so far."""
        found = self._entries.get(entry_id)
        return None if found is None else str(found["name"])

    def reject(
        self,
        row: int,
        reason: str,
        message: str,
        original: object,
        *,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """A row that cannot be used; `original` is the row as read."""
        self._rejects[row] = {
            "source_id": self.source_id,
            "row_number": row,
            "reason": reason,
            "message": message,
            "column_name": column,
            "value": value,
            "original": json.dumps(original, ensure_ascii=False, default=str),
        }

    def problem(self, column: str, code: str, value: str | None, message: str, row: int) -> None:
        """A value that could not be read; the same one is counted, at its first row."""
        have = self._problems.setdefault(
            (column, code, value),
            {
                "source_id": self.source_id,
                "row_number": row,
                "column_name": column,
                "problem": code,
                "value": None if value is None else show(value, 200),
                "message": message,
                "occurrences": 0,
            },
        )
        have["occurrences"] = int(str(have["occurrences"])) + 1

    def usable(self, row: Row, header: tuple[str, ...]) -> bool:
        """Count a data row, keep its problems, and reject it where it is broken or has not as many cells as the header."""
        self.rows_in += 1
        for problem in row.problems:
            where = header[problem.cell] if problem.cell is not None and problem.cell < len(header) else ""
            if problem.reject:
                self.reject(row.number, problem.code, problem.message, row.cells, column=where or None)
                return False
            self.problem(where, problem.code, problem.value, problem.message, row.number)
        if len(row.cells) != len(header):
            code = "too_many_cells" if len(row.cells) > len(header) else "too_few_cells"
            message = f"the row has {len(row.cells)} cells, the header {len(header)}; as many would be accepted"
            self.reject(row.number, code, message, row.cells)
            return False
        return True

    def reading(self, list_date: datetime.date | None = None) -> Reading:
        """Everything as tables; `list_date` is the date of this version of the list."""
        for record in self._entries.values():
            record["list_date"] = list_date
        tables: Mapping[str, tuple[Table, Iterable[Record]]] = {
            "list_entries": (LIST_ENTRIES, self._entries.values()),
            "list_names": (LIST_NAMES, self._names.values()),
            "list_identifiers": (LIST_IDENTIFIERS, self._identifiers.values()),
            "list_places": (LIST_PLACES, self._places.values()),
            "ownership": (OWNERSHIP, self._ownership.values()),
        }
        built: dict[str, pa.Table] = {name: table.from_rows(rows) for name, (table, rows) in tables.items()}
        return Reading(
            tables=built,
            rows_in=self.rows_in,
            rows_kept=self.rows_in - len(self._rejects),
            rejects=REJECTS.from_rows(self._rejects.values()),
            problems=READING_PROBLEMS.from_rows(self._problems.values()),
            notes=tuple(self.notes),
        )

    def _record(self, entry_id: str, row: int) -> Record:
        return {"list_id": self.list_id, "entry_id": entry_id, "source_id": self.source_id, "row_number": row}


def clean(text: str | None) -> str | None:
    """Text with white space squeezed, None where nothing is left."""
    if text is None:
        return None
    return " ".join(text.split()) or None
