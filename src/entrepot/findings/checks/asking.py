"""Asks the tables for the totals of a scope: one statement over shipments, one over flows, with what they cover."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from entrepot.engine.relational import Engine
from entrepot.engine.sql import Statement, Value
from entrepot.findings.checks.claims import ask
from entrepot.findings.checks.scope import PartyName, Place, Scope
from entrepot.model.places import area_kind
from entrepot.parties.normal import normal_form

_MOST_KEYS = 60
"""Name keys that one name of a claim may stand for; beyond it the name is a common word."""

_BARRELS = "(CASE LOWER(t.quantity_unit) WHEN 'thousand barrels' THEN 1000 WHEN 'barrels' THEN 1 WHEN 'bbl' THEN 1 END)"

_TOTALS = f"""SELECT
  t.source_id AS source_id,
  COUNT(*) AS rows_found,
  COUNT(DISTINCT t.consignee_key) AS consignees,
  COUNT(DISTINCT t.shipper_key) AS shippers,
  SUM(t.net_kg) AS kg,
  SUM(t.value_usd) AS usd,
  SUM(t.quantity * {_BARRELS}) AS barrels,
  SUM(CASE WHEN LOWER(t.quantity_unit) IN ('h87', 'pcs', 'pce', 'piece', 'pieces', 'unit', 'units', 'u', 'nos', 'set') THEN t.quantity END) AS pieces,
  COUNT(t.net_kg) AS with_kg,
  COUNT(t.value_usd) AS with_usd,
  COUNT(t.hs6) AS with_code,
  MIN(t.date) AS first_date,
  MAX(t.date) AS last_date
FROM trade AS t
INNER JOIN shipments AS s
  ON s.source_id = t.source_id AND s.row_number = t.row_number
WHERE {{where}}
GROUP BY t.source_id
ORDER BY COUNT(*) DESC, t.source_id ASC"""


_NOT_WITHIN_ANOTHER = """NOT EXISTS (SELECT 1 FROM flows AS g WHERE g.source_id = f.source_id AND g.reporter = f.reporter
  AND g.partner = f.partner AND g.direction = f.direction AND g.period_from = f.period_from AND g.period_to = f.period_to
  AND g.transport_mode IS NULL AND LENGTH(g.hs_code) < LENGTH(f.hs_code) AND STARTS_WITH(f.hs_code, g.hs_code) AND {coded})"""
"""A row whose heading is published beside it would count twice."""


_PUBLISHED = """SELECT COUNT(DISTINCT f.period_from) AS periods FROM flows AS f
WHERE f.source_id = $source AND f.reporter = $reporter AND f.direction = $direction AND f.period_precision = $precision
  AND f.period_from >= $first_day AND f.period_to <= $last_day"""


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, None where open."""

    first: date | None
    last: date | None

    @property
    def months(self) -> float | None:
        """Calendar months within; None where the window is open or cuts a month."""
        if self.first is None or self.last is None or self.first.day != 1 or (self.last + timedelta(days=1)).day != 1:
            return None
        return 12.0 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1

    def words(self) -> str:
        """In words."""
        if self.first is None and self.last is None:
            return "at any time"
        return f"{self.first or 'the beginning'} to {self.last or 'the end'}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement gave: its rows, and itself with its values."""

    rows: tuple[Mapping[str, object], ...]
    query: str
    table: str

    def number(self, name: str) -> float | None:
        """The figure of the first row, None where it has none."""
        value = self.rows[0][name] if self.rows else None
        return float(value) if isinstance(value, int | float) else None

    def day(self, name: str) -> date | None:
        """The day of the first row."""
        value = self.rows[0][name] if self.rows else None
        return value if isinstance(value, date) else None

    @property
    def count(self) -> int:
        """Rows within the scope."""
        return int(self.number("rows_found") or 0)


class Records:
    """The tables of a case, asked for one report: synthetic rows only where the report is synthetic.

    Args:
        engine: with the tables shown.
        synthetic: whether rows that are generated may be asked.
    """

    def __init__(self, engine: Engine, *, synthetic: bool) -> None:
        self.engine = engine
        rows = ask(engine, "sources_asked", "SELECT source_id, kind, synthetic FROM sources ORDER BY source_id")
        self.synthetic = {str(r["source_id"]): str(r["synthetic"]) for r in rows if r["synthetic"]}
        self._left_out = () if synthetic else tuple(self.synthetic)
        self._keys: dict[str, dict[str, str]] = {}
        self._answers: dict[str, Answer] = {}
        names = ask(
            engine,
            "names_known",
            "SELECT source_id, name_key, MIN(name) AS name FROM name_keys WHERE name_key IS NOT NULL GROUP BY source_id, name_key "
            "ORDER BY source_id, name_key",
        )
        self._names = {str(r["name_key"]): str(r["name"]) for r in names if str(r["source_id"]) not in self._left_out}
        self._with: dict[str, set[str]] = {}
        for key in self._names:
            for token in re.split(r"[ |]", key):
                self._with.setdefault(token, set()).add(key)

    def keys_of(self, name: str) -> Mapping[str, str]:
        """Name keys of the records that have all words of a name, each with one spelling; none for common words."""
        if name not in self._keys:
            key = normal_form(name) or ""
            found: set[str] = set()
            named = [t for t in re.split(" ", key.split("|")[0]) if t]
            if any(len(t) > 3 for t in named) and all(t in self._with for t in named):
                found = set.intersection(*(self._with[t] for t in named))
            if key in self._names:
                found = found | {key} if len(named) > 1 else {key}
            if len(found) > _MOST_KEYS:
                found = set()
            self._keys[name] = {k: self._names[k] for k in sorted(found)}
        return self._keys[name]

    def totals(self, scope: Scope, window: Window) -> Answer:
        """Totals of the shipments within a scope, per source, most rows first."""
        where, values = self._conditions(scope)
        if window.first is not None:
            where.append("t.date >= $first_day")
            values["first_day"] = window.first
        if window.last is not None:
            where.append("t.date <= $last_day")
            values["last_day"] = window.last
        return self._run("totals_of_a_scope", _TOTALS.format(where="\n  AND ".join(where) or "TRUE"), values, "trade")

    def rows(self, scope: Scope, window: Window, condition: str, extra: Mapping[str, Value]) -> Answer:
        """As `totals`, with one more condition on `t` and `s`."""
        where, values = self._conditions(scope)
        if window.first is not None:
            where.append("t.date >= $first_day")
            values["first_day"] = window.first
        if window.last is not None:
            where.append("t.date <= $last_day")
            values["last_day"] = window.last
        where.append(condition)
        return self._run("rows_of_a_scope", _TOTALS.format(where="\n  AND ".join(where)), {**values, **extra}, "trade")

    def flows(self, reporter: Place, partner: Place | None, scope: Scope, window: Window, direction: str) -> Answer:
        """Sums of published statistics by currency and valuation, from the finest periods that lie within the window."""
        values: dict[str, Value] = {"reporter": reporter.code.split("_")[0], "direction": direction}
        where = ["f.reporter = $reporter", "f.direction = $direction", "f.transport_mode IS NULL"]
        if partner is not None:
            where.append("f.partner = $partner")
            values["partner"] = partner.code.split("_")[0]
        else:
            where.append("f.partner = 'W00'")
        prefixes = tuple(p for g in scope.goods for p in g.prefixes)
        if prefixes:

            def coded(alias: str) -> str:
                return "(" + " OR ".join(f"{alias}.hs_code LIKE $hs{i}" for i in range(len(prefixes))) + ")"

            where += [coded("f"), _NOT_WITHIN_ANOTHER.format(coded=coded("g"))]
            values.update({f"hs{i}": f"{p}%" for i, p in enumerate(prefixes)})
        else:
            where.append("f.hs_code = 'TOTAL'")
        if window.first is not None:
            where.append("f.period_from >= $first_day")
            values["first_day"] = window.first
        if window.last is not None:
            where.append("f.period_to <= $last_day")
            values["last_day"] = window.last
        if self._left_out:
            where.append(self._outside("f", values))
        sql = (
            "SELECT f.source_id AS source_id, f.period_precision AS period_precision, f.currency AS currency, f.valuation AS valuation, "
            "COUNT(*) AS rows_found, SUM(f.value) AS value, SUM(f.value_usd) AS usd, SUM(f.net_kg) AS kg, SUM(f.quantity) AS pieces, "
            "MIN(f.period_from) AS first_date, MAX(f.period_to) AS last_date FROM flows AS f WHERE "
            + " AND ".join(where)
            + " GROUP BY f.source_id, f.period_precision, f.currency, f.valuation "
            "ORDER BY CASE f.period_precision WHEN 'year' THEN 1 WHEN 'quarter' THEN 2 ELSE 3 END, COUNT(*) DESC, f.source_id ASC"
        )
        return self._run("flows_of_a_scope", sql, values, "flows")

    def publishes(self, row: Mapping[str, object], reporter: Place, direction: str, window: Window) -> bool:
        """Whether the source of a row of `flows` has figures of its reporter, for any goods and partner, in every period of a
        window: a month that has none for the goods asked is then one without such trade."""
        length = {"month": 1.0, "quarter": 3.0, "year": 12.0}.get(str(row["period_precision"]))
        if length is None or window.first is None or window.last is None or window.months is None:
            return (row["first_date"], row["last_date"]) == (window.first, window.last)
        answer = self._run(
            "periods_published", _PUBLISHED,
            {"source": str(row["source_id"]), "reporter": reporter.code.split("_")[0], "direction": direction,
             "precision": str(row["period_precision"]), "first_day": window.first, "last_day": window.last},
            "flows",
        )  # fmt: skip
        return (answer.number("periods") or 0.0) * length >= window.months

    def covers(self, scope: Scope) -> tuple[tuple[str, date, date], ...]:
        """Sources of shipments that could hold a scope, with their first and last day: they know the destination, and
        they either code their goods or name such goods somewhere."""
        ends = replace(scope, parties=(), goods=(), places=scope.of("to"))
        known = {
            str(r["source_id"]): (r["first_date"], r["last_date"])
            for r in self.totals(ends, Window(None, None)).rows
            if r["with_code"] or not scope.goods
        }
        if scope.goods:
            for r in self.totals(replace(scope, parties=(), places=scope.of("to")), Window(None, None)).rows:
                known.setdefault(str(r["source_id"]), (r["first_date"], r["last_date"]))
        return tuple((s, a, b) for s, (a, b) in known.items() if isinstance(a, date) and isinstance(b, date))

    def ask_query(self, name: str, sql: str, values: Mapping[str, Value], table: str) -> Answer:
        """Any other statement over one table, with its values."""
        return self._run(name, sql, values, table)

    def _run(self, name: str, sql: str, values: Mapping[str, Value], table: str) -> Answer:
        statement = Statement(name, sql)
        used = {key: values[key] for key in statement.parameters}
        query = statement.render(used)
        if query not in self._answers:
            self._answers[query] = Answer(tuple(self.engine.rows(statement, used).to_pylist()), query, table)
        return self._answers[query]

    def _conditions(self, scope: Scope) -> tuple[list[str], dict[str, Value]]:
        where: list[str] = []
        values: dict[str, Value] = {}
        for at, party in enumerate(scope.parties):
            where.append(_party(party, at, values))
        for at, place in enumerate(scope.places):
            if place.part != "through":
                where.append(_place(place, at, values))
        if scope.goods:
            where.append("(" + " OR ".join(_goods(scope, values)) + ")")
        if self._left_out:
            where.append(self._outside("t", values))
        return where or ["TRUE"], values

    def _outside(self, alias: str, values: dict[str, Value]) -> str:
        values.update({f"out{i}": s for i, s in enumerate(self._left_out)})
        return f"{alias}.source_id NOT IN (" + ", ".join(f"$out{i}" for i in range(len(self._left_out))) + ")"


def _party(party: PartyName, at: int, values: dict[str, Value]) -> str:
    names = [f"party{at}_{i}" for i in range(len(party.keys))]
    values.update({n: key for n, (key, _) in zip(names, party.keys, strict=True)})
    if not names:
        return "FALSE"
    listed = ", ".join(f"${n}" for n in names)
    sides = {"consignee": ("consignee",), "shipper": ("shipper",)}.get(party.role, ("consignee", "shipper"))
    return "(" + " OR ".join(f"t.{side}_key IN ({listed})" for side in sides) + ")"


def _place(place: Place, at: int, values: dict[str, Value]) -> str:
    codes = place.code.split(";")
    names = [f"country{at}_{i}" for i in range(len(codes))]
    values.update(dict(zip(names, codes, strict=True)))
    listed = ", ".join(f"${n}" for n in names)
    origin, dispatch = (
        f"COALESCE(t.origin_country, '') IN ({listed})",
        f"COALESCE(t.dispatch_country, '') IN ({listed})",
    )
    start = origin if place.adjective else f"({origin} OR {dispatch})"
    end = f"COALESCE(t.destination_country, '') IN ({listed})"
    if place.part == "from":
        return start
    return end if place.part == "to" else f"({start} OR {end})"


def _goods(scope: Scope, values: dict[str, Value]) -> list[str]:
    """Rows with a code count by their code; rows without one by their words."""
    tests = []
    for at, goods in enumerate(scope.goods):
        for i, prefix in enumerate(goods.prefixes):
            values[f"goods{at}_{i}"] = f"{prefix}%"
            tests.append(f"s.hs_code LIKE $goods{at}_{i}")
        for i, word in enumerate(goods.words):
            values[f"word{at}_{i}"] = r"\b" + re.escape(word).replace(r"\ ", r"\s+")
            guard = "s.hs_code IS NULL AND " if goods.prefixes else ""
            tests.append(f"({guard}REGEXP_MATCHES(LOWER(COALESCE(s.goods_text, '')), $word{at}_{i}))")
    return tests or ["TRUE"]


def earlier(window: Window) -> Window | None:
    """The same days a year before; None where the window is open."""
    if window.first is None or window.last is None:
        return None
    return Window(_year_before(window.first), _year_before(window.last + timedelta(days=1)) - timedelta(days=1))


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def is_union(code: str) -> bool:
    """Whether a code is an area and not a country."""
    return area_kind(code) is not None


def sources_of(rows: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Sources that rows come from."""
    return tuple(dict.fromkeys(str(r["source_id"]) for r in rows))
