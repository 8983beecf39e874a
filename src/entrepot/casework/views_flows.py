"""Statistics over the published flows of a case, each with the figures it rests on and its limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

import pyarrow as pa

from entrepot.casework.case import Case
from entrepot.engine.duck import fetched
from entrepot.errors import UsageError
from entrepot.routes import statistics as st

WHAT = ("list", "series", "breaks", "mirror", "surge", "substitution", "dependence", "concentration")
"""What `flows` can be asked for."""

MOST_ROWS = 200
"""Figures that are named one by one under a result; how many there are in all is always said."""

Result = dict[str, object]


def loaded(case: Case, *, reporter: str | None = None, hs: str | None = None) -> list[Result]:
    """What is loaded, one row per reporter, direction and length of period."""
    with case.connect() as connection:
        table = fetched(
            connection,
            "SELECT reporter, direction, period_precision AS frequency, count(DISTINCT partner) AS partners, "
            "count(DISTINCT hs_code) AS codes, min(period_from) AS first, max(period_to) AS last, "
            "string_agg(DISTINCT currency, ', ' ORDER BY currency) AS currency, "
            "string_agg(DISTINCT valuation, ', ' ORDER BY valuation) AS valuation, count(*) AS figures "
            "FROM flows WHERE ($reporter IS NULL OR reporter = $reporter) "
            "AND ($hs IS NULL OR starts_with(hs_code, $hs)) GROUP BY ALL ORDER BY ALL",
            {"reporter": reporter, "hs": hs},
        )
    rows: list[Result] = table.to_pylist()
    return rows


def series(
    case: Case, *, reporter: str, partner: str, direction: str, hs: Sequence[str], frequency: str | None, measure: str
) -> Result:
    """One series, period by period; a period that no file states is `missing`, never zero."""
    with _Named(case, hs) as named:
        found = st.series(
            named.flows, reporter=reporter, partner=partner, direction=direction, hs=_codes(hs), frequency=frequency,
            measure=measure,
        )  # fmt: skip
        points = [{"period": p.period, "value": p.value, "state": p.state} for p in found.points]
        text = f"{found.title}: {len(found.known)} of {len(found.points)} periods are stated."
        if not found.points:
            text = f"{found.title}: no loaded file states it."
        return named.result(text, {"series": _about(found), "points": points}, found.rows, ())


def breaks(
    case: Case, *, reporter: str, partner: str, direction: str, hs: Sequence[str], frequency: str | None
) -> Result:
    """Months in which the level of a series changed, found without being told where to look (sup-F)."""
    with _Named(case, hs) as named:
        of = st.series(
            named.flows, reporter=reporter, partner=partner, direction=direction, hs=_codes(hs), frequency=frequency
        )
        found = st.breaks(of)
        shown = {
            "series": _about(of),
            "testable": found.testable,
            "breaks": [_without(asdict(each), "rows") for each in found.breaks],
            "sup_f": found.f,
            "p_value": found.p,
            "critical_05": found.critical_05,
            "p_with_trend": found.trend_p,
            "points": [{"period": p.period, "value": p.value, "state": p.state} for p in of.points],
        }
        return named.result(found.statement, shown, [r for b in found.breaks for r in b.rows], found.caveats)


def mirror(
    case: Case, *, exporter: str, importer: str, hs: Sequence[str], since: dt.date, frequency: str | None
) -> Result:
    """What one side says it sent beside what the other says it received, over a range of freight margins."""
    with _Named(case, hs) as named:
        found = st.mirror(
            named.flows, exporter=exporter, importer=importer, since=since, hs=_codes(hs), frequency=frequency
        )
        shown = {
            "testable": found.testable,
            "currency": found.currency,
            "margins": list(found.margins),
            "gaps": [_without(asdict(gap), "rows") for gap in found.gaps],
            "only_exporter": list(found.only_exporter),
            "only_importer": list(found.only_importer),
            "usual": found.usual,
        }
        return named.result(found.statement, shown, [r for g in found.unusual for r in g.rows], found.caveats)


def surge(
    case: Case,
    *,
    hubs: Sequence[str],
    since: dt.date,
    goods: Sequence[str],
    reporters: Sequence[str],
    exclude: Sequence[str],
    direction: str,
) -> Result:
    """Whether trade of countries that may be hubs rose more than that of others and in other goods."""
    with _Named(case, ()) as named:
        found = st.surge(
            named.flows, hubs=hubs, since=since, goods=goods, reporters=reporters, exclude=exclude, direction=direction
        )
        return named.result(found.statement, _without(asdict(found), "rows", "caveats"), found.rows, found.caveats)


def substitution(
    case: Case, *, exporter: str, through: str, destination: str, since: dt.date, hs: Sequence[str]
) -> Result:
    """How much of a fall in direct trade appears as a rise through a third country."""
    with _Named(case, hs) as named:
        found = st.substitution(
            named.flows, exporter=exporter, hub=through, destination=destination, since=since, hs=_codes(hs)
        )
        rows = [r for each in (found.direct, found.hub, found.onward) if each is not None for r in each.rows]
        return named.result(found.statement, _without(asdict(found), "caveats"), rows, found.caveats)


def dependence(case: Case, *, reporter: str | None, partner: str | None, hs: Sequence[str], limit: int) -> Result:
    """D_AB, the share of B in A's imports, beside D_BA, strongest first."""
    with _Named(case, hs) as named:
        rows: list[Result] = st.dependences(st.import_shares(named.flows)).to_pylist()
        rows = [r for r in rows if reporter in (None, r["importer"]) and partner in (None, r["partner"])]
        rows = [r for r in rows if not hs or any(str(r["hs_code"]).startswith(code) for code in hs)]
        rows.sort(key=lambda r: -float(str(r["dependence"])))
        used = [str(r[c]) for r in rows[:limit] for c in ("first_row", "partner_first_row") if r[c] is not None]
        text = f"{len(rows)} importer, partner, product and year combinations; the {min(limit, len(rows))} with the largest share."
        return named.result(text, {"rows": rows[:limit]}, used, st.caveats("small_product", "attribution"))


def concentration(case: Case, *, reporter: str | None, hs: Sequence[str], limit: int) -> Result:
    """The Herfindahl-Hirschman index of imports by partner, most concentrated first."""
    with _Named(case, hs) as named:
        rows: list[Result] = st.concentrations(st.import_shares(named.flows, importer=reporter)).to_pylist()
        rows = [r for r in rows if not hs or any(str(r["hs_code"]).startswith(code) for code in hs)]
        text = f"{len(rows)} importer, product and year combinations; the {min(limit, len(rows))} most concentrated."
        return named.result(text, {"rows": rows[:limit]}, (), st.caveats("small_product", "attribution"))


class _Named:
    """The flows of a case, and how their identifiers become file and row."""

    def __init__(self, case: Case, hs: Sequence[str]) -> None:
        self._connection = case.connect()
        where = " OR ".join(["starts_with(hs_code, ?)"] * len(hs)) if hs and "TOTAL" not in hs else "true"
        given = list(hs) if where != "true" else []
        self.flows: pa.Table = fetched(self._connection, f"SELECT * EXCLUDE (original) FROM flows WHERE {where}", given)

    def __enter__(self) -> _Named:
        if not self.flows.num_rows and not self._connection.execute("SELECT 1 FROM flows LIMIT 1").fetchall():
            self._connection.close()
            raise UsageError(
                "no trade statistics are loaded", remedy="add Comtrade or Eurostat files: entrepot add CASE FILE"
            )
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def result(
        self, text: str, shown: Mapping[str, object], flow_ids: Iterable[str], limits: Iterable[st.Caveat]
    ) -> Result:
        """A result as every view gives it: statement, content, the figures behind it, its limits."""
        ids = list(dict.fromkeys(flow_ids))
        rows = fetched(
            self._connection,
            "SELECT sources.path AS source, flows.row_number AS row, flows.period_from AS period, flows.value AS value, "
            "flows.currency AS currency FROM flows JOIN sources USING (source_id) "
            "WHERE flow_id IN (SELECT unnest(?)) ORDER BY flows.period_from, sources.path, flows.row_number LIMIT ?",
            [ids, MOST_ROWS],
        ).to_pylist()
        return {
            "statement": text,
            **shown,
            "figures": len(ids),
            "evidence": rows,
            "limits": [{"text": each.text, "source": each.source} for each in limits],
        }


def _about(of: st.Series) -> Result:
    return {
        "title": of.title,
        "reporter": of.reporter,
        "partner": of.partner,
        "direction": of.direction,
        "hs": of.hs,
        "frequency": of.frequency,
        "currency": of.currency,
        "valuation": of.valuation,
        "sources": len(of.sources),
        "other_sources": len(of.others),
    }


def _codes(hs: Sequence[str]) -> str | tuple[str, ...]:
    return "TOTAL" if not hs else hs[0] if len(hs) == 1 else tuple(hs)


def _without(of: Result, *names: str) -> Result:
    return {key: value for key, value in of.items() if key not in names}
