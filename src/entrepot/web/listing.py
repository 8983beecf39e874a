"""Tables as pages show them: sorted, filtered and paged on the server by what stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pyarrow as pa

from entrepot.engine.sql import identifier
from entrepot.errors import UsageError
from entrepot.web.reader import Reader, Row

NUMBERS = ("int", "kg", "usd", "ratio", "share", "number")
"""Kinds of columns that are numbers, with how they are shown."""

PER_PAGE = (25, 50, 100, 250)
"""Rows of a page that a reader may choose; at 250 rows of 12 columns a page stays under 300 kB gzipped."""

MOST_SHOWN = 100_000
"""How far pages can be turned; what lies beyond is reached by a filter."""

MOST_DOWNLOADED = 1_000_000
"""Rows of a download; a workbook holds as many."""

Pairs = Sequence[tuple[str, str]]
"""What stands in an address after the question mark."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: in the statement. title: as shown. kind: `text`, `long`, `code`, `day`, `country`, `flag`, `file`, `synthetic`, or one of `NUMBERS`.
        href: where the cell leads, with `{column}` places; empty for nowhere.
        filter: `has` (words in it), `begins`, `is` (one of `choices` or a typed value), `span` (from, to), or '' for none.
        shown: whether it is shown until the reader chooses. lower: column of the statement with the text in lower case, where there is one.
    """

    name: str
    title: str
    kind: str = "text"
    href: str = ""
    filter: str = ""
    choices: tuple[str, ...] = ()
    shown: bool = True
    help: str = ""
    lower: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of a page.

    Attributes:
        id: short name, which prefixes its parameters in the address. sql: a SELECT; values in it are `$parameters`.
        sort: column to sort by, `-` before it for the largest first. key: breaks ties, so that pages do not overlap.
        counted: the same rows as `sql`, from a table that is sorted for counting; `sql` itself where empty.
        total: rows without a filter, where the page knows it from its head: it is not counted again, and 0 asks nothing.
    """

    id: str
    title: str
    sql: str
    columns: tuple[Column, ...]
    sort: str
    key: tuple[str, ...]
    parameters: Mapping[str, object] = field(default_factory=dict)
    per: int = 25
    empty: str = "no rows"
    total: int | None = None
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A listing with the rows of one page and what stands in the address."""

    listing: Listing
    rows: Sequence[Row]
    total: int
    page: int
    per: int
    sort: str
    columns: tuple[Column, ...]
    filters: Mapping[str, str]
    others: Pairs
    """Parameters of the address that belong to other tables of the page."""

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, MOST_SHOWN) // self.per))

    def link(self, **changed: str | int | None) -> str:
        """The address of the page with some of this table's parameters changed; None takes one away."""
        own = dict(self.filters)
        if self.sort != self.listing.sort:
            own["sort"] = self.sort
        if self.per != self.listing.per:
            own["per"] = str(self.per)
        if self.page > 1:
            own["page"] = str(self.page)
        pairs = [(k, v) for k, v in self.others]
        for key, value in changed.items():
            own.pop(key, None)
            if value is not None:
                own[key] = str(value)
        pairs += [(f"{self.listing.id}.{key}", value) for key, value in own.items()]
        if [c.name for c in self.columns] != [c.name for c in self.listing.columns if c.shown]:
            pairs += [(f"{self.listing.id}.col", c.name) for c in self.columns]
        return "?" + urlencode(pairs)

    def download(self, form: str) -> str:
        """The address of what is shown, all pages of it, as a file."""
        base = self.link(page=None)
        return f"{base}{'&' if len(base) > 1 else ''}get={self.listing.id}.{form}"

    def sorted_by(self, name: str) -> str:
        """The address with the table sorted by a column; again for the other direction."""
        first = "-" + name if self.listing_kind(name) in NUMBERS else name
        other = name if first.startswith("-") else "-" + name
        return self.link(sort=other if self.sort == first else first, page=None)

    def listing_kind(self, name: str) -> str:
        return next(c.kind for c in self.listing.columns if c.name == name)


def show(listing: Listing, reader: Reader, pairs: Pairs) -> Shown:
    """Run the part of a listing that an address asks for.

    Raises:
        UsageError: the address names a column that is not there, or a value that does not fit its column.
    """
    chosen = _own(listing, pairs)
    where, values = _filters(listing, chosen)
    sort = _sort(listing, chosen.get("sort", [listing.sort])[-1])
    per = _number(chosen, "per", listing.per, 1, PER_PAGE[-1])
    page = _number(chosen, "page", 1, 1, MOST_SHOWN // per)
    source = f"FROM ({listing.sql}\n) AS listed {where}"
    parameters = {**listing.parameters, **values}
    known = None if where else listing.total
    if known is not None and known <= per and page == 1:
        # few rows are sorted here for a third of the processor time
        few = _sorted(reader.rows(listing.sql, parameters), sort, listing.key) if known else []
        return Shown(
            listing,
            few,
            known,
            page,
            per,
            sort,
            _columns(listing, chosen),
            _kept_filters(chosen),
            _others(listing, pairs),
        )
    # words are sought in every row, which is done once for the page and the count
    sought = "CONTAINS(" in where
    rows = reader.rows(
        f"SELECT *{', COUNT(*) OVER () AS listing_total' if sought else ''} {source} {_order(listing, sort)} LIMIT $listing_per OFFSET $listing_offset",
        {**parameters, "listing_per": per, "listing_offset": (page - 1) * per},
    )  # fmt: skip
    total = len(rows) if known is None else known
    if sought and rows:
        total = int(str(rows[0]["listing_total"]))
    elif known is None and (page > 1 or total == per):
        # a first page that is not full says how many there are by itself
        count = f"SELECT COUNT(*) AS n FROM ({listing.counted or listing.sql}\n) AS listed {where}"
        counted = reader.rows(count, parameters) if parameters else reader.kept(count)
        total = int(str(counted[0]["n"]))
    return Shown(
        listing, rows, total, page, per, sort, _columns(listing, chosen), _kept_filters(chosen), _others(listing, pairs)
    )


def _kept_filters(chosen: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {key: given[-1] for key, given in chosen.items() if key not in ("sort", "per", "page", "col") and given[-1]}


def _others(listing: Listing, pairs: Pairs) -> Pairs:
    return [(k, v) for k, v in pairs if not k.startswith(f"{listing.id}.") and k != "get"]


def _sorted(rows: Sequence[Row], sort: str, key: Sequence[str]) -> list[Row]:
    """Rows as `_order` has them: unknown values last whatever the direction, ties by the key."""

    def place(row: Row, name: str) -> tuple[bool, object]:
        return (row[name] is None, row[name])

    column, descending = sort.removeprefix("-"), sort.startswith("-")
    found = sorted(rows, key=lambda row: [place(row, name) for name in key])
    if descending:
        return sorted(found, key=lambda row: (row[column] is not None, row[column]), reverse=True)
    return sorted(found, key=lambda row: place(row, column))


def whole(listing: Listing, reader: Reader, pairs: Pairs) -> tuple[pa.Table, tuple[Column, ...]]:
    """All rows that an address asks for, up to a million, with the columns chosen in it."""
    chosen = _own(listing, pairs)
    where, values = _filters(listing, chosen)
    sort = _sort(listing, chosen.get("sort", [listing.sort])[-1])
    columns = _columns(listing, chosen)
    names = ", ".join(f"listed.{identifier(c.name)}" for c in columns)
    rows = reader.arrow(
        f"SELECT {names} FROM ({listing.sql}\n) AS listed {where} {_order(listing, sort)} LIMIT {MOST_DOWNLOADED}",
        {**listing.parameters, **values},
    )
    return rows, columns


def _own(listing: Listing, pairs: Pairs) -> dict[str, list[str]]:
    own: dict[str, list[str]] = {}
    for key, value in pairs:
        if key.startswith(f"{listing.id}."):
            own.setdefault(key.removeprefix(f"{listing.id}."), []).append(value)
    return own


def _columns(listing: Listing, chosen: Mapping[str, Sequence[str]]) -> tuple[Column, ...]:
    wanted = chosen.get("col")
    if not wanted:
        return tuple(c for c in listing.columns if c.shown)
    kept = tuple(c for c in listing.columns if c.name in wanted)
    return kept or tuple(c for c in listing.columns if c.shown)


def _sort(listing: Listing, asked: str) -> str:
    known = [c.name for c in listing.columns]
    if asked.removeprefix("-") not in known:
        raise UsageError("there is no such column to sort by", column=f"{listing.id}.sort", value=asked, remedy=f"one of {', '.join(known)}")  # fmt: skip
    return asked


def _order(listing: Listing, sort: str) -> str:
    direction = "DESC" if sort.startswith("-") else "ASC"
    keys = ", ".join(f"listed.{identifier(name)}" for name in listing.key)
    return f"ORDER BY listed.{identifier(sort.removeprefix('-'))} {direction} NULLS LAST, {keys}"


def _filters(listing: Listing, chosen: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, object]]:
    clauses: list[str] = []
    values: dict[str, object] = {}
    for column in listing.columns:
        name = f"listed.{identifier(column.name)}"
        bound = f"filter_{column.name}"
        if column.filter == "has" and (given := _last(chosen, column.name)):
            lower = f"listed.{identifier(column.lower)}" if column.lower else f"LOWER({name})"
            clauses.append(f"CONTAINS({lower}, LOWER(${bound}))")
            values[bound] = given
        elif column.filter == "begins" and (given := _last(chosen, column.name)):
            clauses.append(f"STARTS_WITH({name}, ${bound})")
            values[bound] = given
        elif column.filter == "is" and (given := _last(chosen, column.name)):
            clauses.append(f"{name} = ${bound}")
            values[bound] = given.upper() if column.kind == "country" else given
        elif column.filter == "span":
            for end, sign in (("from", ">="), ("to", "<=")):
                if given := _last(chosen, f"{column.name}.{end}"):
                    clauses.append(f"{name} {sign} ${bound}_{end}")
                    values[f"{bound}_{end}"] = _value(listing, column, end, given)
    return (f"WHERE {' AND '.join(clauses)}" if clauses else ""), values


def _last(chosen: Mapping[str, Sequence[str]], key: str) -> str:
    given = chosen.get(key)
    return given[-1].strip() if given else ""


def _value(listing: Listing, column: Column, end: str, given: str) -> object:
    try:
        if column.kind == "day":
            return dt.date.fromisoformat(given)
        return float(given)
    except ValueError as error:
        wanted = "a day as YYYY-MM-DD" if column.kind == "day" else "a number"
        raise UsageError(
            f"not {wanted.split(' as ')[0]}", column=f"{listing.id}.{column.name}.{end}", value=given, remedy=wanted
        ) from error


def _number(chosen: Mapping[str, Sequence[str]], key: str, default: int, low: int, high: int) -> int:
    given = _last(chosen, key)
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 9 or not low <= int(given) <= high:
        raise UsageError(
            "not a number in range", column=key, value=given, remedy=f"a whole number from {low} to {high}"
        )
    return int(given)
