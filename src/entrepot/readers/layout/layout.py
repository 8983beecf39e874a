"""How a customs file is laid out: which column is what, how sure that is, and what a person must confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from entrepot.errors import InputError
from entrepot.model.tables.shipments import SHIPMENTS

KINDS = ("shipments", "flows", "list", "unknown")
"""What a table can be recognised as."""

DIRECTIONS = ("import", "export", "transit", "unknown")

MAPPABLE = tuple(
    column.name
    for column in SHIPMENTS.columns
    if column.name
    not in {"shipment_id", "source_id", "row_number", "date_precision", "hs_edition", "goods_language", "original"}
)
"""Canonical columns that a source column can feed; the others are derived."""

CONTACTS = ("shipper_contact", "consignee_contact")
"""Canonical columns that a layout keeps apart from the others: what a party can be reached by."""

WEIGHT_UNITS = ("kg", "t", "lb", "g")


@dataclass(frozen=True, slots=True)
class Mapped:
    """The source of one canonical column.

    Attributes:
        source: the header, made unique where two are alike (`NAME (2)`).
        index: position of the column, from 0.
        confidence: 0 to 1; 1 where a person said so.
        unit: of a weight, `kg`, `t`, `lb` or `g`; None for other columns.
        currency: of an amount, the ISO 4217 code that its header states; None where it does not.
        scale: what the numbers are to be multiplied by: 1000 for a header in thousands.
        zero_unknown: True where zero stands for an amount that is not known.
        holds_id: True where names hold a tax number (`7722476458 772201001 OOO …`).
        more: further columns that belong to the same value, joined by ", " (address lines; month and year of a date;
        telephone and mail of a party).
    """

    source: str
    index: int
    confidence: float
    unit: str | None = None
    currency: str | None = None
    scale: float = 1.0
    zero_unknown: bool = False
    holds_id: bool = False
    more: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What was recognised of one table.

    Attributes:
        kind: `shipments`, `flows`, `list` or `unknown`.
        header_row: number of the header row in the sheet, from 1, empty rows included; None where there is none.
        data_row: number of the first row of data.
        header: names of the columns, in order.
        columns: canonical column to its source, those of `contacts` left out.
        unmapped: headers that feed nothing.
        direction: `import`, `export`, `transit` or `unknown`.
        fixed: canonical columns whose value the layout itself states for every row, such as `currency` from `VALUE_INR`.
        contacts: `shipper_contact` and `consignee_contact` to the columns of telephone numbers and mail addresses.
        notes: sentences for the person who adds the file.
        unclear: questions that a person must answer before the file is loaded; empty where it can be loaded as it is.
        name: sheet or member, where the file has several parts.
    """

    kind: str
    header_row: int | None
    data_row: int | None
    header: tuple[str, ...]
    columns: Mapping[str, Mapped]
    unmapped: tuple[str, ...]
    direction: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    contacts: Mapping[str, Mapped] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    name: str | None = None

    @property
    def every(self) -> dict[str, Mapped]:
        """Every canonical column that is read: `columns`, then `contacts`."""
        return {**self.columns, **self.contacts}

    def as_dict(self) -> dict[str, object]:
        """The JSON object that `entrepot layout --json` prints."""
        return {
            "kind": self.kind,
            "header_row": self.header_row,
            "columns": sources_of(self.columns),
            "contacts": sources_of(self.contacts),
            "unmapped": list(self.unmapped),
            "direction": self.direction,
            "notes": [*self.notes, *(f"unclear: {question}" for question in self.unclear)],
        }

    def to_mapping(self) -> dict[str, object]:
        """The mapping as it is written to case.toml, where a person can correct it (see `from_mapping`)."""
        columns: dict[str, object] = {}
        for canonical, mapped in self.every.items():
            extra: dict[str, object] = {}
            if mapped.unit not in {None, "kg"}:
                extra["unit"] = mapped.unit
            if mapped.currency:
                extra["currency"] = mapped.currency
            if mapped.scale != 1:
                extra["scale"] = mapped.scale
            if mapped.more:
                extra["more"] = [source for source, _ in mapped.more]
            columns[canonical] = {"source": mapped.source, **extra} if extra else mapped.source
        mapping: dict[str, object] = {
            "header_row": self.header_row or 0,
            "direction": self.direction,
            "columns": columns,
        }
        if self.fixed:
            mapping["fixed"] = dict(self.fixed)
        return mapping

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object], header: Sequence[str], *, file: str | None = None) -> Layout:
        """A layout that a person wrote or corrected.

        Args:
            mapping: `{"header_row": 6, "direction": "import", "columns": {canonical: header or {"source": header,
                "unit": "t", "currency": "INR", "scale": 1000, "more": [header]}}, "fixed": {canonical: value}}`.
            header: the names of the file's columns.
            file: for messages.

        Raises:
            InputError: an unknown key, canonical column, header, direction, unit or currency; names what was meant.
        """
        _known(mapping, ("header_row", "direction", "columns", "fixed"), "key", file)
        row = mapping.get("header_row", 1)
        if not isinstance(row, int) or isinstance(row, bool) or row < 0:
            raise InputError(
                "header_row is not a row number", file=file, value=row, remedy="a whole number, 0 for none"
            )
        direction = mapping.get("direction", "unknown")
        if direction not in DIRECTIONS:
            raise InputError("unknown direction", file=file, value=direction, remedy=f"one of {', '.join(DIRECTIONS)}")
        columns = mapping.get("columns", {})
        fixed = mapping.get("fixed", {})
        if not isinstance(columns, Mapping) or not isinstance(fixed, Mapping):
            raise InputError("columns and fixed are tables", file=file, remedy='columns = { hs_code = "HS_CODE" }')
        _known({**columns, **fixed}, MAPPABLE, "column", file)
        mapped = {str(name): _mapped(str(name), entry, header, file) for name, entry in columns.items()}
        used = {index for entry in mapped.values() for index in (entry.index, *(at for _, at in entry.more))}
        return cls(
            kind="shipments",
            header_row=row or None,
            data_row=row + 1,
            header=tuple(header),
            columns={name: entry for name, entry in mapped.items() if name not in CONTACTS},
            contacts={name: entry for name, entry in mapped.items() if name in CONTACTS},
            unmapped=tuple(name for index, name in enumerate(header) if index not in used),
            direction=str(direction),
            fixed={str(name): str(value) for name, value in fixed.items()},
            notes=("the mapping was given by a person",),
        )

    def named(self, name: str | None) -> Layout:
        """The same for a named part of a file."""
        return replace(self, name=name)


def sources_of(columns: Mapping[str, Mapped]) -> dict[str, dict[str, object]]:
    """Canonical column to `{"source", "confidence"}`, and `"more"` where further columns complete it in `contacts`."""
    return {
        canonical: {
            "source": mapped.source,
            "confidence": round(mapped.confidence, 2),
            **({"more": [source for source, _ in mapped.more]} if mapped.more and canonical in CONTACTS else {}),
        }
        for canonical, mapped in columns.items()
    }


def _mapped(canonical: str, entry: object, header: Sequence[str], file: str | None) -> Mapped:
    if isinstance(entry, str):
        entry = {"source": entry}
    if not isinstance(entry, Mapping) or not isinstance(entry.get("source"), str):
        raise InputError(
            "a column is mapped by the header of its source",
            file=file, column=canonical, value=entry, remedy=f'{canonical} = "HEADER" or {{ source = "HEADER" }}',
        )  # fmt: skip
    _known(entry, ("source", "unit", "currency", "scale", "more"), "key", file)
    unit, currency, scale, more = (entry.get(name) for name in ("unit", "currency", "scale", "more"))
    if unit is not None and unit not in WEIGHT_UNITS:
        raise InputError(
            "unknown unit", file=file, column=canonical, value=unit, remedy=f"one of {', '.join(WEIGHT_UNITS)}"
        )
    if currency is not None and not (isinstance(currency, str) and len(currency) == 3 and currency.isupper()):
        raise InputError(
            "not a currency", file=file, column=canonical, value=currency, remedy="an ISO 4217 code such as USD"
        )
    if scale is not None and (not isinstance(scale, int | float) or isinstance(scale, bool) or scale <= 0):
        raise InputError("not a scale", file=file, column=canonical, value=scale, remedy="a number such as 1000")
    names = more if isinstance(more, list | tuple) else []
    return Mapped(
        source=str(entry["source"]),
        index=_place(str(entry["source"]), header, canonical, file),
        confidence=1.0,
        unit=str(unit) if unit else ("kg" if canonical in {"net_kg", "gross_kg"} else None),
        currency=currency if isinstance(currency, str) else None,
        scale=float(scale) if isinstance(scale, int | float) else 1.0,
        more=tuple((str(name), _place(str(name), header, canonical, file)) for name in names),
    )


def _place(source: str, header: Sequence[str], canonical: str, file: str | None) -> int:
    if source in header:
        return list(header).index(source)
    folded = {" ".join(name.casefold().split()): index for index, name in reversed(list(enumerate(header)))}
    place = folded.get(" ".join(source.casefold().split()))
    if place is None:
        meant = get_close_matches(source, header, n=1, cutoff=0.5)
        hint = f"did you mean {meant[0]!r}?" if meant else f"the file has: {', '.join(header[:30])}"
        raise InputError(f"the file has no column {source!r}: {hint}", file=file, column=canonical)
    return place


def _known(given: Mapping[str, object], allowed: Sequence[str], what: str, file: str | None) -> None:
    for name in given:
        if name not in allowed:
            near = get_close_matches(str(name), allowed, n=3, cutoff=0.5)
            meant = [one for one in near if one.endswith("_name")] or near  # a role without more means its name
            hint = f": did you mean {meant[0]!r}?" if meant else ""
            raise InputError(f"unknown {what} {str(name)!r}{hint}", file=file, remedy=f"one of {', '.join(allowed)}")
