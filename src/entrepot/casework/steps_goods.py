"""Steps of the goods craft: what each distinct text is, which controls it comes under, what contradicts its code, prices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from entrepot.engine.sql import Statement, load
from entrepot.engine.steps import Desk, Reads, Step
from entrepot.findings.business import name_trades, words_text
from entrepot.goods import doubts, prices
from entrepot.goods.classify import Classifier
from entrepot.goods.controls import HsControl
from entrepot.goods.results import classes, contradicted, controls

TEXT_CODE = ("entrepot.goods",)
"""Modules and data that decide what a text is."""

PART_OF_CODE = 0.6
"""Confidence of a control by code where the declared code holds more than the listed goods (issue 1: `exact` is false)."""


def goods_steps(sources: Sequence[str]) -> list[Step]:
    """Steps over the goods of every source of shipments.

    A text is looked at once: a source leaves out the texts, and the pairs of text and code, that the sources before it
    have. So a file that is added at the end of case.toml leaves the others as they are.

    Args:
        sources: identifiers of the sources in the order of case.toml.
    """
    steps: list[Step] = []
    for at, source in enumerate(sources):
        steps += _of_source(source, tuple(f"read:{earlier}" for earlier in sources[:at]))
    return steps + _price_steps() if sources else []


def _of_source(source: str, earlier: tuple[str, ...]) -> list[Step]:
    texts, pairs, names = (_sql(name) for name in ("distinct_texts", "distinct_pairs", "distinct_parties"))
    reads = (Reads("shipments", (*earlier, f"read:{source}")),)
    here = {"source": source}

    def classify(desk: Desk) -> None:
        listed = [str(text) for text in desk.engine.rows(texts, here).column("goods_text").to_pylist()]
        declared = _goods(desk.engine.rows(pairs, here))
        _put_all(desk, "goods_classes", classes(listed, Classifier.default()) if listed else iter(()))
        _put_all(desk, "goods_contradictions", contradicted(declared, Classifier.default()) if declared else iter(()))

    def control(desk: Desk) -> None:
        found = desk.engine.rows(pairs, here)
        editions: list[str | None] = found.column("hs_edition").to_pylist()
        known = _hs_controls(desk)
        for edition in sorted(set(editions), key=lambda name: name or ""):
            chosen = [goods for goods, own in zip(_goods(found), editions, strict=True) if own == edition]
            newest = max(known, default="")
            _put_all(desk, "goods_controls", controls(chosen, known.get(edition or newest, {})))

    def trades(desk: Desk) -> None:
        found = [str(name) for name in desk.engine.rows(names, here).column("name").to_pylist()]
        desk.put("name_trades", name_trades(found, source))

    return [
        Step(
            f"goods_classes:{source}",
            "what the goods texts say",
            classify,
            ("goods_classes", "goods_contradictions"),
            reads,
            inputs={"sql": [texts.text, pairs.text]},
            code=TEXT_CODE,
        ),
        Step(
            f"code_doubts:{source}",
            "codes that the goods texts do not bear out",
            lambda desk: desk.query("code_doubts", doubts.STATEMENT, doubts.PARAMETERS),
            ("code_doubts",),
            (
                Reads("shipments", (f"read:{source}",)),
                Reads(
                    "goods_classes",
                    tuple(f"goods_classes:{key.removeprefix('read:')}" for key in (*earlier, f"read:{source}")),
                ),
            ),
            inputs={"sql": doubts.STATEMENT.text, "parameters": dict(doubts.PARAMETERS)},
        ),
        Step(
            f"goods_controls:{source}",
            "designators, markings and controls of the goods",
            control,
            ("goods_controls",),
            (*reads, Reads("hs_control_codes"), Reads("controls")),
            inputs={"sql": [pairs.text, _CODES.text]},
            code=TEXT_CODE,
        ),
        Step(
            f"name_trades:{source}",
            "trades that names state",
            trades,
            ("name_trades",),
            (Reads("shipments", (f"read:{source}",)),),
            inputs={"sql": names.text, "words": words_text()},
            code=("entrepot.findings.business", "entrepot.parties.text"),
        ),
    ]


def _price_steps() -> list[Step]:
    """Prices are compared over all sources: the same goods of one origin are one market."""
    values = prices.parameters(dt.date(dt.date.today().year, 12, 31))
    unit_values, groups, outliers = (prices.statement(name) for name in prices.STEPS)

    def compare(desk: Desk) -> None:
        desk.put("price_ranges", prices.price_ranges())

    def query(table: str, title: str, statement: Statement, reads: tuple[str, ...]) -> Step:
        used = {name: values[name] for name in statement.parameters}

        def run(desk: Desk) -> None:
            desk.query(table, statement, used)

        return Step(
            table,
            title,
            run,
            (table,),
            tuple(Reads(name) for name in reads),
            inputs={"sql": statement.text, "parameters": used},
        )

    return [
        Step("price_ranges", "possible unit values", compare, ("price_ranges",), code=("entrepot.goods",)),
        query("unit_values", "unit values", unit_values, ("shipments",)),
        query("price_groups", "comparison groups of unit values", groups, ("unit_values",)),
        query(
            "price_outliers", "unit values that stand out", outliers, ("unit_values", "price_groups", "price_ranges")
        ),
    ]


_CODES = Statement(
    "controls_by_code",
    "SELECT hs_control_codes.hs_edition AS hs_edition, hs_control_codes.hs6 AS hs6, hs_control_codes.control_id AS control_id, "
    "hs_control_codes.exact AS exact, hs_control_codes.note AS note, controls.tier AS tier, controls.description AS description, "
    "controls.control_list AS control_list FROM hs_control_codes INNER JOIN controls "
    "ON controls.control_id = hs_control_codes.control_id ORDER BY hs_control_codes.hs_edition ASC, hs_control_codes.hs6 ASC, "
    "hs_control_codes.control_id ASC",
)


def _hs_controls(desk: Desk) -> Mapping[str, Mapping[str, Sequence[HsControl]]]:
    """Edition to code to its controls."""
    known: dict[str, dict[str, list[HsControl]]] = {}
    for row in desk.engine.rows(_CODES, {}).to_pylist():
        of_edition = known.setdefault(str(row["hs_edition"]), {})
        of_edition.setdefault(str(row["hs6"]), []).append(
            HsControl(
                control_id=str(row["control_id"]),
                title=row["description"] or str(row["control_list"]),
                tier=row["tier"],
                source=row["note"],
                confidence=1.0 if row["exact"] else PART_OF_CODE,
            )
        )
    return known


def _goods(found: pa.Table) -> list[tuple[str | None, str | None, int]]:
    return [(row["goods_text"], row["hs_code"], int(row["shipments"])) for row in found.to_pylist()]


def _put_all(desk: Desk, table: str, batches: Iterator[pa.Table]) -> None:
    for batch in batches:
        desk.put(table, batch)


def _sql(name: str) -> Statement:
    return load(Path(str(files("entrepot.casework").joinpath("sql", f"{name}.sql"))))
