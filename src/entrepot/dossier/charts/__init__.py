"""Charts, defined once for screen and print: Altair makes Vega-Lite, vl-convert draws it; chains are own SVG."""

from entrepot.dossier.charts.bars import largest
from entrepot.dossier.charts.chain import CHAIN_CSS, ROWS_SHOWN, chain_svg, chain_text
from entrepot.dossier.charts.prices import Bin, binned, price_distribution
from entrepot.dossier.charts.render import Theme, png, svg, vega
from entrepot.dossier.charts.time import flows_over_time, trade_over_time

__all__ = [
    "CHAIN_CSS",
    "ROWS_SHOWN",
    "Bin",
    "Theme",
    "binned",
    "chain_svg",
    "chain_text",
    "flows_over_time",
    "largest",
    "png",
    "price_distribution",
    "svg",
    "trade_over_time",
    "vega",
]
