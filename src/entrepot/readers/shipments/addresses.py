"""The country that an address names, for files that have no column of it."""

from __future__ import annotations

import re

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from entrepot.model.places import country, country_in_address

_FUNCTION = "country_of_part"

_TELEPHONE = r"(?is)[\s,;/.](?:tel|telephone|phone|tlf|ph|fax|mob|mobile|gsm|тел|телефон|факс|e-?mail)[^0-9a-zа-я]{1,4}[0-9(@].*$"
"""What follows an address in its cell."""

_LAST = r"((?:[^,;/\n]+,)?[^,;/\n]+)(?:[,;/\s][\s\d-]*)*$"
"""The last part, with the one before it (`Korea, Republic of`); a postal code may follow them."""

_FIRST = r"^[\s\d]*,?\s*([^,;/\n0-9]{4,40})[,;/]"
"""The first part, after a postal code, without a house number."""

_ZIP = re.compile(r"\d{5}")
_SHORTEST = 3
"""`UAE`, `USA`, `PRC`."""


def country_sql(address: str) -> str:
    """DuckDB SQL for the country of an address: of its last part, else of its first (`РОССИЯ, Г. МОСКВА, УЛ. МИРА, Д. 1`)."""
    text = f"regexp_replace({address}, '{_TELEPHONE}', '')"
    return (
        f"COALESCE({_FUNCTION}(regexp_extract({text}, '{_LAST}', 1), true), "
        f"{_FUNCTION}(regexp_extract({address}, '{_FIRST}', 1), false))"
    )


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the connection the function that `country_sql` calls. Each text is looked up once."""
    known: dict[tuple[str, bool], str | None] = {}

    def look_up(parts: pa.ChunkedArray, last: pa.ChunkedArray) -> pa.ChunkedArray:
        ends = bool(last[0].as_py())
        encoded = pc.dictionary_encode(parts.combine_chunks() if isinstance(parts, pa.ChunkedArray) else parts)
        found = []
        for text in encoded.dictionary.to_pylist():
            if (text, ends) not in known:
                known[text, ends] = _country(text, ends)
            found.append(known[text, ends])
        return pc.take(pa.array(found, pa.string()), encoded.indices)

    connection.create_function(  # type: ignore[call-overload]  # the stubs know no functions over Arrow
        _FUNCTION, look_up, ["VARCHAR", "BOOLEAN"], "VARCHAR", type="arrow", null_handling="special"
    )


def _country(part: str, last: bool) -> str | None:
    """The country of one part; names and abbreviations of three letters or more, since `CA` may be a state of the USA."""
    text = part.strip(" .,")
    if not last:
        return country(text, numeric=False)
    end = text.rpartition(",")[2].strip(" .")
    found = country_in_address(end) or (country(text, numeric=False) if end != text else None)
    if found is None and len(end) == _SHORTEST and end.isupper():
        found = country(end, numeric=False)
    if found == "GE" and _ZIP.search(end):
        return None  # five digits are a postal code of the state of Georgia; the country's has four
    return found
