"""Prints a dossier as one HTML file: no scripts, no network, light and dark, and fit for paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from entrepot.dossier.charts import CHAIN_CSS
from entrepot.dossier.document import Cell, Dossier, Row
from entrepot.dossier.plain import clean, figure

TEMPLATES = Path(__file__).parent / "templates"


def as_html(dossier: Dossier) -> str:
    """The whole file. Every text is escaped; the only markup are this module's own drawings."""
    numbers = dossier.number_of()

    def notes(rows: tuple[Row, ...]) -> list[int]:
        return [numbers[row] for row in rows if row in numbers]

    environment = _environment()
    return environment.get_template("dossier.html").render(
        dossier=dossier,
        notes=notes,
        css=Markup(_style()),  # noqa: S704  this module's own style sheets
        drawing=_drawing(numbers),
        numeric=_numeric,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters["clean"] = clean
    made.filters["cell"] = _cell
    made.filters["kind"] = lambda block: type(block).__name__
    return made


def _style() -> str:
    return (TEMPLATES / "dossier.css").read_text("utf-8") + CHAIN_CSS


def _drawing(numbers: Mapping[Row, int]) -> Callable[[str], Markup]:
    """Own drawings as markup; their links to rows lead to the footnotes of this file."""

    def drawn(svg: str) -> Markup:
        def target(found: re.Match[str]) -> str:
            number = numbers.get(Row(found[1], int(found[2])))
            return f'href="#r{number}"' if number else 'href="#cited"'

        # drawings come from `charts`, which escapes every text
        return Markup(re.sub(r'href="#row-([^"]*)-(\d+)"', target, svg))  # noqa: S704

    return drawn


def _cell(value: Cell) -> str:
    return figure(value) if isinstance(value, int | float) else clean(value)


def _numeric(value: Cell) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
