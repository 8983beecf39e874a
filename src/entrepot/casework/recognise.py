"""Recognises what a file is: shipments, a list, controls, flows, a nomenclature, or a report."""

from __future__ import annotations

from dataclasses import dataclass

from entrepot.casework.config import PartConfig
from entrepot.errors import InputError
from entrepot.readers import controls, flows, hs, lists, ownership
from entrepot.readers.files import Part, parts, rows
from entrepot.readers.layout import Layout
from entrepot.readers.layout import recognise as recognise_layout

LAYOUT_ROWS = 2_000
"""Rows that recognition looks at."""

ANY_LIST = "list-csv"
"""A table with a name column that no publisher's format claims: shipments come before it."""

_TABLES = (
    ("ownership", ownership.recognise),
    ("flows", flows.recognise),
    ("hs", hs.recognise),
    ("controls", controls.recognise),
)
"""Kinds of tables, each with its test."""

REPORT_FORMATS = ("html", "pdf", "docx", "eml", "text")


@dataclass(frozen=True, slots=True)
class Recognised:
    """One part of a file and how it will be read.

    Attributes:
        layout: for shipments, with the confidence of each column.
        unclear: questions that a person must answer before it is loaded.
    """

    part: Part
    config: PartConfig
    layout: Layout | None = None
    notes: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def recognise(path: str, *, kind: str | None = None, named: bool = False) -> list[Recognised]:
    """What each part of a file is.

    Args:
        kind: what the user says that it is, where recognition should not decide.
        named: the user says which column holds the names of a list.

    Raises:
        InputError: no part can be read, or nothing in the file is recognised.
    """
    found = [_part(part, kind, named) for part in parts(path)]
    if all(r.config.kind == "skip" for r in found):
        reasons = "; ".join(dict.fromkeys(note for r in found for note in r.notes))
        raise InputError(
            f"not recognised as {kind or 'shipments, a list, controls, flows, ownership or a report'}"
            + (f" ({reasons})" if reasons else ""),
            file=path,
            remedy="say which column holds the names: --column name=HEADER, see docs/lists.md"
            if kind == "list"
            else "see how it would be read with `entrepot layout FILE`, or say what it is with --kind",
        )
    return found


def _part(part: Part, kind: str | None, named: bool) -> Recognised:
    if part.format in REPORT_FORMATS or kind == "report":
        return Recognised(part, _config(part, "report", part.format))
    listed = lists.recognise(part, said=kind == "list") if kind in (None, "list") else None
    if listed is None and kind == "list" and named and part.tabular:
        listed = ANY_LIST
    if listed is not None and (kind == "list" or listed != ANY_LIST):
        return _list(part, listed)
    for name, test in _TABLES:
        if kind in (None, name) and (form := test(part)) is not None:
            return Recognised(part, _config(part, name, form), notes=part.notes)
    notes = part.notes
    if part.tabular and kind in (None, "shipments"):
        layout = layout_of_part(part)
        notes = (*notes, *layout.notes)
        if layout.kind == "shipments":
            _with_rows(part, layout)
            mapping = layout.to_mapping()
            config = PartConfig.model_validate(
                {
                    "number": part.number,
                    "name": part.name,
                    "kind": "shipments",
                    "format": f"customs-{part.format}",
                    **mapping,
                }
            )
            return Recognised(part, config, layout, notes, layout.unclear)
    if listed is not None:
        return _list(part, listed)
    return Recognised(part, _config(part, "skip", ""), notes=(*notes, f"{part.format} is not read as anything known"))


def _list(part: Part, form: str) -> Recognised:
    """A list; of a table that no publisher's format claims, the columns are written out, so that the user can correct them."""
    config = _config(part, "list", form)
    if form != ANY_LIST:
        return Recognised(part, config, notes=part.notes)
    inferred = lists.infer_mapping(part)
    columns = {
        field: headers[0] if len(headers) == 1 else {"source": headers[0], "more": headers[1:]}
        for field, headers in inferred.items()
    }
    told = PartConfig.model_validate({**config.model_dump(), "columns": columns})
    pairs = "; ".join(f"{field} = {', '.join(headers)}" for field, headers in inferred.items())
    notes = [f"columns were told by their headers: {pairs}"] if pairs else []
    return Recognised(part, told, notes=(*part.notes, *notes))


def _with_rows(part: Part, layout: Layout) -> None:
    """Refuse a file that ends with its header."""
    last = layout.header_row or 0
    if not any(row.number > last and not row.empty for row in rows(part, LAYOUT_ROWS)):
        raise InputError(
            "the file has a header and no rows",
            file=part.label,
            row=last or None,
            remedy="add a file with data rows below the header",
        )


def layout_of_part(part: Part) -> Layout:
    """The layout of one part that has rows."""
    return recognise_layout(((row.number, row.cells) for row in rows(part, LAYOUT_ROWS)), name=part.sheet).named(
        part.name
    )


def _config(part: Part, kind: str, form: str) -> PartConfig:
    return PartConfig.model_validate({"number": part.number, "name": part.name, "kind": kind, "format": form})
