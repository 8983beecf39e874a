"""The plan of a build: every step of a case, in the order in which tables depend on each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.special import gammaln

from entrepot.casework import judgements
from entrepot.casework.config import CaseConfig, PartConfig
from entrepot.casework.steps_findings import address_steps
from entrepot.casework.steps_goods import goods_steps
from entrepot.casework.steps_parties import PARTIES_SQL, party_steps
from entrepot.casework.steps_reading import bundled_source, reading_steps, source_id
from entrepot.casework.steps_reports import reports_steps
from entrepot.casework.steps_routes import chain_steps, contact_steps
from entrepot.engine.sql import Statement, Value, load
from entrepot.engine.steps import Desk, Reads, Step
from entrepot.findings.catalogue import catalogue
from entrepot.findings.run import indicator_step
from entrepot.model.places import country_distances
from entrepot.model.tables.findings import LOG_FACTORIALS
from entrepot.model.tables.routes import COUNTRY_DISTANCES
from entrepot.parties import keys
from entrepot.readers import controls, hs

MOST_COUNTED = 200_000
"""Exact tests reach this many shipments of one party; beyond it the normal approximation would serve as well."""


def plan(config: CaseConfig, folder: Path) -> list[Step]:
    """Steps of a case in order.

    Raises:
        InputError: an indicator file or a parameter of the case is wrong.
    """
    steps = [_reference()]
    steps += reading_steps(config.source, folder / "sources")
    shipments = [(source_id(s, p), p) for s in config.source for p in s.part if p.kind == "shipments"]
    steps.append(_query("control_codes", "finding controlled codes in every HS edition", "hs_control_codes", _control_codes(), ("controls", "hs_codes", "hs_concordance")))  # fmt: skip
    for identifier, part in shipments:
        steps += _source_steps(identifier, part)
    steps += goods_steps([identifier for identifier, _ in shipments])
    steps += _list_steps()
    parameters = dict(config.parameters)
    steps += contact_steps([identifier for identifier, _ in shipments])
    steps += party_steps([identifier for identifier, _ in shipments], judgements.in_force(judgements.read(folder)))
    steps += chain_steps(parameters)
    steps += address_steps([identifier for identifier, _ in shipments])
    for indicator in catalogue(folder / "indicators"):
        steps.append(indicator_step(indicator, parameters, config.indicators.get(indicator.id, {})))
    steps += reports_steps(config.source, folder / "sources", config.model)
    return steps


def _control_codes() -> Statement:
    return Statement("hs_control_codes", controls.control_codes_sql())


def _reference() -> Step:
    """Data that is shipped with Entrepot: the Common High Priority List, the Harmonized System, its concordance, distances."""

    def run(desk: Desk) -> None:
        chpl = controls.bundled_chpl()
        nomenclature = hs.bundled_nomenclature()
        concordance = hs.bundled_concordance()
        desk.put("controls", chpl)
        desk.put("hs_codes", nomenclature)
        desk.put("hs_concordance", concordance)
        numbers = np.arange(MOST_COUNTED + 1)
        desk.put(
            "log_factorials",
            pa.table([pa.array(numbers, pa.int32()), pa.array(gammaln(numbers + 1.0))], schema=LOG_FACTORIALS.arrow),
        )
        desk.put(
            "country_distances",
            pa.table([pa.array(column) for column in country_distances()], names=COUNTRY_DISTANCES.column_names).cast(
                COUNTRY_DISTANCES.arrow
            ),
        )
        desk.put(
            "sources",
            bundled_source(
                "chpl", "Common High Priority List, 23 February 2024", "BIS, EU, UK, Japan", "facts", chpl.num_rows
            ),
        )
        desk.put("sources", bundled_source("hs", "Harmonized System 2022", "World Customs Organization, as published by datasets/harmonized-system", "PDDL", nomenclature.num_rows))  # fmt: skip
        desk.put("sources", bundled_source("hs-concordance", "Correlations between HS editions", "UN Statistics Division, as compiled by the Harvard Growth Lab", "see NOTICE", concordance.num_rows))  # fmt: skip

    return Step(
        "reference",
        "bundled control lists and nomenclature",
        run,
        ("sources", "controls", "hs_codes", "hs_concordance", "log_factorials", "country_distances"),
        code=("entrepot.data", "entrepot.readers.controls", "entrepot.readers.hs", "entrepot.model.places.ports"),
    )


def _source_steps(identifier: str, part: PartConfig) -> list[Step]:
    """What is computed from one source of shipments alone, so that a new file leaves the others as they are."""
    read = (f"read:{identifier}",)
    named = (f"names:{identifier}",)
    mentions = load(PARTIES_SQL / "mentions.sql")

    def names(desk: Desk) -> None:
        desk.query("mentions", mentions, {})
        distinct = desk.engine.rows(
            Statement(
                "distinct_names",
                "SELECT DISTINCT n.name AS name FROM (SELECT shipments.shipper_name AS name FROM shipments UNION "
                "SELECT shipments.consignee_name FROM shipments UNION SELECT shipments.notify_name FROM shipments UNION "
                "SELECT shipments.manufacturer_name FROM shipments UNION SELECT shipments.forwarder_name FROM shipments UNION "
                "SELECT shipments.carrier_name FROM shipments UNION SELECT shipments.broker_name FROM shipments) AS n "
                "WHERE n.name IS NOT NULL",
            ),
            {},
        )
        desk.put("name_keys", keys.name_keys(distinct.column("name").to_pylist(), identifier))

    return [
        Step(
            named[0],
            "names in the shipments",
            names,
            ("mentions", "name_keys"),
            (Reads("shipments", read),),
            inputs={"sql": mentions.text},
            code=("entrepot.parties.keys", "entrepot.parties.normal", "entrepot.parties.noparty", "entrepot.parties.forms", "entrepot.parties.text"),
        ),
        _query(
            f"trade:{identifier}",
            "parties, places and controls of each shipment",
            "trade",
            load(PARTIES_SQL / "trade.sql"),
            (Reads("shipments", read), Reads("name_keys", named), "controls", "hs_control_codes"),
            {"reporter": part.reporter},
        ),
    ]  # fmt: skip


def _list_steps() -> list[Step]:
    def listed(desk: Desk) -> None:
        names = desk.engine.rows(
            Statement(
                "names_of_entries",
                "SELECT DISTINCT list_names.list_id AS list_id, list_names.entry_id AS entry_id, list_names.name AS name, "
                "list_names.kind AS kind FROM list_names",
            ),
            {},
        )
        desk.put("list_keys", keys.list_keys(names))

    return [
        Step(
            "list_keys",
            "names on lists",
            listed,
            ("list_keys",),
            (Reads("list_names"),),
            code=("entrepot.parties.keys", "entrepot.parties.normal", "entrepot.parties.forms", "entrepot.parties.text"),
        ),
        _query("list_presence", "who was listed when", "list_presence", load(PARTIES_SQL / "list_presence.sql"), ("list_entries", "list_names")),
    ]  # fmt: skip


def _query(
    key: str,
    title: str,
    table: str,
    statement: Statement,
    reads: tuple[str | Reads, ...],
    parameters: Mapping[str, Value] | None = None,
) -> Step:
    """A step that is one statement."""
    values: Mapping[str, Value] = parameters or {}

    def run(desk: Desk) -> None:
        desk.query(table, statement, values)

    return Step(
        key,
        title,
        run,
        (table,),
        tuple(Reads(r) if isinstance(r, str) else r for r in reads),
        inputs={"sql": statement.text, "parameters": {k: _plain(v) for k, v in values.items()}},
    )


def _plain(value: Value) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
