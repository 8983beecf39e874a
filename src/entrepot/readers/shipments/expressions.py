"""Builds the SELECT that turns the text of a customs file into canonical columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from entrepot.engine.sql import quote
from entrepot.model.hs import IN_FORCE
from entrepot.model.places import country
from entrepot.model.places.ports import place
from entrepot.model.schema import Type
from entrepot.model.tables.shipments import SHIPMENTS
from entrepot.readers.shipments.addresses import country_sql
from entrepot.readers.shipments.columns import Columns, SourceColumn
from entrepot.readers.values import (
    clean,
    currency,
    date_precision_sql,
    date_sql,
    hs_sql,
    incoterm,
    infer_date_style,
    infer_hs_style,
    infer_number_style,
    kilograms_per,
    null_sql,
    number_sql,
    quantity_unit,
    transport_mode,
)

Sample = Sequence[Sequence[str | None]]
"""Rows from the start of the file, as read."""

SIDES = ("shipper", "consignee")
COUNTRIES = ("shipper_country", "consignee_country", "origin_country", "dispatch_country", "destination_country")
NUMBERS = ("quantity", "net_kg", "gross_kg", "value", "value_usd")
PORTS = ("port_of_loading", "port_of_discharge")
DIRECTIONS = {
    "import": "import", "imp": "import", "i": "import", "im": "import", "импорт": "import", "им": "import", "ithalat": "import",
    "importacion": "import", "importação": "import", "进口": "import", "1": "import",
    "export": "export", "exp": "export", "e": "export", "ex": "export", "экспорт": "export", "эк": "export", "ihracat": "export",
    "exportacion": "export", "exportação": "export", "出口": "export", "2": "export",
    "transit": "transit", "транзит": "transit", "тт": "transit", "transito": "transit",
}  # fmt: skip
"""What customs files write for the direction; the codes ИМ, ЭК and ТТ are those of Eurasian Economic Union declarations."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A canonical column that takes its values from a table of the texts that occur.

    Attributes:
        recognise: text to canonical value, None where it is not recognised.
        keep: True where an unrecognised text is kept as it is; False where it becomes NULL and a problem.
        problem: code of the problem.
    """

    recognise: Callable[[str], str | None]
    keep: bool
    problem: str


@dataclass(slots=True)
class Selection:
    """The expressions of one file.

    Attributes:
        expressions: canonical column to SQL over the text columns `c0`, `c1`, ....
        derived: canonical column to SQL over the canonical columns of `expressions`.
        lookups: canonical columns read by a lookup, with the texts recognised so far.
        repeating: canonical columns that hold the text of one cell, or NULL where that is empty, with its position.
        parsed: canonical columns that are NULL where their text cannot be read, with the code of the problem.
        notes: what the columns' texts gave reason to say.
    """

    expressions: dict[str, str] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    lookups: dict[str, tuple[int, Lookup, dict[str, str]]] = field(default_factory=dict)
    parsed: dict[str, tuple[int, str]] = field(default_factory=dict)
    repeating: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def repeats(self, width: int) -> tuple[str, ...]:
        """For each cell of a row the canonical column that may hold its text in its place, '' where none or several read it."""
        read = [index for _, index, _ in self.checks()] + list(self.repeating.values())
        by_index = {
            index: canonical
            for canonical, index in self.repeating.items()
            if read.count(index) == 1 + (canonical in self.parsed)
        }
        return tuple(by_index.get(at, "") for at in range(width))

    def checks(self) -> list[tuple[str, int, str]]:
        """Canonical columns that are NULL where their cell cannot be read: column, position of the cell, problem."""
        looked = [(c, index, how.problem) for c, (index, how, _) in self.lookups.items() if not how.keep]
        return [(c, index, code) for c, (index, code) in self.parsed.items()] + looked


def lookup_for(canonical: str) -> Lookup | None:
    """How a canonical column is looked up, None where it is not."""
    if canonical in COUNTRIES:
        return Lookup(country, False, "unknown_country")
    if canonical in PORTS:
        return Lookup(_locode, True, "unknown_place")
    return {
        "transit_countries": Lookup(_countries, False, "unknown_country"),
        "transport_mode": Lookup(transport_mode, False, "unknown_transport_mode"),
        "currency": Lookup(currency, False, "unknown_currency"),
        "incoterm": Lookup(incoterm, False, "unknown_incoterm"),
        "quantity_unit": Lookup(quantity_unit, True, "unknown_unit"),
        "direction": Lookup(_direction, False, "unknown_direction"),
    }.get(canonical)


def select(
    columns: Columns, sample: Sample, known: Mapping[str, Mapping[str, str]], *, padded: bool = True
) -> Selection:
    """Expressions for every mapped column, styles inferred from the sample.

    Args:
        known: texts already recognised by lookups beyond the sample, by canonical column.
        padded: False where no cell of the file begins or ends with white space.
    """
    chosen = Selection()
    for canonical, source in columns.mapped.items():
        texts = [_joined(row, source) for row in sample]
        cell = f"c{source.index}"
        if source.more:
            cell = f"concat_ws(', ', {', '.join(null_sql(f'c{at}') for at in (source.index, *source.more))})"
        lookup = lookup_for(canonical)
        if lookup is not None:
            found = dict(recognised(lookup, texts))
            found.update(known.get(canonical, {}))
            chosen.lookups[canonical] = (source.index, lookup, found)
            mapped = f"lookup_{canonical}(c{source.index})"
            kept = f"COALESCE({mapped}, {null_sql(cell, padded=padded)})"
            chosen.expressions[canonical] = kept if lookup.keep else mapped
        elif canonical in NUMBERS:
            chosen.expressions[canonical] = _number(chosen, canonical, source, texts)
        elif canonical == "date":
            style = infer_date_style(texts)
            chosen.notes += [f"{columns.header[source.index]}: {note}" for note in style.notes]
            chosen.expressions["date"] = date_sql(cell, style)
            chosen.expressions["date_precision"] = date_precision_sql(cell, style)
            chosen.parsed["date"] = (source.index, "bad_date")
        elif canonical in ("hs_code", "hs6"):
            hs = infer_hs_style(texts)
            chosen.notes += [f"{columns.header[source.index]}: {note}" for note in hs.notes]
            chosen.expressions[canonical] = hs_sql(cell, hs)
            chosen.parsed[canonical] = (source.index, "bad_hs_code")
            chosen.repeating[canonical] = source.index
        else:
            chosen.expressions[canonical] = null_sql(cell, padded=padded)
            if not source.more and SHIPMENTS.column(canonical).type is Type.TEXT:
                chosen.repeating[canonical] = source.index
            if canonical == "goods_text" and any(text and not text.isascii() for text in texts):
                chosen.expressions["goods_language"] = _language(cell)
    for canonical, value in columns.fixed.items():
        chosen.expressions.setdefault(canonical, quote(value))
    _derive(chosen, columns)
    for side in SIDES:
        if f"{side}_address" in chosen.expressions and f"{side}_country" not in chosen.expressions:
            chosen.derived[f"{side}_country"] = country_sql(f"{side}_address")
    return chosen


def recognised(lookup: Lookup, texts: Iterable[str | None]) -> dict[str, str]:
    """The texts that a lookup recognises, as they stand in the file."""
    found = {}
    for text in set(texts):
        cleaned = clean(text)
        if text is not None and cleaned is not None and (value := lookup.recognise(cleaned)) is not None:
            found[text] = value
    return found


def _joined(row: Sequence[str | None], source: SourceColumn) -> str | None:
    """The cell, with the cells that belong to it."""
    cells = [row[at] if at < len(row) else None for at in (source.index, *source.more)]
    return cells[0] if not source.more else ", ".join(cell for cell in cells if cell) or None


def _number(chosen: Selection, canonical: str, source: SourceColumn, texts: Sequence[str | None]) -> str:
    style = infer_number_style(texts, negative=False)
    chosen.notes += list(style.notes)
    chosen.parsed[canonical] = (source.index, "bad_number")
    expression = number_sql(f"c{source.index}", style)
    factor = 1.0
    if canonical.endswith("_kg"):
        factor = kilograms_per(source.unit or (style.affixes[0] if len(style.affixes) == 1 else None)) or 1.0
    factor *= source.scale
    if factor != 1.0:
        expression = f"({expression}) * {factor!r}"
    return f"NULLIF({expression}, 0)"


def _derive(chosen: Selection, columns: Columns) -> None:
    """Canonical columns that follow from others, over the columns made so far."""
    made, derived = chosen.expressions, chosen.derived
    if "hs_code" in made:
        if "hs6" not in made:
            derived["hs6"] = "CASE WHEN strlen(hs_code) >= 6 THEN left(hs_code, 6) END"
        if "date" in made:
            cases = " ".join(
                f"WHEN date >= DATE '{first.isoformat()}' THEN '{edition}'" for first, edition in reversed(IN_FORCE)
            )
            derived["hs_edition"] = f"CASE WHEN hs_code IS NULL THEN NULL {cases} END"
    money = made.get("currency") and "currency"
    stated = columns.mapped["value"].currency if "value" in columns.mapped else None
    if stated is not None and money is None:
        derived["currency"] = f"CASE WHEN value IS NOT NULL THEN '{stated}' END"
        if stated == "USD" and "value_usd" not in made:
            derived["value_usd"] = "value"
    elif money is not None and "value" in made and "value_usd" not in made:
        derived["value_usd"] = "CASE WHEN currency = 'USD' THEN value END"
    if "value" not in made and "value_usd" in made:
        derived["value"] = "value_usd"
        derived["currency"] = "CASE WHEN value_usd IS NOT NULL THEN 'USD' END"
    if "direction" not in made and columns.direction is not None:
        derived["direction"] = f"'{columns.direction}'"


def _language(cell: str) -> str:
    """ISO 639-1 by script, where the script tells; Cyrillic without Ukrainian letters is taken as Russian."""

    def has(letters: str) -> str:
        return f"regexp_matches({cell}, '[{letters}]')"

    kana, hangul, han = "\\x{3040}-\\x{30ff}", "\\x{ac00}-\\x{d7af}", "\\x{4e00}-\\x{9fff}"
    ukrainian = "іїєґІЇЄҐ"
    cyrillic, arabic = "\\x{400}-\\x{4ff}", "\\x{600}-\\x{6ff}"
    return (
        f"CASE WHEN strlen({cell}) = length({cell}) THEN NULL "
        # one look for the East and Ukraine keeps a Russian text from being searched three times
        f"WHEN {has(kana + hangul + han + ukrainian)} THEN CASE WHEN {has(kana)} THEN 'ja' WHEN {has(hangul)} THEN 'ko' "
        f"WHEN {has(han)} THEN 'zh' ELSE 'uk' END "
        f"WHEN {has(cyrillic)} THEN 'ru' "
        f"WHEN {has(arabic)} THEN 'ar' "
        f"WHEN {has('ğışĞİŞ')} THEN 'tr' END"
    )


def _locode(text: str) -> str | None:
    found = place(text)
    return None if found is None else found.locode


def _countries(text: str) -> str | None:
    whole = country(text)
    if whole is not None:
        return whole
    codes = [country(part.strip()) for part in text.replace("/", ";").replace(",", ";").split(";") if part.strip()]
    return ";".join(code for code in codes if code) if codes and all(codes) else None


def _direction(text: str) -> str | None:
    words = text.casefold().split()
    return DIRECTIONS.get(text.casefold()) or (DIRECTIONS.get(words[0]) if words else None)
