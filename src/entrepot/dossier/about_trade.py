"""Sections about what moved: goods with their controls, time, prices, counterparties, routes and chains."""

from __future__ import annotations

import datetime as dt

from entrepot.dossier import charts
from entrepot.dossier.document import Block, Cell, Drawing, Grid, Section, Sentence
from entrepot.dossier.plain import clean, counted, figure
from entrepot.dossier.scope import Scope, cell, row_of, rows_of
from entrepot.engine.duck import fetched
from entrepot.model.places import country_name
from entrepot.routes.chains import ChainTables, chains_json

GOODS_SHOWN = 30
PARTNERS_SHOWN = 30
LANES_SHOWN = 25
CHAINS_SHOWN = 12
PRICES_SHOWN = 20
"""Rows of each table; what is beyond is counted below it and stands in the workbook and the pack."""

LEAST_MONTHS = 3
"""Months with shipments below which a chart says less than its sentence."""

_FIRST = "list(source_id || ':' || row_number ORDER BY date, source_id, row_number)[:3] AS firsts"


def goods(scope: Scope) -> Section:
    """Codes as declared, with the control that each comes under and the commonest text."""
    found = scope.rows(
        f"SELECT m.hs6, min(h.description) AS description, mode(s.goods_text ORDER BY s.goods_text) AS goods_text, min(m.control_list || ' tier ' || m.tier) AS control, "
        f"min(m.control_note) AS note, count(*) AS n, sum(m.net_kg) AS kg, sum(m.value_usd) AS usd, min(m.date) AS first, max(m.date) AS last, {_FIRST.replace('source_id', 'm.source_id').replace('row_number', 'm.row_number').replace('date', 'm.date')} "
        "FROM moves AS m LEFT JOIN shipments AS s ON s.source_id = m.source_id AND s.row_number = m.row_number "
        "LEFT JOIN (SELECT hs_code, arg_max(description, hs_edition ORDER BY description) AS description FROM hs_codes WHERE level = 6 GROUP BY hs_code) AS h ON h.hs_code = m.hs6 "
        "GROUP BY m.hs6 ORDER BY control NULLS LAST, n DESC, m.hs6"
    )
    controlled = scope.rows(f"SELECT count(*) AS n, sum(net_kg) AS kg, sum(value_usd) AS usd, {_FIRST} FROM moves WHERE control_id IS NOT NULL")[0]  # fmt: skip
    cites, _ = scope.cite(rows_of(controlled["firsts"] or []))
    total = scope.rows("SELECT count(*) AS n FROM moves")[0]["n"]
    blocks: list[Block] = [
        Sentence(
            f"{counted(controlled['n'], 'shipment')} of {figure(int(str(total)))} come under a control list by their declared code"
            + (f" ({_amounts(controlled)})." if controlled["n"] else ".")
            + " A code on a list also covers goods that are not controlled.",
            cites,
            int(str(controlled["n"])) - len(cites),
            "strong",
        )
    ]
    blocks.append(
        Grid(
            ("HS", "meaning of the code", "commonest text, as declared", "control", "shipments", "kg", "USD"),
            tuple(
                (cell(r["hs6"]), clean(r["description"], 90), clean(r["goods_text"], 120), _joined(r["control"], r["note"]), cell(r["n"]), cell(r["kg"]), cell(r["usd"]))
                for r in found[:GOODS_SHOWN]
            ),
            tuple(scope.cite(rows_of(r["firsts"]), 1)[0] for r in found[:GOODS_SHOWN]),
            "Weights and values are sums of what the records state; empty where they state none.",
            max(0, len(found) - GOODS_SHOWN),
        )
    )  # fmt: skip
    return Section("goods", "Goods", tuple(blocks))


def over_time(scope: Scope) -> Section | None:
    """Shipments a month, with the days of listings as marks; None where no shipment has a date."""
    table = fetched(
        scope.connection,
        "SELECT CAST(date_trunc('month', date) AS DATE) AS period, CASE WHEN control_id IS NULL THEN 'other goods' ELSE 'under a control list' END AS series, "
        "count(*) AS \"rows\", sum(net_kg) AS net_kg, sum(value_usd) AS value_usd FROM moves WHERE date IS NOT NULL GROUP BY ALL ORDER BY period, series",
        [],
    )  # fmt: skip
    if not table.num_rows:
        return None
    span = scope.rows("SELECT min(date) AS first, max(date) AS last, count(*) AS n, count(*) FILTER (WHERE date IS NULL) AS undated FROM moves")[0]  # fmt: skip
    words = f"{counted(span['n'], 'shipment')} from {cell(span['first'])} to {cell(span['last'])}"
    words += f"; {counted(span['undated'], 'row')} without a date are not drawn." if span["undated"] else "."
    if len(set(table.column("period").to_pylist())) < LEAST_MONTHS:
        return Section("time", "Over time", (Sentence(words.rstrip(".") + "."),))
    drawn = charts.svg(charts.trade_over_time(table, marks=_marks(scope)))
    return Section("time", "Over time", (Drawing(drawn, "Shipments a month", (words,)),))


def prices(scope: Scope) -> Section | None:
    """Unit values that stand out of their comparison group; None where none does."""
    found = scope.rows(
        "SELECT o.*, m.hs6, g.origin_country, g.quantity_unit, g.currency, g.period_from, m.source_id, m.row_number FROM price_outliers AS o "
        "INNER JOIN (SELECT DISTINCT source_id, row_number, hs6 FROM moves) AS m ON o.shipment_id = m.source_id || ':' || m.row_number "
        "LEFT JOIN price_groups AS g USING (group_id) ORDER BY o.likely_error, abs(o.robust_z) DESC NULLS LAST, o.shipment_id, o.measure"
    )
    if not found:
        return None
    rows = tuple(
        (cell(r["hs6"]), str(r["measure"]).replace("_", " "), cell(r["unit_value"]), cell(r["quartile_1"]), cell(r["median"]), cell(r["quartile_3"]), cell(r["n"]), None if r["robust_z"] is None else round(float(str(r["robust_z"])), 1),
         f"likely an error of the record ({clean(r['error_kind'])})" if r["likely_error"] else f"{r['side']} its group")
        for r in found[:PRICES_SHOWN]
    )  # fmt: skip
    blocks: list[Block] = [
        Sentence("Each is compared with shipments of the same code, origin and unit within twelve months. Quality, urgency and mixed goods also move unit values."),
        Grid(
            ("HS", "measure", "this shipment", "quartile 1", "median", "quartile 3", "group size", "robust z", "stands out"), rows,
            tuple(scope.cite([row_of(r)])[0] for r in found[:PRICES_SHOWN]), "Unit values against their comparison group.", max(0, len(found) - PRICES_SHOWN),
        ),
    ]  # fmt: skip
    plain = next((r for r in found if not r["likely_error"] and r["group_id"] and r["hs6"]), None)
    if plain is not None:
        blocks.append(_distribution(scope, plain, found))
    return Section("prices", "Prices against their group", tuple(blocks))


def _distribution(scope: Scope, first: dict[str, object], found: list[dict[str, object]]) -> Drawing:
    """The group of the shipment that stands out most."""
    values = scope.rows(
        "SELECT unit_value FROM unit_values WHERE measure = $measure AND hs6 = $hs6 AND period_from = $period_from AND currency IS NOT DISTINCT FROM $currency "
        "AND quantity_unit IS NOT DISTINCT FROM $quantity_unit AND ($origin_country IS NULL OR origin_country = $origin_country) ORDER BY unit_value",
        first,
    )
    own = [(f"row {r['row_number']}", float(str(r["unit_value"]))) for r in found if r["group_id"] == first["group_id"]]
    q1, median, q3 = (float(str(first[k])) for k in ("quartile_1", "median", "quartile_3"))
    unit = " ".join(clean(v) for v in (first["currency"], str(first["measure"]).replace("_", " ")) if v)
    drawn = charts.svg(charts.price_distribution(charts.binned([float(str(v["unit_value"])) for v in values]), own, quartiles=(q1, median, q3), unit=unit))  # fmt: skip
    return Drawing(
        drawn,
        f"HS {first['hs6']}, {counted(first['n'], 'shipment')} in the group",
        (f"Half of the group lies between {figure(q1)} and {figure(q3)}; the subject's shipments are the triangles.",),
    )


def partners(scope: Scope) -> Section:
    """Who the subject dealt with, by side, largest first; shippers and consignees where the subject is no party."""
    party = scope.subject.kind == "party"
    who = "side, other_name" if party else "shipper_name, consignee_name"
    found = scope.rows(
        f"SELECT {who}, count(*) AS n, count(control_id) AS controlled, sum(net_kg) AS kg, sum(value_usd) AS usd, min(date) AS first, max(date) AS last, {_FIRST} "
        f"FROM moves GROUP BY {who} ORDER BY controlled DESC, n DESC, {who}"
    )
    heads = ("direction", "counterparty") if party else ("shipper", "consignee")
    names = {"sent": "sends to", "received": "receives from"}
    first, second = ("side", "other_name") if party else ("shipper_name", "consignee_name")
    table = Grid(
        (*heads, "shipments", "under a control list", "kg", "USD", "first", "last"),
        tuple(
            (names.get(str(r[first]), cell(r[first])), cell(r[second]) if r[second] is not None else "not named", cell(r["n"]), cell(r["controlled"]), cell(r["kg"]), cell(r["usd"]), cell(r["first"]), cell(r["last"]))
            for r in found[:PARTNERS_SHOWN]
        ),
        tuple(scope.cite(rows_of(r["firsts"]), 1)[0] for r in found[:PARTNERS_SHOWN]),
        "Names as the records write them; a counterparty in several spellings has several lines.",
        max(0, len(found) - PARTNERS_SHOWN),
    )  # fmt: skip
    return Section("counterparties", "Counterparties" if party else "Shippers and consignees", (table,))


def routes(scope: Scope) -> Section:
    """From where to where, and the chains that the subject's shipments are part of."""
    lanes = scope.rows(
        f"SELECT dispatch_country, destination_country, count(*) AS n, count(control_id) AS controlled, sum(net_kg) AS kg, sum(value_usd) AS usd, {_FIRST} "
        "FROM moves GROUP BY dispatch_country, destination_country ORDER BY n DESC, 1, 2"
    )
    blocks: list[Block] = [
        Grid(
            ("from", "to", "shipments", "under a control list", "kg", "USD"),
            tuple((_place(r["dispatch_country"]), _place(r["destination_country"]), cell(r["n"]), cell(r["controlled"]), cell(r["kg"]), cell(r["usd"])) for r in lanes[:LANES_SHOWN]),
            tuple(scope.cite(rows_of(r["firsts"]), 1)[0] for r in lanes[:LANES_SHOWN]),
            "Country of dispatch and of destination as the records state them.",
            max(0, len(lanes) - LANES_SHOWN),
        )
    ]  # fmt: skip
    found = chains_of(scope)
    if not found:
        blocks.append(Sentence("No chain of legs in this case includes a shipment of the subject."))
    else:
        blocks.append(
            Sentence(
                f"{counted(len(found), 'chain')} of legs {'includes' if len(found) == 1 else 'include'} shipments of the subject. That goods fit in time, kind and weight does not prove that they are the same goods.",
                tone="strong",
            )
        )
    for chain in found[:CHAINS_SHOWN]:
        blocks += _chain(scope, chain)
    if len(found) > CHAINS_SHOWN:
        blocks.append(Sentence(f"{len(found) - CHAINS_SHOWN} further chains, less strong, are in the case's table `chains`."))  # fmt: skip
    return Section("routes", "Routes and chains", tuple(blocks))


def chains_of(scope: Scope) -> list[dict[str, object]]:
    """Chains with a leg that has a shipment of the subject, strongest first; of a chain, itself."""
    ids = {
        str(r["chain_id"])
        for r in scope.rows(
            "SELECT DISTINCT c.chain_id FROM chain_legs AS c INNER JOIN chain_shipments AS s ON s.leg_id = c.leg_id "
            "INNER JOIN moves AS m ON m.source_id = s.source_id AND m.row_number = s.row_number INNER JOIN chains AS k ON k.chain_id = c.chain_id "
            "WHERE k.grade = 'chain'"
        )
    }
    if scope.subject.kind == "chain":
        ids = {scope.subject.key}
    if not ids:
        return []
    scope.connection.execute(
        "CREATE OR REPLACE TEMP TABLE own_chains AS SELECT unnest($ids::VARCHAR[]) AS chain_id", {"ids": sorted(ids)}
    )
    legs = "SELECT leg_id FROM chain_legs WHERE chain_id IN (FROM own_chains)"
    tables = (
        fetched(scope.connection, sql, [])
        for sql in (
            "SELECT * FROM chains WHERE chain_id IN (FROM own_chains) ORDER BY score DESC, chain_id",
            f"SELECT * FROM legs WHERE leg_id IN ({legs})",
            "SELECT * FROM chain_legs WHERE chain_id IN (FROM own_chains) ORDER BY chain_id, position",
            f"SELECT * FROM chain_shipments WHERE leg_id IN ({legs}) ORDER BY leg_id, position",
        )
    )
    return chains_json(ChainTables(*tables))


def _chain(scope: Scope, chain: dict[str, object]) -> list[Block]:
    legs = chain["legs"]
    assert isinstance(legs, list)
    said = charts.chain_text(chain)
    drawn = charts.chain_svg(chain, lambda source, row: f"#row-{source}-{row}")
    blocks: list[Block] = [Drawing(drawn, said[0], ())]
    for words, leg in zip(said[1:], legs, strict=False):
        rows = [row_of({"source_id": s["source"], "row_number": s["row"]}) for s in leg["shipments"]]
        cites, more = scope.cite(rows, charts.ROWS_SHOWN)
        blocks.append(Sentence(words, cites, more))
    blocks += [Sentence(words, tone="warn") for words in said[1 + len(legs) :]]
    for key, lead in (("links", "How the legs are linked"), ("notes", "To note")):
        listed = chain[key]
        assert isinstance(listed, list)
        blocks += [Sentence(f"{lead}: {clean(text, 500)}.") for text in listed]
    return blocks


def _marks(scope: Scope) -> list[tuple[dt.date, str]]:
    if scope.subject.kind != "party":
        return []
    found = scope.rows(
        "SELECT DISTINCT p.listed, p.list_id FROM matches AS m INNER JOIN list_presence AS p ON p.list_id = m.list_id AND p.entry_id = m.entry_id "
        "INNER JOIN name_keys AS k ON k.name = m.name INNER JOIN party_members AS o ON o.name_key = k.name_key "
        "WHERE o.party_id = $key AND m.decision = 'match' AND p.listed BETWEEN (SELECT min(date) FROM moves) AND (SELECT max(date) FROM moves) ORDER BY 1, 2 LIMIT 3",
        {"key": scope.subject.key},
    )  # fmt: skip
    return [(r["listed"], f"on the list {r['list_id']}") for r in found if isinstance(r["listed"], dt.date)]


def _amounts(found: dict[str, object]) -> str:
    said = []
    if found["kg"] is not None:
        said.append(f"{figure(float(str(found['kg'])))} kg")
    if found["usd"] is not None:
        said.append(f"{figure(float(str(found['usd'])))} USD")
    return ", ".join(said) or "no weight or value stated"


def _joined(control: object, note: object) -> Cell:
    return None if control is None else "; ".join(clean(v, 160) for v in (control, note) if v)


def _place(code: object) -> Cell:
    return "not stated" if code is None else country_name(str(code)) or clean(code)
