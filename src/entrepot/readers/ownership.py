"""Reads ownership files: a table of owner, owned, percentage, day and source, one statement a row."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

from entrepot.errors import InputError
from entrepot.model.tables.lists import OWNERSHIP
from entrepot.model.tables.sources import READING_PROBLEMS, REJECTS
from entrepot.readers.files import Part, Row, rows
from entrepot.readers.reading import Reading
from entrepot.readers.values import clean, infer_date_style, read_date

_SOUGHT = 20
"""Rows in which the header is looked for."""

_WIDEST = 24
"""A table with more columns is a register or a customs record and not a file of stakes."""

_TELLING = frozenset(["share", "relation"])
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_RELATIONS = (
    ("controls", re.compile(r"control|significant.influence|appoint|voting|контрол", re.IGNORECASE)),
    ("subsidiary", re.compile(r"subsidiar|дочерн", re.IGNORECASE)),
    ("family", re.compile(r"family|spouse|child|sibling|родств", re.IGNORECASE)),
    ("acts for", re.compile(r"nominee|on behalf|acts for|agent", re.IGNORECASE)),
    ("owns", re.compile(r"own|share|stake|equity|hold|доля", re.IGNORECASE)),
)
"""What a relation's words mean, the first that is met; the ownership of shares in the words of the UK register says so too."""


def recognise(part: Part) -> str | None:
    """`ownership-csv` where a table has a column of owners, one of owned companies, and one of stakes or relations."""
    return "ownership-csv" if part.tabular and _header(part) is not None else None


def read(part: Part, *, source_id: str) -> Reading:
    """The statements of an ownership file as `ownership`.

    A stake is a number with or without `%`. Of a range (`25-50%`, `more than 75%`, `ownership-of-shares-25-to-50-percent`) the
    lower end counts, with a problem that says so. Where no stake of the file is over 1 and one is a fraction, all are read as
    fractions of one, which is noted. An empty stake is NULL.

    Raises:
        InputError: there are no columns of owners and owned.
    """
    head = _header(part)
    if head is None:
        raise InputError(
            "not recognised as an ownership file", file=part.label,
            remedy="a table with columns owner, owned, percentage, and where known as_of, since, until, relation, source",
        )  # fmt: skip
    header, at = head
    listed = [row for row in rows(part) if row.number > header.number and not row.empty]
    style = {
        role: infer_date_style([text for row in listed if (text := _cell(row, at, role))])
        for role in ("as_of", "since", "until")
        if role in at
    }
    whole = 100.0 if _fractions([_cell(row, at, "share") for row in listed]) else 1.0
    notes = ("stakes are read as fractions of one: none is over 1",) if whole > 1 else ()
    kept: list[dict[str, object]] = []
    rejects: list[dict[str, object]] = []
    problems: list[dict[str, object]] = []

    def problem(row: Row, role: str, code: str, value: str, message: str) -> None:
        problems.append(
            {"source_id": source_id, "row_number": row.number, "column_name": header.cells[at[role]] or "", "field": role,
             "problem": code, "value": value[:200], "message": message, "occurrences": 1}
        )  # fmt: skip

    for row in listed:
        owner, owned = _cell(row, at, "owner"), _cell(row, at, "owned")
        reason = _unusable(row, owner, owned)
        if reason is not None or owner is None or owned is None:
            code, message = reason or ("no_name", "a row needs an owner and an owned")
            rejects.append({"source_id": source_id, "row_number": row.number, "reason": code, "message": message, "original": _as_read(row)})  # fmt: skip
            continue
        share, trouble = _share(_cell(row, at, "share"), whole)
        if trouble is not None:
            problem(row, "share", trouble[0], _cell(row, at, "share") or "", trouble[1])
        days: dict[str, dt.date | None] = {}
        for role in ("as_of", "since", "until"):
            text = _cell(row, at, role)
            found = read_date(text, style[role]) if text else None
            days[role] = found.date if found is not None else None
            if text and days[role] is None:
                problem(row, role, "bad_date", text, "not a day; write YYYY-MM-DD")
        kept.append(
            {
                "source_id": source_id, "row_number": row.number, "owner_name": owner, "owned_name": owned, "share": share,
                "relation": _relation(_cell(row, at, "relation")), "since": days["since"], "until": days["until"],
                "as_of": days["as_of"], "stated_by": _cell(row, at, "stated_by"), "original": _as_read(row),
            }
        )  # fmt: skip
    return Reading(
        {"ownership": OWNERSHIP.from_rows(kept)}, len(kept) + len(rejects), len(kept), REJECTS.from_rows(rejects),
        READING_PROBLEMS.from_rows(problems), notes,
    )  # fmt: skip


def _header(part: Part) -> tuple[Row, dict[str, int]] | None:
    try:
        seen = list(islice(rows(part), _SOUGHT))
    except json.JSONDecodeError:  # one JSON document of another kind, not lines of objects
        return None
    for row in seen:
        at: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            role = _roles().get(re.sub(r"[\W_]+", "", (cell or "").lower()))
            if role is not None:
                at.setdefault(role, index)
        if {"owner", "owned"} <= set(at) and _TELLING & set(at) and len(row.cells) <= _WIDEST:
            return row, at
    return None


@cache
def _roles() -> dict[str, str]:
    text = files(__package__).joinpath("data", "ownership_columns.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {header: role for role, header, _ in lines[1:]}


def _cell(row: Row, at: Mapping[str, int], role: str) -> str | None:
    index = at.get(role)
    text = clean(row.cells[index]) if index is not None and index < len(row.cells) else None
    return " ".join(text.split()) if text else None


def _unusable(row: Row, owner: str | None, owned: str | None) -> tuple[str, str] | None:
    if row.rejected:
        broken = next(p for p in row.problems if p.reject)
        return broken.code, broken.message
    if owner is None or owned is None:
        return "no_name", f"a row needs an owner and an owned; {'owner' if owner is None else 'owned'} is empty"
    return None


def _fractions(texts: Sequence[str | None]) -> bool:
    numbers = [float(text.replace(",", ".")) for text in texts if text and _NUMBER.fullmatch(text)]
    return bool(numbers) and max(numbers) <= 1 and any(0 < n < 1 for n in numbers)


def _share(text: str | None, whole: float) -> tuple[float | None, tuple[str, str] | None]:
    """A stake in percent, and what was wrong or uncertain with its text."""
    if text is None:
        return None, None
    numbers = [float(found.replace(",", ".")) for found in _NUMBER.findall(text)]
    if not numbers:
        return None, ("bad_share", "not a percentage; a number from 0 to 100")
    value = numbers[0] * (whole if _NUMBER.fullmatch(text) else 1.0)
    if not 0 <= value <= 100 or text[:1] == "-":
        return None, ("bad_share", "not a percentage from 0 to 100")
    if len(numbers) > 1:
        return value, ("share_range", "a range: its lower end counts")
    if re.search(r"more|over|least|above|>|≥", text, re.IGNORECASE):
        return value, ("share_range", "a least value: it counts as it is")
    if re.search(r"less|under|below|most|up to|<|≤", text, re.IGNORECASE):
        return None, ("share_range", "a greatest value says nothing of the least: taken as not stated")
    return value, None


def _relation(text: str | None) -> str:
    """One of the relations of the table; `owns` where the file does not say, `linked` where its words are not known."""
    if text is None:
        return "owns"
    return next((relation for relation, words in _RELATIONS if words.search(text)), "linked")


def _as_read(row: Row) -> str:
    return json.dumps(list(row.cells), ensure_ascii=False)
