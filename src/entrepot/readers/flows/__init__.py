"""Reads trade statistics - UN Comtrade, Eurostat, WITS, BACI, national tables - as the canonical `flows`.

The shape is recognised by its header and its values. What the file does not say (a reporter, a currency) is asked for,
or taken from the file's name and said so.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from entrepot.errors import InputError, LayoutUnclear, show
from entrepot.model.places import country
from entrepot.model.tables.sources import READING_PROBLEMS, REJECTS
from entrepot.readers.files import Part, rows
from entrepot.readers.flows.assembly import REASONS, Assembled, assemble
from entrepot.readers.flows.codes import partner_of
from entrepot.readers.flows.crosstabs import crosstab, reporter_in_name
from entrepot.readers.flows.layouts import Layout, tidy
from entrepot.readers.flows.texts import TextTable, records, text_table
from entrepot.readers.reading import Reading

__all__ = ["Layout", "layout", "read", "recognise"]

_HEADER_SOUGHT = 40
"""Rows in which a header is sought: the longest preamble seen is 11 rows."""

_TABLE_SEEN = 2_000
"""Rows of a national table that are looked at; a table by country has some 250."""


def recognise(part: Part) -> str | None:
    """The format (`flows-comtrade`, `flows-eurostat`, `flows-national`, ...) where the part holds trade statistics."""
    found = layout(part)
    return f"flows-{found.publisher}" if found else None


def layout(part: Part) -> Layout | None:
    """How the part would be read; None where it holds no trade statistics that are recognised."""
    if not part.tabular:
        return None
    try:
        seen = [(row.number, row.cells) for row in islice(records(part), _HEADER_SOUGHT) if not row.rejected]
    except json.JSONDecodeError:  # one JSON document of another kind, not lines of objects
        return None
    found = tidy(seen)
    if found is not None:
        return found
    if part.format not in {"xlsx", "xls", "csv"}:
        return None
    table = [(row.number, row.cells) for row in islice(rows(part), _TABLE_SEEN) if not row.rejected]
    return crosstab(table, part.sheet or "")


def read(
    part: Part,
    *,
    source_id: str,
    named: str | None = None,
    reporter: str | None = None,
    currency: str | None = None,
    factor: float | None = None,
) -> Reading:
    """The flows of a part.

    Args:
        part: a part that `recognise` knows.
        source_id: of the part.
        named: path as the user gave it, from which the reporter is taken where nothing else says it (and said so).
        reporter: country (code or name) that reports, where the file does not say; it overrides title and name.
        currency: ISO 4217 code of figures whose currency the file does not say.
        factor: what figures are multiplied by where the file does not say, for example 1000 for thousands.

    Returns:
        `flows`; problems: `unknown_partner`, `bad_number`, `zero_for_unknown`, `unknown_currency`, counted.

    Raises:
        InputError: the part is not recognised.
        LayoutUnclear: nothing says who reports.
    """
    found = layout(part)
    if found is None:
        raise InputError(
            "not recognised as trade statistics: no header with partner, direction, period and value, "
            "and no table of exports or imports by country",
            file=part.label,
            remedy="give it columns reporter, partner, flow, period, product, value; "
            "tables by goods or region without countries cannot be used",
        )
    table = text_table(part, found.header_row, found.names)
    found = _completed(found, part, table, named, reporter, currency, factor)
    done = assemble(table.table, found, source_id)
    kept = table.rows_in - len(table.rejects) - len(done.rejected)
    return Reading(
        {"flows": done.flows},
        table.rows_in,
        kept,
        _rejects(table, done, found.names, source_id),
        _problems(table, done, found, source_id),
        found.notes,
    )


def _completed(
    found: Layout,
    part: Part,
    table: TextTable,
    named: str | None,
    reporter: str | None,
    currency: str | None,
    factor: float | None,
) -> Layout:
    """The layout with what the user or the file's name says."""
    notes = list(found.notes)
    if reporter is not None:
        code = country(reporter) or partner_of([reporter])[0]
        if code is None:
            raise InputError("the reporter is no country that is known", value=reporter, remedy="give its ISO code")
        found = replace(found, reporter=code, reporter_from="the user")
    elif found.reporter is None and "reporter" not in found.roles:
        column = found.roles["partner"][0]
        partners = frozenset(
            code for text in table.table.column(f"c{column}").unique().to_pylist() if (code := partner_of([text])[0])
        )
        code = reporter_in_name(named or str(part.path), partners)
        if code is None:
            raise LayoutUnclear(
                "no column, title or file name says which country reports these figures",
                file=part.label,
                remedy='give it, for example `reporter = "KG"`',
            )
        found = replace(found, reporter=code, reporter_from="the file name")
        notes.append(f"reporter {code} is taken from the file name, because nothing in the file says it")
    if found.currency is None and currency is not None:
        found = replace(found, currency=currency.upper(), factor=factor or found.factor)
    elif factor is not None:
        found = replace(found, factor=factor)
    return replace(found, notes=tuple(notes))


def _rejects(table: TextTable, done: Assembled, names: tuple[str, ...], source_id: str) -> pa.Table:
    found: list[dict[str, object]] = [{**reject, "source_id": source_id} for reject in table.rejects]
    if done.rejected:
        wanted = pa.array([number for number, _ in done.rejected], pa.int64())
        at = dict(done.rejected)
        for row in table.table.filter(pc.is_in(table.table.column("row_number"), wanted)).to_pylist():
            number = row.pop("row_number")
            reason = at[number]
            found.append(
                {
                    "source_id": source_id,
                    "row_number": number,
                    "reason": reason,
                    "message": REASONS[reason],
                    "original": json.dumps(dict(zip(names, row.values(), strict=True)), ensure_ascii=False),
                }
            )
    found.sort(key=lambda reject: int(str(reject["row_number"])))
    return REJECTS.from_rows(found)


def _problems(table: TextTable, done: Assembled, found: Layout, source_id: str) -> pa.Table:
    partner = found.names[found.roles["partner"][0]]
    listed: list[dict[str, object]] = [{**problem, "source_id": source_id} for problem in table.problems]
    for text, count in done.unknown_partners:
        listed.append(
            {
                "column_name": partner,
                "field": "partner",
                "problem": "unknown_partner",
                "value": show(text, 200),
                "message": "not recognised as a country or area; the row is kept without a partner",
                "occurrences": count,
            }
        )
    for field, column, text, first, count in done.bad_numbers:
        listed.append(
            {
                "row_number": first,
                "column_name": column,
                "field": field,
                "problem": "bad_number",
                "value": show(text, 200),
                "message": "not a number; write digits with one decimal sign",
                "occurrences": count,
            }
        )
    if done.zero_weights:
        listed.append(
            {
                "column_name": ", ".join(
                    found.names[i] for r in ("net_kg", "net_100kg", "net_tonnes") for i in found.roles.get(r, ())
                ),
                "field": "net_kg",
                "problem": "zero_for_unknown",
                "value": "0",
                "message": "a weight of zero beside a value stands for an unknown weight and is read as none",
                "occurrences": done.zero_weights,
            }
        )
    if found.currency is None and "currency" not in found.roles and not any(m.currency for m in found.measures):
        listed.append(
            {
                "column_name": ", ".join(found.names[m.column] for m in found.measures)[:200],
                "field": "currency",
                "problem": "unknown_currency",
                "message": "nothing says in which currency and unit the figures are; give `currency` and `factor`",
                "occurrences": done.flows.num_rows,
            }
        )
    return READING_PROBLEMS.from_rows({**problem, "source_id": source_id} for problem in listed)
