"""Steps that read sources: one per readable part, each writing its records, rejects, problems and a row of `sources`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from entrepot.casework.config import ColumnRule, PartConfig, SourceConfig
from entrepot.casework.recognise import LAYOUT_ROWS
from entrepot.engine.steps import Desk, Step
from entrepot.errors import InputError
from entrepot.model.tables import TABLES
from entrepot.model.tables.sources import SOURCES
from entrepot.readers import controls, flows, hs, lists, ownership, shipments
from entrepot.readers.files import Part, parts, rows
from entrepot.readers.layout import Layout, header_of
from entrepot.readers.reading import Reading

WRITES = {
    "shipments": ("shipments",),
    "list": ("list_entries", "list_names", "list_identifiers", "list_places", "ownership"),
    "controls": ("controls",),
    "flows": ("flows",),
    "hs": ("hs_codes",),
    "ownership": ("ownership",),
    "report": ("documents", "paragraphs"),
}
"""Tables that each kind of source fills, beside `sources`, `rejects` and `reading_problems`."""

CODE = {
    "shipments": ("entrepot.readers.shipments", "entrepot.readers.values", "entrepot.readers.files", "entrepot.model"),
    "list": ("entrepot.readers.lists", "entrepot.readers.values", "entrepot.readers.files", "entrepot.model"),
    "controls": ("entrepot.readers.controls", "entrepot.readers.files", "entrepot.model.hs"),
    "flows": ("entrepot.readers.flows", "entrepot.readers.files", "entrepot.model"),
    "hs": ("entrepot.readers.hs", "entrepot.readers.files", "entrepot.model.hs"),
    "ownership": ("entrepot.readers.ownership", "entrepot.readers.values", "entrepot.readers.files", "entrepot.model"),
    "report": ("entrepot.readers.documents",),
}


def source_id(source: SourceConfig, part: PartConfig) -> str:
    """Identifier of a part of a source: 16 hex digits, and the part's number after the first."""
    return source.sha256[:16] + (f"-{part.number}" if part.number else "")


def reading_steps(sources: list[SourceConfig], folder: Path) -> list[Step]:
    """A step per readable part, in the order of case.toml."""
    steps = []
    for source in sources:
        for part in source.part:
            if part.kind == "skip":
                continue
            steps.append(
                Step(
                    key=f"read:{source_id(source, part)}",
                    title=f"reading {Path(source.path).name}" + (f" [{part.name}]" if part.name else ""),
                    run=_runner(source, part, folder / source.sha256),
                    writes=("sources", "rejects", "reading_problems", *WRITES[part.kind]),
                    inputs={
                        "source": source.model_dump(mode="json", exclude={"part"}),
                        "part": part.model_dump(mode="json"),
                    },
                    code=CODE[part.kind],
                    weight=max(1, source.size_bytes // 100),
                )
            )
    return steps


def _runner(source: SourceConfig, config: PartConfig, path: Path) -> Callable[[Desk], None]:
    def run(desk: Desk) -> None:
        if not path.exists():
            raise InputError(
                "the kept file is missing", file=source.path, remedy=f"add it again: entrepot add CASE {source.path}"
            )
        found = parts(path)
        if config.number >= len(found):
            raise InputError(
                f"part {config.number} is not in the file",
                file=source.path,
                remedy="correct case.toml, or add it again",
            )
        part = found[config.number]
        identifier = source_id(source, config)
        try:
            if config.kind == "shipments":
                counts = _shipments(desk, part, config, identifier)
            elif config.kind == "report":
                counts = _report(desk, part, source)
            else:
                counts = _records(desk, _read(part, source, config, identifier))
        except InputError as error:
            # The kept file is called by its hash: a person knows it by the path that was added.
            error.file = (error.file or str(path)).replace(str(path), source.path)
            raise
        _register(desk, source, config, identifier, counts)

    return run


def _shipments(desk: Desk, part: Part, config: PartConfig, identifier: str) -> tuple[int, int]:
    columns = columns_of(part, config)
    loaded = shipments.load(part, columns, identifier, desk.place("shipments"), desk.scratch)
    desk.wrote("shipments", loaded.rows_kept, row_base=loaded.row_base, header=columns.header, repeats=loaded.repeats)
    desk.put("rejects", loaded.rejects)
    desk.put("reading_problems", loaded.problems)
    desk.notes["notes"] = list(loaded.notes)
    return loaded.rows_in, loaded.rows_kept


def columns_of(part: Part, config: PartConfig) -> shipments.Columns:
    """The mapping of case.toml against the header of the file.

    Raises:
        InputError: a column that the mapping names is not in the header, or a canonical name is unknown.
    """
    header = _header(part, config.header_row)
    mapping = {
        "header_row": config.header_row,
        "direction": config.direction,
        "columns": dict(config.columns),
        "fixed": dict(config.fixed),
    }
    layout = Layout.from_mapping(mapping, header, file=part.label)
    mapped = {
        canonical: shipments.SourceColumn(m.index, m.unit, m.currency, m.scale, tuple(at for _, at in m.more))
        for canonical, m in layout.every.items()
    }
    direction = None if config.direction == "unknown" else config.direction
    return shipments.Columns(config.header_row, header, mapped, direction, dict(config.fixed))


def _header(part: Part, number: int) -> tuple[str, ...]:
    """Names of the columns: as recognition names them, or the cells of another row that the user points to."""
    place, header = header_of((row.number, row.cells) for row in rows(part, LAYOUT_ROWS))
    if (place or 0) == number:
        return header
    for row in rows(part, number):
        if row.number == number:
            return tuple(" ".join((cell or "").split()) or f"column {at}" for at, cell in enumerate(row.cells, 1))
    raise InputError("the file has no such row", file=part.label, row=number, remedy="correct header_row in case.toml")


def _headers(part: Part, field: str, rule: ColumnRule) -> list[str]:
    """The columns of one field of a list: a header, or `{ source = HEADER, more = [HEADER] }`."""
    if isinstance(rule, str):
        return [rule]
    source, more = rule.get("source"), rule.get("more") or []
    if not isinstance(source, str) or not isinstance(more, list) or not all(isinstance(one, str) for one in more):
        raise InputError(
            "a list's column is a header", file=part.label, column=field, value=str(rule),
            remedy=f'{field} = "HEADER" or {field} = {{ source = "HEADER", more = ["HEADER"] }} in case.toml',
        )  # fmt: skip
    return [source, *more]


def _read(part: Part, source: SourceConfig, config: PartConfig, identifier: str) -> Reading:
    if config.kind == "list":
        mapping = {field: _headers(part, field, rule) for field, rule in config.columns.items()}
        return lists.read(
            part, source_id=identifier, format=config.format, list_id=config.list_id, list_date=config.list_date, mapping=mapping or None
        )  # fmt: skip
    if config.kind == "controls":
        return controls.read(part, source_id=identifier, control_list=config.list_id)
    if config.kind == "hs":
        return hs.read(part, source_id=identifier)
    if config.kind == "ownership":
        return ownership.read(part, source_id=identifier)
    return flows.read(part, source_id=identifier, named=source.path, reporter=config.reporter)


def _records(desk: Desk, reading: Reading) -> tuple[int, int]:
    for table in desk.step.writes:
        if table in reading.tables:
            desk.put(table, reading.tables[table])
        elif table not in ("sources", "rejects", "reading_problems"):
            desk.put(table, TABLES[table].empty())
    desk.put("rejects", reading.rejects)
    desk.put("reading_problems", reading.problems)
    desk.notes["notes"] = list(reading.notes)
    return reading.rows_in, reading.rows_kept


def _report(desk: Desk, part: Part, source: SourceConfig) -> tuple[int, int]:
    from entrepot.readers.documents import read_report_part  # readers of PDF and Word, which most loads do without

    reading = read_report_part(part)
    documents = reading.tables["documents"]
    at = documents.column_names.index("name")
    names = pa.array([Path(source.path).name] * documents.num_rows, pa.string())
    named = documents.set_column(at, documents.schema.field("name"), names)
    return _records(desk, replace(reading, tables={**reading.tables, "documents": named}))


def _register(desk: Desk, source: SourceConfig, config: PartConfig, identifier: str, counts: tuple[int, int]) -> None:
    row: dict[str, object] = {
        "source_id": identifier, "sha256": source.sha256, "path": source.path, "part": config.name, "kind": config.kind,
        "format": config.format or None, "title": source.title, "publisher": source.publisher, "licence": source.licence,
        "retrieved": source.retrieved, "synthetic": source.synthetic, "size_bytes": source.size_bytes,
        "rows_in": counts[0], "rows_kept": counts[1], "rows_rejected": counts[0] - counts[1],
    }  # fmt: skip
    if config.kind == "hs":
        row["kind"] = "controls"
    desk.put("sources", SOURCES.from_rows([row]))


def bundled_source(name: str, title: str, publisher: str, licence: str, kept: int) -> pa.Table:
    """A row of `sources` for reference data that is shipped with Entrepot."""
    return SOURCES.from_rows(
        [
            {
                "source_id": f"bundled:{name}", "sha256": "", "path": f"bundled:{name}", "kind": "controls", "title": title,
                "publisher": publisher, "licence": licence, "rows_in": kept, "rows_kept": kept, "rows_rejected": 0,
            }
        ]
    )  # fmt: skip


def json_value(value: object) -> str:
    """A value as JSON text with dates as ISO text."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, default=lambda v: v.isoformat() if isinstance(v, dt.date) else str(v)
    )
