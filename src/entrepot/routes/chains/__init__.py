"""Chains: shipments in which the goods of one leg plausibly continue in the next."""

from entrepot.routes.chains.assembly import ChainTables
from entrepot.routes.chains.finding import PERMUTATIONS, SEED, SLACK, WINDOW_DAYS, chains_json, find_chains
from entrepot.routes.chains.links import Links, party_links

__all__ = [
    "PERMUTATIONS",
    "SEED",
    "SLACK",
    "WINDOW_DAYS",
    "ChainTables",
    "Links",
    "chains_json",
    "find_chains",
    "party_links",
]
