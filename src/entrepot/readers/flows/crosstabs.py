"""Recognises national trade tables: partners down the rows, exports and imports or periods across the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from entrepot.model.places import country
from entrepot.readers.flows.codes import partner_of
from entrepot.readers.flows.layouts import Layout, Measure, distinct_names
from entrepot.readers.flows.lists import table
from entrepot.readers.flows.periods import Period, in_title, period_of
from entrepot.readers.values import clean, infer_number_style, read_number

_FEWEST_PARTNERS = 5
"""Fewer recognised countries than this do not make a table of trade by country."""

_PARTNER_SHARE = 0.6
"""Share of the labels that must be countries or areas. In the tables of Kazakhstan and Kyrgyzstan it is above .95;
tables by goods, region or industry stay below .1."""

_FEWEST_FOR_ALPHA3 = 30
"""Three-letter words of a file name count as country codes only beside a list of partners of this length, from which
a country that is not the reporter is unlikely to be missing."""

_DISTINCT_SHARE = 0.2
"""A table by country names each partner once or in a few blocks; records name the same countries over and over."""

_LOOKED_AT = 100
"""Cells of a column among which a partner must be for the rest to be looked at."""

_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
"""A number in every style of writing: most cells, without the work of finding out their style."""

Rows = Sequence[tuple[int, Sequence[str | None]]]


def crosstab(rows: Rows, title_hint: str = "") -> Layout | None:
    """The layout of a national table; None where the rows are not countries or nothing says export or import."""
    width = max((len(cells) for _, cells in rows), default=0)
    grid = [(number, [clean(c) for c in cells] + [None] * (width - len(cells))) for number, cells in rows]
    labels = _label_columns(grid, width)
    if not labels:
        return None
    first = next(
        (
            at
            for at, (_, cells) in enumerate(grid)
            if partner_of([cells[i] for i in labels])[1] and any(_is_number(c) for c in cells if c)
        ),
        None,
    )
    if first is None:
        return None
    head = [cells for _, cells in grid[:first]]
    title = _title(head, title_hint)
    measures = _measures(head, grid[first:], width, title)
    if not measures:
        return None
    partners = {code for _, cells in grid[first:] if (code := partner_of([cells[i] for i in labels])[0])}
    reporter = _reporter(head, partners)
    names = distinct_names([_column_name(head, at) for at in range(width)])
    return Layout(
        "national",
        grid[first][0] - 1,
        names,
        {"partner": tuple(labels)},
        tuple(measures),
        reporter=reporter,
        reporter_from="the title" if reporter else None,
        currency=title.currency,
        factor=title.factor,
        notes=title.notes,
    )


def reporter_in_name(name: str, partners: frozenset[str]) -> str | None:
    """The country that a file name or its folder names, where it is not among the partners."""
    for piece in reversed(re.split(r"[\\/]", name)[-2:]):
        words = re.findall(r"[^\W\d_]+", piece)
        for size in (3, 2, 1):
            for at in range(len(words) - size + 1):
                text = " ".join(words[at : at + size])
                if len(text) < 3 or (len(text) == 3 and len(partners) < _FEWEST_FOR_ALPHA3):
                    continue
                found = country(text, numeric=False)
                if found and found not in partners:
                    return found
    return None


@dataclass(frozen=True, slots=True)
class _Title:
    direction: str | None
    period: Period | None
    currency: str | None
    factor: float
    valuation: str | None
    notes: tuple[str, ...]


def _label_columns(grid: Rows, width: int) -> list[int]:
    """Columns of partner names, the one with the most recognised names first."""
    found = []
    for at in range(width):
        cells_here = [text for _, cells in grid if (text := cells[at])]
        if len(set(cells_here)) < _DISTINCT_SHARE * len(cells_here):
            continue
        if not any(partner_of([text])[1] for text in cells_here[:_LOOKED_AT] if not _is_number(text)):
            continue
        texts = [text for text in cells_here if not _is_number(text)]
        known = _known(texts)
        if known >= _FEWEST_PARTNERS:
            found.append((known, -at))
    return [-at for _, at in sorted(found, reverse=True)]


def _known(texts: Sequence[str]) -> int:
    """How many are names of partners; 0 as soon as so many are not that the share of them is too small."""
    unknown = 0
    for text in texts:
        unknown += not partner_of([text])[1]
        if len(texts) - unknown < _PARTNER_SHARE * len(texts):
            return 0
    return len(texts) - unknown


def _title(head: Sequence[Sequence[str | None]], hint: str) -> _Title:
    """What the lines above the figures say about all of them."""
    lines = [" ".join(dict.fromkeys(c for c in cells if c and not _is_number(c))) for cells in head]
    text = " ".join(lines)
    directions = [d for d in (_direction(line) for line in lines) if d]
    direction = directions[0] if len(set(directions)) == 1 else None
    if not directions and hint:
        direction = _direction(hint)
    period = next((p for p in (in_title(line) for line in lines) if p), None)
    currency, factor = money(text)
    notes = []
    if currency is None:
        notes.append("no line says in which currency the figures are: their value has none until you give `currency`")
    return _Title(direction, period, currency, factor or 1.0, _valuation(text), tuple(notes))


def _measures(head: Sequence[Sequence[str | None]], body: Rows, width: int, title: _Title) -> list[Measure]:
    """The columns of values; none where two would mean the same."""
    groups = [_filled(cells) for cells in head]
    found: list[Measure] = []
    for at in range(width):
        own = " ".join(cells[at] or "" for cells in head[-4:])
        words = " ".join(cells[at] or "" for cells in groups)
        if any(_says(kind, words) for kind in ("share", "turnover", "weight", "quantity")):
            continue
        direction = _direction(words) or title.direction
        period = period_of(own.strip()) or in_title(words) or title.period
        if direction is None or period is None:
            continue
        figures = [cells[at] for _, cells in body if cells[at]]
        if not figures or sum(_is_number(c or "") for c in figures) * 2 < len(figures):
            continue
        role = "origin" if _says("origin", words) else "consignment" if _says("consignment", words) else None
        if direction != "import":
            role = "destination"
        currency, factor = money(words)
        found.append(
            Measure(at, direction, direction, role, period, currency, factor, _valuation(words) or title.valuation)
        )
    if len({(m.direction, m.partner_role, m.period) for m in found}) < len(found):
        return []
    if len({m.period for m in found}) > 1:
        found = [replace(m, suffix=f"{m.suffix}:{_spell(m.period)}") for m in found]
    return found


def _filled(cells: Sequence[str | None]) -> list[str | None]:
    """A header row with each empty cell taking the one on its left, as merged cells read; a lone title fills nothing."""
    if sum(c is not None for c in cells) < 2 or any(_is_number(c) for c in cells if c):
        return [None] * len(cells) if sum(c is not None for c in cells) < 2 else list(cells)
    out: list[str | None] = []
    for cell in cells:
        out.append(cell if cell is not None or not out else out[-1])
    return out


def _column_name(head: Sequence[Sequence[str | None]], at: int) -> str | None:
    parts = [cells[at] for cells in (_filled(row) for row in head) if cells[at]]
    return " / ".join(dict.fromkeys(p for p in parts if p)) or None


def _spell(period: Period | None) -> str:
    if period is None:
        return ""
    return str(period[0].year) if period[2] == "year" else f"{period[0]:%Y-%m}"


def _direction(text: str) -> str | None:
    """The one direction that a text names."""
    found = {d for d in ("export", "import") if _says(d, text)}
    if _says("reexport", text):
        return "re-export" if "import" not in found else None
    return found.pop() if len(found) == 1 else None


def _valuation(text: str) -> str | None:
    found = [v for v in ("CIF", "FOB") if _says(v.lower(), text)]
    return found[0] if len(found) == 1 else None


def money(text: str) -> tuple[str | None, float | None]:
    """Currency and scale that a text names: `тыс. долларов США` gives USD and 1000."""
    lowered = text.lower()
    currencies = {code for word, code in _money("currency") if re.search(_word(word), lowered)}
    scales = {float(value) for word, value in _money("scale") if re.search(_word(word), lowered)}
    return (currencies.pop() if len(currencies) == 1 else None, scales.pop() if len(scales) == 1 else None)


@cache
def _money(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple((row[1], row[2]) for row in table("currencies") if row[0] == kind)


def _word(word: str) -> str:
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word[-1].isalnum() and word[-1] < "\u2e80" else ""
    return before + re.escape(word) + after


def _says(kind: str, text: str) -> bool:
    lowered = text.lower()
    return any(row[0] == kind and _starts(row[1], lowered) for row in table("words"))


@cache
def _start(word: str) -> re.Pattern[str]:
    return re.compile((r"(?<!\w)" if word[0].isalnum() and word[0] < "\u2e80" else "") + re.escape(word))


def _starts(word: str, text: str) -> bool:
    return _start(word).search(text) is not None


def _reporter(head: Sequence[Sequence[str | None]], partners: set[str]) -> str | None:
    """The one country named in the title lines, tried in pieces of up to three words."""
    found = []
    for cells in head:
        for cell in cells:
            if cell is None or _is_number(cell) or len(cell) < 4:
                continue
            words = re.findall(r"[^\W\d_]+", cell)
            for size in (3, 2, 1):
                for at in range(len(words) - size + 1):
                    text = " ".join(words[at : at + size])
                    if len(text) > 3 and (code := country(text, numeric=False)) and code not in partners:
                        found.append(code)
    # a unit line may name a currency's country (`долларов США`); that country is a partner, unless it reports itself
    return found[0] if len(set(found)) == 1 else None


@lru_cache(maxsize=1 << 16)
def _is_number(text: str | None) -> bool:
    if text is None or not any(c.isdigit() for c in text):
        return False
    if _PLAIN_NUMBER.fullmatch(text):
        return True
    return read_number(text, infer_number_style([text])).value is not None
