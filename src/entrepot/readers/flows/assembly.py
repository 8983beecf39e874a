"""Turns a text table and its layout into the canonical `flows`, by one query over the rows and look-ups of distinct texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from entrepot.model.hs import IN_FORCE, TOTAL, edition_named
from entrepot.model.tables.shipments import FLOWS
from entrepot.readers.flows.aggregates import mark_aggregates
from entrepot.readers.flows.codes import direction_of, mode_of, partner_of, procedure_of, product_of
from entrepot.readers.flows.layouts import Layout
from entrepot.readers.flows.periods import period_of
from entrepot.readers.values import clean, infer_number_style, is_null, read_number
from entrepot.readers.values.nulls import quoted

_SEPARATOR = "\x1f"
_SAMPLES = 20_000
"""Distinct texts of a column looked at to tell how it writes numbers."""

_NUMBERS = ("cif", "fob", "net_kg", "net_100kg", "net_tonnes", "quantity")
"""Roles that hold figures."""

_TEXTS = ("quantity_unit", "currency", "indicator", "partner2")
"""Roles whose text is used as it is."""

_KG_PER_TONNE = 1000
_KG_PER_100KG = 100

REASONS = {
    "unknown_reporter": "the reporting country was not recognised; write it as ISO code or name",
    "unknown_direction": "the direction was not recognised; write import, export, re-export or re-import",
    "part_of_flow": "the row is a share of another published flow (for example domestic exports) and would count twice",
    "unknown_period": "the period was not recognised; write 2022, 2022-06 or 202206",
    "not_hs": "the code is neither an HS code nor TOTAL",
    "no_figures": "the row states no figure (a heading, a footnote, or only signs for no value)",
}
"""Reasons for which a row is rejected, most telling first."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """`flows` as declared; per rejected row number and reason; partner texts not recognised with their rows; counts of
    values that were no numbers, by column."""

    flows: pa.Table
    rejected: tuple[tuple[int, str], ...]
    unknown_partners: tuple[tuple[str, int], ...]
    bad_numbers: tuple[tuple[str, str, str, int, int], ...]
    zero_weights: int


def assemble(table: pa.Table, layout: Layout, source_id: str) -> Assembled:
    """All flows of the rows of `table` (see text_table), in row order."""
    with duckdb.connect() as con:
        con.execute("SET preserve_insertion_order = TRUE")
        con.register("raw", table)
        build = _Build(con, layout, source_id)
        build.clean()
        build.lookups()
        build.measures()
        build.figures()
        mark_aggregates(con)
        flows = con.sql(_FLOWS).to_arrow_table().cast(FLOWS.arrow)
        rejected = tuple((int(n), str(r)) for n, r in con.execute(_REJECTED).fetchall())
        unknown = tuple((str(t), int(n)) for t, n in con.execute(_UNKNOWN).fetchall())
        zero = int((con.execute(_ZERO_WEIGHTS).fetchone() or (0,))[0])
        return Assembled(flows, rejected, unknown, build.bad_numbers(), zero)


_FLOWS = f"""
SELECT {", ".join(f"figures.{name}" for name in FLOWS.column_names)}
FROM figures
WHERE figures.reason IS NULL
ORDER BY figures.row_number, figures.measure
"""

_REJECTED = """
SELECT
  figures.row_number,
  arg_min(figures.reason, figures.measure)
FROM figures
GROUP BY figures.row_number
HAVING COUNT(*) = COUNT(figures.reason)
ORDER BY figures.row_number
"""

_UNKNOWN = """
SELECT
  COALESCE(figures.partner_text, ''),
  COUNT(DISTINCT figures.row_number)
FROM figures
WHERE figures.reason IS NULL
  AND NOT figures.partner_known
GROUP BY ALL
ORDER BY 2 DESC, 1
"""

_ZERO_WEIGHTS = """
SELECT COUNT(*)
FROM figures
WHERE figures.reason IS NULL
  AND figures.zero_weight
"""


class _Build:
    """Writes the queries for one layout."""

    def __init__(self, con: duckdb.DuckDBPyConnection, layout: Layout, source_id: str) -> None:
        self.con = con
        self.layout = layout
        self.source_id = source_id

    def clean(self) -> None:
        """The table `cleaned`: the columns of `raw`, the original row, and per column of figures its number `n<n>`."""
        roles = self.layout.roles
        figures = {m.column for m in self.layout.measures} | {i for r in _NUMBERS for i in roles.get(r, ())[:1]}
        numbers, joins = [], []
        for at in sorted(figures):
            plain = f"CASE WHEN isfinite(TRY_CAST(raw.c{at} AS DOUBLE)) THEN TRY_CAST(raw.c{at} AS DOUBLE) END"
            style = infer_number_style(self._sample(at))
            # with a decimal comma, `1.234` is a thousand and more: every text must then be read by the column's style
            fast = style.decimal == "." and not style.ambiguous
            condition = f"{plain} IS NULL" if fast else "TRUE"
            texts = self._texts(f"SELECT DISTINCT raw.c{at} FROM raw WHERE raw.c{at} IS NOT NULL AND {condition}")
            values = [read_number(text, style).value for text in texts]
            self._table(f"numbers{at}", texts, [values], [pa.float64()])
            numbers.append((f"COALESCE({plain}, numbers{at}.v0)" if fast else f"numbers{at}.v0") + f" AS n{at}")
            joins.append(f"LEFT JOIN numbers{at}\n  ON numbers{at}.key = raw.c{at}")
        self.con.execute(
            f"CREATE TEMP TABLE cleaned AS SELECT raw.*, json_object({self._original()}) AS original, "
            f"{', '.join(numbers)} FROM raw " + "\n".join(joins)
        )

    def lookups(self) -> None:
        """One small table per role from its distinct texts to what they mean."""
        roles = self.layout.roles
        self._lookup("reporters", roles.get("reporter", ()), lambda t: partner_of(t)[:1])
        self._lookup("partners", roles.get("partner", ()), lambda t: (*partner_of(t), ""))
        self._lookup("directions", roles.get("direction", ())[:1], lambda t: (_first(t, direction_of),))
        self._lookup("modes", roles.get("mode", ())[:1], lambda t: (_first(t, mode_of),))
        self._lookup("procedures", roles.get("procedure", ())[:1], lambda t: (_first(t, procedure_of),))
        self._lookup("editions", roles.get("edition", ())[:1], lambda t: (_first(t, edition_named),))
        product = roles.get("product", ())[:1]
        pad = any(
            t[0] is not None and t[0].strip().isdigit() and len(t[0].strip()) in (1, 3, 5, 7, 9)
            for t in self._distinct(product)
        )
        self._lookup("products", product, lambda t: (product_of(t[0], pad=pad),))
        for role in _TEXTS:
            self._lookup(f"{role}_texts", roles.get(role, ())[:1], lambda t: (t[0],))
        self._lookup("partner_texts", self._partner_names(), lambda t: (next((x for x in t if x), None),))
        columns = self._period_columns()
        self._lookup("periods", columns, lambda t: _period_row(period_of(*self._period_texts(t))))

    def measures(self) -> None:
        """The table `cells`: one figure per row and measure, with what the measure's header says of it."""
        parts = []
        for at, m in enumerate(self.layout.measures):
            factor = m.factor or self.layout.factor
            number = self._as_number(m.column) if factor == 1 else f"{self._as_number(m.column)} * {factor!r}"
            if "indicator" in self.layout.roles:
                number = f"CASE WHEN cleaned.c{self.layout.roles['indicator'][0]} ILIKE '%VALUE%' THEN {number} END"
            first, last, precision = m.period or (None, None, None)
            parts.append(
                f"SELECT cleaned.row_number, {at} AS measure, {number} AS value, {_text(m.suffix)} AS suffix, "
                f"{_text(m.direction)} AS direction, {_text(m.partner_role)} AS partner_role, "
                f"{_day(first)} AS period_from, {_day(last)} AS period_to, {_text(precision)} AS period_precision, "
                f"{_text(m.currency or self.layout.currency)} AS currency, {_text(m.valuation)} AS valuation FROM cleaned"
            )
        self.con.execute("CREATE TEMP TABLE cells AS " + "\nUNION ALL\n".join(parts))

    def figures(self) -> None:
        """The table `figures`: the columns of `flows`, those that tell totals from details, and `reason`, which is
        NULL where the figure can be used."""
        roles = self.layout.roles
        several = len(self.layout.measures) > 1
        looked_up = {
            "reporter": _text(self.layout.reporter) if self.layout.reporter else "reporters.v0",
            "direction": "COALESCE(cells.direction, directions.v0)" if "direction" in roles else "cells.direction",
            "product": "products.v0" if "product" in roles else _text(TOTAL),
            "period_from": "COALESCE(cells.period_from, periods.v0)" if self._period_columns() else "cells.period_from",
            "period_to": "COALESCE(cells.period_to, periods.v1)" if self._period_columns() else "cells.period_to",
            "precision": "COALESCE(cells.period_precision, periods.v2)"
            if self._period_columns()
            else "cells.period_precision",
            "edition": "editions.v0" if "edition" in roles else "CAST(NULL AS VARCHAR)",
            "mode": "modes.v0" if "mode" in roles else "CAST(NULL AS VARCHAR)",
            "procedure": "procedures.v0" if "procedure" in roles else "CAST('all' AS VARCHAR)",
            "currency": f"COALESCE(cells.currency, {self._cell('currency')})",
            "kg": self._kilograms(),
            "quantity": self._number("quantity"),
            "cif": self._number("cif"),
            "fob": self._number("fob"),
            "unit": self._cell("quantity_unit"),
            "partner_text": self._partner_text(),
            "second_partner": self._second_partner(),
        }
        published = "TRUE" if self.layout.publisher != "national" else "FALSE"
        self.con.execute(
            f"""
CREATE TEMP TABLE figures AS
WITH read AS (
  SELECT
    cleaned.row_number AS row_number,
    cleaned.original AS original,
    cells.measure AS measure,
    cells.value AS value,
    cells.suffix AS suffix,
    cells.partner_role AS partner_role,
    cells.valuation AS valuation,
    partners.v0 AS partner,
    COALESCE(partners.v1, FALSE) AS partner_known,
    {", ".join(f"{expression} AS {name}" for name, expression in looked_up.items())}
  FROM cells
  INNER JOIN cleaned
    ON cleaned.row_number = cells.row_number
  {self._joins()}
)
SELECT
  {_text(self.source_id)} || ':' || CAST(read.row_number AS VARCHAR){" || ':' || read.suffix" if several else ""} AS flow_id,
  {_text(self.source_id)} AS source_id,
  read.row_number AS row_number,
  read.measure AS measure,
  read.reporter AS reporter,
  read.partner AS partner,
  read.partner_known AS partner_known,
  read.partner_text AS partner_text,
  read.direction AS direction,
  COALESCE(read.partner_role, CASE WHEN read.direction IN ('export', 're-export') THEN 'destination' END) AS partner_role,
  read.product AS hs_code,
  CASE WHEN read.product <> '{TOTAL}' THEN COALESCE(read.edition, {_edition_by_date()}) END AS hs_edition,
  read.period_from AS period_from,
  read.period_to AS period_to,
  read.precision AS period_precision,
  read.value AS value,
  read.currency AS currency,
  CASE WHEN read.currency = 'USD' THEN read.value END AS value_usd,
  CASE
    WHEN read.valuation IS NOT NULL THEN read.valuation
    WHEN read.cif = read.value AND read.fob IS DISTINCT FROM read.value THEN 'CIF'
    WHEN read.fob = read.value AND read.cif IS DISTINCT FROM read.value THEN 'FOB'
    WHEN {published} AND read.direction IN ('import', 're-import') THEN 'CIF'
    WHEN {published} THEN 'FOB'
  END AS valuation,
  NULLIF(read.kg, 0) AS net_kg,
  COALESCE(read.kg = 0 AND read.value > 0, FALSE) AS zero_weight,
  NULLIF(read.quantity, 0) AS quantity,
  read.unit AS quantity_unit,
  NULLIF(read.mode, 'all') AS transport_mode,
  read.procedure AS procedure,
  read.second_partner AS second_partner,
  0 AS aggregate,
  read.original AS original,
  CASE
    WHEN read.reporter IS NULL THEN 'unknown_reporter'
    WHEN read.direction IS NULL THEN 'unknown_direction'
    WHEN read.direction LIKE 'part of %' THEN 'part_of_flow'
    WHEN read.period_from IS NULL THEN 'unknown_period'
    WHEN read.product IS NULL THEN 'not_hs'
    WHEN read.value IS NULL AND ({"TRUE" if several else "read.kg IS NULL AND read.quantity IS NULL"}) THEN 'no_figures'
  END AS reason
FROM read"""
        )

    def bad_numbers(self) -> tuple[tuple[str, str, str, int, int], ...]:
        """Texts that are no numbers: field, column, text, first row, how many rows."""
        found: list[tuple[str, str, str, int, int]] = []
        columns = [("value", m.column) for m in self.layout.measures]
        for role, field in (
            ("net_kg", "net_kg"),
            ("net_100kg", "net_kg"),
            ("net_tonnes", "net_kg"),
            ("quantity", "quantity"),
        ):
            columns += [(field, at) for at in self.layout.roles.get(role, ())[:1]]
        for field, at in columns:
            rows = self.con.execute(
                f"""
SELECT cleaned.c{at}, MIN(cleaned.row_number), COUNT(*)
FROM cleaned
WHERE cleaned.c{at} IS NOT NULL
  AND cleaned.n{at} IS NULL
  AND cleaned.row_number IN (SELECT figures.row_number FROM figures WHERE figures.reason IS NULL)
GROUP BY ALL
ORDER BY 2, 1"""
            ).fetchall()
            named = self.layout.names[at]
            found += [(field, named, str(t), int(first), int(n)) for t, first, n in rows if not is_null(str(t))]
        return tuple(found)

    def _lookup(
        self, name: str, columns: Sequence[int], meaning: Callable[[tuple[str | None, ...]], tuple[object, ...]]
    ) -> None:
        if not columns:
            return
        texts = self._distinct(columns)
        rows = [meaning(tuple(clean(t) for t in text)) for text in texts]
        values = [[row[at] for row in rows] for at in range(max((len(row) for row in rows), default=3))]
        self._table(name, [_SEPARATOR.join(t or "" for t in text) for text in texts], values)

    def _table(
        self, name: str, keys: Sequence[str], values: Sequence[Sequence[object]], types: Sequence[pa.DataType] = ()
    ) -> None:
        arrays = {"key": pa.array(keys, pa.string())}
        for at, column in enumerate(values):
            kind = types[at] if types else None if any(v is not None for v in column) else pa.string()
            arrays[f"v{at}"] = pa.array(column, kind)
        self.con.register(f"{name}_arrow", pa.table(arrays))
        self.con.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {name}_arrow")

    def _texts(self, query: str) -> list[str]:
        return [str(row[0]) for row in self.con.execute(query).fetchall()]

    def _sample(self, at: int) -> list[str]:
        return self._texts(f"SELECT DISTINCT raw.c{at} FROM raw WHERE raw.c{at} IS NOT NULL LIMIT {_SAMPLES}")

    def _distinct(self, columns: Sequence[int]) -> list[tuple[str | None, ...]]:
        if not columns:
            return []
        cells = ", ".join(f"raw.c{at}" for at in columns)
        return [tuple(row) for row in self.con.execute(f"SELECT DISTINCT {cells} FROM raw").fetchall()]

    def _joins(self) -> str:
        roles = self.layout.roles
        joined = [
            ("reporters", roles.get("reporter", ())),
            ("partners", roles.get("partner", ())),
            ("directions", roles.get("direction", ())[:1]),
            ("modes", roles.get("mode", ())[:1]),
            ("procedures", roles.get("procedure", ())[:1]),
            ("editions", roles.get("edition", ())[:1]),
            ("products", roles.get("product", ())[:1]),
            ("periods", self._period_columns()),
            ("partner_texts", self._partner_names()),
            *((f"{role}_texts", roles.get(role, ())[:1]) for role in _TEXTS),
        ]
        lines = []
        for name, columns in joined:
            if columns:
                key = f" || {quoted(_SEPARATOR)} || ".join(f"COALESCE(cleaned.c{at}, '')" for at in columns)
                lines.append(f"LEFT JOIN {name}\n  ON {name}.key = {key}")
        return "\n".join(lines)

    def _partner_names(self) -> tuple[int, ...]:
        roles = self.layout.roles
        return (*roles.get("partner_name", ()), *roles.get("partner", ()))

    def _period_columns(self) -> tuple[int, ...]:
        roles = self.layout.roles
        if "year" in roles:
            return (roles["year"][0], *roles.get("month", ())[:1])
        return roles.get("period", ())[:1]

    def _period_texts(self, texts: tuple[str | None, ...]) -> tuple[str | None, str | None, str | None]:
        if "year" in self.layout.roles:
            return None, texts[0], texts[1] if len(texts) > 1 else None
        return texts[0], None, None

    def _kilograms(self) -> str:
        roles = self.layout.roles
        if "indicator" in roles:
            at = self.layout.measures[0].column
            return f"CASE WHEN {self._cell('indicator')} ILIKE '%100%KG%' THEN {self._as_number(at)} * {_KG_PER_100KG} WHEN {self._cell('indicator')} ILIKE '%KG%' THEN {self._as_number(at)} END"
        for role, factor in (("net_kg", 1), ("net_100kg", _KG_PER_100KG), ("net_tonnes", _KG_PER_TONNE)):
            if role in roles:
                return f"({self._number(role)} * {factor})"
        return "CAST(NULL AS DOUBLE)"

    def _number(self, role: str) -> str:
        columns = self.layout.roles.get(role, ())
        return self._as_number(columns[0]) if columns else "CAST(NULL AS DOUBLE)"

    def _as_number(self, at: int) -> str:
        return f"cleaned.n{at}"

    def _cell(self, role: str) -> str:
        """The text of a column, NULL where it stands for no value, through the look-up of its role."""
        return f"{role}_texts.v0" if role in self.layout.roles else "CAST(NULL AS VARCHAR)"

    def _partner_text(self) -> str:
        return "partner_texts.v0"

    def _second_partner(self) -> str:
        """Whether the row breaks its partner down by a second one: Comtrade's partner2 (0, W00 and WLD stand for all)."""
        cell = self._cell("partner2")
        return f"CASE WHEN {cell} IS NULL OR upper({cell}) IN ('0', 'W00', 'WLD') THEN 'all' ELSE {cell} END"

    def _original(self) -> str:
        return ", ".join(f"{quoted(name)}, raw.c{at}" for at, name in enumerate(self.layout.names))


def _first(texts: tuple[str | None, ...], meaning: Callable[[str], str | None]) -> str | None:
    return None if texts[0] is None else meaning(texts[0])


def _period_row(period: tuple[object, object, str] | None) -> tuple[object, ...]:
    return period or (None, None, None)


def _text(value: str | None) -> str:
    return "CAST(NULL AS VARCHAR)" if value is None else f"CAST({quoted(value)} AS VARCHAR)"


def _day(value: date | None) -> str:
    return "CAST(NULL AS DATE)" if value is None else f"DATE '{value}'"


def _edition_by_date() -> str:
    """The edition in force on the first day of the period."""
    cases = " ".join(f"WHEN read.period_from >= DATE '{day}' THEN '{edition}'" for day, edition in reversed(IN_FORCE))
    return f"CASE {cases} END"
