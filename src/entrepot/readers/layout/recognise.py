"""Recognises the layout of a customs file from its header words and its values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from entrepot.errors import show
from entrepot.readers.files import parts
from entrepot.readers.files import rows as rows_of
from entrepot.readers.layout.amounts import Money, choose
from entrepot.readers.layout.assign import assign
from entrepot.readers.layout.candidates import Candidate, RuledOut, candidates
from entrepot.readers.layout.contacts import contacts, is_contact
from entrepot.readers.layout.direction import Sense, sense
from entrepot.readers.layout.explain import explain
from entrepot.readers.layout.folding import fold
from entrepot.readers.layout.header import Heading, heading, headings, languages
from entrepot.readers.layout.kind import kind_of
from entrepot.readers.layout.layout import Layout, Mapped
from entrepot.readers.layout.lexicon import table
from entrepot.readers.layout.prices import without_prices
from entrepot.readers.layout.profile import Profile, profile
from entrepot.readers.layout.resolve import prefer_filled, resolve
from entrepot.readers.layout.rivals import without_tax_codes, without_texts_of_codes
from entrepot.readers.layout.sheet import SAMPLE, Row, Sheet, take_apart
from entrepot.readers.layout.together import addresses, by_row, dates, heavier, over_days, shares, unit_of, units
from entrepot.readers.layout.whose import settle_addresses, settle_countries
from entrepot.readers.shipments.columns import unique_header

LEAST = 0.5
"""A mapping below this is left out: on the development layouts, below it more mappings were wrong than right."""


_SIDED = frozenset({"local.name", "foreign.name", "local.id"})


def recognise(rows: Iterable[Row], *, name: str | None = None, sample: int = SAMPLE) -> Layout:
    """The layout of a table.

    Args:
        rows: row number in the sheet, from 1, and the cells of the row; empty rows included. The first `sample` rows are
            looked at.
        name: of the sheet or member, where the file has several; a word such as `Import` in it counts as a title.
        sample: rows looked at.

    Returns:
        The mapping with a confidence for each column; `unclear` holds what a person must confirm.
    """
    sheet = take_apart(rows, sample)
    heads = headings(sheet.worded)
    profiles = tuple(profile([row[index] for row in sheet.rows]) for index in range(len(sheet.headers)))
    everything, ruled_out = candidates(heads, sheet.groups, profiles)
    found = tuple(settle_countries(settle_addresses([c for c in everything if not is_contact(c)], heads), heads))
    reach = tuple(c for c in everything if is_contact(c))
    grouped = tuple(
        heading(f"{g} {h.text}") if g and g != h.text else h for g, h in zip(sheet.groups, heads, strict=True)
    )
    moved = sense(grouped, (*sheet.titles, *((name,) if name else ())), found, profiles)
    parts_of = shares(found, profiles)
    ruled_out = (
        *ruled_out,
        *(
            RuledOut("quantity or value", part, f"is the share of {sheet.headers[whole]!r} in its total")
            for part, whole in parts_of.items()
        ),
    )
    measured, priced = without_prices([c for c in found if c.index not in parts_of], profiles)
    measured, taxes = without_tax_codes(measured, heads)
    ruled_out = (*ruled_out, *priced, *taxes)
    settled = prefer_filled(resolve(measured, moved.direction, profiles), profiles)
    settled = without_texts_of_codes(settled, profiles)
    spoken = languages(sheet.headers)
    money = choose(heads, profiles, settled, moved.direction, bool(spoken & {"es", "pt"}))
    chosen = assign([c for c in settled if c.canonical not in {"amount", "currency"}], LEAST)
    if "hs6" in chosen and "hs_code" not in chosen:
        chosen["hs_code"] = chosen.pop("hs6")  # six digits are the whole code of this file; the loader derives hs6
    for canonical, reason in (by_row(chosen, profiles) | over_days(chosen, profiles)).items():
        ruled_out = (*ruled_out, RuledOut(canonical, chosen.pop(canonical).index, reason))
    chosen = heavier(units(chosen, settled, heads), profiles)
    return _layout(sheet, heads, profiles, settled, ruled_out, moved, money, chosen, reach, name)


def header_of(rows: Iterable[Row], sample: int = SAMPLE) -> tuple[int | None, tuple[str, ...]]:
    """The header row and the names of the columns of a table, as `recognise` gives them, without what they mean."""
    sheet = take_apart(rows, sample)
    return sheet.header_row, unique_header(sheet.headers)


def layout_of(
    path: str | os.PathLike[str], *, encoding: str | None = None, delimiter: str | None = None
) -> list[Layout]:
    """The layout of each part of a file that holds a table (sheet, archive member), hidden sheets left out.

    A sheet that holds none (a cover, an empty sheet) is left out where another does, and named in that one's notes.

    Raises:
        InputError: the file cannot be read.
    """
    found = [
        recognise(((row.number, row.cells) for row in rows_of(part, SAMPLE)), name=part.sheet).named(part.name)
        for part in parts(path, encoding=encoding, delimiter=delimiter)
        if part.tabular and not part.hidden
    ]
    tables = [layout for layout in found if layout.kind != "unknown"]
    if not tables or len(tables) == len(found):
        return found
    others = ", ".join(repr(show(layout.name or "")) for layout in found if layout.kind == "unknown")
    return [replace(layout, notes=(*layout.notes, f"no table of shipments is in: {others}")) for layout in tables]


def _layout(
    sheet: Sheet,
    heads: Sequence[Heading],
    profiles: Sequence[Profile],
    found: Sequence[Candidate],
    ruled_out: Sequence[RuledOut],
    moved: Sense,
    money: Money,
    chosen: dict[str, Candidate],
    reach: Sequence[Candidate],
    name: str | None,
) -> Layout:
    names = unique_header(sheet.headers)
    columns = {
        canonical: _mapped(canonical, candidate.index, candidate.score, names, heads, profiles)
        for canonical, candidate in chosen.items()
    }
    for canonical, choice in (("value", money.value), ("value_usd", money.value_usd)):
        if choice:
            amount, confidence = choice
            mapped = _mapped(canonical, amount.index, confidence, names, heads, profiles)
            stated = money.fixed_currency if canonical == "value" else "USD"
            columns[canonical] = replace(mapped, currency=stated, scale=float(amount.scale))
    if money.currency:
        held = money.currency
        columns["currency"] = _mapped("currency", held.index, held.score, names, heads, profiles)
    for canonical, more in {**addresses(columns, found, moved.direction), **dates(columns, heads, profiles)}.items():
        columns[canonical] = replace(columns[canonical], more=tuple((names[index], index) for index in more))
    fixed = {"currency": money.fixed_currency} if money.fixed_currency else {}
    fixed |= _stated_unit(columns, heads)
    fixed |= {canonical: value for form, canonical, value in table("format_facts") if _is_format(heads, form) and canonical not in columns}  # fmt: skip
    reached = contacts(reach, columns, moved.direction, names)
    fixed |= _own_country(columns, heads, moved.direction)
    used = {place for mapped in (*columns.values(), *reached.values()) for place in _places(mapped)}
    ordered = dict(sorted(columns.items(), key=lambda item: item[1].index))
    layout = Layout(
        kind=kind_of(ordered, heads, sided=any(c.canonical in _SIDED and c.score >= LEAST for c in found)),
        header_row=sheet.header_row,
        data_row=sheet.data_row,
        header=names,
        columns=ordered,
        unmapped=tuple(names[index] for index, text in enumerate(sheet.headers) if text and index not in used),
        direction=moved.direction,
        fixed=fixed,
        contacts=reached,
        notes=(),
        name=name,
    )
    if layout.kind != "shipments":
        layout = replace(layout, direction="unknown")
    ruled_out = [r for r in ruled_out if r.canonical not in columns or r.index not in _places(columns[r.canonical])]
    notes, unclear = explain(layout, sheet, heads, profiles, found, ruled_out, moved, money)
    return replace(layout, notes=notes, unclear=unclear)


def _places(mapped: Mapped) -> tuple[int, ...]:
    """The columns that a canonical column is read from."""
    return (mapped.index, *(index for _, index in mapped.more))


def _mapped(
    canonical: str,
    index: int,
    confidence: float,
    names: Sequence[str],
    heads: Sequence[Heading],
    profiles: Sequence[Profile],
) -> Mapped:
    unit = None
    if canonical in {"net_kg", "gross_kg"}:
        unit = unit_of(heads[index].concepts)
    amount = canonical in {"net_kg", "gross_kg", "quantity", "value", "value_usd"}
    return Mapped(
        source=names[index],
        index=index,
        confidence=round(min(confidence, 0.99), 2),
        unit=unit,
        zero_unknown=amount and profiles[index].zeros > 0,
        holds_id=canonical.endswith("_name") and profiles[index].leading_ids > 0.005,
    )


def _stated_unit(columns: dict[str, Mapped], heads: Sequence[Heading]) -> dict[str, str]:
    """The unit of the quantity where only its header says it: `QTY_IN_KG`."""
    quantity = columns.get("quantity")
    if quantity is None or "quantity_unit" in columns:
        return {}
    said = heads[quantity.index].concepts
    return {"quantity_unit": "kg"} if "KG" in said else {"quantity_unit": "t"} if "TONNE" in said else {}


def _own_country(columns: Mapping[str, Mapped], heads: Sequence[Heading], direction: str) -> dict[str, str]:
    """Where the goods of a customs service's own file leave or arrive, where a word of its headers tells whose file it is."""
    canonical = {"export": "dispatch_country", "import": "destination_country"}.get(direction)
    if canonical is None or canonical in columns:
        return {}
    said = [f" {fold(head.text)} " for head in heads]
    found = {code for word, code in table("customs_words") if any(f" {fold(word)} " in text for text in said)}
    return {canonical: found.pop()} if len(found) == 1 else {}


def _is_format(heads: Sequence[Heading], name: str) -> bool:
    return sum(head.format == name for head in heads) >= 3
