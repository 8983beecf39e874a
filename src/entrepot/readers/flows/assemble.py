"""Turns a text table and its layout into the canonical `flows`, by one query over the rows and look-ups of distinct texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from entrepot.model.hs import TOTAL, edition_named, edition_on
from entrepot.model.tables.shipments import FLOWS
from entrepot.readers.flows.aggregates import mark_aggregates
from entrepot.readers.flows.codes import direction_of, mode_of, partner_of, procedure_of, product_of
from entrepot.readers.flows.layout import Layout, Measure
from entrepot.readers.flows.periods import period_of
from entrepot.readers.values import infer_number_style, number_sql
from entrepot.readers.values.nulls import null_sql, quoted

_SEPARATOR = "\x1f"
_SAMPLES = 20_000
"""Distinct texts of a column looked at to tell how it writes numbers."""

_NUMBERS = ("cif", "fob", "net_kg", "net_100kg", "net_tonnes", "quantity")
"""Roles that hold figures."""

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
        con.execute("CREATE TEMP TABLE figures AS " + "\nUNION ALL\n".join(build.figures(m) for m in layout.measures))
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
        """The table `cleaned`: per column with a role `t<n>` (text, NULL for no value), per column of figures `n<n>`."""
        roles = self.layout.roles
        figures = {m.column for m in self.layout.measures} | {i for r in _NUMBERS for i in roles.get(r, ())[:1]}
        texts = {i for columns in roles.values() for i in columns} | figures
        cells = [f"{null_sql(f'raw.c{at}')} AS t{at}" for at in sorted(texts)]
        cells += [f"{self._reading(at)} AS n{at}" for at in sorted(figures)]
        self.con.execute(
            f"CREATE TEMP TABLE cleaned AS SELECT raw.row_number, json_object({self._original()}) AS original, "
            f"{', '.join(cells)} FROM raw"
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
        columns = self._period_columns()
        self._lookup("periods", columns, lambda t: _period_row(period_of(*self._period_texts(t))))

    def figures(self, measure: Measure) -> str:
        """One figure per row of the part for one column of values, with the reason where it cannot be used."""
        at = self.layout.measures.index(measure)
        roles = self.layout.roles
        value = self._value(measure)
        direction = quoted(measure.direction) if measure.direction else "directions.v0"
        start, end, precision = self._period(measure)
        reporter = quoted(self.layout.reporter) if self.layout.reporter else "reporters.v0"
        product = "products.v0" if "product" in roles else quoted(TOTAL)
        kg = self._kilograms()
        currency = quoted(measure.currency or self.layout.currency or "") if "currency" not in roles else self._cell("currency")
        currency = f"NULLIF({currency}, '')"
        quantity = self._number("quantity")
        suffix = f" || ':' || {quoted(measure.suffix)}" if len(self.layout.measures) > 1 else ""
        alone = len(self.layout.measures) == 1
        figure = value if not alone else f"COALESCE({value}, {kg}, {quantity})"
        mode = "modes.v0" if "mode" in roles else "CAST(NULL AS VARCHAR)"
        return f"""
SELECT
  {quoted(self.source_id)} || ':' || CAST(cleaned.row_number AS VARCHAR){suffix} AS flow_id,
  {quoted(self.source_id)} AS source_id,
  cleaned.row_number AS row_number,
  {at} AS measure,
  {reporter} AS reporter,
  partners.v0 AS partner,
  COALESCE(partners.v1, FALSE) AS partner_known,
  {self._partner_text()} AS partner_text,
  {direction} AS direction,
  {quoted(measure.partner_role) if measure.partner_role else _partner_role(direction)} AS partner_role,
  {product} AS hs_code,
  CASE WHEN {product} = '{TOTAL}' THEN NULL ELSE {self._edition(start)} END AS hs_edition,
  {start} AS period_from,
  {end} AS period_to,
  {precision} AS period_precision,
  {value} AS value,
  {currency} AS currency,
  CASE WHEN {currency} = 'USD' THEN {value} END AS value_usd,
  {self._valuation(measure, direction)} AS valuation,
  NULLIF({kg}, 0) AS net_kg,
  {kg} = 0 AND {value} > 0 AS zero_weight,
  NULLIF({quantity}, 0) AS quantity,
  {self._cell("quantity_unit")} AS quantity_unit,
  NULLIF({mode}, 'all') AS transport_mode,
  {"procedures.v0" if "procedure" in roles else "CAST('all' AS VARCHAR)"} AS procedure,
  {self._second_partner()} AS second_partner,
  0 AS aggregate,
  cleaned.original AS original,
  CASE
    WHEN {reporter} IS NULL THEN 'unknown_reporter'
    WHEN {direction} IS NULL THEN 'unknown_direction'
    WHEN {direction} LIKE 'part of %' THEN 'part_of_flow'
    WHEN {start} IS NULL THEN 'unknown_period'
    WHEN {product} IS NULL THEN 'not_hs'
    WHEN {figure} IS NULL THEN 'no_figures'
  END AS reason
FROM cleaned
{self._joins()}"""

    def bad_numbers(self) -> tuple[tuple[str, str, str, int, int], ...]:
        """Texts that are no numbers: field, column, text, first row, how many rows."""
        found: list[tuple[str, str, str, int, int]] = []
        columns = [("value", m.column) for m in self.layout.measures]
        for role, field in (("net_kg", "net_kg"), ("net_100kg", "net_kg"), ("net_tonnes", "net_kg"), ("quantity", "quantity")):
            columns += [(field, at) for at in self.layout.roles.get(role, ())[:1]]
        for field, at in columns:
            rows = self.con.execute(
                f"""
SELECT cleaned.t{at}, MIN(cleaned.row_number), COUNT(*)
FROM cleaned
WHERE cleaned.t{at} IS NOT NULL
  AND cleaned.n{at} IS NULL
  AND cleaned.row_number IN (SELECT figures.row_number FROM figures WHERE figures.reason IS NULL)
GROUP BY ALL
ORDER BY 2, 1"""
            ).fetchall()
            found += [(field, self.layout.names[at], str(t), int(first), int(n)) for t, first, n in rows]
        return tuple(found)

    def _lookup(
        self, name: str, columns: Sequence[int], meaning: Callable[[tuple[str | None, ...]], tuple[object, ...]]
    ) -> None:
        if not columns:
            return
        texts = self._distinct(columns)
        rows = [meaning(text) for text in texts]
        width = len(rows[0]) if rows else 3
        arrays = {"key": pa.array([_SEPARATOR.join(t or "" for t in text) for text in texts], pa.string())}
        for at in range(width):
            values = [row[at] for row in rows]
            arrays[f"v{at}"] = pa.array(values) if any(v is not None for v in values) else pa.array(values, pa.string())
        self.con.register(f"{name}_arrow", pa.table(arrays))
        self.con.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {name}_arrow")

    def _distinct(self, columns: Sequence[int]) -> list[tuple[str | None, ...]]:
        if not columns:
            return []
        cells = ", ".join(f"cleaned.t{at}" for at in columns)
        return [tuple(row) for row in self.con.execute(f"SELECT DISTINCT {cells} FROM cleaned").fetchall()]

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
        ]
        lines = []
        for name, columns in joined:
            if columns:
                key = f" || {quoted(_SEPARATOR)} || ".join(f"COALESCE(cleaned.t{at}, '')" for at in columns)
                lines.append(f"LEFT JOIN {name}\n  ON {name}.key = {key}")
        return "\n".join(lines)

    def _period_columns(self) -> tuple[int, ...]:
        roles = self.layout.roles
        if "year" in roles:
            return (roles["year"][0], *roles.get("month", ())[:1])
        return roles.get("period", ())[:1]

    def _period_texts(self, texts: tuple[str | None, ...]) -> tuple[str | None, str | None, str | None]:
        if "year" in self.layout.roles:
            return None, texts[0], texts[1] if len(texts) > 1 else None
        return texts[0], None, None

    def _period(self, measure: Measure) -> tuple[str, str, str]:
        if measure.period is None:
            return "periods.v0", "periods.v1", "periods.v2"
        first, last, precision = measure.period
        return f"DATE '{first}'", f"DATE '{last}'", quoted(precision)

    def _edition(self, start: str) -> str:
        """As stated, else the edition in force on the first day of the period."""
        by_date = "CASE " + " ".join(
            f"WHEN {start} >= DATE '{day}' THEN '{edition}'" for day, edition in _editions_latest_first()
        ) + " END"
        return f"COALESCE(editions.v0, {by_date})" if "edition" in self.layout.roles else by_date

    def _valuation(self, measure: Measure, direction: str) -> str:
        if measure.valuation:
            return quoted(measure.valuation)
        if self.layout.publisher == "national":
            return "CAST(NULL AS VARCHAR)"
        convention = f"CASE WHEN {direction} IN ('import', 're-import') THEN 'CIF' ELSE 'FOB' END"
        cif, fob = self._number("cif"), self._number("fob")
        value = self._value(measure)
        if "cif" not in self.layout.roles or "fob" not in self.layout.roles:
            return convention
        return f"CASE WHEN {cif} = {value} AND {fob} IS DISTINCT FROM {value} THEN 'CIF' WHEN {fob} = {value} AND {cif} IS DISTINCT FROM {value} THEN 'FOB' ELSE {convention} END"

    def _value(self, measure: Measure) -> str:
        number = self._as_number(measure.column)
        factor = measure.factor or self.layout.factor
        number = number if factor == 1 else f"{number} * {factor!r}"
        return f"CASE WHEN {self._cell('indicator')} NOT ILIKE '%VALUE%' THEN NULL ELSE {number} END" if "indicator" in self.layout.roles else number

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

    def _reading(self, at: int) -> str:
        query = f"SELECT DISTINCT raw.c{at} FROM raw WHERE raw.c{at} IS NOT NULL LIMIT {_SAMPLES}"
        style = infer_number_style([row[0] for row in self.con.execute(query).fetchall()])
        return f"({number_sql(f'raw.c{at}', style)})"

    def _cell(self, role: str) -> str:
        columns = self.layout.roles.get(role, ())
        return f"cleaned.t{columns[0]}" if columns else "CAST(NULL AS VARCHAR)"

    def _partner_text(self) -> str:
        columns = self.layout.roles.get("partner_name") or self.layout.roles.get("partner", ())
        cells = [f"cleaned.t{at}" for at in (*columns, *self.layout.roles.get("partner", ()))]
        return f"COALESCE({', '.join(cells)})"

    def _second_partner(self) -> str:
        """Whether the row breaks its partner down by a second one: Comtrade's partner2 (0, W00 and WLD stand for all)."""
        cell = self._cell("partner2")
        return f"CASE WHEN {cell} IS NULL OR upper({cell}) IN ('0', 'W00', 'WLD') THEN 'all' ELSE {cell} END"

    def _original(self) -> str:
        return ", ".join(f"{quoted(name)}, raw.c{at}" for at, name in enumerate(self.layout.names))


def _partner_role(direction: str) -> str:
    return f"CASE WHEN {direction} IN ('export', 're-export') THEN 'destination' END"


def _first(texts: tuple[str | None, ...], meaning: Callable[[str], str | None]) -> str | None:
    return None if texts[0] is None else meaning(texts[0])


def _period_row(period: tuple[object, object, str] | None) -> tuple[object, ...]:
    return period or (None, None, None)


def _editions_latest_first() -> list[tuple[str, str]]:
    import datetime

    days = [datetime.date(year, 1, 1) for year in (2022, 2017, 2012, 2007, 2002, 1996, 1988)]
    return [(day.isoformat(), edition_on(day) or "") for day in days]
