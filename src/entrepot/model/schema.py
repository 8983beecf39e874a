"""What a table is: columns with type, unit and meaning, from which DDL, Arrow schema, validation and docs come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import pyarrow as pa

from entrepot.errors import InputError


class Type(Enum):
    """Column types that DuckDB, Spark and Arrow all have. Dates are days; text is UTF-8; no nested types."""

    TEXT = "VARCHAR"
    INT = "INTEGER"
    BIGINT = "BIGINT"
    FLOAT = "DOUBLE"
    DATE = "DATE"
    BOOL = "BOOLEAN"


_ARROW: dict[Type, pa.DataType] = {
    Type.TEXT: pa.string(),
    Type.INT: pa.int32(),
    Type.BIGINT: pa.int64(),
    Type.FLOAT: pa.float64(),
    Type.DATE: pa.date32(),
    Type.BOOL: pa.bool_(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `unit` is given where the value has one; `choices` where only some values are allowed."""

    name: str
    type: Type
    meaning: str
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table, declared once. `key` names the columns that identify a row."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    row: str = ""
    """What one row is, one clause."""

    def __post_init__(self) -> None:
        names = self.column_names
        if len(set(names)) != len(names):
            raise ValueError(f"table {self.name}: a column is declared twice")
        if missing := [name for name in self.key if name not in names]:
            raise ValueError(f"table {self.name}: key columns not declared: {missing}")

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, in declared order."""
        return pa.schema([pa.field(c.name, _ARROW[c.type], nullable=not c.required) for c in self.columns])

    def ddl(self) -> str:
        """`CREATE TABLE` in DuckDB's dialect."""
        lines = [f"  {c.name} {c.type.value}{' NOT NULL' if c.required else ''}" for c in self.columns]
        return f"CREATE TABLE {self.name} (\n" + ",\n".join(lines) + "\n)"

    @property
    def shape(self) -> str:
        """A short hash of the columns: tables of one shape can be read by the same statements."""
        return hashlib.sha256(self.ddl().encode()).hexdigest()[:12]

    def empty(self) -> pa.Table:
        """A table of no rows."""
        # `empty_table` makes arrays, for which Arrow imports pandas
        return pa.Table.from_batches([], schema=self.arrow)

    def from_rows(self, rows: Iterable[Mapping[str, object]]) -> pa.Table:
        """Rows as mappings to an Arrow table; columns not given are NULL.

        Raises:
            InputError: a row has a column that the table does not have, or a value of the wrong type.
        """
        listed = list(rows)
        if not listed:
            return self.empty()
        names = set(self.column_names)
        for at, row in enumerate(listed, 1):
            if unknown := set(row) - names:
                raise InputError(f"table {self.name} has no such column", row=at, column=sorted(unknown)[0])
        arrays = []
        for column in self.columns:
            values = [row.get(column.name) for row in listed]
            try:
                arrays.append(pa.array(values, _ARROW[column.type]))
            except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
                raise InputError(f"table {self.name}: {error}", column=column.name) from error
        return pa.Table.from_arrays(arrays, schema=self.arrow)

    def validate(self, table: pa.Table) -> None:
        """Check names, order, types, required values and choices.

        Raises:
            InputError: naming the column and the first offending row.
        """
        if tuple(table.column_names) != self.column_names:
            raise InputError(f"table {self.name}: columns are {table.column_names}, declared {list(self.column_names)}")
        for column in self.columns:
            have = table.column(column.name)
            if have.type != _ARROW[column.type]:
                raise InputError(
                    f"table {self.name}: type is {have.type}, declared {_ARROW[column.type]}", column=column.name
                )
            if column.required and have.null_count:
                at = have.is_null().to_pylist().index(True) + 1
                raise InputError(f"table {self.name}: a required value is NULL", row=at, column=column.name)
            if column.choices:
                for value in have.unique().to_pylist():
                    if value is not None and value not in column.choices:
                        raise InputError(
                            f"table {self.name}: value not allowed",
                            column=column.name,
                            value=value,
                            remedy=f"one of {', '.join(column.choices)}",
                        )

    def markdown(self) -> str:
        """The documentation page of this table."""
        lines = [f"# `{self.name}`", "", self.meaning, ""]
        if self.row:
            lines += [f"One row is {self.row}. Key: {', '.join(f'`{k}`' for k in self.key)}.", ""]
        lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
        for c in self.columns:
            meaning = c.meaning + (f" One of: {', '.join(f'`{x}`' for x in c.choices)}." if c.choices else "")
            meaning = meaning.replace("|", "\\|")
            lines.append(f"| `{c.name}`{' (required)' if c.required else ''} | {c.type.value} | {c.unit} | {meaning} |")
        return "\n".join(lines) + "\n"


def text(name: str, meaning: str, *, required: bool = False, choices: Sequence[str] = ()) -> Column:
    """A text column."""
    return Column(name, Type.TEXT, meaning, required=required, choices=tuple(choices))


def integer(name: str, meaning: str, *, unit: str = "", required: bool = False) -> Column:
    """A 32-bit integer column."""
    return Column(name, Type.INT, meaning, unit=unit, required=required)


def bigint(name: str, meaning: str, *, unit: str = "", required: bool = False) -> Column:
    """A 64-bit integer column."""
    return Column(name, Type.BIGINT, meaning, unit=unit, required=required)


def number(name: str, meaning: str, *, unit: str = "", required: bool = False) -> Column:
    """A floating-point column."""
    return Column(name, Type.FLOAT, meaning, unit=unit, required=required)


def date(name: str, meaning: str, *, required: bool = False) -> Column:
    """A day."""
    return Column(name, Type.DATE, meaning, required=required)


def boolean(name: str, meaning: str, *, required: bool = False) -> Column:
    """True or false."""
    return Column(name, Type.BOOL, meaning, required=required)
