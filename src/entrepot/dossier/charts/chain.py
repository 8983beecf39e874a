"""Draws a chain of legs as SVG: parties left to right, bands as wide as the weight that moved, rows as links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import cast

from entrepot.dossier.plain import clean, counted, days, figure
from entrepot.model.places import country_name

Link = Callable[[str, int], str]
"""Address of a row: source part and row number."""

CHAIN_CSS = """\
.chain{--ci:var(--chain-ink,#1d2733);--cq:var(--chain-quiet,#566270);--cb:var(--chain-box,#f4f6f9);--ce:var(--chain-edge,#c3ccd6);--cf:var(--chain-flow,#1f6392)}
@media (prefers-color-scheme:dark){.chain{--ci:var(--chain-ink,#e8edf3);--cq:var(--chain-quiet,#a9b4c0);--cb:var(--chain-box,#222c37);--ce:var(--chain-edge,#4a5866);--cf:var(--chain-flow,#7db8e0)}}
.chain{max-width:100%;height:auto}
.chain .c-name,.chain .c-figure{fill:var(--ci)}
.chain .c-quiet{fill:var(--cq)}
.chain .c-box{fill:var(--cb);stroke:var(--ce)}
.chain .c-flow{fill:var(--cf)}
.chain .c-code{fill:var(--cf)}
.chain .c-row{fill:var(--cf);text-decoration:underline}
.chain a:focus-visible .c-flow,.chain a:hover .c-flow{fill-opacity:1}
.chain a:focus-visible{outline:2px solid var(--cf);outline-offset:2px}
"""
"""Style sheet of the diagrams. Without it they show in the light colours that stand in their attributes; a page that has
colours of its own sets `--chain-ink`, `--chain-quiet`, `--chain-box`, `--chain-edge` and `--chain-flow`."""

NODE, EDGE, MARGIN = 170, 156, 8
"""Widths of a party's box, of the band between two boxes, and of the space around, in pixels."""

NAME_EMS, QUIET_EMS = (NODE - 12) / 11.5, (NODE - 12) / 10.5
"""What fits in a box, six pixels from its sides, in ems of the 11.5 and 10.5 pixels of its type."""

TOP, BOX = 14, 128
"""Where the boxes begin and how high they are, in pixels."""

THICKEST, THINNEST = 30.0, 2.5
"""Bands in pixels: the heaviest leg, and the least that is drawn."""

ROWS_SHOWN = 6
"""Rows written below a band; the title of the leg counts all."""

_FONT = "system-ui, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', sans-serif"


def chain_svg(chain: Mapping[str, object], link: Link | None = None) -> str:
    """One chain, as `entrepot.routes.chains.chains_json` gives it, as an SVG element for a page or a document.

    No style attributes, no scripts: it shows under a strict content security policy. Colours come from `CHAIN_CSS`.
    The title and description say the same in words; names are escaped.

    Args:
        link: address of a row; with it each leg is a link to its first row, and each row number one to its row.
    """
    legs = _legs(chain)
    width = 2 * MARGIN + NODE * (len(legs) + 1) + EDGE * len(legs)
    height = TOP + BOX + 34
    name = "chain-" + re.sub(r"[^A-Za-z0-9-]", "", str(chain.get("id") or "x"))
    words = chain_text(chain)
    heaviest = max((_kg(leg) for leg in legs), default=0.0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chain" role="group" aria-labelledby="{name}-t {name}-d" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{escape(_FONT)}" font-size="12">',
        f'<title id="{name}-t">{escape(words[0])}</title>',
        f'<desc id="{name}-d">{escape(" ".join(words[1:]))}</desc>',
    ]
    for at, leg in enumerate(legs):
        parts.append(_band(leg, at, heaviest, link))
    for at in range(len(legs) + 1):
        came = legs[at - 1] if at else None
        went = legs[at] if at < len(legs) else None
        parts.append(_box(came, went, MARGIN + at * (NODE + EDGE)))
    return "".join([*parts, "</svg>"])


def chain_text(chain: Mapping[str, object]) -> list[str]:
    """The chain in words: what it is, then a sentence a leg, then what else could explain it."""
    legs = _legs(chain)
    countries = cast(Sequence[str | None], chain.get("countries") or ())
    goods = clean(chain.get("hs6"))
    if chain.get("hs6_last") not in (None, chain.get("hs6")):
        goods += f", then {clean(chain.get('hs6_last'))}"
    p_value = float(str(chain.get("p_value") or 0))
    said = [
        f"Chain of {counted(len(legs), 'leg')} {' > '.join(c or 'unknown country' for c in countries)}, HS {goods}: "
        f"{figure(float(str(chain.get('quantity_carried') or 0)))} kg plausibly go on, p = {p_value:.3g}."
    ]
    for at, leg in enumerate(legs, 1):
        said.append(
            f"Leg {at}: {clean(leg['shipper'])} ({_country(leg['from'])}) to {clean(leg['consignee'])} ({_country(leg['to'])}), "
            f"{_carried(leg)}, {days(leg['first_date'], leg['last_date'])}."
        )
    competing = chain.get("competing")
    if isinstance(competing, Mapping) and int(competing.get("shipments") or 0):
        said.append(
            f"Competing explanation: {counted(competing['shipments'], 'other inbound shipment')} of these goods "
            f"({figure(competing['kg'])} kg from {counted(competing['shippers'], 'other shipper')}) could have supplied what went on."
        )
    return said


def _box(came: Mapping[str, object] | None, went: Mapping[str, object] | None, left: int) -> str:
    """A party where a leg ends or begins: its country, its name, and the name it sends under where that differs."""
    side = went or came or {}
    country = side.get("from") if went else side.get("to")
    names = [str(leg[key]) for leg, key in ((came, "consignee"), (went, "shipper")) if leg is not None]
    distinct = list(dict.fromkeys(clean(name) for name in names))
    code = clean(country) or "?"
    middle = left + NODE / 2
    full = f"{' / sends as '.join(distinct)}, {_country(country)}"
    lines: list[tuple[str, str]] = []
    if len(distinct) == 1:
        lines = [("c-name", line) for line in _wrapped(distinct[0], NAME_EMS, 4)]
    else:
        lines = [("c-name", line) for line in _wrapped(distinct[0], NAME_EMS, 2)]
        lines.append(("c-quiet", "sends as"))
        lines += [("c-name", line) for line in _wrapped(distinct[1], NAME_EMS, 2)]
    shown = [
        f"<g><title>{escape(full)}</title>",
        f'<rect class="c-box" x="{left}" y="{TOP}" width="{NODE}" height="{BOX}" rx="6" fill="#f4f6f9" stroke="#c3ccd6"/>',
        f'<text class="c-code" x="{middle}" y="{TOP + 23}" text-anchor="middle" font-size="16" font-weight="700" fill="#1f6392">{escape(code)}</text>',
        f'<text class="c-quiet" x="{middle}" y="{TOP + 38}" text-anchor="middle" font-size="10.5" fill="#566270">{escape(_shortened(_country(country), QUIET_EMS))}</text>',
    ]
    y = TOP + 57
    for kind, line in lines:
        colour, size = ("#566270", "10") if kind == "c-quiet" else ("#1d2733", "11.5")
        shown.append(
            f'<text class="{kind}" x="{middle}" y="{y}" text-anchor="middle" font-size="{size}" fill="{colour}" unicode-bidi="isolate">{escape(line)}</text>'
        )
        y += 13 if kind == "c-quiet" else 15
    return "".join([*shown, "</g>"])


def _band(leg: Mapping[str, object], at: int, heaviest: float, link: Link | None) -> str:
    """The movement between two boxes, with its weight, shipments, days and rows."""
    left = MARGIN + NODE + at * (NODE + EDGE)
    middle, line = left + EDGE / 2, TOP + BOX / 2
    kg = _kg(leg)
    thick = max(THINNEST, THICKEST * kg / heaviest) if heaviest else THINNEST
    head = max(7.0, thick * 0.75)
    tip, neck = left + EDGE - 4, left + EDGE - 4 - head
    spread = thick / 2 + 4
    points = [(left + 3, line - thick / 2), (neck, line - thick / 2), (neck, line - spread), (tip, line), (neck, line + spread), (neck, line + thick / 2), (left + 3, line + thick / 2)]  # fmt: skip
    shipments = cast(Sequence[Mapping[str, object]], leg.get("shipments") or ())
    label = f"Leg {at + 1}: {clean(leg['shipper'])} to {clean(leg['consignee'])}, {_carried(leg)}, {days(leg['first_date'], leg['last_date'])}"
    shape = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    above, below = line - THICKEST / 2 - 8, line + THICKEST / 2 + 17
    drawn = (
        f"<title>{escape(label)}</title>"
        f'<polygon class="c-flow" points="{shape}" fill="#1f6392" fill-opacity="0.72"/>'
        f'<text class="c-figure" x="{middle}" y="{above - 14}" text-anchor="middle" font-weight="600" fill="#1d2733">{figure(kg)} kg</text>'
        f'<text class="c-quiet" x="{middle}" y="{above}" text-anchor="middle" font-size="10.5" fill="#566270">{counted(len(shipments), "shipment")}</text>'
    )
    first, last = str(leg["first_date"]), str(leg["last_date"])
    dates = [first] if first == last else [f"{first} to", last]
    for number, text in enumerate(dates):
        drawn += f'<text class="c-quiet" x="{middle}" y="{below + 13 * number}" text-anchor="middle" font-size="10.5" fill="#566270">{escape(text)}</text>'
    if link is not None and shipments:
        target = link(str(shipments[0]["source"]), int(str(shipments[0]["row"])))
        drawn = f'<a href="{escape(target)}" aria-label="{escape(label)}">{drawn}</a>'
    return f"<g>{drawn}{_rows(shipments, middle, TOP + BOX + 18, link)}</g>"


def _rows(shipments: Sequence[Mapping[str, object]], middle: float, y: float, link: Link | None) -> str:
    """Row numbers of a leg, each a link where there is somewhere to go."""
    pieces = []
    for shipment in shipments[:ROWS_SHOWN]:
        row = int(str(shipment["row"]))
        number = f'<tspan class="c-row" fill="#1f6392">{row}</tspan>'
        if link is not None:
            target = link(str(shipment["source"]), row)
            number = f'<a href="{escape(target)}" aria-label="row {row}">{number}</a>'
        pieces.append(number)
    noun = "row" if len(shipments) == 1 else "rows"
    more = " …" if len(shipments) > ROWS_SHOWN else ""
    return (
        f'<text class="c-quiet" x="{middle}" y="{y}" text-anchor="middle" font-size="10.5" fill="#566270">'
        f"{noun} {', '.join(pieces)}{more}</text>"
    )


def _legs(chain: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    return cast(Sequence[Mapping[str, object]], chain.get("legs") or ())


def _kg(leg: Mapping[str, object]) -> float:
    return float(str(leg.get("kg") or 0))


def _carried(leg: Mapping[str, object]) -> str:
    shipments = cast(Sequence[object], leg.get("shipments") or ())
    return f"{figure(_kg(leg))} kg in {counted(len(shipments), 'shipment')}"


def _country(code: object) -> str:
    return "country unknown" if code is None else country_name(str(code)) or clean(code)


def _wrapped(text: str, ems: float, most: int) -> list[str]:
    """Text in at most `most` lines (two or more) that are `ems` wide at the most."""
    lines: list[str] = [""]
    for word in re.findall(r"\S+", text):
        for piece in _pieces(word, ems):
            joined = f"{lines[-1]} {piece}".strip()
            if _ems(joined) <= ems:
                lines[-1] = joined
            else:
                lines.append(piece)
    lines = [line for line in lines if line]
    if len(lines) > most:
        # long legal forms stand first in some languages, and what tells companies apart at the end: the middle is left out
        head = most // 2
        lines = [*lines[: head - 1], _shortened(lines[head - 1] + "…", ems, cut=True), *lines[head - most :]]
    return lines


def _pieces(word: str, ems: float) -> list[str]:
    pieces = [""]
    for character in word:
        if _ems(pieces[-1] + character) > ems:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _shortened(text: str, ems: float, *, cut: bool = False) -> str:
    if _ems(text) <= ems:
        return text
    kept = text.removesuffix("…") if cut else text
    while _ems(kept) > ems - 1:
        kept = kept[:-1]
    return kept + "…"


_NARROW = frozenset("fijlrtIJ .,:;-'()!|")
_WIDE = frozenset("mwMWжмфшщюЖМФШЩЪЫЮ@%…")


def _ems(text: str) -> float:
    """Width of a text in ems of DejaVu Sans, the widest font of the stack: it fits in any other that the reader has.

    Means of the advance widths of its letters: Latin 0.56 and 0.67 for capitals, Cyrillic 0.67 and 0.76, digits 0.64; `ш` and `M` about 1.
    """
    return sum(_em(character) for character in text)


def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in _NARROW:
        return 0.4
    latin = character < "\u0250"
    if character.isupper():
        return 0.7 if latin else 0.78
    return 0.63 if latin else 0.7
