"""Writes the world as six vendors would, with a list, shares and keys."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from .layouts import chinese, hubs, lading, monthly, russian, turkish_exports
from .names import TURKISH
from .world import World
from .writer import NAMES, Writer


def workbook(path: Path, table: list[list[str]]) -> None:
    """A minimal XLSX of one sheet: inline strings, plain numbers."""

    def cell(text: str) -> str:
        number = text.replace(".", "", 1).isdigit() and len(text) < 10
        return f"<c><v>{text}</v></c>" if number else f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'

    rows = "".join(f'<row r="{i}">{"".join(map(cell, line))}</row>' for i, line in enumerate(table, 1))
    main, rel = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )
    pkg = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{pkg}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{pkg}/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="出口明细" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{pkg}/relationships"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)),
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + body,
                zipfile.ZIP_DEFLATED,
            )


def encoded(text: str, encoding: str) -> bytes:
    """The text in a legacy encoding; letters that it lacks lose their accents, as old customs software prints them."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(c if c.encode(encoding, "ignore") else c.translate(TURKISH) for c in text).encode(
            encoding, "replace"
        )


def write_files(world: World, folder: Path, *, noise: bool) -> None:
    """Write every shipment file, the list and the stakes; gives each kept row its file and line."""
    folder.mkdir(parents=True, exist_ok=True)
    w = Writer(world, noise)
    layouts = {
        "ru": (russian, "cp1251", ";"),
        "tr": (turkish_exports, "cp1254", ";"),
        "bol": (lading, "utf-8", ","),
        "cn": (chinese, "", ""),
        "ca": (monthly, "utf-8", ","),
        "hub": (hubs, "utf-16", "\t"),
    }
    for key, (layout, encoding, separator) in layouts.items():
        rows = [r for r in world.rows if r.only == key and not (noise and w.chance(0.2))]
        shuffle = w.rng.random(len(rows))
        rows = [
            r
            for _, r in sorted(
                zip(shuffle, rows, strict=True), key=lambda p: (p[1].date + dt.timedelta(days=int(6 * p[0])), p[0])
            )
        ]
        titles, head, cells = layout(w)
        table = [*titles, head]
        for r in rows:
            table.append(cells(r))
            r.file, r.line = NAMES[key], len(table)
        if key == "cn":
            workbook(folder / NAMES[key], table)
            continue
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=separator, lineterminator="\r\n").writerows(table)
        (folder / NAMES[key]).write_bytes(encoded(buffer.getvalue(), encoding))
    with (folder / "synthetic_sanctions_list.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.DictWriter(handle, list(world.listed[0]))
        out.writeheader()
        out.writerows(world.listed)
    with (folder / "synthetic_ownership.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([("owner", "owned", "percent", "date", "source"), *world.stakes])
