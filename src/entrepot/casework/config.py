"""case.toml: what the case holds and how it is read, written so that a person can correct it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from tomlkit.exceptions import TOMLKitError

from entrepot.engine.store import replace_text
from entrepot.errors import CaseError, InputError

FILE = "case.toml"

TEMPLATE = """\
# An Entrepot case. Edit it freely; `entrepot build` computes again what your change touches.

[case]
name = {name}

[parameters]
# Dates and thresholds that indicators use. Each indicator states its own in docs/indicators.
# The day after which first-time trade in controlled goods is of interest: 24 February 2022, as in the joint alert of
# FinCEN and BIS of May 2023.
after_date = 2022-02-24
# Destinations whose trade in controlled goods is looked at, ISO 3166-1 alpha-2 joined by commas; "*" for all.
destinations = "*"

# Parameters of one indicator go under its identifier:
# [indicators.sudden_rise]
# least_ratio = 3.0

# Each file that `entrepot add` took follows as a [[source]] with its SHA-256 and how it is read. Correct a mapping by
# naming the file's own column: consignee_name = "IMPORTER_NAME".
"""

ColumnRule = str | dict[str, str | int | float | list[str]]


class PartConfig(BaseModel):
    """How one part of a file is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int = 0
    name: str | None = None
    kind: Literal["shipments", "list", "controls", "flows", "report", "hs", "ownership", "skip"]
    format: str = ""
    header_row: int = 1
    direction: Literal["import", "export", "transit", "unknown"] = "unknown"
    reporter: str | None = None
    list_id: str | None = None
    list_date: dt.date | None = None
    columns: Mapping[str, ColumnRule] = Field(default_factory=dict)
    fixed: Mapping[str, str] = Field(default_factory=dict)


class SourceConfig(BaseModel):
    """One file of the case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size_bytes: int = 0
    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    retrieved: dt.date | None = None
    synthetic: str | None = None
    part: list[PartConfig] = Field(default_factory=list)


class ModelConfig(BaseModel):
    """An endpoint that reads reports a second time, where the user configures one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    name: str
    key_env: str | None = None


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str


class CaseConfig(BaseModel):
    """The whole of case.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: _Named
    parameters: Mapping[str, str | int | float | bool | dt.date] = Field(default_factory=dict)
    indicators: Mapping[str, Mapping[str, str | int | float | bool | dt.date]] = Field(default_factory=dict)
    model: ModelConfig | None = None
    source: list[SourceConfig] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """case.toml as text and as values; changes keep the user's comments."""

    path: Path
    document: tomlkit.TOMLDocument = field(repr=False)
    config: CaseConfig

    def with_source(self, source: SourceConfig) -> CaseFile:
        """The same with one more source, or the source of the same hash replaced in its place."""
        listed = self.document.get("source")
        tables = tomlkit.aot() if listed is None else listed
        assert isinstance(tables, tomlkit.items.AoT)
        known = [at for at, existing in enumerate(tables) if existing.get("sha256") == source.sha256]
        if known:  # in its place: parties take their identifiers from the order in which files were added
            del tables[known[0]]
            tables.insert(known[0], _table(source))
        else:
            tables.append(_table(source))
        self.document["source"] = tables
        return replace(self, config=_validated(self.path, self.document))

    def save(self) -> None:
        """Write case.toml."""
        replace_text(self.path, tomlkit.dumps(self.document))


def create(folder: Path, name: str) -> CaseFile:
    """Write a commented case.toml into `folder`.

    Raises:
        CaseError: there is one already.
    """
    path = folder / FILE
    if path.exists():
        raise CaseError("there is a case here already", file=path, remedy="choose another folder, or add files to it")
    replace_text(path, TEMPLATE.format(name=tomlkit.string(name).as_string()))
    return read(folder)


def read(folder: Path) -> CaseFile:
    """Read case.toml.

    Raises:
        CaseError: there is none.
        InputError: it is not TOML, or a setting is unknown or wrong; names line or setting.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CaseError(
            "this folder is not a case: it has no case.toml", file=folder, remedy="entrepot init FOLDER"
        ) from error
    except (PermissionError, IsADirectoryError) as error:
        raise CaseError("case.toml cannot be read", file=path, remedy="check the file's permissions") from error
    except UnicodeDecodeError as error:
        raise InputError("case.toml is not UTF-8", file=path, remedy="save it as UTF-8") from error
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise InputError(f"case.toml is not valid TOML: {error}", file=path, remedy="correct the line") from error
    return CaseFile(path, document, _validated(path, document))


def _validated(path: Path, document: tomlkit.TOMLDocument) -> CaseConfig:
    try:
        return CaseConfig.model_validate(document.unwrap())
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(
            f"setting {'.'.join(str(p) for p in first['loc'])}: {first['msg']}",
            file=path,
            value=first.get("input") if not isinstance(first.get("input"), dict) else None,
            remedy="correct the setting; `entrepot init` writes a commented example",
        ) from error


def _table(source: SourceConfig) -> tomlkit.items.Table:
    table = tomlkit.table()
    for key, value in source.model_dump(exclude_none=True, exclude={"part"}).items():
        table[key] = value
    parts = tomlkit.aot()
    for part in source.part:
        inner = tomlkit.table()
        hidden = {"columns", "fixed"} | (set() if part.kind == "shipments" else {"header_row", "direction"})
        for key, value in part.model_dump(exclude_none=True, exclude=hidden).items():
            inner[key] = value
        if part.columns:
            columns = tomlkit.table()
            for canonical, rule in part.columns.items():
                if isinstance(rule, str):
                    columns[canonical] = rule
                else:
                    inline = tomlkit.inline_table()
                    inline.update(rule)
                    columns[canonical] = inline
            inner["columns"] = columns
        if part.fixed:
            inner["fixed"] = dict(part.fixed)
        parts.append(inner)
    table["part"] = parts
    return table
