"""Steps that take the reports of a case apart: claims per report, roots over all of them, claims held against the records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from entrepot.casework.config import ModelConfig, PartConfig, SourceConfig
from entrepot.casework.steps_reading import source_id
from entrepot.engine.steps import Desk, Reads, Step
from entrepot.errors import InputError
from entrepot.findings.checks import check_tables
from entrepot.model.tables.reports import MODEL_READINGS
from entrepot.readers.documents import read_document
from entrepot.readers.files import parts
from entrepot.reports import Report, find_roots, read_report, report_tables
from entrepot.reports.origins import Roots
from entrepot.reports.second_reader import PROMPT_VERSION, Endpoint, second_reading

OF_ONE = ("claim_quantities", "attributions", "report_mentions")
"""Tables that one report fills by itself."""

OF_ALL = ("claims", "roots", "root_claims", "differences", "reprints")
"""Tables that need all reports of the case; `claims` because a claim names its root."""

CHECKED = (
    "claims", "claim_quantities", "attributions", "report_mentions", "documents", "sources", "shipments", "trade", "flows",
    "name_keys", "list_keys", "list_presence", "list_entries", "hs_codes", "price_groups", "chains",
)  # fmt: skip
"""Tables that checks read."""

READING = ("entrepot.reports", "entrepot.readers.documents")


def reports_steps(sources: Sequence[SourceConfig], folder: Path, model: ModelConfig | None = None) -> list[Step]:
    """A step per report, one for roots over all of them, one for checks; none where the case holds no report.

    Args:
        sources: the sources of case.toml.
        folder: where the files are kept by their hash.
        model: the endpoint that reads each report a second time, where the user configured one.
    """
    reports = [(source, part) for source in sources for part in source.part if part.kind == "report"]
    if not reports:
        return []
    read: dict[str, Report] = {}
    steps = [
        Step(
            key=f"claims:{source_id(source, part)}",
            title=f"claims of {Path(source.path).name}",
            run=_claims(source, part, folder, read),
            writes=OF_ONE,
            reads=(Reads("documents", (f"read:{source_id(source, part)}",)),),
            inputs={"sha256": source.sha256, "part": part.number},
            code=READING,
        )
        for source, part in reports
    ]

    if model is not None:
        steps += [_second(source, part, folder, read, model) for source, part in reports]

    def roots(desk: Desk) -> None:
        found = find_roots([_report(source, part, folder, read) for source, part in reports])
        tables = report_tables(found)
        for table in OF_ALL:
            desk.put(table, tables[table])

    steps.append(
        Step(
            "roots",
            "roots of the claims",
            roots,
            OF_ALL,
            (Reads("documents"), Reads("claim_quantities")),
            code=READING,
        )
    )
    steps.append(
        Step(
            "checks",
            "claims against the records",
            lambda desk: desk.put("checks", check_tables(desk.engine)),
            ("checks",),
            tuple(Reads(table) for table in CHECKED),
            code=("entrepot.findings.checks", "entrepot.parties.normal", "entrepot.model.places"),
        )
    )
    return steps


def _claims(source: SourceConfig, part: PartConfig, folder: Path, read: dict[str, Report]) -> Callable[[Desk], None]:
    def run(desk: Desk) -> None:
        report = _report(source, part, folder, read)
        tables = report_tables(Roots((), (report,), ()))
        for table in OF_ONE:
            desk.put(table, tables[table])
        desk.notes["notes"] = list(report.notes)

    return run


def _second(source: SourceConfig, part: PartConfig, folder: Path, read: dict[str, Report], model: ModelConfig) -> Step:
    def run(desk: Desk) -> None:
        report = _report(source, part, folder, read)
        found = second_reading(report, Endpoint(model.url, model.name, model.key_env or ""))
        desk.put("model_readings", MODEL_READINGS.from_rows(line.as_row() for line in found))

    return Step(
        key=f"model:{source_id(source, part)}",
        title=f"{Path(source.path).name} read by {model.name} as well",
        run=run,
        writes=("model_readings",),
        reads=(Reads("documents", (f"read:{source_id(source, part)}",)),),
        inputs={
            "sha256": source.sha256,
            "part": part.number,
            "url": model.url,
            "model": model.name,
            "prompt": PROMPT_VERSION,
        },
        code=READING,
    )


def _report(source: SourceConfig, part: PartConfig, folder: Path, read: dict[str, Report]) -> Report:
    """The report as read; what this build has read already is not read again."""
    identifier = source_id(source, part)
    if identifier not in read:
        path = folder / source.sha256
        if not path.exists():
            raise InputError(
                "the kept file is missing", file=source.path, remedy=f"add it again: entrepot add CASE {source.path}"
            )
        document = read_document(parts(path)[part.number])
        read[identifier] = read_report(replace(document, name=Path(source.path).name))
    return read[identifier]
