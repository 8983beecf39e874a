"""Looks into the XML of an XLSX workbook before it is read: absurd extents, formulas without results."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from entrepot.errors import InputError
from entrepot.readers.files.content import read_bytes
from entrepot.readers.files.limits import MAX_SHEET_CELLS
from entrepot.readers.files.part import Part
from entrepot.readers.files.xml import parse_xml_bytes

_CHUNK = 1 << 20
_OVERLAP = 4_096
"""Bytes of a chunk that are looked at again with the next, so that no tag is missed."""

_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"']([0-9]+)")
_WIDE_COLUMN = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{2,3})[0-9]")
_BARE_FORMULA = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|</c>)")

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def inspect(part: Part) -> dict[str, tuple[str, ...]]:
    """Notes about sheets, by name.

    Raises:
        InputError: damaged, or a sheet whose cells lie so far apart that reading it would take all memory.
    """
    source: Path | io.BytesIO = part.path if part.compression is None else io.BytesIO(read_bytes(part))
    try:
        with zipfile.ZipFile(source) as archive:
            return {name: _sheet_notes(archive, part, name, path) for name, path in _sheet_paths(archive, part).items()}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError) as error:
        raise InputError(
            f"the workbook is damaged or cut off ({error})", file=part.label, remedy="copy or download the file again"
        ) from error


def _sheet_paths(archive: zipfile.ZipFile, part: Part) -> dict[str, str]:
    """Name of each sheet to the path of its XML."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target") or "")).lstrip("/")
        for relation in parse_xml_bytes(archive.read("xl/_rels/workbook.xml.rels"), part.label).iter("{*}Relationship")
    }
    workbook = parse_xml_bytes(archive.read("xl/workbook.xml"), part.label)
    paths = {sheet.get("name") or "": targets.get(sheet.get(_RELATIONSHIP), "") for sheet in workbook.iter("{*}sheet")}
    return {name: path for name, path in paths.items() if path in names}


def _sheet_notes(archive: zipfile.ZipFile, part: Part, name: str, path: str) -> tuple[str, ...]:
    rows, columns, bare = 0, 26, 0
    with archive.open(path) as stream:
        for chunk in _overlapping(stream.read):
            rows = max(rows, *(int(match[1]) for match in _ROW.finditer(chunk)), 0)
            columns = max(columns, *(_column(match[1]) for match in _WIDE_COLUMN.finditer(chunk)), 0)
            if rows * columns > MAX_SHEET_CELLS:
                raise InputError(
                    f"the sheet reaches to row {rows:,} and column {columns:,}, too far to be read",
                    file=f"{part.path} [{name}]",
                    remedy="delete the cells that stand far from the table, or save the sheet as CSV",
                )
            bare += sum(1 for _ in _BARE_FORMULA.finditer(chunk))
    if not bare:
        return ()
    return (
        f"about {bare:,} formulas have no stored result and are empty: open the workbook, save it and add it again",
    )


def _overlapping(read: Callable[[int], bytes]) -> Iterator[bytes]:
    tail = b""
    while chunk := read(_CHUNK):
        yield tail + chunk
        tail = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    """A to 1, AA to 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
