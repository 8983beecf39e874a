"""Prints a dossier as PDF with Typst, offline; says in the document which characters no font here can draw."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import typst

from entrepot.dossier.document import Block, Cell, CitedRow, Dossier, Drawing, Grid, Heading, Row, Sentence
from entrepot.dossier.html import TEMPLATES
from entrepot.dossier.plain import clean, figure

_MADE = 315_532_800
"""1 January 1980, in seconds of the Unix clock: the same state of a case gives the same bytes."""

LONGEST_WORD, PIECE = 28, 12
"""A word longer than this may break after each piece, so that no cell runs over its neighbour; in characters."""

WIDE_COLUMN = 16
"""A column whose longest text has more characters than this shares the width that is left."""

MISSING_SHOWN = 40

_PROBE = b"""#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "Libertinus Serif")
#for c in json(bytes(sys.inputs.chars)) { block(link("x:" + str(c.to-unicode()), c)) }
"""
"""Sets each character alone, with its number as a link behind its glyph."""

_NEVER = "\U0010fffd"
"""A character that no font has: its glyph is the box that stands for a missing one."""

Json = dict[str, object]


def as_pdf(dossier: Dossier, fonts_folder: Path | None = None) -> bytes:
    """The document; the same dossier and fonts give the same bytes.

    Args:
        fonts_folder: fonts beyond those of Typst (Latin, Greek, Cyrillic) and of the machine, for example for Han.
    """
    folders = [str(fonts_folder)] if fonts_folder is not None and fonts_folder.is_dir() else []
    fonts = typst.Fonts(font_paths=folders)
    data = _data(dossier)
    data["missing"] = missing_words(missing_characters(_characters(data), fonts))
    made = typst.compile(
        (TEMPLATES / "dossier.typ").read_bytes(),
        font_paths=fonts,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=_MADE,
    )
    return bytes(made)


def missing_characters(characters: Iterable[str], fonts: typst.Fonts) -> list[str]:
    """Those that none of the fonts can draw, in order of their numbers."""
    asked = sorted({c for c in characters if ord(c) > 0x24F and not unicodedata.combining(c) and c.isprintable()})
    if not asked:
        return []
    drawn = typst.compile(_PROBE, font_paths=fonts, format="svg", sys_inputs={"chars": json.dumps([_NEVER, *asked])})
    text = (drawn if isinstance(drawn, bytes) else b"".join(drawn)).decode("utf-8")
    glyphs: dict[str, str] = {}
    last = ""
    for glyph, number in re.findall(r'<use xlink:href="#(\w+)"|<a [^>]*?href="x:(\d+)"', text):
        if glyph:
            last = glyph
        else:
            glyphs[chr(int(number))] = last
    return [c for c in asked if glyphs.get(c) == glyphs[_NEVER]]


def missing_words(missing: list[str]) -> str:
    """A notice of missing characters; empty where none is missing."""
    if not missing:
        return ""
    scripts = sorted({unicodedata.name(c, "UNKNOWN").split(" ")[0].split("-")[0].capitalize() for c in missing})
    codes = ", ".join(f"U+{ord(c):04X}" for c in missing[:MISSING_SHOWN])
    more = f" and {len(missing) - MISSING_SHOWN} more" if len(missing) > MISSING_SHOWN else ""
    return (
        f"No font on the machine that made this document can draw {len(missing)} of its characters ({', '.join(scripts)}): {codes}{more}. "
        "They print as boxes or stay empty. The HTML form of this dossier has them; or put a font that has them into the folder fonts/ of the case and make the document again."
    )


def _characters(data: object) -> set[str]:
    if isinstance(data, str):
        return set(data)
    if isinstance(data, dict):
        return set().union(*(_characters(v) for v in data.values()))
    return set().union(*(_characters(v) for v in data)) if isinstance(data, list) else set()


def _data(dossier: Dossier) -> Json:
    numbers = dossier.number_of()
    return {
        "title": _text(dossier.title, 300),
        "case": _text(dossier.case_name, 60),
        "program": dossier.program,
        "state": dossier.state,
        "synthetic": dossier.synthetic is not None,
        "sections": [
            {"title": section.title, "blocks": [_block(block, numbers) for block in section.blocks]}
            for section in dossier.sections
        ],
        "cited": [_cited(cited) for cited in dossier.cited],
        "queries": [{"name": name, "text": clean_lines(text)} for name, text in dossier.queries.items()],
    }


def _block(block: Block, numbers: dict[Row, int]) -> Json:
    if isinstance(block, Sentence):
        more = f"{block.more:,}" if block.more else ""
        return {"kind": "sentence", "text": _text(block.text, 4000), "notes": _notes(block.rows, numbers), "more": more, "tone": block.tone}  # fmt: skip
    if isinstance(block, Heading):
        return {"kind": "heading", "text": _text(block.text, 300)}
    if isinstance(block, Drawing):
        words = " ".join((block.caption, *block.words))
        return {"kind": "drawing", "svg": block.svg, "words": _text(words, 1000), "wide": 'class="chain"' in block.svg}
    if isinstance(block, Grid):
        return _grid(block, numbers)
    return {"kind": "sentence", "text": _text(block.text, 4000), "notes": [], "more": "", "tone": "plain"}


def _grid(grid: Grid, numbers: dict[Row, int]) -> Json:
    shown = [[_cell(value) for value in row] for row in grid.rows]
    numeric = [all(row[at] is None or isinstance(row[at], int | float) for row in grid.rows) for at in range(len(grid.columns))]  # fmt: skip
    longest = [max([len(row[at]) for row in shown], default=0) for at in range(len(grid.columns))]
    widths = ["fr" if size > WIDE_COLUMN and not n else "auto" for size, n in zip(longest, numeric, strict=True)]
    marked = bool(grid.cites)
    beyond = f" {grid.beyond:,} further lines are in the case." if grid.beyond else ""
    return {
        "kind": "grid",
        "columns": [*grid.columns, "rows"] if marked else list(grid.columns),
        "widths": [*widths, "auto"] if marked else widths,
        "numeric": [*numeric, False] if marked else numeric,
        "rows": shown,
        "marked": marked,
        "notes": [_notes(rows, numbers) for rows in grid.cites],
        "caption": grid.caption + beyond,
    }


def _cited(cited: CitedRow) -> Json:
    note = ""
    if "list entry" in cited.shown:
        note = f"entry of the list: {_text(cited.shown['list entry'], 300)}"
    elif not cited.original:
        note = "paragraph of a report, quoted above"
    shown = cited.shown
    return {
        "number": str(cited.number),
        "file": _text(cited.path.replace("\\", "/").rsplit("/", 1)[-1], 120),
        "row": str(cited.row.row_number),
        "hash": cited.sha256[:12] + (" SYNTHETIC" if cited.synthetic else ""),
        "note": note,
        "cells": [
            _cell(shown["date"]),
            f"{_text(shown['shipper_name'] or 'not named', 120)} > {_text(shown['consignee_name'] or 'not named', 120)}",
            f"{shown['dispatch_country'] or '?'}, {shown['destination_country'] or '?'}",
            _cell(shown["hs_code"]), _text(shown["goods_text"], 160), _cell(shown["net_kg"]), _cell(shown["value_usd"]),
        ],
    }  # fmt: skip


def _notes(rows: tuple[Row, ...], numbers: dict[Row, int]) -> list[int]:
    return [numbers[row] for row in rows if row in numbers]


def _cell(value: Cell) -> str:
    return figure(value) if isinstance(value, int | float) else _text(value, 400)


def _text(value: object, limit: int) -> str:
    """One line of text in which long words may break."""
    return re.sub(
        rf"\S{{{LONGEST_WORD},}}",
        lambda found: "\u200b".join(found[0][at : at + PIECE] for at in range(0, len(found[0]), PIECE)),
        clean(value, limit),
    )


def clean_lines(text: str) -> str:
    """Text of several lines, each made harmless."""
    return "\n".join(clean(line, None) for line in text.splitlines())
