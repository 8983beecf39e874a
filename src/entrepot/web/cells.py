"""Cells of tables: a value as its column shows it, with the page that it leads to. In Python, since a page has hundreds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from urllib.parse import quote

from markupsafe import Markup, escape

from entrepot.web import wording
from entrepot.web.listing import NUMBERS, Column
from entrepot.web.reader import Row

LONG_SHOWN = 2 * wording.CELL_SHOWN
"""Characters of a long text in a cell; the whole text stands on the record's page."""

ONE_LINE = ("code", "country", "flag", "synthetic", "day", "verdict")
"""Kinds whose values are never broken over lines."""

_PLACE = re.compile(r"\{([a-z_0-9]+)\}")


def cell(column: Column, row: Row) -> Markup:
    """One cell with its `td`; every text in it is escaped, and what cannot be seen in it is shown."""
    value = row[column.name]
    shown = _FORMATS.get(column.kind, _text)(value)
    link = href(column.href, row) if column.href and value is not None else ""
    body = f'<a href="{escape(link)}">{shown}</a>' if link else shown
    return Markup(f'<td class="{_class(column.kind)}">{body}</td>')  # noqa: S704 - its parts are escaped


def href(template: str, row: Mapping[str, object]) -> str:
    """Fill `{column}` places of a link with values as one path segment each; empty where a value is missing."""
    filled = template
    for name in _places(template):
        value = row.get(name)
        if value is None or value == "":
            return ""
        filled = filled.replace("{" + name + "}", quote(str(value), safe=""))
    return filled


@cache
def _places(template: str) -> tuple[str, ...]:
    return tuple(_PLACE.findall(template))


def _class(kind: str) -> str:
    if kind in NUMBERS:
        return "num"
    return "one" if kind in ONE_LINE else kind if kind in ("long", "file") else "text"


def _text(value: object, most: int = wording.CELL_SHOWN) -> Markup:
    if value is None:
        return Markup("")
    return Markup(f"<bdi>{escape(wording.visible(wording.short(value, most)))}</bdi>")  # noqa: S704 - it is escaped


def _long(value: object) -> Markup:
    return _text(value, LONG_SHOWN)


def _flag(value: object) -> Markup:
    return Markup("yes") if value else Markup("")


def _file(value: object) -> Markup:
    return escape(wording.visible(wording.file_name(value)))


def _verdict(value: object) -> Markup:
    word = str(value or "")
    return Markup('<span class="tag verdict-{}">{}</span>').format(word.replace(" ", "-"), word)


def _synthetic(value: object) -> Markup:
    if not value:
        return Markup("")
    return Markup('<span class="tag synthetic" title="{}">synthetic</span>').format(wording.visible(str(value)))


def _escaped(form: Callable[[object], str]) -> Callable[[object], Markup]:
    return lambda value: escape(form(value))


_FORMATS: Mapping[str, Callable[[object], Markup]] = {
    "kg": _escaped(wording.kilograms), "usd": _escaped(wording.dollars), "share": _escaped(wording.share),
    "int": _escaped(wording.number), "number": _escaped(wording.number), "ratio": _escaped(wording.number),
    "day": _escaped(wording.day), "country": wording.country, "flag": _flag, "file": _file, "verdict": _verdict,
    "synthetic": _synthetic, "long": _long,
}  # fmt: skip
