"""Runs an indicator: its query, its statements in words, and the rows that prove each finding."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from entrepot.engine.sql import Value
from entrepot.engine.steps import Desk, Reads, Step
from entrepot.errors import InputError
from entrepot.findings.catalogue import Indicator, fill, values
from entrepot.findings.exactness import Exactness, exactness, reasons
from entrepot.model.tables import TABLES
from entrepot.model.tables.findings import EVIDENCE, FINDINGS, INDICATORS

GIVEN = ("subject_key", "subject", "strength", "country", "hs6", "date_from", "date_to", "rows", "value_usd", "net_kg", "compared", "synthetic")  # fmt: skip
"""Columns that every indicator's query gives; all others are components."""

REQUIRED = {"subject_key": "filled", "subject": "any", "strength": "number", "rows": "number", "compared": "number"}
PROOF = {"subject_key": "filled", "source_id": "filled", "row_number": "number", "why": "filled"}
"""Columns that a query and an evidence query owe, as `_complete` reads them."""

MOST_EVIDENCE = 500
"""Rows of evidence kept per finding, first and last included; the statement says how many there are in all."""


def indicator_step(indicator: Indicator, case: Mapping[str, Value], own: Mapping[str, Value]) -> Step:
    """The step that runs one indicator.

    Raises:
        UsageError: a parameter in case.toml is wrong.
    """
    parameters = values(indicator, case, own)

    def run(desk: Desk) -> None:
        found = desk.engine.rows(indicator.query, parameters)
        _one_a_subject(indicator, found)
        proof = _proof(desk, indicator, parameters, found) if found.num_rows else None
        of_trade = proof is not None and "trade" in indicator.reads
        rows = _findings(indicator, found, exactness(desk.engine, proof) if of_trade else {})
        desk.put("findings", _table(indicator, rows))
        desk.put("evidence", EVIDENCE.empty() if proof is None else _evidence(desk, indicator, proof, rows, of_trade))
        compared = max((int(str(row["compared"])) for row in rows), default=None)
        desk.put("indicators", INDICATORS.from_rows([_entry(indicator, parameters, len(rows), compared)]))

    return Step(
        f"indicator:{indicator.id}",
        f"indicator: {indicator.title}",
        run,
        ("findings", "evidence", "indicators"),
        tuple(Reads(table) for table in _known(indicator)),
        inputs={
            "parameters": {key: str(value) for key, value in parameters.items()},
            "query": indicator.query.text,
            "evidence": indicator.evidence.text,
            "header": dict(indicator.query.header),
        },
        code=("entrepot.findings.run", "entrepot.findings.exactness", "entrepot.findings.catalogue"),
    )


def _known(indicator: Indicator) -> tuple[str, ...]:
    for table in indicator.reads:
        if table not in TABLES:
            raise InputError(
                f"indicator {indicator.id!r} reads an unknown table", value=table, remedy="see docs/tables"
            )
    return indicator.reads


def _complete(indicator: Indicator, part: str, rows: pa.Table, columns: Mapping[str, str]) -> None:
    """Holds the rows of a statement against what it owes.

    Args:
        columns: name to `filled`, `number` (filled too) or `any`.

    Raises:
        InputError: a column is missing, holds NULL, or texts where a number is read.
    """
    for name, kind in columns.items():
        fault, value = "", None
        if name not in rows.column_names:
            fault = f"gives no column {name!r}"
        elif kind != "any" and rows.column(name).null_count:
            fault, value = f"leaves {name!r} empty", "NULL"
        elif kind == "number" and rows.num_rows and not _numeric(rows.schema.field(name).type):
            fault, value = f"gives no number as {name!r}", str(rows.column(name)[0].as_py())
        if fault:
            raise InputError(
                f"the {part} of indicator {indicator.id!r} {fault}", value=value, remedy="see docs/indicators.md"
            )


def _numeric(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _one_a_subject(indicator: Indicator, found: pa.Table) -> None:
    """Holds the query's rows against what they owe.

    Raises:
        InputError: a column is missing or empty, or a subject is given twice.
    """
    _complete(indicator, "query", found, REQUIRED)
    counted = pc.value_counts(found.column("subject_key").combine_chunks())
    if twice := [str(pair["values"]) for pair in counted.to_pylist() if pair["counts"] > 1]:
        raise InputError(
            f"the query of indicator {indicator.id!r} gives a subject more than once",
            value=twice[0],
            remedy="give one row per subject_key: group by it",
        )


def _findings(indicator: Indicator, found: pa.Table, exact: Mapping[str, Exactness]) -> list[dict[str, object]]:
    listed = []
    for row in found.to_pylist():
        components = {key: _plain(value) for key, value in row.items() if key not in GIVEN and not key.startswith("_")}
        key = str(row["subject_key"])
        known = exact.get(key, Exactness())
        told = known.told({k: _number(v) for k, v in row.items()})
        listed.append(
            {
                "finding_id": finding_id(indicator.id, key),
                "indicator": indicator.id,
                "subject_kind": indicator.subject,
                "subject_key": key,
                "subject": row["subject"] or key,
                "statement": known.worded(fill(indicator.statement, told)),
                "strength": min(1.0, max(0.0, float(row["strength"]))),
                **{
                    name: row.get(name)
                    for name in ("country", "hs6", "date_from", "date_to", "value_usd", "net_kg", "synthetic")
                },
                "rows": int(row["rows"]),
                "components": json.dumps(components, ensure_ascii=False),
                "fires_on": found.num_rows,
                "compared": int(row["compared"]),
            }
        )
    listed.sort(key=lambda r: (-float(str(r["strength"])), str(r["subject_key"])))
    return listed


def _table(indicator: Indicator, rows: list[dict[str, object]]) -> pa.Table:
    try:
        return FINDINGS.from_rows(rows)
    except InputError as error:
        raise InputError(
            f"the query of indicator {indicator.id!r} gives what does not fit ({error.problem})",
            column=error.column,
            remedy="see docs/indicators.md and docs/tables/findings.md",
        ) from error


def _proof(desk: Desk, indicator: Indicator, parameters: Mapping[str, Value], found: pa.Table) -> pa.Table:
    """What the evidence statement gives; it reads the query's rows, with all their columns, as `found`."""
    desk.engine.lend("found", found)
    proof = desk.engine.rows(indicator.evidence, parameters)
    _complete(indicator, "evidence query", proof, PROOF)
    return proof


def _evidence(
    desk: Desk, indicator: Indicator, proof: pa.Table, rows: list[dict[str, object]], of_trade: bool
) -> pa.Table:
    """Rows behind each finding, in the order in which the evidence statement gives them.

    Raises:
        InputError: the evidence statement gives a subject that is not among the findings.
    """
    subjects = proof.column("subject_key").combine_chunks().cast(pa.string()).dictionary_encode()
    ids = {str(row["subject_key"]): str(row["finding_id"]) for row in rows}
    keys = [str(key) for key in subjects.dictionary.to_pylist()]
    if unknown := [key for key in keys if key not in ids]:
        raise InputError(
            f"the evidence query of indicator {indicator.id!r} gives a subject that its query does not give",
            value=unknown[0],
            remedy="join it with `found`",
        )
    of_key = np.array([ids[key] for key in keys], dtype=object)
    kept, positions = _spread(np.argsort(np.argsort(of_key))[subjects.indices.to_numpy()])
    chosen = proof.take(pa.array(kept))
    finding = pa.array(of_key[subjects.indices.to_numpy()[kept]], pa.string())
    why = reasons(desk.engine, chosen) if of_trade else chosen.column("why")
    columns = [finding, positions, chosen.column("source_id"), chosen.column("row_number"), why]
    return pa.table(dict(zip(EVIDENCE.column_names, columns, strict=True))).cast(EVIDENCE.arrow)


def _spread(finding: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Which rows are kept, finding after finding, and the position of each in its own; of many the first and the last ones.

    Args:
        finding: rank of the finding behind each row.
    """
    order = np.argsort(finding, kind="stable")
    _, first, count = np.unique(finding[order], return_index=True, return_counts=True)
    at = np.arange(len(order)) - np.repeat(first, count)
    of_all = np.repeat(count, count)
    half = MOST_EVIDENCE // 2
    keep = (of_all <= MOST_EVIDENCE) | (at < half) | (at >= of_all - half)
    skipped = np.where((of_all > MOST_EVIDENCE) & (at >= half), of_all - MOST_EVIDENCE, 0)
    return order[keep], (at - skipped + 1)[keep].astype(np.int32)


def _entry(
    indicator: Indicator, parameters: Mapping[str, Value], fired: int, compared: int | None
) -> dict[str, object]:
    return {
        "indicator": indicator.id, "title": indicator.title, "meaning": indicator.meaning, "source": indicator.source,
        "innocent": indicator.innocent, "parameters": json.dumps({k: _plain(v) for k, v in parameters.items()}),
        "query": indicator.query.render(parameters), "findings": fired, "compared": compared, "added": indicator.added,
    }  # fmt: skip


def finding_id(indicator: str, subject_key: str) -> str:
    """Stable over rebuilds: a hash of indicator and subject."""
    return "f-" + hashlib.sha256(f"{indicator}\0{subject_key}".encode()).hexdigest()[:10]


def _number(value: object) -> object:
    """Sums of whole numbers come from DuckDB as decimals."""
    return _plain(value) if isinstance(value, Decimal) else value


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return float(f"{value:.6g}")
    return value
