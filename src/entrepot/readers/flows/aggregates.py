"""Marks the figures that sum other figures of the same file: totals of partners, goods, modes, procedures, periods."""

from __future__ import annotations

import duckdb

_KEY = ("reporter", "partner", "partner_text", "partner_role", "direction")


def mark_aggregates(con: duckdb.DuckDBPyConnection) -> None:
    """Set `aggregate` to 1 in the table `figures` where a finer figure of the same file stands beside a total.

    The world and groups of countries as partner always are aggregates. A group of countries as reporter is one where the
    file also has single reporters; all goods, a chapter or heading where the file has finer codes for the same reporter,
    partner, direction and period; all modes of transport, all procedures, all second partners, and a year, likewise.
    Each rule runs only where the file has both levels at all.
    """
    con.execute("UPDATE figures SET aggregate = 1 WHERE length(figures.partner) <> 2 AND figures.reason IS NULL")
    if _has(con, "length(figures.reporter) <> 2") and _has(con, "length(figures.reporter) = 2"):
        con.execute("UPDATE figures SET aggregate = 1 WHERE length(figures.reporter) <> 2")
    _finer_goods(con)
    for column, total in (("transport_mode", None), ("procedure", "all"), ("second_partner", "all")):
        is_total = f"figures.{column} IS NULL" if total is None else f"figures.{column} = '{total}'"
        if _has(con, is_total) and _has(con, f"NOT ({is_total})"):
            same = ("period_from", "period_to", "hs_code")
            _mark(con, is_total, f"NOT ({is_total.replace('figures.', 'finer.')})", same)
    if _has(con, "figures.period_precision = 'year'") and _has(con, "figures.period_precision = 'month'"):
        _mark(
            con,
            "figures.period_precision = 'year'",
            "finer.period_precision = 'month' AND year(finer.period_from) = year(figures.period_from)",
            ("hs_code",),
        )


def _finer_goods(con: duckdb.DuckDBPyConnection) -> None:
    """Goods: every code makes its parents and TOTAL aggregates within its reporter, partner, direction and period."""
    lengths = [
        int(row[0])
        for row in con.execute(
            "SELECT DISTINCT CASE WHEN figures.hs_code = 'TOTAL' THEN 0 ELSE length(figures.hs_code) END AS digits "
            "FROM figures WHERE figures.reason IS NULL ORDER BY digits"
        ).fetchall()
    ]
    for coarse in lengths[:-1]:
        is_total = (
            "figures.hs_code = 'TOTAL'"
            if coarse == 0
            else f"length(figures.hs_code) = {coarse} AND figures.hs_code <> 'TOTAL'"
        )
        begins = "TRUE" if coarse == 0 else f"substr(finer.hs_code, 1, {coarse}) = figures.hs_code"
        finer = f"finer.hs_code <> 'TOTAL' AND length(finer.hs_code) > {coarse} AND {begins}"
        _mark(con, is_total, finer, ("period_from", "period_to"))


def _has(con: duckdb.DuckDBPyConnection, condition: str) -> bool:
    query = f"SELECT 1 FROM figures WHERE figures.reason IS NULL AND {condition} LIMIT 1"
    return con.execute(query).fetchone() is not None


def _mark(con: duckdb.DuckDBPyConnection, is_total: str, finer: str, same: tuple[str, ...]) -> None:
    equal = " AND ".join(f"finer.{c} IS NOT DISTINCT FROM figures.{c}" for c in (*_KEY, *same))
    con.execute(
        f"""
UPDATE figures
SET aggregate = 1
WHERE {is_total}
  AND EXISTS (
    SELECT 1
    FROM figures AS finer
    WHERE finer.reason IS NULL
      AND {finer}
      AND {equal}
  )"""
    )
